//! Channels whose rows stand where their number or time is: scatters, densities, boxes.

use contract::charts::figure::Axis;
use contract::charts::{Encoding, Scale};
use contract::columns::{Column, ColumnType, Scalar};

use super::axes::{Layout, Span, linear, logarithmic};
use super::courses::rows_are;
use super::numbers::NumberFormat;
use super::panels;
use super::reading::Source;
use super::times::{moment_label, time};
use crate::Result;
use crate::calendar::{MICROS_PER_DAY, date_text, datetime_text, time_text};
use crate::scalars;

pub(super) struct Places<'a> {
    /// One for each row of the table, NaN where it has no place.
    pub(super) values: Vec<f64>,
    pub(super) encoding: &'a Encoding,
    pub(super) column: &'a Column,
    pub(super) span: Span,
}

impl<'a> Places<'a> {
    pub(super) fn of(source: &'a Source, encoding: &'a Encoding, pointer: &str) -> Result<Self> {
        let column = source.column(source.named(encoding)?)?;
        let mut values = source.numbers(encoding, pointer)?;
        if encoding.scale == Scale::Log {
            let mut lost = 0;
            for value in values.iter_mut().filter(|value| **value <= 0.0) {
                *value = f64::NAN;
                lost += 1;
            }
            if lost > 0 {
                let rows = rows_are(lost);
                source.note(format!(
                    "{rows} left out, since \"{}\" is not above 0 there, as a logarithmic axis needs.",
                    column.name
                ));
            }
        }
        let span = Span::of(&values);
        Ok(Self { values, encoding, column, span })
    }

    fn is_time(&self) -> bool {
        matches!(self.column.column_type, ColumnType::Date | ColumnType::Datetime | ColumnType::Time)
    }

    pub(super) fn format(&self) -> NumberFormat {
        let (low, high) = self.span.ends().unwrap_or_default();
        NumberFormat::of_values(self.column, low, high)
    }

    /// The axis of these places. `tight` is one without room beyond the first and the last place.
    pub(super) fn axis(&self, span: &Span, tight: bool, grid: bool) -> Axis {
        let title = panels::axis_title(self.encoding.title.as_ref(), || self.column.name.clone());
        if self.is_time() {
            let is_clock = self.column.column_type == ColumnType::Time;
            return Axis { grid, ..time(title, span, None, is_clock, 0.0) };
        }
        let zero = self.encoding.zero == Some(true);
        let layout = Layout { title, zero, format: self.format(), tight, grid, ticks: None };
        if self.encoding.scale == Scale::Log { logarithmic(span, layout) } else { linear(span, layout) }
    }

    /// A place as people write it.
    pub(super) fn text(&self, place: f64) -> String {
        match self.column.column_type {
            ColumnType::Date => date_text((place as i64).div_euclid(MICROS_PER_DAY)),
            ColumnType::Datetime => moment_label(place as i64),
            ColumnType::Time => time_text(place as i64),
            _ => self.format().full(place),
        }
    }

    /// A place in a table.
    pub(super) fn scalar(&self, place: f64) -> Scalar {
        match self.column.column_type {
            _ if !place.is_finite() => Scalar::Null,
            ColumnType::Date => Scalar::String(date_text((place as i64).div_euclid(MICROS_PER_DAY))),
            ColumnType::Datetime => Scalar::String(datetime_text(place as i64)),
            ColumnType::Time => Scalar::String(time_text(place as i64)),
            ColumnType::Integer if place.fract() == 0.0 && place.abs() < 9e15 => Scalar::from(place as i64),
            _ => scalars::float(place),
        }
    }

    /// The column of these places in a table, of this name; ends of classes need not be whole.
    pub(super) fn table_column(&self, name: String, is_end: bool) -> Column {
        let column_type = match self.column.column_type {
            ColumnType::Decimal => ColumnType::Float,
            ColumnType::Integer if is_end => ColumnType::Float,
            ColumnType::Date if is_end => ColumnType::Datetime,
            other => other,
        };
        Column { unit: self.column.unit.clone(), ..Column::new(name, column_type) }
    }

    /// The end of a class in a table.
    pub(super) fn end(&self, place: f64) -> Scalar {
        match self.column.column_type {
            ColumnType::Date if place.is_finite() => Scalar::String(datetime_text(place as i64)),
            ColumnType::Integer => scalars::float(place),
            _ => self.scalar(place),
        }
    }

    /// In powers of ten on a logarithmic axis, where classes are equally wide.
    pub(super) fn even(&self, place: f64) -> f64 {
        if self.encoding.scale == Scale::Log { place.log10() } else { place }
    }

    /// The way back.
    pub(super) fn uneven(&self, even: f64) -> f64 {
        if self.encoding.scale == Scale::Log { 10_f64.powf(even).min(f64::MAX) } else { even }
    }
}

/// The rows that have a place in all of these channels; says how many have not.
pub(super) fn placed(source: &Source, channels: &[&Places]) -> Vec<u32> {
    let has = |row: &usize| channels.iter().all(|places| !places.values[*row].is_nan());
    let rows: Vec<u32> = (0..source.all_rows()).filter(has).map(|row| row as u32).collect();
    let lost = source.kept_rows() - rows.len();
    if lost > 0 {
        let names: Vec<String> = channels.iter().map(|places| format!("\"{}\"", places.column.name)).collect();
        let names = names.join(" or ");
        source.note(format!("{} left out, since {names} has no value on the axis there.", rows_are(lost as u64)));
    }
    rows
}
