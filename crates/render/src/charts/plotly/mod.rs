//! The chart as a Plotly figure: the app draws it, and Plotly for Python, R and JavaScript open it unchanged.

mod axes;
mod bars;
mod cells;
mod lines;
mod marks;
mod solid;
mod theme;
mod values;
mod whole;
mod world;

use contract::charts::figure::{ColorBar, Figure, Legend, Paint, Panel, Sign, Space};
use contract::charts::layers::{Diameters, Layer, Paints};
use contract::charts::requests::Theme;
use serde_json::{Value, json};

use self::axes::{Positions, tick_texts};
use self::values::{number, numbers, object, plain};
use super::look::Look;
use super::panels;
use super::svg::label_width;

/// What a sign in the legend takes beside its text, and how wide a legend is taken to be.
const LEGEND_SIGN: f64 = 48.0;
const LEGEND_WIDTH: f64 = 700.0;

/// The Plotly figure, `{"data": […], "layout": {…}}`.
pub fn plotly(figure: &Figure, theme: Theme) -> Value {
    let look = Look::of(theme);
    let bar = figure.color_bar.as_ref();
    let pens = Pens { look, bar, is_diverging: bar.is_some_and(|bar| bar.is_diverging) };
    let mut layout = Layout::new(figure, &pens);
    let mut data = Vec::new();
    for (at, panel) in figure.panels.iter().enumerate() {
        let place = Place::new(figure, panel, at);
        layout.add_panel(figure, panel, &place);
        data.extend(traces(&pens, panel, &place));
    }
    if let Some(legend) = &figure.legend {
        in_legend(&pens, legend, &mut data);
    }
    json!({ "data": data, "layout": object(layout.entries) })
}

/// What every trace is coloured with.
pub(crate) struct Pens<'a> {
    pub look: &'a Look,
    pub bar: Option<&'a ColorBar>,
    pub is_diverging: bool,
}

impl Pens<'_> {
    pub(crate) fn hex(&self, paint: Paint) -> String {
        self.look.paint(paint, self.is_diverging).hex()
    }

    /// The colour of a text on a mark.
    pub(crate) fn ink_on(&self, paint: Paint, opacity: f64) -> String {
        let ground = self.look.paint(paint, self.is_diverging).over(self.look.surface, opacity);
        self.look.ink_on(ground).hex()
    }

    /// The value at a place on the colour bar.
    pub(crate) fn value(&self, place: f64) -> f64 {
        let [from, to] = self.bar.map_or([0.0, 1.0], |bar| bar.range);
        from + place * (to - from)
    }

    /// The colours of marks as entries of `marker`: names of colours, or numbers on the figure's colour axis.
    pub(crate) fn marker(&self, paints: &Paints) -> Value {
        match paints {
            Paints::One(paint) => json!({ "color": self.hex(*paint) }),
            Paints::Each(paints) => {
                let places: Option<Vec<f64>> = paints
                    .iter()
                    .map(|paint| match paint {
                        Paint::Scale(place) => Some(self.value(*place)),
                        _ => None,
                    })
                    .collect();
                match (places, self.bar) {
                    (Some(places), Some(_)) => json!({ "color": numbers(&places), "coloraxis": "coloraxis" }),
                    _ => json!({ "color": paints.iter().map(|paint| self.hex(*paint)).collect::<Vec<_>>() }),
                }
            }
        }
    }
}

pub(crate) fn sizes(diameters: &Diameters) -> Value {
    match diameters {
        Diameters::One(diameter) => number(*diameter),
        Diameters::Each(diameters) => numbers(diameters),
    }
}

/// Where a panel stands and what its axes are called: `x2`, `geo2`, `scene2`.
pub(crate) struct Place {
    /// Empty for the first panel.
    pub suffix: String,
    pub across: [f64; 2],
    pub up: [f64; 2],
}

impl Place {
    fn new(figure: &Figure, panel: &Panel, at: usize) -> Self {
        let (rows, columns) = panels::grid(figure);
        let is_spaced = |has_ticks: fn(panels::Labels) -> bool| {
            figure.panels.iter().all(|panel| has_ticks(panels::labels(figure, panel)))
        };
        let gap_across = if is_spaced(|labels| labels.has_y_ticks) { 0.08 } else { 0.04 };
        let gap_up = if is_spaced(|labels| labels.has_x_ticks) { 0.16 } else { 0.1 };
        let across = share(panel.column, columns, gap_across);
        let [top, bottom] = share(panel.row, rows, gap_up).map(|part| 1.0 - part);
        let suffix = if at == 0 { String::new() } else { (at + 1).to_string() };
        Self { suffix, across, up: [bottom, top] }
    }

    pub(crate) fn domain(&self) -> Value {
        json!({ "x": self.across, "y": self.up })
    }
}

/// The part of the whole that one of `count` has, with gaps that leave the parts most of it.
fn share(at: usize, count: usize, gap: f64) -> [f64; 2] {
    let gap = if count > 1 { gap.min(0.4 / (count as f64 - 1.0)) } else { 0.0 };
    let wide = (1.0 - gap * (count as f64 - 1.0)) / count as f64;
    let start = at as f64 * (wide + gap);
    [start, (start + wide).min(1.0)].map(|part| (part * 1e6).round() / 1e6)
}

fn traces(pens: &Pens<'_>, panel: &Panel, place: &Place) -> Vec<Value> {
    let mut traces = match &panel.space {
        Space::Plane { x, y } => {
            let x = Positions::new(x, &panel.layers, true);
            let y = Positions::new(y, &panel.layers, false);
            let drawn = panel.layers.iter().flat_map(|layer| on_plane(pens, layer, &x, &y));
            let mut drawn: Vec<Value> = drawn.collect();
            for trace in &mut drawn {
                trace["xaxis"] = json!(format!("x{}", place.suffix));
                trace["yaxis"] = json!(format!("y{}", place.suffix));
            }
            drawn
        }
        Space::Whole => panel.layers.iter().flat_map(|layer| whole::traces(pens, layer, place)).collect(),
        Space::Map { .. } => panel.layers.iter().flat_map(|layer| world::traces(pens, layer, place)).collect(),
        Space::Solid { .. } => panel.layers.iter().flat_map(|layer| solid::traces(pens, layer, place)).collect(),
    };
    for trace in &mut traces {
        if let Some(name) = trace.get("name").cloned() {
            trace["legendgroup"] = name;
        }
        if trace["type"] != "pie" && takes_legend(trace) {
            trace["showlegend"] = json!(false);
        }
    }
    traces
}

fn on_plane(pens: &Pens<'_>, layer: &Layer, x: &Positions<'_>, y: &Positions<'_>) -> Vec<Value> {
    match layer {
        Layer::Line(line) => vec![lines::line(pens, line, x, y)],
        Layer::Area(area) => lines::area(pens, area, x, y),
        Layer::Points(points) => vec![lines::points(pens, points, x, y)],
        Layer::Bars(layer) => vec![bars::bars(pens, layer, x, y)],
        Layer::Boxes(boxes) => vec![bars::boxes(pens, boxes, x, y)],
        Layer::Cells(layer) => vec![cells::cells(pens, layer, x, y)],
        Layer::Polygons(polygons) => cells::polygons(pens, polygons, x, y),
        _ => Vec::new(),
    }
}

fn takes_legend(trace: &Value) -> bool {
    !matches!(trace["type"].as_str(), Some("table" | "indicator" | "treemap" | "heatmap"))
}

/// The legend's items in their order: each is shown by the first trace of its name, or by one that holds nothing else.
fn in_legend(pens: &Pens<'_>, legend: &Legend, data: &mut Vec<Value>) {
    for (at, item) in legend.items.iter().enumerate() {
        let name = plain(&item.text);
        let rank = at + 1;
        let known =
            data.iter_mut().find(|trace| trace["name"] == name.as_str() && takes_legend(trace) && is_seen(trace));
        if let Some(trace) = known {
            trace["showlegend"] = json!(true);
            trace["legendrank"] = json!(rank);
            continue;
        }
        if data.iter().any(|trace| trace["type"] == "pie") {
            continue;
        }
        let color = pens.hex(item.paint);
        let mut sign = json!({
            "type": "scatter", "x": [null], "y": [null], "name": name, "legendgroup": name, "legendrank": rank,
            "showlegend": true, "hoverinfo": "skip",
        });
        match item.sign {
            Sign::Line => values::extend(&mut sign, json!({ "mode": "lines", "line": { "color": color } })),
            Sign::DashedLine => {
                values::extend(&mut sign, json!({ "mode": "lines", "line": { "color": color, "dash": "dash" } }));
            }
            Sign::Point => values::extend(&mut sign, json!({ "mode": "markers", "marker": { "color": color } })),
            Sign::Area => {
                let square = json!({ "color": color, "symbol": "square", "size": 10 });
                values::extend(&mut sign, json!({ "mode": "markers", "marker": square }));
            }
        }
        data.push(sign);
    }
}

/// Whether a trace's sign can be told from the ground: the lower edge of an area cannot.
fn is_seen(trace: &Value) -> bool {
    trace["line"]["width"] != 0 || trace["fill"] != Value::Null
}

/// The layout as it grows.
struct Layout {
    entries: Vec<(String, Value)>,
    annotations: Vec<Value>,
    shapes: Vec<Value>,
}

impl Layout {
    fn new(figure: &Figure, pens: &Pens<'_>) -> Self {
        let mut layout = Self { entries: Vec::new(), annotations: Vec::new(), shapes: Vec::new() };
        layout.set("template", theme::template(pens.look));
        let has_legend = figure.legend.as_ref().is_some_and(|legend| !legend.items.is_empty());
        layout.set("showlegend", json!(has_legend));
        layout.set("meta", json!({ "sentence": plain(&figure.sentence), "notes": values::texts(&figure.notes) }));
        let top = head_height(figure);
        layout.set("margin", json!({ "l": 14, "r": 14, "t": top, "b": 14 }));
        if figure.title.is_some() || figure.subtitle.is_some() {
            let mut title = json!({ "text": plain(figure.title.as_deref().unwrap_or_default()) });
            if let Some(subtitle) = &figure.subtitle {
                title["subtitle"] = json!({ "text": plain(subtitle) });
            }
            layout.set("title", title);
        }
        let mut legend = json!({});
        if let Some(title) = figure.legend.as_ref().and_then(|legend| legend.title.as_ref()) {
            legend["title"] = json!({ "text": plain(title) });
        }
        if has_facets(figure) {
            // Above the names of the panels.
            legend["y"] = json!(1.07);
        }
        layout.set("legend", legend);
        layout.set("barmode", json!("overlay"));
        layout.set("boxmode", json!("overlay"));
        if let Some(bar) = pens.bar {
            layout.set("coloraxis", color_axis(figure, pens, bar));
        }
        layout
    }

    fn set(&mut self, name: &str, value: Value) {
        self.entries.retain(|(known, _)| known != name);
        self.entries.push((name.to_owned(), value));
    }

    fn add_panel(&mut self, figure: &Figure, panel: &Panel, place: &Place) {
        if let Some(title) = &panel.title {
            self.annotations.push(json!({
                "text": format!("<b>{}</b>", plain(title)), "showarrow": false, "xref": "paper", "yref": "paper",
                "x": place.across[0], "y": place.up[1], "xanchor": "left", "yanchor": "bottom",
            }));
        }
        match &panel.space {
            Space::Plane { x, y } => {
                let x = Positions::new(x, &panel.layers, true);
                let y = Positions::new(y, &panel.layers, false);
                self.add_axes(figure, panel, place, &x, &y);
                marks::add(panel, place, (&x, &y), &mut self.shapes, &mut self.annotations);
            }
            Space::Whole => {}
            Space::Map { longitudes, latitudes } => {
                self.set(&format!("geo{}", place.suffix), world::layout(place, *longitudes, *latitudes));
            }
            Space::Solid { x, y, z, eye } => {
                self.set(&format!("scene{}", place.suffix), solid::layout(place, [x, y, z], *eye));
            }
        }
        self.set("annotations", Value::Array(self.annotations.clone()));
        self.set("shapes", Value::Array(self.shapes.clone()));
    }

    fn add_axes(&mut self, figure: &Figure, panel: &Panel, place: &Place, x: &Positions<'_>, y: &Positions<'_>) {
        let labels = panels::labels(figure, panel);
        let axes = [
            ("x", x, place.across, "y", labels.has_x_ticks, labels.has_x_title),
            ("y", y, place.up, "x", labels.has_y_ticks, labels.has_y_title),
        ];
        for (name, positions, domain, other, has_ticks, has_title) in axes {
            let mut axis = positions.layout();
            axis["domain"] = json!(domain);
            axis["anchor"] = json!(format!("{other}{}", place.suffix));
            axis["showticklabels"] = json!(has_ticks);
            axis["zeroline"] = json!(crate::charts::svg::has_zero_line(positions.axis));
            if let (false, Value::Object(entries)) = (has_title, &mut axis) {
                entries.remove("title");
            }
            self.set(&format!("{name}axis{}", place.suffix), axis);
        }
    }
}

fn has_facets(figure: &Figure) -> bool {
    figure.panels.iter().any(|panel| panel.title.is_some())
}

/// The room above the panels, in pixels: margin, title, subtitle, rows of the legend, names of panels.
fn head_height(figure: &Figure) -> f64 {
    let items = figure.legend.iter().flat_map(|legend| &legend.items);
    let wide: f64 = items.map(|item| label_width(&item.text) + LEGEND_SIGN).sum();
    let rows = (wide / LEGEND_WIDTH).ceil();
    let is_there = |is_there: bool, height: f64| if is_there { height } else { 0.0 };
    14.0 + is_there(figure.title.is_some() || figure.subtitle.is_some(), 26.0)
        + is_there(figure.subtitle.is_some(), 30.0)
        + is_there(rows > 0.0, 8.0 + 20.0 * rows)
        + is_there(has_facets(figure), 22.0)
}

/// The figure's scale of colours.
fn color_axis(figure: &Figure, pens: &Pens<'_>, bar: &ColorBar) -> Value {
    let mut legend = json!({
        "tickmode": "array",
        "tickvals": bar.ticks.iter().map(|tick| number(tick.at)).collect::<Value>(),
        "ticktext": tick_texts(&bar.ticks),
    });
    if let Some(title) = &bar.title {
        legend["title"] = json!({ "text": plain(title) });
    }
    if figure.panels.iter().any(|panel| matches!(panel.space, Space::Map { .. })) {
        let lying =
            json!({ "orientation": "h", "x": 0.5, "xanchor": "center", "y": -0.02, "yanchor": "top", "len": 0.6 });
        values::extend(&mut legend, lying);
        legend["title"]["side"] = json!("top");
    }
    json!({
        "cmin": number(bar.range[0]),
        "cmax": number(bar.range[1]),
        "colorscale": theme::steps(pens.look.scale(bar.is_diverging)),
        "colorbar": legend,
    })
}
