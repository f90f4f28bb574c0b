//! One file for each kind of chart: what it is for, its channels and its options.

pub mod area;
pub mod bar;
pub mod box_plot;
pub mod choropleth;
pub mod density;
pub mod funnel;
pub mod heatmap;
pub mod histogram;
pub mod line;
pub mod number;
pub mod pie;
pub mod pivot;
pub mod point_map;
pub mod scatter;
pub mod scatter_3d;
pub mod surface;
pub mod table;
pub mod treemap;
pub mod violin;
pub mod waterfall;
