//! Jobs as an operator sees them: everybody's, with the errors of every attempt, and trying dead ones again.

use contract::jobs::{JobSpec, JobStatus, Lane};
use contract::lists::{DEFAULT_LIMIT, Page};
use contract::operating::{AdminJob, AttemptFailure};
use diesel::prelude::*;
use uuid::Uuid;

use super::reading::{StoredExecution, StoredJob, view};
use crate::datasets::ingest_restarted;
use crate::dialect::{AnyConnection, statement};
use crate::errors::{DomainError, Result};
use crate::lists::{self, Cursor, Sort, rows_to_load};
use crate::rows::{clip, from_json, parse_id, parse_word, to_u32, utc};
use crate::schema::{execution_failures, executions, jobs};

/// Which jobs to list; the newest first.
#[derive(Clone, Debug)]
pub struct AdminJobQuery {
    pub status: Option<JobStatus>,
    pub kind: Option<String>,
    pub lane: Option<Lane>,
    pub user_id: Option<Uuid>,
    /// The name of the worker that runs it, or ran it last.
    pub worker: Option<String>,
    /// Those that failed for good, and were not cancelled: what can be tried again.
    pub dead: bool,
    pub cursor: Option<String>,
    /// 1 to 200.
    pub limit: u32,
}

impl Default for AdminJobQuery {
    fn default() -> Self {
        Self {
            status: None,
            kind: None,
            lane: None,
            user_id: None,
            worker: None,
            dead: false,
            cursor: None,
            limit: DEFAULT_LIMIT,
        }
    }
}

/// What a job's owner does not see of its execution.
#[derive(Queryable, Selectable)]
#[diesel(table_name = executions)]
struct Inside {
    id: String,
    priority: i32,
    worker: Option<String>,
    crashes: i32,
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = jobs)]
struct Owner {
    user_id: String,
}

type AdminRow = (StoredJob, StoredExecution, Inside, Owner);

fn admin_view((job, execution, inside, owner): AdminRow) -> Result<AdminJob> {
    Ok(AdminJob {
        job: view((job, execution))?,
        user_id: parse_id(&owner.user_id)?,
        execution_id: parse_id(&inside.id)?,
        priority: inside.priority,
        worker: inside.worker,
        crashes: to_u32(inside.crashes),
    })
}

/// A page of everybody's jobs. The ids sort by time, so the newest come first along the primary key.
pub fn jobs_admin_list(conn: &mut AnyConnection, query: &AdminJobQuery) -> Result<Page<AdminJob>> {
    let mut rows = jobs::table
        .inner_join(executions::table)
        .select((StoredJob::as_select(), StoredExecution::as_select(), Inside::as_select(), Owner::as_select()))
        .order(jobs::id.desc())
        .into_boxed();
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
    if let Some(worker) = &query.worker {
        rows = rows.filter(executions::worker.eq(clip(worker, 200)));
    }
    if let Some(cursor) = Cursor::decode(query.cursor.as_deref(), Sort::default())? {
        rows = rows.filter(jobs::id.lt(cursor.id));
    }
    let rows: Vec<AdminRow> = rows.limit(rows_to_load(query.limit)).load(conn)?;
    let cursor = |(job, ..): &AdminRow| job.cursor().encode(Sort::default());
    lists::page(rows, query.limit, cursor, admin_view)
}

/// One job of anybody; `NotFound` if there is none.
pub fn job_admin_fetch(conn: &mut AnyConnection, job_id: Uuid) -> Result<AdminJob> {
    let row: AdminRow = jobs::table
        .inner_join(executions::table)
        .filter(jobs::id.eq(job_id.to_string()))
        .select((StoredJob::as_select(), StoredExecution::as_select(), Inside::as_select(), Owner::as_select()))
        .first(conn)?;
    admin_view(row)
}

/// The attempts of a job's execution that did not succeed, the first one first; at most the latest 200.
pub fn execution_errors(conn: &mut AnyConnection, job_id: Uuid) -> Result<Vec<AttemptFailure>> {
    type Row = (i32, Option<String>, Option<chrono::NaiveDateTime>, chrono::NaiveDateTime, String);
    let execution: String = jobs::table.find(job_id.to_string()).select(jobs::execution_id).first(conn)?;
    let mut rows: Vec<Row> = execution_failures::table
        .filter(execution_failures::execution_id.eq(execution))
        .order(execution_failures::id.desc())
        .select((
            execution_failures::attempt,
            execution_failures::worker,
            execution_failures::started_at,
            execution_failures::ended_at,
            execution_failures::failure,
        ))
        .limit(200)
        .load(conn)?;
    rows.reverse();
    let chain = rows.into_iter().map(|(attempt, worker, started_at, ended_at, failure)| {
        Ok(AttemptFailure {
            attempt: to_u32(attempt),
            worker,
            started_at: started_at.map(utc),
            ended_at: utc(ended_at),
            failure: from_json(&failure)?,
        })
    });
    chain.collect()
}

/// A dead job that waits for a worker again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Revived {
    pub job_id: Uuid,
    pub execution_id: Uuid,
    /// The lane to ring in.
    pub lane: Lane,
}

/// Queues the executions of dead jobs again, under the same ids, so that whoever polls them gets the result after all.
/// Attempts are counted on, since they fence; crashes begin anew. Left out are jobs that are not dead, that were
/// cancelled, whose work runs already under another execution of the same key, or whose dataset is gone.
pub fn execution_retry_dead(conn: &mut AnyConnection, job_ids: &[Uuid]) -> Result<Vec<Revived>> {
    let mut revived = Vec::new();
    for job_id in job_ids {
        if let Some((execution_id, lane)) = revive(conn, &job_id.to_string())? {
            revived.push(Revived { job_id: *job_id, execution_id, lane });
        }
    }
    Ok(revived)
}

fn revive(conn: &mut AnyConnection, job_id: &str) -> Result<Option<(Uuid, Lane)>> {
    const REVIVE: &str = "
        UPDATE executions
        SET status = 'queued', crashes = 0, worker = NULL, lease_until = NULL, started_at = NULL, finished_at = NULL,
            not_before = NULL, error = NULL, progress_fraction = 0, progress_stage = '', progress_rows = 0
        WHERE id = ? AND status = 'failed' AND NOT EXISTS (
            SELECT 1 FROM executions other WHERE other.share_key = executions.share_key
              AND other.status IN ('queued', 'running'))";
    let found: Option<(String, String, String)> = jobs::table
        .inner_join(executions::table)
        .filter(jobs::id.eq(job_id))
        .filter(jobs::cancelled_at.is_null())
        .filter(executions::status.eq(JobStatus::Failed.as_str()))
        .select((executions::id, executions::lane, executions::spec))
        .first(conn)
        .optional()?;
    let Some((execution, lane, spec)) = found else { return Ok(None) };
    if let JobSpec::Ingest(params) = from_json(&spec)? {
        match ingest_restarted(conn, params.dataset_id) {
            Ok(()) => {}
            Err(DomainError::NotFound | DomainError::Conflict { .. }) => return Ok(None),
            Err(error) => return Err(error),
        }
    }
    if statement(conn, REVIVE).text(&execution).execute(conn)? == 0 {
        return Ok(None);
    }
    Ok(Some((parse_id(&execution)?, parse_word(&lane, Lane::parse)?)))
}
