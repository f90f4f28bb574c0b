//! The groups of a table: keys of the columns without an aggregate, figures of the others.

use std::cmp::Ordering;

use contract::charts::Encoding;
use contract::columns::{Column, ColumnType, Scalar};

use super::figures::{self, Crossed};
use super::keys::{KeyKind, Keys, Use};
use super::numbers::{NumberFormat, decimals, worthwhile};
use super::panels;
use super::reading::Source;
use super::table::{NOTHING, Rows, ordered};
use crate::Result;

pub(super) struct Grouped<'a> {
    groups: Crossed,
    columns: Vec<Side<'a>>,
}

enum Side<'a> {
    Key { keys: Keys<'a>, channel: usize, encoding: &'a Encoding },
    Figure(Figures),
}

/// The figures of one column, by group.
pub(super) struct Figures {
    pub(super) column: Column,
    pub(super) values: Vec<Scalar>,
    format: NumberFormat,
    /// Decimals of all of them.
    pub(super) places: usize,
}

impl<'a> Grouped<'a> {
    pub(super) fn of(source: &'a Source<'a>) -> Result<Self> {
        let mut keys = Vec::new();
        for (at, encoding) in source.spec.rows.iter().enumerate().filter(|(_, encoding)| encoding.aggregate.is_none()) {
            keys.push((at, Keys::of(source, encoding, &format!("/rows/{at}"), Use::Category)?));
        }
        let groups = Crossed::of(source, &keys.iter().map(|(_, keys)| keys).collect::<Vec<_>>());
        let mut columns = Vec::new();
        let mut keys = keys.into_iter().enumerate().peekable();
        for (at, encoding) in source.spec.rows.iter().enumerate() {
            match keys.next_if(|(_, (place, _))| *place == at) {
                Some((channel, (_, keys))) => columns.push(Side::Key { keys, channel, encoding }),
                None => columns.push(Side::Figure(Figures::of(source, Some(encoding), &groups)?)),
            }
        }
        Ok(Self { groups, columns })
    }
}

impl Figures {
    /// The figures of an encoding, as numbers where they are some and as the column holds them otherwise.
    pub(super) fn of(source: &Source, encoding: Option<&Encoding>, groups: &Crossed) -> Result<Self> {
        let mut values = figures::scalars(source, encoding, groups)?;
        let mut column = figures::table_column(source, encoding)?;
        let held = encoding.and_then(|encoding| encoding.column.as_ref()).map(|name| source.column(name));
        let held = held.transpose()?.map_or(ColumnType::Integer, |column| column.column_type);
        let is_written = !held.is_numeric() && column.column_type == ColumnType::Float && !values.iter().all(is_number);
        if is_written {
            column.column_type = held;
        } else {
            for value in values.iter_mut().filter(|value| !value.is_null()) {
                *value = figures::cell(figures::number(value), &column);
            }
        }
        let numbers = values.iter().filter(|value| value.is_number()).map(figures::number);
        let largest = numbers.clone().fold(0.0, |largest: f64, value| largest.max(value.abs()));
        let places = decimals(numbers, worthwhile(largest));
        Ok(Self { column, values, format: figures::format(source, encoding)?, places })
    }

    pub(super) fn text(&self, group: usize) -> String {
        match &self.values[group] {
            Scalar::Null => NOTHING.to_owned(),
            Scalar::String(text) => text.clone(),
            value @ Scalar::Number(_) => self.format.fixed(figures::number(value), self.places),
            other => other.to_string(),
        }
    }

    pub(super) fn number(&self, group: usize) -> f64 {
        match &self.values[group] {
            value @ Scalar::Number(_) => figures::number(value),
            _ => f64::NAN,
        }
    }

    fn compare(&self, left: usize, right: usize, descending: bool) -> Ordering {
        let there = |group: usize| Some(&self.values[group]).filter(|value| !value.is_null());
        ordered(there(left), there(right), descending, |left, right| match (left, right) {
            (Scalar::String(left), Scalar::String(right)) => left.cmp(right),
            (left, right) => figures::number(left).total_cmp(&figures::number(right)),
        })
    }
}

fn is_number(value: &Scalar) -> bool {
    matches!(value, Scalar::Null | Scalar::Number(_))
}

impl Rows for Grouped<'_> {
    fn count(&self) -> usize {
        self.groups.len()
    }

    fn compare(&self, column: usize, left: usize, right: usize, descending: bool) -> Ordering {
        match &self.columns[column] {
            Side::Figure(figures) => figures.compare(left, right, descending),
            Side::Key { keys, channel, .. } => {
                let there = |group: usize| {
                    Some(self.groups.place(group, *channel)).filter(|place| keys.values[*place].kind == KeyKind::Value)
                };
                ordered(there(left), there(right), descending, usize::cmp)
            }
        }
    }

    fn column(&self, column: usize) -> Result<Column> {
        Ok(match &self.columns[column] {
            Side::Figure(figures) => figures.column.clone(),
            Side::Key { keys, encoding, .. } => {
                let mut found = keys.table_column();
                if let Some(name) = panels::axis_title(encoding.title.as_ref(), || found.name.clone()) {
                    found.name = name;
                }
                found
            }
        })
    }

    fn text(&self, column: usize, row: usize) -> String {
        match &self.columns[column] {
            Side::Figure(figures) => figures.text(row),
            Side::Key { keys, channel, .. } => keys.label(self.groups.place(row, *channel)),
        }
    }

    fn scalar(&self, column: usize, row: usize) -> Scalar {
        match &self.columns[column] {
            Side::Figure(figures) => figures.values[row].clone(),
            Side::Key { keys, channel, .. } => keys.scalar(self.groups.place(row, *channel)),
        }
    }

    fn noun(&self) -> &'static str {
        "group"
    }
}
