//! Axes and texts of time: ticks at whole seconds, minutes, hours, days, weeks, months and years, as d3-time chooses them.

use contract::charts::figure::{Axis, AxisKind, Tick, TickStep};
use contract::granularity::Granularity;

use super::axes::{Span, nice_step};
use crate::calendar::{MICROS_PER_DAY, MICROS_PER_SECOND, date_of};
use crate::periods::{period_of, period_start};

const MINUTE: i64 = 60 * MICROS_PER_SECOND;
const HOUR: i64 = 60 * MINUTE;
/// How many ticks there are at most.
const MOST_TICKS: i64 = 10;
/// The first and the last moment of the calendar, years 1 to 9999.
const EVER: [i64; 2] = [-62_135_596_800_000_000, 253_402_300_799_999_999];

const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// What stands between two ticks.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Step {
    Micros(i64),
    Months(u32),
}

const STEPS: [Step; 23] = [
    Step::Micros(MICROS_PER_SECOND),
    Step::Micros(5 * MICROS_PER_SECOND),
    Step::Micros(15 * MICROS_PER_SECOND),
    Step::Micros(30 * MICROS_PER_SECOND),
    Step::Micros(MINUTE),
    Step::Micros(5 * MINUTE),
    Step::Micros(15 * MINUTE),
    Step::Micros(30 * MINUTE),
    Step::Micros(HOUR),
    Step::Micros(3 * HOUR),
    Step::Micros(6 * HOUR),
    Step::Micros(12 * HOUR),
    Step::Micros(MICROS_PER_DAY),
    Step::Micros(2 * MICROS_PER_DAY),
    Step::Micros(7 * MICROS_PER_DAY),
    Step::Micros(14 * MICROS_PER_DAY),
    Step::Months(1),
    Step::Months(3),
    Step::Months(6),
    Step::Months(12),
    Step::Months(24),
    Step::Months(60),
    Step::Months(120),
];

impl Step {
    fn micros(self) -> i64 {
        match self {
            Self::Micros(micros) => micros,
            Self::Months(months) => i64::from(months) * 2_629_746 * MICROS_PER_SECOND,
        }
    }
}

/// An axis of times in microseconds; of nothing the day of 1970-01-01. `least` is the period of its values, which ticks do
/// not fall below. `is_clock` is an axis of times of day.
pub(super) fn time(title: Option<String>, span: &Span, least: Option<Granularity>, is_clock: bool, room: f64) -> Axis {
    let (low, high) = span.ends().map_or((0, MICROS_PER_DAY), |(low, high)| (low as i64, high as i64));
    let (low, high) = (low.clamp(EVER[0], EVER[1]), high.clamp(EVER[0], EVER[1]));
    let period = least.map_or(0, |least| (least.seconds() * 1e6) as i64);
    let room = match high - low {
        0 if period > 0 => period as f64,
        0 => HOUR as f64 / 2.0,
        width => width as f64 * 0.03 + room,
    };
    let (low, high) = (low.saturating_sub(room as i64), high.saturating_add(room as i64));
    let step = step_for(high - low, least);
    let places = places(low, high, step);
    Axis {
        title,
        kind: AxisKind::Time,
        range: [low as f64, high as f64],
        ticks: labelled(&places, step, least, is_clock),
        tick0: places.first().map_or(low as f64, |at| *at as f64),
        dtick: Some(match step {
            Step::Micros(micros) => TickStep::Fixed(micros as f64),
            Step::Months(months) => TickStep::Months(months),
        }),
        categories: Vec::new(),
        grid: false,
    }
}

fn step_for(width: i64, least: Option<Granularity>) -> Step {
    let finest = match least {
        None => MICROS_PER_SECOND / 1_000_000,
        Some(Granularity::Minute) => MINUTE,
        Some(Granularity::Hour) => HOUR,
        Some(Granularity::Day) => MICROS_PER_DAY,
        Some(Granularity::Week) => 7 * MICROS_PER_DAY,
        Some(Granularity::Month) => Step::Months(1).micros(),
        Some(Granularity::Quarter) => Step::Months(3).micros(),
        Some(Granularity::Year) => Step::Months(12).micros(),
    };
    if width < MICROS_PER_SECOND * 2 && least.is_none() {
        return Step::Micros((nice_step(width as f64, 6) as i64).max(1));
    }
    let fits = |step: &&Step| step.micros() >= finest && width / step.micros() < MOST_TICKS;
    STEPS.iter().find(fits).copied().unwrap_or_else(|| {
        let years = width / Step::Months(12).micros();
        Step::Months(12 * (nice_step(years as f64, 7).ceil() as u32).max(1))
    })
}

fn places(low: i64, high: i64, step: Step) -> Vec<i64> {
    match step {
        Step::Micros(micros) => {
            // Weeks begin on Monday; 1970-01-01 was a Thursday.
            let origin = if micros % (7 * MICROS_PER_DAY) == 0 { 4 * MICROS_PER_DAY } else { 0 };
            let first = (low - origin).div_euclid(micros) + i64::from((low - origin).rem_euclid(micros) > 0);
            (first..first + 60).map(|at| at * micros + origin).take_while(|at| *at <= high).collect()
        }
        Step::Months(months) => {
            let months = i64::from(months);
            let within = |at: &i64| (EVER[0]..=EVER[1]).contains(at);
            let first = period_of(low.max(EVER[0]), Granularity::Month).div_euclid(months);
            let starts = (first..first + 60).map(|at| (at * months).max(12));
            let starts = starts.map(|at| period_start(at, Granularity::Month)).filter(|at| *at >= low && within(at));
            let mut starts: Vec<i64> = starts.take_while(|at| *at <= high).collect();
            starts.dedup();
            starts
        }
    }
}

fn labelled(places: &[i64], step: Step, least: Option<Granularity>, is_clock: bool) -> Vec<Tick> {
    let year = |at: i64| date_of(at.div_euclid(MICROS_PER_DAY)).0;
    let one_year = places.first().map(|at| year(*at)) == places.last().map(|at| year(*at));
    let text = |(number, at): (usize, &i64)| match step {
        _ if is_clock => clock(*at, step),
        Step::Months(months) if months % 12 == 0 => year(*at).to_string(),
        Step::Months(_) if least == Some(Granularity::Quarter) => period_label(*at, Granularity::Quarter),
        Step::Months(_) => month(*at),
        Step::Micros(micros) if micros >= MICROS_PER_DAY && one_year && number > 0 => day(*at),
        Step::Micros(micros) if micros >= MICROS_PER_DAY => day_and_year(*at),
        Step::Micros(_) if number == 0 && at.rem_euclid(MICROS_PER_DAY) > 0 => {
            format!("{} {}", day(*at), clock(*at, step))
        }
        Step::Micros(_) if at.rem_euclid(MICROS_PER_DAY) == 0 => day(*at),
        Step::Micros(_) => clock(*at, step),
    };
    places.iter().enumerate().map(|at| Tick { at: *at.1 as f64, text: text(at) }).collect()
}

fn month(at: i64) -> String {
    let (year, month, _) = date_of(at.div_euclid(MICROS_PER_DAY));
    format!("{} {year}", MONTHS[(month - 1).clamp(0, 11) as usize])
}

fn day(at: i64) -> String {
    let (_, month, day) = date_of(at.div_euclid(MICROS_PER_DAY));
    format!("{day} {}", MONTHS[(month - 1).clamp(0, 11) as usize])
}

fn day_and_year(at: i64) -> String {
    format!("{} {}", day(at), date_of(at.div_euclid(MICROS_PER_DAY)).0)
}

fn clock(at: i64, step: Step) -> String {
    let time = at.rem_euclid(MICROS_PER_DAY);
    let (hour, minute, second) = (time / HOUR, time / MINUTE % 60, time / MICROS_PER_SECOND % 60);
    match step {
        Step::Micros(micros) if micros < MICROS_PER_SECOND => {
            format!("{hour:02}:{minute:02}:{second:02}.{:06}", time % MICROS_PER_SECOND)
        }
        Step::Micros(micros) if micros < MINUTE => format!("{hour:02}:{minute:02}:{second:02}"),
        _ => format!("{hour:02}:{minute:02}"),
    }
}

/// The name of the period that begins at a time: "2024", "Q1 2024", "Mar 2024", "5 Mar 2024", "5 Mar 2024 14:00".
pub(super) fn period_label(start: i64, every: Granularity) -> String {
    match every {
        Granularity::Year => date_of(start.div_euclid(MICROS_PER_DAY)).0.to_string(),
        Granularity::Quarter => {
            let (year, month, _) = date_of(start.div_euclid(MICROS_PER_DAY));
            format!("Q{} {year}", (month - 1) / 3 + 1)
        }
        Granularity::Month => month(start),
        Granularity::Week | Granularity::Day => day_and_year(start),
        Granularity::Hour | Granularity::Minute => moment_label(start),
    }
}

/// A time to the minute, with seconds where it has some.
pub(super) fn moment_label(at: i64) -> String {
    let step = if at.rem_euclid(MINUTE) == 0 { MINUTE } else { MICROS_PER_SECOND };
    format!("{} {}", day_and_year(at), clock(at, Step::Micros(step)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(low: i64, high: i64, least: Option<Granularity>) -> Vec<String> {
        let axis = time(None, &Span::of(&[low as f64, high as f64]), least, false, 0.0);
        assert!(axis.range[0] <= low as f64 && axis.range[1] >= high as f64);
        assert!((1..=11).contains(&axis.ticks.len()), "{axis:?}");
        axis.ticks.into_iter().map(|tick| tick.text).collect()
    }

    fn at(year: i32, month: u32, day: u32) -> i64 {
        i64::from(crate::calendar::days_of(year, month, day).unwrap()) * MICROS_PER_DAY
    }

    #[test]
    fn steps_by_the_width_of_the_range() {
        assert_eq!(
            texts(at(2021, 1, 1), at(2024, 5, 1), None),
            ["Jan 2021", "Jul 2021", "Jan 2022", "Jul 2022", "Jan 2023", "Jul 2023", "Jan 2024"]
        );
        assert_eq!(texts(at(2020, 1, 1), at(2040, 1, 1), None)[..3], ["2020", "2025", "2030"]);
        assert_eq!(texts(at(2024, 3, 4), at(2024, 3, 12), None)[..2], ["4 Mar 2024", "5 Mar"]);
        assert_eq!(texts(at(2024, 12, 20), at(2025, 1, 20), None)[0], "23 Dec 2024");
        let day = texts(at(2024, 3, 4), at(2024, 3, 5), None);
        assert_eq!((day[0].as_str(), day[1].as_str(), day.last().unwrap().as_str()), ("4 Mar", "03:00", "5 Mar"));
        assert_eq!(texts(at(2020, 1, 1), at(2020, 12, 1), Some(Granularity::Quarter))[..2], ["Q1 2020", "Q2 2020"]);
        assert_eq!(
            texts(at(2020, 1, 1), at(2024, 1, 1), Some(Granularity::Year)),
            ["2020", "2021", "2022", "2023", "2024"]
        );
        assert_eq!(
            texts(at(2024, 3, 4) + HOUR, at(2024, 3, 4) + HOUR + 3_000_000, None)[..2],
            ["4 Mar 01:00:00", "01:00:01"]
        );
    }

    #[test]
    fn ends_of_the_calendar_and_single_moments() {
        texts(EVER[0], EVER[1], None);
        texts(at(2024, 3, 4), at(2024, 3, 4), None);
        texts(at(2024, 3, 1), at(2024, 3, 1), Some(Granularity::Month));
        texts(0, 5, None);
        let nothing = time(None, &Span::default(), None, true, 0.0);
        assert!(nothing.ticks.len() > 3 && nothing.ticks[0].text == "00:00");
    }

    #[test]
    fn names_of_periods() {
        let start = at(2024, 4, 1);
        let names = Granularity::ALL.map(|every| period_label(start, every));
        assert_eq!(
            names,
            ["1 Apr 2024 00:00", "1 Apr 2024 00:00", "1 Apr 2024", "1 Apr 2024", "Apr 2024", "Q2 2024", "2024"]
        );
    }
}
