//! The things that tests are about: users, datasets, jobs and outcomes, made in one line each.

use contract::analyses::Analysis;
use contract::analyses::descriptive::DescriptiveParams;
use contract::columns::{Column, ColumnType};
use contract::ingest::{Dialect, IngestOutcome, IngestParams, ParseOptions, Quarantine, SourceKind};
use contract::jobs::{Job, JobSpec, JobStatus, Lane};
use contract::profile::Profile;
use contract::users::Role;
use domain::datasets::{NewDataset, dataset_create};
use domain::jobs::{Claim, Ending, Submission, Submitted, execution_claim, execution_finish, job_fetch, job_submit};
use domain::users::{NewUser, user_create};
use domain::{Database, new_id};
use uuid::Uuid;

use crate::databases::{read, write};

pub fn new_user(name: &str) -> NewUser {
    NewUser {
        email: format!("{name}@example.org"),
        username: name.to_owned(),
        password_hash: "no real hash".to_owned(),
        role: Role::Analyst,
    }
}

pub fn user(database: &Database, name: &str) -> Uuid {
    write(database, |conn| user_create(conn, &new_user(name))).id
}

pub fn new_dataset(owner_id: Uuid, name: &str) -> NewDataset {
    let id = new_id();
    NewDataset {
        ingest: true,
        id,
        owner_id,
        name: name.to_owned(),
        description: String::new(),
        file_name: Some("table.csv".to_owned()),
        bytes: 12,
        sha256: "ab".repeat(32),
        source_key: format!("uploads/{id}"),
    }
}

/// A dataset that is still being read.
pub fn dataset(database: &Database, owner_id: Uuid, name: &str) -> Uuid {
    let new = new_dataset(owner_id, name);
    write(database, |conn| dataset_create(conn, &new));
    new.id
}

/// An analysis of no particular dataset; equal keys are equal requests.
pub fn analysis(user_id: Uuid, key: Option<&str>) -> Submission {
    analysis_of(user_id, new_id(), key)
}

pub fn analysis_of(user_id: Uuid, dataset_id: Uuid, key: Option<&str>) -> Submission {
    let params = DescriptiveParams { percentiles: vec![50.0], top: 3, ..DescriptiveParams::of(dataset_id) };
    Submission {
        key: key.map(str::to_owned),
        cache_seconds: 3600,
        ..Submission::new(user_id, JobSpec::Analysis(Analysis::Descriptive(params)), "request-1", 0)
    }
}

pub fn ingest_of(user_id: Uuid, dataset_id: Uuid) -> Submission {
    let params = IngestParams {
        dataset_id,
        source_key: format!("uploads/{dataset_id}"),
        target_key: format!("versions/{}.parquet", new_id()),
        options: ParseOptions::default(),
    };
    Submission { spec: JobSpec::Ingest(params), cache_seconds: 0, ..analysis_of(user_id, dataset_id, None) }
}

pub fn submit(database: &Database, submission: &Submission) -> Submitted {
    write(database, |conn| job_submit(conn, submission))
}

pub fn fetch(database: &Database, user_id: Uuid, id: Uuid) -> Job {
    read(database, |conn| job_fetch(conn, user_id, id))
}

pub fn status(database: &Database, user_id: Uuid, id: Uuid) -> JobStatus {
    fetch(database, user_id, id).status
}

/// Claims from both lanes with a lease of so many seconds.
pub fn claim(database: &Database, worker: &str, lease_seconds: u32) -> Option<Claim> {
    write(database, |conn| execution_claim(conn, worker, &Lane::ALL, lease_seconds, 0))
}

/// Claims the next execution and ends it well.
pub fn run_next(database: &Database, worker: &str) -> Claim {
    let claimed = claim(database, worker, 60).expect("something is queued");
    let ending = succeeded("{\"rows\":2}");
    let id = (claimed.execution_id, claimed.attempt);
    assert!(write(database, |conn| execution_finish(conn, id.0, id.1, worker, &ending)));
    claimed
}

pub fn succeeded(result: &str) -> Ending {
    Ending::Succeeded { result_json: result.to_owned(), ingest: None }
}

pub fn outcome() -> IngestOutcome {
    IngestOutcome {
        rows: 2,
        rows_in: 2,
        quarantine: Quarantine::default(),
        columns: vec![Column::new("a", ColumnType::Integer)],
        dialect: Dialect { delimiter: Some(','), ..Dialect::of(SourceKind::Csv) },
        content_hash: "cd".repeat(32),
        bytes: 345,
        profile: Profile { rows: 2, columns: Vec::new() },
        preview: vec![vec![1.into()], vec![2.into()]],
    }
}

/// The ending of an ingest whose target is in the claim's spec.
pub fn ingested(claimed: &Claim) -> Ending {
    let JobSpec::Ingest(params) = &claimed.spec else { panic!("{:?} is no ingest", claimed.spec) };
    Ending::Succeeded { result_json: "{}".to_owned(), ingest: Some((outcome(), params.target_key.clone())) }
}

/// Ends a claim; false when it was fenced off.
pub fn finish(database: &Database, claimed: &Claim, worker: &str, ending: &Ending) -> bool {
    write(database, |conn| execution_finish(conn, claimed.execution_id, claimed.attempt, worker, ending))
}
