//! Classes of numbers: their edges, and which one a value lies in.

use contract::analyses::distribution::Bins;
use contract::charts::{Encoding, Scale};
use contract::columns::ColumnType;
use contract::errors::Failure;

use super::axes::{Span, nice_step};
use super::reading::refused;
use crate::Result;
use crate::analyses::distribution::shape::{self, Facts};
use crate::summary::{Interpolate, quantile_by_selection};

/// About so many classes at most, where nobody says how many.
const MOST_USUAL: f64 = 100.0;

/// The edges of classes of the finite numbers, as the analysis `distribution` finds them; none of nothing.
pub(super) fn edges(numbers: &[f64], bins: &Bins) -> Result<Vec<f64>> {
    if let Bins::Edges(edges) = bins {
        return Ok(edges.clone());
    }
    let mut values: Vec<f64> = numbers.iter().copied().filter(|value| value.is_finite()).collect();
    let Some((low, high)) = Span::of(&values).ends() else { return Ok(Vec::new()) };
    let n = values.len() as f64;
    let std = if *bins == Bins::Scott { deviation(&values) } else { f64::NAN };
    let needs_quartiles = *bins == Bins::FreedmanDiaconis;
    let quartiles = [0.25, 0.75].map(|share| {
        let found = needs_quartiles.then(|| quantile_by_selection(&mut values, share, f64::total_cmp, f64::between));
        found.flatten().unwrap_or(f64::NAN)
    });
    Ok(shape::edges(&Facts { low, high, n, std, quartiles }, bins)?.edges)
}

/// With n − 1.
fn deviation(values: &[f64]) -> f64 {
    let scale = crate::scaling::scale_for(values.iter().fold(0.0_f64, |size, value| size.max(value.abs())));
    let scaled: Vec<f64> = values.iter().map(|value| value * scale).collect();
    crate::compare::sample::Spread::of(&scaled).variance().sqrt() / scale
}

/// The failure of classes that cannot be made, with where they stand in the chart; `pointer` is that of their channel.
pub(super) fn at_channel(failure: Failure, pointer: &str) -> Failure {
    let advice = failure.advice.map_or_else(String::new, |advice| format!(" {advice}"));
    refused(&format!("{pointer}/bin"), format!("{}{advice}", failure.message))
}

/// The edges of an encoding. Without classes of its own: as wide as the rule of Freedman and Diaconis says, rounded to a
/// nice number, with edges at multiples of it, so that they can be read and no class holds more whole numbers than the
/// next. On a logarithmic axis classes are equally wide in powers of ten.
pub(super) fn edges_of(encoding: &Encoding, column_type: ColumnType, numbers: &[f64]) -> Result<Vec<f64>> {
    let rule = encoding.bin.clone().unwrap_or_default();
    if encoding.scale == Scale::Log && !matches!(rule, Bins::Width(_) | Bins::Edges(_)) {
        let logs: Vec<f64> = numbers.iter().map(|value| value.log10()).collect();
        let mut edges: Vec<f64> = edges(&logs, &rule)?.into_iter().map(|power| 10_f64.powf(power)).collect();
        // The powers of the outermost logarithms can miss the outermost values by their last digit.
        let ends = Span::of(numbers.iter().filter(|value| **value > 0.0)).ends();
        if let (Some((low, high)), Some(last)) = (ends, edges.len().checked_sub(1)) {
            edges[0] = edges[0].min(low);
            edges[last] = edges[last].max(high);
        }
        return Ok(edges);
    }
    let found = edges(numbers, &rule)?;
    let Some(width) = found.get(1).map(|second| second - found[0]).filter(|_| encoding.bin.is_none()) else {
        return Ok(found);
    };
    let (first, last) = (found[0], found.last().copied().unwrap_or(found[0]));
    let nice = nice_step(width.max((last - first) / MOST_USUAL), 1);
    let nice = if column_type == ColumnType::Integer { nice.round().max(1.0) } else { nice };
    // Far from 0 a nice width can be too small for a float; then the rule itself is taken.
    Ok(edges(numbers, &Bins::Width(nice))
        .ok()
        .filter(|edges| edges.len() < 1_000 && is_growing(edges))
        .unwrap_or(found))
}

fn is_growing(edges: &[f64]) -> bool {
    edges.iter().all(|edge| edge.is_finite()) && edges.windows(2).all(|pair| pair[0] < pair[1])
}

/// Finds the class of a value; the last class holds its upper edge.
pub(super) struct Classes<'a> {
    edges: &'a [f64],
    first: f64,
    inverse: f64,
}

impl<'a> Classes<'a> {
    pub(super) fn of(edges: &'a [f64]) -> Self {
        let (first, last) = (edges.first().copied().unwrap_or(0.0), edges.last().copied().unwrap_or(0.0));
        let inverse = edges.len().saturating_sub(1) as f64 / (last - first);
        Self { edges, first, inverse }
    }

    pub(super) fn of_value(&self, value: f64) -> Option<usize> {
        let classes = self.edges.len().checked_sub(1).filter(|classes| *classes > 0)?;
        if !(self.edges[0] <= value && value <= self.edges[classes]) {
            return None;
        }
        // Most edges are equally far apart, so the first guess is right or next to it.
        let guess = (((value - self.first) * self.inverse) as usize).min(classes - 1);
        let fits = |class: usize| self.edges[class] <= value && (value < self.edges[class + 1] || class + 1 == classes);
        if fits(guess) {
            return Some(guess);
        }
        Some(self.edges.partition_point(|edge| *edge <= value).saturating_sub(1).min(classes - 1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_value_is_in_its_class() {
        let edges: Vec<f64> = (0..=10).map(|i| f64::from(i) * 0.1).collect();
        let classes = Classes::of(&edges);
        for value in [0.0, 0.05, 0.1, 0.3, 0.7, 0.999, 1.0] {
            let class = classes.of_value(value).unwrap();
            assert!(edges[class] <= value && (value < edges[class + 1] || class == 9), "{value}: {class}");
        }
        assert_eq!([-0.1, 1.1, f64::NAN].map(|value| classes.of_value(value)), [None; 3]);
        assert_eq!(Classes::of(&[0.0, 1.0, 100.0]).of_value(50.0), Some(1));
        assert_eq!(Classes::of(&[]).of_value(1.0), None);
    }

    #[test]
    fn usual_classes_have_nice_edges() {
        let numbers: Vec<f64> = (0..1000).map(|i| f64::from(i % 101)).collect();
        let edges = edges_of(&Encoding::default(), ColumnType::Integer, &numbers).unwrap();
        assert_eq!((edges[0], edges[1], *edges.last().unwrap()), (0.0, 10.0, 110.0));
        let log = Encoding { scale: Scale::Log, ..Encoding::default() };
        let edges = edges_of(&log, ColumnType::Float, &[1.0, 10.0, 100.0, 1000.0]).unwrap();
        assert!(edges[0] <= 1.0 && *edges.last().unwrap() >= 1000.0 && edges.len() > 2);
        let far = edges_of(&Encoding::default(), ColumnType::Float, &[1e300, -1e300, 0.0, 1.0]).unwrap();
        assert!(is_growing(&far));
    }
}
