//! A canvas in CSS pixels over plotters' drawing area in hundredths of them.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::rc::Rc;

use plotters::coord::Shift;
use plotters::drawing::{DrawingArea, IntoDrawingArea};
use plotters::element::{Circle, PathElement, Polygon, Text};
use plotters::style::text_anchor::{HPos, Pos, VPos};
use plotters::style::{Color, FontDesc, FontFamily, FontStyle, RGBAColor, ShapeStyle, TextStyle};
use resvg::tiny_skia::Pixmap;

use super::fonts::{self, Face};
use super::sink::{Markup, Sink, UNITS};
use crate::charts::look::Rgb;

/// Left, top, width and height in CSS pixels.
#[derive(Clone, Copy, Debug, PartialEq, Default)]
pub(crate) struct Rect {
    pub x: f64,
    pub y: f64,
    pub width: f64,
    pub height: f64,
}

impl Rect {
    pub(crate) const fn new(x: f64, y: f64, width: f64, height: f64) -> Self {
        Self { x, y, width, height }
    }

    pub(crate) fn right(self) -> f64 {
        self.x + self.width
    }

    pub(crate) fn bottom(self) -> f64 {
        self.y + self.height
    }

    /// Whether another one lies within, give or take what nobody sees.
    pub(crate) fn holds(self, other: Self) -> bool {
        other.x >= self.x - 0.05
            && other.y >= self.y - 0.05
            && other.right() <= self.right() + 0.05
            && other.bottom() <= self.bottom() + 0.05
    }

    /// The smallest one around points, `beyond` wider on all sides; points that are nowhere do not count.
    pub(crate) fn around(points: impl IntoIterator<Item = [f64; 2]>, beyond: f64) -> Self {
        let (mut low, mut high) = ([f64::INFINITY; 2], [f64::NEG_INFINITY; 2]);
        for point in points.into_iter().filter(|[x, y]| x.is_finite() && y.is_finite()) {
            for side in 0..2 {
                low[side] = low[side].min(point[side]);
                high[side] = high[side].max(point[side]);
            }
        }
        Self::new(low[0] - beyond, low[1] - beyond, high[0] - low[0] + 2.0 * beyond, high[1] - low[1] + 2.0 * beyond)
    }
}

/// A colour with its opacity.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Ink(pub Rgb, pub f64);

impl From<Rgb> for Ink {
    fn from(color: Rgb) -> Self {
        Self(color, 1.0)
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Anchor {
    Start,
    Middle,
    End,
}

/// How a text stands.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Type {
    pub size: f64,
    pub face: Face,
    pub color: Rgb,
    pub anchor: Anchor,
    /// In degrees, clockwise.
    pub turn: f64,
}

impl Type {
    pub(crate) const fn new(size: f64, face: Face, color: Rgb) -> Self {
        Self { size, face, color, anchor: Anchor::Start, turn: 0.0 }
    }

    pub(crate) const fn at(self, anchor: Anchor) -> Self {
        Self { anchor, ..self }
    }

    pub(crate) const fn turned(self, turn: f64) -> Self {
        Self { turn, ..self }
    }

    pub(crate) fn width(self, text: &str) -> f64 {
        fonts::width(text, self.size, self.face)
    }
}

/// A part of a drawing, in the order of drawing.
pub(crate) enum Part {
    Markup(String),
    /// Marks as a picture of output pixels; left and top in output pixels too.
    Picture {
        left: u32,
        top: u32,
        pixels: Pixmap,
    },
}

pub(crate) struct Drawing {
    pub parts: Vec<Part>,
    /// Output pixels of pictures for each CSS pixel.
    pub scale: f64,
    /// Clips, which every part may name.
    pub clips: String,
}

pub(crate) struct Canvas {
    area: DrawingArea<Sink, Shift>,
    markup: Rc<RefCell<Markup>>,
    parts: RefCell<Vec<Part>>,
    clips: RefCell<BTreeSet<String>>,
    /// Output pixels for each CSS pixel, for what becomes a picture.
    pub scale: f64,
}

impl Canvas {
    pub(crate) fn new(width: u32, height: u32, scale: f64) -> Self {
        fonts::register();
        let markup = Rc::new(RefCell::new(Markup::default()));
        let size = (width * UNITS as u32, height * UNITS as u32);
        let area = Sink { size, markup: Rc::clone(&markup) }.into_drawing_area();
        Self { area, markup, parts: RefCell::default(), clips: RefCell::default(), scale }
    }

    /// A polyline.
    pub(crate) fn line(&self, points: &[[f64; 2]], ink: impl Into<Ink>, width: f64) {
        if points.len() < 2 || width <= 0.0 {
            return;
        }
        let style = ShapeStyle { stroke_width: units(width).max(1) as u32, ..shape(ink.into(), false) };
        let _ = self.area.draw(&PathElement::new(path(points), style));
    }

    pub(crate) fn dashed(&self, points: &[[f64; 2]], ink: impl Into<Ink>, width: f64, dash: (f64, f64)) {
        self.markup.borrow_mut().dash = Some((units(dash.0), units(dash.1)));
        self.line(points, ink, width);
        self.markup.borrow_mut().dash = None;
    }

    pub(crate) fn polygon(&self, points: &[[f64; 2]], ink: impl Into<Ink>) {
        if points.len() > 2 {
            let _ = self.area.draw(&Polygon::new(path(points), shape(ink.into(), true)));
        }
    }

    /// A polygon with an edge in its own colour, so that neighbours meet without a seam.
    pub(crate) fn seamless(&self, points: &[[f64; 2]], ink: impl Into<Ink>, edge: f64) {
        self.markup.borrow_mut().edge = Some((units(edge), None));
        self.polygon(points, ink);
        self.markup.borrow_mut().edge = None;
    }

    /// A polygon with an edge of another colour.
    pub(crate) fn edged(&self, points: &[[f64; 2]], ink: impl Into<Ink>, edge: Rgb, width: f64) {
        self.markup.borrow_mut().edge = Some((units(width), Some(edge.hex())));
        self.polygon(points, ink);
        self.markup.borrow_mut().edge = None;
    }

    pub(crate) fn rect(&self, rect: Rect, ink: impl Into<Ink>) {
        let (right, bottom) = (rect.right(), rect.bottom());
        self.polygon(&[[rect.x, rect.y], [right, rect.y], [right, bottom], [rect.x, bottom]], ink);
    }

    pub(crate) fn circle(&self, center: [f64; 2], diameter: f64, ink: impl Into<Ink>) {
        let radius = units(diameter / 2.0).max(1);
        let _ = self.area.draw(&Circle::new(place(center), radius, shape(ink.into(), true)));
    }

    /// A text whose base line begins, is centred or ends at a place.
    pub(crate) fn text(&self, text: &str, at: [f64; 2], kind: Type) {
        if text.is_empty() {
            return;
        }
        let style = if kind.face.is_semibold { FontStyle::Bold } else { FontStyle::Normal };
        let font = FontDesc::new(FontFamily::Name(kind.face.family()), kind.size * UNITS, style);
        let anchor = match kind.anchor {
            Anchor::Start => HPos::Left,
            Anchor::Middle => HPos::Center,
            Anchor::End => HPos::Right,
        };
        let color = rgba(kind.color.into()).to_backend_color();
        let style = TextStyle { font, color, pos: Pos::new(anchor, VPos::Bottom) };
        self.markup.borrow_mut().turn = kind.turn;
        let _ = self.area.draw(&Text::new(text, place(at), style));
        self.markup.borrow_mut().turn = 0.0;
    }

    /// A text with a seam of the ground's colour around its letters.
    pub(crate) fn text_above(&self, text: &str, at: [f64; 2], kind: Type, ground: Rgb) {
        self.markup.borrow_mut().halo = Some(ground.hex());
        self.text(text, at, kind);
        self.markup.borrow_mut().halo = None;
    }

    /// Draws only what lies within `rect`. A clip costs a viewer another picture, so there is none where `reach`, the
    /// smallest rectangle around what is drawn, lies within already.
    pub(crate) fn clipped(&self, rect: Rect, reach: Option<Rect>, draw: impl FnOnce(&Self)) {
        if reach.is_some_and(|reach| rect.holds(reach)) {
            return draw(self);
        }
        let [x, y] = [units(rect.x), units(rect.y)];
        let [width, height] = [units(rect.width).max(0), units(rect.height).max(0)];
        // The name says what is clipped, so that drawings on one page may have clips of one name.
        let name = format!("clip-{x}-{y}-{width}-{height}");
        let clip =
            format!(r#"<clipPath id="{name}"><rect x="{x}" y="{y}" width="{width}" height="{height}"/></clipPath>"#);
        self.clips.borrow_mut().insert(clip);
        let _ = writeln!(self.markup.borrow_mut().text, r##"<g clip-path="url(#{name})">"##);
        draw(self);
        self.markup.borrow_mut().text.push_str("</g>\n");
    }

    /// Puts pixels between what is drawn before and after; not within a clip.
    pub(crate) fn picture(&self, left: u32, top: u32, pixels: Pixmap) {
        self.end_part();
        self.parts.borrow_mut().push(Part::Picture { left, top, pixels });
    }

    pub(crate) fn finish(self) -> Drawing {
        self.end_part();
        let clips = self.clips.borrow().iter().cloned().collect::<String>();
        Drawing { parts: self.parts.take(), scale: self.scale, clips }
    }

    fn end_part(&self) {
        let text = std::mem::take(&mut self.markup.borrow_mut().text);
        if !text.is_empty() {
            self.parts.borrow_mut().push(Part::Markup(text));
        }
    }
}

/// Far beyond every drawing, and small enough for the arithmetic of every viewer.
const FAR: f64 = 4.0e6;

fn units(pixels: f64) -> i32 {
    (pixels * UNITS).clamp(-FAR, FAR).round() as i32
}

fn place([x, y]: [f64; 2]) -> (i32, i32) {
    (units(x), units(y))
}

fn path(points: &[[f64; 2]]) -> Vec<(i32, i32)> {
    points.iter().map(|point| place(*point)).collect()
}

fn rgba(Ink(Rgb(red, green, blue), alpha): Ink) -> RGBAColor {
    RGBAColor(red, green, blue, alpha.clamp(0.0, 1.0))
}

fn shape(ink: Ink, filled: bool) -> ShapeStyle {
    ShapeStyle { color: rgba(ink), filled, stroke_width: 1 }
}
