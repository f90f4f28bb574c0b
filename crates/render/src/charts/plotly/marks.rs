//! Annotations as shapes and texts.

use contract::charts::figure::{Mark, Panel};
use serde_json::{Value, json};

use super::Place;
use super::axes::Positions;
use super::values::plain;
use crate::charts::svg::REGION;

pub(crate) fn add(
    panel: &Panel,
    place: &Place,
    (x, y): (&Positions<'_>, &Positions<'_>),
    shapes: &mut Vec<Value>,
    annotations: &mut Vec<Value>,
) {
    let own = |name: &str| format!("{name}{}", place.suffix);
    let across = |name: &str| format!("{name}{} domain", place.suffix);
    for mark in &panel.marks {
        match mark {
            Mark::Line { across_x, at, text } => {
                let (shape, label) = if *across_x {
                    let at = x.place(*at);
                    (
                        json!({ "xref": own("x"), "x0": at, "x1": at, "yref": across("y"), "y0": 0, "y1": 1 }),
                        json!({ "xref": own("x"), "x": at, "yref": across("y"), "y": 1 }),
                    )
                } else {
                    let at = y.place(*at);
                    (
                        json!({ "yref": own("y"), "y0": at, "y1": at, "xref": across("x"), "x0": 0, "x1": 1 }),
                        json!({ "yref": own("y"), "y": at, "xref": across("x"), "x": 1 }),
                    )
                };
                shapes.push(with(shape, json!({ "type": "line", "line": { "width": 1, "dash": "dash" } })));
                push_label(annotations, label, text.as_deref(), *across_x);
            }
            Mark::Region { across_x, from, to, text } => {
                let (shape, label) = if *across_x {
                    let (from, to) = (x.place(*from), x.place(*to));
                    (
                        json!({ "xref": own("x"), "x0": from, "x1": to, "yref": across("y"), "y0": 0, "y1": 1 }),
                        json!({ "xref": own("x"), "x": from, "yref": across("y"), "y": 1 }),
                    )
                } else {
                    let (from, to) = (y.place(*from), y.place(*to));
                    (
                        json!({ "yref": own("y"), "y0": from, "y1": to, "xref": across("x"), "x0": 0, "x1": 1 }),
                        json!({ "yref": own("y"), "y": to, "xref": across("x"), "x": 1 }),
                    )
                };
                let fill = json!({ "type": "rect", "layer": "below", "line": { "width": 0 }, "opacity": REGION,
                    "fillcolor": "#808080" });
                shapes.push(with(shape, fill));
                push_label(annotations, label, text.as_deref(), *across_x);
            }
            Mark::Text { x: at_x, y: at_y, text } => annotations.push(json!({
                "xref": own("x"), "x": x.place(*at_x), "yref": own("y"), "y": y.place(*at_y),
                "text": plain(text), "showarrow": false, "yshift": 10,
            })),
        }
    }
}

fn push_label(annotations: &mut Vec<Value>, at: Value, text: Option<&str>, across_x: bool) {
    let Some(text) = text.filter(|text| !text.is_empty()) else { return };
    let anchors = if across_x {
        json!({ "xanchor": "left", "yanchor": "top" })
    } else {
        json!({ "xanchor": "right", "yanchor": "bottom" })
    };
    annotations.push(with(with(at, anchors), json!({ "text": plain(text), "showarrow": false })));
}

fn with(mut one: Value, other: Value) -> Value {
    super::values::extend(&mut one, other);
    one
}
