//! How ingest ends for its dataset: ready with a version, failed with a reason, tried again, or gone meanwhile.

use contract::datasets::DatasetStatus;
use contract::errors::{ErrorCode, Failure};
use contract::jobs::{JobSpec, JobStatus};
use domain::datasets::{
    dataset_delete, dataset_fetch, dataset_preview, dataset_profile, dataset_version_ref, dataset_versions,
};
use domain::jobs::{Ending, job_cancel, job_result, job_retry};
use domain::{DomainError, new_id};

use crate::databases::{on_each_database, read, write};
use crate::things::{claim, dataset, fetch, finish, ingest_of, ingested, outcome, submit, user};

#[test]
fn a_successful_ingest_makes_the_dataset_ready() {
    on_each_database(|database| {
        let anna = user(database, "anna");
        let id = dataset(database, anna, "table");
        let job = submit(database, &ingest_of(anna, id)).into_job();
        assert_eq!(job.kind, "ingest");
        for early in [
            database.read_blocking(|conn| dataset_profile(conn, anna, id, None).map(drop)),
            database.read_blocking(|conn| dataset_preview(conn, anna, id, None).map(drop)),
            database.read_blocking(|conn| dataset_version_ref(conn, anna, id).map(drop)),
        ] {
            assert_eq!(early.expect_err("not yet").code(), ErrorCode::NotReady);
        }
        let held = claim(database, "w", 60).expect("queued");
        assert!(finish(database, &held, "w", &ingested(&held)));

        let ready = read(database, |conn| dataset_fetch(conn, anna, id));
        let version = ready.version.expect("a version");
        assert_eq!((ready.status, version.number, version.rows), (DatasetStatus::Ready, 1, 2));
        assert_eq!(version.job_id, job.id);
        assert_eq!(version.columns, outcome().columns);
        assert_eq!(version.dialect, outcome().dialect);
        let JobSpec::Ingest(params) = &held.spec else { panic!() };
        assert_eq!(params.target_key, format!("versions/{}.parquet", version.id), "row and file carry one id");
        assert_eq!(read(database, |conn| dataset_versions(conn, anna, id)), std::slice::from_ref(&version));
        let profile = read(database, |conn| dataset_profile(conn, anna, id, None));
        assert_eq!(serde_json::from_str::<contract::profile::Profile>(&profile).unwrap(), outcome().profile);
        let preview = read(database, |conn| dataset_preview(conn, anna, id, None));
        assert_eq!(preview, (outcome().columns, outcome().preview, 2));
        let found = read(database, |conn| dataset_version_ref(conn, anna, id));
        assert_eq!((found.version_id, found.content_hash), (version.id, outcome().content_hash));
        assert_eq!(read(database, |conn| job_result(conn, anna, job.id)).result.get(), "{}");
    });
}

#[test]
fn a_failed_ingest_says_why_and_can_be_tried_again() {
    on_each_database(|database| {
        let anna = user(database, "anna");
        let id = dataset(database, anna, "table");
        let job = submit(database, &ingest_of(anna, id)).into_job();
        let held = claim(database, "w", 60).expect("queued");
        let failure = Failure::new(ErrorCode::InvalidFile, "Line 3 has 4 cells.").line(3).column("b").value("x");
        assert!(finish(database, &held, "w", &Ending::Failed(failure.clone())));
        let failed = read(database, |conn| dataset_fetch(conn, anna, id));
        assert_eq!((failed.status, failed.error.as_ref()), (DatasetStatus::Failed, Some(&failure)));
        assert_eq!(fetch(database, anna, job.id).error, Some(failure.clone()));
        let refused = database.read_blocking(|conn| dataset_profile(conn, anna, id, None));
        assert!(matches!(&refused, Err(DomainError::Failed(reason)) if *reason == failure), "{refused:?}");

        let again = write(database, |conn| job_retry(conn, anna, job.id, "request-2", 0));
        assert!(again.needs_bell());
        assert_ne!(again.job().id, job.id);
        let processing = read(database, |conn| dataset_fetch(conn, anna, id));
        assert_eq!((processing.status, processing.error), (DatasetStatus::Processing, None));
        let twice = database.write_blocking(|conn| job_retry(conn, anna, job.id, "request-3", 0));
        assert_eq!(twice.expect_err("it is being read already").code(), ErrorCode::Conflict);

        let held = claim(database, "w", 60).expect("queued again");
        assert!(finish(database, &held, "w", &ingested(&held)));
        let ready = read(database, |conn| dataset_fetch(conn, anna, id));
        assert_eq!(ready.status, DatasetStatus::Ready);
        assert_eq!(ready.version.expect("a version").job_id, again.job().id);
    });
}

#[test]
fn a_cancelled_ingest_leaves_no_dataset_in_processing() {
    on_each_database(|database| {
        let anna = user(database, "anna");
        let id = dataset(database, anna, "table");
        let job = submit(database, &ingest_of(anna, id)).into_job();
        let cancel = write(database, |conn| job_cancel(conn, anna, job.id));
        assert_eq!(cancel.job.status, JobStatus::Cancelled);
        assert!(cancel.stopped_execution.is_some());
        let failed = read(database, |conn| dataset_fetch(conn, anna, id));
        assert_eq!(failed.status, DatasetStatus::Failed);
        assert_eq!(failed.error.expect("a reason").code, ErrorCode::Cancelled);
        assert!(write(database, |conn| job_retry(conn, anna, job.id, "r", 0)).needs_bell());
    });
}

#[test]
fn an_ingest_cannot_raise_the_dead() {
    on_each_database(|database| {
        let anna = user(database, "anna");
        let id = dataset(database, anna, "table");
        let job = submit(database, &ingest_of(anna, id)).into_job();
        let held = claim(database, "w", 60).expect("queued");
        write(database, |conn| dataset_delete(conn, anna, id));
        let failed = Ending::Failed(Failure::new(ErrorCode::InvalidFile, "broken"));
        assert!(!finish(database, &held, "w", &ingested(&held)));
        assert!(!finish(database, &held, "w", &failed));
        let gone = database.read_blocking(|conn| dataset_fetch(conn, anna, id));
        assert!(matches!(gone, Err(DomainError::NotFound)));
        let retried = database.write_blocking(|conn| job_retry(conn, anna, job.id, "r", 0));
        assert!(matches!(retried, Err(DomainError::NotFound)), "{retried:?}");
        assert!(claim(database, "w", 60).is_none(), "the refused retry left nothing in the queue");
    });
}

/// The job is retried, and in that very moment the dataset is deleted: either way nothing is left half.
#[test]
fn an_ingest_that_outlives_its_dataset_writes_nothing() {
    on_each_database(|database| {
        let anna = user(database, "anna");
        let id = dataset(database, anna, "table");
        // A job of another dataset reads this one's file: only then can ingest finish after the deletion.
        let other = contract::jobs::JobSpec::Ingest(contract::ingest::IngestParams {
            dataset_id: id,
            source_key: "uploads/x".into(),
            target_key: format!("versions/{}.parquet", new_id()),
            options: contract::ingest::ParseOptions::default(),
        });
        write(database, |conn| dataset_delete(conn, anna, id));
        let submission = domain::jobs::Submission { spec: other, ..ingest_of(anna, id) };
        let job = submit(database, &submission).into_job();
        let held = claim(database, "w", 60).expect("queued");
        assert!(!finish(database, &held, "w", &ingested(&held)), "nothing was written");
        assert_eq!(fetch(database, anna, job.id).status, JobStatus::Cancelled, "and the job does not run on");
    });
}
