//! Versions of a dataset: immutable tables in storage with their columns, profile and first rows.

use chrono::NaiveDateTime;
use contract::columns::{Column, Scalar};
use contract::datasets::{DatasetStatus, DatasetVersion, Lineage, Operation};
use contract::errors::{ErrorCode, Failure};
use diesel::prelude::*;
use uuid::Uuid;

use crate::dialect::AnyConnection;
use crate::errors::{DomainError, Result};
use crate::rows::{from_json, parse_id, parse_word, to_i32, to_u32, to_u64, utc};
use crate::schema::{dataset_versions, datasets};

#[derive(Queryable, Selectable)]
#[diesel(table_name = dataset_versions)]
pub(super) struct StoredVersion {
    id: String,
    number: i32,
    row_count: i64,
    quarantine_rows: i64,
    columns_json: String,
    dialect: String,
    content_hash: String,
    bytes: i64,
    job_id: String,
    created_at: NaiveDateTime,
    operation: String,
    parent_number: Option<i32>,
    source: Option<String>,
}

impl StoredVersion {
    pub fn view(self) -> Result<DatasetVersion> {
        Ok(DatasetVersion {
            id: parse_id(&self.id)?,
            number: to_u32(self.number),
            rows: to_u64(self.row_count),
            rows_in: to_u64(self.row_count) + to_u64(self.quarantine_rows),
            quarantine_rows: to_u64(self.quarantine_rows),
            columns: from_json(&self.columns_json)?,
            dialect: from_json(&self.dialect)?,
            content_hash: self.content_hash,
            bytes: to_u64(self.bytes),
            job_id: parse_id(&self.job_id)?,
            created_at: utc(self.created_at),
            lineage: Lineage {
                operation: parse_word(&self.operation, Operation::parse)?,
                parent: self.parent_number.map(to_u32),
                source: self.source.as_deref().map(from_json).transpose()?,
            },
        })
    }
}

/// What a job needs to know of the data it works on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VersionRef {
    pub version_id: Uuid,
    pub storage_key: String,
    /// SHA-256 over schema and values, in hex.
    pub content_hash: String,
    pub columns: Vec<Column>,
    pub rows: u64,
}

type StoredRef = (String, String, String, String, i64);

fn version_ref((id, storage_key, content_hash, columns, rows): StoredRef) -> Result<VersionRef> {
    Ok(VersionRef {
        version_id: parse_id(&id)?,
        storage_key,
        content_hash,
        columns: from_json(&columns)?,
        rows: to_u64(rows),
    })
}

/// The version an execution works on; its dataset may be in the bin by now.
pub(crate) fn version_ref_by_id(conn: &mut AnyConnection, version_id: &str) -> Result<Option<VersionRef>> {
    let row: Option<StoredRef> = dataset_versions::table
        .find(version_id)
        .select((
            dataset_versions::id,
            dataset_versions::storage_key,
            dataset_versions::content_hash,
            dataset_versions::columns_json,
            dataset_versions::row_count,
        ))
        .get_result(conn)
        .optional()?;
    row.map(version_ref).transpose()
}

/// One version by its number; `NotFound` if there is none, or the dataset is another's.
pub fn dataset_version_fetch(
    conn: &mut AnyConnection,
    owner_id: Uuid,
    id: Uuid,
    number: u32,
) -> Result<DatasetVersion> {
    super::dataset_fetch(conn, owner_id, id)?;
    let row: StoredVersion = dataset_versions::table
        .filter(dataset_versions::dataset_id.eq(id.to_string()))
        .filter(dataset_versions::number.eq(to_i32(number)))
        .select(StoredVersion::as_select())
        .get_result(conn)?;
    row.view()
}

/// All versions, newest first. `NotFound` for another's dataset.
pub fn dataset_versions(conn: &mut AnyConnection, owner_id: Uuid, id: Uuid) -> Result<Vec<DatasetVersion>> {
    super::dataset_fetch(conn, owner_id, id)?;
    let rows: Vec<StoredVersion> = dataset_versions::table
        .filter(dataset_versions::dataset_id.eq(id.to_string()))
        .order(dataset_versions::number.desc())
        .select(StoredVersion::as_select())
        .load(conn)?;
    rows.into_iter().map(StoredVersion::view).collect()
}

/// The profile of the version with this number (the current one when none is given), as JSON of
/// `contract::profile::Profile`. `Invalid` (pointer `version`) if there is no such version, `NotReady` while the file is being read;
/// `Failed` if it could not be.
pub fn dataset_profile(conn: &mut AnyConnection, owner_id: Uuid, id: Uuid, number: Option<u32>) -> Result<String> {
    let version = version_at(conn, owner_id, id, number)?;
    Ok(dataset_versions::table.find(version).select(dataset_versions::profile).get_result(conn)?)
}

/// The profile of a version, as JSON of `contract::profile::Profile`, and when it was made.
pub fn version_profile(conn: &mut AnyConnection, version_id: Uuid) -> Result<(String, NaiveDateTime)> {
    let row = dataset_versions::table.find(version_id.to_string());
    Ok(row.select((dataset_versions::profile, dataset_versions::created_at)).get_result(conn)?)
}

/// Columns, the stored first rows and the number of all rows; errors as for [`dataset_profile`].
pub fn dataset_preview(
    conn: &mut AnyConnection,
    owner_id: Uuid,
    id: Uuid,
    number: Option<u32>,
) -> Result<(Vec<Column>, Vec<Vec<Scalar>>, u64)> {
    let version = version_at(conn, owner_id, id, number)?;
    let (columns, rows, total): (String, String, i64) = dataset_versions::table
        .find(version)
        .select((dataset_versions::columns_json, dataset_versions::preview, dataset_versions::row_count))
        .get_result(conn)?;
    Ok((from_json(&columns)?, from_json(&rows)?, to_u64(total)))
}

/// How many rows the current version's quarantine holds, and the key of its file where there are any; errors as for
/// [`dataset_profile`].
pub fn dataset_quarantine(conn: &mut AnyConnection, owner_id: Uuid, id: Uuid) -> Result<(u64, String)> {
    let version = current_version(conn, owner_id, id)?;
    let (rows, key): (i64, String) = dataset_versions::table
        .find(version)
        .select((dataset_versions::quarantine_rows, dataset_versions::storage_key))
        .get_result(conn)?;
    Ok((to_u64(rows), contract::ingest::quarantine_key(&key)))
}

/// What an analysis of the current version needs; errors as for [`dataset_profile`].
pub fn dataset_version_ref(conn: &mut AnyConnection, owner_id: Uuid, id: Uuid) -> Result<VersionRef> {
    let version = current_version(conn, owner_id, id)?;
    version_ref_by_id(conn, &version)?
        .ok_or_else(|| DomainError::internal("a dataset names a version that is not there"))
}

/// As [`dataset_version_ref`], of the version with this number; the current one when none is given. `Invalid` (pointer
/// `version`) if there is no such version.
pub fn dataset_version_ref_at(
    conn: &mut AnyConnection,
    owner_id: Uuid,
    id: Uuid,
    number: Option<u32>,
) -> Result<VersionRef> {
    let version = version_at(conn, owner_id, id, number)?;
    version_ref_by_id(conn, &version)?
        .ok_or_else(|| DomainError::internal("a dataset names a version that is not there"))
}

/// The id of the version with this number, or of the current one.
fn version_at(conn: &mut AnyConnection, owner_id: Uuid, id: Uuid, number: Option<u32>) -> Result<String> {
    let Some(number) = number else { return current_version(conn, owner_id, id) };
    super::dataset_fetch(conn, owner_id, id)?;
    let found: Option<String> = dataset_versions::table
        .filter(dataset_versions::dataset_id.eq(id.to_string()))
        .filter(dataset_versions::number.eq(to_i32(number)))
        .select(dataset_versions::id)
        .get_result(conn)
        .optional()?;
    found.ok_or_else(|| DomainError::invalid("version", format!("The dataset has no version {number}.")))
}

/// The id of the current version, if the dataset is ready.
fn current_version(conn: &mut AnyConnection, owner_id: Uuid, id: Uuid) -> Result<String> {
    let (status, version, error): (String, Option<String>, Option<String>) = datasets::table
        .filter(datasets::id.eq(id.to_string()))
        .filter(datasets::owner_id.eq(owner_id.to_string()))
        .filter(datasets::deleted_at.is_null())
        .select((datasets::status, datasets::version_id, datasets::error))
        .get_result(conn)?;
    match (parse_word(&status, DatasetStatus::parse)?, version) {
        (DatasetStatus::Ready, Some(version)) => Ok(version),
        (DatasetStatus::Failed, _) => Err(DomainError::Failed(match error {
            Some(error) => from_json(&error)?,
            None => Failure::new(ErrorCode::InvalidFile, "The file could not be read."),
        })),
        (DatasetStatus::Uploaded, _) => Err(DomainError::NotReady(
            "The file has not been read yet. Start that with `POST /datasets/{id}/ingest`.".to_owned(),
        )),
        _ => Err(DomainError::NotReady("The file is still being read. Ask again when its job is done.".to_owned())),
    }
}
