//! Live events: a stream of the caller's own jobs, its replay, its limits and its end.

use std::time::Duration;

use serde_json::json;
use tests::answer::text_at;
use tests::listener::Listener;
use tests::{Actor, Server, shared, wait_until};

pub fn upload(actor: &Actor<'_>) -> String {
    text_at(&actor.upload("a.csv", "a\n1\n").expect(202).json(), "/job/id")
}

#[test]
fn a_job_is_told_to_its_owner_alone_until_its_end() {
    let server = shared();
    let (anna, berta) = (server.analyst(), server.analyst());
    let (mut hers, mut other) = (Listener::open(&server, &anna, None), Listener::open(&server, &berta, None));
    assert!(hers.head.contains("200 ok") && hers.head.contains("text/event-stream"), "{}", hers.head);
    assert!(!hers.head.contains("gzip"), "a compressor holds events back: {}", hers.head);
    let job = upload(&anna);
    let event = hers.until(&job, "succeeded");
    assert_eq!(event.job, anna.get(&format!("/api/v1/jobs/{job}")).expect(200).json());
    let own = upload(&berta);
    assert_eq!(other.next_event().expect("an event").job["id"], own, "the first that she hears of is her own");
}

#[test]
fn whoever_comes_back_hears_what_happened_meanwhile() {
    let server = shared();
    let anna = server.analyst();
    let mut first = Listener::open(&server, &anna, None);
    let told = upload(&anna);
    let last = first.until(&told, "succeeded").id;
    drop(first);
    let missed = upload(&anna);
    anna.finished(&missed);
    let mut again = Listener::open(&server, &anna, Some(&last));
    again.until(&missed, "succeeded");
    // Without the id nothing is told of the past: no job is in flight.
    let mut anew = Listener::open(&server, &anna, None);
    let third = upload(&anna);
    loop {
        let event = anew.next_event().expect("the stream goes on");
        assert_ne!(event.job["id"], told);
        if event.job["id"] == third && event.job["status"] == "succeeded" {
            break;
        }
    }
}

#[test]
fn a_stream_begins_with_what_is_in_flight_and_tells_a_cancel() {
    let server = Server::with(&[("PLOTLINE_WORKER_LANES", "batch")]);
    let anna = server.analyst();
    let id = anna.dataset("a\n1\n");
    let job = anna.post("/api/v1/analysis/descriptive", &json!({ "exact": true, "dataset_id": id })).expect(202).json();
    let job = text_at(&job, "/id");
    let mut listener = Listener::open(&server, &anna, None);
    listener.until(&job, "queued");
    anna.delete(&format!("/api/v1/jobs/{job}")).expect(200);
    listener.until(&job, "cancelled");
}

#[test]
fn one_account_has_so_many_streams_and_no_more() {
    let server = shared();
    let anna = server.analyst();
    let streams: Vec<Listener> = (0..8).map(|_| Listener::open(&server, &anna, None)).collect();
    assert!(streams.iter().all(|stream| stream.head.contains("200 ok")));
    let refused = anna.get("/api/v1/events");
    assert!(refused.header("retry-after").is_some());
    refused.problem(429, "rate_limited");
    drop(streams);
    wait_until("a place is free again", || Listener::open(&server, &anna, None).head.contains("200 ok"));
}

#[test]
fn a_log_out_ends_the_stream() {
    let server = shared();
    let anna = server.analyst();
    let listener = Listener::open(&server, &anna, None);
    anna.request("POST", "/api/v1/auth/logout").send().expect(204);
    // Two seconds are the promise; the rest is for a machine under load.
    listener.ends_within(Duration::from_secs(10));
}

#[test]
fn a_stream_ends_when_the_server_stops() {
    let server = Server::start();
    let anna = server.analyst();
    let listener = Listener::open(&server, &anna, None);
    server.signal("TERM");
    listener.ends_within(Duration::from_secs(9));
    assert!(server.wait_for_end().success());
}

#[test]
fn an_event_id_that_was_never_given_is_refused_and_head_does_not_hang() {
    let server = shared();
    let anna = server.analyst();
    let request = anna.request("GET", "/api/v1/events").header("last-event-id", "yesterday");
    let problem = request.send().problem(422, "validation_failed");
    assert_eq!(problem["errors"][0]["pointer"], "Last-Event-ID");
    assert!(anna.request("HEAD", "/api/v1/events").send().expect(200).body.is_empty());
}
