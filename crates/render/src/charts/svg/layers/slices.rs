//! Pies and donuts, clockwise from the top.

use std::f64::consts::TAU;

use contract::charts::figure::Paint;
use contract::charts::layers::Slices;

use super::Pens;
use crate::charts::svg::canvas::{Anchor, Rect, Type};
use crate::charts::svg::fonts::{self, Face};
use crate::charts::svg::ticks;

/// The room beside a pie for the texts of small slices.
const BESIDE: f64 = 96.0;
/// Texts beside a pie stand so far apart.
const APART: f64 = 15.0;

/// A part of the pie: where it begins and ends as parts of the whole.
struct Slice<'a> {
    from: f64,
    to: f64,
    text: &'a str,
    at: usize,
}

pub(crate) fn draw(pens: &Pens<'_>, slices: &Slices, area: Rect) {
    let sum: f64 = slices.values.iter().filter(|value| value.is_finite() && **value > 0.0).sum();
    if sum <= 0.0 {
        return;
    }
    let beside = BESIDE.min(area.width * 0.22);
    let radius = ((area.width / 2.0 - beside).min(area.height / 2.0 - 14.0)).max(8.0);
    let center = [area.x + area.width / 2.0, area.y + area.height / 2.0];
    let mut outside: Vec<(Slice<'_>, f64)> = Vec::new();
    let mut from = 0.0;
    for (at, value) in slices.values.iter().enumerate().filter(|(_, value)| value.is_finite() && **value > 0.0) {
        let to = from + value / sum;
        let slice = Slice { from, to, text: slices.texts.get(at).map_or("", String::as_str), at };
        wedge(pens, slices, &slice, center, radius);
        if !slice.text.is_empty() && !write_inside(pens, slices, &slice, center, radius) {
            let middle = (slice.from + slice.to) / 2.0;
            outside.push((slice, middle));
        }
        from = to;
    }
    for is_right in [true, false] {
        let side = outside.iter().filter(|(_, middle)| (*middle < 0.5) == is_right);
        write_outside(pens, side, center, radius, area);
    }
}

fn point(center: [f64; 2], radius: f64, part: f64) -> [f64; 2] {
    let angle = part * TAU;
    [center[0] + radius * angle.sin(), center[1] - radius * angle.cos()]
}

fn paint(pens: &Pens<'_>, slices: &Slices, at: usize) -> crate::charts::look::Rgb {
    pens.color(slices.paints.get(at).copied().unwrap_or(Paint::Muted))
}

fn wedge(pens: &Pens<'_>, slices: &Slices, slice: &Slice<'_>, center: [f64; 2], radius: f64) {
    let steps = ((slice.to - slice.from) * 240.0).ceil().max(2.0) as usize;
    let part = |step: usize| slice.from + (slice.to - slice.from) * step as f64 / steps as f64;
    let mut ring: Vec<[f64; 2]> = (0..=steps).map(|step| point(center, radius, part(step))).collect();
    let inner = radius * slices.hole.clamp(0.0, 0.95);
    if inner > 0.0 {
        ring.extend((0..=steps).rev().map(|step| point(center, inner, part(step))));
    } else {
        ring.push(center);
    }
    pens.canvas.polygon(&ring, paint(pens, slices, slice.at));
    if slice.to - slice.from < 0.9999 {
        for part in [slice.from, slice.to] {
            pens.canvas.line(&[point(center, inner, part), point(center, radius, part)], pens.look.surface, 1.0);
        }
    }
}

/// Writes the text into its slice if it has room there.
fn write_inside(pens: &Pens<'_>, slices: &Slices, slice: &Slice<'_>, center: [f64; 2], radius: f64) -> bool {
    let part = slice.to - slice.from;
    let inner = radius * slices.hole;
    let at = (inner + radius) / 2.0 + if inner > 0.0 { 0.0 } else { radius * 0.15 };
    let kind = Type::new(ticks::SIZE, Face::LABEL, pens.look.ink_on(paint(pens, slices, slice.at))).at(Anchor::Middle);
    let wide = kind.width(slice.text);
    let chord = 2.0 * at * (part.min(0.5) * TAU / 2.0).sin();
    if chord < 18.0 || chord < wide * 0.8 + 6.0 || wide + 8.0 > (radius - inner) * if part > 0.2 { 1.6 } else { 1.0 } {
        return false;
    }
    let [x, y] = point(center, at, (slice.from + slice.to) / 2.0);
    pens.canvas.text(slice.text, [x, y + 4.2], kind);
    true
}

/// Writes texts beside the pie, from the top, with a line to their slices; those without room are left out.
fn write_outside<'a>(
    pens: &Pens<'_>,
    texts: impl Iterator<Item = &'a (Slice<'a>, f64)>,
    center: [f64; 2],
    radius: f64,
    area: Rect,
) {
    let mut texts: Vec<&(Slice<'_>, f64)> = texts.collect();
    texts.sort_by(|one, other| point(center, radius, one.1)[1].total_cmp(&point(center, radius, other.1)[1]));
    let mut free = area.y + 8.0;
    for (slice, middle) in texts {
        let [_, y] = point(center, radius + 12.0, *middle);
        let height = y.max(free);
        if height > area.bottom() - 4.0 {
            return;
        }
        free = height + APART;
        let is_right = *middle < 0.5;
        // As far out as the pie is wide at this height.
        let reach = ((radius + 12.0).powi(2) - (height - center[1]).powi(2)).max(0.0).sqrt();
        let x = center[0] + if is_right { reach } else { -reach };
        let (start, anchor, room) = if is_right {
            (x + 4.0, Anchor::Start, area.right() - x - 8.0)
        } else {
            (x - 4.0, Anchor::End, x - 8.0 - area.x)
        };
        let kind = Type::new(ticks::SIZE, Face::LABEL, pens.look.ink2).at(anchor);
        let text = fonts::cut(slice.text, kind.size, kind.face, room.max(24.0));
        let elbow = [x, height];
        pens.canvas.line(&[point(center, radius + 2.0, *middle), elbow], pens.look.axis, 1.0);
        pens.canvas.text(&text, [start, height + 4.2], kind);
    }
}
