//! `density`: how many rows lie in each class of two numbers, in rectangles or hexagons.

use serde_json::json;

use crate::charts::{Accepts, Aggregates, Channel, ChartKind, ChartName, Slot};

pub const KIND: ChartKind = ChartKind {
    name: ChartName::Density,
    title: "Density",
    noun: "a density chart",
    summary: "How many rows lie in each class of two numbers, in rectangles or hexagons.",
    slots: &[
        Slot::one(Channel::X, Accepts::NumbersOrTimes, Aggregates::Never, "Across."),
        Slot::many(Channel::Y, (1, 1), Accepts::NumbersOrTimes, Aggregates::Never, "Up."),
        Slot::maybe(
            Channel::Color,
            Accepts::Any,
            Aggregates::Always,
            "The figure of a class; the count of rows unless given.",
        ),
        Slot::maybe(Channel::Facet, Accepts::Any, Aggregates::Never, "One small chart for each value."),
    ],
    options: &["shape", "color_scale"],
    has_axes: true,
    example: || json!({ "x": { "column": "quantity" }, "y": [{ "column": "unit_price" }], "options": { "shape": "hexagon" } }),
};
