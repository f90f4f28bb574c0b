//! What stands in a dataset: its versions, columns, first rows and profile.

use actix_web::{HttpRequest, HttpResponse, get, web};
use contract::columns::Column;
use contract::datasets::{DatasetVersion, Preview};
use contract::ingest::PREVIEW_ROWS;
use contract::lists::Page;
use contract::profile::Profile;
use domain::datasets;
use serde::Deserialize;
use utoipa::IntoParams;
use uuid::Uuid;

use crate::access::{Access, SignedIn};
use crate::answers;
use crate::inputs::Query;
use crate::openapi::{NotModified, NotReady};
use crate::problems::{ApiError, Result};
use crate::state::State;

const DEFAULT_PREVIEW_ROWS: u32 = 10;

/// Which version.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct VersionParams {
    /// A version other than the newest.
    #[param(minimum = 1)]
    #[serde(default)]
    version: Option<u32>,
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
    /// A version other than the newest.
    #[param(minimum = 1)]
    #[serde(default)]
    version: Option<u32>,
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
    let number = params.0.version;
    let stored =
        state.database.read(move |connection| datasets::dataset_preview(connection, owner_id, id, number)).await?;
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
    params(("id" = Uuid, Path, description = "The dataset."), VersionParams),
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
    params: Query<VersionParams>,
) -> Result<HttpResponse> {
    let (owner_id, id, number) = (access.user.id, *id, params.0.version);
    let json =
        state.database.read(move |connection| datasets::dataset_profile(connection, owner_id, id, number)).await?;
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

/// One version of a dataset
///
/// With its columns, how its file was read, and its lineage: the job that made it, and from what.
#[utoipa::path(
    tag = "Datasets",
    security(("bearer" = ["viewer"])),
    params(
        ("id" = Uuid, Path, description = "The dataset."),
        ("number" = u32, Path, description = "The version's number, from 1.")
    ),
    responses((status = 200, description = "The version.", body = DatasetVersion))
)]
#[get("/datasets/{id}/versions/{number}")]
pub async fn dataset_version_fetch(
    access: Access<SignedIn>,
    state: web::Data<State>,
    path: web::Path<(Uuid, u32)>,
) -> Result<HttpResponse> {
    let (owner_id, (id, number)) = (access.user.id, path.into_inner());
    let version =
        state.database.read(move |connection| datasets::dataset_version_fetch(connection, owner_id, id, number));
    Ok(HttpResponse::Ok().json(version.await?))
}

/// The columns of a dataset
///
/// Names, types, how values travel in JSON, and how many cells are missing, in the table's order.
#[utoipa::path(
    tag = "Datasets",
    security(("bearer" = ["viewer"])),
    params(("id" = Uuid, Path, description = "The dataset."), VersionParams),
    responses((status = 200, description = "All columns.", body = Page<Column>), NotReady)
)]
#[get("/datasets/{id}/columns")]
pub async fn dataset_columns(
    access: Access<SignedIn>,
    state: web::Data<State>,
    id: web::Path<Uuid>,
    params: Query<VersionParams>,
) -> Result<HttpResponse> {
    let (owner_id, id, number) = (access.user.id, *id, params.0.version);
    let version = state
        .database
        .read(move |connection| datasets::dataset_version_ref_at(connection, owner_id, id, number))
        .await?;
    Ok(HttpResponse::Ok().json(Page { items: version.columns, next_cursor: None }))
}
