//! `scatter`: one point for each row; above 10,000 points, their density in classes.

use serde_json::json;

use crate::charts::{Accepts, Aggregates, Channel, ChartKind, ChartName, Slot};

pub const KIND: ChartKind = ChartKind {
    name: ChartName::Scatter,
    title: "Scatter",
    noun: "a scatter chart",
    summary: "One point for each row; above 10,000 points, their density in classes.",
    slots: &[
        Slot::one(Channel::X, Accepts::NumbersOrTimes, Aggregates::Never, "Across."),
        Slot::many(Channel::Y, (1, 1), Accepts::NumbersOrTimes, Aggregates::Never, "Up."),
        Slot::maybe(Channel::Color, Accepts::Any, Aggregates::Never, "Series by value, or a scale of numbers."),
        Slot::maybe(Channel::Size, Accepts::Numbers, Aggregates::Never, "The area of the points."),
        Slot::maybe(Channel::Label, Accepts::Any, Aggregates::Never, "Told of a point beside its values."),
        Slot::maybe(Channel::Facet, Accepts::Any, Aggregates::Never, "One small chart for each value."),
    ],
    options: &["trend", "sample", "opacity", "color_scale"],
    has_axes: true,
    example: || json!({ "x": { "column": "quantity" }, "y": [{ "column": "unit_price" }], "color": { "column": "country" } }),
};
