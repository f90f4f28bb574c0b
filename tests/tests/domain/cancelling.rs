//! Cancelling: a job leaves, the last one stops the work, and nobody who just joined is stopped with it.

use contract::errors::ErrorCode;
use contract::jobs::JobStatus;
use domain::jobs::{Submitted, execution_waiters, job_cancel, job_result};

use crate::databases::{on_each_database, race, read, write};
use crate::things::{analysis, claim, fetch, finish, run_next, status, submit, succeeded, user};

#[test]
fn a_queued_job_is_cancelled_at_once() {
    on_each_database(|database| {
        let anna = user(database, "anna");
        let job = submit(database, &analysis(anna, None)).into_job();
        let cancel = write(database, |conn| job_cancel(conn, anna, job.id));
        assert!(cancel.stopped_execution.is_some());
        assert_eq!(cancel.job.status, JobStatus::Cancelled);
        assert_eq!(cancel.job.error.as_ref().expect("a reason").code, ErrorCode::Cancelled);
        assert!(cancel.job.finished_at.is_some());
        assert!(claim(database, "w", 60).is_none());
        let again = write(database, |conn| job_cancel(conn, anna, job.id));
        assert_eq!((again.job.status, again.stopped_execution), (JobStatus::Cancelled, None));
        let refused = database.read_blocking(|conn| job_result(conn, anna, job.id));
        assert_eq!(refused.expect_err("no result").code(), ErrorCode::Cancelled);
    });
}

#[test]
fn a_running_job_is_taken_from_its_worker() {
    on_each_database(|database| {
        let anna = user(database, "anna");
        let job = submit(database, &analysis(anna, None)).into_job();
        let held = claim(database, "w", 60).expect("queued");
        let cancel = write(database, |conn| job_cancel(conn, anna, job.id));
        assert_eq!(cancel.stopped_execution, Some(held.execution_id));
        let leases = [(held.execution_id, held.attempt)];
        let ours = write(database, |conn| domain::jobs::execution_renew(conn, "w", &leases, 60));
        assert!(ours.is_empty(), "the worker learns it when it renews");
        assert!(!finish(database, &held, "w", &succeeded("{}")));
        assert_eq!(status(database, anna, job.id), JobStatus::Cancelled);
    });
}

#[test]
fn the_work_goes_on_until_the_last_job_leaves() {
    on_each_database(|database| {
        let (anna, berta) = (user(database, "anna"), user(database, "berta"));
        let one = submit(database, &analysis(anna, Some("same"))).into_job();
        let two = submit(database, &analysis(berta, Some("same"))).into_job();
        let three = submit(database, &analysis(berta, Some("same"))).into_job();
        let held = claim(database, "w", 60).expect("queued");
        assert_eq!(write(database, |conn| job_cancel(conn, anna, one.id)).stopped_execution, None);
        assert_eq!(status(database, anna, one.id), JobStatus::Cancelled);
        assert_eq!(status(database, berta, two.id), JobStatus::Running);
        assert_eq!(read(database, |conn| execution_waiters(conn, held.execution_id)), [two.id, three.id]);
        assert_eq!(write(database, |conn| job_cancel(conn, berta, two.id)).stopped_execution, None);
        let last = write(database, |conn| job_cancel(conn, berta, three.id));
        assert_eq!(last.stopped_execution, Some(held.execution_id));
    });
}

#[test]
fn who_left_gets_no_result() {
    on_each_database(|database| {
        let (anna, berta) = (user(database, "anna"), user(database, "berta"));
        let one = submit(database, &analysis(anna, Some("same"))).into_job();
        let two = submit(database, &analysis(berta, Some("same"))).into_job();
        write(database, |conn| job_cancel(conn, anna, one.id));
        run_next(database, "w");
        assert_eq!(status(database, anna, one.id), JobStatus::Cancelled);
        assert!(database.read_blocking(|conn| job_result(conn, anna, one.id)).is_err());
        assert!(database.read_blocking(|conn| job_result(conn, berta, two.id)).is_ok());
    });
}

#[test]
fn a_finished_job_stays_as_it_is() {
    on_each_database(|database| {
        let anna = user(database, "anna");
        let job = submit(database, &analysis(anna, None)).into_job();
        run_next(database, "w");
        let cancel = write(database, |conn| job_cancel(conn, anna, job.id));
        assert_eq!((cancel.job.status, cancel.stopped_execution), (JobStatus::Succeeded, None));
    });
}

#[test]
fn all_who_leave_at_once_stop_the_work_once() {
    on_each_database(|database| {
        let anna = user(database, "anna");
        let jobs: Vec<_> = (0..12).map(|_| submit(database, &analysis(anna, Some("same"))).into_job().id).collect();
        let stopped = race(12, |number| write(database, |conn| job_cancel(conn, anna, jobs[number])).stopped_execution);
        assert_eq!(stopped.iter().flatten().count(), 1, "{stopped:?}");
        assert!(claim(database, "w", 60).is_none());
    });
}

/// One leaves, and in the same moment another joins: whoever joined has live work behind the job.
#[test]
fn nobody_joins_work_that_is_being_stopped() {
    on_each_database(|database| {
        let (anna, berta) = (user(database, "anna"), user(database, "berta"));
        for round in 0..25 {
            let key = format!("key{round}");
            let leaving = submit(database, &analysis(anna, Some(&key))).into_job().id;
            let joined = race(2, |number| match number {
                0 => {
                    write(database, |conn| job_cancel(conn, anna, leaving));
                    None
                }
                _ => Some(submit(database, &analysis(berta, Some(&key)))),
            });
            let joined = joined.into_iter().flatten().next().expect("the submission");
            assert!(!matches!(joined, Submitted::Cached(_)));
            let held = claim(database, "w", 60).expect("there is work for who joined");
            assert_eq!(held.job_ids, [joined.job().id]);
            assert!(finish(database, &held, "w", &succeeded("{}")));
            assert_eq!(fetch(database, berta, joined.job().id).status, JobStatus::Succeeded);
        }
    });
}
