//! Leases: fencing by attempt and worker, renewal, and the sweep that rescues once and then gives up.

use std::time::Duration;

use contract::datasets::DatasetStatus;
use contract::errors::{ErrorCode, Failure};
use contract::jobs::{JobStatus, Progress};
use domain::Database;
use domain::datasets::dataset_fetch;
use domain::jobs::{Claim, Ending, Swept, execution_progress, execution_renew, execution_sweep};

use crate::databases::{on_each_database, race, read, write};
use crate::things::{analysis, claim, dataset, fetch, finish, ingest_of, ingested, submit, succeeded, user};

/// A lease this short runs out before the next statement.
const GONE_AT_ONCE: u32 = 0;

fn sweep(database: &Database) -> Vec<Swept> {
    std::thread::sleep(Duration::from_millis(20));
    write(database, execution_sweep)
}

fn renew(database: &Database, held: &Claim, worker: &str) -> bool {
    let leases = [(held.execution_id, held.attempt)];
    write(database, |conn| execution_renew(conn, worker, &leases, 60)) == [held.execution_id]
}

#[test]
fn only_the_holder_of_the_lease_writes() {
    on_each_database(|database| {
        let anna = user(database, "anna");
        let job = submit(database, &analysis(anna, None)).into_job();
        let held = claim(database, "w", 60).expect("queued");
        let progress = Progress { fraction: 0.5, stage: "x".into(), rows: 1 };
        let stale = Claim { attempt: held.attempt + 1, ..held.clone() };
        for (claim, worker) in [(&held, "other"), (&stale, "w")] {
            assert!(!renew(database, claim, worker));
            let id = (claim.execution_id, claim.attempt);
            assert!(!write(database, |conn| execution_progress(conn, id.0, id.1, worker, &progress)));
            assert!(!finish(database, claim, worker, &succeeded("{\"stolen\":true}")));
            assert!(!finish(database, claim, worker, &Ending::Failed(Failure::new(ErrorCode::Internal, "no"))));
            assert!(!finish(database, claim, worker, &Ending::Requeue { delay_ms: 0, charge: true }));
        }
        assert_eq!(fetch(database, anna, job.id).status, JobStatus::Running);
        assert!(renew(database, &held, "w"));
        assert!(finish(database, &held, "w", &succeeded("{}")));
        assert!(!finish(database, &held, "w", &succeeded("{}")), "once only");
        assert!(!renew(database, &held, "w"), "there is nothing to hold any more");
    });
}

#[test]
fn a_lease_that_is_renewed_is_not_swept() {
    on_each_database(|database| {
        let anna = user(database, "anna");
        submit(database, &analysis(anna, None));
        submit(database, &analysis(anna, None));
        let first = claim(database, "w", 1).expect("queued");
        let second = claim(database, "w", 1).expect("queued");
        let both = [(first.execution_id, 1), (second.execution_id, 1), (domain::new_id(), 1)];
        let ours = write(database, |conn| execution_renew(conn, "w", &both[..], 60));
        assert_eq!(ours, [first.execution_id, second.execution_id]);
        std::thread::sleep(Duration::from_millis(1200));
        assert_eq!(sweep(database), []);
        assert!(finish(database, &first, "w", &succeeded("{}")));
    });
}

#[test]
fn the_first_loss_is_rescued_and_the_second_ends_it() {
    on_each_database(|database| {
        let anna = user(database, "anna");
        let job = submit(database, &analysis(anna, None)).into_job();
        let lost = claim(database, "w1", GONE_AT_ONCE).expect("queued");
        assert_eq!(sweep(database), [Swept { execution_id: lost.execution_id, requeued: true }]);
        let waiting = fetch(database, anna, job.id);
        assert_eq!((waiting.status, waiting.attempt), (JobStatus::Queued, 1));
        assert!(!finish(database, &lost, "w1", &succeeded("{}")), "the lost worker is fenced off");

        let rescued = claim(database, "w2", GONE_AT_ONCE).expect("queued again");
        assert_eq!((rescued.execution_id, rescued.attempt), (lost.execution_id, 2));
        assert!(!finish(database, &lost, "w1", &succeeded("{}")), "also while another has it");
        assert_eq!(sweep(database), [Swept { execution_id: lost.execution_id, requeued: false }]);
        let dead = fetch(database, anna, job.id);
        assert_eq!((dead.status, dead.attempt), (JobStatus::Failed, 2));
        assert_eq!(dead.error.expect("a reason").code, ErrorCode::WorkerLost);
        assert!(claim(database, "w3", 60).is_none(), "a poison job does not come back");
        assert_eq!(sweep(database), []);
    });
}

#[test]
fn a_rescued_execution_can_succeed() {
    on_each_database(|database| {
        let anna = user(database, "anna");
        let job = submit(database, &analysis(anna, None)).into_job();
        claim(database, "w1", GONE_AT_ONCE).expect("queued");
        sweep(database);
        let rescued = claim(database, "w2", 60).expect("queued again");
        assert!(finish(database, &rescued, "w2", &succeeded("{}")));
        let done = fetch(database, anna, job.id);
        assert_eq!((done.status, done.attempt), (JobStatus::Succeeded, 2));
    });
}

#[test]
fn a_requeue_for_other_reasons_is_no_crash() {
    on_each_database(|database| {
        let anna = user(database, "anna");
        let job = submit(database, &analysis(anna, None)).into_job();
        for _ in 0..3 {
            let held = claim(database, "w", 60).expect("queued");
            assert!(finish(database, &held, "w", &Ending::Requeue { delay_ms: 0, charge: true }));
        }
        let lost = claim(database, "w", GONE_AT_ONCE).expect("queued");
        assert!(sweep(database)[0].requeued, "the first crash, although the fourth attempt");
        assert_eq!(lost.attempt, 4);
        assert_eq!(fetch(database, anna, job.id).status, JobStatus::Queued);
    });
}

#[test]
fn a_dataset_whose_ingest_is_lost_twice_fails() {
    on_each_database(|database| {
        let anna = user(database, "anna");
        let id = dataset(database, anna, "table");
        submit(database, &ingest_of(anna, id));
        for _ in 0..2 {
            let held = claim(database, "w", GONE_AT_ONCE).expect("queued");
            sweep(database);
            assert!(!finish(database, &held, "w", &ingested(&held)));
        }
        let failed = read(database, |conn| dataset_fetch(conn, anna, id));
        assert_eq!(failed.status, DatasetStatus::Failed);
        assert_eq!(failed.error.expect("a reason").code, ErrorCode::WorkerLost);
    });
}

#[test]
fn many_sweepers_at_once_count_a_loss_once() {
    on_each_database(|database| {
        let anna = user(database, "anna");
        for _ in 0..30 {
            submit(database, &analysis(anna, None));
            claim(database, "w", GONE_AT_ONCE).expect("queued");
        }
        std::thread::sleep(Duration::from_millis(20));
        let swept: Vec<Swept> = race(6, |_| write(database, execution_sweep)).into_iter().flatten().collect();
        assert_eq!(swept.len(), 30);
        assert!(swept.iter().all(|swept| swept.requeued));
    });
}

/// The lost worker finishes in the very moment of the sweep: one of them wins, never both.
#[test]
fn a_finish_and_a_sweep_at_once_do_not_both_win() {
    on_each_database(|database| {
        let anna = user(database, "anna");
        for _ in 0..20 {
            let job = submit(database, &analysis(anna, None)).into_job();
            let held = claim(database, "w", GONE_AT_ONCE).expect("queued");
            std::thread::sleep(Duration::from_millis(5));
            let wins = race(2, |number| match number {
                0 => finish(database, &held, "w", &succeeded("{}")),
                _ => !write(database, execution_sweep).is_empty(),
            });
            assert_eq!(wins.iter().filter(|won| **won).count(), 1, "{wins:?}");
            let expected = if wins[0] { JobStatus::Succeeded } else { JobStatus::Queued };
            assert_eq!(fetch(database, anna, job.id).status, expected);
            if let Some(held) = claim(database, "w", 60) {
                assert!(finish(database, &held, "w", &succeeded("{}")));
            }
        }
    });
}
