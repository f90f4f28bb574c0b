//! Heat maps: rectangles, or pixels where there are very many.

use contract::charts::MANY_MARKS;
use contract::charts::layers::Cells;

use super::Pens;
use crate::charts::look::Rgb;
use crate::charts::svg::axes::Scales;
use crate::charts::svg::canvas::{Anchor, Rect, Type};
use crate::charts::svg::fonts::Face;
use crate::charts::svg::{stamp, ticks};

/// Cells larger than this on both sides stand apart by a line of the ground.
const LARGE: f64 = 7.0;

pub(super) fn draw(pens: &Pens<'_>, cells: &Cells, scales: &Scales) {
    let across: Vec<f64> = cells.x_edges.iter().map(|edge| scales.x.at_or_edge(*edge)).collect();
    let up: Vec<f64> = cells.y_edges.iter().map(|edge| scales.y.at_or_edge(*edge)).collect();
    if across.len() < 2 || up.len() < 2 {
        return;
    }
    if cells.shades.len() > MANY_MARKS {
        return stamp::cells(pens, &cells.shades, &across, &up, scales.area);
    }
    let columns = across.len() - 1;
    let is_large = smallest(&across) > LARGE && smallest(&up) > LARGE;
    let filled = cells.shades.iter().enumerate().filter(|(_, shade)| shade.is_finite());
    let rect = |at: usize| {
        let (column, row) = (at % columns, at / columns);
        let (left, right) = ordered(across[column], across[column + 1]);
        let (top, bottom) = ordered(up.get(row).copied()?, up.get(row + 1).copied()?);
        Some(Rect::new(left, top, right - left, bottom - top))
    };
    let edges = across.iter().map(|x| [*x, up[0]]).chain(up.iter().map(|y| [across[0], *y]));
    pens.canvas.clipped(scales.area, Some(Rect::around(edges, 0.0)), |canvas| {
        for (at, shade) in filled.clone() {
            let Some(rect) = rect(at) else { continue };
            let color = pens.shade(*shade);
            if is_large {
                canvas.rect(Rect::new(rect.x + 0.5, rect.y + 0.5, rect.width - 1.0, rect.height - 1.0), color);
            } else {
                let (right, bottom) = (rect.right(), rect.bottom());
                let ring = [[rect.x, rect.y], [right, rect.y], [right, bottom], [rect.x, bottom]];
                canvas.seamless(&ring, color, 0.4);
            }
        }
    });
    for (at, shade) in filled {
        if let (Some(rect), Some(text)) = (rect(at), cells.texts.get(at)) {
            write(pens, text, rect, pens.shade(*shade));
        }
    }
}

/// Writes a figure into a cell that has room for it.
fn write(pens: &Pens<'_>, text: &str, rect: Rect, ground: Rgb) {
    let kind = Type::new(ticks::SIZE, Face::LABEL, pens.look.ink_on(ground)).at(Anchor::Middle);
    if rect.height >= 14.0 && kind.width(text) + 4.0 <= rect.width {
        pens.canvas.text(text, [rect.x + rect.width / 2.0, rect.y + rect.height / 2.0 + 4.2], kind);
    }
}

fn smallest(edges: &[f64]) -> f64 {
    edges.windows(2).map(|pair| (pair[1] - pair[0]).abs()).fold(f64::INFINITY, f64::min)
}

fn ordered(one: f64, other: f64) -> (f64, f64) {
    (one.min(other), one.max(other))
}
