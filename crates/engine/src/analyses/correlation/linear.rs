//! Pearson's coefficient: of every pair of complete columns at once, and of one pair.

use crate::Result;
use crate::scaling::power_near;
use crate::workers;

/// Rows that are multiplied while they lie in the nearest cache.
const BLOCK: usize = 256;
/// Rows of one task. The parts are added in order, so that the number of threads changes no digit.
const PART: usize = 1 << 16;
/// Columns are multiplied two by four, which fills the registers.
const LEFT: usize = 2;
const RIGHT: usize = 4;

/// How the values of a column become deviations of about 1 in size.
#[derive(Clone, Copy, Debug)]
struct Scaling {
    /// A power of two.
    before: f64,
    mean: f64,
    /// A power of two.
    after: f64,
}

impl Scaling {
    /// `None` for a column that does not vary.
    fn of(values: &[f64]) -> Option<Self> {
        let (low, high) = values
            .iter()
            .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), value| (low.min(*value), high.max(*value)));
        if low >= high {
            return None;
        }
        let before = power_near(low.abs().max(high.abs()));
        let mean = sum(values, |value| value * before) / values.len() as f64;
        let reach = (low * before - mean).abs().max((high * before - mean).abs());
        Some(Self { before, mean, after: power_near(reach) })
    }

    fn apply(self, value: f64) -> f64 {
        (value * self.before - self.mean) * self.after
    }
}

/// Sums in blocks, so that rounding errors do not pile up.
fn sum(values: &[f64], change: impl Fn(f64) -> f64) -> f64 {
    values.chunks(BLOCK).map(|block| block.iter().map(|value| change(*value)).sum::<f64>()).sum()
}

/// The coefficient of two columns of equal length without gaps; `None` if one does not vary.
pub(super) fn pair(left: &[f64], right: &[f64]) -> Option<f64> {
    let scalings = [Scaling::of(left)?, Scaling::of(right)?];
    let mut sums = [0.0; 5];
    for (lefts, rights) in left.chunks(BLOCK).zip(right.chunks(BLOCK)) {
        let mut block = [0.0; 5];
        for (left, right) in lefts.iter().zip(rights) {
            let (x, y) = (scalings[0].apply(*left), scalings[1].apply(*right));
            block[0] += x;
            block[1] += y;
            block[2] += x * x;
            block[3] += x * y;
            block[4] += y * y;
        }
        sums.iter_mut().zip(block).for_each(|(sum, block)| *sum += block);
    }
    let [x, y, xx, xy, yy] = sums;
    coefficient(left.len() as f64, x, y, xx, xy, yy)
}

fn coefficient(n: f64, x: f64, y: f64, xx: f64, xy: f64, yy: f64) -> Option<f64> {
    // The sums of deviations are 0 but for the rounding of the mean.
    let (xx, xy, yy) = (xx - x * x / n, xy - x * y / n, yy - y * y / n);
    let r = xy / (xx * yy).sqrt();
    r.is_finite().then(|| r.clamp(-1.0, 1.0))
}

/// The coefficients of all pairs of columns of equal length without gaps, as a full matrix.
pub(super) fn matrix(columns: &[&[f64]]) -> Result<Vec<Vec<Option<f64>>>> {
    let rows = columns.first().map_or(0, |column| column.len());
    let scalings =
        workers::map(columns.len(), |column| Ok(columns.get(column).and_then(|values| Scaling::of(values))))?;
    let padded = columns.len().next_multiple_of(RIGHT);
    let parts = workers::map(rows.div_ceil(PART), |part| {
        let rows = part * PART..rows.min((part + 1) * PART);
        Ok(Products::of(columns, &scalings, padded, rows))
    })?;
    let mut total = Products::new(padded);
    parts.iter().for_each(|part| total.add(part));
    let n = rows as f64;
    let found = |left: usize, right: usize| {
        scalings[left].and(scalings[right])?;
        let (low, high) = (left.min(right), left.max(right));
        coefficient(
            n,
            total.sums[low],
            total.sums[high],
            total.products[low * padded + low],
            total.products[low * padded + high],
            total.products[high * padded + high],
        )
    };
    Ok((0..columns.len()).map(|left| (0..columns.len()).map(|right| found(left, right)).collect()).collect())
}

/// Sums of deviations, and of their products for the upper triangle.
struct Products {
    size: usize,
    sums: Vec<f64>,
    products: Vec<f64>,
}

impl Products {
    fn new(size: usize) -> Self {
        Self { size, sums: vec![0.0; size], products: vec![0.0; size * size] }
    }

    fn of(columns: &[&[f64]], scalings: &[Option<Scaling>], padded: usize, rows: std::ops::Range<usize>) -> Self {
        let mut found = Self::new(padded);
        let mut block = vec![[0.0; BLOCK]; padded];
        for start in rows.clone().step_by(BLOCK) {
            let end = (start + BLOCK).min(rows.end);
            for (i, (column, scaling)) in columns.iter().zip(scalings).enumerate() {
                let Some(scaling) = scaling else { continue };
                let target = &mut block[i];
                for (cell, value) in target.iter_mut().zip(&column[start..end]) {
                    *cell = scaling.apply(*value);
                }
                target[end - start..].fill(0.0);
                found.sums[i] += target.iter().sum::<f64>();
            }
            found.multiply(&block);
        }
        found
    }

    fn multiply(&mut self, block: &[[f64; BLOCK]]) {
        for right in (0..self.size).step_by(RIGHT) {
            for left in (0..(right + RIGHT).min(self.size)).step_by(LEFT) {
                let sums = tile(
                    [&block[left], &block[left + 1]],
                    [&block[right], &block[right + 1], &block[right + 2], &block[right + 3]],
                );
                for (i, sums) in sums.iter().enumerate() {
                    for (j, sum) in sums.iter().enumerate() {
                        self.products[(left + i) * self.size + right + j] += sum;
                    }
                }
            }
        }
    }

    fn add(&mut self, other: &Self) {
        self.sums.iter_mut().zip(&other.sums).for_each(|(sum, part)| *sum += part);
        self.products.iter_mut().zip(&other.products).for_each(|(sum, part)| *sum += part);
    }
}

/// Two columns times four. The lanes are written out so that the compiler puts them side by side in a register.
fn tile(left: [&[f64; BLOCK]; LEFT], right: [&[f64; BLOCK]; RIGHT]) -> [[f64; RIGHT]; LEFT] {
    let mut sums = [[[0.0; 2]; RIGHT]; LEFT];
    for row in (0..BLOCK).step_by(2) {
        for i in 0..LEFT {
            for j in 0..RIGHT {
                for lane in 0..2 {
                    sums[i][j][lane] += left[i][row + lane] * right[j][row + lane];
                }
            }
        }
    }
    sums.map(|sums| sums.map(|lanes| lanes[0] + lanes[1]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_matrix_and_the_pair_agree_at_every_size() {
        for rows in [2, 3, 255, 256, 257, 70_000] {
            let columns: Vec<Vec<f64>> = (0..7_u64)
                .map(|column| (0..rows).map(|row| ((row * (column + 3) * 7919) % 1009) as f64 + 1e6).collect())
                .collect();
            let views: Vec<&[f64]> = columns.iter().map(Vec::as_slice).collect();
            let found = matrix(&views).unwrap();
            for left in 0..7 {
                for right in 0..7 {
                    let single = pair(&columns[left], &columns[right]);
                    let close = match (found[left][right], single) {
                        (Some(one), Some(other)) => (one - other).abs() < 1e-12,
                        (one, other) => one == other,
                    };
                    assert!(close, "{rows} rows, {left} and {right}: {:?} and {single:?}", found[left][right]);
                }
            }
        }
    }

    #[test]
    fn extremes_constants_and_exact_dependence() {
        let values = [1.0, 2.0, 4.0, 8.0, 9.0];
        for size in [1e-300, 1.0, 1e307] {
            let scaled: Vec<f64> = values.iter().map(|value| value * size).collect();
            assert_eq!(pair(&values, &scaled), Some(1.0), "{size}");
            let turned: Vec<f64> = scaled.iter().map(|value| -value).collect();
            assert_eq!(pair(&scaled, &turned), Some(-1.0), "{size}");
        }
        assert_eq!(pair(&values, &[0.1; 5]), None);
        assert_eq!(pair(&[-f64::MAX, f64::MAX], &[1.0, 2.0]), Some(1.0));
    }
}
