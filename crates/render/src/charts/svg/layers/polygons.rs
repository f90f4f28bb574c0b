//! Closed shapes: violins and hexagons.

use contract::charts::layers::Polygons;

use super::Pens;
use crate::charts::svg::axes::Scales;
use crate::charts::svg::canvas::Ink;

pub(super) fn draw(pens: &Pens<'_>, polygons: &Polygons, scales: &Scales) {
    for (at, ring) in polygons.rings.iter().enumerate() {
        let color = pens.color_of(&polygons.paint, at);
        let mut ring: Vec<[f64; 2]> = ring.iter().map(|[x, y]| scales.at(*x, *y)).collect();
        ring.retain(|[x, y]| x.is_finite() && y.is_finite());
        if polygons.has_edge {
            pens.canvas.polygon(&ring, Ink(color, polygons.opacity));
            ring.extend(ring.first().copied());
            pens.canvas.line(&ring, color, 1.25);
        } else {
            pens.canvas.seamless(&ring, Ink(color, polygons.opacity), 0.5);
        }
    }
}
