//! The values of a channel as numbered keys: categories, periods, classes or the numbers themselves, in their order.

use contract::analyses::distribution::Bins;
use contract::charts::figure::Paint;
use contract::charts::{Encoding, Scale};
use contract::columns::{Column, ColumnType, Scalar};
use contract::granularity::Granularity;

use super::classes::{Classes, at_channel, edges};
use super::numbers::NumberFormat;
use super::periodic::{fitting, periods};
use super::reading::Source;
use super::times::{moment_label, period_label};
use crate::Result;
use crate::calendar::{datetime_text, time_text};
use crate::groups::cells::{Cells, Values};
use crate::groups::keys::{LEFT_OUT, numbered};
use crate::ordering::{from_signed_key, signed_key};
use crate::periods::{period_start, period_text};

pub(super) const MISSING: &str = "(missing)";
pub(super) const OTHER: &str = "Other";

/// The keys of all rows of a channel.
pub(super) struct Keys<'a> {
    /// The position in `values` for each row of the table; [`LEFT_OUT`] where the filter or a limit leaves it out.
    pub(super) codes: Vec<u32>,
    pub(super) values: Vec<Key>,
    pub(super) shape: Shape,
    pub(super) column: &'a Column,
    /// Whether periods and classes are taken for categories, since they were put in an order of their own.
    pub(super) stands_by_order: bool,
    cells: &'a Cells,
    format: NumberFormat,
}

/// One value of a channel.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Key {
    pub(super) kind: KeyKind,
    /// The value as the column holds it: an integer, a period, the number of a class, the bits of a float in order.
    raw: i64,
    /// The place among all values of the unfiltered column, the most frequent first, which says the colour.
    rank: u32,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum KeyKind {
    Value,
    Missing,
    Other,
}

/// How keys stand on an axis.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Shape {
    Categories,
    /// Each by its number.
    Numbers,
    Periods(Granularity),
    /// Times to the microsecond.
    Moments,
    /// Times of day.
    Clock,
    /// Classes between neighbouring edges.
    Bins(Vec<f64>),
}

/// What a channel does with numbers and times of day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Use {
    /// They stand where they are on an axis.
    Position,
    /// Every different one is a category.
    Category,
}

impl<'a> Keys<'a> {
    /// The keys of an encoding in ascending order, missing cells last. Only values that a kept row has.
    pub(super) fn of(source: &'a Source, encoding: &Encoding, pointer: &str, purpose: Use) -> Result<Self> {
        let name = source.named(encoding)?;
        let (column, cells) = (source.column(name)?, source.cells(name)?);
        let present = finite(cells);
        let present = present.as_deref().or(cells.present.as_deref());
        let is_position = purpose == Use::Position;
        let (codes, distinct, shape) = match (&cells.values, column.column_type) {
            _ if encoding.bin.is_some() && column.column_type.is_numeric() => {
                return Self::binned(source, encoding, pointer);
            }
            (Values::Integers(_), ColumnType::Date | ColumnType::Datetime) => {
                let mut moments = source.moments(encoding, pointer)?;
                let by_day = column.column_type == ColumnType::Date;
                let every = match encoding.granularity {
                    Some(every) => Some(every),
                    None => fitting(source, &moments, present, by_day, is_position),
                };
                if let Some(every) = every {
                    periods(&mut moments, every);
                }
                let (codes, distinct) = numbered(&moments, present);
                (codes, distinct, every.map_or(Shape::Moments, Shape::Periods))
            }
            (Values::Floats(values), _) => {
                let keys: Vec<i64> = values.iter().map(|value| signed_key(*value)).collect();
                let (codes, distinct) = numbered(&keys, present);
                (codes, distinct, if is_position { Shape::Numbers } else { Shape::Categories })
            }
            (Values::Integers(values), kind) => {
                let (codes, distinct) = numbered(values, present);
                let shape = match kind {
                    ColumnType::Integer if is_position => Shape::Numbers,
                    ColumnType::Time if is_position => Shape::Clock,
                    _ => Shape::Categories,
                };
                (codes, distinct, shape)
            }
        };
        let format = format_of(column, cells, &distinct);
        Ok(Self::counted(source, codes, &distinct, shape, column, cells, format))
    }

    /// Classes; those inside the range stay although they are empty, so that none is missing on an axis.
    fn binned(source: &'a Source, encoding: &Encoding, pointer: &str) -> Result<Self> {
        let name = source.named(encoding)?;
        let (column, cells) = (source.column(name)?, source.cells(name)?);
        let numbers = source.numbers(encoding, pointer)?;
        let rule = encoding.bin.as_ref().unwrap_or(&Bins::FreedmanDiaconis);
        let edges = edges(&numbers, rule).map_err(|failure| at_channel(failure, pointer))?;
        let classes = edges.len().saturating_sub(1);
        let class = Classes::of(&edges);
        let number = |row: usize| match class.of_value(numbers[row]) {
            Some(class) => class as u32,
            None if numbers[row].is_nan() && source.keeps(row) => classes as u32,
            None => LEFT_OUT,
        };
        let codes: Vec<u32> = (0..numbers.len()).map(number).collect();
        let outside = (0..numbers.len()).filter(|row| codes[*row] == LEFT_OUT && source.keeps(*row)).count();
        if outside > 0 && encoding.scale != Scale::Log {
            source.note(format!("{outside} rows lie outside of the classes of \"{name}\" and are left out."));
        }
        let mut keys = Self {
            values: (0..classes)
                .map(|class| Key { kind: KeyKind::Value, raw: class as i64, rank: class as u32 })
                .collect(),
            codes,
            shape: Shape::Bins(edges.clone()),
            column,
            stands_by_order: false,
            cells,
            format: NumberFormat::of_values(
                column,
                edges.first().copied().unwrap_or(0.0),
                edges.last().copied().unwrap_or(0.0),
            ),
        };
        if keys.codes.contains(&(classes as u32)) {
            keys.values.push(Key { kind: KeyKind::Missing, raw: 0, rank: 0 });
        }
        Ok(keys)
    }

    /// Ranks values by all rows, then leaves out what the filter leaves out.
    fn counted(
        source: &Source,
        mut codes: Vec<u32>,
        distinct: &[i64],
        shape: Shape,
        column: &'a Column,
        cells: &'a Cells,
        format: NumberFormat,
    ) -> Self {
        let ranks = match shape {
            Shape::Categories | Shape::Periods(_) => ranks(&codes, distinct.len()),
            _ => vec![0; distinct.len()],
        };
        let mut values: Vec<Key> =
            distinct.iter().zip(ranks).map(|(raw, rank)| Key { kind: KeyKind::Value, raw: *raw, rank }).collect();
        values.push(Key { kind: KeyKind::Missing, raw: 0, rank: 0 });
        for (row, code) in codes.iter_mut().enumerate() {
            if !source.keeps(row) {
                *code = LEFT_OUT;
            }
        }
        let mut keys = Self { codes, values, shape, column, stands_by_order: false, cells, format };
        keys.without_empty();
        keys
    }

    /// How many rows each value has.
    pub(super) fn counts(&self) -> Vec<u64> {
        let mut counts = vec![0; self.values.len()];
        self.codes.iter().filter(|code| **code != LEFT_OUT).for_each(|code| counts[*code as usize] += 1);
        counts
    }

    fn without_empty(&mut self) {
        let counts = self.counts();
        if counts.iter().all(|count| *count > 0) {
            return;
        }
        let order: Vec<usize> = (0..counts.len()).filter(|at| counts[*at] > 0).collect();
        self.reorder(&order, None);
    }

    /// Puts these values in this order; rows of others get the value at the end, or are left out.
    pub(super) fn reorder(&mut self, order: &[usize], rest: Option<Key>) {
        let mut places = vec![if rest.is_some() { order.len() as u32 } else { LEFT_OUT }; self.values.len()];
        order.iter().enumerate().for_each(|(place, at)| places[*at] = place as u32);
        self.codes.iter_mut().filter(|code| **code != LEFT_OUT).for_each(|code| *code = places[*code as usize]);
        self.values = order.iter().map(|at| self.values[*at]).chain(rest).collect();
    }

    /// The key that stands for all values beyond a limit.
    pub(super) fn other() -> Key {
        Key { kind: KeyKind::Other, raw: 0, rank: 0 }
    }

    /// Leaves out the rows whose cell is missing, which have no place on an axis of numbers or times; says how many.
    pub(super) fn without_missing(&mut self) -> u64 {
        let Some(at) = self.values.iter().position(|key| key.kind == KeyKind::Missing) else { return 0 };
        let count = self.counts()[at];
        let order: Vec<usize> = (0..self.values.len()).filter(|other| *other != at).collect();
        self.reorder(&order, None);
        count
    }

    pub(super) fn is_category(&self) -> bool {
        self.shape == Shape::Categories || self.stands_by_order
    }

    /// Where the value at this place stands on its axis.
    pub(super) fn at(&self, place: usize) -> f64 {
        let Some(key) = self.values.get(place) else { return f64::NAN };
        match &self.shape {
            _ if self.is_category() => place as f64,
            Shape::Categories => place as f64,
            Shape::Numbers => self.number(key.raw),
            Shape::Periods(every) => period_start(key.raw, *every) as f64,
            Shape::Moments => key.raw as f64,
            Shape::Clock => key.raw as f64 / 1000.0,
            Shape::Bins(edges) => {
                let at = key.raw as usize;
                edges.get(at).zip(edges.get(at + 1)).map_or(f64::NAN, |(low, high)| low / 2.0 + high / 2.0)
            }
        }
    }

    /// The number of the period at this place; `None` on other axes.
    pub(super) fn period(&self, place: usize) -> Option<i64> {
        self.values.get(place).filter(|_| matches!(self.shape, Shape::Periods(_))).map(|key| key.raw)
    }

    fn number(&self, raw: i64) -> f64 {
        match self.cells.values {
            Values::Floats(_) => from_signed_key(raw),
            Values::Integers(_) => raw as f64,
        }
    }

    /// The text of a value on axes, in legends and titles.
    pub(super) fn label(&self, place: usize) -> String {
        let Some(key) = self.values.get(place) else { return MISSING.to_owned() };
        match (key.kind, &self.shape) {
            (KeyKind::Missing, _) => MISSING.to_owned(),
            (KeyKind::Other, _) => OTHER.to_owned(),
            (_, Shape::Periods(every)) => period_label(period_start(key.raw, *every), *every),
            (_, Shape::Moments) => moment_label(key.raw),
            (_, Shape::Bins(edges)) => {
                let at = key.raw as usize;
                let edge = |at: usize| edges.get(at).map_or_else(String::new, |edge| self.format.short(*edge));
                format!("{}–{}", edge(at), edge(at + 1))
            }
            _ if self.column.column_type.is_numeric() => self.format.full(self.number(key.raw)),
            _ => match self.cells.scalar(key.raw) {
                Scalar::String(text) if text.is_empty() => "(empty)".to_owned(),
                Scalar::String(text) => text,
                other => other.to_string(),
            },
        }
    }

    /// The value in tables: of the column's type, the first day of a period, the name of a class.
    pub(super) fn scalar(&self, place: usize) -> Scalar {
        let Some(key) = self.values.get(place) else { return Scalar::Null };
        match (key.kind, &self.shape) {
            (KeyKind::Missing, _) => Scalar::Null,
            (KeyKind::Other, _) | (_, Shape::Bins(_)) => Scalar::String(self.label(place)),
            (_, Shape::Periods(every)) => Scalar::String(period_text(key.raw, *every)),
            (_, Shape::Moments) => Scalar::String(datetime_text(key.raw)),
            (_, Shape::Clock) => Scalar::String(time_text(key.raw / 1000)),
            _ if matches!(self.cells.values, Values::Floats(_)) => crate::scalars::float(from_signed_key(key.raw)),
            _ => self.cells.scalar(key.raw),
        }
    }

    /// The column of these values in a table.
    pub(super) fn table_column(&self) -> Column {
        let has_other = self.values.iter().any(|key| key.kind == KeyKind::Other);
        let column_type = match self.shape {
            Shape::Bins(_) => ColumnType::Text,
            _ if has_other => ColumnType::Text,
            Shape::Periods(Granularity::Minute | Granularity::Hour) => ColumnType::Datetime,
            Shape::Periods(_) => ColumnType::Date,
            _ if self.column.column_type == ColumnType::Decimal => ColumnType::Float,
            _ => self.column.column_type,
        };
        Column { unit: self.column.unit.clone(), ..Column::new(self.column.name.clone(), column_type) }
    }

    /// The colour of a value: the same in every chart of the dataset, whatever its filter.
    pub(super) fn paint(&self, place: usize) -> Paint {
        match self.values.get(place) {
            Some(key) if key.kind == KeyKind::Value => Paint::Category(key.rank as usize),
            _ => Paint::Muted,
        }
    }

    /// How the numbers of these keys are written.
    pub(super) fn format(&self) -> NumberFormat {
        self.format.clone()
    }

    /// The row in which each value stands first.
    pub(super) fn first_rows(&self) -> Vec<usize> {
        let mut first = vec![usize::MAX; self.values.len()];
        for (row, code) in self.codes.iter().enumerate().filter(|(_, code)| **code != LEFT_OUT) {
            first[*code as usize] = first[*code as usize].min(row);
        }
        first
    }
}

/// Which cells of floats hold a finite number; `None` where none is a float.
fn finite(cells: &Cells) -> Option<Vec<bool>> {
    let Values::Floats(values) = &cells.values else { return None };
    if values.iter().all(|value| value.is_finite()) && cells.present.is_none() {
        return None;
    }
    let there = |row: usize| cells.present.as_ref().is_none_or(|present| present[row]);
    Some(values.iter().enumerate().map(|(row, value)| value.is_finite() && there(row)).collect())
}

fn format_of(column: &Column, cells: &Cells, distinct: &[i64]) -> NumberFormat {
    let number = |raw: &i64| match cells.values {
        Values::Floats(_) => from_signed_key(*raw),
        Values::Integers(_) => *raw as f64,
    };
    match (distinct.first(), distinct.last()) {
        (Some(low), Some(high)) => NumberFormat::of_values(column, number(low), number(high)),
        _ => NumberFormat::of_column(column),
    }
}

/// The place of each value when the most frequent stands first, equally frequent ones in ascending order.
fn ranks(codes: &[u32], count: usize) -> Vec<u32> {
    let mut counts = vec![0_u64; count + 1];
    codes.iter().for_each(|code| counts[(*code as usize).min(count)] += 1);
    let mut order: Vec<u32> = (0..count as u32).collect();
    order.sort_by_key(|at| std::cmp::Reverse(counts[*at as usize]));
    let mut ranks = vec![0; count];
    order.iter().enumerate().for_each(|(rank, at)| ranks[*at as usize] = rank as u32);
    ranks
}
