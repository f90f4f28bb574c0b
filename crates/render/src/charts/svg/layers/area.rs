//! The area between two lines; pixels where it has very many points.

use contract::charts::layers::Area;

use super::Pens;
use crate::charts::shapes::{EDGE, LINE_DOT};
use crate::charts::svg::axes::Scales;
use crate::charts::svg::canvas::Ink;
use crate::charts::svg::pixels::Pixels;

/// Lower and upper end at one position.
type Ends = ([f64; 2], [f64; 2]);

pub(super) fn draw(pens: &Pens<'_>, area: &Area, scales: &Scales) {
    let color = pens.color(area.paint);
    for run in runs(area, scales) {
        let (upper, ring) = outline(&run);
        if let [alone] = upper.as_slice() {
            pens.canvas.circle(*alone, LINE_DOT, color);
            continue;
        }
        pens.canvas.polygon(&ring, Ink(color, area.opacity));
        if area.has_edge {
            pens.canvas.line(&upper, color, EDGE);
        }
    }
}

pub(super) fn stamped(pens: &Pens<'_>, area: &Area, scales: &Scales) {
    let Some(mut pixels) = Pixels::over(pens.canvas, scales.area) else { return };
    let color = pens.color(area.paint);
    for run in runs(area, scales) {
        let (upper, ring) = outline(&run);
        if let [alone] = upper.as_slice() {
            pixels.circle(*alone, LINE_DOT, color);
            continue;
        }
        pixels.polygon(&ring, Ink(color, area.opacity));
        if area.has_edge {
            pixels.line(&upper, color, EDGE, None);
        }
    }
    pixels.finish();
}

/// The parts of the area without gaps.
fn runs(area: &Area, scales: &Scales) -> Vec<Vec<Ends>> {
    let mut runs = vec![Vec::new()];
    for ((x, lower), upper) in area.x.iter().zip(&area.lower).zip(&area.upper) {
        let x = scales.x.at(*x);
        let (lower, upper) = (scales.y.at_or_edge(*lower), scales.y.at_or_edge(*upper));
        if !(x.is_finite() && lower.is_finite() && upper.is_finite()) {
            runs.push(Vec::new());
        } else if let Some(run) = runs.last_mut() {
            run.push(([x, lower], [x, upper]));
        }
    }
    runs.retain(|run| !run.is_empty());
    runs
}

/// The upper edge, and the closed shape.
fn outline(run: &[Ends]) -> (Vec<[f64; 2]>, Vec<[f64; 2]>) {
    let upper: Vec<[f64; 2]> = run.iter().map(|(_, upper)| *upper).collect();
    let ring = upper.iter().copied().chain(run.iter().rev().map(|(lower, _)| *lower)).collect();
    (upper, ring)
}
