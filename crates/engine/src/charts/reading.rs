//! What a chart is made of: the columns that its spec names, read once, and the rows that its filter keeps.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::path::Path;

use contract::charts::{Channel, ChartSpec, Encoding};
use contract::columns::{Column, ColumnType};
use contract::errors::{ErrorCode, Failure};

use super::zones;
use crate::Result;
use crate::calendar::MICROS_PER_DAY;
use crate::columns::{column_type, position};
use crate::failures::{self, internal};
use crate::filters::{Mask, mask};
use crate::groups::cells::{Cells, Values};
use crate::table::Table;
use crate::workers;

/// The columns of a chart in memory, all rows of them, and the spec that is drawn.
pub(super) struct Source<'a> {
    pub(super) spec: &'a ChartSpec,
    columns: Vec<Column>,
    cells: BTreeMap<String, Cells>,
    mask: Option<Mask>,
    rows: usize,
    notes: RefCell<Vec<String>>,
}

impl<'a> Source<'a> {
    /// Checks the spec against the table and reads the columns that it names.
    pub(super) fn open(spec: &'a ChartSpec, columns: &[Column], parquet: &Path) -> Result<Self> {
        let table = Table::open(parquet)?;
        let columns = described(&table, columns);
        if let Some(error) = spec.check(&columns).into_iter().next() {
            return Err(refused(&error.pointer, error.detail));
        }
        let mask = mask(&spec.filter, &table)?;
        let names = names(spec);
        let cells = workers::map(names.len(), |at| cells(&table, &names[at]))?;
        let rows = table.rows();
        let cells = names.into_iter().zip(cells).collect();
        Ok(Self { spec, columns, cells, mask, rows, notes: RefCell::new(Vec::new()) })
    }

    /// Rows of the table, whether the filter keeps them or not.
    pub(super) fn all_rows(&self) -> usize {
        self.rows
    }

    /// Rows that the filter keeps.
    pub(super) fn kept_rows(&self) -> usize {
        self.mask.as_ref().map_or(self.rows, Mask::count)
    }

    pub(super) fn keeps(&self, row: usize) -> bool {
        self.mask.as_ref().is_none_or(|mask| mask.keeps(row))
    }

    /// The column of an encoding, which was checked to be there.
    pub(super) fn column(&self, name: &str) -> Result<&Column> {
        let found = self.columns.iter().find(|column| column.name == name);
        found.ok_or_else(|| internal(format!("There is no column \"{name}\".")))
    }

    /// All cells of a column that the spec names.
    pub(super) fn cells(&self, name: &str) -> Result<&Cells> {
        self.cells.get(name).ok_or_else(|| internal(format!("The column \"{name}\" was not read.")))
    }

    /// The column of an encoding that must name one.
    pub(super) fn named<'b>(&self, encoding: &'b Encoding) -> Result<&'b str> {
        encoding.column.as_deref().ok_or_else(|| internal("An encoding names no column."))
    }

    /// A column as numbers, one for each row of the table: NaN where the cell is missing or no finite number, or the
    /// filter leaves the row out. Dates and datetimes are microseconds since 1970 in the zone of the encoding, times
    /// microseconds since midnight.
    pub(super) fn numbers(&self, encoding: &Encoding, pointer: &str) -> Result<Vec<f64>> {
        let name = self.named(encoding)?;
        let cells = self.cells(name)?;
        let mut numbers: Vec<f64> = match (&cells.values, cells.column_type) {
            (Values::Floats(values), _) => {
                values.iter().map(|value| if value.is_finite() { *value } else { f64::NAN }).collect()
            }
            (Values::Integers(_), ColumnType::Date | ColumnType::Datetime) => {
                self.moments(encoding, pointer)?.into_iter().map(|micros| micros as f64).collect()
            }
            (Values::Integers(values), ColumnType::Time) => values.iter().map(|nanos| *nanos as f64 / 1000.0).collect(),
            (Values::Integers(values), _) => values.iter().map(|value| *value as f64).collect(),
        };
        if let Some(present) = &cells.present {
            numbers
                .iter_mut()
                .zip(present)
                .filter(|(_, present)| !**present)
                .for_each(|(number, _)| *number = f64::NAN);
        }
        if let Some(mask) = &self.mask {
            numbers.iter_mut().zip(mask.rows()).filter(|(_, kept)| !**kept).for_each(|(number, _)| *number = f64::NAN);
        }
        Ok(numbers)
    }

    /// Dates and datetimes as microseconds since 1970 on the clocks of the encoding's zone; what stands in a missing
    /// cell means nothing.
    pub(super) fn moments(&self, encoding: &Encoding, pointer: &str) -> Result<Vec<i64>> {
        let name = self.named(encoding)?;
        let cells = self.cells(name)?;
        let Values::Integers(values) = &cells.values else {
            return Err(internal(format!("The column \"{name}\" holds no times.")));
        };
        if cells.column_type == ColumnType::Date {
            return Ok(values.iter().map(|day| day.saturating_mul(MICROS_PER_DAY)).collect());
        }
        let Some(zone) = &encoding.time_zone else { return Ok(values.clone()) };
        let pointer = format!("{pointer}/time_zone");
        if self.column(name)?.time_zone.is_none() {
            let detail = format!(
                "Column \"{name}\" does not say in which zone its times are, so they cannot be told in another one."
            );
            return Err(refused(&pointer, detail));
        }
        zones::local(values, cells.present.as_deref(), zone).map_err(|detail| refused(&pointer, detail))
    }

    /// Tells the reader of the chart what was left out or assumed; the same sentence once.
    pub(super) fn note(&self, text: impl Into<String>) {
        let (text, mut notes) = (text.into(), self.notes.borrow_mut());
        if !notes.contains(&text) {
            notes.push(text);
        }
    }

    pub(super) fn notes(&self) -> Vec<String> {
        self.notes.borrow().clone()
    }
}

/// A spec that the table cannot be drawn by.
pub(super) fn refused(pointer: &str, detail: impl Into<String>) -> Failure {
    Failure::new(ErrorCode::InvalidParameters, detail)
        .advice(format!("Correct the chart at {pointer} and send the request again."))
}

/// The table's columns with what the version knows of them.
fn described(table: &Table, columns: &[Column]) -> Vec<Column> {
    let known = |(name, column_type): &(String, ColumnType)| {
        let known = columns.iter().find(|column| column.name == *name && column.column_type == *column_type);
        known.cloned().unwrap_or_else(|| Column::new(name.clone(), *column_type))
    };
    table.columns().iter().map(known).collect()
}

fn names(spec: &ChartSpec) -> Vec<String> {
    let encodings = Channel::ALL.iter().flat_map(|channel| spec.channel(*channel));
    let band = spec.options.band.iter().flat_map(|band| [&band.lower, &band.upper]);
    let mut names: Vec<String> =
        encodings.map(|encoding| &encoding.column).chain(band).filter_map(Clone::clone).collect();
    names.sort_unstable();
    names.dedup();
    names
}

fn cells(table: &Table, name: &str) -> Result<Cells> {
    let at = position(table, name)?;
    let frame = table.read(&[at])?;
    let column = frame.columns().first().ok_or_else(|| internal("A column of the table is gone."))?;
    Cells::of(column, column_type(table, at)).map_err(|error| failures::polars("Reading a column", &error))
}
