//! Signals within one process: a broadcast for listeners, and one wake-up for each waiter of a job.

use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use serde::{Deserialize, Serialize};
use tokio::sync::{broadcast, oneshot};
use uuid::Uuid;

/// Signals a slow listener may fall behind before it loses the oldest.
const BACKLOG: usize = 4096;

/// Something happened that somebody may wait for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "signal", rename_all = "snake_case")]
pub enum Signal {
    /// The jobs of an execution made progress, or came to their end (`finished`).
    Changed { job_ids: Vec<Uuid>, finished: bool },
    /// Whoever runs this execution shall stop it.
    Cancel { execution_id: Uuid },
}

#[derive(Clone, Debug)]
pub struct Signals {
    listeners: broadcast::Sender<Signal>,
    cancels: broadcast::Sender<Uuid>,
    waiters: Arc<Mutex<HashMap<Uuid, Vec<Waiting>>>>,
    tickets: Arc<AtomicU64>,
}

#[derive(Debug)]
struct Waiting {
    ticket: u64,
    wake: oneshot::Sender<()>,
}

impl Signals {
    pub fn new() -> Self {
        Self {
            listeners: broadcast::Sender::new(BACKLOG),
            cancels: broadcast::Sender::new(BACKLOG),
            waiters: Arc::default(),
            tickets: Arc::default(),
        }
    }

    pub fn deliver(&self, signal: &Signal) {
        // Sending fails when nobody listens, which is fine.
        if self.listeners.receiver_count() > 0 {
            let _ = self.listeners.send(signal.clone());
        }
        match signal {
            Signal::Changed { finished: false, .. } => {}
            Signal::Changed { job_ids, finished: true } => self.wake(job_ids),
            Signal::Cancel { execution_id } => {
                let _ = self.cancels.send(*execution_id);
            }
        }
    }

    fn wake(&self, job_ids: &[Uuid]) {
        let mut waiters = self.lock();
        if waiters.is_empty() {
            return;
        }
        for waiting in job_ids.iter().filter_map(|id| waiters.remove(id)).flatten() {
            let _ = waiting.wake.send(());
        }
    }

    pub fn subscribe(&self) -> broadcast::Receiver<Signal> {
        self.listeners.subscribe()
    }

    pub fn cancels(&self) -> broadcast::Receiver<Uuid> {
        self.cancels.subscribe()
    }

    pub fn waiter(&self, job_id: Uuid) -> Waiter {
        let (wake, woken) = oneshot::channel();
        let ticket = self.tickets.fetch_add(1, Ordering::Relaxed);
        self.lock().entry(job_id).or_default().push(Waiting { ticket, wake });
        Waiter { job_id, ticket, woken, signals: self.clone() }
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<Uuid, Vec<Waiting>>> {
        self.waiters.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Listens for the end of one job from the moment it is made.
#[derive(Debug)]
pub struct Waiter {
    job_id: Uuid,
    ticket: u64,
    woken: oneshot::Receiver<()>,
    signals: Signals,
}

impl Waiter {
    /// Returns when the job was announced as finished since the waiter was made, or when the time is over.
    pub async fn wait(mut self, timeout: Duration) {
        let _ = tokio::time::timeout(timeout, &mut self.woken).await;
    }
}

impl Drop for Waiter {
    fn drop(&mut self) {
        let mut waiters = self.signals.lock();
        if let Some(waiting) = waiters.get_mut(&self.job_id) {
            waiting.retain(|other| other.ticket != self.ticket);
            if waiting.is_empty() {
                waiters.remove(&self.job_id);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::Instant;

    use super::*;

    #[tokio::test]
    async fn a_waiter_made_before_the_signal_never_misses_it() {
        let signals = Signals::new();
        let id = Uuid::now_v7();
        let (first, second, other) = (signals.waiter(id), signals.waiter(id), signals.waiter(Uuid::now_v7()));
        signals.deliver(&Signal::Changed { job_ids: vec![id], finished: false });
        signals.deliver(&Signal::Changed { job_ids: vec![Uuid::now_v7(), id], finished: true });
        let start = Instant::now();
        first.wait(Duration::from_secs(60)).await;
        second.wait(Duration::from_secs(60)).await;
        assert!(start.elapsed() < Duration::from_secs(10));
        other.wait(Duration::from_millis(1)).await;
        assert!(signals.lock().is_empty(), "a waiter that is gone must not be remembered");
    }
}
