//! Figures that are hard to draw: nothing, one of everything, very many, other scales.

use contract::charts::ChartName;
use contract::charts::figure::*;
use contract::charts::layers::*;

use crate::figures::*;

/// Six small charts with the same axes.
pub fn facets() -> Figure {
    let mut figure = crate::planes::line();
    figure.legend = None;
    figure.notes.clear();
    figure.title = Some("Sales by region".to_owned());
    figure.panels = (0..6)
        .map(|at| {
            let x: Vec<f64> = (0..40).map(f64::from).collect();
            let y = normal(at as u64 + 50, 40).iter().map(|value| 50.0 + 12.0 * value + 4.0 * at as f64).collect();
            Panel {
                title: Some(format!("Region {}", at + 1)),
                row: at / 3,
                column: at % 3,
                space: Space::Plane {
                    x: linear("Week", [0.0, 40.0], 10.0, false),
                    y: linear("Sales", [0.0, 120.0], 40.0, true),
                },
                layers: vec![Layer::Line(line_layer("", x, y, Paint::Category(0)))],
                marks: Vec::new(),
            }
        })
        .collect();
    figure
}

pub fn log_axes() -> Figure {
    let x: Vec<f64> = (1..60).map(f64::from).collect();
    let y = x.iter().map(|x| x.powi(3) * 0.2).collect();
    let mut line = line_layer("Cost", x, y, Paint::Category(2));
    line.has_points = true;
    plane(ChartName::Line, "Cost by size", log("Size", [0, 2]), log("Cost", [-1, 5]), vec![Layer::Line(line)])
}

pub fn empty() -> Figure {
    let mut figure = plane(
        ChartName::Scatter,
        "Nothing to see",
        linear("x", [0.0, 1.0], 0.2, true),
        linear("y", [0.0, 1.0], 0.2, true),
        vec![Layer::Points(point_layer("", Vec::new(), Vec::new(), Paint::Accent))],
    );
    figure.notes = vec!["No row has values in all columns of this chart.".to_owned()];
    figure
}

pub fn all_missing() -> Figure {
    plane(
        ChartName::Line,
        "All values are missing",
        linear("x", [0.0, 0.0], 1.0, false),
        linear("y", [f64::NAN, f64::NAN], 1.0, true),
        vec![Layer::Line(line_layer("a", vec![0.0, 1.0, 2.0], vec![f64::NAN; 3], Paint::Category(0)))],
    )
}

pub fn one_point() -> Figure {
    plane(
        ChartName::Line,
        "One value",
        linear("x", [0.0, 2.0], 1.0, false),
        linear("y", [0.0, 2.0], 1.0, true),
        vec![Layer::Line(line_layer("a", vec![1.0], vec![1.0], Paint::Category(0)))],
    )
}

pub fn one_category() -> Figure {
    plane(
        ChartName::Bar,
        "One category",
        labels("Kind", &["only"]),
        linear("Count", [0.0, 10.0], 5.0, true),
        vec![Layer::Bars(bar_layer("", vec![0.0], 0.7, vec![8.0], Paint::Category(0)))],
    )
}
