//! The executions that this worker holds leases of, and the way to stop each.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use tokio_util::sync::CancellationToken;
use uuid::Uuid;

/// Why an execution is stopped from outside.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StopReason {
    /// Its last job was cancelled: the row says so already.
    Cancelled,
    /// The lease is gone: another worker may have it. Nothing is written.
    LeaseLost,
    /// The database did not take a renewal in time. What it says afterwards counts: until another worker was given the
    /// execution, it is handed back uncharged, or finished if the work was done already.
    DatabaseAway,
    /// This worker ends: the execution goes back to the queue, uncharged.
    Shutdown,
}

/// One held execution, shared by its slot and the loops that may stop it.
#[derive(Clone, Debug)]
pub struct Lease {
    pub execution_id: Uuid,
    pub attempt: u32,
    pub stop: CancellationToken,
    state: Arc<Mutex<State>>,
}

#[derive(Debug)]
struct State {
    reason: Option<StopReason>,
    /// When the renewal that counts was sent: the database's clock started no earlier.
    renewed: Instant,
}

impl Lease {
    pub fn new(execution_id: Uuid, attempt: u32, claimed: Instant) -> Self {
        let state = State { reason: None, renewed: claimed };
        Self { execution_id, attempt, stop: CancellationToken::new(), state: Arc::new(Mutex::new(state)) }
    }

    /// Stops the execution; the first reason counts.
    pub fn stop(&self, reason: StopReason) {
        lock(&self.state).reason.get_or_insert(reason);
        self.stop.cancel();
    }

    pub fn stop_reason(&self) -> Option<StopReason> {
        lock(&self.state).reason
    }

    pub fn renewed(&self) -> Instant {
        lock(&self.state).renewed
    }

    /// Completes when the lease is another worker's, or nobody wants the result any more.
    pub async fn lost(&self) {
        self.stop.cancelled().await;
        while matches!(self.stop_reason(), Some(StopReason::Shutdown | StopReason::DatabaseAway)) {
            // A worker that ends still has to write its last endings, within the time of its process. So has one that
            // waits for the database, whose answer tells whether the execution is still its own.
            tokio::time::sleep(Duration::from_secs(1)).await;
        }
    }
}

#[derive(Debug, Default)]
pub struct Held {
    leases: Mutex<HashMap<Uuid, Lease>>,
}

impl Held {
    pub fn insert(&self, lease: &Lease) {
        lock(&self.leases).insert(lease.execution_id, lease.clone());
    }

    /// Forgets a lease; one of another attempt stays.
    pub fn remove(&self, lease: &Lease) {
        let mut leases = lock(&self.leases);
        if leases.get(&lease.execution_id).is_some_and(|other| other.attempt == lease.attempt) {
            leases.remove(&lease.execution_id);
        }
    }

    pub fn all(&self) -> Vec<Lease> {
        lock(&self.leases).values().cloned().collect()
    }

    pub fn len(&self) -> usize {
        lock(&self.leases).len()
    }

    pub fn stop(&self, execution_id: Uuid, reason: StopReason) {
        if let Some(lease) = lock(&self.leases).get(&execution_id) {
            lease.stop(reason);
        }
    }

    pub fn stop_all(&self, reason: StopReason) {
        self.all().iter().for_each(|lease| lease.stop(reason));
    }

    /// Notes a renewal that was sent at `sent` for `asked`: those not in `ours` are lost.
    pub fn renewed(&self, asked: &[Lease], ours: &[Uuid], sent: Instant) {
        for lease in asked {
            if ours.contains(&lease.execution_id) {
                lock(&lease.state).renewed = sent;
            } else {
                lease.stop(StopReason::LeaseLost);
            }
        }
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_reason_to_stop_counts() {
        let held = Held::default();
        let lease = Lease::new(Uuid::now_v7(), 1, Instant::now());
        held.insert(&lease);
        held.stop(lease.execution_id, StopReason::Cancelled);
        held.stop_all(StopReason::Shutdown);
        assert_eq!(lease.stop_reason(), Some(StopReason::Cancelled));
        assert!(lease.stop.is_cancelled());
    }

    #[test]
    fn a_lease_that_was_not_renewed_is_lost_and_an_older_attempt_removes_no_newer_one() {
        let held = Held::default();
        let (kept, lost) =
            (Lease::new(Uuid::now_v7(), 1, Instant::now()), Lease::new(Uuid::now_v7(), 2, Instant::now()));
        held.insert(&kept);
        held.insert(&lost);
        held.renewed(&held.all(), &[kept.execution_id], Instant::now());
        assert_eq!((kept.stop_reason(), lost.stop_reason()), (None, Some(StopReason::LeaseLost)));
        held.remove(&Lease::new(lost.execution_id, 1, Instant::now()));
        assert_eq!(held.len(), 2);
        held.remove(&lost);
        assert_eq!(held.len(), 1);
    }
}
