//! The scale of colours: beside the panels, or below a map.

use contract::charts::figure::{ColorBar, Tick};

use super::canvas::{Anchor, Rect, Type};
use super::fonts::{self, Face};
use super::layers::Pens;
use super::ticks::{self, LINE};

const THICK: f64 = 11.0;
const LONGEST: f64 = 260.0;
/// Between the panels and the bar.
const GAP: f64 = 18.0;
const STEPS: usize = 64;
const TITLE: f64 = 20.0;

/// The room on the right that an upright bar needs.
pub(crate) fn upright_width(bar: &ColorBar) -> f64 {
    let labels = bar.ticks.iter().map(|tick| ticks::label_width(&tick.text)).fold(0.0, f64::max);
    GAP + (THICK + 7.0 + labels).max((title_width(bar) + 1.0).min(110.0))
}

/// The room below that a lying bar needs.
pub(crate) fn lying_height(bar: &ColorBar) -> f64 {
    8.0 + THICK + 4.0 + LINE + if has_title(bar) { TITLE } else { 0.0 }
}

pub(crate) fn upright(pens: &Pens<'_>, bar: &ColorBar, beside: Rect) {
    let x = beside.right() - upright_width(bar) + GAP;
    let kind = Type::new(ticks::SIZE, Face::LABEL, pens.look.ink2);
    let mut top = beside.y + 6.0;
    if has_title(bar) {
        let text = fonts::cut(bar.title.as_deref().unwrap_or_default(), kind.size, kind.face, beside.right() - x);
        pens.canvas.text(&text, [x, top + 8.0], kind);
        top += TITLE;
    }
    let height = (beside.bottom() - top - 10.0).clamp(20.0, LONGEST);
    let step = height / STEPS as f64;
    for at in 0..STEPS {
        let place = (at as f64 + 0.5) / STEPS as f64;
        let y = top + height - step * (at as f64 + 1.0);
        // Each step reaches a little below the next one, so that no seam shows.
        let overlap = if at == 0 { 0.0 } else { 0.5 };
        pens.canvas.rect(Rect::new(x, y, THICK, step + overlap), pens.shade(place));
    }
    let mut last = f64::INFINITY;
    for (tick, place) in places(bar) {
        let y = top + height * (1.0 - place);
        if (last - y).abs() < ticks::SIZE + 2.0 {
            continue;
        }
        last = y;
        pens.canvas.line(&[[x + THICK, y], [x + THICK + 3.0, y]], pens.look.axis, 1.0);
        pens.canvas.text(&tick.text, [x + THICK + 6.0, y + 4.2], kind);
    }
}

pub(crate) fn lying(pens: &Pens<'_>, bar: &ColorBar, below: Rect) {
    let kind = Type::new(ticks::SIZE, Face::LABEL, pens.look.ink2).at(Anchor::Middle);
    let width = (below.width * 0.6).min(LONGEST * 1.2);
    let left = below.x + (below.width - width) / 2.0;
    let mut top = below.bottom() - lying_height(bar) + 8.0;
    if has_title(bar) {
        let text = fonts::cut(bar.title.as_deref().unwrap_or_default(), kind.size, kind.face, below.width);
        pens.canvas.text(&text, [below.x + below.width / 2.0, top + 11.0], kind);
        top += TITLE;
    }
    let step = width / STEPS as f64;
    for at in 0..STEPS {
        let x = left + step * at as f64;
        let overlap = if at + 1 == STEPS { 0.0 } else { 0.5 };
        pens.canvas.rect(Rect::new(x, top, step + overlap, THICK), pens.shade((at as f64 + 0.5) / STEPS as f64));
    }
    let mut free = f64::NEG_INFINITY;
    for (tick, place) in places(bar) {
        let x = left + width * place;
        let half = ticks::label_width(&tick.text) / 2.0;
        if x - half < free {
            continue;
        }
        free = x + half + 8.0;
        pens.canvas.line(&[[x, top + THICK], [x, top + THICK + 3.0]], pens.look.axis, 1.0);
        pens.canvas.text(&tick.text, [x, top + THICK + 15.0], kind);
    }
}

/// The ticks on the bar with their places from 0 to 1.
fn places(bar: &ColorBar) -> impl Iterator<Item = (&Tick, f64)> {
    let [from, to] = bar.range;
    bar.ticks
        .iter()
        .map(move |tick| (tick, if to == from { 0.5 } else { (tick.at - from) / (to - from) }))
        .filter(|(_, place)| (-0.001..=1.001).contains(place))
}

fn has_title(bar: &ColorBar) -> bool {
    bar.title.as_ref().is_some_and(|title| !title.is_empty())
}

fn title_width(bar: &ColorBar) -> f64 {
    bar.title.as_deref().map_or(0.0, ticks::label_width)
}
