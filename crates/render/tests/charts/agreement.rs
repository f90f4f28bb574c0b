//! Both renderers show the same: texts, colours and numbers of marks of the drawing and of the Plotly figure.

use std::collections::BTreeSet;

use contract::charts::requests::{ImageFormat, ImageOptions, Theme};
use render::charts::{image, plotly};
use resvg::usvg::roxmltree::{Document, Node};
use serde_json::Value;

use crate::{all, planes, wholes};

fn svg(figure: &contract::charts::figure::Figure) -> String {
    String::from_utf8(image(figure, &ImageOptions::new(ImageFormat::Svg)).unwrap()).unwrap()
}

fn drawn_texts(document: &Document<'_>) -> Vec<String> {
    let is_text = |node: &Node<'_, '_>| node.has_tag_name("text");
    document.descendants().filter(is_text).map(|node| node.text().unwrap_or_default().to_owned()).collect()
}

/// Every text of a JSON value, as a person reads it.
fn told_texts(value: &Value, into: &mut BTreeSet<String>) {
    match value {
        Value::String(text) => {
            let text = text.replace("<b>", "").replace("</b>", "");
            let text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&");
            into.extend(text.split("<br>").map(str::to_owned));
            into.insert(text);
        }
        Value::Array(items) => items.iter().for_each(|item| told_texts(item, into)),
        Value::Object(entries) => entries.values().for_each(|entry| told_texts(entry, into)),
        _ => {}
    }
}

/// What is written in the drawing stands in the Plotly figure too; only Plotly writes numbers of a single figure itself.
#[test]
fn every_text_of_a_drawing_is_in_the_plotly_figure() {
    for (name, figure) in all().into_iter().filter(|(name, _)| *name != "number") {
        let svg = svg(&figure);
        let document = Document::parse(&svg).unwrap();
        let mut told = BTreeSet::new();
        told_texts(&plotly(&figure, Theme::Light), &mut told);
        for text in drawn_texts(&document).iter().filter(|text| !text.starts_with("… ")) {
            let begins = |known: &String| text.ends_with('…') && known.starts_with(text.trim_end_matches('…'));
            assert!(told.contains(text) || told.iter().any(begins), "{name}: {text:?}");
        }
    }
}

/// The other way round: what tells the reader what is seen is written in the drawing.
#[test]
fn titles_ticks_and_legends_of_a_plotly_figure_are_drawn() {
    for (name, figure) in all() {
        let svg = svg(&figure);
        let document = Document::parse(&svg).unwrap();
        let drawn: BTreeSet<String> = drawn_texts(&document).into_iter().collect();
        let plotly = plotly(&figure, Theme::Light);
        let mut told = BTreeSet::new();
        told_texts(&plotly["layout"]["title"], &mut told);
        for (key, entry) in plotly["layout"].as_object().unwrap() {
            if key.starts_with("xaxis") || key.starts_with("yaxis") {
                told_texts(&entry["title"], &mut told);
                let in_range: usize = entry["ticktext"].as_array().unwrap().len();
                assert_eq!(in_range, entry["tickvals"].as_array().unwrap().len(), "{name} {key}");
            }
        }
        // Where labels would overlap, some are left out; `same_marks` finds those that are drawn at their places.
        if !matches!(name, "grouped" | "table" | "facets") {
            for (key, axis) in
                plotly["layout"].as_object().unwrap().iter().filter(|(key, _)| key[1..].starts_with("axis"))
            {
                assert!(axis["showticklabels"] == true, "{name} {key}");
                told_texts(&axis["ticktext"], &mut told);
            }
        }
        for trace in plotly["data"].as_array().unwrap().iter().filter(|trace| trace["showlegend"] == true) {
            told_texts(&trace["name"], &mut told);
        }
        for annotation in plotly["layout"]["annotations"].as_array().into_iter().flatten() {
            told_texts(&annotation["text"], &mut told);
        }
        for text in told.iter().filter(|text| !text.is_empty()) {
            assert!(drawn.contains(text), "{name}: {text:?} is not in {drawn:?}");
        }
    }
}

#[test]
fn legends_have_the_same_order_and_colours() {
    let mut checked = 0;
    for (name, figure) in all() {
        // Slices tell their names themselves.
        if figure.legend.is_none() || matches!(name, "pie" | "donut") {
            continue;
        }
        checked += 1;
        let svg = svg(&figure);
        let plotly = plotly(&figure, Theme::Light);
        let mut shown: Vec<&Value> =
            plotly["data"].as_array().unwrap().iter().filter(|trace| trace["showlegend"] == true).collect();
        shown.sort_by_key(|trace| trace["legendrank"].as_u64());
        let names: Vec<&str> = shown.iter().map(|trace| trace["name"].as_str().unwrap()).collect();
        let items: Vec<&str> = figure.legend.as_ref().unwrap().items.iter().map(|item| item.text.as_str()).collect();
        assert_eq!(names, items);
        for trace in shown {
            let color =
                [&trace["line"]["color"], &trace["marker"]["color"]].into_iter().find_map(Value::as_str).unwrap();
            assert!(svg.contains(color), "{color} of {}", trace["name"]);
        }
    }
    assert_eq!(checked, 6);
}

#[test]
fn there_are_as_many_marks() {
    let count = |svg: &str, start: &str, color: &str| {
        svg.lines().filter(|line| line.starts_with(start) && line.contains(color)).count()
    };
    let scatter = planes::scatter();
    let plotly_points = plotly(&scatter, Theme::Light)["data"][0]["x"].as_array().unwrap().len();
    assert_eq!(count(&svg(&scatter), "<circle", ""), plotly_points);
    let bars = planes::grouped();
    for trace in plotly(&bars, Theme::Light)["data"].as_array().unwrap() {
        let color = trace["marker"]["color"].as_str().unwrap();
        // One more: the sign in the legend.
        assert_eq!(count(&svg(&bars), "<path", color), trace["base"].as_array().unwrap().len() + 1);
    }
    let table = wholes::table(5);
    let cells = plotly(&table, Theme::Light)["data"][0]["cells"]["values"].as_array().unwrap().len();
    assert_eq!(cells, 4);
}

/// Ranges, ticks at rest and the steps for zooming are those of the figure.
#[test]
fn axes_carry_ticks_and_their_steps() {
    let line = plotly(&planes::line(), Theme::Light);
    let x = &line["layout"]["xaxis"];
    assert_eq!(
        (x["type"].as_str(), x["dtick"].as_str(), x["tick0"].as_str()),
        (Some("date"), Some("M3"), Some("2022-01-01"))
    );
    assert_eq!(x["tickvals"][1], "2022-04-01");
    assert_eq!(line["layout"]["yaxis"]["dtick"], 10);
    let log = plotly(&crate::edges::log_axes(), Theme::Light);
    assert_eq!(log["layout"]["yaxis"]["range"].to_string(), "[-1,5]");
    let bars = plotly(&planes::bars(), Theme::Light);
    assert_eq!(bars["layout"]["xaxis"]["type"], "category");
    assert_eq!(bars["data"][0]["x"][3], "Dates &lt;dried&gt;");
    // Boxes beside each other stand between the categories.
    let boxes = plotly(&crate::distributions::boxes(), Theme::Light);
    assert_eq!(
        (&boxes["layout"]["xaxis"]["type"], &boxes["layout"]["xaxis"]["ticktext"][0]),
        (&"linear".into(), &"Blue Line".into())
    );
}
