//! `/visualizations`: charts that are saved: list, read, change, share and delete.

use actix_web::guard::GuardContext;
use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse, delete, get, patch, post, web};
use contract::charts::requests::{
    ShareRequest, Visualization, VisualizationChange, VisualizationRequest, VisualizationVersion,
};
use contract::lists::Page;
use domain::visualizations::{self, ListQuery, Scope};
use serde::Deserialize;
use serde_json::json;
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use crate::access::{Access, Analyst, SignedIn};
use crate::answers;
use crate::charting::versions_of;
use crate::frame::RequestMeta;
use crate::inputs::{Json, Query, list_limit};
use crate::openapi::{BASE, Conflict, NotReady};
use crate::problems::{ApiError, Result};
use crate::recording::Attempt;
use crate::state::State;

/// Which saved charts to list.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct VisualizationListParams {
    /// Whose; your own and those shared with you unless told otherwise.
    #[param(inline)]
    #[serde(default)]
    scope: Option<ScopeName>,
    /// Only those of this dataset.
    #[serde(default)]
    dataset_id: Option<Uuid>,
    /// Where the page begins: `next_cursor` of the page before.
    #[serde(default)]
    cursor: Option<String>,
    /// How many, 50 unless told otherwise.
    #[param(minimum = 1, maximum = 200)]
    #[serde(default)]
    limit: Option<u32>,
}

#[derive(Clone, Copy, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ScopeName {
    All,
    Mine,
    Shared,
}

/// Which version of a saved chart.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ChartVersionParams {
    /// A version other than the newest.
    #[param(minimum = 1)]
    #[serde(default)]
    pub version: Option<u32>,
}

/// Save a chart
///
/// The spec is checked against its dataset. Whenever the chart is looked at it is computed from the dataset's newest version.
#[utoipa::path(
    tag = "Visualizations",
    security(("bearer" = ["analyst"])),
    request_body(content = VisualizationRequest, example = json!({ "name": "Prices by country", "chart": {
        "kind": "bar", "dataset_id": "0193c0de-0000-7000-8000-000000000000",
        "x": { "column": "country" }, "y": [{ "column": "unit_price", "aggregate": "mean" }] } })),
    responses(
        (status = 201, description = "The saved chart.", body = Visualization,
            headers(("Location" = String, description = "Its address."))),
        NotReady
    )
)]
#[post("/visualizations")]
pub async fn visualization_create(
    access: Access<Analyst>,
    state: web::Data<State>,
    meta: RequestMeta,
    body: Json<VisualizationRequest>,
) -> Result<HttpResponse> {
    let (owner_id, request) = (access.user.id, body.0);
    check(&state, owner_id, &request.chart).await?;
    let attempt = Attempt::new("visualization.create", &request.name, &meta);
    let saved = state.database.write(move |connection| {
        let saved = visualizations::visualization_create(connection, owner_id, &request.name, &request.chart)?;
        attempt.succeeded(connection, owner_id, json!({ "id": saved.id }))?;
        Ok(saved)
    });
    let saved = saved.await?;
    let address = format!("{BASE}/visualizations/{}", saved.id);
    Ok(HttpResponse::Created().insert_header((header::LOCATION, address)).json(saved))
}

/// Whether the spec fits its dataset.
async fn check(state: &State, owner_id: Uuid, chart: &contract::charts::ChartSpec) -> Result<()> {
    let versions = versions_of(state, owner_id, std::slice::from_ref(chart)).await?;
    let version = versions.get(&chart.dataset_id).ok_or_else(|| ApiError::internal("a dataset is gone"))?;
    let mut errors = chart.check(&version.columns);
    errors.iter_mut().for_each(|error| error.pointer = format!("/chart{}", error.pointer));
    if errors.is_empty() { Ok(()) } else { Err(ApiError::invalid(errors)) }
}

/// Saved charts
///
/// One page, the newest first: your own and those that are shared with you.
#[utoipa::path(
    tag = "Visualizations",
    security(("bearer" = ["viewer"])),
    params(VisualizationListParams),
    responses((status = 200, description = "One page of charts.", body = Page<Visualization>,
        headers(("Link" = String, description = "The next page, where there is one."))))
)]
#[get("/visualizations")]
pub async fn visualization_list(
    access: Access<SignedIn>,
    state: web::Data<State>,
    request: HttpRequest,
    params: Query<VisualizationListParams>,
) -> Result<HttpResponse> {
    let (user_id, params) = (access.user.id, params.0);
    let scope = match params.scope {
        None | Some(ScopeName::All) => Scope::All,
        Some(ScopeName::Mine) => Scope::Mine,
        Some(ScopeName::Shared) => Scope::Shared,
    };
    let limit = list_limit(params.limit)?;
    let query = ListQuery { scope, dataset_id: params.dataset_id, cursor: params.cursor, limit };
    let page = state.database.read(move |connection| visualizations::visualization_list(connection, user_id, &query));
    Ok(answers::page(&request, &page.await?))
}

/// One saved chart
///
/// With its spec, of the newest version unless told otherwise. `GET /visualizations/{id}/figure` computes it.
#[utoipa::path(
    tag = "Visualizations",
    security(("bearer" = ["viewer"])),
    params(("id" = Uuid, Path, description = "The saved chart."), ChartVersionParams),
    responses((status = 200, description = "The saved chart.", body = Visualization))
)]
#[get("/visualizations/{id}")]
pub async fn visualization_fetch(
    access: Access<SignedIn>,
    state: web::Data<State>,
    id: web::Path<Uuid>,
    params: Query<ChartVersionParams>,
) -> Result<HttpResponse> {
    let (user_id, id, version) = (access.user.id, *id, params.0.version);
    let read = move |connection: &mut domain::Connection| {
        visualizations::visualization_fetch(connection, user_id, id, version)
    };
    Ok(HttpResponse::Ok().json(state.database.read(read).await?))
}

/// Change a saved chart
///
/// Fields left out stay as they are; a changed chart is the next version. With `version`, 409 if somebody changed it since.
#[utoipa::path(
    tag = "Visualizations",
    security(("bearer" = ["analyst"])),
    params(("id" = Uuid, Path, description = "The saved chart.")),
    request_body(content = VisualizationChange, example = json!({ "name": "Mean price by country" })),
    responses((status = 200, description = "The chart as it is now.", body = Visualization), Conflict)
)]
#[patch("/visualizations/{id}")]
pub async fn visualization_update(
    access: Access<Analyst>,
    state: web::Data<State>,
    meta: RequestMeta,
    id: web::Path<Uuid>,
    body: Json<VisualizationChange>,
) -> Result<HttpResponse> {
    let (owner_id, id, change) = (access.user.id, *id, body.0);
    if let Some(chart) = &change.chart {
        let read = move |connection: &mut domain::Connection| {
            visualizations::visualization_fetch(connection, owner_id, id, None)
        };
        if !state.database.read(read).await?.is_mine {
            return Err(ApiError::not_found("chart"));
        }
        check(&state, owner_id, chart).await?;
    }
    let attempt = Attempt::new("visualization.update", &id.to_string(), &meta);
    let saved = state.database.write(move |connection| {
        let saved = visualizations::visualization_update(connection, owner_id, id, &change)?;
        attempt.succeeded(connection, owner_id, json!({ "version": saved.version }))?;
        Ok(saved)
    });
    Ok(HttpResponse::Ok().json(saved.await?))
}

/// Delete a saved chart
///
/// With its versions, shares and pictures. The dataset stays.
#[utoipa::path(
    tag = "Visualizations",
    security(("bearer" = ["analyst"])),
    params(("id" = Uuid, Path, description = "The saved chart.")),
    responses((status = 204, description = "The chart is gone."))
)]
#[delete("/visualizations/{id}")]
pub async fn visualization_delete(
    access: Access<Analyst>,
    state: web::Data<State>,
    meta: RequestMeta,
    id: web::Path<Uuid>,
) -> Result<HttpResponse> {
    let (owner_id, id) = (access.user.id, *id);
    let attempt = Attempt::new("visualization.delete", &id.to_string(), &meta);
    let deleted = state.database.write(move |connection| {
        visualizations::visualization_delete(connection, owner_id, id)?;
        attempt.succeeded(connection, owner_id, json!({}))
    });
    deleted.await?;
    Ok(HttpResponse::NoContent().finish())
}

/// The versions of a saved chart
///
/// The last 100, the newest first. To go back to one, send its chart as a change.
#[utoipa::path(
    tag = "Visualizations",
    security(("bearer" = ["viewer"])),
    params(("id" = Uuid, Path, description = "The saved chart.")),
    responses((status = 200, description = "All versions.", body = Page<VisualizationVersion>))
)]
#[get("/visualizations/{id}/versions")]
pub async fn visualization_versions(
    access: Access<SignedIn>,
    state: web::Data<State>,
    id: web::Path<Uuid>,
) -> Result<HttpResponse> {
    let (user_id, id) = (access.user.id, *id);
    let read =
        move |connection: &mut domain::Connection| visualizations::visualization_versions(connection, user_id, id);
    let items = state.database.read(read).await?;
    Ok(HttpResponse::Ok().json(Page { items, next_cursor: None }))
}

/// Share a saved chart
///
/// Lets the user of this name look at it, though not at its dataset; `remove` takes the share back. Both may be repeated.
#[utoipa::path(
    tag = "Visualizations",
    security(("bearer" = ["analyst"])),
    request_body(content = ShareRequest, example = json!({
        "visualization_id": "0193c0de-0000-7000-8000-000000000000", "username": "grace" })),
    responses((status = 200, description = "The chart, with all that it is shared with.", body = Visualization))
)]
#[post("/visualizations/share")]
pub async fn visualization_share(
    access: Access<Analyst>,
    state: web::Data<State>,
    meta: RequestMeta,
    body: Json<ShareRequest>,
) -> Result<HttpResponse> {
    shared(access.user.id, &state, &meta, body.0).await
}

/// Who is to look, in the address of old clients.
#[derive(Debug, Deserialize)]
pub struct OldShareParams {
    username: String,
    #[serde(default)]
    visualization_id: Option<Uuid>,
}

/// Whether a request is one of [`visualization_share_old`].
pub fn names_a_user(context: &GuardContext<'_>) -> bool {
    let query = context.head().uri.query().unwrap_or_default();
    form_urlencoded::parse(query.as_bytes()).any(|(name, _)| name == "username")
}

/// The path of old clients, which share the newest chart when they name none.
pub async fn visualization_share_old(
    access: Access<Analyst>,
    state: web::Data<State>,
    meta: RequestMeta,
    params: Query<OldShareParams>,
) -> Result<HttpResponse> {
    let (owner_id, params) = (access.user.id, params.0);
    let visualization_id = match params.visualization_id {
        Some(id) => id,
        None => {
            let newest =
                move |connection: &mut domain::Connection| visualizations::newest_visualization(connection, owner_id);
            state.database.read(newest).await?
        }
    };
    let request = ShareRequest { visualization_id, username: params.username, remove: false };
    shared(owner_id, &state, &meta, request).await
}

async fn shared(owner_id: Uuid, state: &State, meta: &RequestMeta, request: ShareRequest) -> Result<HttpResponse> {
    let ShareRequest { visualization_id: id, username, remove } = request;
    let action = if remove { "visualization.unshare" } else { "visualization.share" };
    let attempt = Attempt::new(action, &id.to_string(), meta);
    let saved = state.database.write(move |connection| {
        let saved = match remove {
            true => visualizations::visualization_unshare(connection, owner_id, id, &username)?,
            false => visualizations::visualization_share(connection, owner_id, id, &username)?,
        };
        attempt.succeeded(connection, owner_id, json!({ "username": username }))?;
        Ok(saved)
    });
    Ok(HttpResponse::Ok().json(saved.await?))
}
