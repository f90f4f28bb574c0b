//! From positions of an axis to CSS pixels.

use contract::charts::figure::{Axis, AxisKind};

#[derive(Clone, Copy, Debug)]
pub(crate) struct Scale {
    from: f64,
    to: f64,
    start: f64,
    end: f64,
    is_log: bool,
}

impl Scale {
    /// `start` is where the first position of the axis' range stands.
    pub(crate) fn new(axis: &Axis, start: f64, end: f64) -> Self {
        let is_log = axis.kind == AxisKind::Log;
        let [from, to] = axis.range.map(|value| if is_log { value.max(f64::MIN_POSITIVE).log10() } else { value });
        let (from, to) = match (from.is_finite() && to.is_finite(), from == to) {
            (false, _) => (0.0, 1.0),
            (true, true) => (from - 0.5, to + 0.5),
            (true, false) => (from, to),
        };
        Self { from, to, start, end, is_log }
    }

    /// NaN for what has no place: NaN, and what is not positive on a logarithmic axis.
    pub(crate) fn at(self, value: f64) -> f64 {
        let value = match self.is_log {
            true if value > 0.0 => value.log10(),
            true => return f64::NAN,
            false => value,
        };
        self.start + (self.end - self.start) * ((value - self.from) / (self.to - self.from))
    }

    /// As `at`, with the axis' own end instead of what a logarithmic axis cannot show: bars begin there.
    pub(crate) fn at_or_edge(self, value: f64) -> f64 {
        if self.is_log && value <= 0.0 {
            if self.from < self.to { self.start } else { self.end }
        } else {
            self.at(value)
        }
    }

    /// Whether a position lies on the axis, give or take half a pixel.
    pub(crate) fn shows(self, value: f64) -> bool {
        let at = self.at(value);
        let (low, high) = (self.start.min(self.end), self.start.max(self.end));
        at >= low - 0.5 && at <= high + 0.5
    }
}
