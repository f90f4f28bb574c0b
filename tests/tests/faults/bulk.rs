//! Many probes put into the rows and rung for as the API does it, without HTTP: a backlog of a hundred thousand.

use std::sync::atomic::{AtomicUsize, Ordering};

use contract::jobs::{JobSpec, Lane};
use contract::probe::{ProbeAction, ProbeLedger, ProbeParams};
use domain::Database;
use domain::jobs::{Submission, job_submit};
use queue::Queue;
use uuid::Uuid;

use tests::actor::Account;
use tests::cluster::Cluster;
use tests::probes::Probes;

const THREADS: usize = 8;
/// Jobs in one transaction.
const BATCH: usize = 200;

/// Submits so many probes that do nothing but leave their line in the ledger.
pub fn submit_many(cluster: &Cluster, account: &Account, probes: &Probes, count: usize) {
    let database = Database::connect(cluster.database_url(), 8).expect("the database");
    let runtime = runtime();
    let queue = runtime.block_on(Queue::open(Some(&cluster.redis.url()))).expect("the queue");
    let user_id = Uuid::parse_str(&account.id).expect("the account's id");
    let next = AtomicUsize::new(0);
    std::thread::scope(|scope| {
        for _ in 0..THREADS {
            scope.spawn(|| {
                loop {
                    let first = next.fetch_add(BATCH, Ordering::Relaxed);
                    if first >= count {
                        return;
                    }
                    let size = BATCH.min(count - first);
                    for id in submit_batch(&database, user_id, probes, size) {
                        runtime.block_on(queue.ring(Lane::Interactive, id)).expect("Redis answers");
                    }
                }
            });
        }
    });
}

/// One transaction; answers the ids of the jobs.
fn submit_batch(database: &Database, user_id: Uuid, probes: &Probes, size: usize) -> Vec<Uuid> {
    let lines: Vec<String> = (0..size).map(|_| probes.next_line()).collect();
    let ids: Vec<Uuid> = database
        .write_blocking(|conn| {
            let submit = |line: &String| Ok(job_submit(conn, &submission(user_id, probes, line))?.job().id);
            lines.iter().map(submit).collect()
        })
        .expect("the jobs are recorded");
    ids.iter().zip(lines).for_each(|(id, line)| probes.accept(id.to_string(), line));
    ids
}

fn submission(user_id: Uuid, probes: &Probes, line: &str) -> Submission {
    let params = ProbeParams {
        action: ProbeAction::Sleep { milliseconds: 0 },
        lane: Lane::Interactive,
        priority: 0,
        attempts: None,
        timeout_milliseconds: None,
        share_key: None,
        ledger: Some(ProbeLedger { path: probes.ledger().to_owned(), line: line.to_owned() }),
    };
    Submission::new(user_id, JobSpec::Probe(params), "bulk", 0)
}

/// Rings so many times for work that is not there.
pub fn ring_in_vain(cluster: &Cluster, count: usize) {
    let runtime = runtime();
    let queue = runtime.block_on(Queue::open(Some(&cluster.redis.url()))).expect("the queue");
    std::thread::scope(|scope| {
        for thread in 0..THREADS {
            let (queue, runtime) = (&queue, &runtime);
            scope.spawn(move || {
                for _ in (thread..count).step_by(THREADS) {
                    runtime.block_on(queue.ring(Lane::Interactive, domain::new_id())).expect("Redis answers");
                }
            });
        }
    });
}

fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().expect("a runtime")
}
