//! Bars with the texts on or beside them; pixels where there are very many.

use contract::charts::layers::Bars;
use contract::charts::{MANY_MARKS, Orientation};

use super::Pens;
use crate::charts::look::Rgb;
use crate::charts::svg::axes::Scales;
use crate::charts::svg::canvas::{Anchor, Ink, Rect, Type};
use crate::charts::svg::fonts::Face;
use crate::charts::svg::pixels::Pixels;
use crate::charts::svg::ticks;

/// Bars that are wider than this keep a hair's breadth between them.
const WIDE: f64 = 4.0;
const HAIR: f64 = 0.4;

pub(super) fn draw(pens: &Pens<'_>, bars: &Bars, scales: &Scales) {
    let placed: Vec<(usize, Rect)> =
        (0..bars.at.len()).filter_map(|at| Some((at, place(bars, at, scales)?.0))).collect();
    let ink = |at: usize| Ink(pens.color_of(&bars.paint, at), bars.opacity);
    if placed.len() > MANY_MARKS {
        // Their texts would cover each other.
        let Some(mut pixels) = Pixels::over(pens.canvas, scales.area) else { return };
        placed.iter().for_each(|(at, rect)| pixels.rect(*rect, ink(*at)));
        return pixels.finish();
    }
    let corners = placed.iter().flat_map(|(_, rect)| [[rect.x, rect.y], [rect.right(), rect.bottom()]]);
    pens.canvas.clipped(scales.area, Some(Rect::around(corners, 0.0)), |canvas| {
        for (at, rect) in &placed {
            canvas.rect(*rect, ink(*at));
        }
    });
    for (at, text) in bars.texts.iter().enumerate().filter(|(_, text)| !text.is_empty()) {
        if let Some((rect, is_backward)) = place(bars, at, scales) {
            let color = pens.color_of(&bars.paint, at);
            match bars.orientation {
                // Bars to both sides of 0, as in a funnel, are written on in the middle.
                Orientation::Horizontal if bars.base.get(at).zip(bars.end.get(at)).is_some_and(is_even) => {
                    write_in_middle(pens, (text, color, bars.opacity), rect, scales.area);
                }
                _ => write(pens, bars, (text, color), rect, is_backward),
            }
        }
    }
}

fn is_even((base, end): (&f64, &f64)) -> bool {
    *base == -*end
}

fn write_in_middle(pens: &Pens<'_>, (text, color, opacity): (&str, Rgb, f64), rect: Rect, area: Rect) {
    if rect.height < 11.0 {
        return;
    }
    let at = [rect.x + rect.width / 2.0, rect.y + rect.height / 2.0 + 4.2];
    let kind = Type::new(ticks::SIZE, Face::LABEL, pens.look.ink).at(Anchor::Middle);
    if kind.width(text) + 10.0 <= rect.width {
        let ink = pens.look.ink_on(color.over(pens.look.surface, opacity));
        pens.canvas.text(text, at, Type { color: ink, ..kind });
    } else if kind.width(text) <= area.width {
        pens.canvas.text_above(text, at, kind, pens.look.surface);
    }
}

/// Where a bar stands, and whether it goes down or to the left.
fn place(bars: &Bars, at: usize, scales: &Scales) -> Option<(Rect, bool)> {
    let half = bars.width.get(at)? / 2.0;
    let middle = bars.at.get(at)?;
    let (along, across) = match bars.orientation {
        Orientation::Vertical => (scales.x, scales.y),
        Orientation::Horizontal => (scales.y, scales.x),
    };
    let sides = [along.at(middle - half), along.at(middle + half)];
    let ends = [across.at_or_edge(*bars.base.get(at)?), across.at_or_edge(*bars.end.get(at)?)];
    if sides.iter().chain(&ends).any(|place| !place.is_finite()) {
        return None;
    }
    let (mut low, mut high) = (sides[0].min(sides[1]), sides[0].max(sides[1]));
    if high - low > WIDE {
        low += HAIR;
        high -= HAIR;
    }
    let (first, last) = (ends[0].min(ends[1]), ends[0].max(ends[1]));
    Some(match bars.orientation {
        Orientation::Vertical => (Rect::new(low, first, high - low, last - first), ends[1] > ends[0]),
        Orientation::Horizontal => (Rect::new(first, low, last - first, high - low), ends[1] < ends[0]),
    })
}

/// Inside at the end of the bar where there is room, otherwise beyond its end; left out where it is wider than the bar's
/// own strip.
fn write(pens: &Pens<'_>, bars: &Bars, (text, color): (&str, Rgb), rect: Rect, is_backward: bool) {
    let ground = color.over(pens.look.surface, bars.opacity);
    let kind = Type::new(ticks::SIZE, Face::LABEL, pens.look.ink_on(ground)).at(Anchor::Middle);
    let beyond = Type { color: pens.look.ink2, ..kind };
    let wide = kind.width(text);
    let middle = [rect.x + rect.width / 2.0, rect.y + rect.height / 2.0 + 4.2];
    match bars.orientation {
        Orientation::Vertical if wide > rect.width + 10.0 => {}
        Orientation::Vertical if rect.height >= 18.0 && wide + 4.0 <= rect.width => {
            let y = if is_backward { rect.bottom() - 5.0 } else { rect.y + 13.0 };
            pens.canvas.text(text, [middle[0], y], kind);
        }
        Orientation::Vertical => {
            let y = if is_backward { rect.bottom() + 13.0 } else { rect.y - 4.0 };
            pens.canvas.text(text, [middle[0], y], beyond);
        }
        Orientation::Horizontal if rect.height < 11.0 => {}
        Orientation::Horizontal if wide + 10.0 <= rect.width => {
            let (x, anchor) =
                if is_backward { (rect.x + 5.0, Anchor::Start) } else { (rect.right() - 5.0, Anchor::End) };
            pens.canvas.text(text, [x, middle[1]], kind.at(anchor));
        }
        Orientation::Horizontal => {
            let (x, anchor) =
                if is_backward { (rect.x - 5.0, Anchor::End) } else { (rect.right() + 5.0, Anchor::Start) };
            pens.canvas.text(text, [x, middle[1]], beyond.at(anchor));
        }
    }
}
