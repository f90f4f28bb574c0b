//! Workbooks (XLSX and ODS) as blocks: one sheet is the table, read row by row.

mod layout;
mod package;
mod sheets;
mod spelling;

use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, sync_channel};
use std::thread::{self, JoinHandle};

use contract::ingest::{Choice, Dialect, ParseOptions, SourceKind};
use contract::limits::IngestLimits;

use self::layout::{Layout, survey};
use self::sheets::{SheetName, SheetRow, Value, each_row, sheet_names};
use super::block::{BLOCK_BYTES, Block, BlockSource, Cell, CellKind};
use super::delimited::cell_too_large;
use super::nulls::Nulls;
use crate::Result;
use crate::failures::{invalid, lost_thread};

/// How many rows travel at once from the thread that reads the workbook.
const ROWS_AT_ONCE: usize = 256;

pub(crate) struct WorkbookBlocks {
    path: PathBuf,
    kind: SourceKind,
    sheet: String,
    layout: Layout,
    limits: IngestLimits,
    missing: Nulls,
    feed: Option<Feed>,
    /// Rows of the sheet that have been read, and those of the table among them.
    read: u64,
    records: u64,
}

/// A workbook that is being read on a thread of its own, since its reader cannot be put aside between two rows.
struct Feed {
    rows: Receiver<Vec<SheetRow>>,
    thread: JoinHandle<Result<()>>,
}

/// Opens the workbook in this ZIP file, at the sheet that the options name or at the first one with cells.
pub(crate) fn open(
    path: &Path,
    options: &ParseOptions,
    limits: &IngestLimits,
) -> Result<(Box<dyn BlockSource>, Dialect)> {
    let kind = package::kind_of(path, limits)?;
    let names = sheet_names(path, kind)?;
    let (sheet, choice) = choose(path, kind, &names, options.sheet.as_deref())?;
    let survey = survey(path, kind, &sheet)?;
    let layout = Layout::of(&survey, options, limits)?;
    let mut dialect = Dialect { header: layout.header, sheet: Some(sheet.clone()), ..Dialect::of(kind) };
    dialect.skip_rows = u64::from(layout.skipped);
    dialect.choices.push(choice);
    dialect.warnings = layout.warnings(&survey);
    let missing = Nulls::new(options.null_values.as_deref());
    let (path, limits) = (path.to_path_buf(), *limits);
    let blocks = WorkbookBlocks { path, kind, sheet, layout, limits, missing, feed: None, read: 0, records: 0 };
    Ok((Box::new(blocks), dialect))
}

/// The sheet by name, by number from 1, or the first visible one with cells.
fn choose(path: &Path, kind: SourceKind, names: &[SheetName], asked: Option<&str>) -> Result<(String, Choice)> {
    let mark = |sheet: &SheetName| {
        if sheet.hidden { format!("\"{}\" (hidden)", sheet.name) } else { format!("\"{}\"", sheet.name) }
    };
    let mut listed = names.iter().take(50).map(mark).collect::<Vec<_>>().join(", ");
    if names.len() > 50 {
        listed.push_str(", …");
    }
    if let Some(asked) = asked {
        let by_number = asked.parse::<usize>().ok().and_then(|number| names.get(number.checked_sub(1)?));
        let Some(sheet) = names.iter().find(|sheet| sheet.name == asked).or(by_number) else {
            return Err(invalid(format!("The workbook has no sheet \"{asked}\"; it has {listed}."))
                .advice("Give the name of one of these sheets, or its number from 1."));
        };
        let choice = Choice {
            reason: format!("The request asked for it. The workbook has {listed}."),
            ..Choice::asked("sheet", &sheet.name)
        };
        return Ok((sheet.name.clone(), choice));
    }
    let visible = names.iter().filter(|sheet| !sheet.hidden).chain(names.iter().filter(|sheet| sheet.hidden));
    for sheet in visible {
        let mut found = false;
        each_row(path, kind, &sheet.name, &mut |_| {
            found = true;
            false
        })?;
        if found {
            let sure = if names.len() == 1 { 1.0 } else { 0.8 };
            let reason = format!("It is the first sheet with cells. The workbook has {listed}.");
            return Ok((sheet.name.clone(), Choice::detected("sheet", &sheet.name, sure, reason)));
        }
    }
    Err(invalid("The workbook has no cells.")
        .advice("Upload a workbook with a header row and rows in one of its sheets."))
}

impl WorkbookBlocks {
    fn feed(&mut self) -> &mut Feed {
        let (path, kind, sheet) = (&self.path, self.kind, &self.sheet);
        self.feed.get_or_insert_with(|| {
            let (path, sheet) = (path.clone(), sheet.clone());
            let (sender, rows) = sync_channel(4);
            let thread = thread::spawn(move || {
                let mut batch = Vec::with_capacity(ROWS_AT_ONCE);
                each_row(&path, kind, &sheet, &mut |row| {
                    batch.push(row);
                    batch.len() < ROWS_AT_ONCE || sender.send(std::mem::take(&mut batch)).is_ok()
                })?;
                // The other side is gone only when nobody wants the rows any more.
                let _ = sender.send(batch);
                Ok(())
            });
            Feed { rows, thread }
        })
    }

    fn append(&self, row: &SheetRow, block: &mut Block) -> Result<()> {
        let first = block.cells.len();
        block.cells.resize(first + block.width, Cell::MISSING);
        for (column, value) in &row.cells {
            let Some(place) = self.layout.place(*column) else { continue };
            let (kind, bytes): (CellKind, &[u8]) = match value {
                Value::Number(text) => (CellKind::Number, text.as_bytes()),
                Value::Moment(text) => (CellKind::String, text.as_bytes()),
                Value::Text(text) if self.missing.holds(text.trim().as_bytes()) => continue,
                Value::Text(text) => (CellKind::String, text.as_bytes()),
                Value::Truth(true) => (CellKind::Boolean, b"true"),
                Value::Truth(false) => (CellKind::Boolean, b"false"),
                Value::Fault(_) => continue,
            };
            if bytes.len() as u64 > self.limits.cell_bytes {
                let name = self.layout.names.get(place).map_or("", String::as_str);
                return Err(cell_too_large(row.number.into(), name, self.limits.cell_bytes));
            }
            let begin = block.unescaped.len();
            block.unescaped.extend_from_slice(bytes);
            if let Some(cell) = block.cells.get_mut(first + place) {
                *cell = Cell::new(begin, block.unescaped.len(), kind, true);
            }
        }
        Ok(())
    }
}

impl BlockSource for WorkbookBlocks {
    fn next_block(&mut self) -> Result<Option<Block>> {
        let mut block = Block { width: self.layout.names.len(), ..Block::default() };
        while block.unescaped.len() < BLOCK_BYTES && block.cells.len() < 1 << 20 {
            let Ok(rows) = self.feed().rows.recv() else { break };
            for row in rows {
                self.read += 1;
                if row.number >= self.layout.first_row {
                    self.records += 1;
                    self.append(&row, &mut block)?;
                }
            }
        }
        block.file_offset = self.read;
        if block.rows() > 0 {
            return Ok(Some(block));
        }
        match self.feed.take() {
            Some(feed) => feed.thread.join().map_err(|_| lost_thread())?.map(|()| None),
            None => Ok(None),
        }
    }

    fn records(&self) -> u64 {
        self.records
    }

    fn rewind(&mut self) -> Result<()> {
        (self.feed, self.read, self.records) = (None, 0, 0);
        Ok(())
    }

    fn raw_names(&self) -> Vec<String> {
        self.layout.names.clone()
    }

    /// Rows stand for bytes: how large the sheet is in bytes is not known.
    fn size(&self) -> u64 {
        self.layout.rows
    }
}
