//! Retention: finished jobs and results go in bounded batches; what still runs never does.

use contract::errors::ErrorCode;
use contract::jobs::JobStatus;
use domain::jobs::{JobQuery, job_cancel, job_fetch, job_list, jobs_prune};

use crate::databases::{on_each_database, read, write};
use crate::things::{analysis, claim, run_next, status, submit, user};

#[test]
fn finished_jobs_are_pruned_in_batches_and_live_ones_stay() {
    on_each_database(|database| {
        let anna = user(database, "anna");
        let done: Vec<_> = (0..5)
            .map(|_| {
                let id = submit(database, &analysis(anna, None)).into_job().id;
                run_next(database, "w");
                id
            })
            .collect();
        let shared = submit(database, &analysis(anna, Some("shared"))).into_job().id;
        let left = submit(database, &analysis(anna, Some("shared"))).into_job().id;
        claim(database, "w", 60).expect("queued");
        write(database, |conn| job_cancel(conn, anna, left));
        let queued = submit(database, &analysis(anna, None)).into_job().id;

        assert_eq!(write(database, |conn| jobs_prune(conn, 30, 100)), 0, "nothing is old enough");
        assert_eq!(write(database, |conn| jobs_prune(conn, 0, 2)), 2, "no more than the batch");
        let mut gone = 2;
        for _ in 0..10 {
            gone += write(database, |conn| jobs_prune(conn, 0, 2));
        }
        assert_eq!(gone, 6, "five that are done and one that was cancelled");
        for id in done.into_iter().chain([left]) {
            let gone = database.read_blocking(|conn| job_fetch(conn, anna, id));
            assert_eq!(gone.expect_err("pruned").code(), ErrorCode::NotFound);
        }
        assert_eq!(status(database, anna, shared), JobStatus::Running);
        assert_eq!(status(database, anna, queued), JobStatus::Queued);
        assert_eq!(read(database, |conn| job_list(conn, anna, &JobQuery::default())).items.len(), 2);
    });
}

#[test]
fn the_key_of_a_pruned_execution_is_free() {
    on_each_database(|database| {
        let anna = user(database, "anna");
        submit(database, &analysis(anna, Some("same")));
        run_next(database, "w");
        write(database, |conn| jobs_prune(conn, 0, 100));
        assert!(submit(database, &analysis(anna, Some("same"))).needs_bell(), "its result went with it");
    });
}
