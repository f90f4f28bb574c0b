//! Asks over Redis: answered from another process, over when nobody waits, refused when too many wait or Redis is away.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use contract::asks::rows::RowsAsk;
use contract::asks::{Ask, AskFile};
use contract::errors::{ErrorCode, Failure};
use queue::{AskError, Queue, WAITING_ASKS};
use serde_json::value::to_raw_value;
use tokio_util::sync::CancellationToken;

use crate::server::{Redis, until};

const PATIENCE: Duration = Duration::from_secs(20);

fn ask(offset: u64) -> Ask {
    let file = AskFile { storage_key: "versions/x".to_owned(), content_hash: "h".to_owned() };
    Ask::Rows(RowsAsk::window(file, Vec::new(), offset, 1))
}

async fn open(redis: &Redis) -> Queue {
    Queue::open(Some(&redis.url())).await.unwrap()
}

/// A worker that answers an ask with its offset, and offset 13 with a failure; counts what it began.
fn serve(queue: &Queue, takes: Duration, stop: &CancellationToken) -> Arc<AtomicUsize> {
    let begun = Arc::new(AtomicUsize::new(0));
    let (queue, stop, count) = (queue.clone(), stop.clone(), Arc::clone(&begun));
    let answer = move |ask: Ask, left: Duration| {
        let Ask::Rows(ask) = ask else { panic!("only rows are asked for") };
        count.fetch_add(1, Ordering::SeqCst);
        async move {
            assert!(left <= PATIENCE);
            tokio::time::sleep(takes).await;
            match ask.offset {
                13 => Err(Failure::new(ErrorCode::InvalidParameters, "13.")),
                offset => Ok(to_raw_value(&offset).unwrap()),
            }
        }
    };
    tokio::spawn(async move { queue.answer(2, answer, stop).await });
    begun
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn asks_are_answered_by_any_worker_and_leave_nothing_behind() {
    let redis = Redis::start();
    let (api, first, second) = (open(&redis).await, open(&redis).await, open(&redis).await);
    let stop = CancellationToken::new();
    let begun = (serve(&first, Duration::ZERO, &stop), serve(&second, Duration::ZERO, &stop));
    let asking: Vec<_> = (100..300)
        .map(|offset| {
            let api = api.clone();
            tokio::spawn(async move { api.ask(&ask(offset), PATIENCE).await.unwrap().get().to_owned() })
        })
        .collect();
    for (offset, asked) in (100..300).zip(asking) {
        assert_eq!(asked.await.unwrap(), offset.to_string());
    }
    assert_eq!(begun.0.load(Ordering::SeqCst) + begun.1.load(Ordering::SeqCst), 200, "each is answered once");
    let Err(AskError::Failed(failure)) = api.ask(&ask(13), PATIENCE).await else { panic!("13 is refused") };
    assert_eq!(failure.code, ErrorCode::InvalidParameters);
    let start = Instant::now();
    for offset in 300..400 {
        api.ask(&ask(offset), PATIENCE).await.unwrap();
    }
    println!("100 asks one after another: {:?}", start.elapsed());
    until("an empty Redis", 20, || redis.number(&["DBSIZE"]) == 0).await;
    stop.cancel();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_ask_that_is_over_is_not_begun_and_too_many_are_refused() {
    let redis = Redis::start();
    let (api, worker) = (open(&redis).await, open(&redis).await);
    let start = Instant::now();
    assert!(matches!(api.ask(&ask(1), Duration::from_millis(300)).await, Err(AskError::NoAnswer)));
    assert!(start.elapsed() < Duration::from_secs(10));
    // One whose asker goes away.
    let second = ask(2);
    let gone = tokio::time::timeout(Duration::from_millis(300), api.ask(&second, PATIENCE));
    assert!(gone.await.is_err());
    let stop = CancellationToken::new();
    let begun = serve(&worker, Duration::ZERO, &stop);
    api.ask(&ask(3), PATIENCE).await.unwrap();
    assert_eq!(begun.load(Ordering::SeqCst), 1, "only the last one is worked on");
    stop.cancel();
    tokio::time::sleep(Duration::from_millis(400)).await;
    let mut push = vec!["RPUSH", "{plotline-asks}:waiting"];
    push.extend(std::iter::repeat_n("x", WAITING_ASKS));
    redis.ask(&push);
    assert!(matches!(api.ask(&ask(4), PATIENCE).await, Err(AskError::Busy)));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_outage_refuses_asks_in_time_and_ends_by_itself() {
    let mut redis = Redis::start();
    let (api, worker) = (open(&redis).await, open(&redis).await);
    let stop = CancellationToken::new();
    serve(&worker, Duration::ZERO, &stop);
    api.ask(&ask(1), PATIENCE).await.unwrap();
    redis.stop();
    let start = Instant::now();
    assert!(matches!(api.ask(&ask(2), PATIENCE).await, Err(AskError::Unreachable(_))));
    assert!(start.elapsed() < Duration::from_secs(15), "an outage must not hold callers up");
    redis.start_again();
    let start = Instant::now();
    while api.ask(&ask(3), Duration::from_secs(2)).await.is_err() {
        assert!(start.elapsed() < Duration::from_secs(30), "asks do not come through after an outage");
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    stop.cancel();
}
