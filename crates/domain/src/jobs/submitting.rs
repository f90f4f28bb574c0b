//! Submitting: a new execution, a share in one that is under way, or a result that is there already.

use chrono::{NaiveDateTime, TimeDelta};
use contract::jobs::{Job, JobSpec, JobStatus};
use diesel::prelude::*;
use serde_json::value::RawValue;
use uuid::Uuid;

use super::reading::{StoredExecution, StoredJob, view};
use super::{Submission, Submitted, job_fetch};
use crate::datasets::ingest_restarted;
use crate::dialect::{AnyConnection, statement};
use crate::errors::{DomainError, Result};
use crate::rows::{age_of, clip, from_json, new_id, now, parse_id, to_json};
use crate::schema::{execution_results, executions, jobs};

/// How often to look again when an execution ends in the very moment of joining it.
const TRIES: usize = 8;

/// Records a job; call it in the transaction that records whatever else the request changes.
///
/// A succeeded execution of the same key answers for `cache_seconds`; a queued or running one is joined; failed and
/// cancelled ones are never shared. However many submit one key at once, one execution results.
pub fn job_submit(conn: &mut AnyConnection, submission: &Submission) -> Result<Submitted> {
    submit_for(conn, submission, submission.spec.dataset_id())
}

fn submit_for(conn: &mut AnyConnection, submission: &Submission, dataset_id: Option<Uuid>) -> Result<Submitted> {
    let user_id = submission.user_id;
    for _ in 0..TRIES {
        if let Some(finished) = find_cached(conn, submission)? {
            return Ok(Submitted::Cached(finished.answer(conn, submission, dataset_id)?));
        }
        let execution = new_id().to_string();
        if insert_execution(conn, submission, &execution)? {
            // One of the same key may have ended after it was looked for and before this one took the key.
            if let Some(finished) = find_cached(conn, submission)? {
                diesel::delete(executions::table.find(&execution)).execute(conn)?;
                return Ok(Submitted::Cached(finished.answer(conn, submission, dataset_id)?));
            }
            let job = insert_first_job(conn, submission, dataset_id, &execution)?;
            return Ok(Submitted::Created(view((job, StoredExecution::queued(&submission.spec)))?));
        }
        if let Some(execution) = lock_live(conn, submission)? {
            let job = insert_job(conn, submission, dataset_id, &execution, None)?;
            return Ok(Submitted::Joined(job_fetch(conn, user_id, parse_id(&job.id)?)?));
        }
    }
    Err(DomainError::unavailable("executions of one key kept ending while a job tried to join them"))
}

/// Runs a failed or cancelled job again, as a new job; `Conflict` for any other. A cached result is not taken.
/// `most_queued` as in [`Submission`].
pub fn job_retry(
    conn: &mut AnyConnection,
    user_id: Uuid,
    id: Uuid,
    request_id: &str,
    most_queued: u32,
) -> Result<Submitted> {
    let job = job_fetch(conn, user_id, id)?;
    if !matches!(job.status, JobStatus::Failed | JobStatus::Cancelled) {
        let message = format!("The job is {}; only a failed or cancelled one can be tried again.", job.status.as_str());
        return Err(DomainError::Conflict { field: "status", message });
    }
    let (spec, key, version_id, priority): (String, Option<String>, Option<String>, i32) = jobs::table
        .inner_join(executions::table)
        .filter(jobs::id.eq(id.to_string()))
        .select((executions::spec, executions::share_key, executions::version_id, executions::priority))
        .first(conn)?;
    let spec: JobSpec = from_json(&spec)?;
    if let JobSpec::Ingest(params) = &spec {
        ingest_restarted(conn, params.dataset_id)?;
    }
    // The execution may have been begun for another user's dataset of the same content; the job stays with its own.
    let dataset_id = job.dataset_id.or_else(|| spec.dataset_id());
    let version_id = version_id.as_deref().map(parse_id).transpose()?;
    let request_id = request_id.to_owned();
    let again = Submission { user_id, spec, key, version_id, priority, request_id, cache_seconds: 0, most_queued };
    submit_for(conn, &again, dataset_id)
}

/// The job of an execution that was just queued, unless more wait than the user may have: then the refusal rolls back the
/// transaction that both stand in. Counting and recording are one statement, since each is a way to the database and back.
fn insert_first_job(
    conn: &mut AnyConnection,
    submission: &Submission,
    dataset_id: Option<Uuid>,
    execution: &str,
) -> Result<StoredJob> {
    let most = submission.most_queued;
    if most == 0 {
        return insert_job(conn, submission, dataset_id, execution, None);
    }
    let job = StoredJob::begun(submission, dataset_id, None);
    let user = submission.user_id.to_string();
    // The limit stands in the text: SQLite plans a statement anew each time that one is bound.
    let query = format!(
        "INSERT INTO jobs (id, user_id, execution_id, dataset_id, cached, request_id, created_at)
         SELECT ?, ?, ?, ?, FALSE, ?, ?
         WHERE (SELECT count(*) FROM (
             SELECT 1 FROM executions WHERE status = 'queued' AND user_id = ? LIMIT {}) AS waiting_ones) <= {most}",
        u64::from(most) + 1
    );
    let insert = statement(conn, &query)
        .text(&job.id)
        .text(&user)
        .text(execution)
        .optional_text(job.dataset_id.as_deref())
        .text(&job.request_id)
        .time(job.created_at)
        .text(&user);
    if insert.execute(conn)? == 0 {
        let message = format!(
            "You have {most} jobs waiting, which is the limit of each user (jobs.queued_per_user). \
             Try again when some have run, or cancel some."
        );
        return Err(DomainError::Limited(message));
    }
    Ok(job)
}

/// An execution that answers for its key.
pub(super) struct Finished {
    id: String,
    execution: StoredExecution,
    result: String,
    computed_at: NaiveDateTime,
}

impl Finished {
    /// A job that it answers, with the result.
    pub(super) fn answer(
        self,
        conn: &mut AnyConnection,
        submission: &Submission,
        dataset_id: Option<Uuid>,
    ) -> Result<Job> {
        let age = age_of(self.computed_at);
        let job = insert_job(conn, submission, dataset_id, &self.id, Some(age))?;
        let mut job = view((job, self.execution))?;
        job.result = Some(RawValue::from_string(self.result)?);
        Ok(job)
    }
}

/// The newest succeeded execution of the key, if it is young enough.
pub(super) fn find_cached(conn: &mut AnyConnection, submission: &Submission) -> Result<Option<Finished>> {
    let Some(key) = submission.key.as_deref().filter(|_| submission.cache_seconds > 0) else { return Ok(None) };
    let seconds = i64::try_from(submission.cache_seconds.min(31_536_000)).unwrap_or(31_536_000);
    let found: Option<(String, StoredExecution, String)> = executions::table
        .inner_join(execution_results::table)
        .filter(executions::share_key.eq(key))
        .filter(executions::finished_at.ge(now() - TimeDelta::seconds(seconds)))
        .filter(executions::status.eq(JobStatus::Succeeded.as_str()))
        .order(executions::finished_at.desc())
        .select((executions::id, StoredExecution::as_select(), execution_results::result))
        .first(conn)
        .optional()?;
    Ok(found.and_then(|(id, execution, result)| {
        let computed_at = execution.computed_at()?;
        Some(Finished { id, execution, result, computed_at })
    }))
}

/// Queues an execution; false if its key has a live one. An error would end PostgreSQL's transaction, a conflict that
/// does nothing does not. Where the user's queued executions are counted afterwards, whoever else counts them waits.
fn insert_execution(conn: &mut AnyConnection, submission: &Submission, id: &str) -> Result<bool> {
    let spec = to_json(&submission.spec)?;
    let user = submission.user_id.to_string();
    let version = submission.version_id.map(|id| id.to_string());
    let request_id = clip(&submission.request_id, 200);
    let rest = if submission.most_queued > 0 { "{user_locked}" } else { "WHERE ? IS NOT NULL" };
    let insert = format!(
        "INSERT INTO executions (id, share_key, kind, lane, spec, priority, user_id, version_id, request_id,
             created_at, status, attempt, crashes, progress_fraction, progress_stage, progress_rows)
         SELECT ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'queued', 0, 0, 0, '', 0 {rest} {{or_skip}}"
    );
    let insert = statement(conn, &insert)
        .text(id)
        .optional_text(submission.key.as_deref())
        .text(submission.spec.kind())
        .text(submission.spec.lane().as_str())
        .text(&spec)
        .integer(submission.priority)
        .text(&user)
        .optional_text(version.as_deref())
        .text(&request_id)
        .time(now())
        .text(&user);
    Ok(insert.execute(conn)? == 1)
}

#[derive(QueryableByName)]
struct Live {
    #[diesel(sql_type = diesel::sql_types::Text)]
    id: String,
}

/// The live execution of the key, locked so that it cannot be cancelled as deserted before our job stands beside it.
fn lock_live(conn: &mut AnyConnection, submission: &Submission) -> Result<Option<String>> {
    let Some(key) = submission.key.as_deref() else { return Ok(None) };
    let query = "SELECT id FROM executions WHERE share_key = ? AND status IN ('queued', 'running') {for_share}";
    let found: Vec<Live> = statement(conn, query).text(key).load(conn)?;
    Ok(found.into_iter().next().map(|row| row.id))
}

pub(super) fn insert_job(
    conn: &mut AnyConnection,
    submission: &Submission,
    dataset_id: Option<Uuid>,
    execution: &str,
    age: Option<f64>,
) -> Result<StoredJob> {
    let job = StoredJob::begun(submission, dataset_id, age);
    diesel::insert_into(jobs::table)
        .values((
            jobs::id.eq(&job.id),
            jobs::user_id.eq(submission.user_id.to_string()),
            jobs::execution_id.eq(execution),
            jobs::dataset_id.eq(&job.dataset_id),
            jobs::cached.eq(job.cached),
            jobs::age_seconds.eq(job.age_seconds),
            jobs::request_id.eq(&job.request_id),
            jobs::created_at.eq(job.created_at),
        ))
        .execute(conn)?;
    Ok(job)
}
