//! Jobs as an operator sees them: everybody's, with the errors of every attempt, and trying dead ones again.

use contract::jobs::{JobSpec, JobStatus, Lane};
use contract::operating::{AdminJob, AttemptFailure};
use diesel::prelude::*;
use uuid::Uuid;

use super::reading::{StoredExecution, StoredJob, view};
use crate::datasets::ingest_restarted;
use crate::dialect::{AnyConnection, statement};
use crate::errors::{DomainError, Result};
use crate::rows::{from_json, parse_id, parse_word, to_u32, utc};
use crate::schema::{execution_failures, executions, jobs};

/// What a job's owner does not see of its execution.
#[derive(Queryable, Selectable)]
#[diesel(table_name = executions)]
pub(super) struct Inside {
    id: String,
    priority: i32,
    worker: Option<String>,
    crashes: i32,
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = jobs)]
pub(super) struct Owner {
    user_id: String,
}

pub(super) type AdminRow = (StoredJob, StoredExecution, Inside, Owner);

pub(super) fn admin_view((job, execution, inside, owner): AdminRow) -> Result<AdminJob> {
    Ok(AdminJob {
        job: view((job, execution))?,
        user_id: parse_id(&owner.user_id)?,
        execution_id: parse_id(&inside.id)?,
        priority: inside.priority,
        worker: inside.worker,
        crashes: to_u32(inside.crashes),
    })
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
