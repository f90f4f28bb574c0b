//! Annotations with the positions of their axes.

use chrono::DateTime;
use contract::charts::figure::{Axis, AxisKind, Mark};
use contract::charts::{Annotation, AxisName, Encoding};
use contract::columns::{ColumnType, Scalar};
use contract::filters::{Condition, FilterValue, Operator};

use super::reading::{Source, refused};
use super::zones;
use crate::Result;

/// The two axes that the channels `x` and `y` stand on. Annotations follow the channels: where the chart lies on its
/// side, so do they.
pub(super) struct Axes<'a> {
    pub(super) x: &'a Axis,
    pub(super) y: &'a Axis,
    /// Whether the channel `x` stands upright.
    pub(super) is_horizontal: bool,
}

/// The marks of all annotations of a spec.
pub(super) fn marks(source: &Source, axes: &Axes) -> Result<Vec<Mark>> {
    source
        .spec
        .annotations
        .iter()
        .enumerate()
        .map(|(number, annotation)| mark(source, axes, number, annotation))
        .collect()
}

fn mark(source: &Source, axes: &Axes, number: usize, annotation: &Annotation) -> Result<Mark> {
    let place = |axis: AxisName, value: &Scalar, field: &str| {
        let pointer = format!("/annotations/{number}/{field}");
        let (axis, encoding) = match (axis, axes.is_horizontal) {
            (AxisName::X, false) => (axes.x, source.spec.x.as_ref()),
            (AxisName::X, true) => (axes.y, source.spec.x.as_ref()),
            (AxisName::Y, false) => (axes.y, source.spec.y.first()),
            (AxisName::Y, true) => (axes.x, source.spec.y.first()),
        };
        position(axis, encoding, value).map_err(|detail| refused(&pointer, detail))
    };
    let across_x = |axis: AxisName| (axis == AxisName::X) != axes.is_horizontal;
    Ok(match annotation {
        Annotation::Line { axis, at, text } => {
            Mark::Line { across_x: across_x(*axis), at: place(*axis, at, "at")?, text: text.clone() }
        }
        Annotation::Region { axis, from, to, text } => {
            let (from, to) = (place(*axis, from, "from")?, place(*axis, to, "to")?);
            Mark::Region { across_x: across_x(*axis), from: from.min(to), to: from.max(to), text: text.clone() }
        }
        Annotation::Text { x, y, text } => {
            let (x, y) = (place(AxisName::X, x, "x")?, place(AxisName::Y, y, "y")?);
            let (x, y) = if axes.is_horizontal { (y, x) } else { (x, y) };
            Mark::Text { x, y, text: text.clone() }
        }
    })
}

/// The position of a value on an axis.
fn position(axis: &Axis, encoding: Option<&Encoding>, value: &Scalar) -> std::result::Result<f64, String> {
    let number = || value.as_f64().or_else(|| value.as_str()?.trim().parse().ok()).filter(|number| number.is_finite());
    match axis.kind {
        AxisKind::Linear => number().ok_or_else(|| format!("{value} is no number, which this axis shows.")),
        AxisKind::Log => number()
            .filter(|number| *number > 0.0)
            .ok_or_else(|| format!("{value} is no number above 0, which this logarithmic axis shows.")),
        AxisKind::Time => moment(encoding, value).ok_or_else(|| {
            format!("{value} is no time of this axis: give an ISO 8601 date or time, as \"2024-12-31\" or \"2024-12-31T23:59:59\".")
        }),
        AxisKind::Category => {
            let label = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
            let found = axis.categories.iter().position(|known| *known == label);
            let known = || axis.categories.iter().map(String::as_str);
            found.map(|at| at as f64).ok_or_else(|| match contract::columns::nearest_name(&label, known()) {
                Some(near) => format!("\"{label}\" is no category of this axis. Did you mean \"{near}\"?"),
                None => format!("\"{label}\" is no category of this axis."),
            })
        }
    }
}

/// A time as the clocks of the axis show it; one with an offset is turned to the zone of the axis.
fn moment(encoding: Option<&Encoding>, value: &Scalar) -> Option<f64> {
    let typed = |column_type: ColumnType| {
        let condition = Condition { column: String::new(), op: Operator::Eq, value: Some(value.clone()), values: None };
        condition.operands(column_type).ok()?.into_iter().next()
    };
    let text = value.as_str()?;
    if let Some(FilterValue::Datetime(micros)) = typed(ColumnType::Datetime) {
        let zone = encoding.and_then(|encoding| encoding.time_zone.as_ref());
        let zone = zone.filter(|_| DateTime::parse_from_rfc3339(text).is_ok());
        let shifted = zone.and_then(|zone| zones::local(&[micros], None, zone).ok()?.first().copied());
        return Some(shifted.unwrap_or(micros) as f64);
    }
    match typed(ColumnType::Time)? {
        FilterValue::Time(micros) => Some(micros as f64),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::axes::{Layout, Span, categories, linear, logarithmic};
    use super::super::times::time;
    use super::*;

    #[test]
    fn positions_by_the_kind_of_the_axis() {
        let span = Span::of(&[1.0, 9.0]);
        let number = linear(&span, Layout::default());
        assert_eq!(position(&number, None, &json!(3)), Ok(3.0));
        assert_eq!(position(&number, None, &json!("3.5")), Ok(3.5));
        assert!(position(&number, None, &json!("many")).unwrap_err().contains("no number"));
        assert!(position(&logarithmic(&span, Layout::default()), None, &json!(0)).is_err());
        let label = categories(None, vec!["Berlin".into(), "Rom".into()], false);
        assert_eq!(position(&label, None, &json!("Rom")), Ok(1.0));
        assert!(position(&label, None, &json!("Berlim")).unwrap_err().contains("Berlin"));
        let times = time(None, &span, None, false, 0.0);
        assert_eq!(position(&times, None, &json!("1970-01-02")), Ok(86_400e6));
        assert_eq!(position(&times, None, &json!("00:00:01")), Ok(1e6));
        let zone = Encoding { time_zone: Some("Europe/Berlin".into()), ..Encoding::default() };
        assert_eq!(position(&times, Some(&zone), &json!("1970-01-01T00:00:00Z")), Ok(3600e6));
        assert_eq!(position(&times, Some(&zone), &json!("1970-01-01T00:00:00")), Ok(0.0));
        assert!(position(&times, None, &json!(7)).unwrap_err().contains("ISO 8601"));
    }
}
