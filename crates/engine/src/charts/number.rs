//! Single numbers: the figure of the last complete period, what it is compared with, and how it went.

use contract::charts::figure::{Figure, Panel, Space};
use contract::charts::layers::{Layer, Number};
use contract::charts::{Comparison, Encoding};
use contract::columns::Column;
use contract::granularity::Granularity;

use super::figures::{self, Crossed};
use super::keys::{Keys, Shape, Use};
use super::numbers::NumberFormat;
use super::panels;
use super::parts::percent;
use super::reading::Source;
use super::times::period_label;
use super::waterfall::signed;
use crate::Result;
use crate::calendar::{MICROS_PER_DAY, date_of, days_of};
use crate::groups::keys::LEFT_OUT;
use crate::periods::{period_of, period_start, period_text};

/// A course of more periods than this is a line in any case.
const MOST_PERIODS: i64 = 1_000;
/// So much of its length a period may end earlier than others and still be complete.
const SLACK: f64 = 0.05;

pub(super) fn run(source: &Source) -> Result<Figure> {
    let figure = source.spec.y.first();
    let label = figures::title(source, figure)?;
    let format = figures::format(source, figure)?;
    let column = figures::table_column(source, figure)?;
    match &source.spec.x {
        None => of_all(source, figure, &label, &format, column),
        Some(time) => of_periods(source, time, figure, &label, &format, column),
    }
}

fn of_all(
    source: &Source,
    figure: Option<&Encoding>,
    label: &str,
    format: &NumberFormat,
    column: Column,
) -> Result<Figure> {
    let groups = Crossed::of(source, &[]);
    let value = figures::figures(source, figure, "/y/0", &groups)?.first().copied();
    // No rows are a count of 0.
    let value = value.unwrap_or(if figures::adds_up(source, figure)? { 0.0 } else { f64::NAN });
    let number = Number {
        value,
        text: format.short(value),
        label: label.to_owned(),
        comparison: None,
        reference: None,
        is_up: None,
        spark: Vec::new(),
        spark_labels: Vec::new(),
    };
    let mut drawn = panels::figure(source, || label.to_owned(), vec![panel(number)]);
    drawn.sentence =
        if value.is_nan() { format!("{label}: no value.") } else { format!("{label}: {}.", format.full(value)) };
    let cells = vec![figures::cell(value, &column)];
    drawn.table = panels::table(vec![column], std::iter::once(cells));
    Ok(drawn)
}

fn panel(number: Number) -> Panel {
    Panel {
        title: None,
        row: 0,
        column: 0,
        space: Space::Whole,
        layers: vec![Layer::Number(number)],
        marks: Vec::new(),
    }
}

/// The figures of neighbouring periods, whether they have rows or not.
struct Course {
    every: Granularity,
    /// The periods with a figure, in order, up to the last complete one.
    known: Vec<(i64, f64)>,
    /// The figure of a period without rows between two others.
    nothing: f64,
    /// The first period of `values`.
    first: i64,
    values: Vec<f64>,
}

fn of_periods(
    source: &Source,
    time: &Encoding,
    figure: Option<&Encoding>,
    label: &str,
    format: &NumberFormat,
    column: Column,
) -> Result<Figure> {
    let course = Course::of(source, time, figure)?;
    let last = course.values.len().checked_sub(1);
    let value = last.map_or(f64::NAN, |last| course.values[last]);
    let comparison = source.spec.options.comparison;
    let compared = last.zip(comparison).map(|(last, with)| course.compared(last, with));
    let reference = compared.as_ref().map(|(_, reference)| *reference).filter(|reference| reference.is_finite());
    let change = reference.map(|reference| value - reference).filter(|change| change.is_finite());
    let against = compared.as_ref().map(|(period, reference)| against(period, value, *reference, format));
    let name = last.map(|last| course.label(last));
    let number = Number {
        value,
        text: format.short(value),
        label: name.as_ref().map_or_else(|| label.to_owned(), |name| format!("{label}, {name}")),
        comparison: against.clone(),
        reference,
        is_up: change.filter(|change| *change != 0.0).map(|change| change > 0.0),
        spark_labels: (0..course.values.len()).map(|at| course.label(at)).collect(),
        spark: course.values.clone(),
    };
    let mut drawn = panels::figure(source, || label.to_owned(), vec![panel(number)]);
    drawn.sentence = match (&name, value.is_nan()) {
        (Some(name), false) => {
            let against = against.map_or_else(String::new, |against| format!("; {against}"));
            format!("{label} in {name}: {}{against}.", format.full(value))
        }
        _ => format!("{label}: no value."),
    };
    let is_clock = matches!(course.every, Granularity::Minute | Granularity::Hour);
    let held = if is_clock { contract::columns::ColumnType::Datetime } else { contract::columns::ColumnType::Date };
    let period = Column::new(time.column.clone().unwrap_or_default(), held);
    let rows = course
        .values
        .iter()
        .zip(course.first..)
        .map(|(value, period)| vec![period_text(period, course.every).into(), figures::cell(*value, &column)]);
    drawn.table = panels::table(vec![period, column.clone()], rows);
    Ok(drawn)
}

impl Course {
    /// The periods of the rows up to the last complete one.
    fn of(source: &Source, time: &Encoding, figure: Option<&Encoding>) -> Result<Self> {
        let mut keys = Keys::of(source, time, "/x", Use::Category)?;
        let missing = keys.without_missing();
        if missing > 0 {
            let (noun, verb) = if missing == 1 { ("row", "is") } else { ("rows", "are") };
            source.note(format!("{missing} {noun} without \"{}\" {verb} left out.", keys.column.name));
        }
        let Shape::Periods(every) = keys.shape else {
            return Ok(Self::empty(Granularity::Day));
        };
        let groups = Crossed::of(source, &[&keys]);
        let found = figures::figures(source, figure, "/y/0", &groups)?;
        let period = |group: usize| keys.period(groups.place(group, 0)).unwrap_or_default();
        let (Some(mut last), first) = (found.len().checked_sub(1), 0) else {
            return Ok(Self::empty(every));
        };
        let moments = source.moments(time, "/x")?;
        if last > 0 && !is_complete(&keys, &moments, every) {
            let name = period_label(period_start(period(last), every), every);
            source.note(format!(
                "{name} is not complete and left out: its rows end earlier than those of other periods."
            ));
            last -= 1;
        }
        let (mut first, end) = (period(first), period(last));
        if end - first >= MOST_PERIODS {
            source.note(format!("Only the last {MOST_PERIODS} periods are shown."));
            first = end - MOST_PERIODS + 1;
        }
        let nothing = if figures::adds_up(source, figure)? { 0.0 } else { f64::NAN };
        let there = found.iter().enumerate().take(last + 1).filter(|(_, value)| !value.is_nan());
        let known: Vec<(i64, f64)> = there.map(|(group, value)| (period(group), *value)).collect();
        let mut course = Self { every, known, nothing, first, values: Vec::new() };
        course.values = (first..=end).map(|period| course.value(period)).collect();
        Ok(course)
    }

    fn empty(every: Granularity) -> Self {
        Self { every, known: Vec::new(), nothing: f64::NAN, first: 0, values: Vec::new() }
    }

    /// The figure of a period; NaN before the first one.
    fn value(&self, period: i64) -> f64 {
        match self.known.binary_search_by_key(&period, |(known, _)| *known) {
            Ok(at) => self.known[at].1,
            Err(0) => f64::NAN,
            Err(_) => self.nothing,
        }
    }

    fn label(&self, at: usize) -> String {
        period_label(period_start(self.first + at as i64, self.every), self.every)
    }

    /// The name and the figure of the period that one is compared with; NaN where there is none.
    fn compared(&self, at: usize, with: Comparison) -> (String, f64) {
        let period = self.first + at as i64;
        let other = match with {
            Comparison::Previous => period - 1,
            Comparison::YearBefore => year_before(period, self.every),
        };
        (period_label(period_start(other, self.every), self.every), self.value(other))
    }
}

/// Whether the rows of the last period reach as far into it as those of some period before reach into theirs. Periods
/// have no other end that data tells: shops close on Sundays, and monthly figures stand at the first of the month.
fn is_complete(keys: &Keys, moments: &[i64], every: Granularity) -> bool {
    let mut latest = vec![i64::MIN; keys.values.len()];
    for (code, moment) in keys.codes.iter().zip(moments).filter(|(code, _)| **code != LEFT_OUT) {
        let place = &mut latest[*code as usize];
        *place = (*place).max(*moment);
    }
    let reach = |place: usize| {
        let period = keys.period(place).unwrap_or_default();
        let (start, end) = (period_start(period, every), period_start(period + 1, every));
        (latest[place] - start) as f64 / (end - start).max(1) as f64
    };
    let Some(last) = keys.values.len().checked_sub(1) else { return true };
    let least = (0..last).map(reach).fold(f64::INFINITY, f64::min);
    reach(last) + SLACK >= least
}

/// The same period one year before; weeks are 52 before.
fn year_before(period: i64, every: Granularity) -> i64 {
    match every {
        Granularity::Year => period - 1,
        Granularity::Quarter => period - 4,
        Granularity::Month => period - 12,
        Granularity::Week => period - 52,
        Granularity::Day | Granularity::Hour | Granularity::Minute => {
            let start = period_start(period, every);
            let (year, month, day) = date_of(start.div_euclid(MICROS_PER_DAY));
            // 29 February has no day one year before; the 28th stands for it.
            let day = [day, 28].into_iter().find_map(|day| days_of(year as i32 - 1, month as u32, day as u32));
            day.map_or(period - 1, |day| {
                period_of(i64::from(day) * MICROS_PER_DAY + start.rem_euclid(MICROS_PER_DAY), every)
            })
        }
    }
}

/// "+12.4 % (+1.2k) against May 2024".
fn against(period: &str, value: f64, reference: f64, format: &NumberFormat) -> String {
    if !(value.is_finite() && reference.is_finite()) {
        return format!("no figure of {period} to compare with");
    }
    let change = value - reference;
    let absolute = signed(&format.short(change), change);
    if change == 0.0 {
        return format!("as in {period}");
    }
    match reference == 0.0 {
        true => format!("{absolute} against {period}"),
        false => {
            let share = change / reference.abs();
            format!("{} ({absolute}) against {period}", signed(&tenths(share), share))
        }
    }
}

/// Changes to a tenth of a per cent.
fn tenths(share: f64) -> String {
    let percent_value = share * 100.0;
    if percent_value.abs() < 0.05 || percent_value.abs() >= 1000.0 {
        return percent(share);
    }
    NumberFormat::percent().full((percent_value * 10.0).round() / 10.0)
}
