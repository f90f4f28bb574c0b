//! Asks within one process: a bounded channel, and a reply channel for each ask.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use contract::asks::Ask;
use tokio::sync::{Mutex, mpsc, oneshot};
use tokio_util::sync::CancellationToken;

use super::serving::{Asked, Asker, Source};
use super::{Answered, AskError, WAITING_ASKS};

#[derive(Clone, Debug)]
pub struct MemoryAsks {
    sender: mpsc::Sender<Waiting>,
    receiver: Arc<Mutex<mpsc::Receiver<Waiting>>>,
    workers: Arc<AtomicUsize>,
}

#[derive(Debug)]
struct Waiting {
    ask: Ask,
    until: Instant,
    reply: oneshot::Sender<Answered>,
}

impl MemoryAsks {
    pub fn new() -> Self {
        let (sender, receiver) = mpsc::channel(WAITING_ASKS);
        Self { sender, receiver: Arc::new(Mutex::new(receiver)), workers: Arc::default() }
    }

    pub async fn ask(&self, ask: &Ask, deadline: Duration) -> Result<Answered, AskError> {
        if self.workers.load(Ordering::SeqCst) == 0 {
            return Err(AskError::NoWorker);
        }
        let (reply, answered) = oneshot::channel();
        let waiting = Waiting { ask: ask.clone(), until: Instant::now() + deadline, reply };
        self.sender.try_send(waiting).map_err(|_| AskError::Busy)?;
        match tokio::time::timeout(deadline, answered).await {
            Ok(Ok(answered)) => Ok(answered),
            Ok(Err(_)) | Err(_) => Err(AskError::NoAnswer),
        }
    }

    /// Counts a worker until the value is dropped.
    pub fn enter(&self) -> Present {
        self.workers.fetch_add(1, Ordering::SeqCst);
        Present(Arc::clone(&self.workers))
    }
}

/// A worker that answers asks.
pub struct Present(Arc<AtomicUsize>);

impl Drop for Present {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::SeqCst);
    }
}

impl Source for MemoryAsks {
    type Asker = oneshot::Sender<Answered>;

    async fn next(&self, shutdown: &CancellationToken) -> Option<Asked<Self::Asker>> {
        let mut receiver = self.receiver.lock().await;
        loop {
            let waiting = tokio::select! {
                biased;
                () = shutdown.cancelled() => return None,
                waiting = receiver.recv() => waiting?,
            };
            let left = waiting.until.saturating_duration_since(Instant::now());
            if !left.is_zero() && !waiting.reply.is_closed() {
                return Some(Asked { ask: waiting.ask, left, asker: waiting.reply });
            }
        }
    }
}

impl Asker for oneshot::Sender<Answered> {
    async fn gone(&mut self) {
        self.closed().await;
    }

    async fn tell(self, answered: Answered) {
        // Fails when the asker has just given up.
        let _ = self.send(answered);
    }
}
