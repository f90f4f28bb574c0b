//! The points of a line: where keys follow one another, where some are missing, and what stands there then.

use contract::charts::Gaps;
use contract::granularity::Granularity;

use super::courses::{Course, Courses};
use super::keys::Shape;
use super::line::gaps;
use crate::periods::period_start;

/// So many missing periods of one gap are points of their own; of a longer gap its ends are.
const MOST_FILLED: i64 = 1_000;

pub(super) struct Point {
    pub(super) x: f64,
    pub(super) y: f64,
    /// The group whose figure it is.
    pub(super) group: Option<usize>,
}

/// The points of a course. Where periods or categories have no rows, or rows without a value, stands NaN, 0 or nothing.
/// Numbers and exact times have no next one that could be missing.
pub(super) fn points(courses: &Courses, course: &Course) -> Vec<Point> {
    let gaps = gaps(courses);
    let values = &courses.values[course.y];
    let keys = &courses.keys;
    let mut points: Vec<Point> = Vec::with_capacity(course.groups.len());
    let mut before: Option<i64> = None;
    for group in course.groups.clone() {
        let key = courses.key_of(group);
        let number = match keys.shape {
            _ if keys.is_category() => Some(key as i64),
            Shape::Bins(_) => Some(key as i64),
            _ => keys.period(key),
        };
        if let Some((last, next)) = before.zip(number)
            && next > last + 1
            && gaps != Gaps::Connect
        {
            fill(courses, &mut points, last + 1, next - 1, gaps);
        }
        before = number;
        let y = match (values[group].is_nan(), gaps) {
            (true, Gaps::Connect) => continue,
            (true, Gaps::Zero) => 0.0,
            _ => values[group],
        };
        points.push(Point { x: keys.at(key), y, group: Some(group) });
    }
    points
}

/// Puts points between two neighbours, for the periods or categories from `from` to `to`.
fn fill(courses: &Courses, points: &mut Vec<Point>, from: i64, to: i64, gaps: Gaps) {
    let keys = &courses.keys;
    let at = |number: i64| match &keys.shape {
        _ if keys.is_category() => number as f64,
        Shape::Periods(every) => period_start(number, *every) as f64,
        _ => keys.at(number as usize),
    };
    if gaps == Gaps::Show {
        points.push(Point { x: at(from), y: f64::NAN, group: None });
        return;
    }
    let zero = |number: i64| Point { x: at(number), y: 0.0, group: None };
    if to - from >= MOST_FILLED {
        points.extend([zero(from), zero(to)]);
    } else {
        points.extend((from..=to).map(zero));
    }
}

/// Gaps are shown unless only weekends are missing, as in figures of markets and offices: then they are bridged.
pub(super) fn usual_gaps(courses: &Courses) -> Gaps {
    let keys = &courses.keys;
    if keys.shape != Shape::Periods(Granularity::Day) || keys.is_category() || keys.values.len() < 6 {
        return Gaps::Show;
    }
    let days: Vec<i64> = (0..keys.values.len()).filter_map(|at| keys.period(at)).collect();
    // Monday is 0; 1970-01-01 was a Thursday.
    let has_weekend = days.iter().any(|day| (day + 3).rem_euclid(7) >= 5);
    let is_short = days.windows(2).all(|pair| pair[1] - pair[0] <= 5);
    if has_weekend || !is_short {
        return Gaps::Show;
    }
    courses.source.note("No row is on a weekend, so lines bridge the days without rows.");
    Gaps::Connect
}
