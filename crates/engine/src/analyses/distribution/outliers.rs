//! Outliers by quartiles, by standard deviations and by the median absolute deviation, with their rows.

use contract::analyses::distribution::{DistributionParams, OutlierRow, OutlierRule, OutliersPart};

use super::Sample;
use crate::Result;
use crate::columns::each_float_block;
use crate::filters::Mask;
use crate::scalars::figure;
use crate::table::Table;

/// What makes the median absolute deviation of a normal distribution its standard deviation: 1 / Φ⁻¹(3/4).
const MAD_SCALE: f64 = 1.482_602_218_505_602;

/// The column as it is stored, in the order of its rows.
pub(super) struct Cells<'a> {
    pub(super) table: &'a Table,
    pub(super) position: usize,
    pub(super) mask: Option<&'a Mask>,
}

/// The limits come from the sorted values; the rows are looked up in the file, so that the values lie in memory once.
pub(super) fn find(cells: &Cells<'_>, sample: &Sample, params: &DistributionParams) -> Result<OutliersPart> {
    let (q1, q3) = (sample.quantile(0.25), sample.quantile(0.75));
    let median = sample.quantile(0.5);
    let mad = median_deviation(&sample.sorted, median);
    let fences = |middle_low: f64, middle_high: f64, reach: f64| (middle_low - reach, middle_high + reach);
    let limits = [
        fences(q1, q3, params.iqr_factor * (q3 - q1)),
        fences(sample.mean, sample.mean, if sample.varies() { params.z_limit * sample.std } else { f64::NAN }),
        fences(median, median, if mad > 0.0 { params.mad_limit * MAD_SCALE * mad } else { f64::NAN }),
    ];
    let counts = limits.map(|limits| count(sample, limits));
    let most = params.outlier_rows as usize;
    let wanted = counts.map(|count| count.min(most));
    let mut rows = [const { Vec::new() }; 3];
    if wanted.iter().any(|wanted| *wanted > 0) {
        look_up(cells, limits, wanted, &mut rows)?;
    }
    let rule = |i: usize, rows: Vec<OutlierRow>| OutlierRule {
        low: figure(limits[i].0),
        high: figure(limits[i].1),
        count: counts[i] as u64,
        rows,
    };
    let [iqr, z_score, mad] = rows;
    Ok(OutliersPart { iqr: rule(0, iqr), z_score: rule(1, z_score), mad: rule(2, mad) })
}

fn count(sample: &Sample, (low, high): (f64, f64)) -> usize {
    let below = sample.sorted.partition_point(|value| *value < low);
    let above = sample.sorted.len() - sample.sorted.partition_point(|value| high.is_nan() || *value <= high);
    below + above
}

/// The first rows beyond each pair of limits, as many as are wanted of each.
fn look_up(
    cells: &Cells<'_>,
    limits: [(f64, f64); 3],
    wanted: [usize; 3],
    found: &mut [Vec<OutlierRow>; 3],
) -> Result<()> {
    each_float_block(cells.table, cells.position, cells.mask, |first, values| {
        let full = found.iter().zip(wanted).all(|(rows, wanted)| rows.len() >= wanted);
        if full {
            return Ok(());
        }
        let kept = (first..).filter(|row| cells.mask.is_none_or(|mask| mask.keeps(*row)));
        // The values come first: after the last of them no further row is looked for, of which there may be none.
        for (value, row) in values.iter().zip(kept) {
            for ((rows, wanted), (low, high)) in found.iter_mut().zip(wanted).zip(limits) {
                if rows.len() < wanted && (*value < low || *value > high) {
                    rows.push(OutlierRow { row: row as u64, value: *value });
                }
            }
        }
        Ok(())
    })
}

/// The median of the distances from the median: those to its left and to its right are in order already, so the two
/// are merged up to the middle. Not defined of nothing.
fn median_deviation(sorted: &[f64], median: f64) -> f64 {
    let n = sorted.len();
    let mut right = sorted.partition_point(|value| *value < median);
    let mut left = right;
    let (mut last, mut before) = (f64::NAN, f64::NAN);
    for _ in 0..=n / 2 {
        let below = left.checked_sub(1).map(|i| median - sorted[i]);
        let above = sorted.get(right).map(|value| value - median);
        before = last;
        last = match (below, above) {
            (Some(below), Some(above)) if below <= above => {
                left -= 1;
                below
            }
            (Some(below), None) => {
                left -= 1;
                below
            }
            (_, Some(above)) => {
                right += 1;
                above
            }
            (None, None) => return f64::NAN,
        };
    }
    if n % 2 == 1 { last } else { before.midpoint(last) }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::analyses::distribution::quantile;
    use crate::ordering::sorted;

    proptest! {
        #[test]
        fn merging_finds_the_median_of_the_distances(values in proptest::collection::vec(-40_i32..40, 1..60)) {
            let sorted_values = sorted(values.into_iter().map(f64::from).collect());
            let median = quantile(&sorted_values, 0.5);
            let distances = sorted(sorted_values.iter().map(|value| (value - median).abs()).collect());
            prop_assert_eq!(median_deviation(&sorted_values, median), quantile(&distances, 0.5));
        }
    }

    #[test]
    fn nothing_has_no_median_distance() {
        assert!(median_deviation(&[], f64::NAN).is_nan());
    }
}
