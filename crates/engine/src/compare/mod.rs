//! Tests whether samples differ, over plain slices of numbers; `docs/methods.md` defines every figure.

pub(crate) mod categories;
pub(crate) mod effects;
pub(crate) mod ranks;
pub(crate) mod sample;
pub(crate) mod samples;
pub(crate) mod t_tests;
pub(crate) mod tables;
pub(crate) mod variances;

use contract::analyses::compare::{CompareOutcome, CompareParams};

#[cfg(test)]
mod golden;
#[cfg(test)]
mod properties;

/// An outcome that has no figure yet.
pub(crate) fn empty(params: &CompareParams, rows: u64, rows_left_out: u64) -> CompareOutcome {
    CompareOutcome {
        test: params.test,
        alternative: params.alternative,
        rows,
        rows_left_out,
        statistic: None,
        degrees_of_freedom: Vec::new(),
        p_value: None,
        estimate: None,
        effects: Vec::new(),
        samples: Vec::new(),
        variance_table: None,
        contingency_table: None,
        assumptions: Vec::new(),
        notes: Vec::new(),
    }
}
