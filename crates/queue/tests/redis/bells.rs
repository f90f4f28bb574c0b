//! Bells and signals over Redis, with outages.

use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use contract::jobs::Lane;
use queue::{Queue, Signal, WAITING_BELLS};
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use crate::server::{Redis, until};

fn listen(queue: &Queue, lane: Lane, stop: &CancellationToken) -> Arc<Mutex<Vec<Uuid>>> {
    let heard = Arc::new(Mutex::new(Vec::new()));
    let (queue, stop, list) = (queue.clone(), stop.clone(), Arc::clone(&heard));
    tokio::spawn(async move { queue.consume(lane, "test", move |id| list.lock().unwrap().push(id), stop).await });
    heard
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn bells_and_signals_cross_processes_and_leave_nothing_behind() {
    let redis = Redis::start();
    let (api, worker) =
        (Queue::open(Some(&redis.url())).await.unwrap(), Queue::open(Some(&redis.url())).await.unwrap());
    let stop = CancellationToken::new();
    let heard = listen(&worker, Lane::Interactive, &stop);
    let mut signals = worker.subscribe();
    for _ in 0..300 {
        api.ring(Lane::Interactive, Uuid::now_v7()).await.unwrap();
    }
    until("300 bells", 30, || heard.lock().unwrap().len() == 300).await;
    let job = Uuid::now_v7();
    let waiter = worker.waiter(job);
    let ended = Signal::Changed { job_ids: vec![job], finished: true };
    api.announce(ended.clone()).await.unwrap();
    let start = Instant::now();
    waiter.wait(Duration::from_secs(60)).await;
    assert!(start.elapsed() < Duration::from_secs(20));
    assert_eq!(signals.recv().await.unwrap(), ended);
    until("the removal of answered bells", 30, || {
        redis.number(&["HLEN", "{plotline-1439}-bell-interactive:data"]) == 0
    })
    .await;
    until("few keys", 30, || redis.number(&["DBSIZE"]) < 10).await;
    stop.cancel();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_flood_without_a_worker_is_bounded_and_drains_later() {
    let redis = Redis::start();
    let queue = Queue::open(Some(&redis.url())).await.unwrap();
    for _ in 0..WAITING_BELLS + 400 {
        queue.ring(Lane::Batch, Uuid::now_v7()).await.unwrap();
    }
    let waiting = redis.number(&["ZCARD", "{plotline-1439}-bell-batch:scheduled"])
        + redis.number(&["LLEN", "{plotline-1439}-bell-batch:active"]);
    assert_eq!(waiting, i64::try_from(WAITING_BELLS).unwrap());
    let stop = CancellationToken::new();
    let heard = listen(&queue, Lane::Batch, &stop);
    until("the drain", 60, || heard.lock().unwrap().len() == WAITING_BELLS).await;
    stop.cancel();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_outage_is_an_error_for_callers_and_ends_by_itself() {
    let mut redis = Redis::start();
    let (queue, other) =
        (Queue::open(Some(&redis.url())).await.unwrap(), Queue::open(Some(&redis.url())).await.unwrap());
    let stop = CancellationToken::new();
    let heard = listen(&queue, Lane::Batch, &stop);
    queue.ring(Lane::Batch, Uuid::now_v7()).await.unwrap();
    until("the first bell", 30, || heard.lock().unwrap().len() == 1).await;
    redis.stop();
    let start = Instant::now();
    assert!(queue.ring(Lane::Batch, Uuid::now_v7()).await.is_err());
    assert!(queue.ping().await.is_err());
    assert!(start.elapsed() < Duration::from_secs(15), "an outage must not hold callers up");
    // Waiters of the same process are woken all the same.
    let job = Uuid::now_v7();
    let waiter = queue.waiter(job);
    assert!(queue.announce(Signal::Changed { job_ids: vec![job], finished: true }).await.is_err());
    waiter.wait(Duration::from_secs(60)).await;
    redis.start_again();
    let start = Instant::now();
    while other.ring(Lane::Batch, Uuid::now_v7()).await.is_err() {
        assert!(start.elapsed() < Duration::from_secs(20), "the connection does not come back");
    }
    until("a bell after the outage", 30, || heard.lock().unwrap().len() >= 2).await;
    redis.ask(&["FLUSHALL"]);
    let before = heard.lock().unwrap().len();
    let start = Instant::now();
    while heard.lock().unwrap().len() == before {
        assert!(start.elapsed() < Duration::from_secs(60), "no bell comes through after FLUSHALL");
        let _ = other.ring(Lane::Batch, Uuid::now_v7()).await;
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
    stop.cancel();
}
