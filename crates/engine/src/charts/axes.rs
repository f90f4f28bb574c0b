//! Axes: ranges, and ticks at nice numbers (Heckbert, "Nice numbers for graph labels", Graphics Gems, 1990).

use contract::charts::figure::{Axis, AxisKind, Tick, TickStep};

use super::numbers::NumberFormat;

/// Labels of categories are cut after so many characters.
const LABEL_LENGTH: usize = 24;
/// More categories than this are not all labelled.
const MOST_LABELS: usize = 40;
/// What ends of an axis are kept within, so that their distance is a finite number.
pub(super) const FARTHEST: f64 = 8e307;

/// What a numeric axis shows.
#[derive(Clone, Debug, Default)]
pub(super) struct Span {
    low: f64,
    high: f64,
    is_filled: bool,
}

impl Span {
    pub(super) fn add(&mut self, value: f64) {
        if !value.is_finite() {
            return;
        }
        if !self.is_filled {
            (self.low, self.high, self.is_filled) = (value, value, true);
        }
        self.low = self.low.min(value);
        self.high = self.high.max(value);
    }

    pub(super) fn of<'a>(values: impl IntoIterator<Item = &'a f64>) -> Self {
        let mut span = Self::default();
        values.into_iter().for_each(|value| span.add(*value));
        span
    }

    /// The smallest and the largest value; `None` of nothing.
    pub(super) fn ends(&self) -> Option<(f64, f64)> {
        self.is_filled.then_some((self.low, self.high))
    }
}

/// How a numeric axis is laid out.
#[derive(Clone, Debug, Default)]
pub(super) struct Layout {
    pub(super) title: Option<String>,
    /// Whether 0 is part of it.
    pub(super) zero: bool,
    pub(super) format: NumberFormat,
    /// Without room beyond the values: classes fill their axis.
    pub(super) tight: bool,
    pub(super) grid: bool,
    /// How many ticks are about right; 6 unless given.
    pub(super) ticks: Option<usize>,
}

/// A linear axis; of nothing from 0 to 1.
pub(super) fn linear(span: &Span, layout: Layout) -> Axis {
    let (low, high) = span.ends().unwrap_or((0.0, 1.0));
    let (mut low, mut high) = (low.clamp(-FARTHEST, FARTHEST), high.clamp(-FARTHEST, FARTHEST));
    if layout.zero {
        (low, high) = (low.min(0.0), high.max(0.0));
    }
    if low == high {
        let reach = if low == 0.0 { 1.0 } else { (low.abs() * 0.1).max(f64::MIN_POSITIVE) };
        let reach = if layout.format.is_plain() { 1.0 } else { reach };
        (low, high) = match layout.zero {
            true => (0.0, 1.0),
            false => (low - reach, high + reach),
        };
    } else if !layout.tight {
        let room = (high - low) * 0.05;
        let keeps_zero = |end: f64| end == 0.0 && layout.zero;
        let (first, last) = (low - room, high + room);
        // Room below values that are all positive does not bring 0 in sight.
        low = if keeps_zero(low) || (low >= 0.0 && first < 0.0) { low.min(0.0).max(first) } else { first };
        high = if keeps_zero(high) || (high <= 0.0 && last > 0.0) { high.max(0.0).min(last) } else { last };
    }
    let (low, high) = (low.clamp(-FARTHEST, FARTHEST), high.clamp(-FARTHEST, FARTHEST));
    let step = nice_step(high - low, layout.ticks.unwrap_or(6));
    let step = if layout.format.is_plain() { step.max(1.0) } else { step };
    let places = multiples(low, high, step);
    let texts = layout.format.ticks(&places, step);
    Axis {
        title: layout.title,
        kind: AxisKind::Linear,
        range: [low, high],
        tick0: places.first().copied().unwrap_or(0.0),
        dtick: Some(TickStep::Fixed(step)),
        ticks: places.into_iter().zip(texts).map(|(at, text)| Tick { at, text }).collect(),
        categories: Vec::new(),
        grid: layout.grid,
    }
}

/// The multiples of a step within a range.
fn multiples(low: f64, high: f64, step: f64) -> Vec<f64> {
    let first = (low / step - 1e-9).ceil();
    let last = (high / step + 1e-9).floor();
    if !(first.is_finite() && last.is_finite()) || last < first {
        return Vec::new();
    }
    let count = ((last - first) as usize).min(49);
    // Steps below 1 are divided by, since a tenth has no float and ten has.
    let inverse = (1.0 / step).round();
    let by_inverse = step < 1.0 && inverse.is_finite() && (inverse * step - 1.0).abs() < 1e-9;
    let place = |i: usize| {
        let number = first + i as f64;
        let at = if by_inverse { number / inverse } else { number * step };
        if at == 0.0 { 0.0 } else { at }
    };
    let mut places: Vec<f64> = (0..=count).map(place).filter(|at| at.is_finite()).collect();
    // Far from 0, neighbouring multiples can be one float.
    places.dedup();
    places
}

/// The nice number (1, 2, 2.5 or 5 times a power of ten) that divides a range into about so many parts.
pub(super) fn nice_step(range: f64, parts: usize) -> f64 {
    let rough = range / parts.max(1) as f64;
    if !(rough.is_finite() && rough >= f64::MIN_POSITIVE) {
        return 1.0;
    }
    let power = 10_f64.powf(rough.log10().floor());
    let power = if power > 0.0 { power } else { f64::MIN_POSITIVE };
    let share = rough / power;
    let nice = match share {
        ..1.5 => 1.0,
        1.5..2.25 => 2.0,
        2.25..3.5 => 2.5,
        3.5..7.5 => 5.0,
        _ => 10.0,
    };
    // Powers of ten below 1 are made by division, which rounds once.
    let exponent = rough.log10().floor();
    if (-300.0..0.0).contains(&exponent) { nice / 10_f64.powf(-exponent) } else { nice * power }
}

/// A logarithmic axis of positive values; of nothing from 1 to 10.
pub(super) fn logarithmic(span: &Span, layout: Layout) -> Axis {
    let (low, high) = span.ends().filter(|(low, _)| *low > 0.0).unwrap_or((1.0, 10.0));
    let room = ((high.log10() - low.log10()) * 0.05).max(if low == high { 0.5 } else { 0.02 });
    let is_tight = layout.tight && low < high;
    let (first, last) = if is_tight { (low, high) } else { (low.log10() - room, high.log10() + room).powers() };
    let (low, high) = (first.max(f64::MIN_POSITIVE), last.clamp(f64::MIN_POSITIVE * 2.0, FARTHEST));
    let (first, last) = (low.log10(), high.log10());
    let (from, to) = ((first - 1e-9).ceil() as i32, (last + 1e-9).floor() as i32);
    let every = ((to - from) / 8).max(0) + 1;
    let mut places: Vec<f64> = (from..=to).step_by(every as usize).map(|power| 10_f64.powi(power)).collect();
    let mut dtick = Some(TickStep::Decades(f64::from(every)));
    if places.len() < 3 {
        dtick = None;
        places = (from - 1..=to)
            .flat_map(|power| [1.0, 2.0, 5.0].map(|part| part * 10_f64.powi(power)))
            .filter(|at| (low..=high).contains(at))
            .collect();
    }
    if places.len() < 2 {
        let step = nice_step(high - low, 5);
        places = multiples(low, high, step).into_iter().filter(|at| *at > 0.0).collect();
    }
    let format = &layout.format;
    let tick = |at: &f64| Tick { at: *at, text: format.short(*at) };
    Axis {
        kind: AxisKind::Log,
        range: [low, high],
        ticks: places.iter().map(tick).collect(),
        tick0: places.first().copied().unwrap_or(low),
        dtick,
        title: layout.title,
        categories: Vec::new(),
        grid: layout.grid,
    }
}

trait Powers {
    fn powers(self) -> (f64, f64);
}

impl Powers for (f64, f64) {
    fn powers(self) -> (f64, f64) {
        (10_f64.powf(self.0), 10_f64.powf(self.1))
    }
}

/// An axis of categories, in their order. `backwards` runs from the top where it stands upright.
pub(super) fn categories(title: Option<String>, labels: Vec<String>, backwards: bool) -> Axis {
    let count = labels.len().max(1);
    let every = labels.len().div_ceil(MOST_LABELS).max(1);
    let ends = [-0.5, count as f64 - 0.5];
    let places = labels.iter().enumerate().step_by(every);
    Axis {
        title,
        kind: AxisKind::Category,
        range: if backwards { [ends[1], ends[0]] } else { ends },
        ticks: places.map(|(at, label)| Tick { at: at as f64, text: cut(label) }).collect(),
        tick0: 0.0,
        dtick: Some(TickStep::Fixed(every as f64)),
        categories: labels,
        grid: false,
    }
}

/// A label that fits beside an axis.
pub(super) fn cut(label: &str) -> String {
    match label.char_indices().nth(LABEL_LENGTH) {
        None => label.to_owned(),
        Some(_) => {
            let end = label.char_indices().nth(LABEL_LENGTH - 1).map_or(label.len(), |(end, _)| end);
            format!("{}…", label[..end].trim_end())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(axis: &Axis) -> Vec<&str> {
        axis.ticks.iter().map(|tick| tick.text.as_str()).collect()
    }

    fn of(values: &[f64]) -> Span {
        Span::of(values)
    }

    #[test]
    fn nice_numbers() {
        for (range, step) in [(1.0, 0.2), (10.0, 2.0), (97.0, 20.0), (0.05, 0.01), (14.0, 2.5), (1e-9, 2e-10)] {
            assert_eq!(nice_step(range, 6), step, "{range}");
        }
    }

    #[test]
    fn ranges_and_ticks() {
        let zero = || Layout { zero: true, ..Layout::default() };
        let bars = linear(&of(&[3.0, 12.0]), zero());
        assert_eq!((bars.range[0], texts(&bars)), (0.0, vec!["0", "2", "4", "6", "8", "10", "12"]));
        let lines = linear(&of(&[10.0, 20.0]), Layout::default());
        assert_eq!(lines.range, [9.5, 20.5]);
        let near = linear(&of(&[0.1, 20.0]), Layout::default());
        assert_eq!(near.range[0], 0.0);
        let both = linear(&of(&[-5.0, 5.0]), zero());
        assert_eq!((both.range, both.ticks[2].text.as_str()), ([-5.5, 5.5], "0"));
        assert_eq!(
            texts(&linear(&of(&[0.0, 0.3]), Layout::default())),
            ["0", "0.05", "0.10", "0.15", "0.20", "0.25", "0.30"]
        );
    }

    #[test]
    fn constants_nothing_and_extremes_have_a_range() {
        for values in
            [&[][..], &[7.0], &[0.0], &[-3.0], &[f64::MAX], &[-f64::MAX, f64::MAX], &[5e-324], &[1e15, 1e15 + 1.0]]
        {
            for zero in [false, true] {
                let axis = linear(&of(values), Layout { zero, ..Layout::default() });
                let [low, high] = axis.range;
                assert!(low < high && (high - low).is_finite(), "{values:?}: {axis:?}");
                assert!(axis.ticks.iter().all(|tick| tick.at.is_finite()), "{axis:?}");
            }
            let axis = logarithmic(&of(&values.iter().map(|value| value.abs()).collect::<Vec<_>>()), Layout::default());
            assert!(0.0 < axis.range[0] && axis.range[0] < axis.range[1] && axis.range[1].is_finite(), "{axis:?}");
        }
    }

    #[test]
    fn decades() {
        let axis = logarithmic(&of(&[1.0, 1e6]), Layout::default());
        assert_eq!(texts(&axis), ["1", "10", "100", "1,000", "10k", "100k", "1M"]);
        assert_eq!(axis.dtick, Some(TickStep::Decades(1.0)));
        assert_eq!(texts(&logarithmic(&of(&[1.0, 30.0]), Layout::default())), ["1", "2", "5", "10", "20"]);
        assert_eq!(logarithmic(&of(&[1e-10, 1e20]), Layout::default()).dtick, Some(TickStep::Decades(5.0)));
    }

    #[test]
    fn labels_are_cut_and_thinned() {
        let axis =
            categories(None, (0..100).map(|i| format!("{i} is a label of more than 24 characters é")).collect(), true);
        assert_eq!((axis.ticks.len(), axis.range, axis.categories.len()), (34, [99.5, -0.5], 100));
        assert_eq!(axis.ticks[0].text, "0 is a label of more th…");
        assert_eq!(categories(None, Vec::new(), false).range, [-0.5, 0.5]);
    }
}
