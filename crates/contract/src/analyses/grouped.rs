//! `grouped`: figures of columns for each group of rows.

use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::{PartialSchema, ToSchema};
use uuid::Uuid;

use super::{Analysis, AnalysisKind, QUICK_SECONDS, parse_params};
use crate::columns::{Column, ColumnType, Scalar};
use crate::errors::FieldError;
use crate::filters::{self, Condition};
use crate::granularity::Granularity;
use crate::jobs::Lane;
use crate::parameter_checks::{any_column, time_column};

/// The most groups of one answer.
pub const MAX_GROUPS: u32 = 50_000;

pub const KIND: AnalysisKind = AnalysisKind {
    name: "grouped",
    title: "Grouped statistics",
    summary: "Sums, means, medians, modes, counts, extremes, deviations and quantiles for each group of rows, by columns or \
              by calendar periods, with totals, shares, and the largest groups with the others summed up.",
    lane: Lane::Interactive,
    timeout_seconds: QUICK_SECONDS,
    parse: |body| parse_params(body).map(Analysis::Grouped),
    params_schema: GroupedParams::schema,
    outcome_schema: GroupedOutcome::schema,
    schemas: |schemas| {
        GroupedParams::schemas(schemas);
        GroupedOutcome::schemas(schemas);
    },
    example: || {
        json!({
            "by": [{ "column": "country" }],
            "measures": [{ "function": "sum", "column": "revenue", "share": true }, { "function": "count" }],
            "totals": true,
        })
    },
};

/// Which figures of which groups.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct GroupedParams {
    pub dataset_id: Uuid,
    /// What rows of one group have in common; cells that are missing form a group of their own.
    #[schema(min_items = 1, max_items = 10)]
    pub by: Vec<GroupBy>,
    #[schema(min_items = 1, max_items = 100)]
    pub measures: Vec<Measure>,
    /// The order of the groups; by their keys, ascending, unless given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sort: Option<GroupSort>,
    /// Only so many groups, the largest by the first measure unless `sort` says otherwise.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(minimum = 1, maximum = 50_000)]
    pub top: Option<u32>,
    /// With `top`: the figures of all rows that are in none of these groups.
    #[serde(default)]
    pub other: bool,
    /// The figures of all rows together.
    #[serde(default)]
    pub totals: bool,
    /// At most so many groups in the answer.
    #[serde(default = "thousand")]
    #[schema(minimum = 1, maximum = 50_000, default = 1000)]
    pub limit: u32,
    /// Only rows that satisfy all these conditions.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schema(max_items = 100)]
    pub filter: Vec<Condition>,
}

const fn thousand() -> u32 {
    1000
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct GroupBy {
    pub column: String,
    /// Dates and datetimes by calendar period instead of by value.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub every: Option<Granularity>,
}

/// One figure of each group.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Measure {
    pub function: Function,
    /// The column; `count` without one counts rows.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub column: Option<String>,
    /// For `quantile`, from 0 to 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(minimum = 0, maximum = 1)]
    pub quantile: Option<f64>,
    /// The name in the answer; made of function and column unless given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 200)]
    pub name: Option<String>,
    /// For `sum` and `count`: also what part of all rows' figure it is.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub share: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Function {
    Sum,
    Mean,
    Median,
    /// The most frequent value, the smallest of equally frequent ones.
    Mode,
    /// Cells that hold a value.
    Count,
    /// Different values.
    NUnique,
    Min,
    Max,
    /// With n − 1.
    Std,
    /// With n − 1.
    Var,
    Quantile,
    /// The first value in order of row.
    First,
    Last,
}

impl Function {
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Sum => "sum",
            Self::Mean => "mean",
            Self::Median => "median",
            Self::Mode => "mode",
            Self::Count => "count",
            Self::NUnique => "n_unique",
            Self::Min => "min",
            Self::Max => "max",
            Self::Std => "std",
            Self::Var => "var",
            Self::Quantile => "quantile",
            Self::First => "first",
            Self::Last => "last",
        }
    }

    /// Whether it is defined for numbers only.
    pub const fn needs_numbers(self) -> bool {
        matches!(self, Self::Sum | Self::Mean | Self::Median | Self::Std | Self::Var | Self::Quantile)
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct GroupSort {
    /// The name of a measure or a column of `by`.
    pub by: String,
    #[serde(default)]
    pub descending: bool,
}

impl Measure {
    /// The name in the answer.
    pub fn label(&self) -> String {
        match (&self.name, &self.column, self.quantile) {
            (Some(name), _, _) => name.clone(),
            (None, None, _) => self.function.as_str().to_owned(),
            (None, Some(column), Some(quantile)) => format!("quantile_{quantile}_{column}"),
            (None, Some(column), None) => format!("{}_{column}", self.function.as_str()),
        }
    }
}

impl GroupedParams {
    pub(super) fn check(&self, columns: &[Column]) -> Vec<FieldError> {
        let mut errors = filters::check(&self.filter, columns, "/filter");
        self.check_by(columns, &mut errors);
        if self.measures.is_empty() || self.measures.len() > 100 {
            errors.push(FieldError::new("/measures", "Give 1 to 100 measures."));
        }
        for (i, measure) in self.measures.iter().enumerate() {
            check_measure(measure, columns, &format!("/measures/{i}"), &mut errors);
            if self.measures[..i].iter().any(|known| known.label() == measure.label()) {
                let detail = format!("\"{}\" stands twice; give one of them another `name`.", measure.label());
                errors.push(FieldError::new(format!("/measures/{i}/name"), detail));
            }
        }
        if let Some(sort) = &self.sort {
            let known = self.by.iter().any(|by| by.column == sort.by)
                || self.measures.iter().any(|measure| measure.label() == sort.by);
            if !known {
                let detail = format!("\"{}\" is neither a measure nor a column of `by`.", sort.by);
                errors.push(FieldError::new("/sort/by", detail));
            }
        }
        for (field, value) in [("/top", self.top.unwrap_or(1)), ("/limit", self.limit)] {
            if !(1..=MAX_GROUPS).contains(&value) {
                errors.push(FieldError::new(field, format!("{value} is not from 1 to {MAX_GROUPS}.")));
            }
        }
        if self.other && self.top.is_none() {
            errors.push(FieldError::new("/other", "The others are those beyond `top`: give `top` as well."));
        }
        errors
    }

    fn check_by(&self, columns: &[Column], errors: &mut Vec<FieldError>) {
        if self.by.is_empty() || self.by.len() > 10 {
            errors.push(FieldError::new("/by", "Name 1 to 10 columns to group by."));
        }
        for (i, by) in self.by.iter().enumerate() {
            let pointer = format!("/by/{i}/column");
            if self.by[..i].contains(by) {
                errors.push(FieldError::new(&pointer, format!("\"{}\" stands twice.", by.column)));
            }
            if by.every.is_some() {
                time_column(&by.column, columns, &pointer, errors);
            } else {
                any_column(&by.column, columns, &pointer, errors);
            }
        }
    }
}

fn check_measure(measure: &Measure, columns: &[Column], pointer: &str, errors: &mut Vec<FieldError>) {
    match &measure.column {
        Some(name) => {
            let at = format!("{pointer}/column");
            let column_type = any_column(name, columns, &at, errors).map(|column| column.column_type);
            let numbers = column_type.is_none_or(|known| {
                known.is_numeric() || (known == ColumnType::Boolean && measure.function == Function::Mean)
            });
            if measure.function.needs_numbers() && !numbers {
                let detail =
                    format!("Column \"{name}\" holds no numbers, which `{}` needs.", measure.function.as_str());
                errors.push(FieldError::new(at, detail));
            }
        }
        None if measure.function != Function::Count => {
            errors
                .push(FieldError::new(format!("{pointer}/column"), "Name the column; only `count` does without one."));
        }
        None => {}
    }
    match (measure.function, measure.quantile) {
        (Function::Quantile, Some(share)) if (0.0..=1.0).contains(&share) => {}
        (Function::Quantile, _) => {
            errors.push(FieldError::new(format!("{pointer}/quantile"), "Give a number from 0 to 1."));
        }
        (_, Some(_)) => {
            errors.push(FieldError::new(format!("{pointer}/quantile"), "Only the function `quantile` takes this."));
        }
        _ => {}
    }
    if measure.share && !matches!(measure.function, Function::Sum | Function::Count) {
        errors.push(FieldError::new(format!("{pointer}/share"), "Only `sum` and `count` have shares."));
    }
    if measure.name.as_ref().is_some_and(|name| name.is_empty() || name.chars().count() > 200) {
        errors.push(FieldError::new(format!("{pointer}/name"), "Give a name of 1 to 200 characters."));
    }
}

/// Groups and their figures. A figure that is not defined is null; definitions and sources: `docs/methods.md`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct GroupedOutcome {
    /// Rows that the filter keeps.
    pub rows: u64,
    /// How many groups there are, in the answer or not.
    pub groups: u64,
    /// The columns of the keys.
    pub by: Vec<GroupBy>,
    /// The names of the figures.
    pub measures: Vec<String>,
    pub items: Vec<Group>,
    /// All rows that are in none of the `top` groups.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub other: Option<Group>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub totals: Option<Group>,
    /// Whether `limit` left groups out.
    pub truncated: bool,
}

/// One group.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Group {
    /// One value for each column of `by`, null where cells are missing; empty for `other` and `totals`.
    #[schema(value_type = Vec<Value>)]
    pub key: Vec<Scalar>,
    pub rows: u64,
    /// One figure for each measure.
    #[schema(value_type = Vec<Value>)]
    pub values: Vec<Scalar>,
    /// One share for each measure, null where none was asked for; absent if none was asked for at all.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub shares: Vec<Option<f64>>,
}
