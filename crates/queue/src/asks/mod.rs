//! Asks: questions that somebody waits for, and the workers that answer them. No row, no retry: an ask that is not
//! answered in time is forgotten by all.

mod in_memory;
mod over_redis;
mod serving;

use std::time::Duration;

use contract::asks::{Answer, Ask, MAX_ASK_SECONDS};
use contract::errors::Failure;
use tokio_util::sync::CancellationToken;

use crate::error::QueueError;
use crate::redis_link::RedisLink;
pub use over_redis::AskWakes;

/// At most this many asks wait for a worker; one more is refused.
pub const WAITING_ASKS: usize = 500;

/// What a worker says to an ask.
pub type Answered = std::result::Result<Answer, Failure>;

/// Why there is no answer.
#[derive(Debug, thiserror::Error)]
pub enum AskError {
    /// The worker's own words; asking again gives the same, unless it crashed or ran out of time.
    #[error("the ask failed: {}", .0.message)]
    Failed(Failure),
    #[error("nobody answered in time")]
    NoAnswer,
    #[error("no worker of this process answers asks, and no other can be reached without Redis")]
    NoWorker,
    #[error("{WAITING_ASKS} asks wait already")]
    Busy,
    #[error("Redis is needed to reach a worker")]
    Unreachable(#[from] QueueError),
}

/// The way of asks from API to workers.
#[derive(Clone, Debug)]
pub enum Asks {
    Memory(in_memory::MemoryAsks),
    Redis(over_redis::RedisAsks),
}

impl Asks {
    pub fn in_memory() -> Self {
        Self::Memory(in_memory::MemoryAsks::new())
    }

    pub fn over_redis(link: RedisLink) -> Self {
        Self::Redis(over_redis::RedisAsks::new(link))
    }

    pub async fn ask(&self, ask: &Ask, deadline: Duration) -> std::result::Result<Answer, AskError> {
        let deadline = deadline.min(Duration::from_secs(MAX_ASK_SECONDS));
        let answered = match self {
            Self::Memory(asks) => asks.ask(ask, deadline).await?,
            Self::Redis(asks) => asks.ask(ask, deadline).await?,
        };
        answered.map_err(AskError::Failed)
    }

    pub async fn serve<A, F>(&self, slots: usize, answer: A, shutdown: CancellationToken)
    where
        A: Fn(Ask, Duration) -> F + Clone + Send + Sync + 'static,
        F: Future<Output = Answered> + Send + 'static,
    {
        match self {
            Self::Memory(asks) => {
                let _present = asks.enter();
                serving::serve(asks, slots, answer, shutdown).await;
            }
            Self::Redis(asks) => serving::serve(asks, slots, answer, shutdown).await,
        }
    }
}
