//! What the analysis `distribution` answers; one field for each part that was asked for.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::Family;

/// Figures are of the finite values among the rows that the filter keeps. A figure that is not defined is null.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct DistributionOutcome {
    pub column: String,
    /// The rows that the filter keeps.
    pub rows: u64,
    /// The finite values among them; the others are missing, NaN or infinite.
    pub count: u64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub histogram: Option<HistogramPart>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ecdf: Option<EcdfPart>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kde: Option<KdePart>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tests: Option<Vec<NormalityTest>>,
    /// Best first, by AIC; those that the values do not allow at the end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fits: Option<Vec<Fit>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub outliers: Option<OutliersPart>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub qq: Option<QqPart>,
}

/// `edges` has one more entry than `counts`; a bin holds its left edge, the last one also its right.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct HistogramPart {
    /// What decided the bins; `sturges` also where the asked rule has no width (quartiles that coincide).
    pub rule: String,
    pub edges: Vec<f64>,
    pub counts: Vec<u64>,
    /// Values below the first edge and above the last, where edges were given.
    pub below: u64,
    pub above: u64,
    /// Whether the rule asked for more bins than there may be.
    pub capped: bool,
}

/// The share of values up to and including each value.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct EcdfPart {
    pub values: Vec<f64>,
    pub shares: Vec<f64>,
    /// Whether every different value is listed; otherwise 1,000 of them at equal steps of rank.
    pub complete: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum KdeMethod {
    /// The sum over all values, at each point.
    Direct,
    /// Values shared out to bins and smoothed by Fourier transform.
    BinnedFft,
}

/// A Gaussian kernel density estimate, from three bandwidths below the smallest value to three above the largest.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct KdePart {
    pub method: KdeMethod,
    /// The standard deviation of the kernel; null where the values do not vary.
    pub bandwidth: Option<f64>,
    pub points: Vec<f64>,
    pub densities: Vec<f64>,
}

/// The null hypothesis of each test: the values come from a normal distribution.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct NormalityTest {
    /// `dagostino_k2`, `jarque_bera`, `anderson_darling` or `shapiro_wilk`.
    pub name: String,
    pub statistic: Option<f64>,
    pub p_value: Option<f64>,
    /// Why there is no figure.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Fit {
    pub distribution: Family,
    /// By name, as `docs/methods.md` defines them.
    pub parameters: BTreeMap<String, f64>,
    pub log_likelihood: Option<f64>,
    pub aic: Option<f64>,
    pub bic: Option<f64>,
    /// The largest distance between the fitted and the empirical distribution function.
    pub ks: Option<f64>,
    /// Of the Kolmogorov–Smirnov test. The parameters were fitted to the same values, so it is larger than it should be.
    pub p_value: Option<f64>,
    /// 1 for the best, by AIC.
    pub rank: Option<u32>,
    /// Why there is no fit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct OutliersPart {
    pub iqr: OutlierRule,
    pub z_score: OutlierRule,
    pub mad: OutlierRule,
}

/// Values below `low` or above `high`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct OutlierRule {
    pub low: Option<f64>,
    pub high: Option<f64>,
    pub count: u64,
    /// In order of row.
    pub rows: Vec<OutlierRow>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct OutlierRow {
    /// The row of the dataset, counted from 0.
    pub row: u64,
    pub value: f64,
}

/// Values against the quantiles of a standard normal distribution, at most 1,000 at equal steps of rank.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct QqPart {
    pub theoretical: Vec<f64>,
    pub sample: Vec<f64>,
    /// The straight line through the points by least squares, and their correlation.
    pub slope: Option<f64>,
    pub intercept: Option<f64>,
    pub r: Option<f64>,
}
