//! Shared work: cancelling takes one owner out, and the work goes on until its last owner has left.

use std::time::{Duration, Instant};

use serde_json::json;
use tests::answer::text_at;
use tests::{Actor, Server, wait_until};

fn status(actor: &Actor<'_>, job: &str) -> String {
    text_at(&actor.get(&format!("/api/v1/jobs/{job}")).expect(200).json(), "/status")
}

fn cancel(actor: &Actor<'_>, job: &str) {
    assert_eq!(actor.delete(&format!("/api/v1/jobs/{job}")).expect(200).json()["status"], "cancelled");
}

#[test]
fn cancelling_leaves_the_work_to_the_others_and_stops_it_with_the_last() {
    let server = Server::with(&[("PLOTLINE_WORKER_SLOTS", "1")]);
    let (anna, berta) = (server.analyst(), server.analyst());
    let folder = tempfile::tempdir().expect("a folder");
    let ledger = folder.path().join("ledger");
    let share = |actor: &Actor<'_>, key: &str, action: serde_json::Value| {
        let body = json!({
            "action": action, "share_key": key, "ledger": { "path": ledger, "line": key }
        });
        text_at(&actor.post("/api/v1/testing/probe", &body).expect(202).json(), "/id")
    };
    let action = json!({ "sleep": { "milliseconds": 2_000 } });
    let (hers, other) = (share(&anna, "kept", action.clone()), share(&berta, "kept", action));
    wait_until("it runs", || status(&berta, &other) == "running");
    cancel(&anna, &hers);
    let end = berta.finished(&other);
    assert_eq!((&end["status"], &end["attempt"]), (&json!("succeeded"), &json!(1)), "{end}");
    assert_eq!(status(&anna, &hers), "cancelled", "whoever left stays out");
    anna.get(&format!("/api/v1/jobs/{hers}/results")).problem(409, "cancelled");

    let action = json!({ "spin": { "milliseconds": 60_000 } });
    let (hers, other) = (share(&anna, "stopped", action.clone()), share(&berta, "stopped", action));
    wait_until("it runs", || status(&berta, &other) == "running");
    cancel(&anna, &hers);
    std::thread::sleep(Duration::from_millis(500));
    assert_eq!(status(&berta, &other), "running");
    cancel(&berta, &other);
    // The one slot is free again long before the spinning would have ended.
    let start = Instant::now();
    let next = share(&anna, "next", json!({ "sleep": { "milliseconds": 0 } }));
    assert_eq!(anna.finished(&next)["status"], "succeeded");
    assert!(start.elapsed() < Duration::from_secs(30), "the slot was busy for {:?}", start.elapsed());
    let effects = || {
        let lines = std::fs::read_to_string(&ledger).expect("the ledger");
        lines.lines().filter_map(|line| line.split('\t').next().map(str::to_owned)).collect::<Vec<_>>()
    };
    // The line is written once the success is committed, which the client hears of in the same moment.
    wait_until("the last effect is noted", || effects().len() > 1);
    let effects = effects();
    assert_eq!(effects, ["kept", "next"], "one effect of what was shared, none of what was stopped");
}
