//! The result cache: identical requests share one computation, each with a job of its own.

use std::sync::Barrier;

use serde_json::{Value, json};
use tests::answer::text_at;
use tests::{Actor, Server, shared};

fn ask(actor: &Actor<'_>, body: &Value) -> Value {
    let request = actor.request("POST", "/api/v1/analysis/descriptive").header("prefer", "wait=30").json(body);
    request.send().expect(200).json()
}

#[test]
fn the_second_identical_request_is_answered_from_the_cache() {
    let server = shared();
    let anna = server.analyst();
    let body = json!({ "exact": true, "dataset_id": anna.dataset("a,b\n1,5\n3,6\n"), "columns": ["a"] });
    let first = ask(&anna, &body);
    assert_eq!((&first["cached"], first.get("age_seconds")), (&json!(false), None), "{first}");
    // Without `Prefer`, too, since there is nothing to wait for.
    let second = anna.post("/api/v1/analysis/descriptive", &body).expect(200).json();
    assert_eq!((&second["cached"], &second["status"]), (&json!(true), &json!("succeeded")));
    assert!(second["age_seconds"].as_f64().is_some_and(|age| (0.0..60.0).contains(&age)), "{second}");
    assert_ne!(second["id"], first["id"], "a job of its own");
    let result = |job: &Value| anna.get(&format!("/api/v1/jobs/{}/results", text_at(job, "/id"))).expect(200).json();
    assert_eq!(result(&second)["result"], result(&first)["result"]);
    assert_eq!(result(&second)["computed_at"], result(&first)["computed_at"]);
    assert_eq!((&result(&first)["cached"], &result(&second)["cached"]), (&json!(false), &json!(true)));
}

#[test]
fn defaults_spelt_out_are_the_same_request_and_other_parameters_are_not() {
    let server = shared();
    let anna = server.analyst();
    let id = anna.dataset("a,b\n1,5\n3,6\n");
    ask(&anna, &json!({ "exact": true, "dataset_id": id }));
    let spelt_out = json!({ "top": 10, "percentiles": [5, 25.0, 50, 75, 95], "exact": true, "dataset_id": id });
    assert_eq!(ask(&anna, &spelt_out)["cached"], true);
    for other in [
        json!({ "exact": true, "dataset_id": id, "top": 9 }),
        json!({ "exact": true, "dataset_id": id, "columns": ["a", "b"] }),
        json!({ "exact": true, "dataset_id": id, "columns": ["b", "a"] }),
        json!({ "exact": true, "dataset_id": id, "percentiles": [] }),
    ] {
        assert_eq!(ask(&anna, &other)["cached"], false, "{other}");
    }
}

#[test]
fn the_same_content_uploaded_again_is_the_same_data() {
    let server = shared();
    let anna = server.analyst();
    let csv = "a,b\n10,5\n30,6\n";
    assert_eq!(ask(&anna, &json!({ "exact": true, "dataset_id": anna.dataset(csv) }))["cached"], false);
    assert_eq!(ask(&anna, &json!({ "exact": true, "dataset_id": anna.dataset(csv) }))["cached"], true);
    assert_eq!(ask(&anna, &json!({ "exact": true, "dataset_id": anna.dataset("a,b\n10,5\n30,7\n") }))["cached"], false);
}

#[test]
fn a_cache_time_of_zero_computes_anew() {
    let server = Server::with(&[("PLOTLINE_JOBS_CACHE_SECONDS", "0")]);
    let anna = server.analyst();
    let body = json!({ "exact": true, "dataset_id": anna.dataset("a\n1\n") });
    assert_eq!(ask(&anna, &body)["cached"], false);
    assert_eq!(ask(&anna, &body)["cached"], false);
}

#[test]
fn no_cache_computes_anew_even_what_the_profile_answers() {
    let server = shared();
    let anna = server.analyst();
    let id = anna.dataset("a,b\n1,5\n3,8\n");
    let anew = |body: &Value| {
        let request = anna.request("POST", "/api/v1/analysis/descriptive").header("prefer", "wait=30");
        request.header("cache-control", "max-age=0, No-Cache").json(body).send().expect(200).json()
    };
    for body in [json!({ "dataset_id": id, "columns": ["b"] }), json!({ "dataset_id": id, "top": 3, "exact": true })] {
        ask(&anna, &body);
        let fresh = anew(&body);
        assert_eq!((&fresh["cached"], fresh.get("age_seconds")), (&json!(false), None), "{fresh}");
        assert_eq!(ask(&anna, &body)["cached"], true);
    }
}

#[test]
fn lists_tell_what_was_asked_with_defaults_filled_in() {
    let server = shared();
    let anna = server.analyst();
    let id = anna.dataset("a,b\n1,5\n3,9\n");
    let job = ask(&anna, &json!({ "exact": true, "dataset_id": id, "columns": ["a"] }));
    let listed = anna.get(&format!("/api/v1/jobs?dataset_id={id}")).expect(200).json();
    let find = |kind: &str| listed["items"].as_array().unwrap().iter().find(|job| job["kind"] == kind).unwrap().clone();
    let described = find("descriptive");
    let asked = &described["parameters"];
    assert_eq!(
        (&asked["columns"], &asked["trim"], asked.get("dataset_id")),
        (&json!(["a"]), &json!(0.1), None),
        "{asked}"
    );
    assert_eq!(find("ingest").get("parameters"), None);
    assert_eq!(anna.get(&format!("/api/v1/jobs/{}", text_at(&job, "/id"))).expect(200).json().get("parameters"), None);
}

#[test]
fn identical_requests_at_once_have_jobs_of_their_own_and_one_computation() {
    let server = shared();
    let anna = server.analyst();
    let body = json!({ "exact": true, "dataset_id": anna.dataset(tests::files::orders(30_000)) });
    let barrier = Barrier::new(12);
    let jobs: Vec<Value> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..12)
            .map(|_| {
                scope.spawn(|| {
                    barrier.wait();
                    ask(&anna, &body)
                })
            })
            .collect();
        threads.into_iter().map(|thread| thread.join().expect("an answer")).collect()
    });
    let mut ids: Vec<&str> = jobs.iter().filter_map(|job| job["id"].as_str()).collect();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), 12);
    let computed_at = |job: &Value| {
        let answer = anna.get(&format!("/api/v1/jobs/{}/results", text_at(job, "/id"))).expect(200).json();
        answer["computed_at"].clone()
    };
    let first = computed_at(&jobs[0]);
    assert!(jobs.iter().all(|job| computed_at(job) == first), "one computation: {jobs:#?}");
}
