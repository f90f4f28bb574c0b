//! Polling: many jobs in one question, and a `Retry-After` that grows with the wait.

use std::time::Duration;

use serde_json::json;
use tests::answer::text_at;
use tests::{Server, shared};

#[test]
fn many_jobs_are_asked_for_at_once() {
    let server = shared();
    let (anna, berta) = (server.analyst(), server.analyst());
    let mut jobs: Vec<String> =
        (0..3).map(|i| text_at(&anna.upload("a.csv", format!("a\n{i}\n")).expect(202).json(), "/job/id")).collect();
    jobs.iter().for_each(|job| drop(anna.finished(job)));
    jobs.reverse();
    let foreign = text_at(&berta.upload("a.csv", "a\n1\n").expect(202).json(), "/job/id");
    let unknown = "01900000-0000-7000-8000-000000000000";
    let ids = format!("{},{foreign},{},{unknown},{},{}", jobs[0], jobs[1], jobs[2], jobs[0]);
    let answer = anna.get(&format!("/api/v1/jobs?ids={ids}")).expect(200);
    assert!(answer.header("retry-after").is_none(), "all have finished");
    let page = answer.json();
    let items = page["items"].as_array().expect("items");
    let found: Vec<&str> = items.iter().filter_map(|job| job["id"].as_str()).collect();
    assert_eq!(found, jobs, "in the order asked for, each once, and nothing of others");
    assert!(page["next_cursor"].is_null());
    assert_eq!(items[0], anna.get(&format!("/api/v1/jobs/{}", jobs[0])).expect(200).json());
    assert_eq!(anna.get("/api/v1/jobs?ids=").expect(200).json()["items"], json!([]));
    berta.finished(&foreign);
}

#[test]
fn a_question_for_many_is_bounded_and_stands_alone() {
    let server = shared();
    let anna = server.analyst();
    let ids = |count: usize| vec!["01900000-0000-7000-8000-000000000000"; count].join(",");
    anna.get(&format!("/api/v1/jobs?ids={}", ids(200))).expect(200);
    for query in [ids(201), "17".to_owned(), format!("{}&limit=5", ids(1)), format!("{}&status=queued", ids(1))] {
        let problem = anna.get(&format!("/api/v1/jobs?ids={query}")).problem(422, "validation_failed");
        assert_eq!(problem["errors"][0]["pointer"], "ids", "{problem}");
    }
}

#[test]
fn the_time_to_the_next_poll_grows_with_the_wait() {
    // No worker takes jobs of the interactive lane here.
    let server = Server::with(&[("PLOTLINE_WORKER_LANES", "batch")]);
    let anna = server.analyst();
    let id = anna.dataset("a\n1\n");
    let job = anna.post("/api/v1/analysis/descriptive", &json!({ "exact": true, "dataset_id": id })).expect(202);
    assert_eq!(job.need("retry-after"), "1");
    let job = text_at(&job.json(), "/id");
    let path = format!("/api/v1/jobs/{job}");
    let seconds = || anna.get(&path).expect(200).need("retry-after").parse::<u32>().expect("seconds");
    assert!(seconds() <= 2);
    std::thread::sleep(Duration::from_secs(13));
    assert!((2..=10).contains(&seconds()), "after 13 seconds");
    let batch = anna.get(&format!("/api/v1/jobs?ids={job}")).expect(200);
    assert!(batch.need("retry-after").parse::<u32>().is_ok_and(|seconds| (2..=10).contains(&seconds)));
    anna.delete(&path).expect(200);
}
