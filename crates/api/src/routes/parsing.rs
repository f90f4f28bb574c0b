//! Reading an uploaded file in two steps: try options on its beginning, then read it with the chosen ones, also again.

use actix_web::{HttpRequest, HttpResponse, post, web};
use contract::asks::parse_preview::ParsePreviewAsk;
use contract::asks::{Ask, AskFile};
use contract::datasets::UploadAnswer;
use contract::ingest::{IngestParams, ParseOptions, ParsePreview};
use contract::jobs::JobSpec;
use domain::datasets::{self, dataset_ingest_begin, dataset_source};
use domain::jobs::{Submission, job_submit};
use serde_json::json;
use uuid::Uuid;

use crate::access::{Access, Analyst};
use crate::answers::Started;
use crate::asking::{answer_to, ask_tag};
use crate::frame::RequestMeta;
use crate::idempotency::{self, Key};
use crate::inputs::Json;
use crate::openapi::{IdempotencyProblems, NotReady};
use crate::parse_params::checked;
use crate::problems::Result;
use crate::recording::Attempt;
use crate::starting::{Outcome, concluded, once};
use crate::state::State;
use crate::waiting::Prefer;

/// Try options of reading
///
/// Reads the beginning of the uploaded file (16 MiB) as an ingest with these options would, and stores nothing: what was
/// decided and why, the columns with their types, the first 50 rows, and the first malformed rows.
#[utoipa::path(
    tag = "Datasets",
    security(("bearer" = ["analyst"])),
    params(("id" = Uuid, Path, description = "The dataset.")),
    request_body(content = ParseOptions, example = json!({ "delimiter": ";", "decimal_mark": "," })),
    responses((status = 200, description = "What the file would become.", body = ParsePreview))
)]
#[post("/datasets/{id}/parse-preview")]
pub async fn dataset_parse_preview(
    access: Access<Analyst>,
    state: web::Data<State>,
    id: web::Path<Uuid>,
    options: Json<ParseOptions>,
) -> Result<HttpResponse> {
    let (owner_id, id, options) = (access.user.id, *id, checked(options.0, "")?);
    let source = state.database.read(move |connection| dataset_source(connection, owner_id, id)).await?;
    let (storage_key, content_hash) = source;
    let limits = state.ingest_limits;
    let ask = Ask::ParsePreview(ParsePreviewAsk { file: AskFile { storage_key, content_hash }, options, limits });
    let answer = answer_to(&state, &ask, &ask_tag(&ask)).await?;
    Ok(HttpResponse::Ok().content_type("application/json").body(answer))
}

/// Read an uploaded file
///
/// Starts the job that reads the file with these options: the second step after an upload with `ingest=false`, or another
/// try after a failed one. A dataset that is ready gets a new version. While it is being read this is a conflict.
#[utoipa::path(
    tag = "Datasets",
    security(("bearer" = ["analyst"])),
    params(
        ("id" = Uuid, Path, description = "The dataset."),
        ("Prefer" = Option<String>, Header, description = "`wait=N`: wait up to N seconds, at most 30.", example = "wait=10"),
        ("Idempotency-Key" = Option<String>, Header, description = "1 to 255 visible ASCII characters.", example = "ingest-2024-05-01")
    ),
    request_body(content = ParseOptions, example = json!({ "header": true })),
    responses(
        (status = 200, description = "The file has been read within the wait; the job holds its result.", body = UploadAnswer,
            headers(("Location" = String, description = "The job."), ("Preference-Applied" = String, description = "`wait=N`."))),
        (status = 202, description = "The job that reads the file.", body = UploadAnswer,
            headers(("Location" = String, description = "The job that reads the file."), ("Retry-After" = u64, description = "Seconds."))),
        IdempotencyProblems, NotReady
    )
)]
#[post("/datasets/{id}/ingest")]
pub async fn dataset_ingest(
    access: Access<Analyst>,
    state: web::Data<State>,
    request: HttpRequest,
    meta: RequestMeta,
    id: web::Path<Uuid>,
    options: Json<ParseOptions>,
) -> Result<HttpResponse> {
    let (user_id, id, options) = (access.user.id, *id, checked(options.0, "")?);
    let prefer = Prefer::read(request.headers());
    let key = idempotency::key(request.headers())?.map(|key| Key {
        user_id,
        route: format!("POST /datasets/{id}/ingest"),
        key,
        body_hash: super::uploads::hash_of(&[&serde_json::to_string(&options).unwrap_or_default()]),
    });
    let outcome = begin(&state, user_id, id, options, key, &meta).await?;
    let (job, replayed) = concluded(&state, user_id, outcome, prefer).await?;
    let dataset = state.database.read(move |connection| datasets::dataset_fetch(connection, user_id, id)).await?;
    let answer = UploadAnswer { dataset, job: Some(job.clone()) };
    Ok(Started { job: &job, body: &answer, prefer, replayed }.answer())
}

/// ONE transaction: the key, the dataset's state, its job and the audit event.
async fn begin(
    state: &State,
    user_id: Uuid,
    id: Uuid,
    options: ParseOptions,
    key: Option<Key>,
    meta: &RequestMeta,
) -> Result<Outcome> {
    let attempt = Attempt::new("dataset.ingest", &id.to_string(), meta);
    let (request_id, most_queued) = (meta.request_id.clone(), state.settings.jobs.queued_per_user);
    let priority = state.priority_of("ingest");
    let outcome = state.database.write(move |connection| {
        once(connection, user_id, key.as_ref(), |connection| {
            let source_key = dataset_ingest_begin(connection, user_id, id)?;
            let target_key = format!("versions/{}.parquet", domain::new_id());
            let spec = JobSpec::Ingest(IngestParams { dataset_id: id, source_key, target_key, options });
            let submission = Submission { priority, ..Submission::new(user_id, spec, request_id, most_queued) };
            let submitted = job_submit(connection, &submission)?;
            attempt.succeeded(connection, user_id, json!({}))?;
            Ok(submitted)
        })
    });
    Ok(outcome.await?)
}
