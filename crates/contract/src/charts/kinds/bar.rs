//! `bar`: one bar for each category, beside each other, stacked, or as shares of 100 %.

use serde_json::json;

use crate::charts::{Accepts, Aggregates, Channel, ChartKind, ChartName, Slot};

pub const KIND: ChartKind = ChartKind {
    name: ChartName::Bar,
    title: "Bar",
    noun: "a bar chart",
    summary: "One bar for each category, beside each other, stacked, or as shares of 100 %.",
    slots: &[
        Slot::one(
            Channel::X,
            Accepts::Any,
            Aggregates::Never,
            "The categories; times are grouped by period, numbers by class where `bin` is given.",
        ),
        Slot::many(
            Channel::Y,
            (0, 20),
            Accepts::Any,
            Aggregates::Always,
            "The length; several are series of their own. The count of rows unless given.",
        ),
        Slot::maybe(Channel::Color, Accepts::Any, Aggregates::Never, "Splits the bars into series."),
        Slot::maybe(Channel::Facet, Accepts::Any, Aggregates::Never, "One small chart for each value."),
    ],
    options: &["stack", "orientation", "sample", "values", "opacity"],
    has_axes: true,
    example: || json!({ "x": { "column": "country", "sort": "-value" }, "y": [{ "column": "unit_price", "aggregate": "sum" }] }),
};
