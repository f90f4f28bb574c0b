//! Cancelling: a job leaves its execution, and the last one to leave stops it.

use contract::jobs::{Job, JobSpec, JobStatus};
use diesel::prelude::*;
use uuid::Uuid;

use super::job_fetch;
use super::reading::cancelled;
use crate::datasets::ingest_failed;
use crate::dialect::{AnyConnection, statement};
use crate::errors::Result;
use crate::rows::{from_json, now, parse_id, to_json};
use crate::schema::{executions, jobs};

/// What cancelling led to.
#[derive(Clone, Debug)]
pub struct Cancel {
    /// The job afterwards; a job that was final already stays as it was.
    pub job: Job,
    /// The execution that nobody waits for any longer: its worker, if it has one, should be told.
    pub stopped_execution: Option<Uuid>,
}

/// Cancels a job of the user. Its execution goes on while other jobs wait for it.
pub fn job_cancel(conn: &mut AnyConnection, user_id: Uuid, id: Uuid) -> Result<Cancel> {
    let job = job_fetch(conn, user_id, id)?;
    if job.status.is_final() {
        return Ok(Cancel { job, stopped_execution: None });
    }
    let execution: String = jobs::table.find(id.to_string()).select(jobs::execution_id).first(conn)?;
    let stopped_execution = leave(conn, &id.to_string(), &execution)?;
    Ok(Cancel { job: job_fetch(conn, user_id, id)?, stopped_execution })
}

/// Cancels all live jobs that the owner has on a dataset; answers the executions that stopped.
pub fn jobs_cancel_of_dataset(conn: &mut AnyConnection, owner_id: Uuid, dataset_id: Uuid) -> Result<Vec<Uuid>> {
    let live: Vec<(String, String)> = jobs::table
        .inner_join(executions::table)
        .filter(jobs::dataset_id.eq(dataset_id.to_string()))
        .filter(jobs::user_id.eq(owner_id.to_string()))
        .filter(jobs::cancelled_at.is_null())
        .filter(executions::finished_at.is_null())
        .order((jobs::execution_id, jobs::id))
        .select((jobs::id, jobs::execution_id))
        .load(conn)?;
    let mut stopped = Vec::new();
    for (job, execution) in live {
        stopped.extend(leave(conn, &job, &execution)?);
    }
    Ok(stopped)
}

#[derive(QueryableByName)]
struct Locked {
    #[diesel(sql_type = diesel::sql_types::Text)]
    status: String,
    #[diesel(sql_type = diesel::sql_types::Text)]
    spec: String,
}

/// Takes the job out of its execution; answers the execution if that stopped it. The lock makes others who join or
/// leave at the same time wait, so that the last one to leave knows it.
fn leave(conn: &mut AnyConnection, job: &str, execution: &str) -> Result<Option<Uuid>> {
    let query = "SELECT status, spec FROM executions WHERE id = ? {for_update}";
    let locked: Vec<Locked> = statement(conn, query).text(execution).load(conn)?;
    let live = |row: &Locked| JobStatus::parse(&row.status).is_some_and(|status| !status.is_final());
    let Some(row) = locked.into_iter().find(live) else { return Ok(None) };
    let now = now();
    let ours = jobs::table.find(job).filter(jobs::cancelled_at.is_null());
    diesel::update(ours).set(jobs::cancelled_at.eq(now)).execute(conn)?;
    let waiting: i64 = jobs::table
        .filter(jobs::execution_id.eq(execution))
        .filter(jobs::cancelled_at.is_null())
        .count()
        .get_result(conn)?;
    if waiting > 0 {
        return Ok(None);
    }
    let failure = cancelled();
    diesel::update(executions::table.find(execution))
        .set((
            executions::status.eq(JobStatus::Cancelled.as_str()),
            executions::finished_at.eq(now),
            executions::lease_until.eq(None::<chrono::NaiveDateTime>),
            executions::error.eq(to_json(&failure)?),
        ))
        .execute(conn)?;
    if let JobSpec::Ingest(params) = from_json(&row.spec)? {
        ingest_failed(conn, params.dataset_id, &failure)?;
    }
    Ok(Some(parse_id(execution)?))
}
