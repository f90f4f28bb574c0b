//! Pearson, Spearman and Kendall over columns of numbers, which are read once.

use contract::analyses::correlation::{Cases, CorrelationMethod};

use super::significance::{Finding, Spread, linear as judged};
use super::{Related, Request, kendall, linear, pairs_of, partial};
use crate::Result;
use crate::columns::{floats, position};
use crate::ordering::{order, rank_in_place, rank_of_some};
use crate::progress::Stage;
use crate::workers;

/// What the numeric methods found; a method that was not asked for has nothing.
#[derive(Default)]
pub(super) struct Numeric {
    pub(super) pearson: Option<Related>,
    pub(super) spearman: Option<Related>,
    pub(super) kendall: Option<Related>,
}

/// Columns of numbers of equal length, gaps as NaN.
pub(super) struct Numbers {
    pub(super) names: Vec<String>,
    pub(super) columns: Vec<Vec<f64>>,
    pub(super) complete: Vec<bool>,
}

pub(super) fn relate(request: &Request<'_>, stage: &Stage) -> Result<Numeric> {
    use CorrelationMethod::{Kendall, Pearson, Spearman};
    let asked = |method| request.params.methods.contains(&method);
    let mut found = Numeric::default();
    if !(asked(Pearson) || asked(Spearman) || asked(Kendall)) {
        return Ok(found);
    }
    let mut numbers = Numbers::read(request)?;
    let steps = 4;
    stage.report(1, steps, request.table.rows() as u64);
    if !request.params.control.is_empty() {
        return partial::relate(request, numbers);
    }
    if asked(Pearson) {
        found.pearson =
            Some(numbers.related(|numbers| numbers.linear(None, Spread::Fisher, request.params.confidence))?);
    }
    stage.report(2, steps, request.table.rows() as u64);
    if asked(Spearman) || asked(Kendall) {
        let orders = numbers.rank()?;
        if asked(Spearman) {
            let confidence = request.params.confidence;
            found.spearman =
                Some(numbers.related(|numbers| numbers.linear(orders.as_deref(), Spread::BonettWright, confidence))?);
        }
        stage.report(3, steps, request.table.rows() as u64);
        drop(orders);
    }
    if asked(Kendall) {
        found.kendall = Some(numbers.related(|numbers| numbers.kendall(request.params.confidence))?);
    }
    Ok(found)
}

impl Numbers {
    fn read(request: &Request<'_>) -> Result<Self> {
        let taken = request.params.taken(CorrelationMethod::Pearson, request.columns);
        let mut columns = workers::map(taken.len(), |i| Ok(floats(request.table, taken[i], request.mask)?.values))?;
        for name in &request.params.control {
            columns.push(floats(request.table, position(request.table, name)?, request.mask)?.values);
        }
        if request.params.cases == Cases::Complete || !request.params.control.is_empty() {
            keep_complete(&mut columns);
        }
        let complete = columns.iter().map(|column| !column.iter().any(|value| value.is_nan())).collect();
        let names = taken.iter().map(|position| request.columns[*position].name.clone()).collect();
        Ok(Self { names, columns, complete })
    }

    fn related(&self, find: impl FnOnce(&Self) -> Result<Vec<Finding>>) -> Result<Related> {
        let findings = find(self)?;
        let pairs = pairs_of(self.names.len()).into_iter().zip(findings);
        let varies = |column: &Vec<f64>| {
            let mut numbers = column.iter().filter(|value| !value.is_nan());
            let first = numbers.next()?;
            numbers.any(|value| value != first).then_some(1.0)
        };
        Ok(Related {
            columns: self.names.clone(),
            control: Vec::new(),
            diagonal: self.columns.iter().take(self.names.len()).map(varies).collect(),
            pairs: pairs.map(|((left, right), finding)| (left, right, finding)).collect(),
            patterns: None,
        })
    }

    /// Replaces every column by its ranks; answers the order of rows of each if a column has gaps, since a pair with
    /// gaps is ranked among its own rows.
    fn rank(&mut self) -> Result<Option<Vec<Vec<u32>>>> {
        if self.complete.iter().all(|complete| *complete) {
            let mut columns: Vec<_> =
                std::mem::take(&mut self.columns).into_iter().map(std::sync::Mutex::new).collect();
            workers::map(columns.len(), |i| {
                let mut column = columns[i].lock().unwrap_or_else(std::sync::PoisonError::into_inner);
                rank_in_place(&mut column);
                Ok(())
            })?;
            let unlocked = columns.drain(..);
            self.columns =
                unlocked.map(|column| column.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner)).collect();
            return Ok(None);
        }
        let orders = workers::map(self.columns.len(), |i| Ok(order(&self.columns[i])))?;
        for (column, order) in self.columns.iter_mut().zip(&orders) {
            crate::ordering::rank_by(order, column);
        }
        Ok(Some(orders))
    }

    /// Pearson's coefficient of every pair; of the ranks among the pair's own rows where `orders` are given.
    fn linear(&self, orders: Option<&[Vec<u32>]>, spread: Spread, confidence: f64) -> Result<Vec<Finding>> {
        let whole: Vec<usize> = (0..self.columns.len()).filter(|i| self.complete[*i]).collect();
        let views: Vec<&[f64]> = whole.iter().map(|i| self.columns[*i].as_slice()).collect();
        let matrix = linear::matrix(&views)?;
        let place = |column: usize| whole.binary_search(&column).ok();
        let pairs = pairs_of(self.columns.len());
        workers::map(pairs.len(), |i| {
            let (left, right) = pairs[i];
            if let (Some(row), Some(column)) = (place(left), place(right)) {
                return Ok(judged(matrix[row][column], self.columns[left].len() as u64, 0, spread, confidence));
            }
            let (x, y) = match orders {
                None => joint(&self.columns[left], &self.columns[right]),
                Some(orders) => joint_ranks([left, right].map(|i| (&self.columns[i][..], &orders[i][..]))),
            };
            Ok(judged(linear::pair(&x, &y), x.len() as u64, 0, spread, confidence))
        })
    }

    fn kendall(&self, confidence: f64) -> Result<Vec<Finding>> {
        let pairs = pairs_of(self.columns.len());
        workers::map(pairs.len(), |i| {
            let (left, right) = pairs[i];
            Ok(kendall::pair(&self.columns[left], &self.columns[right], confidence))
        })
    }
}

/// The values of the rows in which both columns hold one.
pub(super) fn joint(left: &[f64], right: &[f64]) -> (Vec<f64>, Vec<f64>) {
    left.iter().zip(right).filter(|(x, y)| !x.is_nan() && !y.is_nan()).unzip()
}

/// The ranks among the rows in which both columns hold a value; each column comes with its own order of rows.
fn joint_ranks([(left, left_order), (right, right_order)]: [(&[f64], &[u32]); 2]) -> (Vec<f64>, Vec<f64>) {
    let x = rank_of_some(left, left_order, right);
    let y = rank_of_some(right, right_order, left);
    joint(&x, &y)
}

/// Drops every row in which a column has a gap.
fn keep_complete(columns: &mut [Vec<f64>]) {
    let rows = columns.first().map_or(0, Vec::len);
    let mut whole = vec![true; rows];
    for column in columns.iter() {
        whole.iter_mut().zip(column).for_each(|(whole, value)| *whole &= !value.is_nan());
    }
    for column in columns {
        let mut kept = whole.iter();
        column.retain(|_| kept.next().copied().unwrap_or(false));
    }
}
