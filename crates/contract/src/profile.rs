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
    /// Shannon's entropy of the values in nats: −Σ p ln p; null without a value.
    #[serde(default)]
    pub entropy: Option<f64>,
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
    /// Whether sketches told the quantiles and what is made of them, `distinct` and `top`: so it is in profiles of columns
    /// with more rows than `ingest.exact_rows` and many different values. Counts, extremes, sums and moments are exact.
    #[serde(default)]
    pub approximate: bool,
    /// How far the figures of an approximate column may be off.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub error_bounds: Option<ErrorBounds>,
    /// What a person should know before trusting the figures; only in profiles.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<QualityNote>,
}

/// How far figures that sketches told may be off.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct ErrorBounds {
    /// Of quantiles, outliers, histogram, trimmed mean, Gini coefficient and median absolute deviation: a value that is told
    /// for the share p stands at a share within p ± this. It always holds. Null for text.
    pub rank: Option<f64>,
    /// Of `distinct`, relative: three standard deviations of the estimate, which three columns of a thousand exceed.
    pub distinct: f64,
    /// The counts in `top` are exact; a value that is missing there stands at most so many times more often than the last of
    /// them.
    pub top: u64,
}

/// Something noticed about a column.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct QualityNote {
    pub kind: NoteKind,
    /// How many cells it is about.
    pub count: u64,
    /// One sentence for a person.
    pub detail: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub personal: Option<PersonalData>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum NoteKind {
    AllMissing,
    Constant,
    /// Every row has a value of its own.
    CandidateKey,
    Outliers,
    /// Zeros apart from all other values.
    SuspiciousZeros,
    /// Texts that begin or end with blanks.
    Spaces,
    /// Values with digits that are written in two to four ways.
    MixedFormats,
    /// At least half of the values look like data about a person.
    PersonalData,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum PersonalData {
    Email,
    Phone,
    /// With a right check number.
    Iban,
    /// Payment card, with a right check digit.
    Card,
}

impl PersonalData {
    pub const ALL: [Self; 4] = [Self::Email, Self::Phone, Self::Iban, Self::Card];

    pub const fn words(self) -> &'static str {
        match self {
            Self::Email => "addresses of e-mail",
            Self::Phone => "telephone numbers",
            Self::Iban => "bank accounts (IBAN)",
            Self::Card => "payment cards",
        }
    }
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
    /// The smallest value above 0.
    #[serde(default)]
    pub least_positive: Option<f64>,
    /// Values below q1 − 1.5 iqr or above q3 + 1.5 iqr.
    pub outliers_iqr: u64,
    /// Values more than three standard deviations from the mean.
    pub outliers_z: u64,
    pub non_finite: NonFinite,
    /// Of the mean, by Student's t; null below two values.
    #[serde(default)]
    pub mean_interval: Option<MeanInterval>,
    /// The mean without the smallest and the largest tenth (or the share asked for).
    #[serde(default)]
    pub trimmed_mean: Option<f64>,
    /// Null unless all values are above 0.
    #[serde(default)]
    pub geometric_mean: Option<f64>,
    /// Null unless all values are above 0.
    #[serde(default)]
    pub harmonic_mean: Option<f64>,
    /// The median of the absolute deviations from the median, not scaled.
    #[serde(default)]
    pub mad: Option<f64>,
    /// The Gini coefficient; null with a negative value or a sum of 0.
    #[serde(default)]
    pub gini: Option<f64>,
    /// With `weights` only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub weighted: Option<WeightedSummary>,
}

#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct MeanInterval {
    pub confidence: f64,
    pub low: f64,
    pub high: f64,
}

/// Over the rows that have a finite value and a weight above 0.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct WeightedSummary {
    pub count: u64,
    pub sum_of_weights: f64,
    /// (Σw)² / Σw², the number of equally weighted values that would tell as much (Kish).
    pub effective_count: Option<f64>,
    pub mean: Option<f64>,
    /// √(Σw(x − mean)² / (Σw − Σw² / Σw)): it does not change when all weights are multiplied.
    pub std: Option<f64>,
    pub sum: Option<f64>,
    /// The smallest value up to which half of the weight lies.
    pub median: Option<f64>,
    /// The smallest values up to which these shares of the weight lie.
    pub percentiles: Vec<Percentile>,
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
    /// Between neighbours among the different values, the median in seconds.
    #[serde(default)]
    pub median_gap_seconds: Option<f64>,
    /// The longest stretch without a value; the first of equally long ones.
    #[serde(default)]
    pub longest_gap: Option<Gap>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Gap {
    pub seconds: f64,
    pub from: String,
    pub to: String,
}

/// Lengths are counted in Unicode scalar values.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct TextSummary {
    pub min_length: Option<u64>,
    pub max_length: Option<u64>,
    pub mean_length: Option<f64>,
    #[serde(default)]
    pub median_length: Option<f64>,
    /// With n − 1.
    #[serde(default)]
    pub std_length: Option<f64>,
    /// Cells that hold an empty string (quoted in the file), which is not a missing cell.
    pub empty: u64,
    /// First and last in byte order.
    pub min: Option<String>,
    pub max: Option<String>,
    /// The most frequent value; the first in byte order of several equally frequent ones.
    pub mode: Option<String>,
    /// How many texts begin or end with blanks.
    #[serde(default)]
    pub padded: u64,
    /// The most frequent looks, at most 10: letters in a row are `a`, digits in a row `9`, all else is itself; only in
    /// profiles.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub patterns: Vec<TextPattern>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct TextPattern {
    pub pattern: String,
    pub count: u64,
}

/// `edges` has one more entry than `counts`; a bin holds its left edge, the last one also its right.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Histogram {
    pub edges: Vec<f64>,
    pub counts: Vec<u64>,
}
