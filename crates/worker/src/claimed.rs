//! The jobs that this worker has claimed lately: their bells, where they come late, need not be answered again.

use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};

use uuid::Uuid;

/// More than can be claimed while a bell is on its way.
const REMEMBERED: usize = 256;

#[derive(Debug, Default)]
pub struct Claimed(Mutex<VecDeque<Uuid>>);

impl Claimed {
    pub fn remember(&self, job_ids: &[Uuid]) {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        known.extend(job_ids);
        let surplus = known.len().saturating_sub(REMEMBERED);
        known.drain(..surplus);
    }

    pub fn holds(&self, job_id: Uuid) -> bool {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).contains(&job_id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_oldest_are_forgotten_first() {
        let claimed = Claimed::default();
        let ids: Vec<Uuid> = (0..REMEMBERED as u128 + 1).map(Uuid::from_u128).collect();
        ids.chunks(10).for_each(|some| claimed.remember(some));
        assert!(!claimed.holds(ids[0]) && claimed.holds(ids[1]) && claimed.holds(ids[REMEMBERED]));
    }
}
