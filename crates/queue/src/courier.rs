//! Takes bells and signals to Redis in the background, many at a time, so that no request and no job waits for them.

use contract::jobs::Lane;
use futures_util::future::join_all;
use tokio::sync::mpsc;
use uuid::Uuid;

use crate::error::Result;
use crate::redis_bell;
use crate::redis_link::RedisLink;
use crate::signals::Signal;

/// What may wait while Redis is slow; what comes on top is dropped, since all of it is found without.
const WAITING: usize = 4096;
/// Taken at once.
const BATCH: usize = 64;

#[derive(Debug)]
pub enum Order {
    Bell(Lane, Uuid),
    Signal(Signal),
}

/// Cheap to clone; the task ends with the last clone.
#[derive(Clone, Debug)]
pub struct Courier(mpsc::Sender<Order>);

impl Courier {
    pub fn start(link: RedisLink) -> Self {
        let (orders, waiting) = mpsc::channel(WAITING);
        tokio::spawn(deliver(link, waiting));
        Self(orders)
    }

    pub fn take(&self, order: Order) {
        if self.0.try_send(order).is_err() {
            tracing::debug!("Redis is too slow: a bell or a signal is left out");
        }
    }
}

async fn deliver(link: RedisLink, mut waiting: mpsc::Receiver<Order>) {
    let mut batch = Vec::with_capacity(BATCH);
    while waiting.recv_many(&mut batch, BATCH).await > 0 {
        let (mut interactive, mut background, mut signals) = (None, None, Vec::new());
        for order in batch.drain(..) {
            match order {
                Order::Bell(Lane::Interactive, id) => interactive = Some(id),
                Order::Bell(Lane::Batch, id) => background = Some(id),
                Order::Signal(signal) => signals.push(signal),
            }
        }
        // Sent together, they share their way on the one connection.
        let (first, second, told) = tokio::join!(
            ring(&link, Lane::Interactive, interactive),
            ring(&link, Lane::Batch, background),
            join_all(signals.iter().map(|signal| link.publish_signal(signal))),
        );
        for error in [first, second].into_iter().chain(told).filter_map(Result::err) {
            tracing::debug!(%error, "bells or signals did not get through");
        }
    }
}

/// One bell for all that were rung: whoever hears it takes as many executions as it has room for.
async fn ring(link: &RedisLink, lane: Lane, execution_id: Option<Uuid>) -> Result<()> {
    match execution_id {
        Some(id) => redis_bell::ring(link, lane, id).await,
        None => Ok(()),
    }
}
