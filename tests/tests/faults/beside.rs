//! Bad neighbours: jobs that abort, take all memory or cannot be stopped politely harm themselves alone.

use std::time::{Duration, Instant};

use serde_json::json;
use tests::cli::children_of;
use tests::probes::{Probes, sleep, spin};
use tests::run::Run;
use tests::{Server, wait_until};

const BUDGET: u64 = 512 << 20;

#[test]
fn neighbours_of_bad_jobs_finish_in_their_first_attempt() {
    let run = Run::begin("bad neighbours");
    let folder = tempfile::tempdir().expect("a folder");
    let budget = BUDGET.to_string();
    let settings = [("PLOTLINE_WORKER_SLOTS", "8"), ("PLOTLINE_WORKER_MEMORY_BUDGET_BYTES", &budget)];
    let server = Server::with(&settings);
    let (anna, probes) = (server.analyst(), Probes::new(folder.path().join("ledger")));
    // Their children are left out of the ledger's account: none of these succeeds.
    let bad = Probes::new(folder.path().join("ledger of the bad"));
    let spinning = bad.submit(&anna, "interactive", &spin(60_000));
    let path = format!("/api/v1/jobs/{spinning}");
    wait_until("it spins", || anna.get(&path).expect(200).json()["status"] == "running");
    let aborts = bad.submit(&anna, "interactive", &json!("abort"));
    let takes = json!({ "allocate": { "bytes": 8_u64 << 30, "hold_milliseconds": 60_000 } });
    let takes = bad.submit(&anna, "interactive", &takes);
    probes.submit_many(&anna, "interactive", &sleep(300), 20);
    let start = Instant::now();
    let answer = anna.delete(&path).expect(200).json();
    assert_eq!(answer["status"], "cancelled", "{answer}");
    let told = start.elapsed();
    let aborted = anna.finished(&aborts);
    let code = aborted["error"]["code"].as_str().unwrap_or_default();
    assert!(matches!(code, "crashed" | "worker_lost"), "{aborted}");
    assert_eq!(anna.finished(&takes)["error"]["code"], "out_of_memory");
    probes.wait_for_quiet(&anna, Duration::from_secs(30));
    let audit = probes.audit(&anna);
    run.say(format_args!("the cancelled one was told so after {} ms; neighbours: {audit}", told.as_millis()));
    audit.check_untouched();
    assert_eq!((audit.accepted, audit.unwitnessed), (20, 0), "{audit}");
    assert!(told < run.bound(Duration::from_secs(1)), "cancelling took {told:?}");
}

#[test]
fn a_cancelled_job_stops_computing_and_gives_its_memory_back() {
    let run = Run::begin("cancelling");
    let folder = tempfile::tempdir().expect("a folder");
    let server = Server::start();
    let (anna, probes) = (server.analyst(), Probes::new(folder.path().join("ledger")));
    let parent = server.process_id();
    let hold = json!({ "allocate": { "bytes": 400_u64 << 20, "hold_milliseconds": 60_000 } });
    for (what, action, is_on) in [
        ("memory is held", hold, (|parent| memory(parent) > 390 << 20) as fn(u32) -> bool),
        ("a processor is busy", spin(60_000), |parent| is_busy(parent)),
    ] {
        let job = probes.submit(&anna, "interactive", &action);
        wait_until(what, || is_on(parent));
        let start = Instant::now();
        anna.delete(&format!("/api/v1/jobs/{job}")).expect(200);
        wait_until("that ends", || !is_on(parent));
        let took = start.elapsed();
        run.say(format_args!("{what}: no longer {} ms after the request to cancel", took.as_millis()));
        assert!(took < run.bound(Duration::from_secs(1)), "{what}: it took {took:?}");
        assert_eq!(anna.finished(&job)["status"], "cancelled");
    }
    probes.audit(&anna).check();
}

/// Resident bytes of all compute children together.
fn memory(parent: u32) -> u64 {
    let resident = |child: &u32| {
        let text = std::fs::read_to_string(format!("/proc/{child}/statm")).unwrap_or_default();
        text.split(' ').nth(1).and_then(|pages| pages.parse::<u64>().ok()).unwrap_or(0) * 4096
    };
    children_of(parent, &["compute"]).iter().map(resident).sum()
}

/// Whether a compute child used most of the last moment's processor time.
fn is_busy(parent: u32) -> bool {
    let used = || -> u64 {
        let ticks = |child: &u32| {
            let stat = std::fs::read_to_string(format!("/proc/{child}/stat")).unwrap_or_default();
            let after_name = stat.rsplit_once(')').map(|(_, rest)| rest.to_owned()).unwrap_or_default();
            after_name.split_whitespace().nth(11).and_then(|ticks| ticks.parse::<u64>().ok()).unwrap_or(0)
        };
        children_of(parent, &["compute"]).iter().map(ticks).max().unwrap_or(0)
    };
    // Ticks of 10 ms: a child that spins uses some of these even on a loaded machine; idle ones use none.
    let before = used();
    std::thread::sleep(Duration::from_millis(200));
    used() > before + 1
}
