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
    of_counts(counts.iter().map(|(text, count)| (*text, *count)), options)
}

/// The summary of a column in which each of these different texts stands so often.
pub(super) fn of_counts<'a>(counts: impl Iterator<Item = (&'a str, u64)> + Clone, options: &Options) -> Summary {
    let (mut figures, mut sizes) = (TextFigures::new(options), Vec::new());
    for (text, count) in counts.clone() {
        figures.add(text, count);
        sizes.push(count);
    }
    // Equal counts add the same to the entropy, in whatever order the texts came.
    sizes.sort_unstable();
    let top = most_frequent(counts, options.top.max(1));
    let (distinct, entropy) = (sizes.len() as u64, entropy(sizes.into_iter()));
    Summary { distinct, entropy, ..figures.summary(&top, options) }
}

/// What each text of a column adds to, in any order.
pub(super) struct TextFigures {
    lengths: BTreeMap<u64, u64>,
    cells: u64,
    total: u64,
    empty: u64,
    padded: u64,
    extremes: Option<(String, String)>,
    patterns: Patterns,
    personal: [(PersonalData, u64); 4],
    profile: bool,
}

impl TextFigures {
    pub(super) fn new(options: &Options) -> Self {
        Self {
            lengths: BTreeMap::new(),
            cells: 0,
            total: 0,
            empty: 0,
            padded: 0,
            extremes: None,
            patterns: Patterns::new(),
            personal: PersonalData::ALL.map(|kind| (kind, 0_u64)),
            profile: options.profile,
        }
    }

    pub(super) fn add(&mut self, text: &str, count: u64) {
        if text.starts_with(char::is_whitespace) || text.ends_with(char::is_whitespace) {
            self.padded += count;
        }
        if self.profile {
            self.patterns.add(text, count);
            let kind = kind_of(text);
            self.personal.iter_mut().filter(|(known, _)| Some(*known) == kind).for_each(|(_, seen)| *seen += count);
        }
        let length = text.chars().count() as u64;
        self.total += length * count;
        self.cells += count;
        self.empty += if text.is_empty() { count } else { 0 };
        *self.lengths.entry(length).or_insert(0_u64) += count;
        match &mut self.extremes {
            None => self.extremes = Some((text.to_owned(), text.to_owned())),
            Some((min, _)) if text < min.as_str() => text.clone_into(min),
            Some((_, max)) if text > max.as_str() => text.clone_into(max),
            Some(_) => {}
        }
    }

    /// The summary without how many different texts there are; `top` holds one text at least, if there is any.
    pub(super) fn summary(self, top: &[(&str, u64)], options: &Options) -> Summary {
        let (median_length, std_length) = spread_of(&self.lengths, self.cells, self.total);
        let told = top.iter().take(options.top);
        Summary {
            top: told
                .map(|(text, count)| TopValue { value: Scalar::String(short_text(text)), count: *count })
                .collect(),
            text: Some(TextSummary {
                min_length: self.lengths.keys().next().copied(),
                max_length: self.lengths.keys().next_back().copied(),
                mean_length: (self.cells > 0).then(|| self.total as f64 / self.cells as f64),
                median_length,
                std_length,
                empty: self.empty,
                min: self.extremes.as_ref().map(|(min, _)| short_text(min)),
                max: self.extremes.as_ref().map(|(_, max)| short_text(max)),
                mode: top.first().map(|(text, _)| short_text(text)),
                padded: self.padded,
                patterns: self.patterns.told(),
            }),
            personal: self.personal.to_vec(),
            ..Summary::default()
        }
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
