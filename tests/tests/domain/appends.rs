//! Appended rows in rows of the database: the next version with its lineage, and what becomes of one that was overtaken.

use contract::appends::{AppendParams, Source};
use contract::datasets::{DatasetStatus, Operation};
use contract::errors::{ErrorCode, Failure};
use contract::jobs::{JobSpec, JobStatus};
use domain::datasets::{
    NewSource, dataset_delete, dataset_fetch, dataset_head, dataset_source_add, dataset_versions, storage_keys_named,
};
use domain::jobs::{Claim, Ending, Submission};
use domain::{Database, new_id};
use uuid::Uuid;

use crate::databases::{on_each_database, read, write};
use crate::things::{analysis_of, claim, dataset, fetch, finish, ingest_of, ingested, outcome, submit, user};

fn ready(database: &Database, owner: Uuid) -> Uuid {
    let id = dataset(database, owner, "table");
    submit(database, &ingest_of(owner, id));
    let held = claim(database, "w", 60).expect("queued");
    assert!(finish(database, &held, "w", &ingested(&held)));
    id
}

fn source() -> Source {
    Source { file_name: Some("more.csv".to_owned()), bytes: 7, sha256: "ef".repeat(32) }
}

/// Queues an append and claims it.
fn appending(database: &Database, owner: Uuid, dataset_id: Uuid) -> (Uuid, Claim) {
    let id = new_id();
    let new = NewSource { id, dataset_id, storage_key: format!("uploads/{id}"), source: source() };
    write(database, |conn| dataset_source_add(conn, &new));
    let params =
        AppendParams { dataset_id, source_key: new.storage_key.clone(), source: source(), options: Default::default() };
    let submission = Submission { spec: JobSpec::Append(params), ..ingest_of(owner, dataset_id) };
    let job = submit(database, &submission).into_job();
    (job.id, claim(database, "w", 60).expect("queued"))
}

fn appended(parent: u32) -> Ending {
    let key = format!("versions/{}.parquet", new_id());
    Ending::Appended { result_json: "{}".to_owned(), outcome: outcome(), key, parent }
}

#[test]
fn an_append_leads_to_the_next_version_and_tells_where_it_came_from() {
    on_each_database(|database| {
        let anna = user(database, "anna");
        let id = ready(database, anna);
        let (job, held) = appending(database, anna, id);
        assert_eq!(read(database, |conn| dataset_head(conn, id)).expect("a head").1, 1);
        assert!(finish(database, &held, "w", &appended(1)));
        assert_eq!(fetch(database, anna, job).status, JobStatus::Succeeded);
        let versions = read(database, |conn| dataset_versions(conn, anna, id));
        let newest = &versions[0];
        assert_eq!((versions.len(), newest.number, newest.job_id), (2, 2, job));
        assert_eq!((newest.lineage.operation, newest.lineage.parent), (Operation::Append, Some(1)));
        assert_eq!(newest.lineage.source, Some(source()));
        assert_eq!(versions[1].lineage.operation, Operation::Ingest);
        let JobSpec::Append(params) = &held.spec else { panic!("{:?}", held.spec) };
        let named = read(database, |conn| storage_keys_named(conn, std::slice::from_ref(&params.source_key)));
        assert_eq!(named, std::slice::from_ref(&params.source_key), "the sweep leaves the file");
    });
}

#[test]
fn an_append_that_was_overtaken_begins_anew_and_adds_once() {
    on_each_database(|database| {
        let anna = user(database, "anna");
        let id = ready(database, anna);
        let (slow, first) = appending(database, anna, id);
        let (_, second) = appending(database, anna, id);
        assert!(finish(database, &second, "w", &appended(1)));
        assert!(!finish(database, &first, "w", &appended(1)), "version 2 came between");
        assert_eq!(fetch(database, anna, slow).status, JobStatus::Queued);
        std::thread::sleep(std::time::Duration::from_millis(100));
        let again = claim(database, "w", 60).expect("queued again");
        assert_eq!((again.job_ids.clone(), again.attempt), (vec![slow], 1), "the attempt was not charged");
        assert!(finish(database, &again, "w", &appended(2)));
        assert_eq!(read(database, |conn| dataset_head(conn, id)).expect("a head").1, 3);
    });
}

#[test]
fn an_append_that_fails_leaves_the_dataset_as_it_was() {
    on_each_database(|database| {
        let anna = user(database, "anna");
        let id = ready(database, anna);
        let (_, held) = appending(database, anna, id);
        assert!(finish(database, &held, "w", &Ending::Failed(Failure::new(ErrorCode::InvalidFile, "no"))));
        let dataset = read(database, |conn| dataset_fetch(conn, anna, id));
        assert_eq!((dataset.status, dataset.error), (DatasetStatus::Ready, None));
        assert_eq!(dataset.version.expect("a version").number, 1);
        // Nor does one that ends after the dataset was deleted add anything.
        let other = ready(database, anna);
        let (_, held) = appending(database, anna, other);
        write(database, |conn| dataset_delete(conn, anna, other));
        assert!(!finish(database, &held, "w", &appended(1)));
        let unrelated = analysis_of(anna, id, None);
        assert!(submit(database, &unrelated).needs_bell());
    });
}
