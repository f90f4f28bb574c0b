//! Points and surfaces in space: a perspective view of a box with three scales.

use contract::charts::MANY_MARKS;
use contract::charts::figure::{Axis, Space};
use contract::charts::layers::{Cloud, Layer, Surface};

use super::canvas::{Anchor, Ink, Rect, Type};
use super::fonts::{self, Face};
use super::layers::{Pens, diameter};
use super::scale::Scale;
use super::stamp::{self, Dot};
use super::ticks;
use super::view::View;
use crate::charts::look::Rgb;

/// The room around the box for labels.
const LABELS: f64 = 46.0;

/// The three scales, from positions to −0.5 … 0.5.
struct Scales {
    x: Scale,
    y: Scale,
    z: Scale,
}

pub(crate) fn draw(pens: &Pens<'_>, space: &Space, panel: &[Layer], area: Rect) {
    let Space::Solid { x, y, z, eye } = space else { return };
    let inner = Rect::new(area.x + LABELS, area.y + 12.0, area.width - 2.0 * LABELS, area.height - 12.0 - LABELS * 0.8);
    let view = View::new(*eye, inner);
    let scale = |axis: &Axis| Scale::new(axis, -0.5, 0.5);
    let scales = Scales { x: scale(x), y: scale(y), z: scale(z) };
    walls(pens, &view, [x, y, z], &scales);
    for layer in panel {
        match layer {
            Layer::Cloud(cloud) => draw_cloud(pens, cloud, &view, &scales, area),
            Layer::Surface(surface) => draw_surface(pens, surface, &view, &scales, area),
            _ => {}
        }
    }
    labels(pens, &view, [x, y, z], &scales);
}

impl Scales {
    fn of(&self, side: usize) -> Scale {
        [self.x, self.y, self.z][side]
    }

    fn at(&self, x: f64, y: f64, z: f64) -> [f64; 3] {
        [self.x.at(x), self.y.at(y), self.z.at(z)]
    }
}

/// The three walls behind everything, with their grids.
fn walls(pens: &Pens<'_>, view: &View, axes: [&Axis; 3], scales: &Scales) {
    for wall in 0..3 {
        let behind = view.far_side(wall);
        let (one, other) = ((wall + 1) % 3, (wall + 2) % 3);
        let point = |a: f64, b: f64| {
            let mut place = [0.0; 3];
            place[wall] = behind;
            place[one] = a;
            place[other] = b;
            view.at(place)
        };
        let corners = [point(-0.5, -0.5), point(0.5, -0.5), point(0.5, 0.5), point(-0.5, 0.5)];
        pens.canvas.polygon(&corners, Ink(pens.look.sunken, 0.6));
        for (side, is_first) in [(one, true), (other, false)] {
            for at in ticks::visible(axes[side], scales.of(side)) {
                let tick = scales.of(side).at(axes[side].ticks[at].at);
                let line = if is_first {
                    [point(tick, -0.5), point(tick, 0.5)]
                } else {
                    [point(-0.5, tick), point(0.5, tick)]
                };
                pens.canvas.line(&line, pens.look.rule, 0.8);
            }
        }
        let outline: Vec<[f64; 2]> = corners.iter().chain(corners.first()).copied().collect();
        pens.canvas.line(&outline, pens.look.axis, 0.8);
    }
}

/// Labels stand at the edges of the box that nothing covers: the near lower ones, and an upright one on the left.
fn labels(pens: &Pens<'_>, view: &View, axes: [&Axis; 3], scales: &Scales) {
    let center = view.at([0.0, 0.0, 0.0]);
    let mut taken: Vec<[f64; 2]> = Vec::new();
    for side in 0..3 {
        let edge = view.label_edge(side);
        let place = |along: f64| {
            let mut place = edge;
            place[side] = along;
            view.at(place)
        };
        let (start, end) = (place(-0.5), place(0.5));
        let out = outward(start, end, center);
        let kind = Type::new(11.0, Face::LABEL, pens.look.ink2);
        let mut widest = 0.0_f64;
        for tick in ticks::visible(axes[side], scales.of(side)).map(|at| &axes[side].ticks[at]) {
            let point = place(scales.of(side).at(tick.at));
            let wide = kind.width(&tick.text);
            let at = [point[0] + out[0] * 8.0, point[1] + out[1] * 8.0];
            let is_close = |other: &[f64; 2]| (other[1] - at[1]).abs() < 13.0 && (other[0] - at[0]).abs() < wide + 6.0;
            if taken.iter().any(is_close) {
                continue;
            }
            taken.push(at);
            widest = widest.max(wide);
            pens.canvas.line(&[point, [point[0] + out[0] * 4.0, point[1] + out[1] * 4.0]], pens.look.axis, 0.8);
            write(pens, &tick.text, at, out, kind);
        }
        if let Some(title) = axes[side].title.as_deref().filter(|title| !title.is_empty()) {
            let away = 20.0 + widest * out[0].abs() + 8.0 * out[1].abs();
            let middle = [(start[0] + end[0]) / 2.0 + out[0] * away, (start[1] + end[1]) / 2.0 + out[1] * away];
            let kind = Type::new(ticks::SIZE, Face::STRONG, pens.look.ink2);
            let text = fonts::cut(title, kind.size, kind.face, 200.0);
            if side == 2 {
                pens.canvas.text(&text, middle, kind.at(Anchor::Middle).turned(-90.0));
            } else {
                write(pens, &text, middle, out, kind);
            }
        }
    }
}

/// The direction across an edge, away from the middle of the box.
fn outward(start: [f64; 2], end: [f64; 2], center: [f64; 2]) -> [f64; 2] {
    let along = [end[0] - start[0], end[1] - start[1]];
    let length = along[0].hypot(along[1]).max(1e-9);
    let across = [-along[1] / length, along[0] / length];
    let from_center = [(start[0] + end[0]) / 2.0 - center[0], (start[1] + end[1]) / 2.0 - center[1]];
    let sign = if across[0] * from_center[0] + across[1] * from_center[1] < 0.0 { -1.0 } else { 1.0 };
    [across[0] * sign, across[1] * sign]
}

fn write(pens: &Pens<'_>, text: &str, at: [f64; 2], out: [f64; 2], kind: Type) {
    let anchor = match out[0] {
        across if across > 0.3 => Anchor::Start,
        across if across < -0.3 => Anchor::End,
        _ => Anchor::Middle,
    };
    pens.canvas.text(text, [at[0], at[1] + 4.0 + out[1].max(0.0) * 5.0], kind.at(anchor));
}

fn draw_cloud(pens: &Pens<'_>, cloud: &Cloud, view: &View, scales: &Scales, area: Rect) {
    let mut dots: Vec<(f64, Dot)> = (0..cloud.x.len())
        .filter_map(|at| {
            let place = scales.at(cloud.x[at], *cloud.y.get(at)?, *cloud.z.get(at)?);
            if place.iter().any(|part| !part.is_finite()) {
                return None;
            }
            let dot = Dot {
                center: view.at(place),
                diameter: diameter(&cloud.diameter, at),
                color: pens.color_of(&cloud.paint, at),
            };
            Some((view.depth(place), dot))
        })
        .collect();
    dots.sort_by(|one, other| other.0.total_cmp(&one.0));
    if dots.len() > MANY_MARKS {
        return stamp::dots(pens.canvas, dots.into_iter().map(|(_, dot)| dot), cloud.opacity, area);
    }
    pens.canvas.clipped(area, None, |canvas| {
        for (_, dot) in &dots {
            canvas.circle(dot.center, dot.diameter, Ink(dot.color, cloud.opacity));
        }
    });
}

/// Painter's algorithm: the quads of the grid from the farthest to the nearest.
fn draw_surface(pens: &Pens<'_>, surface: &Surface, view: &View, scales: &Scales, area: Rect) {
    let columns = surface.x.len();
    let mut quads: Vec<(f64, [[f64; 2]; 4], Rgb)> = Vec::new();
    for row in 1..surface.y.len() {
        for column in 1..columns {
            let corners = [(row - 1, column - 1), (row - 1, column), (row, column), (row, column - 1)];
            let places = corners.map(|(row, column)| {
                let height = surface.z.get(row * columns + column).copied().unwrap_or(f64::NAN);
                scales.at(surface.x[column], surface.y[row], height)
            });
            if places.iter().flatten().any(|part| !part.is_finite()) {
                continue;
            }
            let shade = corners
                .map(|(row, column)| surface.shades.get(row * columns + column).copied().unwrap_or(0.5))
                .iter()
                .sum::<f64>()
                / 4.0;
            let depth = places.iter().map(|place| view.depth(*place)).sum::<f64>();
            quads.push((depth, places.map(|place| view.at(place)), pens.shade(shade)));
        }
    }
    quads.sort_by(|one, other| other.0.total_cmp(&one.0));
    if quads.len() > MANY_MARKS {
        return stamp::quads(pens.canvas, &quads, area);
    }
    for (_, corners, color) in &quads {
        pens.canvas.seamless(corners, *color, 0.5);
    }
}
