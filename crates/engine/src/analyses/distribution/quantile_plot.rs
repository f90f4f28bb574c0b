//! The points of a normal Q–Q plot and the line through them.

use contract::analyses::distribution::QqPart;

use super::Sample;
use crate::probability::normal_quantile;
use crate::scalars::figure;
use crate::scaling::power_near;

const MOST: usize = 1000;

/// At the medians of the order statistics by Filliben's estimate (1975).
pub(super) fn points(sample: &Sample) -> QqPart {
    let n = sample.sorted.len();
    let told = n.min(MOST);
    let place = |i: usize| if told == n { i } else { (n - 1) * i / (MOST - 1) };
    let share = |i: usize| {
        let count = n as f64;
        let ends = 0.5_f64.powf(1.0 / count);
        match i {
            0 => 1.0 - ends,
            i if i + 1 == n => ends,
            i => (i as f64 + 1.0 - 0.3175) / (count + 0.365),
        }
    };
    let theoretical: Vec<f64> = (0..told).map(|i| normal_quantile(share(place(i)))).collect();
    let values: Vec<f64> = (0..told).map(|i| sample.sorted[place(i)]).collect();
    let scale = power_near(sample.low().abs().max(sample.high().abs()));
    let scaled: Vec<f64> = values.iter().map(|value| value * scale).collect();
    let (slope, intercept, r) = line(&theoretical, &scaled);
    let (slope, intercept) = (figure(slope / scale), figure(intercept / scale));
    QqPart { theoretical, sample: values, slope, intercept, r: figure(r) }
}

fn line(x: &[f64], y: &[f64]) -> (f64, f64, f64) {
    let n = x.len() as f64;
    let mean = |values: &[f64]| values.iter().map(|value| value / n).sum::<f64>();
    let (mx, my) = (mean(x), mean(y));
    let (mut xx, mut xy, mut yy) = (0.0, 0.0, 0.0);
    for (x, y) in x.iter().zip(y) {
        xx += (x - mx) * (x - mx);
        xy += (x - mx) * (y - my);
        yy += (y - my) * (y - my);
    }
    (xy / xx, my - xy / xx * mx, xy / (xx * yy).sqrt())
}
