//! The samples that a comparison names: groups of one column, or several columns.

use std::cmp::Ordering;

use contract::analyses::compare::{CompareParams, Test};
use contract::columns::Scalar;
use contract::errors::{ErrorCode, Failure};

use crate::Result;
use crate::columns::{NO_CODE, codes, floats, position};
use crate::filters::mask;
use crate::table::Table;

const MOST_GROUPS: usize = 1000;

/// Finite values by sample.
pub(crate) struct Samples {
    pub(crate) names: Vec<Scalar>,
    pub(crate) values: Vec<Vec<f64>>,
    /// Rows of the table, less those that the filter leaves out.
    pub(crate) rows: u64,
    /// Rows of which no value is used.
    pub(crate) left_out: u64,
}

pub(crate) fn read(params: &CompareParams, table: &Table) -> Result<Samples> {
    match (&params.columns, &params.value, &params.by) {
        (Some(columns), _, _) => from_columns(params, columns, table),
        (None, Some(value), Some(by)) => from_groups(params, value, by, table),
        _ => Err(Failure::new(ErrorCode::InvalidParameters, "Give either `value` and `by`, or `columns`.")),
    }
}

fn from_columns(params: &CompareParams, columns: &[String], table: &Table) -> Result<Samples> {
    let mask = mask(&params.filter, table)?;
    let mut values = Vec::with_capacity(columns.len());
    for name in columns {
        values.push(floats(table, position(table, name)?, mask.as_ref())?.values);
    }
    let rows = values.first().map_or(0, Vec::len);
    let complete = |row: usize| values.iter().all(|column| !column[row].is_nan());
    let used = |row: usize| values.iter().any(|column| !column[row].is_nan());
    let left_out =
        (0..rows).filter(|row| !if params.test == Test::Paired { complete(*row) } else { used(*row) }).count();
    if params.test == Test::Paired {
        let kept: Vec<bool> = (0..rows).map(complete).collect();
        for column in &mut values {
            let mut row = 0;
            column.retain(|_| {
                row += 1;
                kept[row - 1]
            });
        }
    } else {
        values.iter_mut().for_each(|column| column.retain(|value| !value.is_nan()));
    }
    let names = columns.iter().map(|name| Scalar::String(name.clone())).collect();
    Ok(Samples { names, values, rows: rows as u64, left_out: left_out as u64 })
}

fn from_groups(params: &CompareParams, value: &str, by: &str, table: &Table) -> Result<Samples> {
    let mask = mask(&params.filter, table)?;
    let groups = codes(table, position(table, by)?, mask.as_ref())?;
    let numbers = floats(table, position(table, value)?, mask.as_ref())?;
    let order = chosen(params, by, &groups.labels)?;
    let mut place = vec![usize::MAX; groups.labels.len()];
    order.iter().enumerate().for_each(|(sample, label)| place[*label] = sample);
    let mut values = vec![Vec::new(); order.len()];
    let mut left_out = 0;
    for (code, number) in groups.codes.iter().zip(&numbers.values) {
        let sample = if *code == NO_CODE { usize::MAX } else { place[*code as usize] };
        match values.get_mut(sample) {
            Some(values) if !number.is_nan() => values.push(*number),
            _ => left_out += 1,
        }
    }
    let names = order.iter().map(|label| groups.labels[*label].clone()).collect();
    Ok(Samples { names, values, rows: groups.codes.len() as u64, left_out })
}

/// The positions of the labels to compare, in order.
fn chosen(params: &CompareParams, by: &str, labels: &[Scalar]) -> Result<Vec<usize>> {
    if let Some(wanted) = &params.groups {
        return wanted.iter().map(|group| find(group, by, labels)).collect();
    }
    let two = !matches!(params.test, Test::Anova | Test::KruskalWallis);
    if two && labels.len() > 2 {
        let detail = format!("Column \"{by}\" has {} different values, but this test compares two.", labels.len());
        return Err(Failure::new(ErrorCode::InvalidParameters, detail)
            .advice("Name two of them in `groups`, or use `anova` or `kruskal_wallis`."));
    }
    if labels.len() > MOST_GROUPS {
        let detail =
            format!("Column \"{by}\" has {} different values; at most {MOST_GROUPS} can be compared.", labels.len());
        return Err(Failure::new(ErrorCode::InvalidParameters, detail)
            .advice("Name some of them in `groups`, or filter the rows."));
    }
    let mut order: Vec<usize> = (0..labels.len()).collect();
    order.sort_by(|left, right| ascending(&labels[*left], &labels[*right]));
    Ok(order)
}

fn find(group: &Scalar, by: &str, labels: &[Scalar]) -> Result<usize> {
    labels.iter().position(|label| ascending(label, group).is_eq()).ok_or_else(|| {
        let some: Vec<String> = labels.iter().take(10).map(Scalar::to_string).collect();
        Failure::new(ErrorCode::InvalidParameters, format!("Column \"{by}\" has no value {group}.")).advice(format!(
            "Its values are {}{}.",
            some.join(", "),
            if labels.len() > 10 { ", …" } else { "" }
        ))
    })
}

/// Numbers by size, texts byte by byte, false before true; integers that travel as texts by their value.
pub(crate) fn ascending(left: &Scalar, right: &Scalar) -> Ordering {
    let whole = |value: &Scalar| value.as_i64().or_else(|| value.as_str()?.parse::<i64>().ok());
    match (left, right) {
        (Scalar::String(left_text), Scalar::String(right_text)) => left_text.cmp(right_text),
        (Scalar::Bool(left), Scalar::Bool(right)) => left.cmp(right),
        _ => match (whole(left), whole(right)) {
            (Some(left), Some(right)) => left.cmp(&right),
            _ => left.as_f64().unwrap_or(f64::NAN).total_cmp(&right.as_f64().unwrap_or(f64::NAN)),
        },
    }
}
