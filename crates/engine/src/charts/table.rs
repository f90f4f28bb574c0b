//! Tables: rows as they stand, or one row for each group where a column has an aggregate.

use std::cmp::Ordering;

use contract::charts::figure::{Figure, Panel, Space};
use contract::charts::layers::{Layer, Sheet};
use contract::charts::{Encoding, Order};
use contract::columns::{Column, Scalar};

use super::reading::Source;
use super::table_groups::Grouped;
use super::table_rows::Raw;
use super::{panels, words};
use crate::Result;

/// Nobody reads more rows on a chart.
pub(super) const MOST_ROWS: usize = 1_000;
/// The figure's table has at most so many cells.
const MOST_CELLS: usize = 2_000_000;

/// What stands where a cell is missing.
pub(super) const NOTHING: &str = "–";

pub(super) fn run(source: &Source) -> Result<Figure> {
    let encodings = &source.spec.rows;
    match encodings.iter().any(|encoding| encoding.aggregate.is_some()) {
        true => draw(source, &Grouped::of(source)?),
        false => draw(source, &Raw::of(source)?),
    }
}

/// Rows in memory, by number.
pub(super) trait Rows {
    fn count(&self) -> usize;
    /// How two rows stand in the order of a column, missing cells last in both directions.
    fn compare(&self, column: usize, left: usize, right: usize, descending: bool) -> Ordering;
    /// How the numbers of a column are to be read.
    fn column(&self, column: usize) -> Result<Column>;
    fn text(&self, column: usize, row: usize) -> String;
    fn scalar(&self, column: usize, row: usize) -> Scalar;
    /// "row" or "group".
    fn noun(&self) -> &'static str;
}

fn draw(source: &Source, rows: &dyn Rows) -> Result<Figure> {
    let encodings = &source.spec.rows;
    let limit = encodings.iter().filter_map(|encoding| encoding.limit).min().map_or(usize::MAX, |limit| limit as usize);
    let wanted = rows.count().min(limit);
    let kept = wanted.min(panels::MOST_TABLE_ROWS).min((MOST_CELLS / encodings.len().max(1)).max(MOST_ROWS));
    let order = order(encodings, rows, kept);
    let shown = wanted.min(MOST_ROWS);
    if shown < wanted {
        let (wanted, shown) = (words::counted(wanted, rows.noun()), grouped(shown));
        source.note(format!("Only the first {shown} of {wanted} are shown."));
    }
    let columns = (0..encodings.len()).map(|at| rows.column(at)).collect::<Result<Vec<Column>>>()?;
    let texts = |row: &usize| (0..columns.len()).map(|column| rows.text(column, *row)).collect();
    let sheet = Sheet {
        heads: vec![columns.iter().map(|column| column.name.clone()).collect()],
        rows: order[..shown].iter().map(texts).collect(),
        is_number: columns.iter().map(|column| column.column_type.is_numeric()).collect(),
        totals: Vec::new(),
        shades: Vec::new(),
    };
    let panel = Panel {
        title: None,
        row: 0,
        column: 0,
        space: Space::Whole,
        layers: vec![Layer::Sheet(sheet)],
        marks: Vec::new(),
    };
    let names: Vec<String> = columns.iter().map(|column| column.name.clone()).collect();
    let mut figure = panels::figure(source, || title(encodings, &names), vec![panel]);
    // Heads tell the columns already.
    figure.title = figure.title.filter(|title| !title.is_empty());
    let scalars = |row: &usize| (0..names.len()).map(|column| rows.scalar(column, *row)).collect();
    figure.table = panels::table(columns, order.iter().map(scalars));
    figure.table.is_cut |= kept < wanted;
    let columns = format!("{} ({})", words::counted(names.len(), "column"), words::list(&names));
    let all = words::counted(rows.count(), rows.noun());
    figure.sentence = match shown < rows.count() {
        true => format!("Table of {columns} and {} of {all}.", grouped(shown)),
        false => format!("Table of {columns} and {all}."),
    };
    Ok(figure)
}

/// "Sum of revenue by country"; none of rows as they stand.
fn title(encodings: &[Encoding], names: &[String]) -> String {
    let named = |is_figure: bool| -> Vec<String> {
        let both = encodings.iter().zip(names).filter(|(encoding, _)| encoding.aggregate.is_some() == is_figure);
        both.map(|(_, name)| name.clone()).collect()
    };
    let (figures, keys) = (words::list(&named(true)), words::list(&named(false)));
    match (figures.is_empty(), keys.is_empty()) {
        (true, _) => String::new(),
        (false, true) => figures,
        (false, false) => format!("{figures} by {keys}"),
    }
}

/// The first so many rows, sorted by the columns that say so, the first of them first; otherwise as they are.
fn order(encodings: &[Encoding], rows: &dyn Rows, kept: usize) -> Vec<usize> {
    let sorted: Vec<(usize, bool)> = encodings
        .iter()
        .enumerate()
        .filter_map(|(column, encoding)| match encoding.sort? {
            Order::Label | Order::Value => Some((column, false)),
            Order::LabelDescending | Order::ValueDescending => Some((column, true)),
            Order::Data => None,
        })
        .collect();
    if sorted.is_empty() {
        return (0..kept).collect();
    }
    let compare = |left: &usize, right: &usize| {
        let by = |(column, descending): &(usize, bool)| rows.compare(*column, *left, *right, *descending);
        sorted.iter().map(by).find(|found| found.is_ne()).unwrap_or_else(|| left.cmp(right))
    };
    let mut order: Vec<usize> = (0..rows.count()).collect();
    // What nobody sees need not be in order.
    if kept < order.len() {
        order.select_nth_unstable_by(kept, compare);
        order.truncate(kept);
    }
    order.sort_unstable_by(compare);
    order
}

/// The order of what may be missing: that last, whatever the direction.
pub(super) fn ordered<T>(
    left: Option<T>,
    right: Option<T>,
    descending: bool,
    compare: impl Fn(&T, &T) -> Ordering,
) -> Ordering {
    match (left, right) {
        (Some(left), Some(right)) if descending => compare(&right, &left),
        (Some(left), Some(right)) => compare(&left, &right),
        (left, right) => left.is_none().cmp(&right.is_none()),
    }
}

/// A count with its thousands.
pub(super) fn grouped(count: usize) -> String {
    super::numbers::NumberFormat::default().full(count as f64)
}
