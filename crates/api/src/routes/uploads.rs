//! `POST /datasets/upload`: a file becomes a dataset and the job that reads it.

use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse, post, web};
use contract::datasets::UploadAnswer;
use contract::ingest::IngestParams;
use contract::jobs::JobSpec;
use domain::datasets::{self, NewDataset};
use domain::jobs::job_submit;
use serde_json::json;
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::access::{Access, Analyst};
use crate::answers::Started;
use crate::frame::RequestMeta;
use crate::idempotency::{self, Begun, Key};
use crate::inputs::Query;
use crate::openapi::{BASE, IdempotencyProblems, RawFile, StorageFull, Uploadable};
use crate::parse_params::{ParseParams, checked};
use crate::problems::{ApiError, Result};
use crate::recording::Attempt;
use crate::starting::{Outcome, concluded, once};
use crate::state::State;
use crate::upload::{Received, UploadParams, discard_unused, receive};
use crate::waiting::Prefer;

/// Upload a table
///
/// As a form with the field `file`, or as a raw body. Answers as soon as the file is stored; a job then reads it as a
/// whole, decides types and computes the profile. What the file is, is decided by its content. The name is the file's
/// unless another is given. `Prefer: wait=N` waits for the job; an `Idempotency-Key` makes a repeated upload of
/// the same file return the first job.
#[utoipa::path(
    tag = "Datasets",
    security(("bearer" = ["analyst"])),
    params(
        UploadParams, ParseParams,
        ("Prefer" = Option<String>, Header, description = "`wait=N`: wait up to N seconds, at most 30.", example = "wait=10"),
        ("Idempotency-Key" = Option<String>, Header, description = "1 to 255 visible ASCII characters.", example = "upload-2024-05-01")
    ),
    request_body(description = "The file.", content(
        (Uploadable = "multipart/form-data"),
        (String = "text/csv", example = json!("country,revenue\nNorway,1200.50\nKenya,980.25\n")),
        (String = "text/tab-separated-values"),
        (Vec<Object> = "application/json"),
        (String = "application/x-ndjson"),
        (RawFile = "application/octet-stream")
    )),
    responses(
        (status = 200, description = "The file has been read within the wait; the job holds its result.", body = UploadAnswer,
            headers(("Location" = String, description = "The job."), ("Preference-Applied" = String, description = "`wait=N`."))),
        (status = 201, description = "With `ingest=false`: the file is stored, and is read by `POST /datasets/{id}/ingest`.", body = UploadAnswer,
            headers(("Location" = String, description = "The dataset."))),
        (status = 202, description = "The file is stored and waits to be read.", body = UploadAnswer,
            headers(("Location" = String, description = "The job that reads the file."), ("Retry-After" = u64, description = "Seconds."))),
        IdempotencyProblems, StorageFull
    )
)]
#[post("/datasets/upload")]
pub async fn dataset_upload(
    access: Access<Analyst>,
    state: web::Data<State>,
    request: HttpRequest,
    meta: RequestMeta,
    params: Query<UploadParams>,
    options: Query<ParseParams>,
    payload: web::Payload,
) -> Result<HttpResponse> {
    let user_id = access.user.id;
    let prefer = Prefer::read(request.headers());
    let key = idempotency::key(request.headers())?;
    let options = checked(options.0.options()?, "")?;
    let received = receive(&state, &request, payload, params.0, options).await?;
    let storage_key = received.key.clone();
    let outcome = record(&state, user_id, &meta, received, key).await;
    discard_unused(&state, &storage_key, &outcome, Uploaded::uses_file).await;
    let outcome = match outcome? {
        Uploaded::Stored(dataset_id) | Uploaded::StoredBefore(dataset_id) => {
            return stored(&state, user_id, dataset_id).await;
        }
        Uploaded::Started(outcome) => outcome,
    };
    let (job, replayed) = concluded(&state, user_id, outcome, prefer).await?;
    let dataset_id = job.dataset_id.ok_or_else(|| ApiError::internal("an ingest job without dataset"))?;
    let dataset =
        state.database.read(move |connection| datasets::dataset_fetch(connection, user_id, dataset_id)).await?;
    let answer = UploadAnswer { dataset, job: Some(job.clone()) };
    Ok(Started { job: &job, body: &answer, prefer, replayed }.answer())
}

/// The answer to an upload whose file waits to be read.
async fn stored(state: &State, user_id: Uuid, dataset_id: Uuid) -> Result<HttpResponse> {
    let dataset =
        state.database.read(move |connection| datasets::dataset_fetch(connection, user_id, dataset_id)).await?;
    let location = (header::LOCATION, format!("{BASE}/datasets/{dataset_id}"));
    Ok(HttpResponse::Created().insert_header(location).json(UploadAnswer { dataset, job: None }))
}

/// What the transaction of an upload did.
enum Uploaded {
    /// A job reads the file.
    Started(Outcome),
    /// The file waits to be read, in this dataset.
    Stored(Uuid),
    /// An earlier request stored it, in this dataset.
    StoredBefore(Uuid),
}

impl Uploaded {
    const fn uses_file(&self) -> bool {
        matches!(self, Self::Stored(_) | Self::Started(Outcome::Begun(_)))
    }
}

/// ONE transaction: the key, the dataset, its ingest job and the audit event.
async fn record(
    state: &State,
    user_id: Uuid,
    meta: &RequestMeta,
    received: Received,
    key: Option<String>,
) -> Result<Uploaded> {
    let Received { dataset_id, key: source_key, stored, name, description, file_name, options, ingest } = received;
    let asked = serde_json::to_string(&(&options, ingest)).unwrap_or_default();
    let key = key.map(|key| Key {
        user_id,
        route: "POST /datasets/upload".to_owned(),
        key,
        body_hash: hash_of(&[&stored.sha256, &name, &description, &asked]),
    });
    let target_key = format!("versions/{}.parquet", domain::new_id());
    let spec = JobSpec::Ingest(IngestParams { dataset_id, source_key: source_key.clone(), target_key, options });
    let submission = state.submission(user_id, spec, &meta.request_id);
    let attempt = Attempt::new("dataset.upload", &dataset_id.to_string(), meta);
    let detail = json!({ "bytes": stored.bytes, "sha256": stored.sha256 });
    let (bytes, sha256) = (stored.bytes, stored.sha256);
    let owner_id = user_id;
    let new = NewDataset { id: dataset_id, owner_id, name, description, file_name, bytes, sha256, source_key, ingest };
    if !ingest {
        return store(state, new, attempt, detail, key).await;
    }
    let outcome = state.database.write(move |connection| {
        once(connection, user_id, key.as_ref(), |connection| {
            datasets::dataset_create(connection, &new)?;
            let submitted = job_submit(connection, &submission)?;
            attempt.succeeded(connection, user_id, detail)?;
            Ok(submitted)
        })
    });
    Ok(Uploaded::Started(outcome.await?))
}

/// The same without a job: a repeated request is led to the dataset.
async fn store(
    state: &State,
    new: NewDataset,
    attempt: Attempt,
    detail: serde_json::Value,
    key: Option<Key>,
) -> Result<Uploaded> {
    let outcome = state.database.write(move |connection| match idempotency::begin(connection, key.as_ref())? {
        Begun::First => {
            datasets::dataset_create(connection, &new)?;
            attempt.succeeded(connection, new.owner_id, detail)?;
            idempotency::finish(connection, key.as_ref(), new.id)?;
            Ok(Uploaded::Stored(new.id))
        }
        Begun::Replayed(dataset_id) => Ok(Uploaded::StoredBefore(dataset_id)),
        Begun::InProgress => Ok(Uploaded::Started(Outcome::Refused(idempotency::in_progress()))),
        Begun::Mismatch => Ok(Uploaded::Started(Outcome::Refused(idempotency::mismatch()))),
    });
    Ok(outcome.await?)
}

/// SHA-256 over the parts, each with its length, in hex.
pub(super) fn hash_of(parts: &[&str]) -> String {
    let digest = parts.iter().fold(Sha256::new(), |hash, part| {
        hash.chain_update((part.len() as u64).to_le_bytes()).chain_update(part.as_bytes())
    });
    hex::encode(digest.finalize())
}
