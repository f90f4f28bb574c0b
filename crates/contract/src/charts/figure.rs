//! A resolved chart: what the engine computes once and every renderer draws, without pixels and without colours of a theme.
//!
//! Positions are numbers of their axis: the value itself on linear and logarithmic axes, microseconds since 1970 on time
//! axes, the position in `categories` (0, 1, …) on axes of categories. NaN is a gap.

use crate::charts::ChartName;
use crate::columns::{Column, Scalar};

use super::layers::Layer;

#[derive(Clone, Debug)]
pub struct Figure {
    pub kind: ChartName,
    pub title: Option<String>,
    pub subtitle: Option<String>,
    /// One sentence for those who do not see the chart.
    pub sentence: String,
    /// One for each facet, in rows from the top, each from the left; otherwise one.
    pub panels: Vec<Panel>,
    pub legend: Option<Legend>,
    pub color_bar: Option<ColorBar>,
    /// What was left out, binned or assumed, in full sentences.
    pub notes: Vec<String>,
    /// The figures that are drawn, for "view as table" and CSV.
    pub table: FigureTable,
    pub sampling: Option<Sampling>,
}

#[derive(Clone, Debug)]
pub struct Panel {
    /// The value of the facet.
    pub title: Option<String>,
    /// From 0.
    pub row: usize,
    /// From 0.
    pub column: usize,
    pub space: Space,
    /// Drawn in this order.
    pub layers: Vec<Layer>,
    pub marks: Vec<Mark>,
}

/// Where the layers of a panel stand.
#[derive(Clone, Debug)]
pub enum Space {
    Plane {
        x: Axis,
        y: Axis,
    },
    /// Slices, tiles, tables and numbers fill the panel themselves.
    Whole,
    /// Longitude and latitude in degrees, drawn in the Natural Earth projection.
    Map {
        longitudes: [f64; 2],
        latitudes: [f64; 2],
    },
    Solid {
        x: Axis,
        y: Axis,
        z: Axis,
        eye: [f64; 3],
    },
}

#[derive(Clone, Debug, Default)]
pub struct Axis {
    pub title: Option<String>,
    pub kind: AxisKind,
    /// First and last position; the first is the larger one on an axis that runs backwards. In values on logarithmic axes too.
    pub range: [f64; 2],
    /// The marks of a chart at rest. A renderer may leave labels out that would overlap, never change them.
    pub ticks: Vec<Tick>,
    /// Where ticks begin, in positions; with `dtick`.
    pub tick0: f64,
    /// The step between ticks; `None` where they follow no single step.
    pub dtick: Option<TickStep>,
    /// All labels of an axis of categories, in full.
    pub categories: Vec<String>,
    /// Whether ticks have grid lines.
    pub grid: bool,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum AxisKind {
    #[default]
    Linear,
    /// Base 10.
    Log,
    Time,
    Category,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Tick {
    pub at: f64,
    pub text: String,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub enum TickStep {
    /// In positions.
    Fixed(f64),
    /// In powers of ten on logarithmic axes.
    Decades(f64),
    Months(u32),
}

/// A colour by its role; the theme says which it is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Paint {
    /// The colour of a category, counted from 0; beyond the theme's list they begin again.
    Category(usize),
    Accent,
    Ink,
    Muted,
    Good,
    Bad,
    /// A place on the figure's colour bar, from 0 to 1.
    Scale(f64),
}

#[derive(Clone, Debug)]
pub struct Legend {
    pub title: Option<String>,
    pub items: Vec<LegendItem>,
}

#[derive(Clone, Debug)]
pub struct LegendItem {
    pub text: String,
    pub paint: Paint,
    pub sign: Sign,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sign {
    Line,
    DashedLine,
    Point,
    Area,
}

#[derive(Clone, Debug)]
pub struct ColorBar {
    pub title: Option<String>,
    pub is_diverging: bool,
    /// The values of its ends.
    pub range: [f64; 2],
    pub ticks: Vec<Tick>,
}

/// An annotation with positions.
#[derive(Clone, Debug)]
pub enum Mark {
    /// Across the panel at one position of an axis.
    Line {
        across_x: bool,
        at: f64,
        text: Option<String>,
    },
    Region {
        across_x: bool,
        from: f64,
        to: f64,
        text: Option<String>,
    },
    Text {
        x: f64,
        y: f64,
        text: String,
    },
}

/// Rows in the order of the chart.
#[derive(Clone, Debug, Default)]
pub struct FigureTable {
    pub columns: Vec<Column>,
    pub rows: Vec<Vec<Scalar>>,
    /// Whether rows were left out.
    pub is_cut: bool,
}

/// That fewer marks are drawn than there are rows with values.
#[derive(Clone, Debug)]
pub struct Sampling {
    /// `lttb` or `bins`.
    pub method: &'static str,
    pub shown: u64,
    pub of: u64,
}
