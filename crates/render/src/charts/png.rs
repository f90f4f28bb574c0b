//! The chart as PNG: the drawing's parts by resvg onto one picture, stamped marks without a detour.

use std::sync::{Arc, OnceLock};

use contract::charts::figure::Figure;
use contract::charts::requests::ImageOptions;
use resvg::tiny_skia::{Pixmap, PixmapPaint, Transform};
use resvg::usvg::{self, fontdb};

use super::svg::canvas::{Drawing, Part};
use super::svg::{self, fonts};
use crate::Result;
use crate::failures::unfit;

/// What matters more in a PNG.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Effort {
    Fast,
    Small,
}

/// The chart with `scale` pixels for each CSS pixel.
pub(crate) fn png(figure: &Figure, options: &ImageOptions) -> Result<Vec<u8>> {
    let drawing = svg::draw(figure, options, options.scale);
    let pixels = pixels(&drawing, options)?;
    Ok(encode(&pixels, Effort::Fast))
}

fn pixels(drawing: &Drawing, options: &ImageOptions) -> Result<Pixmap> {
    let scale = options.scale;
    let side = |length: u32| (f64::from(length) * scale).round().max(1.0) as u32;
    let too_large = || unfit("The picture is too large to draw. Ask for a smaller width, height or scale.");
    let mut pixels = Pixmap::new(side(options.width), side(options.height)).ok_or_else(too_large)?;
    for part in &drawing.parts {
        match part {
            Part::Picture { left, top, pixels: marks } => {
                let place = Transform::identity();
                pixels.draw_pixmap(*left as i32, *top as i32, marks.as_ref(), &PixmapPaint::default(), place, None);
            }
            Part::Markup(markup) => {
                let head = svg::opening(options.width, options.height);
                let document = format!("{head}<defs>{}</defs>{markup}</svg>", drawing.clips);
                let tree = usvg::Tree::from_str(&document, settings())
                    .map_err(|error| unfit(format!("The chart could not be drawn: {error}.")))?;
                resvg::render(&tree, Transform::from_scale(scale as f32, scale as f32), &mut pixels.as_mut());
            }
        }
    }
    Ok(pixels)
}

/// The fonts of this crate alone: a picture is the same on every machine.
pub(crate) fn settings() -> &'static usvg::Options<'static> {
    static SETTINGS: OnceLock<usvg::Options<'static>> = OnceLock::new();
    SETTINGS.get_or_init(|| {
        let mut fonts = fontdb::Database::new();
        for (_, _, bytes) in fonts::FILES {
            fonts.load_font_source(fontdb::Source::Binary(Arc::new(bytes)));
        }
        usvg::Options { fontdb: Arc::new(fonts), font_family: fonts::CONDENSED.to_owned(), ..Default::default() }
    })
}

/// Pixels as PNG, without an alpha channel where all are opaque.
pub(crate) fn encode(pixels: &Pixmap, effort: Effort) -> Vec<u8> {
    let is_opaque = pixels.data().chunks_exact(4).all(|pixel| pixel[3] == 255);
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, pixels.width(), pixels.height());
    encoder.set_depth(png::BitDepth::Eight);
    encoder.set_color(if is_opaque { png::ColorType::Rgb } else { png::ColorType::Rgba });
    encoder.set_compression(match effort {
        Effort::Fast => png::Compression::Fast,
        Effort::Small => png::Compression::Balanced,
    });
    let data: Vec<u8> = if is_opaque {
        let mut data = vec![0; pixels.data().len() / 4 * 3];
        for (to, from) in data.chunks_exact_mut(3).zip(pixels.data().chunks_exact(4)) {
            to.copy_from_slice(&from[..3]);
        }
        data
    } else {
        pixels
            .pixels()
            .iter()
            .flat_map(|pixel| {
                let color = pixel.demultiply();
                [color.red(), color.green(), color.blue(), color.alpha()]
            })
            .collect()
    };
    // Writing to memory fails for no picture that has fitted into memory before.
    let written = encoder.write_header().and_then(|mut writer| writer.write_image_data(&data));
    if written.is_err() {
        bytes.clear();
    }
    bytes
}
