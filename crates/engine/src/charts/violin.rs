//! Violins: the density of values for each category, as wide as it is high, cut at the smallest and the largest value.

use contract::charts::Orientation;
use contract::charts::figure::Figure;
use contract::charts::layers::{BoxFigures, Boxes, Layer, Paints, Polygons};

use super::annotations::Axes;
use super::axes::Span;
use super::panels;
use super::reading::Source;
use super::samples::{Samples, box_figures};
use crate::Result;
use crate::analyses::distribution::{Sample, density};
use crate::workers;

/// At so many places a density is told.
const POINTS: usize = 160;
/// How wide the box within a violin is, as a part of the violin's place.
const INNER: f64 = 0.12;

pub(super) fn run(source: &Source) -> Result<Figure> {
    let samples = Samples::of(source)?;
    let mut boxes: Vec<BoxFigures> = samples.samples.iter().map(|sample| box_figures(&sample.values)).collect();
    // The violin itself shows what lies beyond the fences.
    boxes.iter_mut().for_each(|one| one.outliers.clear());
    let bandwidth = source.spec.options.bandwidth.unwrap_or_default();
    let shapes = workers::map(samples.samples.len(), |at| {
        let sample = Sample::of(samples.samples[at].values.clone());
        let estimate = density::estimate(&sample, bandwidth, POINTS)?;
        Ok(within(&estimate.points, &estimate.densities, sample.low(), sample.high()))
    })?;
    let mut span = Span::default();
    for sample in &samples.samples {
        sample.values.first().into_iter().chain(sample.values.last()).for_each(|value| span.add(*value));
    }
    if shapes.iter().any(Vec::is_empty) {
        source.note("Where all values are equal there is no density, and only the box is drawn.");
    }
    let titles = panels::titles(samples.facets.as_ref());
    let layers = (0..titles.len()).map(|panel| layers(&samples, &shapes, &boxes, panel)).collect();
    let (x, y) = samples.axes(&span);
    let axes = Axes { x: &x, y: &y, is_horizontal: samples.is_horizontal() };
    let drawn = panels::planes(source, titles, layers, &axes)?;
    let mut figure = panels::figure(source, || format!("Distribution of {}", samples.what()), drawn);
    figure.legend = samples.legend();
    figure.table = samples.table(&boxes);
    figure.sentence = samples.sentence(&boxes);
    Ok(figure)
}

/// A density between the smallest and the largest value, with the heights there, as parts of its peak.
fn within(points: &[f64], densities: &[f64], low: f64, high: f64) -> Vec<[f64; 2]> {
    let peak = densities.iter().copied().fold(0.0, f64::max);
    if !(peak > 0.0 && peak.is_finite() && low < high) {
        return Vec::new();
    }
    let at = |place: f64| {
        let after = points.partition_point(|point| *point < place).clamp(1, points.len() - 1);
        let share = (place - points[after - 1]) / (points[after] - points[after - 1]);
        densities[after - 1] * (1.0 - share) + densities[after] * share
    };
    let inner = points.iter().zip(densities).filter(|(point, _)| (low..=high).contains(*point));
    let mut shape = vec![[low, at(low)]];
    shape.extend(inner.map(|(point, density)| [*point, *density]));
    shape.push([high, at(high)]);
    shape.iter_mut().for_each(|point| point[1] /= peak);
    shape
}

/// The violins of each series, and the boxes within them.
fn layers(samples: &Samples, shapes: &[Vec<[f64; 2]>], boxes: &[BoxFigures], panel: usize) -> Vec<Layer> {
    let is_horizontal = samples.is_horizontal();
    let orientation = samples.source.spec.options.orientation.unwrap_or(Orientation::Vertical);
    let format = samples.format();
    let mut layers = Vec::new();
    for (series, (name, paint)) in samples.series.iter().enumerate() {
        let (shift, width) = samples.lane(series);
        let all = || {
            let all = samples.samples.iter().zip(shapes).zip(boxes);
            all.filter(|((sample, _), _)| sample.panel == panel && sample.series == series)
        };
        let mut polygons = Polygons {
            name: name.clone(),
            rings: Vec::new(),
            paint: Paints::One(*paint),
            opacity: samples.source.spec.options.opacity.unwrap_or(0.5),
            has_edge: true,
            texts: Vec::new(),
        };
        for ((sample, shape), one) in all().filter(|((_, shape), _)| !shape.is_empty()) {
            let middle = sample.place as f64 + shift;
            let point = |[value, density]: &[f64; 2], side: f64| {
                let at = middle + side * density * width / 2.0;
                if is_horizontal { [*value, at] } else { [at, *value] }
            };
            let there = shape.iter().map(|place| point(place, 1.0));
            let back = shape.iter().rev().map(|place| point(place, -1.0));
            polygons.rings.push(there.chain(back).collect());
            let label = samples.labels.get(sample.place).cloned().unwrap_or_default();
            polygons.texts.push(format!(
                "{label}: median {}, quartiles {} and {}, {} values",
                format.full(one.median),
                format.full(one.q1),
                format.full(one.q3),
                super::numbers::NumberFormat::default().full(one.count as f64)
            ));
        }
        if !polygons.rings.is_empty() {
            layers.push(Layer::Polygons(polygons));
        }
        let (at, boxes): (Vec<f64>, Vec<BoxFigures>) =
            all().map(|((sample, _), one)| (sample.place as f64 + shift, one.clone())).unzip();
        if !at.is_empty() {
            let (name, paint, width) = (name.clone(), *paint, width * INNER);
            layers.push(Layer::Boxes(Boxes { name, orientation, at, width, boxes, paint, is_filled: true }));
        }
    }
    layers
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn densities_end_at_the_outermost_values() {
        let shape = within(&[0.0, 1.0, 2.0, 3.0], &[0.0, 1.0, 2.0, 0.0], 0.5, 2.5);
        assert_eq!(shape, [[0.5, 0.25], [1.0, 0.5], [2.0, 1.0], [2.5, 0.5]]);
        assert!(within(&[], &[], 1.0, 1.0).is_empty());
    }
}
