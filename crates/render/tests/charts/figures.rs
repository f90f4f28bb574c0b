//! Figures as the engine makes them, one for each kind of layer and some that are hard to draw.

use contract::charts::figure::*;
use contract::charts::layers::*;
use contract::charts::{ChartName, Orientation};

pub const DAY: f64 = 86_400_000_000.0;

/// A figure of one panel with axes.
pub fn plane(kind: ChartName, title: &str, x: Axis, y: Axis, layers: Vec<Layer>) -> Figure {
    figure(kind, title, Space::Plane { x, y }, layers)
}

pub fn figure(kind: ChartName, title: &str, space: Space, layers: Vec<Layer>) -> Figure {
    Figure {
        kind,
        title: Some(title.to_owned()),
        subtitle: None,
        sentence: format!("{title}."),
        panels: vec![Panel { title: None, row: 0, column: 0, space, layers, marks: Vec::new() }],
        legend: None,
        color_bar: None,
        notes: Vec::new(),
        table: FigureTable::default(),
        sampling: None,
    }
}

/// An axis with ticks at multiples of `step`.
pub fn linear(title: &str, range: [f64; 2], step: f64, grid: bool) -> Axis {
    let (low, high) = (range[0].min(range[1]), range[0].max(range[1]));
    let mut ticks = Vec::new();
    let mut at = (low / step).ceil();
    while at * step <= high + step * 1e-9 {
        ticks.push(Tick { at: at * step, text: short(at * step) });
        at += 1.0;
    }
    Axis { title: Some(title.to_owned()), range, ticks, dtick: Some(TickStep::Fixed(step)), grid, ..Axis::default() }
}

pub fn log(title: &str, decades: [i32; 2]) -> Axis {
    Axis {
        title: Some(title.to_owned()),
        kind: AxisKind::Log,
        range: decades.map(|decade| 10_f64.powi(decade)),
        ticks: (decades[0]..=decades[1])
            .map(|decade| Tick { at: 10_f64.powi(decade), text: short(10_f64.powi(decade)) })
            .collect(),
        dtick: Some(TickStep::Decades(1.0)),
        grid: true,
        ..Axis::default()
    }
}

/// An axis of months since January 2022.
pub fn months(title: &str, range: [f64; 2], every: u32) -> Axis {
    const STARTS: [f64; 12] = [0., 31., 59., 90., 120., 151., 181., 212., 243., 273., 304., 334.];
    const NAMES: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    let mut ticks = Vec::new();
    for month in (0..48).step_by(every as usize) {
        let (year, of_year) = (month / 12, month % 12);
        let leap = if year > 2 || (year == 2 && of_year > 1) { 1.0 } else { 0.0 };
        let at = START_2022 + (year as f64 * 365.0 + STARTS[of_year] + leap) * DAY;
        if at >= range[0] && at <= range[1] {
            ticks.push(Tick { at, text: format!("{} {}", NAMES[of_year], 2022 + year) });
        }
    }
    Axis {
        title: Some(title.to_owned()),
        kind: AxisKind::Time,
        range,
        tick0: START_2022,
        ticks,
        dtick: Some(TickStep::Months(every)),
        ..Axis::default()
    }
}

pub const START_2022: f64 = 18_993.0 * DAY;

pub fn labels(title: &str, categories: &[&str]) -> Axis {
    Axis {
        title: Some(title.to_owned()),
        kind: AxisKind::Category,
        range: [-0.5, categories.len() as f64 - 0.5],
        ticks: categories
            .iter()
            .enumerate()
            .map(|(at, label)| {
                let mut text: String = label.chars().take(29).collect();
                if text.len() < label.len() {
                    text.push('…');
                }
                Tick { at: at as f64, text }
            })
            .collect(),
        categories: categories.iter().map(|label| (*label).to_owned()).collect(),
        ..Axis::default()
    }
}

pub fn short(value: f64) -> String {
    let rounded = (value * 1e6).round() / 1e6;
    if rounded.abs() >= 1e6 {
        format!("{}M", rounded / 1e6)
    } else if rounded.abs() >= 1e4 {
        format!("{}k", rounded / 1e3)
    } else {
        rounded.to_string()
    }
}

/// A series of numbers that looks like data and is the same every time.
pub fn noise(seed: u64, count: usize) -> Vec<f64> {
    let mut state = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1;
    (0..count)
        .map(|_| {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            (state >> 11) as f64 / (1_u64 << 53) as f64
        })
        .collect()
}

/// Numbers with about a normal distribution around 0 with deviation 1.
pub fn normal(seed: u64, count: usize) -> Vec<f64> {
    noise(seed, count * 12).chunks(12).map(|parts| parts.iter().sum::<f64>() - 6.0).collect()
}

pub fn legend(items: &[(&str, usize)], sign: Sign) -> Option<Legend> {
    let items = items
        .iter()
        .map(|(text, at)| LegendItem { text: (*text).to_owned(), paint: Paint::Category(*at), sign })
        .collect();
    Some(Legend { title: None, items })
}

pub fn color_bar(title: &str, range: [f64; 2], step: f64) -> Option<ColorBar> {
    let axis = linear(title, range, step, false);
    Some(ColorBar { title: axis.title, is_diverging: range[0] < 0.0, range, ticks: axis.ticks })
}

pub fn line_layer(name: &str, x: Vec<f64>, y: Vec<f64>, paint: Paint) -> Line {
    Line { name: name.to_owned(), x, y, paint, is_dashed: false, has_points: false, texts: Vec::new() }
}

pub fn bar_layer(name: &str, at: Vec<f64>, width: f64, end: Vec<f64>, paint: Paint) -> Bars {
    Bars {
        name: name.to_owned(),
        orientation: Orientation::Vertical,
        width: vec![width; at.len()],
        base: vec![0.0; at.len()],
        at,
        end,
        paint: Paints::One(paint),
        opacity: 1.0,
        texts: Vec::new(),
        hovers: Vec::new(),
    }
}

pub fn point_layer(name: &str, x: Vec<f64>, y: Vec<f64>, paint: Paint) -> Points {
    Points {
        name: name.to_owned(),
        x,
        y,
        paint: Paints::One(paint),
        diameter: Diameters::One(6.0),
        opacity: 0.7,
        texts: Vec::new(),
    }
}
