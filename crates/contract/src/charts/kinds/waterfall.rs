//! `waterfall`: how changes add up to a total, one after another.

use serde_json::json;

use crate::charts::{Accepts, Aggregates, Channel, ChartKind, ChartName, Slot};

pub const KIND: ChartKind = ChartKind {
    name: ChartName::Waterfall,
    title: "Waterfall",
    noun: "a waterfall chart",
    summary: "How changes add up to a total, one after another.",
    slots: &[
        Slot::one(Channel::X, Accepts::Any, Aggregates::Never, "The changes, in order."),
        Slot::many(Channel::Y, (1, 1), Accepts::Any, Aggregates::Always, "How much."),
    ],
    options: &["values"],
    has_axes: true,
    example: || json!({ "x": { "column": "ordered_on", "granularity": "month" }, "y": [{ "column": "unit_price", "aggregate": "sum" }] }),
};
