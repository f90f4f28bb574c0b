//! How a file of delimited text is laid out: its marks, what stands before the table, its header, where its rows begin.

use contract::errors::Failure;
use contract::ingest::{Choice, Dialect, ParseOptions};

use super::doubts::Doubts;
use super::fields::{FieldCutter, Fields, Step};
use super::header::{self, Header};
use super::line_ends::LineEnds;
use super::marks::Format;
use super::sniff::{Piece, SAMPLE_RECORDS, common_width, sniff};
use super::telling;
use super::window::{Window, line_ends};
use crate::Result;
use crate::failures::invalid;

/// So many records with another number of fields may stand before the table.
const MOST_PREAMBLE: usize = 30;

#[derive(Clone, Debug)]
pub(crate) struct Layout {
    pub(crate) format: Format,
    pub(crate) header: bool,
    /// As in the file; `column_N` stands for an empty name later.
    pub(crate) names: Vec<String>,
    pub(crate) body_offset: u64,
    pub(crate) body_line: u64,
    /// How many rows of the table have been looked at.
    pub(crate) sampled: u64,
}

/// Looks at the first block of the file, and at what gave rise to doubts further on, and notes in the dialect what it
/// decides. The window stands at the beginning of the file.
pub(crate) fn layout_of(
    window: &mut Window,
    options: &ParseOptions,
    dialect: &mut Dialect,
    doubts: &Doubts,
) -> Result<Layout> {
    window.fill()?;
    if window.rest().starts_with(crate::kind::BOM) {
        window.advance(crate::kind::BOM.len(), 0);
    }
    skip_lines(window, options.skip_rows.unwrap_or(0), LineEnds::of(options.line_end))?;
    loop {
        if let Some(layout) = layout_within(window, options, dialect, doubts)? {
            return Ok(layout);
        }
        window.fill()?;
    }
}

fn skip_lines(window: &mut Window, lines: u32, ends: LineEnds) -> Result<()> {
    for _ in 0..lines {
        loop {
            if let Some(next) = ends.next_line(window.rest(), 0, window.ended()) {
                let passed = line_ends(window.rest().get(..next).unwrap_or_default());
                window.advance(next, passed);
                break;
            }
            window.fill()?;
        }
    }
    Ok(())
}

/// `None` if the window does not hold the first record whole.
fn layout_within(
    window: &Window,
    options: &ParseOptions,
    dialect: &mut Dialect,
    doubts: &Doubts,
) -> Result<Option<Layout>> {
    let (text, last) = (window.rest(), window.ended());
    if last && text.iter().all(u8::is_ascii_whitespace) {
        return Err(crate::kind::empty());
    }
    let beginning = Piece { text, last, records: SAMPLE_RECORDS, inner: false };
    let pieces: Vec<Piece<'_>> = std::iter::once(beginning).chain(doubts.pieces()).collect();
    let sniffed = sniff(&pieces, options);
    let format = sniffed.format.clone();
    let cutter = FieldCutter::new(format.clone());
    let mut fields = Fields::default();
    let mut at = 0;
    let mut preamble = preamble_of(&sniffed.widths, options);
    let skipped_records = preamble;
    let (first, next) = loop {
        fields.cells.clear();
        fields.unescaped.clear();
        match cutter.cut(text, at, last, &mut fields) {
            Step::Record { next } if preamble == 0 => break (at, next),
            Step::Record { next } => (preamble, at) = (preamble - 1, next),
            Step::Blank { next } if next >= text.len() && last => return Err(crate::kind::empty()),
            Step::Blank { next } => at = next,
            Step::Incomplete if window.is_full() => return Err(too_long(window)),
            Step::Incomplete => return Ok(None),
            Step::Unclosed { quote } | Step::Stray { quote } => {
                return Err(unclosed_quote(window.line() + line_ends(&text[..quote]), &text[quote..]));
            }
        }
    };
    let limit = window.limits().columns;
    if fields.cells.len() > limit as usize {
        return Err(too_many_columns(fields.cells.len(), limit, window.line() + line_ends(&text[..first])));
    }
    let cells: Vec<_> = fields
        .cells
        .iter()
        .map(|cell| {
            let source = if cell.unescaped { &fields.unescaped } else { text };
            (cell.kind, source.get(cell.start as usize..cell.end as usize).unwrap_or_default())
        })
        .collect();
    if let ([(_, word)], true, true) = (cells.as_slice(), last, next == text.len()) {
        lone_word_check(text, word)?;
    }
    let Header { present, confidence, reason } = match options.header {
        Some(present) => Header { present, confidence: 1.0, reason: "" },
        None => header::decide(&cells, &text[next..], last, &format),
    };
    let mut names: Vec<String> = cells
        .iter()
        .map(|(_, bytes)| if present { String::from_utf8_lossy(bytes).into_owned() } else { String::new() })
        .collect();
    widen(&mut names, &sniffed.widths[skipped_records.min(sniffed.widths.len())..], present, dialect);
    let (body, body_lines) =
        if present { (next, line_ends(&text[..next])) } else { (first, line_ends(&text[..first])) };
    let before = window.line() - 1 + line_ends(&text[..first]);
    telling::marks(dialect, options, &sniffed, before);
    if options.header.is_some() {
        dialect.choices.push(Choice::asked("header", present.to_string()));
    } else {
        dialect.choices.push(Choice::detected("header", present.to_string(), confidence, reason));
    }
    dialect.header = present;
    Ok(Some(Layout {
        format,
        header: present,
        names,
        body_offset: window.offset() + body as u64,
        body_line: window.line() + body_lines,
        sampled: (sniffed.widths.len() - skipped_records.min(sniffed.widths.len())) as u64,
    }))
}

/// How many records at the beginning are no part of the table: titles and remarks, which have fewer fields.
fn preamble_of(widths: &[usize], options: &ParseOptions) -> usize {
    if options.skip_rows.is_some() {
        return 0;
    }
    let (width, _) = common_width(widths);
    let Some(first) = widths.iter().position(|other| *other == width) else { return 0 };
    let rest = widths.get(first..).unwrap_or_default();
    let agreeing = rest.iter().filter(|other| **other == width).count();
    let are_titles = widths.iter().take(first).all(|other| *other == 1);
    if width >= 2 && first <= MOST_PREAMBLE && are_titles && agreeing >= 2 && agreeing * 10 >= rest.len() * 9 {
        first
    } else {
        0
    }
}

/// So many rows must agree that the header lacks names.
const ROWS_AGAINST_HEADER: usize = 3;

/// Gives names to columns that the header lacks, where all rows agree that there are more.
fn widen(names: &mut Vec<String>, widths: &[usize], header: bool, dialect: &mut Dialect) {
    let body = widths.get(1..).unwrap_or_default();
    let Some(width) = body.first().copied() else { return };
    if header
        && names.len() >= 2
        && body.len() >= ROWS_AGAINST_HEADER
        && width > names.len()
        && body.iter().all(|other| *other == width)
    {
        let (named, all) = (names.len(), width);
        dialect.warnings.push(format!(
            "The header has {named} names, but the rows have {all} fields: the last columns have no name."
        ));
        names.resize(width, String::new());
    }
}

/// A file of one word without a line end is more likely a broken something else than an empty table of one column.
fn lone_word_check(text: &[u8], word: &[u8]) -> Result<()> {
    if text.ends_with(b"\n") || text.ends_with(b"\r") || super::evidence::is_value(word) {
        return Ok(());
    }
    Err(invalid("The file holds a single word, which is not a table.")
        .line(1)
        .value(String::from_utf8_lossy(word))
        .advice("Upload a file with a header line and rows, or with JSON records."))
}

pub(crate) fn too_many_columns(found: usize, limit: u32, line: u64) -> Failure {
    invalid(format!("The table has {found} columns, but at most {limit} are possible."))
        .line(line)
        .advice("Leave columns out, turn columns into rows, or ask the operator to raise PLOTLINE_INGEST_COLUMNS.")
}

fn too_long(window: &Window) -> Failure {
    invalid(format!("The row that begins on line {} is too long.", window.line()))
        .line(window.line())
        .advice("Check whether a quote in this row is never closed.")
}

fn unclosed_quote(line: u64, rest: &[u8]) -> Failure {
    let first_line = rest.split(|byte| matches!(byte, b'\n' | b'\r')).next().unwrap_or_default();
    invalid(format!("The quote that opens on line {line} is not closed before a separator or a line end."))
        .line(line)
        .value(String::from_utf8_lossy(first_line.get(..1000).unwrap_or(first_line)))
        .advice(
            "Close the quote, write a quote that belongs to the text twice, or read the file with an empty `quote`.",
        )
}
