//! `/analysis`: start an analysis of any kind in the registry, and the addresses of its jobs.

use std::future::{Ready, ready};

use actix_web::dev::Payload;
use actix_web::http::header::{CACHE_CONTROL, HeaderMap};
use actix_web::{FromRequest, HttpRequest, HttpResponse, get, post, web};
use contract::RESULTS_VERSION;
use contract::analyses::descriptive::DescriptiveParams;
use contract::analyses::{self, Analysis, AnalysisKind, AnalysisKindInfo, KINDS};
use contract::errors::ErrorCode;
use contract::jobs::{Job, JobResult, JobSpec};
use contract::lists::Page;
use contract::methods::{figure_texts, method_text};
use contract::parameter_schema::parameters_schema;
use contract::profile::Profile;
use domain::datasets::{VersionRef, dataset_version_ref, version_profile};
use domain::jobs::{KnownResult, Submission, job_submit, job_submit_or_answer};
use domain::{Connection, DomainError};
use serde_json::Value;
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::jobs::{self, JobWait};
use crate::access::{Access, Analyst, SignedIn};
use crate::answers::Started;
use crate::frame::RequestMeta;
use crate::idempotency::{self, Key};
use crate::inputs::{Json, Query};
use crate::methods;
use crate::problems::{ApiError, Result};
use crate::starting::{Outcome, concluded, once, record};
use crate::state::State;
use crate::waiting::Prefer;

/// The kind in the path. It stands before the body among the arguments, so that a path that takes no POST says so
/// whatever was sent.
pub struct KnownKind(&'static AnalysisKind);

impl FromRequest for KnownKind {
    type Error = ApiError;
    type Future = Ready<Result<Self>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(analyses::kind(request.match_info().query("kind")).map(Self).ok_or_else(|| {
            let refusal = methods::refusal(request);
            if refusal.code() == ErrorCode::MethodNotAllowed {
                return refusal;
            }
            let detail = "There is no analysis of this kind. GET /api/v1/analysis/kinds lists them.";
            ApiError::new(ErrorCode::NotFound, detail)
        }))
    }
}

/// Documented once for each kind of the registry: `openapi::analyses`.
#[post("/analysis/{kind}")]
pub async fn analysis_start(
    access: Access<Analyst>,
    state: web::Data<State>,
    request: HttpRequest,
    meta: RequestMeta,
    kind: KnownKind,
    body: Json<Value>,
) -> Result<HttpResponse> {
    let kind = kind.0;
    let user_id = access.user.id;
    let prefer = Prefer::read(request.headers());
    let analysis = (kind.parse)(&body.0).map_err(|error| ApiError::invalid(vec![error]))?;
    let key = idempotency_key(&request, user_id, kind.name, &analysis)?;

    let is_anew = asks_anew(request.headers());
    let cache_seconds = if is_anew { 0 } else { state.settings.jobs.cache_seconds };
    let submission = state.submission(user_id, JobSpec::Analysis(analysis.clone()), &meta.request_id);
    // One transaction from the dataset to the job: one way to the database and back, one commit. Whoever repeats a key
    // may be answered before the first is, so with a key nothing lags.
    let is_new = |outcome: &Outcome| matches!(outcome, Outcome::Begun(submitted) if submitted.needs_bell());
    let may_lag = prefer.filter(|_| key.is_none());
    let outcome = record(&state, may_lag, is_new, move |connection| {
        let version = dataset_version_ref(connection, user_id, analysis.dataset_id())?;
        let errors = analysis.check(&version.columns);
        if !errors.is_empty() {
            return Err(DomainError::Invalid(errors));
        }
        let submission = Submission {
            key: Some(cache_key(&version, &analysis)?),
            version_id: Some(version.version_id),
            cache_seconds,
            ..submission
        };
        once(connection, user_id, key.as_ref(), |connection| match &analysis {
            Analysis::Descriptive(params) if !is_anew && params.fits_profile() => {
                let known = |connection: &mut Connection| answer_of_profile(connection, version.version_id, params);
                job_submit_or_answer(connection, &submission, known)
            }
            _ => job_submit(connection, &submission),
        })
    });
    let (job, replayed) = concluded(&state, user_id, outcome.await?, prefer).await?;
    Ok(Started { job: &job, body: &job, prefer, replayed }.answer())
}

/// Whether the client wants no stored answer: `Cache-Control: no-cache` (RFC 9111). What is being computed is joined.
fn asks_anew(headers: &HeaderMap) -> bool {
    let values = headers.get_all(CACHE_CONTROL).filter_map(|value| value.to_str().ok());
    values.flat_map(|value| value.split(',')).any(|directive| directive.trim().eq_ignore_ascii_case("no-cache"))
}

/// What the profile of the version answers: nothing is computed here.
fn answer_of_profile(
    connection: &mut Connection,
    version_id: Uuid,
    params: &DescriptiveParams,
) -> domain::Result<Option<KnownResult>> {
    let (profile, computed_at) = version_profile(connection, version_id)?;
    let profile: Profile = serde_json::from_str(&profile)?;
    let Some(outcome) = params.answered_by(&profile) else { return Ok(None) };
    Ok(Some(KnownResult { json: serde_json::to_string(&outcome)?, computed_at }))
}

fn idempotency_key(request: &HttpRequest, user_id: Uuid, kind: &str, analysis: &Analysis) -> Result<Option<Key>> {
    let Some(key) = idempotency::key(request.headers())? else { return Ok(None) };
    let body = serde_json::to_vec(analysis).map_err(ApiError::internal)?;
    let route = format!("POST /analysis/{kind}");
    Ok(Some(Key { user_id, route, key, body_hash: hex::encode(Sha256::digest(&body)) }))
}

/// Equal requests on equal data have equal keys, whichever dataset holds the data.
fn cache_key(version: &VersionRef, analysis: &Analysis) -> domain::Result<String> {
    let parts = (&version.content_hash, analysis.name(), analysis.canonical(), RESULTS_VERSION);
    let text = serde_json::to_vec(&parts)?;
    Ok(hex::encode(Sha256::digest(&text)))
}

/// The kinds of analysis
///
/// What `POST /analysis/{name}` accepts, each with an example body.
#[utoipa::path(
    tag = "Analysis",
    security(("bearer" = ["viewer"])),
    responses((status = 200, description = "Every kind.", body = Page<AnalysisKindInfo>))
)]
#[get("/analysis/kinds")]
pub async fn analysis_kinds(_access: Access<SignedIn>, state: web::Data<State>) -> HttpResponse {
    let limits = &state.settings.jobs.timeout_seconds;
    let items = KINDS.iter().map(|kind| AnalysisKindInfo {
        name: kind.name.to_owned(),
        title: kind.title.to_owned(),
        summary: kind.summary.to_owned(),
        lane: kind.lane,
        timeout_seconds: limits.get(kind.name).copied().unwrap_or_else(|| u64::from(kind.timeout_seconds)),
        example: (kind.example)(),
        methods: method_text(kind.name).to_owned(),
        figures: figure_texts(kind.name),
        parameters: parameters_schema(kind),
    });
    HttpResponse::Ok().json(Page { items: items.collect(), next_cursor: None })
}

/// One analysis job
///
/// The same as `GET /jobs/{id}`.
#[utoipa::path(
    tag = "Analysis",
    security(("bearer" = ["viewer"])),
    params(("id" = Uuid, Path, description = "The job."), JobWait),
    responses((status = 200, description = "The job.", body = Job), crate::openapi::NotModified)
)]
#[get("/analysis/jobs/{id}")]
pub async fn analysis_job_fetch(
    access: Access<SignedIn>,
    state: web::Data<State>,
    request: HttpRequest,
    id: web::Path<Uuid>,
    wait: Query<JobWait>,
) -> Result<HttpResponse> {
    jobs::state_of(&access, &state, &request, *id, &wait.0).await
}

/// The result of an analysis job
///
/// The same as `GET /jobs/{id}/results`.
#[utoipa::path(
    tag = "Analysis",
    security(("bearer" = ["viewer"])),
    params(("id" = Uuid, Path, description = "The job.")),
    responses(
        (status = 200, description = "The result.", body = JobResult),
        crate::openapi::NotModified, crate::openapi::NoResult
    )
)]
#[get("/analysis/jobs/{id}/results")]
pub async fn analysis_job_result(
    access: Access<SignedIn>,
    state: web::Data<State>,
    request: HttpRequest,
    id: web::Path<Uuid>,
) -> Result<HttpResponse> {
    jobs::result_of(&access, &state, &request, *id).await
}
