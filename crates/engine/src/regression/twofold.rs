//! Numbers of about 32 digits as unevaluated sums of two floats (Dekker 1971), and what QR needs of a number.

/// What the decomposition needs of its numbers: floats for many rows, [`Twofold`] where digits are worth the time.
pub(crate) trait Number: Copy + Send + Sync {
    /// Columns whose rest is smaller than this share of them count as combinations of others.
    const NEGLIGIBLE: f64;
    fn of(value: f64) -> Self;
    fn float(self) -> f64;
    fn plus(self, other: Self) -> Self;
    fn minus(self, other: Self) -> Self;
    fn times(self, other: Self) -> Self;
    fn over(self, other: Self) -> Self;
    fn root(self) -> Self;
}

impl Number for f64 {
    const NEGLIGIBLE: f64 = 1e-11;

    fn of(value: f64) -> Self {
        value
    }

    fn float(self) -> f64 {
        self
    }

    #[inline]
    fn plus(self, other: Self) -> Self {
        self + other
    }

    #[inline]
    fn minus(self, other: Self) -> Self {
        self - other
    }

    #[inline]
    fn times(self, other: Self) -> Self {
        self * other
    }

    fn over(self, other: Self) -> Self {
        self / other
    }

    fn root(self) -> Self {
        self.sqrt()
    }
}

/// `high + low`, with `low` below half a unit in the last place of `high`.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Twofold {
    high: f64,
    low: f64,
}

impl Number for Twofold {
    // Data are floats: a column that is a multiple of another up to their rounding is no column of its own.
    const NEGLIGIBLE: f64 = 1e-14;

    fn of(value: f64) -> Self {
        Self { high: value, low: 0.0 }
    }

    fn float(self) -> f64 {
        self.high + self.low
    }

    #[inline]
    fn plus(self, other: Self) -> Self {
        let (sum, error) = two_sum(self.high, other.high);
        let (low, low_error) = two_sum(self.low, other.low);
        let (sum, error) = quick_sum(sum, error + low);
        let (high, low) = quick_sum(sum, error + low_error);
        Self { high, low }
    }

    #[inline]
    fn minus(self, other: Self) -> Self {
        self.plus(Self { high: -other.high, low: -other.low })
    }

    #[inline]
    fn times(self, other: Self) -> Self {
        let (product, error) = two_product(self.high, other.high);
        let (high, low) = quick_sum(product, error + (self.high * other.low + self.low * other.high));
        Self { high, low }
    }

    fn over(self, other: Self) -> Self {
        let first = self.high / other.high;
        let rest = self.minus(other.times(Self::of(first)));
        let second = rest.high / other.high;
        let rest = rest.minus(other.times(Self::of(second)));
        let third = rest.high / other.high;
        let (high, low) = quick_sum(first, second);
        Self { high, low }.plus(Self::of(third))
    }

    fn root(self) -> Self {
        if self.high <= 0.0 {
            return Self::default();
        }
        let near = Self::of(self.high.sqrt());
        // One step of Newton's method doubles the digits.
        near.plus(self.minus(near.times(near)).over(near.plus(near)))
    }
}

#[inline]
fn two_sum(left: f64, right: f64) -> (f64, f64) {
    let sum = left + right;
    let shadow = sum - left;
    (sum, (left - (sum - shadow)) + (right - shadow))
}

/// For |left| ≥ |right|.
#[inline]
fn quick_sum(left: f64, right: f64) -> (f64, f64) {
    let sum = left + right;
    (sum, right - (sum - left))
}

#[inline]
fn two_product(left: f64, right: f64) -> (f64, f64) {
    let product = left * right;
    let halves = |value: f64| {
        let shifted = 134_217_729.0 * value;
        let high = shifted - (shifted - value);
        (high, value - high)
    };
    let ((a, b), (c, d)) = (halves(left), halves(right));
    (product, ((a * c - product) + a * d + b * c) + b * d)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arithmetic_keeps_about_thirty_digits() {
        let third = Twofold::of(1.0).over(Twofold::of(3.0));
        let rest = third.times(Twofold::of(3.0)).minus(Twofold::of(1.0));
        assert!(rest.float().abs() < 1e-31, "{rest:?}");
        let two = Twofold::of(2.0).root();
        assert!(two.times(two).minus(Twofold::of(2.0)).float().abs() < 1e-30);
        let sum = Twofold::of(1e16).plus(Twofold::of(1e-16)).minus(Twofold::of(1e16));
        assert_eq!(sum.float(), 1e-16);
        assert_eq!(Twofold::of(0.0).root().float(), 0.0);
    }
}
