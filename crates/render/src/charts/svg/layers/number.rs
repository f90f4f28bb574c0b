//! One figure, large, with its comparison and its course.

use contract::charts::layers::Number;

use super::Pens;
use crate::charts::shapes::runs;
use crate::charts::svg::canvas::{Ink, Rect, Type};
use crate::charts::svg::fonts::{self, Face};

const LABEL: f64 = 13.0;

pub(crate) fn draw(pens: &Pens<'_>, number: &Number, area: Rect) {
    let (canvas, look) = (pens.canvas, pens.look);
    let has_spark = number.spark.iter().filter(|value| value.is_finite()).count() > 1;
    let size = large(&number.text, area);
    let mut y = area.y;
    if !number.label.is_empty() {
        let label = fonts::cut(&number.label, LABEL, Face::LABEL, area.width);
        canvas.text(&label, [area.x, y + LABEL], Type::new(LABEL, Face::LABEL, look.ink2));
        y += LABEL + 6.0;
    }
    let text = fonts::cut(&number.text, size, Face::STRONG, area.width);
    canvas.text(&text, [area.x, y + size * 0.82], Type::new(size, Face::STRONG, look.ink));
    y += size + 4.0;
    if let Some(comparison) = &number.comparison {
        let color = match number.is_up {
            Some(true) => look.good,
            Some(false) => look.bad,
            None => look.ink2,
        };
        let mut x = area.x;
        if let Some(is_up) = number.is_up {
            let (tip, base) = if is_up { (y + 4.0, y + 12.0) } else { (y + 12.0, y + 4.0) };
            canvas.polygon(&[[x, base], [x + 9.0, base], [x + 4.5, tip]], color);
            x += 14.0;
        }
        let text = fonts::cut(comparison, LABEL, Face::LABEL, area.right() - x);
        canvas.text(&text, [x, y + LABEL], Type::new(LABEL, Face::LABEL, color));
        y += LABEL + 10.0;
    }
    let room = area.bottom() - y;
    if has_spark && room > 24.0 {
        let height = room.min(area.height * 0.55);
        spark(pens, &number.spark, Rect::new(area.x, area.bottom() - height + 6.0, area.width - 4.0, height - 12.0));
    }
}

/// As large as the panel allows.
fn large(text: &str, area: Rect) -> f64 {
    let by_width = area.width / fonts::width(text, 1.0, Face::STRONG).max(0.5);
    (area.height * 0.3).min(by_width).clamp(14.0, 72.0)
}

fn spark(pens: &Pens<'_>, values: &[f64], area: Rect) {
    let known = || values.iter().copied().filter(|value| value.is_finite());
    let (low, high) = (known().fold(f64::INFINITY, f64::min), known().fold(f64::NEG_INFINITY, f64::max));
    let last = (values.len() - 1) as f64;
    let place = |(at, value): (usize, &f64)| {
        let part = if high > low { (value - low) / (high - low) } else { 0.5 };
        [area.x + area.width * at as f64 / last, area.bottom() - area.height * part]
    };
    let points: Vec<[f64; 2]> = values.iter().enumerate().map(place).collect();
    for run in runs(&points) {
        let ends = [[run[run.len() - 1][0], area.bottom() + 4.0], [run[0][0], area.bottom() + 4.0]];
        let ring: Vec<[f64; 2]> = run.iter().copied().chain(ends).collect();
        pens.canvas.polygon(&ring, Ink(pens.look.accent, 0.1));
        pens.canvas.line(run, pens.look.accent, 1.5);
    }
    if let Some(end) = points.iter().rev().find(|point| point[1].is_finite()) {
        pens.canvas.circle(*end, 5.0, pens.look.accent);
    }
}
