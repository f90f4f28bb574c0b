//! `line`: values over a time, a number or an ordered category; one line for each series.

use serde_json::json;

use crate::charts::{Accepts, Aggregates, Channel, ChartKind, ChartName, Slot};

pub const KIND: ChartKind = ChartKind {
    name: ChartName::Line,
    title: "Line",
    noun: "a line chart",
    summary: "Values over a time, a number or an ordered category; one line for each series.",
    slots: &[
        Slot::one(Channel::X, Accepts::Any, Aggregates::Never, "What runs along the chart: times, numbers or labels."),
        Slot::many(
            Channel::Y,
            (1, 20),
            Accepts::Any,
            Aggregates::Always,
            "The height; several are lines of their own.",
        ),
        Slot::maybe(Channel::Color, Accepts::Any, Aggregates::Never, "One line for each value."),
        Slot::maybe(Channel::Facet, Accepts::Any, Aggregates::Never, "One small chart for each value."),
    ],
    options: &["gaps", "points", "trend", "band", "sample", "values"],
    has_axes: true,
    example: || json!({ "x": { "column": "ordered_on", "granularity": "month" }, "y": [{ "column": "unit_price", "aggregate": "sum" }] }),
};
