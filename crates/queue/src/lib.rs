//! The bell between API and workers, the signals that wake whoever waits, and asks: within a process, or over Redis.
//!
//! The database row is the job. A bell or a signal may be lost, doubled or late; that costs time, never a job.

mod allowances;
mod asks;
mod courier;
mod error;
mod keeping;
mod memory;
mod redis_address;
mod redis_bell;
mod redis_connection;
mod redis_link;
mod signals;

use std::num::NonZeroU32;
use std::sync::atomic::Ordering;
use std::time::Duration;

use contract::asks::{Answer, Ask};
use contract::jobs::Lane;
use tokio::sync::broadcast::Receiver;
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

pub use allowances::Allowance;
pub use asks::{Answered, AskError, WAITING_ASKS};
pub use error::{QueueError, Result};
pub use redis_address::TlsFiles;
pub use signals::{Signal, Waiter};

/// At most this many bells wait in a lane; one more is dropped, since a free slot also asks the database.
pub const WAITING_BELLS: usize = 500;

/// Cheap to clone; all clones are one queue.
#[derive(Clone, Debug)]
pub struct Queue {
    signals: signals::Signals,
    transport: Transport,
    asks: asks::Asks,
    /// Takes what nobody waits for to other processes; there are none without Redis.
    courier: Option<courier::Courier>,
}

#[derive(Clone, Debug)]
enum Transport {
    Memory(memory::MemoryBells),
    Redis(redis_link::RedisLink),
}

impl Queue {
    /// Opens the queue of this process, or the one on a Redis server. A Redis server that cannot be reached now is
    /// no error: it is connected to as soon as it answers.
    ///
    /// # Errors
    /// The URL is not one of Redis.
    pub async fn open(redis_url: Option<&str>) -> Result<Self> {
        match redis_url {
            Some(url) => Self::over_redis(url, &TlsFiles::default()).await,
            None => Ok(Self {
                signals: signals::Signals::new(),
                transport: Transport::Memory(memory::MemoryBells::new()),
                asks: asks::Asks::in_memory(),
                courier: None,
            }),
        }
    }

    /// As [`Queue::open`], with files for a connection over TLS.
    ///
    /// # Errors
    /// The URL is not one of Redis, or a file cannot be read.
    pub async fn over_redis(url: &str, files: &TlsFiles) -> Result<Self> {
        let signals = signals::Signals::new();
        let link = redis_link::RedisLink::open(url, files, signals.clone())?;
        let courier = Some(courier::Courier::start(link.clone()));
        Ok(Self { signals, transport: Transport::Redis(link.clone()), asks: asks::Asks::over_redis(link), courier })
    }

    /// Tells the workers of a lane that an execution is due.
    ///
    /// # Errors
    /// Redis cannot be reached. Log it and go on: workers find the row within a second.
    pub async fn ring(&self, lane: Lane, execution_id: Uuid) -> Result<()> {
        match &self.transport {
            Transport::Memory(bells) => bells.ring(lane, execution_id),
            Transport::Redis(link) => redis_bell::ring(link, lane, execution_id).await,
        }
    }

    /// As [`Queue::ring`], without waiting for Redis: what cannot be sent is logged and lost.
    pub fn ring_soon(&self, lane: Lane, execution_id: Uuid) {
        match (&self.transport, &self.courier) {
            (Transport::Redis(_), Some(courier)) => courier.take(courier::Order::Bell(lane, execution_id)),
            (Transport::Memory(bells), _) => {
                // A bell within the process cannot fail.
                let _ = bells.ring(lane, execution_id);
            }
            (Transport::Redis(_), None) => {}
        }
    }

    /// Changes with every bell of the lane that is called out from now on, sooner than its id comes to
    /// [`Queue::consume`]. Bells rung while Redis was away, or by whoever was not connected, come there alone.
    pub fn rung(&self, lane: Lane) -> watch::Receiver<u64> {
        match &self.transport {
            Transport::Memory(bells) => bells.rung(lane),
            Transport::Redis(link) => link.wakes.rung(lane),
        }
    }

    /// Calls `on_bell` for every bell of a lane until `shutdown`. `on_bell` must be quick: it wakes a slot. A loop
    /// that ends with an error is started again.
    pub async fn consume<F>(&self, lane: Lane, worker_name: &str, on_bell: F, shutdown: CancellationToken)
    where
        F: Fn(Uuid) + Clone + Send + Sync + 'static,
    {
        match &self.transport {
            Transport::Memory(bells) => bells.consume(lane, worker_name, on_bell, shutdown).await,
            Transport::Redis(link) => redis_bell::consume(link, lane, worker_name, on_bell, shutdown).await,
        }
    }

    /// Asks the workers and waits for an answer, at most for `deadline` (and never longer than
    /// [`contract::asks::MAX_ASK_SECONDS`]). A caller that is dropped takes its ask back.
    ///
    /// # Errors
    /// The answer is a failure, or there is none: nobody answered in time, too many wait, Redis cannot be reached.
    pub async fn ask(&self, ask: &Ask, deadline: Duration) -> std::result::Result<Answer, AskError> {
        self.asks.ask(ask, deadline).await
    }

    /// Answers asks, up to `slots` at once, until `shutdown`; those under way are finished. `answer` is given the ask
    /// and the time that its asker will still wait; asks that are over never get there.
    pub async fn answer<A, F>(&self, slots: usize, answer: A, shutdown: CancellationToken)
    where
        A: Fn(Ask, Duration) -> F + Clone + Send + Sync + 'static,
        F: Future<Output = Answered> + Send + 'static,
    {
        self.asks.serve(slots, answer, shutdown).await;
    }

    /// Sends a signal to everybody: waiters and subscribers of this process at once, those of others over Redis.
    ///
    /// # Errors
    /// Redis cannot be reached; this process has the signal all the same. Log it and go on.
    pub async fn announce(&self, signal: Signal) -> Result<()> {
        self.signals.deliver(&signal);
        match &self.transport {
            Transport::Memory(_) => Ok(()),
            Transport::Redis(link) => link.publish_signal(&signal).await,
        }
    }

    /// As [`Queue::announce`], without waiting for Redis: what cannot be sent is logged and lost.
    pub fn tell(&self, signal: Signal) {
        self.signals.deliver(&signal);
        if let Some(courier) = &self.courier {
            courier.take(courier::Order::Signal(signal));
        }
    }

    /// Every signal from now on. A receiver that falls behind loses the oldest.
    pub fn subscribe(&self) -> Receiver<Signal> {
        self.signals.subscribe()
    }

    /// The executions that shall be stopped, from now on, and nothing else: whoever only stops work is not woken by
    /// every job that ends.
    pub fn cancels(&self) -> Receiver<Uuid> {
        self.signals.cancels()
    }

    /// Whether signals of other processes come through: false while Redis is away.
    pub fn hears(&self) -> bool {
        match &self.transport {
            Transport::Memory(_) => true,
            Transport::Redis(link) => link.hears.load(Ordering::Relaxed),
        }
    }

    /// Starts to listen for the end of a job. Make the waiter BEFORE reading the row: then no end is missed.
    pub fn waiter(&self, job_id: Uuid) -> Waiter {
        self.signals.waiter(job_id)
    }

    /// Waits until the job is announced as finished, or until the time is over; the caller reads the row again.
    /// Between an earlier read and this call an end may slip through: prefer [`Queue::waiter`].
    pub async fn wait_for(&self, job_id: Uuid, timeout: Duration) {
        self.waiter(job_id).wait(timeout).await;
    }

    /// Counts one attempt of a subject where all processes count; `None` without Redis, where there is one process.
    ///
    /// # Errors
    /// Redis cannot be reached, or takes more than a quarter of a second.
    pub async fn count_attempt(&self, subject: &str, per_minute: NonZeroU32) -> Result<Option<Allowance>> {
        match &self.transport {
            Transport::Memory(_) => Ok(None),
            Transport::Redis(link) => allowances::count(link, subject, per_minute).await.map(Some),
        }
    }

    /// Whether the transport answers.
    ///
    /// # Errors
    /// Redis cannot be reached.
    pub async fn ping(&self) -> Result<()> {
        match &self.transport {
            Transport::Memory(_) => Ok(()),
            Transport::Redis(link) => link.ping().await,
        }
    }
}
