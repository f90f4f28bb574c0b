//! The design matrix: an intercept, columns, their powers, and dummies of categories.

use super::twofold::Number;
use crate::compare::sample::{Spread, scale_for};

/// What a column of the design is made of.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Source {
    Ones,
    /// A power of the numbers at this position of `numbers`.
    Power(usize, u32),
    /// 1 where the code at this position of `categories` is this one, otherwise 0.
    Category(usize, u32),
}

/// Columns of equal length without gaps, and what stands in the model.
#[derive(Clone, Debug, Default)]
pub(crate) struct Design {
    pub(crate) rows: usize,
    /// Multiplied by a power of two, so that no square over- or underflows.
    numbers: Vec<Vec<f64>>,
    scales: Vec<f64>,
    categories: Vec<Vec<u32>>,
    pub(crate) terms: Vec<(String, Source)>,
    pub(crate) intercept: bool,
}

impl Design {
    pub(crate) fn new(rows: usize, intercept: bool) -> Self {
        let mut design = Self { rows, intercept, ..Self::default() };
        if intercept {
            design.terms.push(("(intercept)".to_owned(), Source::Ones));
        }
        design
    }

    /// Adds a column with its powers up to `highest`.
    pub(crate) fn add_numbers(&mut self, name: &str, values: Vec<f64>, highest: u32) {
        let position = self.numbers.len();
        let mut columns = [values];
        let scale = scale_for(&columns);
        if scale != 1.0 {
            columns.iter_mut().flatten().for_each(|value| *value *= scale);
        }
        self.numbers.extend(columns);
        self.scales.push(scale);
        for power in 1..=highest.max(1) {
            let term = if power == 1 { name.to_owned() } else { format!("{name}^{power}") };
            self.terms.push((term, Source::Power(position, power)));
        }
    }

    /// Adds a dummy for each of the labelled codes; the reference is the one that is not among them.
    pub(crate) fn add_categories(&mut self, name: &str, codes: Vec<u32>, labels: &[(u32, String)]) {
        let position = self.categories.len();
        self.categories.push(codes);
        for (code, label) in labels {
            self.terms.push((format!("{name}[{label}]"), Source::Category(position, *code)));
        }
    }

    pub(crate) fn width(&self) -> usize {
        self.terms.len()
    }

    pub(super) fn columns<T: Number>(&self) -> Vec<Vec<T>> {
        self.terms.iter().map(|(_, source)| self.column(source)).collect()
    }

    /// Powers are products of `T`s: a power rounded to a float is another number.
    fn column<T: Number>(&self, source: &Source) -> Vec<T> {
        match source {
            Source::Ones => vec![T::of(1.0); self.rows],
            Source::Power(position, power) => {
                let raised = |value: &f64| (1..*power).fold(T::of(*value), |product, _| product.times(T::of(*value)));
                self.numbers[*position].iter().map(raised).collect()
            }
            Source::Category(position, wanted) => {
                self.categories[*position].iter().map(|code| T::of(f64::from(u8::from(code == wanted)))).collect()
            }
        }
    }

    /// What an estimate of the scaled column is to be multiplied by.
    pub(crate) fn unit(&self, term: usize) -> f64 {
        match self.terms[term].1 {
            Source::Power(position, power) => self.scales[position].powi(power as i32),
            _ => 1.0,
        }
    }

    /// Σ (x − mean)² of a scaled column.
    pub(crate) fn centred_squares(&self, term: usize) -> f64 {
        Spread::of(&self.column::<f64>(&self.terms[term].1)).squares
    }
}
