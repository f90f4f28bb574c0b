//! Tests of a table of counts: Pearson's chi-square and Fisher's exact test.

use crate::probability::{Tail, chi_square_upper, hypergeometric};

/// Pearson's chi-square of a table of counts.
pub(crate) struct ChiSquare {
    pub(crate) expected: Vec<Vec<f64>>,
    pub(crate) residuals: Vec<Vec<f64>>,
    /// With Yates' correction where it applies and is asked for.
    pub(crate) statistic: f64,
    /// Without it: what effect sizes are made of.
    pub(crate) plain: f64,
    pub(crate) df: f64,
    pub(crate) p: f64,
    pub(crate) n: f64,
    /// Whether the correction was applied.
    pub(crate) corrected: bool,
}

/// No row and no column of the table may be all zeros.
pub(crate) fn chi_square(observed: &[Vec<u64>], correction: bool) -> ChiSquare {
    let row_sums: Vec<f64> = observed.iter().map(|row| row.iter().sum::<u64>() as f64).collect();
    let width = observed.first().map_or(0, Vec::len);
    let column_sums: Vec<f64> = (0..width).map(|j| observed.iter().map(|row| row[j]).sum::<u64>() as f64).collect();
    let n: f64 = row_sums.iter().sum();
    let df = (row_sums.len() as f64 - 1.0) * (width as f64 - 1.0);
    let corrected = correction && df == 1.0;
    let (mut expected, mut residuals) = (Vec::new(), Vec::new());
    let (mut statistic, mut plain) = (0.0, 0.0);
    for (row, row_sum) in observed.iter().zip(&row_sums) {
        let (mut expected_row, mut residual_row) = (Vec::new(), Vec::new());
        for (count, column_sum) in row.iter().zip(&column_sums) {
            let expectation = row_sum * column_sum / n;
            let difference = *count as f64 - expectation;
            let lessened = if corrected { difference.abs() - difference.abs().min(0.5) } else { difference };
            statistic += lessened * lessened / expectation;
            plain += difference * difference / expectation;
            let spread = expectation * (1.0 - row_sum / n) * (1.0 - column_sum / n);
            residual_row.push(difference / spread.sqrt());
            expected_row.push(expectation);
        }
        expected.push(expected_row);
        residuals.push(residual_row);
    }
    let p = if df > 0.0 { chi_square_upper(statistic, df) } else { f64::NAN };
    ChiSquare { expected, residuals, statistic, plain, df, p, n, corrected }
}

/// Fisher's exact p-value of a 2 × 2 table; two-sided over all tables that are no likelier than the one seen.
pub(crate) fn fisher(table: [[u64; 2]; 2], tail: Tail) -> f64 {
    let [[a, b], [c, d]] = table.map(|row| row.map(|count| count as f64));
    let (first_row, second_row, first_column) = (a + b, c + d, a + c);
    let lowest = (first_column - second_row).max(0.0);
    let highest = first_row.min(first_column);
    let chance = |k: f64| hypergeometric(k, first_row, second_row, first_column);
    let seen = chance(a) * (1.0 + 1e-7);
    let p: f64 = match tail {
        Tail::Lower => steps(lowest, a).map(chance).sum(),
        Tail::Upper => steps(a, highest).map(chance).sum(),
        Tail::Both => steps(lowest, highest).map(chance).filter(|other| *other <= seen).sum(),
    };
    p.min(1.0)
}

fn steps(from: f64, to: f64) -> impl Iterator<Item = f64> {
    (0..=(to - from).max(0.0) as u64).map(move |step| from + step as f64)
}
