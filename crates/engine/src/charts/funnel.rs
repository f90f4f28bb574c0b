//! Funnels: steps one below the other, each with its part of the first and of the one before.

use contract::charts::figure::{Axis, AxisKind, Figure, Paint};
use contract::charts::layers::{Bars, Layer, Paints};
use contract::charts::{ChartName, Order, Orientation, kind};

use super::annotations::Axes;
use super::axes::categories;
use super::parts::{Parts, Wanted, percent, share_cell, share_column};
use super::reading::Source;
use super::{panels, words};
use crate::Result;

const MOST_STEPS: usize = 50;
/// How much of its place a bar fills.
const FILL: f64 = 0.86;

pub(super) fn run(source: &Source) -> Result<Figure> {
    let wanted = Wanted { most: MOST_STEPS, order: Order::ValueDescending, by_size: true, with_rest: false };
    let parts = Parts::of(source, &wanted)?;
    parts.refuse_negative(kind(ChartName::Funnel).noun)?;
    parts.note_empty();
    let steps: Vec<usize> = parts.present(0);
    let values: Vec<f64> = steps.iter().map(|at| parts.values[0][*at]).collect();
    let labels: Vec<String> = steps.iter().map(|at| parts.keys.label(*at)).collect();
    let y = categories(None, labels.clone(), true);
    let x = widths(&values);
    let axes = Axes { x: &x, y: &y, is_horizontal: true };
    let layer = Layer::Bars(bars(&parts, &values, &labels));
    let drawn = panels::planes(source, vec![None], vec![vec![layer]], &axes)?;
    let mut figure = panels::figure(source, || parts.what(), drawn);
    let mut columns = parts.columns()?;
    let figure_column = columns.last().cloned();
    columns.push(share_column("Of the first"));
    columns.push(share_column("Of the one before"));
    let rows = steps.iter().enumerate().map(|(step, at)| {
        let mut cells: Vec<_> = figure_column.iter().flat_map(|column| parts.cells(0, *at, column)).collect();
        cells.extend(
            [of_first(&values, step), of_before(&values, step)]
                .map(|share| share.map_or_else(Default::default, share_cell)),
        );
        cells
    });
    figure.table = panels::table(columns, rows);
    figure.sentence = sentence(&parts, &values, &labels);
    Ok(figure)
}

/// The part of the first step; `None` where that is 0.
fn of_first(values: &[f64], step: usize) -> Option<f64> {
    values.first().filter(|first| **first > 0.0).map(|first| values[step] / first)
}

/// The part of the step before; `None` for the first one and where the one before is 0.
fn of_before(values: &[f64], step: usize) -> Option<f64> {
    let before = values[step.checked_sub(1)?];
    (before > 0.0).then(|| values[step] / before)
}

/// An axis without ticks, since lengths are told on the bars; 0 is in the middle.
fn widths(values: &[f64]) -> Axis {
    let largest = values.iter().copied().fold(0.0, f64::max);
    let reach = if largest > 0.0 { (largest / 2.0).max(f64::MIN_POSITIVE) } else { 0.5 };
    Axis { kind: AxisKind::Linear, range: [-reach, reach], ..Axis::default() }
}

fn bars(parts: &Parts, values: &[f64], labels: &[String]) -> Bars {
    let text = |(step, value): (usize, &f64)| {
        let mut text = parts.format.short(*value);
        if let Some(share) = of_first(values, step).filter(|_| step > 0) {
            text.push_str(&format!(" · {} of the first", percent(share)));
        }
        // Of the second step both are the same.
        if let Some(share) = of_before(values, step).filter(|_| step > 1) {
            text.push_str(&format!(" · {} of the one before", percent(share)));
        }
        text
    };
    let texts: Vec<String> = values.iter().enumerate().map(text).collect();
    let hovers = labels.iter().zip(&texts).map(|(label, text)| format!("{label}: {text}")).collect();
    Bars {
        name: parts.title.clone(),
        orientation: Orientation::Horizontal,
        at: (0..values.len()).map(|at| at as f64).collect(),
        width: vec![FILL; values.len()],
        base: values.iter().map(|value| -value / 2.0).collect(),
        end: values.iter().map(|value| value / 2.0).collect(),
        paint: Paints::One(Paint::Accent),
        opacity: 1.0,
        texts: if parts.source.spec.options.values == Some(false) { Vec::new() } else { texts },
        hovers,
    }
}

/// "Funnel of the number of rows by step, 4 steps from Visit (1,000) to Order (20), 2 % of the first."
fn sentence(parts: &Parts, values: &[f64], labels: &[String]) -> String {
    let what = words::within(&parts.what());
    let told = |at: usize| format!("{} ({})", labels[at], parts.format.full(values[at]));
    match values.len() {
        0 => format!("Funnel of the {what}, with no values."),
        1 => format!("Funnel of the {what}, one step: {}.", told(0)),
        count => {
            let share = of_first(values, count - 1)
                .map_or_else(String::new, |share| format!(", {} of the first", percent(share)));
            format!("Funnel of the {what}, {count} steps from {} to {}{share}.", told(0), told(count - 1))
        }
    }
}
