//! What a person reads about JSON that cannot be used: line, column, what was expected and what was seen.

use contract::errors::Failure;
use contract::limits::IngestLimits;

use super::scan::Wrong;
use crate::failures::invalid;
use crate::ingest::delimited::cell_too_large;
use crate::ingest::dialect::too_many_columns;
use crate::ingest::window::line_ends;

/// Where a piece of text stands in the file.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place<'a> {
    pub(super) text: &'a [u8],
    /// The line of the first byte of `text`, and how many characters stand before it on that line.
    pub(super) line: u64,
    pub(super) characters: u64,
}

impl Place<'_> {
    pub(super) fn line_of(&self, at: usize) -> u64 {
        self.line + line_ends(self.text.get(..at).unwrap_or_default())
    }

    /// The column of a byte in characters, counted from 1.
    fn column_of(&self, at: usize) -> u64 {
        let before = self.text.get(..at).unwrap_or_default();
        let start = before.iter().rposition(|byte| matches!(byte, b'\n' | b'\r'));
        let characters = characters(before.get(start.map_or(0, |at| at + 1)..).unwrap_or_default());
        1 + characters + if start.is_none() { self.characters } else { 0 }
    }

    /// What stands at this byte, shortened.
    fn seen(&self, at: usize) -> String {
        let rest = self.text.get(at..).unwrap_or_default();
        let rest = String::from_utf8_lossy(rest.get(..200).unwrap_or(rest));
        let line = rest.lines().next().unwrap_or_default();
        match line.chars().take(30).collect::<String>() {
            seen if !seen.is_empty() => format!("\"{seen}\""),
            _ if rest.is_empty() => "the end of the file".to_owned(),
            _ => "the end of the line".to_owned(),
        }
    }

    /// The text around this byte.
    fn around(&self, at: usize) -> String {
        let before = self.text.get(at.saturating_sub(80)..at).unwrap_or_default();
        let before = String::from_utf8_lossy(before);
        let line = before.rsplit(['\n', '\r']).next().unwrap_or_default();
        let before: String = line.chars().skip(line.chars().count().saturating_sub(20)).collect();
        let rest = self.text.get(at..).unwrap_or_default();
        let after = String::from_utf8_lossy(rest.get(..80).unwrap_or(rest));
        let after: String = after.lines().next().unwrap_or_default().chars().take(20).collect();
        before.trim_start_matches('\u{FFFD}').to_owned() + &after
    }
}

/// How many characters these bytes are.
pub(super) fn characters(text: &[u8]) -> u64 {
    text.iter().filter(|byte| (**byte & 0xC0) != 0x80).count() as u64
}

/// The failure of a file; `name` is the column of a value that is too large.
pub(super) fn failure_of(wrong: &Wrong, place: Place, limits: &IngestLimits, name: &str) -> Failure {
    match wrong {
        Wrong::Syntax { at, expected } => {
            let (line, column, seen) = (place.line_of(*at), place.column_of(*at), place.seen(*at));
            invalid(format!(
                "The JSON is not valid on line {line}, column {column}: {expected} was expected, not {seen}."
            ))
            .line(line)
            .value(place.around(*at))
            .advice("Correct the file at this place; a JSON checker shows all such places.")
        }
        Wrong::Deep { at } => {
            let line = place.line_of(*at);
            invalid(format!("The JSON on line {line} is nested deeper than {} levels.", limits.nesting))
                .line(line)
                .advice("Flatten the records, or ask the operator to raise PLOTLINE_INGEST_NESTING.")
        }
        Wrong::Encoding { at } => {
            let (line, column) = (place.line_of(*at), place.column_of(*at));
            invalid(format!("Line {line} is not valid UTF-8 in column {column}."))
                .line(line)
                .value(place.around(*at))
                .advice("Save the file in UTF-8 and upload it again.")
        }
        Wrong::Wide { at } => too_many_columns(limits.columns as usize + 1, limits.columns, place.line_of(*at)),
        Wrong::Large { at, .. } => cell_too_large(place.line_of(*at), name, limits.cell_bytes),
    }
}

/// The failure of JSON without a single column.
pub(crate) fn no_columns() -> Failure {
    invalid("The JSON holds no rows with values, so the table would have no columns.")
        .advice("Upload an array of objects, such as [{\"a\": 1}, {\"a\": 2}], or one object a line.")
}

/// The failure of an item that is not like the first one.
pub(super) fn wrong_item(place: Place, at: usize, number: u64, wanted: &str) -> Failure {
    let line = place.line_of(at);
    invalid(format!("The JSON is no table: item {number}, on line {line}, is not {wanted} as the first one is."))
        .line(line)
        .value(place.around(at))
        .advice("Upload an array of objects, such as [{\"a\": 1}, {\"a\": 2}], or one object a line.")
}

pub(super) fn text_after_the_end(place: Place, at: usize) -> Failure {
    let (line, column) = (place.line_of(at), place.column_of(at));
    invalid(format!("Text follows the end of the JSON array on line {line}, column {column}: {}.", place.seen(at)))
        .line(line)
        .value(place.around(at))
        .advice("Upload one array, or one object a line (NDJSON).")
}

pub(super) fn not_closed(line: u64) -> Failure {
    invalid(format!("The JSON array is not closed: the file ends on line {line}."))
        .line(line)
        .advice("Upload the whole file; the array must end with ].")
}
