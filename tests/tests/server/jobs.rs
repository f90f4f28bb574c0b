//! Jobs: their list, their states, cancelling, trying again, and that nobody sees another's.

use serde_json::json;
use tests::answer::text_at;
use tests::{Server, shared, wait_until};

#[test]
fn a_finished_job_tells_its_whole_life() {
    let server = shared();
    let anna = server.analyst();
    let request = anna.request("POST", "/api/v1/datasets/upload").header("x-request-id", "my-request-17");
    let answer = request.form(&[], "a.csv", "a\n1\n".into()).send().expect(202).json();
    let job = anna.finished(&text_at(&answer, "/job/id"));
    assert_eq!((&job["status"], &job["kind"], &job["lane"]), (&json!("succeeded"), &json!("ingest"), &json!("batch")));
    assert_eq!((&job["attempt"], &job["progress"]["fraction"]), (&json!(1), &json!(1.0)));
    assert_eq!(job["request_id"], "my-request-17");
    let at = |key: &str| job[key].as_str().unwrap_or_else(|| panic!("{key}: {job}")).to_owned();
    assert!(at("created_at") <= at("started_at") && at("started_at") <= at("finished_at"), "{job}");
}

#[test]
fn results_carry_the_outcome_and_are_not_sent_twice() {
    let server = shared();
    let anna = server.analyst();
    let id = anna.dataset("a\n1\n3\n");
    let job = anna.post("/api/v1/analysis/descriptive", &json!({ "exact": true, "dataset_id": id })).expect(202).json();
    let job = text_at(&job, "/id");
    anna.finished(&job);
    let path = format!("/api/v1/jobs/{job}/results");
    let answer = anna.get(&path).expect(200);
    assert_eq!(answer.json()["result"]["columns"][0]["numeric"]["mean"], 2.0);
    assert_eq!(answer.json()["cached"], false);
    let again = anna.request("GET", &path).header("if-none-match", answer.need("etag")).send().expect(304);
    assert!(again.body.is_empty());
    let alias = anna.get(&format!("/api/v1/analysis/jobs/{job}/results")).expect(200).json();
    assert_eq!(alias, answer.json());
    let alias = anna.get(&format!("/api/v1/analysis/jobs/{job}")).expect(200).json();
    assert_eq!(alias, anna.get(&format!("/api/v1/jobs/{job}")).expect(200).json());
}

#[test]
fn the_list_can_be_filtered_and_paged() {
    let server = shared();
    let anna = server.analyst();
    let first = anna.dataset("a\n1\n");
    let second = anna.dataset("a\n2\n");
    anna.failed_upload("a.csv", "a,b\n1,2,3\n");
    anna.analyse("descriptive", &json!({ "exact": true, "dataset_id": first }));
    anna.analyse("descriptive", &json!({ "exact": true, "dataset_id": second }));
    let count = |query: &str| {
        let list = anna.get(&format!("/api/v1/jobs?{query}")).expect(200).json();
        list["items"].as_array().map_or(0, Vec::len)
    };
    assert_eq!(count(""), 5);
    assert_eq!(count("kind=ingest"), 3);
    assert_eq!(count("kind=descriptive&status=succeeded"), 2);
    assert_eq!(count("status=failed"), 1);
    assert_eq!(count(&format!("dataset_id={first}")), 2);
    let page = anna.get("/api/v1/jobs?limit=3").expect(200).json();
    let cursor = text_at(&page, "/next_cursor");
    let rest = anna.get(&format!("/api/v1/jobs?limit=3&cursor={cursor}")).expect(200).json();
    assert_eq!(rest["items"].as_array().map(Vec::len), Some(2));
    assert!(rest["next_cursor"].is_null());
    for query in ["status=lost", "dataset_id=17", "limit=1000", "sort=secret"] {
        anna.get(&format!("/api/v1/jobs?{query}")).problem(422, "validation_failed");
    }
}

#[test]
fn nobody_sees_or_stops_the_job_of_another() {
    let server = shared();
    let (anna, berta) = (server.analyst(), server.analyst());
    let id = anna.dataset("a\n1\n");
    let jobs = anna.get("/api/v1/jobs").expect(200).json();
    let job = text_at(&jobs, "/items/0/id");
    let path = format!("/api/v1/jobs/{job}");
    berta.get(&path).problem(404, "not_found");
    berta.get(&format!("{path}/results")).problem(404, "not_found");
    berta.delete(&path).problem(404, "not_found");
    berta.request("POST", &format!("{path}/retry")).send().problem(404, "not_found");
    berta.post("/api/v1/analysis/descriptive", &json!({ "exact": true, "dataset_id": id })).problem(404, "not_found");
    assert_eq!(berta.get("/api/v1/jobs").expect(200).json()["items"], json!([]));
}

/// A server that reads one file at a time, with one large file being read and a small one waiting behind it.
struct Busy {
    server: Server,
}

impl Busy {
    fn start() -> Self {
        Self { server: Server::with(&[("PLOTLINE_WORKER_SLOTS", "1")]) }
    }

    /// Uploads both; the ids of the running and the waiting job.
    fn occupy(&self, anna: &tests::Actor<'_>) -> (String, String) {
        let large = anna.upload("large.csv", tests::files::orders(400_000)).expect(202).json();
        let small = anna.upload("small.csv", "a\n1\n").expect(202).json();
        (text_at(&large, "/job/id"), text_at(&small, "/job/id"))
    }
}

#[test]
fn a_queued_job_is_cancelled_at_once() {
    let busy = Busy::start();
    let anna = busy.server.analyst();
    let (running, queued) = busy.occupy(&anna);
    let path = format!("/api/v1/jobs/{queued}");
    assert_eq!(anna.get(&path).expect(200).json()["status"], "queued", "one slot runs one job");
    anna.get(&format!("{path}/results")).problem(409, "not_ready");
    let job = anna.delete(&path).expect(200).json();
    assert_eq!((&job["status"], &job["attempt"]), (&json!("cancelled"), &json!(0)), "{job}");
    anna.get(&format!("{path}/results")).problem(409, "cancelled");
    assert_eq!(anna.delete(&path).status, anna.delete(&path).status, "cancelling twice changes nothing");
    anna.delete(&format!("/api/v1/jobs/{running}"));
    anna.finished(&running);
}

#[test]
fn a_running_job_is_stopped_and_can_be_tried_again() {
    let busy = Busy::start();
    let anna = busy.server.analyst();
    let (running, queued) = busy.occupy(&anna);
    let path = format!("/api/v1/jobs/{running}");
    wait_until("it runs", || anna.get(&path).expect(200).json()["status"] == "running");
    let job = anna.delete(&path).expect(200).json();
    assert_eq!(job["status"], "cancelled", "{job}");
    // The slot is free again, so the job behind it runs.
    assert_eq!(anna.finished(&queued)["status"], "succeeded");
    let again = anna.request("POST", &format!("{path}/retry")).send().expect(202);
    let retried = text_at(&again.json(), "/id");
    assert_ne!(retried, running, "a new job");
    assert_eq!(again.need("location"), format!("/api/v1/jobs/{retried}"));
    let job = anna.finished(&retried);
    assert_eq!(job["status"], "succeeded", "{job}");
    let dataset = anna.get(&format!("/api/v1/datasets/{}", text_at(&job, "/dataset_id"))).expect(200).json();
    assert_eq!((&dataset["status"], &dataset["version"]["rows"]), (&json!("ready"), &json!(400_000)));
}

#[test]
fn only_a_failed_or_cancelled_job_can_be_tried_again() {
    let server = shared();
    let anna = server.analyst();
    anna.dataset("a\n1\n");
    let job = text_at(&anna.get("/api/v1/jobs").expect(200).json(), "/items/0/id");
    anna.request("POST", &format!("/api/v1/jobs/{job}/retry")).send().problem(409, "conflict");
}

#[test]
fn deleting_a_dataset_cancels_its_jobs() {
    let busy = Busy::start();
    let anna = busy.server.analyst();
    let (running, queued) = busy.occupy(&anna);
    for job in [&queued, &running] {
        let dataset = text_at(&anna.get(&format!("/api/v1/jobs/{job}")).expect(200).json(), "/dataset_id");
        anna.delete(&format!("/api/v1/datasets/{dataset}")).expect(204);
        assert_eq!(anna.finished(job)["status"], "cancelled");
    }
}

#[test]
fn a_failed_job_can_be_tried_again_and_fails_alike() {
    let server = shared();
    let anna = server.analyst();
    let failure = anna.failed_upload("a.csv", "a,b\n1,2,3\n");
    let job = text_at(&anna.get("/api/v1/jobs").expect(200).json(), "/items/0/id");
    let again = anna.request("POST", &format!("/api/v1/jobs/{job}/retry")).send().expect(202).json();
    let job = anna.finished(&text_at(&again, "/id"));
    assert_eq!((&job["status"], &job["error"]), (&json!("failed"), &failure));
}
