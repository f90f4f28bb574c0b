//! Priorities: kinds that the operator puts first overtake what waited longer, and those put back stand back.

use serde_json::json;
use tests::answer::text_at;
use tests::{Server, wait_until};

#[test]
fn kinds_go_in_the_order_that_the_operator_chose() {
    let settings = [("PLOTLINE_WORKER_SLOTS", "1"), ("PLOTLINE_JOBS_PRIORITIES", "append=5,ingest=-5")];
    let server = Server::with(&settings);
    let anna = server.analyst();
    let id = anna.dataset("a\n1\n");
    let probe = |milliseconds: u64| {
        let body = json!({ "action": { "sleep": { "milliseconds": milliseconds } }, "lane": "batch" });
        text_at(&anna.post("/api/v1/testing/probe", &body).expect(202).json(), "/id")
    };
    let long = probe(60_000);
    let path = format!("/api/v1/jobs/{long}");
    wait_until("the slot is taken", || anna.get(&path).expect(200).json()["status"] == "running");
    let last = text_at(&anna.upload("b.csv", "b\n1\n").expect(202).json(), "/job/id");
    let middle = probe(0);
    let rows = anna.request("POST", &format!("/api/v1/datasets/{id}/rows")).raw("text/csv", "a\n2\n").send();
    let first = text_at(&rows.expect(202).json(), "/id");
    anna.delete(&path).expect(200);
    let started = [&first, &middle, &last].map(|job| {
        let job = anna.finished(job);
        assert_eq!(job["status"], "succeeded", "{job}");
        chrono::DateTime::parse_from_rfc3339(&text_at(&job, "/started_at")).expect("a time")
    });
    assert!(started.is_sorted(), "append, probe and ingest started at {started:?}");
    let admin = server.admin();
    let priority = |job: &str| admin.get(&format!("/api/v1/admin/jobs/{job}")).expect(200).json()["priority"].clone();
    assert_eq!([&first, &middle, &last].map(|job| priority(job)), [json!(5), json!(0), json!(-5)]);
}
