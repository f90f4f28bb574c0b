//! Points and surfaces in space.

use contract::charts::figure::Axis;
use contract::charts::layers::{Cloud, Layer, Surface};
use serde_json::{Value, json};

use super::axes::Positions;
use super::values::{extend, matrix, number, numbers, plain, said_at, texts};
use super::{Pens, Place, sizes};

pub(crate) fn layout(place: &Place, axes: [&Axis; 3], eye: [f64; 3]) -> Value {
    let mut scene = json!({
        "domain": place.domain(),
        "camera": { "eye": { "x": eye[0], "y": eye[1], "z": eye[2] } },
        "aspectmode": "cube",
    });
    for (name, axis) in ["xaxis", "yaxis", "zaxis"].iter().zip(axes) {
        let positions = Positions::new(axis, &[], true);
        let mut layout = json!({
            "type": positions.layout()["type"],
            "range": axis.range.map(|end| positions.place(end)),
            "tickmode": "array",
            "tickvals": axis.ticks.iter().map(|tick| positions.one(tick.at)).collect::<Value>(),
            "ticktext": super::tick_texts(&axis.ticks),
        });
        layout["title"] = json!({ "text": plain(axis.title.as_deref().unwrap_or_default()) });
        if let Some(categories) = positions.layout().get("categoryarray") {
            extend(&mut layout, json!({ "categoryorder": "array", "categoryarray": categories }));
        }
        scene[*name] = layout;
    }
    scene
}

pub(crate) fn traces(pens: &Pens<'_>, layer: &Layer, place: &Place) -> Vec<Value> {
    let mut trace = match layer {
        Layer::Cloud(layer) => cloud(pens, layer),
        Layer::Surface(layer) => surface(pens, layer),
        _ => return Vec::new(),
    };
    trace["scene"] = json!(format!("scene{}", place.suffix));
    vec![trace]
}

fn cloud(pens: &Pens<'_>, cloud: &Cloud) -> Value {
    let mut marker = pens.marker(&cloud.paint);
    extend(&mut marker, json!({ "size": sizes(&cloud.diameter), "opacity": cloud.opacity, "line": { "width": 0 } }));
    let mut trace = json!({
        "type": "scatter3d",
        "mode": "markers",
        "name": plain(&cloud.name),
        "x": numbers(&cloud.x),
        "y": numbers(&cloud.y),
        "z": numbers(&cloud.z),
        "marker": marker,
    });
    if !cloud.texts.is_empty() {
        let said = said_at(&cloud.name, "%{x}, %{y}, %{z}");
        extend(&mut trace, json!({ "hovertext": texts(&cloud.texts), "hovertemplate": said }));
    }
    trace
}

fn surface(pens: &Pens<'_>, surface: &Surface) -> Value {
    let columns = surface.x.len();
    let colors: Vec<f64> = surface.shades.iter().map(|shade| pens.value(*shade)).collect();
    let mut trace = json!({
        "type": "surface",
        "x": surface.x.iter().copied().map(number).collect::<Value>(),
        "y": surface.y.iter().copied().map(number).collect::<Value>(),
        "z": matrix(&surface.z, columns),
        "coloraxis": "coloraxis",
    });
    if !colors.is_empty() {
        trace["surfacecolor"] = matrix(&colors, columns);
    }
    trace
}
