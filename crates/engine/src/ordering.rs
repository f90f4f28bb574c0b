//! Sorting floats and their row numbers by radix, and ranks of columns with gaps.

/// Bits of a digit.
const DIGIT: u32 = 11;

/// The bits of a float as an integer in the same order; −0.0 is 0.0.
pub(crate) fn signed_key(value: f64) -> i64 {
    turned((value + 0.0).to_bits() as i64)
}

/// The way back.
pub(crate) fn from_signed_key(key: i64) -> f64 {
    f64::from_bits(turned(key) as u64)
}

/// Negative floats have their bits the wrong way round, but for the sign.
fn turned(bits: i64) -> i64 {
    bits ^ (((bits >> 63) as u64) >> 1) as i64
}

/// The same without a sign.
fn order_key(value: f64) -> u64 {
    signed_key(value) as u64 ^ 1 << 63
}

fn from_key(key: u64) -> f64 {
    from_signed_key((key ^ 1 << 63) as i64)
}

/// The numbers in ascending order, without NaN; −0.0 becomes 0.0. Takes no memory besides that of the values.
pub(crate) fn sorted(values: Vec<f64>) -> Vec<f64> {
    let mut keys: Vec<u64> = values.into_iter().filter(|value| !value.is_nan()).map(order_key).collect();
    keys.sort_unstable();
    keys.into_iter().map(from_key).collect()
}

/// The rows of the numbers in ascending order of value, equal ones in order of row; NaN are left out.
///
/// The upper 32 bits of the range that the values span are sorted by radix, in as many passes as they need; the few
/// neighbours that agree in these are sorted by their whole value.
pub(crate) fn order(values: &[f64]) -> Vec<u32> {
    let keys = values.iter().filter(|value| !value.is_nan()).map(|value| order_key(*value));
    let (low, high) = keys.fold((u64::MAX, 0), |(low, high), key| (low.min(key), high.max(key)));
    if low >= high {
        return (0..values.len() as u32).filter(|row| !values[*row as usize].is_nan()).collect();
    }
    let bits = 64 - (high - low).leading_zeros();
    let shift = bits.saturating_sub(32);
    let mut entries: Vec<u64> = Vec::with_capacity(values.len());
    for (row, value) in values.iter().enumerate() {
        if !value.is_nan() {
            entries.push((((order_key(*value) - low) >> shift) << 32) | row as u64);
        }
    }
    radix_sort(&mut entries, 32, bits - shift);
    let mut rows: Vec<u32> = entries.iter().map(|entry| *entry as u32).collect();
    if shift > 0 {
        let mut start = 0;
        for group in entries.chunk_by(|left, right| left >> 32 == right >> 32) {
            let end = start + group.len();
            if group.len() > 1 {
                rows[start..end].sort_by_key(|row| order_key(values[*row as usize]));
            }
            start = end;
        }
    }
    rows
}

/// Sorts by the `bits` bits from bit `from` on; stable, so entries in order of their lower bits stay so.
pub(crate) fn radix_sort(entries: &mut Vec<u64>, from: u32, bits: u32) {
    if entries.len() < 256 {
        let mask = if from + bits >= 64 { u64::MAX << from } else { ((1 << bits) - 1) << from };
        entries.sort_by_key(|entry| entry & mask);
        return;
    }
    let passes = bits.div_ceil(DIGIT).max(1);
    let width = bits.div_ceil(passes);
    let mut other = vec![0_u64; entries.len()];
    for pass in 0..passes {
        let shift = from + pass * width;
        let mask = (1_u64 << width) - 1;
        let mut starts = vec![0_usize; 1 << width];
        for entry in entries.iter() {
            starts[((entry >> shift) & mask) as usize] += 1;
        }
        let mut sum = 0;
        for start in &mut starts {
            sum += std::mem::replace(start, sum);
        }
        for entry in entries.iter() {
            let start = &mut starts[((entry >> shift) & mask) as usize];
            other[*start] = *entry;
            *start += 1;
        }
        std::mem::swap(entries, &mut other);
    }
}

/// Replaces the numbers by their ranks from 1 on, equal ones by the mean of their ranks; NaN stay.
pub(crate) fn rank_in_place(values: &mut [f64]) {
    let order = order(values);
    rank_by(&order, values);
}

/// The same with the order of the rows known.
pub(crate) fn rank_by(order: &[u32], values: &mut [f64]) {
    let mut start = 0;
    while start < order.len() {
        let value = values[order[start] as usize];
        let mut end = start + 1;
        // Ranks are written before `start` in the order only, so what is compared behind is still a value.
        while end < order.len() && values[order[end] as usize] == value {
            end += 1;
        }
        let rank = (start + end + 1) as f64 / 2.0;
        order[start..end].iter().for_each(|row| values[*row as usize] = rank);
        start = end;
    }
}

/// The ranks of a column's numbers among the rows in which `other` holds a number too; NaN elsewhere.
pub(crate) fn rank_of_some(values: &[f64], order: &[u32], other: &[f64]) -> Vec<f64> {
    let some: Vec<u32> = order.iter().copied().filter(|row| !other[*row as usize].is_nan()).collect();
    let mut ranks = vec![f64::NAN; values.len()];
    some.iter().for_each(|row| ranks[*row as usize] = values[*row as usize]);
    rank_by(&some, &mut ranks);
    ranks
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn check(values: &[f64]) {
        let mut expected: Vec<u32> = (0..values.len() as u32).filter(|row| !values[*row as usize].is_nan()).collect();
        expected.sort_by(|left, right| {
            values[*left as usize].partial_cmp(&values[*right as usize]).unwrap_or(std::cmp::Ordering::Equal)
        });
        assert_eq!(order(values), expected);
    }

    proptest! {
        #[test]
        fn rows_in_order_of_value(
            near in proptest::collection::vec(-3_i32..3, 0..700),
            far in proptest::collection::vec(prop_oneof![any::<f64>(), Just(0.0), Just(-0.0), Just(f64::NAN)], 0..700),
        ) {
            check(&near.iter().map(|value| f64::from(*value)).collect::<Vec<_>>());
            check(&far);
            let numbers = sorted(far.clone());
            prop_assert!(numbers.is_sorted());
            prop_assert_eq!(numbers.len(), far.iter().filter(|value| !value.is_nan()).count());
        }
    }

    #[test]
    fn equal_values_share_the_mean_of_their_ranks() {
        let mut values = [3.0, 1.0, f64::NAN, 3.0, -5.0];
        rank_in_place(&mut values);
        assert_eq!((values[0], values[1], values[3], values[4]), (3.5, 2.0, 3.5, 1.0));
        assert!(values[2].is_nan());
    }
}
