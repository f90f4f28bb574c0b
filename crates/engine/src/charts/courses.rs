//! Charts of figures along keys, as lines, areas and bars are: one course of figures for each series in each panel.

use std::ops::Range;

use contract::charts::figure::{Axis, FigureTable, Paint};
use contract::charts::{Encoding, MANY_MARKS, Order, Scale};
use contract::columns::Scalar;

use super::arranging::{self, Arrangement, MOST_CATEGORIES, Rest};
use super::axes::{Layout, Span, categories, linear, logarithmic};
use super::figures::{self, Crossed};
use super::keys::{Keys, Shape, Use};
use super::line::is_whole;
use super::numbers::NumberFormat;
use super::panels;
use super::reading::Source;
use super::times::time;
use super::words::{self, Sentence, Told};
use crate::Result;

pub(super) struct Courses<'a> {
    pub(super) source: &'a Source<'a>,
    /// The encoding of the channel `x`, which keys stand along.
    pub(super) encoding: &'a Encoding,
    pub(super) keys: Keys<'a>,
    pub(super) facets: Option<Keys<'a>>,
    pub(super) colors: Option<Keys<'a>>,
    pub(super) groups: Crossed,
    /// The figures; `None` is the count of rows.
    pub(super) ys: Vec<Option<&'a Encoding>>,
    /// By figure and group; NaN where there is none.
    pub(super) values: Vec<Vec<f64>>,
    pub(super) series: Vec<Series>,
    pub(super) courses: Vec<Course>,
    pub(super) format: NumberFormat,
}

#[derive(Clone, Debug)]
pub(super) struct Series {
    pub(super) name: String,
    pub(super) paint: Paint,
}

/// The figures of one series in one panel, in the order of the keys.
#[derive(Clone, Debug)]
pub(super) struct Course {
    pub(super) panel: usize,
    /// The place in `series`.
    pub(super) series: usize,
    /// The place in `ys`.
    pub(super) y: usize,
    pub(super) groups: Range<usize>,
}

impl<'a> Courses<'a> {
    /// Along the channel `x`; `purpose` says whether numbers stand by their size or as categories.
    pub(super) fn of(source: &'a Source<'a>, purpose: Use) -> Result<Self> {
        let encoding = source.spec.x.as_ref().ok_or_else(|| crate::failures::internal("A chart has no `x`."))?;
        Self::along(source, encoding, purpose)
    }

    /// The same along another encoding.
    pub(super) fn along(source: &'a Source<'a>, encoding: &'a Encoding, purpose: Use) -> Result<Self> {
        let spec = source.spec;
        let ys: Vec<Option<&Encoding>> = if spec.y.is_empty() { vec![None] } else { spec.y.iter().map(Some).collect() };
        let first = ys.first().copied().flatten();
        let mut rest = Rest::Together;
        for y in &ys {
            if !figures::adds_up(source, *y)? {
                rest = Rest::LeftOut;
            }
        }
        let facets = arranging::facets(source, first)?;
        let colors = spec.color.as_ref().map(|color| arranging::series(source, color, first, rest)).transpose()?;
        let count = |keys: &Option<Keys>| keys.as_ref().map_or(1, |keys| keys.values.len().max(1));
        let most = match purpose {
            // So many that all bars together can be told apart, "Other" among them.
            Use::Category if !is_whole(source) => {
                let beside = ys.len() * count(&facets) * count(&colors);
                (MANY_MARKS / beside).saturating_sub(1).clamp(1, MOST_CATEGORIES)
            }
            _ => MOST_CATEGORIES,
        };
        let keys = along(source, encoding, first, (rest, most), purpose)?;
        let channels: Vec<&Keys> = facets.iter().chain(&colors).chain([&keys]).collect();
        let groups = Crossed::of(source, &channels);
        let mut values = Vec::with_capacity(ys.len());
        for (at, y) in ys.iter().enumerate() {
            let mut found = figures::figures(source, *y, &format!("/y/{at}"), &groups)?;
            if y.is_some_and(|y| y.scale == Scale::Log) {
                without_log(source, &mut found);
            }
            values.push(found);
        }
        let format = figures::format(source, first)?;
        let mut courses = Self {
            source,
            encoding,
            keys,
            facets,
            colors,
            groups,
            ys,
            values,
            series: Vec::new(),
            courses: Vec::new(),
            format,
        };
        courses.name_series()?;
        courses.split();
        Ok(courses)
    }

    fn name_series(&mut self) -> Result<()> {
        let names: Vec<String> =
            self.ys.iter().map(|y| figures::title(self.source, *y)).collect::<Result<Vec<String>>>()?;
        let several = self.ys.len() > 1;
        let Some(colors) = &self.colors else {
            let named = names.into_iter().enumerate();
            self.series = named.map(|(at, name)| Series { name, paint: Paint::Category(at) }).collect();
            return Ok(());
        };
        for color in 0..colors.values.len() {
            for (at, name) in names.iter().enumerate() {
                let label = colors.label(color);
                let paint = match colors.paint(color) {
                    Paint::Category(rank) => Paint::Category(rank * self.ys.len() + at),
                    other => other,
                };
                let name = if several { format!("{label} · {name}") } else { label };
                self.series.push(Series { name, paint });
            }
        }
        Ok(())
    }

    /// Groups of one panel and one colour stand beside each other.
    fn split(&mut self) {
        let mut from = 0;
        while from < self.groups.len() {
            let of = |group: usize| (self.panel_of(group), self.color_of(group));
            let to = (from + 1..self.groups.len()).find(|group| of(*group) != of(from)).unwrap_or(self.groups.len());
            let (panel, color) = of(from);
            for y in 0..self.ys.len() {
                self.courses.push(Course { panel, series: color * self.ys.len() + y, y, groups: from..to });
            }
            from = to;
        }
    }

    fn panel_of(&self, group: usize) -> usize {
        if self.facets.is_some() { self.groups.place(group, 0) } else { 0 }
    }

    fn color_of(&self, group: usize) -> usize {
        if self.colors.is_some() { self.groups.place(group, usize::from(self.facets.is_some())) } else { 0 }
    }

    /// The place of a group's key.
    pub(super) fn key_of(&self, group: usize) -> usize {
        self.groups.place(group, usize::from(self.facets.is_some()) + usize::from(self.colors.is_some()))
    }

    pub(super) fn panels(&self) -> usize {
        self.facets.as_ref().map_or(1, |facets| facets.values.len().max(1))
    }

    pub(super) fn is_log(&self) -> bool {
        self.ys.first().copied().flatten().is_some_and(|y| y.scale == Scale::Log)
    }

    /// "Sum of revenue by month".
    pub(super) fn what(&self) -> String {
        let titles = self.ys.iter().filter_map(|y| figures::title(self.source, *y).ok());
        let names: Vec<String> =
            titles.enumerate().map(|(at, title)| if at == 0 { title } else { words::within(&title) }).collect();
        format!("{} by {}", words::list(&names), words::along(&self.keys, self.encoding.title.as_ref()))
    }

    /// The axis of the keys. `room` is what marks need beyond the first and the last position.
    pub(super) fn position_axis(&self, room: f64, backwards: bool) -> Axis {
        let keys = &self.keys;
        let title = panels::axis_title(self.encoding.title.as_ref(), || keys.column.name.clone());
        if keys.is_category() {
            return categories(title, (0..keys.values.len()).map(|at| keys.label(at)).collect(), backwards);
        }
        let ends = [0, keys.values.len().saturating_sub(1)].map(|at| keys.at(at));
        let mut span = Span::of(&ends);
        match &keys.shape {
            Shape::Periods(every) => time(title, &span, Some(*every), false, room),
            Shape::Moments => time(title, &span, None, false, room),
            Shape::Clock => time(title, &span, None, true, room),
            Shape::Bins(edges) => {
                edges.iter().for_each(|edge| span.add(*edge));
                linear(&span, Layout { title, format: keys.format(), tight: true, ..Layout::default() })
            }
            _ if self.encoding.scale == Scale::Log => {
                logarithmic(&span, Layout { title, format: keys.format(), ..Layout::default() })
            }
            _ => {
                let zero = self.encoding.zero == Some(true);
                linear(&span, Layout { title, format: keys.format(), zero, ..Layout::default() })
            }
        }
    }

    /// The axis of the figures.
    pub(super) fn height_axis(&self, span: &Span, from_zero: bool, is_percent: bool) -> Result<Axis> {
        let first = self.ys.first().copied().flatten();
        let title = match self.ys.len() {
            1 => Some(figures::title(self.source, first)?),
            _ => first.and_then(|y| y.title.clone()),
        };
        let title = title.map(|title| if is_percent { format!("Share of {}", words::within(&title)) } else { title });
        let zero = from_zero || self.ys.iter().flatten().any(|y| y.zero == Some(true));
        let format = if is_percent { NumberFormat::percent() } else { self.format.clone() };
        let layout = Layout { title, zero, format, tight: is_percent, grid: true, ticks: None };
        Ok(if self.is_log() && !is_percent { logarithmic(span, layout) } else { linear(span, layout) })
    }

    /// All figures that are drawn: one row for each key of each series, one column for each figure.
    pub(super) fn table(&self) -> Result<FigureTable> {
        let channels: Vec<&Keys> = self.facets.iter().chain(&self.colors).chain([&self.keys]).collect();
        let mut columns: Vec<_> = channels.iter().map(|keys| keys.table_column()).collect();
        let figures = self.ys.iter().map(|y| figures::table_column(self.source, *y)).collect::<Result<Vec<_>>>()?;
        columns.extend(figures.iter().cloned());
        let row = |group: usize| -> Vec<Scalar> {
            let keys = channels.iter().enumerate().map(|(at, keys)| keys.scalar(self.groups.place(group, at)));
            let cells = self.values.iter().zip(&figures).map(|(values, column)| figures::cell(values[group], column));
            keys.chain(cells).collect()
        };
        Ok(panels::table(columns, (0..self.groups.len()).map(row)))
    }

    /// The sentence of the chart.
    pub(super) fn sentence(&self) -> String {
        let told = |(y, group): (usize, usize)| {
            let mut at = words::position(&self.keys, self.key_of(group));
            if let Some(colors) = &self.colors {
                at = format!("{at} ({})", colors.label(self.color_of(group)));
            }
            Told { value: self.values[y][group], at }
        };
        let places = || {
            let all = (0..self.ys.len()).flat_map(|y| (0..self.groups.len()).map(move |group| (y, group)));
            all.filter(|(y, group)| !self.values[*y][*group].is_nan())
        };
        let compare = |left: &(usize, usize), right: &(usize, usize)| {
            self.values[left.0][left.1].total_cmp(&self.values[right.0][right.1])
        };
        // Of equal figures the first counts.
        let highest = places().reduce(|best, next| if compare(&next, &best).is_gt() { next } else { best });
        let lowest = places().reduce(|best, next| if compare(&next, &best).is_lt() { next } else { best });
        let is_course = self.courses.len() == 1 && !self.keys.is_category();
        let ends = is_course.then(|| places().next().zip(places().next_back())).flatten();
        let sentence = Sentence {
            what: format!("the {}", words::within(&self.what())),
            series: self.series.iter().map(|series| series.name.clone()).collect(),
            panels: self.panels(),
            course: ends.filter(|(first, last)| first != last).map(|(first, last)| (told(first), told(last))),
            extremes: highest.zip(lowest).map(|(highest, lowest)| (told(highest), told(lowest))),
            format: self.format.clone(),
        };
        sentence.text(self.source)
    }
}

/// The keys that figures stand along, without those that have no place on their axis.
fn along<'a>(
    source: &'a Source,
    encoding: &Encoding,
    figure: Option<&Encoding>,
    (rest, most): (Rest, usize),
    purpose: Use,
) -> Result<Keys<'a>> {
    let is_ordered = encoding.sort.is_some() || encoding.limit.is_some();
    let mut keys = match purpose {
        Use::Position if !is_ordered => Keys::of(source, encoding, "/x", purpose)?,
        _ => arranging::axis(source, encoding, figure, (rest, most))?,
    };
    if purpose == Use::Position && !is_ordered && keys.is_category() {
        let how = Arrangement { figure, rest, most: 1000, order: Order::Label };
        arranging::arrange(source, &mut keys, encoding, &how)?;
    }
    if keys.is_category() {
        return Ok(keys);
    }
    let missing = keys.without_missing();
    if missing > 0 {
        source.note(format!("{} left out, since \"{}\" is missing there.", rows_are(missing), keys.column.name));
    }
    if encoding.scale == Scale::Log && keys.shape == Shape::Numbers {
        let positive: Vec<usize> = (0..keys.values.len()).filter(|at| keys.at(*at) > 0.0).collect();
        let lost = keys.values.len() - positive.len();
        if lost > 0 {
            source.note(format!(
                "{lost} values of \"{}\" that are not above 0 have no place on a logarithmic axis.",
                keys.column.name
            ));
            keys.reorder(&positive, None);
        }
    }
    Ok(keys)
}

/// "1 row is", "12,004 rows are".
pub(super) fn rows_are(count: u64) -> String {
    if count == 1 { "1 row is".to_owned() } else { format!("{} rows are", NumberFormat::default().full(count as f64)) }
}

/// Figures that are not positive have no place on a logarithmic axis.
fn without_log(source: &Source, values: &mut [f64]) {
    let mut lost = 0;
    for value in values.iter_mut().filter(|value| **value <= 0.0) {
        *value = f64::NAN;
        lost += 1;
    }
    if lost > 0 {
        source.note(format!("{lost} figures that are not above 0 have no place on a logarithmic axis."));
    }
}
