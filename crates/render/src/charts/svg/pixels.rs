//! Shapes of very many points as pixels: what would be too long as paths is filled and stroked into a picture.

use resvg::tiny_skia::{FillRule, LineJoin, Paint, PathBuilder, Pixmap, Stroke, StrokeDash, Transform};

use super::canvas::{Canvas, Ink, Rect};
use super::stamp::pixels;
use crate::charts::look::Rgb;

/// Far beyond every picture, and small enough for the arithmetic of paths.
const FAR: f64 = 1.0e6;

/// A picture over an area, in output pixels; what lies beyond the area is cut off.
pub(crate) struct Pixels<'a> {
    canvas: &'a Canvas,
    picture: Pixmap,
    left: u32,
    top: u32,
}

impl<'a> Pixels<'a> {
    /// None where the area has no pixels.
    pub(crate) fn over(canvas: &'a Canvas, area: Rect) -> Option<Self> {
        let (picture, left, top) = pixels(canvas, area)?;
        Some(Self { canvas, picture, left, top })
    }

    /// A polyline in CSS pixels, with dash and gap where there are some.
    pub(crate) fn line(&mut self, points: &[[f64; 2]], ink: impl Into<Ink>, width: f64, dash: Option<(f64, f64)>) {
        let scale = self.canvas.scale;
        let Some(path) = self.path(points, false) else { return };
        let dash = dash.and_then(|(dash, gap)| StrokeDash::new(vec![(dash * scale) as f32, (gap * scale) as f32], 0.0));
        let stroke = Stroke { width: (width * scale) as f32, line_join: LineJoin::Round, dash, ..Stroke::default() };
        self.picture.stroke_path(&path, &paint(ink.into()), &stroke, Transform::identity(), None);
    }

    pub(crate) fn polygon(&mut self, points: &[[f64; 2]], ink: impl Into<Ink>) {
        let Some(path) = self.path(points, true) else { return };
        self.picture.fill_path(&path, &paint(ink.into()), FillRule::Winding, Transform::identity(), None);
    }

    pub(crate) fn rect(&mut self, rect: Rect, ink: impl Into<Ink>) {
        let (right, bottom) = (rect.right(), rect.bottom());
        self.polygon(&[[rect.x, rect.y], [right, rect.y], [right, bottom], [rect.x, bottom]], ink);
    }

    pub(crate) fn circle(&mut self, center: [f64; 2], diameter: f64, ink: impl Into<Ink>) {
        let [x, y] = self.place(center);
        let radius = (diameter * self.canvas.scale / 2.0) as f32;
        let Some(circle) = PathBuilder::from_circle(x, y, radius) else { return };
        self.picture.fill_path(&circle, &paint(ink.into()), FillRule::Winding, Transform::identity(), None);
    }

    /// Puts the picture between what was drawn before and what comes; not within a clip.
    pub(crate) fn finish(self) {
        self.canvas.picture(self.left, self.top, self.picture);
    }

    fn place(&self, [x, y]: [f64; 2]) -> [f32; 2] {
        let within = |at: f64, start: u32| (at * self.canvas.scale - f64::from(start)).clamp(-FAR, FAR) as f32;
        [within(x, self.left), within(y, self.top)]
    }

    fn path(&self, points: &[[f64; 2]], is_closed: bool) -> Option<resvg::tiny_skia::Path> {
        let mut path = PathBuilder::new();
        for (at, point) in points.iter().enumerate() {
            let [x, y] = self.place(*point);
            if at == 0 { path.move_to(x, y) } else { path.line_to(x, y) }
        }
        if is_closed {
            path.close();
        }
        path.finish()
    }
}

fn paint(Ink(Rgb(red, green, blue), alpha): Ink) -> Paint<'static> {
    let mut paint = Paint::default();
    paint.set_color_rgba8(red, green, blue, (alpha.clamp(0.0, 1.0) * 255.0).round() as u8);
    paint
}
