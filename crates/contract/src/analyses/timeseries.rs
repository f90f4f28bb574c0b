//! `timeseries`: a column along time, in equal periods.

use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::{PartialSchema, ToSchema};
use uuid::Uuid;

use super::regression::TestFigures;
use super::{Analysis, AnalysisKind, QUICK_SECONDS, parse_params};
use crate::columns::Column;
use crate::errors::FieldError;
use crate::filters::{self, Condition};
use crate::granularity::Granularity;
use crate::jobs::Lane;
use crate::parameter_checks::{confidence_error, default_confidence, numeric_column, time_column};

pub const KIND: AnalysisKind = AnalysisKind {
    name: "timeseries",
    title: "Time series",
    summary: "A column summed up by minute, hour, day, week, month, quarter or year, with its trend, autocorrelation, \
              seasonality and the points where its level changes.",
    lane: Lane::Interactive,
    timeout_seconds: QUICK_SECONDS,
    parse: |body| parse_params(body).map(Analysis::Timeseries),
    params_schema: TimeseriesParams::schema,
    outcome_schema: TimeseriesOutcome::schema,
    schemas: |schemas| {
        TimeseriesParams::schemas(schemas);
        TimeseriesOutcome::schemas(schemas);
    },
    example: || json!({ "time": "order_date", "value": "revenue", "every": "month", "aggregate": "sum" }),
};

/// `value` along `time`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TimeseriesParams {
    pub dataset_id: Uuid,
    /// A column of dates or datetimes.
    pub time: String,
    /// A numeric column; rows are counted unless it is given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
    /// The length of a period; unless given the longest that is no longer than one and a half times the usual distance of
    /// neighbouring times.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub every: Option<Granularity>,
    /// What becomes of several values in a period.
    #[serde(default)]
    pub aggregate: Aggregate,
    /// What stands in periods without a value.
    #[serde(default)]
    pub gaps: Gaps,
    /// After how many periods a pattern comes back; by the granularity unless given (24 hours, 7 days, 12 months, …).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(minimum = 2, maximum = 5000)]
    pub season: Option<u32>,
    /// How many lags of the autocorrelation; fewer if the series is short.
    #[serde(default = "forty")]
    #[schema(minimum = 1, maximum = 1000, default = 40)]
    pub lags: u32,
    /// What one more change of level must save, in units of the noise's variance; 3 ln(periods) unless given. Larger values
    /// find fewer changes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(exclusive_minimum = 0.0)]
    pub penalty: Option<f64>,
    /// The level of confidence intervals.
    #[serde(default = "default_confidence")]
    #[schema(exclusive_minimum = 0.0, exclusive_maximum = 1.0, default = 0.95)]
    pub confidence: f64,
    /// Only rows that satisfy all these conditions.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schema(max_items = 100)]
    pub filter: Vec<Condition>,
}

const fn forty() -> u32 {
    40
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Aggregate {
    #[default]
    Sum,
    Mean,
    Median,
    Min,
    Max,
    Count,
    /// Of the earliest row.
    First,
    /// Of the latest row.
    Last,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Gaps {
    #[default]
    Null,
    Zero,
    /// The value before.
    Previous,
    /// On the line between the values around.
    Linear,
}

impl TimeseriesParams {
    pub(super) fn check(&self, columns: &[Column]) -> Vec<FieldError> {
        let mut errors = filters::check(&self.filter, columns, "/filter");
        errors.extend(confidence_error(self.confidence));
        time_column(&self.time, columns, "/time", &mut errors);
        match &self.value {
            Some(value) => numeric_column(value, columns, "/value", &mut errors),
            None if !matches!(self.aggregate, Aggregate::Sum | Aggregate::Count) => {
                errors.push(FieldError::new("/value", "Name the numeric column to aggregate."));
            }
            None => {}
        }
        if self.season.is_some_and(|season| !(2..=5000).contains(&season)) {
            errors.push(FieldError::new("/season", "Give a number from 2 to 5,000."));
        }
        if !(1..=1000).contains(&self.lags) {
            errors.push(FieldError::new("/lags", "Give a number from 1 to 1,000."));
        }
        if self.penalty.is_some_and(|penalty| !(penalty > 0.0 && penalty.is_finite())) {
            errors.push(FieldError::new("/penalty", "Give a number above 0."));
        }
        errors
    }
}

/// The series and what it shows. Figures that are not defined are null; definitions and sources: `docs/methods.md`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct TimeseriesOutcome {
    pub every: Granularity,
    pub aggregate: Aggregate,
    /// Rows that were used.
    pub rows: u64,
    /// Rows without a time or a finite value.
    pub rows_left_out: u64,
    /// Periods without a value.
    pub gaps: u64,
    /// Every period from the first to the last, in order.
    pub points: Vec<Point>,
    pub trend: Option<Trend>,
    pub autocorrelation: Option<Autocorrelation>,
    pub seasonality: Option<Seasonality>,
    pub change_points: Vec<ChangePoint>,
    /// How gaps were bridged, and why a figure is missing.
    pub notes: Vec<String>,
}

/// One period. `trend`, `seasonal` and `residual` add up to `value` where there is a decomposition.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Point {
    /// The first day of the period, or its first second where periods are shorter than a day.
    pub time: String,
    pub value: Option<f64>,
    /// Rows in the period.
    pub rows: u64,
    /// Whether the value was put there by `gaps`.
    #[serde(default)]
    pub filled: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub trend: Option<f64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seasonal: Option<f64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub residual: Option<f64>,
}

/// Slopes are by period.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Trend {
    /// Least squares on the number of the period, counted from 0.
    pub slope: Option<f64>,
    pub low: Option<f64>,
    pub high: Option<f64>,
    pub intercept: Option<f64>,
    pub p_value: Option<f64>,
    pub r_squared: Option<f64>,
    pub mann_kendall: MannKendall,
    /// The median of the slopes of all pairs; null beyond 3,000 periods.
    pub theil_sen: Option<TheilSen>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct MannKendall {
    /// Pairs that rise less pairs that fall.
    pub s: f64,
    pub tau: Option<f64>,
    pub z: Option<f64>,
    pub p_value: Option<f64>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct TheilSen {
    pub slope: Option<f64>,
    pub intercept: Option<f64>,
    pub low: Option<f64>,
    pub high: Option<f64>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Autocorrelation {
    /// Correlations beyond this are not those of noise, at the level of confidence.
    pub bound: Option<f64>,
    pub lags: Vec<Lag>,
    /// Whether the first `ljung_box_lags` correlations are those of noise.
    pub ljung_box: TestFigures,
    pub ljung_box_lags: u64,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Lag {
    pub lag: u64,
    pub autocorrelation: Option<f64>,
    pub partial: Option<f64>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Seasonality {
    /// After how many periods the pattern comes back.
    pub season: u64,
    /// From 0, no pattern, to 1, nothing but the pattern.
    pub strength: Option<f64>,
    /// From 0, no trend, to 1, nothing but the trend.
    pub trend_strength: Option<f64>,
    /// What each position in the season adds; the first is that of the first period. They sum to 0.
    pub pattern: Vec<Option<f64>>,
}

/// The level changes with this period.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct ChangePoint {
    pub time: String,
    /// The number of the period, counted from 0.
    pub position: u64,
    pub mean_before: Option<f64>,
    pub mean_after: Option<f64>,
}
