//! Closed shapes: violins and hexagons; pixels where there are very many.

use contract::charts::layers::Polygons;

use super::Pens;
use crate::charts::svg::axes::Scales;
use crate::charts::svg::canvas::Ink;
use crate::charts::svg::pixels::Pixels;

/// The width of the edge of a shape that has one, and of the seam of one that has none, in CSS pixels.
const EDGE: f64 = 1.25;
const SEAM: f64 = 0.5;

pub(super) fn draw(pens: &Pens<'_>, polygons: &Polygons, scales: &Scales) {
    for at in 0..polygons.rings.len() {
        let color = pens.color_of(&polygons.paint, at);
        let mut ring = placed(polygons, at, scales);
        if polygons.has_edge {
            pens.canvas.polygon(&ring, Ink(color, polygons.opacity));
            ring.extend(ring.first().copied());
            pens.canvas.line(&ring, color, EDGE);
        } else {
            pens.canvas.seamless(&ring, Ink(color, polygons.opacity), SEAM);
        }
    }
}

pub(super) fn stamped(pens: &Pens<'_>, polygons: &Polygons, scales: &Scales) {
    let Some(mut pixels) = Pixels::over(pens.canvas, scales.area) else { return };
    for at in 0..polygons.rings.len() {
        let color = pens.color_of(&polygons.paint, at);
        let mut ring = placed(polygons, at, scales);
        pixels.polygon(&ring, Ink(color, polygons.opacity));
        ring.extend(ring.first().copied());
        let (ink, width) =
            if polygons.has_edge { (Ink(color, 1.0), EDGE) } else { (Ink(color, polygons.opacity), SEAM) };
        pixels.line(&ring, ink, width, None);
    }
    pixels.finish();
}

fn placed(polygons: &Polygons, at: usize, scales: &Scales) -> Vec<[f64; 2]> {
    let places = polygons.rings[at].iter().map(|[x, y]| scales.at(*x, *y));
    places.filter(|[x, y]| x.is_finite() && y.is_finite()).collect()
}
