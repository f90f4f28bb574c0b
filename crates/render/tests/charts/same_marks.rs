//! Both renderers show the same data: every mark of the Plotly figure lies in the drawing where its axes put it.

use std::collections::BTreeMap;

use contract::charts::figure::{Figure, Mark, Space};
use contract::charts::requests::Theme;
use render::charts::plotly;
use serde_json::Value;

use crate::drawing::{Drawing, Shape};
use crate::reading::{list, numbers, positions};
use crate::{all, wholes};

/// Half of a hundredth of a pixel is rounded away at each end.
const CLOSE: f64 = 0.02;
/// The colour of lines that somebody put on a chart.
const ANNOTATION: &str = "#525C5F";
/// Bars that are wide enough keep a hair's breadth between them.
const HAIR: f64 = 0.4;

/// Pairs of a position and the pixel where it is drawn, along one axis.
type Pairs = Vec<(f64, f64)>;

/// The shapes of a drawing by colour, taken in the order of drawing. Signs of the legend are drawn before.
struct Taken<'a> {
    filled: BTreeMap<&'a str, Vec<&'a Shape>>,
    stroked: BTreeMap<&'a str, Vec<&'a Shape>>,
    circles: Vec<[f64; 2]>,
}

impl<'a> Taken<'a> {
    fn of(drawing: &'a Drawing) -> Self {
        let mut taken = Self { filled: BTreeMap::new(), stroked: BTreeMap::new(), circles: Vec::new() };
        for shape in drawing.shapes.iter().rev() {
            match (&shape.fill, &shape.stroke) {
                (Some(fill), _) => taken.filled.entry(fill).or_default().push(shape),
                (None, Some(stroke)) => taken.stroked.entry(stroke).or_default().push(shape),
                (None, None) => {}
            }
        }
        taken.circles = drawing.circles.iter().rev().map(|circle| circle.center).collect();
        taken
    }

    /// The next one from the end of the drawing, so marks are asked for from the last to the first.
    fn filled(&mut self, color: &str) -> &'a Shape {
        self.filled.get_mut(color).and_then(|shapes| (!shapes.is_empty()).then(|| shapes.remove(0))).expect(color)
    }

    fn stroked(&mut self, color: &str) -> &'a Shape {
        self.stroked.get_mut(color).and_then(|shapes| (!shapes.is_empty()).then(|| shapes.remove(0))).expect(color)
    }

    fn circle(&mut self) -> [f64; 2] {
        assert!(!self.circles.is_empty(), "a circle is missing");
        self.circles.remove(0)
    }
}

/// What the marks of one panel say about its axes.
struct Panel<'a> {
    x_axis: &'a Value,
    y_axis: &'a Value,
    x: Pairs,
    y: Pairs,
    /// Widths of bars in positions and in pixels.
    widths: Pairs,
    /// Whether bars stand along x.
    is_upright: bool,
}

impl Panel<'_> {
    fn add(&mut self, data: &[[f64; 2]], drawn: &[[f64; 2]], name: &str) {
        assert_eq!(data.len(), drawn.len(), "{name}");
        for (data, drawn) in data.iter().zip(drawn) {
            self.x.push((data[0], drawn[0]));
            self.y.push((data[1], drawn[1]));
        }
    }

    /// One straight line leads from all positions to their pixels, and to those of the ticks.
    fn check(&self, drawing: &Drawing, name: &str) {
        for (axis, pairs, is_x) in [(self.x_axis, &self.x, true), (self.y_axis, &self.y, false)] {
            let by = |one: &&(f64, f64), other: &&(f64, f64)| one.0.total_cmp(&other.0);
            let (Some(low), Some(high)) = (pairs.iter().min_by(by), pairs.iter().max_by(by)) else { continue };
            if low.0 == high.0 {
                continue;
            }
            let slope = (high.1 - low.1) / (high.0 - low.0);
            let at = |value: f64| low.1 + slope * (value - low.0);
            for (value, pixel) in pairs {
                assert!((at(*value) - pixel).abs() < CLOSE, "{name}: {value} at {pixel}, not {}", at(*value));
            }
            for (width, pixels) in self.widths.iter().filter(|_| self.is_upright == is_x) {
                let less = width * slope.abs() - pixels;
                assert!((-CLOSE..2.0 * HAIR + CLOSE).contains(&less), "{name}: a bar of {width} is {pixels} wide");
            }
            let range = positions(axis, &axis["range"]);
            if axis["type"] != "category" && axis["type"] != "log" {
                let is_down = (range[1] > range[0]) == is_x;
                assert_eq!(slope > 0.0, is_down, "{name} runs the other way");
            }
            self.ticks(axis, &at, is_x, drawing, name);
        }
    }

    /// Labels stand at their ticks; some may be left out, none has another text.
    fn ticks(&self, axis: &Value, at: &dyn Fn(f64) -> f64, is_x: bool, drawing: &Drawing, name: &str) {
        if axis["showticklabels"] == false {
            return;
        }
        let values = positions(axis, &axis["tickvals"]);
        let texts = list(&axis["ticktext"]);
        assert_eq!(values.len(), texts.len(), "{name}");
        let close = 0.05;
        let stands = |value: f64, label: &str| {
            drawing.texts.iter().filter(|text| text.text == label).any(|text| match (is_x, text.is_turned) {
                (true, false) => (text.at[0] - at(value)).abs() < close,
                (true, true) => (text.at[0] - at(value) - 4.0).abs() < close,
                (false, _) => (text.at[1] - at(value) - 4.2).abs() < close,
            })
        };
        let label =
            |text: &Value| text.as_str().unwrap().replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&");
        let shown = values.iter().zip(texts).filter(|(value, text)| stands(**value, &label(text))).count();
        assert!(
            shown * 3 >= values.len(),
            "{name}: {shown} of {} ticks stand where they belong: {texts:?}",
            values.len()
        );
    }
}

fn text<'a>(value: &'a Value, pointer: &str) -> &'a str {
    value.pointer(pointer).and_then(Value::as_str).unwrap_or_else(|| panic!("no {pointer} in {value}"))
}

/// A line's parts without gaps.
fn runs(points: &[[f64; 2]]) -> Vec<Vec<[f64; 2]>> {
    let parts = points.split(|point| point.iter().any(|part| part.is_nan()));
    parts.filter(|run| !run.is_empty()).map(<[_]>::to_vec).collect()
}

fn zip(x: &[f64], y: &[f64]) -> Vec<[f64; 2]> {
    x.iter().zip(y).map(|(x, y)| [*x, *y]).collect()
}

fn line(panel: &mut Panel<'_>, taken: &mut Taken<'_>, trace: &Value, name: &str) {
    let points = zip(&positions(panel.x_axis, &trace["x"]), &positions(panel.y_axis, &trace["y"]));
    let has_points = trace["mode"] == "lines+markers" && trace["marker"]["size"].is_number();
    for run in runs(&points).into_iter().rev() {
        if run.len() == 1 || has_points {
            let circles: Vec<[f64; 2]> = run.iter().map(|_| taken.circle()).collect();
            panel.add(&run, &circles.into_iter().rev().collect::<Vec<_>>(), name);
        }
        if run.len() > 1 {
            panel.add(&run, &taken.stroked(text(trace, "/line/color")).points, name);
        }
    }
}

/// The upper trace of an area with the lower one.
fn area(panel: &mut Panel<'_>, taken: &mut Taken<'_>, lower: &Value, upper: &Value, name: &str) {
    let edge = |trace: &Value| zip(&positions(panel.x_axis, &trace["x"]), &positions(panel.y_axis, &trace["y"]));
    let (upper_edge, lower_edge) = (edge(upper), edge(lower));
    let color = text(upper, "/line/color");
    if upper["line"]["width"] != 0 {
        panel.add(&upper_edge, &taken.stroked(color).points, name);
    }
    let ring: Vec<[f64; 2]> = upper_edge.into_iter().chain(lower_edge.into_iter().rev()).collect();
    panel.add(&ring, &taken.filled(color).points, name);
}

fn dots(panel: &mut Panel<'_>, taken: &mut Taken<'_>, trace: &Value, name: &str) {
    let points = zip(&positions(panel.x_axis, &trace["x"]), &positions(panel.y_axis, &trace["y"]));
    for point in points.iter().rev() {
        panel.add(&[*point], &[taken.circle()], name);
    }
}

fn bars(panel: &mut Panel<'_>, taken: &mut Taken<'_>, trace: &Value, name: &str) {
    let is_upright = trace["orientation"] == "v";
    let (along, across) = if is_upright { ("x", "y") } else { ("y", "x") };
    let axis = if is_upright { panel.x_axis } else { panel.y_axis };
    let unit = if axis["type"] == "date" { 1_000.0 } else { 1.0 };
    let (at, lengths) = (positions(axis, &trace[along]), numbers(&trace[across]));
    let [base, width, offset] = ["base", "width", "offset"].map(|list| numbers(&trace[list]));
    panel.is_upright = is_upright;
    for bar in (0..at.len()).rev() {
        let color = trace["marker"]["color"].as_str().unwrap_or_else(|| text(trace, &format!("/marker/color/{bar}")));
        let corners = &taken.filled(color).points;
        let middle = at[bar] + (offset[bar] + width[bar] / 2.0) * unit;
        let (low, high) = (base[bar].min(base[bar] + lengths[bar]), base[bar].max(base[bar] + lengths[bar]));
        let ([left, top], [right, bottom]) = (corners[0], corners[2]);
        let (across, down) = ((left + right) / 2.0, (top + bottom) / 2.0);
        if is_upright {
            panel.add(&[[middle, high], [middle, low]], &[[across, top], [across, bottom]], name);
            panel.widths.push((width[bar] * unit, right - left));
        } else {
            panel.add(&[[low, middle], [high, middle]], &[[left, down], [right, down]], name);
            panel.widths.push((width[bar] * unit, bottom - top));
        }
    }
}

fn boxes(panel: &mut Panel<'_>, taken: &mut Taken<'_>, trace: &Value, name: &str) {
    let at = positions(panel.x_axis, &trace["x"]);
    let half = trace["width"].as_f64().unwrap() / 2.0;
    let [q1, median, q3, mean, low, high] =
        ["q1", "median", "q3", "mean", "lowerfence", "upperfence"].map(|list| numbers(&trace[list]));
    let color = text(trace, "/line/color");
    for one in (0..at.len()).rev() {
        let across = |value: f64, part: f64| vec![[at[one] - half * part, value], [at[one] + half * part, value]];
        let upright = |from: f64, to: f64| vec![[at[one], from], [at[one], to]];
        let mut outline = across(q1[one], 1.0);
        outline.extend(across(q3[one], 1.0).into_iter().rev());
        let ring = outline.clone();
        outline.extend([ring[0], ring[1]]);
        let strokes = [
            across(mean[one], 1.0),
            across(median[one], 1.0),
            across(high[one], 0.5),
            upright(q3[one], high[one]),
            across(low[one], 0.5),
            upright(q1[one], low[one]),
            outline,
        ];
        for stroke in strokes {
            panel.add(&stroke, &taken.stroked(color).points, name);
        }
        if !text(trace, "/fillcolor").ends_with(",0)") {
            panel.add(&ring, &taken.filled(color).points, name);
        }
        let outliers = trace["y"].get(one).map(numbers).unwrap_or_default();
        for outlier in outliers.iter().rev() {
            panel.add(&[[at[one], *outlier]], &[taken.circle()], name);
        }
    }
}

/// Closed shapes of one colour, which have edges.
fn rings(panel: &mut Panel<'_>, taken: &mut Taken<'_>, trace: &Value, name: &str) {
    let points = zip(&positions(panel.x_axis, &trace["x"]), &positions(panel.y_axis, &trace["y"]));
    for ring in runs(&points).into_iter().rev() {
        panel.add(&ring, &taken.stroked(text(trace, "/line/color")).points, name);
        panel.add(&ring[..ring.len() - 1], &taken.filled(text(trace, "/line/color")).points, name);
    }
}

/// Each mark of each trace, from the last to the first; gives back how many there were.
fn check(name: &str, figure: &Figure) -> usize {
    let (plotly, drawing) = (plotly(figure, Theme::Light), Drawing::of(figure));
    let mut taken = Taken::of(&drawing);
    let traces: Vec<&Value> = list(&plotly["data"])
        .iter()
        .filter(|trace| trace["hoverinfo"] != "skip" || trace["line"]["width"] == 0)
        .collect();
    let mut marks = 0;
    for at in (0..figure.panels.len()).rev() {
        let suffix = if at == 0 { String::new() } else { (at + 1).to_string() };
        let layout = &plotly["layout"];
        let (x_axis, y_axis) = (&layout[format!("xaxis{suffix}")], &layout[format!("yaxis{suffix}")]);
        let mut panel =
            Panel { x_axis, y_axis, x: Pairs::new(), y: Pairs::new(), widths: Pairs::new(), is_upright: true };
        // Annotations are drawn above the marks.
        let lines = figure.panels[at].marks.iter().filter(|mark| matches!(mark, Mark::Line { .. })).count();
        for _ in 0..lines {
            taken.stroked(ANNOTATION);
        }
        let of_panel: Vec<&&Value> = traces.iter().filter(|trace| trace["xaxis"] == format!("x{suffix}")).collect();
        for place in (0..of_panel.len()).rev() {
            let trace = of_panel[place];
            match (text(trace, "/type"), trace["fill"].as_str()) {
                ("scatter", Some("tonexty")) => area(&mut panel, &mut taken, of_panel[place - 1], trace, name),
                ("scatter", Some("toself")) => rings(&mut panel, &mut taken, trace, name),
                ("scatter", _) if trace["line"]["width"] == 0 => {}
                ("scatter", _) if trace["mode"] == "markers" => dots(&mut panel, &mut taken, trace, name),
                ("scatter", _) => line(&mut panel, &mut taken, trace, name),
                ("bar", _) => bars(&mut panel, &mut taken, trace, name),
                ("box", _) => boxes(&mut panel, &mut taken, trace, name),
                (other, _) => panic!("{name}: {other}"),
            }
        }
        panel.check(&drawing, name);
        marks += panel.x.len();
    }
    marks
}

#[test]
fn every_mark_stands_where_the_axes_of_the_plotly_figure_put_it() {
    // Heat maps and hexagons are compared by their colours, in `same_colors`.
    let is_colored = |name: &str| matches!(name, "heatmap" | "density" | "hexagons");
    let mut checked = 0;
    for (name, figure) in all() {
        if !matches!(figure.panels[0].space, Space::Plane { .. }) || is_colored(name) {
            continue;
        }
        let marks = check(name, &figure);
        assert_eq!(marks == 0, matches!(name, "empty" | "all_missing"), "{name}: {marks} marks");
        checked += 1;
    }
    assert_eq!(checked, 17);
}

/// Scenes have the camera, the ranges and the ticks of the figure in both.
#[test]
fn scenes_have_the_same_camera_ranges_and_points() {
    for figure in [wholes::cloud(), wholes::surface(18)] {
        let Space::Solid { x, y, z, eye } = &figure.panels[0].space else { panic!("no scene") };
        let (plotly, drawing) = (plotly(&figure, Theme::Light), Drawing::of(&figure));
        let scene = &plotly["layout"]["scene"];
        assert_eq!(["x", "y", "z"].map(|side| scene["camera"]["eye"][side].as_f64().unwrap()), *eye);
        for (name, axis) in [("xaxis", x), ("yaxis", y), ("zaxis", z)] {
            assert_eq!(numbers(&scene[name]["range"]), axis.range, "{name}");
            assert_eq!(numbers(&scene[name]["tickvals"]).len(), axis.ticks.len(), "{name}");
            let title = scene[name]["title"]["text"].as_str().unwrap();
            assert!(drawing.texts.iter().any(|text| text.text == title), "{title}");
            let shown =
                axis.ticks.iter().filter(|tick| drawing.texts.iter().any(|text| text.text == tick.text)).count();
            assert!(shown * 2 >= axis.ticks.len(), "{name}: {shown} of {} ticks", axis.ticks.len());
        }
        let mut other = figure.clone();
        let Space::Solid { eye, .. } = &mut other.panels[0].space else { panic!("no scene") };
        eye[0] = -eye[0];
        let turned = Drawing::of(&other);
        assert!(
            turned.texts.iter().zip(&drawing.texts).any(|(one, other)| one.at != other.at),
            "the camera does nothing"
        );
        match figure.legend {
            Some(_) => {
                let points: usize = list(&plotly["data"]).iter().map(|trace| numbers(&trace["z"]).len()).sum();
                // Two more are the signs of the legend.
                assert_eq!((points, drawing.circles.len()), (300, 302));
            }
            None => {
                let heights = numbers(&plotly["data"][0]["z"]);
                let is_whole = |at: usize| [at, at + 1, at + 18, at + 19].iter().all(|at| !heights[*at].is_nan());
                let quads = (0..17 * 18).filter(|at| at % 18 < 17 && is_whole(*at)).count();
                assert_eq!(quads, 17 * 17 - 4);
                assert!(drawing.last_filled(quads).iter().all(|quad| quad.points.len() == 4));
            }
        }
    }
}
