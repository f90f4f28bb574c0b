//! Treemaps: nested rectangles at the places that the figure gives.

use contract::charts::figure::Paint;
use contract::charts::layers::Tiles;

use super::Pens;
use crate::charts::shapes::PARENT;
use crate::charts::svg::canvas::{Ink, Rect, Type};
use crate::charts::svg::fonts::{self, Face};
use crate::charts::svg::ticks;

const GAP: f64 = 0.75;
const PAD: f64 = 6.0;

pub(crate) fn draw(pens: &Pens<'_>, tiles: &Tiles, area: Rect) {
    let mut has_children = vec![false; tiles.places.len()];
    for parent in tiles.parents.iter().flatten() {
        if let Some(known) = has_children.get_mut(*parent) {
            *known = true;
        }
    }
    for (at, place) in tiles.places.iter().enumerate() {
        let [left, top, right, bottom] = *place;
        let tile = Rect::new(
            area.x + left * area.width + GAP,
            area.y + top * area.height + GAP,
            (right - left) * area.width - 2.0 * GAP,
            (bottom - top) * area.height - 2.0 * GAP,
        );
        if !(tile.width > 0.0 && tile.height > 0.0) {
            continue;
        }
        let color = pens.color(tiles.paints.get(at).copied().unwrap_or(Paint::Muted));
        let strength = if has_children[at] { PARENT } else { 1.0 };
        pens.canvas.rect(tile, Ink(color, strength));
        write(pens, tiles, at, tile, (color.over(pens.look.surface, strength), has_children[at]));
    }
}

fn write(pens: &Pens<'_>, tiles: &Tiles, at: usize, tile: Rect, (ground, is_parent): (crate::charts::look::Rgb, bool)) {
    let room = tile.width - 2.0 * PAD;
    if tile.height < 18.0 || room < 14.0 {
        return;
    }
    let ink = pens.look.ink_on(ground);
    let face = if is_parent { Face::STRONG } else { Face::LABEL };
    let label = tiles.labels.get(at).map_or("", String::as_str);
    let text = tiles.texts.get(at).map_or("", String::as_str);
    let kind = Type::new(ticks::SIZE, face, ink);
    let shown = fonts::cut(label, kind.size, face, room);
    // One letter with dots tells nothing.
    if shown.chars().count() < 3 && shown != label {
        return;
    }
    pens.canvas.text(&shown, [tile.x + PAD, tile.y + 14.5], kind);
    if text.is_empty() || text == label {
        return;
    }
    let plain = Type::new(ticks::SIZE, Face::LABEL, ink);
    let wide = plain.width(text);
    if is_parent {
        let start = tile.x + PAD + kind.width(&shown) + 8.0;
        if start + wide <= tile.right() - PAD {
            pens.canvas.text(text, [start, tile.y + 14.5], plain);
        }
    } else if tile.height >= 35.0 && wide <= room {
        pens.canvas.text(text, [tile.x + PAD, tile.y + 29.5], plain);
    }
}
