//! Countries and points on a map of the world.

use contract::charts::layers::{Layer, Points, Regions};
use serde_json::{Value, json};

use super::values::{extend, numbers, plain, said_at, texts};
use super::{Pens, Place, sizes};

pub(crate) fn layout(place: &Place, longitudes: [f64; 2], latitudes: [f64; 2]) -> Value {
    json!({
        "domain": place.domain(),
        "projection": { "type": "natural earth" },
        "lonaxis": { "range": longitudes },
        "lataxis": { "range": latitudes },
        "showland": true,
    })
}

pub(crate) fn traces(pens: &Pens<'_>, layer: &Layer, place: &Place) -> Vec<Value> {
    let mut trace = match layer {
        Layer::Regions(layer) => regions(pens, layer),
        Layer::Points(layer) => points(pens, layer),
        _ => return Vec::new(),
    };
    trace["geo"] = json!(format!("geo{}", place.suffix));
    vec![trace]
}

fn regions(pens: &Pens<'_>, regions: &Regions) -> Value {
    let places: Vec<f64> = regions.shades.iter().map(|shade| pens.value(*shade)).collect();
    json!({
        "type": "choropleth",
        "locationmode": "ISO-3",
        "locations": regions.codes,
        "z": numbers(&places),
        "coloraxis": "coloraxis",
        "hovertext": texts(if regions.texts.is_empty() { &regions.names } else { &regions.texts }),
        "hoverinfo": "text",
        "marker": { "line": { "color": pens.look.surface.hex(), "width": 0.5 } },
    })
}

fn points(pens: &Pens<'_>, points: &Points) -> Value {
    let mut marker = pens.marker(&points.paint);
    extend(&mut marker, json!({ "size": sizes(&points.diameter), "opacity": points.opacity, "line": { "width": 0 } }));
    let mut trace = json!({
        "type": "scattergeo",
        "mode": "markers",
        "name": plain(&points.name),
        "lon": numbers(&points.x),
        "lat": numbers(&points.y),
        "marker": marker,
    });
    if !points.texts.is_empty() {
        let said = said_at(&points.name, "%{lat}, %{lon}");
        extend(&mut trace, json!({ "hovertext": texts(&points.texts), "hovertemplate": said }));
    }
    trace
}
