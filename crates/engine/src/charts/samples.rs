//! Numbers by category, as box plots and violins show them: the sorted values of every place on an axis of categories.

use contract::charts::figure::{Axis, FigureTable, Legend, Paint, Sign};
use contract::charts::layers::BoxFigures;
use contract::charts::{Encoding, Orientation, Scale};
use contract::columns::{Column, ColumnType, Scalar};

use super::arranging::{self, Arrangement, Rest};
use super::axes::{Layout, Span, categories, linear, logarithmic};
use super::figures::Crossed;
use super::keys::{Keys, Use};
use super::numbers::NumberFormat;
use super::panels;
use super::places::Places;
use super::reading::Source;
use super::words::{self, Sentence, Told};
use crate::Result;
use crate::ordering::sorted;
use crate::summary::quantile_of_sorted;

/// An axis has at most so many places, unless its encoding has a limit.
const MOST_PLACES: usize = 50;
/// Tukey's fences are so many interquartile ranges beyond the quartiles.
const FENCES: f64 = 1.5;

/// One box or violin.
pub(super) struct Sample {
    pub(super) panel: usize,
    /// The place in `series`.
    pub(super) series: usize,
    /// The place on the axis of categories.
    pub(super) place: usize,
    /// Ascending, with at least one value.
    pub(super) values: Vec<f64>,
}

pub(super) struct Samples<'a> {
    pub(super) source: &'a Source<'a>,
    pub(super) ys: Vec<Places<'a>>,
    keys: Option<Keys<'a>>,
    pub(super) facets: Option<Keys<'a>>,
    colors: Option<Keys<'a>>,
    /// Names and colours of what stands beside each other at one place.
    pub(super) series: Vec<(String, Paint)>,
    /// The labels of the axis.
    pub(super) labels: Vec<String>,
    pub(super) samples: Vec<Sample>,
}

impl<'a> Samples<'a> {
    pub(super) fn of(source: &'a Source<'a>) -> Result<Self> {
        let spec = source.spec;
        let ys: Vec<Places> = spec
            .y
            .iter()
            .enumerate()
            .map(|(at, y)| Places::of(source, y, &format!("/y/{at}")))
            .collect::<Result<Vec<_>>>()?;
        let keys = spec.x.as_ref().map(|x| places(source, x)).transpose()?;
        let facets = arranging::facets(source, None)?;
        let color = spec.color.as_ref();
        let colors = color.map(|color| arranging::series(source, color, Some(&count()), Rest::LeftOut)).transpose()?;
        let (labels, series) = names(&ys, keys.as_ref(), colors.as_ref());
        let mut found = Self { source, ys, keys, facets, colors, series, labels, samples: Vec::new() };
        found.collect();
        Ok(found)
    }

    /// The values of each panel, colour, category and column together, in ascending order.
    fn collect(&mut self) {
        let channels: Vec<&Keys> = self.facets.iter().chain(&self.colors).chain(&self.keys).collect();
        let groups = Crossed::of(self.source, &channels);
        let at = |group: usize, has: bool, channel: usize| if has { groups.place(group, channel) } else { 0 };
        let (has_facets, has_colors) = (self.facets.is_some(), self.colors.is_some());
        let color_channel = usize::from(has_facets);
        let key_channel = color_channel + usize::from(has_colors);
        let has_keys = self.keys.is_some();
        let mut samples = Vec::new();
        for (y, places) in self.ys.iter().enumerate() {
            let mut values: Vec<Vec<f64>> = groups.rows.iter().map(|rows| Vec::with_capacity(*rows as usize)).collect();
            for (value, group) in places.values.iter().zip(&groups.of_row).filter(|(value, _)| !value.is_nan()) {
                if let Some(values) = values.get_mut(*group as usize) {
                    values.push(*value);
                }
            }
            for (group, values) in values.into_iter().enumerate().filter(|(_, values)| !values.is_empty()) {
                let color = at(group, has_colors, color_channel);
                let (place, series) = match has_keys {
                    true => (groups.place(group, key_channel), color * self.ys.len() + y),
                    false => (y, color),
                };
                let panel = at(group, has_facets, 0);
                samples.push(Sample { panel, series, place, values: sorted(values) });
            }
        }
        samples.sort_by_key(|sample| (sample.panel, sample.series, sample.place));
        self.samples = samples;
    }

    pub(super) fn is_horizontal(&self) -> bool {
        self.source.spec.options.orientation == Some(Orientation::Horizontal)
    }

    /// Where a series stands beside the others at a place, and how wide it is.
    pub(super) fn lane(&self, series: usize) -> (f64, f64) {
        let count = self.series.len().max(1) as f64;
        let width = 0.8 / count;
        ((series as f64 + 0.5 - count / 2.0) * width, width * 0.85)
    }

    /// The axes of places and of values, across and up.
    pub(super) fn axes(&self, span: &Span) -> (Axis, Axis) {
        let is_horizontal = self.is_horizontal();
        let given = self.source.spec.x.as_ref().and_then(|x| x.title.as_ref());
        let title = self.keys.as_ref().and_then(|keys| panels::axis_title(given, || keys.column.name.clone()));
        let places = categories(title, self.labels.clone(), is_horizontal);
        let first = &self.ys[0];
        let title = match (&first.encoding.title, self.ys.len()) {
            (Some(title), _) => Some(title.clone()),
            (None, 1) => Some(first.column.name.clone()),
            _ => None,
        };
        let zero = self.ys.iter().any(|y| y.encoding.zero == Some(true));
        let layout = Layout { title, zero, format: first.format(), tight: false, grid: true, ticks: None };
        let is_log = first.encoding.scale == Scale::Log;
        let values = if is_log { logarithmic(span, layout) } else { linear(span, layout) };
        panels::oriented(places, values, is_horizontal)
    }

    pub(super) fn legend(&self) -> Option<Legend> {
        if self.series.len() < 2 && self.colors.is_none() {
            return None;
        }
        let items = self.series.iter().map(|(name, paint)| panels::item(name.clone(), *paint, Sign::Area));
        panels::legend(self.colors.as_ref().map(|colors| colors.column.name.clone()), items.collect())
    }

    /// "revenue by country".
    pub(super) fn what(&self) -> String {
        let names: Vec<String> =
            self.ys.iter().map(|y| y.encoding.title.clone().unwrap_or_else(|| y.column.name.clone())).collect();
        let names = words::list(&names);
        match &self.keys {
            None => names,
            Some(keys) => {
                let given = self.source.spec.x.as_ref().and_then(|x| x.title.as_ref());
                format!("{names} by {}", words::along(keys, given))
            }
        }
    }

    /// With the highest and the lowest median.
    pub(super) fn sentence(&self, boxes: &[BoxFigures]) -> String {
        let told = |at: usize| {
            let sample = &self.samples[at];
            let mut label = self.labels.get(sample.place).cloned().unwrap_or_default();
            if self.series.len() > 1 {
                label = format!("{label} ({})", self.series[sample.series].0);
            }
            Told { value: boxes[at].median, at: label }
        };
        let by_median = |left: &usize, right: &usize| boxes[*left].median.total_cmp(&boxes[*right].median);
        let highest = (0..boxes.len()).reduce(|best, next| if by_median(&next, &best).is_gt() { next } else { best });
        let lowest = (0..boxes.len()).reduce(|best, next| if by_median(&next, &best).is_lt() { next } else { best });
        let sentence = Sentence {
            what: format!("{}, told by medians", self.what()),
            series: self.series.iter().filter(|_| self.series.len() > 1).map(|(name, _)| name.clone()).collect(),
            panels: panels::titles(self.facets.as_ref()).len(),
            course: None,
            extremes: highest.zip(lowest).map(|(highest, lowest)| (told(highest), told(lowest))),
            format: self.ys[0].format(),
        };
        sentence.text(self.source)
    }

    /// One row for each box.
    pub(super) fn table(&self, boxes: &[BoxFigures]) -> FigureTable {
        let first =
            Column::new(self.keys.as_ref().map_or("Column", |keys| keys.column.name.as_str()), ColumnType::Text);
        let mut columns: Vec<Column> = self.facets.iter().map(Keys::table_column).collect();
        columns.push(first);
        if self.series.len() > 1 {
            columns.push(Column::new("Series", ColumnType::Text));
        }
        columns.push(Column::new("Number of values", ColumnType::Integer));
        let unit = self.ys[0].column.unit.clone();
        let names = ["Lower fence", "Lower quartile", "Median", "Upper quartile", "Upper fence", "Mean"];
        columns.extend(names.map(|name| Column { unit: unit.clone(), ..Column::new(name, ColumnType::Float) }));
        let row = |(sample, one): (&Sample, &BoxFigures)| -> Vec<Scalar> {
            let mut row: Vec<Scalar> = self.facets.iter().map(|facets| facets.scalar(sample.panel)).collect();
            row.push(Scalar::from(self.labels.get(sample.place).cloned().unwrap_or_default()));
            if self.series.len() > 1 {
                row.push(Scalar::from(self.series[sample.series].0.clone()));
            }
            row.push(Scalar::from(one.count));
            let figures = [one.lower_fence, one.q1, one.median, one.q3, one.upper_fence, one.mean];
            row.extend(figures.map(crate::scalars::float));
            row
        };
        panels::table(columns, self.samples.iter().zip(boxes).map(row))
    }

    pub(super) fn format(&self) -> NumberFormat {
        self.ys[0].format()
    }
}

fn count() -> Encoding {
    Encoding { aggregate: Some(contract::analyses::grouped::Function::Count), ..Encoding::default() }
}

/// The categories of `x`; periods and classes are categories too.
fn places<'a>(source: &'a Source, x: &Encoding) -> Result<Keys<'a>> {
    let mut keys = Keys::of(source, x, "/x", Use::Category)?;
    keys.stands_by_order = true;
    let count = count();
    let how = Arrangement {
        figure: Some(&count),
        rest: Rest::LeftOut,
        most: MOST_PLACES,
        order: contract::charts::Order::Label,
    };
    arranging::arrange(source, &mut keys, x, &how)?;
    Ok(keys)
}

/// The labels of places, and the names and colours of what stands beside each other. With categories, several columns
/// are series; without, each column is a place.
fn names(ys: &[Places], keys: Option<&Keys>, colors: Option<&Keys>) -> (Vec<String>, Vec<(String, Paint)>) {
    let columns: Vec<String> =
        ys.iter().map(|y| y.encoding.title.clone().unwrap_or_else(|| y.column.name.clone())).collect();
    let Some(keys) = keys else {
        let series = match colors {
            None => vec![(words::list(&columns), Paint::Category(0))],
            Some(colors) => (0..colors.values.len()).map(|at| (colors.label(at), colors.paint(at))).collect(),
        };
        return (columns, series);
    };
    let labels = (0..keys.values.len()).map(|at| keys.label(at)).collect();
    let Some(colors) = colors else {
        return (labels, columns.into_iter().enumerate().map(|(at, name)| (name, Paint::Category(at))).collect());
    };
    let mut series = Vec::new();
    for color in 0..colors.values.len() {
        for (at, column) in columns.iter().enumerate() {
            let label = colors.label(color);
            let paint = match colors.paint(color) {
                Paint::Category(rank) => Paint::Category(rank * columns.len() + at),
                other => other,
            };
            series.push((if columns.len() > 1 { format!("{label} · {column}") } else { label }, paint));
        }
    }
    (labels, series)
}

/// Quartiles of type 7, the outermost values within Tukey's fences, and the values beyond them.
pub(super) fn box_figures(sorted: &[f64]) -> BoxFigures {
    let quantile = |share: f64| quantile_of_sorted(sorted, share).unwrap_or(f64::NAN);
    let (q1, median, q3) = (quantile(0.25), quantile(0.5), quantile(0.75));
    let range = q3 - q1;
    let (low, high) = (q1 - FENCES * range, q3 + FENCES * range);
    let from = sorted.partition_point(|value| *value < low);
    let to = sorted.partition_point(|value| *value <= high);
    let n = sorted.len() as f64;
    // Shares are added, so that the sum of large values stays finite.
    let mean: f64 = sorted.iter().map(|value| value / n).sum();
    let (first, last) = (sorted.first().copied().unwrap_or(f64::NAN), sorted.last().copied().unwrap_or(f64::NAN));
    BoxFigures {
        count: sorted.len() as u64,
        q1,
        median,
        q3,
        mean: mean.clamp(first, last),
        // Interpolated quartiles can lie beyond every value within the fences.
        lower_fence: sorted.get(from).copied().unwrap_or(q1).min(q1),
        upper_fence: to.checked_sub(1).and_then(|at| sorted.get(at)).copied().unwrap_or(q3).max(q3),
        outliers: sorted[..from].iter().chain(&sorted[to.max(from)..]).copied().collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_of_r() {
        // R: boxplot.stats uses hinges; these are quantile(type = 7) with fences at 1.5 IQR.
        let found = box_figures(&[1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 30.0]);
        assert_eq!((found.q1, found.median, found.q3), (3.0, 5.0, 7.0));
        assert_eq!((found.lower_fence, found.upper_fence, found.outliers), (1.0, 8.0, vec![30.0]));
        let one = box_figures(&[4.0]);
        assert_eq!((one.lower_fence, one.median, one.upper_fence, one.mean), (4.0, 4.0, 4.0, 4.0));
        let skewed = box_figures(&[0.0, 100.0, 100.0, 100.0]);
        assert!(skewed.lower_fence <= skewed.q1 && skewed.outliers == [0.0]);
        let wide = box_figures(&[-f64::MAX, 0.0, f64::MAX]);
        assert!(wide.mean.is_finite() && wide.lower_fence.is_finite());
    }
}
