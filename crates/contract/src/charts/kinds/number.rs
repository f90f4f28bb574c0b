//! `number`: one figure, compared with the period before or the year before, with the course of all periods.

use serde_json::json;

use crate::charts::{Accepts, Aggregates, Channel, ChartKind, ChartName, Slot};

pub const KIND: ChartKind = ChartKind {
    name: ChartName::Number,
    title: "Number",
    noun: "a number",
    summary: "One figure, compared with the period before or the year before, with the course of all periods.",
    slots: &[
        Slot::many(Channel::Y, (0, 1), Accepts::Any, Aggregates::Always, "The figure; the count of rows unless given."),
        Slot::maybe(Channel::X, Accepts::Times, Aggregates::Never, "The time: the figure is that of the last period."),
    ],
    options: &["comparison"],
    has_axes: false,
    example: || json!({ "x": { "column": "ordered_on", "granularity": "month" }, "y": [{ "column": "unit_price", "aggregate": "sum" }], "options": { "comparison": "previous" } }),
};
