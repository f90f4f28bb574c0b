//! The distance of Kolmogorov and Smirnov, found with few evaluations, and its distribution (Simard and L'Ecuyer 2011).

use std::f64::consts::PI;

use crate::probability::{binomial_term, ln_gamma};

/// How many terms of Smirnov's sum are computed at most.
const TERMS: f64 = 20_000.0;

/// The largest distance between `cdf` and the empirical distribution function of the sorted values.
///
/// Both functions rise, so between two places the distance is bounded by their values there: stretches that cannot hold
/// the largest one are passed over. The answer is the same as by looking at every value.
pub(super) fn distance(sorted: &[f64], cdf: impl Fn(f64) -> f64) -> f64 {
    let Some(last) = sorted.len().checked_sub(1) else { return f64::NAN };
    let n = sorted.len() as f64;
    let own = |i: usize, f: f64| ((i + 1) as f64 / n - f).max(f - i as f64 / n);
    // The distance anywhere between two places whose functions are known.
    let most = |(i, fi): (usize, f64), (j, fj): (usize, f64)| (j as f64 / n - fi).max(fj - (i + 1) as f64 / n);
    let step = (last / 512).max(1);
    let mut places: Vec<(usize, f64)> = (0..last).step_by(step).map(|i| (i, cdf(sorted[i]))).collect();
    places.push((last, cdf(sorted[last])));
    let mut best = places.iter().map(|(i, f)| own(*i, *f)).fold(0.0, f64::max);
    let mut open: Vec<((usize, f64), (usize, f64))> = places.windows(2).map(|pair| (pair[0], pair[1])).collect();
    open.sort_by(|left, right| most(left.0, left.1).total_cmp(&most(right.0, right.1)));
    while let Some((left, right)) = open.pop() {
        if right.0 - left.0 < 2 || most(left, right) <= best {
            continue;
        }
        let middle = left.0.midpoint(right.0);
        let found = (middle, cdf(sorted[middle]));
        best = best.max(own(found.0, found.1));
        open.push((left, found));
        open.push((found, right));
    }
    best
}

/// The chance of a distance of at least `d` among `n` values, if they come from the distribution.
pub(super) fn p_value(count: usize, d: f64) -> f64 {
    let n = count as f64;
    let t = n * d;
    if d.is_nan() {
        return f64::NAN;
    }
    if d >= 1.0 {
        return 0.0;
    }
    if t <= 0.5 {
        return 1.0;
    }
    if t <= 1.0 {
        let ln = ln_gamma(n + 1.0) - n * n.ln() + n * (2.0 * t - 1.0).ln();
        return 1.0 - ln.exp();
    }
    if t * d >= 370.0 {
        return 0.0;
    }
    if t >= n - 1.0 {
        return 2.0 * (1.0 - d).powf(n);
    }
    let square = t * d;
    let one_sided = d >= 0.5 || if count <= 140 { square > 4.0 } else { square >= 2.2 };
    let p = if one_sided {
        2.0 * smirnov(n, d)
    } else if count <= 140 || (count <= 100_000 && n * d.powf(1.5) <= 1.4) {
        1.0 - durbin(count, d)
    } else {
        1.0 - pelz_good(n, d)
    };
    p.clamp(0.0, 1.0)
}

/// The one-sided distribution by Smirnov's sum. Its terms are a smooth function that vanishes at both ends, so that for
/// many values a sum over equal steps, times the step, has the same digits.
fn smirnov(n: f64, d: f64) -> f64 {
    let step = (n / TERMS).max(1.0);
    let last = (n * (1.0 - d) / step).floor();
    let mut sum = 0.0;
    let mut k = 0.0;
    while k <= last {
        let j = k * step;
        let p = d + j / n;
        sum += binomial_term(j, n, p, (1.0 - p).max(0.0)) / p;
        k += 1.0;
    }
    d * sum * step
}

/// P(D < d), exact: Durbin's matrix by Marsaglia, Tsang and Wang (2003).
fn durbin(count: usize, d: f64) -> f64 {
    let (n, t) = (count as f64, count as f64 * d);
    let k = t.ceil() as usize;
    let m = 2 * k - 1;
    let h = k as f64 - t;
    let mut factorials = vec![1.0; m + 1];
    for i in 1..=m {
        factorials[i] = factorials[i - 1] * i as f64;
    }
    let mut matrix = vec![0.0; m * m];
    for row in 0..m {
        for column in 0..m.min(row + 2) {
            matrix[row * m + column] = 1.0 / factorials[row + 1 - column];
        }
    }
    for i in 0..m {
        let cut = h.powi(i as i32 + 1) / factorials[i + 1];
        matrix[i * m] -= cut;
        matrix[(m - 1) * m + (m - 1 - i)] -= cut;
    }
    // The corner was cut from both sides.
    let corner = (m - 1) * m;
    matrix[corner] = (1.0 - 2.0 * h.powi(m as i32) + (2.0 * h - 1.0).max(0.0).powi(m as i32)) / factorials[m];
    let (power, mut exponent) = powered(matrix, m, count);
    let mut p = power[(k - 1) * m + k - 1];
    for i in 1..=count {
        p *= i as f64 / n;
        if p < 1e-140 {
            p *= 1e140;
            exponent -= 140;
        }
    }
    p * 10.0_f64.powi(exponent)
}

/// A power of a matrix, and the exponent of ten that was taken out of it.
fn powered(mut matrix: Vec<f64>, m: usize, mut times: usize) -> (Vec<f64>, i32) {
    let mut found: Vec<f64> = (0..m * m).map(|i| if i % (m + 1) == 0 { 1.0 } else { 0.0 }).collect();
    let (mut exponent, mut own) = (0, 0);
    while times > 0 {
        if times % 2 == 1 {
            found = multiplied(&found, &matrix, m);
            exponent += own;
            exponent += shrunk(&mut found, m);
        }
        matrix = multiplied(&matrix, &matrix, m);
        own *= 2;
        own += shrunk(&mut matrix, m);
        times /= 2;
    }
    (found, exponent)
}

fn shrunk(matrix: &mut [f64], m: usize) -> i32 {
    if matrix[(m / 2) * m + m / 2] <= 1e140 {
        return 0;
    }
    matrix.iter_mut().for_each(|value| *value *= 1e-140);
    140
}

fn multiplied(left: &[f64], right: &[f64], m: usize) -> Vec<f64> {
    let mut product = vec![0.0; m * m];
    for row in 0..m {
        for inner in 0..m {
            let factor = left[row * m + inner];
            for column in 0..m {
                product[row * m + column] += factor * right[inner * m + column];
            }
        }
    }
    product
}

/// P(D < d) for many values, by Pelz and Good (1976): four terms in powers of 1 / √n.
fn pelz_good(n: f64, d: f64) -> f64 {
    let z = n.sqrt() * d;
    let z2 = z * z;
    let q = -PI * PI / (2.0 * z2);
    if 0.25 * q < -700.0 {
        return 0.0;
    }
    let (z4, z6) = (z2 * z2, z2 * z2 * z2);
    let (z8, pi2) = (z4 * z4, PI * PI);
    let (pi4, pi6) = (pi2 * pi2, pi2 * pi2 * pi2);
    let mut sums = [0.0; 4];
    let terms = (16.0 * z / PI).ceil() as i32;
    for k in (1..=terms).rev() {
        let m = f64::from(2 * k - 1);
        let m2 = m * m;
        let weight = (0.25 * q * m2).exp();
        let (m4, m6) = (m2 * m2, m2 * m2 * m2);
        sums[0] += weight;
        sums[1] += weight * (pi2 / 4.0 * m2 - z2);
        sums[2] += weight
            * (6.0 * z6 + 2.0 * z4 + (2.0 * z4 - 5.0 * z2) * pi2 / 4.0 * m2 + pi4 * (1.0 - 2.0 * z2) / 16.0 * m4);
        sums[3] += weight
            * (-30.0 * z6 - 90.0 * z8
                + pi2 * (135.0 * z4 - 96.0 * z6) / 4.0 * m2
                + pi4 * (212.0 * z4 - 60.0 * z2) / 16.0 * m4
                + pi6 * (5.0 - 30.0 * z2) / 64.0 * m6);
    }
    let root = (2.0 * PI).sqrt();
    let mut terms_of_n = [
        root / z * sums[0],
        root / (6.0 * z4) * sums[1],
        root / (72.0 * z6 * z) * sums[2],
        root / (6480.0 * z8 * z2) * sums[3],
    ];
    for k in (1..=terms).rev() {
        let k2 = f64::from(k * k);
        let weight = (q * k2).exp();
        terms_of_n[2] -= weight * k2 * pi2 * root / (36.0 * z2 * z);
        terms_of_n[3] += weight * k2 * (3.0 * z2 - pi2 * k2) * pi2 * root / (216.0 * z6);
    }
    let [k0, k1, k2, k3] = terms_of_n;
    k0 + (k1 + (k2 + k3 / n.sqrt()) / n.sqrt()) / n.sqrt()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn passing_over_changes_nothing(values in proptest::collection::vec(-30_i32..1500, 1..3000)) {
            let values: Vec<f64> = values.into_iter().map(|value| f64::from(value) / 1000.0).collect();
            let sorted = crate::ordering::sorted(values);
            let cdf = |x: f64| x.clamp(0.0, 1.0);
            let n = sorted.len() as f64;
            let every = sorted.iter().enumerate().map(|(i, x)| ((i + 1) as f64 / n - cdf(*x)).max(cdf(*x) - i as f64 / n));
            prop_assert_eq!(distance(&sorted, cdf), every.fold(0.0, f64::max));
        }
    }

    #[test]
    fn the_chances_that_scipy_gives() {
        // scipy.stats.kstwo.sf(d, n) of SciPy 1.17.1
        for (n, d, expected) in [
            (1, 0.7, 0.6000000000000001),
            (3, 0.4, 0.5946666666666665),
            (10, 0.05, 1.0),
            (10, 0.08, 0.9999978058034054),
            (10, 0.26, 0.43512842285808273),
            (10, 0.4, 0.05898924519999926),
            (10, 0.6, 0.0005681672000000003),
            (10, 0.95, 1.9531250000000172e-13),
            (50, 0.1, 0.6623112704658186),
            (50, 0.2, 0.03143877776953241),
            (50, 0.35, 5.573523514803185e-06),
            (100, 0.06, 0.8428847956274123),
            (100, 0.21, 0.00023947345214651332),
            (140, 0.04, 0.9719726587618661),
            (141, 0.04, 0.9710682269013183),
            (141, 0.09, 0.19156768536655033),
            (141, 0.2, 2.0276784223976912e-05),
            (1000, 0.004, 1.0),
            (1000, 0.02, 0.8108971656895577),
            (1000, 0.04, 0.07933956059000224),
            (1000, 0.06, 0.001428597887952891),
            (20000, 0.001, 1.0),
            (20000, 0.005, 0.6974088406327612),
            (20000, 0.009, 0.07785289326070222),
            (20000, 0.012, 0.006251252284121751),
            (200000, 0.0015, 0.758498392324318),
            (200000, 0.004, 0.003314212822560255),
            (1000000, 0.0009, 0.39250068453988984),
            (1000000, 0.0013, 0.06803320588112582),
            (1000000, 0.0017, 0.006170418708998026),
        ] {
            let found = p_value(n, d);
            assert!((found - expected).abs() < 1e-9 * expected + 1e-12, "{n} {d}: {found} and {expected}");
        }
    }
}
