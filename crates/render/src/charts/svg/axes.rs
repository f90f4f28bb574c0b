//! The axes of a panel: grid lines below the marks; lines, ticks and texts above them.

use contract::charts::figure::{Axis, AxisKind};

use super::canvas::{Anchor, Canvas, Rect, Type};
use super::fonts::{self, Face};
use super::layout::{Placed, TICK, has_title};
use super::scale::Scale;
use super::ticks;
use crate::charts::look::Look;
use crate::charts::panels;

const TICK_LENGTH: f64 = 4.0;

/// The scales of a panel on a plane.
#[derive(Clone, Copy)]
pub(crate) struct Scales {
    pub x: Scale,
    pub y: Scale,
    pub area: Rect,
}

impl Scales {
    pub(crate) fn new(x: &Axis, y: &Axis, area: Rect) -> Self {
        Self { x: Scale::new(x, area.x, area.right()), y: Scale::new(y, area.bottom(), area.y), area }
    }

    pub(crate) fn at(&self, x: f64, y: f64) -> [f64; 2] {
        [self.x.at(x), self.y.at(y)]
    }
}

pub(crate) fn grid(canvas: &Canvas, look: &Look, x: &Axis, y: &Axis, scales: &Scales) {
    let area = scales.area;
    if y.grid {
        for at in ticks::visible(y, scales.y) {
            let height = scales.y.at(y.ticks[at].at);
            canvas.line(&[[area.x, height], [area.right(), height]], look.grid, 1.0);
        }
    }
    if x.grid {
        for at in ticks::visible(x, scales.x) {
            let across = scales.x.at(x.ticks[at].at);
            canvas.line(&[[across, area.y], [across, area.bottom()]], look.grid, 1.0);
        }
    }
}

pub(crate) fn frame(canvas: &Canvas, look: &Look, placed: &Placed<'_>, scales: &Scales) {
    let Some((x, y)) = panels::plane(placed.panel) else { return };
    lines(canvas, look, x, y, scales);
    let kind = Type::new(ticks::SIZE, Face::LABEL, look.ink2);
    let area = scales.area;
    for at in &placed.below.shown {
        let tick = &x.ticks[*at];
        let across = scales.x.at(tick.at);
        let top = area.bottom() + TICK;
        if placed.below.turn == 0.0 {
            canvas.text(&tick.text, [across, top + 11.0], kind.at(Anchor::Middle));
        } else {
            canvas.text(&tick.text, [across + 4.0, top + 8.0], kind.at(Anchor::End).turned(placed.below.turn));
        }
    }
    if placed.labels.has_y_ticks {
        for at in ticks::beside(y, area.height) {
            let height = scales.y.at(y.ticks[at].at);
            canvas.text(&y.ticks[at].text, [area.x - TICK - 2.0, height + 4.2], kind.at(Anchor::End));
        }
    }
    titles(canvas, look, placed, scales);
}

fn lines(canvas: &Canvas, look: &Look, x: &Axis, y: &Axis, scales: &Scales) {
    let area = scales.area;
    if has_zero_line(y) {
        let zero = scales.y.at(0.0);
        canvas.line(&[[area.x, zero], [area.right(), zero]], look.axis, 1.0);
    }
    if has_zero_line(x) {
        let zero = scales.x.at(0.0);
        canvas.line(&[[zero, area.y], [zero, area.bottom()]], look.axis, 1.0);
    }
    if panels::has_line(x) {
        canvas.line(&[[area.x, area.bottom()], [area.right(), area.bottom()]], look.axis, 1.0);
        if x.kind != AxisKind::Category {
            for at in ticks::visible(x, scales.x) {
                let across = scales.x.at(x.ticks[at].at);
                canvas.line(&[[across, area.bottom()], [across, area.bottom() + TICK_LENGTH]], look.axis, 1.0);
            }
        }
    }
    if panels::has_line(y) {
        canvas.line(&[[area.x, area.y], [area.x, area.bottom()]], look.axis, 1.0);
        if y.kind != AxisKind::Category {
            for at in ticks::visible(y, scales.y) {
                let height = scales.y.at(y.ticks[at].at);
                canvas.line(&[[area.x - TICK_LENGTH, height], [area.x, height]], look.axis, 1.0);
            }
        }
    }
}

/// Whether values of both signs are shown, so that 0 deserves a line.
pub(crate) fn has_zero_line(axis: &Axis) -> bool {
    let [from, to] = axis.range;
    axis.kind == AxisKind::Linear && axis.grid && from.min(to) < 0.0 && from.max(to) > 0.0
}

fn titles(canvas: &Canvas, look: &Look, placed: &Placed<'_>, scales: &Scales) {
    let Some((x, y)) = panels::plane(placed.panel) else { return };
    let area = scales.area;
    let kind = Type::new(ticks::SIZE, Face::LABEL, look.ink2).at(Anchor::Middle);
    if has_title(x, placed.labels.has_x_title) {
        let labels = if placed.below.shown.is_empty() { 0.0 } else { TICK + placed.below.height };
        let text = fonts::cut(x.title.as_deref().unwrap_or_default(), kind.size, kind.face, area.width.max(120.0));
        canvas.text(&text, [area.x + area.width / 2.0, area.bottom() + labels + 14.0], kind);
    }
    if has_title(y, placed.labels.has_y_title) {
        let labels = if placed.labels.has_y_ticks { ticks::widest(y) + TICK + 2.0 } else { 2.0 };
        let text = fonts::cut(y.title.as_deref().unwrap_or_default(), kind.size, kind.face, area.height.max(80.0));
        canvas.text(&text, [area.x - labels - 8.0, area.y + area.height / 2.0], kind.turned(-90.0));
    }
}
