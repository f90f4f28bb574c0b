//! The analysis `correlation`: every method asked for, over every pair of the columns that suit it.

mod categories;
mod kendall;
mod linear;
mod missing;
mod numbers;
mod partial;
mod significance;

use contract::analyses::correlation::{
    CorrelationMethod, CorrelationOutcome, CorrelationParams, MethodOutcome, PairOutcome,
};
use contract::columns::Column;

use self::significance::Finding;
use crate::Result;
use crate::adjusting::adjusted;
use crate::filters::{self, Mask};
use crate::progress::Stage;
use crate::table::Table;

/// What all methods need to know.
struct Request<'a> {
    params: &'a CorrelationParams,
    table: &'a Table,
    mask: Option<&'a Mask>,
    columns: &'a [Column],
}

/// The columns of a method and what was found for each pair.
struct Related {
    columns: Vec<String>,
    control: Vec<String>,
    diagonal: Vec<Option<f64>>,
    /// Left and right as positions in `columns`, left before right.
    pairs: Vec<(usize, usize, Finding)>,
    patterns: Option<Vec<contract::analyses::correlation::MissingPattern>>,
}

/// Columns are read once for all numeric methods. Ranks take the place of the values that they are ranks of.
pub(super) fn run(params: &CorrelationParams, table: &Table, stage: &Stage) -> Result<CorrelationOutcome> {
    let mask = filters::mask(&params.filter, table)?;
    let columns = super::described(table);
    let request = Request { params, table, mask: mask.as_ref(), columns: &columns };
    let mut numeric = numbers::relate(&request, stage)?;
    let mut methods = Vec::with_capacity(params.methods.len());
    for method in &params.methods {
        let related = match method {
            CorrelationMethod::Pearson => numeric.pearson.take(),
            CorrelationMethod::Spearman => numeric.spearman.take(),
            CorrelationMethod::Kendall => numeric.kendall.take(),
            CorrelationMethod::PointBiserial => Some(categories::point_biserial(&request)?),
            CorrelationMethod::CramersV => Some(categories::cramers_v(&request)?),
            CorrelationMethod::MutualInformation => Some(categories::mutual_information(&request)?),
            CorrelationMethod::Missing => Some(missing::relate(&request)?),
        };
        if let Some(related) = related {
            methods.push(outcome(*method, related, params));
        }
    }
    let rows = mask.as_ref().map_or(table.rows(), Mask::count) as u64;
    stage.report(1, 1, rows);
    Ok(CorrelationOutcome { rows, confidence: params.confidence, correction: params.correction, methods })
}

fn outcome(method: CorrelationMethod, related: Related, params: &CorrelationParams) -> MethodOutcome {
    let size = related.columns.len();
    let mut matrix = vec![vec![None; size]; size];
    for (row, value) in
        matrix.iter_mut().zip(&related.diagonal).enumerate().map(|(i, (row, value))| (row.get_mut(i), value))
    {
        if let Some(cell) = row {
            *cell = *value;
        }
    }
    let p_values: Vec<Option<f64>> = related.pairs.iter().map(|(_, _, finding)| finding.p_value).collect();
    let corrected = adjusted(&p_values, params.correction);
    let name = |position: usize| related.columns.get(position).cloned().unwrap_or_default();
    let mut pairs = Vec::with_capacity(related.pairs.len());
    for ((left, right, finding), p_adjusted) in related.pairs.into_iter().zip(corrected) {
        for (row, column) in [(left, right), (right, left)] {
            if let Some(cell) = matrix.get_mut(row).and_then(|row| row.get_mut(column)) {
                *cell = finding.value;
            }
        }
        pairs.push(PairOutcome {
            left: name(left),
            right: name(right),
            n: finding.n,
            value: finding.value,
            statistic: finding.statistic,
            df: finding.df,
            p_value: finding.p_value,
            p_adjusted,
            ci_low: finding.ci_low,
            ci_high: finding.ci_high,
            corrected: finding.corrected,
            positive: finding.positive,
        });
    }
    MethodOutcome {
        method,
        columns: related.columns,
        control: related.control,
        matrix,
        pairs,
        patterns: related.patterns,
    }
}

/// Every pair of `size` columns once, the left one before the right one.
fn pairs_of(size: usize) -> Vec<(usize, usize)> {
    (0..size).flat_map(|left| (left + 1..size).map(move |right| (left, right))).collect()
}
