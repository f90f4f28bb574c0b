//! The analysis `descriptive`: summaries of the columns asked for.

use std::collections::HashMap;

use contract::analyses::descriptive::{DescriptiveOutcome, DescriptiveParams};
use contract::profile::ColumnSummary;

use crate::Result;
use crate::failures::internal;
use crate::progress::Stage;
use crate::summary::{Options, summaries};
use crate::table::Table;

/// Reads only the columns asked for, each once, and answers in the order asked for.
pub(crate) fn run(params: &DescriptiveParams, table: &Table, stage: &Stage) -> Result<DescriptiveOutcome> {
    let wanted = wanted_positions(params, table)?;
    let mut positions = wanted.clone();
    positions.sort_unstable();
    positions.dedup();
    let options = Options { percentiles: params.percentiles.clone(), top: params.top as usize, histogram: false };
    let found = summaries(table, &positions, &options, stage)?;
    let by_position: HashMap<usize, ColumnSummary> = positions.into_iter().zip(found).collect();
    let columns = wanted.iter().filter_map(|position| by_position.get(position).cloned()).collect();
    Ok(DescriptiveOutcome { rows: table.rows() as u64, columns })
}

fn wanted_positions(params: &DescriptiveParams, table: &Table) -> Result<Vec<usize>> {
    let Some(names) = &params.columns else {
        return Ok((0..table.columns().len()).collect());
    };
    let columns = table.columns().iter().enumerate();
    let known: HashMap<&str, usize> = columns.map(|(position, (name, _))| (name.as_str(), position)).collect();
    let position = |name: &String| {
        known.get(name.as_str()).copied().ok_or_else(|| internal(format!("There is no column \"{name}\".")))
    };
    names.iter().map(position).collect()
}
