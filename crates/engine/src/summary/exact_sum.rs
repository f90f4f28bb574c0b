//! Sums of floats that carry their own rounding error (Knuth's two-sum, Dekker's product).

/// An unevaluated sum `high + low` of about twice the precision of a float.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct ExactSum {
    high: f64,
    low: f64,
}

impl ExactSum {
    #[inline]
    pub(crate) fn add(&mut self, value: f64) {
        let sum = self.high + value;
        let shadow = sum - self.high;
        self.low += (self.high - (sum - shadow)) + (value - shadow);
        self.high = sum;
    }

    /// Adds `value · times` without rounding the product. `value` must be below 2^990 in size.
    #[inline]
    pub(crate) fn add_times(&mut self, value: f64, times: u64) {
        if times == 1 {
            return self.add(value);
        }
        let (product, error) = product(value, times as f64);
        self.add(product);
        self.low += error;
    }

    pub(crate) fn value(self) -> f64 {
        self.high + self.low
    }

    /// The quotient by `divisor`, as a float and the rest that the float leaves.
    pub(crate) fn divided(self, divisor: f64) -> (f64, f64) {
        let quotient = self.value() / divisor;
        let (product, error) = product(quotient, divisor);
        (quotient, ((self.high - product) - error + self.low) / divisor)
    }
}

/// The product and its rounding error.
fn product(left: f64, right: f64) -> (f64, f64) {
    let product = left * right;
    let (left_high, left_low) = halves(left);
    let (right_high, right_low) = halves(right);
    let error =
        ((left_high * right_high - product) + left_high * right_low + left_low * right_high) + left_low * right_low;
    (product, error)
}

/// A float as the sum of two with half the digits each (Veltkamp).
fn halves(value: f64) -> (f64, f64) {
    let shifted = 134_217_729.0 * value;
    let high = shifted - (shifted - value);
    (high, value - high)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_addends_beside_a_large_one_are_not_lost() {
        let mut sum = ExactSum::default();
        sum.add(1e16);
        (0..1000).for_each(|_| sum.add(0.1));
        sum.add(-1e16);
        assert!((sum.value() - 100.0).abs() < 1e-11, "{}", sum.value());
    }

    #[test]
    fn products_are_exact() {
        let mut sum = ExactSum::default();
        sum.add_times(0.1, 3);
        sum.add(-0.1);
        sum.add(-0.1);
        sum.add(-0.1);
        assert_eq!(sum.value(), 0.0);
    }
}
