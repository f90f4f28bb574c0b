//! Histograms: how many values lie in each class, by series on the same classes.

use std::cell::OnceCell;

use contract::analyses::distribution::Bins;
use contract::charts::figure::{Figure, Sign};
use contract::charts::layers::Layer;
use contract::charts::{Encoding, MANY_MARKS, Scale, Stack};

use super::annotations::Axes;
use super::axes::{Layout, Span, logarithmic};
use super::bar::{self, Drawing};
use super::classes::{at_channel, edges_of};
use super::courses::{Courses, rows_are};
use super::keys::{Shape, Use};
use super::line::{few_bars, is_whole};
use super::reading::Source;
use super::{panels, words};
use crate::Result;
use crate::failures::internal;

pub(super) fn run(source: &Source) -> Result<Figure> {
    let spec = source.spec;
    let given = spec.x.as_ref().ok_or_else(|| internal("A histogram has no `x`."))?;
    let column = source.column(source.named(given)?)?;
    let mut numbers = source.numbers(given, "/x")?;
    if given.scale == Scale::Log {
        let lost = numbers.iter().filter(|value| **value <= 0.0).count();
        numbers.iter_mut().filter(|value| **value <= 0.0).for_each(|value| *value = f64::NAN);
        if lost > 0 {
            let rows = rows_are(lost as u64);
            source.note(format!(
                "{rows} left out, since \"{}\" is not above 0 there, as a logarithmic axis needs.",
                column.name
            ));
        }
    }
    let edges = edges_of(given, column.column_type, &numbers).map_err(|failure| at_channel(failure, "/x"))?;
    let by = |edges: Vec<f64>| Encoding { bin: Some(Bins::Edges(edges)), sort: None, limit: None, ..given.clone() };
    let (fine, coarse) = (by(edges.clone()), OnceCell::new());
    let mut courses = Courses::along(source, &fine, Use::Category)?;
    // Where nobody says how many classes there are, many series in many small charts get fewer of them.
    let factor = courses.groups.len().div_ceil(MANY_MARKS);
    if factor > 1 && given.bin.is_none() && !is_whole(source) {
        let coarse = coarse.get_or_init(|| by(joined(&edges, factor, given.scale)));
        courses = Courses::along(source, coarse, Use::Category)?;
    }
    few_bars(source, courses.groups.len())?;
    let mut span = Span::default();
    let drawing = Drawing {
        stack: spec.options.stack.unwrap_or(Stack::Stacked),
        orientation: contract::charts::Orientation::Vertical,
        usual_opacity: 1.0,
    };
    let layers: Vec<Vec<Layer>> =
        (0..courses.panels()).map(|panel| bar::bars(&courses, panel, &drawing, &mut span)).collect();
    let x = position_axis(&courses, given);
    let y = courses.height_axis(&span, true, drawing.stack == Stack::Percent)?;
    let axes = Axes { x: &x, y: &y, is_horizontal: false };
    let drawn = panels::planes(source, panels::titles(courses.facets.as_ref()), layers, &axes)?;
    let name = given.title.clone().unwrap_or_else(|| column.name.clone());
    let mut figure = panels::figure(source, || format!("Distribution of {name}"), drawn);
    if courses.colors.is_some() {
        let items = courses.series.iter().map(|series| panels::item(series.name.clone(), series.paint, Sign::Area));
        figure.legend =
            panels::legend(courses.colors.as_ref().map(|colors| colors.column.name.clone()), items.collect());
    }
    figure.table = courses.table()?;
    figure.sentence = sentence(&courses, &name);
    Ok(figure)
}

/// The edges of classes that are `factor` of these together; the last one is as wide as the others.
fn joined(edges: &[f64], factor: usize, scale: Scale) -> Vec<f64> {
    let mut joined: Vec<f64> = edges.iter().copied().step_by(factor).collect();
    let [.., before, last] = edges else { return joined };
    let missing = (factor - (edges.len() - 1) % factor) % factor;
    if missing == 0 {
        return joined;
    }
    let end = match scale {
        Scale::Linear => last + (last - before) * missing as f64,
        Scale::Log => last * (last / before).powi(missing as i32),
    };
    joined.push(if end.is_finite() { end } else { *last });
    joined
}

fn position_axis(courses: &Courses, encoding: &Encoding) -> contract::charts::figure::Axis {
    let axis = courses.position_axis(0.0, false);
    let Shape::Bins(edges) = &courses.keys.shape else { return axis };
    if encoding.scale != Scale::Log {
        return axis;
    }
    let format = courses.keys.format();
    logarithmic(&Span::of(edges), Layout { title: axis.title, format, tight: true, ..Layout::default() })
}

/// "Histogram of price: 1,000 values in 20 classes from 0 to 100; most of them, 120, from 10–15."
fn sentence(courses: &Courses, name: &str) -> String {
    let full = |value: f64| super::numbers::NumberFormat::default().full(value);
    let Shape::Bins(edges) = &courses.keys.shape else { return format!("Histogram of {name}.") };
    let mut counts = vec![0; courses.keys.values.len()];
    (0..courses.groups.len()).for_each(|group| counts[courses.key_of(group)] += courses.groups.rows[group]);
    let values: u64 = counts.iter().sum();
    let Some((fullest, most)) = counts.iter().enumerate().rev().max_by_key(|(_, count)| **count) else {
        return format!("Histogram of {name}, with no values.");
    };
    if values == 0 {
        return format!("Histogram of {name}, with no values.");
    }
    let format = courses.keys.format();
    let (low, high) = (edges.first().copied().unwrap_or(0.0), edges.last().copied().unwrap_or(0.0));
    let classes = edges.len() - 1;
    let mut text = format!(
        "Histogram of {name}: {} {} in {classes} {} from {} to {}; the fullest, {}, has {}",
        full(values as f64),
        if values == 1 { "value" } else { "values" },
        if classes == 1 { "class" } else { "classes" },
        format.full(low),
        format.full(high),
        courses.keys.label(fullest),
        full(*most as f64),
    );
    if courses.series.len() > 1 {
        let names: Vec<String> = courses.series.iter().map(|series| series.name.clone()).collect();
        text.push_str(&format!("; {} series: {}", names.len(), words::list(&names)));
    }
    text.push('.');
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classes_are_joined_into_equally_wide_ones() {
        let edges: Vec<f64> = (0..=10).map(f64::from).collect();
        assert_eq!(joined(&edges, 1, Scale::Linear), edges);
        assert_eq!(joined(&edges, 5, Scale::Linear), [0.0, 5.0, 10.0]);
        assert_eq!(joined(&edges, 4, Scale::Linear), [0.0, 4.0, 8.0, 12.0]);
        assert_eq!(joined(&[1.0, 10.0, 100.0, 1000.0], 2, Scale::Log), [1.0, 100.0, 10_000.0]);
        assert_eq!(joined(&[-1e308, 0.0, 1e308, 1.5e308], 2, Scale::Linear).len(), 3);
        assert_eq!(joined(&[], 3, Scale::Linear), Vec::<f64>::new());
    }
}
