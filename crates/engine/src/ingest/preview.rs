//! The first rows of a table as JSON scalars.

use contract::columns::{Column, ColumnType, Encoding, Scalar};
use contract::ingest::PREVIEW_ROWS;
use polars::prelude::DataFrame;

use crate::{Result, failures, values};

/// A preview is cut off after about this many characters of text, so that it stays small whatever the cells hold.
const MAX_CHARACTERS: usize = 4 << 20;

/// At most [`PREVIEW_ROWS`] rows of the first batch; fewer if the cells are long.
pub(crate) fn rows(head: &DataFrame) -> Result<Vec<Vec<Scalar>>> {
    let (mut rows, mut characters) = (Vec::new(), 0);
    for row in 0..head.height().min(PREVIEW_ROWS) {
        let mut cells = Vec::with_capacity(head.width());
        for column in head.columns() {
            let value = column.get(row).map_err(|error| failures::polars("Reading the first rows", &error))?;
            let cell = values::scalar(value, false);
            characters += cell.as_str().map_or(8, str::len);
            cells.push(cell);
        }
        rows.push(cells);
        if characters > MAX_CHARACTERS {
            break;
        }
    }
    Ok(rows)
}

/// What only the whole table tells: integers of columns that hold a large one anywhere become strings, and points in
/// time of columns with a zone say that they are UTC.
pub(crate) fn encode(rows: &mut [Vec<Scalar>], columns: &[Column]) {
    for row in rows {
        for (cell, column) in row.iter_mut().zip(columns) {
            if column.encoding == Encoding::String && cell.is_number() {
                *cell = Scalar::String(cell.to_string());
            }
            if let (Scalar::String(text), ColumnType::Datetime, Some(_)) = (cell, column.column_type, &column.time_zone)
            {
                text.push('Z');
            }
        }
    }
}
