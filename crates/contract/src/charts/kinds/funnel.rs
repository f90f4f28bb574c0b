//! `funnel`: steps one after another, each with its part of the first and of the one before.

use serde_json::json;

use crate::charts::{Accepts, Aggregates, Channel, ChartKind, ChartName, Slot};

pub const KIND: ChartKind = ChartKind {
    name: ChartName::Funnel,
    title: "Funnel",
    noun: "a funnel",
    summary: "Steps one after another, each with its part of the first and of the one before.",
    slots: &[
        Slot::one(
            Channel::X,
            Accepts::Any,
            Aggregates::Never,
            "The steps; the largest first unless `sort` says otherwise.",
        ),
        Slot::many(Channel::Y, (0, 1), Accepts::Any, Aggregates::Always, "How many; the count of rows unless given."),
    ],
    options: &["values"],
    has_axes: true,
    example: || json!({ "x": { "column": "country" } }),
};
