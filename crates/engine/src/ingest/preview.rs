//! The first rows of a table as JSON scalars.

use contract::columns::{Column, Encoding, Scalar};
use contract::ingest::PREVIEW_ROWS;
use polars::prelude::{AnyValue, DataFrame};

use crate::{Result, calendar, failures, scalars};

/// A preview is cut off after about this many characters of text, so that it stays small whatever the cells hold.
const MAX_CHARACTERS: usize = 4 << 20;

/// At most [`PREVIEW_ROWS`] rows of the first batch; fewer if the cells are long.
pub(crate) fn rows(head: &DataFrame) -> Result<Vec<Vec<Scalar>>> {
    let (mut rows, mut characters) = (Vec::new(), 0);
    for row in 0..head.height().min(PREVIEW_ROWS) {
        let mut cells = Vec::with_capacity(head.width());
        for column in head.columns() {
            let value = column.get(row).map_err(|error| failures::polars("Reading the first rows", &error))?;
            let cell = scalar(&value);
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

/// Turns the integers of columns that hold a large one anywhere into strings.
pub(crate) fn encode(rows: &mut [Vec<Scalar>], columns: &[Column]) {
    for row in rows {
        for (cell, column) in row.iter_mut().zip(columns) {
            if column.encoding == Encoding::String && cell.is_number() {
                *cell = Scalar::String(cell.to_string());
            }
        }
    }
}

/// A cell as JSON, before [`encode`].
pub(crate) fn scalar(value: &AnyValue) -> Scalar {
    match value {
        AnyValue::Int64(value) => scalars::integer(*value, Encoding::Plain),
        AnyValue::Float64(value) => scalars::float(*value),
        AnyValue::Boolean(value) => Scalar::Bool(*value),
        AnyValue::Date(days) => Scalar::String(calendar::date_text(i64::from(*days))),
        AnyValue::Datetime(micros, _, _) => Scalar::String(calendar::datetime_text(*micros)),
        AnyValue::Decimal(value, _, scale) => Scalar::String(scalars::decimal_text(*value, *scale)),
        AnyValue::Time(nanos) => Scalar::String(calendar::time_text(*nanos / 1000)),
        AnyValue::String(text) => Scalar::String((*text).to_owned()),
        // polars hands out the value of a column of one row this way.
        AnyValue::StringOwned(text) => Scalar::String(text.to_string()),
        _ => Scalar::Null,
    }
}
