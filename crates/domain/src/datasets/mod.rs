//! Datasets: what their owner sees and renames. Versions and previews are in `versions`, ends of ingest in `ingest`,
//! appended rows in `appends`, the bin in `trash`.

mod appends;
mod ingest;
mod storage_keys;
mod trash;
mod versions;

use chrono::NaiveDateTime;
use contract::datasets::{Dataset, DatasetPatch, DatasetStatus, MAX_DESCRIPTION_LENGTH, MAX_NAME_LENGTH};
use contract::errors::FieldError;
use contract::lists::Page;
use diesel::prelude::*;
use uuid::Uuid;

use crate::dialect::AnyConnection;
use crate::errors::{DomainError, Result};
use crate::lists::{self, Cursor, Key, Sort, SortField, rows_to_load, search_pattern};
use crate::rows::{clip, from_json, now, parse_id, parse_word, to_i64, to_u64, utc};
use crate::schema::{dataset_versions, datasets};

pub(crate) use appends::{Appended, append_succeeded};
pub use appends::{NewSource, dataset_head, dataset_source_add};
pub use ingest::{dataset_ingest_begin, dataset_source};
pub(crate) use ingest::{ingest_failed, ingest_restarted, ingest_succeeded};
pub use storage_keys::storage_keys_named;
pub use trash::{
    Purged, dataset_delete, dataset_delete_for_good, dataset_purge, dataset_restore, datasets_due_for_purge,
};
use versions::StoredVersion;
pub(crate) use versions::version_ref_by_id;
pub use versions::{
    VersionRef, dataset_preview, dataset_profile, dataset_quarantine, dataset_version_fetch, dataset_version_ref,
    dataset_version_ref_at, dataset_versions, version_profile,
};

/// What datasets can be sorted by.
pub const SORT_FIELDS: [SortField; 2] = [SortField::CreatedAt, SortField::Name];

/// A dataset whose file has been stored.
#[derive(Clone, Debug)]
pub struct NewDataset {
    /// Made by the caller, since it names the file in storage.
    pub id: Uuid,
    pub owner_id: Uuid,
    pub name: String,
    pub description: String,
    pub file_name: Option<String>,
    pub bytes: u64,
    pub sha256: String,
    pub source_key: String,
    /// Whether its ingest begins at once; otherwise the file waits to be read.
    pub ingest: bool,
}

/// Which datasets to list.
#[derive(Clone, Debug)]
pub struct ListQuery {
    /// Looked for in name, file name and description, whatever the case.
    pub q: Option<String>,
    /// Those in the bin instead of the others.
    pub trash: bool,
    pub sort: Sort,
    pub cursor: Option<String>,
    /// 1 to 200.
    pub limit: u32,
}

impl Default for ListQuery {
    fn default() -> Self {
        Self { q: None, trash: false, sort: Sort::default(), cursor: None, limit: contract::lists::DEFAULT_LIMIT }
    }
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = datasets)]
struct StoredDataset {
    id: String,
    name: String,
    name_key: String,
    description: String,
    status: String,
    file_name: Option<String>,
    bytes: i64,
    sha256: String,
    error: Option<String>,
    created_at: NaiveDateTime,
    updated_at: NaiveDateTime,
    deleted_at: Option<NaiveDateTime>,
}

type DatasetRow = (StoredDataset, Option<StoredVersion>);

fn view((row, version): DatasetRow) -> Result<Dataset> {
    Ok(Dataset {
        id: parse_id(&row.id)?,
        name: row.name,
        description: row.description,
        status: parse_word(&row.status, DatasetStatus::parse)?,
        file_name: row.file_name,
        bytes: to_u64(row.bytes),
        sha256: row.sha256,
        version: version.map(StoredVersion::view).transpose()?,
        error: row.error.as_deref().map(from_json).transpose()?,
        created_at: utc(row.created_at),
        updated_at: utc(row.updated_at),
        deleted_at: row.deleted_at.map(utc),
    })
}

/// Records an upload; its status is `processing`, or `uploaded` if its ingest is left for later. `Invalid` if name or description is not acceptable.
pub fn dataset_create(conn: &mut AnyConnection, new: &NewDataset) -> Result<()> {
    let name = dataset_name_check(&new.name)?;
    let description = description_check(&new.description)?;
    let file_name = new.file_name.as_deref().map(|name| clip(name, 400));
    let now = now();
    let status = if new.ingest { DatasetStatus::Processing } else { DatasetStatus::Uploaded };
    diesel::insert_into(datasets::table)
        .values((
            datasets::id.eq(new.id.to_string()),
            datasets::owner_id.eq(new.owner_id.to_string()),
            datasets::name.eq(&name),
            datasets::name_key.eq(name.to_lowercase()),
            datasets::search_text.eq(search_text(&name, file_name.as_deref(), &description)),
            datasets::description.eq(&description),
            datasets::status.eq(status.as_str()),
            datasets::file_name.eq(&file_name),
            datasets::bytes.eq(to_i64(new.bytes)),
            datasets::sha256.eq(&new.sha256),
            datasets::source_key.eq(&new.source_key),
            datasets::created_at.eq(now),
            datasets::updated_at.eq(now),
        ))
        .execute(conn)?;
    Ok(())
}

/// The name as it is stored, without white space around it; `Invalid` (pointer `/name`) if it cannot be one.
pub fn dataset_name_check(name: &str) -> Result<String> {
    let name = name.trim();
    let length = name.chars().count();
    if name.is_empty() {
        return Err(DomainError::invalid("/name", "Give the dataset a name."));
    }
    if length > MAX_NAME_LENGTH {
        let detail = format!("The name has {length} characters; at most {MAX_NAME_LENGTH} are allowed.");
        return Err(DomainError::invalid("/name", detail));
    }
    if name.chars().any(char::is_control) {
        return Err(DomainError::invalid("/name", "The name holds a control character. Leave it out."));
    }
    Ok(name.to_owned())
}

fn description_check(description: &str) -> Result<String> {
    let length = description.chars().count();
    if length > MAX_DESCRIPTION_LENGTH {
        let detail = format!("The description has {length} characters; at most {MAX_DESCRIPTION_LENGTH} are allowed.");
        return Err(DomainError::invalid("/description", detail));
    }
    if description.contains('\0') {
        return Err(DomainError::invalid("/description", "The description holds a NUL character. Leave it out."));
    }
    Ok(description.to_owned())
}

fn search_text(name: &str, file_name: Option<&str>, description: &str) -> String {
    [name, file_name.unwrap_or_default(), description].join("\n").to_lowercase()
}

/// One dataset of its owner; `NotFound` if it is somebody else's or deleted.
pub fn dataset_fetch(conn: &mut AnyConnection, owner_id: Uuid, id: Uuid) -> Result<Dataset> {
    let row: DatasetRow = datasets::table
        .left_join(dataset_versions::table)
        .filter(datasets::id.eq(id.to_string()))
        .filter(datasets::owner_id.eq(owner_id.to_string()))
        .filter(datasets::deleted_at.is_null())
        .select((StoredDataset::as_select(), Option::<StoredVersion>::as_select()))
        .get_result(conn)?;
    view(row)
}

/// A page of the owner's datasets.
pub fn dataset_list(conn: &mut AnyConnection, owner_id: Uuid, query: &ListQuery) -> Result<Page<Dataset>> {
    let sort = query.sort;
    let mut rows = datasets::table
        .left_join(dataset_versions::table)
        .filter(datasets::owner_id.eq(owner_id.to_string()))
        .filter(datasets::gone_at.is_null())
        .select((StoredDataset::as_select(), Option::<StoredVersion>::as_select()))
        .into_boxed();
    rows = match query.trash {
        true => rows.filter(datasets::deleted_at.is_not_null()),
        false => rows.filter(datasets::deleted_at.is_null()),
    };
    if let Some(pattern) = search_pattern(query.q.as_deref()) {
        rows = rows.filter(datasets::search_text.like(pattern).escape('\\'));
    }
    // The range on the key alone lets the database walk its index; the rest breaks ties.
    rows = match (Cursor::decode(query.cursor.as_deref(), sort)?, sort.descending) {
        (None, _) => rows,
        (Some(Cursor { key: Key::Time(time), id }), false) => {
            rows.filter(datasets::created_at.ge(time)).filter(datasets::created_at.gt(time).or(datasets::id.gt(id)))
        }
        (Some(Cursor { key: Key::Time(time), id }), true) => {
            rows.filter(datasets::created_at.le(time)).filter(datasets::created_at.lt(time).or(datasets::id.lt(id)))
        }
        (Some(Cursor { key: Key::Text(name), id }), false) => {
            rows.filter(datasets::name_key.ge(name.clone())).filter(datasets::name_key.gt(name).or(datasets::id.gt(id)))
        }
        (Some(Cursor { key: Key::Text(name), id }), true) => {
            rows.filter(datasets::name_key.le(name.clone())).filter(datasets::name_key.lt(name).or(datasets::id.lt(id)))
        }
    };
    rows = match (sort.field, sort.descending) {
        (SortField::CreatedAt, false) => rows.order((datasets::created_at.asc(), datasets::id.asc())),
        (SortField::CreatedAt, true) => rows.order((datasets::created_at.desc(), datasets::id.desc())),
        (SortField::Name, false) => rows.order((datasets::name_key.asc(), datasets::id.asc())),
        (SortField::Name, true) => rows.order((datasets::name_key.desc(), datasets::id.desc())),
    };
    let rows: Vec<DatasetRow> = rows.limit(rows_to_load(query.limit)).load(conn)?;
    let cursor = |(row, _): &DatasetRow| {
        let key = match sort.field {
            SortField::CreatedAt => Key::Time(row.created_at),
            SortField::Name => Key::Text(row.name_key.clone()),
        };
        Cursor { key, id: row.id.clone() }.encode(sort)
    };
    lists::page(rows, query.limit, cursor, view)
}

/// Changes name and description; fields left out stay.
pub fn dataset_update(conn: &mut AnyConnection, owner_id: Uuid, id: Uuid, patch: &DatasetPatch) -> Result<Dataset> {
    let before = dataset_fetch(conn, owner_id, id)?;
    let name = patch.name.as_deref().map_or_else(|| Ok(before.name), dataset_name_check);
    let description = patch.description.as_deref().map_or_else(|| Ok(before.description), description_check);
    let (name, description) = match (name, description) {
        (Ok(name), Ok(description)) => (name, description),
        (name, description) => return Err(both(name.err(), description.err())),
    };
    let row = datasets::table.find(id.to_string()).filter(datasets::deleted_at.is_null());
    let changed = diesel::update(row)
        .set((
            datasets::name.eq(&name),
            datasets::name_key.eq(name.to_lowercase()),
            datasets::search_text.eq(search_text(&name, before.file_name.as_deref(), &description)),
            datasets::description.eq(&description),
            datasets::updated_at.eq(now()),
        ))
        .execute(conn)?;
    if changed == 0 {
        return Err(DomainError::NotFound);
    }
    dataset_fetch(conn, owner_id, id)
}

/// Both fields' errors in one answer.
fn both(first: Option<DomainError>, second: Option<DomainError>) -> DomainError {
    let mut errors: Vec<FieldError> = Vec::new();
    for error in [first, second].into_iter().flatten() {
        match error {
            DomainError::Invalid(more) => errors.extend(more),
            other => return other,
        }
    }
    DomainError::Invalid(errors)
}
