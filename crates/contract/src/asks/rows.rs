//! `rows`: a window of a stored table.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::AskFile;
use crate::columns::{Column, Scalar};

/// The most rows of one answer.
pub const MAX_ROWS: u32 = 1_000;
/// How many rows an ask that does not say gets.
pub const DEFAULT_ROWS: u32 = 100;

/// Which rows. Names and limits were checked when the request was read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RowsAsk {
    pub file: AskFile,
    /// The columns to answer, in this order, with the encoding that the whole column needs.
    pub columns: Vec<Column>,
    /// Rows to leave out at the beginning.
    pub offset: u64,
    pub limit: u32,
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
}
