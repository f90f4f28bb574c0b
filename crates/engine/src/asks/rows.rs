//! The ask `rows`: a window of a stored table as JSON.

use std::collections::HashMap;

use contract::asks::MAX_ANSWER_BYTES;
use contract::asks::rows::{RowsAnswer, RowsAsk};
use contract::columns::Scalar;
use polars::prelude::DataFrame;

use super::too_large;
use crate::Result;
use crate::failures::{self, internal};
use crate::ingest::preview;
use crate::table::Table;

/// Reads only the columns asked for, and of them only the row groups that hold the window.
pub(crate) fn run(ask: &RowsAsk, table: &Table) -> Result<RowsAnswer> {
    let mut positions = positions(ask, table)?;
    positions.sort_unstable();
    positions.dedup();
    let offset = usize::try_from(ask.offset).unwrap_or(usize::MAX);
    let window = table.read_window(&positions, offset, ask.limit as usize)?;
    let mut rows = cells(ask, &window)?;
    preview::encode(&mut rows, &ask.columns);
    Ok(RowsAnswer { columns: ask.columns.clone(), rows, offset: ask.offset, total_rows: table.rows() as u64 })
}

fn positions(ask: &RowsAsk, table: &Table) -> Result<Vec<usize>> {
    let columns = table.columns().iter().enumerate();
    let known: HashMap<&str, usize> = columns.map(|(position, (name, _))| (name.as_str(), position)).collect();
    let position = |name: &str| {
        known.get(name).copied().ok_or_else(|| internal(format!("The stored table has no column \"{name}\".")))
    };
    ask.columns.iter().map(|column| position(&column.name)).collect()
}

fn cells(ask: &RowsAsk, window: &DataFrame) -> Result<Vec<Vec<Scalar>>> {
    let reading = |error| failures::polars("Reading the rows", &error);
    let columns = ask.columns.iter().map(|column| window.column(&column.name).map_err(reading));
    let columns: Vec<_> = columns.collect::<Result<_>>()?;
    let mut characters = 0;
    let mut rows = Vec::with_capacity(window.height());
    for row in 0..window.height() {
        let mut cells = Vec::with_capacity(columns.len());
        for column in &columns {
            let cell = preview::scalar(&column.get(row).map_err(reading)?);
            characters += cell.as_str().map_or(0, str::len);
            cells.push(cell);
        }
        // Said before all of it lies in memory a second time.
        if characters > MAX_ANSWER_BYTES {
            return Err(too_large());
        }
        rows.push(cells);
    }
    Ok(rows)
}
