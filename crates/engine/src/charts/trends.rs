//! Lines through the marks of a series: least squares with its confidence band, Theil and Sen's line, moving averages.

use contract::charts::{Trend, TrendMethod};

use super::axes::Span;
use crate::compare::sample::{Spread, median, scale_for};
use crate::series::trend;

/// The slopes of all pairs of so many marks are looked at; of more, that many evenly spaced ones.
const MOST_FOR_PAIRS: usize = 1_000;
/// At so many places a straight line is told, since it is curved on logarithmic axes.
const PLACES: usize = 64;
const WINDOW: usize = 7;

/// A trend and, for least squares, the 95 % confidence interval of its mean.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct TrendLine {
    pub(super) x: Vec<f64>,
    pub(super) y: Vec<f64>,
    /// Empty where there is none.
    pub(super) lower: Vec<f64>,
    pub(super) upper: Vec<f64>,
}

pub(super) const fn name(method: TrendMethod) -> &'static str {
    match method {
        TrendMethod::Linear => "Linear trend",
        TrendMethod::TheilSen => "Theil–Sen trend",
        TrendMethod::MovingAverage => "Moving average",
    }
}

/// Widens the span of an axis for a trend. A band around few marks reaches far beyond them, so it is cut half the height of
/// the marks above and below; where a trend leaves a logarithmic axis, it is broken.
pub(super) fn fit_in(trend: &mut TrendLine, span: &mut Span, is_log: bool) {
    let Some((low, high)) = span.ends() else { return };
    if is_log {
        let all = trend.y.iter_mut().chain(&mut trend.lower).chain(&mut trend.upper);
        all.filter(|value| **value <= 0.0).for_each(|value| *value = f64::NAN);
    }
    let reach = if is_log { 0.0 } else { high / 2.0 - low / 2.0 };
    for value in trend.lower.iter_mut().chain(&mut trend.upper).filter(|value| !value.is_nan()) {
        *value = value.clamp(low - reach, high + reach);
    }
    trend.y.iter().chain(&trend.lower).chain(&trend.upper).for_each(|value| span.add(*value));
}

/// The trend of marks in order of `x`; `None` where too few of them have a value.
pub(super) fn of(how: &Trend, x: &[f64], y: &[f64]) -> Option<TrendLine> {
    let marks = x.iter().zip(y).filter(|(x, y)| x.is_finite() && y.is_finite());
    let (x, mut y): (Vec<f64>, Vec<f64>) = marks.map(|(x, y)| (*x, *y)).unzip();
    if how.method == TrendMethod::MovingAverage {
        return moving(&x, &y, how.window.map_or(WINDOW, |window| window as usize));
    }
    let (low, high) = x.iter().fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), x| (low.min(*x), high.max(*x)));
    if !(low < high && (high - low).is_finite()) {
        return None;
    }
    // Positions from 0 to 1 and values near 1: no square over- or underflows, and times keep their digits.
    let width = high - low;
    let positions: Vec<f64> = x.iter().map(|x| (x - low) / width).collect();
    let scale = scale_for(std::slice::from_ref(&y));
    y.iter_mut().for_each(|value| *value *= scale);
    let places: Vec<f64> = (0..=PLACES).map(|i| i as f64 / PLACES as f64).collect();
    let found = match how.method {
        TrendMethod::TheilSen => theil_sen(&positions, &y, &places),
        _ => least_squares(&positions, &y, &places),
    }?;
    let back = |values: Vec<f64>| values.into_iter().map(|value| value / scale).collect::<Vec<f64>>();
    let line = TrendLine {
        x: places.iter().map(|place| low + place * width).collect(),
        y: back(found.y),
        lower: back(found.lower),
        upper: back(found.upper),
    };
    let is_finite = |values: &[f64]| values.iter().all(|value| value.is_finite());
    (is_finite(&line.y) && is_finite(&line.lower) && is_finite(&line.upper)).then_some(line)
}

/// The interval of the mean at `x` is t · s · √(1/n + (x − x̄)² / Sxx), and that of the slope t · s / √Sxx.
fn least_squares(x: &[f64], y: &[f64], places: &[f64]) -> Option<TrendLine> {
    let line = trend::line(x, y, 0.95);
    let spread = Spread::of(x);
    if !line.slope.is_finite() {
        return None;
    }
    let value = |place: &f64| line.intercept + line.slope * place;
    let reach = line.high - line.slope;
    let half = |place: &f64| reach * (spread.squares / spread.n + (place - spread.mean).powi(2)).sqrt();
    let has_band = reach.is_finite();
    let band = |sign: f64| -> Vec<f64> {
        if has_band { places.iter().map(|place| value(place) + sign * half(place)).collect() } else { Vec::new() }
    };
    Some(TrendLine { x: Vec::new(), y: places.iter().map(value).collect(), lower: band(-1.0), upper: band(1.0) })
}

fn theil_sen(x: &[f64], y: &[f64], places: &[f64]) -> Option<TrendLine> {
    let every = x.len().div_ceil(MOST_FOR_PAIRS).max(1);
    let thinned = |values: &[f64]| values.iter().copied().step_by(every).collect::<Vec<f64>>();
    let (x, y) = (thinned(x), thinned(y));
    let mut slopes = Vec::with_capacity(x.len() * x.len().saturating_sub(1) / 2);
    for i in 0..x.len() {
        let later = (i + 1..x.len()).filter(|j| x[*j] != x[i]);
        slopes.extend(later.map(|j| (y[j] - y[i]) / (x[j] - x[i])).filter(|slope| slope.is_finite()));
    }
    if slopes.is_empty() {
        return None;
    }
    let slope = median(&mut slopes);
    let intercept = median(&mut y.clone()) - slope * median(&mut x.clone());
    Some(TrendLine { y: places.iter().map(|place| intercept + slope * place).collect(), ..TrendLine::default() })
}

/// The mean of each mark and those before it, as many as the window spans; none for the first ones.
fn moving(x: &[f64], y: &[f64], window: usize) -> Option<TrendLine> {
    if y.len() < window || window == 0 {
        return None;
    }
    let means = y.windows(window).map(|part| part.iter().map(|value| value / window as f64).sum());
    Some(TrendLine { x: x[window - 1..].to_vec(), y: means.collect(), ..TrendLine::default() })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn trend(method: TrendMethod, window: Option<u32>) -> Trend {
        Trend { method, window }
    }

    #[test]
    fn least_squares_with_the_band_of_r() {
        // R: predict(lm(c(1,3,2,5,4) ~ c(0,1,2,3,4)), data.frame(x = c(0, 2, 4)), interval = "confidence")
        let line =
            of(&trend(TrendMethod::Linear, None), &[0.0, 1.0, 2.0, 3.0, 4.0], &[1.0, 3.0, 2.0, 5.0, 4.0]).unwrap();
        for (at, fit, lower, upper) in
            [(0, 1.4, -1.300_396, 4.100_396), (32, 3.0, 1.440_926, 4.559_074), (64, 4.6, 1.899_604, 7.300_396)]
        {
            let found = [line.y[at], line.lower[at], line.upper[at]];
            let is_near = found.iter().zip([fit, lower, upper]).all(|(found, wanted)| (found - wanted).abs() < 2e-6);
            assert!(is_near, "{found:?} instead of {fit} {lower} {upper}");
        }
    }

    #[test]
    fn robust_and_moving() {
        let (x, y) = ([0.0, 1.0, 2.0, 3.0, 4.0], [0.0, 1.0, 2.0, 3.0, 100.0]);
        let robust = of(&trend(TrendMethod::TheilSen, None), &x, &y).unwrap();
        assert!((robust.y[64] - robust.y[0] - 4.0).abs() < 1e-9, "{robust:?}");
        let moving = of(&trend(TrendMethod::MovingAverage, Some(3)), &x, &y).unwrap();
        assert_eq!((moving.x, moving.y[..2].to_vec()), (vec![2.0, 3.0, 4.0], vec![1.0, 2.0]));
    }

    #[test]
    fn too_few_marks_have_no_trend() {
        for method in [TrendMethod::Linear, TrendMethod::TheilSen, TrendMethod::MovingAverage] {
            assert_eq!(of(&trend(method, None), &[1.0], &[2.0]), None);
            assert_eq!(of(&trend(method, None), &[], &[]), None);
            assert_eq!(of(&trend(method, None), &[1.0, 1.0], &[2.0, f64::NAN]), None);
        }
        let two = of(&trend(TrendMethod::Linear, None), &[0.0, 1.0], &[2.0, 3.0]).unwrap();
        assert!(two.lower.is_empty() && two.y[64] == 3.0);
        of(&trend(TrendMethod::Linear, None), &[0.0, 1e15, 2e15], &[f64::MAX, -f64::MAX, f64::MAX]);
    }
}
