//! Tables that stand column by column in a document: every column has a place of its own from which its next value comes.

use contract::limits::IngestLimits;

use super::document::{Lane, Lanes};
use super::failures::{Place, failure_of};
use super::keys::ROOT;
use super::rows::{Bounds, Columns, Rows, Shape, key_text};
use super::scan::{Scan, Scanner, Stop, Wrong};
use crate::Result;
use crate::failures::internal;
use crate::ingest::block::{BLOCK_BYTES, Block, BlockSource, CellKind};

pub(super) struct ColumnBlocks {
    text: Vec<u8>,
    table: Lanes,
    limits: IngestLimits,
    /// The byte of each lane's next value.
    next: Vec<usize>,
    row: u64,
    columns: Columns,
}

impl ColumnBlocks {
    pub(super) fn new(text: Vec<u8>, table: Lanes, limits: IngestLimits) -> Result<Self> {
        let columns = if table.records {
            Columns::of(Shape::Records)
        } else {
            Columns::Positions { width: table.names.len(), names: table.names.clone() }
        };
        let mut blocks = Self { text, table, limits, next: Vec::new(), row: 0, columns };
        blocks.rewind()?;
        Ok(blocks)
    }

    /// One row after another until the block is full.
    fn cut(&mut self) -> Scan<Rows> {
        let bounds = Bounds { columns: self.limits.columns, cell_bytes: self.limits.cell_bytes };
        let mut rows = Rows::that_copy();
        let mut taken = 0;
        while self.row < self.table.rows && taken < BLOCK_BYTES && rows.has_room(self.columns.width()) {
            for (column, (lane, next)) in self.table.lanes.iter().zip(&mut self.next).enumerate() {
                let mut scanner = Scanner::new(&self.text, *next, true, self.limits.nesting);
                if self.table.records {
                    record(&mut scanner, &mut rows, &mut self.columns, !self.table.names.is_empty(), bounds)?;
                } else {
                    lane.read(&mut scanner, column, &mut rows, &mut self.columns, bounds)?;
                }
                // The document has been checked as a whole, so the bracket that closes the lane needs no look.
                if scanner.peek() == Some(b',') {
                    scanner.at += 1;
                }
                taken += scanner.at - *next;
                *next = scanner.at;
            }
            if !self.table.records {
                rows.rows += 1;
            }
            self.row += 1;
        }
        Ok(rows)
    }
}

impl BlockSource for ColumnBlocks {
    fn next_block(&mut self) -> Result<Option<Block>> {
        let rows = match self.cut() {
            Ok(rows) => rows,
            Err(Stop::More) => return Err(internal("A checked JSON document ended early.")),
            Err(Stop::Wrong(wrong)) => {
                let name = match &wrong {
                    Wrong::Large { column, .. } => self.columns.name(*column),
                    _ => String::new(),
                };
                let place = Place { text: &self.text, line: 1, characters: 0 };
                return Err(failure_of(&wrong, place, &self.limits, &name));
            }
        };
        if rows.rows == 0 {
            return Ok(None);
        }
        let width = self.columns.width().max(1);
        let cells = rows.table(width);
        let file_offset = self.row;
        Ok(Some(Block { unescaped: rows.unescaped, cells, width, file_offset, ..Block::default() }))
    }

    /// The items of the lists, as they were counted when the document was looked at as a whole.
    fn records(&self) -> u64 {
        self.table.rows
    }

    fn rewind(&mut self) -> Result<()> {
        self.row = 0;
        // Each lane begins after its bracket.
        self.next = self.table.lanes.iter().map(|lane| lane.opens_at() + 1).collect();
        Ok(())
    }

    fn raw_names(&self) -> Vec<String> {
        self.columns.names()
    }

    /// Rows stand for bytes: all of the text has been read before the first row.
    fn size(&self) -> u64 {
        self.table.rows
    }

    fn warnings(&self) -> Vec<String> {
        self.columns.warnings()
    }
}

/// A labelled record; the label is a column of its own if the labels say anything.
fn record(scanner: &mut Scanner, rows: &mut Rows, columns: &mut Columns, labels: bool, bounds: Bounds) -> Scan<()> {
    let key = scanner.key()?;
    let label = key_text(scanner.text, key).into_owned();
    if let (Columns::Keys(keys), true) = (&mut *columns, labels) {
        let object = keys.enter();
        let node = keys.child(ROOT, 0, "index", object).node;
        if let Some(column) = keys.column(node, bounds.columns) {
            rows.push_text(column, label.as_bytes(), CellKind::Number);
        }
    }
    rows.read(scanner, Shape::Records, columns, bounds)
}

impl Lane {
    const fn opens_at(&self) -> usize {
        match self {
            Self::Items(at) | Self::Values(at) | Self::Keys(at) | Self::Arrays(at) => *at,
        }
    }

    /// Reads the next value of this lane as the cell of column `column`.
    fn read(
        &self,
        scanner: &mut Scanner,
        column: usize,
        rows: &mut Rows,
        columns: &mut Columns,
        bounds: Bounds,
    ) -> Scan<()> {
        match self {
            Self::Items(_) => rows.value(scanner, column, 1, bounds),
            Self::Values(_) => {
                scanner.key()?;
                rows.value(scanner, column, 1, bounds)
            }
            Self::Keys(_) => {
                let key = scanner.key()?;
                let text = key_text(scanner.text, key);
                rows.push_text(column, text.as_bytes(), CellKind::Number);
                scanner.value(1)
            }
            Self::Arrays(_) => match columns {
                Columns::Positions { width, .. } => rows.array(scanner, column, width, bounds),
                Columns::Keys(_) => scanner.wrong("an array"),
            },
        }
    }
}
