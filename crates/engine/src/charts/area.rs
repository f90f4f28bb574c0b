//! Areas: figures along an axis as areas on top of each other, as shares of their sum, or over each other.

use contract::charts::figure::{Figure, Sampling, Sign};
use contract::charts::layers::{Area, Layer};
use contract::charts::{MANY_MARKS, MOST_MARKS, Sample, Stack};

use super::annotations::Axes;
use super::axes::{FARTHEST, Span};
use super::courses::{Course, Courses};
use super::keys::Use;
use super::line::too_many;
use super::lttb::thinned;
use super::reading::Source;
use super::{panels, strokes};
use crate::Result;

pub(super) fn run(source: &Source) -> Result<Figure> {
    let courses = Courses::of(source, Use::Position)?;
    let stack = source.spec.options.stack.unwrap_or(Stack::Stacked);
    let mut areas: Vec<(usize, Area)> = match stack {
        Stack::Grouped => courses.courses.iter().map(|course| (course.panel, alone(&courses, course))).collect(),
        _ => (0..courses.panels()).flat_map(|panel| stacked(&courses, panel, stack == Stack::Percent)).collect(),
    };
    let sampling = thin(source, &mut areas, stack)?;
    let mut span = Span::default();
    areas.iter().flat_map(|(_, area)| area.lower.iter().chain(&area.upper)).for_each(|value| span.add(*value));
    let mut layers: Vec<Vec<Layer>> = vec![Vec::new(); courses.panels()];
    areas.into_iter().for_each(|(panel, area)| layers[panel].push(Layer::Area(area)));
    let x = courses.position_axis(0.0, false);
    let y = courses.height_axis(&span, !courses.is_log(), stack == Stack::Percent)?;
    let axes = Axes { x: &x, y: &y, is_horizontal: false };
    let drawn = panels::planes(source, panels::titles(courses.facets.as_ref()), layers, &axes)?;
    let mut figure = panels::figure(source, || courses.what(), drawn);
    let items = courses.series.iter().map(|series| panels::item(series.name.clone(), series.paint, Sign::Area));
    let has_series = courses.series.len() > 1 || courses.colors.is_some();
    let items = if has_series { items.collect() } else { Vec::new() };
    figure.legend = panels::legend(courses.colors.as_ref().map(|colors| colors.column.name.clone()), items);
    figure.table = courses.table()?;
    figure.sentence = courses.sentence();
    figure.sampling = sampling;
    Ok(figure)
}

fn area(courses: &Courses, series: usize, x: Vec<f64>, lower: Vec<f64>, upper: Vec<f64>, usual: f64) -> Area {
    let series = &courses.series[series];
    Area {
        name: series.name.clone(),
        x,
        lower,
        upper,
        paint: series.paint,
        opacity: courses.source.spec.options.opacity.unwrap_or(usual),
        has_edge: true,
        texts: Vec::new(),
    }
}

/// From 0 to the figures; gaps as on lines.
fn alone(courses: &Courses, course: &Course) -> Area {
    let points = strokes::points(courses, course);
    let upper: Vec<f64> = points.iter().map(|point| point.y).collect();
    let lower = upper.iter().map(|value| if value.is_nan() { f64::NAN } else { 0.0 }).collect();
    area(courses, course.series, points.iter().map(|point| point.x).collect(), lower, upper, 0.35)
}

/// Areas on top of each other. Where a series has no rows it has no height; negative figures stand below 0.
fn stacked(courses: &Courses, panel: usize, is_percent: bool) -> Vec<(usize, Area)> {
    let of_panel: Vec<&Course> = courses.courses.iter().filter(|course| course.panel == panel).collect();
    let keys: Vec<usize> = {
        let mut is_there = vec![false; courses.keys.values.len()];
        for course in &of_panel {
            course.groups.clone().for_each(|group| is_there[courses.key_of(group)] = true);
        }
        (0..is_there.len()).filter(|key| is_there[*key]).collect()
    };
    let mut place = vec![0; courses.keys.values.len()];
    keys.iter().enumerate().for_each(|(at, key)| place[*key] = at);
    let x: Vec<f64> = keys.iter().map(|key| courses.keys.at(*key)).collect();
    let heights: Vec<Vec<f64>> = of_panel
        .iter()
        .map(|course| {
            let mut heights = vec![0.0; keys.len()];
            for group in course.groups.clone() {
                let value = courses.values[course.y][group];
                heights[place[courses.key_of(group)]] = if value.is_nan() { 0.0 } else { value };
            }
            heights
        })
        .collect();
    let sum = |at: usize| heights.iter().map(|heights| heights[at].abs()).sum::<f64>();
    let sums: Vec<f64> = (0..keys.len()).map(sum).collect();
    let (mut above, mut below) = (vec![0.0; keys.len()], vec![0.0; keys.len()]);
    let mut areas = Vec::with_capacity(of_panel.len());
    for (course, heights) in of_panel.iter().zip(&heights) {
        let (mut lower, mut upper) = (Vec::with_capacity(keys.len()), Vec::with_capacity(keys.len()));
        for (at, height) in heights.iter().enumerate() {
            let height = match is_percent {
                true if sums[at] > 0.0 => height / sums[at] * 100.0,
                true => 0.0,
                false => *height,
            };
            let base: &mut f64 = if height < 0.0 { &mut below[at] } else { &mut above[at] };
            lower.push(*base);
            *base = (*base + height).clamp(-FARTHEST, FARTHEST);
            upper.push(*base);
        }
        let mut one = area(courses, course.series, x.clone(), lower, upper, 0.75);
        // The height of the upper edge is that of the stack, so the figure itself is told.
        one.texts = heights.iter().map(|height| courses.format.full(*height)).collect();
        areas.push((course.panel, one));
    }
    areas
}

/// Fewer points where there are too many to tell apart: areas of one stack keep the same ones.
fn thin(source: &Source, areas: &mut [(usize, Area)], stack: Stack) -> Result<Option<Sampling>> {
    let of: usize = areas.iter().map(|(_, area)| area.x.len()).sum();
    if source.spec.options.sample == Some(Sample::None) {
        return if of > MOST_MARKS { Err(too_many(of, "/options/sample")) } else { Ok(None) };
    }
    if of <= MANY_MARKS {
        return Ok(None);
    }
    let mut shown = 0;
    let mut kept: (usize, Vec<usize>) = (usize::MAX, Vec::new());
    // The last area of a stack has its outline.
    for (panel, area) in areas.iter_mut().rev() {
        if kept.0 != *panel || stack == Stack::Grouped {
            let keep = (area.x.len() * MANY_MARKS / of).max(3);
            let outline: Vec<f64> = area.upper.iter().map(|value| if value.is_nan() { 0.0 } else { *value }).collect();
            kept = (*panel, thinned(&area.x, &outline, keep));
        }
        shown += kept.1.len();
        for values in [&mut area.x, &mut area.lower, &mut area.upper] {
            *values = kept.1.iter().map(|at| values[*at]).collect();
        }
        if !area.texts.is_empty() {
            area.texts = kept.1.iter().map(|at| area.texts[*at].clone()).collect();
        }
    }
    Ok(Some(Sampling { method: "lttb", shown: shown as u64, of: of as u64 }))
}
