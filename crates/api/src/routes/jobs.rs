//! `/jobs`: state, result, cancelling and retrying of any job.

use std::time::Instant;

use actix_web::http::header::{CACHE_CONTROL, HeaderValue, RETRY_AFTER};
use actix_web::{HttpRequest, HttpResponse, delete, get, post, web};
use bytes::Bytes;
use contract::jobs::{Job, JobResult, JobStatus, kind_names};
use contract::lists::Page;
use domain::jobs::{JobQuery, SORT_FIELDS};
use domain::lists::Sort;
use queue::Signal;
use serde::Deserialize;
use utoipa::IntoParams;
use uuid::Uuid;

use crate::access::{Access, Analyst, SignedIn};
use crate::answers::{self, Started};
use crate::frame::RequestMeta;
use crate::inputs::{Query, at_most, list_limit};
use crate::openapi::{Conflict, NoResult, NotModified};
use crate::pacing::retry_after;
use crate::problems::{ApiError, Result};
use crate::starting::{announce, ring, settled};
use crate::state::State;
use crate::waiting::{Prefer, wait_for_job, wait_seconds};

/// At most so many ids in one question.
const MAX_IDS: usize = 200;

/// Which jobs to list.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct JobListParams {
    /// Only jobs in this state.
    #[serde(default)]
    status: Option<JobStatus>,
    /// Only jobs of this kind: `ingest`, or the name of an analysis.
    #[param(max_length = 64)]
    #[serde(default, deserialize_with = "at_most::<64, _>")]
    kind: Option<String>,
    /// Only jobs on this dataset.
    #[serde(default)]
    dataset_id: Option<Uuid>,
    /// `-created_at` (the newest first, unless told otherwise) or `created_at`.
    #[serde(default)]
    sort: Option<String>,
    /// Where the page begins: `next_cursor` of the page before.
    #[serde(default)]
    cursor: Option<String>,
    /// Exactly these jobs, at most 200 ids separated by commas, in this order; alone, without any other parameter.
    #[serde(default)]
    ids: Option<String>,
    /// How many jobs, 50 unless told otherwise.
    #[param(minimum = 1, maximum = 200)]
    #[serde(default)]
    limit: Option<u32>,
}

/// How long to wait.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct JobWait {
    /// Answer when the job has finished, or after so many seconds.
    #[param(minimum = 0, maximum = 30)]
    #[serde(default)]
    pub wait: Option<u32>,
}

/// Your jobs
///
/// One page, the newest first unless sorted otherwise; ingest and analyses together. With `ids` the states of many
/// jobs at once: those of them that are yours, in that order; unknown ids are left out. `Retry-After` then tells when
/// it is worth asking again, and is absent once all have finished.
#[utoipa::path(
    tag = "Jobs",
    security(("bearer" = ["viewer"])),
    params(JobListParams),
    responses((status = 200, description = "One page of jobs.", body = Page<Job>,
        headers(
            ("Link" = String, description = "The next page, where there is one."),
            ("Retry-After" = u64, description = "With `ids`: seconds until it is worth asking again.")
        )))
)]
#[get("/jobs")]
pub async fn job_list(
    access: Access<SignedIn>,
    state: web::Data<State>,
    request: HttpRequest,
    params: Query<JobListParams>,
) -> Result<HttpResponse> {
    let (user_id, params) = (access.user.id, params.0);
    if let Some(ids) = &params.ids {
        return jobs_by_id(&state, user_id, ids_alone(ids, &params)?).await;
    }
    let sort = params.sort.as_deref().map(|text| Sort::parse(text, &SORT_FIELDS)).transpose()?;
    check_kind(params.kind.as_deref())?;
    let query = JobQuery {
        status: params.status,
        kind: params.kind,
        dataset_id: params.dataset_id,
        sort: sort.unwrap_or_default(),
        cursor: params.cursor,
        limit: list_limit(params.limit)?,
        ..JobQuery::default()
    };
    let page = state.database.read(move |connection| domain::jobs::job_list(connection, user_id, &query)).await?;
    Ok(answers::page(&request, &page))
}

/// The states of many jobs; those that are not the user's are left out.
async fn jobs_by_id(state: &State, user_id: Uuid, ids: Vec<Uuid>) -> Result<HttpResponse> {
    let items = state.database.read(move |connection| domain::jobs::jobs_fetch(connection, user_id, &ids)).await?;
    let mut response = HttpResponse::Ok();
    // The youngest that runs decides: it is the one to end first.
    if let Some(job) = items.iter().filter(|job| !job.status.is_final()).max_by_key(|job| job.created_at)
        && let Some(seconds) = retry_after(state, job).await
    {
        response.insert_header((RETRY_AFTER, seconds));
    }
    Ok(response.json(Page { items, next_cursor: None }))
}

/// Reads `ids`, beside which no other parameter has a meaning.
fn ids_alone(text: &str, params: &JobListParams) -> Result<Vec<Uuid>> {
    let JobListParams { status, kind, dataset_id, sort, cursor, limit, ids: _ } = params;
    let others = [
        ("status", status.is_some()),
        ("kind", kind.is_some()),
        ("dataset_id", dataset_id.is_some()),
        ("sort", sort.is_some()),
        ("cursor", cursor.is_some()),
        ("limit", limit.is_some()),
    ];
    if let Some((name, _)) = others.iter().find(|(_, given)| *given) {
        return Err(ApiError::field("ids", format!("`ids` names the jobs already; leave out `{name}`.")));
    }
    let parts: Vec<&str> = text.split(',').map(str::trim).filter(|part| !part.is_empty()).collect();
    if parts.len() > MAX_IDS {
        return Err(ApiError::field("ids", format!("{} ids are more than {MAX_IDS}, the most at once.", parts.len())));
    }
    let read = |part: &&str| {
        let shown: String = part.chars().take(40).collect();
        Uuid::parse_str(part).map_err(|_| ApiError::field("ids", format!("\"{shown}\" is not the id of a job.")))
    };
    parts.iter().map(read).collect()
}

/// A misspelt kind is an error, not an empty list.
pub fn check_kind(kind: Option<&str>) -> Result<()> {
    match kind {
        // In environment "testing" alone, and no word of it elsewhere.
        Some("probe") => Ok(()),
        Some(kind) if !kind_names().any(|name| name == kind) => {
            let names = kind_names().collect::<Vec<_>>().join(", ");
            Err(ApiError::field("kind", format!("There is no such kind of job. Known: {names}.")))
        }
        _ => Ok(()),
    }
}

/// One job
///
/// Carries an `ETag` (send it as `If-None-Match` for a 304 while nothing changes) and, while the job has not
/// finished, `Retry-After`: 1 to 10 seconds, by the job's age and by what its lane usually takes. With `wait` the answer comes as soon as the job has finished.
#[utoipa::path(
    tag = "Jobs",
    security(("bearer" = ["viewer"])),
    params(("id" = Uuid, Path, description = "The job."), JobWait),
    responses(
        (status = 200, description = "The job.", body = Job, headers(
            ("ETag" = String, description = "Changes with the job."),
            ("Retry-After" = u64, description = "Seconds until it is worth asking again; absent once finished.")
        )),
        NotModified
    )
)]
#[get("/jobs/{id}")]
pub async fn job_fetch(
    access: Access<SignedIn>,
    state: web::Data<State>,
    request: HttpRequest,
    id: web::Path<Uuid>,
    wait: Query<JobWait>,
) -> Result<HttpResponse> {
    state_of(&access, &state, &request, *id, &wait.0).await
}

/// The result of a job
///
/// 409 with `not_ready` while the job has not finished; the reason, with the job's own code, when it failed.
#[utoipa::path(
    tag = "Jobs",
    security(("bearer" = ["viewer"])),
    params(("id" = Uuid, Path, description = "The job.")),
    responses(
        (status = 200, description = "The result.", body = JobResult,
            headers(("ETag" = String, description = "A result never changes."))),
        NotModified, NoResult
    )
)]
#[get("/jobs/{id}/results")]
pub async fn job_result(
    access: Access<SignedIn>,
    state: web::Data<State>,
    request: HttpRequest,
    id: web::Path<Uuid>,
) -> Result<HttpResponse> {
    result_of(&access, &state, &request, *id).await
}

/// Cancel a job
///
/// A queued job ends at once, a running one within a second; other jobs that share its work go on. A job that has
/// finished stays as it is.
#[utoipa::path(
    tag = "Jobs",
    security(("bearer" = ["analyst"])),
    params(("id" = Uuid, Path, description = "The job.")),
    responses((status = 200, description = "The job as it is now.", body = Job))
)]
#[delete("/jobs/{id}")]
pub async fn job_cancel(access: Access<Analyst>, state: web::Data<State>, id: web::Path<Uuid>) -> Result<HttpResponse> {
    let (user_id, job_id) = (access.user.id, *id);
    let cancel = state.database.write(move |connection| domain::jobs::job_cancel(connection, user_id, job_id)).await?;
    announce(&state, Signal::Changed { job_ids: vec![job_id], finished: true }).await;
    if let Some(execution_id) = cancel.stopped_execution {
        announce(&state, Signal::Cancel { execution_id }).await;
    }
    Ok(HttpResponse::Ok().json(cancel.job))
}

/// Try a job again
///
/// Only a failed or cancelled one; the new attempt is a new job. `Prefer: wait=N` waits for it.
#[utoipa::path(
    tag = "Jobs",
    security(("bearer" = ["analyst"])),
    params(
        ("id" = Uuid, Path, description = "The failed or cancelled job."),
        ("Prefer" = Option<String>, Header, description = "`wait=N`: wait up to N seconds, at most 30.", example = "wait=10")
    ),
    responses(
        (status = 200, description = "The new job has finished within the wait.", body = Job),
        (status = 202, description = "The new job.", body = Job,
            headers(("Location" = String, description = "The new job's address."))),
        Conflict
    )
)]
#[post("/jobs/{id}/retry")]
pub async fn job_retry(
    access: Access<Analyst>,
    state: web::Data<State>,
    request: HttpRequest,
    meta: RequestMeta,
    id: web::Path<Uuid>,
) -> Result<HttpResponse> {
    let (user_id, job_id, request_id) = (access.user.id, *id, meta.request_id);
    let (prefer, most_queued) = (Prefer::read(request.headers()), state.settings.jobs.queued_per_user);
    let submitted = state
        .database
        .write(move |connection| domain::jobs::job_retry(connection, user_id, job_id, &request_id, most_queued))
        .await?;
    ring(&state, &submitted).await;
    let job = settled(&state, user_id, submitted.into_job(), prefer).await?;
    Ok(Started { job: &job, body: &job, prefer, replayed: false }.answer())
}

pub async fn state_of(
    access: &Access<SignedIn>,
    state: &State,
    request: &HttpRequest,
    job_id: Uuid,
    wait: &JobWait,
) -> Result<HttpResponse> {
    let job = wait_for_job(state, access.user.id, job_id, wait_seconds(wait.wait)?).await?;
    answers::job_state(request, &job, retry_after(state, &job).await)
}

pub async fn result_of(
    access: &Access<SignedIn>,
    state: &State,
    request: &HttpRequest,
    job_id: Uuid,
) -> Result<HttpResponse> {
    let user_id = access.user.id;
    let json = match state.results.get(user_id, job_id) {
        Some(json) => json,
        None => read_result(state, user_id, job_id).await?,
    };
    let mut response = answers::tagged_as(request, &job_id.to_string(), json);
    response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("private, no-cache"));
    Ok(response)
}

async fn read_result(state: &State, user_id: Uuid, job_id: Uuid) -> Result<Bytes> {
    let asked = Instant::now();
    let result = state.database.read(move |connection| domain::jobs::job_result(connection, user_id, job_id)).await?;
    // The outcome is JSON already and is passed on as it lies in the database.
    let json = Bytes::from(serde_json::to_vec(&result).map_err(ApiError::internal)?);
    state.results.remember(user_id, job_id, &json, asked);
    Ok(json)
}
