//! A column in memory as plain numbers: floats as they are, everything else as integers whose order is that of the values.

use contract::columns::{ColumnType, Encoding, Scalar, integer_to_json};
use polars::prelude::{
    ChunkedArray, Column, DataType, Float64Chunked, InitHashMaps, PlHashMap, PolarsDataType, PolarsNumericType,
    PolarsResult,
};

use crate::calendar::{date_text, datetime_text, time_text};
use crate::scalars;

/// The values of a column and which of them are there.
#[derive(Clone, Debug)]
pub(crate) struct Cells {
    pub(crate) values: Values,
    /// `None` if every cell holds a value.
    pub(crate) present: Option<Vec<bool>>,
    pub(crate) column_type: ColumnType,
    /// The texts that the integers stand for, ascending.
    pub(crate) texts: Vec<String>,
}

#[derive(Clone, Debug)]
pub(crate) enum Values {
    /// NaN and infinities are in no figure but `count`.
    Floats(Vec<f64>),
    Integers(Vec<i64>),
}

impl Cells {
    pub(crate) fn of(column: &Column, column_type: ColumnType) -> PolarsResult<Self> {
        let series = column.as_materialized_series();
        let mut cells = Self { values: Values::Integers(Vec::new()), present: None, column_type, texts: Vec::new() };
        match series.dtype() {
            DataType::Int64 => cells.integers(series.i64()?, |value| value),
            DataType::Date => cells.integers(series.date()?.physical(), i64::from),
            DataType::Datetime(_, _) => cells.integers(series.datetime()?.physical(), |value| value),
            DataType::Time => cells.integers(series.time()?.physical(), |value| value),
            DataType::Float64 => cells.floats(series.f64()?),
            DataType::Boolean => {
                let values = series.bool()?;
                cells.values = Values::Integers(values.iter().map(|value| i64::from(value == Some(true))).collect());
                cells.present = (values.null_count() > 0).then(|| values.iter().map(|value| value.is_some()).collect());
            }
            DataType::String => {
                let (codes, texts) = ranked(series.str()?.iter());
                cells.present = (series.null_count() > 0).then(|| codes.iter().map(|code| *code >= 0).collect());
                cells.values = Values::Integers(codes);
                cells.texts = texts;
            }
            _ => {
                let floats = series.cast(&DataType::Float64)?;
                cells.floats(floats.f64()?);
            }
        }
        Ok(cells)
    }

    fn integers<T>(&mut self, column: &ChunkedArray<T>, convert: impl Fn(T::Native) -> i64)
    where
        T: PolarsNumericType + PolarsDataType,
    {
        self.values = Values::Integers(converted(column, convert));
        self.present = presence(column);
    }

    fn floats(&mut self, column: &Float64Chunked) {
        self.values = Values::Floats(converted(column, |value| value));
        self.present = presence(column);
    }

    /// The cell of a row; null where it is missing or no finite number.
    pub(crate) fn of_row(&self, row: usize) -> Scalar {
        if self.present.as_ref().is_some_and(|present| !present.get(row).copied().unwrap_or(false)) {
            return Scalar::Null;
        }
        match &self.values {
            Values::Floats(values) => values.get(row).map_or(Scalar::Null, |value| scalars::float(*value)),
            Values::Integers(values) => values.get(row).map_or(Scalar::Null, |value| self.scalar(*value)),
        }
    }

    /// What an integer of this column stands for.
    pub(crate) fn scalar(&self, value: i64) -> Scalar {
        match self.column_type {
            ColumnType::Boolean => Scalar::Bool(value != 0),
            ColumnType::Date => Scalar::String(date_text(value)),
            ColumnType::Datetime => Scalar::String(datetime_text(value)),
            ColumnType::Time => Scalar::String(time_text(value / 1000)),
            ColumnType::Text => {
                let text = usize::try_from(value).ok().and_then(|at| self.texts.get(at));
                text.map_or(Scalar::Null, |text| Scalar::String(scalars::short_text(text)))
            }
            _ => scalars::integer(value, Encoding::Plain),
        }
    }
}

/// All values side by side; what stands in a missing cell means nothing.
fn converted<T, U>(column: &ChunkedArray<T>, convert: impl Fn(T::Native) -> U) -> Vec<U>
where
    T: PolarsNumericType + PolarsDataType,
{
    let mut values = Vec::with_capacity(column.len());
    column
        .downcast_iter()
        .for_each(|chunk| values.extend(chunk.values().as_slice().iter().map(|value| convert(*value))));
    values
}

fn presence<T>(column: &ChunkedArray<T>) -> Option<Vec<bool>>
where
    T: PolarsNumericType + PolarsDataType,
{
    if column.null_count() == 0 {
        return None;
    }
    let mut present = Vec::with_capacity(column.len());
    for chunk in column.downcast_iter() {
        match chunk.validity() {
            Some(bits) => present.extend(bits.iter()),
            None => present.resize(present.len() + chunk.len(), true),
        }
    }
    Some(present)
}

/// The rank of each text among the different ones, −1 where it is missing, and the texts in ascending order.
pub(super) fn ranked<'a>(texts: impl Iterator<Item = Option<&'a str>>) -> (Vec<i64>, Vec<String>) {
    let mut known: PlHashMap<&str, i64> = PlHashMap::new();
    let mut distinct: Vec<&str> = Vec::new();
    let mut codes: Vec<i64> = Vec::with_capacity(texts.size_hint().0);
    // Neighbouring rows often hold the same text.
    let mut last: (Option<&str>, i64) = (None, -1);
    for text in texts {
        let Some(text) = text else {
            codes.push(-1);
            continue;
        };
        if last.0 != Some(text) {
            let next = distinct.len() as i64;
            let code = *known.entry(text).or_insert(next);
            if code == next {
                distinct.push(text);
            }
            last = (Some(text), code);
        }
        codes.push(last.1);
    }
    let mut order: Vec<usize> = (0..distinct.len()).collect();
    order.sort_unstable_by_key(|at| distinct[*at]);
    let mut rank = vec![0_i64; distinct.len()];
    order.iter().enumerate().for_each(|(place, at)| rank[*at] = place as i64);
    codes.iter_mut().filter(|code| **code >= 0).for_each(|code| *code = rank[*code as usize]);
    (codes, order.into_iter().map(|at| distinct[at].to_owned()).collect())
}

/// An integer as a key of a group.
pub(crate) fn integer_key(value: i64) -> Scalar {
    integer_to_json(value)
}
