//! `/datasets`: list, read, change and delete.

use actix_web::{HttpRequest, HttpResponse, delete, get, patch, web};
use contract::datasets::{Dataset, DatasetPatch, DatasetVersion, Preview};
use contract::ingest::PREVIEW_ROWS;
use contract::lists::Page;
use contract::profile::Profile;
use domain::datasets::{self, ListQuery, SORT_FIELDS};
use domain::lists::Sort;
use queue::Signal;
use serde::Deserialize;
use serde_json::json;
use utoipa::IntoParams;
use uuid::Uuid;

use crate::access::{Access, Analyst, SignedIn};
use crate::answers;
use crate::frame::RequestMeta;
use crate::inputs::{Json, Query, list_limit};
use crate::openapi::{NotModified, NotReady};
use crate::problems::{ApiError, Result};
use crate::recording::Attempt;
use crate::starting::announce;
use crate::state::State;

const DEFAULT_PREVIEW_ROWS: u32 = 10;

/// Which datasets to list.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct DatasetListParams {
    /// Looked for in name, file name and description, whatever the case.
    #[param(max_length = 200)]
    #[serde(default)]
    q: Option<String>,
    /// `-created_at` (the newest first, unless told otherwise), `created_at`, `name` or `-name`.
    #[serde(default)]
    sort: Option<String>,
    /// Where the page begins: `next_cursor` of the page before.
    #[serde(default)]
    cursor: Option<String>,
    /// How many datasets, 50 unless told otherwise.
    #[param(minimum = 1, maximum = 200)]
    #[serde(default)]
    limit: Option<u32>,
}

/// Which of the first rows.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct PreviewParams {
    /// Rows to leave out at the beginning.
    #[param(minimum = 0, maximum = 200)]
    #[serde(default)]
    offset: Option<u32>,
    /// How many rows, 10 unless told otherwise. The first 200 rows are kept for previews.
    #[param(minimum = 1, maximum = 200)]
    #[serde(default)]
    limit: Option<u32>,
}

/// Your datasets
///
/// One page, the newest first unless sorted otherwise.
#[utoipa::path(
    tag = "Datasets",
    security(("bearer" = ["viewer"])),
    params(DatasetListParams),
    responses((status = 200, description = "One page of datasets.", body = Page<Dataset>,
        headers(("Link" = String, description = "The next page, where there is one."))))
)]
#[get("/datasets")]
pub async fn dataset_list(
    access: Access<SignedIn>,
    state: web::Data<State>,
    request: HttpRequest,
    params: Query<DatasetListParams>,
) -> Result<HttpResponse> {
    let (owner_id, params) = (access.user.id, params.0);
    let sort = params.sort.as_deref().map(|text| Sort::parse(text, &SORT_FIELDS)).transpose()?;
    if params.q.as_ref().is_some_and(|q| q.chars().count() > 200) {
        return Err(ApiError::field("q", "At most 200 characters."));
    }
    let query = ListQuery {
        q: params.q,
        sort: sort.unwrap_or_default(),
        cursor: params.cursor,
        limit: list_limit(params.limit)?,
    };
    let page = state.database.read(move |connection| datasets::dataset_list(connection, owner_id, &query)).await?;
    Ok(answers::page(&request, &page))
}

/// One dataset
///
/// Its state and its current version with columns; while it is being read there is no version yet.
#[utoipa::path(
    tag = "Datasets",
    security(("bearer" = ["viewer"])),
    params(("id" = Uuid, Path, description = "The dataset.")),
    responses((status = 200, description = "The dataset.", body = Dataset))
)]
#[get("/datasets/{id}")]
pub async fn dataset_fetch(
    access: Access<SignedIn>,
    state: web::Data<State>,
    id: web::Path<Uuid>,
) -> Result<HttpResponse> {
    let (owner_id, id) = (access.user.id, *id);
    let dataset = state.database.read(move |connection| datasets::dataset_fetch(connection, owner_id, id)).await?;
    Ok(HttpResponse::Ok().json(dataset))
}

/// Rename or describe a dataset
///
/// Fields left out stay as they are.
#[utoipa::path(
    tag = "Datasets",
    security(("bearer" = ["analyst"])),
    params(("id" = Uuid, Path, description = "The dataset.")),
    request_body(content = DatasetPatch, example = json!({ "name": "Sales 2024", "description": "All shops." })),
    responses((status = 200, description = "The dataset as it is now.", body = Dataset))
)]
#[patch("/datasets/{id}")]
pub async fn dataset_update(
    access: Access<Analyst>,
    state: web::Data<State>,
    meta: RequestMeta,
    id: web::Path<Uuid>,
    patch: Json<DatasetPatch>,
) -> Result<HttpResponse> {
    let (owner_id, id, patch) = (access.user.id, *id, patch.0);
    let attempt = Attempt::new("dataset.update", &id.to_string(), &meta);
    let dataset = state.database.write(move |connection| {
        let dataset = datasets::dataset_update(connection, owner_id, id, &patch)?;
        attempt.succeeded(connection, owner_id, json!({}))?;
        Ok(dataset)
    });
    Ok(HttpResponse::Ok().json(dataset.await?))
}

/// Delete a dataset
///
/// Its queued and running jobs are cancelled.
#[utoipa::path(
    tag = "Datasets",
    security(("bearer" = ["analyst"])),
    params(("id" = Uuid, Path, description = "The dataset.")),
    responses((status = 204, description = "The dataset is gone."))
)]
#[delete("/datasets/{id}")]
pub async fn dataset_delete(
    access: Access<Analyst>,
    state: web::Data<State>,
    meta: RequestMeta,
    id: web::Path<Uuid>,
) -> Result<HttpResponse> {
    let (owner_id, id) = (access.user.id, *id);
    let attempt = Attempt::new("dataset.delete", &id.to_string(), &meta);
    let stopped = state.database.write(move |connection| {
        let stopped = datasets::dataset_delete(connection, owner_id, id)?;
        attempt.succeeded(connection, owner_id, json!({ "stopped": stopped.len() }))?;
        Ok(stopped)
    });
    for execution_id in stopped.await? {
        announce(&state, Signal::Cancel { execution_id }).await;
    }
    Ok(HttpResponse::NoContent().finish())
}

/// The first rows
///
/// The first 10 rows unless told otherwise. A column states its type and how its values travel.
#[utoipa::path(
    tag = "Datasets",
    security(("bearer" = ["viewer"])),
    params(("id" = Uuid, Path, description = "The dataset."), PreviewParams),
    responses((status = 200, description = "Columns and rows.", body = Preview), NotReady)
)]
#[get("/datasets/{id}/preview")]
pub async fn dataset_preview(
    access: Access<SignedIn>,
    state: web::Data<State>,
    id: web::Path<Uuid>,
    params: Query<PreviewParams>,
) -> Result<HttpResponse> {
    let (owner_id, id) = (access.user.id, *id);
    let (offset, limit) = preview_window(&params.0)?;
    let stored = state.database.read(move |connection| datasets::dataset_preview(connection, owner_id, id)).await?;
    let (columns, rows, total_rows) = stored;
    let rows = rows.into_iter().skip(offset as usize).take(limit as usize).collect();
    Ok(HttpResponse::Ok().json(Preview { columns, rows, offset: u64::from(offset), total_rows }))
}

fn preview_window(params: &PreviewParams) -> Result<(u32, u32)> {
    let (offset, limit) = (params.offset.unwrap_or(0), params.limit.unwrap_or(DEFAULT_PREVIEW_ROWS));
    if offset as usize > PREVIEW_ROWS {
        return Err(ApiError::field("offset", format!("A preview reaches to row {PREVIEW_ROWS}.")));
    }
    if !(1..=PREVIEW_ROWS).contains(&(limit as usize)) {
        return Err(ApiError::field("limit", format!("{limit} is not from 1 to {PREVIEW_ROWS}.")));
    }
    Ok((offset, limit))
}

/// What each column holds
///
/// The profile that was computed when the file was read: counts, moments, quantiles, top values and a histogram.
#[utoipa::path(
    tag = "Datasets",
    security(("bearer" = ["viewer"])),
    params(("id" = Uuid, Path, description = "The dataset.")),
    responses(
        (status = 200, description = "The profile.", body = Profile,
            headers(("ETag" = String, description = "Changes with the data."))),
        NotModified, NotReady
    )
)]
#[get("/datasets/{id}/profile")]
pub async fn dataset_profile(
    access: Access<SignedIn>,
    state: web::Data<State>,
    request: HttpRequest,
    id: web::Path<Uuid>,
) -> Result<HttpResponse> {
    let (owner_id, id) = (access.user.id, *id);
    let json = state.database.read(move |connection| datasets::dataset_profile(connection, owner_id, id)).await?;
    Ok(answers::tagged(&request, json.into_bytes()))
}

/// The versions of a dataset
///
/// Every version is immutable; the newest is the one that analyses read.
#[utoipa::path(
    tag = "Datasets",
    security(("bearer" = ["viewer"])),
    params(("id" = Uuid, Path, description = "The dataset.")),
    responses((status = 200, description = "All versions, the newest first.", body = Page<DatasetVersion>))
)]
#[get("/datasets/{id}/versions")]
pub async fn dataset_versions(
    access: Access<SignedIn>,
    state: web::Data<State>,
    id: web::Path<Uuid>,
) -> Result<HttpResponse> {
    let (owner_id, id) = (access.user.id, *id);
    let items = state.database.read(move |connection| datasets::dataset_versions(connection, owner_id, id)).await?;
    Ok(HttpResponse::Ok().json(Page { items, next_cursor: None }))
}
