//! Values of stored columns as cells, whatever type stores them: what rows, previews and exports hand on.

use contract::cells::Cell;
use contract::columns::Scalar;
use polars::prelude::{AnyValue, Column, PolarsResult, TimeUnit};

use crate::calendar::{self, MICROS_PER_DAY};
use crate::scalars::decimal_text;

const NANOS_PER_MICRO: i64 = 1_000;
/// Workbooks hold times to the millisecond.
const MICROS_PER_MILLISECOND: i64 = 1_000;

/// The cells of a column, in the order of its rows. `is_utc` says that its points in time have a zone, which is UTC.
pub(crate) fn cells(column: &Column, is_utc: bool) -> PolarsResult<Vec<Cell<'_>>> {
    let series = column.as_materialized_series();
    if let Ok(texts) = series.str() {
        return Ok(texts.iter().map(|text| text.map_or(Cell::Null, |text| Cell::Text(text.into()))).collect());
    }
    if let Ok(integers) = series.i64() {
        return Ok(integers.iter().map(|value| value.map_or(Cell::Null, Cell::Integer)).collect());
    }
    if let Ok(floats) = series.f64() {
        return Ok(floats.iter().map(|value| value.map_or(Cell::Null, Cell::Float)).collect());
    }
    Ok(series.iter().map(|value| cell(value, is_utc)).collect())
}

/// One value as a cell.
pub(crate) fn cell(value: AnyValue<'_>, is_utc: bool) -> Cell<'_> {
    match value {
        AnyValue::Null => Cell::Null,
        AnyValue::Boolean(value) => Cell::Boolean(value),
        AnyValue::Int8(value) => Cell::Integer(value.into()),
        AnyValue::Int16(value) => Cell::Integer(value.into()),
        AnyValue::Int32(value) => Cell::Integer(value.into()),
        AnyValue::Int64(value) => Cell::Integer(value),
        AnyValue::UInt8(value) => Cell::Integer(value.into()),
        AnyValue::UInt16(value) => Cell::Integer(value.into()),
        AnyValue::UInt32(value) => Cell::Integer(value.into()),
        AnyValue::UInt64(value) => {
            i64::try_from(value).map_or_else(|_| Cell::Decimal(value.to_string()), Cell::Integer)
        }
        AnyValue::Float32(value) => Cell::Float(value.into()),
        AnyValue::Float64(value) => Cell::Float(value),
        AnyValue::Decimal(value, _, scale) => Cell::Decimal(decimal_text(value, scale)),
        AnyValue::Date(days) => {
            Cell::Moment { text: calendar::date_text(i64::from(days)), days: Some(f64::from(days)) }
        }
        AnyValue::Datetime(value, unit, zone) => datetime(micros(value, unit), is_utc || zone.is_some()),
        AnyValue::DatetimeOwned(value, unit, zone) => datetime(micros(value, unit), is_utc || zone.is_some()),
        AnyValue::Time(nanos) => time(nanos / NANOS_PER_MICRO),
        AnyValue::String(text) => Cell::Text(text.into()),
        AnyValue::StringOwned(text) => Cell::Text(text.to_string().into()),
        AnyValue::Binary(bytes) => Cell::Binary(bytes.into()),
        AnyValue::BinaryOwned(bytes) => Cell::Binary(bytes.into()),
        other => Cell::Text(other.to_string().into()),
    }
}

/// The value in JSON, for a preview that is encoded later.
pub(crate) fn scalar(value: AnyValue<'_>, is_utc: bool) -> Scalar {
    cell(value, is_utc).to_json(contract::columns::Encoding::Plain)
}

const fn micros(value: i64, unit: TimeUnit) -> i64 {
    match unit {
        TimeUnit::Nanoseconds => value.div_euclid(NANOS_PER_MICRO),
        TimeUnit::Microseconds => value,
        TimeUnit::Milliseconds => value.saturating_mul(1_000),
    }
}

/// A point in time with a zone is UTC and says so; a workbook knows no zones, so it gets the text.
fn datetime(micros: i64, is_utc: bool) -> Cell<'static> {
    let mut text = calendar::datetime_text(micros);
    if is_utc {
        text.push('Z');
        return Cell::Moment { text, days: None };
    }
    Cell::Moment { text, days: days(micros) }
}

fn time(micros: i64) -> Cell<'static> {
    Cell::Moment { text: calendar::time_text(micros), days: days(micros) }
}

fn days(micros: i64) -> Option<f64> {
    (micros % MICROS_PER_MILLISECOND == 0).then(|| micros as f64 / MICROS_PER_DAY as f64)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn moment(text: &str, days: Option<f64>) -> Cell<'static> {
        Cell::Moment { text: text.to_owned(), days }
    }

    #[test]
    fn times_and_zones() {
        assert_eq!(cell(AnyValue::Time(3_600_000_000_000), false), moment("01:00:00", Some(1.0 / 24.0)));
        let value = AnyValue::Datetime(1_500, TimeUnit::Microseconds, None);
        assert_eq!(cell(value.clone(), false), moment("1970-01-01T00:00:00.001500", None));
        assert_eq!(cell(value, true), moment("1970-01-01T00:00:00.001500Z", None));
        let before = AnyValue::Datetime(-1, TimeUnit::Nanoseconds, None);
        assert_eq!(cell(before, false), moment("1969-12-31T23:59:59.999999", None));
    }

    #[test]
    fn numbers_keep_every_digit() {
        assert_eq!(cell(AnyValue::UInt64(u64::MAX), false), Cell::Decimal("18446744073709551615".into()));
        assert_eq!(cell(AnyValue::Decimal(-5, 38, 2), false), Cell::Decimal("-0.05".into()));
        assert_eq!(scalar(AnyValue::Int64((1 << 53) + 1), false), Scalar::from("9007199254740993"));
    }
}
