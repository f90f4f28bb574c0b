//! Column summaries: what a profile stores and what the analysis `descriptive` answers.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::columns::{ColumnType, Encoding, Scalar};

/// The profile of a dataset version, computed once at ingest.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Profile {
    pub rows: u64,
    pub columns: Vec<ColumnSummary>,
}

/// Everything known about one column. `count` and all figures leave nulls out.
/// Exactly one of `numeric`, `boolean`, `temporal` and `text` is present, by the column's type.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct ColumnSummary {
    pub name: String,
    #[serde(rename = "type")]
    pub column_type: ColumnType,
    pub encoding: Encoding,
    /// Cells that hold a value (NaN and infinities included).
    pub count: u64,
    pub nulls: u64,
    /// Different values among the cells that hold one; NaN counts as one value.
    pub distinct: u64,
    /// The most frequent values, most frequent first, ties in ascending order of value.
    pub top: Vec<TopValue>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub numeric: Option<NumericSummary>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub boolean: Option<BooleanSummary>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub temporal: Option<TemporalSummary>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<TextSummary>,
    /// Equal-width bins over the finite values; only in profiles.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub histogram: Option<Histogram>,
}

/// A value and how often it stands in the column.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct TopValue {
    #[schema(value_type = Value)]
    pub value: Scalar,
    pub count: u64,
}

/// Moments, extremes and quantiles of the finite values. A figure that is not defined
/// (the mean of nothing, the deviation of one value, the skewness of a constant) is null.
/// Definitions and sources: `docs/methods.md`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct NumericSummary {
    pub mean: Option<f64>,
    pub median: Option<f64>,
    /// The most frequent value; the smallest of several equally frequent ones.
    #[schema(value_type = Value)]
    pub mode: Scalar,
    /// Standard deviation with n − 1.
    pub std: Option<f64>,
    /// Variance with n − 1.
    pub variance: Option<f64>,
    #[schema(value_type = Value)]
    pub min: Scalar,
    #[schema(value_type = Value)]
    pub max: Scalar,
    #[schema(value_type = Value)]
    pub range: Scalar,
    /// Exact for integers (as a string beyond 2^53), compensated for floats.
    #[schema(value_type = Value)]
    pub sum: Scalar,
    pub q1: Option<f64>,
    pub q3: Option<f64>,
    pub iqr: Option<f64>,
    pub percentiles: Vec<Percentile>,
    /// Adjusted Fisher–Pearson skewness G1; null below three values or for a constant column.
    pub skewness: Option<f64>,
    /// Excess kurtosis G2, bias corrected; null below four values or for a constant column.
    pub kurtosis: Option<f64>,
    pub zeros: u64,
    pub negatives: u64,
    /// Values below q1 − 1.5 iqr or above q3 + 1.5 iqr.
    pub outliers_iqr: u64,
    /// Values more than three standard deviations from the mean.
    pub outliers_z: u64,
    pub non_finite: NonFinite,
}

/// A chosen percentile (0–100) by linear interpolation (Hyndman and Fan, type 7).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Percentile {
    pub percentile: f64,
    pub value: Option<f64>,
}

/// Values that are no finite number. They count as present, and stand in no other figure.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct NonFinite {
    pub nan: u64,
    pub positive_infinity: u64,
    pub negative_infinity: u64,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct BooleanSummary {
    #[serde(rename = "true")]
    pub trues: u64,
    #[serde(rename = "false")]
    pub falses: u64,
    /// The share of true among the cells that hold a value.
    pub share_true: Option<f64>,
    /// The more frequent value; false when both are equally frequent.
    pub mode: Option<bool>,
}

/// Dates as `YYYY-MM-DD`, datetimes as ISO 8601 to the microsecond.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct TemporalSummary {
    pub min: Option<String>,
    pub max: Option<String>,
    pub mean: Option<String>,
    pub median: Option<String>,
    pub mode: Option<String>,
    /// From the first to the last, in seconds.
    pub range_seconds: Option<f64>,
}

/// Lengths are counted in Unicode scalar values.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct TextSummary {
    pub min_length: Option<u64>,
    pub max_length: Option<u64>,
    pub mean_length: Option<f64>,
    /// Cells that hold an empty string (quoted in the file), which is not a missing cell.
    pub empty: u64,
    /// First and last in byte order.
    pub min: Option<String>,
    pub max: Option<String>,
    /// The most frequent value; the first in byte order of several equally frequent ones.
    pub mode: Option<String>,
}

/// `edges` has one more entry than `counts`; a bin holds its left edge, the last one also its right.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Histogram {
    pub edges: Vec<f64>,
    pub counts: Vec<u64>,
}
