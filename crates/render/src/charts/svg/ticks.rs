//! Which tick labels of an axis have room, and how they are turned.

use contract::charts::figure::{Axis, AxisKind};

use super::fonts::{self, Face};
use super::scale::Scale;

/// The size of tick labels, legends and captions.
pub(crate) const SIZE: f64 = 12.0;
/// The room of a line of labels.
pub(crate) const LINE: f64 = 16.0;
/// Labels of an axis beside each other are so far apart.
const APART: f64 = 8.0;
/// How far apart turned labels stand at least.
const TURNED_APART: f64 = 17.0;
const TURN: f64 = -45.0;

/// The labels that are drawn.
#[derive(Clone, Debug, Default)]
pub(crate) struct Plan {
    /// Positions in the axis' list.
    pub shown: Vec<usize>,
    /// In degrees.
    pub turn: f64,
    /// How far the labels reach down.
    pub height: f64,
    /// How far labels reach beyond the left end of the axis.
    pub before: f64,
    /// How far labels reach beyond the right end of the axis.
    pub after: f64,
}

pub(crate) fn label_width(text: &str) -> f64 {
    fonts::width(text, SIZE, Face::LABEL)
}

/// The labels below a panel that is `width` wide, of which they may take `tallest` in height.
pub(crate) fn below(axis: &Axis, width: f64, tallest: f64) -> Plan {
    let scale = Scale::new(axis, 0.0, width);
    let ticks: Vec<(usize, f64, f64)> =
        visible(axis, scale).map(|at| (at, scale.at(axis.ticks[at].at), label_width(&axis.ticks[at].text))).collect();
    let step = (1..=ticks.len().max(1)).find(|step| fits(&ticks, *step)).unwrap_or(1);
    let longest = ticks.iter().map(|(_, _, wide)| *wide).fold(0.0, f64::max);
    let turned_height = (longest + SIZE) * std::f64::consts::FRAC_1_SQRT_2 + 4.0;
    if step > 1 && axis.kind == AxisKind::Category && turned_height <= tallest {
        return turned(&ticks, turned_height);
    }
    let shown: Vec<&(usize, f64, f64)> = ticks.iter().step_by(step).collect();
    Plan {
        before: shown.iter().map(|(_, at, wide)| wide / 2.0 - at).fold(0.0, f64::max),
        after: shown.iter().map(|(_, at, wide)| at + wide / 2.0 - width).fold(0.0, f64::max),
        shown: shown.iter().map(|(at, _, _)| *at).collect(),
        turn: 0.0,
        height: LINE,
    }
}

fn turned(ticks: &[(usize, f64, f64)], height: f64) -> Plan {
    let apart = ticks.windows(2).map(|pair| (pair[1].1 - pair[0].1).abs()).fold(f64::INFINITY, f64::min);
    let step = (TURNED_APART / apart).ceil().max(1.0) as usize;
    let shown: Vec<&(usize, f64, f64)> = ticks.iter().step_by(step).collect();
    let reach = |wide: f64| wide * std::f64::consts::FRAC_1_SQRT_2;
    Plan {
        before: shown.iter().map(|(_, at, wide)| reach(*wide) - at).fold(0.0, f64::max),
        after: 0.0,
        shown: shown.iter().map(|(at, _, _)| *at).collect(),
        turn: TURN,
        height,
    }
}

/// The labels beside a panel that is `height` high.
pub(crate) fn beside(axis: &Axis, height: f64) -> Vec<usize> {
    let scale = Scale::new(axis, height, 0.0);
    let ticks: Vec<usize> = visible(axis, scale).collect();
    let apart = ticks
        .windows(2)
        .map(|pair| (scale.at(axis.ticks[pair[1]].at) - scale.at(axis.ticks[pair[0]].at)).abs())
        .fold(f64::INFINITY, f64::min);
    let step = ((SIZE + 2.0) / apart).ceil().max(1.0) as usize;
    ticks.into_iter().step_by(step).collect()
}

/// The width of the widest label beside a panel.
pub(crate) fn widest(axis: &Axis) -> f64 {
    axis.ticks.iter().map(|tick| label_width(&tick.text)).fold(0.0, f64::max)
}

/// The ticks within the range.
pub(crate) fn visible(axis: &Axis, scale: Scale) -> impl Iterator<Item = usize> + '_ {
    (0..axis.ticks.len()).filter(move |at| scale.shows(axis.ticks[*at].at))
}

fn fits(ticks: &[(usize, f64, f64)], step: usize) -> bool {
    let shown: Vec<&(usize, f64, f64)> = ticks.iter().step_by(step).collect();
    shown.windows(2).all(|pair| (pair[1].1 - pair[0].1).abs() >= (pair[0].2 + pair[1].2) / 2.0 + APART)
}
