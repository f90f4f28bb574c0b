//! From the columns of a table to a target and a design, of the rows that have a value everywhere.

use contract::analyses::regression::{Model, RegressionParams};
use contract::columns::{Column, Scalar};
use contract::errors::{ErrorCode, Failure};

use super::design::Design;
use crate::Result;
use crate::columns::{Codes, NO_CODE, codes, floats, position};
use crate::compare::sample::scale_for;
use crate::compare::samples::ascending;
use crate::filters::{Mask, mask};
use crate::table::Table;

const MOST_CATEGORIES: usize = 200;
const MOST_TERMS: usize = 500;
/// The design and its decomposition are in memory together.
const MOST_CELLS: usize = 200_000_000;

/// What is fitted.
pub(crate) struct Prepared {
    pub(crate) design: Design,
    /// Numbers multiplied by `target_scale`; 1 for success and 0 for failure in logistic models.
    pub(crate) target: Vec<f64>,
    pub(crate) target_scale: f64,
    pub(crate) success: Scalar,
    /// Where the rows used stand in the table.
    pub(crate) rows: Vec<u64>,
    pub(crate) left_out: u64,
    pub(crate) notes: Vec<String>,
}

enum Predictor {
    Numbers(Vec<f64>),
    Categories(Codes),
}

pub(crate) fn prepare(params: &RegressionParams, table: &Table) -> Result<Prepared> {
    let mask = mask(&params.filter, table)?;
    let known = table.columns().iter().map(|(name, column_type)| Column::new(name.clone(), *column_type));
    let known: Vec<Column> = known.collect();
    let (mut target, success) = target(params, table, mask.as_ref())?;
    let mut predictors = Vec::with_capacity(params.columns.len());
    for name in &params.columns {
        let at = position(table, name)?;
        predictors.push(match params.is_category(name, &known) {
            true => Predictor::Categories(codes(table, at, mask.as_ref())?),
            false => Predictor::Numbers(floats(table, at, mask.as_ref())?.values),
        });
    }
    let complete: Vec<bool> = (0..target.len())
        .map(|row| {
            !target[row].is_nan()
                && predictors.iter().all(|predictor| match predictor {
                    Predictor::Numbers(values) => !values[row].is_nan(),
                    Predictor::Categories(found) => found.codes[row] != NO_CODE,
                })
        })
        .collect();
    let all = complete.len() as u64;
    keep(&mut target, &complete);
    let rows = table_rows(table, mask.as_ref(), &complete);
    let mut prepared = Prepared {
        design: Design::new(target.len(), params.intercept),
        left_out: all - rows.len() as u64,
        target_scale: 1.0,
        target: Vec::new(),
        success,
        rows,
        notes: Vec::new(),
    };
    for (name, predictor) in params.columns.iter().zip(predictors) {
        match predictor {
            Predictor::Numbers(mut values) => {
                keep(&mut values, &complete);
                prepared.design.add_numbers(name, values, params.powers.get(name).copied().unwrap_or(1));
            }
            Predictor::Categories(mut found) => {
                keep(&mut found.codes, &complete);
                add_categories(params, name, found, &mut prepared)?;
            }
        }
    }
    let width = prepared.design.width();
    if width > MOST_TERMS || width.saturating_mul(target.len()) > MOST_CELLS {
        let detail = format!("The model has {width} coefficients on {} rows, which is too large.", target.len());
        return Err(Failure::new(ErrorCode::InvalidParameters, detail)
            .advice("Name fewer columns, or columns of fewer categories."));
    }
    let mut targets = [target];
    if params.model == Model::Linear {
        prepared.target_scale = scale_for(&targets);
        let scale = prepared.target_scale;
        if scale != 1.0 {
            targets.iter_mut().flatten().for_each(|value| *value *= scale);
        }
    }
    prepared.target = std::mem::take(&mut targets[0]);
    Ok(prepared)
}

/// The target as numbers, NaN where it is missing; for logistic models 1 and 0, and the value that counts as success.
fn target(params: &RegressionParams, table: &Table, mask: Option<&Mask>) -> Result<(Vec<f64>, Scalar)> {
    let at = position(table, &params.target)?;
    if params.model == Model::Linear {
        return Ok((floats(table, at, mask)?.values, Scalar::Null));
    }
    let found = codes(table, at, mask)?;
    if found.labels.len() > 2 {
        let detail = format!(
            "Column \"{}\" has {} different values; a logistic model needs two.",
            params.target,
            found.labels.len()
        );
        return Err(
            Failure::new(ErrorCode::InvalidParameters, detail).advice("Choose another target, or filter the rows.")
        );
    }
    let largest = found.labels.iter().max_by(|left, right| ascending(left, right)).cloned().unwrap_or(Scalar::Null);
    let success = params.success.clone().unwrap_or(largest);
    let wanted = found.labels.iter().position(|label| ascending(label, &success).is_eq());
    if wanted.is_none() && !found.labels.is_empty() {
        let some: Vec<String> = found.labels.iter().map(Scalar::to_string).collect();
        let detail = format!("Column \"{}\" has no value {success}.", params.target);
        return Err(Failure::new(ErrorCode::InvalidParameters, detail)
            .advice(format!("Its values are {}.", some.join(" and "))));
    }
    let value = |code: &u32| match *code {
        NO_CODE => f64::NAN,
        code => f64::from(u8::from(Some(code as usize) == wanted)),
    };
    Ok((found.codes.iter().map(value).collect(), success))
}

fn add_categories(params: &RegressionParams, name: &str, found: Codes, prepared: &mut Prepared) -> Result<()> {
    let mut seen = vec![false; found.labels.len()];
    found.codes.iter().for_each(|code| seen[*code as usize] = true);
    let mut order: Vec<u32> = (0..found.labels.len() as u32).filter(|code| seen[*code as usize]).collect();
    order.sort_by(|left, right| ascending(&found.labels[*left as usize], &found.labels[*right as usize]));
    if order.len() > MOST_CATEGORIES {
        let detail =
            format!("Column \"{name}\" has {} categories; at most {MOST_CATEGORIES} fit a model.", order.len());
        return Err(
            Failure::new(ErrorCode::InvalidParameters, detail).advice("Leave the column out, or filter the rows.")
        );
    }
    let wanted = params.reference.get(name);
    let reference = match wanted {
        None => 0,
        Some(wanted) => {
            let at = order.iter().position(|code| ascending(&found.labels[*code as usize], wanted).is_eq());
            at.ok_or_else(|| {
                Failure::new(
                    ErrorCode::InvalidParameters,
                    format!("Column \"{name}\" has no value {wanted} in the rows used."),
                )
                .advice("Correct `reference`, or leave it out.")
            })?
        }
    };
    if order.is_empty() {
        return Ok(());
    }
    let left_out = order.remove(reference);
    let text = |code: u32| match &found.labels[code as usize] {
        Scalar::String(text) => text.clone(),
        other => other.to_string(),
    };
    prepared.notes.push(format!("The categories of \"{name}\" are compared with \"{}\".", text(left_out)));
    let labels: Vec<(u32, String)> = order.iter().map(|code| (*code, text(*code))).collect();
    prepared.design.add_categories(name, found.codes, &labels);
    Ok(())
}

fn keep<T>(values: &mut Vec<T>, kept: &[bool]) {
    let mut row = 0;
    values.retain(|_| {
        row += 1;
        kept[row - 1]
    });
}

fn table_rows(table: &Table, mask: Option<&Mask>, complete: &[bool]) -> Vec<u64> {
    let in_mask = (0..table.rows()).filter(|row| mask.is_none_or(|mask| mask.keeps(*row)));
    in_mask.zip(complete).filter(|(_, complete)| **complete).map(|(row, _)| row as u64).collect()
}
