//! Powers of two that bring values near 1: multiplying by one changes no digit, and squares then neither overflow nor vanish.

/// The power of two that brings a value of this size to about 1; 1 for 0.
pub(crate) fn power_near(size: f64) -> f64 {
    if size == 0.0 {
        return 1.0;
    }
    2.0_f64.powi((-size.log2().floor() as i32).clamp(-1000, 1000))
}

/// The same, but 1 where squares and fourth powers are safe anyway.
pub(crate) fn scale_for(size: f64) -> f64 {
    if (1e-60..=1e60).contains(&size) { 1.0 } else { power_near(size) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_scaled_is_near_one() {
        for size in [1e-308, 3e-100, 0.7, 5.0, 2e100, f64::MAX] {
            let scaled = size * power_near(size);
            assert!((1.0..2.0).contains(&scaled) || !(1e-300..1e300).contains(&size), "{size}: {scaled}");
            assert!((size * scale_for(size)).powi(4).is_normal(), "{size}");
        }
        assert_eq!((scale_for(0.0), power_near(0.0), scale_for(5.0)), (1.0, 1.0, 1.0));
    }
}
