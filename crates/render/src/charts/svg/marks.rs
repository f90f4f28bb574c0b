//! Annotations: lines, regions and texts that somebody put on a chart.

use contract::charts::figure::{Mark, Panel};

use super::axes::Scales;
use super::canvas::{Anchor, Ink, Rect, Type};
use super::fonts::{self, Face};
use super::layers::Pens;
use super::ticks;

/// Regions lie below the marks of the chart.
pub(crate) fn below(pens: &Pens<'_>, panel: &Panel, scales: &Scales) {
    let area = scales.area;
    for mark in &panel.marks {
        let Mark::Region { across_x, from, to, .. } = mark else { continue };
        let scale = if *across_x { scales.x } else { scales.y };
        let (from, to) = (scale.at_or_edge(*from), scale.at_or_edge(*to));
        let (low, high) = (from.min(to), from.max(to));
        let rect = if *across_x {
            Rect::new(low, area.y, high - low, area.height)
        } else {
            Rect::new(area.x, low, area.width, high - low)
        };
        pens.canvas.clipped(area, Some(rect), |canvas| canvas.rect(rect, Ink(pens.look.axis, REGION)));
    }
}

/// The opacity of regions.
pub(crate) const REGION: f64 = 0.16;

pub(crate) fn above(pens: &Pens<'_>, panel: &Panel, scales: &Scales) {
    let area = scales.area;
    for mark in &panel.marks {
        match mark {
            Mark::Line { across_x, at, text } => {
                let place = if *across_x { scales.x.at(*at) } else { scales.y.at(*at) };
                if !place.is_finite() || !inside(area, *across_x, place) {
                    continue;
                }
                let line = if *across_x {
                    [[place, area.y], [place, area.bottom()]]
                } else {
                    [[area.x, place], [area.right(), place]]
                };
                pens.canvas.dashed(&line, pens.look.ink2, 1.0, (4.0, 3.0));
                label(pens, text.as_deref(), *across_x, place, area);
            }
            Mark::Region { across_x, from, to, text } => {
                let scale = if *across_x { scales.x } else { scales.y };
                let (from, to) = (scale.at_or_edge(*from), scale.at_or_edge(*to));
                let place = if *across_x { from.min(to).max(area.x) } else { from.min(to).max(area.y) + 16.0 };
                label(pens, text.as_deref(), *across_x, place, area);
            }
            Mark::Text { x, y, text } => {
                let [x, y] = scales.at(*x, *y);
                if x.is_finite() && y.is_finite() {
                    write(pens, text, [x, y - 6.0], Anchor::Middle, area);
                }
            }
        }
    }
}

fn inside(area: Rect, across_x: bool, place: f64) -> bool {
    if across_x { place >= area.x && place <= area.right() } else { place >= area.y && place <= area.bottom() }
}

/// The text of a line or region: at the top of those across x, above the right end of the others.
fn label(pens: &Pens<'_>, text: Option<&str>, across_x: bool, place: f64, area: Rect) {
    let Some(text) = text.filter(|text| !text.is_empty()) else { return };
    if !across_x {
        return write(pens, text, [area.right() - 4.0, place - 4.0], Anchor::End, area);
    }
    let wide = fonts::width(text, ticks::SIZE, Face::LABEL);
    if place + 5.0 + wide <= area.right() {
        write(pens, text, [place + 5.0, area.y + 12.0], Anchor::Start, area);
    } else {
        write(pens, text, [place - 5.0, area.y + 12.0], Anchor::End, area);
    }
}

/// Kept within the panel as far as it fits.
fn write(pens: &Pens<'_>, text: &str, at: [f64; 2], anchor: Anchor, area: Rect) {
    let text = fonts::cut(text, ticks::SIZE, Face::LABEL, area.width);
    let wide = fonts::width(&text, ticks::SIZE, Face::LABEL);
    let before = match anchor {
        Anchor::Start => 0.0,
        Anchor::Middle => wide / 2.0,
        Anchor::End => wide,
    };
    let x = (at[0] - before).min(area.right() - wide).max(area.x);
    let y = at[1].min(area.bottom() - 3.0).max(area.y + 11.0);
    let kind = Type::new(ticks::SIZE, Face::LABEL, pens.look.ink);
    pens.canvas.text_above(&text, [x, y], kind, pens.look.surface);
}
