//! `distribution`: the shape of one numeric column.

use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::{PartialSchema, ToSchema};
use uuid::Uuid;

use super::{Analysis, AnalysisKind, QUICK_SECONDS, parse_params};
use crate::columns::{Column, ColumnType};
use crate::errors::FieldError;
use crate::filters::{self, Condition, unknown_column};
use crate::jobs::Lane;

mod outcome;

pub use outcome::*;

/// How many bins a histogram may have.
pub const MAX_BINS: usize = 10_000;

pub const KIND: AnalysisKind = AnalysisKind {
    name: "distribution",
    title: "Distribution",
    summary: "The shape of a numeric column: histogram, empirical distribution function, kernel density estimate, four \
              tests of normality, eight distributions fitted by maximum likelihood and ranked, outliers by three rules \
              with their rows, and the points of a Q–Q plot.",
    lane: Lane::Interactive,
    timeout_seconds: QUICK_SECONDS,
    parse: |body| parse_params(body).map(Analysis::Distribution),
    params_schema: DistributionParams::schema,
    outcome_schema: DistributionOutcome::schema,
    schemas: |schemas| {
        DistributionParams::schemas(schemas);
        DistributionOutcome::schemas(schemas);
    },
    example: || json!({ "column": "revenue", "histogram": "scott", "parts": ["histogram", "tests", "fits"] }),
};

/// Which column to look at and how.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DistributionParams {
    pub dataset_id: Uuid,
    /// A numeric column.
    pub column: String,
    /// What to compute; everything unless given.
    #[serde(default = "all_parts")]
    #[schema(min_items = 1, max_items = 7)]
    pub parts: Vec<Part>,
    #[serde(default)]
    pub histogram: Bins,
    #[serde(default)]
    pub bandwidth: Bandwidth,
    /// At how many places the density is told.
    #[serde(default = "default_points")]
    #[schema(minimum = 2, maximum = 10_000, default = 512)]
    pub points: u32,
    /// Which distributions to fit; all that the values allow unless given.
    #[serde(default = "all_families")]
    #[schema(min_items = 1, max_items = 8)]
    pub fits: Vec<Family>,
    /// How many interquartile ranges beyond the quartiles an outlier lies.
    #[serde(default = "default_iqr_factor")]
    #[schema(exclusive_minimum = 0, default = 1.5)]
    pub iqr_factor: f64,
    /// How many standard deviations from the mean an outlier lies.
    #[serde(default = "default_z_limit")]
    #[schema(exclusive_minimum = 0, default = 3.0)]
    pub z_limit: f64,
    /// How many scaled median absolute deviations from the median an outlier lies.
    #[serde(default = "default_mad_limit")]
    #[schema(exclusive_minimum = 0, default = 3.5)]
    pub mad_limit: f64,
    /// How many outliers of each rule to list with their rows.
    #[serde(default = "default_outlier_rows")]
    #[schema(minimum = 0, maximum = 10_000, default = 100)]
    pub outlier_rows: u32,
    /// The rows to take: those that satisfy all conditions.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schema(max_items = 100)]
    pub filter: Vec<Condition>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    Histogram,
    Ecdf,
    Kde,
    Tests,
    Fits,
    Outliers,
    Qq,
}

/// How the bins of the histogram are chosen: a rule by name, or `{"count": 20}`, `{"width": 0.5}`, `{"edges": [0, 1, 10]}`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Bins {
    #[default]
    FreedmanDiaconis,
    Sturges,
    Scott,
    Count(u32),
    Width(f64),
    Edges(Vec<f64>),
}

/// The standard deviation of the kernel: a rule by name, or `{"width": 0.5}` in the unit of the column.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Bandwidth {
    #[default]
    Scott,
    Silverman,
    Width(f64),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Family {
    Normal,
    LogNormal,
    Exponential,
    /// Exponential that begins at the smallest value instead of 0.
    ShiftedExponential,
    Gamma,
    Weibull,
    Uniform,
    Beta,
}

fn all_parts() -> Vec<Part> {
    vec![Part::Histogram, Part::Ecdf, Part::Kde, Part::Tests, Part::Fits, Part::Outliers, Part::Qq]
}

fn all_families() -> Vec<Family> {
    use Family::{Beta, Exponential, Gamma, LogNormal, Normal, ShiftedExponential, Uniform, Weibull};
    vec![Normal, LogNormal, Exponential, ShiftedExponential, Gamma, Weibull, Uniform, Beta]
}

const fn default_points() -> u32 {
    512
}

const fn default_iqr_factor() -> f64 {
    1.5
}

const fn default_z_limit() -> f64 {
    3.0
}

const fn default_mad_limit() -> f64 {
    3.5
}

const fn default_outlier_rows() -> u32 {
    100
}

impl DistributionParams {
    pub(super) fn check(&self, columns: &[Column]) -> Vec<FieldError> {
        let mut errors = filters::check(&self.filter, columns, "/filter");
        match columns.iter().find(|column| column.name == self.column) {
            None => errors.push(unknown_column(&self.column, columns, "/column")),
            Some(column)
                if !matches!(column.column_type, ColumnType::Integer | ColumnType::Float | ColumnType::Decimal) =>
            {
                errors.push(FieldError::new("/column", format!("\"{}\" is not a column of numbers.", self.column)));
            }
            Some(_) => {}
        }
        if let Some(detail) = self.histogram.problem() {
            errors.push(FieldError::new("/histogram", detail));
        }
        if let Bandwidth::Width(width) = self.bandwidth
            && !(width > 0.0 && width.is_finite())
        {
            errors.push(FieldError::new("/bandwidth/width", format!("{width} is not a width above 0.")));
        }
        if !(2..=10_000).contains(&self.points) {
            errors.push(FieldError::new("/points", format!("{} is not from 2 to 10000.", self.points)));
        }
        if self.outlier_rows > 10_000 {
            errors.push(FieldError::new("/outlier_rows", format!("{} is too many: at most 10000.", self.outlier_rows)));
        }
        for (pointer, limit) in
            [("/iqr_factor", self.iqr_factor), ("/z_limit", self.z_limit), ("/mad_limit", self.mad_limit)]
        {
            if !(limit > 0.0 && limit.is_finite()) {
                errors.push(FieldError::new(pointer, format!("{limit} is not a number above 0.")));
            }
        }
        if self.parts.is_empty() || self.parts.len() > 7 {
            errors.push(FieldError::new("/parts", "Name 1 to 7 parts."));
        }
        if self.fits.is_empty() || self.fits.len() > 8 {
            errors.push(FieldError::new("/fits", "Name 1 to 8 distributions."));
        }
        errors
    }
}

impl Bins {
    fn problem(&self) -> Option<String> {
        match self {
            Self::FreedmanDiaconis | Self::Sturges | Self::Scott => None,
            Self::Count(count) => (*count == 0 || *count as usize > MAX_BINS)
                .then(|| format!("{count} is not from 1 to {MAX_BINS} bins.")),
            Self::Width(width) => {
                (!(*width > 0.0 && width.is_finite())).then(|| format!("{width} is not a width above 0."))
            }
            Self::Edges(edges) => {
                let rising = edges.windows(2).all(|pair| matches!(pair, [left, right] if left < right));
                let finite = edges.iter().all(|edge| edge.is_finite());
                (edges.len() < 2 || edges.len() > MAX_BINS + 1 || !rising || !finite)
                    .then(|| format!("Give 2 to {} edges, each larger than the one before.", MAX_BINS + 1))
            }
        }
    }
}
