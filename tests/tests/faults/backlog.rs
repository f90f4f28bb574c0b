//! A long queue that was filled before any worker came drains without a stall, and Redis holds no more than its bells.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};

use tests::cluster::{Cluster, Plan};
use tests::figures::figure;
use tests::probes::{Probes, sleep};
use tests::run::{Form, Run};

use crate::bulk;

/// A lane may have so many bells waiting; whoever rings at the same moment counts before the others have rung.
const WAITING_BELLS: u64 = 500 + 16;
/// Five hundred bells and some connections. A leak of one id a job would be ten times that in the full form.
const GROWTH: u64 = 2 << 20;

#[test]
fn a_backlog_drains_without_a_stall() {
    let run = Run::begin("backlog");
    let (over_http, in_bulk) = run.pick((2_000, 7_000), (9_000, 0), (9_000, 0));
    drain(&run, over_http, in_bulk);
    if run.form == Form::Full {
        drain(&run, 5_000, 95_000);
    }
}

#[test]
fn redis_stays_flat_however_many_bells_are_rung() {
    let run = Run::begin("flat Redis");
    let count = run.pick(3_000, 20_000, 100_000);
    let cluster = Cluster::start(Plan::default());
    // Connections and scripts of both workers are there once a job has run.
    let account = cluster.account();
    let probes = Probes::new(cluster.ledger());
    probes.submit_many(&cluster.actor(0, &account), "interactive", &sleep(0), 50);
    probes.wait_for_quiet(&cluster.actor(0, &account), Duration::from_secs(15));
    let before = memory(&cluster);
    let watch = watch_while(&cluster, || bulk::ring_in_vain(&cluster, count));
    // What was answered is removed every second.
    std::thread::sleep(Duration::from_secs(3));
    let after = memory(&cluster);
    let (most, waiting) = watch;
    run.say(format_args!(
        "{count} bells rung: Redis {} KiB before, at most {} KiB, {} KiB after; at most {waiting} waited",
        before >> 10,
        most >> 10,
        after >> 10
    ));
    assert!(most.saturating_sub(before) < GROWTH, "Redis grew from {before} to {most} bytes");
    assert!(after.saturating_sub(before) < GROWTH / 2, "Redis kept {} bytes", after.saturating_sub(before));
    assert!(waiting <= WAITING_BELLS, "{waiting} bells waited");
}

/// So many jobs over HTTP and so many more straight into the rows, all before the first worker starts.
fn drain(run: &Run, over_http: usize, in_bulk: usize) {
    let mut cluster = Cluster::start(Plan { workers: 0, ..Plan::default() });
    let account = cluster.account();
    let probes = Probes::new(cluster.ledger());
    let empty = memory(&cluster);
    let start = Instant::now();
    probes.submit_many(&cluster.actor(0, &account), "interactive", &sleep(0), over_http);
    let http = start.elapsed();
    bulk::submit_many(&cluster, &account, &probes, in_bulk);
    let (full, waiting, filled) = (memory(&cluster), bells(&cluster), start.elapsed());
    run.say(format_args!(
        "{over_http} queued over HTTP in {:.1} s ({:.0} a second), {in_bulk} in bulk in {:.1} s; {waiting} bells wait",
        http.as_secs_f64(),
        over_http as f64 / http.as_secs_f64(),
        (filled - http).as_secs_f64(),
    ));
    let queue = |name: &str| {
        let figures = cluster.apis[0].anonymous().get("/metrics").expect(200).text();
        figure(&figures, name, &["lane=\"interactive\""])
    };
    let (depth, age) = (queue("plotline_queue_depth"), queue("plotline_queue_oldest_age"));
    assert_eq!(depth, (over_http + in_bulk) as f64, "the depth that is told");
    assert!(age > 0.0 && age <= filled.as_secs_f64() + 60.0, "the oldest has waited {age} s");
    cluster.add_worker(&[]);
    cluster.add_worker(&[]);
    let anna = cluster.actor(0, &account);
    let start = Instant::now();
    let (most, _) = watch_while(&cluster, || probes.wait_for_quiet(&anna, Duration::from_secs(15)));
    let drained = start.elapsed();
    let audit = probes.audit(&anna);
    // What was answered is removed every second.
    std::thread::sleep(Duration::from_secs(3));
    let after = memory(&cluster);
    let count = over_http + in_bulk;
    run.say(format_args!(
        "{count} drained in {:.1} s ({:.0} a second); Redis {} KiB empty, {} queued, at most {}, {} after; {audit}",
        drained.as_secs_f64(),
        count as f64 / drained.as_secs_f64(),
        empty >> 10,
        full >> 10,
        most >> 10,
        after >> 10
    ));
    audit.check_untouched();
    assert_eq!((audit.accepted, audit.unwitnessed), (count as u64, 0), "{audit}");
    // Bells that are rung within a moment are one, so there are a few for each second of submitting.
    let least = (http.as_secs() * 5).clamp(1, WAITING_BELLS / 2);
    let expected = least..=WAITING_BELLS;
    assert!(expected.contains(&waiting), "{waiting} bells wait in Redis");
    for (when, bytes) in [("with the queue full", full), ("meanwhile", most), ("afterwards", after)] {
        let grown = bytes.saturating_sub(empty);
        assert!(grown < GROWTH, "Redis grew by {grown} bytes {when}");
    }
}

/// The most memory and the most bells that Redis held while this was done, looked at several times a second.
fn watch_while(cluster: &Cluster, work: impl FnOnce()) -> (u64, u64) {
    let (over, most, waiting) = (AtomicBool::new(false), AtomicU64::new(0), AtomicU64::new(0));
    std::thread::scope(|scope| {
        scope.spawn(|| {
            while !over.load(Ordering::Relaxed) {
                most.fetch_max(memory(cluster), Ordering::Relaxed);
                waiting.fetch_max(bells(cluster), Ordering::Relaxed);
                std::thread::sleep(Duration::from_millis(200));
            }
        });
        work();
        over.store(true, Ordering::Relaxed);
    });
    (most.into_inner(), waiting.into_inner())
}

fn memory(cluster: &Cluster) -> u64 {
    cluster.redis.figure("used_memory").expect("Redis answers")
}

/// The ids that wait in the interactive lane: some where workers fetch them, the others on their way there.
fn bells(cluster: &Cluster) -> u64 {
    let count = |command: &str| -> u64 {
        let answer = cluster.redis.ask(command).expect("Redis answers");
        answer.trim_start_matches(':').parse().expect("a number")
    };
    count("LLEN {plotline-1439}-bell-interactive:active") + count("ZCARD {plotline-1439}-bell-interactive:scheduled")
}
