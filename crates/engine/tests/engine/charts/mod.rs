//! Figures of charts, computed from small tables whose figures are known.

mod bars;
mod histograms;
mod limits;
mod lines;
mod maps;
mod marks;
mod parts;
mod points;
mod properties;
mod scenes;
mod sheets;
mod spreads;
mod support;
mod tables;
mod treemaps;
