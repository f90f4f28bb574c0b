//! `POST /datasets/{id}/rows`: rows of a file, or JSON records, join a dataset as its next version.

use actix_web::{HttpRequest, HttpResponse, post, web};
use contract::appends::{AppendParams, Source};
use contract::errors::ErrorCode;
use contract::ingest::ParseOptions;
use contract::jobs::{Job, JobSpec};
use domain::datasets::{NewSource, dataset_source_add, dataset_version_ref};
use domain::jobs::{Submission, Submitted, job_fetch, job_submit};
use serde_json::json;
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::access::{Access, Analyst};
use crate::answers::Started;
use crate::frame::RequestMeta;
use crate::idempotency::{self, Begun, Key};
use crate::openapi::{IdempotencyProblems, NotReady, RawFile, RowsForm, StorageFull};
use crate::problems::{ApiError, Result};
use crate::recording::Attempt;
use crate::starting::{ring, settled};
use crate::state::State;
use crate::upload::{Received, UploadParams, receive};
use crate::waiting::Prefer;

/// Add rows to a dataset
///
/// As JSON records, as a form with the field `file`, or as a raw body of any format that can be uploaded. Columns are found
/// by name; one that the file lacks is missing in its rows, one that the table lacks is refused. Every cell must fit
/// the type of its column: otherwise the job fails and names column, line and value, and nothing is added. The
/// result is a new version; the old ones stay. Appends that come at once are done one after another.
#[utoipa::path(
    tag = "Datasets",
    security(("bearer" = ["analyst"])),
    params(
        ("id" = Uuid, Path, description = "The dataset."),
        ("Prefer" = Option<String>, Header, description = "`wait=N`: wait up to N seconds, at most 30.", example = "wait=10"),
        ("Idempotency-Key" = Option<String>, Header, description = "1 to 255 visible ASCII characters.", example = "rows-2024-05-01")
    ),
    request_body(description = "The rows.", content(
        (Vec<Object> = "application/json", example = json!([{ "country": "Norway", "revenue": 1200.5 }])),
        (String = "application/x-ndjson"),
        (String = "text/csv"),
        (String = "text/tab-separated-values"),
        (RowsForm = "multipart/form-data"),
        (RawFile = "application/octet-stream")
    )),
    responses(
        (status = 200, description = "The rows have been added within the wait; the job holds its result.", body = Job,
            headers(("Location" = String, description = "The job."), ("Preference-Applied" = String, description = "`wait=N`."))),
        (status = 202, description = "The rows are stored and wait to be added.", body = Job,
            headers(("Location" = String, description = "The job that adds them."), ("Retry-After" = u64, description = "Seconds."))),
        IdempotencyProblems, NotReady, StorageFull
    )
)]
#[post("/datasets/{id}/rows")]
pub async fn dataset_rows_append(
    access: Access<Analyst>,
    state: web::Data<State>,
    request: HttpRequest,
    meta: RequestMeta,
    id: web::Path<Uuid>,
    payload: web::Payload,
) -> Result<HttpResponse> {
    let (user_id, id) = (access.user.id, *id);
    let prefer = Prefer::read(request.headers());
    let key = idempotency::key(request.headers())?;
    // Before anything is stored: there must be a table to add to.
    state.database.read(move |connection| dataset_version_ref(connection, user_id, id)).await?;
    let received = receive(&state, &request, payload, UploadParams::default(), ParseOptions::default()).await?;
    let storage_key = received.key.clone();
    let outcome = record(&state, user_id, id, &meta, received, key).await;
    if is_unused(&outcome)
        && let Err(error) = state.storage.delete(&storage_key).await
    {
        tracing::warn!(key = storage_key, %error, "unused rows are left to the sweeper");
    }
    let (job, replayed) = match outcome? {
        Outcome::Recorded(submitted) => {
            ring(&state, &submitted).await;
            (submitted.into_job(), false)
        }
        Outcome::Replayed(job) => (*job, true),
        Outcome::Refused(error) => return Err(error),
    };
    let job = settled(&state, user_id, job, prefer).await?;
    Ok(Started { job: &job, body: &job, prefer, replayed }.answer())
}

/// What the transaction did.
enum Outcome {
    Recorded(Box<Submitted>),
    Replayed(Box<Job>),
    Refused(ApiError),
}

/// Whether no row names the file. A connection that broke at the commit leaves that open: then the sweeper decides.
fn is_unused(outcome: &Result<Outcome>) -> bool {
    match outcome {
        Ok(Outcome::Recorded(_)) => false,
        Ok(_) => true,
        Err(error) => error.code() != ErrorCode::Unavailable,
    }
}

/// ONE transaction: the key, the file, the job and the audit event.
async fn record(
    state: &State,
    user_id: Uuid,
    dataset_id: Uuid,
    meta: &RequestMeta,
    received: Received,
    key: Option<String>,
) -> Result<Outcome> {
    let Received { dataset_id: source_id, key: source_key, stored, file_name, .. } = received;
    let key = key.map(|key| Key {
        user_id,
        route: "POST /datasets/{id}/rows".to_owned(),
        key,
        body_hash: hex::encode(Sha256::digest(format!("{dataset_id} {}", stored.sha256))),
    });
    let source = Source { file_name, bytes: stored.bytes, sha256: stored.sha256 };
    let detail = json!({ "bytes": source.bytes, "sha256": source.sha256 });
    let new = NewSource { id: source_id, dataset_id, storage_key: source_key.clone(), source: source.clone() };
    let submission = Submission {
        user_id,
        spec: JobSpec::Append(AppendParams { dataset_id, source_key, source }),
        key: None,
        version_id: None,
        priority: 0,
        request_id: meta.request_id.clone(),
        cache_seconds: 0,
        most_queued: state.settings.jobs.queued_per_user,
    };
    let attempt = Attempt::new("dataset.append", &dataset_id.to_string(), meta);
    let outcome = state.database.write(move |connection| match idempotency::begin(connection, key.as_ref())? {
        Begun::First => {
            dataset_version_ref(connection, user_id, dataset_id)?;
            dataset_source_add(connection, &new)?;
            let submitted = job_submit(connection, &submission)?;
            attempt.succeeded(connection, user_id, detail)?;
            idempotency::finish(connection, key.as_ref(), submitted.job().id)?;
            Ok(Outcome::Recorded(Box::new(submitted)))
        }
        Begun::Replayed(job_id) => Ok(Outcome::Replayed(Box::new(job_fetch(connection, user_id, job_id)?))),
        Begun::InProgress => Ok(Outcome::Refused(idempotency::in_progress())),
        Begun::Mismatch => Ok(Outcome::Refused(idempotency::mismatch())),
    });
    Ok(outcome.await?)
}
