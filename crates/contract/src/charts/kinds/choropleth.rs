//! `choropleth`: countries by colour; they are known by their ISO 3166 codes and English names.

use serde_json::json;

use crate::charts::{Accepts, Aggregates, Channel, ChartKind, ChartName, Slot};

pub const KIND: ChartKind = ChartKind {
    name: ChartName::Choropleth,
    title: "World map",
    noun: "a world map",
    summary: "Countries by colour; they are known by their ISO 3166 codes and English names.",
    slots: &[
        Slot::one(Channel::X, Accepts::Any, Aggregates::Never, "The country."),
        Slot::maybe(
            Channel::Color,
            Accepts::Any,
            Aggregates::Always,
            "The figure of a country; the count of rows unless given.",
        ),
    ],
    options: &["color_scale"],
    has_axes: false,
    example: || json!({ "x": { "column": "country" }, "color": { "column": "unit_price", "aggregate": "sum" } }),
};
