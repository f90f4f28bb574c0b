//! Asks within one process: answered, refused, given up, and finished when the worker stops.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::print_stdout, reason = "a test fails by panicking")]

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use contract::asks::rows::RowsAsk;
use contract::asks::{Ask, AskFile};
use queue::{AskError, Queue, WAITING_ASKS};
use serde_json::value::to_raw_value;
use tokio_util::sync::CancellationToken;

const PATIENCE: Duration = Duration::from_secs(20);

fn ask(offset: u64) -> Ask {
    let file = AskFile { storage_key: "versions/x".to_owned(), content_hash: "h".to_owned() };
    Ask::Rows(RowsAsk::window(file, Vec::new(), offset, 1))
}

/// Answers with the offset after `takes`; counts what is begun and what comes to its end.
struct Worker {
    begun: Arc<AtomicUsize>,
    ended: Arc<AtomicUsize>,
    stop: CancellationToken,
    task: tokio::task::JoinHandle<()>,
}

fn serve(queue: &Queue, slots: usize, takes: Duration) -> Worker {
    let (begun, ended, stop) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)), CancellationToken::new());
    let counts = (Arc::clone(&begun), Arc::clone(&ended));
    let answer = move |ask: Ask, _left: Duration| {
        let Ask::Rows(ask) = ask else { panic!("only rows are asked for") };
        let (begun, ended) = counts.clone();
        async move {
            begun.fetch_add(1, Ordering::SeqCst);
            tokio::time::sleep(takes).await;
            ended.fetch_add(1, Ordering::SeqCst);
            Ok(to_raw_value(&ask.offset).unwrap())
        }
    };
    let (queue, token) = (queue.clone(), stop.clone());
    Worker { begun, ended, stop, task: tokio::spawn(async move { queue.answer(slots, answer, token).await }) }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn many_asks_at_once_get_their_own_answers() {
    let queue = Queue::open(None).await.unwrap();
    assert!(matches!(queue.ask(&ask(1), PATIENCE).await, Err(AskError::NoWorker)));
    let worker = serve(&queue, 2, Duration::from_millis(1));
    tokio::task::yield_now().await;
    let asking: Vec<_> = (0..WAITING_ASKS as u64 / 2)
        .map(|offset| {
            let queue = queue.clone();
            tokio::spawn(async move {
                // The worker may have begun to listen a moment later.
                while matches!(queue.ask(&ask(offset), Duration::ZERO).await, Err(AskError::NoWorker)) {
                    tokio::time::sleep(Duration::from_millis(1)).await;
                }
                queue.ask(&ask(offset), PATIENCE).await.unwrap().get().to_owned()
            })
        })
        .collect();
    for (offset, asked) in asking.into_iter().enumerate() {
        assert_eq!(asked.await.unwrap(), offset.to_string());
    }
    worker.stop.cancel();
    worker.task.await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn work_stops_when_its_asker_is_gone_and_is_finished_when_the_worker_stops() {
    let queue = Queue::open(None).await.unwrap();
    let worker = serve(&queue, 1, Duration::from_millis(500));
    tokio::time::sleep(Duration::from_millis(20)).await;
    let start = Instant::now();
    assert!(matches!(queue.ask(&ask(1), Duration::from_millis(100)).await, Err(AskError::NoAnswer)));
    // The slot is free again at once: the first answer was given up.
    let second = ask(2);
    let last = queue.ask(&second, PATIENCE);
    let stop = async {
        tokio::time::sleep(Duration::from_millis(100)).await;
        worker.stop.cancel();
    };
    let (answer, ()) = tokio::join!(last, stop);
    assert_eq!(answer.unwrap().get(), "2");
    assert!(start.elapsed() < Duration::from_secs(10));
    worker.task.await.unwrap();
    assert_eq!((worker.begun.load(Ordering::SeqCst), worker.ended.load(Ordering::SeqCst)), (2, 1));
    assert!(matches!(queue.ask(&ask(3), PATIENCE).await, Err(AskError::NoWorker)));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn too_many_waiting_asks_are_refused() {
    let queue = Queue::open(None).await.unwrap();
    let worker = serve(&queue, 1, Duration::from_secs(60));
    tokio::time::sleep(Duration::from_millis(20)).await;
    let asking: Vec<_> = (0..WAITING_ASKS as u64 + 50)
        .map(|offset| {
            let queue = queue.clone();
            tokio::spawn(async move { queue.ask(&ask(offset), Duration::from_secs(1)).await.unwrap_err() })
        })
        .collect();
    let (mut busy, mut unanswered) = (0, 0);
    for asked in asking {
        match asked.await.unwrap() {
            AskError::Busy => busy += 1,
            AskError::NoAnswer => unanswered += 1,
            other => panic!("{other}"),
        }
    }
    assert!(busy >= 48 && unanswered >= WAITING_ASKS, "{busy} refused, {unanswered} unanswered");
    worker.stop.cancel();
}
