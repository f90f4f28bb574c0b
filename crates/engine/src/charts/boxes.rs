//! Box plots: quartiles, Tukey's fences (Tukey, "Exploratory Data Analysis", 1977) and the values beyond them.

use contract::charts::figure::Figure;
use contract::charts::layers::{BoxFigures, Boxes, Layer};
use contract::charts::{MANY_MARKS, Orientation};

use super::annotations::Axes;
use super::axes::Span;
use super::numbers::NumberFormat;
use super::panels;
use super::reading::Source;
use super::samples::{Samples, box_figures};
use crate::Result;

/// At most so many values beyond the fences are drawn for one box.
const MOST_OUTLIERS: usize = 500;

pub(super) fn run(source: &Source) -> Result<Figure> {
    let samples = Samples::of(source)?;
    let mut boxes: Vec<BoxFigures> = samples.samples.iter().map(|sample| box_figures(&sample.values)).collect();
    let mut span = Span::default();
    for one in &boxes {
        let ends = [one.lower_fence, one.upper_fence];
        ends.iter().chain(one.outliers.first()).chain(one.outliers.last()).for_each(|value| span.add(*value));
    }
    few_outliers(source, &mut boxes);
    let titles = panels::titles(samples.facets.as_ref());
    let layers = (0..titles.len()).map(|panel| layers(&samples, &boxes, panel)).collect();
    let (x, y) = samples.axes(&span);
    let axes = Axes { x: &x, y: &y, is_horizontal: samples.is_horizontal() };
    let drawn = panels::planes(source, titles, layers, &axes)?;
    let mut figure = panels::figure(source, || format!("Distribution of {}", samples.what()), drawn);
    figure.legend = samples.legend();
    figure.table = samples.table(&boxes);
    figure.sentence = samples.sentence(&boxes);
    Ok(figure)
}

/// The outermost values and evenly spaced ones between them; the fewer of a box, the more boxes there are.
fn few_outliers(source: &Source, boxes: &mut [BoxFigures]) {
    let most = (MANY_MARKS / boxes.len().max(1)).clamp(2, MOST_OUTLIERS);
    let mut left_out = 0;
    for one in boxes.iter_mut().filter(|one| one.outliers.len() > most) {
        let count = one.outliers.len();
        left_out += count - most;
        let kept = (0..most).map(|i| one.outliers[i * (count - 1) / (most - 1)]);
        one.outliers = kept.collect();
    }
    if left_out > 0 {
        let count = NumberFormat::default().full(left_out as f64);
        source
            .note(format!("{count} values beyond the fences are not drawn; each box shows at most {most} of its own."));
    }
}

/// One layer for each series.
fn layers(samples: &Samples, boxes: &[BoxFigures], panel: usize) -> Vec<Layer> {
    let of_series = |series: usize| {
        let (shift, width) = samples.lane(series);
        let both = samples.samples.iter().zip(boxes);
        let both = both.filter(|(sample, _)| sample.panel == panel && sample.series == series);
        let (at, boxes): (Vec<f64>, Vec<BoxFigures>) =
            both.map(|(sample, one)| (sample.place as f64 + shift, one.clone())).unzip();
        let (name, paint) = samples.series[series].clone();
        let orientation = samples.source.spec.options.orientation.unwrap_or(Orientation::Vertical);
        Boxes { name, orientation, at, width, boxes, paint, is_filled: false }
    };
    (0..samples.series.len()).map(of_series).filter(|boxes| !boxes.at.is_empty()).map(Layer::Boxes).collect()
}
