//! `scatter_3d`: one point for each row in three dimensions.

use serde_json::json;

use crate::charts::{Accepts, Aggregates, Channel, ChartKind, ChartName, Slot};

pub const KIND: ChartKind = ChartKind {
    name: ChartName::Scatter3d,
    title: "3-D scatter",
    noun: "a 3-D scatter chart",
    summary: "One point for each row in three dimensions.",
    slots: &[
        Slot::one(Channel::X, Accepts::Numbers, Aggregates::Never, "The first dimension."),
        Slot::many(Channel::Y, (1, 1), Accepts::Numbers, Aggregates::Never, "The second dimension."),
        Slot::one(Channel::Z, Accepts::Numbers, Aggregates::Never, "The third dimension, up."),
        Slot::maybe(Channel::Color, Accepts::Any, Aggregates::Never, "Series by value, or a scale of numbers."),
        Slot::maybe(Channel::Size, Accepts::Numbers, Aggregates::Never, "The area of the points."),
        Slot::maybe(Channel::Label, Accepts::Any, Aggregates::Never, "Told of a point beside its values."),
    ],
    options: &["sample", "opacity", "color_scale", "camera"],
    has_axes: false,
    example: || json!({ "x": { "column": "quantity" }, "y": [{ "column": "unit_price" }], "z": { "column": "order_id" } }),
};
