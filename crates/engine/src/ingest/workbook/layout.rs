//! Where the table stands on its sheet: titles and blank rows above it, its header, its first and last column.

use std::collections::BTreeMap;
use std::path::Path;

use contract::ingest::{ParseOptions, SourceKind};
use contract::limits::IngestLimits;

use super::sheets::{SheetRow, Value, each_row};
use crate::Result;
use crate::failures::invalid;
use crate::ingest::dialect::too_many_columns;

/// How many rows are looked at to find the header.
const HEAD_ROWS: usize = 100;

/// What a look at all rows finds.
pub(super) struct Survey {
    head: Vec<SheetRow>,
    rows: u64,
    last_row: u32,
    /// Which columns are used, and by how many rows from which row on; the first row in which a column is used.
    columns: BTreeMap<u32, u32>,
    /// What failed formulas came to.
    faults: BTreeMap<&'static str, u64>,
}

pub(super) fn survey(path: &Path, kind: SourceKind, sheet: &str) -> Result<Survey> {
    let mut survey =
        Survey { head: Vec::new(), rows: 0, last_row: 0, columns: BTreeMap::new(), faults: BTreeMap::new() };
    each_row(path, kind, sheet, &mut |row| {
        survey.rows += 1;
        survey.last_row = survey.last_row.max(row.number);
        for (column, value) in &row.cells {
            survey.columns.insert(*column, row.number);
            if let Value::Fault(fault) = value {
                *survey.faults.entry(fault).or_default() += 1;
            }
        }
        if survey.head.len() < HEAD_ROWS {
            survey.head.push(row);
        }
        true
    })?;
    Ok(survey)
}

/// Where the table stands.
pub(super) struct Layout {
    pub(super) header: bool,
    /// Rows above the table.
    pub(super) skipped: u32,
    /// The number of the first row of values.
    pub(super) first_row: u32,
    first_column: u32,
    pub(super) names: Vec<String>,
    /// Rows of the sheet that hold anything.
    pub(super) rows: u64,
}

impl Layout {
    /// The table begins at the first row with more than half as many cells as the widest of the first hundred; what
    /// stands above are titles. That row is the header unless none of its cells is a text.
    pub(super) fn of(survey: &Survey, options: &ParseOptions, limits: &IngestLimits) -> Result<Self> {
        let skip = options.skip_rows.unwrap_or(0);
        let head: Vec<&SheetRow> = survey.head.iter().filter(|row| row.number > skip).collect();
        let widest = head.iter().map(|row| row.cells.len()).max().unwrap_or(0);
        let start = match options.skip_rows {
            Some(_) => head.first(),
            None => head.iter().find(|row| row.cells.len() * 2 > widest),
        };
        let Some(start) = start else {
            return Err(
                invalid("The sheet has no cells below the rows that were left out.").advice("Leave out fewer rows.")
            );
        };
        // Columns that only a title uses are no columns of the table.
        let used = || survey.columns.iter().filter(|(_, last)| **last >= start.number).map(|(column, _)| *column);
        let (first, last) = (used().next().unwrap_or(0), used().next_back().unwrap_or(0));
        let width = last - first + 1;
        if width > limits.columns {
            return Err(too_many_columns(width as usize, limits.columns, start.number.into()));
        }
        let header =
            options.header.unwrap_or_else(|| start.cells.iter().any(|(_, value)| matches!(value, Value::Text(_))));
        let mut names = vec![String::new(); width as usize];
        if header {
            for (column, value) in &start.cells {
                if let Some(name) = column.checked_sub(first).and_then(|place| names.get_mut(place as usize)) {
                    *name = spelled(value);
                }
            }
        }
        Ok(Self {
            header,
            skipped: start.number - 1,
            first_row: start.number + u32::from(header),
            first_column: first,
            names,
            rows: survey.rows,
        })
    }

    /// The column of the table that a column of the sheet is.
    pub(super) fn place(&self, column: u32) -> Option<usize> {
        column.checked_sub(self.first_column).map(|place| place as usize).filter(|place| *place < self.names.len())
    }

    pub(super) fn warnings(&self, survey: &Survey) -> Vec<String> {
        let mut warnings = Vec::new();
        let titles = survey.head.iter().filter(|row| row.number <= self.skipped);
        let titles: Vec<String> =
            titles.flat_map(|row| row.cells.iter().map(|(_, value)| spelled(value))).take(5).collect();
        if !titles.is_empty() {
            let shown: String = titles.join(", ").chars().take(200).collect();
            warnings.push(format!("{} rows above the table were left out: {shown}.", self.skipped));
        }
        let gaps =
            (u64::from(survey.last_row) + 1).saturating_sub(survey.rows).saturating_sub(u64::from(self.first_row));
        if gaps > 0 && self.skipped == 0 {
            warnings.push(format!("{gaps} blank rows were left out."));
        }
        if !survey.faults.is_empty() {
            let all: u64 = survey.faults.values().sum();
            let each: Vec<String> = survey.faults.iter().map(|(fault, count)| format!("{fault} {count}")).collect();
            warnings
                .push(format!("{all} cells hold errors of formulas ({}); they are missing values.", each.join(", ")));
        }
        warnings
    }
}

fn spelled(value: &Value) -> String {
    match value {
        Value::Number(text) | Value::Moment(text) | Value::Text(text) => text.clone(),
        Value::Truth(value) => value.to_string(),
        Value::Fault(_) => String::new(),
    }
}
