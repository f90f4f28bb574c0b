//! `descriptive`: what each column holds, in figures.

use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::{PartialSchema, ToSchema};
use uuid::Uuid;

use super::correlation::default_confidence;
use super::{Analysis, AnalysisKind, QUICK_SECONDS, parse_params};
use crate::columns::{Column, Scalar};
use crate::errors::FieldError;
use crate::filters::{self, Condition, unknown_column};
use crate::jobs::Lane;
use crate::profile::{ColumnSummary, Profile};

pub const KIND: AnalysisKind = AnalysisKind {
    name: "descriptive",
    title: "Descriptive statistics",
    summary: "Count, nulls, mean with its confidence interval, median, mode, deviation, extremes, quartiles and chosen \
              percentiles of nine types, skewness, kurtosis, sum, trimmed, geometric and harmonic mean, median \
              absolute deviation, entropy, Gini coefficient, distinct and top values of each column; text, boolean \
              and date columns get theirs. With weights, a filter and by groups on request.",
    lane: Lane::Interactive,
    timeout_seconds: QUICK_SECONDS,
    parse: |body| parse_params(body).map(Analysis::Descriptive),
    params_schema: DescriptiveParams::schema,
    outcome_schema: DescriptiveOutcome::schema,
    schemas: |schemas| {
        DescriptiveParams::schemas(schemas);
        DescriptiveOutcome::schemas(schemas);
    },
    example: || json!({ "columns": ["revenue"], "percentiles": [5.0, 95.0] }),
};

/// What to describe. What a profile holds is answered from it, at once; anything else is computed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DescriptiveParams {
    pub dataset_id: Uuid,
    /// The columns to describe, in this order; all of them unless given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(min_items = 1, max_items = 10_000)]
    pub columns: Option<Vec<String>>,
    /// Percentiles of numeric columns, each from 0 to 100.
    #[serde(default = "default_percentiles")]
    #[schema(max_items = 100, default = json!([5.0, 25.0, 50.0, 75.0, 95.0]))]
    pub percentiles: Vec<f64>,
    /// How quantiles are read between values: the nine types of Hyndman and Fan by the names that NumPy gives them.
    #[serde(default)]
    pub quantiles: QuantileType,
    /// How many of the most frequent values to list, at most 1,000.
    #[serde(default = "default_top")]
    #[schema(minimum = 0, maximum = 1000, default = 10)]
    pub top: u32,
    /// A numeric column whose values say how much each row counts: numeric columns get `weighted` figures too.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub weights: Option<String>,
    /// Columns whose values divide the rows into groups, each described by itself.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schema(max_items = 3)]
    pub by: Vec<String>,
    /// The rows to take: those that satisfy all conditions.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schema(max_items = 100)]
    pub filter: Vec<Condition>,
    /// The level of the confidence interval of the mean.
    #[serde(default = "default_confidence")]
    #[schema(exclusive_minimum = 0, exclusive_maximum = 1, default = 0.95)]
    pub confidence: f64,
    /// The share of values that the trimmed mean leaves out at each end.
    #[serde(default = "default_trim")]
    #[schema(minimum = 0, exclusive_maximum = 0.5, default = 0.1)]
    pub trim: f64,
    /// Compute even what the profile holds.
    #[serde(default)]
    pub exact: bool,
}

/// Type 1 to 9 of Hyndman and Fan (1996).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum QuantileType {
    InvertedCdf,
    AveragedInvertedCdf,
    ClosestObservation,
    InterpolatedInvertedCdf,
    Hazen,
    Weibull,
    /// Type 7, as R, NumPy and pandas unless told otherwise.
    #[default]
    Linear,
    MedianUnbiased,
    NormalUnbiased,
}

/// How many groups one request may give.
pub const MAX_GROUPS: usize = 1000;

/// The percentiles of a profile and of a request that names none.
pub fn default_percentiles() -> Vec<f64> {
    vec![5.0, 25.0, 50.0, 75.0, 95.0]
}

/// How many top values a profile holds, and the answer to a request that does not say.
pub const fn default_top() -> u32 {
    10
}

/// The share that a trimmed mean leaves out at each end unless a request says another.
pub const fn default_trim() -> f64 {
    0.1
}

impl DescriptiveParams {
    /// Every column, and for everything else what a request has that says nothing.
    pub fn of(dataset_id: Uuid) -> Self {
        Self {
            dataset_id,
            columns: None,
            percentiles: default_percentiles(),
            quantiles: QuantileType::Linear,
            top: default_top(),
            weights: None,
            by: Vec::new(),
            filter: Vec::new(),
            confidence: default_confidence(),
            trim: default_trim(),
            exact: false,
        }
    }

    /// Whether nothing is asked for that a profile does not hold.
    pub fn fits_profile(&self) -> bool {
        let plain = Self { columns: None, percentiles: Vec::new(), top: 0, ..self.clone() };
        let default = Self { percentiles: Vec::new(), top: 0, ..Self::of(self.dataset_id) };
        let kept = default_percentiles();
        plain == default && self.top <= default_top() && self.percentiles.iter().all(|asked| kept.contains(asked))
    }

    /// The answer from a stored profile, if that holds all that is asked for.
    pub fn answered_by(&self, profile: &Profile) -> Option<DescriptiveOutcome> {
        if !self.fits_profile() {
            return None;
        }
        let mut columns: Vec<ColumnSummary> = match &self.columns {
            None => profile.columns.clone(),
            Some(names) => {
                let find = |name: &String| profile.columns.iter().find(|column| column.name == *name).cloned();
                names.iter().map(find).collect::<Option<_>>()?
            }
        };
        for column in &mut columns {
            column.top.truncate(self.top as usize);
            column.histogram = None;
            column.notes.clear();
            if let Some(text) = &mut column.text {
                text.patterns.clear();
            }
            if let Some(numeric) = &mut column.numeric {
                let value = |asked: &f64| numeric.percentiles.iter().find(|told| told.percentile == *asked).cloned();
                numeric.percentiles = self.percentiles.iter().map(value).collect::<Option<_>>()?;
            }
        }
        Some(DescriptiveOutcome { rows: profile.rows, source: Origin::Profile, columns, groups: None })
    }

    pub(super) fn check(&self, columns: &[Column]) -> Vec<FieldError> {
        let mut errors = filters::check(&self.filter, columns, "/filter");
        errors.extend(self.check_groups(columns));
        for (i, name) in self.columns.iter().flatten().enumerate() {
            if !columns.iter().any(|column| column.name == *name) {
                errors.push(unknown_column(name, columns, format!("/columns/{i}")));
            }
        }
        if self.columns.as_ref().is_some_and(Vec::is_empty) {
            errors.push(FieldError::new("/columns", "Name at least one column, or leave this out for all columns."));
        }
        if self.columns.as_ref().is_some_and(|names| names.len() > 10_000) {
            errors.push(FieldError::new("/columns", "At most 10,000 columns."));
        }
        if self.percentiles.len() > 100 {
            errors.push(FieldError::new("/percentiles", "At most 100 percentiles."));
        }
        for (i, percentile) in self.percentiles.iter().enumerate() {
            if !(0.0..=100.0).contains(percentile) {
                let detail = format!("{percentile} is not a percentile: give a number from 0 to 100.");
                errors.push(FieldError::new(format!("/percentiles/{i}"), detail));
            }
        }
        if self.top > 1000 {
            errors.push(FieldError::new("/top", format!("{} is too many: at most 1000.", self.top)));
        }
        if !(self.confidence > 0.0 && self.confidence < 1.0) {
            errors.push(FieldError::new("/confidence", format!("{} is not between 0 and 1.", self.confidence)));
        }
        if !(0.0..0.5).contains(&self.trim) {
            errors.push(FieldError::new("/trim", format!("{} is not from 0 to below 0.5.", self.trim)));
        }
        errors
    }

    fn check_groups(&self, columns: &[Column]) -> Vec<FieldError> {
        let mut errors = Vec::new();
        if self.by.len() > 3 {
            errors.push(FieldError::new("/by", "At most 3 columns."));
        }
        for (i, name) in self.by.iter().enumerate() {
            if !columns.iter().any(|column| column.name == *name) {
                errors.push(unknown_column(name, columns, format!("/by/{i}")));
            }
        }
        if let Some(name) = &self.weights {
            match columns.iter().find(|column| column.name == *name) {
                None => errors.push(unknown_column(name, columns, "/weights")),
                Some(column) if !column.column_type.is_numeric() => {
                    errors.push(FieldError::new("/weights", format!("\"{name}\" is not a column of numbers.")));
                }
                Some(_) => {}
            }
        }
        errors
    }
}

/// The summaries in the order asked for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct DescriptiveOutcome {
    /// The rows that the filter keeps.
    pub rows: u64,
    pub source: Origin,
    /// Empty where groups were asked for.
    pub columns: Vec<ColumnSummary>,
    /// With `by`: the groups in order of their keys, missing ones last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub groups: Option<Vec<DescribedGroup>>,
}

/// Where the figures come from; they are the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Origin {
    /// Computed when the dataset was read.
    Profile,
    Computed,
}

/// The rows that agree in the columns of `by`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct DescribedGroup {
    /// One value for each column of `by`; null where it is missing.
    #[schema(value_type = Vec<Value>)]
    pub key: Vec<Scalar>,
    pub rows: u64,
    pub columns: Vec<ColumnSummary>,
}
