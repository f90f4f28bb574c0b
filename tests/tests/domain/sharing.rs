//! Sharing work: one execution per key, cached results with their age, and jobs that stay their owners'.

use std::collections::HashSet;
use std::time::Duration;

use chrono::SubsecRound as _;
use contract::errors::{ErrorCode, Failure};
use contract::jobs::JobStatus;
use domain::DomainError;
use domain::jobs::{
    Ending, KnownResult, Submission, Submitted, execution_waiters, job_cancel, job_fetch, job_result, job_retry,
    job_submit_or_answer, queue_depth,
};

use crate::databases::{on_each_database, race, read, write};
use crate::things::{analysis, claim, fetch, finish, run_next, status, submit, succeeded, user};

#[test]
fn a_hundred_identical_requests_at_once_share_one_execution() {
    on_each_database(|database| {
        let users: Vec<_> = (0..10).map(|number| user(database, &format!("user{number}"))).collect();
        let answers = race(100, |number| submit(database, &analysis(users[number % 10], Some("same"))));
        let created = answers.iter().filter(|answer| answer.needs_bell()).count();
        let joined = answers.iter().filter(|answer| matches!(answer, Submitted::Joined(_))).count();
        assert_eq!((created, joined), (1, 99));
        let jobs: HashSet<_> = answers.iter().map(|answer| answer.job().id).collect();
        assert_eq!(jobs.len(), 100, "everybody has an own job");

        let held = claim(database, "w", 60).expect("one execution");
        assert_eq!(held.job_ids.len(), 100);
        assert!(claim(database, "w", 60).is_none(), "and no second");
        assert!(finish(database, &held, "w", &succeeded("{\"answer\":42}")));
        assert_eq!(read(database, |conn| execution_waiters(conn, held.execution_id)).len(), 100);
        for (number, answer) in answers.iter().enumerate() {
            let result = read(database, |conn| job_result(conn, users[number % 10], answer.job().id));
            assert_eq!(result.result.get(), "{\"answer\":42}");
            assert!(!result.cached);
        }
    });
}

#[test]
fn a_finished_result_answers_for_a_while() {
    on_each_database(|database| {
        let (anna, berta) = (user(database, "anna"), user(database, "berta"));
        let first = submit(database, &analysis(anna, Some("same"))).into_job();
        run_next(database, "w");
        let Submitted::Cached(job) = submit(database, &analysis(berta, Some("same"))) else { panic!("not cached") };
        assert!(job.cached && job.status == JobStatus::Succeeded && job.id != first.id);
        assert!((0.0..60.0).contains(&job.age_seconds.expect("an age")));
        assert!(job.started_at.unwrap() >= job.created_at && job.finished_at.unwrap() >= job.created_at);
        let result = read(database, |conn| job_result(conn, berta, job.id));
        assert_eq!((result.result.get(), result.cached), ("{\"rows\":2}", true));
        assert!(result.computed_at <= job.created_at);
        assert!(!fetch(database, anna, first.id).cached);

        let never = Submission { cache_seconds: 0, ..analysis(berta, Some("same")) };
        assert!(submit(database, &never).needs_bell(), "who wants no cached result gets none");
        run_next(database, "w");
        std::thread::sleep(Duration::from_millis(1100));
        let strict = Submission { cache_seconds: 1, ..analysis(berta, Some("same")) };
        assert!(submit(database, &strict).needs_bell(), "the result is too old");
    });
}

#[test]
fn a_known_result_is_asked_for_once_and_keeps_its_age() {
    on_each_database(|database| {
        let (anna, berta) = (user(database, "anna"), user(database, "berta"));
        let hour_ago = (chrono::Utc::now() - chrono::TimeDelta::hours(1)).naive_utc().trunc_subsecs(6);
        let known = KnownResult { json: "{\"rows\":7}".to_owned(), computed_at: hour_ago };
        let answer = |user_id, known: Option<KnownResult>| {
            let submission = analysis(user_id, Some("same"));
            write(database, |conn| job_submit_or_answer(conn, &submission, |_| Ok(known.clone())))
        };
        let Submitted::Cached(first) = answer(anna, Some(known)) else { panic!("not answered") };
        // What is told the second time would be another result: it must not be asked for.
        let other = KnownResult { json: "{\"rows\":8}".to_owned(), computed_at: hour_ago };
        let Submitted::Cached(second) = answer(berta, Some(other)) else { panic!("not answered") };
        for (owner, job) in [(anna, &first), (berta, &second)] {
            assert_eq!(job.result.as_ref().unwrap().get(), "{\"rows\":7}");
            assert!((3600.0..3660.0).contains(&job.age_seconds.unwrap()), "{:?}", job.age_seconds);
            let result = read(database, |conn| job_result(conn, owner, job.id));
            assert_eq!((result.result.get(), result.computed_at.naive_utc()), ("{\"rows\":7}", hour_ago));
        }
        assert!(claim(database, "w", 60).is_none(), "nothing is left to compute");

        let unknown = analysis(anna, Some("other"));
        let submitted = write(database, |conn| job_submit_or_answer(conn, &unknown, |_| Ok(None)));
        assert!(submitted.needs_bell(), "what nobody knows is computed");
    });
}

#[test]
fn other_keys_and_no_keys_are_not_shared() {
    on_each_database(|database| {
        let anna = user(database, "anna");
        for key in [Some("one"), Some("two"), None, None] {
            assert!(submit(database, &analysis(anna, key)).needs_bell());
        }
        let queued: u64 = read(database, queue_depth).iter().map(|(_, depth, _)| depth).sum();
        assert_eq!(queued, 4);
    });
}

#[test]
fn failed_and_cancelled_executions_are_never_shared() {
    on_each_database(|database| {
        let anna = user(database, "anna");
        let failing = submit(database, &analysis(anna, Some("same"))).into_job();
        let held = claim(database, "w", 60).expect("queued");
        let failure = Failure::new(ErrorCode::OutOfMemory, "too big");
        assert!(finish(database, &held, "w", &Ending::Failed(failure.clone())));
        let refused = database.read_blocking(|conn| job_result(conn, anna, failing.id));
        assert!(matches!(refused, Err(DomainError::Failed(reason)) if reason == failure));

        let again = submit(database, &analysis(anna, Some("same")));
        assert!(again.needs_bell());
        write(database, |conn| job_cancel(conn, anna, again.job().id));
        assert!(submit(database, &analysis(anna, Some("same"))).needs_bell());
    });
}

#[test]
fn a_running_execution_is_joined() {
    on_each_database(|database| {
        let (anna, berta) = (user(database, "anna"), user(database, "berta"));
        submit(database, &analysis(anna, Some("same")));
        let held = claim(database, "w", 60).expect("queued");
        let Submitted::Joined(job) = submit(database, &analysis(berta, Some("same"))) else { panic!("not joined") };
        assert_eq!(job.status, JobStatus::Running);
        assert!(job.started_at.unwrap() >= job.created_at, "it did not start before it was asked for");
        assert!(finish(database, &held, "w", &succeeded("{}")));
        assert_eq!(status(database, berta, job.id), JobStatus::Succeeded);
    });
}

#[test]
fn a_retry_is_a_new_job_of_the_same_work() {
    on_each_database(|database| {
        let (anna, berta) = (user(database, "anna"), user(database, "berta"));
        let job = submit(database, &analysis(anna, Some("same"))).into_job();
        let early = database.write_blocking(|conn| job_retry(conn, anna, job.id, "r", 0));
        assert_eq!(early.expect_err("still queued").code(), ErrorCode::Conflict);
        write(database, |conn| job_cancel(conn, anna, job.id));
        let foreign = database.write_blocking(|conn| job_retry(conn, berta, job.id, "r", 0));
        assert!(matches!(foreign, Err(DomainError::NotFound)));
        let again = write(database, |conn| job_retry(conn, anna, job.id, "request-2", 0));
        assert!(again.needs_bell());
        let retried = again.job();
        assert_eq!((retried.dataset_id, retried.request_id.as_str()), (job.dataset_id, "request-2"));
        assert_eq!(run_next(database, "w").job_ids, [retried.id]);
        assert_eq!(status(database, anna, job.id), JobStatus::Cancelled, "the old job keeps its end");
    });
}

#[test]
fn jobs_of_others_are_not_found() {
    on_each_database(|database| {
        let (anna, berta) = (user(database, "anna"), user(database, "berta"));
        let job = submit(database, &analysis(anna, None)).into_job();
        for refused in [
            database.read_blocking(|conn| job_fetch(conn, berta, job.id).map(drop)),
            database.read_blocking(|conn| job_result(conn, berta, job.id).map(drop)),
            database.write_blocking(|conn| job_cancel(conn, berta, job.id).map(drop)),
        ] {
            assert!(matches!(refused, Err(DomainError::NotFound)), "{refused:?}");
        }
        let early = database.read_blocking(|conn| job_result(conn, anna, job.id).map(drop));
        assert_eq!(early.expect_err("not ready").code(), ErrorCode::NotReady);
    });
}
