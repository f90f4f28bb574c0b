//! Lists of jobs, for their owner and for operators: one query, filtered and cut into pages along the indexes.

use contract::jobs::{Job, JobStatus, Lane};
use contract::lists::{DEFAULT_LIMIT, Page};
use contract::operating::AdminJob;
use diesel::helper_types::{InnerJoin, IntoBoxed};
use diesel::prelude::*;
use uuid::Uuid;

use super::administering::{AdminRow, Inside, Owner, admin_view};
use super::reading::{StoredExecution, StoredJob, view_with_parameters};
use crate::dialect::AnyConnection;
use crate::errors::{DomainError, Result};
use crate::lists::{self, Cursor, Key, Sort, SortField, rows_to_load};
use crate::rows::clip;
use crate::schema::{executions, jobs};

/// What jobs can be sorted by.
pub const SORT_FIELDS: [SortField; 1] = [SortField::CreatedAt];

/// Which jobs to list; all of them unless told otherwise.
#[derive(Clone, Debug)]
pub struct JobQuery {
    pub status: Option<JobStatus>,
    pub kind: Option<String>,
    pub lane: Option<Lane>,
    pub user_id: Option<Uuid>,
    pub dataset_id: Option<Uuid>,
    /// The name of the worker that runs it, or ran it last.
    pub worker: Option<String>,
    /// Those that failed for good, and were not cancelled: what can be tried again.
    pub dead: bool,
    pub sort: Sort,
    pub cursor: Option<String>,
    /// 1 to 200.
    pub limit: u32,
}

impl Default for JobQuery {
    fn default() -> Self {
        Self {
            status: None,
            kind: None,
            lane: None,
            user_id: None,
            dataset_id: None,
            worker: None,
            dead: false,
            sort: Sort::default(),
            cursor: None,
            limit: DEFAULT_LIMIT,
        }
    }
}

/// A page of the user's jobs.
pub fn job_list(conn: &mut AnyConnection, user_id: Uuid, query: &JobQuery) -> Result<Page<Job>> {
    let query = JobQuery { user_id: Some(user_id), ..query.clone() };
    let rows = page_of(&query)?.select((StoredJob::as_select(), StoredExecution::as_select(), executions::spec));
    let cursor = |(job, ..): &(StoredJob, StoredExecution, String)| job.cursor().encode(query.sort);
    lists::page(rows.load(conn)?, query.limit, cursor, view_with_parameters)
}

/// A page of everybody's jobs.
pub fn jobs_admin_list(conn: &mut AnyConnection, query: &JobQuery) -> Result<Page<AdminJob>> {
    let columns = (StoredJob::as_select(), StoredExecution::as_select(), Inside::as_select(), Owner::as_select());
    let rows = page_of(query)?.select(columns);
    let cursor = |(job, ..): &AdminRow| job.cursor().encode(query.sort);
    lists::page(rows.load(conn)?, query.limit, cursor, admin_view)
}

type Backend = <AnyConnection as diesel::Connection>::Backend;
type Rows = IntoBoxed<'static, InnerJoin<jobs::table, executions::table>, Backend>;

/// The rows of a page, and the one after it.
fn page_of(query: &JobQuery) -> Result<Rows> {
    if query.sort.field != SortField::CreatedAt {
        return Err(DomainError::invalid("sort", "Jobs are sorted by created_at or -created_at."));
    }
    let cursor = match Cursor::decode(query.cursor.as_deref(), query.sort)? {
        Some(Cursor { key: Key::Time(time), id }) => Some((time, id)),
        _ => None,
    };
    let rows = filtered(query);
    let rows = match query.user_id {
        // One user's jobs lie in their order in an index.
        Some(_) => match (cursor, query.sort.descending) {
            (None, false) => rows.order((jobs::created_at.asc(), jobs::id.asc())),
            (None, true) => rows.order((jobs::created_at.desc(), jobs::id.desc())),
            (Some((time, id)), false) => rows
                .filter(jobs::created_at.ge(time))
                .filter(jobs::created_at.gt(time).or(jobs::id.gt(id)))
                .order((jobs::created_at.asc(), jobs::id.asc())),
            (Some((time, id)), true) => rows
                .filter(jobs::created_at.le(time))
                .filter(jobs::created_at.lt(time).or(jobs::id.lt(id)))
                .order((jobs::created_at.desc(), jobs::id.desc())),
        },
        // Everybody's lie in the order of their ids, which sort by time, in the primary key.
        None => match (cursor, query.sort.descending) {
            (None, false) => rows.order(jobs::id.asc()),
            (None, true) => rows.order(jobs::id.desc()),
            (Some((_, id)), false) => rows.filter(jobs::id.gt(id)).order(jobs::id.asc()),
            (Some((_, id)), true) => rows.filter(jobs::id.lt(id)).order(jobs::id.desc()),
        },
    };
    Ok(rows.limit(rows_to_load(query.limit)))
}

fn filtered(query: &JobQuery) -> Rows {
    let mut rows: Rows = jobs::table.inner_join(executions::table).into_boxed();
    rows = match query.status {
        None => rows,
        Some(JobStatus::Cancelled) => {
            let word = JobStatus::Cancelled.as_str();
            rows.filter(jobs::cancelled_at.is_not_null().or(executions::status.eq(word)))
        }
        Some(status) => rows.filter(jobs::cancelled_at.is_null()).filter(executions::status.eq(status.as_str())),
    };
    if query.dead {
        rows = rows.filter(jobs::cancelled_at.is_null()).filter(executions::status.eq(JobStatus::Failed.as_str()));
    }
    if let Some(kind) = &query.kind {
        rows = rows.filter(executions::kind.eq(clip(kind, 100)));
    }
    if let Some(lane) = query.lane {
        rows = rows.filter(executions::lane.eq(lane.as_str()));
    }
    if let Some(user_id) = query.user_id {
        rows = rows.filter(jobs::user_id.eq(user_id.to_string()));
    }
    if let Some(dataset_id) = query.dataset_id {
        rows = rows.filter(jobs::dataset_id.eq(dataset_id.to_string()));
    }
    if let Some(worker) = &query.worker {
        rows = rows.filter(executions::worker.eq(clip(worker, 200)));
    }
    rows
}
