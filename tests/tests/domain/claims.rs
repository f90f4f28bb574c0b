//! Claims: every execution to exactly one worker, and only what is due.

use std::collections::HashSet;
use std::time::Duration;

use contract::jobs::{JobStatus, Lane, Progress};
use domain::jobs::{Ending, execution_claim, execution_ids_due, execution_progress, queue_depth};

use crate::databases::{on_each_database, race, read, write};
use crate::things::{analysis, claim, dataset, fetch, finish, ingest_of, ingested, submit, succeeded, user};

#[test]
fn fifty_claims_at_once_take_fifty_executions_once_each() {
    on_each_database(|database| {
        let users: Vec<_> = (0..5).map(|number| user(database, &format!("user{number}"))).collect();
        for number in 0..50 {
            submit(database, &analysis(users[number % 5], None));
        }
        // A claim may find all it sees being taken by others; a worker asks again then.
        let claimed = race(50, |number| {
            let worker = format!("worker{number}");
            (0..100).find_map(|_| claim(database, &worker, 60).map(|claimed| (worker.clone(), claimed)))
        });
        let ids: HashSet<_> = claimed.iter().flatten().map(|(_, claimed)| claimed.execution_id).collect();
        assert_eq!(ids.len(), 50, "each went to one worker");
        assert!(claim(database, "late", 60).is_none());
        let finished = race(50, |number| {
            let (worker, claimed) = claimed[number].as_ref().expect("a claim");
            assert_eq!(claimed.attempt, 1);
            finish(database, claimed, worker, &succeeded("{}"))
        });
        assert!(finished.into_iter().all(|done| done));
    });
}

#[test]
fn many_workers_drain_a_queue_without_losing_or_doubling() {
    on_each_database(|database| {
        let users: Vec<_> = (0..3).map(|number| user(database, &format!("user{number}"))).collect();
        for number in 0..120 {
            submit(database, &analysis(users[number % 3], None));
        }
        let counts = race(8, |number| {
            let worker = format!("worker{number}");
            let mut done = 0;
            while let Some(claimed) = claim(database, &worker, 60) {
                assert!(finish(database, &claimed, &worker, &succeeded("{}")), "nobody else may finish it");
                done += 1;
            }
            done
        });
        // A worker that met only rows under others' hands stopped early; whoever is left drains the rest.
        let mut rest = 0;
        while let Some(claimed) = claim(database, "last", 60) {
            assert!(finish(database, &claimed, "last", &succeeded("{}")));
            rest += 1;
        }
        assert_eq!(counts.iter().sum::<usize>() + rest, 120, "{counts:?} and {rest}");
    });
}

#[test]
fn a_claim_says_what_to_do() {
    on_each_database(|database| {
        let anna = user(database, "anna");
        let id = dataset(database, anna, "table");
        submit(database, &ingest_of(anna, id));
        let held = claim(database, "w", 60).expect("queued");
        assert_eq!((held.attempt, held.lane, held.version.is_none()), (1, Lane::Batch, true));
        assert!(finish(database, &held, "w", &ingested(&held)));

        let version = read(database, |conn| domain::datasets::dataset_version_ref(conn, anna, id));
        let mut submission = crate::things::analysis_of(anna, id, Some("key"));
        submission.version_id = Some(version.version_id);
        let job = submit(database, &submission).into_job();
        assert_eq!((job.status, job.attempt, job.lane), (JobStatus::Queued, 0, Lane::Interactive));
        let held = claim(database, "w", 60).expect("queued");
        assert_eq!(held.spec, submission.spec);
        assert_eq!(held.version, Some(version));
        assert_eq!((held.job_ids.as_slice(), held.request_id.as_str()), (&[job.id][..], "request-1"));
        let running = fetch(database, anna, job.id);
        assert_eq!((running.status, running.attempt), (JobStatus::Running, 1));
        assert!(running.started_at.is_some());
    });
}

#[test]
fn a_worker_takes_from_its_own_lanes() {
    on_each_database(|database| {
        let anna = user(database, "anna");
        submit(database, &analysis(anna, None));
        let id = dataset(database, anna, "table");
        submit(database, &ingest_of(anna, id));
        let of = |lane: Lane| write(database, |conn| execution_claim(conn, "w", &[lane], 60, 0));
        assert_eq!(of(Lane::Batch).expect("the ingest").spec.kind(), "ingest");
        assert!(of(Lane::Batch).is_none());
        assert_eq!(of(Lane::Interactive).expect("the analysis").spec.kind(), "descriptive");
        assert!(write(database, |conn| execution_claim(conn, "w", &[], 60, 0)).is_none());
    });
}

#[test]
fn a_requeued_execution_waits_until_it_is_due() {
    on_each_database(|database| {
        let anna = user(database, "anna");
        let job = submit(database, &analysis(anna, None)).into_job();
        let held = claim(database, "w", 60).expect("queued");
        assert!(finish(database, &held, "w", &Ending::Requeue { delay_ms: 400, charge: true }));
        assert!(claim(database, "w", 60).is_none(), "not due yet");
        assert_eq!(read(database, |conn| execution_ids_due(conn, 10)), []);
        let waiting = fetch(database, anna, job.id);
        assert_eq!((waiting.status, waiting.attempt, waiting.started_at), (JobStatus::Queued, 1, None));
        std::thread::sleep(Duration::from_millis(500));
        assert_eq!(read(database, |conn| execution_ids_due(conn, 10)), [(held.execution_id, Lane::Interactive)]);
        let held = claim(database, "w", 60).expect("due");
        assert_eq!(held.attempt, 2, "the first one counts");

        assert!(finish(database, &held, "w", &Ending::Requeue { delay_ms: 0, charge: false }));
        let held = claim(database, "w", 60).expect("due at once");
        assert_eq!(held.attempt, 2, "the second was given back");
    });
}

#[test]
fn progress_is_seen_and_never_goes_back() {
    on_each_database(|database| {
        let anna = user(database, "anna");
        let job = submit(database, &analysis(anna, None)).into_job();
        let held = claim(database, "w", 60).expect("queued");
        let report = |fraction: f64, rows: u64| {
            let progress = Progress { fraction, stage: "sorting".into(), rows };
            write(database, |conn| execution_progress(conn, held.execution_id, held.attempt, "w", &progress))
        };
        assert!(report(0.5, 10));
        assert!(report(0.25, 20));
        let seen = fetch(database, anna, job.id).progress;
        assert_eq!((seen.fraction, seen.stage.as_str(), seen.rows), (0.5, "sorting", 20));
        assert!(report(f64::NAN, 21) && report(7.0, 22));
        assert_eq!(fetch(database, anna, job.id).progress.fraction, 1.0);
        assert!(finish(database, &held, "w", &Ending::Requeue { delay_ms: 0, charge: true }));
        assert!(!report(0.1, 1), "it is not running any more");
        assert_eq!(fetch(database, anna, job.id).progress, Progress::default());
    });
}

#[test]
fn the_queue_knows_its_depth() {
    on_each_database(|database| {
        assert_eq!(read(database, queue_depth), [(Lane::Interactive, 0, None), (Lane::Batch, 0, None)]);
        let anna = user(database, "anna");
        for _ in 0..3 {
            submit(database, &analysis(anna, None));
        }
        claim(database, "w", 60).expect("queued");
        let depths = read(database, queue_depth);
        assert_eq!((depths[0].0, depths[0].1, depths[1].1), (Lane::Interactive, 2, 0));
        assert!((0.0..60.0).contains(&depths[0].2.expect("an age")));
        assert_eq!(read(database, |conn| execution_ids_due(conn, 10)).len(), 2);
        assert_eq!(read(database, |conn| execution_ids_due(conn, 1)).len(), 1);
    });
}
