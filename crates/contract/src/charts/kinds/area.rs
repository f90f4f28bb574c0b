//! `area`: as a line, with the area below it; stacked unless told otherwise.

use serde_json::json;

use crate::charts::{Accepts, Aggregates, Channel, ChartKind, ChartName, Slot};

pub const KIND: ChartKind = ChartKind {
    name: ChartName::Area,
    title: "Area",
    noun: "an area chart",
    summary: "As a line, with the area below it; stacked unless told otherwise.",
    slots: &[
        Slot::one(Channel::X, Accepts::Any, Aggregates::Never, "What runs along the chart: times, numbers or labels."),
        Slot::many(
            Channel::Y,
            (1, 20),
            Accepts::Any,
            Aggregates::Always,
            "The height; several are areas of their own.",
        ),
        Slot::maybe(Channel::Color, Accepts::Any, Aggregates::Never, "One area for each value."),
        Slot::maybe(Channel::Facet, Accepts::Any, Aggregates::Never, "One small chart for each value."),
    ],
    options: &["stack", "gaps", "sample", "opacity"],
    has_axes: true,
    example: || json!({ "x": { "column": "ordered_on", "granularity": "month" }, "y": [{ "column": "unit_price", "aggregate": "sum" }], "color": { "column": "country" } }),
};
