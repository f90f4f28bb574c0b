//! Lists, maps and structs within them as JSON text.

use std::fmt::Write as _;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use polars_arrow::array::{Array, BooleanArray, FixedSizeListArray, ListArray, MapArray, StructArray};
use polars_arrow::datatypes::{ArrowDataType, TimeUnit};

use super::convert::{bytes, decimals, dictionary, floats, integers, micros, nanos, of, texts};
use crate::{Result, calendar, scalars};

/// The value of a row; `None` if it is missing.
pub(super) fn text(array: &dyn Array, row: usize) -> Result<Option<String>> {
    if array.is_null(row) {
        return Ok(None);
    }
    let mut text = String::new();
    write(&mut text, array, row)?;
    Ok(Some(text))
}

fn write(text: &mut String, array: &dyn Array, row: usize) -> Result<()> {
    if array.is_null(row) {
        text.push_str("null");
        return Ok(());
    }
    match array.dtype().to_storage() {
        ArrowDataType::List(_) => write_list(text, of::<ListArray<i32>>(array)?.value(row).as_ref()),
        ArrowDataType::LargeList(_) => write_list(text, of::<ListArray<i64>>(array)?.value(row).as_ref()),
        ArrowDataType::FixedSizeList(_, _) => write_list(text, of::<FixedSizeListArray>(array)?.value(row).as_ref()),
        // A map is a list of pairs: its keys need not be texts.
        ArrowDataType::Map(_, _) => write_list(text, of::<MapArray>(array)?.value(row).as_ref()),
        ArrowDataType::Struct(_) => write_struct(text, of::<StructArray>(array)?, row),
        ArrowDataType::Dictionary(_, _, _) => {
            let (keys, values) = dictionary(array)?;
            match keys.get(row).copied().flatten().filter(|key| *key < values.len()) {
                Some(key) => write(text, values, key),
                None => {
                    text.push_str("null");
                    Ok(())
                }
            }
        }
        _ => write_plain(text, array.sliced(row, 1).as_ref()),
    }
}

fn write_list(text: &mut String, values: &dyn Array) -> Result<()> {
    text.push('[');
    for row in 0..values.len() {
        if row > 0 {
            text.push(',');
        }
        write(text, values, row)?;
    }
    text.push(']');
    Ok(())
}

fn write_struct(text: &mut String, array: &StructArray, row: usize) -> Result<()> {
    text.push('{');
    for (position, (field, values)) in array.fields().iter().zip(array.values()).enumerate() {
        if position > 0 {
            text.push(',');
        }
        write_string(text, &field.name);
        text.push(':');
        write(text, values.as_ref(), row)?;
    }
    text.push('}');
    Ok(())
}

/// The only value of an array that is not nested.
fn write_plain(text: &mut String, array: &dyn Array) -> Result<()> {
    let written = match array.dtype().to_storage() {
        ArrowDataType::Boolean => first(of::<BooleanArray>(array)?.iter().collect()).map(|value| value.to_string()),
        ArrowDataType::Float32 | ArrowDataType::Float64 => {
            first(floats(array)?).map(|value| scalars::float(value).to_string())
        }
        ArrowDataType::Decimal(_, scale) | ArrowDataType::Decimal32(_, scale) | ArrowDataType::Decimal64(_, scale) => {
            first(decimals(array)?).map(|value| scalars::decimal_text(value, *scale))
        }
        ArrowDataType::UInt64 => first(decimals(array)?).map(|value| value.to_string()),
        ArrowDataType::Date32 => first(integers(array)?).map(|days| format!("\"{}\"", calendar::date_text(days))),
        ArrowDataType::Date64 => {
            first(integers(array)?).map(|value| format!("\"{}\"", calendar::date_text(value.div_euclid(86_400_000))))
        }
        ArrowDataType::Timestamp(unit, zone) => first(micros(array, *unit, "")?)
            .map(|value| format!("\"{}{}\"", calendar::datetime_text(value), if zone.is_some() { "Z" } else { "" })),
        ArrowDataType::Time32(unit) | ArrowDataType::Time64(unit) => {
            first(nanos(array, *unit, "")?).map(|value| format!("\"{}\"", calendar::time_text(value / 1000)))
        }
        ArrowDataType::Utf8 | ArrowDataType::LargeUtf8 | ArrowDataType::Utf8View => {
            if let Some(value) = first(texts(array)?) {
                write_string(text, value);
            }
            return Ok(());
        }
        ArrowDataType::Binary
        | ArrowDataType::LargeBinary
        | ArrowDataType::BinaryView
        | ArrowDataType::FixedSizeBinary(_) => {
            first(bytes(array)?).map(|value| format!("\"{}\"", STANDARD.encode(value)))
        }
        ArrowDataType::Duration(
            TimeUnit::Second | TimeUnit::Millisecond | TimeUnit::Microsecond | TimeUnit::Nanosecond,
        ) => first(integers(array)?).map(|value| value.to_string()),
        _ => first(integers(array)?).map(|value| value.to_string()),
    };
    text.push_str(written.as_deref().unwrap_or("null"));
    Ok(())
}

fn first<T: Copy>(values: Vec<Option<T>>) -> Option<T> {
    values.first().copied().flatten()
}

fn write_string(text: &mut String, value: &str) {
    let _ = write!(text, "{}", serde_json::Value::from(value));
}
