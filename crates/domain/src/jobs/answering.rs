//! Answering: a job whose result is known already, without a worker.

use contract::jobs::JobStatus;
use diesel::prelude::*;
use serde_json::value::RawValue;

use super::submitting::{find_cached, insert_job};
use super::{Submission, Submitted, job_fetch};
use crate::dialect::AnyConnection;
use crate::errors::Result;
use crate::rows::{clip, new_id, now, parse_id, to_json};
use crate::schema::{execution_results, executions};

/// Records a job that has succeeded with this result, which is `age_seconds` old; call it where `job_submit` would be
/// called. A succeeded execution of the same key is shared.
pub fn job_answer(
    conn: &mut AnyConnection,
    submission: &Submission,
    result_json: &str,
    age_seconds: f64,
) -> Result<Submitted> {
    let execution = match find_cached(conn, submission)? {
        Some(finished) => finished.id,
        None => insert_answered(conn, submission, result_json)?,
    };
    let stored = insert_job(conn, submission, submission.spec.dataset_id(), &execution, Some(age_seconds))?;
    let mut job = job_fetch(conn, submission.user_id, parse_id(&stored.id)?)?;
    job.result = Some(RawValue::from_string(result_json.to_owned())?);
    Ok(Submitted::Cached(job))
}

fn insert_answered(conn: &mut AnyConnection, submission: &Submission, result_json: &str) -> Result<String> {
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
            executions::started_at.eq(Some(time)),
            executions::finished_at.eq(Some(time)),
        ))
        .execute(conn)?;
    diesel::insert_into(execution_results::table)
        .values((execution_results::execution_id.eq(&id), execution_results::result.eq(result_json)))
        .execute(conn)?;
    Ok(id)
}
