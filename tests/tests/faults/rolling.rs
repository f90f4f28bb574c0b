//! All workers stopped with SIGTERM and replaced one after the other, under load.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use tests::cluster::{Cluster, Plan};
use tests::probes::{Probes, sleep};
use tests::run::Run;

#[test]
fn a_rolling_restart_of_all_workers_costs_no_attempt() {
    let run = Run::begin("rolling SIGTERM");
    let mut cluster = Cluster::start(Plan {
        workers: 3,
        slots: 2,
        // Some of the jobs take longer than that and are handed back.
        settings: vec![("PLOTLINE_WORKER_SHUTDOWN_SECONDS", "1".to_owned())],
        ..Plan::default()
    });
    let account = cluster.account();
    let probes = Probes::new(cluster.ledger());
    let mut workers = std::mem::take(&mut cluster.workers);
    let (over, rounds) = (AtomicBool::new(false), run.pick(1, 2, 5));
    std::thread::scope(|scope| {
        let (over, probes, cluster, account) = (&over, &probes, &cluster, &account);
        let mut dice = run.dice();
        scope.spawn(move || {
            while !over.load(Ordering::Relaxed) {
                let lane = if dice.below(2) == 0 { "interactive" } else { "batch" };
                let length = if dice.below(10) == 0 { 3_000 } else { dice.below(300) };
                probes.try_submit(&cluster.actor(0, account), lane, &sleep(length)).ok();
                std::thread::sleep(Duration::from_millis(40));
            }
        });
        for _ in 0..rounds {
            for worker in &mut workers {
                std::thread::sleep(Duration::from_millis(700));
                worker.ask_to_stop();
                let status = worker.wait();
                // The load ends before a failure is told.
                if !status.success() {
                    over.store(true, Ordering::Relaxed);
                }
                assert!(status.success(), "{status}: {}", worker.tail());
                *worker = cluster.new_worker(&[]);
            }
        }
        over.store(true, Ordering::Relaxed);
    });
    cluster.workers = workers;
    let anna = cluster.actor(0, &account);
    probes.wait_for_quiet(&anna, Duration::from_secs(30));
    let audit = probes.audit(&anna);
    run.say(&audit);
    audit.check_untouched();
    assert_eq!((audit.unwitnessed, audit.refused.len()), (0, 0), "{audit}");
}
