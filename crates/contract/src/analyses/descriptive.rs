//! `descriptive`: what each column holds, in figures.

use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::{PartialSchema, ToSchema};
use uuid::Uuid;

use super::{Analysis, AnalysisKind, QUICK_SECONDS, parse_params};
use crate::columns::{Column, unknown_column};
use crate::errors::FieldError;
use crate::jobs::Lane;
use crate::profile::ColumnSummary;

pub const KIND: AnalysisKind = AnalysisKind {
    name: "descriptive",
    title: "Descriptive statistics",
    summary: "Count, nulls, mean, median, mode, deviation, extremes, quartiles and chosen percentiles, skewness, \
              kurtosis, sum, distinct and top values of each column; text, boolean and date columns get theirs.",
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

/// What to describe.
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
    /// How many of the most frequent values to list, at most 1,000.
    #[serde(default = "default_top")]
    #[schema(minimum = 0, maximum = 1000, default = 10)]
    pub top: u32,
}

/// The percentiles of a profile and of a request that names none.
pub fn default_percentiles() -> Vec<f64> {
    vec![5.0, 25.0, 50.0, 75.0, 95.0]
}

/// How many top values a profile holds, and the answer to a request that does not say.
pub const fn default_top() -> u32 {
    10
}

impl DescriptiveParams {
    pub(super) fn check(&self, columns: &[Column]) -> Vec<FieldError> {
        let mut errors = Vec::new();
        for (i, name) in self.columns.iter().flatten().enumerate() {
            if columns.iter().any(|column| column.name == *name) {
                continue;
            }
            let known = columns.iter().map(|column| column.name.as_str());
            errors.push(FieldError::new(format!("/columns/{i}"), unknown_column(name, known)));
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
        errors
    }
}

/// The summaries in the order asked for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct DescriptiveOutcome {
    pub rows: u64,
    pub columns: Vec<ColumnSummary>,
}
