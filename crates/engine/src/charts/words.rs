//! What a chart says in words: titles made of its channels, and one sentence for those who do not see it.

use contract::charts::{ChartSpec, kind};

use super::keys::{Keys, Shape};
use super::numbers::NumberFormat;
use super::reading::Source;
use super::times::{moment_label, period_label};

/// How many series a sentence names.
const MOST_NAMES: usize = 5;

/// The title of a chart: its own, none for an empty one, otherwise the one made of its channels.
pub(super) fn title(spec: &ChartSpec, made: impl FnOnce() -> String) -> Option<String> {
    match &spec.title {
        Some(title) if title.is_empty() => None,
        Some(title) => Some(title.clone()),
        None => Some(made()),
    }
}

/// "revenue, cost and tax".
pub(super) fn list(names: &[String]) -> String {
    match names {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] if names.len() <= MOST_NAMES => format!("{} and {last}", first.join(", ")),
        _ => format!("{} and {} more", names[..MOST_NAMES - 1].join(", "), names.len() + 1 - MOST_NAMES),
    }
}

/// "1 row", "12,004 rows".
pub(super) fn counted(count: usize, noun: &str) -> String {
    let count = NumberFormat::default().full(count as f64);
    if count == "1" { format!("1 {noun}") } else { format!("{count} {noun}s") }
}

/// What runs along a channel: "month", "class of price", "country".
pub(super) fn along(keys: &Keys, title: Option<&String>) -> String {
    match (&keys.shape, title) {
        (_, Some(title)) => title.clone(),
        (Shape::Periods(every), None) => format!("{every:?}").to_lowercase(),
        (Shape::Bins(_), None) => format!("class of {}", keys.column.name),
        _ => keys.column.name.clone(),
    }
}

/// With a small letter where the first word is an ordinary one.
pub(super) fn within(text: &str) -> String {
    let mut letters = text.chars();
    match (letters.next(), letters.next()) {
        (Some(first), Some(second)) if !second.is_uppercase() => {
            let end = first.len_utf8();
            format!("{}{}", first.to_lowercase(), &text[end..])
        }
        _ => text.to_owned(),
    }
}

/// The label of a position on the axis of these keys.
pub(super) fn position(keys: &Keys, place: usize) -> String {
    match &keys.shape {
        Shape::Numbers => keys.format().full(keys.at(place)),
        Shape::Moments if !keys.is_category() => moment_label(keys.at(place) as i64),
        Shape::Periods(every) if !keys.is_category() => period_label(keys.at(place) as i64, *every),
        _ => keys.label(place),
    }
}

/// A value and where it stands.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Told {
    pub(super) value: f64,
    pub(super) at: String,
}

/// "Line chart of the sum of revenue by month, from 12,004 in Jan 2021 to 15,310 in May 2024; highest …, lowest ….".
pub(super) struct Sentence {
    /// "sum of revenue by month".
    pub(super) what: String,
    /// Names of series.
    pub(super) series: Vec<String>,
    pub(super) panels: usize,
    /// The first and the last figure of a single line.
    pub(super) course: Option<(Told, Told)>,
    pub(super) extremes: Option<(Told, Told)>,
    pub(super) format: NumberFormat,
}

impl Sentence {
    pub(super) fn text(&self, source: &Source) -> String {
        // "a line chart".
        let noun = kind(source.spec.kind).noun;
        let noun = noun.split_once(' ').map_or(noun, |(_, noun)| noun);
        let mut letters = noun.chars();
        let first = letters.next().map(char::to_uppercase).into_iter().flatten();
        let mut text = format!("{}{} of {}", first.collect::<String>(), letters.as_str(), self.what);
        if self.series.len() > 1 {
            text.push_str(&format!(", {} series: {}", self.series.len(), list(&self.series)));
        }
        if self.panels > 1 {
            text.push_str(&format!(", in {} small charts", self.panels));
        }
        let told = |told: &Told| match told.at.is_empty() {
            true => self.format.told(told.value),
            false => format!("{} at {}", self.format.told(told.value), told.at),
        };
        if let Some((first, last)) = &self.course {
            text.push_str(&format!(", from {} to {}", told(first), told(last)));
        }
        match &self.extremes {
            Some((highest, lowest)) if highest != lowest => {
                text.push_str(&format!("; highest {}, lowest {}", told(highest), told(lowest)));
            }
            Some((only, _)) if self.course.is_none() => text.push_str(&format!("; {}", told(only))),
            Some(_) => {}
            None => text.push_str(", with no values"),
        }
        text.push('.');
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_and_small_letters() {
        let names = |count: usize| (0..count).map(|i| format!("n{i}")).collect::<Vec<_>>();
        assert_eq!(
            (list(&names(0)), list(&names(1)), list(&names(3))),
            (String::new(), "n0".into(), "n0, n1 and n2".into())
        );
        assert_eq!(list(&names(8)), "n0, n1, n2, n3 and 4 more");
        assert_eq!(
            (within("Sum of A"), within("GDP by year"), within("Ärger")),
            ("sum of A".into(), "GDP by year".into(), "ärger".into())
        );
    }
}
