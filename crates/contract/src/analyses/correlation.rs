//! `correlation`: how strongly columns depend on each other, pair by pair.

use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::{PartialSchema, ToSchema};
use uuid::Uuid;

use super::{Analysis, AnalysisKind, QUICK_SECONDS, parse_params};
use crate::columns::{Column, ColumnType};
use crate::errors::FieldError;
use crate::filters::{self, Condition, unknown_column};
use crate::jobs::Lane;

/// A matrix of more columns than this has more pairs than anybody reads.
pub const MAX_COLUMNS: usize = 300;
/// How many columns may be held constant at once.
pub const MAX_CONTROLS: usize = 50;

pub const KIND: AnalysisKind = AnalysisKind {
    name: "correlation",
    title: "Correlation",
    summary: "Pearson, Spearman, Kendall tau-b and point-biserial correlation, Cramér's V and mutual information of \
              every pair of columns, with n, p-value (corrected for many tests on request) and confidence interval; \
              partial correlation; which cells are missing together.",
    lane: Lane::Interactive,
    timeout_seconds: QUICK_SECONDS,
    parse: |body| parse_params(body).map(Analysis::Correlation),
    params_schema: CorrelationParams::schema,
    outcome_schema: CorrelationOutcome::schema,
    schemas: |schemas| {
        CorrelationParams::schemas(schemas);
        CorrelationOutcome::schemas(schemas);
    },
    example: || json!({ "methods": ["pearson", "spearman"], "correction": "holm" }),
};

/// Which columns to relate and how.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CorrelationParams {
    pub dataset_id: Uuid,
    /// The columns to relate; each method takes those that suit it. All that suit it unless given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(min_items = 1, max_items = 300)]
    pub columns: Option<Vec<String>>,
    #[serde(default = "default_methods")]
    #[schema(min_items = 1, max_items = 7, default = json!(["pearson"]))]
    pub methods: Vec<CorrelationMethod>,
    /// Which rows count where cells are missing.
    #[serde(default)]
    pub cases: Cases,
    /// Numeric columns to hold constant: `pearson` and `spearman` become partial correlations, over the rows in which
    /// no column is missing.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schema(max_items = 50)]
    pub control: Vec<String>,
    /// How the p-values of one method are corrected for being many.
    #[serde(default)]
    pub correction: Correction,
    /// The level of the confidence intervals.
    #[serde(default = "default_confidence")]
    #[schema(exclusive_minimum = 0, exclusive_maximum = 1, default = 0.95)]
    pub confidence: f64,
    /// The rows to take: those that satisfy all conditions.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schema(max_items = 100)]
    pub filter: Vec<Condition>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum CorrelationMethod {
    /// Linear; numbers.
    Pearson,
    /// Of the ranks; numbers.
    Spearman,
    /// Tau-b; numbers.
    Kendall,
    /// A truth value or a text of two values with a number.
    PointBiserial,
    /// Two categories: texts or truth values, and whole numbers where they are named.
    CramersV,
    /// Two categories, in nats.
    MutualInformation,
    /// Whether cells are missing together: the correlation of "is missing", any type.
    Missing,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Cases {
    /// Each pair takes the rows in which both cells hold a value.
    #[default]
    Pairwise,
    /// All pairs of a method take the rows in which every one of its columns holds a value.
    Complete,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Correction {
    #[default]
    None,
    Bonferroni,
    Holm,
    /// Benjamini and Hochberg: bounds the share of false discoveries.
    Bh,
}

fn default_methods() -> Vec<CorrelationMethod> {
    vec![CorrelationMethod::Pearson]
}

/// The level of confidence intervals unless a request says another.
pub const fn default_confidence() -> f64 {
    0.95
}

impl CorrelationMethod {
    /// Whether a column of this type takes part; a named column may be of more types than one that was not asked for.
    pub const fn takes(self, column_type: ColumnType, named: bool) -> bool {
        match self {
            Self::Pearson | Self::Spearman | Self::Kendall => {
                column_type.is_numeric() || (named && !matches!(column_type, ColumnType::Text))
            }
            Self::PointBiserial => {
                column_type.is_numeric() || matches!(column_type, ColumnType::Boolean | ColumnType::Text)
            }
            Self::CramersV | Self::MutualInformation => {
                matches!(column_type, ColumnType::Boolean | ColumnType::Text)
                    || (named && !matches!(column_type, ColumnType::Float))
            }
            Self::Missing => true,
        }
    }
}

impl CorrelationParams {
    pub(super) fn check(&self, columns: &[Column]) -> Vec<FieldError> {
        let mut errors = filters::check(&self.filter, columns, "/filter");
        for (i, name) in self.columns.iter().flatten().enumerate() {
            if !columns.iter().any(|column| column.name == *name) {
                errors.push(unknown_column(name, columns, format!("/columns/{i}")));
            } else if self.columns.iter().flatten().take(i).any(|other| other == name) {
                errors.push(FieldError::new(format!("/columns/{i}"), format!("\"{name}\" is named twice.")));
            }
        }
        errors.extend(self.check_controls(columns));
        if self.columns.as_ref().is_some_and(Vec::is_empty) {
            errors.push(FieldError::new("/columns", "Name at least one column, or leave this out for all columns."));
        }
        if !(self.confidence > 0.0 && self.confidence < 1.0) {
            errors.push(FieldError::new("/confidence", format!("{} is not between 0 and 1.", self.confidence)));
        }
        if self.methods.is_empty() || self.methods.len() > 7 {
            errors.push(FieldError::new("/methods", "Name 1 to 7 methods."));
        }
        for (i, method) in self.methods.iter().enumerate() {
            let taken = self.taken(*method, columns).len();
            if taken > MAX_COLUMNS {
                let detail = format!("{taken} columns suit this method; name at most {MAX_COLUMNS} in `columns`.");
                errors.push(FieldError::new(format!("/methods/{i}"), detail));
            } else if self.columns.is_some() && taken == 0 && errors.is_empty() {
                errors.push(FieldError::new(format!("/methods/{i}"), "None of the columns suits this method."));
            }
            if self.methods.iter().take(i).any(|other| other == method) {
                errors.push(FieldError::new(format!("/methods/{i}"), "This method is named twice."));
            }
        }
        errors
    }

    fn check_controls(&self, columns: &[Column]) -> Vec<FieldError> {
        let mut errors = Vec::new();
        if self.control.len() > MAX_CONTROLS {
            errors.push(FieldError::new("/control", format!("At most {MAX_CONTROLS} columns.")));
        }
        for (i, name) in self.control.iter().enumerate() {
            let pointer = format!("/control/{i}");
            match columns.iter().find(|column| column.name == *name) {
                None => errors.push(unknown_column(name, columns, pointer)),
                Some(column) if column.column_type == ColumnType::Text => {
                    errors
                        .push(FieldError::new(pointer, format!("\"{name}\" is text, which cannot be held constant.")));
                }
                Some(_) if self.columns.iter().flatten().any(|other| other == name) => {
                    errors.push(FieldError::new(pointer, format!("\"{name}\" is among the columns to relate.")));
                }
                Some(_) => {}
            }
        }
        errors
    }

    /// The positions of the columns that a method takes, in the order asked for.
    pub fn taken(&self, method: CorrelationMethod, columns: &[Column]) -> Vec<usize> {
        let suits = |position: usize, named: bool| {
            columns
                .get(position)
                .is_some_and(|column| method.takes(column.column_type, named) && !self.control.contains(&column.name))
        };
        match &self.columns {
            None => (0..columns.len()).filter(|position| suits(*position, false)).collect(),
            Some(names) => names
                .iter()
                .filter_map(|name| columns.iter().position(|column| column.name == *name))
                .filter(|position| suits(*position, true))
                .collect(),
        }
    }
}

/// One part for each method, in the order asked for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct CorrelationOutcome {
    /// The rows that the filter keeps.
    pub rows: u64,
    pub confidence: f64,
    pub correction: Correction,
    pub methods: Vec<MethodOutcome>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct MethodOutcome {
    pub method: CorrelationMethod,
    /// The columns that the method took, in the order of the matrix.
    pub columns: Vec<String>,
    /// What was held constant.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub control: Vec<String>,
    /// `value` of every pair, symmetric; the diagonal is 1 for a column that varies (its entropy for `mutual_information`).
    pub matrix: Vec<Vec<Option<f64>>>,
    /// Every pair once.
    pub pairs: Vec<PairOutcome>,
    /// For `missing`: which columns are missing together, most frequent first, at most 20.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub patterns: Option<Vec<MissingPattern>>,
}

/// A figure that is not defined (too few rows, a constant column) is null.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct PairOutcome {
    pub left: String,
    pub right: String,
    /// The rows in which both cells hold a value.
    pub n: u64,
    pub value: Option<f64>,
    /// What the p-value is read from: t, z or chi-square, as `docs/methods.md` says.
    pub statistic: Option<f64>,
    pub df: Option<f64>,
    /// Two-sided, of "there is no dependence".
    pub p_value: Option<f64>,
    /// The p-value corrected for all pairs of the method; absent without a correction.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub p_adjusted: Option<f64>,
    pub ci_low: Option<f64>,
    pub ci_high: Option<f64>,
    /// Cramér's V corrected for bias (Bergsma 2013), mutual information as a share of the mean entropy.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub corrected: Option<f64>,
    /// For `point_biserial`: the value of the two that counts as 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub positive: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct MissingPattern {
    /// The columns that are missing; none for complete rows.
    pub columns: Vec<String>,
    pub rows: u64,
}
