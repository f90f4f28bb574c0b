//! What fills a panel itself: pies, treemaps, tables and single numbers.

use contract::charts::figure::Paint;
use contract::charts::layers::{Layer, Number, Sheet, Slices, Tiles};
use serde_json::{Value, json};

use super::values::{number, numbers, plain, texts};
use super::{Pens, Place};
use crate::charts::shapes::PARENT;

pub(crate) fn traces(pens: &Pens<'_>, layer: &Layer, place: &Place) -> Vec<Value> {
    let mut trace = match layer {
        Layer::Slices(layer) => slices(pens, layer),
        Layer::Tiles(layer) => tiles(pens, layer),
        Layer::Sheet(layer) => sheet(pens, layer),
        Layer::Number(layer) => figure(pens, layer),
        _ => return Vec::new(),
    };
    trace["domain"] = place.domain();
    vec![trace]
}

fn slices(pens: &Pens<'_>, slices: &Slices) -> Value {
    json!({
        "type": "pie",
        "labels": texts(&slices.labels),
        "values": numbers(&slices.values),
        "text": texts(&slices.texts),
        "textinfo": if slices.texts.is_empty() { "none" } else { "text" },
        "hoverinfo": "label+value+percent",
        "sort": false,
        "direction": "clockwise",
        "rotation": 0,
        "hole": slices.hole,
        "insidetextfont": { "color": slices.paints.iter().map(|paint| pens.ink_on(*paint, 1.0)).collect::<Vec<_>>() },
        "outsidetextfont": { "color": pens.look.ink2.hex() },
        "marker": {
            "colors": slices.paints.iter().map(|paint| pens.hex(*paint)).collect::<Vec<_>>(),
            "line": { "color": pens.look.surface.hex(), "width": 1 },
        },
    })
}

fn tiles(pens: &Pens<'_>, tiles: &Tiles) -> Value {
    let id = |at: usize| at.to_string();
    let strength = |at: usize| if tiles.parents.contains(&Some(at)) { PARENT } else { 1.0 };
    let strengths: Vec<f64> = (0..tiles.labels.len()).map(strength).collect();
    let ground = |(paint, strength): (&Paint, &f64)| {
        pens.look.paint(*paint, pens.is_diverging).over(pens.look.surface, *strength).hex()
    };
    let ink = |(paint, strength): (&Paint, &f64)| pens.ink_on(*paint, *strength);
    json!({
        "type": "treemap",
        "ids": (0..tiles.labels.len()).map(id).collect::<Vec<_>>(),
        "labels": texts(&tiles.labels),
        "parents": tiles.parents.iter().map(|parent| parent.map(id).unwrap_or_default()).collect::<Vec<_>>(),
        "values": numbers(&tiles.values),
        "text": texts(&tiles.texts),
        "textinfo": "label+text",
        "hoverinfo": "label+text",
        "branchvalues": "total",
        "sort": false,
        "marker": {
            "colors": tiles.paints.iter().zip(&strengths).map(ground).collect::<Vec<_>>(),
            "line": { "color": pens.look.surface.hex(), "width": 1 },
        },
        "textfont": { "color": tiles.paints.iter().zip(&strengths).map(ink).collect::<Vec<_>>() },
        "tiling": { "packing": "squarify", "pad": 1 },
        "pathbar": { "visible": false },
        "root": { "color": pens.look.surface.hex() },
    })
}

fn sheet(pens: &Pens<'_>, sheet: &Sheet) -> Value {
    let columns = sheet.is_number.len();
    let heads: Vec<String> = (0..columns)
        .map(|column| {
            let names: Vec<String> =
                sheet.heads.iter().filter_map(|head| head.get(column)).map(|name| plain(name)).collect();
            format!("<b>{}</b>", names.join("<br>"))
        })
        .collect();
    let cell = |row: usize, column: usize| {
        let text = plain(sheet.rows[row].get(column).map_or("", String::as_str));
        if sheet.totals.contains(&row) { format!("<b>{text}</b>") } else { text }
    };
    let cells: Vec<Vec<String>> =
        (0..columns).map(|column| (0..sheet.rows.len()).map(|row| cell(row, column)).collect()).collect();
    let align: Vec<&str> = sheet.is_number.iter().map(|is_number| if *is_number { "right" } else { "left" }).collect();
    let mut trace = json!({
        "type": "table",
        "header": {
            "values": heads, "align": align, "fill": { "color": pens.look.surface.hex() },
            "line": { "color": pens.look.rule.hex() }, "font": { "color": pens.look.ink.hex() },
        },
        "cells": {
            "values": cells, "align": align, "height": 24,
            "fill": { "color": pens.look.surface.hex() },
            "line": { "color": pens.look.rule.hex() }, "font": { "color": pens.look.ink2.hex() },
        },
    });
    if !sheet.shades.is_empty() {
        let shade = |row: usize, column: usize| sheet.shades.get(row * columns + column).copied().unwrap_or(f64::NAN);
        let colors = |of: &dyn Fn(f64) -> String| {
            (0..columns)
                .map(|column| (0..sheet.rows.len()).map(|row| Value::String(of(shade(row, column)))).collect::<Value>())
                .collect::<Value>()
        };
        trace["cells"]["fill"]["color"] = colors(&|shade| ground(pens, shade).hex());
        trace["cells"]["font"]["color"] = colors(&|shade| pens.look.ink_on(ground(pens, shade)).hex());
    }
    trace
}

fn ground(pens: &Pens<'_>, shade: f64) -> crate::charts::look::Rgb {
    if shade.is_finite() { pens.look.shade(shade, pens.is_diverging) } else { pens.look.surface }
}

fn figure(pens: &Pens<'_>, figure: &Number) -> Value {
    let mut title = plain(&figure.label);
    if let Some(comparison) = &figure.comparison {
        title = format!("{title}<br><span style=\"font-size:0.8em\">{}</span>", plain(comparison));
    }
    let (prefix, format, suffix) = written(figure.value, &figure.text);
    let mut trace = json!({
        "type": "indicator",
        "mode": if figure.reference.is_some() { "number+delta" } else { "number" },
        "value": number(figure.value),
        "title": { "text": title },
        "number": {
            "prefix": plain(prefix), "suffix": plain(suffix), "valueformat": format,
            "font": { "color": pens.look.ink.hex() },
        },
        // As our own pictures and the app write it; Plotly has no "B" and draws no course.
        "meta": {
            "text": plain(&figure.text), "label": plain(&figure.label),
            "comparison": figure.comparison.as_deref().map(plain), "is_up": figure.is_up,
            "course": figure.spark.iter().copied().map(number).collect::<Value>(),
            "periods": texts(&figure.spark_labels),
        },
    });
    if let Some(reference) = figure.reference {
        trace["delta"] = json!({
            "reference": number(reference), "relative": true, "valueformat": "+.1%",
            "increasing": { "color": pens.look.good.hex() }, "decreasing": { "color": pens.look.bad.hex() },
        });
    }
    trace
}

/// What stands before the digits, d3's format for them, and what stands behind: Plotly writes numbers itself.
fn written(value: f64, text: &str) -> (&str, String, &str) {
    let is_digit = |letter: char| letter.is_ascii_digit();
    let (Some(first), Some(last)) = (text.find(is_digit), text.rfind(is_digit)) else {
        return ("", ",~r".to_owned(), "");
    };
    let digits = &text[first..=last];
    let decimals = digits.split_once('.').map_or(0, |(_, decimals)| decimals.len());
    let read: f64 = digits.replace(',', "").parse().unwrap_or(f64::NAN);
    let is_same = (read - value.abs()).abs() <= 0.5 * 10_f64.powi(-(decimals as i32)) * 1.000_001;
    if !is_same {
        // Thousands and millions: d3 has its own letters for them, behind which a unit may stand.
        let unit = text[last + 1..].trim_start_matches(['k', 'M', 'B', 'T']);
        return (text[..first].trim_end_matches(['-', '−']), ",.4~s".to_owned(), unit);
    }
    let before = text[..first].trim_end_matches(['-', '−']);
    (before, format!("{}.{decimals}f", if digits.contains(',') { "," } else { "" }), &text[last + 1..])
}
