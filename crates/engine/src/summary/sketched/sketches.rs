//! What a pass over a long column gathers in little memory: different values, frequent values, ranks.

use std::hash::Hash;

use contract::profile::ErrorBounds;
use datasketches::common::NumStdDev;
use datasketches::frequencies::{ErrorType, FrequentItemsSketch};
use datasketches::hll::{HllSketch, HllType};
use polars::prelude::{InitHashMaps, PlHashMap};

use crate::Result;
use crate::failures::internal;

/// 2^16 registers: a relative standard error of 0.3 %.
const DISTINCT_BITS: u8 = 16;
/// Places of the sketch of frequent values; it misses none that makes up more than 0.006 % of the column.
const FREQUENT_PLACES: usize = 1 << 16;
/// So many of the most frequent values are counted exactly in a second pass.
const LEAST_CANDIDATES: usize = 64;

/// Both sketches hash with fixed seeds, so equal columns have equal figures.
pub(crate) struct Sketches<K> {
    distinct: HllSketch,
    frequent: FrequentItemsSketch<K>,
}

impl<K: Clone + Eq + Hash> Sketches<K> {
    pub(crate) fn new() -> Result<Self> {
        let wrong = |error| internal(format!("A sketch has no such size: {error}"));
        let distinct = HllSketch::new(DISTINCT_BITS, HllType::Hll8).map_err(wrong)?;
        Ok(Self { distinct, frequent: FrequentItemsSketch::new(FREQUENT_PLACES).map_err(wrong)? })
    }

    pub(crate) fn add(&mut self, value: K) {
        self.distinct.update(&value);
        self.frequent.update(value);
    }

    /// As [`Sketches::add`], for a value that is copied only where it is kept.
    pub(crate) fn add_ref<Q>(&mut self, value: &Q)
    where
        K: std::borrow::Borrow<Q>,
        Q: Eq + Hash + ToOwned<Owned = K> + ?Sized,
    {
        self.distinct.update(value);
        self.frequent.update_ref(value);
    }

    /// About how many different values there are.
    pub(crate) fn distinct(&self) -> u64 {
        self.distinct.estimate().round() as u64
    }

    /// How far the figures may be off.
    pub(crate) fn bounds(&self, rank: Option<f64>) -> ErrorBounds {
        let estimate = self.distinct.estimate().max(1.0);
        let above = self.distinct.upper_bound(NumStdDev::Three) - estimate;
        let below = estimate - self.distinct.lower_bound(NumStdDev::Three);
        ErrorBounds { rank, distinct: above.max(below) / estimate, top: self.frequent.maximum_error() }
    }

    /// The values that may be the most frequent ones, to be counted in a second pass. One that is not among them stands at
    /// most so many times more often than the rarest of the first `top` of them as the bound of `top` says.
    pub(crate) fn candidates(&self, top: usize) -> PlHashMap<K, u64> {
        let mut rows = self.frequent.frequent_items(ErrorType::NoFalseNegatives);
        rows.truncate(LEAST_CANDIDATES.max(2 * top));
        let mut counts = PlHashMap::new();
        counts.extend(rows.into_iter().map(|row| (row.item().clone(), 0)));
        counts
    }
}
