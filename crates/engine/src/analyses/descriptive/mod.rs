//! The analysis `descriptive`: summaries of the columns asked for, of all rows or of those kept, whole or by group.

mod groups;
mod weighted;

use std::collections::HashMap;

use contract::analyses::descriptive::{DescribedGroup, DescriptiveOutcome, DescriptiveParams, Origin};
use contract::profile::ColumnSummary;
use polars::prelude::{Column, IdxSize, IntoColumn, PolarsResult};

use self::groups::Group;
use crate::Result;
use crate::columns::{Floats, column_type, floats, position, positions};
use crate::failures::{self, internal};
use crate::filters;
use crate::progress::Stage;
use crate::summary::{Options, column_summary, summaries};
use crate::table::Table;
use crate::workers;

/// Reads only the columns asked for, each once, and answers in the order asked for.
pub(super) fn run(params: &DescriptiveParams, table: &Table, stage: &Stage) -> Result<DescriptiveOutcome> {
    let wanted = match &params.columns {
        None => (0..table.columns().len()).collect(),
        Some(names) => positions(table, names)?,
    };
    let options = Options {
        exact_rows: u64::MAX,
        percentiles: params.percentiles.clone(),
        top: params.top as usize,
        profile: false,
        quantiles: params.quantiles,
        confidence: params.confidence,
        trim: params.trim,
    };
    if params.filter.is_empty() && params.by.is_empty() && params.weights.is_none() {
        return whole(&wanted, table, &options, stage);
    }
    let mask = filters::mask(&params.filter, table)?;
    let groups = groups::of(&params.by, table, mask.as_ref())?;
    let weights = match &params.weights {
        None => None,
        Some(name) => Some(weighted::checked(floats(table, position(table, name)?, None)?, name)?),
    };
    let total = (wanted.len() * groups.len()) as u64;
    let described = workers::map(wanted.len(), |i| {
        let found = described(table, wanted[i], &groups, weights.as_ref(), &options);
        stage.report(((i + 1) * groups.len()) as u64, total, table.rows() as u64);
        found
    })?;
    Ok(outcome(params, groups, described))
}

/// Every column with the summary of each group, turned into every group with its columns.
fn outcome(params: &DescriptiveParams, groups: Vec<Group>, described: Vec<Vec<ColumnSummary>>) -> DescriptiveOutcome {
    let rows = groups.iter().map(|group| group.rows.len() as u64).sum();
    let mut columns: Vec<_> = described.into_iter().map(Vec::into_iter).collect();
    let mut described = groups.into_iter().map(|group| DescribedGroup {
        key: group.key,
        rows: group.rows.len() as u64,
        columns: columns.iter_mut().filter_map(Iterator::next).collect(),
    });
    if params.by.is_empty() {
        let columns = described.next().map_or_else(Vec::new, |group| group.columns);
        return DescriptiveOutcome { rows, source: Origin::Computed, columns, groups: None };
    }
    DescriptiveOutcome { rows, source: Origin::Computed, columns: Vec::new(), groups: Some(described.collect()) }
}

fn whole(wanted: &[usize], table: &Table, options: &Options, stage: &Stage) -> Result<DescriptiveOutcome> {
    let mut positions = wanted.to_vec();
    positions.sort_unstable();
    positions.dedup();
    let found = summaries(table, &positions, options, stage)?;
    let by_position: HashMap<usize, ColumnSummary> = positions.into_iter().zip(found).collect();
    let columns = wanted.iter().filter_map(|position| by_position.get(position).cloned()).collect();
    Ok(DescriptiveOutcome { rows: table.rows() as u64, source: Origin::Computed, columns, groups: None })
}

/// One column, group by group.
fn described(
    table: &Table,
    position: usize,
    groups: &[Group],
    weights: Option<&Floats>,
    options: &Options,
) -> Result<Vec<ColumnSummary>> {
    let frame = table.read(&[position])?;
    let column = frame.columns().first().ok_or_else(|| internal("A column of the table is gone."))?;
    let kind = column_type(table, position);
    let values = match weights {
        Some(_) if kind.is_numeric() => Some(floats(table, position, None)?),
        _ => None,
    };
    let name = table.columns().get(position).map_or("", |(name, _)| name.as_str());
    let mut found = Vec::with_capacity(groups.len());
    for group in groups {
        let summary = some_rows(column, &group.rows).and_then(|rows| column_summary(&rows, name, kind, options));
        let mut summary = summary.map_err(|error| failures::polars("Describing a column", &error))?;
        if let (Some(numeric), Some(values), Some(weights)) = (&mut summary.numeric, &values, weights) {
            numeric.weighted = Some(weighted::summary(values, weights, &group.rows, &options.percentiles));
        }
        found.push(summary);
    }
    Ok(found)
}

fn some_rows(column: &Column, rows: &[IdxSize]) -> PolarsResult<Column> {
    if rows.len() == column.len() {
        return Ok(column.clone());
    }
    Ok(column.as_materialized_series().take_slice(rows)?.into_column())
}
