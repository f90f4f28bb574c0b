//! `box`: quartiles, the values next to 1.5 interquartile ranges beyond them, and what lies further out.

use serde_json::json;

use crate::charts::{Accepts, Aggregates, Channel, ChartKind, ChartName, Slot};

pub const KIND: ChartKind = ChartKind {
    name: ChartName::Box,
    title: "Box",
    noun: "a box plot",
    summary: "Quartiles, the values next to 1.5 interquartile ranges beyond them, and what lies further out.",
    slots: &[
        Slot::many(
            Channel::Y,
            (1, 20),
            Accepts::Numbers,
            Aggregates::Never,
            "The values; several are boxes beside each other.",
        ),
        Slot::maybe(Channel::X, Accepts::Any, Aggregates::Never, "One box for each value."),
        Slot::maybe(Channel::Color, Accepts::Any, Aggregates::Never, "Splits the boxes into series."),
        Slot::maybe(Channel::Facet, Accepts::Any, Aggregates::Never, "One small chart for each value."),
    ],
    options: &["orientation", "opacity"],
    has_axes: true,
    example: || json!({ "x": { "column": "country" }, "y": [{ "column": "unit_price" }] }),
};
