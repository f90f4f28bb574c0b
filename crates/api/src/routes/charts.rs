//! `/visualizations/kinds`, `/chart` and `/export`: charts that are computed and drawn without being saved.

use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse, get, post, web};
use contract::asks::Ask;
use contract::asks::chart::ChartForm;
use contract::charts::KINDS;
use contract::charts::requests::{
    ChartExportRequest, ChartItem, ChartKindInfo, ChartKinds, ChartsAnswer, ChartsRequest, MOST_CHARTS,
};
use contract::errors::Failure;
use futures_util::StreamExt as _;

use crate::access::{Access, SignedIn};
use crate::answers;
use crate::asking::{answer_to, ask_tag};
use crate::charting::{ImageWish, chart_ask, drawn, versions_of};
use crate::file_names::attachment;
use crate::inputs::Json;
use crate::openapi::NotReady;
use crate::problems::{ApiError, Result};
use crate::state::State;

/// So many charts of one request are computed at a time, so that others get their turn.
const AT_ONCE: usize = 4;

/// The kinds of charts
///
/// What each kind shows, which channels and options it takes, and an example.
#[utoipa::path(
    tag = "Visualizations",
    security(("bearer" = ["viewer"])),
    responses((status = 200, description = "All kinds.", body = ChartKinds))
)]
#[get("/visualizations/kinds")]
pub async fn chart_kinds(_access: Access<SignedIn>, request: HttpRequest) -> Result<HttpResponse> {
    let info = |kind: &contract::charts::ChartKind| ChartKindInfo {
        name: kind.name,
        title: kind.title.to_owned(),
        summary: kind.summary.to_owned(),
        channels: kind.slots.to_vec(),
        options: kind.options.iter().map(|option| (*option).to_owned()).collect(),
        has_axes: kind.has_axes,
        example: (kind.example)(),
    };
    let kinds = ChartKinds { items: KINDS.iter().map(info).collect() };
    Ok(answers::tagged(&request, serde_json::to_vec(&kinds).map_err(ApiError::internal)?))
}

/// Compute charts
///
/// At once and without a job; up to 30 of them, each with a Plotly figure, a sentence, and its figures as a table. A spec that does not
/// fit its kind or its dataset refuses the whole request, naming the channel, the column and what would fit. A chart that could
/// not be computed has an `error` in its place.
#[utoipa::path(
    tag = "Visualizations",
    security(("bearer" = ["viewer"])),
    request_body(content = ChartsRequest, example = json!({ "charts": [{
        "kind": "bar", "dataset_id": "0193c0de-0000-7000-8000-000000000000",
        "x": { "column": "country", "sort": "-value" }, "y": [{ "column": "unit_price", "aggregate": "mean" }] }] })),
    responses((status = 200, description = "One answer for each chart, in their order.", body = ChartsAnswer), NotReady)
)]
#[post("/visualizations/chart")]
pub async fn charts_compute(
    access: Access<SignedIn>,
    state: web::Data<State>,
    body: Json<ChartsRequest>,
) -> Result<HttpResponse> {
    let ChartsRequest { charts, theme } = body.0;
    if !(1..=MOST_CHARTS).contains(&charts.len()) {
        let detail = format!("Give 1 to {MOST_CHARTS} charts, not {}.", charts.len());
        return Err(ApiError::field("/charts", detail));
    }
    let versions = versions_of(&state, access.user.id, &charts).await?;
    let mut asks = Vec::with_capacity(charts.len());
    for (at, spec) in charts.iter().enumerate() {
        let version = versions.get(&spec.dataset_id).ok_or_else(|| ApiError::internal("a dataset is gone"))?;
        asks.push(chart_ask(spec, version, ChartForm::Figure { theme }, &format!("/charts/{at}"))?);
    }
    let items = futures_util::stream::iter(asks.iter()).map(|ask| item(&state, ask)).buffered(AT_ONCE).collect().await;
    Ok(HttpResponse::Ok().json(ChartsAnswer { items }))
}

async fn item(state: &State, ask: &Ask) -> ChartItem {
    let answered = answer_to(state, ask, &ask_tag(ask)).await;
    match answered.and_then(|json| serde_json::from_slice(&json).map_err(ApiError::internal)) {
        Ok(chart) => ChartItem { chart: Some(chart), error: None },
        Err(error) => ChartItem { chart: None, error: Some(Failure::new(error.code(), error.detail())) },
    }
}

/// Draw a chart as a file
///
/// PNG, SVG, PDF with vectors and text, or the figures as CSV, without saving the chart.
#[utoipa::path(
    tag = "Visualizations",
    security(("bearer" = ["viewer"])),
    request_body(content = ChartExportRequest, example = json!({ "format": "pdf", "chart": {
        "kind": "histogram", "dataset_id": "0193c0de-0000-7000-8000-000000000000", "x": { "column": "unit_price" } } })),
    responses(
        (status = 200, description = "The file.", body = String, content_type = "image/png"),
        NotReady
    )
)]
#[post("/visualizations/export")]
pub async fn chart_export(
    access: Access<SignedIn>,
    state: web::Data<State>,
    body: Json<ChartExportRequest>,
) -> Result<HttpResponse> {
    let ChartExportRequest { chart, format, width, height, scale, theme, transparent } = body.0;
    let options = ImageWish { format, width, height, scale, theme, transparent }.options("/")?;
    let specs = [chart];
    let versions = versions_of(&state, access.user.id, &specs).await?;
    let [chart] = specs;
    let version = versions.get(&chart.dataset_id).ok_or_else(|| ApiError::internal("a dataset is gone"))?;
    let format = options.format;
    let ask = chart_ask(&chart, version, ChartForm::Image(options), "/chart")?;
    let bytes = drawn(&state, &ask, &ask_tag(&ask)).await?;
    let name = chart.title.filter(|title| !title.is_empty()).unwrap_or_else(|| "chart".to_owned());
    Ok(HttpResponse::Ok()
        .content_type(format.media_type())
        .insert_header((header::CONTENT_DISPOSITION, attachment(&name, format.as_str())))
        .body(bytes))
}
