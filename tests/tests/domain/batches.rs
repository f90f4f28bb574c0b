//! Many at once: claims for several slots, endings of several executions, and commits that do not wait for the disk.

use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

use contract::errors::{ErrorCode, Failure};
use contract::jobs::{JobStatus, Lane};
use domain::jobs::{Claim, Ending, Submission, execution_renew, executions_claim, executions_finish, job_result};
use domain::{Database, Durability};
use uuid::Uuid;

use crate::databases::{on_each_database, race, read, write};
use crate::things::{analysis, fetch, finish, status, submit, succeeded, user};

fn claim_many(database: &Database, worker: &str, most_running: u32, most: usize) -> Vec<Claim> {
    let lanes = [Lane::Interactive, Lane::Batch];
    write(database, |conn| executions_claim(conn, worker, &lanes, 60, most_running, most)).claims
}

#[test]
fn a_claim_says_whether_another_is_worth_while() {
    on_each_database(|database| {
        let (anna, ben) = (user(database, "anna"), user(database, "ben"));
        let claimed = |most_running, most| {
            let lanes = [Lane::Interactive];
            let found = write(database, |conn| executions_claim(conn, "w", &lanes, 60, most_running, most));
            (found.claims.len(), found.more, found.limited)
        };
        assert_eq!(claimed(0, 4), (0, false, false), "nothing is there");
        let urgent = |owner, priority| Submission { priority, ..analysis(owner, None) };
        submit(database, &urgent(anna, 0));
        assert_eq!(claimed(0, 4), (1, false, false), "the only one was taken");
        submit(database, &urgent(anna, 5));
        submit(database, &urgent(anna, 0));
        assert_eq!(claimed(0, 4), (1, true, false), "one of a lower priority is left");
        submit(database, &urgent(ben, 0));
        assert_eq!(claimed(0, 4), (2, true, false), "several users: others may have come");
        for _ in 0..3 {
            submit(database, &urgent(ben, 0));
        }
        assert_eq!(claimed(2, 4), (1, false, true), "ben may run one more; the others wait until one ends");
        assert_eq!(claimed(2, 4), (0, false, true));
    });
}

fn endings(claims: &[Claim], ending: impl Fn(usize) -> Ending) -> Vec<(Uuid, u32, Arc<Ending>)> {
    let numbered = claims.iter().enumerate();
    numbered.map(|(i, claim)| (claim.execution_id, claim.attempt, Arc::new(ending(i)))).collect()
}

#[test]
fn free_slots_go_one_by_one_to_whoever_runs_the_fewest() {
    on_each_database(|database| {
        let users: Vec<_> = (0..3).map(|number| user(database, &format!("user{number}"))).collect();
        let owners: BTreeMap<Uuid, usize> = [(0, 10), (1, 1), (2, 4)]
            .into_iter()
            .flat_map(|(owner, jobs)| (0..jobs).map(move |_| owner))
            .map(|owner| (submit(database, &analysis(users[owner], None)).into_job().id, owner))
            .collect();
        let count = |claims: &[Claim]| {
            let mut counts = [0; 3];
            claims.iter().for_each(|claim| counts[owners[&claim.job_ids[0]]] += 1);
            counts
        };
        let first = claim_many(database, "w", 0, 4);
        assert_eq!(count(&first), [2, 1, 1], "one each, and the fourth to whoever waits longest");
        assert!(first.is_sorted_by_key(|claim| claim.execution_id), "the oldest first");
        assert_eq!(count(&claim_many(database, "w", 3, 16)), [1, 0, 2], "at most three of one user run");
        assert_eq!(count(&claim_many(database, "w", 3, 16)), [0, 0, 0]);
        let rest = claim_many(database, "w", 0, 16);
        assert_eq!(count(&rest), [7, 0, 1]);
        assert!(rest.iter().all(|claim| claim.attempt == 1));
    });
}

#[test]
fn many_who_claim_many_at_once_take_each_execution_once() {
    on_each_database(|database| {
        let users: Vec<_> = (0..3).map(|number| user(database, &format!("user{number}"))).collect();
        for number in 0..120 {
            submit(database, &analysis(users[number % 3], None));
        }
        let claimed = race(6, |number| {
            // A claim may find all it sees being taken by others; a worker asks again then.
            let worker = format!("worker{number}");
            (0..60)
                .flat_map(|_| claim_many(database, &worker, 0, 7))
                .map(|claim| claim.execution_id)
                .collect::<Vec<_>>()
        });
        let all: Vec<Uuid> = claimed.into_iter().flatten().collect();
        assert_eq!((all.len(), all.iter().collect::<HashSet<_>>().len()), (120, 120));
    });
}

#[test]
fn endings_written_together_are_judged_one_by_one() {
    on_each_database(|database| {
        let anna = user(database, "anna");
        for _ in 0..6 {
            submit(database, &analysis(anna, None));
        }
        let claims = claim_many(database, "w", 0, 6);
        let job = |i: usize| claims[i].job_ids[0];
        assert!(finish(database, &claims[1], "w", &succeeded("\"before\"")), "ended before");
        let mut together = endings(&claims, |i| match i {
            3 => Ending::Failed(Failure::new(ErrorCode::Internal, "no")),
            4 => Ending::Requeue { delay_ms: 0, charge: true },
            _ => succeeded(&format!("{{\"number\":{i},\"text\":\"?\"}}")),
        });
        // An earlier attempt of the same execution, in the same batch.
        together.push((claims[5].execution_id, claims[5].attempt + 1, Arc::new(succeeded("\"another attempt\""))));
        let told = write(database, |conn| executions_finish(conn, "w", &together));
        let waiters = |i: usize| Some(vec![job(i)]);
        assert_eq!(told, [waiters(0), None, waiters(2), waiters(3), waiters(4), waiters(5), None]);
        let states: Vec<JobStatus> = (0..6).map(|i| status(database, anna, job(i))).collect();
        use JobStatus::{Failed, Queued, Succeeded};
        assert_eq!(states, [Succeeded, Succeeded, Succeeded, Failed, Queued, Succeeded]);
        let result = |i: usize| read(database, |conn| job_result(conn, anna, job(i))).result.get().to_owned();
        assert_eq!((result(1).as_str(), result(5).as_str()), ("\"before\"", "{\"number\":5,\"text\":\"?\"}"));
        assert!((fetch(database, anna, job(0)).progress.fraction - 1.0).abs() < f64::EPSILON);
        let again = write(database, |conn| executions_finish(conn, "w", &together));
        assert!(again.iter().all(Option::is_none), "nothing ends twice: {again:?}");
        let other = endings(&claim_many(database, "w", 0, 1), |_| succeeded("{}"));
        assert_eq!(write(database, |conn| executions_finish(conn, "stranger", &other)), [None]);
    });
}

#[test]
fn a_commit_that_does_not_wait_for_the_disk_is_seen_at_once_and_changes_no_other() {
    on_each_database(|database| {
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        let anna = user(database, "anna");
        let job = submit(database, &analysis(anna, None)).into_job();
        let before = database.settings_in_force().unwrap();
        runtime.block_on(async {
            let claim = |conn: &mut domain::Connection| executions_claim(conn, "w", &[Lane::Interactive], 60, 0, 1);
            let claims = database.write_each(Durability::Soon, claim).await.unwrap().claims;
            assert_eq!(claims[0].job_ids, [job.id]);
            let held = [(claims[0].execution_id, claims[0].attempt)];
            let told = database
                .write_as_told(move |conn| Ok((execution_renew(conn, "w", &held, 60)?, Durability::Synced)))
                .await
                .unwrap();
            assert_eq!(told, [claims[0].execution_id]);
            database.sync().await.unwrap();
        });
        assert_eq!(status(database, anna, job.id), JobStatus::Running);
        assert_eq!(database.settings_in_force().unwrap(), before);
    });
}
