//! Comparisons of two columns of categories: the table of counts, chi-square and Fisher's exact test.

use contract::analyses::compare::{
    Assumption, CompareOutcome, CompareParams, ContingencyTable, Interval, NamedFigure, Test,
};
use contract::columns::Scalar;
use contract::errors::{ErrorCode, Failure};

use super::effects::{cramers_v, odds_ratio};
use super::empty;
use super::samples::ascending;
use super::tables::{ChiSquare, chi_square, fisher};
use crate::Result;
use crate::columns::{Codes, NO_CODE, codes, position};
use crate::filters::mask;
use crate::probability::Tail;
use crate::scalars::figure;
use crate::table::Table;

/// A table of more cells says nothing to a person and cannot be drawn.
const MOST_CATEGORIES: usize = 200;

pub(crate) fn run(params: &CompareParams, table: &Table, tail: Tail) -> Result<CompareOutcome> {
    let [first, second] = params.columns.as_deref().unwrap_or_default() else {
        return Err(Failure::new(ErrorCode::InvalidParameters, "Name the two columns to compare in `columns`."));
    };
    let mask = mask(&params.filter, table)?;
    let rows = codes(table, position(table, first)?, mask.as_ref())?;
    let columns = codes(table, position(table, second)?, mask.as_ref())?;
    let mut counts = Counts::of(&rows, &columns, [first, second])?;
    counts.drop_empty();
    let mut outcome = empty(params, counts.used, rows.codes.len() as u64 - counts.used);
    let (height, width) = (counts.rows.len(), counts.columns.len());
    if params.test == Test::FisherExact && (height > 2 || width > 2) {
        let detail =
            format!("Fisher's exact test needs two values in each column, but these have {height} and {width}.");
        return Err(Failure::new(ErrorCode::InvalidParameters, detail).advice("Filter the rows, or use `chi_square`."));
    }
    if height < 2 || width < 2 {
        outcome.notes.push("A column has fewer than two different values, so there is nothing to compare.".to_owned());
        outcome.contingency_table = (counts.used > 0).then(|| counts.table(&chi_square(&counts.observed, false)));
        return Ok(outcome);
    }
    let found = chi_square(&counts.observed, params.correction);
    if params.test == Test::ChiSquare {
        add_chi_square(&mut outcome, &found);
    } else {
        outcome.p_value = figure(fisher(counts.two_by_two(), tail));
    }
    add_effects(&mut outcome, params, &counts, &found);
    outcome.assumptions.insert(
        0,
        Assumption {
            text: "Each row is one independent observation.".to_owned(),
            holds: None,
            evidence: None,
            p_value: None,
        },
    );
    outcome.contingency_table = Some(counts.table(&found));
    Ok(outcome)
}

fn add_chi_square(outcome: &mut CompareOutcome, found: &ChiSquare) {
    outcome.statistic = Some(NamedFigure { name: "chi_square".to_owned(), value: figure(found.statistic) });
    outcome.degrees_of_freedom = vec![found.df];
    outcome.p_value = figure(found.p);
    let cells = found.expected.iter().flatten();
    let few = cells.clone().filter(|expected| **expected < 5.0).count();
    let (all, least) = (cells.clone().count(), cells.copied().fold(f64::INFINITY, f64::min));
    outcome.assumptions.push(Assumption {
        text: "Expected counts are large: at least 1 in each cell and 5 in four of five (Cochran 1954).".to_owned(),
        holds: Some(least >= 1.0 && few * 5 <= all),
        evidence: Some(format!("{few} of {all} cells expect fewer than 5; the least expects {least:.3}.")),
        p_value: None,
    });
    if found.corrected {
        outcome.notes.push("Yates' continuity correction is applied; effect sizes are without it.".to_owned());
    }
}

fn add_effects(outcome: &mut CompareOutcome, params: &CompareParams, counts: &Counts, found: &ChiSquare) {
    let (height, width) = (counts.rows.len(), counts.columns.len());
    let v = cramers_v(found.plain, found.n, height, width);
    outcome.effects.push(Interval { name: "cramers_v".to_owned(), value: figure(v), ..Interval::default() });
    if height != 2 || width != 2 {
        return;
    }
    let (ratio, low, high) = odds_ratio(counts.two_by_two(), params.confidence);
    outcome.effects.insert(
        0,
        Interval {
            name: "odds_ratio".to_owned(),
            value: figure(ratio),
            confidence: Some(params.confidence),
            low: figure(low),
            high: figure(high),
        },
    );
    if !low.is_finite() {
        outcome.notes.push("A cell is empty, so the odds ratio has no interval.".to_owned());
    }
}

/// Counts of every pair of categories, in ascending order of the categories.
struct Counts {
    rows: Vec<Scalar>,
    columns: Vec<Scalar>,
    observed: Vec<Vec<u64>>,
    used: u64,
}

impl Counts {
    fn of(rows: &Codes, columns: &Codes, names: [&String; 2]) -> Result<Self> {
        for (codes, name) in [(rows, names[0]), (columns, names[1])] {
            if codes.labels.len() > MOST_CATEGORIES {
                let detail = format!(
                    "Column \"{name}\" has {} different values; at most {MOST_CATEGORIES} fit a table.",
                    codes.labels.len()
                );
                return Err(Failure::new(ErrorCode::InvalidParameters, detail)
                    .advice("Choose a column of categories, or filter the rows."));
            }
        }
        let (row_order, row_places) = sorted(&rows.labels);
        let (column_order, column_places) = sorted(&columns.labels);
        let mut observed = vec![vec![0; column_order.len()]; row_order.len()];
        let mut used = 0;
        for (row, column) in rows.codes.iter().zip(&columns.codes) {
            if *row != NO_CODE && *column != NO_CODE {
                observed[row_places[*row as usize]][column_places[*column as usize]] += 1;
                used += 1;
            }
        }
        Ok(Self { rows: row_order, columns: column_order, observed, used })
    }

    /// A category that stands beside missing cells only has a row or column of zeros.
    fn drop_empty(&mut self) {
        let full: Vec<bool> = self.observed.iter().map(|row| row.iter().any(|count| *count > 0)).collect();
        retain(&mut self.rows, &full);
        retain(&mut self.observed, &full);
        let full: Vec<bool> =
            (0..self.columns.len()).map(|column| self.observed.iter().any(|row| row[column] > 0)).collect();
        retain(&mut self.columns, &full);
        self.observed.iter_mut().for_each(|row| retain(row, &full));
    }

    fn two_by_two(&self) -> [[u64; 2]; 2] {
        let cell =
            |row: usize, column: usize| self.observed.get(row).and_then(|row| row.get(column)).copied().unwrap_or(0);
        [[cell(0, 0), cell(0, 1)], [cell(1, 0), cell(1, 1)]]
    }

    fn table(&self, found: &ChiSquare) -> ContingencyTable {
        ContingencyTable {
            rows: self.rows.clone(),
            columns: self.columns.clone(),
            observed: self.observed.clone(),
            expected: found.expected.clone(),
            adjusted_residuals: found
                .residuals
                .iter()
                .map(|row| row.iter().map(|value| figure(*value)).collect())
                .collect(),
        }
    }
}

fn retain<T>(values: &mut Vec<T>, kept: &[bool]) {
    let mut position = 0;
    values.retain(|_| {
        position += 1;
        kept[position - 1]
    });
}

/// The labels in ascending order, and the place of each label in it.
fn sorted(labels: &[Scalar]) -> (Vec<Scalar>, Vec<usize>) {
    let mut order: Vec<usize> = (0..labels.len()).collect();
    order.sort_by(|left, right| ascending(&labels[*left], &labels[*right]));
    let mut places = vec![0; labels.len()];
    order.iter().enumerate().for_each(|(place, label)| places[*label] = place);
    (order.iter().map(|label| labels[*label].clone()).collect(), places)
}
