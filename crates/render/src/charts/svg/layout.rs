//! Where the panels of a chart stand: margins from measured texts.

use contract::charts::figure::{Axis, Figure, Panel};

use super::canvas::Rect;
use super::ticks::{self, LINE, Plan};
use crate::charts::panels::{self, Labels};

/// The room of an axis title.
pub(crate) const TITLE: f64 = 20.0;
/// Between tick labels and their axis.
pub(crate) const TICK: f64 = 6.0;
const ROW_GAP: f64 = 14.0;
const COLUMN_GAP: f64 = 18.0;
/// The room of the value of a facet above its panel.
pub(crate) const FACET: f64 = 20.0;
/// Half a label's height, which the topmost one needs.
const OVER: f64 = 7.0;

/// A panel with its place.
pub(crate) struct Placed<'a> {
    pub panel: &'a Panel,
    pub labels: Labels,
    /// Where marks are drawn.
    pub area: Rect,
    /// The labels below, where there are axes.
    pub below: Plan,
}

/// Places all panels in `body`.
pub(crate) fn place(figure: &Figure, body: Rect) -> Vec<Placed<'_>> {
    let (rows, columns) = panels::grid(figure);
    let mut left = vec![0.0_f64; columns];
    let mut right = vec![4.0_f64; columns];
    let mut top = vec![0.0_f64; rows];
    let mut bottom = vec![0.0_f64; rows];
    for panel in &figure.panels {
        let labels = panels::labels(figure, panel);
        if panel.title.is_some() {
            top[panel.row] = FACET;
        }
        if let Some((x, y)) = panels::plane(panel) {
            top[panel.row] = top[panel.row].max(OVER) + if panel.title.is_some() { OVER } else { 0.0 };
            left[panel.column] = left[panel.column].max(beside(y, labels));
            bottom[panel.row] = bottom[panel.row].max(if has_title(x, labels.has_x_title) { TITLE } else { 0.0 });
        }
    }
    // Labels below need the width, and the width depends on how far they reach over the sides.
    let mut plans: Vec<Plan> = Vec::new();
    for _ in 0..2 {
        let width = share(body.width, &left, &right, columns, COLUMN_GAP);
        plans = figure.panels.iter().map(|panel| plan(figure, panel, width, body.height)).collect();
        for (panel, plan) in figure.panels.iter().zip(&plans) {
            let gap = if panel.column == 0 { 0.0 } else { COLUMN_GAP };
            left[panel.column] = left[panel.column].max(plan.before - gap).min(body.width * 0.6);
            right[panel.column] = right[panel.column].max(plan.after + 2.0);
        }
    }
    let width = share(body.width, &left, &right, columns, COLUMN_GAP);
    let mut labelled = vec![0.0_f64; rows];
    for (panel, plan) in figure.panels.iter().zip(&plans) {
        let height = if plan.shown.is_empty() { 0.0 } else { TICK + plan.height };
        labelled[panel.row] = labelled[panel.row].max(height);
    }
    for (below, labels) in bottom.iter_mut().zip(&labelled) {
        *below += labels;
    }
    let height = share(body.height, &top, &bottom, rows, ROW_GAP);
    let place = |panel: &Panel| {
        let before = |sizes: &[f64], at: usize| sizes[..at].iter().sum::<f64>();
        let x = body.x
            + before(&left, panel.column + 1)
            + before(&right, panel.column)
            + (width + COLUMN_GAP) * panel.column as f64;
        let y =
            body.y + before(&top, panel.row + 1) + before(&bottom, panel.row) + (height + ROW_GAP) * panel.row as f64;
        Rect::new(x, y, width, height)
    };
    figure
        .panels
        .iter()
        .zip(plans)
        .map(|(panel, below)| Placed { panel, labels: panels::labels(figure, panel), area: place(panel), below })
        .collect()
}

fn share(whole: f64, before: &[f64], after: &[f64], count: usize, gap: f64) -> f64 {
    let taken: f64 = before.iter().chain(after).sum::<f64>() + gap * (count as f64 - 1.0);
    ((whole - taken) / count as f64).max(8.0)
}

fn plan(figure: &Figure, panel: &Panel, width: f64, height: f64) -> Plan {
    match panels::plane(panel) {
        Some((x, _)) if panels::labels(figure, panel).has_x_ticks => ticks::below(x, width, (height * 0.4).max(LINE)),
        _ => Plan::default(),
    }
}

fn beside(axis: &Axis, labels: Labels) -> f64 {
    let ticks = if labels.has_y_ticks { ticks::widest(axis) + TICK + 2.0 } else { 2.0 };
    ticks + if has_title(axis, labels.has_y_title) { TITLE } else { 0.0 }
}

pub(crate) fn has_title(axis: &Axis, is_wanted: bool) -> bool {
    is_wanted && axis.title.as_ref().is_some_and(|title| !title.is_empty())
}
