//! The chart as a drawing by plotters, and that drawing as SVG.

mod axes;
pub(crate) mod canvas;
mod colorbar;
pub(crate) mod fonts;
mod head;
mod layers;
mod layout;
mod marks;
mod pixels;
mod scale;
pub(crate) mod sink;
mod solid;
mod stamp;
mod ticks;
mod view;
mod world;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use contract::charts::figure::{Figure, Space};
use contract::charts::requests::ImageOptions;

use self::axes::Scales;
use self::canvas::{Anchor, Canvas, Drawing, Part, Rect, Type};
use self::head::Head;
use self::layers::Pens;
use self::sink::{UNITS, escape};
use super::look::Look;
use super::png;

pub(crate) use axes::has_zero_line;
pub(crate) use marks::REGION;
pub(crate) use ticks::label_width;

/// Between the drawing and the edges of the picture.
const MARGIN: f64 = 14.0;
/// Output pixels for each CSS pixel of marks that are stamped, in files without pixels of their own.
pub(crate) const STAMPED: f64 = 2.0;
/// The most bytes of stamped marks in an SVG before they are stamped more coarsely.
const MOST_STAMPED: usize = 1_300_000;

/// The chart as an SVG document.
pub(crate) fn svg(figure: &Figure, options: &ImageOptions) -> String {
    let fine = document(figure, options, &draw(figure, options, STAMPED));
    if fine.len() <= MOST_STAMPED {
        return fine;
    }
    let coarse = draw(figure, options, 1.0);
    if coarse.parts.iter().any(|part| matches!(part, Part::Picture { .. })) {
        return document(figure, options, &coarse);
    }
    fine
}

/// Draws the chart; marks that are stamped have `scale` pixels for each CSS pixel.
pub(crate) fn draw(figure: &Figure, options: &ImageOptions, scale: f64) -> Drawing {
    let canvas = Canvas::new(options.width, options.height, scale);
    let look = Look::of(options.theme);
    let is_diverging = figure.color_bar.as_ref().is_some_and(|bar| bar.is_diverging);
    let pens = Pens { canvas: &canvas, look, is_diverging };
    let whole = Rect::new(0.0, 0.0, f64::from(options.width), f64::from(options.height));
    if !options.is_transparent {
        canvas.rect(whole, look.surface);
    }
    let margin = MARGIN.min(whole.width / 20.0).min(whole.height / 20.0);
    let page = Rect::new(margin, margin, whole.width - 2.0 * margin, whole.height - 2.0 * margin);
    let head = Head::new(figure, page.width, page.height);
    head.draw(&pens, page);
    let mut body = Rect::new(page.x, page.y + head.above(), page.width, page.height - head.above() - head.below());
    body = draw_color_bar(&pens, figure, body);
    draw_panels(&pens, figure, body);
    canvas.finish()
}

/// Draws the scale of colours and gives back the room that is left.
fn draw_color_bar(pens: &Pens<'_>, figure: &Figure, body: Rect) -> Rect {
    let Some(bar) = &figure.color_bar else { return body };
    let is_map = figure.panels.iter().any(|panel| matches!(panel.space, Space::Map { .. }));
    if is_map {
        colorbar::lying(pens, bar, body);
        return Rect { height: (body.height - colorbar::lying_height(bar)).max(10.0), ..body };
    }
    let width = colorbar::upright_width(bar);
    if width > body.width / 2.0 {
        return body;
    }
    colorbar::upright(pens, bar, body);
    Rect { width: body.width - width, ..body }
}

fn draw_panels(pens: &Pens<'_>, figure: &Figure, body: Rect) {
    for placed in layout::place(figure, body) {
        if let Some(title) = &placed.panel.title {
            let kind = Type::new(ticks::SIZE, fonts::Face::STRONG, pens.look.ink).at(Anchor::Start);
            let over = if matches!(placed.panel.space, Space::Plane { .. }) { 11.0 } else { 6.0 };
            let text = fonts::cut(title, kind.size, kind.face, placed.area.width);
            pens.canvas.text(&text, [placed.area.x, placed.area.y - over], kind);
        }
        match &placed.panel.space {
            Space::Plane { x, y } => {
                let scales = Scales::new(x, y, placed.area);
                axes::grid(pens.canvas, pens.look, x, y, &scales);
                marks::below(pens, placed.panel, &scales);
                for layer in &placed.panel.layers {
                    layers::on_plane(pens, layer, &scales);
                }
                axes::frame(pens.canvas, pens.look, &placed, &scales);
                marks::above(pens, placed.panel, &scales);
            }
            Space::Whole => {
                for layer in &placed.panel.layers {
                    layers::whole(pens, layer, placed.area);
                }
            }
            Space::Map { longitudes, latitudes } => {
                world::draw(pens, &placed.panel.layers, *longitudes, *latitudes, placed.area);
            }
            space @ Space::Solid { .. } => solid::draw(pens, space, &placed.panel.layers, placed.area),
        }
    }
}

/// The drawing as a document that needs nothing else; stamped marks are embedded as PNG.
fn document(figure: &Figure, options: &ImageOptions, drawing: &Drawing) -> String {
    let mut text = opening(options.width, options.height);
    text.push_str("<title>");
    escape(&mut text, &figure.sentence);
    text.push_str("</title>\n");
    text.push_str(&format!("<defs>{}</defs>\n", drawing.clips));
    for part in &drawing.parts {
        match part {
            Part::Markup(markup) => text.push_str(markup),
            Part::Picture { left, top, pixels } => {
                let unit = UNITS / drawing.scale;
                let [x, y, width, height] =
                    [*left, *top, pixels.width(), pixels.height()].map(|pixels| f64::from(pixels) * unit);
                let bytes = png::encode(pixels, png::Effort::Small);
                text.push_str(&format!(
                    r#"<image x="{x}" y="{y}" width="{width}" height="{height}" preserveAspectRatio="none" href="data:image/png;base64,{}"/>"#,
                    BASE64_STANDARD.encode(bytes)
                ));
                text.push('\n');
            }
        }
    }
    text.push_str("</svg>\n");
    text
}

/// The beginning of a document in hundredths of CSS pixels.
pub(crate) fn opening(width: u32, height: u32) -> String {
    let units = UNITS as u32;
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {} {}\" \
         stroke-linejoin=\"round\" role=\"img\">\n",
        width * units,
        height * units
    )
}
