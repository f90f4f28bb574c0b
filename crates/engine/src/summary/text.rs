//! Summaries of text columns.

use std::collections::BTreeMap;

use contract::columns::Scalar;
use contract::profile::{PersonalData, TextSummary, TopValue};
use polars::prelude::{InitHashMaps, PlHashMap, StringChunked};

use super::extended::entropy;
use super::patterns::Patterns;
use super::personal::kind_of;
use super::top::most_frequent;
use super::{Options, Summary};
use crate::scalars::short_text;

/// The summary of a text column. Each distinct text is looked at once; the order of the map reaches no figure.
pub(crate) fn texts(column: &StringChunked, options: &Options) -> Summary {
    let mut counts: PlHashMap<&str, u64> = PlHashMap::new();
    for text in column.iter().flatten() {
        *counts.entry(text).or_insert(0) += 1;
    }
    let mut lengths: BTreeMap<u64, u64> = BTreeMap::new();
    let (mut shortest, mut longest, mut total, mut cells) = (u64::MAX, 0, 0_u64, 0_u64);
    let mut patterns = Patterns::new();
    let mut personal = PersonalData::ALL.map(|kind| (kind, 0_u64));
    let mut padded = 0;
    for (text, count) in &counts {
        if text.starts_with(char::is_whitespace) || text.ends_with(char::is_whitespace) {
            padded += count;
        }
        if options.profile {
            patterns.add(text, *count);
            let kind = kind_of(text);
            personal.iter_mut().filter(|(known, _)| Some(*known) == kind).for_each(|(_, seen)| *seen += count);
        }
        let length = text.chars().count() as u64;
        shortest = shortest.min(length);
        longest = longest.max(length);
        total += length * count;
        cells += count;
        *lengths.entry(length).or_insert(0_u64) += count;
    }
    let (median_length, std_length) = spread_of(&lengths, cells, total);
    // The order of the map reaches no figure: equal counts add the same to the entropy.
    let mut sizes: Vec<u64> = counts.values().copied().collect();
    sizes.sort_unstable();
    let pairs = || counts.iter().map(|(text, count)| (*text, *count));
    let top = most_frequent(pairs(), options.top.max(1));
    let mode = top.first().map(|(text, _)| short_text(text));
    let top = top.into_iter().take(options.top);
    Summary {
        distinct: counts.len() as u64,
        entropy: entropy(sizes.into_iter()),
        top: top.map(|(text, count)| TopValue { value: Scalar::String(short_text(text)), count }).collect(),
        text: Some(TextSummary {
            min_length: (cells > 0).then_some(shortest),
            max_length: (cells > 0).then_some(longest),
            mean_length: (cells > 0).then(|| total as f64 / cells as f64),
            median_length,
            std_length,
            empty: counts.get("").copied().unwrap_or(0),
            min: counts.keys().min().map(|text| short_text(text)),
            max: counts.keys().max().map(|text| short_text(text)),
            mode,
            padded,
            patterns: patterns.told(),
        }),
        personal: personal.to_vec(),
        ..Summary::default()
    }
}

/// Median and deviation of the lengths, of which each stands so often.
fn spread_of(lengths: &BTreeMap<u64, u64>, cells: u64, total: u64) -> (Option<f64>, Option<f64>) {
    if cells == 0 {
        return (None, None);
    }
    let at = |place: u64| {
        let mut seen = 0;
        lengths.iter().find(|(_, count)| {
            seen += **count;
            seen > place
        })
    };
    let median = at((cells - 1) / 2).zip(at(cells / 2)).map(|(low, high)| (low.0 + high.0) as f64 * 0.5);
    let mean = total as f64 / cells as f64;
    let squares: f64 = lengths.iter().map(|(length, count)| (*length as f64 - mean).powi(2) * *count as f64).sum();
    (median, (cells > 1).then(|| (squares / (cells - 1) as f64).sqrt()))
}
