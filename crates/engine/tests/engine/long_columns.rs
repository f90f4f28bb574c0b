//! Profiles of columns that are longer than what is computed exactly: what stays exact, and that the stated bounds hold.

use contract::columns::{ColumnType, Scalar};
use contract::limits::IngestLimits;
use contract::profile::{ColumnSummary, Profile};

use crate::support::ingest_file_within;

const ROWS: u64 = 150_000;

/// Numbers that repeat never, seldom and often, with gaps; the same rows whatever the limit.
fn table() -> String {
    let mut text = String::from("id,float,skewed,day,at,word,exact,few,ok\n");
    let mut state = 0x2545_F491_4F6C_DD1D_u64;
    let mut random = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state
    };
    for row in 0..ROWS {
        let float = if row % 50 == 7 { String::new() } else { format!("{:e}", (random() as f64 / 1e18) - 9.0) };
        let skewed = 1 + ROWS / (1 + random() % ROWS);
        let day = format!("20{:02}-{:02}-{:02}", random() % 30, 1 + random() % 12, 1 + random() % 28);
        let at =
            format!("{day}T{:02}:{:02}:{:02}.{:06}", random() % 24, random() % 60, random() % 60, random() % 1_000_000);
        let word = if random() % 30 == 0 { "often".to_owned() } else { format!("word {}", random() % (40 * ROWS)) };
        let exact = format!("{}.{:020}", random() % 1000, random());
        let ok = random() % 3 == 0;
        text.push_str(&format!("{},{float},{skewed},{day},{at},{word},{exact},{},{ok}\n", row * 7, random() % 9));
    }
    text
}

fn profile(text: &str, exact_rows: u64) -> Profile {
    let source = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(source.path(), text).unwrap();
    let limits = IngestLimits { exact_rows, ..IngestLimits::default() };
    ingest_file_within(source.path(), &limits).unwrap_or_else(|failure| panic!("{failure:?}")).outcome.profile
}

/// The share at which the exact column, of which some quantiles are known, has this value.
fn share(exact: &ColumnSummary, value: f64) -> f64 {
    let points = &exact.numeric.as_ref().unwrap().percentiles;
    let at = |i: usize| (points[i].percentile / 100.0, points[i].value.unwrap());
    let after = (0..points.len()).find(|i| at(*i).1 >= value).unwrap_or(points.len() - 1).max(1);
    let ((from, low), (to, high)) = (at(after - 1), at(after));
    from + (to - from) * ((value - low) / (high - low).max(f64::MIN_POSITIVE)).clamp(0.0, 1.0)
}

#[test]
fn sketches_keep_their_bounds_and_the_rest_is_exact() {
    let text = table();
    let (exact, about) = (profile(&text, ROWS), profile(&text, 1000));
    assert_eq!(about, profile(&text, 1000), "equal tables have equal figures");
    for (exact, about) in exact.columns.iter().zip(&about.columns) {
        let name = &exact.name;
        assert!(!exact.approximate && exact.error_bounds.is_none());
        assert_eq!(
            (exact.count, exact.nulls, exact.column_type),
            (about.count, about.nulls, about.column_type),
            "{name}"
        );
        if matches!(name.as_str(), "few" | "ok" | "day" | "skewed") {
            assert_eq!(exact, about, "few different values are counted");
            continue;
        }
        assert!(about.approximate, "{name}");
        let bounds = about.error_bounds.as_ref().unwrap();
        assert!(bounds.distinct < 0.02, "{name}: {bounds:?}");
        let off = (about.distinct as f64 - exact.distinct as f64).abs() / exact.distinct as f64;
        assert!(off <= bounds.distinct, "{name}: {} instead of {}", about.distinct, exact.distinct);
        if name == "word" {
            assert_eq!(exact.top[0], about.top[0]);
        }
        let last = about.top.last().map_or(0, |last| last.count);
        for top in &exact.top {
            let told = about.top.iter().find(|other| other.value == top.value);
            assert!(told.is_none_or(|told| told.count == top.count), "{name}: {told:?} instead of {top:?}");
            assert!(told.is_some() || top.count <= last + bounds.top, "{name}: {top:?} is missing");
        }
        assert_eq!(
            exact.text.as_ref().map(|text| (&text.min, &text.max, text.mean_length, text.padded, text.empty)),
            about.text.as_ref().map(|text| (&text.min, &text.max, text.mean_length, text.padded, text.empty)),
            "{name}"
        );
        if let (Some(one), Some(other)) = (&exact.temporal, &about.temporal) {
            assert_eq!(
                (&one.min, &one.max, &one.mean, one.range_seconds),
                (&other.min, &other.max, &other.mean, other.range_seconds)
            );
            assert_eq!(bounds.rank.map(|rank| rank > 0.0 && rank < 0.005), Some(true));
        }
        check_numbers(exact, about, bounds.rank);
    }
}

fn check_numbers(exact: &ColumnSummary, about: &ColumnSummary, rank: Option<f64>) {
    let (Some(one), Some(other)) = (&exact.numeric, &about.numeric) else { return };
    let name = &exact.name;
    assert_eq!((&one.min, &one.max, &one.range), (&other.min, &other.max, &other.range), "{name}");
    assert_eq!((one.zeros, one.negatives, one.least_positive), (other.zeros, other.negatives, other.least_positive));
    if exact.column_type != ColumnType::Float {
        assert_eq!(one.sum, other.sum, "{name}");
    }
    let close = |one: Option<f64>, other: Option<f64>| match (one, other) {
        (Some(one), Some(other)) => (one - other).abs() <= 1e-9 * one.abs().max(1e-3),
        (one, other) => one == other,
    };
    for (one, other) in [
        (one.mean, other.mean),
        (one.std, other.std),
        (one.skewness, other.skewness),
        (one.kurtosis, other.kurtosis),
        (one.geometric_mean, other.geometric_mean),
        (one.harmonic_mean, other.harmonic_mean),
    ] {
        assert!(close(one, other), "{name}: {other:?} instead of {one:?}");
    }
    let rank = rank.unwrap();
    assert!(rank > 0.0 && rank < 0.005, "{name}: {rank}");
    for told in &other.percentiles {
        let found = share(exact, told.value.unwrap());
        let wanted = told.percentile / 100.0;
        // Between two known quantiles of a smooth column the share is known to a little more than the bound.
        assert!((found - wanted).abs() <= rank + 0.02, "{name}: {told:?} stands at {found}");
    }
    let histogram = about.histogram.as_ref().unwrap();
    assert_eq!(histogram.counts.iter().sum::<u64>(), about.count, "{name}");
}

#[test]
fn a_long_column_of_nothing_and_of_infinities_is_told() {
    let mut text = String::from("nothing,x\n");
    (0..5000).for_each(|row| {
        text.push_str(&format!(",{}\n", if row % 2 == 0 { "inf".to_owned() } else { row.to_string() }))
    });
    let (exact, about) = (profile(&text, 5000), profile(&text, 100));
    assert_eq!(exact, about);
    assert_eq!(about.columns[1].numeric.as_ref().unwrap().non_finite.positive_infinity, 2500);
    assert_eq!(about.columns[1].numeric.as_ref().unwrap().max, Scalar::from(4999.0));
}
