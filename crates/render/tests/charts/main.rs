//! Charts as files: every kind of layer, in every format.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]

mod agreement;
mod distributions;
mod drawing;
mod edges;
mod figures;
mod files;
mod golden;
mod large;
mod planes;
mod reading;
mod same_colors;
mod same_marks;
mod wholes;

use contract::charts::figure::Figure;

/// Every figure with the name of its files.
pub fn all() -> Vec<(&'static str, Figure)> {
    vec![
        ("line", planes::line()),
        ("bars", planes::bars()),
        ("grouped", planes::grouped()),
        ("stacked", planes::stacked()),
        ("histogram", planes::histogram()),
        ("scatter", planes::scatter()),
        ("area", planes::area()),
        ("boxes", distributions::boxes()),
        ("violin", distributions::violin()),
        ("heatmap", distributions::heatmap()),
        ("density", distributions::density()),
        ("hexagons", distributions::hexagons()),
        ("waterfall", planes::waterfall()),
        ("funnel", planes::funnel()),
        ("pie", wholes::pie(0.0)),
        ("donut", wholes::pie(0.55)),
        ("treemap", wholes::treemap()),
        ("table", wholes::table(60)),
        ("pivot", wholes::pivot()),
        ("number", wholes::number()),
        ("choropleth", wholes::choropleth()),
        ("point_map", wholes::point_map()),
        ("cloud", wholes::cloud()),
        ("surface", wholes::surface(18)),
        ("facets", edges::facets()),
        ("log_axes", edges::log_axes()),
        ("empty", edges::empty()),
        ("all_missing", edges::all_missing()),
        ("one_point", edges::one_point()),
        ("one_category", edges::one_category()),
    ]
}
