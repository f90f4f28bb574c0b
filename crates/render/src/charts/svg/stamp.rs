//! Very many marks as pixels: a dot is drawn once for each size and place between pixels, then stamped.

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
    /// The pixels of each row that are covered at all.
    spans: Vec<(usize, usize)>,
}

/// The output pixels of an area, and where they begin.
pub(crate) fn pixels(canvas: &Canvas, area: Rect) -> Option<(Pixmap, u32, u32)> {
    let left = (area.x * canvas.scale).round().max(0.0) as u32;
    let top = (area.y * canvas.scale).round().max(0.0) as u32;
    let right = (area.right() * canvas.scale).round().max(0.0) as u32;
    let bottom = (area.bottom() * canvas.scale).round().max(0.0) as u32;
    let pixels = Pixmap::new(right.checked_sub(left)?, bottom.checked_sub(top)?)?;
    Some((pixels, left, top))
}

pub(crate) fn dots(canvas: &Canvas, dots: impl Iterator<Item = Dot>, opacity: f64, area: Rect) {
    let Some((mut picture, left, top)) = pixels(canvas, area) else { return };
    let size = (i64::from(picture.width()), i64::from(picture.height()));
    let mut known: Vec<(u32, Vec<Mask>)> = Vec::new();
    let mut last = 0;
    let mut shades = Shades::new(Rgb::default(), opacity);
    let data = picture.data_mut();
    for dot in dots {
        let key = ((dot.diameter * canvas.scale).clamp(0.5, LARGEST) * SIZES).round() as u32;
        // Mostly the size of the dot before.
        if known.get(last).is_none_or(|(size, _)| *size != key) {
            last = known.iter().position(|(size, _)| *size == key).unwrap_or_else(|| {
                known.push((key, masks(f64::from(key) / SIZES)));
                known.len() - 1
            });
        }
        let (column, across) = split(dot.center[0] * canvas.scale - f64::from(left));
        let (row, down) = split(dot.center[1] * canvas.scale - f64::from(top));
        let Some(mask) = known[last].1.get(down * PLACES + across) else { continue };
        if shades.color != dot.color {
            shades = Shades::new(dot.color, opacity);
        }
        let half = (mask.side / 2) as i64;
        blend(data, size, (column - half, row - half), mask, &shades);
    }
    canvas.picture(left, top, picture);
}

/// The pixel that a place lies in, and which of the places within it.
fn split(place: f64) -> (i64, usize) {
    let whole = place.floor();
    (whole.clamp(-1.0e9, 1.0e9) as i64, (((place - whole) * PLACES as f64) as usize).min(PLACES - 1))
}

/// The masks of a diameter for all places between pixels.
fn masks(diameter: f64) -> Vec<Mask> {
    (0..PLACES * PLACES)
        .filter_map(|place| {
            let middle = |at: usize| (at as f64 + 0.5) / PLACES as f64;
            mask(diameter, middle(place % PLACES), middle(place / PLACES))
        })
        .collect()
}

/// A dot whose centre lies `(across, down)` within the middle pixel.
fn mask(diameter: f64, across: f64, down: f64) -> Option<Mask> {
    let half = (diameter / 2.0).ceil() as usize;
    let side = 2 * half + 1;
    let mut pixels = Pixmap::new(side as u32, side as u32)?;
    let center = (half as f64 + across, half as f64 + down);
    let circle = PathBuilder::from_circle(center.0 as f32, center.1 as f32, (diameter / 2.0) as f32)?;
    let mut paint = Paint::default();
    paint.set_color(Color::BLACK);
    pixels.fill_path(&circle, &paint, FillRule::Winding, Transform::identity(), None);
    let covers: Vec<u8> = pixels.pixels().iter().map(|pixel| pixel.alpha()).collect();
    let span = |row: &[u8]| {
        let first = row.iter().position(|cover| *cover > 0).unwrap_or(side);
        (first, row.iter().rposition(|cover| *cover > 0).map_or(first, |last| last + 1))
    };
    let spans = covers.chunks_exact(side).map(span).collect();
    Some(Mask { side, covers, spans })
}

/// A colour in all strengths, as four bytes with premultiplied alpha.
struct Shades {
    color: Rgb,
    pixels: [u32; 256],
}

impl Shades {
    fn new(color: Rgb, opacity: f64) -> Self {
        let shade = |cover: usize| {
            let alpha = (cover as f64 * opacity.clamp(0.0, 1.0)).round();
            let part = |byte: u8| (f64::from(byte) * alpha / 255.0).round() as u8;
            u32::from_le_bytes([part(color.0), part(color.1), part(color.2), alpha as u8])
        };
        Self { color, pixels: std::array::from_fn(shade) }
    }
}

/// Source over destination (Porter and Duff, 1984), two bytes at a time.
fn blend(data: &mut [u8], (width, height): (i64, i64), (x, y): (i64, i64), mask: &Mask, shades: &Shades) {
    const PAIRS: u32 = 0x00FF_00FF;
    let scaled = |pair: u32, by: u32| {
        // No step overflows; checks of that would take longer than the work.
        let product = pair.wrapping_mul(by).wrapping_add(0x0080_0080);
        (product.wrapping_add((product >> 8) & PAIRS) >> 8) & PAIRS
    };
    for row in (-y).max(0)..(height - y).min(mask.side as i64) {
        let (first, last) = mask.spans[row as usize];
        let (first, last) = ((first as i64).max(-x), (last as i64).min(width - x));
        if first >= last {
            continue;
        }
        let start = (row * mask.side as i64) as usize;
        let covers = &mask.covers[start + first as usize..start + last as usize];
        let begin = (((y + row) * width + x + first) * 4) as usize;
        for (pixel, cover) in data[begin..].chunks_exact_mut(4).zip(covers) {
            let above = shades.pixels[usize::from(*cover)];
            let rest = 255_u32.wrapping_sub(above >> 24);
            let below = u32::from_le_bytes([pixel[0], pixel[1], pixel[2], pixel[3]]);
            let (even, odd) = (scaled(below & PAIRS, rest), scaled((below >> 8) & PAIRS, rest));
            pixel.copy_from_slice(&(above.wrapping_add(even | (odd << 8))).to_le_bytes());
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
    let place =
        |[x, y]: [f64; 2]| ((x * canvas.scale - f64::from(left)) as f32, (y * canvas.scale - f64::from(top)) as f32);
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
