//! The look of every figure as a Plotly template, made from the app's colours.

use serde_json::{Value, json};

use crate::charts::look::{Look, Rgb};

pub(crate) const FONT: &str = "'IBM Plex Sans Condensed', 'IBM Plex Sans', Arial, sans-serif";
const TITLE_FONT: &str = "'IBM Plex Sans', Arial, sans-serif";

pub(crate) fn template(look: &Look) -> Value {
    let hexes = |colors: &[Rgb]| colors.iter().map(|color| Value::String(color.hex())).collect::<Value>();
    let font = |size: u32, color: Rgb| json!({ "size": size, "color": color.hex() });
    let axis = json!({
        "automargin": true,
        "color": look.ink2.hex(),
        "gridcolor": look.grid.hex(),
        "linecolor": look.axis.hex(),
        "tickcolor": look.axis.hex(),
        "zerolinecolor": look.axis.hex(),
        "zerolinewidth": 1,
        "zeroline": false,
        "ticklen": 4,
        "ticklabelstandoff": 3,
        "tickfont": font(12, look.ink2),
        "title": { "font": font(12, look.ink2), "standoff": 8 },
    });
    let solid = json!({
        "color": look.ink2.hex(),
        "gridcolor": look.grid.hex(),
        "linecolor": look.axis.hex(),
        "zeroline": false,
        "showbackground": false,
        "tickfont": font(11, look.ink2),
        "title": { "font": font(12, look.ink2) },
    });
    json!({ "layout": {
        "paper_bgcolor": look.surface.hex(),
        "plot_bgcolor": look.surface.hex(),
        "font": { "family": FONT, "size": 12, "color": look.ink2.hex() },
        "title": {
            "font": { "family": TITLE_FONT, "size": 16, "color": look.ink.hex(), "weight": 600 },
            "subtitle": { "font": { "family": TITLE_FONT, "size": 13, "color": look.ink2.hex() } },
            "x": 0, "xanchor": "left", "xref": "container", "y": 1, "yanchor": "top", "yref": "container",
            "pad": { "l": 14, "t": 14 },
        },
        "colorway": hexes(&look.categories),
        "colorscale": {
            "sequential": steps(&look.sequential),
            "sequentialminus": steps(&look.sequential),
            "diverging": steps(&look.diverging),
        },
        "coloraxis": { "colorbar": {
            "thickness": 11, "outlinewidth": 0, "ticks": "outside", "ticklen": 3, "tickcolor": look.axis.hex(),
            "tickfont": font(12, look.ink2), "title": { "font": font(12, look.ink2) },
        } },
        "legend": {
            "orientation": "h", "x": 0, "y": 1.02, "xanchor": "left", "yanchor": "bottom",
            "font": font(12, look.ink2),
            "title": { "font": { "size": 12, "color": look.ink2.hex(), "weight": 600 }, "side": "left" },
        },
        "hovermode": "closest",
        "hoverlabel": {
            "bgcolor": look.surface.hex(), "bordercolor": look.rule.hex(), "align": "left",
            "font": { "family": FONT, "size": 12, "color": look.ink.hex() },
        },
        "separators": ".,",
        "xaxis": axis,
        "yaxis": axis,
        "scene": { "xaxis": solid, "yaxis": solid, "zaxis": solid },
        "geo": {
            "bgcolor": look.surface.hex(), "showland": true, "landcolor": look.sunken.hex(), "showframe": false,
            "showcoastlines": false, "showcountries": true, "countrycolor": look.rule.hex(),
        },
        "annotationdefaults": { "font": font(12, look.ink2), "arrowcolor": look.axis.hex() },
    } })
}

/// A scale of colours as Plotly's list of places and colours.
pub(crate) fn steps(colors: &[Rgb]) -> Value {
    let last = (colors.len().max(2) - 1) as f64;
    colors.iter().enumerate().map(|(at, color)| json!([at as f64 / last, color.hex()])).collect()
}
