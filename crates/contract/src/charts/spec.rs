//! What a chart is asked with: its kind, what each channel shows, and how it is drawn.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::ChartName;
use crate::analyses::distribution::{Bandwidth, Bins};
use crate::analyses::grouped::Function;
use crate::filters::Condition;
use crate::granularity::Granularity;

/// A chart. Which channels and options a kind takes is told by `GET /visualizations/kinds`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChartSpec {
    pub kind: ChartName,
    pub dataset_id: Uuid,
    /// Stands above the chart; made of the channels unless given, empty for none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 200)]
    pub title: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 300)]
    pub subtitle: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub x: Option<Encoding>,
    /// One or more; several are series of their own.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schema(max_items = 20)]
    pub y: Vec<Encoding>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub z: Option<Encoding>,
    /// Splits marks into series by value, or colours them by a scale of numbers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub color: Option<Encoding>,
    /// The area of points.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub size: Option<Encoding>,
    /// One small chart for each value.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub facet: Option<Encoding>,
    /// What is told of a mark beside its values.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<Encoding>,
    /// The levels of a hierarchy, the rows of a pivot table, the columns of a table.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schema(max_items = 50)]
    pub rows: Vec<Encoding>,
    /// The columns of a pivot table.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schema(max_items = 5)]
    pub columns: Vec<Encoding>,
    /// Only rows that satisfy all these conditions.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schema(max_items = 100)]
    pub filter: Vec<Condition>,
    #[serde(default, skip_serializing_if = "ChartOptions::is_default")]
    pub options: ChartOptions,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schema(max_items = 50)]
    pub annotations: Vec<Annotation>,
}

/// What a channel shows.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, ToSchema)]
#[schema(as = ChartEncoding)]
#[serde(deny_unknown_fields)]
pub struct Encoding {
    /// A column of the dataset; only `count` does without one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub column: Option<String>,
    /// One figure of all rows that share the other channels, instead of each row's value.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub aggregate: Option<Function>,
    /// For the aggregate `quantile`, from 0 to 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(minimum = 0, maximum = 1)]
    pub quantile: Option<f64>,
    /// Dates and datetimes by calendar period; found from the data unless given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub granularity: Option<Granularity>,
    /// The IANA name of the zone in which times with a zone are told, UTC unless given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 60)]
    pub time_zone: Option<String>,
    /// Numbers by classes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bin: Option<Bins>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sort: Option<Order>,
    /// Only so many values, the first in the order; the others stand together as "Other" where sums can be told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(minimum = 1, maximum = 1000)]
    pub limit: Option<u32>,
    #[serde(default, skip_serializing_if = "Scale::is_linear")]
    pub scale: Scale,
    /// Whether the axis begins at 0; bars and areas always do.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub zero: Option<bool>,
    /// The axis title; the column's name unless given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 200)]
    pub title: Option<String>,
}

/// The order of values on an axis.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub enum Order {
    #[serde(rename = "label")]
    Label,
    #[serde(rename = "-label")]
    LabelDescending,
    /// By the first figure of `y`.
    #[serde(rename = "value")]
    Value,
    #[serde(rename = "-value")]
    ValueDescending,
    /// As the values first appear in the table.
    #[serde(rename = "data")]
    Data,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Scale {
    #[default]
    Linear,
    /// Base 10; values that are not positive are left out, and counted in the notes.
    Log,
}

impl Scale {
    fn is_linear(&self) -> bool {
        *self == Self::Linear
    }
}

/// How a chart is drawn. A kind refuses the options that mean nothing to it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChartOptions {
    /// Series beside each other, on top of each other, or as shares of their sum.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stack: Option<Stack>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub orientation: Option<Orientation>,
    /// What a line does where a period has no rows or no value.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub gaps: Option<Gaps>,
    /// Whether lines also mark their points.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub points: Option<bool>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub trend: Option<Trend>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub band: Option<Band>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sample: Option<Sample>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(minimum = 0.01, maximum = 1)]
    pub opacity: Option<f64>,
    /// The radius of the hole of a donut, as a part of the pie's; 0 unless given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(minimum = 0, maximum = 0.9)]
    pub hole: Option<f64>,
    /// Whether figures are written on the marks.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub values: Option<bool>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub color_scale: Option<ColorScale>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bandwidth: Option<Bandwidth>,
    /// The shape of the classes of a density.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shape: Option<CellShape>,
    /// What a single number is compared with; needs a time as `x`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub comparison: Option<Comparison>,
    /// Whether a pivot table has totals.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub totals: Option<bool>,
    /// From where a scene is seen, in units of its box; (1.25, 1.25, 1.25) unless given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub camera: Option<[f64; 3]>,
}

impl ChartOptions {
    pub fn is_default(&self) -> bool {
        *self == Self::default()
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Stack {
    Grouped,
    Stacked,
    Percent,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Orientation {
    Vertical,
    Horizontal,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = LineGaps)]
#[serde(rename_all = "snake_case")]
pub enum Gaps {
    /// The line is broken.
    Show,
    Connect,
    Zero,
}

/// A line through the marks of each series. Methods: `docs/methods.md`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[schema(as = ChartTrend)]
#[serde(deny_unknown_fields)]
pub struct Trend {
    pub method: TrendMethod,
    /// How many marks a moving average spans; 7 unless given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(minimum = 2, maximum = 1000)]
    pub window: Option<u32>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum TrendMethod {
    /// Least squares, with its 95 % confidence band.
    Linear,
    /// The median of the slopes of all pairs.
    TheilSen,
    MovingAverage,
}

/// A range around a line.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Band {
    pub kind: BandKind,
    /// For `columns`: the column of the lower ends.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lower: Option<String>,
    /// For `columns`: the column of the upper ends.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub upper: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum BandKind {
    /// The 95 % confidence interval of the mean; needs the aggregate `mean`.
    Confidence,
    /// One standard deviation to each side of the mean; needs the aggregate `mean`.
    Deviation,
    /// From the smallest to the largest value.
    Range,
    /// Between two columns, which forecasts bring along.
    Columns,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Sample {
    /// Lines are thinned, points binned and bars refused where there are too many to tell apart.
    Auto,
    /// Every row is a mark.
    None,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ColorScale {
    Sequential,
    /// Around 0, which has the colour in the middle.
    Diverging,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum CellShape {
    Rectangle,
    Hexagon,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Comparison {
    /// The period before the last one.
    Previous,
    /// The same period one year before.
    YearBefore,
}

/// Something written or marked on a chart. Positions are values of the axis: numbers, ISO 8601 times, or labels.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum Annotation {
    /// A line across the chart at one value of an axis.
    Line {
        axis: AxisName,
        #[schema(value_type = Value)]
        at: crate::columns::Scalar,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        text: Option<String>,
    },
    /// A region between two values of an axis.
    Region {
        axis: AxisName,
        #[schema(value_type = Value)]
        from: crate::columns::Scalar,
        #[schema(value_type = Value)]
        to: crate::columns::Scalar,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        text: Option<String>,
    },
    /// A text at a place.
    Text {
        #[schema(value_type = Value)]
        x: crate::columns::Scalar,
        #[schema(value_type = Value)]
        y: crate::columns::Scalar,
        text: String,
    },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum AxisName {
    X,
    Y,
}
