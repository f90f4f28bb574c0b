//! `pivot`: figures by the values of columns across and down, with totals.

use serde_json::json;

use crate::charts::{Accepts, Aggregates, Channel, ChartKind, ChartName, Slot};

pub const KIND: ChartKind = ChartKind {
    name: ChartName::Pivot,
    title: "Pivot table",
    noun: "a pivot table",
    summary: "Figures by the values of columns across and down, with totals.",
    slots: &[
        Slot::many(Channel::Rows, (1, 5), Accepts::Any, Aggregates::Never, "What stands down the side."),
        Slot::many(Channel::Columns, (0, 5), Accepts::Any, Aggregates::Never, "What stands across the top."),
        Slot::many(
            Channel::Y,
            (0, 10),
            Accepts::Any,
            Aggregates::Always,
            "The figures; the count of rows unless given.",
        ),
    ],
    options: &["totals", "color_scale"],
    has_axes: false,
    example: || json!({ "rows": [{ "column": "country" }], "columns": [{ "column": "ordered_on", "granularity": "month" }], "y": [{ "column": "unit_price", "aggregate": "sum" }] }),
};
