//! How panels share their axes: in a grid of small charts only the outer ones are labelled where all are alike.

use contract::charts::figure::{Axis, Figure, Panel, Space};

/// What of a panel's axes is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Labels {
    pub has_x_ticks: bool,
    pub has_y_ticks: bool,
    pub has_x_title: bool,
    pub has_y_title: bool,
}

/// Rows and columns of the grid; at least one of each.
pub(crate) fn grid(figure: &Figure) -> (usize, usize) {
    let rows = figure.panels.iter().map(|panel| panel.row + 1).max().unwrap_or(1);
    let columns = figure.panels.iter().map(|panel| panel.column + 1).max().unwrap_or(1);
    (rows, columns)
}

pub(crate) fn labels(figure: &Figure, panel: &Panel) -> Labels {
    let all = Labels { has_x_ticks: true, has_y_ticks: true, has_x_title: true, has_y_title: true };
    let Some((x, y)) = plane(panel) else { return all };
    let is_lowest = !figure.panels.iter().any(|other| other.column == panel.column && other.row > panel.row);
    let is_first = panel.column == 0;
    let shares_x = figure.panels.iter().all(|other| plane(other).is_some_and(|(other, _)| is_alike(x, other)));
    let shares_y = figure.panels.iter().all(|other| plane(other).is_some_and(|(_, other)| is_alike(y, other)));
    Labels {
        has_x_ticks: is_lowest || !shares_x,
        has_y_ticks: is_first || !shares_y,
        has_x_title: is_lowest,
        has_y_title: is_first,
    }
}

pub(crate) fn plane(panel: &Panel) -> Option<(&Axis, &Axis)> {
    match &panel.space {
        Space::Plane { x, y } => Some((x, y)),
        Space::Whole | Space::Map { .. } | Space::Solid { .. } => None,
    }
}

/// Whether an axis is drawn as a line with tick marks; those with grid lines need neither, nor those that tell nothing.
pub(crate) fn has_line(axis: &Axis) -> bool {
    !axis.grid && !axis.ticks.is_empty()
}

fn is_alike(one: &Axis, other: &Axis) -> bool {
    one.range == other.range && one.ticks == other.ticks && one.kind == other.kind
}
