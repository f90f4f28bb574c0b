//! Figures of distributions: boxes, violins, heat maps, densities.

use contract::charts::figure::*;
use contract::charts::layers::*;
use contract::charts::{ChartName, Orientation};

use crate::figures::*;

pub fn boxes() -> Figure {
    let figures = |shift: f64, outliers: Vec<f64>| BoxFigures {
        count: 100,
        q1: 20.0 + shift,
        median: 28.0 + shift * 1.2,
        q3: 40.0 + shift,
        mean: 30.0 + shift,
        lower_fence: 5.0 + shift,
        upper_fence: 62.0 + shift,
        outliers,
    };
    let layer = |name: &str, side: f64, paint: usize, shift: f64| {
        Layer::Boxes(Boxes {
            name: name.to_owned(),
            orientation: Orientation::Vertical,
            at: (0..4).map(|at| f64::from(at) + side).collect(),
            width: 0.32,
            boxes: vec![
                figures(shift, vec![80.0 + shift, 92.0]),
                figures(shift + 6.0, Vec::new()),
                figures(shift - 9.0, vec![-8.0, -10.5, 71.0]),
                figures(shift + 12.0, vec![99.0]),
            ],
            paint: Paint::Category(paint),
            is_filled: true,
        })
    };
    let mut figure = plane(
        ChartName::Box,
        "Delivery time by carrier",
        labels("Carrier", &["Blue Line", "Express 24", "Post", "Own van"]),
        linear("Hours", [-20.0, 110.0], 20.0, true),
        vec![layer("domestic", -0.2, 0, 0.0), layer("abroad", 0.2, 1, 9.0)],
    );
    figure.legend = legend(&[("domestic", 0), ("abroad", 1)], Sign::Area);
    figure
}

pub fn violin() -> Figure {
    let ring = |at: f64, spread: f64, middle: f64| -> Vec<[f64; 2]> {
        let half = |value: f64| 0.4 * (-((value - middle) / spread).powi(2) / 2.0).exp();
        let values: Vec<f64> = (0..=60).map(|step| middle - 3.0 * spread + spread * 0.1 * f64::from(step)).collect();
        let right = values.iter().map(|value| [at + half(*value), *value]);
        let left = values.iter().rev().map(|value| [at - half(*value), *value]);
        right.chain(left).collect()
    };
    let shape = |at: f64, spread: f64, middle: f64, paint: usize| {
        Layer::Polygons(Polygons {
            name: String::new(),
            rings: vec![ring(at, spread, middle)],
            paint: Paints::One(Paint::Category(paint)),
            opacity: 0.45,
            has_edge: true,
            texts: Vec::new(),
        })
    };
    let inner = |at: f64, spread: f64, middle: f64, paint: usize| {
        Layer::Boxes(Boxes {
            name: String::new(),
            orientation: Orientation::Vertical,
            at: vec![at],
            width: 0.1,
            boxes: vec![BoxFigures {
                count: 50,
                q1: middle - 0.67 * spread,
                median: middle,
                q3: middle + 0.67 * spread,
                mean: middle,
                lower_fence: middle - 2.5 * spread,
                upper_fence: middle + 2.5 * spread,
                outliers: Vec::new(),
            }],
            paint: Paint::Category(paint),
            is_filled: true,
        })
    };
    plane(
        ChartName::Violin,
        "Length by species",
        labels("Species", &["setosa", "versicolor", "virginica"]),
        linear("Length", [0.0, 10.0], 2.0, true),
        vec![
            shape(0.0, 0.4, 3.0, 0),
            inner(0.0, 0.4, 3.0, 0),
            shape(1.0, 0.8, 5.0, 0),
            inner(1.0, 0.8, 5.0, 0),
            shape(2.0, 0.9, 6.4, 0),
            inner(2.0, 0.9, 6.4, 0),
        ],
    )
}

pub fn heatmap() -> Figure {
    let values: Vec<f64> = (0..7 * 12)
        .map(|at| if at == 40 { f64::NAN } else { -40.0 + 80.0 * noise(at as u64 + 5, 3)[2] })
        .map(f64::round)
        .collect();
    let mut figure = plane(
        ChartName::Heatmap,
        "Difference to the year before",
        labels("Month", &["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]),
        labels("Weekday", &["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"]),
        vec![Layer::Cells(Cells {
            x_edges: (0..=12).map(|at| f64::from(at) - 0.5).collect(),
            y_edges: (0..=7).map(|at| f64::from(at) - 0.5).collect(),
            shades: values.iter().map(|value| (value + 40.0) / 80.0).collect(),
            texts: values.iter().map(|value| if value.is_nan() { String::new() } else { short(*value) }).collect(),
            values,
        })],
    );
    figure.color_bar = color_bar("Difference in %", [-40.0, 40.0], 20.0);
    figure
}

/// Counts in classes of two numbers, more than can be drawn one by one.
pub fn density() -> Figure {
    let shade = |at: usize| {
        let (x, y) = ((at % 120) as f64 - 60.0, (at / 120) as f64 - 45.0);
        let height = (-(x * x / 800.0 + y * y / 500.0 - x * y / 900.0)).exp();
        if height < 0.01 { f64::NAN } else { height }
    };
    let shades: Vec<f64> = (0..120 * 90).map(shade).collect();
    let mut figure = plane(
        ChartName::Density,
        "Where the measurements lie",
        linear("First", [-60.0, 60.0], 20.0, false),
        linear("Second", [-45.0, 45.0], 15.0, false),
        vec![Layer::Cells(Cells {
            x_edges: (0..=120).map(|at| f64::from(at) - 60.0).collect(),
            y_edges: (0..=90).map(|at| f64::from(at) - 45.0).collect(),
            values: shades.iter().map(|shade| shade * 500.0).collect(),
            shades,
            texts: Vec::new(),
        })],
    );
    figure.color_bar = color_bar("Rows", [0.0, 500.0], 100.0);
    figure
}

pub fn hexagons() -> Figure {
    let mut rings = Vec::new();
    let mut paints = Vec::new();
    let mut texts = Vec::new();
    for row in 0..16 {
        for column in 0..20 {
            let (x, y) = (f64::from(column) + 0.5 * f64::from(row % 2), f64::from(row) * 0.866);
            let height = (-((x - 10.0).powi(2) / 30.0 + (y - 7.0).powi(2) / 18.0)).exp();
            if height < 0.02 {
                continue;
            }
            let corner = |at: i32| {
                let angle = std::f64::consts::PI / 6.0 + std::f64::consts::FRAC_PI_3 * f64::from(at);
                [x + angle.cos() / 3_f64.sqrt(), y + angle.sin() / 3_f64.sqrt()]
            };
            rings.push((0..6).map(corner).collect());
            paints.push(Paint::Scale(height));
            texts.push(format!("{} rows", (height * 200.0).round()));
        }
    }
    let mut figure = plane(
        ChartName::Density,
        "Trips by distance and time",
        linear("Distance", [0.0, 20.0], 5.0, true),
        linear("Time", [0.0, 14.0], 2.0, true),
        vec![Layer::Polygons(Polygons {
            name: String::new(),
            rings,
            paint: Paints::Each(paints),
            opacity: 1.0,
            has_edge: false,
            texts,
        })],
    );
    figure.color_bar = color_bar("Rows", [0.0, 200.0], 50.0);
    figure
}
