//! Pies: parts of a whole, the largest first.

use contract::charts::figure::{Figure, Panel, Sign, Space};
use contract::charts::layers::{Layer, Slices};
use contract::charts::{ChartName, Order, kind};

use super::keys::KeyKind;
use super::parts::{Parts, Wanted, percent, share_cell, share_column, shares};
use super::reading::Source;
use super::{panels, words};
use crate::Result;

/// More slices than this cannot be told apart.
const MOST_SLICES: usize = 12;

pub(super) fn run(source: &Source) -> Result<Figure> {
    let wanted = Wanted { most: MOST_SLICES, order: Order::ValueDescending, by_size: true, with_rest: true };
    let parts = Parts::of(source, &wanted)?;
    parts.refuse_negative(kind(ChartName::Pie).noun)?;
    parts.note_empty();
    if !parts.add_up()? {
        source.note("These figures do not add up to a whole; the slices are in proportion to each other.");
    }
    let mut empty = 0;
    let titles = panels::titles(parts.facets.as_ref());
    let count = titles.len();
    let drawn = titles.into_iter().enumerate().map(|(number, title)| {
        let (row, column) = panels::place(number, count);
        let (slices, without) = slices(&parts, number);
        empty += without;
        Panel { title, row, column, space: Space::Whole, layers: vec![Layer::Slices(slices)], marks: Vec::new() }
    });
    let drawn: Vec<Panel> = drawn.collect();
    if empty > 0 {
        let (noun, verb) = if empty == 1 { ("part", "is") } else { ("parts", "are") };
        source.note(format!("{empty} {noun} of size 0 {verb} not drawn."));
    }
    let sentence = sentence(&parts);
    let mut figure = panels::figure(source, || parts.what(), drawn);
    if count > 1 {
        let items =
            (0..parts.keys.values.len()).map(|at| panels::item(parts.keys.label(at), parts.keys.paint(at), Sign::Area));
        figure.legend = panels::legend(Some(parts.keys.column.name.clone()), items.collect());
    }
    let mut columns = parts.columns()?;
    let figure_column = columns.last().cloned();
    columns.push(share_column("Share"));
    let rows = (0..count).flat_map(|panel| {
        let (parts, figure_column) = (&parts, &figure_column);
        let present = parts.present(panel);
        let sizes: Vec<f64> = present.iter().map(|at| parts.values[panel][*at]).collect();
        present.into_iter().zip(shares(&sizes)).map(move |(at, share)| {
            let mut cells = figure_column.iter().flat_map(|column| parts.cells(panel, at, column)).collect::<Vec<_>>();
            cells.push(share_cell(share));
            cells
        })
    });
    figure.table = panels::table(columns, rows);
    figure.sentence = sentence;
    Ok(figure)
}

/// The slices of a panel, and how many parts have none.
fn slices(parts: &Parts, panel: usize) -> (Slices, usize) {
    let options = &parts.source.spec.options;
    let present = parts.present(panel);
    let drawn: Vec<usize> = present.iter().copied().filter(|at| parts.values[panel][*at] > 0.0).collect();
    let values: Vec<f64> = drawn.iter().map(|at| parts.values[panel][*at]).collect();
    let labels: Vec<String> = drawn.iter().map(|at| parts.keys.label(*at)).collect();
    let text = |((label, value), share): ((&String, &f64), f64)| match options.values {
        Some(false) => label.clone(),
        None => format!("{label} {}", percent(share)),
        Some(true) => format!("{label} {} ({})", percent(share), parts.format.short(*value)),
    };
    let texts = labels.iter().zip(&values).zip(shares(&values)).map(text).collect();
    let paints = drawn.iter().map(|at| parts.keys.paint(*at)).collect();
    let without = present.len() - drawn.len();
    (Slices { labels, values, texts, paints, hole: options.hole.unwrap_or(0.0) }, without)
}

/// "Pie chart of the sum of revenue by country, 5 parts; the largest is DE with 34 %."
fn sentence(parts: &Parts) -> String {
    let name = if parts.source.spec.options.hole.unwrap_or(0.0) > 0.0 { "Donut" } else { "Pie" };
    let what = words::within(&parts.what());
    let panels = parts.values.len();
    if panels > 1 {
        return format!("{name} chart of the {what}, in {panels} small charts.");
    }
    let present = parts.present(0);
    let sizes: Vec<f64> = present.iter().map(|at| parts.values[0][*at]).collect();
    let shares = shares(&sizes);
    // "Other" is no part by itself.
    let is_one = |at: &usize| parts.keys.values[present[*at]].kind != KeyKind::Other;
    let one = (0..present.len()).filter(is_one);
    let largest = one.max_by(|left, right| sizes[*left].total_cmp(&sizes[*right]).then(right.cmp(left)));
    match largest.filter(|at| sizes[*at] > 0.0) {
        None => format!("{name} chart of the {what}, with no values."),
        Some(at) => {
            let noun = if present.len() == 1 { "part" } else { "parts" };
            let (label, share) = (parts.keys.label(present[at]), percent(shares[at]));
            format!("{name} chart of the {what}, {} {noun}; the largest is {label} with {share}.", present.len())
        }
    }
}
