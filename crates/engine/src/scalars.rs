//! Values of the engine as JSON scalars.

use contract::columns::{ColumnType, EXACT_INTEGER_LIMIT, Encoding, Scalar};
use polars::prelude::{ChunkAgg, Column};

/// The longest text in a summary or preview cell list; longer texts end with `…`.
pub(crate) const TEXT_LIMIT: usize = 1000;

/// An integer of a column: every value of a column with string encoding travels as a string.
pub(crate) fn integer(value: i64, encoding: Encoding) -> Scalar {
    match encoding {
        Encoding::Plain => contract::columns::integer_to_json(value),
        Encoding::String => Scalar::String(value.to_string()),
    }
}

/// An integer that may be beyond 64 bits, such as a sum: a string beyond 2^53.
pub(crate) fn wide_integer(value: i128) -> Scalar {
    match i64::try_from(value) {
        Ok(value) => contract::columns::integer_to_json(value),
        Err(_) => Scalar::String(value.to_string()),
    }
}

/// A float; NaN and infinities become null.
pub(crate) fn float(value: f64) -> Scalar {
    serde_json::Number::from_f64(value).map_or(Scalar::Null, Scalar::Number)
}

/// A decimal with all its digits: `value` without its last `scale` digits stands before the point.
pub(crate) fn decimal_text(value: i128, scale: usize) -> String {
    let digits = format!("{:0>width$}", value.unsigned_abs(), width = scale + 1);
    let (whole, fraction) = digits.split_at(digits.len() - scale);
    let sign = if value < 0 { "-" } else { "" };
    if scale == 0 { format!("{sign}{whole}") } else { format!("{sign}{whole}.{fraction}") }
}

/// A figure that exists only if it is finite.
pub(crate) fn figure(value: f64) -> Option<f64> {
    value.is_finite().then_some(value)
}

/// A text for a summary, shortened to [`TEXT_LIMIT`] characters.
pub(crate) fn short_text(text: &str) -> String {
    match text.char_indices().nth(TEXT_LIMIT) {
        None => text.to_owned(),
        Some((end, _)) => format!("{}…", &text[..end]),
    }
}

/// How the values of a column travel.
pub(crate) fn encoding_of_column(values: &Column, column_type: ColumnType) -> Encoding {
    match (column_type, values.as_materialized_series().i64()) {
        (ColumnType::Decimal, _) => Encoding::String,
        (ColumnType::Integer, Ok(values)) => {
            values.min_max().map_or(Encoding::Plain, |(min, max)| encoding_of(min, max))
        }
        _ => Encoding::Plain,
    }
}

/// How integers between these bounds travel.
pub(crate) fn encoding_of(min: i64, max: i64) -> Encoding {
    if min.unsigned_abs().max(max.unsigned_abs()) > EXACT_INTEGER_LIMIT { Encoding::String } else { Encoding::Plain }
}
