//! One figure for each value of `x`: what pies, funnels and waterfalls are made of.

use contract::charts::{Encoding, Order};
use contract::columns::{Column, ColumnType, Scalar};

use super::arranging::{Arrangement, Rest, arrange, facets};
use super::figures::{self, Crossed};
use super::keys::{Keys, Use};
use super::numbers::NumberFormat;
use super::reading::{Source, refused};
use super::words;
use crate::Result;
use crate::failures::internal;

pub(super) struct Parts<'a> {
    pub(super) source: &'a Source<'a>,
    pub(super) keys: Keys<'a>,
    pub(super) facets: Option<Keys<'a>>,
    /// By panel and key; NaN where there is none.
    pub(super) values: Vec<Vec<f64>>,
    pub(super) format: NumberFormat,
    /// The name of the figure.
    pub(super) title: String,
    along: String,
    figure: Option<&'a Encoding>,
}

/// How many parts there are, and in which order they stand unless the spec says so.
pub(super) struct Wanted {
    pub(super) most: usize,
    /// Of categories; periods and classes stand in their own order where `by_size` is not set.
    pub(super) order: Order,
    /// Whether periods and classes are put in that order, too.
    pub(super) by_size: bool,
    /// Whether the parts beyond are one part together where they can be added up.
    pub(super) with_rest: bool,
}

impl<'a> Parts<'a> {
    pub(super) fn of(source: &'a Source<'a>, wanted: &Wanted) -> Result<Self> {
        let spec = source.spec;
        let encoding = spec.x.as_ref().ok_or_else(|| internal("A chart has no `x`."))?;
        let figure = spec.y.first();
        let rest = match wanted.with_rest && figures::adds_up(source, figure)? {
            true => Rest::Together,
            false => Rest::LeftOut,
        };
        let mut keys = Keys::of(source, encoding, "/x", Use::Category)?;
        let order = if keys.is_category() || wanted.by_size { wanted.order } else { Order::Label };
        arrange(source, &mut keys, encoding, &Arrangement { figure, rest, most: wanted.most, order })?;
        let facets = facets(source, figure)?;
        let mut values =
            vec![vec![f64::NAN; keys.values.len()]; facets.as_ref().map_or(1, |keys| keys.values.len().max(1))];
        let channels: Vec<&Keys> = facets.iter().chain([&keys]).collect();
        let groups = Crossed::of(source, &channels);
        for (group, value) in figures::figures(source, figure, "/y/0", &groups)?.into_iter().enumerate() {
            let panel = if facets.is_some() { groups.place(group, 0) } else { 0 };
            values[panel][groups.place(group, channels.len() - 1)] = value;
        }
        let (format, title) = (figures::format(source, figure)?, figures::title(source, figure)?);
        let along = words::along(&keys, encoding.title.as_ref());
        Ok(Self { source, keys, facets, values, format, title, along, figure })
    }

    /// "Sum of revenue by country".
    pub(super) fn what(&self) -> String {
        format!("{} by {}", self.title, self.along)
    }

    /// Whether the figures are parts of a whole.
    pub(super) fn add_up(&self) -> Result<bool> {
        figures::adds_up(self.source, self.figure)
    }

    /// Parts of a whole are not negative; `kind` is the noun of the chart.
    pub(super) fn refuse_negative(&self, kind: &str) -> Result<()> {
        let all = self.values.iter().flat_map(|values| values.iter().enumerate());
        let Some((at, value)) = all.into_iter().find(|(_, value)| **value < 0.0) else { return Ok(()) };
        let (label, value) = (self.keys.label(at), self.format.full(*value));
        Err(refused(
            "/y",
            format!(
                "The figure of \"{label}\" is {value}: {kind} has no negative parts. Filter them out, or draw bars."
            ),
        ))
    }

    /// The places of the keys of a panel that have a figure, in order.
    pub(super) fn present(&self, panel: usize) -> Vec<usize> {
        (0..self.keys.values.len()).filter(|at| !self.values[panel][*at].is_nan()).collect()
    }

    /// Says how many keys have no figure at all.
    pub(super) fn note_empty(&self) {
        let is_empty = |at: &usize| self.values.iter().all(|values| values[*at].is_nan());
        let count = (0..self.keys.values.len()).filter(is_empty).count();
        if count > 0 {
            let name = &self.keys.column.name;
            let said = if count == 1 { "1 value" } else { &format!("{count} values") };
            let verb = if count == 1 { "has no figure and is" } else { "have no figure and are" };
            self.source.note(format!("{said} of \"{name}\" {verb} left out."));
        }
    }

    /// The columns of panel, key and figure.
    pub(super) fn columns(&self) -> Result<Vec<Column>> {
        let mut columns: Vec<Column> = self.facets.iter().map(Keys::table_column).collect();
        columns.push(self.keys.table_column());
        columns.push(figures::table_column(self.source, self.figure)?);
        Ok(columns)
    }

    /// The cells of a row in these columns.
    pub(super) fn cells(&self, panel: usize, at: usize, column: &Column) -> Vec<Scalar> {
        let mut cells: Vec<Scalar> = self.facets.iter().map(|facets| facets.scalar(panel)).collect();
        cells.push(self.keys.scalar(at));
        cells.push(figures::cell(self.values[panel][at], column));
        cells
    }
}

/// The parts of the sum of sizes that are not negative, also where the sum is beyond a float; none of nothing.
pub(super) fn shares(sizes: &[f64]) -> Vec<f64> {
    let largest = sizes.iter().copied().fold(0.0, f64::max);
    if !(largest > 0.0 && largest.is_finite()) {
        return vec![0.0; sizes.len()];
    }
    // Divided by their count, numbers near the end of the range add up to one that is within.
    let unit = largest * sizes.len() as f64;
    if unit.is_finite() {
        let sum: f64 = sizes.iter().sum();
        return sizes.iter().map(|size| size / sum).collect();
    }
    let sum: f64 = sizes.iter().map(|size| size / largest).sum();
    sizes.iter().map(|size| size / largest / sum).collect()
}

/// "34 %", "3.4 %", "0.34 %".
pub(super) fn percent(share: f64) -> String {
    let percent = share * 100.0;
    let places = match percent.abs() {
        0.0 => 0,
        ..0.995 => 2,
        ..9.95 => 1,
        _ => 0,
    };
    let scale = 10_f64.powi(places);
    let rounded = (percent * scale).round() / scale;
    if percent > 0.0 && rounded == 0.0 {
        return "< 0.01 %".to_owned();
    }
    NumberFormat::percent().full(rounded)
}

/// A column of shares, in percent.
pub(super) fn share_column(name: &str) -> Column {
    Column { unit: Some("percent".to_owned()), ..Column::new(name, ColumnType::Float) }
}

/// A share in such a column.
pub(super) fn share_cell(share: f64) -> Scalar {
    crate::scalars::float(share * 100.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_of_a_whole() {
        assert_eq!(shares(&[1.0, 3.0]), [0.25, 0.75]);
        assert_eq!(shares(&[f64::MAX, f64::MAX]), [0.5, 0.5]);
        assert_eq!(shares(&[0.0]), [0.0]);
        assert!(shares(&[]).is_empty());
        let texts = [0.3449, 0.0344, 0.00344, 0.00001, 1.0, 0.0, 12.5, -0.25].map(percent);
        assert_eq!(texts, ["34 %", "3.4 %", "0.34 %", "< 0.01 %", "100 %", "0 %", "1,250 %", "−25 %"]);
    }
}
