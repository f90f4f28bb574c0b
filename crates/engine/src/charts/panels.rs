//! From layers to a figure: panels on shared axes, legend, notes.

use contract::charts::figure::{Axis, Figure, FigureTable, Legend, LegendItem, Panel, Sign, Space};
use contract::charts::layers::Layer;
use contract::columns::{Column, Scalar};

use super::annotations::{Axes, marks};
use super::keys::Keys;
use super::reading::Source;
use super::words;
use crate::Result;

/// A figure's table has at most so many rows.
pub(super) const MOST_TABLE_ROWS: usize = 100_000;

/// The place of a panel among so many: as wide as high, at most six beside each other.
pub(super) fn place(number: usize, count: usize) -> (usize, usize) {
    let columns = ((count as f64).sqrt().ceil() as usize).clamp(1, 6);
    (number / columns, number % columns)
}

/// The titles of panels: one for each facet, otherwise one without a title.
pub(super) fn titles(facets: Option<&Keys>) -> Vec<Option<String>> {
    match facets {
        Some(facets) if !facets.values.is_empty() => {
            (0..facets.values.len()).map(|at| Some(format!("{}: {}", facets.column.name, facets.label(at)))).collect()
        }
        _ => vec![None],
    }
}

/// Panels on the same axes, each with its layers and all annotations.
pub(super) fn planes(
    source: &Source,
    titles: Vec<Option<String>>,
    layers: Vec<Vec<Layer>>,
    axes: &Axes,
) -> Result<Vec<Panel>> {
    let marks = marks(source, axes)?;
    let count = titles.len();
    let panels = titles.into_iter().zip(layers).enumerate().map(|(number, (title, layers))| {
        let (row, column) = place(number, count);
        let space = Space::Plane { x: axes.x.clone(), y: axes.y.clone() };
        Panel { title, row, column, space, layers, marks: marks.clone() }
    });
    Ok(panels.collect())
}

/// A figure with what all kinds have in common; the rest is for the kind to fill.
pub(super) fn figure(source: &Source, made_title: impl FnOnce() -> String, panels: Vec<Panel>) -> Figure {
    let spec = source.spec;
    Figure {
        kind: spec.kind,
        title: words::title(spec, made_title),
        subtitle: spec.subtitle.clone().filter(|text| !text.is_empty()),
        sentence: String::new(),
        panels,
        legend: None,
        color_bar: None,
        notes: source.notes(),
        table: FigureTable::default(),
        sampling: None,
    }
}

/// The legend of series; none for a single one that the title names already.
pub(super) fn legend(title: Option<String>, items: Vec<LegendItem>) -> Option<Legend> {
    (items.len() > 1 || title.is_some()).then_some(Legend { title, items }).filter(|legend| !legend.items.is_empty())
}

pub(super) fn item(text: impl Into<String>, paint: contract::charts::figure::Paint, sign: Sign) -> LegendItem {
    LegendItem { text: text.into(), paint, sign }
}

/// Rows of a table, as many as it may have.
pub(super) fn table(columns: Vec<Column>, mut rows: impl Iterator<Item = Vec<Scalar>>) -> FigureTable {
    let columns = distinct_names(columns);
    let kept: Vec<Vec<Scalar>> = rows.by_ref().take(MOST_TABLE_ROWS).collect();
    let is_cut = rows.next().is_some();
    FigureTable { columns, rows: kept, is_cut }
}

/// Two columns of one name are told apart by a number.
fn distinct_names(mut columns: Vec<Column>) -> Vec<Column> {
    for at in 1..columns.len() {
        let is_taken = |name: &String| columns[..at].iter().any(|column| column.name == *name);
        let mut name = columns[at].name.clone();
        let mut number = 2;
        while is_taken(&name) {
            name = format!("{}_{number}", columns[at].name);
            number += 1;
        }
        columns[at].name = name;
    }
    columns
}

/// The title of an axis: the encoding's, otherwise the name of the column.
pub(super) fn axis_title(given: Option<&String>, name: impl FnOnce() -> String) -> Option<String> {
    Some(given.cloned().unwrap_or_else(name)).filter(|title| !title.is_empty())
}

/// Swaps the axes of a chart that lies on its side.
pub(super) fn oriented(positions: Axis, heights: Axis, is_horizontal: bool) -> (Axis, Axis) {
    if is_horizontal { (heights, positions) } else { (positions, heights) }
}
