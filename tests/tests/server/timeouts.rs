//! Time-outs: every kind states its own, and the settings may say otherwise.

use serde_json::json;
use tests::Server;
use tests::answer::text_at;

#[test]
fn a_kind_has_the_time_out_that_it_states_unless_the_settings_say_otherwise() {
    let server = Server::with(&[("PLOTLINE_JOBS_TIMEOUT_SECONDS", "probe=1,descriptive=77")]);
    let anna = server.analyst();
    let kinds = anna.get("/api/v1/analysis/kinds").expect(200).json();
    for kind in kinds["items"].as_array().expect("kinds") {
        let seconds = kind["timeout_seconds"].as_u64().unwrap_or_default();
        let is_right = if kind["name"] == "descriptive" { seconds == 77 } else { (1..=604_800).contains(&seconds) };
        assert!(is_right, "{kind}");
    }
    for lane in ["interactive", "batch"] {
        let probe = json!({ "action": { "sleep": { "milliseconds": 60_000 } }, "lane": lane });
        let job = text_at(&anna.post("/api/v1/testing/probe", &probe).expect(202).json(), "/id");
        let job = anna.finished(&job);
        assert_eq!((&job["error"]["code"], &job["attempt"]), (&json!("timed_out"), &json!(1)), "{job}");
        let message = job["error"]["message"].as_str().unwrap_or_default();
        assert!(message.contains("1 seconds"), "the time-out is told: {message}");
    }
}

#[test]
fn a_time_out_for_a_kind_that_does_not_exist_stops_the_start() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut command = tests::cli::command(folder.path());
    let output = command.env("PLOTLINE_JOBS_TIMEOUT_SECONDS", "descriptiv=60").arg("serve").output().expect("a start");
    assert_eq!(output.status.code(), Some(2));
    let message = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(message.contains("PLOTLINE_JOBS_TIMEOUT_SECONDS") && message.contains("descriptive"), "{message}");
}
