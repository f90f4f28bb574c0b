//! `GET /datasets/{id}/export`: a stored table as a file of another format.

use actix_web::body::SizedStream;
use actix_web::http::header::{self, ContentEncoding};
use actix_web::{HttpRequest, HttpResponse, get, web};
use contract::RESULTS_VERSION;
use contract::columns::Column;
use contract::errors::{ErrorCode, Failure};
use contract::exports::{ExportFormat, ExportOutcome, ExportParams, MAX_WORKBOOK_COLUMNS, MAX_WORKBOOK_ROWS};
use contract::jobs::{Job, JobSpec, JobStatus};
use domain::datasets::{VersionRef, dataset_fetch, dataset_version_ref_at};
use domain::jobs::{Submission, job_submit};
use serde::Deserialize;
use sha2::{Digest, Sha256};
use storage::StorageError;
use utoipa::IntoParams;
use uuid::Uuid;

use crate::access::{Access, SignedIn};
use crate::answers::{Started, is_known, not_modified};
use crate::column_names::chosen_columns;
use crate::file_names::attachment;
use crate::frame::RequestMeta;
use crate::inputs::{Query, at_most};
use crate::openapi::{NotModified, NotReady, RawFile, StorageFull};
use crate::problems::{ApiError, Result};
use crate::starting::{ring, settled};
use crate::state::State;
use crate::waiting::{MAX_WAIT_SECONDS, Prefer};

/// How often an export is made anew because its file was swept in the moment of its delivery.
const TRIES: usize = 2;

/// What to write.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ExportQuery {
    /// The file's format, `csv` unless told otherwise.
    #[param(inline)]
    #[serde(default)]
    format: Option<ExportFormat>,
    /// The columns and their order, separated by commas; a name with a comma stands in double quotes. All unless given.
    #[param(max_length = 5000)]
    #[serde(default, deserialize_with = "at_most::<5000, _>")]
    columns: Option<String>,
    /// A version other than the newest.
    #[param(minimum = 1)]
    #[serde(default)]
    version: Option<u32>,
    /// Begin a CSV file with a byte order mark, so that spreadsheet programs read it as UTF-8.
    #[serde(default)]
    bom: bool,
    /// Make texts harmless that a spreadsheet program would run as a formula: those that begin with `=`, `+`, `-`, `@`, a
    /// tab or a line end. CSV puts an apostrophe before them, a workbook marks them as text. True unless told otherwise.
    #[serde(default)]
    neutralise: Option<bool>,
}

/// Download a table
///
/// As CSV, JSON, NDJSON, Parquet, Arrow or workbook. The file is written in the background and kept for a while, so
/// that the next download of the same data begins at once. A request waits up to 30 seconds for it (`Prefer: wait=N`
/// for another time); when that does not suffice it answers `202` with the job: ask again when it has finished.
#[utoipa::path(
    tag = "Datasets",
    security(("bearer" = ["viewer"])),
    params(
        ("id" = Uuid, Path, description = "The dataset."), ExportQuery,
        ("Prefer" = Option<String>, Header, description = "`wait=N`: wait up to N seconds, at most 30.", example = "wait=10")
    ),
    responses(
        (status = 200, description = "The file.", content(
                (String = "text/csv"), (Vec<Object> = "application/json"), (String = "application/x-ndjson"),
                (RawFile = "application/vnd.apache.parquet"), (RawFile = "application/vnd.apache.arrow.file"),
                (RawFile = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
            ),
            headers(("Content-Disposition" = String, description = "The file's name."), ("ETag" = String, description = "Changes with the data."))),
        (status = 202, description = "The file is still being written; ask again when this job has finished.", body = Job,
            headers(("Location" = String, description = "The job."), ("Retry-After" = u64, description = "Seconds."))),
        NotModified, NotReady, StorageFull
    )
)]
#[get("/datasets/{id}/export")]
pub async fn dataset_export(
    access: Access<SignedIn>,
    state: web::Data<State>,
    request: HttpRequest,
    meta: RequestMeta,
    id: web::Path<Uuid>,
    query: Query<ExportQuery>,
) -> Result<HttpResponse> {
    let (user_id, id, query) = (access.user.id, *id, query.0);
    let number = query.version;
    let (dataset, version) = state
        .database
        .read(move |conn| Ok((dataset_fetch(conn, user_id, id)?, dataset_version_ref_at(conn, user_id, id, number)?)))
        .await?;
    let params = export_params(id, &query, &version)?;
    let key = cache_key(&version, &params)?;
    let tag = key.get(..32).unwrap_or(&key).to_owned();
    if is_known(request.headers(), &tag) {
        return Ok(not_modified(&tag));
    }
    let file = File { format: params.format, name: dataset.name, tag };
    // The stored file is the answer unless it has points in time with a zone, which it does not say.
    let says_all = version.columns.iter().all(|column| column.time_zone.is_none());
    if params.format == ExportFormat::Parquet && params.columns.is_none() && says_all {
        return file.answer(&state, &version.storage_key).await?.ok_or_else(gone);
    }
    let prefer = Prefer::read(request.headers()).unwrap_or(Prefer { seconds: MAX_WAIT_SECONDS });
    let mut submission = Submission {
        key: Some(key),
        version_id: Some(version.version_id),
        cache_seconds: state.settings.jobs.cache_seconds,
        ..state.submission(user_id, JobSpec::Export(params), &meta.request_id)
    };
    for _ in 0..TRIES {
        let job = start(&state, &submission, prefer).await?;
        match job.status {
            JobStatus::Succeeded => {}
            JobStatus::Failed | JobStatus::Cancelled => return Err(failed(job)),
            JobStatus::Queued | JobStatus::Running => {
                return Ok(Started { job: &job, body: &job, prefer: Some(prefer), replayed: false }.answer());
            }
        }
        let result = job.result.as_ref().map_or("null", |result| result.get());
        let outcome: ExportOutcome = serde_json::from_str(result).map_err(ApiError::internal)?;
        if let Some(answer) = file.answer(&state, &outcome.file).await? {
            return Ok(answer);
        }
        // The file was swept: a result that names it must not answer again.
        submission.cache_seconds = 0;
    }
    Err(gone())
}

/// Submits the export and waits for its end.
async fn start(state: &State, submission: &Submission, prefer: Prefer) -> Result<Job> {
    let (user_id, submission) = (submission.user_id, submission.clone());
    let submitted = state.database.write(move |connection| job_submit(connection, &submission)).await?;
    ring(state, &submitted).await;
    settled(state, user_id, submitted.into_job(), Some(prefer)).await
}

fn failed(job: Job) -> ApiError {
    let unknown = || Failure::new(ErrorCode::Internal, "The export failed for an unknown reason.");
    ApiError::failure(&job.error.unwrap_or_else(unknown))
}

fn gone() -> ApiError {
    ApiError::internal("the file of an export or of a version is not in storage")
}

/// Checks what can be checked before any work begins.
fn export_params(dataset_id: Uuid, query: &ExportQuery, version: &VersionRef) -> Result<ExportParams> {
    let format = query.format.unwrap_or(ExportFormat::Csv);
    let columns = match query.columns.as_deref() {
        None => None,
        Some(text) => chosen(text, &version.columns)?,
    };
    let width = columns.as_ref().map_or(version.columns.len(), Vec::len);
    if format == ExportFormat::Xlsx && version.rows > MAX_WORKBOOK_ROWS {
        let detail = format!(
            "A worksheet has at most {MAX_WORKBOOK_ROWS} rows below its names; this table has {}. Take csv or parquet.",
            version.rows
        );
        return Err(ApiError::field("format", detail));
    }
    if format == ExportFormat::Xlsx && width > MAX_WORKBOOK_COLUMNS {
        let detail = format!("A worksheet has at most {MAX_WORKBOOK_COLUMNS} columns; {width} are asked for.");
        return Err(ApiError::field("columns", detail));
    }
    Ok(ExportParams {
        dataset_id,
        format,
        columns,
        bom: query.bom && format == ExportFormat::Csv,
        neutralise: query.neutralise.unwrap_or(true) && matches!(format, ExportFormat::Csv | ExportFormat::Xlsx),
        cells: version.rows.saturating_mul(width as u64),
    })
}

/// The names in `text`; `None` when they are all columns in their own order.
fn chosen(text: &str, known: &[Column]) -> Result<Option<Vec<String>>> {
    let names: Vec<String> =
        chosen_columns("columns", Some(text), known)?.into_iter().map(|column| column.name).collect();
    let all = names.len() == known.len() && names.iter().zip(known).all(|(name, column)| *name == column.name);
    Ok((!all).then_some(names))
}

/// Equal exports of equal data have equal keys, whichever dataset holds the data.
fn cache_key(version: &VersionRef, params: &ExportParams) -> Result<String> {
    let asked = (params.format, &params.columns, params.bom, params.neutralise);
    let text = serde_json::to_vec(&(&version.content_hash, "export", asked, RESULTS_VERSION));
    Ok(hex::encode(Sha256::digest(text.map_err(ApiError::internal)?)))
}

/// A download.
struct File {
    format: ExportFormat,
    name: String,
    tag: String,
}

impl File {
    /// Streams what is stored under `key`; `None` when it is gone.
    async fn answer(&self, state: &State, key: &str) -> Result<Option<HttpResponse>> {
        let found = match state.storage.size(key).await {
            Ok(size) => state.storage.get_stream(key).await.map(|stream| (size, stream)),
            Err(error) => Err(error),
        };
        let (size, stream) = match found {
            Ok(found) => found,
            Err(StorageError::NotFound) => return Ok(None),
            Err(error) => return Err(error.into()),
        };
        let mut response = HttpResponse::Ok();
        response
            .content_type(self.format.media_type())
            .insert_header((header::ETAG, format!("W/\"{}\"", self.tag)))
            .insert_header((header::CONTENT_DISPOSITION, attachment(&self.name, self.format.as_str())));
        if self.format.is_compressed() {
            response.insert_header(ContentEncoding::Identity);
        }
        Ok(Some(response.body(SizedStream::new(size, stream))))
    }
}
