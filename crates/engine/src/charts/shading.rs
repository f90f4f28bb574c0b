//! Colours by a scale of numbers: the colour bar, and the place of a value on it.

use contract::charts::figure::ColorBar;
use contract::charts::{ChartSpec, ColorScale};

use super::axes::{Layout, Span, linear};
use super::numbers::NumberFormat;

/// A colour bar of these values. `from_zero` begins at 0 where no value is below it: counts and sums. Around 0 where the
/// spec says so.
pub(super) fn color_bar(
    spec: &ChartSpec,
    title: Option<String>,
    span: &Span,
    from_zero: bool,
    format: NumberFormat,
) -> ColorBar {
    let is_diverging = spec.options.color_scale == Some(ColorScale::Diverging);
    let (low, high) = span.ends().unwrap_or((0.0, 1.0));
    let (low, high) = (low.clamp(-8e307, 8e307), high.clamp(-8e307, 8e307));
    let (low, high) = match is_diverging {
        true => (-low.abs().max(high.abs()), low.abs().max(high.abs())),
        false if from_zero && low >= 0.0 => (0.0, high),
        false => (low, high),
    };
    let (low, high) = match high > low {
        true => (low, high),
        // One value alone stands in the middle.
        false if low == 0.0 => (-1.0, 1.0),
        false => {
            let reach = (low.abs() * 0.5).max(f64::MIN_POSITIVE);
            (low - reach, low + reach)
        }
    };
    let mut ends = Span::default();
    ends.add(low);
    ends.add(high);
    let axis = linear(&ends, Layout { format, tight: true, ticks: Some(5), ..Layout::default() });
    ColorBar { title, is_diverging, range: [low, high], ticks: axis.ticks }
}

/// The place of a value on a colour bar, from 0 to 1; NaN has none.
pub(super) fn shade(bar: &ColorBar, value: f64) -> f64 {
    let [low, high] = bar.range;
    if value.is_nan() { f64::NAN } else { ((value - low) / (high - low)).clamp(0.0, 1.0) }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn bar(values: &[f64], scale: &str, from_zero: bool) -> ColorBar {
        let spec = json!({ "kind": "heatmap", "dataset_id": uuid::Uuid::nil(), "options": { "color_scale": scale } });
        let spec: ChartSpec = serde_json::from_value(spec).unwrap();
        color_bar(&spec, None, &Span::of(values), from_zero, NumberFormat::default())
    }

    #[test]
    fn ends_and_places() {
        assert_eq!(bar(&[2.0, 10.0], "sequential", true).range, [0.0, 10.0]);
        assert_eq!(bar(&[2.0, 10.0], "sequential", false).range, [2.0, 10.0]);
        let around = bar(&[-2.0, 10.0], "diverging", true);
        assert_eq!((around.range, shade(&around, 0.0), shade(&around, 10.0)), ([-10.0, 10.0], 0.5, 1.0));
        for values in [&[][..], &[0.0], &[5.0], &[-5.0], &[5e-324], &[f64::MAX, -f64::MAX]] {
            let bar = bar(values, "sequential", false);
            assert!(bar.range[0] < bar.range[1] && (bar.range[1] - bar.range[0]).is_finite(), "{bar:?}");
        }
    }
}
