//! The bell within one process: an apalis worker over apalis' in-process storage, one for each lane.

use std::sync::Arc;

use apalis::prelude::{MemorySink, MemoryStorage, MemoryStorageError, Task, WorkerBuilder};
use contract::jobs::Lane;
use futures_util::lock::Mutex as SinkMutex;
use futures_util::sink::{SinkExt, drain};
use futures_util::stream::{self, StreamExt};
use tokio::sync::{Mutex, mpsc, watch};
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use crate::WAITING_BELLS;
use crate::error::Result;
use crate::keeping::Keeper;

type Receiver = Arc<Mutex<mpsc::Receiver<Uuid>>>;

#[derive(Clone, Debug)]
pub struct MemoryBells {
    interactive: Bells,
    batch: Bells,
}

#[derive(Clone, Debug)]
struct Bells {
    sender: mpsc::Sender<Uuid>,
    receiver: Receiver,
    rung: watch::Sender<u64>,
}

impl Bells {
    fn new() -> Self {
        let (sender, receiver) = mpsc::channel(WAITING_BELLS);
        Self { sender, receiver: Arc::new(Mutex::new(receiver)), rung: watch::Sender::new(0) }
    }
}

impl MemoryBells {
    pub fn new() -> Self {
        Self { interactive: Bells::new(), batch: Bells::new() }
    }

    const fn lane(&self, lane: Lane) -> &Bells {
        match lane {
            Lane::Interactive => &self.interactive,
            Lane::Batch => &self.batch,
        }
    }

    /// A full lane drops the bell: its worker has enough to do, and asks the database when it is done.
    pub fn ring(&self, lane: Lane, execution_id: Uuid) -> Result<()> {
        self.lane(lane).rung.send_modify(|bells| *bells = bells.wrapping_add(1));
        if self.lane(lane).sender.try_send(execution_id).is_err() {
            tracing::debug!(lane = lane.as_str(), "the lane is full of bells");
        }
        Ok(())
    }

    pub fn rung(&self, lane: Lane) -> watch::Receiver<u64> {
        self.lane(lane).rung.subscribe()
    }

    pub async fn consume<F>(&self, lane: Lane, worker_name: &str, on_bell: F, shutdown: CancellationToken)
    where
        F: Fn(Uuid) + Clone + Send + Sync + 'static,
    {
        let mut keeper = Keeper::new(lane, shutdown);
        while keeper.is_wanted() {
            let storage = MemoryStorage::new_with(unused_sink(), receiver_stream(&self.lane(lane).receiver));
            let on_bell = on_bell.clone();
            let worker = WorkerBuilder::new(worker_name).backend(storage).build(move |execution_id: Uuid| {
                on_bell(execution_id);
                std::future::ready(())
            });
            let told = keeper.told();
            keeper.watch(worker.run_until(told)).await;
        }
    }
}

/// A stream over a receiver that outlives it, so that a worker loop can be started again.
fn receiver_stream(receiver: &Receiver) -> std::pin::Pin<Box<dyn stream::Stream<Item = Task<Uuid>> + Send>> {
    stream::unfold(Arc::clone(receiver), |receiver| async move {
        let id = receiver.lock().await.recv().await?;
        Some((Task::new(id), receiver))
    })
    .boxed()
}

/// apalis' own sink takes its lock with `try_lock().unwrap()` on every push, which panics when a push and the worker
/// meet; so bells go through the channel above, and the storage gets a sink that is never written to.
fn unused_sink() -> MemorySink<Uuid> {
    let sink = drain::<Task<Uuid>>().sink_map_err(|never| match never {});
    let boxed: Box<dyn futures_util::Sink<Task<Uuid>, Error = MemoryStorageError> + Send + Sync + Unpin> =
        Box::new(sink);
    MemorySink::new(Arc::new(SinkMutex::new(boxed)))
}
