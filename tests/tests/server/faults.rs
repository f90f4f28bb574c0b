//! Faults: killed children, a second process, restarts. The server lives, and nothing is lost.

use std::time::{Duration, Instant};

use serde_json::json;
use tests::answer::text_at;
use tests::cli::{children_of, signal};
use tests::{Server, wait_until};

#[test]
fn a_killed_child_costs_its_job_an_attempt_and_the_server_lives() {
    let server = Server::start();
    let anna = server.analyst();
    let answer = anna.upload("large.csv", tests::files::orders(600_000)).expect(202).json();
    let job = text_at(&answer, "/job/id");
    let path = format!("/api/v1/jobs/{job}");
    let children = || children_of(server.process_id(), &["compute"]);
    wait_until("the job runs in a child", || {
        anna.get(&path).expect(200).json()["status"] == "running" && !children().is_empty()
    });
    let killed = children();
    killed.iter().for_each(|child| signal(*child, "KILL"));
    let job = anna.finished(&job);
    let gone = children().iter().all(|child| !killed.contains(child));
    assert!(gone, "the killed children are not used again");
    match job["status"].as_str() {
        Some("succeeded") => assert!(job["attempt"].as_u64() >= Some(2), "the crash counts: {job}"),
        _ => assert_eq!(job["error"]["code"], "crashed", "{job}"),
    }
    server.anonymous().get("/api/health").expect(200);
    anna.dataset("a\n1\n");
}

#[test]
fn a_second_process_on_the_same_data_is_refused() {
    let server = Server::start();
    let output = server.command(&["serve"]).output().expect("a second start");
    assert!(!output.status.success());
    let message = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(message.contains(&server.data_dir().display().to_string()), "the message names the folder: {message}");
    server.anonymous().get("/api/health").expect(200);
}

#[test]
fn a_restart_keeps_accounts_data_jobs_and_cache() {
    let mut server = Server::start();
    let account = server.analyst().account().clone();
    let (id, job) = {
        let anna = tests::Actor::new(&server, Some(account.clone()));
        let id = anna.dataset("a\n1\n3\n");
        let job =
            anna.post("/api/v1/analysis/descriptive", &json!({ "exact": true, "dataset_id": id })).expect(202).json();
        let job = text_at(&job, "/id");
        anna.finished(&job);
        (id, job)
    };
    server.signal("TERM");
    assert!(server.wait_for_end().success());
    server.restart();
    let anna = tests::Actor::new(&server, Some(account));
    let preview = anna.get(&format!("/api/v1/datasets/{id}/preview")).expect(200).json();
    assert_eq!(preview["rows"], json!([[1], [3]]));
    let result = anna.get(&format!("/api/v1/jobs/{job}/results")).expect(200).json();
    assert_eq!(result["result"]["columns"][0]["numeric"]["mean"], 2.0);
    let again =
        anna.post("/api/v1/analysis/descriptive", &json!({ "exact": true, "dataset_id": id })).expect(200).json();
    assert_eq!(again["cached"], true);
}

#[test]
fn a_stop_in_the_middle_of_a_job_loses_nothing() {
    // Handed back in peace: that start does not count.
    interrupted("TERM", 1);
}

#[test]
fn a_kill_in_the_middle_of_a_job_loses_nothing() {
    interrupted("KILL", 2);
}

/// Ends the server while it reads a large file and starts it again: the job must end as if nothing had happened.
fn interrupted(by: &str, attempts: u64) {
    let mut server = Server::with(&[("PLOTLINE_WORKER_SHUTDOWN_SECONDS", "0")]);
    let account = server.analyst().account().clone();
    let rows = 600_000;
    let job = {
        let anna = tests::Actor::new(&server, Some(account.clone()));
        let answer = anna.upload("large.csv", tests::files::orders(rows)).expect(202).json();
        let job = text_at(&answer, "/job/id");
        let path = format!("/api/v1/jobs/{job}");
        wait_until("the job runs", || anna.get(&path).expect(200).json()["status"] == "running");
        job
    };
    let children = children_of(server.process_id(), &["compute"]);
    let start = Instant::now();
    server.signal(by);
    let status = server.wait_for_end();
    assert_eq!(status.success(), by == "TERM", "{status}");
    assert!(start.elapsed() < Duration::from_secs(20), "it stopped after {:?}", start.elapsed());
    wait_until("the children are gone with their parent", || {
        children.iter().all(|child| !std::path::Path::new(&format!("/proc/{child}")).exists() || is_zombie(*child))
    });
    let stopped_at = now();
    server.restart();
    let anna = tests::Actor::new(&server, Some(account));
    let job = anna.finished(&job);
    assert_eq!(job["status"], "succeeded", "{job}");
    assert_eq!(job["attempt"], attempts, "{job}");
    assert!(job["started_at"].as_str() > Some(stopped_at.as_str()), "started again after {stopped_at}: {job}");
    let dataset = anna.get(&format!("/api/v1/datasets/{}", text_at(&job, "/dataset_id"))).expect(200).json();
    assert_eq!(dataset["version"]["rows"], rows);
    assert_eq!(dataset["version"]["number"], 1, "one version, not two");
}

/// The time as the API writes it.
fn now() -> String {
    let output = std::process::Command::new("date").args(["-u", "+%Y-%m-%dT%H:%M:%S.%6NZ"]).output().expect("date");
    String::from_utf8_lossy(&output.stdout).trim().to_owned()
}

/// An ended child that nobody has asked about yet; init will.
fn is_zombie(process: u32) -> bool {
    let stat = std::fs::read_to_string(format!("/proc/{process}/stat")).unwrap_or_default();
    stat.rsplit_once(')').is_some_and(|(_, rest)| rest.trim_start().starts_with('Z'))
}

/// The first crash may be the machine's fault, and what is away may come back; what goes on ends.
#[test]
fn a_first_crash_and_what_is_away_are_tried_again_and_the_rest_is_not() {
    let server = Server::start();
    let anna = server.analyst();
    let probe = |body: serde_json::Value| {
        let job = text_at(&anna.post("/api/v1/testing/probe", &body).expect(202).json(), "/id");
        let job = anna.finished(&job);
        (job["status"].clone(), job["attempt"].clone(), job["error"]["code"].clone())
    };
    let away = json!({ "code": "unavailable", "message": "It is away." });
    let wrong = json!({ "code": "invalid_parameters", "message": "There is no such column." });
    let (succeeded, failed, none) = (json!("succeeded"), json!("failed"), json!(null));
    assert_eq!(probe(json!({ "action": "abort", "attempts": 1 })), (succeeded.clone(), json!(2), none.clone()));
    assert_eq!(probe(json!({ "action": "abort" })), (failed.clone(), json!(2), json!("crashed")));
    let healed = probe(json!({ "action": { "fail": { "failure": away } }, "attempts": 2 }));
    assert_eq!(healed, (succeeded, json!(3), none));
    let final_failure = probe(json!({ "action": { "fail": { "failure": wrong } } }));
    assert_eq!(final_failure, (failed.clone(), json!(1), json!("invalid_parameters")));
    let late = probe(json!({ "action": { "sleep": { "milliseconds": 60_000 } }, "timeout_milliseconds": 200 }));
    assert_eq!(late, (failed, json!(1), json!("timed_out")));
}

/// What misbehaves on request is for tests alone.
#[test]
fn outside_of_testing_there_are_no_probes() {
    let server = Server::with(&[("PLOTLINE_ENVIRONMENT", "development"), ("PLOTLINE_AUTH_BCRYPT_COST", "10")]);
    let anna = server.analyst();
    for base in ["/api/v1", "/api"] {
        let answer = anna.post(&format!("{base}/testing/probe"), &json!({ "action": "abort" }));
        answer.problem(404, "not_found");
    }
    assert_eq!(anna.get("/api/v1/jobs").expect(200).json()["items"], json!([]));
}
