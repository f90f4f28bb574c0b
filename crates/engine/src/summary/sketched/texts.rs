//! Long columns of text.

use super::super::Options;
use super::super::text::{TextFigures, of_counts};
use super::super::top::most_frequent;
use super::sketches::Sketches;
use super::{Counted, Long, LongSummary};
use crate::Result;

/// What the texts may take that are counted exactly.
const COUNTED_BYTES: usize = 64 << 20;

pub(super) fn summary(column: &Long<'_>, options: &Options) -> Result<LongSummary> {
    let (mut counted, mut bytes, mut nulls) = (Counted::<String>::new(), 0, 0);
    let mut fits = true;
    column.groups(&mut |group| {
        nulls += group.null_count() as u64;
        for text in group.as_materialized_series().str()?.iter().flatten() {
            match counted.counts.get_mut(text) {
                Some(count) => *count += 1,
                None => {
                    bytes += text.len();
                    counted.add(text.to_owned());
                }
            }
        }
        fits = bytes <= COUNTED_BYTES && !counted.is_too_large();
        Ok(fits)
    })?;
    if fits {
        let summary = of_counts(counted.counts.iter().map(|(text, count)| (text.as_str(), *count)), options);
        return Ok(LongSummary { summary, nulls, bounds: None });
    }
    drop(counted);
    let (mut figures, mut sketches) = (TextFigures::new(options), Sketches::<String>::new()?);
    nulls = 0;
    column.groups(&mut |group| {
        nulls += group.null_count() as u64;
        for text in group.as_materialized_series().str()?.iter().flatten() {
            figures.add(text, 1);
            sketches.add_ref(text);
        }
        Ok(true)
    })?;
    let mut counts = sketches.candidates(options.top.max(1));
    column.groups(&mut |group| {
        for text in group.as_materialized_series().str()?.iter().flatten() {
            if let Some(count) = counts.get_mut(text) {
                *count += 1;
            }
        }
        Ok(true)
    })?;
    let top = most_frequent(counts.iter().map(|(text, count)| (text.as_str(), *count)), options.top.max(1));
    let mut summary = figures.summary(&top, options);
    summary.distinct = sketches.distinct();
    Ok(LongSummary { summary, nulls, bounds: Some(sketches.bounds(None)) })
}
