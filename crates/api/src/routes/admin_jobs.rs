//! `/admin/workers` and `/admin/jobs`: who works, what waits, why jobs failed, and trying dead ones again.

use actix_web::{HttpResponse, get, post, web};
use contract::administration::{AdminJobDetail, AdminJobs, JobsRetried, LaneDepth, RetryJobs};
use contract::errors::FieldError;
use contract::jobs::{JobStatus, Lane};
use contract::lists::Page;
use contract::operating::{AdminJob, WorkerInfo};
use domain::jobs::{
    JobQuery, Revived, execution_errors, execution_retry_dead, job_admin_fetch, jobs_admin_list, queue_depth,
};
use domain::workers::worker_list;
use domain::{Connection, DomainError, Result as DomainResult};
use queue::Signal;
use serde::Deserialize;
use serde_json::json;
use utoipa::IntoParams;
use uuid::Uuid;

use super::jobs::check_kind;
use crate::access::{Access, Admin};
use crate::frame::RequestMeta;
use crate::inputs::{Json, Query, at_most, list_limit};
use crate::openapi::Conflict;
use crate::problems::{ApiError, Result};
use crate::recording::Attempt;
use crate::starting::announce;
use crate::state::State;

/// Which jobs to list.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct AdminJobParams {
    /// Only jobs in this state.
    #[serde(default)]
    status: Option<JobStatus>,
    /// Only jobs of this kind: `ingest`, or the name of an analysis.
    #[param(max_length = 64)]
    #[serde(default, deserialize_with = "at_most::<64, _>")]
    kind: Option<String>,
    /// Only jobs of this lane.
    #[serde(default)]
    lane: Option<Lane>,
    /// Only jobs of this account.
    #[serde(default)]
    user_id: Option<Uuid>,
    /// Only jobs that this worker runs, or ran last: its `name`.
    #[param(max_length = 200)]
    #[serde(default, deserialize_with = "at_most::<200, _>")]
    worker: Option<String>,
    /// Only dead jobs, which failed for good: what can be tried again.
    #[serde(default)]
    dead: Option<bool>,
    /// Where the page begins: `next_cursor` of the page before.
    #[serde(default)]
    cursor: Option<String>,
    /// How many jobs, 50 unless told otherwise.
    #[param(minimum = 1, maximum = 200)]
    #[serde(default)]
    limit: Option<u32>,
}

/// The live workers
///
/// Those that told of themselves within the last minute, the oldest first.
#[utoipa::path(
    tag = "Administration",
    security(("bearer" = ["admin"])),
    responses((status = 200, description = "All live workers.", body = Page<WorkerInfo>))
)]
#[get("/admin/workers")]
pub async fn admin_worker_list(_access: Access<Admin>, state: web::Data<State>) -> Result<HttpResponse> {
    let items = state.database.read(worker_list).await?;
    Ok(HttpResponse::Ok().json(Page { items, next_cursor: None }))
}

/// Everybody's jobs
///
/// One page, the newest first; `lanes` tells how many executions are queued in each lane and for how long the oldest
/// has been.
#[utoipa::path(
    tag = "Administration",
    security(("bearer" = ["admin"])),
    params(AdminJobParams),
    responses((status = 200, description = "One page of jobs.", body = AdminJobs))
)]
#[get("/admin/jobs")]
pub async fn admin_job_list(
    _access: Access<Admin>,
    state: web::Data<State>,
    params: Query<AdminJobParams>,
) -> Result<HttpResponse> {
    let params = params.0;
    check_kind(params.kind.as_deref())?;
    let query = JobQuery {
        status: params.status,
        kind: params.kind,
        lane: params.lane,
        user_id: params.user_id,
        worker: params.worker,
        dead: params.dead.unwrap_or(false),
        cursor: params.cursor,
        limit: list_limit(params.limit)?,
        ..JobQuery::default()
    };
    let read = move |connection: &mut Connection| Ok((jobs_admin_list(connection, &query)?, queue_depth(connection)?));
    let (page, depths) = state.database.read(read).await?;
    let lane = |(lane, depth, oldest_seconds)| LaneDepth { lane, depth, oldest_seconds };
    let lanes = depths.into_iter().map(lane).collect();
    Ok(HttpResponse::Ok().json(AdminJobs { items: page.items, next_cursor: page.next_cursor, lanes }))
}

/// Anybody's job, with its errors
///
/// `errors` holds every attempt of its work that did not succeed, the first one first.
#[utoipa::path(
    tag = "Administration",
    security(("bearer" = ["admin"])),
    params(("id" = Uuid, Path, description = "The job.")),
    responses((status = 200, description = "The job.", body = AdminJobDetail))
)]
#[get("/admin/jobs/{id}")]
pub async fn admin_job_fetch(
    _access: Access<Admin>,
    state: web::Data<State>,
    id: web::Path<Uuid>,
) -> Result<HttpResponse> {
    let job_id = *id;
    let detail = state.database.read(move |connection| detail(connection, job_id)).await?;
    Ok(HttpResponse::Ok().json(detail))
}

fn detail(connection: &mut Connection, job_id: Uuid) -> DomainResult<AdminJobDetail> {
    let AdminJob { job, user_id, execution_id, priority, worker, crashes } = job_admin_fetch(connection, job_id)?;
    let errors = execution_errors(connection, job_id)?;
    Ok(AdminJobDetail { job, user_id, execution_id, priority, worker, crashes, errors })
}

/// Try anybody's dead job again
///
/// The same job, under the same id, waits for a worker again. Only one that failed for good.
#[utoipa::path(
    tag = "Administration",
    security(("bearer" = ["admin"])),
    params(("id" = Uuid, Path, description = "The dead job.")),
    responses((status = 202, description = "The job as it is now.", body = AdminJobDetail), Conflict)
)]
#[post("/admin/jobs/{id}/retry")]
pub async fn admin_job_retry(
    access: Access<Admin>,
    state: web::Data<State>,
    meta: RequestMeta,
    id: web::Path<Uuid>,
) -> Result<HttpResponse> {
    let (actor, job_id) = (access.user.id, *id);
    let attempt = Attempt::new("job.retry", &job_id.to_string(), &meta);
    let revived = state.database.write(move |connection| {
        let known = job_admin_fetch(connection, job_id)?;
        let revived: Vec<Revived> = execution_retry_dead(connection, &[job_id])?;
        if revived.is_empty() {
            let message = format!(
                "The job is {}; only a dead one, whose dataset exists and whose work does not run already, \
                 can be tried again.",
                known.job.status.as_str()
            );
            return Err(DomainError::Conflict { field: "status", message });
        }
        attempt.succeeded(connection, actor, json!({ "jobs": 1 }))?;
        Ok((revived, detail(connection, job_id)?))
    });
    let (revived, detail) = revived.await?;
    ring_all(&state, &revived).await;
    Ok(HttpResponse::Accepted().json(detail))
}

/// Try many dead jobs again
///
/// The newest dead jobs that fit, at most `limit`, wait for a worker again under their ids. `retried` names them; call
/// again for more.
#[utoipa::path(
    tag = "Administration",
    security(("bearer" = ["admin"])),
    request_body(content = RetryJobs, example = json!({ "kind": "ingest", "limit": 100 })),
    responses((status = 200, description = "What is tried again.", body = JobsRetried))
)]
#[post("/admin/jobs/retry")]
pub async fn admin_jobs_retry(
    access: Access<Admin>,
    state: web::Data<State>,
    meta: RequestMeta,
    body: Json<RetryJobs>,
) -> Result<HttpResponse> {
    let (actor, filter) = (access.user.id, body.0);
    let wrong = |pointer: &str, detail: &str| ApiError::invalid(vec![FieldError::new(pointer, detail)]);
    check_kind(filter.kind.as_deref()).map_err(|_| wrong("/kind", "There is no such kind of job."))?;
    let limit = list_limit(filter.limit).map_err(|_| wrong("/limit", "The limit is not from 1 to 200."))?;
    let detail = json!({ "kind": filter.kind, "lane": filter.lane, "user_id": filter.user_id, "limit": limit });
    let query = JobQuery {
        kind: filter.kind,
        lane: filter.lane,
        user_id: filter.user_id,
        dead: true,
        limit,
        ..JobQuery::default()
    };
    let attempt = Attempt::new("job.retry_many", "", &meta);
    let revived = state.database.write(move |connection| {
        let dead = jobs_admin_list(connection, &query)?;
        let ids: Vec<Uuid> = dead.items.iter().map(|job| job.job.id).collect();
        let revived = execution_retry_dead(connection, &ids)?;
        attempt.succeeded(connection, actor, json!({ "filter": detail, "jobs": revived.len() }))?;
        Ok((revived, dead.next_cursor.is_some()))
    });
    let (revived, more) = revived.await?;
    ring_all(&state, &revived).await;
    let retried = revived.iter().map(|revived| revived.job_id).collect();
    Ok(HttpResponse::Ok().json(JobsRetried { retried, more }))
}

/// Tells workers and listeners. A bell that cannot be rung only costs time.
async fn ring_all(state: &State, revived: &[Revived]) {
    for one in revived {
        if let Err(error) = state.queue.ring(one.lane, one.execution_id).await {
            tracing::warn!(job_id = %one.job_id, %error, "the bell could not be rung");
        }
    }
    let job_ids = revived.iter().map(|one| one.job_id).collect();
    announce(state, Signal::Changed { job_ids, finished: false }).await;
}
