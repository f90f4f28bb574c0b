//! Redis emptied, restarted, away for a while, and its connections cut: the database is the queue, Redis a bell.

use std::time::{Duration, Instant};

use chrono::DateTime;
use tests::Actor;
use tests::cluster::{Cluster, Plan};
use tests::probes::{Audit, Probes, all_jobs, sleep};
use tests::run::Run;

#[test]
fn an_emptied_redis_loses_no_queued_job() {
    let run = Run::begin("FLUSHALL with 1,000 queued");
    let mut cluster = Cluster::start(Plan { workers: 0, ..Plan::default() });
    let account = cluster.account();
    let probes = Probes::new(cluster.ledger());
    probes.submit_many(&cluster.actor(0, &account), "interactive", &sleep(0), 1_000);
    run.say("all are queued");
    assert_eq!(cluster.redis.ask("FLUSHALL").as_deref(), Some("+OK"));
    cluster.add_worker(&[]);
    cluster.add_worker(&[]);
    // Once more while they are being worked off.
    assert_eq!(cluster.redis.ask("FLUSHALL").as_deref(), Some("+OK"));
    finish(&run, &cluster, &account, &probes);
}

#[test]
fn jobs_go_on_while_redis_is_away() {
    let run = Run::begin("Redis away");
    let cluster = Cluster::start(Plan { apis: 2, ..Plan::default() });
    let account = cluster.account();
    let probes = Probes::new(cluster.ledger());
    let outage = Duration::from_secs(run.pick(5, 10, 10));
    cluster.redis.kill();
    let start = Instant::now();
    let mut api = 0;
    while start.elapsed() < outage {
        let began = Instant::now();
        probes.submit(&cluster.actor(api, &account), "interactive", &sleep(20));
        let took = began.elapsed();
        assert!(took < Duration::from_secs(30), "a request hung for {took:?} while Redis was away");
        api = 1 - api;
        std::thread::sleep(Duration::from_millis(100));
    }
    let during = probes.accepted();
    cluster.redis.start_again();
    probes.submit_many(&cluster.actor(0, &account), "batch", &sleep(20), 50);
    finish(&run, &cluster, &account, &probes);
    let slowest = slowest_start(&cluster.actor(0, &account));
    run.say(format_args!("{during} submitted during the outage; the slowest started after {slowest:?}"));
    assert!(slowest <= run.bound(Duration::from_secs(2)), "a job started after {slowest:?} only");
}

#[test]
fn cut_connections_are_made_again() {
    let run = Run::begin("Redis connections cut");
    let cluster = Cluster::start(Plan { apis: 2, ..Plan::default() });
    let account = cluster.account();
    let probes = Probes::new(cluster.ledger());
    for round in 0..4 {
        std::thread::sleep(Duration::from_millis(300));
        for of in ["normal", "pubsub"] {
            let answer = cluster.redis.ask(&format!("CLIENT KILL TYPE {of} SKIPME yes"));
            assert!(answer.as_deref().is_some_and(|text| text.starts_with(':')), "{answer:?}");
        }
        for i in 0..10 {
            let lane = if i % 2 == 0 { "interactive" } else { "batch" };
            probes.submit(&cluster.actor(round % 2, &account), lane, &sleep(10));
        }
    }
    finish(&run, &cluster, &account, &probes);
    let slowest = slowest_start(&cluster.actor(0, &account));
    assert!(slowest <= run.bound(Duration::from_secs(2)), "a job started after {slowest:?} only");
}

/// Everything ends in its first attempt, and no process was restarted.
fn finish(run: &Run, cluster: &Cluster, account: &tests::actor::Account, probes: &Probes) -> Audit {
    let anna = cluster.actor(0, account);
    probes.wait_for_quiet(&anna, Duration::from_secs(20));
    let audit = probes.audit(&anna);
    run.say(&audit);
    audit.check_untouched();
    assert_eq!(audit.unwitnessed, 0, "{audit}");
    for worker in &cluster.workers {
        assert!(worker.is_alive(), "a worker ended: {}", worker.tail());
    }
    audit
}

/// The longest time from a job's record to its start.
fn slowest_start(anna: &Actor<'_>) -> Duration {
    let at = |job: &serde_json::Value, field: &str| {
        let text = job[field].as_str().unwrap_or_else(|| panic!("{field}: {job}"));
        DateTime::parse_from_rfc3339(text).expect("a time")
    };
    let waits = all_jobs(anna).into_values().map(|job| at(&job, "started_at") - at(&job, "created_at"));
    waits.max().and_then(|wait| wait.to_std().ok()).unwrap_or_default()
}
