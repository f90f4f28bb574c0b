//! What holds for the files of charts: sizes, texts that could do harm, fonts, and the same bytes every time.

use contract::charts::figure::{Figure, FigureTable, LegendItem, Paint, Sign};
use contract::charts::requests::{ImageFormat, ImageOptions, Theme};
use contract::columns::{Column, ColumnType};
use render::charts::image;
use resvg::tiny_skia::Pixmap;
use resvg::usvg::roxmltree::Document;
use serde_json::json;

use crate::drawing::Drawing;
use crate::{all, planes, wholes};

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

/// plotters counts in whole units; a hundred of them are a pixel, so that marks stand where their values are: no mark of
/// any figure lies on whole pixels with all its corners.
#[test]
fn no_mark_is_moved_to_whole_pixels() {
    // Of grids, axes and grounds, which may lie there.
    const FRAME: [&str; 6] = ["#FFFFFF", "#F3F0E8", "#DDD8CC", "#E9E5DB", "#8C938F", "#525C5F"];
    let is_between = |place: &[f64; 2]| place.iter().any(|part| (part * 100.0).round() as i64 % 100 != 0);
    let mut shapes = 0;
    for (name, figure) in all() {
        assert!(text(&figure, ImageFormat::Svg).contains(r#"viewBox="0 0 80000 50000""#), "{name}");
        let drawing = Drawing::of(&figure);
        let is_mark = |color: &Option<String>| color.as_ref().is_some_and(|color| !FRAME.contains(&color.as_str()));
        // Signs of the legend come first.
        let is_sign = |item: &&LegendItem| item.sign != Sign::Point && item.paint != Paint::Ink;
        let signs = figure.legend.iter().flat_map(|legend| &legend.items).filter(is_sign).count();
        let marks = drawing.shapes.iter().filter(|shape| is_mark(&shape.fill) || is_mark(&shape.stroke));
        for shape in marks.skip(signs) {
            assert!(shape.points.iter().any(is_between), "{name}: {shape:?}");
            shapes += 1;
        }
        let whole = drawing.circles.iter().filter(|circle| !is_between(&circle.center)).count();
        assert!(whole * 50 <= drawing.circles.len(), "{name}: {whole} circles on whole pixels");
    }
    assert!(shapes > 1_400, "{shapes}");
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
