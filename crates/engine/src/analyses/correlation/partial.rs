//! Partial correlation: what is left between two columns when others are held constant.

use contract::analyses::correlation::CorrelationMethod;

use super::numbers::{Numbers, Numeric};
use super::significance::{Spread, linear as judged};
use super::{Related, Request, kendall, linear, pairs_of};
use crate::Result;
use crate::ordering::rank_in_place;
use crate::scaling::power_near;

/// A column of which no more than this share is left is a combination of the columns held constant.
const NOTHING: f64 = 1e-10;

/// Pearson and Spearman of what the controls, by least squares, leave of each column; Kendall stays as it is. The rows
/// are complete; the controls stand behind the named columns.
pub(super) fn relate(request: &Request<'_>, numbers: Numbers) -> Result<Numeric> {
    let Numbers { names, mut columns, .. } = numbers;
    let params = request.params;
    let asked = |method| params.methods.contains(&method);
    let mut found = Numeric::default();
    if asked(CorrelationMethod::Pearson) {
        let residuals = residuals(columns.clone(), names.len());
        found.pearson = Some(related(&names, &residuals, params, Spread::Fisher)?);
    }
    if asked(CorrelationMethod::Spearman) || asked(CorrelationMethod::Kendall) {
        columns.iter_mut().for_each(|column| rank_in_place(column));
    }
    if asked(CorrelationMethod::Kendall) {
        let pairs = pairs_of(names.len()).into_iter();
        let pairs = pairs.map(|(i, j)| (i, j, kendall::pair(&columns[i], &columns[j], params.confidence)));
        let diagonal = columns
            .iter()
            .take(names.len())
            .map(|column| column.iter().any(|value| Some(value) != column.first()).then_some(1.0));
        found.kendall = Some(Related {
            columns: names.clone(),
            control: Vec::new(),
            diagonal: diagonal.collect(),
            pairs: pairs.collect(),
            patterns: None,
        });
    }
    if asked(CorrelationMethod::Spearman) {
        let residuals = residuals(columns, names.len());
        found.spearman = Some(related(&names, &residuals, params, Spread::BonettWright)?);
    }
    Ok(found)
}

struct Residuals {
    /// `None` where nothing is left.
    columns: Vec<Option<Vec<f64>>>,
    /// How many of the controls are independent of each other.
    controls: usize,
    rows: usize,
}

fn related(
    names: &[String],
    residuals: &Residuals,
    params: &contract::analyses::correlation::CorrelationParams,
    spread: Spread,
) -> Result<Related> {
    let left: Vec<usize> = (0..names.len()).filter(|i| residuals.columns[*i].is_some()).collect();
    let views: Vec<&[f64]> = residuals.columns.iter().flatten().map(Vec::as_slice).collect();
    let matrix = linear::matrix(&views)?;
    let value = |i: usize, j: usize| matrix[left.binary_search(&i).ok()?][left.binary_search(&j).ok()?];
    let judge = |(i, j)| {
        let finding = judged(value(i, j), residuals.rows as u64, residuals.controls, spread, params.confidence);
        (i, j, finding)
    };
    Ok(Related {
        columns: names.to_vec(),
        control: params.control.clone(),
        diagonal: residuals.columns.iter().map(|column| column.as_ref().map(|_| 1.0)).collect(),
        pairs: pairs_of(names.len()).into_iter().map(judge).collect(),
        patterns: None,
    })
}

/// What is left of the first `wanted` columns without their projection on the others. Every projection is taken away
/// twice, which keeps the digits that once would lose (Giraud, Langou and Rozložník 2005).
fn residuals(mut columns: Vec<Vec<f64>>, wanted: usize) -> Residuals {
    let rows = columns.first().map_or(0, Vec::len);
    let mut basis: Vec<Vec<f64>> = Vec::new();
    for control in columns.split_off(wanted.min(columns.len())) {
        if let Some(direction) = remainder(control, &basis) {
            basis.push(direction);
        }
    }
    let columns = columns.into_iter().map(|column| remainder(column, &basis)).collect();
    Residuals { columns, controls: basis.len(), rows }
}

/// The centred column without its projections on the basis, of length 1; `None` if nothing is left.
fn remainder(mut column: Vec<f64>, basis: &[Vec<f64>]) -> Option<Vec<f64>> {
    let size = column.iter().fold(0.0_f64, |size, value| size.max(value.abs()));
    if size > 0.0 {
        let scale = power_near(size);
        column.iter_mut().for_each(|value| *value *= scale);
    }
    for _ in 0..2 {
        let mean = column.iter().sum::<f64>() / column.len().max(1) as f64;
        column.iter_mut().for_each(|value| *value -= mean);
    }
    let before = dot(&column, &column).sqrt();
    // The rounding of the mean leaves a constant column a rest of its own size times the rounding of a float.
    if before <= 1e-13 * (column.len() as f64).sqrt() {
        return None;
    }
    for _ in 0..2 {
        for direction in basis {
            let share = dot(&column, direction);
            column.iter_mut().zip(direction).for_each(|(value, part)| *value -= share * part);
        }
    }
    let after = dot(&column, &column).sqrt();
    if after <= NOTHING * before {
        return None;
    }
    column.iter_mut().for_each(|value| *value /= after);
    Some(column)
}

fn dot(left: &[f64], right: &[f64]) -> f64 {
    let blocks = left.chunks(256).zip(right.chunks(256));
    blocks.map(|(left, right)| left.iter().zip(right).map(|(x, y)| x * y).sum::<f64>()).sum()
}
