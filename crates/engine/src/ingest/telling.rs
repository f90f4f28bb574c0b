//! What is told about the marks of a file: each choice with its confidence and reason.

use contract::ingest::{Choice, Dialect, LineEnd, ParseOptions};

use super::marks::{Format, ends};
use super::sniff::Sniffed;

const QUOTES_SEEN: &str = "Fields stand between these marks.";
/// The choices that the layout of a file makes.
const LAYOUT: [&str; 6] = ["delimiter", "quote", "escape", "comment", "skip_rows", "header"];

/// Notes the marks; `before` lines stand before the table.
pub(crate) fn marks(dialect: &mut Dialect, options: &ParseOptions, sniffed: &Sniffed, before: u64) {
    let format = &sniffed.format;
    dialect.delimiter = Some(char::from(format.delimiter));
    dialect.quote = format.quote.map(char::from);
    dialect.escape = format.escape.map(char::from);
    dialect.comment = format.comment.as_deref().map(|mark| String::from_utf8_lossy(mark).into_owned());
    let shown = |mark: Option<u8>| mark.map(|mark| char::from(mark).to_string()).unwrap_or_default();
    let agreement = sniffed.agreement * if sniffed.clear { 1.0 } else { 0.8 };
    let detected = [
        (
            "delimiter",
            &options.delimiter,
            shown(Some(format.delimiter)),
            agreement,
            "Under this separator the records are most alike.",
        ),
        (
            "quote",
            &options.quote,
            shown(format.quote),
            if sniffed.has_quotes { agreement } else { 0.5 },
            if sniffed.has_quotes { QUOTES_SEEN } else { "No field is in quotes; this is the usual mark." },
        ),
        (
            "escape",
            &options.escape,
            shown(format.escape),
            if sniffed.has_quotes { 0.9 } else { 0.5 },
            "Quotes within quotes are written with it; equal to the quote where they are doubled.",
        ),
    ];
    for (option, asked, value, confidence, reason) in detected {
        dialect.choices.push(match asked {
            Some(_) => Choice::asked(option, value),
            None => Choice::detected(option, value, confidence, reason),
        });
    }
    if let Some(comment) = &dialect.comment {
        let choice = match options.comment {
            Some(_) => Choice::asked("comment", comment),
            None => Choice::detected(
                "comment",
                comment,
                0.9,
                "Without the lines that begin with it the records are more alike.",
            ),
        };
        dialect.choices.push(choice);
    }
    dialect.skip_rows = before;
    match options.skip_rows {
        Some(rows) => dialect.choices.push(Choice::asked("skip_rows", rows.to_string())),
        None if before > 0 => {
            let reason = "The lines before the table are blank, comments or titles with fewer fields.";
            dialect.choices.push(Choice::detected("skip_rows", before.to_string(), 0.9, reason));
        }
        None => {}
    }
}

/// What is told so far, without what the layout of the file decided.
pub(crate) fn without_marks(dialect: &Dialect) -> Dialect {
    let mut other = dialect.clone();
    other.choices.retain(|choice| !LAYOUT.contains(&choice.option.as_str()));
    other.warnings.clear();
    other
}

/// The beginning of the file showed no quotes, a later row does.
pub(crate) fn quotes_seen(dialect: &mut Dialect) {
    let quote = dialect.choices.iter_mut().find(|choice| choice.option == "quote" && !choice.asked);
    if let Some(choice) = quote.filter(|choice| choice.reason != QUOTES_SEEN) {
        choice.confidence = choice.confidence.max(0.9);
        QUOTES_SEEN.clone_into(&mut choice.reason);
    }
}

/// The confidence of the separator over all rows, of which so many are malformed: it was chosen by a sample of them.
pub(crate) fn measured(dialect: &mut Dialect, rows: u64, malformed: u64) {
    let total = rows + malformed;
    let share = rows as f64 / total.max(1) as f64;
    for choice in dialect.choices.iter_mut().filter(|choice| choice.option == "delimiter" && !choice.asked) {
        if malformed > 0 {
            choice.confidence = (choice.confidence.min(share) * 1000.0).round() / 1000.0;
        }
        choice.reason = format!("{} It cuts {rows} of {total} rows alike.", choice.reason);
    }
}

/// How the lines end that a pass over all rows has seen; nothing of a file without line ends.
pub(crate) fn line_end(dialect: &mut Dialect, seen: u8, format: &Format) {
    let found = match seen {
        0 => return one_line(dialect, format.ends.asked),
        ends::LF => LineEnd::Lf,
        ends::CRLF => LineEnd::Crlf,
        ends::CR => LineEnd::Cr,
        _ => LineEnd::Mixed,
    };
    dialect.line_end = Some(found);
    dialect.choices.push(match (format.ends.asked, found) {
        (Some(asked), _) => Choice::asked("line_end", asked.as_str()),
        (None, LineEnd::Mixed) => {
            let reason = "Rows end in more than one of LF, CRLF and CR; each of them ends a row.";
            Choice::detected("line_end", found.as_str(), 0.8, reason)
        }
        (None, _) => Choice::detected("line_end", found.as_str(), 1.0, "All rows end in it."),
    });
}

/// A file in which nothing ends a line: if that was asked for, whoever asked is told.
fn one_line(dialect: &mut Dialect, asked: Option<LineEnd>) {
    let Some(asked) = asked else { return };
    dialect.choices.push(Choice::asked("line_end", asked.as_str()));
    if asked == LineEnd::Mixed {
        return;
    }
    dialect.warnings.push(format!(
        "No line ends in {}, which the request asked for, so that the whole file is one row. Leave \"line_end\" out to have it detected.",
        asked.as_str()
    ));
}
