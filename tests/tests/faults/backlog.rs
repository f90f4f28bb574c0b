//! A long queue that was filled before any worker came drains without a stall, and Redis holds no more than its bells.

use std::time::{Duration, Instant};

use tests::cluster::{Cluster, Plan};
use tests::probes::{Probes, sleep};
use tests::run::{Form, Run};

#[test]
fn a_backlog_drains_without_a_stall() {
    let run = Run::begin("backlog");
    drain(&run, run.pick(2_000, 9_000, 9_000));
    if run.form == Form::Full {
        drain(&run, 100_000);
    }
}

fn drain(run: &Run, count: usize) {
    let mut cluster = Cluster::start(Plan { workers: 0, ..Plan::default() });
    let account = cluster.account();
    let probes = Probes::new(cluster.ledger());
    let memory = |cluster: &Cluster| cluster.redis.figure("used_memory").expect("Redis answers");
    let empty = memory(&cluster);
    let start = Instant::now();
    probes.submit_many(&cluster.actor(0, &account), "interactive", &sleep(0), count);
    let (full, filled) = (memory(&cluster), start.elapsed());
    cluster.add_worker(&[]);
    cluster.add_worker(&[]);
    let anna = cluster.actor(0, &account);
    let start = Instant::now();
    probes.wait_for_quiet(&anna, Duration::from_secs(15));
    let drained = start.elapsed();
    let audit = probes.audit(&anna);
    // What was answered is removed every second.
    std::thread::sleep(Duration::from_secs(3));
    let after = memory(&cluster);
    run.say(format_args!(
        "{count} queued in {:.1} s, drained in {:.1} s; Redis {} KiB empty, {} queued, {} after; {audit}",
        filled.as_secs_f64(),
        drained.as_secs_f64(),
        empty >> 10,
        full >> 10,
        after >> 10
    ));
    audit.check_untouched();
    assert_eq!(audit.unwitnessed, 0, "{audit}");
    // Five hundred bells and some connections; a leak of one bell a job would be beyond it in the full form.
    for (when, bytes) in [("with the queue full", full), ("afterwards", after)] {
        let grown = bytes.saturating_sub(empty);
        assert!(grown < 2 << 20, "Redis grew by {grown} bytes {when}");
    }
}
