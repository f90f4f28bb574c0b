//! Figures with axes.

use contract::charts::figure::*;
use contract::charts::layers::*;
use contract::charts::{ChartName, Orientation};

use crate::figures::*;

/// A daily line over three years, with a gap, a second series, a trend and annotations.
pub fn line() -> Figure {
    let x: Vec<f64> = (0..1_095).map(|day| START_2022 + day as f64 * DAY).collect();
    let wave = |shift: f64, seed: u64| -> Vec<f64> {
        let noise = normal(seed, 1_095);
        (0..1_095).map(|day| 52.0 + shift + 14.0 * (day as f64 / 58.0).sin() + 3.0 * noise[day]).collect()
    };
    let mut north = wave(6.0, 3);
    north[400..440].fill(f64::NAN);
    let mut figure = plane(
        ChartName::Line,
        "Orders by day and region",
        months("Day", [x[0], x[1_094]], 3),
        linear("Orders", [20.0, 90.0], 10.0, true),
        vec![
            Layer::Line(line_layer("North", x.clone(), north, Paint::Category(0))),
            Layer::Line(line_layer("South", x.clone(), wave(-8.0, 5), Paint::Category(1))),
            Layer::Line(Line {
                is_dashed: true,
                ..line_layer("Trend", vec![x[0], x[1_094]], vec![44.0, 61.0], Paint::Ink)
            }),
        ],
    );
    figure.subtitle = Some("Mean of all shops, 2022 to 2024".to_owned());
    figure.legend = legend(&[("North", 0), ("South", 1)], Sign::Line);
    if let Some(legend) = &mut figure.legend {
        legend.items.push(LegendItem { text: "Trend".to_owned(), paint: Paint::Ink, sign: Sign::DashedLine });
    }
    figure.panels[0].marks = vec![
        Mark::Region { across_x: true, from: x[150], to: x[230], text: Some("Summer sale".to_owned()) },
        Mark::Line { across_x: false, at: 80.0, text: Some("Capacity".to_owned()) },
        Mark::Text { x: x[800], y: 32.0, text: "New shop <opened> & ran".to_owned() },
    ];
    figure.notes = vec!["40 days without a value are left blank.".to_owned()];
    figure
}

pub fn bars() -> Figure {
    let names =
        ["Anchovies", "Bread", "Cheese & ham", "Dates <dried>", "Eggs", "Flour", "Grapes", "Honey", "Ice cream"];
    let values = [812.0, 745.0, 702.5, 655.0, 512.0, 498.0, 321.0, 208.0, 97.0];
    let mut bars = bar_layer("", (0..9).map(f64::from).collect(), 0.72, values.to_vec(), Paint::Category(0));
    bars.texts = values.iter().map(|value| short(*value)).collect();
    plane(
        ChartName::Bar,
        "Revenue by product",
        labels("Product", &names),
        linear("Revenue in k€", [0.0, 900.0], 200.0, true),
        vec![Layer::Bars(bars)],
    )
}

/// Grouped bars, with long names and values of both signs.
pub fn grouped() -> Figure {
    let names = [
        "Straße mit sehr langem Namen in Österreich",
        "Ελληνικά γράμματα",
        "Кириллица тоже",
        "Łódź, Gdańsk, Kraków",
        "plain",
        "another rather long label here",
        "x",
    ];
    let at = |shift: f64| (0..7).map(|at| f64::from(at) + shift).collect::<Vec<f64>>();
    let mut figure = plane(
        ChartName::Bar,
        "Profit by place and year",
        labels("Place", &names),
        linear("Profit", [-60.0, 100.0], 20.0, true),
        vec![
            Layer::Bars(bar_layer(
                "2023",
                at(-0.2),
                0.4,
                vec![30.0, -45.0, 60.0, 22.0, 11.0, -8.0, 90.0],
                Paint::Category(0),
            )),
            Layer::Bars(bar_layer(
                "2024",
                at(0.2),
                0.4,
                vec![42.0, -12.0, 75.0, -30.0, 5.0, 18.0, 65.0],
                Paint::Category(1),
            )),
        ],
    );
    figure.legend = legend(&[("2023", 0), ("2024", 1)], Sign::Area);
    figure
}

/// Horizontal stacked bars.
pub fn stacked() -> Figure {
    let mut y = labels("", &["Monday", "Tuesday", "Wednesday", "Thursday", "Friday"]);
    y.range = [4.5, -0.5];
    y.title = None;
    let parts = [[10.0, 14.0, 9.0, 20.0, 26.0], [22.0, 18.0, 25.0, 11.0, 9.0], [8.0, 3.0, 12.0, 16.0, 21.0]];
    let mut base = vec![0.0; 5];
    let mut layers = Vec::new();
    for (at, (part, name)) in parts.iter().zip(["Phone", "Shop", "Web"]).enumerate() {
        let end: Vec<f64> = base.iter().zip(part).map(|(base, part)| base + part).collect();
        layers.push(Layer::Bars(Bars {
            orientation: Orientation::Horizontal,
            base: base.clone(),
            texts: part.iter().map(|part| short(*part)).collect(),
            ..bar_layer(name, (0..5).map(f64::from).collect(), 0.7, end.clone(), Paint::Category(at))
        }));
        base = end;
    }
    let mut figure =
        plane(ChartName::Bar, "Contacts by weekday", linear("Contacts", [0.0, 60.0], 10.0, true), y, layers);
    figure.legend = legend(&[("Phone", 0), ("Shop", 1), ("Web", 2)], Sign::Area);
    figure
}

pub fn histogram() -> Figure {
    let counts = [2.0, 9.0, 31.0, 84.0, 160.0, 242.0, 281.0, 236.0, 171.0, 79.0, 36.0, 8.0, 3.0];
    let at: Vec<f64> = (0..13).map(|at| 12.5 + 5.0 * f64::from(at)).collect();
    plane(
        ChartName::Histogram,
        "Age of customers",
        linear("Age in years", [10.0, 75.0], 10.0, false),
        linear("Customers", [0.0, 300.0], 50.0, true),
        vec![Layer::Bars(bar_layer("", at, 5.0, counts.to_vec(), Paint::Category(0)))],
    )
}

/// Points with colours by a scale and sizes.
pub fn scatter() -> Figure {
    let x: Vec<f64> = normal(7, 400).iter().map(|value| 50.0 + 12.0 * value).collect();
    let y: Vec<f64> = x.iter().zip(normal(8, 400)).map(|(x, noise)| 0.8 * x - 10.0 + 9.0 * noise).collect();
    let place: Vec<Paint> = y.iter().map(|y| Paint::Scale((y / 60.0).clamp(0.0, 1.0))).collect();
    let sizes = noise(9, 400).iter().map(|value| 4.0 + 12.0 * value * value).collect();
    let mut points = point_layer("", x, y, Paint::Accent);
    points.paint = Paints::Each(place);
    points.diameter = Diameters::Each(sizes);
    let mut figure = plane(
        ChartName::Scatter,
        "Weight and height",
        linear("Weight", [10.0, 90.0], 10.0, true),
        linear("Height", [-20.0, 80.0], 20.0, true),
        vec![Layer::Points(points)],
    );
    figure.color_bar = color_bar("Height", [0.0, 60.0], 20.0);
    figure
}

/// All points of a large table.
pub fn many_points(count: usize) -> Figure {
    let x = normal(21, count);
    let y: Vec<f64> = x.iter().zip(normal(22, count)).map(|(x, noise)| 0.6 * x + 0.8 * noise).collect();
    let mut points = point_layer("", x, y, Paint::Category(0));
    points.opacity = 0.4;
    points.diameter = Diameters::One(5.0);
    plane(
        ChartName::Scatter,
        "Every measurement",
        linear("First", [-5.0, 5.0], 1.0, true),
        linear("Second", [-5.0, 5.0], 1.0, true),
        vec![Layer::Points(points)],
    )
}

/// Stacked areas on a time axis.
pub fn area() -> Figure {
    let x: Vec<f64> = (0..36).map(|month| START_2022 + f64::from(month) * 30.4 * DAY).collect();
    let mut lower = vec![0.0; 36];
    let mut layers = Vec::new();
    for (at, name) in ["Solar", "Wind", "Water"].iter().enumerate() {
        let upper: Vec<f64> = lower
            .iter()
            .zip(noise(at as u64 + 31, 36))
            .enumerate()
            .map(|(month, (low, noise))| low + 12.0 + 6.0 * (month as f64 / 5.0 + at as f64).sin() + 3.0 * noise)
            .collect();
        layers.push(Layer::Area(Area {
            name: (*name).to_owned(),
            x: x.clone(),
            lower: lower.clone(),
            upper: upper.clone(),
            paint: Paint::Category(at),
            opacity: 0.75,
            has_edge: true,
            texts: Vec::new(),
        }));
        lower = upper;
    }
    let mut figure = plane(
        ChartName::Area,
        "Electricity by source",
        months("Month", [x[0], x[35]], 6),
        linear("GWh", [0.0, 70.0], 10.0, true),
        layers,
    );
    figure.legend = legend(&[("Solar", 0), ("Wind", 1), ("Water", 2)], Sign::Area);
    figure
}

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

pub fn waterfall() -> Figure {
    let mut bars = bar_layer(
        "",
        (0..6).map(f64::from).collect(),
        0.7,
        vec![120.0, 150.0, 132.0, 96.0, 108.0, 108.0],
        Paint::Muted,
    );
    bars.base = vec![0.0, 120.0, 150.0, 132.0, 96.0, 0.0];
    bars.paint = Paints::Each(vec![Paint::Muted, Paint::Good, Paint::Bad, Paint::Bad, Paint::Good, Paint::Muted]);
    bars.texts = ["120", "+30", "−18", "−36", "+12", "108"].map(str::to_owned).to_vec();
    plane(
        ChartName::Waterfall,
        "From revenue to profit",
        labels("", &["Start", "Sales", "Goods", "Wages", "Interest", "End"]),
        linear("k€", [0.0, 160.0], 40.0, true),
        vec![Layer::Bars(bars)],
    )
}

/// Six small charts with the same axes.
pub fn facets() -> Figure {
    let mut figure = line();
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
