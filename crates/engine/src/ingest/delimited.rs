//! Delimited text as blocks; a row with another number of fields than the header is refused by its line.

use std::path::Path;

use contract::errors::Failure;
use contract::limits::IngestLimits;

use super::block::{BLOCK_BYTES, Block, BlockSource, Cell};
use super::dialect::Layout;
use super::fields::{FieldCutter, Fields, Step};
use super::names::unique_names;
use super::window::{Window, line_ends};
use crate::Result;
use crate::failures::invalid;

pub(crate) struct DelimitedBlocks {
    window: Window,
    layout: Layout,
    cutter: FieldCutter,
}

impl DelimitedBlocks {
    pub(crate) fn open(path: &Path, limits: &IngestLimits, layout: Layout) -> Result<Self> {
        let window = Window::open(path, limits, layout.body_offset, layout.body_line)?;
        let cutter = FieldCutter::new(layout.delimiter);
        Ok(Self { window, layout, cutter })
    }

    /// Cuts whole records off the window; an empty block if it holds none.
    fn cut_records(&mut self) -> Result<Block> {
        let width = self.layout.names.len();
        let (text, last, first_line) = (self.window.rest(), self.window.ended(), self.window.line());
        let mut fields = Fields { cells: Vec::with_capacity(BLOCK_BYTES / 8), ..Fields::default() };
        let mut at = 0;
        while at < text.len() && at < BLOCK_BYTES {
            let row = fields.cells.len();
            let line = first_line + fields.lines;
            match self.cutter.cut(text, at, last, &mut fields) {
                Step::Record { next } => {
                    let cells = fields.cells.get(row..).unwrap_or_default();
                    if cells.len() != width {
                        return Err(self.ragged_row(line, cells, text, &fields.unescaped));
                    }
                    if (next - at) as u64 > self.window.limits().cell_bytes {
                        self.check_cell_sizes(line, cells)?;
                    }
                    at = next;
                }
                Step::Blank { next } => at = next,
                Step::Incomplete => break,
                Step::Unclosed { quote } => {
                    return Err(unclosed_quote(line + line_ends(&text[at..quote]), &text[quote..]));
                }
            }
        }
        let block_text = text[..at].to_vec();
        self.window.advance(at, fields.lines);
        Ok(Block {
            text: block_text,
            unescaped: fields.unescaped,
            cells: fields.cells,
            width,
            file_offset: self.window.progress(),
        })
    }

    fn ragged_row(&self, line: u64, cells: &[Cell], text: &[u8], unescaped: &[u8]) -> Failure {
        let names = unique_names(&self.layout.names);
        let (found, expected) = (cells.len(), names.len());
        let plural = if found == 1 { "" } else { "s" };
        let source = if self.layout.header { "the header" } else { "the first row" };
        let failure =
            invalid(format!("Line {line} has {found} field{plural}, but {source} has {expected}.")).line(line);
        let separator = if self.layout.delimiter == b'\t' {
            "tab".to_owned()
        } else {
            format!("'{}'", char::from(self.layout.delimiter))
        };
        let advice = format!(
            "Give every row as many fields as {source}, and put quotes around a field that holds the separator ({separator})."
        );
        match cells.get(expected) {
            Some(surplus) => {
                let bytes = if surplus.unescaped { unescaped } else { text };
                let value = bytes.get(surplus.start as usize..surplus.end as usize).unwrap_or_default();
                failure.column((expected + 1).to_string()).value(String::from_utf8_lossy(value)).advice(advice)
            }
            None => failure.column(names.get(found).cloned().unwrap_or_default()).advice(advice),
        }
    }

    fn check_cell_sizes(&self, line: u64, cells: &[Cell]) -> Result<()> {
        let limit = self.window.limits().cell_bytes;
        let Some(large) = cells.iter().position(|cell| cell.len() as u64 > limit) else {
            return Ok(());
        };
        let names = unique_names(&self.layout.names);
        let name = names.get(large).map_or("", String::as_str);
        Err(cell_too_large(line, name, limit))
    }
}

impl BlockSource for DelimitedBlocks {
    fn next_block(&mut self) -> Result<Option<Block>> {
        loop {
            let block = self.cut_records()?;
            if block.rows() > 0 {
                return Ok(Some(block));
            }
            if self.window.ended() {
                return Ok(None);
            }
            self.window.fill()?;
        }
    }

    fn rewind(&mut self) -> Result<()> {
        self.window.seek(self.layout.body_offset, self.layout.body_line)
    }

    fn raw_names(&self) -> Vec<String> {
        self.layout.names.clone()
    }

    fn size(&self) -> u64 {
        self.window.size()
    }
}

pub(crate) fn unclosed_quote(line: u64, rest: &[u8]) -> Failure {
    let first_line = rest.split(|byte| matches!(byte, b'\n' | b'\r')).next().unwrap_or_default();
    invalid(format!("The quote that opens on line {line} is never closed."))
        .line(line)
        .value(String::from_utf8_lossy(first_line.get(..1000).unwrap_or(first_line)))
        .advice("Close the quote, or write a quote that belongs to the text twice and put the whole field in quotes.")
}

pub(crate) fn cell_too_large(line: u64, column: &str, limit: u64) -> Failure {
    invalid(format!("A cell on line {line} is larger than {limit} bytes, the limit of this server."))
        .line(line)
        .column(column)
        .advice("Shorten the cell, leave this column out, or ask the operator to raise PLOTLINE_INGEST_CELL_BYTES.")
}
