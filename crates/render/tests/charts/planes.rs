//! Figures with axes for the tests of all renderers.

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

/// Bars to both sides of 0 with long texts, on an axis that tells nothing.
pub fn funnel() -> Figure {
    let values = [4_000.0, 1_800.0, 420.0, 40.0];
    let half: Vec<f64> = values.iter().map(|value| value / 2.0).collect();
    let mut y = labels("", &["Visit", "Basket", "Address", "Order"]);
    y.title = None;
    y.range = [3.5, -0.5];
    let mut bars = bar_layer("", vec![0.0, 1.0, 2.0, 3.0], 0.86, half.clone(), Paint::Category(0));
    bars.orientation = Orientation::Horizontal;
    bars.base = half.iter().map(|half| -half).collect();
    bars.texts = values.iter().map(|value| format!("{} · {} % of the first", short(*value), value / 40.0)).collect();
    let x = Axis { range: [-2_000.0, 2_000.0], ..Axis::default() };
    plane(ChartName::Funnel, "From visit to order", x, y, vec![Layer::Bars(bars)])
}
