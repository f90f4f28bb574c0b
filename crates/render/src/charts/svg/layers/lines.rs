//! Polylines, broken where a value is missing; pixels where they have very many points.

use contract::charts::MANY_POINTS;
use contract::charts::layers::Line;

use super::Pens;
use crate::charts::shapes::{LINE_DOT, line_width, runs};
use crate::charts::svg::axes::Scales;
use crate::charts::svg::canvas::Rect;
use crate::charts::svg::pixels::Pixels;

/// The dashes of a line and what lies between them, in CSS pixels.
const DASH: (f64, f64) = (5.0, 4.0);

pub(super) fn draw(pens: &Pens<'_>, line: &Line, scales: &Scales) {
    let points: Vec<[f64; 2]> = line.x.iter().zip(&line.y).map(|(x, y)| scales.at(*x, *y)).collect();
    // A line that was thinned has fewer, gaps and all.
    if points.len() > MANY_POINTS {
        return stamped(pens, line, &points, scales.area);
    }
    let reach = Rect::around(points.iter().copied(), 0.0);
    pens.canvas.clipped(scales.area, Some(reach), |_| strokes(pens, line, &points));
}

fn strokes(pens: &Pens<'_>, line: &Line, points: &[[f64; 2]]) {
    let ink = pens.color(line.paint);
    let width = line_width(points.len());
    for run in runs(points) {
        match (run, line.is_dashed) {
            // A value between two gaps would leave no trace as a line.
            ([alone], _) => pens.canvas.circle(*alone, LINE_DOT, ink),
            (_, true) => pens.canvas.dashed(run, ink, width, DASH),
            (_, false) => pens.canvas.line(run, ink, width),
        }
        if line.has_points && run.len() > 1 {
            for point in run {
                pens.canvas.circle(*point, LINE_DOT, ink);
            }
        }
    }
}

fn stamped(pens: &Pens<'_>, line: &Line, points: &[[f64; 2]], area: Rect) {
    let Some(mut pixels) = Pixels::over(pens.canvas, area) else { return };
    let ink = pens.color(line.paint);
    let width = line_width(points.len());
    for run in runs(points) {
        pixels.line(run, ink, width, line.is_dashed.then_some(DASH));
        if line.has_points || run.len() == 1 {
            run.iter().for_each(|point| pixels.circle(*point, LINE_DOT, ink));
        }
    }
    pixels.finish();
}
