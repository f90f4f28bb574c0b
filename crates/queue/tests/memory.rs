//! The queue of one process: bells reach their lane, floods and late consumers cost nothing, signals reach everybody.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::print_stdout, reason = "a test fails by panicking")]

use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use contract::jobs::Lane;
use queue::{Queue, Signal, WAITING_BELLS};
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

type Heard = Arc<Mutex<Vec<Uuid>>>;

fn listen(queue: &Queue, lane: Lane, stop: &CancellationToken) -> (Heard, tokio::task::JoinHandle<()>) {
    let heard = Heard::default();
    let (queue, stop, list) = (queue.clone(), stop.clone(), Arc::clone(&heard));
    let task = tokio::spawn(async move {
        queue.consume(lane, "test", move |id| list.lock().unwrap().push(id), stop).await;
    });
    (heard, task)
}

async fn until(what: &str, condition: impl Fn() -> bool) {
    let start = Instant::now();
    while !condition() {
        assert!(start.elapsed() < Duration::from_secs(20), "{what} did not happen");
        tokio::time::sleep(Duration::from_millis(2)).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn bells_reach_the_consumer_of_their_lane_and_no_other() {
    let queue = Queue::open(None).await.unwrap();
    let stop = CancellationToken::new();
    let early = Uuid::now_v7();
    queue.ring(Lane::Interactive, early).await.unwrap();
    let (interactive, first) = listen(&queue, Lane::Interactive, &stop);
    let (batch, second) = listen(&queue, Lane::Batch, &stop);
    let late = Uuid::now_v7();
    queue.ring(Lane::Batch, late).await.unwrap();
    until("both bells", || interactive.lock().unwrap().len() + batch.lock().unwrap().len() == 2).await;
    assert_eq!((*interactive.lock().unwrap()).as_slice(), [early]);
    assert_eq!((*batch.lock().unwrap()).as_slice(), [late]);
    stop.cancel();
    tokio::time::timeout(Duration::from_secs(20), async { (first.await.unwrap(), second.await.unwrap()) })
        .await
        .expect("consumers end when they are told to");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_flood_of_bells_is_cut_off_and_a_consumer_can_start_again() {
    let queue = Queue::open(None).await.unwrap();
    for _ in 0..WAITING_BELLS * 4 {
        queue.ring(Lane::Batch, Uuid::now_v7()).await.unwrap();
    }
    for round in [WAITING_BELLS, 1] {
        let stop = CancellationToken::new();
        let (heard, task) = listen(&queue, Lane::Batch, &stop);
        until("the bells of this round", || heard.lock().unwrap().len() == round).await;
        stop.cancel();
        task.await.unwrap();
        queue.ring(Lane::Batch, Uuid::now_v7()).await.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn many_ringers_at_once_harm_nobody() {
    let queue = Queue::open(None).await.unwrap();
    let stop = CancellationToken::new();
    let (heard, task) = listen(&queue, Lane::Interactive, &stop);
    let ringers: Vec<_> = (0..8)
        .map(|_| {
            let queue = queue.clone();
            tokio::spawn(async move {
                for _ in 0..2_000 {
                    queue.ring(Lane::Interactive, Uuid::now_v7()).await.unwrap();
                    tokio::task::yield_now().await;
                }
            })
        })
        .collect();
    for ringer in ringers {
        ringer.await.unwrap();
    }
    let last = Uuid::now_v7();
    until("the end of the flood", || heard.lock().unwrap().len() > 100).await;
    tokio::time::sleep(Duration::from_millis(50)).await;
    queue.ring(Lane::Interactive, last).await.unwrap();
    until("the last bell", || heard.lock().unwrap().contains(&last)).await;
    stop.cancel();
    task.await.unwrap();
}

#[tokio::test]
async fn an_announced_end_wakes_waiters_and_reaches_subscribers() {
    let queue = Queue::open(None).await.unwrap();
    let job = Uuid::now_v7();
    let mut signals = queue.subscribe();
    let waiter = queue.waiter(job);
    let ended = Signal::Changed { job_ids: vec![job], finished: true };
    queue.announce(ended.clone()).await.unwrap();
    let start = Instant::now();
    waiter.wait(Duration::from_secs(60)).await;
    assert!(start.elapsed() < Duration::from_secs(20));
    assert_eq!(signals.recv().await.unwrap(), ended);
    queue.wait_for(job, Duration::from_millis(5)).await;
    queue.ping().await.unwrap();
}
