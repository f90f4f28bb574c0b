//! Very many marks as pixels: a dot is drawn once for each size and place between pixels, then stamped.

use std::collections::HashMap;

use resvg::tiny_skia::{Color, FillRule, Paint, PathBuilder, Pixmap, Stroke, Transform};

use super::canvas::{Canvas, Rect};
use super::layers::Pens;
use crate::charts::look::Rgb;

/// Places between pixels that a dot is drawn for, on each axis.
const PLACES: usize = 4;
/// Sizes are told apart by quarters of a pixel.
const SIZES: f64 = 4.0;
/// The largest dot, in output pixels.
const LARGEST: f64 = 400.0;

pub(crate) struct Dot {
    pub center: [f64; 2],
    pub diameter: f64,
    pub color: Rgb,
}

/// How much of each pixel a dot covers, from 0 to 255.
struct Mask {
    side: usize,
    covers: Vec<u8>,
}

/// The output pixels of an area, and where they begin.
fn pixels(canvas: &Canvas, area: Rect) -> Option<(Pixmap, u32, u32)> {
    let left = (area.x * canvas.scale).round().max(0.0) as u32;
    let top = (area.y * canvas.scale).round().max(0.0) as u32;
    let right = (area.right() * canvas.scale).round().max(0.0) as u32;
    let bottom = (area.bottom() * canvas.scale).round().max(0.0) as u32;
    let pixels = Pixmap::new(right.checked_sub(left)?, bottom.checked_sub(top)?)?;
    Some((pixels, left, top))
}

pub(crate) fn dots(canvas: &Canvas, dots: impl Iterator<Item = Dot>, opacity: f64, area: Rect) {
    let Some((mut picture, left, top)) = pixels(canvas, area) else { return };
    let (width, height) = (picture.width() as i64, picture.height() as i64);
    let mut masks: HashMap<u32, Vec<Mask>> = HashMap::new();
    let data = picture.data_mut();
    for dot in dots {
        let size = (dot.diameter * canvas.scale).clamp(0.5, LARGEST);
        let key = (size * SIZES).round() as u32;
        let masks = masks.entry(key).or_insert_with(|| masks_of(f64::from(key) / SIZES));
        let (column, across) = split(dot.center[0] * canvas.scale - f64::from(left));
        let (row, down) = split(dot.center[1] * canvas.scale - f64::from(top));
        let Some(mask) = masks.get(down * PLACES + across) else { continue };
        let half = (mask.side / 2) as i64;
        blend(data, (width, height), (column - half, row - half), mask, dot.color, opacity);
    }
    canvas.picture(left, top, picture);
}

/// The pixel that a place lies in, and which of the places within it.
fn split(place: f64) -> (i64, usize) {
    let whole = place.floor();
    (whole.clamp(-1.0e9, 1.0e9) as i64, (((place - whole) * PLACES as f64) as usize).min(PLACES - 1))
}

fn masks_of(diameter: f64) -> Vec<Mask> {
    (0..PLACES * PLACES)
        .filter_map(|place| {
            let middle = |at: usize| (at as f64 + 0.5) / PLACES as f64;
            mask(diameter, middle(place % PLACES), middle(place / PLACES))
        })
        .collect()
}

/// A dot whose centre lies `(across, down)` within the middle pixel.
fn mask(diameter: f64, across: f64, down: f64) -> Option<Mask> {
    let half = (diameter / 2.0).ceil() as usize + 1;
    let side = 2 * half + 1;
    let mut pixels = Pixmap::new(side as u32, side as u32)?;
    let center = (half as f64 + across, half as f64 + down);
    let circle = PathBuilder::from_circle(center.0 as f32, center.1 as f32, (diameter / 2.0) as f32)?;
    let mut paint = Paint::default();
    paint.set_color(Color::BLACK);
    pixels.fill_path(&circle, &paint, FillRule::Winding, Transform::identity(), None);
    Some(Mask { side, covers: pixels.pixels().iter().map(|pixel| pixel.alpha()).collect() })
}

/// Source over destination, in bytes with premultiplied alpha.
fn blend(data: &mut [u8], (width, height): (i64, i64), (x, y): (i64, i64), mask: &Mask, color: Rgb, opacity: f64) {
    let strength = (opacity.clamp(0.0, 1.0) * 256.0).round() as u32;
    let side = mask.side as i64;
    let (first, last) = ((-x).max(0), (width - x).min(side));
    if first >= last {
        return;
    }
    for row in (-y).max(0)..(height - y).min(side) {
        let covers = &mask.covers[(row * side + first) as usize..(row * side + last) as usize];
        let start = (((y + row) * width + x + first) * 4) as usize;
        let line = &mut data[start..start + covers.len() * 4];
        for (pixel, cover) in line.chunks_exact_mut(4).zip(covers) {
            let alpha = u32::from(*cover) * strength / 256;
            if alpha == 0 {
                continue;
            }
            let rest = 255 - alpha;
            let mix = |top: u8, below: u8| ((u32::from(top) * alpha + u32::from(below) * rest + 127) / 255) as u8;
            pixel[0] = mix(color.0, pixel[0]);
            pixel[1] = mix(color.1, pixel[1]);
            pixel[2] = mix(color.2, pixel[2]);
            pixel[3] = mix(255, pixel[3]);
        }
    }
}

/// Cells between edges in CSS pixels, row by row from the bottom; each pixel has the colour of the cell under its middle.
pub(crate) fn cells(pens: &Pens<'_>, shades: &[f64], across: &[f64], up: &[f64], area: Rect) {
    let Some((mut picture, left, top)) = pixels(pens.canvas, area) else { return };
    let scale = pens.canvas.scale;
    let middle = |pixel: u32, start: u32| (f64::from(pixel + start) + 0.5) / scale;
    let columns: Vec<Option<usize>> = (0..picture.width()).map(|x| class(across, middle(x, left))).collect();
    let rows: Vec<Option<usize>> = (0..picture.height()).map(|y| class(up, middle(y, top))).collect();
    let count = across.len() - 1;
    let colors: Vec<Option<Rgb>> = shades.iter().map(|shade| shade.is_finite().then(|| pens.shade(*shade))).collect();
    let width = picture.width() as usize;
    for (line, row) in picture.data_mut().chunks_exact_mut(width * 4).zip(&rows) {
        let Some(row) = row else { continue };
        for (pixel, column) in line.chunks_exact_mut(4).zip(&columns) {
            let cell = column.and_then(|column| colors.get(row * count + column).copied().flatten());
            if let Some(Rgb(red, green, blue)) = cell {
                pixel.copy_from_slice(&[red, green, blue, 255]);
            }
        }
    }
    pens.canvas.picture(left, top, picture);
}

/// Between which edges a place lies; edges may run either way.
fn class(edges: &[f64], place: f64) -> Option<usize> {
    let is_up = edges.first() <= edges.last();
    let at = edges.partition_point(|edge| if is_up { *edge <= place } else { *edge >= place });
    (at > 0 && at < edges.len()).then(|| at - 1)
}

/// Quads in the order of painting, in CSS pixels.
pub(crate) fn quads(canvas: &Canvas, quads: &[(f64, [[f64; 2]; 4], Rgb)], area: Rect) {
    let Some((mut picture, left, top)) = pixels(canvas, area) else { return };
    let place = |[x, y]: [f64; 2]| {
        ((x * canvas.scale - f64::from(left)) as f32, (y * canvas.scale - f64::from(top)) as f32)
    };
    for (_, corners, Rgb(red, green, blue)) in quads {
        let mut path = PathBuilder::new();
        for (at, corner) in corners.iter().enumerate() {
            let (x, y) = place(*corner);
            if at == 0 { path.move_to(x, y) } else { path.line_to(x, y) }
        }
        path.close();
        let Some(path) = path.finish() else { continue };
        let mut paint = Paint::default();
        paint.set_color_rgba8(*red, *green, *blue, 255);
        let stroke = Stroke { width: 0.6, ..Stroke::default() };
        picture.fill_path(&path, &paint, FillRule::Winding, Transform::identity(), None);
        picture.stroke_path(&path, &paint, &stroke, Transform::identity(), None);
    }
    canvas.picture(left, top, picture);
}
