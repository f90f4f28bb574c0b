//! `rows`: a window of a stored table.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::AskFile;
use crate::columns::{Column, Scalar};
use crate::filters::Condition;

/// The most rows of one answer.
pub const MAX_ROWS: u32 = 1_000;
/// The most columns to sort by.
pub const MAX_SORT_KEYS: usize = 16;
/// How many rows an ask that does not say gets.
pub const DEFAULT_ROWS: u32 = 100;

/// Which rows. Names and limits were checked when the request was read.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RowsAsk {
    pub file: AskFile,
    /// The columns to answer, in this order, with the encoding that the whole column needs.
    pub columns: Vec<Column>,
    /// Rows to leave out at the beginning.
    pub offset: u64,
    pub limit: u32,
    /// The rows are sorted by the first of these, equal ones by the next; in the table's own order if there is none.
    #[serde(default)]
    pub sort: Vec<SortKey>,
    /// Missing cells stand at the end, whatever the direction, unless this says otherwise.
    #[serde(default)]
    pub nulls_first: bool,
    /// Only rows that satisfy all of these.
    #[serde(default)]
    pub filter: Vec<Condition>,
}

impl RowsAsk {
    /// A window of the table in its own order.
    pub const fn window(file: AskFile, columns: Vec<Column>, offset: u64, limit: u32) -> Self {
        Self { file, columns, offset, limit, sort: Vec::new(), nulls_first: false, filter: Vec::new() }
    }
}

/// One column to sort by. Text is compared byte by byte, false stands before true, NaN above every number; equal rows
/// keep their order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SortKey {
    pub column: String,
    pub descending: bool,
}

/// Some rows of a dataset.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct RowsAnswer {
    pub columns: Vec<Column>,
    /// One array a row, cells in the order of `columns`.
    #[schema(value_type = Vec<Vec<Value>>)]
    pub rows: Vec<Vec<Scalar>>,
    pub offset: u64,
    /// Rows in the whole dataset.
    pub total_rows: u64,
    /// Rows that satisfy the filter; all of them without one.
    pub filtered_rows: u64,
}
