//! The first rows of a table as JSON scalars.

use contract::columns::{Column, ColumnType, Scalar};
use contract::ingest::PREVIEW_ROWS;
use polars::prelude::{AnyValue, DataFrame};

use crate::{Result, calendar, failures, scalars};

/// A preview is cut off after about this many characters of text, so that it stays small whatever the cells hold.
const MAX_CHARACTERS: usize = 4 << 20;

/// At most [`PREVIEW_ROWS`] rows of the first batch; fewer if the cells are long.
pub(crate) fn rows(head: Option<&DataFrame>, columns: &[Column]) -> Result<Vec<Vec<Scalar>>> {
    let Some(head) = head else {
        return Ok(Vec::new());
    };
    let (mut rows, mut characters) = (Vec::new(), 0);
    for row in 0..head.height().min(PREVIEW_ROWS) {
        let mut cells = Vec::with_capacity(columns.len());
        for (stored, column) in head.columns().iter().zip(columns) {
            let value = stored.get(row).map_err(|error| failures::polars("Reading the first rows", &error))?;
            let cell = scalar(&value, column);
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

fn scalar(value: &AnyValue, column: &Column) -> Scalar {
    match (value, column.column_type) {
        (AnyValue::Int64(value), _) => scalars::integer(*value, column.encoding),
        (AnyValue::Float64(value), _) => scalars::float(*value),
        (AnyValue::Boolean(value), _) => Scalar::Bool(*value),
        (AnyValue::Date(days), _) => Scalar::String(calendar::date_text(i64::from(*days))),
        (AnyValue::Datetime(micros, _, _), ColumnType::Datetime) => Scalar::String(calendar::datetime_text(*micros)),
        (AnyValue::String(text), _) => Scalar::String((*text).to_owned()),
        (AnyValue::StringOwned(text), _) => Scalar::String(text.to_string()),
        _ => Scalar::Null,
    }
}
