//! Takes bells and signals to Redis in the background, many at a time, so that no request and no job waits for them.

use std::time::Duration;

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
/// A bell is called out at once and enters the list this much later. Whoever hears the call begins meanwhile, and does not
/// share the machine with the list, which is for those who are not connected now.
const LATER: Duration = Duration::from_millis(20);

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
    let (late, bells) = mpsc::channel(WAITING);
    tokio::spawn(enlist_loop(link.clone(), bells));
    let mut batch = Vec::with_capacity(BATCH);
    while waiting.recv_many(&mut batch, BATCH).await > 0 {
        let (mut rung, mut signals) = (Vec::new(), Vec::new());
        for order in batch.drain(..) {
            match order {
                Order::Bell(lane, id) => {
                    if !rung.contains(&lane) {
                        rung.push(lane);
                    }
                    // A full channel holds bells enough.
                    let _ = late.try_send((lane, id));
                }
                Order::Signal(signal) => signals.push(signal),
            }
        }
        // Sent together, they share their way on the one connection.
        let (called, told) = tokio::join!(
            join_all(rung.into_iter().map(|lane| link.publish_bell(lane))),
            join_all(signals.iter().map(|signal| link.publish_signal(signal))),
        );
        for error in called.into_iter().chain(told).filter_map(Result::err) {
            tracing::debug!(%error, "bells or signals did not get through");
        }
    }
}

/// One bell of a lane for all that were rung within a while: whoever hears it takes as many executions as it has room for.
async fn enlist_loop(link: RedisLink, mut bells: mpsc::Receiver<(Lane, Uuid)>) {
    while let Some(first) = bells.recv().await {
        tokio::time::sleep(LATER).await;
        let mut rung = vec![first];
        while let Ok((lane, id)) = bells.try_recv() {
            if rung.iter().all(|(known, _)| *known != lane) {
                rung.push((lane, id));
            }
        }
        for error in join_all(rung.into_iter().map(|(lane, id)| redis_bell::enlist(&link, lane, id)))
            .await
            .into_iter()
            .filter_map(Result::err)
        {
            tracing::debug!(%error, "a bell is not in the list");
        }
    }
}
