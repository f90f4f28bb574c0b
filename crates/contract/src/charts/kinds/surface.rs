//! `surface`: heights over a grid of two dimensions.

use serde_json::json;

use crate::charts::{Accepts, Aggregates, Channel, ChartKind, ChartName, Slot};

pub const KIND: ChartKind = ChartKind {
    name: ChartName::Surface,
    title: "Surface",
    noun: "a surface",
    summary: "Heights over a grid of two dimensions.",
    slots: &[
        Slot::one(
            Channel::X,
            Accepts::Numbers,
            Aggregates::Never,
            "The first dimension, by classes where `bin` is given.",
        ),
        Slot::many(
            Channel::Y,
            (1, 1),
            Accepts::Numbers,
            Aggregates::Never,
            "The second dimension, by classes where `bin` is given.",
        ),
        Slot::one(Channel::Z, Accepts::Numbers, Aggregates::Always, "The height; the mean of each cell unless given."),
    ],
    options: &["color_scale", "camera"],
    has_axes: false,
    example: || json!({ "x": { "column": "quantity", "bin": { "count": 10 } }, "y": [{ "column": "order_id", "bin": { "count": 10 } }], "z": { "column": "unit_price", "aggregate": "mean" } }),
};
