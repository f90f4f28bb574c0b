//! Answering: a job whose result is known already, without a worker.

use chrono::NaiveDateTime;
use contract::jobs::JobStatus;
use diesel::prelude::*;
use serde_json::value::RawValue;

use super::submitting::{find_cached, insert_job};
use super::{Submission, Submitted, job_fetch, job_submit};
use crate::dialect::AnyConnection;
use crate::errors::Result;
use crate::rows::{age_of, clip, new_id, now, parse_id, to_json};
use crate::schema::{execution_results, executions};

/// A result that stands somewhere else, as JSON, and when it was computed.
#[derive(Clone, Debug)]
pub struct KnownResult {
    pub json: String,
    pub computed_at: NaiveDateTime,
}

/// Like `job_submit`, but where no execution of the key answers yet, what `known` gives does, and is kept for the key.
/// `known` is not called when an execution answers.
pub fn job_submit_or_answer<F>(conn: &mut AnyConnection, submission: &Submission, known: F) -> Result<Submitted>
where
    F: FnOnce(&mut AnyConnection) -> Result<Option<KnownResult>>,
{
    let dataset_id = submission.spec.dataset_id();
    if let Some(finished) = find_cached(conn, submission)? {
        return Ok(Submitted::Cached(finished.answer(conn, submission, dataset_id)?));
    }
    let Some(known) = known(conn)? else { return job_submit(conn, submission) };
    let execution = insert_answered(conn, submission, &known)?;
    let stored = insert_job(conn, submission, dataset_id, &execution, Some(age_of(known.computed_at)))?;
    let mut job = job_fetch(conn, submission.user_id, parse_id(&stored.id)?)?;
    job.result = Some(RawValue::from_string(known.json)?);
    Ok(Submitted::Cached(job))
}

/// No attempt was made, and the start is when the result was computed: its age counts from there.
fn insert_answered(conn: &mut AnyConnection, submission: &Submission, known: &KnownResult) -> Result<String> {
    let (id, time) = (new_id().to_string(), now());
    diesel::insert_into(executions::table)
        .values((
            executions::id.eq(&id),
            executions::share_key.eq(submission.key.as_deref()),
            executions::kind.eq(submission.spec.kind()),
            executions::lane.eq(submission.spec.lane().as_str()),
            executions::spec.eq(to_json(&submission.spec)?),
            executions::priority.eq(submission.priority),
            executions::user_id.eq(submission.user_id.to_string()),
            executions::version_id.eq(submission.version_id.map(|id| id.to_string())),
            executions::status.eq(JobStatus::Succeeded.as_str()),
            executions::attempt.eq(0),
            executions::crashes.eq(0),
            executions::progress_fraction.eq(1.0),
            executions::progress_stage.eq(""),
            executions::progress_rows.eq(0_i64),
            executions::request_id.eq(clip(&submission.request_id, 200)),
            executions::created_at.eq(time),
            executions::started_at.eq(Some(known.computed_at)),
            executions::finished_at.eq(Some(time)),
        ))
        .execute(conn)?;
    diesel::insert_into(execution_results::table)
        .values((execution_results::execution_id.eq(&id), execution_results::result.eq(&known.json)))
        .execute(conn)?;
    Ok(id)
}
