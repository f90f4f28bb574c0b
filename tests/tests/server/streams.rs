//! Event streams under strain: readers that are too slow, tokens that end, and how often progress is told.

use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tests::actor::{Account, Actor};
use tests::answer::text_at;
use tests::listener::Listener;
use tests::{Server, shared, wait_until};

/// Events that fill every buffer between server and reader, and then the 256 that may wait.
const FLOOD: usize = 330;
const EVENT_BYTES: usize = 64_000;

fn probe(actor: &Actor<'_>, action: Value) -> String {
    text_at(&actor.post("/api/v1/testing/probe", &json!({ "action": action })).expect(202).json(), "/id")
}

#[test]
fn a_reader_that_does_not_keep_up_is_dropped_and_harms_nobody() {
    let server = Server::with(&[("PLOTLINE_WORKER_SLOTS", "8"), ("PLOTLINE_JOBS_QUEUED_PER_USER", "0")]);
    let (anna, berta) = (server.analyst(), server.analyst());
    // One who never reads, one of the same account who does, and a stranger.
    let slow = Listener::open(&server, &anna, None);
    let (mut quick, mut other) = (Listener::open(&server, &anna, None), Listener::open(&server, &berta, None));
    let failure = json!({ "code": "invalid_parameters", "message": "x".repeat(EVENT_BYTES) });
    let last = std::thread::scope(|scope| {
        let (anna, failure) = (&anna, &failure);
        let reading = scope.spawn(move || {
            let mut failed = 0;
            while failed < FLOOD {
                let event = quick.next_event().expect("whoever reads is not dropped");
                failed += usize::from(event.job["status"] == "failed");
            }
            quick
        });
        for thread in 0..4 {
            scope.spawn(move || {
                (thread..FLOOD).step_by(4).for_each(|_| drop(probe(anna, json!({ "fail": { "failure": failure } }))));
            });
        }
        let mut quick = reading.join().expect("the reader");
        let last = probe(anna, json!({ "sleep": { "milliseconds": 0 } }));
        quick.until(&last, "succeeded");
        last
    });
    let own = probe(&berta, json!({ "sleep": { "milliseconds": 0 } }));
    other.until(&own, "succeeded");
    let heard = slow.rest();
    let failed = heard.iter().filter(|event| event.job["status"] == "failed").count();
    assert!(failed < FLOOD, "the slow one was told all of {failed} failures");
    assert!(heard.iter().all(|event| event.job["id"] != last), "its stream ended before the last job");
    server.anonymous().get("/api/health").expect(200);
}

#[test]
fn a_stream_ends_when_its_token_does() {
    let server = shared();
    let account = server.analyst().account().clone();
    let until = chrono::Utc::now().timestamp() + 4;
    let access_token = crate::tokens::until(&server, &account.access_token, until);
    let anna = Actor::new(&server, Some(Account { access_token, ..account }));
    let start = Instant::now();
    let listener = Listener::open(&server, &anna, None);
    assert!(listener.head.contains("200 ok"), "{}", listener.head);
    listener.ends_within(Duration::from_secs(20));
    assert!(start.elapsed() > Duration::from_secs(2), "it ended before its time: {:?}", start.elapsed());
    // The second in which it ends is its last.
    wait_until("the token has ended", || anna.get("/api/v1/users/me").status == 401);
}

#[test]
fn progress_goes_forward_and_is_written_at_most_twice_a_second() {
    let server = shared();
    let anna = server.analyst();
    let mut listener = Listener::open(&server, &anna, None);
    let start = Instant::now();
    let job = probe(&anna, json!({ "sleep": { "milliseconds": 4_000 } }));
    let path = format!("/api/v1/jobs/{job}");
    // What stands in the row, seen every few milliseconds; each value that differs is a write.
    let mut written = Vec::new();
    let end = loop {
        let state = anna.get(&path).expect(200).json();
        let fraction = state["progress"]["fraction"].as_f64().expect("a fraction");
        if written.last() != Some(&fraction) {
            written.push(fraction);
        }
        if state["status"] == "succeeded" {
            break state;
        }
        assert!(matches!(state["status"].as_str(), Some("queued" | "running")), "{state}");
        std::thread::sleep(Duration::from_millis(15));
    };
    // The first value and the last one stand for the start and the end of the job, not for progress.
    let most = 2.0 * start.elapsed().as_secs_f64() + 1.0;
    assert!((written.len() as f64) - 2.0 <= most, "{} writes: {written:?}", written.len());
    assert!(written.len() >= 4, "there is progress on the way: {written:?}");
    assert!(written.is_sorted(), "{written:?}");
    assert_eq!(written.last(), Some(&1.0), "{end}");
    let mut told = Vec::new();
    loop {
        let event = listener.next_event().expect("the stream goes on");
        let running = event.job["status"] == "running";
        told.push(event.job["progress"]["fraction"].as_f64().unwrap_or_default());
        if running && told.last() > Some(&0.0) {
            assert!(!text_at(&event.job, "/progress/stage").is_empty(), "{}", event.job);
        }
        if event.job["status"] == "succeeded" {
            break;
        }
    }
    assert!(told.is_sorted() && told.len() as f64 <= most + 3.0, "{told:?}");
}
