//! Points: circles, or stamps in a picture where there are very many.

use contract::charts::MANY_MARKS;
use contract::charts::layers::Points;

use super::{Pens, diameter};
use crate::charts::svg::axes::Scales;
use crate::charts::svg::canvas::{Ink, Rect};
use crate::charts::svg::stamp::{self, Dot};

pub(super) fn draw(pens: &Pens<'_>, points: &Points, scales: &Scales) {
    let places = points.x.iter().zip(&points.y).map(|(x, y)| scales.at(*x, *y));
    draw_at(pens, points, places, scales.area);
}

/// Points at places that a map's projection has found.
pub(crate) fn map_points(pens: &Pens<'_>, points: &Points, places: &[[f64; 2]], area: Rect) {
    draw_at(pens, points, places.iter().copied(), area);
}

fn draw_at(pens: &Pens<'_>, points: &Points, places: impl Iterator<Item = [f64; 2]>, area: Rect) {
    let places: Vec<[f64; 2]> = places.collect();
    let dots =
        places.iter().copied().enumerate().filter(|(_, [x, y])| x.is_finite() && y.is_finite()).map(|(at, center)| {
            Dot { center, diameter: diameter(&points.diameter, at), color: pens.color_of(&points.paint, at) }
        });
    if points.x.len() > MANY_MARKS {
        return stamp::dots(pens.canvas, dots, points.opacity, area);
    }
    let widest = (0..places.len()).map(|at| diameter(&points.diameter, at)).fold(0.0, f64::max);
    let reach = Rect::around(places.iter().copied(), widest / 2.0);
    pens.canvas.clipped(area, Some(reach), |canvas| {
        for dot in dots {
            canvas.circle(dot.center, dot.diameter, Ink(dot.color, points.opacity));
        }
    });
}
