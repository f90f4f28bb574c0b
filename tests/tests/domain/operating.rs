//! What operators and limits rest on: live workers, error chains, dead jobs, limits of users, claims given back.

use contract::errors::{ErrorCode, Failure};
use contract::jobs::{JobStatus, Lane};
use contract::operating::Confinement;
use domain::DomainError;
use domain::jobs::{
    Ending, JobQuery, Submission, execution_claim, execution_disown, execution_errors, execution_retry_dead,
    execution_sweep, job_cancel, job_retry, job_submit, jobs_admin_list,
};
use domain::workers::{Presence, worker_heartbeat, worker_leave, worker_list};

use crate::databases::{on_each_database, race, read, write};
use crate::things::{analysis, claim, fetch, finish, run_next, status, submit, user};

fn failure(code: ErrorCode) -> Failure {
    Failure::new(code, "It did not work.")
}

#[test]
fn workers_come_run_and_leave() {
    on_each_database(|database| {
        let presence = |name: &str| Presence {
            name: name.to_owned(),
            version: "1".to_owned(),
            lanes: vec![Lane::Batch, Lane::Interactive],
            slots: 3,
            confinement: None,
        };
        for name in ["one", "two", "one"] {
            write(database, |conn| worker_heartbeat(conn, &presence(name)));
        }
        let confinement = Some(Confinement { files: true, network: false });
        write(database, |conn| worker_heartbeat(conn, &Presence { confinement, ..presence("two") }));
        submit(database, &analysis(user(database, "anna"), None));
        claim(database, "two", 60).expect("queued");
        let workers = read(database, worker_list);
        let seen: Vec<_> = workers.iter().map(|worker| (worker.name.as_str(), worker.running)).collect();
        assert_eq!(seen, [("one", 0), ("two", 1)]);
        assert_eq!((workers[0].confinement, workers[1].confinement), (None, confinement), "told later, and kept");
        assert_eq!((workers[0].slots, workers[0].lanes.as_slice()), (3, [Lane::Batch, Lane::Interactive].as_slice()));
        write(database, |conn| worker_leave(conn, "one"));
        assert_eq!(read(database, worker_list).len(), 1);
    });
}

#[test]
fn every_attempt_that_fails_leaves_its_error_and_a_dead_job_can_be_queued_again() {
    on_each_database(|database| {
        let anna = user(database, "anna");
        let job = submit(database, &analysis(anna, Some("key"))).into_job();
        let first = claim(database, "w1", 60).expect("queued");
        let crashed = Ending::Crashed { delay_ms: 0, failure: failure(ErrorCode::Crashed) };
        assert!(finish(database, &first, "w1", &crashed));
        assert!(!finish(database, &first, "w1", &crashed), "fenced off");
        let second = claim(database, "w2", 60).expect("queued again");
        assert_eq!((second.attempt, second.crashes), (2, 1));
        let away = Ending::TryAgain { delay_ms: 0, failure: failure(ErrorCode::Unavailable) };
        assert!(finish(database, &second, "w2", &away));
        claim(database, "w3", 0).expect("queued again");
        std::thread::sleep(std::time::Duration::from_millis(20));
        assert!(!write(database, execution_sweep)[0].requeued, "the second crash ends it");

        let dead = JobQuery { dead: true, ..JobQuery::default() };
        let listed = read(database, |conn| jobs_admin_list(conn, &dead));
        assert_eq!((listed.items[0].job.id, listed.items[0].user_id, listed.items[0].crashes), (job.id, anna, 2));
        let chain = read(database, |conn| execution_errors(conn, job.id));
        let told: Vec<_> = chain.iter().map(|e| (e.attempt, e.worker.as_deref(), e.failure.code)).collect();
        let (w1, w2, w3) = (Some("w1"), Some("w2"), Some("w3"));
        use ErrorCode::{Crashed, Unavailable, WorkerLost};
        assert_eq!(told, [(1, w1, Crashed), (2, w2, Unavailable), (3, w3, WorkerLost)]);
        assert!(chain.iter().all(|error| error.started_at.is_some()));

        let again = write(database, |conn| execution_retry_dead(conn, &[job.id, anna]));
        assert_eq!(again.iter().map(|one| one.job_id).collect::<Vec<_>>(), [job.id]);
        assert_eq!(status(database, anna, job.id), JobStatus::Queued);
        assert!(write(database, |conn| execution_retry_dead(conn, &[job.id])).is_empty(), "it is not dead any more");
        let held = run_next(database, "w4");
        assert_eq!((held.attempt, held.crashes, held.job_ids.as_slice()), (4, 0, [job.id].as_slice()));
        assert_eq!(fetch(database, anna, job.id).error, None);
    });
}

#[test]
fn a_dead_job_stays_dead_while_its_work_runs_elsewhere_or_when_it_was_cancelled() {
    on_each_database(|database| {
        let anna = user(database, "anna");
        let job = submit(database, &analysis(anna, Some("key"))).into_job().id;
        let held = claim(database, "w", 60).expect("queued");
        assert!(finish(database, &held, "w", &Ending::Failed(failure(ErrorCode::TimedOut))));
        let other = submit(database, &analysis(anna, Some("key"))).into_job().id;
        assert!(write(database, |conn| execution_retry_dead(conn, &[job])).is_empty());
        write(database, |conn| job_cancel(conn, anna, other));
        assert!(write(database, |conn| execution_retry_dead(conn, &[other])).is_empty());
        assert_eq!(write(database, |conn| execution_retry_dead(conn, &[job])).len(), 1);
    });
}

#[test]
fn the_list_of_all_jobs_has_filters_and_pages() {
    on_each_database(|database| {
        let (anna, berta) = (user(database, "anna"), user(database, "berta"));
        let mine: Vec<_> = (0..5).map(|_| submit(database, &analysis(anna, None)).into_job().id).collect();
        submit(database, &analysis(berta, None));
        let query = JobQuery { user_id: Some(anna), limit: 3, ..JobQuery::default() };
        let first = read(database, |conn| jobs_admin_list(conn, &query));
        let second =
            read(database, |conn| jobs_admin_list(conn, &JobQuery { cursor: first.next_cursor.clone(), ..query }));
        let ids: Vec<_> = first.items.iter().chain(&second.items).map(|item| item.job.id).collect();
        assert_eq!(ids, mine.into_iter().rev().collect::<Vec<_>>());
        assert!(second.next_cursor.is_none());
        let held = claim(database, "w", 60).expect("queued");
        let count = |query: JobQuery| read(database, |conn| jobs_admin_list(conn, &query)).items.len();
        assert_eq!(count(JobQuery { worker: Some("w".to_owned()), ..JobQuery::default() }), 1);
        assert_eq!(count(JobQuery { status: Some(JobStatus::Running), ..JobQuery::default() }), 1);
        assert_eq!(count(JobQuery { lane: Some(held.lane), ..JobQuery::default() }), 6);
        assert_eq!(count(JobQuery { kind: Some("ingest".to_owned()), ..JobQuery::default() }), 0);
    });
}

#[test]
fn a_user_has_so_many_jobs_waiting_and_no_more() {
    on_each_database(|database| {
        let (anna, berta) = (user(database, "anna"), user(database, "berta"));
        let of = |user, key| Submission { most_queued: 2, ..analysis(user, key) };
        submit(database, &of(anna, Some("a")));
        submit(database, &of(anna, None));
        let refused = database.write_blocking(|conn| job_submit(conn, &of(anna, None)));
        let message = refused.expect_err("two wait").public_message();
        assert!(message.contains("jobs.queued_per_user") && message.contains('2'), "{message}");
        assert!(matches!(
            database.write_blocking(|conn| job_submit(conn, &of(anna, None))),
            Err(DomainError::Limited(_))
        ));
        assert!(!submit(database, &of(anna, Some("a"))).needs_bell(), "sharing costs nothing");
        assert!(submit(database, &of(berta, None)).needs_bell());
        claim(database, "w", 60).expect("queued");
        assert!(submit(database, &of(anna, None)).needs_bell(), "one runs, so one may wait again");
    });
}

#[test]
fn the_limit_holds_however_many_ask_at_once() {
    on_each_database(|database| {
        let anna = user(database, "anna");
        let of = || Submission { most_queued: 3, ..analysis(anna, None) };
        let done = race(16, |_| database.write_blocking(|conn| job_submit(conn, &of())).is_ok());
        assert_eq!(done.iter().filter(|done| **done).count(), 3, "{done:?}");
        let query = JobQuery { user_id: Some(anna), ..JobQuery::default() };
        let waiting = read(database, |conn| jobs_admin_list(conn, &query)).items;
        assert_eq!(waiting.len(), 3);
        // Trying again is asking, too: the limit of the settings counts, and no other.
        let failed = claim(database, "w", 60).expect("queued");
        assert!(finish(database, &failed, "w", &Ending::Failed(failure(ErrorCode::TimedOut))));
        submit(database, &of());
        let again = |most| database.write_blocking(|conn| job_retry(conn, anna, failed.job_ids[0], "r", most));
        assert!(matches!(again(3), Err(DomainError::Limited(_))));
        assert!(again(4).expect("four may wait").needs_bell());
    });
}

#[test]
fn a_user_whose_share_runs_is_passed_over_at_every_priority() {
    on_each_database(|database| {
        let (anna, berta) = (user(database, "anna"), user(database, "berta"));
        for _ in 0..3 {
            submit(database, &Submission { priority: 5, ..analysis(anna, None) });
        }
        let low = submit(database, &analysis(berta, None)).into_job().id;
        let next = || write(database, |conn| execution_claim(conn, "w", &Lane::ALL, 60, 2));
        assert!((0..2).all(|_| next().expect("queued").job_ids != [low]));
        assert_eq!(next().expect("queued").job_ids, [low], "the lower priority has its turn");
        assert!(next().is_none());
    });
}

#[test]
fn claims_that_the_worker_knows_nothing_of_go_back_uncharged() {
    on_each_database(|database| {
        let anna = user(database, "anna");
        for _ in 0..3 {
            submit(database, &analysis(anna, None));
        }
        let (known, unknown) = (claim(database, "w", 60).expect("queued"), claim(database, "w", 60).expect("queued"));
        claim(database, "another", 60).expect("queued");
        assert_eq!(write(database, |conn| execution_disown(conn, "w", &[known.execution_id])), 1);
        let job = fetch(database, anna, unknown.job_ids[0]);
        assert_eq!((job.status, job.attempt), (JobStatus::Queued, 0));
        assert_eq!(status(database, anna, known.job_ids[0]), JobStatus::Running);
    });
}
