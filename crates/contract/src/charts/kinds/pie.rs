//! `pie`: parts of a whole; with `hole`, a donut.

use serde_json::json;

use crate::charts::{Accepts, Aggregates, Channel, ChartKind, ChartName, Slot};

pub const KIND: ChartKind = ChartKind {
    name: ChartName::Pie,
    title: "Pie",
    noun: "a pie chart",
    summary: "Parts of a whole; with `hole`, a donut.",
    slots: &[
        Slot::one(Channel::X, Accepts::Any, Aggregates::Never, "The parts."),
        Slot::many(
            Channel::Y,
            (0, 1),
            Accepts::Any,
            Aggregates::Always,
            "The size of a part; the count of rows unless given.",
        ),
        Slot::maybe(Channel::Facet, Accepts::Any, Aggregates::Never, "One small chart for each value."),
    ],
    options: &["hole", "values"],
    has_axes: false,
    example: || json!({ "x": { "column": "country" }, "y": [{ "column": "unit_price", "aggregate": "sum" }], "options": { "hole": 0.5 } }),
};
