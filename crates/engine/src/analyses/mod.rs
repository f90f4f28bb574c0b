//! Runs an analysis on a stored version: one file and one match arm a kind.

mod compare;
mod correlation;
mod descriptive;
pub(crate) mod distribution;
pub(crate) mod grouped;
mod regression;
mod timeseries;

use std::path::Path;

use contract::analyses::Analysis;
use contract::columns::Column;
use contract::errors::{ErrorCode, Failure};
use serde::Serialize;
use serde_json::value::{RawValue, to_raw_value};

use crate::failures::internal;
use crate::progress::Stage;
use crate::table::Table;
use crate::{Reporter, Result};

/// Computes the outcome of an analysis as JSON. Parameters that do not fit the table end with `invalid_parameters`.
pub fn run(analysis: &Analysis, parquet: &Path, reporter: &dyn Reporter) -> Result<Box<RawValue>> {
    let table = Table::open(parquet)?;
    check(analysis, &table)?;
    let stage = Stage::new(reporter, "computing", 0.0, 1.0);
    match analysis {
        Analysis::Compare(params) => json(&compare::run(params, &table, &stage)?),
        Analysis::Correlation(params) => json(&correlation::run(params, &table, &stage)?),
        Analysis::Descriptive(params) => json(&descriptive::run(params, &table, &stage)?),
        Analysis::Distribution(params) => json(&distribution::run(params, &table, &stage)?),
        Analysis::Grouped(params) => json(&grouped::run(params, &table, &stage)?),
        Analysis::Regression(params) => json(&regression::run(params, &table, &stage)?),
        Analysis::Timeseries(params) => json(&timeseries::run(params, &table, &stage)?),
    }
}

/// The table's columns as parameters are checked against them.
fn described(table: &Table) -> Vec<Column> {
    table.columns().iter().map(|(name, column_type)| Column::new(name.clone(), *column_type)).collect()
}

fn check(analysis: &Analysis, table: &Table) -> Result<()> {
    match analysis.check(&described(table)).into_iter().next() {
        Some(error) => Err(Failure::new(ErrorCode::InvalidParameters, error.detail)
            .advice(format!("Correct the parameter at {} and send the request again.", error.pointer))),
        None => Ok(()),
    }
}

fn json(outcome: &impl Serialize) -> Result<Box<RawValue>> {
    to_raw_value(outcome).map_err(|error| internal(format!("The outcome has no JSON form: {error}")))
}
