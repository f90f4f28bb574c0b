//! `table`: rows as they stand, or one row for each group where a column has an aggregate.

use serde_json::json;

use crate::charts::{Accepts, Aggregates, Channel, ChartKind, ChartName, Slot};

pub const KIND: ChartKind = ChartKind {
    name: ChartName::Table,
    title: "Table",
    noun: "a table",
    summary: "Rows as they stand, or one row for each group where a column has an aggregate.",
    slots: &[Slot::many(
        Channel::Rows,
        (1, 50),
        Accepts::Any,
        Aggregates::May,
        "The columns of the table, in their order.",
    )],
    options: &[],
    has_axes: false,
    example: || json!({ "rows": [{ "column": "country" }, { "column": "unit_price", "aggregate": "sum" }] }),
};
