//! The area between two lines.

use contract::charts::layers::Area;

use super::Pens;
use crate::charts::look::Rgb;
use crate::charts::shapes::{EDGE, LINE_DOT};
use crate::charts::svg::axes::Scales;
use crate::charts::svg::canvas::Ink;

pub(super) fn draw(pens: &Pens<'_>, area: &Area, scales: &Scales) {
    let color = pens.color(area.paint);
    let mut run: Vec<([f64; 2], [f64; 2])> = Vec::new();
    for ((x, lower), upper) in area.x.iter().zip(&area.lower).zip(&area.upper) {
        let x = scales.x.at(*x);
        let (lower, upper) = (scales.y.at_or_edge(*lower), scales.y.at_or_edge(*upper));
        if x.is_finite() && lower.is_finite() && upper.is_finite() {
            run.push(([x, lower], [x, upper]));
        } else {
            fill(pens, area, color, &run);
            run.clear();
        }
    }
    fill(pens, area, color, &run);
}

fn fill(pens: &Pens<'_>, area: &Area, color: Rgb, run: &[([f64; 2], [f64; 2])]) {
    let upper: Vec<[f64; 2]> = run.iter().map(|(_, upper)| *upper).collect();
    if let [alone] = upper.as_slice() {
        return pens.canvas.circle(*alone, LINE_DOT, color);
    }
    let ring: Vec<[f64; 2]> = upper.iter().copied().chain(run.iter().rev().map(|(lower, _)| *lower)).collect();
    pens.canvas.polygon(&ring, Ink(color, area.opacity));
    if area.has_edge {
        pens.canvas.line(&upper, color, EDGE);
    }
}
