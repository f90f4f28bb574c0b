//! Bars: figures by category, period or class, beside each other, on top of each other, or as shares of their sum.

use contract::charts::figure::{Figure, Sign};
use contract::charts::layers::{Bars, Layer, Paints};
use contract::charts::{Orientation, Stack};

use super::annotations::Axes;
use super::axes::{FARTHEST, Span};
use super::courses::Courses;
use super::keys::{Shape, Use};
use super::line::few_bars;
use super::numbers::NumberFormat;
use super::reading::Source;
use super::{panels, words};
use crate::Result;
use crate::periods::period_start;

/// How much of its place a bar fills.
const FILL: f64 = 0.8;

/// How bars stand.
pub(super) struct Drawing {
    pub(super) stack: Stack,
    pub(super) orientation: Orientation,
    /// Where the spec says nothing.
    pub(super) usual_opacity: f64,
}

pub(super) fn run(source: &Source) -> Result<Figure> {
    let courses = Courses::of(source, Use::Category)?;
    let options = &source.spec.options;
    let stack = options.stack.unwrap_or(Stack::Grouped);
    let orientation = options.orientation.unwrap_or(Orientation::Vertical);
    let drawing = Drawing { stack, orientation, usual_opacity: 1.0 };
    few_bars(source, courses.groups.len() * courses.ys.len())?;
    let mut span = Span::default();
    let mut layers: Vec<Vec<Layer>> = vec![Vec::new(); courses.panels()];
    for (panel, layers) in layers.iter_mut().enumerate() {
        *layers = bars(&courses, panel, &drawing, &mut span);
    }
    let is_horizontal = orientation == Orientation::Horizontal;
    let room = place_width(&courses, 0) / 2.0;
    let positions = courses.position_axis(room, is_horizontal);
    let heights = courses.height_axis(&span, !courses.is_log(), stack == Stack::Percent)?;
    if courses.is_log() {
        from_the_axis(&mut layers, heights.range[0]);
    }
    let (mut x, mut y) = panels::oriented(positions, heights, is_horizontal);
    (x.grid, y.grid) = (is_horizontal, !is_horizontal);
    let axes = Axes { x: &x, y: &y, is_horizontal };
    let drawn = panels::planes(source, panels::titles(courses.facets.as_ref()), layers, &axes)?;
    let mut figure = panels::figure(source, || courses.what(), drawn);
    let items = courses.series.iter().map(|series| panels::item(series.name.clone(), series.paint, Sign::Area));
    let has_series = courses.series.len() > 1 || courses.colors.is_some();
    let items = if has_series { items.collect() } else { Vec::new() };
    figure.legend = panels::legend(courses.colors.as_ref().map(|colors| colors.column.name.clone()), items);
    figure.table = courses.table()?;
    figure.sentence = courses.sentence();
    Ok(figure)
}

/// How wide the place of a key is, in positions.
fn place_width(courses: &Courses, key: usize) -> f64 {
    let keys = &courses.keys;
    match &keys.shape {
        _ if keys.is_category() => 1.0,
        Shape::Periods(every) => {
            // The shortest period, so that bars never meet: February is narrower than March.
            let lengths = (0..keys.values.len()).filter_map(|at| keys.period(at));
            let length = |period: i64| period_start(period + 1, *every) - period_start(period, *every);
            lengths.map(length).min().map_or(1.0, |length| length as f64)
        }
        Shape::Bins(edges) => edges.get(key).zip(edges.get(key + 1)).map_or(1.0, |(low, high)| high - low),
        _ => 1.0,
    }
}

/// The bars of one panel, one layer for each series.
pub(super) fn bars(courses: &Courses, panel: usize, drawing: &Drawing, span: &mut Span) -> Vec<Layer> {
    let (stack, orientation) = (drawing.stack, drawing.orientation);
    let count = courses.keys.values.len();
    let is_classes = matches!(courses.keys.shape, Shape::Bins(_)) && !courses.keys.is_category();
    let shortest = place_width(courses, 0);
    let of_panel: Vec<_> = courses.courses.iter().filter(|course| course.panel == panel).collect();
    let mut sums = vec![0.0; count];
    for course in &of_panel {
        for group in course.groups.clone().filter(|group| !courses.values[course.y][*group].is_nan()) {
            sums[courses.key_of(group)] += courses.values[course.y][group].abs();
        }
    }
    // Positive bars grow from 0 upwards, negative ones downwards.
    let (mut above, mut below) = (vec![0.0; count], vec![0.0; count]);
    let beside = courses.series.len().max(1) as f64;
    let mut layers = Vec::with_capacity(of_panel.len());
    for course in of_panel {
        let series = &courses.series[course.series];
        let mut bars = Bars {
            name: series.name.clone(),
            orientation,
            at: Vec::new(),
            width: Vec::new(),
            base: Vec::new(),
            end: Vec::new(),
            paint: Paints::One(series.paint),
            opacity: courses.source.spec.options.opacity.unwrap_or(drawing.usual_opacity),
            texts: Vec::new(),
            hovers: Vec::new(),
        };
        for group in course.groups.clone() {
            let (key, value) = (courses.key_of(group), courses.values[course.y][group]);
            if value.is_nan() {
                continue;
            }
            let place = if is_classes { place_width(courses, key) } else { shortest * FILL };
            let (mut at, mut width) = (courses.keys.at(key), place);
            let height = if stack == Stack::Percent { share(value, sums[key]) } else { value };
            let base = match stack {
                Stack::Grouped => {
                    width = place / beside;
                    at += (course.series as f64 + 0.5 - beside / 2.0) * width;
                    0.0
                }
                _ => {
                    let base: &mut f64 = if height < 0.0 { &mut below[key] } else { &mut above[key] };
                    let from = *base;
                    *base = (*base + height).clamp(-FARTHEST, FARTHEST);
                    from
                }
            };
            span.add(base);
            span.add(base + height);
            bars.at.push(at);
            bars.width.push(width);
            bars.base.push(base);
            bars.end.push((base + height).clamp(-FARTHEST, FARTHEST));
            let (text, hover) = texts(courses, course.series, key, value, (stack == Stack::Percent).then_some(height));
            bars.texts.push(text);
            bars.hovers.push(hover);
        }
        if courses.source.spec.options.values != Some(true) {
            bars.texts.clear();
        }
        layers.push(Layer::Bars(bars));
    }
    layers
}

/// In percent of the sum of all sizes.
fn share(value: f64, sum: f64) -> f64 {
    if sum > 0.0 { value / sum * 100.0 } else { 0.0 }
}

/// What stands on a bar, and what it says when it is pointed at.
fn texts(courses: &Courses, series: usize, key: usize, value: f64, share: Option<f64>) -> (String, String) {
    let place = words::position(&courses.keys, key);
    let name = if courses.series.len() > 1 || courses.colors.is_some() {
        format!("{place} · {}", courses.series[series].name)
    } else {
        place
    };
    let full = courses.format.full(value);
    match share {
        Some(share) => {
            let share = NumberFormat::percent().short((share * 10.0).round() / 10.0);
            (share.clone(), format!("{name}: {full} ({share})"))
        }
        None => (courses.format.short(value), format!("{name}: {full}")),
    }
}

/// A logarithmic axis has no 0, so bars begin where it does.
fn from_the_axis(layers: &mut [Vec<Layer>], low: f64) {
    for layer in layers.iter_mut().flatten() {
        if let Layer::Bars(bars) = layer {
            bars.base.iter_mut().filter(|base| **base <= 0.0).for_each(|base| *base = low);
        }
    }
}
