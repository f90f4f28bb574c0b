//! Heat maps, and closed shapes such as violins and hexagons.

use std::collections::BTreeMap;

use contract::charts::figure::Paint;
use contract::charts::layers::{Cells, Paints, Polygons};
use serde_json::{Value, json};

use super::Pens;
use super::axes::{Mode, Positions};
use super::values::{extend, matrix, numbers, plain, texts};
use crate::charts::look::Rgb;

/// Shapes coloured by a scale are told in so many shades.
const SHADES: f64 = 63.0;

pub(crate) fn cells(pens: &Pens<'_>, cells: &Cells, x: &Positions<'_>, y: &Positions<'_>) -> Value {
    let columns = cells.x_edges.len().saturating_sub(1);
    let sides = |positions: &Positions<'_>, edges: &[f64]| match positions.mode {
        Mode::Label => positions.list(&(0..edges.len().saturating_sub(1)).map(|at| at as f64).collect::<Vec<_>>()),
        Mode::Number | Mode::Log | Mode::Time => positions.list(edges),
    };
    let is_even = is_even(pens, cells);
    // Where shades do not follow the values in proportion, colours follow the shades and the values are told.
    let shown: Vec<f64> =
        if is_even { cells.values.clone() } else { cells.shades.iter().map(|shade| pens.value(*shade)).collect() };
    let mut trace = json!({
        "type": "heatmap",
        "x": sides(x, &cells.x_edges),
        "y": sides(y, &cells.y_edges),
        "z": matrix(&shown, columns),
        "coloraxis": "coloraxis",
        "hoverongaps": false,
    });
    if x.mode == Mode::Label && y.mode == Mode::Label {
        extend(&mut trace, json!({ "xgap": 1, "ygap": 1 }));
    }
    if !cells.texts.is_empty() && columns > 0 {
        trace["text"] = cells.texts.chunks(columns).map(texts).collect();
        trace["texttemplate"] = json!("%{text}");
    }
    if !is_even {
        trace["customdata"] = matrix(&cells.values, columns);
        trace["hovertemplate"] = json!("%{x}<br>%{y}<br>%{customdata}<extra></extra>");
    }
    trace
}

fn is_even(pens: &Pens<'_>, cells: &Cells) -> bool {
    let [from, to] = pens.bar.map_or([0.0, 1.0], |bar| bar.range);
    let close = (to - from).abs() * 1e-6;
    cells
        .values
        .iter()
        .zip(&cells.shades)
        .all(|(value, shade)| !value.is_finite() || (value - pens.value(*shade)).abs() <= close)
}

/// One trace for each colour; shapes that say something or have a scale of colours get a trace of unseen points, which
/// can be pointed at.
pub(crate) fn polygons(pens: &Pens<'_>, polygons: &Polygons, x: &Positions<'_>, y: &Positions<'_>) -> Vec<Value> {
    let mut groups: BTreeMap<Rgb, Vec<usize>> = BTreeMap::new();
    for at in 0..polygons.rings.len() {
        groups.entry(shade(pens, &polygons.paint, at)).or_default().push(at);
    }
    let mut traces: Vec<Value> = groups.iter().map(|(color, rings)| shapes(polygons, *color, rings, x, y)).collect();
    let is_scaled =
        matches!(&polygons.paint, Paints::Each(paints) if paints.iter().any(|paint| matches!(paint, Paint::Scale(_))));
    if !polygons.rings.is_empty() && (is_scaled || !polygons.texts.is_empty()) {
        let centers: Vec<[f64; 2]> = polygons.rings.iter().map(|ring| center(ring)).collect();
        let mut marker = pens.marker(&polygons.paint);
        extend(&mut marker, json!({ "size": 8, "opacity": 0 }));
        let mut points = json!({
            "type": "scatter", "mode": "markers", "name": plain(&polygons.name), "marker": marker,
            "x": x.list(&centers.iter().map(|center| center[0]).collect::<Vec<_>>()),
            "y": y.list(&centers.iter().map(|center| center[1]).collect::<Vec<_>>()),
        });
        if !polygons.texts.is_empty() {
            extend(&mut points, json!({ "hovertext": texts(&polygons.texts), "hoverinfo": "text" }));
        }
        traces.push(points);
    }
    traces
}

fn shade(pens: &Pens<'_>, paints: &Paints, at: usize) -> Rgb {
    let paint = match paints {
        Paints::One(paint) => *paint,
        Paints::Each(paints) => paints.get(at).copied().unwrap_or(Paint::Muted),
    };
    match paint {
        Paint::Scale(place) => pens.look.shade((place * SHADES).round() / SHADES, pens.is_diverging),
        other => pens.look.paint(other, pens.is_diverging),
    }
}

fn shapes(polygons: &Polygons, color: Rgb, rings: &[usize], x: &Positions<'_>, y: &Positions<'_>) -> Value {
    let (mut across, mut up) = (Vec::new(), Vec::new());
    for (at, ring) in rings.iter().map(|ring| &polygons.rings[*ring]).enumerate() {
        if at > 0 {
            across.push(f64::NAN);
            up.push(f64::NAN);
        }
        for [x, y] in ring.iter().chain(ring.first()) {
            across.push(*x);
            up.push(*y);
        }
    }
    // A list of times has no number for a gap, but null.
    let list = |positions: &Positions<'_>, values: &[f64]| match positions.mode {
        Mode::Time => positions.list(values),
        _ => numbers(values),
    };
    json!({
        "type": "scatter", "mode": "lines", "name": plain(&polygons.name), "fill": "toself",
        "x": list(x, &across), "y": list(y, &up),
        "fillcolor": color.faded(polygons.opacity),
        "line": { "color": color.hex(), "width": if polygons.has_edge { 1.25 } else { 0.5 } },
        "hoverinfo": if polygons.texts.is_empty() { "name" } else { "skip" },
        "hoveron": "fills",
    })
}

fn center(ring: &[[f64; 2]]) -> [f64; 2] {
    let count = ring.len().max(1) as f64;
    let sum = ring.iter().fold([0.0, 0.0], |sum, point| [sum[0] + point[0], sum[1] + point[1]]);
    [sum[0] / count, sum[1] / count]
}
