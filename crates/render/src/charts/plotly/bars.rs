//! Bars and box plots as Plotly's traces.

use contract::charts::Orientation;
use contract::charts::layers::{Bars, BoxFigures, Boxes, Paints};
use serde_json::{Value, json};

use super::Pens;
use super::axes::Positions;
use super::values::{extend, number, numbers, plain, texts};
use crate::charts::shapes::{BOX_FILL, BOX_LINE, OUTLIER, OUTLIER_OPACITY};

pub(crate) fn bars(pens: &Pens<'_>, bars: &Bars, x: &Positions<'_>, y: &Positions<'_>) -> Value {
    let (along, across) = sides(bars.orientation);
    let positions = if bars.orientation == Orientation::Vertical { x } else { y };
    let bases: Vec<f64> = bars.at.iter().map(|at| positions.base(*at)).collect();
    let widths: Vec<f64> = bars.width.iter().map(|width| positions.length(*width)).collect();
    let offsets: Vec<f64> = (0..bars.at.len())
        .map(|at| positions.length(bars.at[at] - bases[at]) - widths.get(at).copied().unwrap_or(0.0) / 2.0)
        .collect();
    let lengths: Vec<f64> = bars.end.iter().zip(&bars.base).map(|(end, base)| end - base).collect();
    let mut marker = pens.marker(&bars.paint);
    extend(&mut marker, json!({ "opacity": bars.opacity, "line": { "width": 0.8, "color": pens.look.surface.hex() } }));
    let mut trace = json!({
        "type": "bar",
        "name": plain(&bars.name),
        "orientation": if bars.orientation == Orientation::Vertical { "v" } else { "h" },
        along: positions.list(&bases),
        across: numbers(&lengths),
        "base": numbers(&bars.base),
        "width": numbers(&widths),
        "offset": numbers(&offsets),
        "marker": marker,
    });
    if !bars.texts.is_empty() {
        trace["text"] = texts(&bars.texts);
        trace["textposition"] = json!("auto");
        trace["textangle"] = json!(0);
        trace["insidetextfont"] = json!({ "color": inks(pens, bars) });
        trace["outsidetextfont"] = json!({ "color": pens.look.ink2.hex() });
        trace["cliponaxis"] = json!(false);
    }
    if !bars.hovers.is_empty() {
        trace["hovertext"] = texts(&bars.hovers);
        trace["hoverinfo"] = json!("text");
    }
    trace
}

/// The colours of texts within bars.
fn inks(pens: &Pens<'_>, bars: &Bars) -> Value {
    match &bars.paint {
        Paints::One(paint) => json!(pens.ink_on(*paint, bars.opacity)),
        Paints::Each(paints) => paints.iter().map(|paint| json!(pens.ink_on(*paint, bars.opacity))).collect(),
    }
}

pub(crate) fn boxes(pens: &Pens<'_>, boxes: &Boxes, x: &Positions<'_>, y: &Positions<'_>) -> Value {
    let (along, across) = sides(boxes.orientation);
    let positions = if boxes.orientation == Orientation::Vertical { x } else { y };
    let list =
        |value: fn(&BoxFigures) -> f64| boxes.boxes.iter().map(|figures| number(value(figures))).collect::<Value>();
    let color = pens.look.paint(boxes.paint, pens.is_diverging);
    let mut trace = json!({
        "type": "box",
        "name": plain(&boxes.name),
        "orientation": if boxes.orientation == Orientation::Vertical { "v" } else { "h" },
        along: positions.list(&boxes.at),
        "q1": list(|figures| figures.q1),
        "median": list(|figures| figures.median),
        "q3": list(|figures| figures.q3),
        "mean": list(|figures| figures.mean),
        "lowerfence": list(|figures| figures.lower_fence),
        "upperfence": list(|figures| figures.upper_fence),
        "boxpoints": "outliers",
        "boxmean": true,
        "width": number(positions.length(boxes.width)),
        "whiskerwidth": 0.5,
        "fillcolor": if boxes.is_filled { color.faded(BOX_FILL) } else { "rgba(0,0,0,0)".to_owned() },
        "line": { "color": color.hex(), "width": BOX_LINE },
        "marker": { "color": color.hex(), "size": OUTLIER, "opacity": OUTLIER_OPACITY },
        "jitter": 0,
        "pointpos": 0,
    });
    // Plotly takes a list of nothing but empty lists for no boxes.
    if boxes.boxes.iter().any(|figures| !figures.outliers.is_empty()) {
        let outliers = |figures: &BoxFigures| figures.outliers.iter().map(|value| number(*value)).collect::<Value>();
        trace[across] = boxes.boxes.iter().map(outliers).collect();
    }
    trace
}

/// The names of the axis of positions and the axis of values.
fn sides(orientation: Orientation) -> (&'static str, &'static str) {
    match orientation {
        Orientation::Vertical => ("x", "y"),
        Orientation::Horizontal => ("y", "x"),
    }
}
