//! Histograms: how many values lie in each class, by series on the same classes.

use contract::analyses::distribution::Bins;
use contract::charts::figure::{Figure, Sign};
use contract::charts::layers::Layer;
use contract::charts::{Encoding, Scale, Stack};

use super::annotations::Axes;
use super::axes::{Layout, Span, logarithmic};
use super::bar::{self, Drawing};
use super::classes::{at_channel, edges_of};
use super::courses::{Courses, rows_are};
use super::keys::{Shape, Use};
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
    let encoding = Encoding { bin: Some(Bins::Edges(edges)), sort: None, limit: None, ..given.clone() };
    let courses = Courses::along(source, &encoding, Use::Category)?;
    let mut span = Span::default();
    let drawing = Drawing {
        stack: spec.options.stack.unwrap_or(Stack::Stacked),
        orientation: contract::charts::Orientation::Vertical,
        usual_opacity: 1.0,
    };
    let layers: Vec<Vec<Layer>> =
        (0..courses.panels()).map(|panel| bar::bars(&courses, panel, &drawing, &mut span)).collect();
    let x = position_axis(&courses, &encoding);
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
