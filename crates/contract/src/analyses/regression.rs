//! `regression`: how a column depends on others, by least squares or by logistic regression.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::{PartialSchema, ToSchema};
use uuid::Uuid;

use super::compare::{Interval, NamedFigure};
use super::{Analysis, AnalysisKind, QUICK_SECONDS, parse_params};
use crate::columns::{Column, ColumnType, Scalar};
use crate::errors::FieldError;
use crate::filters::{self, Condition};
use crate::jobs::Lane;
use crate::parameter_checks::{any_column, confidence_error, default_confidence, numeric_column};

pub const KIND: AnalysisKind = AnalysisKind {
    name: "regression",
    title: "Regression",
    summary: "Ordinary least squares with standard errors, intervals, R², F and diagnostics, or logistic regression with \
              odds ratios, deviance and pseudo-R². Columns of text and truth values are coded as dummies.",
    lane: Lane::Interactive,
    timeout_seconds: QUICK_SECONDS,
    parse: |body| parse_params(body).map(Analysis::Regression),
    params_schema: RegressionParams::schema,
    outcome_schema: RegressionOutcome::schema,
    schemas: |schemas| {
        RegressionParams::schemas(schemas);
        RegressionOutcome::schemas(schemas);
    },
    example: || json!({ "target": "revenue", "columns": ["country"] }),
};

/// `target` depends on `columns`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RegressionParams {
    pub dataset_id: Uuid,
    #[serde(default)]
    pub model: Model,
    /// The column to explain: numbers for `linear`, truth values or a column of two values for `logistic`.
    pub target: String,
    /// For `logistic` the value of the target that counts as success; the larger of the two unless given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Value>)]
    pub success: Option<Scalar>,
    /// The columns that explain it. Text and truth values are categories.
    #[schema(min_items = 1, max_items = 100)]
    pub columns: Vec<String>,
    /// Numeric columns that stand in the model with all their powers up to this one, 10 at most.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub powers: BTreeMap<String, u32>,
    /// Numeric or date columns whose values are categories, not quantities.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schema(max_items = 100)]
    pub categorical: Vec<String>,
    /// The category that the others of a column are compared with; its first in ascending order unless given.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    #[schema(value_type = BTreeMap<String, Value>)]
    pub reference: BTreeMap<String, Scalar>,
    #[serde(default = "yes")]
    #[schema(default = true)]
    pub intercept: bool,
    /// The level of confidence intervals.
    #[serde(default = "default_confidence")]
    #[schema(exclusive_minimum = 0.0, exclusive_maximum = 1.0, default = 0.95)]
    pub confidence: f64,
    /// How many of the most influential rows to list.
    #[serde(default = "ten")]
    #[schema(minimum = 0, maximum = 1000, default = 10)]
    pub top: u32,
    /// Only rows that satisfy all these conditions.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schema(max_items = 100)]
    pub filter: Vec<Condition>,
}

const fn yes() -> bool {
    true
}

const fn ten() -> u32 {
    10
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Model {
    #[default]
    Linear,
    Logistic,
}

impl RegressionParams {
    pub(super) fn check(&self, columns: &[Column]) -> Vec<FieldError> {
        let mut errors = filters::check(&self.filter, columns, "/filter");
        errors.extend(confidence_error(self.confidence));
        if self.top > 1000 {
            errors.push(FieldError::new("/top", format!("{} is too many: at most 1000.", self.top)));
        }
        match self.model {
            Model::Linear => numeric_column(&self.target, columns, "/target", &mut errors),
            Model::Logistic => {
                any_column(&self.target, columns, "/target", &mut errors);
            }
        }
        if self.model == Model::Linear && self.success.is_some() {
            errors.push(FieldError::new("/success", "Only logistic regression takes a `success`."));
        }
        if self.columns.is_empty() || self.columns.len() > 100 {
            errors.push(FieldError::new("/columns", "Name 1 to 100 columns."));
        }
        for (i, name) in self.columns.iter().enumerate() {
            let pointer = format!("/columns/{i}");
            any_column(name, columns, &pointer, &mut errors);
            if *name == self.target {
                errors.push(FieldError::new(&pointer, "A column does not explain itself."));
            }
            if self.columns[..i].contains(name) {
                errors.push(FieldError::new(&pointer, format!("\"{name}\" stands twice.")));
            }
        }
        self.check_options(columns, &mut errors);
        errors
    }

    fn check_options(&self, columns: &[Column], errors: &mut Vec<FieldError>) {
        let named = |name: &String| self.columns.contains(name);
        for (name, power) in &self.powers {
            let pointer = format!("/powers/{}", escaped(name));
            if !named(name) {
                errors.push(FieldError::new(&pointer, format!("\"{name}\" is not among the `columns`.")));
            } else if self.is_category(name, columns) {
                errors.push(FieldError::new(
                    &pointer,
                    format!("Column \"{name}\" holds categories, which have no powers."),
                ));
            }
            if !(1..=10).contains(power) {
                errors.push(FieldError::new(&pointer, format!("{power} is not a power from 1 to 10.")));
            }
        }
        for (i, name) in self.categorical.iter().enumerate() {
            if !named(name) {
                errors.push(FieldError::new(
                    format!("/categorical/{i}"),
                    format!("\"{name}\" is not among the `columns`."),
                ));
            }
        }
        for name in self.reference.keys() {
            if !named(name) || !self.is_category(name, columns) {
                let detail = format!("\"{name}\" is not among the `columns` that hold categories.");
                errors.push(FieldError::new(format!("/reference/{}", escaped(name)), detail));
            }
        }
    }

    /// Whether the values of this column are categories.
    pub fn is_category(&self, name: &str, columns: &[Column]) -> bool {
        let column_type = columns.iter().find(|column| column.name == name).map(|column| column.column_type);
        matches!(column_type, Some(ColumnType::Text | ColumnType::Boolean))
            || self.categorical.iter().any(|known| known == name)
    }
}

fn escaped(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}

/// The fitted model. Figures that are not defined are null; definitions and sources: `docs/methods.md`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct RegressionOutcome {
    pub model: Model,
    /// Rows that were used: those without a missing or non-finite value in any of the columns.
    pub rows: u64,
    pub rows_left_out: u64,
    pub coefficients: Vec<Coefficient>,
    /// Observations less coefficients.
    pub residual_degrees_of_freedom: f64,
    pub log_likelihood: Option<f64>,
    pub aic: Option<f64>,
    pub bic: Option<f64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub linear: Option<LinearFit>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub logistic: Option<LogisticFit>,
    /// What was left out and why, and what to be careful with.
    pub notes: Vec<String>,
}

/// One coefficient. A column that is a combination of others has none, and null figures.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Coefficient {
    /// `(intercept)`, the column, the column with its power (`x^2`), or the column with its category (`team[Team B]`).
    pub term: String,
    pub estimate: Option<f64>,
    pub std_error: Option<f64>,
    /// t for linear, z for logistic models.
    pub statistic: Option<f64>,
    pub p_value: Option<f64>,
    pub low: Option<f64>,
    pub high: Option<f64>,
    /// Variance inflation factor; null for the intercept and in models without one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub vif: Option<f64>,
    /// e to the power of the estimate, in logistic models.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub odds_ratio: Option<Interval>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct LinearFit {
    /// Without an intercept, of the squares of the target itself and not of its deviations from the mean.
    pub r_squared: Option<f64>,
    pub adjusted_r_squared: Option<f64>,
    /// Against the model with nothing but the intercept (or nothing at all).
    pub f: Option<f64>,
    pub f_degrees_of_freedom: Vec<f64>,
    pub f_p_value: Option<f64>,
    /// √(residual squares / residual degrees of freedom).
    pub residual_std_error: Option<f64>,
    pub residual_squares: Option<f64>,
    pub model_squares: Option<f64>,
    pub diagnostics: Diagnostics,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Diagnostics {
    /// Of the residuals in order of row; 2 means no correlation of neighbours.
    pub durbin_watson: Option<f64>,
    /// Whether residuals are normal.
    pub jarque_bera: Option<TestFigures>,
    /// Whether the variance of residuals depends on the columns (Koenker's form); null without an intercept.
    pub breusch_pagan: Option<TestFigures>,
    /// Of the columns scaled to length 1; above 30 coefficients are poorly determined.
    pub condition_number: Option<f64>,
    /// Least, quartiles and largest residual.
    pub residuals: Vec<NamedFigure>,
    /// The rows with the largest Cook's distance.
    pub influential: Vec<InfluentialRow>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct TestFigures {
    pub statistic: Option<f64>,
    pub p_value: Option<f64>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct InfluentialRow {
    /// Position in the table, counted from 0.
    pub row: u64,
    pub residual: Option<f64>,
    /// The residual over its deviation in a fit without this row.
    pub studentized_residual: Option<f64>,
    pub leverage: Option<f64>,
    pub cooks_distance: Option<f64>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct LogisticFit {
    #[schema(value_type = Value)]
    pub success: Scalar,
    pub successes: u64,
    pub failures: u64,
    pub deviance: Option<f64>,
    /// Of the model with nothing but the intercept.
    pub null_deviance: Option<f64>,
    /// Likelihood ratio against that model.
    pub likelihood_ratio: Option<TestFigures>,
    pub pseudo_r_squared: PseudoRSquared,
    /// The area under the receiver operating characteristic.
    pub auc: Option<f64>,
    /// Rows told right at a probability of 0.5.
    pub accuracy: Option<f64>,
    /// `complete` or `quasi_complete` where columns tell success and failure apart so well that coefficients have no
    /// finite estimate.
    pub separation: Option<Separation>,
    pub iterations: u32,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Separation {
    Complete,
    QuasiComplete,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct PseudoRSquared {
    pub mcfadden: Option<f64>,
    pub cox_snell: Option<f64>,
    pub nagelkerke: Option<f64>,
}
