//! `Idempotency-Key`: a request that is sent again starts nothing new.

use std::sync::Barrier;

use serde_json::{Value, json};
use tests::answer::text_at;
use tests::{Actor, Answer, shared};

fn ask(actor: &Actor<'_>, key: &str, body: &Value) -> Answer {
    actor.request("POST", "/api/v1/analysis/descriptive").header("idempotency-key", key).json(body).send()
}

fn job_count(actor: &Actor<'_>) -> usize {
    let list = actor.get("/api/v1/jobs?kind=descriptive&limit=200").expect(200).json();
    list["items"].as_array().map_or(0, Vec::len)
}

#[test]
fn the_same_key_returns_the_first_job() {
    let server = shared();
    let anna = server.analyst();
    let body = json!({ "exact": true, "dataset_id": anna.dataset("a\n1\n") });
    let first = text_at(&ask(&anna, "key-1", &body).json(), "/id");
    anna.finished(&first);
    let answer = ask(&anna, "key-1", &body);
    assert!(matches!(answer.status, 200 | 202), "{answer:?}");
    assert_eq!(text_at(&answer.json(), "/id"), first);
    assert_eq!(job_count(&anna), 1);
    assert_ne!(text_at(&ask(&anna, "key-2", &body).json(), "/id"), first);
    assert_eq!(job_count(&anna), 2);
}

#[test]
fn the_same_key_with_another_body_is_refused() {
    let server = shared();
    let anna = server.analyst();
    let id = anna.dataset("a\n1\n");
    let first = ask(&anna, "key-1", &json!({ "exact": true, "dataset_id": id })).json();
    ask(&anna, "key-1", &json!({ "exact": true, "dataset_id": id, "top": 3 })).problem(422, "idempotency_mismatch");
    anna.finished(&text_at(&first, "/id"));
    assert_eq!(job_count(&anna), 1);
}

#[test]
fn keys_of_different_people_do_not_meet() {
    let server = shared();
    let (anna, berta) = (server.analyst(), server.analyst());
    let bodies = [&anna, &berta].map(|actor| json!({ "exact": true, "dataset_id": actor.dataset("a\n1\n") }));
    let first = text_at(&ask(&anna, "key-1", &bodies[0]).json(), "/id");
    let second = text_at(&ask(&berta, "key-1", &bodies[1]).json(), "/id");
    assert_ne!(first, second);
    anna.finished(&first);
    berta.finished(&second);
}

#[test]
fn a_refused_request_does_not_use_the_key_up() {
    let server = shared();
    let anna = server.analyst();
    let id = anna.dataset("a\n1\n");
    ask(&anna, "key-1", &json!({ "exact": true, "dataset_id": id, "columns": ["b"] }))
        .problem(422, "validation_failed");
    let answer = ask(&anna, "key-1", &json!({ "exact": true, "dataset_id": id, "columns": ["a"] }));
    assert!(matches!(answer.status, 200 | 202), "{answer:?}");
    anna.finished(&text_at(&answer.json(), "/id"));
}

#[test]
fn twenty_at_once_start_one_job() {
    let server = shared();
    let anna = server.analyst();
    let body = json!({ "exact": true, "dataset_id": anna.dataset("a\n1\n") });
    let barrier = Barrier::new(20);
    let answers: Vec<Answer> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..20)
            .map(|_| {
                scope.spawn(|| {
                    barrier.wait();
                    ask(&anna, "all-at-once", &body)
                })
            })
            .collect();
        threads.into_iter().map(|thread| thread.join().expect("an answer")).collect()
    });
    let mut ids = Vec::new();
    for answer in answers {
        match answer.status {
            200 | 202 => ids.push(text_at(&answer.json(), "/id")),
            // The first request was not finished yet: try again later.
            _ => drop(answer.problem(409, "idempotency_in_progress")),
        }
    }
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), 1, "one job for all: {ids:?}");
    assert_eq!(job_count(&anna), 1);
    anna.finished(&ids[0]);
}

#[test]
fn an_upload_sent_again_makes_no_second_dataset() {
    let server = shared();
    let anna = server.analyst();
    let upload = |csv: &str| {
        let request = anna.request("POST", "/api/v1/datasets/upload?name=once").header("idempotency-key", "up-1");
        request.raw("text/csv", csv).send()
    };
    let first = upload("a\n1\n").expect(202).json();
    anna.finished(&text_at(&first, "/job/id"));
    let second = upload("a\n1\n");
    assert!(matches!(second.status, 200 | 202), "{second:?}");
    assert_eq!(second.json()["dataset"]["id"], first["dataset"]["id"]);
    upload("a\n2\n").problem(422, "idempotency_mismatch");
    assert_eq!(anna.get("/api/v1/datasets").expect(200).json()["items"].as_array().map(Vec::len), Some(1));
}

#[test]
fn a_key_that_is_no_key_is_refused() {
    let server = shared();
    let anna = server.analyst();
    let body = json!({ "exact": true, "dataset_id": anna.dataset("a\n1\n") });
    for key in ["", &"k".repeat(300)] {
        ask(&anna, key, &body).problem(422, "validation_failed");
    }
}
