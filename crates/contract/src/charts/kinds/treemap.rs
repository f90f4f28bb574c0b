//! `treemap`: parts of a whole in one or more levels, as nested rectangles.

use serde_json::json;

use crate::charts::{Accepts, Aggregates, Channel, ChartKind, ChartName, Slot};

pub const KIND: ChartKind = ChartKind {
    name: ChartName::Treemap,
    title: "Treemap",
    noun: "a treemap",
    summary: "Parts of a whole in one or more levels, as nested rectangles.",
    slots: &[
        Slot::many(Channel::Rows, (1, 5), Accepts::Any, Aggregates::Never, "The levels, the highest first."),
        Slot::maybe(Channel::Size, Accepts::Any, Aggregates::Always, "The area; the count of rows unless given."),
        Slot::maybe(
            Channel::Color,
            Accepts::Numbers,
            Aggregates::Always,
            "Colours the rectangles by a figure; by their first level unless given.",
        ),
    ],
    options: &["values", "color_scale"],
    has_axes: false,
    example: || json!({ "rows": [{ "column": "country" }], "size": { "column": "unit_price", "aggregate": "sum" } }),
};
