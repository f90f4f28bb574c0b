//! Waiting for a job: `Prefer: wait`, long polling, `Retry-After` and tags.

use std::time::{Duration, Instant};

use serde_json::json;
use tests::answer::text_at;
use tests::{Server, shared};

#[test]
fn prefer_wait_answers_with_the_finished_job_and_its_result() {
    let server = shared();
    let anna = server.analyst();
    let id = anna.dataset("a\n1\n3\n");
    let request = anna.request("POST", "/api/v1/analysis/descriptive").header("prefer", "wait=20");
    let answer = request.json(&json!({ "exact": true, "dataset_id": id })).send().expect(200);
    assert_eq!(answer.need("preference-applied"), "wait=20");
    let job = answer.json();
    assert_eq!(job["status"], "succeeded");
    assert_eq!(job["result"]["columns"][0]["numeric"]["mean"], 2.0);
    assert_eq!(answer.need("location"), format!("/api/v1/jobs/{}", text_at(&job, "/id")));
}

#[test]
fn an_upload_can_be_waited_for_too() {
    let server = shared();
    let anna = server.analyst();
    let request = anna.request("POST", "/api/v1/datasets/upload").header("prefer", "wait=20");
    let answer = request.form(&[], "a.csv", "a\n1\n".into()).send().expect(200).json();
    assert_eq!((&answer["dataset"]["status"], &answer["job"]["status"]), (&json!("ready"), &json!("succeeded")));
}

#[test]
fn a_wait_that_runs_out_answers_202() {
    // No worker takes jobs of the interactive lane here.
    let server = Server::with(&[("PLOTLINE_WORKER_LANES", "batch")]);
    let anna = server.analyst();
    let id = anna.dataset("a\n1\n");
    let start = Instant::now();
    let request = anna.request("POST", "/api/v1/analysis/descriptive").header("prefer", "wait=1");
    let answer = request.json(&json!({ "exact": true, "dataset_id": id })).send().expect(202);
    assert!(start.elapsed() >= Duration::from_millis(900), "it waited {:?}", start.elapsed());
    assert!(answer.header("preference-applied").is_none());
    let job = text_at(&answer.json(), "/id");
    let path = format!("/api/v1/jobs/{job}");
    let state = anna.get(&path).expect(200);
    assert_eq!(state.json()["status"], "queued");
    assert!(state.need("retry-after").parse::<u32>().is_ok_and(|seconds| seconds >= 1));
    let known = anna.request("GET", &path).header("if-none-match", state.need("etag")).send();
    known.expect(304);
    let start = Instant::now();
    assert_eq!(anna.get(&format!("{path}?wait=1")).expect(200).json()["status"], "queued");
    assert!(start.elapsed() >= Duration::from_millis(900), "it waited {:?}", start.elapsed());
    anna.delete(&path).expect(200);
}

#[test]
fn a_long_poll_returns_when_the_job_ends_and_not_after() {
    let server = shared();
    let anna = server.analyst();
    let answer = anna.upload("orders.csv", tests::files::orders(20_000)).expect(202).json();
    let start = Instant::now();
    let answer = anna.get(&format!("/api/v1/jobs/{}?wait=30", text_at(&answer, "/job/id"))).expect(200);
    assert_eq!(answer.json()["status"], "succeeded");
    assert!(start.elapsed() < Duration::from_secs(29), "woken by the end of the job, not by the clock");
    assert!(answer.header("retry-after").is_none());
}

#[test]
fn a_wait_beyond_the_limit_is_refused_in_the_query_and_shortened_in_the_header() {
    let server = shared();
    let anna = server.analyst();
    let id = anna.dataset("a\n1\n");
    let job = text_at(&anna.get("/api/v1/jobs").expect(200).json(), "/items/0/id");
    anna.get(&format!("/api/v1/jobs/{job}?wait=31")).problem(422, "validation_failed");
    let request = anna.request("POST", "/api/v1/analysis/descriptive").header("prefer", "respond-async, wait=900");
    let answer = request.json(&json!({ "exact": true, "dataset_id": id })).send().expect(200);
    assert_eq!(answer.need("preference-applied"), "wait=30");
}
