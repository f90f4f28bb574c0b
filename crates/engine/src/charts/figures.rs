//! Figures of groups of rows: which function a channel has, its name, and its value for each group.

use contract::analyses::grouped::{Function, Measure};
use contract::charts::Encoding;
use contract::columns::{Column, ColumnType, Scalar};

use super::keys::Keys;
use super::numbers::NumberFormat;
use super::reading::{Source, refused};
use crate::Result;
use crate::groups::cells::Values;
use crate::groups::figures::{of_column, row_counts};
use crate::groups::keys::LEFT_OUT;
use polars::prelude::{InitHashMaps, PlHashMap};

/// The rows that share the values of some channels. Groups are in ascending order of these, and each has a row.
pub(super) struct Crossed {
    /// The group of each row of the table, [`LEFT_OUT`] where a channel leaves the row out.
    pub(super) of_row: Vec<u32>,
    /// Group by group, the places of its values in all channels.
    places: Vec<u32>,
    channels: usize,
    /// Rows of each group.
    pub(super) rows: Vec<u64>,
}

impl Crossed {
    /// The groups of these channels; of none, all rows that the filter keeps are one.
    pub(super) fn of(source: &Source, channels: &[&Keys]) -> Self {
        let widths: Vec<u64> = channels.iter().map(|keys| keys.values.len() as u64).collect();
        let space = widths.iter().try_fold(1_u64, |space, width| space.checked_mul(*width));
        if space.is_none() {
            return channels.iter().fold(Self::of(source, &[]), |groups, keys| groups.refined(keys));
        }
        let mut ids: Vec<u64> = match channels {
            [] => (0..source.all_rows()).map(|row| if source.keeps(row) { 0 } else { u64::MAX }).collect(),
            [first, ..] => first.codes.iter().map(|code| wide(*code)).collect(),
        };
        for (keys, width) in channels.iter().zip(&widths).skip(1) {
            for (id, code) in ids.iter_mut().zip(&keys.codes) {
                *id = if *code == LEFT_OUT || *id == u64::MAX { u64::MAX } else { *id * width + u64::from(*code) };
            }
        }
        Self::of_ids(&ids, &widths)
    }

    /// The groups of rows with equal ids, which are the places in channels of these widths, the last one fastest; of
    /// `u64::MAX` none.
    pub(super) fn of_ids(ids: &[u64], widths: &[u64]) -> Self {
        let space = widths.iter().fold(1_u64, |space, width| space.saturating_mul(*width));
        let (of_row, present) = numbered(ids, space);
        let mut places = vec![0; present.len() * widths.len()];
        for (group, id) in present.iter().enumerate() {
            let mut rest = *id;
            for (channel, width) in widths.iter().enumerate().rev() {
                places[group * widths.len() + channel] = (rest % width) as u32;
                rest /= width;
            }
        }
        let rows = row_counts(&of_row, present.len());
        Self { of_row, places, channels: widths.len(), rows }
    }

    /// Every group split by one more channel; for channels whose pairs are more than a number holds.
    fn refined(self, keys: &Keys) -> Self {
        let width = keys.values.len() as u64;
        let split = |(group, code): (&u32, &u32)| match *group == LEFT_OUT || *code == LEFT_OUT {
            true => u64::MAX,
            false => u64::from(*group) * width + u64::from(*code),
        };
        let ids: Vec<u64> = self.of_row.iter().zip(&keys.codes).map(split).collect();
        let (of_row, present) = numbered(&ids, self.len() as u64 * width);
        let mut places = Vec::with_capacity(present.len() * (self.channels + 1));
        for id in &present {
            let group = (id / width) as usize;
            places.extend_from_slice(&self.places[group * self.channels..][..self.channels]);
            places.push((id % width) as u32);
        }
        let rows = row_counts(&of_row, present.len());
        Self { of_row, places, channels: self.channels + 1, rows }
    }

    /// Rows by the numbers that they are given, [`LEFT_OUT`] for those that are in no group.
    pub(super) fn numbered(of_row: Vec<u32>, count: usize) -> Self {
        let rows = row_counts(&of_row, count);
        Self { of_row, places: Vec::new(), channels: 0, rows }
    }

    pub(super) fn len(&self) -> usize {
        self.rows.len()
    }

    /// The place of a group's value in a channel, counted as they were given.
    pub(super) fn place(&self, group: usize, channel: usize) -> usize {
        self.places.get(group * self.channels + channel).map_or(0, |place| *place as usize)
    }
}

fn wide(code: u32) -> u64 {
    if code == LEFT_OUT { u64::MAX } else { u64::from(code) }
}

/// The rank of each id among those that are there, and these in ascending order.
fn numbered(ids: &[u64], space: u64) -> (Vec<u32>, Vec<u64>) {
    if space <= 4 * ids.len() as u64 + 65_536 {
        let mut numbers = vec![LEFT_OUT; space as usize];
        ids.iter().filter(|id| **id != u64::MAX).for_each(|id| numbers[*id as usize] = 0);
        let mut present = Vec::new();
        for (id, number) in numbers.iter_mut().enumerate().filter(|(_, number)| **number == 0) {
            *number = present.len() as u32;
            present.push(id as u64);
        }
        let of_row = ids.iter().map(|id| if *id == u64::MAX { LEFT_OUT } else { numbers[*id as usize] });
        return (of_row.collect(), present);
    }
    let mut present: Vec<u64> = ids.iter().copied().filter(|id| *id != u64::MAX).collect();
    present.sort_unstable();
    present.dedup();
    let mut known: PlHashMap<u64, u32> = PlHashMap::with_capacity(present.len());
    present.iter().enumerate().for_each(|(number, id)| {
        known.insert(*id, number as u32);
    });
    (ids.iter().map(|id| known.get(id).copied().unwrap_or(LEFT_OUT)).collect(), present)
}

/// The function of a channel: the sum of numbers and the count of anything else, unless it says which.
pub(super) fn function(source: &Source, encoding: Option<&Encoding>) -> Result<Function> {
    let Some(encoding) = encoding else { return Ok(Function::Count) };
    Ok(match (encoding.aggregate, &encoding.column) {
        (Some(function), _) => function,
        (None, Some(name)) if source.column(name)?.column_type.is_numeric() => Function::Sum,
        _ => Function::Count,
    })
}

/// Whether the figures of two groups add up to that of both.
pub(super) fn adds_up(source: &Source, encoding: Option<&Encoding>) -> Result<bool> {
    Ok(matches!(function(source, encoding)?, Function::Sum | Function::Count))
}

/// The figure of each group as JSON: null where there is none.
pub(super) fn scalars(source: &Source, encoding: Option<&Encoding>, groups: &Crossed) -> Result<Vec<Scalar>> {
    let function = function(source, encoding)?;
    let Some(name) = encoding.and_then(|encoding| encoding.column.as_ref()) else {
        return Ok(groups.rows.iter().map(|rows| Scalar::from(*rows)).collect());
    };
    let measure = |function: Function| Measure {
        function,
        column: Some(name.clone()),
        quantile: encoding.and_then(|encoding| encoding.quantile),
        name: None,
        share: false,
    };
    let (wanted, counted) = (measure(function), measure(Function::Count));
    let is_sum = function == Function::Sum;
    let measures: Vec<&Measure> = if is_sum { vec![&wanted, &counted] } else { vec![&wanted] };
    let mut found = of_column(&measures, source.cells(name)?, &groups.of_row, groups.len()).into_iter();
    let mut figures = found.next().unwrap_or_default();
    // The sum of nothing is no point on a chart.
    for (figure, count) in figures.iter_mut().zip(found.next().unwrap_or_default()) {
        if count.as_u64() == Some(0) {
            *figure = Scalar::Null;
        }
    }
    Ok(figures)
}

/// The figure of each group as a number, NaN where there is none. `pointer` is where the channel stands.
pub(super) fn figures(
    source: &Source,
    encoding: Option<&Encoding>,
    pointer: &str,
    groups: &Crossed,
) -> Result<Vec<f64>> {
    let function = function(source, encoding)?;
    if let Some(name) = encoding.and_then(|encoding| encoding.column.as_ref()) {
        let column_type = source.column(name)?.column_type;
        let is_number = column_type.is_numeric()
            || column_type == ColumnType::Boolean
            || matches!(function, Function::Count | Function::NUnique);
        if !is_number {
            let (function, held) = (function.as_str(), column_type.as_str());
            let detail = format!(
                "`{function}` of column \"{name}\" is of the type {held} and has no height on a chart: take `count` or `n_unique`."
            );
            return Err(refused(&format!("{pointer}/aggregate"), detail));
        }
    }
    Ok(scalars(source, encoding, groups)?.iter().map(number).collect())
}

/// A figure as a number; large sums travel as text.
pub(super) fn number(figure: &Scalar) -> f64 {
    match figure {
        Scalar::Bool(truth) => f64::from(u8::from(*truth)),
        Scalar::String(text) => text.parse().unwrap_or(f64::NAN),
        other => other.as_f64().unwrap_or(f64::NAN),
    }
}

/// The name of a figure: "Sum of revenue", "Number of rows".
pub(super) fn title(source: &Source, encoding: Option<&Encoding>) -> Result<String> {
    let function = function(source, encoding)?;
    if let Some(title) = encoding.and_then(|encoding| encoding.title.as_ref()) {
        return Ok(title.clone());
    }
    let Some(name) = encoding.and_then(|encoding| encoding.column.as_ref()) else {
        return Ok("Number of rows".to_owned());
    };
    let what = match function {
        Function::Sum => "Sum of",
        Function::Mean => "Mean of",
        Function::Median => "Median of",
        Function::Mode => "Most frequent value of",
        Function::Count => "Count of",
        Function::NUnique => "Different values of",
        Function::Min => "Smallest value of",
        Function::Max => "Largest value of",
        Function::Std => "Standard deviation of",
        Function::Var => "Variance of",
        Function::First => "First value of",
        Function::Last => "Last value of",
        Function::Quantile => {
            let share = encoding.and_then(|encoding| encoding.quantile).unwrap_or(0.5);
            return Ok(format!("{} quantile of {name}", NumberFormat::percent().short(share * 100.0)));
        }
    };
    Ok(format!("{what} {name}"))
}

/// How the figures of a channel are written: with the unit of the column where the function keeps it.
pub(super) fn format(source: &Source, encoding: Option<&Encoding>) -> Result<NumberFormat> {
    let function = function(source, encoding)?;
    let Some(name) = encoding.and_then(|encoding| encoding.column.as_ref()) else { return Ok(NumberFormat::default()) };
    let column = source.column(name)?;
    Ok(match function {
        Function::Count | Function::NUnique | Function::Var => NumberFormat::default(),
        Function::Sum | Function::Std => NumberFormat::of_column(column),
        _ => among_values(source, column)?,
    })
}

/// How a figure is written that lies among the values of its column: years as years.
fn among_values(source: &Source, column: &Column) -> Result<NumberFormat> {
    let cells = source.cells(&column.name)?;
    let Values::Integers(values) = &cells.values else { return Ok(NumberFormat::of_column(column)) };
    let is_there = |row: usize| cells.present.as_ref().is_none_or(|present| present[row]);
    let there = values.iter().enumerate().filter(|(row, _)| is_there(*row)).map(|(_, value)| *value);
    let (low, high) = there.fold((i64::MAX, i64::MIN), |(low, high), value| (low.min(value), high.max(value)));
    Ok(NumberFormat::of_values(column, low as f64, high as f64))
}

/// The column of a figure in a table.
pub(super) fn table_column(source: &Source, encoding: Option<&Encoding>) -> Result<Column> {
    let is_count = matches!(function(source, encoding)?, Function::Count | Function::NUnique);
    let column_type = if is_count { ColumnType::Integer } else { ColumnType::Float };
    let mut column = Column::new(title(source, encoding)?, column_type);
    if let Some(name) = encoding.and_then(|encoding| encoding.column.as_ref()).filter(|_| !is_count) {
        column.unit.clone_from(&source.column(name)?.unit);
    }
    Ok(column)
}

/// A figure in a table: counts are whole.
pub(super) fn cell(value: f64, column: &Column) -> Scalar {
    match column.column_type {
        ColumnType::Integer if value.is_finite() => Scalar::from(value as i64),
        _ => crate::scalars::float(value),
    }
}
