//! `/visualizations/{id}/figure` and `/export`: a saved chart computed, and drawn as a file that is kept.

use actix_web::http::header::{self, ContentEncoding};
use actix_web::{HttpRequest, HttpResponse, get, web};
use bytes::Bytes;
use contract::asks::Ask;
use contract::asks::chart::ChartForm;
use contract::charts::requests::{ChartAnswer, ImageFormat, Theme};
use domain::DomainError;
use domain::datasets::dataset_version_ref;
use domain::visualizations::{self, visualization_chart, visualization_image, visualization_image_add};
use futures_util::TryStreamExt as _;
use serde::Deserialize;
use storage::StorageError;
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use crate::access::{Access, SignedIn};
use crate::answers;
use crate::asking::{answer_to, ask_tag};
use crate::charting::{ImageWish, chart_ask, drawn, still_fits};
use crate::file_names::attachment;
use crate::inputs::Query;
use crate::openapi::{NotModified, NotReady};
use crate::problems::Result;
use crate::state::State;

/// Pictures are small; a larger one is not kept.
const MOST_KEPT_BYTES: usize = 8 << 20;

/// In which form.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct FigureParams {
    /// A version other than the newest.
    #[param(minimum = 1)]
    #[serde(default)]
    version: Option<u32>,
    /// `light` unless told otherwise.
    #[param(inline)]
    #[serde(default)]
    theme: Option<Theme>,
    /// `figure`, unless told otherwise, computes the chart; `spec` answers with what it is asked with.
    #[param(inline)]
    #[serde(default)]
    format: Option<FigureFormat>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum FigureFormat {
    Figure,
    Spec,
}

/// The picture.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ImageParams {
    /// `png` unless told otherwise.
    #[param(inline)]
    #[serde(default)]
    format: Option<ImageFormat>,
    /// In CSS pixels, 800 unless told otherwise.
    #[param(minimum = 50, maximum = 4000)]
    #[serde(default)]
    width: Option<u32>,
    /// In CSS pixels, 500 unless told otherwise.
    #[param(minimum = 50, maximum = 4000)]
    #[serde(default)]
    height: Option<u32>,
    /// Pixels of a PNG for each CSS pixel, 1 unless told otherwise.
    #[param(minimum = 0.5, maximum = 4)]
    #[serde(default)]
    scale: Option<f64>,
    /// `light` unless told otherwise.
    #[param(inline)]
    #[serde(default)]
    theme: Option<Theme>,
    /// Whether the background is left out.
    #[serde(default)]
    transparent: bool,
    /// A version other than the newest.
    #[param(minimum = 1)]
    #[serde(default)]
    version: Option<u32>,
}

/// A saved chart, computed
///
/// From the newest version of its dataset, at once and without a job.
#[utoipa::path(
    tag = "Visualizations",
    security(("bearer" = ["viewer"])),
    params(("id" = Uuid, Path, description = "The saved chart."), FigureParams),
    responses(
        (status = 200, description = "The figure, its sentence and its table.", body = ChartAnswer,
            headers(("ETag" = String, description = "Changes with the data and the chart."))),
        NotModified, NotReady
    )
)]
#[get("/visualizations/{id}/figure")]
pub async fn visualization_figure(
    access: Access<SignedIn>,
    state: web::Data<State>,
    request: HttpRequest,
    id: web::Path<Uuid>,
    params: Query<FigureParams>,
) -> Result<HttpResponse> {
    let (user_id, id, params) = (access.user.id, *id, params.0);
    if params.format == Some(FigureFormat::Spec) {
        let read = move |connection: &mut domain::Connection| {
            visualizations::visualization_fetch(connection, user_id, id, params.version)
        };
        return Ok(HttpResponse::Ok().json(state.database.read(read).await?.chart));
    }
    let form = ChartForm::Figure { theme: params.theme.unwrap_or_default() };
    let (ask, _) = saved_ask(&state, user_id, (id, params.version), form).await?;
    let tag = ask_tag(&ask);
    if answers::is_known(request.headers(), &tag) {
        return Ok(answers::not_modified(&tag));
    }
    let json = answer_to(&state, &ask, &tag).await?;
    Ok(answers::tagged_as(&request, &tag, json))
}

/// A saved chart as a file
///
/// PNG, SVG, PDF with vectors and text, or its figures as CSV. A picture is drawn once and kept until data, chart or form change.
#[utoipa::path(
    tag = "Visualizations",
    security(("bearer" = ["viewer"])),
    params(("id" = Uuid, Path, description = "The saved chart."), ImageParams),
    responses(
        (status = 200, description = "The file.", body = String, content_type = "image/png",
            headers(("ETag" = String, description = "Changes with the data, the chart and its form."))),
        NotModified, NotReady
    )
)]
#[get("/visualizations/{id}/export")]
pub async fn visualization_export(
    access: Access<SignedIn>,
    state: web::Data<State>,
    request: HttpRequest,
    id: web::Path<Uuid>,
    params: Query<ImageParams>,
) -> Result<HttpResponse> {
    let (user_id, id) = (access.user.id, *id);
    let ImageParams { format, width, height, scale, theme, transparent, version } = params.0;
    let theme = theme.unwrap_or_default();
    let options = ImageWish { format, width, height, scale, theme, transparent }.options("")?;
    let format = options.format;
    let (ask, name) = saved_ask(&state, user_id, (id, version), ChartForm::Image(options)).await?;
    let tag = ask_tag(&ask);
    if answers::is_known(request.headers(), &tag) {
        return Ok(answers::not_modified(&tag));
    }
    let bytes = match kept(&state, id, &tag).await? {
        Some(bytes) => bytes,
        None => {
            let bytes = drawn(&state, &ask, &tag).await?;
            keep(&state, id, &tag, &bytes).await;
            bytes
        }
    };
    let mut response = HttpResponse::Ok();
    response
        .content_type(format.media_type())
        .insert_header((header::ETAG, format!("W/\"{tag}\"")))
        .insert_header((header::CONTENT_DISPOSITION, attachment(&name, format.as_str())));
    if matches!(format, ImageFormat::Png | ImageFormat::Pdf) {
        response.insert_header(ContentEncoding::Identity);
    }
    Ok(response.body(bytes))
}

/// The ask for a saved chart on the newest version of its owner's dataset, and the chart's name.
async fn saved_ask(
    state: &State,
    user_id: Uuid,
    (id, number): (Uuid, Option<u32>),
    form: ChartForm,
) -> Result<(Ask, String)> {
    let read = move |connection: &mut domain::Connection| {
        let saved = visualization_chart(connection, user_id, id, number)?;
        let version = match dataset_version_ref(connection, saved.owner_id, saved.chart.dataset_id) {
            Err(DomainError::NotFound) => {
                return Err(DomainError::NotReady("The dataset of this version of the chart was deleted.".to_owned()));
            }
            other => other?,
        };
        Ok((saved, version))
    };
    let (saved, version) = state.database.read(read).await?;
    still_fits(&saved.chart, &version)?;
    let ask = chart_ask(&saved.chart, &version, form, "")?;
    Ok((ask, saved.name))
}

/// The picture, if it was drawn before and its file is still there.
async fn kept(state: &State, id: Uuid, tag: &str) -> Result<Option<Bytes>> {
    let asked = tag.to_owned();
    let read = move |connection: &mut domain::Connection| visualization_image(connection, id, &asked);
    let Some(key) = state.database.read(read).await? else { return Ok(None) };
    let stream = match state.storage.get_stream(&key).await {
        Ok(stream) => stream,
        Err(StorageError::NotFound) => return Ok(None),
        Err(error) => return Err(error.into()),
    };
    let pieces: Vec<Bytes> = stream.try_collect().await?;
    Ok(Some(pieces.concat().into()))
}

/// Keeps a picture for the next time. That it could not be kept is no reason not to show it.
async fn keep(state: &State, id: Uuid, tag: &str, bytes: &Bytes) {
    if bytes.len() > MOST_KEPT_BYTES {
        return;
    }
    if let Err(error) = try_keep(state, id, tag, bytes).await {
        tracing::warn!(visualization_id = %id, %error, "a picture could not be kept");
    }
}

async fn try_keep(state: &State, id: Uuid, tag: &str, bytes: &Bytes) -> Result<()> {
    let key = format!("images/{}", domain::new_id());
    let mut upload = state.storage.upload(&key, MOST_KEPT_BYTES as u64).await?;
    upload.write(bytes.clone()).await?;
    upload.finish().await?;
    let tag = tag.to_owned();
    let note = move |connection: &mut domain::Connection| visualization_image_add(connection, id, &tag, &key);
    Ok(state.database.write(note).await?)
}
