//! Classical decomposition by moving averages, and how strong its parts are.

/// Trend, seasonal pattern and rest add up to the values; trend and rest are NaN for half a season at both ends.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Decomposition {
    pub(crate) trend: Vec<f64>,
    /// One entry for each position in the season, summing to 0.
    pub(crate) pattern: Vec<f64>,
    pub(crate) rest: Vec<f64>,
    /// 1 − Var(rest)/Var(seasonal + rest), at least 0.
    pub(crate) strength: f64,
    /// 1 − Var(rest)/Var(trend + rest), at least 0.
    pub(crate) trend_strength: f64,
}

/// `None` unless there are two seasons.
pub(crate) fn decompose(values: &[f64], season: usize) -> Option<Decomposition> {
    if season < 2 || values.len() < 2 * season {
        return None;
    }
    let trend = moving_average(values, season);
    let mut pattern: Vec<f64> = (0..season)
        .map(|position| {
            let rests =
                (position..values.len()).step_by(season).map(|at| values[at] - trend[at]).filter(|rest| !rest.is_nan());
            mean(&rests.collect::<Vec<f64>>())
        })
        .collect();
    let level = mean(&pattern);
    pattern.iter_mut().for_each(|value| *value -= level);
    let rest: Vec<f64> = values
        .iter()
        .zip(&trend)
        .enumerate()
        .map(|(at, (value, trend))| value - trend - pattern[at % season])
        .collect();
    let inner: Vec<usize> = (0..values.len()).filter(|at| !rest[*at].is_nan()).collect();
    let variance_of = |part: &dyn Fn(usize) -> f64| variance(&inner.iter().map(|at| part(*at)).collect::<Vec<f64>>());
    let noise = variance_of(&|at| rest[at]);
    let share = |whole: f64| (1.0 - noise / whole).max(0.0);
    let strength = share(variance_of(&|at| rest[at] + pattern[at % season]));
    let trend_strength = share(variance_of(&|at| rest[at] + trend[at]));
    Some(Decomposition { trend, pattern, rest, strength, trend_strength })
}

/// Centred on each value; for an even season the two ends count half.
fn moving_average(values: &[f64], season: usize) -> Vec<f64> {
    let half = season / 2;
    let at = |centre: usize| {
        if centre < half || centre + half >= values.len() {
            return f64::NAN;
        }
        let window = &values[centre - half..=centre + half];
        let sum: f64 = window.iter().sum();
        if season % 2 == 1 { sum / season as f64 } else { (sum - 0.5 * (window[0] + window[season])) / season as f64 }
    };
    (0..values.len()).map(at).collect()
}

fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len() as f64
}

fn variance(values: &[f64]) -> f64 {
    let middle = mean(values);
    values.iter().map(|value| (value - middle) * (value - middle)).sum::<f64>() / values.len() as f64
}
