//! Figures with more marks than are drawn one by one, and what becomes of them in files.

use contract::charts::ChartName;
use contract::charts::figure::*;
use contract::charts::layers::*;
use contract::charts::requests::{ImageFormat, ImageOptions};
use render::charts::image;
use resvg::tiny_skia::Pixmap;

use crate::figures::*;
use crate::{planes, wholes};

/// Figures with more marks than are drawn one by one.
pub fn large() -> Vec<(&'static str, Figure)> {
    vec![
        ("many_points", planes::many_points(100_000)),
        ("fine_surface", wholes::surface(90)),
        ("long_line", long_line(60_000)),
        ("long_area", long_area(20_000)),
        ("many_bars", many_bars(12_000)),
        ("many_hexagons", many_hexagons()),
    ]
}

/// Every point of a long measurement with a gap, and a dashed one.
fn long_line(count: usize) -> Figure {
    let x: Vec<f64> = (0..count).map(|at| at as f64).collect();
    let wave = |seed: u64| -> Vec<f64> {
        let noise = noise(seed, count);
        (0..count).map(|at| 50.0 + 30.0 * (at as f64 / count as f64 * 25.0).sin() + 12.0 * noise[at]).collect()
    };
    let mut y = wave(5);
    y[count / 2..count / 2 + count / 20].fill(f64::NAN);
    let dashed = Line { is_dashed: true, ..line_layer("Model", x.clone(), wave(9), Paint::Category(1)) };
    plane(
        ChartName::Line,
        "Every second of a day",
        linear("Second", [0.0, count as f64], count as f64 / 5.0, false),
        linear("Pressure", [0.0, 100.0], 20.0, true),
        vec![Layer::Line(dashed), Layer::Line(line_layer("Measured", x, y, Paint::Category(0)))],
    )
}

fn long_area(count: usize) -> Figure {
    let x: Vec<f64> = (0..count).map(|at| at as f64).collect();
    let upper: Vec<f64> =
        noise(3, count).iter().enumerate().map(|(at, noise)| 20.0 + at as f64 / 320.0 + 9.0 * noise).collect();
    let area = Area {
        name: "a".to_owned(),
        lower: vec![0.0; count],
        upper,
        x,
        paint: Paint::Category(2),
        opacity: 0.5,
        has_edge: true,
        texts: Vec::new(),
    };
    let axes = (linear("Second", [0.0, count as f64], 1e4, false), linear("Load", [0.0, 100.0], 20.0, true));
    plane(ChartName::Area, "Load", axes.0, axes.1, vec![Layer::Area(area)])
}

fn many_bars(count: usize) -> Figure {
    let at = (0..count).map(|at| at as f64).collect();
    let ends = noise(8, count).iter().map(|value| 100.0 * value - 20.0).collect();
    let axes = (linear("Day", [0.0, count as f64], 3e3, false), linear("Change", [-20.0, 80.0], 20.0, true));
    let bars = bar_layer("", at, 1.0, ends, Paint::Category(3));
    plane(ChartName::Bar, "Every day of thirty years", axes.0, axes.1, vec![Layer::Bars(bars)])
}

fn many_hexagons() -> Figure {
    let ring = |at: usize| -> Vec<[f64; 2]> {
        let (x, y) = ((at % 100) as f64, (at / 100) as f64);
        vec![[x, y], [x + 1.0, y], [x + 1.0, y + 1.0], [x, y + 1.0]]
    };
    let polygons = Polygons {
        name: String::new(),
        rings: (0..6_000).map(ring).collect(),
        paint: Paints::Each((0..6_000).map(|at| Paint::Scale(at as f64 / 6_000.0)).collect()),
        opacity: 1.0,
        has_edge: false,
        texts: Vec::new(),
    };
    let axes = (linear("x", [0.0, 100.0], 20.0, false), linear("y", [0.0, 60.0], 20.0, false));
    plane(ChartName::Density, "Fine classes", axes.0, axes.1, vec![Layer::Polygons(polygons)])
}

fn svg(figure: &Figure) -> String {
    String::from_utf8(image(figure, &ImageOptions::new(ImageFormat::Svg)).unwrap()).unwrap()
}

/// Marks beyond the limits are one picture for each layer; axes and texts stay vectors, and files stay small.
#[test]
fn very_many_marks_are_pixels() {
    for (name, figure) in large() {
        let svg = svg(&figure);
        let layers = figure.panels[0].layers.len();
        assert_eq!(svg.matches("data:image/png;base64,").count(), layers, "{name}");
        assert!(svg.contains(&format!(">{}</text>", figure.title.as_ref().unwrap())), "{name}");
        assert!(svg.len() <= 2_000_000, "{name}: {} bytes", svg.len());
        println!("{name}: {} bytes of SVG", svg.len());
    }
}

/// What is stamped has the place, the colour and the strength of what is drawn as paths.
#[test]
fn stamped_shapes_look_like_drawn_ones() {
    let draw =
        |figure: &Figure| Pixmap::decode_png(&image(figure, &ImageOptions::new(ImageFormat::Png)).unwrap()).unwrap();
    let straight = |count: usize| {
        let x: Vec<f64> = (0..count).map(|at| at as f64 / (count - 1) as f64 * 100.0).collect();
        let y = x.iter().map(|x| 10.0 + 0.8 * x).collect();
        let axes = (linear("x", [0.0, 100.0], 20.0, false), linear("y", [0.0, 100.0], 20.0, true));
        plane(ChartName::Line, "Straight", axes.0, axes.1, vec![Layer::Line(line_layer("", x, y, Paint::Category(0)))])
    };
    // Both are long enough for the thin stroke.
    let (drawn, stamped) = (draw(&straight(9_000)), draw(&straight(11_000)));
    let different = drawn.pixels().iter().zip(stamped.pixels()).filter(|(one, other)| {
        let far = |one: u8, other: u8| one.abs_diff(other) > 40;
        far(one.red(), other.red()) || far(one.green(), other.green()) || far(one.blue(), other.blue())
    });
    let blue = |pixels: &Pixmap| pixels.pixels().iter().filter(|pixel| pixel.red() < 120 && pixel.blue() > 120).count();
    assert!(different.count() < 20, "the strokes lie elsewhere");
    assert!(blue(&stamped) > 500 && blue(&stamped).abs_diff(blue(&drawn)) < 20, "{} {}", blue(&stamped), blue(&drawn));
    assert!(svg(&straight(11_000)).contains("<image ") && !svg(&straight(9_000)).contains("<image "));
}
