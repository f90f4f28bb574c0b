//! Columns of a table as plain values for computing: numbers as floats, categories as codes.

use contract::columns::{ColumnType, Scalar};
use polars::prelude::{Column, InitHashMaps, PlHashMap, PolarsDataType, PolarsNumericType, PolarsResult};

use crate::Result;
use crate::calendar::{date_text, datetime_text, time_text};
use crate::failures::{self, internal};
use crate::filters::Mask;
use crate::scalars;
use crate::table::Table;

/// A column of numbers. Cells without a finite number (missing, NaN, infinite) are NaN.
#[derive(Clone, Debug, Default)]
pub(crate) struct Floats {
    pub(crate) values: Vec<f64>,
}

/// The code of a missing cell.
pub(crate) const NO_CODE: u32 = u32::MAX;

/// A column of categories: the position in `labels` for each row, [`NO_CODE`] where the cell is missing.
#[derive(Clone, Debug, Default)]
pub(crate) struct Codes {
    pub(crate) codes: Vec<u32>,
    /// The different values in order of first sight.
    pub(crate) labels: Vec<Scalar>,
}

/// The positions of the columns of these names; names are checked before, so an unknown one is a defect.
pub(crate) fn positions<'a>(table: &Table, names: impl IntoIterator<Item = &'a String>) -> Result<Vec<usize>> {
    names.into_iter().map(|name| position(table, name)).collect()
}

pub(crate) fn position(table: &Table, name: &str) -> Result<usize> {
    let found = table.columns().iter().position(|(known, _)| known == name);
    found.ok_or_else(|| internal(format!("There is no column \"{name}\".")))
}

/// The column at this position as floats, of the rows in the mask only. Integers beyond 2^53 are rounded to the nearest
/// float; truth values are 0 and 1; dates are days and datetimes microseconds since
/// 1970, times microseconds since midnight; text is an error.
pub(crate) fn floats(table: &Table, position: usize, mask: Option<&Mask>) -> Result<Floats> {
    let mut values = Vec::with_capacity(mask.map_or(table.rows(), Mask::count));
    each_float_block(table, position, mask, |_, block| {
        values.extend_from_slice(block);
        Ok(())
    })?;
    Ok(Floats { values })
}

/// As [`floats`], a row group at a time: `take` gets the number of its first row and the values of those in the mask, so
/// that the column never lies in memory twice.
pub(crate) fn each_float_block(
    table: &Table,
    position: usize,
    mask: Option<&Mask>,
    mut take: impl FnMut(usize, &[f64]) -> Result<()>,
) -> Result<()> {
    let mut start = 0;
    for rows in table.group_rows() {
        let frame = table.read_window(&[position], start, rows)?;
        let column = first(frame.columns())?;
        let values = float_values(column, start, mask).map_err(|error| failures::polars("Reading a column", &error))?;
        take(start, &values)?;
        start += rows;
    }
    Ok(())
}

/// The column at this position as categories, of the rows in the mask only. Numbers are categories by their value
/// (NaN and infinities are missing), dates and truth values by theirs.
pub(crate) fn codes(table: &Table, position: usize, mask: Option<&Mask>) -> Result<Codes> {
    let frame = table.read(&[position])?;
    let column = first(frame.columns())?;
    code_values(column, mask).map_err(|error| failures::polars("Reading a column", &error))
}

/// Whether each cell is missing, of the rows in the mask only. NaN is not missing.
pub(crate) fn gaps(table: &Table, position: usize, mask: Option<&Mask>) -> Result<Vec<bool>> {
    let frame = table.read(&[position])?;
    let missing = first(frame.columns())?.is_null();
    let cells = missing.iter().enumerate().filter(|(row, _)| mask.is_none_or(|mask| mask.keeps(*row)));
    Ok(cells.map(|(_, missing)| missing.unwrap_or(true)).collect())
}

pub(crate) fn column_type(table: &Table, position: usize) -> ColumnType {
    table.columns().get(position).map_or(ColumnType::Text, |(_, column_type)| *column_type)
}

fn first(columns: &[Column]) -> Result<&Column> {
    columns.first().ok_or_else(|| internal("A column of the table is gone."))
}

/// `first_row` is the number of the column's first row in the table.
fn float_values(column: &Column, first_row: usize, mask: Option<&Mask>) -> PolarsResult<Vec<f64>> {
    let series = column.as_materialized_series();
    let mut gather = Gather { values: Vec::with_capacity(column.len()), mask, row: first_row };
    match series.dtype() {
        polars::prelude::DataType::Int64 => gather.all(series.i64()?, |value| value as f64),
        polars::prelude::DataType::Date => gather.all(series.date()?.physical(), f64::from),
        polars::prelude::DataType::Datetime(_, _) => gather.all(series.datetime()?.physical(), |value| value as f64),
        polars::prelude::DataType::Decimal(_, scale) => {
            let unit = 10_f64.powi(i32::try_from(*scale).unwrap_or(0));
            gather.all(series.decimal()?.physical(), |value| value as f64 / unit);
        }
        polars::prelude::DataType::Time => gather.all(series.time()?.physical(), |nanos| nanos as f64 / 1000.0),
        polars::prelude::DataType::Boolean => {
            for value in series.bool()?.iter() {
                gather.push(value.map_or(f64::NAN, |value| f64::from(u8::from(value))));
            }
        }
        _ => gather.all(series.f64()?, |value| if value.is_finite() { value } else { f64::NAN }),
    }
    Ok(gather.values)
}

/// Collects the values of the rows that a mask keeps.
struct Gather<'a> {
    values: Vec<f64>,
    mask: Option<&'a Mask>,
    row: usize,
}

impl Gather<'_> {
    fn push(&mut self, value: f64) {
        if self.mask.is_none_or(|mask| mask.keeps(self.row)) {
            self.values.push(value);
        }
        self.row += 1;
    }

    /// Columns without gaps and without a mask, which most are, are one straight loop.
    fn all<T>(&mut self, column: &polars::prelude::ChunkedArray<T>, to_float: impl Fn(T::Native) -> f64)
    where
        T: PolarsNumericType + PolarsDataType,
    {
        for chunk in column.downcast_iter() {
            let values = chunk.values().as_slice();
            match chunk.validity().filter(|bits| bits.unset_bits() > 0) {
                None if self.mask.is_none() => self.values.extend(values.iter().map(|value| to_float(*value))),
                None => values.iter().for_each(|value| self.push(to_float(*value))),
                Some(bits) => {
                    for (value, valid) in values.iter().zip(bits.iter()) {
                        self.push(if valid { to_float(*value) } else { f64::NAN });
                    }
                }
            }
        }
    }
}

fn code_values(column: &Column, mask: Option<&Mask>) -> PolarsResult<Codes> {
    let series = column.as_materialized_series();
    let kept = |row: usize| mask.is_none_or(|mask| mask.keeps(row));
    if let Ok(texts) = series.str() {
        let cells = texts.iter().enumerate().filter(|(row, _)| kept(*row)).map(|(_, text)| text);
        return Ok(coded(cells, |text| Scalar::String(text.to_owned())));
    }
    let rows = || (0..column.len()).filter(|row| kept(*row));
    Ok(match series.dtype() {
        polars::prelude::DataType::Int64 => {
            let values = series.i64()?;
            coded(rows().map(|row| values.get(row)), contract::columns::integer_to_json)
        }
        polars::prelude::DataType::Date => {
            let days = series.date()?.physical();
            coded(rows().map(|row| days.get(row)), |day| Scalar::String(date_text(i64::from(day))))
        }
        polars::prelude::DataType::Datetime(_, _) => {
            let micros = series.datetime()?.physical();
            coded(rows().map(|row| micros.get(row)), |micro| Scalar::String(datetime_text(micro)))
        }
        polars::prelude::DataType::Boolean => {
            let values = series.bool()?;
            coded(rows().map(|row| values.get(row)), Scalar::Bool)
        }
        polars::prelude::DataType::Time => {
            let nanos = series.time()?.physical();
            coded(rows().map(|row| nanos.get(row)), |nano| Scalar::String(time_text(nano / 1000)))
        }
        polars::prelude::DataType::Decimal(_, _) => {
            let values = series.decimal()?;
            let scale = values.scale();
            coded(rows().map(|row| values.physical().get(row)), |value| {
                Scalar::String(scalars::decimal_text(value, scale))
            })
        }
        _ => {
            let values = series.f64()?;
            let finite = |value: f64| value.is_finite().then(|| (if value == 0.0 { 0.0 } else { value }).to_bits());
            coded(rows().map(|row| values.get(row).and_then(finite)), |bits| scalars::float(f64::from_bits(bits)))
        }
    })
}

fn coded<K: std::hash::Hash + Eq + Copy>(cells: impl Iterator<Item = Option<K>>, label: impl Fn(K) -> Scalar) -> Codes {
    let mut known: PlHashMap<K, u32> = PlHashMap::new();
    let mut found = Codes::default();
    for cell in cells {
        let code = cell.map_or(NO_CODE, |key| {
            *known.entry(key).or_insert_with(|| {
                found.labels.push(label(key));
                found.labels.len() as u32 - 1
            })
        });
        found.codes.push(code);
    }
    found
}
