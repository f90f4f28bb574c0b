//! The ask `rows`: a window of a stored table as JSON, in its own order or sorted and filtered.

use std::path::Path;

use contract::asks::MAX_ANSWER_BYTES;
use contract::asks::rows::{RowsAnswer, RowsAsk};
use contract::columns::Scalar;
use polars::prelude::{Column, DataFrame};
use sha2::{Digest, Sha256};

use super::kept::{Order, gather, mapped, take};
use super::{order, too_large};
use crate::failures::{self, internal};
use crate::table::Table;
use crate::{Result, filters, values};

/// Reads only the columns asked for, and of them only what holds the window. A sort or a filter is worked out once and
/// kept in `scratch` for the pages that follow.
pub(crate) fn run(ask: &RowsAsk, table: &Table, scratch: &Path) -> Result<RowsAnswer> {
    let names: Vec<&str> = ask.columns.iter().map(|column| column.name.as_str()).collect();
    let total_rows = table.rows() as u64;
    let (window, filtered_rows) = if ask.sort.is_empty() && ask.filter.is_empty() {
        let first = usize::try_from(ask.offset).unwrap_or(usize::MAX).min(table.rows());
        (table.read_rows(&names, first, ask.limit as usize)?, total_rows)
    } else {
        arranged(ask, table, &names, scratch)?
    };
    let rows = cells(ask, &window)?;
    Ok(RowsAnswer { columns: ask.columns.clone(), rows, offset: ask.offset, total_rows, filtered_rows })
}

/// The window in the order asked for, and how many rows the filter keeps.
fn arranged(ask: &RowsAsk, table: &Table, names: &[&str], scratch: &Path) -> Result<(DataFrame, u64)> {
    let at_hand = mapped(scratch, &ask.file.content_hash, table);
    let name = arrangement_name(ask)?;
    let kept =
        Order::open(scratch, &name).and_then(|mut order| Some((order.window(ask.offset, ask.limit).ok()?, order.rows)));
    let (rows, filtered) = match kept {
        Some(kept) => kept,
        None => {
            let rows = arrange(ask, table, at_hand.as_ref())?;
            Order::keep(scratch, &name, &rows);
            let start = usize::try_from(ask.offset).unwrap_or(usize::MAX).min(rows.len());
            let end = start.saturating_add(ask.limit as usize).min(rows.len());
            (rows[start..end].to_vec(), rows.len() as u64)
        }
    };
    let window = match at_hand {
        Some(all) => {
            let columns = all.select(names.iter().copied()).map_err(|error| reading(&error))?;
            take(&columns, &rows)?
        }
        None => gather(table, names, &rows)?,
    };
    Ok((window, filtered))
}

/// The numbers of the rows that the filter keeps, sorted.
fn arrange(ask: &RowsAsk, table: &Table, at_hand: Option<&DataFrame>) -> Result<Vec<u32>> {
    let mask = filters::mask(&ask.filter, table)?;
    let column = |name: &str| -> Result<Column> {
        if let Some(all) = at_hand {
            return all.column(name).cloned().map_err(|error| reading(&error));
        }
        let read = table.read_rows(&[name], 0, table.rows())?;
        read.columns().first().cloned().ok_or_else(|| internal("A column of the table is gone."))
    };
    let columns: Vec<Column> = ask.sort.iter().map(|key| column(&key.column)).collect::<Result<_>>()?;
    let keys: Vec<_> = ask.sort.iter().zip(&columns).collect();
    let kept = mask.as_ref().map(filters::Mask::rows);
    order::sorted(table.rows(), kept, &keys, ask.nulls_first)
        .map_err(|error| failures::polars("Sorting the rows", &error))
}

/// Equal for equal content, sort and filter.
fn arrangement_name(ask: &RowsAsk) -> Result<String> {
    let parts = (&ask.file.content_hash, &ask.sort, ask.nulls_first, &ask.filter);
    let text = serde_json::to_vec(&parts).map_err(|error| internal(error.to_string()))?;
    Ok(hex::encode(Sha256::digest(text)))
}

fn cells(ask: &RowsAsk, window: &DataFrame) -> Result<Vec<Vec<Scalar>>> {
    let mut characters = 0;
    let mut rows = vec![Vec::with_capacity(ask.columns.len()); window.height()];
    for column in &ask.columns {
        let stored = window.column(&column.name).map_err(|error| reading(&error))?;
        let cells = values::cells(stored, column.time_zone.is_some()).map_err(|error| reading(&error))?;
        for (row, cell) in rows.iter_mut().zip(cells) {
            let value = cell.to_json(column.encoding);
            characters += value.as_str().map_or(0, str::len);
            row.push(value);
        }
        // Said before all of it lies in memory a second time.
        if characters > MAX_ANSWER_BYTES {
            return Err(too_large());
        }
    }
    Ok(rows)
}

fn reading(error: &polars::prelude::PolarsError) -> contract::errors::Failure {
    failures::polars("Reading the rows", error)
}
