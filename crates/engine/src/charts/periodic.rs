//! Times by calendar period: which period suits a column, and the number of each row's.

use contract::granularity::Granularity;

use super::reading::Source;
use crate::calendar::MICROS_PER_SECOND;
use crate::periods::period_of;

/// A chart has about so many periods at most, unless its spec says which.
const MOST_PERIODS: u64 = 400;
/// Times within so many seconds are shown as they are.
const SHORT: i64 = 600;

/// The finest granularity with at most 400 periods, made coarser while fewer than half of them have a row. `None` where
/// the times are best shown as they are: within ten minutes, on an axis of positions.
pub(super) fn fitting(
    source: &Source,
    moments: &[i64],
    present: Option<&[bool]>,
    by_day: bool,
    is_position: bool,
) -> Option<Granularity> {
    let there = || {
        let rows = moments.iter().enumerate();
        let rows = rows.filter(|(row, _)| present.is_none_or(|present| present[*row]) && source.keeps(*row));
        rows.map(|(_, moment)| *moment)
    };
    let (low, high) = there().fold((i64::MAX, i64::MIN), |(low, high), moment| (low.min(moment), high.max(moment)));
    let finest = if by_day { Granularity::Day } else { Granularity::Minute };
    if low > high {
        return Some(Granularity::Day);
    }
    if !by_day && is_position && high.saturating_sub(low) <= SHORT * MICROS_PER_SECOND {
        return None;
    }
    let candidates = Granularity::ALL.into_iter().filter(|every| *every >= finest);
    let mut last = Granularity::Year;
    for every in candidates {
        let first = period_of(low, every);
        let count = period_of(high, every).abs_diff(first).saturating_add(1);
        if count > MOST_PERIODS && every != Granularity::Year {
            continue;
        }
        last = every;
        if every == Granularity::Year {
            break;
        }
        let mut seen = vec![false; count as usize];
        there().for_each(|moment| seen[period_of(moment, every).abs_diff(first) as usize] = true);
        if seen.iter().filter(|seen| **seen).count() as u64 * 2 >= count {
            break;
        }
    }
    Some(last)
}

/// Replaces times by the numbers of their periods.
pub(super) fn periods(moments: &mut [i64], every: Granularity) {
    // Rows of one day follow one another more often than not, and a day is turned into a month by some arithmetic.
    let mut last = (i64::MIN, 0);
    for moment in moments {
        if last.0 != *moment {
            last = (*moment, period_of(*moment, every));
        }
        *moment = last.1;
    }
}
