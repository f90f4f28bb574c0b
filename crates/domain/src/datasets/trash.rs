//! The bin: deleted datasets can be restored for a while; then, or when their owner says so, they go for good, with their
//! files, versions, jobs and results.

use chrono::{NaiveDateTime, TimeDelta};
use contract::datasets::Dataset;
use contract::ingest::quarantine_key;
use contract::jobs::JobStatus;
use diesel::dsl::{exists, not};
use diesel::prelude::*;
use diesel::sql_types::Text;
use uuid::Uuid;

use super::dataset_fetch;
use crate::dialect::{AnyConnection, statement};
use crate::errors::{DomainError, Result};
use crate::jobs::jobs_cancel_of_dataset;
use crate::rows::{now, parse_id};
use crate::schema::{dataset_sources, dataset_versions, datasets, executions, jobs};

/// Rows that one statement names; SQLite takes 32,766 parameters at most.
const CHUNK: usize = 500;

/// Puts a dataset in the bin and cancels its queued and running jobs; answers the executions that stopped with them, so
/// that workers can be told.
pub fn dataset_delete(conn: &mut AnyConnection, owner_id: Uuid, id: Uuid) -> Result<Vec<Uuid>> {
    dataset_fetch(conn, owner_id, id)?;
    // Executions before datasets, the order of a worker that finishes: the other way round could deadlock.
    let stopped = jobs_cancel_of_dataset(conn, owner_id, id)?;
    let row = datasets::table.find(id.to_string()).filter(datasets::deleted_at.is_null());
    let now = now();
    let changed =
        diesel::update(row).set((datasets::deleted_at.eq(now), datasets::updated_at.eq(now))).execute(conn)?;
    if changed == 0 { Err(DomainError::NotFound) } else { Ok(stopped) }
}

/// Deletes a dataset for good, from the bin or from where it is. From now on nobody sees it; its rows and files go with
/// [`dataset_purge`]. Answers the executions that stopped.
pub fn dataset_delete_for_good(conn: &mut AnyConnection, owner_id: Uuid, id: Uuid) -> Result<Vec<Uuid>> {
    let stopped = match dataset_delete(conn, owner_id, id) {
        Err(DomainError::NotFound) => Vec::new(),
        other => other?,
    };
    let binned = datasets::table
        .find(id.to_string())
        .filter(datasets::owner_id.eq(owner_id.to_string()))
        .filter(datasets::deleted_at.is_not_null())
        .filter(datasets::gone_at.is_null());
    let changed = diesel::update(binned).set(datasets::gone_at.eq(now())).execute(conn)?;
    if changed == 0 { Err(DomainError::NotFound) } else { Ok(stopped) }
}

/// Takes a dataset out of the bin, as it was when it was deleted; `NotFound` unless it is in the owner's bin.
pub fn dataset_restore(conn: &mut AnyConnection, owner_id: Uuid, id: Uuid) -> Result<Dataset> {
    let binned = datasets::table
        .find(id.to_string())
        .filter(datasets::owner_id.eq(owner_id.to_string()))
        .filter(datasets::deleted_at.is_not_null())
        .filter(datasets::gone_at.is_null());
    let changed = diesel::update(binned)
        .set((datasets::deleted_at.eq(None::<NaiveDateTime>), datasets::updated_at.eq(now())))
        .execute(conn)?;
    if changed == 0 {
        return Err(DomainError::NotFound);
    }
    dataset_fetch(conn, owner_id, id)
}

/// Datasets that are due to go: deleted for good, or longer in the bin than this many days.
pub fn datasets_due_for_purge(conn: &mut AnyConnection, days: u64, limit: u32) -> Result<Vec<Uuid>> {
    let before = now() - TimeDelta::days(i64::try_from(days.min(36_500)).unwrap_or(36_500));
    let ids: Vec<String> = datasets::table
        .filter(datasets::deleted_at.is_not_null())
        .filter(datasets::gone_at.is_not_null().or(datasets::deleted_at.lt(before)))
        .order(datasets::deleted_at)
        .limit(i64::from(limit))
        .select(datasets::id)
        .load(conn)?;
    ids.iter().map(|id| parse_id(id)).collect()
}

/// What a purge did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Purged {
    /// Rows are gone; these files in storage are nobody's now.
    Gone(Vec<String>),
    /// Somebody's computation still reads a version. Try again later.
    InUse,
    /// It is not due: restored meanwhile, or gone already.
    NotDue,
}

/// Removes a dataset that is due, with its versions, jobs and the results that no other job names. A computation that
/// others share may still read a version (theirs is the same data): then nothing is removed yet.
pub fn dataset_purge(conn: &mut AnyConnection, id: Uuid, days: u64) -> Result<Purged> {
    let id = id.to_string();
    if is_read(conn, &id)? {
        return Ok(Purged::InUse);
    }
    let query = "SELECT id, owner_id AS owner, source_key AS storage_key FROM datasets
                 WHERE id = ? AND deleted_at IS NOT NULL AND (gone_at IS NOT NULL OR deleted_at < ?) {for_update}";
    let before = now() - TimeDelta::days(i64::try_from(days.min(36_500)).unwrap_or(36_500));
    let found: Vec<Due> = statement(conn, query).text(&id).time(before).load(conn)?;
    let Some(due) = found.into_iter().next() else { return Ok(Purged::NotDue) };
    let mut keys = vec![due.storage_key];
    let versions = dataset_versions::table.filter(dataset_versions::dataset_id.eq(&id));
    let versions: Vec<(String, i64)> =
        versions.select((dataset_versions::storage_key, dataset_versions::quarantine_rows)).load(conn)?;
    for (key, quarantine_rows) in versions {
        if quarantine_rows > 0 {
            keys.push(quarantine_key(&key));
        }
        keys.push(key);
    }
    let sources = dataset_sources::table.filter(dataset_sources::dataset_id.eq(&id));
    keys.extend(sources.select(dataset_sources::storage_key).load::<String>(conn)?);
    remove_jobs(conn, &due.owner, &id)?;
    // Versions and sources go with it.
    diesel::delete(datasets::table.find(&id)).execute(conn)?;
    Ok(Purged::Gone(keys))
}

#[derive(QueryableByName)]
struct Due {
    #[diesel(sql_type = Text)]
    owner: String,
    #[diesel(sql_type = Text)]
    storage_key: String,
}

/// Whether an execution that is queued or running works on one of the dataset's versions or for one of its jobs.
fn is_read(conn: &mut AnyConnection, id: &str) -> Result<bool> {
    let versions = dataset_versions::table.filter(dataset_versions::dataset_id.eq(id)).select(dataset_versions::id);
    let versions: Vec<String> = versions.load(conn)?;
    for chunk in versions.chunks(CHUNK) {
        let reading = executions::table
            .filter(executions::status.eq_any([JobStatus::Queued.as_str(), JobStatus::Running.as_str()]))
            .filter(executions::version_id.eq_any(chunk))
            .count();
        if reading.get_result::<i64>(conn)? > 0 {
            return Ok(true);
        }
    }
    let waiting = jobs::table
        .inner_join(executions::table)
        .filter(jobs::dataset_id.eq(id))
        .filter(jobs::cancelled_at.is_null())
        .filter(executions::finished_at.is_null())
        .count();
    Ok(waiting.get_result::<i64>(conn)? > 0)
}

/// Removes the owner's jobs on the dataset, then the executions that no job names any more, with their results.
fn remove_jobs(conn: &mut AnyConnection, owner: &str, id: &str) -> Result<()> {
    let mine = jobs::table.filter(jobs::dataset_id.eq(id)).filter(jobs::user_id.eq(owner));
    let mut left: Vec<String> = mine.select(jobs::execution_id).load(conn)?;
    diesel::delete(mine).execute(conn)?;
    left.sort_unstable();
    left.dedup();
    for chunk in left.chunks(CHUNK) {
        let named = jobs::table.filter(jobs::execution_id.eq(executions::id));
        let deserted = executions::table.filter(executions::id.eq_any(chunk)).filter(not(exists(named)));
        let deserted: Vec<String> = deserted.select(executions::id).load(conn)?;
        diesel::delete(executions::table.filter(executions::id.eq_any(deserted))).execute(conn)?;
    }
    Ok(())
}
