//! Whether the options and annotations of a spec fit its kind and each other.

use super::check::listed;
use super::{Accepts, Annotation, BandKind, Channel, ChartKind, ChartSpec, TrendMethod};
use crate::analyses::grouped::Function;
use crate::columns::{Column, Scalar, nearest_name};
use crate::errors::FieldError;

const MOST_ANNOTATIONS: usize = 50;

pub(super) fn check_options(spec: &ChartSpec, kind: &ChartKind, columns: &[Column], errors: &mut Vec<FieldError>) {
    known_options(spec, kind, errors);
    ranges(spec, errors);
    trend_and_band(spec, columns, errors);
    if spec.options.comparison.is_some() && spec.channel(Channel::X).is_empty() {
        errors.push(FieldError::new("/options/comparison", "A comparison needs dates or datetimes as `x`."));
    }
    annotations(spec, kind, errors);
    for (field, text, most) in [("/title", &spec.title, 200), ("/subtitle", &spec.subtitle, 300)] {
        if text.as_ref().is_some_and(|text| text.chars().count() > most) {
            errors.push(FieldError::new(field, format!("This has more than {most} characters.")));
        }
    }
}

fn known_options(spec: &ChartSpec, kind: &ChartKind, errors: &mut Vec<FieldError>) {
    let given = serde_json::to_value(&spec.options).unwrap_or_default();
    let names = given.as_object().into_iter().flatten().map(|(name, _)| name);
    for name in names.filter(|name| !kind.options.contains(&name.as_str())) {
        let noun = kind.noun_first();
        let takes = if kind.options.is_empty() { "no options".to_owned() } else { listed(kind.options) };
        let detail = format!("{noun} has no option `{name}`; it takes {takes}.");
        errors.push(FieldError::new(format!("/options/{name}"), detail));
    }
}

fn ranges(spec: &ChartSpec, errors: &mut Vec<FieldError>) {
    let options = &spec.options;
    if let Some(opacity) = options.opacity.filter(|opacity| !(0.01..=1.0).contains(opacity)) {
        errors.push(FieldError::new("/options/opacity", format!("{opacity} is not from 0.01 to 1.")));
    }
    if let Some(hole) = options.hole.filter(|hole| !(0.0..=0.9).contains(hole)) {
        errors.push(FieldError::new("/options/hole", format!("{hole} is not from 0 to 0.9.")));
    }
    if let Some(eye) = options.camera {
        let distance = eye.iter().map(|part| part * part).sum::<f64>().sqrt();
        if !(0.1..=10.0).contains(&distance) {
            let detail = "The eye must be 0.1 to 10 boxes away from the middle of the scene.";
            errors.push(FieldError::new("/options/camera", detail));
        }
    }
    if let Some(crate::analyses::distribution::Bandwidth::Width(width)) = options.bandwidth
        && !(width.is_finite() && width > 0.0)
    {
        errors.push(FieldError::new("/options/bandwidth", format!("{width} is no width: give a number above 0.")));
    }
}

fn trend_and_band(spec: &ChartSpec, columns: &[Column], errors: &mut Vec<FieldError>) {
    if let Some(trend) = &spec.options.trend
        && let Some(window) = trend.window
    {
        if trend.method != TrendMethod::MovingAverage {
            errors.push(FieldError::new("/options/trend/window", "Only a moving average has a window."));
        } else if !(2..=1000).contains(&window) {
            errors.push(FieldError::new("/options/trend/window", format!("{window} is not from 2 to 1000.")));
        }
    }
    let Some(band) = &spec.options.band else { return };
    let is_columns = band.kind == BandKind::Columns;
    for (field, name) in [("lower", &band.lower), ("upper", &band.upper)] {
        let pointer = format!("/options/band/{field}");
        match name {
            None if is_columns => errors.push(FieldError::new(pointer, "Name the column of this end of the band.")),
            Some(_) if !is_columns => {
                errors.push(FieldError::new(pointer, "Only a band of the kind `columns` names columns."));
            }
            Some(name) => errors.extend(numeric(name, columns, &pointer)),
            None => {}
        }
    }
    let is_mean = spec.y.iter().all(|encoding| encoding.aggregate == Some(Function::Mean));
    if matches!(band.kind, BandKind::Confidence | BandKind::Deviation) && !is_mean {
        errors.push(FieldError::new("/options/band/kind", "This band is around means: give `y` the aggregate `mean`."));
    }
}

fn numeric(name: &str, columns: &[Column], pointer: &str) -> Option<FieldError> {
    let fits = |column: &&Column| Accepts::Numbers.takes(column.column_type);
    if columns.iter().filter(fits).any(|column| column.name == name) {
        return None;
    }
    let near = nearest_name(name, columns.iter().filter(fits).map(|column| column.name.as_str()));
    let advice = near.map(|near| format!(" Did you mean \"{near}\"?")).unwrap_or_default();
    Some(FieldError::new(pointer, format!("There is no column of numbers \"{name}\".{advice}")))
}

fn annotations(spec: &ChartSpec, kind: &ChartKind, errors: &mut Vec<FieldError>) {
    if !spec.annotations.is_empty() && !kind.has_axes {
        let detail = format!("{} has no axes that annotations could stand on.", kind.noun_first());
        errors.push(FieldError::new("/annotations", detail));
    }
    if spec.annotations.len() > MOST_ANNOTATIONS {
        errors.push(FieldError::new("/annotations", format!("A chart has at most {MOST_ANNOTATIONS} annotations.")));
    }
    for (at, annotation) in spec.annotations.iter().enumerate() {
        let text = match annotation {
            Annotation::Line { text, .. } | Annotation::Region { text, .. } => text.as_deref(),
            Annotation::Text { text, .. } => Some(text.as_str()),
        };
        if text.is_some_and(|text| text.is_empty() || text.chars().count() > 200) {
            errors.push(FieldError::new(format!("/annotations/{at}/text"), "A text has 1 to 200 characters."));
        }
        for (field, position) in positions(annotation) {
            if !(position.is_number() || position.is_string()) {
                let detail = format!("{position} is no place on an axis: give a number, an ISO 8601 time or a label.");
                errors.push(FieldError::new(format!("/annotations/{at}/{field}"), detail));
            }
        }
    }
}

fn positions(annotation: &Annotation) -> Vec<(&'static str, &Scalar)> {
    match annotation {
        Annotation::Line { at, .. } => vec![("at", at)],
        Annotation::Region { from, to, .. } => vec![("from", from), ("to", to)],
        Annotation::Text { x, y, .. } => vec![("x", x), ("y", y)],
    }
}
