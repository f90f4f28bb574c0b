//! Gaussian kernel density estimates: summed directly, or over bins by Fourier transform for many values.

use contract::analyses::distribution::{Bandwidth, KdeMethod, KdePart};
use realfft::RealFftPlanner;

use super::Sample;
use crate::Result;
use crate::failures::internal;
use crate::workers;

/// Up to so many values every one is summed at every point.
const DIRECT: usize = 10_000;
/// Bins a bandwidth.
const FINENESS: f64 = 16.0;
/// More bins than this are slower than summing, since the kernel then reaches few points.
const MOST_BINS: f64 = 4_194_304.0;
/// So many bandwidths from its middle a kernel is below the smallest float.
const REACH: f64 = 39.0;
/// How far the estimate is told beyond the smallest and the largest value, in bandwidths.
const MARGIN: f64 = 3.0;

pub(crate) fn estimate(sample: &Sample, bandwidth: Bandwidth, points: usize) -> Result<KdePart> {
    let n = sample.n();
    let width = match bandwidth {
        Bandwidth::Scott => n.powf(-0.2) * sample.std,
        Bandwidth::Silverman => (n * 3.0 / 4.0).powf(-0.2) * sample.std,
        Bandwidth::Width(width) => width,
    };
    let range = sample.high() - sample.low() + 2.0 * MARGIN * width;
    // A kernel so narrow that its height is beyond a float, or that it falls between two floats, has no density.
    let is_drawable = (1.0 / width).is_finite() && sample.low() + width > sample.low();
    if !(width > 0.0 && range.is_finite() && is_drawable) {
        return Ok(KdePart { method: KdeMethod::Direct, bandwidth: None, points: Vec::new(), densities: Vec::new() });
    }
    let step = range / (points - 1) as f64;
    let places: Vec<f64> = (0..points).map(|i| sample.low() - MARGIN * width + step * i as f64).collect();
    let bins = range / width * FINENESS;
    let (method, densities) = if sample.sorted.len() <= DIRECT || bins > MOST_BINS {
        (KdeMethod::Direct, summed(sample, width, &places)?)
    } else {
        (KdeMethod::BinnedFft, transformed(sample, width, step, points)?)
    };
    Ok(KdePart { method, bandwidth: Some(width), points: places, densities })
}

/// The definition, without the values whose kernels are 0 at the point.
fn summed(sample: &Sample, width: f64, places: &[f64]) -> Result<Vec<f64>> {
    let weight = 1.0 / (sample.n() * width * (2.0 * std::f64::consts::PI).sqrt());
    let at = |place: f64| {
        let from = sample.sorted.partition_point(|value| *value < place - REACH * width);
        let near = sample.sorted.iter().skip(from).take_while(|value| **value <= place + REACH * width);
        let kernels = near.map(|value| {
            let z = (place - value) / width;
            (-0.5 * z * z).exp()
        });
        kernels.sum::<f64>() * weight
    };
    workers::map(places.len(), |i| Ok(at(places[i])))
}

/// Values are shared out linearly to the two nearest bins, which widens the kernel by a sixth of a squared bin; the
/// transform's kernel is narrower by as much. Every point of the answer is a bin.
fn transformed(sample: &Sample, width: f64, step: f64, points: usize) -> Result<Vec<f64>> {
    let per_step = (step / width * FINENESS).ceil().max(1.0);
    let bin = step / per_step;
    let bins = (points - 1) * per_step as usize + 1;
    let length = fast_length(bins + (9.0 * width / bin).ceil() as usize);
    let start = sample.low() - MARGIN * width;
    let mut counts = vec![0.0; length];
    for value in &sample.sorted {
        let place = (value - start) / bin;
        let below = place.floor();
        let share = place - below;
        counts[below as usize] += 1.0 - share;
        counts[below as usize + 1] += share;
    }
    let mut planner = RealFftPlanner::<f64>::new();
    let forward = planner.plan_fft_forward(length);
    let mut spectrum = forward.make_output_vec();
    forward.process(&mut counts, &mut spectrum).map_err(|error| internal(error.to_string()))?;
    let variance = width * width - bin * bin / 6.0;
    let unit = 2.0 * std::f64::consts::PI / (length as f64 * bin);
    for (i, part) in spectrum.iter_mut().enumerate() {
        let frequency = unit * i as f64;
        *part *= (-0.5 * variance * frequency * frequency).exp();
    }
    let inverse = planner.plan_fft_inverse(length);
    inverse.process(&mut spectrum, &mut counts).map_err(|error| internal(error.to_string()))?;
    let weight = 1.0 / (sample.n() * bin * length as f64);
    Ok((0..points).map(|i| (counts[i * per_step as usize] * weight).max(0.0)).collect())
}

/// The next length that is a power of two, or three quarters of one.
fn fast_length(least: usize) -> usize {
    let power = least.next_power_of_two();
    if power / 4 * 3 >= least { power / 4 * 3 } else { power }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_transform_agrees_with_the_sum() {
        let values: Vec<f64> =
            (0..20_000_u32).map(|i| f64::from(i * 7919 % 20_011).powf(1.5) / 1e3 + f64::from(i % 3) * 900.0).collect();
        let sample = Sample::of(crate::ordering::sorted(values));
        let fast = estimate(&sample, Bandwidth::Scott, 512).unwrap();
        assert_eq!(fast.method, KdeMethod::BinnedFft);
        let slow = summed(&sample, fast.bandwidth.unwrap(), &fast.points).unwrap();
        let peak = slow.iter().copied().fold(0.0, f64::max);
        let worst = fast.densities.iter().zip(&slow).map(|(fast, slow)| (fast - slow).abs()).fold(0.0, f64::max);
        assert!(worst < 1e-6 * peak, "{worst} of {peak}");
        let area: f64 = fast.densities.iter().sum::<f64>() * (fast.points[1] - fast.points[0]);
        assert!((area - 1.0).abs() < 0.01, "{area}");
    }

    #[test]
    fn constants_and_extremes_have_an_answer() {
        let none = estimate(&Sample::of(vec![5.0; 9]), Bandwidth::Scott, 16).unwrap();
        assert!(none.bandwidth.is_none() && none.points.is_empty());
        let wide = estimate(&Sample::of(vec![-f64::MAX, f64::MAX]), Bandwidth::Scott, 16).unwrap();
        assert!(wide.points.is_empty());
        let mut far: Vec<f64> = (0..20_000).map(|i| f64::from(i) * 1e-6).collect();
        far.push(1e12);
        let far = estimate(&Sample::of(far), Bandwidth::Width(1e-4), 16).unwrap();
        assert_eq!(far.method, KdeMethod::Direct);
    }
}
