//! kill -9 of a worker and of `serve` in the middle of their jobs.

use std::time::{Duration, Instant};

use serde_json::json;
use tests::cluster::{Cluster, Plan};
use tests::probes::{Probes, sleep};
use tests::run::Run;
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
    cluster.add_worker(&[]);
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
