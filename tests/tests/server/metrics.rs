//! Figures for Prometheus: what is in them, what is not, and who may read them.

use serde_json::json;
use tests::answer::text_at;
use tests::figures::figure;
use tests::{Server, shared, wait_until};

const TOKEN: &str = "a token for the figures";

#[test]
fn the_figures_tell_requests_by_template_and_jobs_by_kind() {
    let server = Server::start();
    let anna = server.analyst();
    let body = json!({ "exact": true, "dataset_id": anna.dataset("a\n1\n3\n") });
    anna.analyse("descriptive", &body);
    anna.post("/api/v1/analysis/descriptive", &body).expect(200);
    let again =
        || anna.request("POST", "/api/v1/analysis/descriptive").header("idempotency-key", "k").json(&body).send();
    again().expect(200);
    assert_eq!(again().expect(200).need("idempotency-replayed"), "true");
    anna.get("/api/v1/jobs/01900000-0000-7000-8000-000000000000").expect(404);
    anna.get("/no/such/place/of/anybody");
    let answer = server.anonymous().get("/metrics").expect(200);
    assert!(answer.need("content-type").starts_with("text/plain"), "{}", answer.need("content-type"));
    let text = answer.text();
    let has = |name: &str, labels: &[&str]| {
        let found = text.lines().find(|line| line.starts_with(name) && labels.iter().all(|label| line.contains(label)));
        found.unwrap_or_else(|| panic!("{name} {labels:?} is missing:\n{text}")).to_owned()
    };
    has("plotline_build_info", &["version="]);
    has("plotline_http_requests_total", &["route=\"/api/v1/jobs/{id}\"", "method=\"GET\"", "status=\"404\""]);
    has("plotline_http_request_seconds_bucket", &["route=\"/api/v1/analysis/{kind}\"", "le=\"+Inf\""]);
    has("plotline_job_wait_seconds_count", &["kind=\"descriptive\""]);
    has("plotline_job_run_seconds_count", &["kind=\"ingest\""]);
    assert!(has("plotline_cache_hits_total", &[]).ends_with(" 2"));
    assert!(has("plotline_duplicates_prevented_total", &["how=\"cached\""]).ends_with(" 2"));
    assert!(has("plotline_duplicates_prevented_total", &["how=\"replayed\""]).ends_with(" 1"));
    for lane in ["interactive", "batch"] {
        assert!(has("plotline_queue_depth", &[&format!("lane=\"{lane}\"")]).ends_with(" 0"));
    }
    assert!(has("plotline_database_up", &[]).ends_with(" 1"));
    has("plotline_pool_size", &["pool=\"passwords\""]);
    has("plotline_pool_busy", &["pool=\"database_read\""]);
    for secret in [anna.account().id.as_str(), anna.account().username.as_str(), "01900000", "anybody"] {
        assert!(!text.contains(secret), "a label for each {secret} would never end");
    }
    assert_eq!(server.anonymous().get("/api/v1/metrics").expect(200).status, 200);
}

#[test]
fn a_lane_tells_how_many_wait_in_it_for_how_long_and_how_many_share() {
    let server = Server::with(&[("PLOTLINE_WORKER_SLOTS", "1")]);
    let anna = server.analyst();
    let probe = |body: serde_json::Value| {
        let answer = anna.post("/api/v1/testing/probe", &body).expect(202).json();
        text_at(&answer, "/id")
    };
    let long = probe(json!({ "action": { "sleep": { "milliseconds": 60_000 } } }));
    let path = format!("/api/v1/jobs/{long}");
    wait_until("the slot is taken", || anna.get(&path).expect(200).json()["status"] == "running");
    let shares = json!({ "action": { "sleep": { "milliseconds": 0 } }, "share_key": "one" });
    let waiting = [probe(shares.clone()), probe(shares.clone()), probe(shares)];
    let told = |name: &str, label: &str| figure(&server.anonymous().get("/metrics").expect(200).text(), name, &[label]);
    let age = || told("plotline_queue_oldest_age", "lane=\"interactive\"");
    wait_until("it has waited for a while", || age() > 0.5);
    assert!(age() < 60.0, "{}", age());
    assert_eq!(told("plotline_queue_depth", "lane=\"interactive\""), 1.0, "three jobs are one piece of work");
    assert_eq!(told("plotline_duplicates_prevented_total", "how=\"joined\""), 2.0);
    anna.delete(&path).expect(200);
    waiting.iter().for_each(|job| assert_eq!(anna.finished(job)["status"], "succeeded"));
    assert_eq!((told("plotline_queue_depth", "lane=\"interactive\""), age()), (0.0, 0.0));
}

#[test]
fn a_forwarded_request_is_not_from_here() {
    let server = shared();
    let ask = |actor: &tests::Actor<'_>| actor.request("GET", "/metrics").header("x-forwarded-for", "192.0.2.1").send();
    ask(&server.anonymous()).problem(401, "unauthenticated");
    ask(&server.analyst()).problem(401, "unauthenticated");
    ask(&server.admin()).expect(200);
}

#[test]
fn with_a_token_it_alone_and_an_administrator_may_read() {
    let server = Server::with(&[("PLOTLINE_HTTP_METRICS_TOKEN", TOKEN)]);
    let ask = |value: &str| server.anonymous().request("GET", "/metrics").header("authorization", value).send();
    server.anonymous().get("/metrics").problem(401, "unauthenticated");
    ask("Bearer a token for the figurez").problem(401, "unauthenticated");
    ask(&format!("Bearer {TOKEN}")).expect(200);
    server.admin().get("/metrics").expect(200);
    server.analyst().get("/metrics").problem(401, "unauthenticated");
    assert!(!server.log().contains(TOKEN));
}
