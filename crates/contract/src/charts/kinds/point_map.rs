//! `point_map`: places on a map by longitude and latitude.

use serde_json::json;

use crate::charts::{Accepts, Aggregates, Channel, ChartKind, ChartName, Slot};

pub const KIND: ChartKind = ChartKind {
    name: ChartName::PointMap,
    title: "Point map",
    noun: "a point map",
    summary: "Places on a map by longitude and latitude.",
    slots: &[
        Slot::one(Channel::X, Accepts::Numbers, Aggregates::Never, "The longitude in degrees."),
        Slot::many(Channel::Y, (1, 1), Accepts::Numbers, Aggregates::Never, "The latitude in degrees."),
        Slot::maybe(Channel::Color, Accepts::Any, Aggregates::Never, "Series by value, or a scale of numbers."),
        Slot::maybe(Channel::Size, Accepts::Numbers, Aggregates::Never, "The area of the points."),
        Slot::maybe(Channel::Label, Accepts::Any, Aggregates::Never, "Told of a point beside its values."),
    ],
    options: &["sample", "opacity", "color_scale"],
    has_axes: false,
    example: || json!({ "x": { "column": "quantity" }, "y": [{ "column": "quantity" }] }),
};
