//! A block: some whole rows of the uploaded file, cut into cells. The common form of delimited text and JSON.

use contract::ingest::{Dialect, ParseOptions, QuarantineReason, QuarantinedRow};

use crate::Result;

/// How many bytes of the file a block covers, about.
pub(crate) const BLOCK_BYTES: usize = 1 << 20;
/// A row that is longer is refused, so that memory stays bounded.
pub(crate) const MAX_ROW_BYTES: usize = 64 << 20;

/// What is kept of a malformed row and of its value, in characters.
const FAULT_TEXT: usize = 10_000;
const FAULT_VALUE: usize = 200;

/// What the file says about a cell before its column has a type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum CellKind {
    /// Nothing between two separators, a JSON null, or a key that the record lacks.
    Missing,
    /// Delimited text without quotes: its type is told by its spelling.
    Bare,
    /// Delimited text in quotes: as bare, but never missing in a text column.
    Quoted,
    /// A JSON number, as spelled.
    Number,
    /// A JSON string, unescaped.
    String,
    /// A JSON `true` or `false`.
    Boolean,
    /// A JSON object or array, as spelled.
    Nested,
}

/// One cell: where its bytes lie.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Cell {
    pub(crate) start: u32,
    pub(crate) end: u32,
    pub(crate) kind: CellKind,
    /// Whether the bytes lie in `unescaped` instead of `text`.
    pub(crate) unescaped: bool,
}

impl Cell {
    pub(crate) const MISSING: Self = Self { start: 0, end: 0, kind: CellKind::Missing, unescaped: false };

    /// A cell of these bytes. Blocks are far smaller than 4 GiB, so the positions fit.
    pub(crate) fn new(start: usize, end: usize, kind: CellKind, unescaped: bool) -> Self {
        Self { start: start as u32, end: end as u32, kind, unescaped }
    }

    pub(crate) fn len(self) -> usize {
        (self.end - self.start) as usize
    }
}

/// Whole rows; `cells` is row by row, `width` cells each.
#[derive(Debug, Default)]
pub(crate) struct Block {
    pub(crate) text: Vec<u8>,
    pub(crate) unescaped: Vec<u8>,
    pub(crate) cells: Vec<Cell>,
    pub(crate) width: usize,
    /// How much of the file has been read up to this block, in bytes as stored.
    pub(crate) file_offset: u64,
    /// The line on which `text` begins, where lines are counted.
    pub(crate) first_line: u64,
    /// Where each row begins and ends in `text`, where that is known.
    pub(crate) spans: Vec<(u32, u32)>,
    /// Rows that are malformed, in order of line. They have no cells.
    pub(crate) faults: Vec<Fault>,
}

/// A row that is not in the table, and why.
#[derive(Clone, Debug)]
pub(crate) struct Fault(pub(crate) QuarantinedRow);

impl Fault {
    /// `text` is the row as it stands in the file, in UTF-8 as far as it is text. What is long is shortened.
    pub(crate) fn new(
        line: u64,
        column: Option<String>,
        value: Option<&[u8]>,
        reason: QuarantineReason,
        detail: String,
        text: &[u8],
    ) -> Self {
        let value = value.map(|value| shortened(value, FAULT_VALUE));
        Self(QuarantinedRow { line, column, value, reason, detail, text: shortened(text, FAULT_TEXT) })
    }
}

fn shortened(bytes: &[u8], limit: usize) -> String {
    // A character takes at most four bytes.
    let text = String::from_utf8_lossy(bytes.get(..bytes.len().min(limit * 4)).unwrap_or_default());
    let text = text.trim_end_matches(['\n', '\r']);
    match text.char_indices().nth(limit) {
        None => text.to_owned(),
        Some((end, _)) => format!("{}…", &text[..end]),
    }
}

impl Block {
    pub(crate) fn rows(&self) -> usize {
        self.cells.len().checked_div(self.width).unwrap_or(0)
    }

    pub(crate) fn bytes(&self, cell: Cell) -> &[u8] {
        let source = if cell.unescaped { &self.unescaped } else { &self.text };
        source.get(cell.start as usize..cell.end as usize).unwrap_or_default()
    }

    /// The cells of one column, from row `from` to before row `to`.
    pub(crate) fn column(&self, column: usize, from: usize, to: usize) -> impl Iterator<Item = (CellKind, &[u8])> {
        let cells = self.cells.get(from * self.width + column..to * self.width).unwrap_or_default();
        cells.iter().step_by(self.width.max(1)).map(|cell| (cell.kind, self.bytes(*cell)))
    }
}

/// A file that can be read block by block, twice.
pub(crate) trait BlockSource: Send {
    /// The next rows, or `None` at the end of the file.
    fn next_block(&mut self) -> Result<Option<Block>>;
    /// Records cut off the file since its first row, malformed ones among them. They are counted where they are cut, apart
    /// from the rows and faults of the blocks, so that a lost one shows.
    fn records(&self) -> u64;
    /// Back to the first row.
    fn rewind(&mut self) -> Result<()>;
    /// The columns' names as they stand in the file; complete after the first pass.
    fn raw_names(&self) -> Vec<String>;
    /// The file's size in bytes.
    fn size(&self) -> u64;
    /// After a pass over all rows: whether rows beyond the beginning of the file speak for other marks. If so, the file is
    /// read with these from now on, until [`BlockSource::revert`]; the answer tells them.
    fn reconsider(&mut self, _options: &ParseOptions, _dialect: &Dialect) -> Result<Option<Dialect>> {
        Ok(None)
    }
    /// Back to the marks before [`BlockSource::reconsider`].
    fn revert(&mut self) {}
    /// Tells what a pass over all rows has seen.
    fn tell(&self, _dialect: &mut Dialect) {}
    /// What a person should know; complete after the first pass.
    fn warnings(&self) -> Vec<String> {
        Vec::new()
    }
}
