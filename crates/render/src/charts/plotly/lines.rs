//! Lines, areas and points as scatter traces.

use contract::charts::layers::{Area, Line, Points};
use serde_json::{Value, json};

use super::axes::Positions;
use super::values::{extend, number, plain, said_at, texts};
use super::{Pens, sizes};
use crate::charts::shapes::{EDGE, LINE_DOT, line_width, runs};

pub(crate) fn line(pens: &Pens<'_>, line: &Line, x: &Positions<'_>, y: &Positions<'_>) -> Value {
    let color = pens.hex(line.paint);
    let alone = alone(line);
    let mut trace = json!({
        "type": "scatter",
        "name": plain(&line.name),
        "mode": if line.has_points || !alone.is_empty() { "lines+markers" } else { "lines" },
        "x": x.list(&line.x),
        "y": y.list(&line.y),
        "connectgaps": false,
        "line": {
            "color": color,
            "width": line_width(line.x.len()),
            "dash": if line.is_dashed { "dash" } else { "solid" },
        },
    });
    if line.has_points {
        trace["marker"] = json!({ "color": color, "size": LINE_DOT });
    } else if !alone.is_empty() {
        // A value between two gaps would leave no trace as a line.
        let size = |at: usize| if alone.contains(&at) { LINE_DOT } else { 0.0 };
        trace["marker"] =
            json!({ "color": color, "size": (0..line.x.len()).map(|at| number(size(at))).collect::<Value>() });
    }
    say(&mut trace, &line.texts, &line.name);
    trace
}

/// The points of a line that have no neighbour.
fn alone(line: &Line) -> Vec<usize> {
    let is_there = |at: usize| line.y.get(at).is_some_and(|y| y.is_finite());
    (0..line.x.len()).filter(|at| is_there(*at) && (*at == 0 || !is_there(at - 1)) && !is_there(at + 1)).collect()
}

/// The lower edge, unseen, and the upper one with what lies between; one pair for each part without gaps.
pub(crate) fn area(pens: &Pens<'_>, area: &Area, x: &Positions<'_>, y: &Positions<'_>) -> Vec<Value> {
    let color = pens.look.paint(area.paint, pens.is_diverging);
    let points: Vec<[f64; 2]> = area.lower.iter().zip(&area.upper).map(|(lower, upper)| [*lower, *upper]).collect();
    let mut traces = Vec::new();
    for run in runs(&points) {
        let start = (run.as_ptr() as usize - points.as_ptr() as usize) / std::mem::size_of::<[f64; 2]>();
        let range = start..start + run.len();
        let edge = |values: &[f64]| {
            json!({
                "type": "scatter", "mode": "lines", "name": plain(&area.name),
                "x": x.list(&area.x[range.clone()]), "y": y.list(values),
            })
        };
        let mut lower = edge(&area.lower[range.clone()]);
        extend(&mut lower, json!({ "line": { "width": 0, "color": color.hex() }, "hoverinfo": "skip" }));
        let mut upper = edge(&area.upper[range.clone()]);
        extend(
            &mut upper,
            json!({
                "fill": "tonexty",
                "fillcolor": color.faded(area.opacity),
                "line": { "width": if area.has_edge { number(EDGE) } else { json!(0) }, "color": color.hex() },
            }),
        );
        if area.texts.len() >= range.end {
            say(&mut upper, &area.texts[range.clone()], &area.name);
        }
        traces.push(lower);
        traces.push(upper);
    }
    if traces.is_empty() {
        traces.push(json!({
            "type": "scatter", "mode": "lines", "name": plain(&area.name), "x": [], "y": [],
            "line": { "color": color.hex() },
        }));
    }
    traces
}

pub(crate) fn points(pens: &Pens<'_>, points: &Points, x: &Positions<'_>, y: &Positions<'_>) -> Value {
    let mut marker = pens.marker(&points.paint);
    extend(&mut marker, json!({ "size": sizes(&points.diameter), "opacity": points.opacity, "line": { "width": 0 } }));
    let mut trace = json!({
        "type": "scatter",
        "name": plain(&points.name),
        "mode": "markers",
        "x": x.list(&points.x),
        "y": y.list(&points.y),
        "marker": marker,
    });
    if !points.texts.is_empty() {
        trace["hovertext"] = texts(&points.texts);
        trace["hovertemplate"] = json!(said_at(&points.name, "%{x}, %{y}"));
    }
    trace
}

/// What points say beside their place on the axis of positions.
fn say(trace: &mut Value, said: &[String], name: &str) {
    if said.is_empty() {
        return;
    }
    trace["hovertext"] = texts(said);
    let series = if name.is_empty() { "" } else { "%{fullData.name}" };
    trace["hovertemplate"] = json!(format!("%{{x}}<br>%{{hovertext}}<extra>{series}</extra>"));
}
