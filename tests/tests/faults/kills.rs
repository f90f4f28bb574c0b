//! kill -9 of a worker and of `serve` in the middle of their jobs.

use std::io::{BufRead, BufReader};
use std::process::Stdio;
use std::time::{Duration, Instant};

use serde_json::json;
use tests::cli::{command, signal};
use tests::cluster::{Cluster, Plan};
use tests::figures::figure;
use tests::probes::{Probes, sleep};
use tests::run::Run;
use tests::worker::METRICS;
use tests::{Actor, Server, wait_until};

#[test]
fn the_jobs_of_a_killed_worker_run_elsewhere_within_seconds() {
    let run = Run::begin("kill -9 of a worker");
    let mut cluster = Cluster::start(Plan { workers: 1, ..Plan::default() });
    let account = cluster.account();
    let probes = Probes::new(cluster.ledger());
    let jobs: Vec<String> =
        (0..4).map(|_| probes.submit(&cluster.actor(0, &account), "interactive", &sleep(5_000))).collect();
    {
        let anna = cluster.actor(0, &account);
        wait_until("all run", || Probes::in_state(&anna, "running") == jobs.len());
    }
    cluster.add_worker(&[tells_figures()]);
    cluster.workers[0].kill();
    let killed = Instant::now();
    let anna = cluster.actor(0, &account);
    let bound = run.bound(Duration::from_secs(15)).min(Duration::from_secs(30));
    for job in &jobs {
        loop {
            let state = anna.get(&format!("/api/v1/jobs/{job}")).expect(200).json();
            if state["status"] == "running" && state["attempt"] == 2 {
                break;
            }
            assert!(killed.elapsed() < bound, "not rescued within {bound:?}: {state}");
            std::thread::sleep(Duration::from_millis(50));
        }
    }
    let rescued = killed.elapsed();
    probes.wait_for_quiet(&anna, Duration::from_secs(30));
    let audit = probes.audit(&anna);
    run.say(format_args!("all run elsewhere after {:.1} s; {audit}", rescued.as_secs_f64()));
    audit.check();
    assert_eq!(audit.attempts.get(&2), Some(&4), "{audit}");
    assert_eq!((audit.ended.get("succeeded"), audit.unwitnessed), (Some(&4), 0), "one result each: {audit}");
    let figures = cluster.workers[1].figures();
    assert_eq!(figure(&figures, "plotline_jobs_rescued_total", &["outcome=\"requeued\""]), 4.0, "{figures}");
}

/// A worker that stands still longer than its leases (a paused machine, a swapped-out process) is not dead: it comes
/// back with results that are another's by then.
#[test]
fn a_worker_that_stood_still_writes_nothing_when_it_wakes() {
    let run = Run::begin("a worker that stands still");
    let mut cluster = Cluster::start(Plan { workers: 0, ..Plan::default() });
    cluster.add_worker(&[tells_figures()]);
    let account = cluster.account();
    let probes = Probes::new(cluster.ledger());
    (0..4).for_each(|_| drop(probes.submit(&cluster.actor(0, &account), "interactive", &sleep(2_000))));
    wait_until("all run", || Probes::in_state(&cluster.actor(0, &account), "running") == 4);
    // Its children go on and are done long before anybody may take the jobs over.
    signal(cluster.workers[0].process_id(), "STOP");
    cluster.add_worker(&[tells_figures()]);
    probes.wait_for_quiet(&cluster.actor(0, &account), Duration::from_secs(30));
    signal(cluster.workers[0].process_id(), "CONT");
    let fenced = || {
        let figures = cluster.workers[0].figures();
        figure(&figures, "plotline_duplicates_prevented_total", &["how=\"fenced\""])
    };
    wait_until("what it had done is refused", || fenced() >= 1.0);
    let audit = probes.audit(&cluster.actor(0, &account));
    run.say(format_args!("{} results refused; {audit}", fenced()));
    audit.check();
    let all = (audit.ended.get("succeeded"), audit.attempts.get(&2), audit.unwitnessed);
    assert_eq!(all, (Some(&4), Some(&4), 0), "{audit}");
    // It is none the worse for it.
    cluster.workers[1].kill();
    probes.submit(&cluster.actor(0, &account), "interactive", &sleep(0));
    probes.wait_for_quiet(&cluster.actor(0, &account), Duration::from_secs(30));
    probes.audit(&cluster.actor(0, &account)).check();
}

fn tells_figures() -> (&'static str, String) {
    (METRICS.0, METRICS.1.to_owned())
}

#[test]
fn a_killed_server_finishes_its_jobs_after_a_restart() {
    let run = Run::begin("kill -9 of serve");
    let folder = tempfile::tempdir().expect("a folder");
    let probes = Probes::new(folder.path().join("ledger"));
    let mut settings = vec![("PLOTLINE_WORKER_SLOTS", "4".to_owned())];
    settings.extend(tests::probes::no_limits());
    let settings: Vec<(&str, &str)> = settings.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let mut server = Server::with(&settings);
    let account = server.analyst().account().clone();
    let anna = Actor::new(&server, Some(account.clone()));
    for i in 0..40 {
        probes.submit(&anna, if i % 2 == 0 { "interactive" } else { "batch" }, &sleep(1_000));
    }
    wait_until("slots are taken", || Probes::in_state(&anna, "running") == 8);
    let finished = 40 - Probes::in_state(&anna, "queued") - Probes::in_state(&anna, "running");
    server.signal("KILL");
    assert!(!server.wait_for_end().success());
    server.restart();
    let anna = Actor::new(&server, Some(account));
    probes.wait_for_quiet(&anna, Duration::from_secs(40));
    let audit = probes.audit(&anna);
    run.say(format_args!("{finished} had finished before; {audit}"));
    audit.check();
    assert_eq!(audit.ended.get("succeeded"), Some(&40), "{audit}");
    assert!(audit.attempts.get(&2).is_some_and(|rescued| (1..=8).contains(rescued)), "what ran is charged: {audit}");
    assert_eq!(anna.get("/api/v1/jobs?status=queued").expect(200).json()["items"], json!([]));
}

#[test]
fn a_server_whose_log_nobody_reads_any_more_still_stops() {
    let run = Run::begin("log reader gone");
    let folder = tempfile::tempdir().expect("a folder");
    let mut command = command(folder.path());
    let mut server = command
        .arg("serve")
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .expect("a server");
    let log = BufReader::new(server.stderr.take().expect("its log"));
    let listens = log.lines().map_while(Result::ok).any(|line| line.contains("listening on"));
    assert!(listens, "it ended before it listened");
    // The pipe is broken now: every further line fails.
    signal(server.id(), "TERM");
    let start = Instant::now();
    let status = loop {
        if let Some(status) = server.try_wait().expect("its state") {
            break status;
        }
        if start.elapsed() > Duration::from_secs(40) {
            server.kill().ok();
            server.wait().ok();
            panic!("SIGTERM did not stop it");
        }
        std::thread::sleep(Duration::from_millis(20));
    };
    run.say(format_args!("stopped after {:.1} s with {status}", start.elapsed().as_secs_f64()));
    assert!(status.success(), "{status}");
}
