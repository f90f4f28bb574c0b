//! Charts as files: every kind of layer, in every format.

mod figures;
mod planes;
mod wholes;

use contract::charts::figure::Figure;
use contract::charts::requests::{ImageFormat, ImageOptions, Theme};

/// Every figure with the name of its files.
pub fn all() -> Vec<(&'static str, Figure)> {
    vec![
        ("line", planes::line()),
        ("bars", planes::bars()),
        ("grouped", planes::grouped()),
        ("stacked", planes::stacked()),
        ("histogram", planes::histogram()),
        ("scatter", planes::scatter()),
        ("many_points", planes::many_points(100_000)),
        ("area", planes::area()),
        ("boxes", planes::boxes()),
        ("violin", planes::violin()),
        ("heatmap", planes::heatmap()),
        ("density", planes::density()),
        ("hexagons", planes::hexagons()),
        ("waterfall", planes::waterfall()),
        ("facets", planes::facets()),
        ("log_axes", planes::log_axes()),
        ("pie", wholes::pie(0.0)),
        ("donut", wholes::pie(0.55)),
        ("treemap", wholes::treemap()),
        ("table", wholes::table(60)),
        ("pivot", wholes::pivot()),
        ("number", wholes::number()),
        ("choropleth", wholes::choropleth()),
        ("point_map", wholes::point_map()),
        ("cloud", wholes::cloud()),
        ("surface", wholes::surface(40)),
        ("fine_surface", wholes::surface(90)),
        ("empty", planes::empty()),
        ("all_missing", planes::all_missing()),
        ("one_point", planes::one_point()),
        ("one_category", planes::one_category()),
    ]
}

/// Every figure becomes a picture in both themes; `PICTURES=folder` keeps them to be looked at.
#[test]
fn every_figure_becomes_a_picture() {
    let folder = std::env::var("PICTURES").ok();
    for (name, figure) in all() {
        for theme in [Theme::Light, Theme::Dark] {
            let options = ImageOptions { theme, ..ImageOptions::new(ImageFormat::Png) };
            let start = std::time::Instant::now();
            let bytes = render::charts::image(&figure, &options).unwrap();
            eprintln!("{name} {theme:?}: {} kB, {:?}", bytes.len() / 1000, start.elapsed());
            assert_eq!(&bytes[1..4], b"PNG", "{name}");
            if let Some(folder) = &folder {
                std::fs::write(format!("{folder}/{name}-{theme:?}.png").to_lowercase(), bytes).unwrap();
            }
        }
        if let Some(folder) = &folder {
            let json = render::charts::plotly(&figure, Theme::Light).to_string();
            std::fs::write(format!("{folder}/{name}.json"), json).unwrap();
            let svg = render::charts::image(&figure, &ImageOptions::new(ImageFormat::Svg)).unwrap();
            std::fs::write(format!("{folder}/{name}.svg"), svg).unwrap();
            let start = std::time::Instant::now();
            let pdf = render::charts::image(&figure, &ImageOptions::new(ImageFormat::Pdf)).unwrap();
            eprintln!("{name} pdf: {} kB, {:?}", pdf.len() / 1000, start.elapsed());
            std::fs::write(format!("{folder}/{name}.pdf"), pdf).unwrap();
        }
    }
}
