//! Delimited text as blocks. A row that is malformed is told by its line and left out; the rows after it are read on.

use contract::errors::Failure;
use contract::ingest::{Dialect, ParseOptions, QuarantineReason};

use super::block::{BLOCK_BYTES, Block, BlockSource, Cell, Fault};
use super::dialect::{Layout, layout_of};
use super::doubts::{Doubts, MALFORMED};
use super::fields::{FieldCutter, Fields, Step};
use super::marks::odd;
use super::names::unique_names;
use super::telling;
use super::window::{Window, line_ends};
use crate::Result;
use crate::failures::{internal, invalid};

pub(crate) struct DelimitedBlocks {
    window: Window,
    layout: Layout,
    cutter: FieldCutter,
    /// As they are told to people.
    names: Vec<String>,
    pass: Pass,
    /// Whether doubts are gathered: in the first pass alone.
    watching: bool,
    doubts: Doubts,
    /// How the file was read before it was reconsidered, and what that pass had seen.
    before: Option<(Layout, Pass)>,
}

/// What a pass has seen so far.
#[derive(Default)]
struct Pass {
    records: u64,
    ends: u8,
    has_quotes: bool,
}

/// Where a record stands within the window's text.
#[derive(Clone, Copy)]
struct Place {
    at: usize,
    next: usize,
    line: u64,
}

impl DelimitedBlocks {
    pub(crate) fn open(mut window: Window, layout: Layout) -> Result<Self> {
        window.seek(layout.body_offset, layout.body_line)?;
        let cutter = FieldCutter::new(layout.format.clone());
        let names = unique_names(&layout.names);
        let (pass, doubts) = (Pass::default(), Doubts::default());
        Ok(Self { window, layout, cutter, names, pass, watching: true, doubts, before: None })
    }

    fn set_layout(&mut self, layout: Layout) -> Layout {
        self.cutter = FieldCutter::new(layout.format.clone());
        self.names = unique_names(&layout.names);
        std::mem::replace(&mut self.layout, layout)
    }

    /// Cuts whole records off the window; an empty block if it holds none.
    fn cut_records(&mut self) -> Block {
        let width = self.names.len();
        let (text, last, first_line) = (self.window.rest(), self.window.ended(), self.window.line());
        let mut fields = Fields { cells: Vec::with_capacity(BLOCK_BYTES / 8), ..Fields::default() };
        let (mut spans, mut faults) = (Vec::new(), Vec::new());
        let mut at = 0;
        while at < text.len() && at < BLOCK_BYTES {
            let (row, line) = (fields.cells.len(), first_line + fields.lines);
            fields.odd = 0;
            let (next, fault) = match self.cutter.cut(text, at, last, &mut fields) {
                Step::Record { next } => (next, self.record_fault(Place { at, next, line }, &fields, row)),
                Step::Blank { next } => {
                    at = next;
                    continue;
                }
                Step::Incomplete if !self.window.is_full() => break,
                // A quote that is not closed within the longest row: what it holds is no field, so its line is left out.
                Step::Incomplete => {
                    let Some(next) = self.layout.format.ends.next_line(text, at, true) else { break };
                    (next, Some(self.quote_fault(Place { at, next, line }, at, false)))
                }
                step @ (Step::Unclosed { quote } | Step::Stray { quote }) => {
                    let Some(next) = self.layout.format.ends.next_line(text, at, last) else { break };
                    let stray = matches!(step, Step::Stray { .. });
                    (next, Some(self.quote_fault(Place { at, next, line }, quote, stray)))
                }
            };
            self.pass.records += 1;
            self.pass.has_quotes |= fields.odd & odd::QUOTED != 0;
            let doubt = (fields.odd & !odd::QUOTED) | if fault.is_some() { MALFORMED } else { 0 };
            if doubt != 0 && self.watching && self.pass.records > self.layout.sampled {
                self.doubts.add(doubt, &text[at..]);
            }
            match fault {
                None => spans.push((at as u32, next as u32)),
                Some(fault) => {
                    fields.cells.truncate(row);
                    fields.lines = line - first_line + line_ends(&text[at..next]);
                    faults.push(fault);
                }
            }
            at = next;
        }
        let block_text = text[..at].to_vec();
        self.pass.ends |= fields.ends;
        self.window.advance(at, fields.lines);
        Block {
            text: block_text,
            unescaped: fields.unescaped,
            cells: fields.cells,
            width,
            file_offset: self.window.progress(),
            first_line,
            spans,
            faults,
        }
    }

    /// What is wrong with a record that has been cut, if anything.
    fn record_fault(&self, place: Place, fields: &Fields, row: usize) -> Option<Fault> {
        let Place { at, next, line } = place;
        let cells = fields.cells.get(row..).unwrap_or_default();
        if let Some(bad) = self.window.bad_byte_within(at, next) {
            return Some(self.encoding_fault(place, bad));
        }
        if cells.len() != self.names.len() {
            return Some(self.width_fault(place, cells, &fields.unescaped));
        }
        let limit = self.window.limits().cell_bytes;
        if (next - at) as u64 <= limit {
            return None;
        }
        let large = cells.iter().position(|cell| cell.len() as u64 > limit)?;
        let detail = size_detail(line, limit);
        Some(self.fault(place, QuarantineReason::Size, detail, Some(large), None))
    }

    fn fault(
        &self,
        place: Place,
        reason: QuarantineReason,
        detail: String,
        column: Option<usize>,
        value: Option<&[u8]>,
    ) -> Fault {
        let text = self.window.rest().get(place.at..place.next).unwrap_or_default();
        let column = column.map(|column| self.names.get(column).cloned().unwrap_or_else(|| (column + 1).to_string()));
        Fault::new(place.line, column, value, reason, detail, text)
    }

    fn encoding_fault(&self, place: Place, bad: usize) -> Fault {
        let text = self.window.rest();
        let byte = text.get(bad).copied().unwrap_or_default();
        let line = place.line + line_ends(&text[place.at..bad]);
        let before = String::from_utf8_lossy(&text[place.at..bad]);
        let before: String = before.chars().skip(before.chars().count().saturating_sub(40)).collect();
        let column = text[place.at..bad].iter().filter(|byte| **byte == self.layout.format.delimiter).count();
        let detail = format!(
            "Line {line} holds bytes that are no text in this encoding: byte 0x{byte:02X} at position {} of the row.",
            bad - place.at + 1
        );
        self.fault(place, QuarantineReason::Encoding, detail, Some(column), Some(before.as_bytes()))
    }

    fn width_fault(&self, place: Place, cells: &[Cell], unescaped: &[u8]) -> Fault {
        let (found, expected, line) = (cells.len(), self.names.len(), place.line);
        let plural = if found == 1 { "" } else { "s" };
        let source = if self.layout.header { "the header" } else { "the first row" };
        let detail = format!("Line {line} has {found} field{plural}, but {source} has {expected}.");
        let surplus = cells.get(expected).map(|cell| {
            let bytes = if cell.unescaped { unescaped } else { self.window.rest() };
            bytes.get(cell.start as usize..cell.end as usize).unwrap_or_default()
        });
        self.fault(place, QuarantineReason::FieldCount, detail, Some(found.min(expected)), surplus)
    }

    fn quote_fault(&self, place: Place, quote: usize, stray: bool) -> Fault {
        let text = self.window.rest();
        let line = place.line + line_ends(&text[place.at..quote]);
        let detail = match stray {
            true => format!("Text stands behind the closing quote of the field that begins on line {line}."),
            false => format!("The quote that opens on line {line} is never closed."),
        };
        let rest = text.get(quote..).unwrap_or_default();
        let value = rest.split(|byte| matches!(byte, b'\n' | b'\r')).next();
        let column = text[place.at..quote].iter().filter(|byte| **byte == self.layout.format.delimiter).count();
        self.fault(place, QuarantineReason::Quote, detail, Some(column), value)
    }
}

impl BlockSource for DelimitedBlocks {
    fn next_block(&mut self) -> Result<Option<Block>> {
        loop {
            let begin = self.window.offset();
            let block = self.cut_records();
            if block.rows() > 0 || !block.faults.is_empty() {
                return Ok(Some(block));
            }
            // Blank lines and comments may fill a block by themselves; rows can follow.
            match (self.window.ended(), self.window.rest().is_empty()) {
                (false, _) => self.window.fill()?,
                (true, true) => return Ok(None),
                (true, false) if self.window.offset() > begin => {}
                (true, false) => return Err(internal("The reader stopped before the end of the file.")),
            }
        }
    }

    fn records(&self) -> u64 {
        self.pass.records
    }

    fn rewind(&mut self) -> Result<()> {
        self.pass = Pass::default();
        self.window.seek(self.layout.body_offset, self.layout.body_line)
    }

    fn raw_names(&self) -> Vec<String> {
        self.layout.names.clone()
    }

    fn size(&self) -> u64 {
        self.window.size()
    }

    fn reconsider(&mut self, options: &ParseOptions, dialect: &Dialect) -> Result<Option<Dialect>> {
        self.watching = false;
        let doubts = std::mem::take(&mut self.doubts);
        if doubts.is_empty() {
            return Ok(None);
        }
        let mut other = telling::without_marks(dialect);
        self.window.seek(0, 1)?;
        // Marks under which the beginning of the file is no table are no better ones.
        let Ok(layout) = layout_of(&mut self.window, options, &mut other, &doubts) else { return Ok(None) };
        if layout.format == self.layout.format {
            return Ok(None);
        }
        let pass = std::mem::take(&mut self.pass);
        self.before = Some((self.set_layout(layout), pass));
        Ok(Some(other))
    }

    fn revert(&mut self) {
        if let Some((layout, pass)) = self.before.take() {
            self.set_layout(layout);
            self.pass = pass;
        }
    }

    fn tell(&self, dialect: &mut Dialect) {
        telling::line_end(dialect, self.pass.ends, &self.layout.format);
        if self.pass.has_quotes {
            telling::quotes_seen(dialect);
        }
    }
}

fn size_detail(line: u64, limit: u64) -> String {
    format!("A cell on line {line} is larger than {limit} bytes, the limit of this server.")
}

pub(crate) fn cell_too_large(line: u64, column: &str, limit: u64) -> Failure {
    invalid(size_detail(line, limit))
        .line(line)
        .column(column)
        .advice("Shorten the cell, leave this column out, or ask the operator to raise PLOTLINE_INGEST_CELL_BYTES.")
}
