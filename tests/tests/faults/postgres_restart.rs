//! PostgreSQL restarted under load: clients are told to come again, no job is lost, and none is charged for it.

use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use tests::Answer;
use tests::cluster::{Cluster, Plan};
use tests::probes::{Probes, sleep};
use tests::run::Run;

#[test]
fn a_restart_of_postgres_costs_time_and_no_job() {
    let run = Run::begin("PostgreSQL restart");
    outage(&run, &[Duration::from_secs(3)], 0);
}

#[test]
fn an_outage_longer_than_a_lease_charges_no_attempt() {
    let run = Run::begin("PostgreSQL away for longer than a lease");
    // Long enough to be running when the leases run out: their children are killed, and they begin again.
    outage(&run, &[Duration::from_secs(13)], 12_000);
}

/// A steady load, four jobs of `long` milliseconds beside it, and outages in it.
fn outage(run: &Run, outages: &[Duration], long: u64) {
    let cluster = Cluster::with_own_postgres(Plan { apis: 2, ..Plan::default() });
    let account = cluster.account();
    let probes = Probes::new(cluster.ledger());
    let (over, refusals) = (AtomicBool::new(false), Mutex::new(Vec::<Answer>::new()));
    let actors = [cluster.actor(0, &account), cluster.actor(1, &account)];
    (0..4).for_each(|_| drop(probes.submit(&actors[0], "batch", &sleep(long))));
    std::thread::scope(|scope| {
        // However this ends, the load ends with it.
        let _stop = StopOnDrop(&over);
        for (i, actor) in actors.iter().enumerate() {
            let (probes, over, refusals) = (&probes, &over, &refusals);
            scope.spawn(move || {
                while !over.load(Ordering::Relaxed) {
                    let lane = if i == 0 { "interactive" } else { "batch" };
                    if probes.try_submit(actor, lane, &sleep(400)).is_err()
                        && let Ok(answer) = actor.request("GET", "/api/v1/jobs?limit=1").try_send()
                    {
                        refusals.lock().expect("a list").push(answer);
                    }
                    std::thread::sleep(Duration::from_millis(100));
                }
            });
        }
        for outage in outages {
            std::thread::sleep(Duration::from_secs(2));
            cluster.postgres().stop();
            std::thread::sleep(*outage);
            cluster.postgres().start_again();
            let back = Instant::now();
            let before = probes.accepted();
            while probes.accepted() < before + 10 {
                assert!(back.elapsed() < Duration::from_secs(60), "nothing is accepted after the outage");
                std::thread::sleep(Duration::from_millis(20));
            }
            run.say(format_args!("ten jobs were accepted {:.1} s after the outage", back.elapsed().as_secs_f64()));
        }
    });
    let anna = &actors[0];
    probes.wait_for_quiet(anna, Duration::from_secs(40));
    let audit = probes.audit(anna);
    let refusals = refusals.into_inner().expect("a list");
    run.say(format_args!("{audit}; {} lists refused", refusals.len()));
    audit.check_untouched();
    assert!(audit.refused.keys().all(|status| *status == 503), "only 503 while the database is away: {audit}");
    assert!(audit.refused.get(&503).is_some_and(|times| *times > 0), "the outage was not felt: {audit}");
    let problems: Vec<Answer> = refusals.into_iter().filter(|answer| answer.status != 200).collect();
    assert!(!problems.is_empty(), "no list was refused");
    for problem in problems {
        assert!(problem.need("retry-after").parse::<u32>().is_ok_and(|seconds| seconds >= 1));
        problem.problem(503, "unavailable");
    }
}

struct StopOnDrop<'a>(&'a AtomicBool);

impl Drop for StopOnDrop<'_> {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}
