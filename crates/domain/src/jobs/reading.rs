//! Jobs as their owner sees them: one, and its outcome.

use chrono::{DateTime, NaiveDateTime, Utc};
use contract::errors::{ErrorCode, Failure};
use contract::jobs::{Job, JobResult, JobSpec, JobStatus, Lane, Progress};
use diesel::prelude::*;
use serde_json::value::{RawValue, to_raw_value};
use uuid::Uuid;

use super::Submission;
use crate::dialect::AnyConnection;
use crate::errors::{DomainError, Result};
use crate::lists::{Cursor, Key};
use crate::rows::{clip, from_json, new_id, now, parse_id, parse_word, to_u32, to_u64, utc};
use crate::schema::{execution_results, executions, jobs};

#[derive(Queryable, Selectable)]
#[diesel(table_name = jobs)]
pub(super) struct StoredJob {
    pub(super) id: String,
    pub(super) dataset_id: Option<String>,
    pub(super) cached: bool,
    pub(super) age_seconds: Option<f64>,
    pub(super) request_id: String,
    pub(super) created_at: NaiveDateTime,
    pub(super) cancelled_at: Option<NaiveDateTime>,
}

impl StoredJob {
    /// A job that begins now; with an age it is answered by an execution that is finished.
    pub(super) fn begun(submission: &Submission, dataset_id: Option<Uuid>, age: Option<f64>) -> Self {
        Self {
            id: new_id().to_string(),
            dataset_id: dataset_id.map(|id| id.to_string()),
            cached: age.is_some(),
            age_seconds: age,
            request_id: clip(&submission.request_id, 200),
            created_at: now(),
            cancelled_at: None,
        }
    }

    /// Where the page after this job begins.
    pub(super) fn cursor(&self) -> Cursor {
        Cursor { key: Key::Time(self.created_at), id: self.id.clone() }
    }
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = executions)]
pub(super) struct StoredExecution {
    kind: String,
    lane: String,
    status: String,
    attempt: i32,
    progress_fraction: f64,
    progress_stage: String,
    progress_rows: i64,
    error: Option<String>,
    started_at: Option<NaiveDateTime>,
    finished_at: Option<NaiveDateTime>,
}

impl StoredExecution {
    /// When the result was computed. What was answered without an attempt was computed before, at its start.
    pub(super) const fn computed_at(&self) -> Option<NaiveDateTime> {
        if self.attempt == 0 { self.started_at } else { self.finished_at }
    }

    /// An execution that was queued in this very transaction.
    pub(super) fn queued(spec: &JobSpec) -> Self {
        Self {
            kind: spec.kind().to_owned(),
            lane: spec.lane().as_str().to_owned(),
            status: JobStatus::Queued.as_str().to_owned(),
            attempt: 0,
            progress_fraction: 0.0,
            progress_stage: String::new(),
            progress_rows: 0,
            error: None,
            started_at: None,
            finished_at: None,
        }
    }
}

pub(super) type JobRow = (StoredJob, StoredExecution);

/// A job that joined an execution, or found it finished, did not begin before it was asked for.
pub(super) fn view((job, execution): JobRow) -> Result<Job> {
    let executed: JobStatus = parse_word(&execution.status, JobStatus::parse)?;
    let status = if job.cancelled_at.is_some() { JobStatus::Cancelled } else { executed };
    let error = match status {
        JobStatus::Cancelled => Some(cancelled()),
        JobStatus::Failed => execution.error.as_deref().map(from_json).transpose()?,
        _ => None,
    };
    let finished_at = job.cancelled_at.or(execution.finished_at).map(|time| time.max(job.created_at));
    Ok(Job {
        id: parse_id(&job.id)?,
        kind: execution.kind,
        status,
        lane: parse_word(&execution.lane, Lane::parse)?,
        dataset_id: job.dataset_id.as_deref().map(parse_id).transpose()?,
        attempt: to_u32(execution.attempt),
        progress: Progress {
            fraction: execution.progress_fraction,
            stage: execution.progress_stage,
            rows: to_u64(execution.progress_rows),
        },
        cached: job.cached,
        age_seconds: job.age_seconds,
        error,
        created_at: utc(job.created_at),
        started_at: execution.started_at.map(|time| utc(time.max(job.created_at))),
        finished_at: finished_at.map(utc),
        request_id: job.request_id,
        parameters: None,
        result: None,
    })
}

/// The same with what was asked for, which lists tell so that jobs of one kind can be told apart.
pub(super) fn view_with_parameters((job, execution, spec): (StoredJob, StoredExecution, String)) -> Result<Job> {
    let mut job = view((job, execution))?;
    if let Ok(JobSpec::Analysis(analysis)) = from_json(&spec) {
        let mut asked = analysis.canonical();
        job.parameters = asked.get_mut("params").map(|params| to_raw_value(params)).transpose()?;
    }
    Ok(job)
}

pub(super) fn cancelled() -> Failure {
    Failure::new(ErrorCode::Cancelled, "The job was cancelled.").advice("Start it again if you still need it.")
}

/// One job of its owner; `NotFound` if it is somebody else's.
pub fn job_fetch(conn: &mut AnyConnection, user_id: Uuid, id: Uuid) -> Result<Job> {
    let row: JobRow = jobs::table
        .inner_join(executions::table)
        .filter(jobs::id.eq(id.to_string()))
        .filter(jobs::user_id.eq(user_id.to_string()))
        .select((StoredJob::as_select(), StoredExecution::as_select()))
        .get_result(conn)?;
    view(row)
}

/// The outcome. `NotReady` until the job is final; `Failed` with the reason if it failed or was cancelled.
pub fn job_result(conn: &mut AnyConnection, user_id: Uuid, id: Uuid) -> Result<JobResult> {
    let outcome = job_outcome(conn, user_id, id)?;
    let job = outcome.job;
    match job.status {
        JobStatus::Queued | JobStatus::Running => {
            let message = format!("The job is {}. Ask again when it is done.", job.status.as_str());
            return Err(DomainError::NotReady(message));
        }
        JobStatus::Failed | JobStatus::Cancelled => {
            let unknown = || Failure::new(ErrorCode::Internal, "The job failed for an unknown reason.");
            return Err(DomainError::Failed(job.error.unwrap_or_else(unknown)));
        }
        JobStatus::Succeeded => {}
    }
    Ok(JobResult {
        job_id: id,
        kind: job.kind,
        cached: job.cached,
        age_seconds: job.age_seconds,
        computed_at: outcome.computed_at.unwrap_or(job.created_at),
        result: job.result.ok_or_else(|| DomainError::internal("a succeeded execution without a result"))?,
    })
}

/// The job, with its result once it has succeeded; `NotFound` if it is somebody else's.
pub fn job_with_result(conn: &mut AnyConnection, user_id: Uuid, id: Uuid) -> Result<Job> {
    Ok(job_outcome(conn, user_id, id)?.job)
}

struct Outcome {
    job: Job,
    computed_at: Option<DateTime<Utc>>,
}

fn job_outcome(conn: &mut AnyConnection, user_id: Uuid, id: Uuid) -> Result<Outcome> {
    let (job, execution, result): (StoredJob, StoredExecution, Option<String>) = jobs::table
        .inner_join(executions::table.left_join(execution_results::table))
        .filter(jobs::id.eq(id.to_string()))
        .filter(jobs::user_id.eq(user_id.to_string()))
        .select((StoredJob::as_select(), StoredExecution::as_select(), execution_results::result.nullable()))
        .get_result(conn)?;
    let computed_at = execution.computed_at().map(utc);
    let mut job = view((job, execution))?;
    if job.status == JobStatus::Succeeded {
        job.result = result.map(RawValue::from_string).transpose()?;
    }
    Ok(Outcome { job, computed_at })
}
