//! `/datasets`: list, read, change and delete.

use actix_web::{HttpRequest, HttpResponse, delete, get, patch, post, web};
use contract::datasets::{Dataset, DatasetPatch};
use contract::lists::Page;
use domain::datasets::{self, ListQuery, Purged, SORT_FIELDS};
use domain::lists::Sort;
use queue::Signal;
use serde::Deserialize;
use serde_json::json;
use utoipa::IntoParams;
use uuid::Uuid;

use crate::access::{Access, Analyst, SignedIn};
use crate::answers;
use crate::frame::RequestMeta;
use crate::inputs::{Json, Query, at_most, list_limit};
use crate::problems::Result;
use crate::recording::Attempt;
use crate::starting::announce;
use crate::state::State;

/// Which datasets to list.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct DatasetListParams {
    /// Looked for in name, file name and description, whatever the case.
    #[param(max_length = 200)]
    #[serde(default, deserialize_with = "at_most::<200, _>")]
    q: Option<String>,
    /// The datasets in the bin instead of the others.
    #[serde(default)]
    trash: bool,
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

/// How to delete.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct DeleteParams {
    /// Delete for good instead of moving to the bin.
    #[serde(default)]
    permanent: bool,
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
    let query = ListQuery {
        q: params.q,
        trash: params.trash,
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
/// Its queued and running jobs are cancelled. It lies in the bin for 30 days unless the server says otherwise
/// (`GET /datasets?trash=true`), from where it can be restored; `permanent=true` deletes it for good, with its versions,
/// files, jobs and results, also from the bin.
#[utoipa::path(
    tag = "Datasets",
    security(("bearer" = ["analyst"])),
    params(("id" = Uuid, Path, description = "The dataset."), DeleteParams),
    responses((status = 204, description = "The dataset is in the bin, or gone."))
)]
#[delete("/datasets/{id}")]
pub async fn dataset_delete(
    access: Access<Analyst>,
    state: web::Data<State>,
    meta: RequestMeta,
    id: web::Path<Uuid>,
    params: Query<DeleteParams>,
) -> Result<HttpResponse> {
    let (owner_id, id, permanent) = (access.user.id, *id, params.0.permanent);
    let attempt = Attempt::new("dataset.delete", &id.to_string(), &meta);
    let stopped = state.database.write(move |connection| {
        let stopped = match permanent {
            true => datasets::dataset_delete_for_good(connection, owner_id, id)?,
            false => datasets::dataset_delete(connection, owner_id, id)?,
        };
        attempt.succeeded(connection, owner_id, json!({ "stopped": stopped.len(), "permanent": permanent }))?;
        Ok(stopped)
    });
    for execution_id in stopped.await? {
        announce(&state, Signal::Cancel { execution_id }).await;
    }
    if permanent {
        purge(&state, id).await;
    }
    Ok(HttpResponse::NoContent().finish())
}

/// Removes rows and files now where nothing reads them; otherwise housekeeping does it later.
async fn purge(state: &State, id: Uuid) {
    let days = state.settings.datasets.trash_days;
    let purged = state.database.write(move |connection| datasets::dataset_purge(connection, id, days)).await;
    match purged {
        Ok(Purged::Gone(keys)) => {
            for key in keys {
                if let Err(error) = state.storage.delete(&key).await {
                    tracing::warn!(key, %error, "a file of a deleted dataset is left to the sweep");
                }
            }
        }
        Ok(Purged::InUse | Purged::NotDue) => {}
        Err(error) => tracing::warn!(dataset_id = %id, %error, "a deleted dataset is left to housekeeping"),
    }
}

/// Take a dataset out of the bin
///
/// As it was when it was deleted. Jobs that were cancelled then stay cancelled.
#[utoipa::path(
    tag = "Datasets",
    security(("bearer" = ["analyst"])),
    params(("id" = Uuid, Path, description = "The dataset.")),
    responses((status = 200, description = "The dataset as it is now.", body = Dataset))
)]
#[post("/datasets/{id}/restore")]
pub async fn dataset_restore(
    access: Access<Analyst>,
    state: web::Data<State>,
    meta: RequestMeta,
    id: web::Path<Uuid>,
) -> Result<HttpResponse> {
    let (owner_id, id) = (access.user.id, *id);
    let attempt = Attempt::new("dataset.restore", &id.to_string(), &meta);
    let dataset = state.database.write(move |connection| {
        let dataset = datasets::dataset_restore(connection, owner_id, id)?;
        attempt.succeeded(connection, owner_id, json!({}))?;
        Ok(dataset)
    });
    Ok(HttpResponse::Ok().json(dataset.await?))
}
