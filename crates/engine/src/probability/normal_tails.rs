//! The logarithms of both tails of the normal distribution, quick and without loss far out (W. J. Cody 1969).

#![expect(clippy::excessive_precision, reason = "the digits stand as they were published")]

use std::f64::consts::{FRAC_1_SQRT_2, LN_2};

const INNER: [f64; 5] = [
    3.161_123_743_870_565_6e0,
    1.138_641_541_510_501_56e2,
    3.774_852_376_853_020_2e2,
    3.209_377_589_138_469_47e3,
    1.857_777_061_846_031_53e-1,
];
const INNER_BELOW: [f64; 4] =
    [2.360_129_095_234_412_09e1, 2.440_246_379_344_441_73e2, 1.282_616_526_077_372_28e3, 2.844_236_833_439_170_62e3];
const MIDDLE: [f64; 9] = [
    5.641_884_969_886_700_89e-1,
    8.883_149_794_388_375_94e0,
    6.611_919_063_714_162_95e1,
    2.986_351_381_974_001_31e2,
    8.819_522_212_417_690_9e2,
    1.712_047_612_634_070_58e3,
    2.051_078_377_826_071_47e3,
    1.230_339_354_797_997_25e3,
    2.153_115_354_744_038_46e-8,
];
const MIDDLE_BELOW: [f64; 8] = [
    1.574_492_611_070_983_47e1,
    1.176_939_508_913_124_99e2,
    5.371_811_018_620_098_58e2,
    1.621_389_574_566_690_19e3,
    3.290_799_235_733_459_63e3,
    4.362_619_090_143_247_16e3,
    3.439_367_674_143_721_64e3,
    1.230_339_354_803_749_42e3,
];
const OUTER: [f64; 6] = [
    3.053_266_349_612_323_44e-1,
    3.603_448_999_498_044_39e-1,
    1.257_817_261_112_292_46e-1,
    1.608_378_514_874_227_66e-2,
    6.587_491_615_298_378_03e-4,
    1.631_538_713_730_209_78e-2,
];
const OUTER_BELOW: [f64; 5] = [
    2.568_520_192_289_822_42e0,
    1.872_952_849_923_460_47e0,
    5.279_051_029_514_284_12e-1,
    6.051_834_131_244_131_91e-2,
    2.335_204_976_268_691_85e-3,
];
const INVERSE_SQRT_PI: f64 = 5.641_895_835_477_562_87e-1;

/// ln P(Z ≤ z) and ln P(Z > z).
pub(crate) fn ln_tails(z: f64) -> (f64, f64) {
    let y = z.abs() * FRAC_1_SQRT_2;
    let (ln_small, small) = if y <= 0.46875 {
        let square = y * y;
        let above = INNER[..3].iter().fold(INNER[4] * square, |sum, c| (sum + c) * square) + INNER[3];
        let below = INNER_BELOW[..3].iter().fold(square, |sum, c| (sum + c) * square) + INNER_BELOW[3];
        let small = 0.5 - 0.5 * y * above / below;
        (small.ln(), small)
    } else {
        let ln_small = -y * y + scaled(y).ln() - LN_2;
        (ln_small, ln_small.exp())
    };
    let ln_large = (-small).ln_1p();
    if z > 0.0 { (ln_large, ln_small) } else { (ln_small, ln_large) }
}

/// erfc(y) · exp(y²) for y above 0.46875.
fn scaled(y: f64) -> f64 {
    if y <= 4.0 {
        let above = MIDDLE[..7].iter().fold(MIDDLE[8] * y, |sum, c| (sum + c) * y) + MIDDLE[7];
        let below = MIDDLE_BELOW[..7].iter().fold(y, |sum, c| (sum + c) * y) + MIDDLE_BELOW[7];
        return above / below;
    }
    let square = 1.0 / (y * y);
    let above = OUTER[..4].iter().fold(OUTER[5] * square, |sum, c| (sum + c) * square) + OUTER[4];
    let below = OUTER_BELOW[..4].iter().fold(square, |sum, c| (sum + c) * square) + OUTER_BELOW[4];
    (INVERSE_SQRT_PI - square * above / below) / y
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::probability::normal_upper;

    #[test]
    fn both_tails_agree_with_the_incomplete_gamma_function() {
        for step in -300..300 {
            let z = f64::from(step) / 8.0;
            let (lower, upper) = ln_tails(z);
            for (found, expected) in [(lower, normal_upper(-z).ln()), (upper, normal_upper(z).ln())] {
                assert!((found - expected).abs() <= 4e-13 * expected.abs().max(1e-3), "{z}: {found} and {expected}");
            }
        }
        // mpmath: log(erfc(100 / sqrt(2)) / 2)
        assert!((ln_tails(100.0).1 + 5_005.524_208_694_205).abs() < 1e-9);
    }
}
