//! Summaries of text columns.

use contract::columns::Scalar;
use contract::profile::{TextSummary, TopValue};
use polars::prelude::{InitHashMaps, PlHashMap, StringChunked};

use super::top::most_frequent;
use super::{Options, Summary};
use crate::scalars::short_text;

/// The summary of a text column. Each distinct text is looked at once; the order of the map reaches no figure.
pub(crate) fn texts(column: &StringChunked, options: &Options) -> Summary {
    let mut counts: PlHashMap<&str, u64> = PlHashMap::new();
    for text in column.iter().flatten() {
        *counts.entry(text).or_insert(0) += 1;
    }
    let (mut shortest, mut longest, mut total, mut cells) = (u64::MAX, 0, 0_u64, 0_u64);
    for (text, count) in &counts {
        let length = text.chars().count() as u64;
        shortest = shortest.min(length);
        longest = longest.max(length);
        total += length * count;
        cells += count;
    }
    let pairs = || counts.iter().map(|(text, count)| (*text, *count));
    let top = most_frequent(pairs(), options.top.max(1));
    let mode = top.first().map(|(text, _)| short_text(text));
    let top = top.into_iter().take(options.top);
    Summary {
        distinct: counts.len() as u64,
        top: top.map(|(text, count)| TopValue { value: Scalar::String(short_text(text)), count }).collect(),
        text: Some(TextSummary {
            min_length: (cells > 0).then_some(shortest),
            max_length: (cells > 0).then_some(longest),
            mean_length: (cells > 0).then(|| total as f64 / cells as f64),
            empty: counts.get("").copied().unwrap_or(0),
            min: counts.keys().min().map(|text| short_text(text)),
            max: counts.keys().max().map(|text| short_text(text)),
            mode,
        }),
        ..Summary::default()
    }
}
