//! Datasets: their owner's alone, renamed, searched and deleted.

use contract::datasets::{DatasetPatch, DatasetStatus};
use contract::errors::ErrorCode;
use contract::jobs::JobStatus;
use domain::DomainError;
use domain::datasets::{
    NewDataset, dataset_create, dataset_delete, dataset_fetch, dataset_preview, dataset_profile, dataset_update,
    dataset_version_ref, dataset_versions, storage_keys_named,
};

use crate::databases::{on_each_database, read, write};
use crate::things::{
    analysis_of, claim, dataset, finish, ingest_of, ingested, new_dataset, status, submit, succeeded, user,
};

#[test]
fn a_dataset_is_what_was_uploaded() {
    on_each_database(|database| {
        let anna = user(database, "anna");
        let new =
            NewDataset { description: "Für Übungen".into(), bytes: 1 << 40, ..new_dataset(anna, "  Umsätze \n") };
        write(database, |conn| dataset_create(conn, &new));
        let made = read(database, |conn| dataset_fetch(conn, anna, new.id));
        assert_eq!((made.name.as_str(), made.description.as_str()), ("Umsätze", "Für Übungen"));
        assert_eq!(
            (made.status, made.bytes, made.version, made.error),
            (DatasetStatus::Processing, 1 << 40, None, None)
        );
        assert_eq!(made.sha256, new.sha256);
        assert_eq!(made.created_at, made.updated_at);
    });
}

#[test]
fn what_belongs_to_others_is_not_found() {
    on_each_database(|database| {
        let (anna, berta) = (user(database, "anna"), user(database, "berta"));
        let id = dataset(database, anna, "table");
        let patch = DatasetPatch { name: Some("mine".into()), description: None };
        let refused = [
            database.read_blocking(|conn| dataset_fetch(conn, berta, id).map(drop)),
            database.read_blocking(|conn| dataset_versions(conn, berta, id).map(drop)),
            database.read_blocking(|conn| dataset_profile(conn, berta, id, None).map(drop)),
            database.read_blocking(|conn| dataset_preview(conn, berta, id, None).map(drop)),
            database.read_blocking(|conn| dataset_version_ref(conn, berta, id).map(drop)),
            database.write_blocking(|conn| dataset_update(conn, berta, id, &patch).map(drop)),
            database.write_blocking(|conn| dataset_delete(conn, berta, id).map(drop)),
        ];
        for (number, result) in refused.into_iter().enumerate() {
            assert!(matches!(result, Err(DomainError::NotFound)), "number {number}: {result:?}");
        }
        assert_eq!(read(database, |conn| dataset_fetch(conn, anna, id)).name, "table");
    });
}

#[test]
fn name_and_description_change_and_the_rest_stays() {
    on_each_database(|database| {
        let anna = user(database, "anna");
        let id = dataset(database, anna, "table");
        let patch = DatasetPatch { name: Some(" Sales ".into()), description: None };
        let named = write(database, |conn| dataset_update(conn, anna, id, &patch));
        assert_eq!((named.name.as_str(), named.description.as_str()), ("Sales", ""));
        let patch = DatasetPatch { name: None, description: Some("of 2026".into()) };
        let described = write(database, |conn| dataset_update(conn, anna, id, &patch));
        assert_eq!((described.name.as_str(), described.description.as_str()), ("Sales", "of 2026"));
        assert!(described.updated_at > named.created_at);
    });
}

#[test]
fn values_that_cannot_be_are_named() {
    on_each_database(|database| {
        let anna = user(database, "anna");
        let id = dataset(database, anna, "table");
        let change = |name: &str, description: &str| {
            let patch = DatasetPatch { name: Some(name.to_owned()), description: Some(description.to_owned()) };
            database.write_blocking(|conn| dataset_update(conn, anna, id, &patch))
        };
        let (long_name, long_text) = ("x".repeat(201), "x".repeat(5001));
        for (name, description, pointers) in [
            ("", "", vec!["/name"]),
            (" \t ", "", vec!["/name"]),
            ("a\u{7}b", "", vec!["/name"]),
            ("a\0b", "", vec!["/name"]),
            (long_name.as_str(), "", vec!["/name"]),
            ("fine", "a\0b", vec!["/description"]),
            (long_name.as_str(), long_text.as_str(), vec!["/name", "/description"]),
        ] {
            let Err(DomainError::Invalid(errors)) = change(name, description) else { panic!("{name:?} was taken") };
            assert_eq!(errors.iter().map(|error| error.pointer.as_str()).collect::<Vec<_>>(), pointers);
        }
        assert!(change(&"ü".repeat(200), &"ü".repeat(5000)).is_ok(), "limits count characters");
    });
}

#[test]
fn a_deleted_dataset_is_gone_and_its_jobs_are_cancelled() {
    on_each_database(|database| {
        let (anna, berta) = (user(database, "anna"), user(database, "berta"));
        let id = dataset(database, anna, "table");
        let read_job = submit(database, &ingest_of(anna, id)).into_job();
        let shared = submit(database, &analysis_of(anna, id, Some("same"))).into_job();
        let done = submit(database, &analysis_of(anna, id, Some("done"))).into_job();
        let other = submit(database, &analysis_of(berta, domain::new_id(), Some("same"))).into_job();
        let elsewhere = submit(database, &analysis_of(anna, domain::new_id(), None)).into_job();
        let held: Vec<_> = (0..4).map(|_| claim(database, "w", 60).expect("queued")).collect();
        let finished = held.iter().find(|held| held.job_ids == [done.id]).expect("claimed");
        assert!(finish(database, finished, "w", &succeeded("{}")));

        let stopped = write(database, |conn| dataset_delete(conn, anna, id));
        let reading = held.iter().find(|held| held.job_ids == [read_job.id]).expect("claimed");
        assert_eq!(stopped, [reading.execution_id], "the shared one goes on for the other user");
        assert_eq!(status(database, anna, read_job.id), JobStatus::Cancelled);
        assert_eq!(status(database, anna, shared.id), JobStatus::Cancelled);
        assert_eq!(status(database, anna, done.id), JobStatus::Succeeded);
        assert_eq!(status(database, berta, other.id), JobStatus::Running);
        assert_eq!(status(database, anna, elsewhere.id), JobStatus::Running);

        assert!(!finish(database, reading, "w", &ingested(reading)), "the reader is fenced off");
        for result in [
            database.read_blocking(|conn| dataset_fetch(conn, anna, id).map(drop)),
            database.write_blocking(|conn| dataset_delete(conn, anna, id).map(drop)),
        ] {
            assert_eq!(result.expect_err("gone").code(), ErrorCode::NotFound);
        }
    });
}

#[test]
fn files_that_rows_name_are_known() {
    on_each_database(|database| {
        let anna = user(database, "anna");
        let id = dataset(database, anna, "table");
        submit(database, &ingest_of(anna, id));
        let held = claim(database, "w", 60).expect("queued");
        assert!(finish(database, &held, "w", &ingested(&held)));
        let version = read(database, |conn| dataset_version_ref(conn, anna, id)).storage_key;
        let mut keys: Vec<String> = (0..1200).map(|number| format!("uploads/{number}")).collect();
        keys.extend([format!("uploads/{id}"), version.clone()]);
        let named = read(database, |conn| storage_keys_named(conn, &keys));
        assert_eq!(named, [format!("uploads/{id}"), version]);
    });
}
