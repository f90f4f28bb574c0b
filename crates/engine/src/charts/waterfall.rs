//! Waterfalls: changes that add up to a total, each beginning where the one before ends.

use contract::charts::figure::{Figure, Paint, Sign};
use contract::charts::layers::{Bars, Layer, Line, Paints};
use contract::charts::{Order, Orientation};
use contract::columns::Scalar;

use super::annotations::Axes;
use super::axes::{Layout, Span, categories, linear};
use super::figures::cell;
use super::parts::{Parts, Wanted};
use super::reading::Source;
use super::{panels, words};
use crate::Result;

const MOST_CHANGES: usize = 100;
/// Texts of more bars than this do not fit beside each other.
const MOST_TEXTS: usize = 24;
/// How much of its place a bar fills.
const FILL: f64 = 0.7;
const TOTAL: &str = "Total";

pub(super) fn run(source: &Source) -> Result<Figure> {
    let wanted = Wanted { most: MOST_CHANGES, order: Order::Data, by_size: false, with_rest: true };
    let parts = Parts::of(source, &wanted)?;
    parts.note_empty();
    if !parts.add_up()? {
        source.note("The total adds up the figures that are shown.");
    }
    let steps = Steps::of(&parts);
    let mut span = Span::of(steps.levels.iter());
    span.add(0.0);
    let axis_title = source.spec.y.first().and_then(|encoding| encoding.title.as_ref());
    let layout = Layout {
        title: panels::axis_title(axis_title, || parts.title.clone()),
        zero: true,
        format: parts.format.clone(),
        grid: true,
        ..Layout::default()
    };
    let y = linear(&span, layout);
    let title = source.spec.x.as_ref().and_then(|encoding| encoding.title.as_ref());
    let title = panels::axis_title(title, || parts.keys.column.name.clone());
    let x = categories(title, steps.labels.clone(), false);
    let axes = Axes { x: &x, y: &y, is_horizontal: false };
    let layers = vec![Layer::Line(steps.connector()), Layer::Bars(steps.bars(&parts))];
    let drawn = panels::planes(source, vec![None], vec![layers], &axes)?;
    let mut figure = panels::figure(source, || parts.what(), drawn);
    figure.legend = steps.legend();
    figure.table = table(&parts, &steps)?;
    figure.sentence = steps.sentence(&parts);
    Ok(figure)
}

/// The changes and, where there are any, their total.
struct Steps {
    /// The places of the keys with a change.
    places: Vec<usize>,
    changes: Vec<f64>,
    /// The sum after each change.
    levels: Vec<f64>,
    labels: Vec<String>,
}

impl Steps {
    fn of(parts: &Parts) -> Self {
        let places = parts.present(0);
        let changes: Vec<f64> = places.iter().map(|at| parts.values[0][*at]).collect();
        let mut sum = 0.0_f64;
        let levels = changes.iter().map(|change| {
            sum = (sum + change).clamp(-f64::MAX, f64::MAX);
            sum
        });
        let levels = levels.collect();
        let mut labels: Vec<String> = places.iter().map(|at| parts.keys.label(*at)).collect();
        if !labels.is_empty() {
            labels.push(TOTAL.to_owned());
        }
        Self { places, changes, levels, labels }
    }

    fn total(&self) -> Option<f64> {
        self.levels.last().copied()
    }

    /// From the end of each bar to the beginning of the next.
    fn connector(&self) -> Line {
        let (mut x, mut y) = (Vec::new(), Vec::new());
        for (at, level) in self.levels.iter().enumerate() {
            let at = at as f64;
            x.extend([at + FILL / 2.0, at + 1.0 - FILL / 2.0, at + 1.0 - FILL / 2.0]);
            y.extend([*level, *level, f64::NAN]);
        }
        Line {
            name: "Level".to_owned(),
            x,
            y,
            paint: Paint::Muted,
            is_dashed: false,
            has_points: false,
            texts: Vec::new(),
        }
    }

    fn bars(&self, parts: &Parts) -> Bars {
        let count = self.labels.len();
        let mut base: Vec<f64> =
            (0..self.levels.len()).map(|at| if at == 0 { 0.0 } else { self.levels[at - 1] }).collect();
        let mut end = self.levels.clone();
        let mut paints: Vec<Paint> = self.changes.iter().map(|change| paint(*change)).collect();
        let mut texts: Vec<String> =
            self.changes.iter().map(|change| signed(&parts.format.short(*change), *change)).collect();
        let hover = |(at, change): (usize, &f64)| {
            let change = signed(&parts.format.full(*change), *change);
            format!("{}: {change}, then {}", self.labels[at], parts.format.full(self.levels[at]))
        };
        let mut hovers: Vec<String> = self.changes.iter().enumerate().map(hover).collect();
        if let Some(total) = self.total() {
            base.push(0.0);
            end.push(total);
            paints.push(Paint::Accent);
            texts.push(parts.format.short(total));
            hovers.push(format!("{TOTAL}: {}", parts.format.full(total)));
        }
        let has_texts = parts.source.spec.options.values.unwrap_or(count <= MOST_TEXTS);
        Bars {
            name: parts.title.clone(),
            orientation: Orientation::Vertical,
            at: (0..count).map(|at| at as f64).collect(),
            width: vec![FILL; count],
            base,
            end,
            paint: Paints::Each(paints),
            opacity: 1.0,
            texts: if has_texts { texts } else { Vec::new() },
            hovers,
        }
    }

    fn legend(&self) -> Option<contract::charts::figure::Legend> {
        let mut items = Vec::new();
        for (paint, name) in [(Paint::Good, "Increase"), (Paint::Bad, "Decrease")] {
            if self.changes.iter().any(|change| self::paint(*change) == paint) {
                items.push(panels::item(name, paint, Sign::Area));
            }
        }
        if self.total().is_some() {
            items.push(panels::item(TOTAL, Paint::Accent, Sign::Area));
        }
        panels::legend(None, items)
    }

    /// "Waterfall of the sum of change by month, 5 changes to a total of 120; the largest is +80 at May, the smallest −40 at Jun."
    fn sentence(&self, parts: &Parts) -> String {
        let what = words::within(&parts.what());
        let Some(total) = self.total() else { return format!("Waterfall of the {what}, with no values.") };
        let count = self.changes.len();
        let noun = if count == 1 { "change" } else { "changes" };
        let told = |at: usize| {
            format!("{} at {}", signed(&parts.format.full(self.changes[at]), self.changes[at]), self.labels[at])
        };
        let by_size = |left: &usize, right: &usize| self.changes[*left].total_cmp(&self.changes[*right]);
        let extremes = match ((0..count).max_by(by_size), (0..count).min_by(by_size)) {
            (Some(high), Some(low)) if high != low => {
                format!("; the largest is {}, the smallest {}", told(high), told(low))
            }
            _ => String::new(),
        };
        format!("Waterfall of the {what}, {count} {noun} to a total of {}{extremes}.", parts.format.full(total))
    }
}

fn paint(change: f64) -> Paint {
    match change {
        _ if change > 0.0 => Paint::Good,
        _ if change < 0.0 => Paint::Bad,
        _ => Paint::Muted,
    }
}

/// With a plus where it grows; the minus is there already.
pub(super) fn signed(text: &str, change: f64) -> String {
    if change > 0.0 { format!("+{text}") } else { text.to_owned() }
}

fn table(parts: &Parts, steps: &Steps) -> Result<contract::charts::figure::FigureTable> {
    let mut columns = parts.columns()?;
    let Some(change) = columns.last().cloned() else { return Ok(Default::default()) };
    let mut level = change.clone();
    level.name = "Level".to_owned();
    columns.push(level);
    let rows = steps.places.iter().zip(&steps.levels).map(|(at, level)| {
        let mut cells: Vec<Scalar> = parts.cells(0, *at, &change);
        cells.push(cell(*level, &change));
        cells
    });
    Ok(panels::table(columns, rows))
}
