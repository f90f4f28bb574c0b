//! Chaos: workers, compute children and Redis killed at random while jobs pour in.

use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use tests::cli::{children_of, signal};
use tests::cluster::{Cluster, Plan};
use tests::dice::Dice;
use tests::probes::{Probes, sleep};
use tests::run::Run;
use tests::worker::Worker;

const WORKERS: usize = 4;
const SLOTS: usize = 4;

/// What was killed how often.
#[derive(Debug, Default)]
struct Kills {
    workers: u64,
    children: u64,
    redis: u64,
}

#[test]
fn killing_at_random_loses_and_doubles_nothing() {
    let run = Run::begin("chaos");
    let (count, time) = run.pick((1_000, 20), (1_000, 20), (10_000, 120));
    let time = Duration::from_secs(time);
    let mut cluster = Cluster::start(Plan { apis: 2, workers: WORKERS, slots: SLOTS, ..Plan::default() });
    let account = cluster.account();
    let probes = Probes::new(cluster.ledger());
    let workers = Mutex::new(std::mem::take(&mut cluster.workers));
    let (over, kills) = (AtomicBool::new(false), Mutex::new(Kills::default()));
    std::thread::scope(|scope| {
        let (cluster, workers, over, kills) = (&cluster, &workers, &over, &kills);
        let dice = run.dice();
        scope.spawn(move || kill_at_random(cluster, workers, over, kills, dice));
        submit_steadily(cluster, &account, &probes, count, time, run.seed);
        over.store(true, Ordering::Relaxed);
    });
    cluster.workers = workers.into_inner().expect("the workers");
    let anna = cluster.actor(0, &account);
    probes.wait_for_quiet(&anna, Duration::from_secs(40));
    let audit = probes.audit(&anna);
    let kills = kills.into_inner().expect("the kills");
    run.say(format_args!("killed {kills:?}; {audit}"));
    audit.check();
    assert_eq!(audit.accepted + audit.refused.values().sum::<u64>(), count as u64, "{audit}");
    assert!(audit.refused.is_empty(), "every job was accepted: {audit}");
    // A job ends badly only where its own child or twice its worker was killed.
    let by_kills = audit.codes.iter().all(|(code, _)| matches!(code.as_str(), "crashed" | "worker_lost"));
    assert!(by_kills, "{audit}");
    assert!(audit.codes.get("crashed").is_none_or(|crashed| *crashed <= kills.children), "{kills:?}; {audit}");
    let in_flight = kills.workers * (SLOTS as u64) * 2;
    assert!(audit.unwitnessed <= in_flight, "{kills:?}; {audit}");
}

/// This many jobs, spread over the time, over both lanes and both API processes.
fn submit_steadily(
    cluster: &Cluster,
    account: &tests::actor::Account,
    probes: &Probes,
    count: usize,
    time: Duration,
    seed: u64,
) {
    const THREADS: usize = 8;
    let (next, start) = (AtomicUsize::new(0), Instant::now());
    std::thread::scope(|scope| {
        for thread in 0..THREADS {
            let next = &next;
            scope.spawn(move || {
                let actor = cluster.actor(thread % 2, account);
                let mut dice = Dice::new(seed.wrapping_add(1 + thread as u64));
                loop {
                    let turn = next.fetch_add(1, Ordering::Relaxed);
                    if turn >= count {
                        return;
                    }
                    let due = time.mul_f64(turn as f64 / count as f64);
                    std::thread::sleep(due.saturating_sub(start.elapsed()));
                    let lane = if dice.below(2) == 0 { "interactive" } else { "batch" };
                    probes.try_submit(&actor, lane, &sleep(dice.below(500))).ok();
                }
            });
        }
    });
}

fn kill_at_random(
    cluster: &Cluster,
    workers: &Mutex<Vec<Worker>>,
    over: &AtomicBool,
    kills: &Mutex<Kills>,
    mut dice: Dice,
) {
    while !over.load(Ordering::Relaxed) {
        std::thread::sleep(Duration::from_millis(300 + dice.below(900)));
        let mut workers = workers.lock().expect("the workers");
        let mut kills = kills.lock().expect("the kills");
        let index = dice.index(workers.len());
        match dice.below(8) {
            0..3 => {
                workers[index].kill();
                workers[index] = cluster.new_worker(&[]);
                kills.workers += 1;
            }
            3..6 => {
                let children = children_of(workers[index].process_id(), &["compute"]);
                if let Some(child) = children.get(dice.index(children.len())) {
                    signal(*child, "KILL");
                    kills.children += 1;
                }
            }
            _ => {
                cluster.redis.kill();
                std::thread::sleep(Duration::from_millis(dice.below(1_500)));
                cluster.redis.start_again();
                kills.redis += 1;
            }
        }
    }
}
