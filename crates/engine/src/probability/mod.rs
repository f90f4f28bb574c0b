//! Tail probabilities and quantiles of the distributions behind tests and intervals; small tails keep their digits.

mod incomplete;
mod loader;
mod normal_tails;

pub(crate) use incomplete::{beta_lower, gamma_lower, gamma_upper};
pub(crate) use loader::{binomial_term, hypergeometric, ln_gamma};
pub(crate) use normal_tails::ln_tails;

/// Which values of a statistic speak against the null hypothesis.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tail {
    Both,
    Lower,
    Upper,
}

/// P(Z > z) of the standard normal distribution, by way of the gamma function: statrs' `erfc` has eleven digits only.
pub(crate) fn normal_upper(z: f64) -> f64 {
    let beyond = 0.5 * gamma_upper(0.5, 0.5 * z * z);
    if z < 0.0 { 1.0 - beyond } else { beyond }
}

/// The p-value of a standard normal statistic.
pub(crate) fn normal_p(z: f64, tail: Tail) -> f64 {
    match tail {
        Tail::Both => (2.0 * normal_upper(z.abs())).min(1.0),
        Tail::Lower => normal_upper(-z),
        Tail::Upper => normal_upper(z),
    }
}

/// The z below which the share `p` of the standard normal distribution lies.
pub(crate) fn normal_quantile(p: f64) -> f64 {
    if p > 0.5 {
        return -normal_quantile(1.0 - p);
    }
    let near = -std::f64::consts::SQRT_2 * statrs::function::erf::erfc_inv(2.0 * p);
    if !near.is_finite() {
        return near;
    }
    // One step of Newton's method brings the last digits.
    let density = (-0.5 * near * near).exp() / (2.0 * std::f64::consts::PI).sqrt();
    near - (normal_upper(-near) - p) / density
}

/// P(T > t) of Student's t with `df` degrees of freedom, which need not be whole.
pub(crate) fn t_upper(t: f64, df: f64) -> f64 {
    if t.is_nan() || df.is_nan() || df <= 0.0 {
        return f64::NAN;
    }
    if t == 0.0 {
        return 0.5;
    }
    if df.is_infinite() {
        return normal_upper(t);
    }
    let square = t * t;
    let beyond = if square.is_infinite() {
        0.0
    } else {
        0.5 * beta_lower(0.5 * df, 0.5, df / (df + square), square / (df + square))
    };
    if t > 0.0 { beyond } else { 1.0 - beyond }
}

/// The p-value of a t statistic.
pub(crate) fn t_p(t: f64, df: f64, tail: Tail) -> f64 {
    match tail {
        Tail::Both => (2.0 * t_upper(t.abs(), df)).min(1.0),
        Tail::Lower => t_upper(-t, df),
        Tail::Upper => t_upper(t, df),
    }
}

/// The t below which the share `p` lies: Newton's method, kept inside a bracket that only shrinks.
pub(crate) fn t_quantile(p: f64, df: f64) -> f64 {
    if !(0.0..=1.0).contains(&p) || df.is_nan() || df <= 0.0 {
        return f64::NAN;
    }
    if p < 0.5 {
        return -t_quantile(1.0 - p, df);
    }
    let beyond = 1.0 - p;
    if beyond == 0.0 {
        return f64::INFINITY;
    }
    let mut high = 1.0;
    while t_upper(high, df) > beyond && high < 1e300 {
        high *= 2.0;
    }
    let (mut low, mut t) = (0.0, normal_quantile(p).min(high));
    for _ in 0..200 {
        let excess = t_upper(t, df) - beyond;
        if excess > 0.0 {
            low = t
        } else {
            high = t
        }
        let density = (-0.5 * (df + 1.0) * (t * t / df).ln_1p() + ln_t_scale(df)).exp();
        let newton = t + excess / density;
        let next = if newton > low && newton < high { newton } else { 0.5 * (low + high) };
        if (next - t).abs() <= 4.0 * f64::EPSILON * t.abs() {
            return next;
        }
        t = next;
    }
    t
}

/// The logarithm of the density of t at 0.
fn ln_t_scale(df: f64) -> f64 {
    ln_gamma(0.5 * (df + 1.0)) - ln_gamma(0.5 * df) - 0.5 * (df * std::f64::consts::PI).ln()
}

/// P(F > f) with `above` and `below` degrees of freedom.
pub(crate) fn f_upper(f: f64, above: f64, below: f64) -> f64 {
    if f.is_nan() || above.is_nan() || above <= 0.0 || below.is_nan() || below <= 0.0 {
        return f64::NAN;
    }
    if f <= 0.0 {
        return 1.0;
    }
    if f.is_infinite() {
        return 0.0;
    }
    let (left, right) = (above * f, below);
    beta_lower(0.5 * below, 0.5 * above, right / (left + right), left / (left + right))
}

/// P(X > x) of chi-square with `df` degrees of freedom.
pub(crate) fn chi_square_upper(x: f64, df: f64) -> f64 {
    if x.is_nan() || df.is_nan() || df <= 0.0 {
        return f64::NAN;
    }
    if x <= 0.0 { 1.0 } else { gamma_upper(0.5 * df, 0.5 * x) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn close(found: f64, expected: f64, tolerance: f64) {
        assert!((found / expected - 1.0).abs() < tolerance, "{found:e} is not {expected:e}");
    }

    /// SciPy 1.17: `scripts/golden/probability.py` prints this table.
    #[test]
    fn tails_equal_scipy() {
        let golden = include_str!("../../../../tests/fixtures/golden/probability.csv");
        let mut rows = 0;
        for line in golden.lines().skip(1) {
            let cells: Vec<&str> = line.split(',').collect();
            let number = |i: usize| cells[i].parse::<f64>().unwrap_or(f64::NAN);
            let found = match cells[0] {
                "normal_upper" => normal_upper(number(1)),
                "normal_quantile" => normal_quantile(number(1)),
                "t_upper" => t_upper(number(1), number(2)),
                "t_quantile" => t_quantile(number(1), number(2)),
                "f_upper" => f_upper(number(1), number(2), number(3)),
                "chi_square_upper" => chi_square_upper(number(1), number(2)),
                "beta_lower" => beta_lower(number(2), number(3), number(1), 1.0 - number(1)),
                "gamma_lower" => gamma_lower(number(2), number(1)),
                other => panic!("{other}"),
            };
            let expected = number(4);
            if expected == 0.0 {
                assert!(found.abs() < 1e-300, "{line}: {found:e}");
            } else {
                assert!((found / expected - 1.0).abs() < 1e-11, "{line}: {found:e}");
            }
            rows += 1;
        }
        assert!(rows > 200, "{rows}");
    }

    #[test]
    fn edges() {
        assert_eq!((t_upper(0.0, 3.0), t_p(0.0, 3.0, Tail::Both)), (0.5, 1.0));
        assert_eq!((f_upper(0.0, 1.0, 2.0), f_upper(f64::INFINITY, 1.0, 2.0)), (1.0, 0.0));
        assert_eq!((chi_square_upper(0.0, 2.0), t_upper(f64::INFINITY, 2.0)), (1.0, 0.0));
        assert!(t_upper(f64::NAN, 2.0).is_nan() && f_upper(1.0, 0.0, 2.0).is_nan());
        close(t_p(-1.5, 7.0, Tail::Lower) + t_p(-1.5, 7.0, Tail::Upper), 1.0, 1e-15);
    }

    #[test]
    fn the_hypergeometric_distribution_sums_to_one() {
        let sum: f64 = (0..=30).map(|k| hypergeometric(f64::from(k), 40.0, 60.0, 30.0)).sum();
        close(sum, 1.0, 1e-13);
        // SciPy: hypergeom.pmf(3, 20, 7, 12)
        close(hypergeometric(3.0, 7.0, 13.0, 12.0), 0.198_658_410_732_714_17, 1e-13);
    }
}
