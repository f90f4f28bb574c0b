//! Allowances over Redis: processes count together, refused attempts cost nothing, and an outage is told soon.

use std::num::NonZeroU32;
use std::time::{Duration, Instant};

use queue::Queue;

use crate::server::Redis;

const FIVE: NonZeroU32 = NonZeroU32::new(5).unwrap();

#[tokio::test]
async fn processes_count_attempts_together() {
    let redis = Redis::start();
    let (one, two) = (Queue::open(Some(&redis.url())).await.unwrap(), Queue::open(Some(&redis.url())).await.unwrap());
    for left in (0..5).rev() {
        let process = if left % 2 == 0 { &one } else { &two };
        let allowance = process.count_attempt("anna", FIVE).await.unwrap().unwrap();
        assert_eq!((allowance.is_allowed, allowance.remaining), (true, left));
    }
    for process in [&one, &two] {
        let refused = process.count_attempt("anna", FIVE).await.unwrap().unwrap();
        assert!(!refused.is_allowed && refused.remaining == 0, "{refused:?}");
        let next = refused.next;
        assert!(next > Duration::from_secs(2) && next <= Duration::from_secs(12), "refusals do not add up: {next:?}");
    }
    assert!(one.count_attempt("berta", FIVE).await.unwrap().unwrap().is_allowed, "others are counted apart");
}

#[tokio::test]
async fn an_allowance_comes_back_with_time() {
    let redis = Redis::start();
    let queue = Queue::open(Some(&redis.url())).await.unwrap();
    // One attempt each 100 ms.
    let many = NonZeroU32::new(600).unwrap();
    let first = queue.count_attempt("anna", many).await.unwrap().unwrap();
    assert_eq!(first.remaining, 599);
    tokio::time::sleep(Duration::from_millis(200)).await;
    assert_eq!(queue.count_attempt("anna", many).await.unwrap().unwrap().remaining, 599);
}

#[tokio::test]
async fn one_process_alone_counts_nothing_here_and_an_outage_is_told_soon() {
    let alone = Queue::open(None).await.unwrap();
    assert_eq!(alone.count_attempt("anna", FIVE).await.unwrap(), None);
    let url = {
        let redis = Redis::start();
        redis.url()
    };
    let queue = Queue::open(Some(&url)).await.unwrap();
    let start = Instant::now();
    assert!(queue.count_attempt("anna", FIVE).await.is_err());
    assert!(start.elapsed() < Duration::from_secs(5), "{:?}", start.elapsed());
}
