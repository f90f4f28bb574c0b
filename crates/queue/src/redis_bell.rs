//! The bell over Redis: an apalis worker on apalis-redis, with its traps avoided. See decision 0007.

use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use apalis::prelude::{BackendExt, TaskSink, WorkerBuilder};
use apalis_redis::{Config, RedisStorage};
use contract::jobs::Lane;
use futures_util::stream::Stream;
use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use crate::WAITING_BELLS;
use crate::error::{QueueError, Result};
use crate::keeping::Keeper;
use crate::redis_link::{RedisLink, in_time};

/// How often a worker asks Redis for bells of the list.
const POLL: Duration = Duration::from_millis(75);
/// How often answered bells are removed from Redis.
const TRIM: Duration = Duration::from_secs(1);
const TRIM_BATCH: usize = 2_000;

/// Names must hold no ':' since apalis-redis builds its keys with it. The hash tag keeps all keys of both lanes in one
/// slot of a cluster; and that one is the slot of `core:apalis:queues:list`, a key that apalis' scripts name by themselves.
fn queue_name(lane: Lane) -> String {
    format!("{{plotline-1439}}-bell-{}", lane.as_str())
}

fn config(lane: Lane) -> Config {
    Config::default().queue(queue_name(lane)).batch_size(1).emit_events(false)
}

/// Called out first: who hears it begins at once and finds the row; the list is for those who are not connected now.
pub async fn ring(link: &RedisLink, lane: Lane, execution_id: Uuid) -> Result<()> {
    let (called, listed) = tokio::join!(link.publish_bell(lane), enlist(link, lane, execution_id));
    called.and(listed)
}

/// Puts a bell into the list, unless enough are there.
pub async fn enlist(link: &RedisLink, lane: Lane, execution_id: Uuid) -> Result<()> {
    let config = config(lane);
    let mut connection = link.commands.clone();
    let mut count = redis::pipe();
    count.llen(config.active_jobs_list()).zcard(config.scheduled_jobs_set());
    let (active, scheduled): (usize, usize) = in_time(count.query_async(&mut connection)).await?;
    // 8,000 waiting ids would break every fetch, and a worker that has 500 needs no more bells.
    if active + scheduled < WAITING_BELLS {
        let mut storage = RedisStorage::<Uuid, _>::new(connection).with_config(config);
        match tokio::time::timeout(Duration::from_secs(2), storage.push(execution_id)).await {
            Ok(pushed) => pushed.map_err(|error| QueueError::Message(error.to_string()))?,
            Err(_) => return Err(QueueError::Slow),
        }
    }
    Ok(())
}

pub async fn consume<F>(link: &RedisLink, lane: Lane, worker_name: &str, on_bell: F, shutdown: CancellationToken)
where
    F: Fn(Uuid) + Clone + Send + Sync + 'static,
{
    let trimmer = tokio::spawn(trim_loop(link.clone(), lane, shutdown.clone()));
    let mut keeper = Keeper::new(lane, shutdown);
    while keeper.is_wanted() {
        // A name may be used once only: Redis remembers it for as long as its heartbeat counts.
        let name = format!("{worker_name}-{}-{}", lane.as_str(), Uuid::now_v7().simple());
        let on_bell = on_bell.clone();
        let storage = RedisStorage::<Uuid, _>::new(link.commands.clone()).with_config(config(lane));
        let worker = WorkerBuilder::new(name.as_str()).backend(storage.poll_with_stream(wakes())).build(
            move |execution_id: Uuid| {
                on_bell(execution_id);
                std::future::ready(())
            },
        );
        let told = keeper.told();
        keeper.watch(worker.run_until(told)).await;
        forget_worker(link, lane, &name).await;
    }
    trimmer.abort();
}

/// Wakes apalis' worker regularly. Whoever hears bells called out needs none of the list.
fn wakes() -> AlwaysArmed {
    let (sender, receiver) = mpsc::channel(1);
    tokio::spawn(async move {
        loop {
            tokio::time::sleep(POLL).await;
            // A full channel holds a wake-up already.
            if matches!(sender.try_send(()), Err(mpsc::error::TrySendError::Closed(()))) {
                return;
            }
        }
    });
    AlwaysArmed(receiver)
}

/// A stream that takes what there is and then always ends in `Pending`, with its waker in place. apalis polls a strategy
/// once and ignores the answer; after a `Ready` nothing would wake the worker again (seen as stalls of seconds).
struct AlwaysArmed(mpsc::Receiver<()>);

impl Stream for AlwaysArmed {
    type Item = ();

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<()>> {
        while let Poll::Ready(Some(())) = self.0.poll_recv(context) {}
        Poll::Pending
    }
}

/// apalis-redis keeps a payload, a metadata hash and an entry in a set of every finished id for ever.
async fn trim_loop(link: RedisLink, lane: Lane, shutdown: CancellationToken) {
    let config = config(lane);
    loop {
        tokio::select! {
            () = shutdown.cancelled() => return,
            () = tokio::time::sleep(TRIM) => {}
        }
        for set in [config.done_jobs_set(), config.dead_jobs_set()] {
            if let Err(error) = trim(&link, &config, &set).await {
                tracing::debug!(%error, "answered bells were not removed; trying again");
            }
        }
    }
}

async fn trim(link: &RedisLink, config: &Config, set: &str) -> Result<()> {
    let mut connection = link.commands.clone();
    loop {
        let mut pop = redis::cmd("SPOP");
        pop.arg(set).arg(TRIM_BATCH);
        let ids: Vec<String> = in_time(pop.query_async(&mut connection)).await?;
        if ids.is_empty() {
            return Ok(());
        }
        let mut remove = redis::pipe();
        remove.hdel(config.job_data_hash(), &ids).ignore();
        for id in &ids {
            remove.unlink(format!("{}:{id}", config.job_meta_hash())).ignore();
        }
        in_time(remove.query_async::<()>(&mut connection)).await?;
    }
}

/// Removes what a worker loop left under its name.
async fn forget_worker(link: &RedisLink, lane: Lane, name: &str) {
    let config = config(lane);
    let mut connection = link.commands.clone();
    let mut remove = redis::pipe();
    remove.unlink(format!("{}:workers:metadata:{name}", queue_name(lane))).ignore();
    remove.zrem(config.workers_set(), name).ignore();
    if let Err(error) = in_time(remove.query_async::<()>(&mut connection)).await {
        tracing::debug!(%error, "a worker's name stays in Redis");
    }
}
