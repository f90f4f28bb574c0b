//! Arrow arrays as columns of the types that versions store.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use polars::prelude::{
    BooleanChunked, Column, Float64Chunked, IdxCa, Int32Chunked, Int64Chunked, Int128Chunked, IntoColumn,
    NewChunkedArray, PlSmallStr, StringChunked, TimeUnit as PolarsUnit,
};
use polars_arrow::array::{
    Array, BinaryArray, BinaryViewArray, BooleanArray, DictionaryArray, DictionaryKey, FixedSizeBinaryArray,
    PrimitiveArray, Utf8Array, Utf8ViewArray,
};
use polars_arrow::datatypes::{ArrowDataType, TimeUnit};
use polars_arrow::types::NativeType;

use super::nested;
use super::plan::Kind;
use crate::Result;
use crate::calendar::MICROS_PER_DAY;
use crate::failures::{internal, invalid};

const NANOS_PER_DAY: i64 = MICROS_PER_DAY * 1000;

/// The values of an array as a column; a value that its type cannot hold is a failure that names the column.
pub(super) fn column(name: &PlSmallStr, array: &dyn Array, kind: &Kind, cell_bytes: u64) -> Result<Column> {
    let name = name.clone();
    Ok(match kind {
        Kind::Integer | Kind::Unsigned => {
            let values = integers(array)?;
            Int64Chunked::from_iter_options(name, values.into_iter()).into_column()
        }
        Kind::Decimal(scale) => {
            let values = decimals(array)?;
            Int128Chunked::from_iter_options(name, values.into_iter()).into_decimal_unchecked(38, *scale).into_column()
        }
        Kind::Float => Float64Chunked::from_iter_options(name, floats(array)?.into_iter()).into_column(),
        Kind::Boolean => BooleanChunked::from_iter_options(name, of::<BooleanArray>(array)?.iter()).into_column(),
        Kind::Date => {
            let days = of::<PrimitiveArray<i32>>(array)?.iter().map(|days| days.copied());
            Int32Chunked::from_iter_options(name, days).into_date().into_column()
        }
        Kind::DateMilliseconds => {
            let values = of::<PrimitiveArray<i64>>(array)?.iter();
            let days = values.map(|value| value.and_then(|value| i32::try_from(value.div_euclid(86_400_000)).ok()));
            Int32Chunked::from_iter_options(name, days).into_date().into_column()
        }
        Kind::Datetime(unit) => {
            let values = micros(array, *unit, &name)?;
            let values = Int64Chunked::from_iter_options(name, values.into_iter());
            values.into_datetime(PolarsUnit::Microseconds, None).into_column()
        }
        Kind::Time(unit) => {
            let values = nanos(array, *unit, &name)?;
            Int64Chunked::from_iter_options(name, values.into_iter()).into_time().into_column()
        }
        Kind::Text => text_column(name, texts(array)?.into_iter(), cell_bytes)?,
        Kind::Binary => {
            let values: Vec<Option<String>> =
                bytes(array)?.into_iter().map(|value| value.map(|value| STANDARD.encode(value))).collect();
            text_column(name, values.iter().map(Option::as_deref), cell_bytes)?
        }
        Kind::Nested => {
            let mut values = Vec::with_capacity(array.len());
            for row in 0..array.len() {
                values.push(nested::text(array, row)?);
            }
            text_column(name, values.iter().map(Option::as_deref), cell_bytes)?
        }
        Kind::Dictionary(values) => labelled(&name, array, values, cell_bytes)?,
        Kind::Missing => {
            let missing = std::iter::repeat_n(None::<&str>, array.len());
            StringChunked::from_iter_options(name, missing).into_column()
        }
    })
}

fn text_column<'a>(
    name: PlSmallStr,
    values: impl Iterator<Item = Option<&'a str>> + Clone,
    limit: u64,
) -> Result<Column> {
    if let Some(row) = values.clone().position(|value| value.is_some_and(|value| value.len() as u64 > limit)) {
        return Err(invalid(format!("A cell of the column \"{name}\" is larger than {limit} bytes, the limit of this server (row {row} of a part of the file)."))
            .column(name.to_string())
            .advice("Shorten the cell, leave this column out, or ask the operator to raise PLOTLINE_INGEST_CELL_BYTES."));
    }
    Ok(StringChunked::from_iter_options(name, values).into_column())
}

/// The array as what its type says it is.
pub(super) fn of<T: 'static>(array: &dyn Array) -> Result<&T> {
    array.as_any().downcast_ref().ok_or_else(|| internal(format!("An array of {:?} is another one.", array.dtype())))
}

fn widened<T: NativeType>(array: &dyn Array, widen: impl Fn(T) -> i64) -> Result<Vec<Option<i64>>> {
    Ok(of::<PrimitiveArray<T>>(array)?.iter().map(|value| value.map(|value| widen(*value))).collect())
}

pub(super) fn integers(array: &dyn Array) -> Result<Vec<Option<i64>>> {
    match array.dtype().to_storage() {
        ArrowDataType::Int8 => widened(array, |value: i8| i64::from(value)),
        ArrowDataType::Int16 => widened(array, |value: i16| i64::from(value)),
        ArrowDataType::Int32 | ArrowDataType::Date32 => widened(array, |value: i32| i64::from(value)),
        ArrowDataType::UInt8 => widened(array, |value: u8| i64::from(value)),
        ArrowDataType::UInt16 => widened(array, |value: u16| i64::from(value)),
        ArrowDataType::UInt32 => widened(array, |value: u32| i64::from(value)),
        // A column with a value beyond the signed range is read as decimals.
        ArrowDataType::UInt64 => widened(array, |value: u64| value.cast_signed()),
        _ => widened(array, |value: i64| value),
    }
}

pub(super) fn decimals(array: &dyn Array) -> Result<Vec<Option<i128>>> {
    match array.dtype().to_storage() {
        ArrowDataType::UInt64 => {
            Ok(of::<PrimitiveArray<u64>>(array)?.iter().map(|value| value.map(|value| i128::from(*value))).collect())
        }
        ArrowDataType::Decimal32(_, _) => {
            Ok(of::<PrimitiveArray<i32>>(array)?.iter().map(|value| value.map(|value| i128::from(*value))).collect())
        }
        ArrowDataType::Decimal64(_, _) => {
            Ok(of::<PrimitiveArray<i64>>(array)?.iter().map(|value| value.map(|value| i128::from(*value))).collect())
        }
        _ => Ok(of::<PrimitiveArray<i128>>(array)?.iter().map(Option::<&i128>::copied).collect()),
    }
}

pub(super) fn floats(array: &dyn Array) -> Result<Vec<Option<f64>>> {
    match array.dtype().to_storage() {
        ArrowDataType::Float32 => {
            Ok(of::<PrimitiveArray<f32>>(array)?.iter().map(|value| value.map(|value| f64::from(*value))).collect())
        }
        _ => Ok(of::<PrimitiveArray<f64>>(array)?.iter().map(Option::<&f64>::copied).collect()),
    }
}

/// Microseconds since 1970-01-01; nanoseconds are rounded down.
pub(super) fn micros(array: &dyn Array, unit: TimeUnit, name: &str) -> Result<Vec<Option<i64>>> {
    let values = of::<PrimitiveArray<i64>>(array)?.iter();
    let scaled = values.map(|value| {
        let Some(value) = value.copied() else { return Ok(None) };
        let micros = match unit {
            TimeUnit::Second => value.checked_mul(1_000_000),
            TimeUnit::Millisecond => value.checked_mul(1000),
            TimeUnit::Microsecond => Some(value),
            TimeUnit::Nanosecond => Some(value.div_euclid(1000)),
        };
        // A year has at most four digits here, as everywhere else.
        micros
            .filter(|micros| (FIRST_MICROS..=LAST_MICROS).contains(micros))
            .map(Some)
            .ok_or_else(|| beyond(name, value))
    });
    scaled.collect()
}

/// 0001-01-01 and the end of 9999-12-31.
const FIRST_MICROS: i64 = -62_135_596_800_000_000;
const LAST_MICROS: i64 = 253_402_300_799_999_999;

/// Nanoseconds since midnight, whole microseconds.
pub(super) fn nanos(array: &dyn Array, unit: TimeUnit, name: &str) -> Result<Vec<Option<i64>>> {
    let values = match unit {
        TimeUnit::Second | TimeUnit::Millisecond => widened(array, |value: i32| i64::from(value))?,
        TimeUnit::Microsecond | TimeUnit::Nanosecond => widened(array, |value: i64| value)?,
    };
    let scaled = values.into_iter().map(|value| {
        let Some(value) = value else { return Ok(None) };
        let nanos = match unit {
            TimeUnit::Second => value.checked_mul(1_000_000_000),
            TimeUnit::Millisecond => value.checked_mul(1_000_000),
            TimeUnit::Microsecond => value.checked_mul(1000),
            TimeUnit::Nanosecond => Some(value - value.rem_euclid(1000)),
        };
        nanos.filter(|nanos| (0..NANOS_PER_DAY).contains(nanos)).map(Some).ok_or_else(|| beyond(name, value))
    });
    scaled.collect()
}

fn beyond(name: &str, value: i64) -> contract::errors::Failure {
    invalid(format!("The column \"{name}\" holds a time that no calendar has."))
        .column(name)
        .value(value.to_string())
        .advice("Correct the value, or write the column as a number.")
}

pub(super) fn texts(array: &dyn Array) -> Result<Vec<Option<&str>>> {
    match array.dtype().to_storage() {
        ArrowDataType::Utf8 => Ok(of::<Utf8Array<i32>>(array)?.iter().collect()),
        ArrowDataType::LargeUtf8 => Ok(of::<Utf8Array<i64>>(array)?.iter().collect()),
        _ => Ok(of::<Utf8ViewArray>(array)?.iter().collect()),
    }
}

pub(super) fn bytes(array: &dyn Array) -> Result<Vec<Option<&[u8]>>> {
    match array.dtype().to_storage() {
        ArrowDataType::Binary => Ok(of::<BinaryArray<i32>>(array)?.iter().collect()),
        ArrowDataType::LargeBinary => Ok(of::<BinaryArray<i64>>(array)?.iter().collect()),
        ArrowDataType::FixedSizeBinary(_) => Ok(of::<FixedSizeBinaryArray>(array)?.iter().collect()),
        _ => Ok(of::<BinaryViewArray>(array)?.iter().collect()),
    }
}

fn labelled(name: &PlSmallStr, array: &dyn Array, kind: &Kind, cell_bytes: u64) -> Result<Column> {
    let (keys, values) = dictionary(array)?;
    let labels = column(name, values, kind, cell_bytes)?;
    let length = labels.len();
    let keys = keys.into_iter().map(|key| key.filter(|key| *key < length).and_then(|key| u32::try_from(key).ok()));
    let keys = IdxCa::from_iter_options(PlSmallStr::EMPTY, keys);
    labels.take(&keys).map_err(|error| super::damaged("Arrow", &error))
}

/// The numbers of the labels, and the labels.
pub(super) fn dictionary(array: &dyn Array) -> Result<(Vec<Option<usize>>, &dyn Array)> {
    fn parts<K: DictionaryKey>(array: &dyn Array) -> Option<(Vec<Option<usize>>, &dyn Array)> {
        let array = array.as_any().downcast_ref::<DictionaryArray<K>>()?;
        Some((array.keys_iter().collect(), array.values().as_ref()))
    }
    let found = parts::<u8>(array)
        .or_else(|| parts::<u16>(array))
        .or_else(|| parts::<u32>(array))
        .or_else(|| parts::<u64>(array))
        .or_else(|| parts::<i8>(array))
        .or_else(|| parts::<i16>(array))
        .or_else(|| parts::<i32>(array))
        .or_else(|| parts::<i64>(array));
    found.ok_or_else(|| internal("A dictionary has keys of an unknown type."))
}
