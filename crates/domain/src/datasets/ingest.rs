//! How ingest ends for its dataset. A dataset in the bin stays there whatever its ingest does.

use contract::appends::Source;
use contract::datasets::{DatasetStatus, Operation};
use contract::errors::{ErrorCode, Failure};
use contract::ingest::IngestOutcome;
use diesel::prelude::*;
use uuid::Uuid;

use crate::dialect::{AnyConnection, statement};
use crate::errors::{DomainError, Result};
use crate::rows::{from_json, new_id, now, to_i32, to_i64, to_json, to_u64};
use crate::schema::{dataset_versions, datasets};

/// Stores the next version and makes the dataset ready; false, and nothing written, if the dataset was deleted meanwhile.
pub fn ingest_succeeded(
    conn: &mut AnyConnection,
    dataset_id: Uuid,
    job_id: &str,
    outcome: &IngestOutcome,
    storage_key: &str,
) -> Result<bool> {
    let dataset = dataset_id.to_string();
    if !lock(conn, &dataset)? {
        return Ok(false);
    }
    let (file_name, bytes, sha256): (Option<String>, i64, String) =
        datasets::table.find(&dataset).select((datasets::file_name, datasets::bytes, datasets::sha256)).first(conn)?;
    let source = Some(Source { file_name, bytes: to_u64(bytes), sha256 });
    let origin = Origin { operation: Operation::Ingest, parent: None, source };
    version_add(conn, &dataset, job_id, outcome, storage_key, &origin)?;
    Ok(true)
}

/// How a version comes to be.
pub(super) struct Origin {
    pub operation: Operation,
    pub parent: Option<u32>,
    pub source: Option<Source>,
}

/// Adds the next version of a dataset that this transaction has locked, and makes it the current one.
pub(super) fn version_add(
    conn: &mut AnyConnection,
    dataset: &str,
    job_id: &str,
    outcome: &IngestOutcome,
    storage_key: &str,
    origin: &Origin,
) -> Result<()> {
    let newest: Option<i32> = dataset_versions::table
        .filter(dataset_versions::dataset_id.eq(dataset))
        .select(diesel::dsl::max(dataset_versions::number))
        .first(conn)?;
    let now = now();
    let id = version_id(storage_key);
    diesel::insert_into(dataset_versions::table)
        .values((
            dataset_versions::id.eq(&id),
            dataset_versions::dataset_id.eq(dataset),
            dataset_versions::number.eq(newest.unwrap_or(0) + 1),
            dataset_versions::row_count.eq(to_i64(outcome.rows)),
            dataset_versions::quarantine_rows.eq(to_i64(outcome.quarantine.rows)),
            dataset_versions::columns_json.eq(to_json(&outcome.columns)?),
            dataset_versions::dialect.eq(to_json(&outcome.dialect)?),
            dataset_versions::content_hash.eq(&outcome.content_hash),
            dataset_versions::bytes.eq(to_i64(outcome.bytes)),
            dataset_versions::storage_key.eq(storage_key),
            dataset_versions::profile.eq(to_json(&outcome.profile)?),
            dataset_versions::preview.eq(to_json(&outcome.preview)?),
            dataset_versions::job_id.eq(job_id),
            dataset_versions::created_at.eq(now),
            dataset_versions::operation.eq(origin.operation.as_str()),
            dataset_versions::parent_number.eq(origin.parent.map(to_i32)),
            dataset_versions::source.eq(origin.source.as_ref().map(to_json).transpose()?),
        ))
        .execute(conn)?;
    diesel::update(datasets::table.find(dataset))
        .set((
            datasets::status.eq(DatasetStatus::Ready.as_str()),
            datasets::version_id.eq(&id),
            datasets::error.eq(None::<String>),
            datasets::updated_at.eq(now),
        ))
        .execute(conn)?;
    Ok(())
}

/// Notes why the file could not be read. A dataset that has an earlier version keeps it, but is `failed` all the same.
pub fn ingest_failed(conn: &mut AnyConnection, dataset_id: Uuid, failure: &Failure) -> Result<()> {
    set_status(conn, dataset_id, DatasetStatus::Failed, Some(to_json(failure)?)).map(drop)
}

/// Where the uploaded file lies, for reading it once more or for the first time; the dataset is `processing` then.
/// `NotFound` for another's dataset, `Conflict` if it is being read, `Failed` if the file holds malware.
pub fn dataset_ingest_begin(conn: &mut AnyConnection, owner_id: Uuid, id: Uuid) -> Result<String> {
    let dataset = super::dataset_fetch(conn, owner_id, id)?;
    if !lock(conn, &id.to_string())? {
        return Err(DomainError::NotFound);
    }
    refuse_infected(conn, id)?;
    let status: String = datasets::table.find(id.to_string()).select(datasets::status).first(conn)?;
    if status == DatasetStatus::Processing.as_str() {
        let message = format!("\"{}\" is being read. Wait for that job, or cancel it.", dataset.name);
        return Err(DomainError::Conflict { field: "dataset_id", message });
    }
    set_status(conn, id, DatasetStatus::Processing, None)?;
    Ok(datasets::table.find(id.to_string()).select(datasets::source_key).first(conn)?)
}

/// Where the uploaded file lies and its SHA-256; `NotFound` for another's dataset, `Failed` if the file holds malware.
pub fn dataset_source(conn: &mut AnyConnection, owner_id: Uuid, id: Uuid) -> Result<(String, String)> {
    super::dataset_fetch(conn, owner_id, id)?;
    refuse_infected(conn, id)?;
    Ok(datasets::table.find(id.to_string()).select((datasets::source_key, datasets::sha256)).first(conn)?)
}

/// The ingest runs again; `NotFound` if the dataset was deleted, `Conflict` if it is being read already.
pub fn ingest_restarted(conn: &mut AnyConnection, dataset_id: Uuid) -> Result<()> {
    if !lock(conn, &dataset_id.to_string())? {
        return Err(DomainError::NotFound);
    }
    if infection(conn, dataset_id)?.is_some() {
        let message = "The file holds malware and is never read. Upload a clean one.".to_owned();
        return Err(DomainError::Conflict { field: "dataset_id", message });
    }
    let status: String = datasets::table.find(dataset_id.to_string()).select(datasets::status).first(conn)?;
    if status != DatasetStatus::Failed.as_str() {
        let message = format!("The dataset is {status}; only the reading of a failed one can be tried again.");
        return Err(DomainError::Conflict { field: "dataset_id", message });
    }
    set_status(conn, dataset_id, DatasetStatus::Processing, None).map(drop)
}

/// A file with malware was set aside; whoever asks for it is told why.
fn refuse_infected(conn: &mut AnyConnection, id: Uuid) -> Result<()> {
    infection(conn, id)?.map_or(Ok(()), |failure| Err(DomainError::Failed(failure)))
}

/// Why the file is not read again, if malware was found in it.
fn infection(conn: &mut AnyConnection, id: Uuid) -> Result<Option<Failure>> {
    let error: Option<String> = datasets::table.find(id.to_string()).select(datasets::error).first(conn)?;
    let failure: Option<Failure> = error.as_deref().map(from_json).transpose()?;
    Ok(failure.filter(|failure| failure.code == ErrorCode::InfectedFile))
}

fn set_status(conn: &mut AnyConnection, id: Uuid, status: DatasetStatus, error: Option<String>) -> Result<usize> {
    let row = datasets::table.find(id.to_string()).filter(datasets::deleted_at.is_null());
    let changed = diesel::update(row)
        .set((datasets::status.eq(status.as_str()), datasets::error.eq(error), datasets::updated_at.eq(now())))
        .execute(conn)?;
    Ok(changed)
}

#[derive(QueryableByName)]
struct Found {
    #[diesel(sql_type = diesel::sql_types::Text)]
    #[expect(dead_code, reason = "only whether there is a row counts")]
    id: String,
}

/// Locks the dataset's row until the transaction ends; false if it is deleted.
pub(super) fn lock(conn: &mut AnyConnection, id: &str) -> Result<bool> {
    let query = "SELECT id FROM datasets WHERE id = ? AND deleted_at IS NULL {for_update}";
    let found: Vec<Found> = statement(conn, query).text(id).load(conn)?;
    Ok(!found.is_empty())
}

/// The id in `versions/<id>.parquet`, so that row and file carry one name.
fn version_id(storage_key: &str) -> String {
    let name = storage_key.rsplit('/').next().and_then(|file| file.strip_suffix(".parquet"));
    name.and_then(|name| Uuid::parse_str(name).ok()).unwrap_or_else(new_id).to_string()
}
