//! Classes of two dimensions: rectangles, or hexagons (Carr, Littlefield, Nicholson and Littlefield, "Scatterplot Matrix
//! Techniques for Large N", JASA, 1987), and the figure of each.

use contract::charts::figure::{ColorBar, Paint};
use contract::charts::layers::{Cells, Layer, Paints, Polygons};
use contract::charts::{CellShape, Encoding, MOST_MARKS};

use super::axes::Span;
use super::classes::{Classes, edges};
use super::figures::{self, Crossed};
use super::line::too_many;
use super::places::Places;
use super::reading::Source;
use super::shading::{color_bar, shade};
use crate::Result;

/// Classes across and up: fewer for few rows, so that most are not empty.
const ACROSS: [usize; 2] = [10, 60];
const UP: [usize; 2] = [8, 40];
/// How much wider than high a panel usually is, by which hexagons are made regular.
const ASPECT: f64 = 1.5;

/// Rows in classes, by panel.
pub(super) struct Grid {
    /// The figure of each class of each panel that has rows.
    pub(super) classes: Vec<Class>,
    pub(super) bar: ColorBar,
    layout: Layout,
}

pub(super) struct Class {
    pub(super) panel: usize,
    x: usize,
    y: usize,
    pub(super) rows: u64,
    /// NaN where there is none.
    pub(super) value: f64,
}

enum Layout {
    Rectangles { x: Vec<f64>, y: Vec<f64> },
    Hexagons(Hexagons),
}

/// What the classes of a grid show.
pub(super) struct Wanted<'a> {
    pub(super) shape: CellShape,
    /// The count of rows unless given.
    pub(super) figure: Option<&'a Encoding>,
    /// The panel of each row of the table.
    pub(super) panels: &'a dyn Fn(usize) -> Option<usize>,
    pub(super) panel_count: usize,
}

impl Grid {
    /// Puts these rows into classes.
    pub(super) fn of(source: &Source, x: &Places, y: &Places, rows: &[u32], wanted: &Wanted) -> Result<Self> {
        let layout = match wanted.shape {
            CellShape::Rectangle => {
                Layout::Rectangles { x: edges_along(x, rows, ACROSS)?, y: edges_along(y, rows, UP)? }
            }
            CellShape::Hexagon => Layout::Hexagons(Hexagons::of(x, y, rows)),
        };
        let (across, up) = layout.size();
        let cells = across.saturating_mul(up).saturating_mul(wanted.panel_count.max(1));
        if cells > MOST_MARKS {
            return Err(too_many(cells, "/x/bin"));
        }
        let mut ids = vec![u64::MAX; source.all_rows()];
        {
            let find = layout.finder(x, y);
            for row in rows.iter().map(|row| *row as usize) {
                if let (Some(panel), Some((column, line))) = ((wanted.panels)(row), find(row)) {
                    ids[row] = (panel as u64 * up as u64 + line as u64) * across as u64 + column as u64;
                }
            }
        }
        let widths = [wanted.panel_count.max(1) as u64, up as u64, across as u64];
        let groups = Crossed::of_ids(&ids, &widths);
        let values = figures::figures(source, wanted.figure, "/color", &groups)?;
        let span = Span::of(&values);
        let from_zero = figures::adds_up(source, wanted.figure)?;
        let title = figures::title(source, wanted.figure)?;
        let bar = color_bar(source.spec, Some(title), &span, from_zero, figures::format(source, wanted.figure)?);
        let class = |(group, value): (usize, f64)| Class {
            panel: groups.place(group, 0),
            y: groups.place(group, 1),
            x: groups.place(group, 2),
            rows: groups.rows[group],
            value,
        };
        Ok(Self { classes: values.into_iter().enumerate().map(class).collect(), bar, layout })
    }

    /// The layer of one panel.
    pub(super) fn layer(&self, panel: usize, x: &Places, y: &Places, name: &str) -> Layer {
        let classes = || self.classes.iter().filter(|class| class.panel == panel);
        match &self.layout {
            Layout::Rectangles { x, y } => {
                let across = x.len().saturating_sub(1);
                let mut values = vec![f64::NAN; across * y.len().saturating_sub(1)];
                classes().for_each(|class| values[class.y * across + class.x] = class.value);
                let shades = values.iter().map(|value| shade(&self.bar, *value)).collect();
                Layer::Cells(Cells { x_edges: x.clone(), y_edges: y.clone(), values, shades, texts: Vec::new() })
            }
            Layout::Hexagons(hexagons) => {
                let drawn: Vec<&Class> = classes().filter(|class| !class.value.is_nan()).collect();
                let text = |class: &&Class| {
                    let [at_x, at_y] = hexagons.middle(class.x, class.y);
                    let (at_x, at_y) = (x.text(x.uneven(at_x)), y.text(y.uneven(at_y)));
                    let value = super::numbers::NumberFormat::default().full(class.value);
                    format!("{name}: {value} around {at_x}, {at_y}")
                };
                let ring = |class: &&Class| -> Vec<[f64; 2]> {
                    hexagons.corners(class.x, class.y).map(|[at_x, at_y]| [x.uneven(at_x), y.uneven(at_y)]).to_vec()
                };
                Layer::Polygons(Polygons {
                    name: name.to_owned(),
                    rings: drawn.iter().map(ring).collect(),
                    paint: Paints::Each(
                        drawn.iter().map(|class| Paint::Scale(shade(&self.bar, class.value))).collect(),
                    ),
                    opacity: 1.0,
                    has_edge: false,
                    texts: drawn.iter().map(text).collect(),
                })
            }
        }
    }

    /// Everything that is drawn, along both axes.
    pub(super) fn spans(&self, x: &Places, y: &Places) -> (Span, Span) {
        match &self.layout {
            Layout::Rectangles { x, y } => (Span::of(x), Span::of(y)),
            Layout::Hexagons(hexagons) => {
                let (mut across, mut up) = (Span::default(), Span::default());
                for corner in self.classes.iter().flat_map(|class| hexagons.corners(class.x, class.y)) {
                    across.add(x.uneven(corner[0]));
                    up.add(y.uneven(corner[1]));
                }
                (across, up)
            }
        }
    }

    /// The ends of a class: from and to along x, from and to along y. Those of a hexagon are its outermost ones.
    pub(super) fn ends(&self, class: &Class, x: &Places, y: &Places) -> [f64; 4] {
        match &self.layout {
            Layout::Rectangles { x, y } => [x[class.x], x[class.x + 1], y[class.y], y[class.y + 1]],
            Layout::Hexagons(hexagons) => {
                let corners = hexagons.corners(class.x, class.y);
                let ends = |axis: usize| {
                    let values = corners.iter().map(|corner| corner[axis]);
                    values.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), at| (low.min(at), high.max(at)))
                };
                let ((left, right), (low, high)) = (ends(0), ends(1));
                [x.uneven(left), x.uneven(right), y.uneven(low), y.uneven(high)]
            }
        }
    }
}

impl Layout {
    fn size(&self) -> (usize, usize) {
        match self {
            Self::Rectangles { x, y } => (x.len().saturating_sub(1).max(1), y.len().saturating_sub(1).max(1)),
            Self::Hexagons(hexagons) => (2 * hexagons.across + 3, hexagons.up + 2),
        }
    }

    /// Finds the class of a row.
    fn finder<'b>(&'b self, x: &'b Places, y: &'b Places) -> Box<dyn Fn(usize) -> Option<(usize, usize)> + 'b> {
        match self {
            Self::Rectangles { x: across, y: up } => {
                let (across, up) = (Classes::of(across), Classes::of(up));
                Box::new(move |row| Some((across.of_value(x.values[row])?, up.of_value(y.values[row])?)))
            }
            Self::Hexagons(hexagons) => {
                Box::new(move |row| hexagons.nearest(x.even(x.values[row]), y.even(y.values[row])))
            }
        }
    }
}

/// As many classes as the rows fill, or those of the encoding.
fn edges_along(places: &Places, rows: &[u32], [least, most]: [usize; 2]) -> Result<Vec<f64>> {
    let values: Vec<f64> = rows.iter().map(|row| places.values[*row as usize]).collect();
    if let Some(bins) = &places.encoding.bin {
        return edges(&values, bins);
    }
    let even: Vec<f64> = values.iter().map(|value| places.even(*value)).collect();
    let Some((low, high)) = Span::of(&even).ends() else { return Ok(Vec::new()) };
    if low == high {
        let reach = (low.abs() * 0.05).max(0.5);
        let (low, high) = (places.uneven(low - reach), places.uneven(high + reach));
        return Ok(if low < high { vec![low, high] } else { Vec::new() });
    }
    let count = ((rows.len() as f64).sqrt() as usize).clamp(least, most);
    let (first, last) = Span::of(&values).ends().unwrap_or((low, high));
    let edge = |i: usize| {
        let share = i as f64 / count as f64;
        match i {
            0 => first,
            i if i == count => last,
            _ => places.uneven(low * (1.0 - share) + high * share),
        }
    };
    let mut edges: Vec<f64> = (0..=count).map(edge).collect();
    edges.dedup();
    Ok(edges)
}

/// Two grids of points, of which the second lies in the middle of the first: each row belongs to the nearest point, and
/// the area nearest to a point is a hexagon. Columns of both grids take turns.
struct Hexagons {
    left: f64,
    bottom: f64,
    /// Between neighbouring points of one grid.
    wide: f64,
    high: f64,
    across: usize,
    up: usize,
}

impl Hexagons {
    fn of(x: &Places, y: &Places, rows: &[u32]) -> Self {
        let span = |places: &Places| {
            let mut span = Span::default();
            rows.iter().for_each(|row| span.add(places.even(places.values[*row as usize])));
            let (low, high) = span.ends().unwrap_or((0.0, 1.0));
            let width = high / 2.0 - low / 2.0;
            if width > 0.0 { (low, (width * 2.0).min(f64::MAX)) } else { (low - 0.5, 1.0) }
        };
        let ((left, width), (bottom, height)) = (span(x), span(y));
        let across = ((rows.len() as f64).sqrt() as usize / 2).clamp(8, 40);
        // Regular hexagons of this width are √3 times as high from one row of the grid to the next.
        let up = ((across as f64 / ASPECT / 3_f64.sqrt()).round() as usize).max(3);
        Self { left, bottom, wide: width / across as f64, high: height / up as f64, across, up }
    }

    /// The column and line of the nearer point of the two grids. Columns are counted in half steps: even ones are of the
    /// first grid.
    fn nearest(&self, x: f64, y: f64) -> Option<(usize, usize)> {
        let (u, v) = ((x - self.left) / self.wide, (y - self.bottom) / self.high);
        if !(u.is_finite() && v.is_finite()) {
            return None;
        }
        let (first, second) = ((u.round(), v.round()), (u.floor(), v.floor()));
        // Heights count three times, since points of a grid are √3 as far apart upwards.
        let distance = |column: f64, line: f64| (u - column).powi(2) + 3.0 * (v - line).powi(2);
        let is_first = distance(first.0, first.1) <= distance(second.0 + 0.5, second.1 + 0.5);
        let (column, line) = if is_first { (first.0 * 2.0, first.1) } else { (second.0 * 2.0 + 1.0, second.1) };
        let (most, top) = ((2 * self.across + 2) as f64, (self.up + 1) as f64);
        Some((column.clamp(0.0, most) as usize, line.clamp(0.0, top) as usize))
    }

    fn middle(&self, column: usize, line: usize) -> [f64; 2] {
        let is_second = column % 2 == 1;
        let shift = if is_second { 0.5 } else { 0.0 };
        [self.left + ((column / 2) as f64 + shift) * self.wide, self.bottom + (line as f64 + shift) * self.high]
    }

    fn corners(&self, column: usize, line: usize) -> [[f64; 2]; 6] {
        let [x, y] = self.middle(column, line);
        let (half, third) = (self.wide / 2.0, self.high / 3.0);
        [
            [x, y + third],
            [x + half, y + third / 2.0],
            [x + half, y - third / 2.0],
            [x, y - third],
            [x - half, y - third / 2.0],
            [x - half, y + third / 2.0],
        ]
    }
}
