//! Axes of a panel in Plotly's words, and positions on them.

use contract::charts::Orientation;
use contract::charts::figure::{Axis, AxisKind, Tick, TickStep};
use contract::charts::layers::{Cells, Layer};
use serde_json::{Value, json};

use super::values::{number, numbers, plain, texts, time};
use crate::charts::panels;

/// How positions of an axis are told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mode {
    Number,
    Log,
    Time,
    Label,
}

/// An axis with its mode.
#[derive(Clone, Copy)]
pub(crate) struct Positions<'a> {
    pub axis: &'a Axis,
    pub mode: Mode,
}

impl<'a> Positions<'a> {
    pub(crate) fn new(axis: &'a Axis, layers: &[Layer], is_x: bool) -> Self {
        let mode = match axis.kind {
            AxisKind::Linear => Mode::Number,
            AxisKind::Log => Mode::Log,
            AxisKind::Time => Mode::Time,
            // Plotly's categories have whole positions and names of their own.
            AxisKind::Category if has_names(axis) && layers.iter().all(|layer| stands_on_labels(layer, is_x)) => {
                Mode::Label
            }
            AxisKind::Category => Mode::Number,
        };
        Self { axis, mode }
    }

    pub(crate) fn list(&self, values: &[f64]) -> Value {
        match self.mode {
            Mode::Number | Mode::Log => numbers(values),
            Mode::Time | Mode::Label => values.iter().map(|value| self.one(*value)).collect(),
        }
    }

    pub(crate) fn one(&self, value: f64) -> Value {
        match self.mode {
            Mode::Number | Mode::Log => number(value),
            Mode::Time => time(value),
            Mode::Label => self
                .axis
                .categories
                .get(value.round().max(0.0) as usize)
                .filter(|_| value.is_finite())
                .map_or(Value::Null, |label| Value::String(plain(label))),
        }
    }

    /// A position within shapes and annotations, which count categories and take logarithms.
    pub(crate) fn place(&self, value: f64) -> Value {
        match self.mode {
            Mode::Label => number(value),
            Mode::Log => number(value.log10()),
            Mode::Number | Mode::Time => self.one(value),
        }
    }

    /// A length in the units of bars' widths.
    pub(crate) fn length(&self, length: f64) -> f64 {
        if self.mode == Mode::Time { length / 1_000.0 } else { length }
    }

    /// The position that a bar is told with; its offset bears the rest.
    pub(crate) fn base(&self, value: f64) -> f64 {
        if self.mode == Mode::Label { value.round() } else { value }
    }

    pub(crate) fn layout(&self) -> Value {
        let axis = self.axis;
        let has_line = panels::has_line(axis);
        let mut layout = json!({
            "type": self.kind(),
            "range": axis.range.map(|end| self.place(end)),
            "showgrid": axis.grid,
            "showline": has_line,
            "ticks": if has_line && axis.kind != AxisKind::Category { "outside" } else { "" },
            "tickmode": "array",
            "tickvals": axis.ticks.iter().map(|tick| self.one(tick.at)).collect::<Value>(),
            "ticktext": tick_texts(&axis.ticks),
        });
        if let Some(title) = &axis.title {
            layout["title"] = json!({ "text": plain(title) });
        }
        if self.mode == Mode::Label {
            layout["categoryorder"] = json!("array");
            layout["categoryarray"] = texts(&axis.categories);
        }
        if let Some(step) = axis.dtick.filter(|_| self.mode != Mode::Label) {
            layout["tick0"] = if self.mode == Mode::Log { number(0.0) } else { self.one(axis.tick0) };
            layout["dtick"] = self.step(step);
        }
        layout
    }

    fn kind(&self) -> &'static str {
        match self.mode {
            Mode::Number => "linear",
            Mode::Log => "log",
            Mode::Time => "date",
            Mode::Label => "category",
        }
    }

    fn step(&self, step: TickStep) -> Value {
        match step {
            TickStep::Fixed(step) if self.mode == Mode::Time => number(step / 1_000.0),
            TickStep::Fixed(step) | TickStep::Decades(step) => number(step),
            TickStep::Months(months) => json!(format!("M{months}")),
        }
    }
}

pub(crate) fn tick_texts(ticks: &[Tick]) -> Value {
    texts(ticks.iter().map(|tick| &tick.text))
}

/// Whether each label names one position.
fn has_names(axis: &Axis) -> bool {
    let mut labels: Vec<String> = axis.categories.iter().map(|label| plain(label)).collect();
    labels.sort_unstable();
    labels.windows(2).all(|pair| pair[0] != pair[1]) && labels.iter().all(|label| !label.is_empty())
}

/// Whether a layer needs no position between two categories.
fn stands_on_labels(layer: &Layer, is_x: bool) -> bool {
    let whole = |values: &[f64]| values.iter().all(|value| !value.is_finite() || value.fract() == 0.0);
    match layer {
        Layer::Line(line) => whole(if is_x { &line.x } else { &line.y }),
        Layer::Area(area) => is_x && whole(&area.x),
        Layer::Points(points) => whole(if is_x { &points.x } else { &points.y }),
        Layer::Bars(bars) => (bars.orientation == Orientation::Vertical) == is_x,
        Layer::Boxes(boxes) => (boxes.orientation == Orientation::Vertical) == is_x && whole(&boxes.at),
        Layer::Cells(cells) => is_between_labels(cells, is_x),
        _ => false,
    }
}

/// Whether cells are centred on categories, one each.
fn is_between_labels(cells: &Cells, is_x: bool) -> bool {
    let edges = if is_x { &cells.x_edges } else { &cells.y_edges };
    edges.iter().enumerate().all(|(at, edge)| *edge == at as f64 - 0.5)
}
