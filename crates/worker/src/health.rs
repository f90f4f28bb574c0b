//! Whether the worker's loops still turn.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// A loop that has not turned for this long is stuck; all of them turn every few seconds, whatever the database does.
const STUCK: Duration = Duration::from_secs(30);

/// The loops without which jobs do not run or get lost.
#[derive(Clone, Copy, Debug)]
pub enum Loop {
    Look,
    Renew,
    Sweep,
}

/// When each loop turned last, in milliseconds since the start, and which loops are broken now.
#[derive(Debug)]
pub struct Pulse {
    start: Instant,
    beats: [AtomicU64; 3],
    broken: Mutex<Vec<&'static str>>,
}

impl Pulse {
    pub fn new() -> Self {
        Self { start: Instant::now(), beats: Default::default(), broken: Mutex::default() }
    }

    pub fn beat(&self, of: Loop) {
        self.beats[of as usize].store(self.now(), Ordering::Relaxed);
    }

    /// A loop ended without being asked to.
    pub fn broke(&self, name: &'static str) {
        self.broken().push(name);
    }

    /// A broken loop starts again.
    pub fn mended(&self, name: &'static str) {
        let mut broken = self.broken();
        if let Some(place) = broken.iter().position(|other| *other == name) {
            broken.swap_remove(place);
        }
    }

    pub fn complaint(&self) -> Option<String> {
        if let Some(name) = self.broken().first() {
            return Some(format!("The loop that {name} has broken."));
        }
        for (of, name) in
            [(Loop::Look, "looks for work"), (Loop::Renew, "renews leases"), (Loop::Sweep, "sweeps leases")]
        {
            let silent = self.now().saturating_sub(self.beats[of as usize].load(Ordering::Relaxed));
            if Duration::from_millis(silent) > STUCK {
                return Some(format!("The loop that {name} has stood still for {} seconds.", silent / 1000));
            }
        }
        None
    }

    fn broken(&self) -> MutexGuard<'_, Vec<&'static str>> {
        self.broken.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn now(&self) -> u64 {
        u64::try_from(self.start.elapsed().as_millis()).unwrap_or(u64::MAX)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_loop_that_stands_still_is_named() {
        let mut pulse = Pulse::new();
        assert_eq!(pulse.complaint(), None);
        pulse.start -= Duration::from_secs(60);
        pulse.beat(Loop::Look);
        pulse.beat(Loop::Sweep);
        assert!(pulse.complaint().unwrap().contains("renews leases"));
        pulse.beat(Loop::Renew);
        assert_eq!(pulse.complaint(), None);
    }
}
