//! From the columns of `by` to one group number for each row, dense and in ascending order of the keys.

use contract::analyses::grouped::GroupBy;
use contract::columns::{ColumnType, Scalar};
use contract::granularity::Granularity;
use polars::prelude::{InitHashMaps, PlHashMap};

use super::cells::{Cells, Values, integer_key};
use crate::filters::Mask;
use crate::ordering::{from_signed_key, signed_key};
use crate::periods::{period_of, period_of_day, period_text};
use crate::scalars;

/// The number of rows that the filter leaves out.
pub(crate) const LEFT_OUT: u32 = u32::MAX;

/// The groups of all rows. Every group has at least one row.
#[derive(Clone, Debug, Default)]
pub(crate) struct Groups {
    /// One number for each row of the table, [`LEFT_OUT`] where the filter leaves it out.
    pub(crate) of_row: Vec<u32>,
    pub(crate) keys: Vec<Vec<Scalar>>,
}

/// One column of keys: codes in ascending order of the values, missing cells last.
struct Coded {
    codes: Vec<u32>,
    labels: Vec<Scalar>,
}

/// Groups rows by columns that were read for it.
pub(crate) fn group(by: &[GroupBy], columns: Vec<Cells>, rows: usize, mask: Option<&Mask>) -> Groups {
    let coded: Vec<Coded> = columns.into_iter().zip(by).map(|(cells, by)| code(cells, by.every)).collect();
    let mut groups = Groups { of_row: vec![0; rows], keys: vec![Vec::new()] };
    for column in &coded {
        groups = refine(groups, column);
    }
    if let Some(mask) = mask {
        let kept = groups.of_row.iter_mut().zip(mask.rows());
        kept.filter(|(_, kept)| !**kept).for_each(|(group, _)| *group = LEFT_OUT);
    }
    without_empty(groups)
}

/// All rows that are in a group, as one.
pub(crate) fn together(groups: &Groups, keep: impl Fn(u32) -> bool) -> Groups {
    let of_row = groups.of_row.iter().map(|group| if *group != LEFT_OUT && keep(*group) { 0 } else { LEFT_OUT });
    Groups { of_row: of_row.collect(), keys: vec![Vec::new()] }
}

/// Splits every group by one more column.
fn refine(groups: Groups, column: &Coded) -> Groups {
    let width = column.labels.len().max(1);
    let key_of = |group: usize, code: usize| {
        let mut key = groups.keys[group].clone();
        key.extend(column.labels.get(code).cloned());
        key
    };
    let cells = groups.keys.len().saturating_mul(width);
    let pairs = groups
        .of_row
        .iter()
        .zip(&column.codes)
        .map(|(group, code)| u64::from(*group) * width as u64 + u64::from(*code));
    if cells <= 4 * column.codes.len() + 65_536 {
        let keys = (0..cells).map(|cell| key_of(cell / width, cell % width)).collect();
        return without_empty(Groups { of_row: pairs.map(|pair| pair as u32).collect(), keys });
    }
    let mut known: PlHashMap<u64, u32> = PlHashMap::new();
    let mut order: Vec<u64> = Vec::new();
    let mut of_row: Vec<u32> = Vec::with_capacity(column.codes.len());
    for pair in pairs {
        let next = order.len() as u32;
        let number = *known.entry(pair).or_insert(next);
        if number == next {
            order.push(pair);
        }
        of_row.push(number);
    }
    let mut sorted = order.clone();
    sorted.sort_unstable();
    let place: Vec<u32> = order.iter().map(|pair| sorted.partition_point(|other| other < pair) as u32).collect();
    of_row.iter_mut().for_each(|number| *number = place[*number as usize]);
    let keys =
        sorted.iter().map(|pair| key_of((pair / width as u64) as usize, (pair % width as u64) as usize)).collect();
    Groups { of_row, keys }
}

/// Renumbers the groups that have rows.
fn without_empty(mut groups: Groups) -> Groups {
    let mut seen = vec![false; groups.keys.len()];
    groups.of_row.iter().filter(|group| **group != LEFT_OUT).for_each(|group| seen[*group as usize] = true);
    if seen.iter().all(|seen| *seen) {
        return groups;
    }
    let mut next = 0;
    let numbers: Vec<u32> = seen
        .iter()
        .map(|seen| {
            next += u32::from(*seen);
            next.wrapping_sub(1)
        })
        .collect();
    groups.of_row.iter_mut().filter(|group| **group != LEFT_OUT).for_each(|group| *group = numbers[*group as usize]);
    let mut at = 0;
    groups.keys.retain(|_| {
        at += 1;
        seen[at - 1]
    });
    groups
}

fn code(cells: Cells, every: Option<Granularity>) -> Coded {
    let Cells { values, present, column_type, texts } = cells;
    match (values, every) {
        (Values::Floats(values), _) => {
            // Integers in the order of the floats; −0.0 is 0.0, NaN and infinities are groups of their own.
            let keys: Vec<i64> = values.iter().map(|value| signed_key(*value)).collect();
            coded(&keys, present.as_deref(), |key| scalars::float(from_signed_key(key)))
        }
        (Values::Integers(values), Some(every)) => {
            let periods = periods(&values, column_type, every);
            coded(&periods, present.as_deref(), |period| Scalar::String(period_text(period, every)))
        }
        (Values::Integers(values), None) if column_type == ColumnType::Integer => {
            coded(&values, present.as_deref(), integer_key)
        }
        (Values::Integers(values), None) => {
            let named = Cells { values: Values::Integers(Vec::new()), present: None, column_type, texts };
            coded(&values, present.as_deref(), |value| named.scalar(value))
        }
    }
}

/// Rows of one day follow one another more often than not, and a day is turned into a month by some arithmetic.
fn periods(values: &[i64], column_type: ColumnType, every: Granularity) -> Vec<i64> {
    let by_day = column_type == ColumnType::Date;
    let mut last = (i64::MIN, 0);
    let period = |value: &i64| {
        if last.0 != *value {
            last = (*value, if by_day { period_of_day(*value, every) } else { period_of(*value, every) });
        }
        last.1
    };
    values.iter().map(period).collect()
}

fn coded(values: &[i64], present: Option<&[bool]>, label: impl Fn(i64) -> Scalar) -> Coded {
    let (codes, distinct) = numbered(values, present);
    let mut labels: Vec<Scalar> = distinct.into_iter().map(label).collect();
    if present.is_some() {
        labels.push(Scalar::Null);
    }
    Coded { codes, labels }
}

/// The rank of each value among the different ones, and these in ascending order. Missing cells have the number of
/// different values.
pub(crate) fn numbered(values: &[i64], present: Option<&[bool]>) -> (Vec<u32>, Vec<i64>) {
    let is_present = |row: usize| present.is_none_or(|present| present[row]);
    let there = || values.iter().enumerate().filter(|(row, _)| is_present(*row)).map(|(_, value)| *value);
    let (least, most) = there().fold((i64::MAX, i64::MIN), |(least, most), value| (least.min(value), most.max(value)));
    let mut distinct: Vec<i64>;
    let mut codes: Vec<u32>;
    let span = if least > most { 0 } else { most.abs_diff(least) };
    if span <= 2 * values.len() as u64 + 65_536 {
        let mut seen = vec![false; span as usize + 1];
        there().for_each(|value| seen[value.abs_diff(least) as usize] = true);
        let mut next = 0;
        let numbers: Vec<u32> = seen
            .iter()
            .map(|seen| {
                let number = next;
                next += u32::from(*seen);
                number
            })
            .collect();
        distinct =
            seen.iter().enumerate().filter(|(_, seen)| **seen).map(|(at, _)| least.wrapping_add(at as i64)).collect();
        let missing = distinct.len() as u32;
        let number = |(row, value): (usize, &i64)| {
            if is_present(row) { numbers[value.abs_diff(least) as usize] } else { missing }
        };
        codes = values.iter().enumerate().map(number).collect();
    } else {
        let mut known: PlHashMap<i64, u32> = PlHashMap::new();
        distinct = Vec::new();
        codes = Vec::with_capacity(values.len());
        for (row, value) in values.iter().enumerate() {
            if !is_present(row) {
                codes.push(LEFT_OUT);
                continue;
            }
            let next = distinct.len() as u32;
            let number = *known.entry(*value).or_insert(next);
            if number == next {
                distinct.push(*value);
            }
            codes.push(number);
        }
        let mut sorted = distinct.clone();
        sorted.sort_unstable();
        let place: Vec<u32> =
            distinct.iter().map(|value| sorted.partition_point(|other| other < value) as u32).collect();
        let missing = distinct.len() as u32;
        codes.iter_mut().for_each(|code| *code = if *code == LEFT_OUT { missing } else { place[*code as usize] });
        distinct = sorted;
    }
    (codes, distinct)
}
