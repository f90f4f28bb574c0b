//! `POST /datasets/{id}/rows`: rows of a file, or JSON records, join a dataset as its next version.

use actix_web::{HttpRequest, HttpResponse, post, web};
use contract::appends::{AppendParams, Source};
use contract::ingest::ParseOptions;
use contract::jobs::{Job, JobSpec};
use domain::datasets::{NewSource, dataset_source_add, dataset_version_ref};
use domain::jobs::job_submit;
use serde_json::json;
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::access::{Access, Analyst};
use crate::answers::Started;
use crate::frame::RequestMeta;
use crate::idempotency::{self, Key};
use crate::inputs::Query;
use crate::openapi::{IdempotencyProblems, NotReady, RawFile, RowsForm, StorageFull};
use crate::parse_params::{ParseParams, checked};
use crate::problems::{ApiError, Result};
use crate::recording::Attempt;
use crate::starting::{Outcome, concluded, once};
use crate::state::State;
use crate::upload::{Received, UploadParams, discard_unused, receive};
use crate::waiting::Prefer;

/// Add rows to a dataset
///
/// As JSON records, as a form with the field `file`, or as a raw body of any format that can be uploaded. Columns are found
/// by name; one that the file lacks is missing in its rows, one that the table lacks is refused. Options say how the file
/// is written, as those of an upload do, as parameters or as fields of the form. Every cell must fit
/// the type of its column: otherwise the job fails and names column, line and value, and nothing is added. The
/// result is a new version; the old ones stay. Appends that come at once are done one after another.
#[utoipa::path(
    tag = "Datasets",
    security(("bearer" = ["analyst"])),
    params(
        ("id" = Uuid, Path, description = "The dataset."), ParseParams,
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
    options: Query<ParseParams>,
    payload: web::Payload,
) -> Result<HttpResponse> {
    let (user_id, id) = (access.user.id, *id);
    let prefer = Prefer::read(request.headers());
    let key = idempotency::key(request.headers())?;
    // Before anything is stored: there must be a table to add to.
    state.database.read(move |connection| dataset_version_ref(connection, user_id, id)).await?;
    let options = checked(options.0.options()?, "")?;
    let received = receive(&state, &request, payload, UploadParams::default(), options).await?;
    let storage_key = received.key.clone();
    let outcome = record(&state, user_id, id, &meta, received, key).await;
    discard_unused(&state, &storage_key, &outcome, |outcome| matches!(outcome, Outcome::Begun(_))).await;
    let (job, replayed) = concluded(&state, user_id, outcome?, prefer).await?;
    Ok(Started { job: &job, body: &job, prefer, replayed }.answer())
}

/// The options as a part of what an idempotency key stands for; nothing without any.
fn asked_of(options: &ParseOptions) -> Result<String> {
    if *options == ParseOptions::default() {
        return Ok(String::new());
    }
    if !options.columns.is_empty() {
        return Err(ApiError::field("/columns", "Rows that are added have the types of the table's columns."));
    }
    if options.quarantine_percent.is_some() {
        let detail = "Rows are added all or none: a malformed one ends the job and is named.";
        return Err(ApiError::field("/quarantine_percent", detail));
    }
    Ok(serde_json::to_string(options).unwrap_or_default())
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
    let Received { dataset_id: source_id, key: source_key, stored, file_name, options, .. } = received;
    let asked = asked_of(&options)?;
    let key = key.map(|key| Key {
        user_id,
        route: "POST /datasets/{id}/rows".to_owned(),
        key,
        body_hash: hex::encode(Sha256::digest(format!("{dataset_id} {}{asked}", stored.sha256))),
    });
    let source = Source { file_name, bytes: stored.bytes, sha256: stored.sha256 };
    let detail = json!({ "bytes": source.bytes, "sha256": source.sha256 });
    let new = NewSource { id: source_id, dataset_id, storage_key: source_key.clone(), source: source.clone() };
    let spec = JobSpec::Append(AppendParams { dataset_id, source_key, source, options });
    let submission = state.submission(user_id, spec, &meta.request_id);
    let attempt = Attempt::new("dataset.append", &dataset_id.to_string(), meta);
    let outcome = state.database.write(move |connection| {
        once(connection, user_id, key.as_ref(), |connection| {
            dataset_version_ref(connection, user_id, dataset_id)?;
            dataset_source_add(connection, &new)?;
            let submitted = job_submit(connection, &submission)?;
            attempt.succeeded(connection, user_id, detail)?;
            Ok(submitted)
        })
    });
    Ok(outcome.await?)
}
