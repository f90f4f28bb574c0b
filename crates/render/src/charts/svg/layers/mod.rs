//! The layers of a chart as drawings: one file for each family of shapes.

mod area;
mod bars;
mod boxes;
mod cells;
mod lines;
mod number;
mod points;
mod polygons;
mod sheet;
mod slices;
mod tiles;

use contract::charts::figure::Paint;
use contract::charts::layers::{Diameters, Layer, Paints};
use contract::charts::{MANY_MARKS, MANY_POINTS};

use super::axes::Scales;
use super::canvas::{Canvas, Rect};
use crate::charts::look::{Look, Rgb};

pub(crate) use points::map_points;

/// What every layer draws with.
#[derive(Clone, Copy)]
pub(crate) struct Pens<'a> {
    pub canvas: &'a Canvas,
    pub look: &'a Look,
    /// Which scale of colours the figure has.
    pub is_diverging: bool,
}

impl Pens<'_> {
    pub(crate) fn color(&self, paint: Paint) -> Rgb {
        self.look.paint(paint, self.is_diverging)
    }

    pub(crate) fn shade(&self, place: f64) -> Rgb {
        self.look.shade(place, self.is_diverging)
    }

    /// The colour of one of many marks.
    pub(crate) fn color_of(&self, paints: &Paints, at: usize) -> Rgb {
        match paints {
            Paints::One(paint) => self.color(*paint),
            Paints::Each(paints) => self.color(paints.get(at).copied().unwrap_or(Paint::Muted)),
        }
    }
}

pub(crate) fn diameter(diameters: &Diameters, at: usize) -> f64 {
    match diameters {
        Diameters::One(diameter) => *diameter,
        Diameters::Each(diameters) => diameters.get(at).copied().unwrap_or(0.0),
    }
}

/// Draws a layer of a panel with axes; others have panels of their own.
pub(crate) fn on_plane(pens: &Pens<'_>, layer: &Layer, scales: &Scales) {
    let clipped = |draw: &dyn Fn()| pens.canvas.clipped(scales.area, None, |_| draw());
    match layer {
        Layer::Line(line) => lines::draw(pens, line, scales),
        Layer::Area(area) if area.x.len() > MANY_POINTS => area::stamped(pens, area, scales),
        Layer::Area(area) => clipped(&|| area::draw(pens, area, scales)),
        Layer::Bars(bars) => bars::draw(pens, bars, scales),
        Layer::Boxes(boxes) => clipped(&|| boxes::draw(pens, boxes, scales)),
        Layer::Polygons(polygons) if polygons.rings.len() > MANY_MARKS => polygons::stamped(pens, polygons, scales),
        Layer::Polygons(polygons) => clipped(&|| polygons::draw(pens, polygons, scales)),
        Layer::Cells(cells) => cells::draw(pens, cells, scales),
        Layer::Points(points) => points::draw(pens, points, scales),
        Layer::Slices(_)
        | Layer::Tiles(_)
        | Layer::Sheet(_)
        | Layer::Number(_)
        | Layer::Regions(_)
        | Layer::Cloud(_)
        | Layer::Surface(_) => {}
    }
}

/// Draws a layer that fills its panel itself.
pub(crate) fn whole(pens: &Pens<'_>, layer: &Layer, area: Rect) {
    match layer {
        Layer::Slices(slices) => slices::draw(pens, slices, area),
        Layer::Tiles(tiles) => tiles::draw(pens, tiles, area),
        Layer::Sheet(sheet) => sheet::draw(pens, sheet, area),
        Layer::Number(number) => number::draw(pens, number, area),
        Layer::Line(_)
        | Layer::Area(_)
        | Layer::Points(_)
        | Layer::Bars(_)
        | Layer::Boxes(_)
        | Layer::Cells(_)
        | Layer::Polygons(_)
        | Layer::Regions(_)
        | Layer::Cloud(_)
        | Layer::Surface(_) => {}
    }
}
