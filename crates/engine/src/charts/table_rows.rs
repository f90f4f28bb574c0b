//! The rows of a table as they stand: cells of columns, read one by one.

use std::cmp::Ordering;

use contract::charts::Encoding;
use contract::columns::{Column, ColumnType, Scalar};

use super::keys::{Keys, Use};
use super::numbers::{NumberFormat, decimals};
use super::panels;
use super::reading::Source;
use super::table::{NOTHING, Rows, ordered};
use crate::Result;
use crate::calendar::datetime_text;
use crate::groups::cells::{Cells, Values};
use crate::groups::keys::LEFT_OUT;
use crate::scalars;

/// Numbers of a column are told with no more decimals than these.
const MOST_DECIMALS: usize = 6;
/// Integers up to here are whole floats.
const EXACT: u64 = 1 << 53;

pub(super) struct Raw<'a> {
    rows: Vec<u32>,
    columns: Vec<Read<'a>>,
}

/// A column of a table.
struct Read<'a> {
    encoding: &'a Encoding,
    column: &'a Column,
    cells: &'a Cells,
    /// Where the encoding asks for periods or classes.
    keys: Option<Keys<'a>>,
    /// Where the encoding names a zone.
    moments: Option<Vec<i64>>,
    format: NumberFormat,
    /// Decimals of all numbers.
    places: usize,
    /// Numbers of things have no thousands.
    is_plain: bool,
}

impl<'a> Raw<'a> {
    pub(super) fn of(source: &'a Source<'a>) -> Result<Self> {
        let rows = (0..source.all_rows() as u32).filter(|row| source.keeps(*row as usize)).collect();
        let encodings = source.spec.rows.iter().enumerate();
        let columns = encodings.map(|(at, encoding)| Read::of(source, encoding, &format!("/rows/{at}")));
        Ok(Self { rows, columns: columns.collect::<Result<_>>()? })
    }
}

impl<'a> Read<'a> {
    fn of(source: &'a Source<'a>, encoding: &'a Encoding, pointer: &str) -> Result<Self> {
        let name = source.named(encoding)?;
        let (column, cells) = (source.column(name)?, source.cells(name)?);
        let is_grouped = encoding.bin.is_some() || encoding.granularity.is_some();
        let keys = is_grouped.then(|| Keys::of(source, encoding, pointer, Use::Category)).transpose()?;
        let has_zone = encoding.time_zone.is_some() && keys.is_none();
        let moments = has_zone.then(|| source.moments(encoding, pointer)).transpose()?;
        let (low, high) = match &cells.values {
            Values::Integers(values) => ends(values.iter().map(|value| *value as f64)),
            Values::Floats(values) => ends(values.iter().copied()),
        };
        let format = NumberFormat::of_values(column, low, high);
        let places = match &cells.values {
            Values::Floats(values) => decimals(values.iter().copied(), MOST_DECIMALS),
            Values::Integers(_) => 0,
        };
        Ok(Self { encoding, column, cells, keys, moments, format, places, is_plain: is_identifier(&column.name) })
    }

    fn is_there(&self, row: usize) -> bool {
        self.cells.present.as_ref().is_none_or(|present| present[row])
    }

    /// The integer of a cell that is there.
    fn integer(&self, row: usize) -> Option<i64> {
        match &self.cells.values {
            Values::Integers(values) => self.is_there(row).then(|| self.moments.as_ref().unwrap_or(values)[row]),
            Values::Floats(_) => None,
        }
    }

    fn float(&self, row: usize) -> Option<f64> {
        match &self.cells.values {
            Values::Floats(values) => Some(values[row]).filter(|value| value.is_finite() && self.is_there(row)),
            Values::Integers(_) => None,
        }
    }

    fn scalar(&self, row: usize) -> Scalar {
        match (&self.keys, &self.moments, &self.cells.values) {
            (Some(keys), _, _) => place(keys, row).map_or(Scalar::Null, |place| keys.scalar(place)),
            (None, Some(_), _) => {
                self.integer(row).map_or(Scalar::Null, |moment| Scalar::String(datetime_text(moment)))
            }
            (None, None, Values::Integers(_)) => {
                self.integer(row).map_or(Scalar::Null, |value| self.cells.scalar(value))
            }
            (None, None, Values::Floats(_)) => self.float(row).map_or(Scalar::Null, scalars::float),
        }
    }

    fn text(&self, row: usize) -> String {
        if let Some(keys) = &self.keys {
            return place(keys, row).map_or_else(|| NOTHING.to_owned(), |place| keys.label(place));
        }
        if let Some(value) = self.float(row) {
            return self.format.fixed(value, self.places);
        }
        match self.integer(row) {
            None => NOTHING.to_owned(),
            Some(value) if self.column.column_type == ColumnType::Integer => match self.is_plain {
                false if value.unsigned_abs() <= EXACT && (value as f64).abs() < 1e15 => self.format.full(value as f64),
                _ => value.to_string(),
            },
            Some(_) => match self.scalar(row) {
                Scalar::String(text) if self.column.column_type == ColumnType::Datetime => text.replace('T', " "),
                Scalar::String(text) => text,
                other => other.to_string(),
            },
        }
    }
}

/// Where the row's cell stands among the keys.
fn place(keys: &Keys, row: usize) -> Option<usize> {
    Some(keys.codes[row]).filter(|code| *code != LEFT_OUT).map(|code| code as usize)
}

fn ends(values: impl Iterator<Item = f64>) -> (f64, f64) {
    let finite = values.filter(|value| value.is_finite());
    finite.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), value| (low.min(value), high.max(value)))
}

/// Whether the numbers of a column of this name are names of things.
fn is_identifier(name: &str) -> bool {
    let name = name.to_lowercase();
    let last = name.rsplit(|letter: char| !letter.is_alphanumeric()).next().unwrap_or_default();
    matches!(last, "id" | "ids" | "key" | "code" | "zip" | "postcode" | "phone" | "isbn" | "uuid" | "no" | "nr")
}

impl Rows for Raw<'_> {
    fn count(&self) -> usize {
        self.rows.len()
    }

    fn compare(&self, column: usize, left: usize, right: usize, descending: bool) -> Ordering {
        let read = &self.columns[column];
        let (left, right) = (self.rows[left] as usize, self.rows[right] as usize);
        match (&read.keys, &read.cells.values) {
            (Some(keys), _) => {
                let there = |row| place(keys, row).filter(|place| keys.scalar(*place) != Scalar::Null);
                ordered(there(left), there(right), descending, usize::cmp)
            }
            (None, Values::Integers(_)) => ordered(read.integer(left), read.integer(right), descending, i64::cmp),
            (None, Values::Floats(_)) => ordered(read.float(left), read.float(right), descending, f64::total_cmp),
        }
    }

    fn column(&self, column: usize) -> Result<Column> {
        let read = &self.columns[column];
        let mut found = read.keys.as_ref().map_or_else(
            || Column {
                unit: read.column.unit.clone(),
                ..Column::new(
                    read.column.name.clone(),
                    match read.column.column_type {
                        ColumnType::Decimal => ColumnType::Float,
                        other => other,
                    },
                )
            },
            Keys::table_column,
        );
        if let Some(name) = panels::axis_title(read.encoding.title.as_ref(), || found.name.clone()) {
            found.name = name;
        }
        Ok(found)
    }

    fn text(&self, column: usize, row: usize) -> String {
        self.columns[column].text(self.rows[row] as usize)
    }

    fn scalar(&self, column: usize, row: usize) -> Scalar {
        self.columns[column].scalar(self.rows[row] as usize)
    }

    fn noun(&self) -> &'static str {
        "row"
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_things_are_known_by_the_name_of_their_column() {
        for (name, expected) in
            [("id", true), ("order_id", true), ("Zip", true), ("paid", false), ("quantity", false), ("", false)]
        {
            assert_eq!(is_identifier(name), expected, "{name}");
        }
    }
}
