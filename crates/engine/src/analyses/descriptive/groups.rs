//! Rows divided by the values of some columns.

use std::cmp::Ordering;

use contract::analyses::descriptive::MAX_GROUPS;
use contract::columns::Scalar;
use contract::errors::{ErrorCode, Failure};
use polars::prelude::{IdxSize, InitHashMaps, PlHashMap};

use crate::Result;
use crate::columns::{Codes, NO_CODE, codes, position};
use crate::filters::Mask;
use crate::table::Table;

/// The rows of the table that agree in the columns, in their order.
pub(super) struct Group {
    pub(super) key: Vec<Scalar>,
    pub(super) rows: Vec<IdxSize>,
}

/// The groups in order of their keys, missing values last; a single one without a column.
pub(super) fn of(by: &[String], table: &Table, mask: Option<&Mask>) -> Result<Vec<Group>> {
    let mut kept = (0..table.rows()).filter(|row| mask.is_none_or(|mask| mask.keeps(*row)));
    if by.is_empty() {
        return Ok(vec![Group { key: Vec::new(), rows: kept.map(|row| row as IdxSize).collect() }]);
    }
    let mut columns: Vec<Codes> = Vec::with_capacity(by.len());
    for name in by {
        columns.push(codes(table, position(table, name)?, mask)?);
    }
    let mut known: PlHashMap<Vec<u32>, usize> = PlHashMap::new();
    let mut groups: Vec<Group> = Vec::new();
    let count = columns.first().map_or(0, |column| column.codes.len());
    let mut key = vec![0; columns.len()];
    for i in 0..count {
        key.iter_mut().zip(&columns).for_each(|(code, column)| *code = column.codes[i]);
        let group = match known.get(&key) {
            Some(group) => *group,
            None if groups.len() == MAX_GROUPS => return Err(too_many(by)),
            None => {
                let label = |(code, column): (&u32, &Codes)| match *code {
                    NO_CODE => Scalar::Null,
                    code => column.labels[code as usize].clone(),
                };
                groups.push(Group { key: key.iter().zip(&columns).map(label).collect(), rows: Vec::new() });
                known.insert(key.clone(), groups.len() - 1);
                groups.len() - 1
            }
        };
        if let (Some(row), Some(group)) = (kept.next(), groups.get_mut(group)) {
            group.rows.push(row as IdxSize);
        }
    }
    groups.sort_by(|left, right| {
        let pairs = left.key.iter().zip(&right.key);
        pairs.map(|(left, right)| compared(left, right)).find(|order| order.is_ne()).unwrap_or(Ordering::Equal)
    });
    Ok(groups)
}

fn too_many(by: &[String]) -> Failure {
    let message = format!("{} has more than {MAX_GROUPS} groups.", by.join(", "));
    Failure::new(ErrorCode::InvalidParameters, message).advice("Group by a column of fewer values, or filter the rows.")
}

/// Numbers by size, texts byte by byte, missing last.
fn compared(left: &Scalar, right: &Scalar) -> Ordering {
    match (left, right) {
        (Scalar::Number(left), Scalar::Number(right)) => {
            left.as_f64().partial_cmp(&right.as_f64()).unwrap_or(Ordering::Equal)
        }
        (Scalar::String(left), Scalar::String(right)) => left.cmp(right),
        (Scalar::Bool(left), Scalar::Bool(right)) => left.cmp(right),
        (left, right) => left.is_null().cmp(&right.is_null()),
    }
}
