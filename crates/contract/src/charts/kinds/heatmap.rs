//! `heatmap`: one coloured cell for each pair of categories, periods or classes.

use serde_json::json;

use crate::charts::{Accepts, Aggregates, Channel, ChartKind, ChartName, Slot};

pub const KIND: ChartKind = ChartKind {
    name: ChartName::Heatmap,
    title: "Heat map",
    noun: "a heat map",
    summary: "One coloured cell for each pair of categories, periods or classes.",
    slots: &[
        Slot::one(Channel::X, Accepts::Any, Aggregates::Never, "The columns of cells."),
        Slot::many(Channel::Y, (1, 1), Accepts::Any, Aggregates::Never, "The rows of cells."),
        Slot::maybe(
            Channel::Color,
            Accepts::Any,
            Aggregates::Always,
            "The figure of a cell; the count of rows unless given.",
        ),
        Slot::maybe(Channel::Facet, Accepts::Any, Aggregates::Never, "One small chart for each value."),
    ],
    options: &["values", "color_scale"],
    has_axes: true,
    example: || json!({ "x": { "column": "ordered_on", "granularity": "month" }, "y": [{ "column": "country" }], "color": { "column": "unit_price", "aggregate": "mean" } }),
};
