//! The registry of analyses: each kind is one file here, one in the engine, one line in [`KINDS`] and one variant.

pub mod compare;
pub mod correlation;
pub mod descriptive;
pub mod distribution;
pub mod grouped;
pub mod regression;
pub mod timeseries;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize, de::DeserializeOwned};
use serde_json::Value;
use utoipa::ToSchema;
use utoipa::openapi::{RefOr, Schema};
use uuid::Uuid;

use crate::bodies::read_body;
use crate::columns::Column;
use crate::errors::FieldError;
use crate::jobs::Lane;

/// The time-out of quick kinds. Unit: seconds.
pub const QUICK_SECONDS: u32 = 300;
/// The time-out of kinds that may take long. Unit: seconds.
pub const LONG_SECONDS: u32 = 3600;

/// Every analysis that exists.
pub const KINDS: &[AnalysisKind] = &[
    compare::KIND,
    correlation::KIND,
    descriptive::KIND,
    distribution::KIND,
    grouped::KIND,
    regression::KIND,
    timeseries::KIND,
];

/// An analysis and its parameters.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", content = "params", rename_all = "snake_case")]
pub enum Analysis {
    Compare(compare::CompareParams),
    Correlation(correlation::CorrelationParams),
    Descriptive(descriptive::DescriptiveParams),
    Distribution(distribution::DistributionParams),
    Grouped(grouped::GroupedParams),
    Regression(regression::RegressionParams),
    Timeseries(timeseries::TimeseriesParams),
}

/// What the registry knows about a kind of analysis.
#[derive(Debug)]
pub struct AnalysisKind {
    /// The word in the path, `POST /analysis/{name}`.
    pub name: &'static str,
    pub title: &'static str,
    /// One paragraph for the API documentation.
    pub summary: &'static str,
    pub lane: Lane,
    /// After so many seconds its child is killed, unless the setting `jobs.timeout_seconds` names another time.
    pub timeout_seconds: u32,
    pub parse: fn(&Value) -> Result<Analysis, FieldError>,
    pub params_schema: fn() -> RefOr<Schema>,
    pub outcome_schema: fn() -> RefOr<Schema>,
    /// All schemas that the two above refer to, by name.
    pub schemas: fn(&mut Vec<(String, RefOr<Schema>)>),
    /// A request body that works on the README's example, without `dataset_id`.
    pub example: fn() -> Value,
}

/// A kind of analysis as `GET /analysis/kinds` tells it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct AnalysisKindInfo {
    /// The last part of the path, `POST /analysis/{name}`.
    pub name: String,
    pub title: String,
    pub summary: String,
    pub lane: Lane,
    /// How long a job of this kind may run on this server.
    pub timeout_seconds: u64,
    /// A request body, without `dataset_id`.
    #[schema(value_type = Object)]
    pub example: Value,
    /// Definition, assumptions, null handling, edge cases and source of every figure, in Markdown.
    pub methods: String,
    /// The definition of each figure, in Markdown, by the name of its field in the outcome.
    pub figures: BTreeMap<String, String>,
    /// The JSON schema of the request body; `$ref`s point into `/api/openapi.json`.
    #[schema(value_type = Object)]
    pub parameters: Value,
}

/// The kind of this name.
pub fn kind(name: &str) -> Option<&'static AnalysisKind> {
    KINDS.iter().find(|kind| kind.name == name)
}

impl Analysis {
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Compare(_) => "compare",
            Self::Correlation(_) => "correlation",
            Self::Descriptive(_) => "descriptive",
            Self::Distribution(_) => "distribution",
            Self::Grouped(_) => "grouped",
            Self::Regression(_) => "regression",
            Self::Timeseries(_) => "timeseries",
        }
    }

    pub const fn dataset_id(&self) -> Uuid {
        match self {
            Self::Compare(params) => params.dataset_id,
            Self::Correlation(params) => params.dataset_id,
            Self::Descriptive(params) => params.dataset_id,
            Self::Distribution(params) => params.dataset_id,
            Self::Grouped(params) => params.dataset_id,
            Self::Regression(params) => params.dataset_id,
            Self::Timeseries(params) => params.dataset_id,
        }
    }

    /// What is wrong with these parameters on a table of these columns; empty when nothing is.
    pub fn check(&self, columns: &[Column]) -> Vec<FieldError> {
        match self {
            Self::Compare(params) => params.check(columns),
            Self::Correlation(params) => params.check(columns),
            Self::Descriptive(params) => params.check(columns),
            Self::Distribution(params) => params.check(columns),
            Self::Grouped(params) => params.check(columns),
            Self::Regression(params) => params.check(columns),
            Self::Timeseries(params) => params.check(columns),
        }
    }

    /// The parameters in one form for equal requests: defaults filled in, the dataset left out
    /// (the data's content hash stands for it), keys in order.
    pub fn canonical(&self) -> Value {
        let mut value = serde_json::to_value(self).unwrap_or(Value::Null);
        if let Some(params) = value.get_mut("params").and_then(Value::as_object_mut) {
            params.remove("dataset_id");
        }
        value
    }
}

/// Reads the parameters of one kind; an error names the field by its JSON pointer.
pub fn parse_params<T: DeserializeOwned>(body: &Value) -> Result<T, FieldError> {
    read_body(body.clone())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_wrong_parameter_is_named_by_its_pointer() {
        let body = json!({ "dataset_id": Uuid::nil(), "percentiles": [5.0, "x"] });
        let error = parse_params::<descriptive::DescriptiveParams>(&body).unwrap_err();
        assert_eq!(error.pointer, "/percentiles/1");
        let unknown = parse_params::<descriptive::DescriptiveParams>(&json!({ "dataset_id": Uuid::nil(), "a/b": 1 }));
        assert!(unknown.unwrap_err().detail.contains("Unknown field"));
    }
}
