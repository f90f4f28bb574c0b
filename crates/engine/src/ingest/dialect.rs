//! How a file of delimited text is laid out: its separator, whether it has a header, and where its rows begin.

use std::path::Path;

use contract::limits::IngestLimits;

use super::block::CellKind;
use super::delimited::unclosed_quote;
use super::fields::{FieldCutter, Fields, Step};
use super::types::{Inferred, spelled_type};
use super::window::{Window, line_ends};
use crate::Result;
use crate::failures::invalid;
use crate::kind::BOM;

const DELIMITERS: [u8; 4] = [b',', b';', b'\t', b'|'];
/// How many records vote on the separator.
const SAMPLE_RECORDS: usize = 200;

#[derive(Clone, Debug)]
pub(crate) struct Layout {
    pub(crate) delimiter: u8,
    pub(crate) header: bool,
    /// As in the file; `column_N` stands for an empty name later.
    pub(crate) names: Vec<String>,
    pub(crate) body_offset: u64,
    pub(crate) body_line: u64,
}

/// Looks at the beginning of the file. The separator is the one under which most of the first 200 records have as
/// many fields as the first one; more fields win a tie. The first record is the header unless every one of its
/// cells reads as a number, truth value, date or datetime.
pub(crate) fn layout_of(path: &Path, limits: &IngestLimits) -> Result<Layout> {
    let mut window = Window::open(path, limits, 0, 1)?;
    window.fill()?;
    if window.rest().starts_with(BOM) {
        window.advance(BOM.len(), 0);
    }
    loop {
        if let Some(layout) = layout_within(&window)? {
            return Ok(layout);
        }
        window.fill()?;
    }
}

/// `None` if the window does not hold the first record whole.
fn layout_within(window: &Window) -> Result<Option<Layout>> {
    let (text, last) = (window.rest(), window.ended());
    let mut best: Option<(Vote, u8)> = None;
    for delimiter in DELIMITERS {
        let Some(vote) = vote(text, delimiter, last) else { continue };
        if best.as_ref().is_none_or(|(other, _)| vote.beats(other)) {
            best = Some((vote, delimiter));
        }
    }
    let delimiter = best.map_or(b',', |(_, delimiter)| delimiter);
    let cutter = FieldCutter::new(delimiter);
    let mut fields = Fields::default();
    let mut at = 0;
    let next = loop {
        match cutter.cut(text, at, last, &mut fields) {
            Step::Record { next } => break next,
            Step::Blank { next } if next >= text.len() && last => return Err(crate::kind::empty()),
            Step::Blank { next } => at = next,
            Step::Incomplete => return Ok(None),
            Step::Unclosed { quote } => {
                return Err(unclosed_quote(window.line() + line_ends(&text[..quote]), &text[quote..]));
            }
        }
    };
    let limit = window.limits().columns;
    if fields.cells.len() > limit as usize {
        return Err(too_many_columns(fields.cells.len(), limit, window.line() + line_ends(&text[..at])));
    }
    let bytes = |cell: &super::block::Cell| {
        let source = if cell.unescaped { &fields.unescaped } else { text };
        source.get(cell.start as usize..cell.end as usize).unwrap_or_default()
    };
    let cells: Vec<(CellKind, &[u8])> = fields.cells.iter().map(|cell| (cell.kind, bytes(cell))).collect();
    if let ([(CellKind::Bare | CellKind::Quoted, word)], true, true) = (cells.as_slice(), last, next == text.len()) {
        lone_word_check(text, word)?;
    }
    let header = !cells.iter().all(|(kind, bytes)| is_plain_value(*kind, bytes));
    let names =
        cells.iter().map(|(_, bytes)| if header { String::from_utf8_lossy(bytes).into_owned() } else { String::new() });
    let skipped = if header { next } else { 0 };
    Ok(Some(Layout {
        delimiter,
        header,
        names: names.collect(),
        body_offset: window.offset() + skipped as u64,
        body_line: window.line() + if header { fields.lines } else { 0 },
    }))
}

/// A file of one word without a line end is more likely a broken something else than an empty table of one column.
fn lone_word_check(text: &[u8], word: &[u8]) -> Result<()> {
    if text.ends_with(b"\n") || text.ends_with(b"\r") || is_plain_value(CellKind::Bare, word) {
        return Ok(());
    }
    Err(invalid("The file holds a single word, which is not a table.")
        .line(1)
        .value(String::from_utf8_lossy(word))
        .advice("Upload a file with a header line and rows, or with JSON records."))
}

fn is_plain_value(kind: CellKind, bytes: &[u8]) -> bool {
    kind == CellKind::Bare && !matches!(spelled_type(bytes), Inferred::Unknown | Inferred::Text)
}

pub(crate) fn too_many_columns(found: usize, limit: u32, line: u64) -> contract::errors::Failure {
    invalid(format!("The table has {found} columns, but at most {limit} are possible."))
        .line(line)
        .advice("Leave columns out, turn columns into rows, or ask the operator to raise PLOTLINE_INGEST_COLUMNS.")
}

struct Vote {
    /// Fields of the first record.
    width: usize,
    /// Records that have as many fields as the first.
    agreeing: usize,
    records: usize,
}

impl Vote {
    /// A separator that cuts nothing never wins against one that does.
    fn beats(&self, other: &Self) -> bool {
        let share = |vote: &Self| vote.agreeing as f64 / vote.records.max(1) as f64;
        let key = |vote: &Self| (vote.width > 1, share(vote), vote.width);
        key(self) > key(other)
    }
}

fn vote(text: &[u8], delimiter: u8, last: bool) -> Option<Vote> {
    let cutter = FieldCutter::new(delimiter);
    let (mut widths, mut at) = (Vec::new(), 0);
    let mut fields = Fields::default();
    while at < text.len() && widths.len() < SAMPLE_RECORDS {
        fields.cells.clear();
        fields.unescaped.clear();
        match cutter.cut(text, at, last, &mut fields) {
            Step::Record { next } => {
                widths.push(fields.cells.len());
                at = next;
            }
            Step::Blank { next } => at = next,
            Step::Incomplete | Step::Unclosed { .. } => break,
        }
    }
    let width = *widths.first()?;
    let agreeing = widths.iter().filter(|other| **other == width).count();
    Some(Vote { width, agreeing, records: widths.len() })
}
