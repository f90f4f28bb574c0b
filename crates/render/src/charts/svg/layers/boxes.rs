//! Box plots: quartiles, median, mean, fences and what lies beyond them.

use contract::charts::Orientation;
use contract::charts::layers::{BoxFigures, Boxes};

use super::Pens;
use crate::charts::shapes::{BOX_FILL, BOX_LINE, OUTLIER, OUTLIER_OPACITY};
use crate::charts::svg::axes::Scales;
use crate::charts::svg::canvas::Ink;

pub(super) fn draw(pens: &Pens<'_>, boxes: &Boxes, scales: &Scales) {
    for (at, figures) in boxes.at.iter().zip(&boxes.boxes) {
        draw_one(pens, boxes, *at, figures, scales);
    }
}

fn draw_one(pens: &Pens<'_>, boxes: &Boxes, at: f64, figures: &BoxFigures, scales: &Scales) {
    let color = pens.color(boxes.paint);
    let canvas = pens.canvas;
    let half = boxes.width / 2.0;
    let point = |side: f64, value: f64| match boxes.orientation {
        Orientation::Vertical => scales.at(at + side, value),
        Orientation::Horizontal => scales.at(value, at + side),
    };
    let across = |value: f64, part: f64| [point(-half * part, value), point(half * part, value)];
    for value in &figures.outliers {
        let place = point(0.0, *value);
        if place[0].is_finite() && place[1].is_finite() {
            canvas.circle(place, OUTLIER, Ink(color, OUTLIER_OPACITY));
        }
    }
    let known = [figures.q1, figures.median, figures.q3, figures.lower_fence, figures.upper_fence];
    if known.iter().any(|value| point(0.0, *value).iter().any(|place| !place.is_finite())) {
        return;
    }
    let [a, b] = across(figures.q1, 1.0);
    let [d, c] = across(figures.q3, 1.0);
    if boxes.is_filled {
        canvas.polygon(&[a, b, c, d], Ink(color, BOX_FILL));
    }
    canvas.line(&[a, b, c, d, a, b], color, BOX_LINE);
    for (from, to) in [(figures.q1, figures.lower_fence), (figures.q3, figures.upper_fence)] {
        canvas.line(&[point(0.0, from), point(0.0, to)], color, BOX_LINE);
        canvas.line(&across(to, 0.5), color, BOX_LINE);
    }
    canvas.line(&across(figures.median, 1.0), color, BOX_LINE * 2.0);
    if figures.mean.is_finite() {
        canvas.dashed(&across(figures.mean, 1.0), color, BOX_LINE, (2.0, 2.0));
    }
}
