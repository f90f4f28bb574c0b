//! The order of rows by several columns: stable, missing cells last unless told otherwise, NaN above every number.

use std::cmp::Ordering;

use contract::asks::rows::SortKey;
use polars::prelude::{Column, DataType, InitHashMaps, PlHashMap, PolarsResult, StringChunked};

/// Up to so many different texts are sorted by themselves first, and rows then by their ranks.
const MOST_RANKED: usize = 1 << 16;

/// Rows `kept` (all of them when there is no mask), sorted. Rows that are equal in all keys keep their order.
pub(crate) fn sorted(
    rows: usize,
    kept: Option<&[bool]>,
    keys: &[(&SortKey, &Column)],
    nulls_first: bool,
) -> PolarsResult<Vec<u32>> {
    let all = 0..u32::try_from(rows).unwrap_or(u32::MAX);
    let wanted = all.filter(|row| kept.is_none_or(|kept| kept.get(*row as usize).copied().unwrap_or(false)));
    let keys: Vec<Key> = keys.iter().map(|(key, column)| Key::of(key, column)).collect::<PolarsResult<_>>()?;
    let Some((first, rest)) = keys.split_first() else { return Ok(wanted.collect()) };
    let (mut present, mut missing) = (Vec::with_capacity(rows), Vec::new());
    for row in wanted {
        match first.is_null(row) {
            true => missing.push(row),
            false => present.push((first.prefix_of(row), row)),
        }
    }
    let by_rest = |left: u32, right: u32| {
        let unequal = rest.iter().map(|key| key.compare(left, right, nulls_first)).find(|order| order.is_ne());
        unequal.unwrap_or_else(|| left.cmp(&right))
    };
    // The row number is the last key, so the quicker unstable sort is stable too.
    if rest.is_empty() && matches!(first.exact, Exact::Prefix) {
        present.sort_unstable();
    } else {
        present.sort_unstable_by(|(left_prefix, left), (right_prefix, right)| {
            let by_first = left_prefix.cmp(right_prefix).then_with(|| first.compare_exactly(*left, *right));
            by_first.then_with(|| by_rest(*left, *right))
        });
    }
    missing.sort_unstable_by(|left, right| by_rest(*left, *right));
    let present = present.into_iter().map(|(_, row)| row);
    Ok(match nulls_first {
        true => missing.into_iter().chain(present).collect(),
        false => present.chain(missing).collect(),
    })
}

/// One column to sort by. Most pairs of values are told apart by eight bytes; the rest are compared in full.
struct Key {
    /// In the order of the values.
    prefixes: Vec<u64>,
    nulls: Option<Vec<bool>>,
    exact: Exact,
    descending: bool,
}

/// What a prefix may not tell.
enum Exact {
    Prefix,
    Text(StringChunked),
    Decimal(Vec<i128>),
}

impl Key {
    fn of(key: &SortKey, column: &Column) -> PolarsResult<Self> {
        let series = column.as_materialized_series().rechunk();
        let nulls = (series.null_count() > 0).then(|| series.is_null().iter().map(|null| null == Some(true)).collect());
        let mut exact = Exact::Prefix;
        let prefixes: Vec<u64> = match series.dtype() {
            DataType::Int64 => series.i64()?.iter().map(of_integer).collect(),
            DataType::Float64 => series.f64()?.iter().map(of_float).collect(),
            DataType::Boolean => series.bool()?.iter().map(|value| u64::from(value == Some(true))).collect(),
            DataType::Date => series.date()?.physical().iter().map(|days| of_integer(days.map(i64::from))).collect(),
            DataType::Datetime(_, _) => series.datetime()?.physical().iter().map(of_integer).collect(),
            DataType::Time => series.time()?.physical().iter().map(of_integer).collect(),
            DataType::Decimal(_, _) => {
                let values: Vec<i128> = series.decimal()?.physical().iter().map(Option::unwrap_or_default).collect();
                let prefixes = values.iter().map(|value| of_integer(Some((value >> 64) as i64))).collect();
                exact = Exact::Decimal(values);
                prefixes
            }
            _ => {
                let texts = series.str()?.clone();
                ranks(&texts).unwrap_or_else(|| {
                    let common = common_beginning(&texts);
                    let prefixes = texts.iter().map(|text| of_text(text, common)).collect();
                    exact = Exact::Text(texts);
                    prefixes
                })
            }
        };
        Ok(Self { prefixes, nulls, exact, descending: key.descending })
    }

    fn is_null(&self, row: u32) -> bool {
        self.nulls.as_ref().is_some_and(|nulls| nulls.get(row as usize).copied().unwrap_or(false))
    }

    /// Ascending, whatever the direction of the key.
    fn prefix_of(&self, row: u32) -> u64 {
        let prefix = self.prefixes.get(row as usize).copied().unwrap_or_default();
        if self.descending { !prefix } else { prefix }
    }

    /// For two values of one prefix.
    fn compare_exactly(&self, left: u32, right: u32) -> Ordering {
        let (left, right) = (left as usize, right as usize);
        let order = match &self.exact {
            Exact::Prefix => Ordering::Equal,
            Exact::Text(texts) => texts.get(left).cmp(&texts.get(right)),
            Exact::Decimal(values) => values.get(left).cmp(&values.get(right)),
        };
        if self.descending { order.reverse() } else { order }
    }

    fn compare(&self, left: u32, right: u32, nulls_first: bool) -> Ordering {
        match (self.is_null(left), self.is_null(right)) {
            (true, true) => Ordering::Equal,
            (true, false) if nulls_first => Ordering::Less,
            (true, false) => Ordering::Greater,
            (false, true) if nulls_first => Ordering::Greater,
            (false, true) => Ordering::Less,
            (false, false) => {
                self.prefix_of(left).cmp(&self.prefix_of(right)).then_with(|| self.compare_exactly(left, right))
            }
        }
    }
}

/// Integers in the order of unsigned ones.
fn of_integer(value: Option<i64>) -> u64 {
    (value.unwrap_or_default() as u64) ^ (1 << 63)
}

/// Floats in the order of unsigned integers: −0 is 0, and every NaN is the one above infinity.
fn of_float(value: Option<f64>) -> u64 {
    let value = value.unwrap_or_default();
    if value.is_nan() {
        return u64::MAX;
    }
    let bits = (value + 0.0).to_bits();
    if bits >> 63 == 1 { !bits } else { bits | (1 << 63) }
}

/// The rank of each text among the different ones, where these are few.
fn ranks(texts: &StringChunked) -> Option<Vec<u64>> {
    let (mut codes, mut found) = (PlHashMap::new(), Vec::with_capacity(texts.len()));
    for text in texts.iter() {
        let next = codes.len();
        found.push(*codes.entry(text.unwrap_or_default()).or_insert(next));
        if codes.len() > MOST_RANKED {
            return None;
        }
    }
    let mut different: Vec<(&str, usize)> = codes.into_iter().collect();
    different.sort_unstable();
    let mut ranks = vec![0; different.len()];
    (0..).zip(different).for_each(|(rank, (_, code))| ranks[code] = rank);
    Some(found.into_iter().map(|code| ranks[code]).collect())
}

/// How many bytes all texts begin with alike.
fn common_beginning(texts: &StringChunked) -> usize {
    let mut present = texts.iter().flatten().map(str::as_bytes);
    let Some(first) = present.next() else { return 0 };
    present.fold(first.len(), |common, text| {
        first[..common].iter().zip(text).take_while(|(left, right)| left == right).count()
    })
}

/// The eight bytes of a text after those that all begin with.
fn of_text(text: Option<&str>, common: usize) -> u64 {
    let mut bytes = [0; 8];
    let text = text.and_then(|text| text.as_bytes().get(common..)).unwrap_or_default();
    let length = text.len().min(8);
    bytes[..length].copy_from_slice(&text[..length]);
    u64::from_be_bytes(bytes)
}

#[cfg(test)]
mod tests {
    use polars::prelude::{IntoColumn, NamedFrom, Series};

    use super::*;

    fn key(descending: bool) -> SortKey {
        SortKey { column: "a".to_owned(), descending }
    }

    fn order(series: &Series, descending: bool, nulls_first: bool) -> Vec<u32> {
        let column = series.clone().into_column();
        sorted(series.len(), None, &[(&key(descending), &column)], nulls_first).unwrap()
    }

    #[test]
    fn numbers_with_missing_ones_and_nan() {
        let floats =
            Series::new("a".into(), [Some(1.0), None, Some(f64::NAN), Some(-2.5), Some(f64::INFINITY), Some(-0.0)]);
        assert_eq!(order(&floats, false, false), [3, 5, 0, 4, 2, 1]);
        assert_eq!(order(&floats, true, false), [2, 4, 0, 5, 3, 1]);
        assert_eq!(order(&floats, true, true), [1, 2, 4, 0, 5, 3]);
        let integers = Series::new("a".into(), [i64::MIN, 5, i64::MAX, -1, 5]);
        assert_eq!(order(&integers, false, false), [0, 3, 1, 4, 2]);
        assert_eq!(order(&integers, true, false), [2, 1, 4, 3, 0]);
    }

    #[test]
    fn texts_beyond_their_first_eight_bytes() {
        let texts = Series::new(
            "a".into(),
            [Some("abcdefgh2"), Some("abcdefgh1"), None, Some(""), Some("abcdefgh"), Some("ä")],
        );
        assert_eq!(order(&texts, false, false), [3, 4, 1, 0, 5, 2]);
        assert_eq!(order(&texts, true, false), [5, 0, 1, 4, 3, 2]);
    }

    #[test]
    fn many_texts_that_begin_alike_are_sorted_like_few() {
        let texts: Vec<Option<String>> = (0..MOST_RANKED + 500)
            .map(|row| (row % 1000 != 7).then(|| format!("number {}", row * 7919 % 100_003)))
            .collect();
        let series = Series::new("a".into(), &texts);
        assert!(ranks(series.str().unwrap()).is_none());
        assert_eq!(common_beginning(series.str().unwrap()), 7);
        let present = |row: &u32| texts[*row as usize].as_ref();
        let mut expected: Vec<u32> = (0..texts.len() as u32).collect();
        expected.sort_by_key(|row| (present(row).is_none(), present(row)));
        assert_eq!(order(&series, false, false), expected);

        let few = Series::new("a".into(), texts.iter().take(5000).cloned().collect::<Vec<_>>());
        assert!(ranks(few.str().unwrap()).is_some());
        expected.retain(|row| *row < 5000);
        assert_eq!(order(&few, false, false), expected);
        expected.sort_by_key(|row| (present(row).is_none(), std::cmp::Reverse(present(row))));
        assert_eq!(order(&few, true, false), expected);
    }

    #[test]
    fn several_keys_and_a_mask() {
        let first = Series::new("a".into(), [Some("x"), None, Some("x"), Some("y"), None]).into_column();
        let second = Series::new("a".into(), [Some(2_i64), Some(1), None, Some(0), Some(3)]).into_column();
        let (up, down) = (key(false), key(true));
        let rows = sorted(5, None, &[(&up, &first), (&down, &second)], false).unwrap();
        assert_eq!(rows, [0, 2, 3, 4, 1]);
        let kept = [true, true, true, false, true];
        let rows = sorted(5, Some(&kept), &[(&down, &first), (&up, &second)], false).unwrap();
        assert_eq!(rows, [0, 2, 1, 4]);
        assert_eq!(sorted(5, Some(&kept), &[], false).unwrap(), [0, 1, 2, 4]);
    }
}
