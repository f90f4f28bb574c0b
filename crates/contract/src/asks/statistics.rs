//! `statistics`: mean, median and mode of columns for each group of rows.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::AskFile;
use crate::analyses::grouped::{Function, GroupBy, GroupedParams, Measure};
use crate::columns::Scalar;
use crate::filters::Condition;

/// The most groups of one answer.
pub const MAX_GROUPS: u32 = 1_000;

/// Which figures. Names and values were checked when the request was read.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct StatisticsAsk {
    pub file: AskFile,
    /// The columns to group by.
    pub by: Vec<String>,
    /// The numeric columns to describe, in this order.
    pub columns: Vec<String>,
    pub filter: Vec<Condition>,
}

impl StatisticsAsk {
    const FUNCTIONS: [Function; 4] = [Function::Count, Function::Mean, Function::Median, Function::Mode];

    /// The analysis that answers this: four measures for each column, in this order.
    pub fn grouped(&self) -> GroupedParams {
        let measure = |column: &String, function: Function| Measure {
            function,
            column: Some(column.clone()),
            quantile: None,
            name: None,
            share: false,
        };
        let of_column = |column| Self::FUNCTIONS.map(|function| measure(column, function));
        GroupedParams {
            dataset_id: uuid::Uuid::nil(),
            by: self.by.iter().map(|column| GroupBy { column: column.clone(), every: None }).collect(),
            measures: self.columns.iter().flat_map(of_column).collect(),
            sort: None,
            top: None,
            other: false,
            totals: false,
            limit: MAX_GROUPS,
            filter: self.filter.clone(),
        }
    }
}

/// Figures of groups of rows.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct StatisticsAnswer {
    /// The columns of the keys.
    pub by: Vec<String>,
    /// Rows that the conditions keep.
    pub rows: u64,
    /// One group each, in ascending order of their keys; at most 1,000.
    pub items: Vec<GroupStatistics>,
    /// Whether groups were left out.
    pub truncated: bool,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct GroupStatistics {
    /// One value for each column of `by`, null where cells are missing.
    #[schema(value_type = Vec<Value>)]
    pub key: Vec<Scalar>,
    pub rows: u64,
    pub statistics: Vec<ColumnStatistics>,
}

/// Figures of one column in one group; null where there is no value. Definitions: `grouped` in `docs/methods.md`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct ColumnStatistics {
    pub column: String,
    /// Cells that hold a value.
    #[schema(value_type = u64)]
    pub count: Scalar,
    #[schema(value_type = Option<f64>)]
    pub mean: Scalar,
    #[schema(value_type = Option<f64>)]
    pub median: Scalar,
    /// The most frequent value, the smallest of equally frequent ones.
    #[schema(value_type = Value)]
    pub mode: Scalar,
}
