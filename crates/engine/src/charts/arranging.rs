//! The order of the values of a channel, and how many of them are shown.

use std::cmp::Ordering;

use contract::charts::{Encoding, MOST_FACETS, MOST_SERIES, Order};

use super::figures::{Crossed, figures};
use super::keys::{KeyKind, Keys, Use};
use super::reading::Source;
use crate::Result;

/// An axis of categories has at most so many, unless its `limit` says otherwise.
pub(super) const MOST_CATEGORIES: usize = 200;

/// How values beyond a limit are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Rest {
    /// Together as "Other": the figures of rows add up.
    Together,
    LeftOut,
}

/// What the values of a channel are ordered by and kept by.
pub(super) struct Arrangement<'a> {
    /// The figure for the orders `value` and `-value`; the count of rows unless given.
    pub(super) figure: Option<&'a Encoding>,
    pub(super) rest: Rest,
    /// How many values are shown where the encoding has no limit.
    pub(super) most: usize,
    /// The order where the encoding names none.
    pub(super) order: Order,
}

/// Puts values in the order of the encoding and keeps as many as it allows. Without a limit of its own, the values with
/// the largest figures are kept. Missing cells and "Other" stand last.
pub(super) fn arrange(source: &Source, keys: &mut Keys, encoding: &Encoding, how: &Arrangement) -> Result<()> {
    let count = keys.values.len();
    let given = encoding.limit.map(|limit| limit as usize);
    let most = given.unwrap_or(how.most);
    let order = match (encoding.sort, given) {
        (Some(order), _) => order,
        // "The ten largest" is what a limit without an order asks for.
        (None, Some(_)) if keys.is_category() => Order::ValueDescending,
        (None, _) => how.order,
    };
    let by_value = matches!(order, Order::Value | Order::ValueDescending);
    let is_cut = count > most;
    let values = match (by_value, is_cut) {
        (false, false) => Vec::new(),
        (false, true) if given.is_some() => Vec::new(),
        _ => {
            let groups = Crossed::of(source, &[keys]);
            let found = figures(source, how.figure, "/y/0", &groups)?;
            let mut values = vec![f64::NAN; count];
            found.into_iter().enumerate().for_each(|(group, value)| values[groups.place(group, 0)] = value);
            values
        }
    };
    let mut places: Vec<usize> = (0..count).collect();
    let is_last = |at: usize| keys.values[at].kind != KeyKind::Value;
    let first = if order == Order::Data { keys.first_rows() } else { Vec::new() };
    places.sort_by(|left, right| {
        let last = is_last(*left).cmp(&is_last(*right));
        last.then_with(|| match order {
            Order::Label => Ordering::Equal,
            Order::LabelDescending => right.cmp(left),
            Order::Value => compare(values[*left], values[*right]),
            Order::ValueDescending => descending(values[*left], values[*right]),
            Order::Data => first[*left].cmp(&first[*right]),
        })
    });
    if !is_cut {
        keys.reorder(&places, None);
        return Ok(());
    }
    let kept = match given {
        Some(_) => places[..most].to_vec(),
        None => {
            let mut largest = places.clone();
            largest.sort_by(|left, right| descending(values[*left], values[*right]));
            let mut is_kept = vec![false; count];
            largest[..most].iter().for_each(|at| is_kept[*at] = true);
            places.into_iter().filter(|at| is_kept[*at]).collect()
        }
    };
    let left_out = count - kept.len();
    keys.reorder(&kept, (how.rest == Rest::Together).then(Keys::other));
    let name = &keys.column.name;
    match how.rest {
        Rest::Together => source.note(format!("{left_out} other values of \"{name}\" stand together as \"Other\".")),
        Rest::LeftOut => source.note(format!("{left_out} other values of \"{name}\" are left out.")),
    }
    Ok(())
}

/// Values without a figure stand last.
fn compare(left: f64, right: f64) -> Ordering {
    match (left.is_nan(), right.is_nan()) {
        (false, false) => left.total_cmp(&right),
        (left, right) => left.cmp(&right),
    }
}

fn descending(left: f64, right: f64) -> Ordering {
    if left.is_nan() || right.is_nan() { compare(left, right) } else { compare(right, left) }
}

/// The values of the channel `color` as series.
pub(super) fn series<'a>(
    source: &'a Source,
    encoding: &Encoding,
    figure: Option<&Encoding>,
    rest: Rest,
) -> Result<Keys<'a>> {
    let mut keys = Keys::of(source, encoding, "/color", Use::Category)?;
    let how = Arrangement { figure, rest, most: MOST_SERIES, order: Order::Label };
    arrange(source, &mut keys, encoding, &how)?;
    Ok(keys)
}

/// The values of the channel `facet`, one small chart each.
pub(super) fn facets<'a>(source: &'a Source, figure: Option<&Encoding>) -> Result<Option<Keys<'a>>> {
    let Some(encoding) = &source.spec.facet else { return Ok(None) };
    let mut keys = Keys::of(source, encoding, "/facet", Use::Category)?;
    let limit = encoding.limit.map_or(MOST_FACETS, |limit| MOST_FACETS.min(limit as usize));
    let encoding = Encoding { limit: encoding.limit.map(|_| limit as u32), ..encoding.clone() };
    let how = Arrangement { figure, rest: Rest::LeftOut, most: MOST_FACETS, order: Order::Label };
    arrange(source, &mut keys, &encoding, &how)?;
    Ok(Some(keys))
}

/// The values of the axis of categories `x`.
pub(super) fn axis<'a>(
    source: &'a Source,
    encoding: &Encoding,
    figure: Option<&Encoding>,
    (rest, most): (Rest, usize),
) -> Result<Keys<'a>> {
    let mut keys = Keys::of(source, encoding, "/x", Use::Category)?;
    // Periods and classes stand at their places until somebody wants another order.
    keys.stands_by_order = encoding.sort.is_some() || encoding.limit.is_some();
    if !keys.is_category() {
        return Ok(keys);
    }
    arrange(source, &mut keys, encoding, &Arrangement { figure, rest, most, order: Order::Label })?;
    Ok(keys)
}
