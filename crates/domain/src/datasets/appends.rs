//! Appended rows: their file, the version they continue, and the version they lead to.

use contract::appends::Source;
use contract::datasets::{DatasetStatus, Operation};
use contract::ingest::IngestOutcome;
use diesel::prelude::*;
use uuid::Uuid;

use super::ingest::{Origin, lock, version_add};
use super::versions::{VersionRef, version_ref_by_id};
use crate::dialect::AnyConnection;
use crate::errors::Result;
use crate::rows::{clip, now, to_i64, to_u32};
use crate::schema::{dataset_sources, dataset_versions, datasets};

/// A stored file whose rows are to join a dataset.
#[derive(Clone, Debug)]
pub struct NewSource {
    /// Made by the caller, since it names the file in storage.
    pub id: Uuid,
    pub dataset_id: Uuid,
    pub storage_key: String,
    pub source: Source,
}

/// Records the file, so that the sweep of storage leaves it.
pub fn dataset_source_add(conn: &mut AnyConnection, new: &NewSource) -> Result<()> {
    diesel::insert_into(dataset_sources::table)
        .values((
            dataset_sources::id.eq(new.id.to_string()),
            dataset_sources::dataset_id.eq(new.dataset_id.to_string()),
            dataset_sources::storage_key.eq(&new.storage_key),
            dataset_sources::file_name.eq(new.source.file_name.as_deref().map(|name| clip(name, 400))),
            dataset_sources::bytes.eq(to_i64(new.source.bytes)),
            dataset_sources::sha256.eq(&new.source.sha256),
            dataset_sources::created_at.eq(now()),
        ))
        .execute(conn)?;
    Ok(())
}

/// The newest version and its number, for a worker that continues it; none if the dataset is deleted or not ready.
pub fn dataset_head(conn: &mut AnyConnection, dataset_id: Uuid) -> Result<Option<(VersionRef, u32)>> {
    let head: Option<(String, i32)> = datasets::table
        .inner_join(dataset_versions::table)
        .filter(datasets::id.eq(dataset_id.to_string()))
        .filter(datasets::deleted_at.is_null())
        .filter(datasets::status.eq(DatasetStatus::Ready.as_str()))
        .select((dataset_versions::id, dataset_versions::number))
        .first(conn)
        .optional()?;
    let Some((id, number)) = head else { return Ok(None) };
    Ok(version_ref_by_id(conn, &id)?.map(|version| (version, to_u32(number))))
}

/// What became of an append.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Appended {
    Stored,
    /// Another version came first; the rows must be appended to that one.
    Overtaken,
    /// The dataset was deleted meanwhile.
    Deleted,
}

/// Stores the version that continues version `parent`, unless another one has come between.
pub(crate) fn append_succeeded(
    conn: &mut AnyConnection,
    dataset_id: Uuid,
    job_id: &str,
    outcome: &IngestOutcome,
    storage_key: &str,
    parent: u32,
    source: &Source,
) -> Result<Appended> {
    let dataset = dataset_id.to_string();
    if !lock(conn, &dataset)? {
        return Ok(Appended::Deleted);
    }
    match dataset_head(conn, dataset_id)? {
        Some((_, number)) if number == parent => {}
        Some(_) => return Ok(Appended::Overtaken),
        None => return Ok(Appended::Deleted),
    }
    let origin = Origin { operation: Operation::Append, parent: Some(parent), source: Some(source.clone()) };
    version_add(conn, &dataset, job_id, outcome, storage_key, &origin)?;
    Ok(Appended::Stored)
}
