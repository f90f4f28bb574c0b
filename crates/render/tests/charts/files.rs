//! What holds for the files of charts: sizes, texts that could do harm, fonts, and the same bytes every time.

use contract::charts::figure::{Figure, FigureTable};
use contract::charts::requests::{ImageFormat, ImageOptions, Theme};
use contract::columns::{Column, ColumnType};
use render::charts::image;
use resvg::tiny_skia::Pixmap;
use resvg::usvg::roxmltree::Document;
use serde_json::json;

use crate::{all, large, planes, wholes};

fn file(figure: &Figure, format: ImageFormat) -> Vec<u8> {
    image(figure, &ImageOptions::new(format)).unwrap()
}

fn text(figure: &Figure, format: ImageFormat) -> String {
    String::from_utf8(file(figure, format)).unwrap()
}

#[test]
fn a_hundred_thousand_points_stay_small_and_their_axes_stay_vectors() {
    let svg = text(&planes::many_points(100_000), ImageFormat::Svg);
    assert!(svg.len() <= 2_000_000, "{} bytes", svg.len());
    assert_eq!(svg.matches("data:image/png;base64,").count(), 1);
    assert!(svg.contains(">Every measurement</text>") && !svg.contains("<circle"));
    let few = text(&planes::scatter(), ImageFormat::Svg);
    assert_eq!(few.matches("<circle").count(), 400);
    assert!(!few.contains("<image"));
}

/// plotters counts in whole units; a hundred of them are a pixel, so that marks stand where their values are.
#[test]
fn no_mark_is_moved_to_whole_pixels() {
    for figure in [planes::line(), planes::scatter(), planes::area(), crate::distributions::violin()] {
        let svg = text(&figure, ImageFormat::Svg);
        let document = Document::parse(&svg).unwrap();
        let number = |text: &str| text.parse::<i64>().unwrap_or(0);
        let mut places = Vec::new();
        for node in document.descendants() {
            places.extend(["cx", "cy"].iter().filter_map(|name| node.attribute(*name)).map(number));
            if let Some(path) = node.attribute("d") {
                places.extend(
                    path.split(|letter: char| !letter.is_ascii_digit()).filter(|part| !part.is_empty()).map(number),
                );
            }
        }
        let between = places.iter().filter(|place| *place % 100 != 0).count();
        // Axes and grids may lie on whole pixels; steps of paths may be whole by chance.
        assert!(between * 10 > places.len() * 6, "{between} of {} places", places.len());
        assert!(svg.contains(r#"viewBox="0 0 80000 50000""#));
    }
}

#[test]
fn texts_of_the_data_are_no_markup_and_have_no_control_characters() {
    let evil = "a<script>alert(1)</script> & \"b\" \u{0}\u{7}\u{1b}]0;x\u{fffe} \u{202e}c";
    let mut figure = planes::line();
    figure.title = Some(evil.to_owned());
    figure.sentence = evil.to_owned();
    figure.notes = vec![evil.to_owned()];
    figure.panels[0].marks.push(contract::charts::figure::Mark::Text {
        x: crate::figures::START_2022,
        y: 50.0,
        text: evil.to_owned(),
    });
    let svg = text(&figure, ImageFormat::Svg);
    Document::parse(&svg).unwrap();
    assert!(!svg.contains("<script") && !svg.contains('\u{7}') && !svg.contains('\u{1b}'));
    assert!(!file(&figure, ImageFormat::Png).is_empty() && !file(&figure, ImageFormat::Pdf).is_empty());
    let plotly = render::charts::plotly(&figure, Theme::Light).to_string();
    assert!(!plotly.contains("<script") && plotly.contains("&lt;script&gt;"));
}

#[test]
fn every_figure_fits_pictures_of_any_size() {
    for (name, figure) in all() {
        for (width, height) in [(1, 1), (40, 30), (200, 120), (320, 900), (1_600, 300)] {
            let options = ImageOptions { width, height, ..ImageOptions::new(ImageFormat::Png) };
            let pixels = Pixmap::decode_png(&image(&figure, &options).unwrap()).unwrap();
            assert_eq!((pixels.width(), pixels.height()), (width, height), "{name}");
        }
    }
}

#[test]
fn pictures_have_scales_and_may_be_transparent() {
    let options = ImageOptions { scale: 2.0, is_transparent: true, ..ImageOptions::new(ImageFormat::Png) };
    let pixels = Pixmap::decode_png(&image(&planes::many_points(6_000), &options).unwrap()).unwrap();
    assert_eq!((pixels.width(), pixels.height()), (1_600, 1_000));
    assert_eq!(pixels.pixel(2, 2).unwrap().alpha(), 0);
    assert!(pixels.pixels().iter().any(|pixel| pixel.alpha() == 255));
    let ground = Pixmap::decode_png(&file(&planes::bars(), ImageFormat::Png)).unwrap();
    let corner = ground.pixel(0, 0).unwrap();
    assert_eq!((corner.red(), corner.alpha()), (255, 255));
}

#[test]
fn pages_are_vectors_with_fonts_and_a_title() {
    let pdf = file(&planes::bars(), ImageFormat::Pdf);
    let has = |words: &str| pdf.windows(words.len()).any(|part| part == words.as_bytes());
    assert!(pdf.starts_with(b"%PDF-"));
    for words in ["/ToUnicode", "/FontFile2", "IBMPlexSans", "/MediaBox[0 0 600 375]", "Revenue by product"] {
        assert!(has(words), "{words}");
    }
    assert!(!has("/Subtype/Image") && !has("CreationDate"));
}

#[test]
fn the_same_figure_gives_the_same_bytes() {
    for figure in [planes::line(), planes::many_points(6_000), wholes::choropleth()] {
        for format in [ImageFormat::Svg, ImageFormat::Png, ImageFormat::Pdf] {
            assert!(file(&figure, format) == file(&figure, format), "{format:?}");
        }
    }
}

#[test]
fn tables_are_written_as_csv_without_formulas() {
    let mut figure = planes::bars();
    figure.table = FigureTable {
        columns: vec![Column::new("Product", ColumnType::Text), Column::new("Revenue, k€", ColumnType::Float)],
        rows: vec![vec![json!("=1+1"), json!(1.5)], vec![json!("Bread"), json!(null)], vec![json!("a,b"), json!(3)]],
        is_cut: false,
    };
    let csv = text(&figure, ImageFormat::Csv);
    assert_eq!(csv, "Product,\"Revenue, k€\"\n\"'=1+1\",1.5\nBread,\n\"a,b\",3\n");
}

/// Marks beyond the limit are stamped; a surface of many quads too.
#[test]
fn very_many_marks_are_pixels() {
    for (name, figure) in large() {
        assert!(text(&figure, ImageFormat::Svg).contains("<image "), "{name}");
    }
}
