//! The marks of a resolved chart, by shape. Lists of one layer have one length; positions are those of `figure`.

use super::figure::Paint;
use super::spec::Orientation;

#[derive(Clone, Debug)]
pub enum Layer {
    Line(Line),
    Area(Area),
    Points(Points),
    Bars(Bars),
    Boxes(Boxes),
    Cells(Cells),
    Polygons(Polygons),
    Slices(Slices),
    Tiles(Tiles),
    Sheet(Sheet),
    Number(Number),
    Regions(Regions),
    Cloud(Cloud),
    Surface(Surface),
}

/// A polyline; NaN in `y` breaks it.
#[derive(Clone, Debug)]
pub struct Line {
    /// The series, as in the legend.
    pub name: String,
    pub x: Vec<f64>,
    pub y: Vec<f64>,
    pub paint: Paint,
    pub is_dashed: bool,
    /// Whether each point has a dot.
    pub has_points: bool,
    /// What a point says, where it is more than its position: the value of a stacked or converted one.
    pub texts: Vec<String>,
}

/// The area between two lines: bands and stacks.
#[derive(Clone, Debug)]
pub struct Area {
    pub name: String,
    pub x: Vec<f64>,
    pub lower: Vec<f64>,
    pub upper: Vec<f64>,
    pub paint: Paint,
    /// From 0 to 1.
    pub opacity: f64,
    /// Whether the upper edge is drawn as a line.
    pub has_edge: bool,
    pub texts: Vec<String>,
}

/// On planes and, as longitude and latitude, on maps.
#[derive(Clone, Debug)]
pub struct Points {
    pub name: String,
    pub x: Vec<f64>,
    pub y: Vec<f64>,
    pub paint: Paints,
    pub diameter: Diameters,
    pub opacity: f64,
    /// Empty or one for each point.
    pub texts: Vec<String>,
}

#[derive(Clone, Debug)]
pub enum Paints {
    One(Paint),
    Each(Vec<Paint>),
}

/// Unit: CSS pixels.
#[derive(Clone, Debug)]
pub enum Diameters {
    One(f64),
    Each(Vec<f64>),
}

#[derive(Clone, Debug)]
pub struct Bars {
    pub name: String,
    pub orientation: Orientation,
    /// The middle of each bar along the axis of positions: x of vertical bars.
    pub at: Vec<f64>,
    /// In positions.
    pub width: Vec<f64>,
    pub base: Vec<f64>,
    pub end: Vec<f64>,
    pub paint: Paints,
    pub opacity: f64,
    /// Written on or beside the bars; empty for none.
    pub texts: Vec<String>,
    /// What a bar says when it is pointed at.
    pub hovers: Vec<String>,
}

/// Box plots; also the inner boxes of violins.
#[derive(Clone, Debug)]
pub struct Boxes {
    pub name: String,
    pub orientation: Orientation,
    pub at: Vec<f64>,
    /// In positions.
    pub width: f64,
    pub boxes: Vec<BoxFigures>,
    pub paint: Paint,
    pub is_filled: bool,
}

#[derive(Clone, Debug, Default)]
pub struct BoxFigures {
    pub count: u64,
    pub q1: f64,
    pub median: f64,
    pub q3: f64,
    pub mean: f64,
    pub lower_fence: f64,
    pub upper_fence: f64,
    /// Beyond the fences; at most as many as are drawn.
    pub outliers: Vec<f64>,
}

/// A grid of coloured rectangles.
#[derive(Clone, Debug)]
pub struct Cells {
    /// One more than there are columns; on axes of categories −0.5, 0.5, ….
    pub x_edges: Vec<f64>,
    /// One more than there are rows, from the bottom.
    pub y_edges: Vec<f64>,
    /// Row by row from the bottom; NaN is empty.
    pub values: Vec<f64>,
    /// Places on the colour bar from 0 to 1, NaN where the cell is empty.
    pub shades: Vec<f64>,
    /// Written in the cells; empty for none.
    pub texts: Vec<String>,
}

/// Closed shapes: violins, hexagons.
#[derive(Clone, Debug)]
pub struct Polygons {
    pub name: String,
    pub rings: Vec<Vec<[f64; 2]>>,
    pub paint: Paints,
    pub opacity: f64,
    pub has_edge: bool,
    /// One for each ring or empty.
    pub texts: Vec<String>,
}

/// A pie, clockwise from the top.
#[derive(Clone, Debug)]
pub struct Slices {
    pub labels: Vec<String>,
    pub values: Vec<f64>,
    /// What is written at the slices.
    pub texts: Vec<String>,
    pub paints: Vec<Paint>,
    /// The radius of the hole as a part of the pie's.
    pub hole: f64,
}

/// A treemap: nodes of a tree as nested rectangles.
#[derive(Clone, Debug)]
pub struct Tiles {
    pub labels: Vec<String>,
    /// The position of the parent among the nodes; `None` for the first level. Parents stand before their children.
    pub parents: Vec<Option<usize>>,
    pub values: Vec<f64>,
    pub texts: Vec<String>,
    pub paints: Vec<Paint>,
    /// Left, top, right, bottom as parts of the panel, by squarified layout. A node's children leave room for its name.
    pub places: Vec<[f64; 4]>,
}

/// A table of texts.
#[derive(Clone, Debug, Default)]
pub struct Sheet {
    /// Header rows from the top; of more than one, equal neighbours stand together.
    pub heads: Vec<Vec<String>>,
    pub rows: Vec<Vec<String>>,
    /// Whether each column holds numbers, which stand to the right.
    pub is_number: Vec<bool>,
    /// The rows that are totals.
    pub totals: Vec<usize>,
    /// Colours of cells from 0 to 1, row by row; empty for none.
    pub shades: Vec<f64>,
}

/// One figure, with what it is compared with and how it went.
#[derive(Clone, Debug)]
pub struct Number {
    pub value: f64,
    pub text: String,
    pub label: String,
    /// "+12.4 % against May 2024".
    pub comparison: Option<String>,
    /// The value of the period that it is compared with.
    pub reference: Option<f64>,
    /// Whether it grew; `None` where nothing is compared or nothing changed.
    pub is_up: Option<bool>,
    /// The figures of all periods; empty for none.
    pub spark: Vec<f64>,
    /// The names of those periods.
    pub spark_labels: Vec<String>,
}

/// Countries of the world by colour.
#[derive(Clone, Debug)]
pub struct Regions {
    /// ISO 3166-1 alpha-3.
    pub codes: Vec<String>,
    pub names: Vec<String>,
    pub values: Vec<f64>,
    pub shades: Vec<f64>,
    pub texts: Vec<String>,
}

/// Points in space.
#[derive(Clone, Debug)]
pub struct Cloud {
    pub name: String,
    pub x: Vec<f64>,
    pub y: Vec<f64>,
    pub z: Vec<f64>,
    pub paint: Paints,
    pub diameter: Diameters,
    pub opacity: f64,
    pub texts: Vec<String>,
}

/// Heights over a grid.
#[derive(Clone, Debug)]
pub struct Surface {
    pub x: Vec<f64>,
    pub y: Vec<f64>,
    /// Row by row, one row for each `y`; NaN is a hole.
    pub z: Vec<f64>,
    /// Places on the colour bar from 0 to 1.
    pub shades: Vec<f64>,
}
