//! What goes in and out of the addresses below `/visualizations`.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{ChartName, ChartSpec, Slot};
use crate::cells::Cell;
use crate::columns::{Column, Scalar};
use crate::errors::Failure;

/// The most charts of one request.
pub const MOST_CHARTS: usize = 30;
/// The shortest and longest side of a picture, in CSS pixels.
pub const SIDES: std::ops::RangeInclusive<u32> = 50..=4_000;
/// The most pixels of a PNG; each takes four bytes of memory.
pub const MOST_PIXELS: f64 = 40e6;
/// Pixels of a PNG for each CSS pixel.
pub const SCALES: std::ops::RangeInclusive<f64> = 0.5..=4.0;

/// The kinds of charts, in the order of the documentation.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ChartKinds {
    pub items: Vec<ChartKindInfo>,
}

/// A kind of chart as `GET /visualizations/kinds` tells it.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ChartKindInfo {
    pub name: ChartName,
    pub title: String,
    pub summary: String,
    /// The channels that it takes.
    pub channels: Vec<Slot>,
    /// The options that it takes.
    pub options: Vec<String>,
    /// Whether annotations can stand on it.
    pub has_axes: bool,
    /// A spec, without `dataset_id`.
    #[schema(value_type = Object)]
    pub example: Scalar,
}

/// Charts to compute without saving them.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChartsRequest {
    #[schema(min_items = 1, max_items = 30)]
    pub charts: Vec<ChartSpec>,
    #[serde(default)]
    pub theme: Theme,
}

/// One answer for each chart, in their order.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct ChartsAnswer {
    pub items: Vec<ChartItem>,
}

/// A chart, or why it could not be computed.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct ChartItem {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<ChartAnswer>)]
    pub chart: Option<Box<RawValue>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub error: Option<Failure>,
}

/// A computed chart.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct ChartAnswer {
    pub kind: ChartName,
    /// A Plotly figure, `{"data": […], "layout": {…}}`: opens unchanged in Plotly for Python, R and JavaScript.
    #[schema(value_type = Object)]
    pub figure: Box<RawValue>,
    /// One sentence that says what the chart shows.
    pub sentence: String,
    /// What was left out, binned or assumed.
    pub notes: Vec<String>,
    /// The figures that are drawn.
    pub table: ChartTable,
    /// Present if fewer marks are drawn than there are rows with values.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sampling: Option<SamplingInfo>,
}

/// The figures of a chart as a table.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct ChartTable {
    pub columns: Vec<Column>,
    #[schema(value_type = Vec<Vec<Value>>)]
    pub rows: Vec<Vec<Scalar>>,
    /// Whether rows were left out here; the CSV export has all.
    pub is_cut: bool,
}

#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct SamplingInfo {
    /// `lttb`: lines thinned so that they look the same; `bins`: points counted in classes.
    pub method: String,
    pub shown: u64,
    pub of: u64,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Theme {
    #[default]
    Light,
    Dark,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ImageFormat {
    Png,
    Svg,
    Pdf,
    Csv,
}

impl ImageFormat {
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Png => "png",
            Self::Svg => "svg",
            Self::Pdf => "pdf",
            Self::Csv => "csv",
        }
    }

    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Png => "image/png",
            Self::Svg => "image/svg+xml",
            Self::Pdf => "application/pdf",
            Self::Csv => "text/csv; charset=utf-8",
        }
    }
}

/// How a chart becomes a file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ImageOptions {
    pub format: ImageFormat,
    /// In CSS pixels.
    pub width: u32,
    /// In CSS pixels.
    pub height: u32,
    /// Pixels of a PNG for each CSS pixel.
    pub scale: f64,
    pub theme: Theme,
    pub is_transparent: bool,
}

impl ImageOptions {
    /// 800 × 500, light.
    pub const fn new(format: ImageFormat) -> Self {
        Self { format, width: 800, height: 500, scale: 1.0, theme: Theme::Light, is_transparent: false }
    }
}

/// A chart to draw as a file without saving it.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChartExportRequest {
    pub chart: ChartSpec,
    #[serde(default)]
    pub format: Option<ImageFormat>,
    /// In CSS pixels, 800 unless given.
    #[serde(default)]
    #[schema(minimum = 50, maximum = 4000)]
    pub width: Option<u32>,
    /// In CSS pixels, 500 unless given.
    #[serde(default)]
    #[schema(minimum = 50, maximum = 4000)]
    pub height: Option<u32>,
    /// Pixels of a PNG for each CSS pixel, 1 unless given.
    #[serde(default)]
    #[schema(minimum = 0.5, maximum = 4)]
    pub scale: Option<f64>,
    #[serde(default)]
    pub theme: Theme,
    /// Whether the background is left out.
    #[serde(default)]
    pub transparent: bool,
}

/// What a new visualization is.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct VisualizationRequest {
    #[schema(min_length = 1, max_length = 200)]
    pub name: String,
    pub chart: ChartSpec,
}

/// What changes; a changed chart is the next version.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct VisualizationChange {
    #[serde(default)]
    #[schema(min_length = 1, max_length = 200)]
    pub name: Option<String>,
    #[serde(default)]
    pub chart: Option<ChartSpec>,
    /// The version that the change was made from: 409 if it is no longer the newest.
    #[serde(default)]
    #[schema(minimum = 1)]
    pub version: Option<u32>,
}

/// A saved chart.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct Visualization {
    pub id: Uuid,
    pub name: String,
    pub kind: ChartName,
    pub dataset_id: Uuid,
    /// The newest version, or the one asked for.
    pub version: u32,
    pub chart: ChartSpec,
    /// Whether the caller made it; others may only look.
    pub is_mine: bool,
    /// The username of its owner.
    pub owner: String,
    /// The usernames that it is shared with; empty for those who may only look.
    pub shared_with: Vec<String>,
    /// Where its picture is, computed when first asked for.
    pub image_url: String,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}

/// One state of a saved chart.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct VisualizationVersion {
    pub version: u32,
    pub kind: ChartName,
    pub chart: ChartSpec,
    pub created_at: DateTime<Utc>,
}

/// Who may look at a saved chart.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ShareRequest {
    pub visualization_id: Uuid,
    /// The name of the user who may look.
    #[schema(min_length = 1, max_length = 64)]
    pub username: String,
    /// Whether the share is taken back instead.
    #[serde(default)]
    pub remove: bool,
}

impl ChartTable {
    /// The cells of one column, for files.
    pub fn cells(&self, column: usize) -> Vec<Cell<'_>> {
        self.rows.iter().map(|row| row.get(column).map_or(Cell::Null, cell)).collect()
    }
}

fn cell(value: &Scalar) -> Cell<'_> {
    match value {
        Scalar::Null => Cell::Null,
        Scalar::Bool(value) => Cell::Boolean(*value),
        Scalar::Number(number) => match number.as_i64() {
            Some(integer) => Cell::Integer(integer),
            None => Cell::Float(number.as_f64().unwrap_or(f64::NAN)),
        },
        Scalar::String(text) => Cell::Text(text.as_str().into()),
        Scalar::Array(_) | Scalar::Object(_) => Cell::Null,
    }
}
