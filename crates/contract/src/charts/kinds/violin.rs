//! `violin`: the density of values for each category, with their quartiles.

use serde_json::json;

use crate::charts::{Accepts, Aggregates, Channel, ChartKind, ChartName, Slot};

pub const KIND: ChartKind = ChartKind {
    name: ChartName::Violin,
    title: "Violin",
    noun: "a violin plot",
    summary: "The density of values for each category, with their quartiles.",
    slots: &[
        Slot::many(
            Channel::Y,
            (1, 20),
            Accepts::Numbers,
            Aggregates::Never,
            "The values; several are violins beside each other.",
        ),
        Slot::maybe(Channel::X, Accepts::Any, Aggregates::Never, "One violin for each value."),
        Slot::maybe(Channel::Facet, Accepts::Any, Aggregates::Never, "One small chart for each value."),
    ],
    options: &["orientation", "bandwidth", "opacity"],
    has_axes: true,
    example: || json!({ "x": { "column": "country" }, "y": [{ "column": "unit_price" }] }),
};
