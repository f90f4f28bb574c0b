//! `histogram`: how often values lie in each class.

use serde_json::json;

use crate::charts::{Accepts, Aggregates, Channel, ChartKind, ChartName, Slot};

pub const KIND: ChartKind = ChartKind {
    name: ChartName::Histogram,
    title: "Histogram",
    noun: "a histogram",
    summary: "How often values lie in each class.",
    slots: &[
        Slot::one(
            Channel::X,
            Accepts::Numbers,
            Aggregates::Never,
            "The values; `bin` says how their classes are found.",
        ),
        Slot::maybe(
            Channel::Color,
            Accepts::Any,
            Aggregates::Never,
            "One histogram for each value, on the same classes.",
        ),
        Slot::maybe(Channel::Facet, Accepts::Any, Aggregates::Never, "One small chart for each value."),
    ],
    options: &["stack", "sample", "values", "opacity"],
    has_axes: true,
    example: || json!({ "x": { "column": "unit_price", "bin": { "count": 20 } } }),
};
