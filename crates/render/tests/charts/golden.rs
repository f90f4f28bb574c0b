//! Pictures that were looked at, as SVG, and their Plotly figures: a change of one shows in the diff. `UPDATE_GOLDEN=1`
//! writes them again.

use contract::charts::figure::Figure;
use contract::charts::requests::{ImageFormat, ImageOptions, Theme};
use serde_json::Value;

use crate::all;

#[test]
fn drawings_are_as_they_were_looked_at() {
    compare("svg", |figure| render::charts::image(figure, &ImageOptions::new(ImageFormat::Svg)).unwrap());
}

/// What the app gets for each of those drawings; the look that all of them share is compared by its colours.
#[test]
fn plotly_figures_are_those_of_the_drawings() {
    compare("json", |figure| lines(&render::charts::plotly(figure, Theme::Light)).into_bytes());
}

fn compare(extension: &str, made: impl Fn(&Figure) -> Vec<u8>) {
    let folder = "tests/golden";
    let mut changed = Vec::new();
    for (name, figure) in all() {
        let made = made(&figure);
        let path = format!("{folder}/{name}.{extension}");
        if std::env::var_os("UPDATE_GOLDEN").is_some() {
            std::fs::write(&path, &made).unwrap();
        } else if std::fs::read(&path).ok().as_deref() != Some(made.as_slice()) {
            changed.push(name);
        }
    }
    assert!(changed.is_empty(), "look at {changed:?} (PICTURES=folder), then UPDATE_GOLDEN=1");
}

/// A figure as JSON with a line for each property of a trace and of the layout, without the look.
fn lines(figure: &Value) -> String {
    let mut layout = figure["layout"].clone();
    layout.as_object_mut().unwrap().remove("template").unwrap();
    let traces: Vec<String> = figure["data"].as_array().unwrap().iter().map(properties).collect();
    format!("{{\"data\": [{}],\n\"layout\": {}}}\n", traces.join(", "), properties(&layout))
}

fn properties(of: &Value) -> String {
    let lines: Vec<String> = of
        .as_object()
        .unwrap()
        .iter()
        .map(|(name, value)| format!("  {}: {value}", Value::from(name.as_str())))
        .collect();
    format!("{{\n{}\n}}", lines.join(",\n"))
}

/// `PICTURES=folder` keeps every figure as PNG in both themes, and as JSON, to be looked at.
#[test]
fn every_figure_becomes_a_picture_in_both_themes() {
    let folder = std::env::var("PICTURES").ok();
    for (name, figure) in all().into_iter().chain(crate::large::large()) {
        let mut pictures = Vec::new();
        for theme in [Theme::Light, Theme::Dark] {
            let options = ImageOptions { theme, ..ImageOptions::new(ImageFormat::Png) };
            let bytes = render::charts::image(&figure, &options).unwrap();
            assert_eq!(&bytes[..8], b"\x89PNG\r\n\x1a\n", "{name}");
            assert_eq!(bytes[16..24], [0, 0, 3, 32, 0, 0, 1, 244], "{name} is 800 × 500");
            if let Some(folder) = &folder {
                std::fs::write(format!("{folder}/{name}-{theme:?}.png").to_lowercase(), &bytes).unwrap();
                let json = render::charts::plotly(&figure, theme).to_string();
                std::fs::write(format!("{folder}/{name}-{theme:?}.json").to_lowercase(), json).unwrap();
            }
            pictures.push(bytes);
        }
        assert_ne!(pictures[0], pictures[1], "{name} in dark");
    }
}
