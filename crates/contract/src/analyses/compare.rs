//! `compare`: whether samples differ, and by how much.

use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::{PartialSchema, ToSchema};
use uuid::Uuid;

use super::{Analysis, AnalysisKind, QUICK_SECONDS, parse_params};
use crate::columns::{Column, ColumnType, Scalar};
use crate::errors::FieldError;
use crate::filters::{self, Condition};
use crate::jobs::Lane;
use crate::parameter_checks::{any_column, confidence_error, default_confidence, numeric_column};

pub const KIND: AnalysisKind = AnalysisKind {
    name: "compare",
    title: "Comparison of samples",
    summary: "Tests whether samples differ: t-test (Student, Welch, paired), Mann–Whitney, one-way analysis of variance, \
              Kruskal–Wallis, chi-square and Fisher's exact test, each with its effect sizes, intervals and what it assumes.",
    lane: Lane::Interactive,
    timeout_seconds: QUICK_SECONDS,
    parse: |body| parse_params(body).map(Analysis::Compare),
    params_schema: CompareParams::schema,
    outcome_schema: CompareOutcome::schema,
    schemas: |schemas| {
        CompareParams::schemas(schemas);
        CompareOutcome::schemas(schemas);
    },
    example: || json!({ "test": "kruskal_wallis", "value": "revenue", "by": "country" }),
};

/// The samples are the groups of `value` by `by`, or the columns named in `columns`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CompareParams {
    pub dataset_id: Uuid,
    pub test: Test,
    /// The numeric column whose groups are compared.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
    /// The column that names the group of each row.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
    /// The groups to compare, in this order; all of them in ascending order unless given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(min_items = 2, max_items = 1000, value_type = Option<Vec<Value>>)]
    pub groups: Option<Vec<Scalar>>,
    /// Instead of `value` and `by`: the columns to compare. Two for `paired`, `chi_square` and `fisher_exact`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(min_items = 2, max_items = 1000)]
    pub columns: Option<Vec<String>>,
    /// What is suspected of the first sample against the second; tests of more than two samples have two sides only.
    #[serde(default)]
    pub alternative: Alternative,
    /// The level of confidence intervals.
    #[serde(default = "default_confidence")]
    #[schema(exclusive_minimum = 0.0, exclusive_maximum = 1.0, default = 0.95)]
    pub confidence: f64,
    /// Yates' correction of a 2 × 2 chi-square and the continuity correction of Mann–Whitney.
    #[serde(default = "yes")]
    #[schema(default = true)]
    pub correction: bool,
    /// How Mann–Whitney finds its p-value.
    #[serde(default)]
    pub method: RankMethod,
    /// Only rows that satisfy all these conditions.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schema(max_items = 100)]
    pub filter: Vec<Condition>,
}

const fn yes() -> bool {
    true
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Test {
    /// Two independent samples of equal variance.
    Student,
    /// Two independent samples.
    Welch,
    /// Two columns measured on the same rows.
    Paired,
    /// Ranks of two independent samples.
    MannWhitney,
    /// One-way analysis of variance of two or more samples.
    Anova,
    /// Ranks of two or more samples.
    KruskalWallis,
    /// Independence of two columns of categories.
    ChiSquare,
    /// Independence of two columns of two categories each.
    FisherExact,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Alternative {
    #[default]
    TwoSided,
    Less,
    Greater,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum RankMethod {
    /// Exact if a sample has at most eight values and no two values are equal, otherwise asymptotic.
    #[default]
    Auto,
    /// Over all arrangements, ties disregarded; at most 10,000 pairs.
    Exact,
    /// By the normal distribution, corrected for ties.
    Asymptotic,
}

impl CompareParams {
    pub(super) fn check(&self, columns: &[Column]) -> Vec<FieldError> {
        let mut errors = filters::check(&self.filter, columns, "/filter");
        errors.extend(confidence_error(self.confidence));
        if self.takes_columns() {
            self.check_columns(columns, &mut errors);
        } else {
            self.check_groups(columns, &mut errors);
        }
        let one_sided = self.alternative != Alternative::TwoSided;
        if one_sided && matches!(self.test, Test::Anova | Test::KruskalWallis | Test::ChiSquare) {
            errors.push(FieldError::new("/alternative", "This test has two sides only: leave this out."));
        }
        errors
    }

    /// Whether both samples come from columns: asked for, or nothing else makes sense.
    pub fn takes_columns(&self) -> bool {
        self.columns.is_some() || matches!(self.test, Test::Paired | Test::ChiSquare | Test::FisherExact)
    }

    fn check_columns(&self, columns: &[Column], errors: &mut Vec<FieldError>) {
        let exactly_two = !matches!(self.test, Test::Anova | Test::KruskalWallis);
        let names = self.columns.as_deref().unwrap_or_default();
        if names.len() < 2 || names.len() > 1000 || (exactly_two && names.len() != 2) {
            let wanted = if exactly_two { "two columns" } else { "2 to 1,000 columns" };
            errors.push(FieldError::new("/columns", format!("Name the {wanted} to compare.")));
        }
        for (field, given) in
            [("/value", self.value.is_some()), ("/by", self.by.is_some()), ("/groups", self.groups.is_some())]
        {
            if given {
                errors.push(FieldError::new(field, "Not together with `columns`, whose columns are the samples."));
            }
        }
        let categories = matches!(self.test, Test::ChiSquare | Test::FisherExact);
        for (i, name) in names.iter().enumerate() {
            let pointer = format!("/columns/{i}");
            if names[..i].contains(name) {
                errors.push(FieldError::new(
                    &pointer,
                    format!("\"{name}\" stands twice: a column does not differ from itself."),
                ));
            }
            if categories {
                any_column(name, columns, &pointer, errors);
            } else {
                numeric_column(name, columns, &pointer, errors);
            }
        }
    }

    fn check_groups(&self, columns: &[Column], errors: &mut Vec<FieldError>) {
        match &self.value {
            Some(name) => numeric_column(name, columns, "/value", errors),
            None => errors.push(FieldError::new("/value", "Name the numeric column to compare, or give `columns`.")),
        }
        match &self.by {
            Some(name) => {
                any_column(name, columns, "/by", errors);
            }
            None => {
                errors.push(FieldError::new("/by", "Name the column that tells the groups apart, or give `columns`."))
            }
        }
        if self.by.is_some() && self.by == self.value {
            errors.push(FieldError::new("/by", "The column that tells the groups apart must be another than `value`."));
        }
        let Some(groups) = &self.groups else { return };
        let two = !matches!(self.test, Test::Anova | Test::KruskalWallis);
        if groups.len() < 2 || groups.len() > 1000 || (two && groups.len() != 2) {
            let wanted = if two { "two groups" } else { "2 to 1,000 groups" };
            errors.push(FieldError::new("/groups", format!("Name {wanted}.")));
        }
        let column_type =
            columns.iter().find(|column| Some(&column.name) == self.by.as_ref()).map(|column| column.column_type);
        for (i, group) in groups.iter().enumerate() {
            if groups[..i].contains(group) {
                errors.push(FieldError::new(format!("/groups/{i}"), format!("{group} stands twice.")));
            }
            if column_type.is_some_and(|column_type| !is_value_of(group, column_type)) {
                errors.push(FieldError::new(
                    format!("/groups/{i}"),
                    format!("{group} is no value of the column in `by`."),
                ));
            }
        }
    }
}

/// Whether a JSON value can stand for a value of a column; dates and times are strings.
fn is_value_of(value: &Scalar, column_type: ColumnType) -> bool {
    match column_type {
        ColumnType::Integer => value.is_i64() || value.as_str().is_some_and(|text| text.parse::<i64>().is_ok()),
        ColumnType::Float => value.is_number(),
        ColumnType::Decimal => value.is_number() || value.is_string(),
        ColumnType::Boolean => value.is_boolean(),
        ColumnType::Date | ColumnType::Datetime | ColumnType::Time | ColumnType::Text => value.is_string(),
    }
}

/// What a test found. Figures that are not defined are null; definitions and sources: `docs/methods.md`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct CompareOutcome {
    pub test: Test,
    pub alternative: Alternative,
    /// Rows that were used.
    pub rows: u64,
    /// Rows without a usable value: missing, NaN, infinite, or of a group not asked for.
    pub rows_left_out: u64,
    /// `t`, `u`, `f`, `h` or `chi_square`; Fisher's test has none.
    pub statistic: Option<NamedFigure>,
    /// Degrees of freedom: one for t, H and chi-square, two (between, within) for F, none for U and Fisher's test.
    pub degrees_of_freedom: Vec<f64>,
    pub p_value: Option<f64>,
    /// The difference of means (t-tests) with its confidence interval, one-sided where the alternative is.
    pub estimate: Option<Interval>,
    /// Most telling first.
    pub effects: Vec<Interval>,
    pub samples: Vec<SampleFigures>,
    /// The analysis of variance.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub variance_table: Option<VarianceTable>,
    /// The counts behind chi-square and Fisher's test.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contingency_table: Option<ContingencyTable>,
    pub assumptions: Vec<Assumption>,
    /// How the figures were found, where there is a choice, and why one is missing.
    pub notes: Vec<String>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct NamedFigure {
    pub name: String,
    pub value: Option<f64>,
}

/// A figure; `low` and `high` bound its confidence interval where it has one, null meaning unbounded or undefined.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Interval {
    pub name: String,
    pub value: Option<f64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub confidence: Option<f64>,
    #[serde(default)]
    pub low: Option<f64>,
    #[serde(default)]
    pub high: Option<f64>,
}

/// One sample. `std` has n − 1; `mean_rank` is among all samples, for tests of ranks.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct SampleFigures {
    #[schema(value_type = Value)]
    pub sample: Scalar,
    pub count: u64,
    pub mean: Option<f64>,
    pub std: Option<f64>,
    pub median: Option<f64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mean_rank: Option<f64>,
}

/// Sums of squares; a mean square is a sum divided by its degrees of freedom.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct VarianceTable {
    pub between_squares: Option<f64>,
    pub within_squares: Option<f64>,
    pub total_squares: Option<f64>,
    pub between_mean_square: Option<f64>,
    pub within_mean_square: Option<f64>,
}

/// `observed[i][j]` counts the rows with `rows[i]` in the first column and `columns[j]` in the second.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct ContingencyTable {
    #[schema(value_type = Vec<Value>)]
    pub rows: Vec<Scalar>,
    #[schema(value_type = Vec<Value>)]
    pub columns: Vec<Scalar>,
    pub observed: Vec<Vec<u64>>,
    /// Row total times column total over the total.
    pub expected: Vec<Vec<f64>>,
    /// (observed − expected) / √(expected · (1 − row share) · (1 − column share)).
    pub adjusted_residuals: Vec<Vec<Option<f64>>>,
}

/// What a test takes for granted. `holds` is null where figures cannot tell.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Assumption {
    pub text: String,
    pub holds: Option<bool>,
    /// What was looked at.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub evidence: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub p_value: Option<f64>,
}
