//! Charts: from a spec and a stored version to a resolved figure; one file and one match arm a kind.

mod annotations;
mod area;
mod arranging;
mod axes;
mod bar;
mod boxes;
mod choropleth;
mod classes;
mod countries;
mod courses;
mod density;
mod dots;
mod figures;
mod funnel;
mod grid;
mod heatmap;
mod histogram;
mod keys;
mod line;
mod lttb;
mod number;
mod numbers;
mod panels;
mod parts;
mod periodic;
mod pie;
mod pivot;
mod places;
mod point_map;
mod reading;
mod samples;
mod scatter;
mod scatter_3d;
mod shading;
mod squarify;
mod strokes;
mod surface;
mod table;
mod table_groups;
mod table_rows;
mod times;
mod tree;
mod treemap;
mod trends;
mod violin;
mod waterfall;
mod words;
mod zones;

use std::path::Path;

use contract::charts::figure::Figure;
use contract::charts::{ChartName, ChartSpec};
use contract::columns::Column;

use self::reading::Source;
use crate::Result;

/// The figure of a spec. `columns` are those of the version, with their units and zones. A spec that does not fit the
/// table ends with `invalid_parameters`.
pub fn run(spec: &ChartSpec, columns: &[Column], parquet: &Path) -> Result<Figure> {
    let source = Source::open(spec, columns, parquet)?;
    match spec.kind {
        ChartName::Line => line::run(&source),
        ChartName::Bar => bar::run(&source),
        ChartName::Scatter => scatter::run(&source),
        ChartName::Histogram => histogram::run(&source),
        ChartName::Area => area::run(&source),
        ChartName::Box => boxes::run(&source),
        ChartName::Violin => violin::run(&source),
        ChartName::Heatmap => heatmap::run(&source),
        ChartName::Pie => pie::run(&source),
        ChartName::Table => table::run(&source),
        ChartName::Pivot => pivot::run(&source),
        ChartName::Number => number::run(&source),
        ChartName::Funnel => funnel::run(&source),
        ChartName::Waterfall => waterfall::run(&source),
        ChartName::Density => density::run(&source),
        ChartName::Treemap => treemap::run(&source),
        ChartName::Choropleth => choropleth::run(&source),
        ChartName::PointMap => point_map::run(&source),
        ChartName::Scatter3d => scatter_3d::run(&source),
        ChartName::Surface => surface::run(&source),
    }
}
