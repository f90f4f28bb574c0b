//! Redis emptied, restarted, away for a while, and its connections cut: the database is the queue, Redis a bell.

use std::time::{Duration, Instant};

use chrono::DateTime;
use tests::Actor;
use tests::actor::Account;
use tests::cluster::{Cluster, Plan};
use tests::listener::Listener;
use tests::probes::{Audit, Probes, all_jobs, sleep};
use tests::run::Run;

const OUTAGE: Duration = Duration::from_secs(10);

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
    let usual = submit_for(Duration::from_secs(3), &cluster, &account, &probes);
    cluster.redis.kill();
    let before = probes.accepted();
    let away = submit_for(OUTAGE, &cluster, &account, &probes);
    let during = probes.accepted() - before;
    // They do not wait for Redis to come back: the rows tell the workers.
    let jobs = all_jobs(&cluster.actor(0, &account));
    let ids = probes.ids();
    for id in &ids[before..before + during / 2] {
        let status = jobs.get(id).map(|job| job["status"].clone()).unwrap_or_default();
        assert_eq!(status, "succeeded", "{id} was submitted in the first half of the outage");
    }
    cluster.redis.start_again();
    probes.submit_many(&cluster.actor(0, &account), "batch", &sleep(20), 50);
    finish(&run, &cluster, &account, &probes);
    let slowest = slowest_start(&cluster.actor(0, &account));
    run.say(format_args!(
        "{during} submitted during the outage, median {} ms, slowest {} ms (before it {} and {} ms); \
         the slowest started after {slowest:?}",
        away.median.as_millis(),
        away.slowest.as_millis(),
        usual.median.as_millis(),
        usual.slowest.as_millis()
    ));
    // Nobody waits for a bell that cannot be rung.
    let sane = usual.median * 3 + Duration::from_millis(30);
    assert!(away.median <= sane, "a submit takes {:?} while Redis is away, else {:?}", away.median, usual.median);
    assert!(slowest <= run.bound(Duration::from_secs(2)), "a job started after {slowest:?} only");
}

/// How long submits took.
struct Submits {
    median: Duration,
    slowest: Duration,
}

/// Submits ten jobs a second, to both API processes in turn.
fn submit_for(time: Duration, cluster: &Cluster, account: &Account, probes: &Probes) -> Submits {
    let (start, mut times) = (Instant::now(), Vec::new());
    while start.elapsed() < time {
        let began = Instant::now();
        probes.submit(&cluster.actor(times.len() % 2, account), "interactive", &sleep(20));
        times.push(began.elapsed());
        std::thread::sleep(Duration::from_millis(100));
    }
    times.sort();
    let slowest = times.last().copied().unwrap_or_default();
    assert!(slowest < Duration::from_secs(30), "a request hung for {slowest:?}");
    Submits { median: times[times.len() / 2], slowest }
}

#[test]
fn events_are_told_and_replayed_while_redis_is_away() {
    let run = Run::begin("events without Redis");
    let cluster = Cluster::start(Plan { apis: 2, workers: 1, ..Plan::default() });
    let account = cluster.account();
    let probes = Probes::new(cluster.ledger());
    let (here, there) = (cluster.actor(0, &account), cluster.actor(1, &account));
    let mut listener = Listener::open(&cluster.apis[1], &there, None);
    let first = probes.submit(&here, "interactive", &sleep(0));
    let last = listener.until(&first, "succeeded").id;
    cluster.redis.kill();
    // The row tells what no signal told.
    let second = probes.submit(&here, "interactive", &sleep(0));
    listener.until(&second, "succeeded");
    drop(listener);
    let missed = probes.submit(&here, "interactive", &sleep(0));
    assert_eq!(here.finished(&missed)["status"], "succeeded");
    let mut again = Listener::open(&cluster.apis[1], &there, Some(&last));
    again.until(&second, "succeeded");
    again.until(&missed, "succeeded");
    let audit = probes.audit(&here);
    run.say(&audit);
    audit.check_untouched();
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
pub fn slowest_start(anna: &Actor<'_>) -> Duration {
    let at = |job: &serde_json::Value, field: &str| {
        let text = job[field].as_str().unwrap_or_else(|| panic!("{field}: {job}"));
        DateTime::parse_from_rfc3339(text).expect("a time")
    };
    let waits = all_jobs(anna).into_values().map(|job| at(&job, "started_at") - at(&job, "created_at"));
    waits.max().and_then(|wait| wait.to_std().ok()).unwrap_or_default()
}
