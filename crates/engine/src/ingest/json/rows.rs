//! The cells of a block of JSON while it is cut: records flattened to dotted columns, arrays as rows, or single values.

use std::borrow::Cow;

use super::keys::{KeyTree, ROOT};
use super::scan::{Quoted, Scan, Scanner, Stop, Wrong};
use super::spelling::{compact, unescape};
use crate::ingest::block::{Cell, CellKind};
use crate::ingest::names::unique_names;

/// A block of sparse records must not become a huge block of cells.
const BLOCK_CELLS: usize = 1 << 20;
const MOST_WARNINGS: usize = 20;

/// What the rows of a document are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    /// Objects; nested ones become dotted columns.
    Records,
    /// Arrays, whose values are cells by their position.
    Arrays,
    /// Plain values: a table of one column.
    Values,
}

/// The columns that a document has so far.
#[derive(Debug)]
pub(super) enum Columns {
    Keys(KeyTree),
    /// Columns by position, and the names where the document gives them.
    Positions {
        width: usize,
        names: Vec<String>,
    },
}

impl Columns {
    pub(super) fn of(shape: Shape) -> Self {
        match shape {
            Shape::Records => Self::Keys(KeyTree::new()),
            Shape::Arrays => Self::Positions { width: 0, names: Vec::new() },
            Shape::Values => Self::Positions { width: 1, names: vec!["value".to_owned()] },
        }
    }

    pub(super) fn width(&self) -> usize {
        match self {
            Self::Keys(keys) => keys.width(),
            Self::Positions { width, .. } => *width,
        }
    }

    pub(super) fn names(&self) -> Vec<String> {
        match self {
            Self::Keys(keys) => keys.names(),
            Self::Positions { width, names } => {
                (0..*width).map(|column| names.get(column).cloned().unwrap_or_default()).collect()
            }
        }
    }

    /// What a person should know about the names: keys that stand twice, and names that are the same once flattened.
    pub(super) fn warnings(&self) -> Vec<String> {
        let Self::Keys(keys) = self else { return Vec::new() };
        let mut warnings = Vec::new();
        if let Some((name, count)) = keys.repeated() {
            let times = if *count == 1 { "once".to_owned() } else { format!("{count} times") };
            warnings.push(format!(
                "A key stands twice in the same object ({times}, first \"{name}\"); the last value counts."
            ));
        }
        let names = keys.names();
        let unique = unique_names(&names);
        for (name, unique) in names.iter().zip(&unique).filter(|(name, unique)| name.contains('.') && name != unique) {
            warnings.push(format!("Two places of the records are named \"{name}\"; the second one is \"{unique}\"."));
        }
        warnings.truncate(MOST_WARNINGS);
        warnings
    }

    pub(super) fn name(&self, column: usize) -> String {
        match self {
            Self::Keys(keys) => keys.column_name(column),
            Self::Positions { names, .. } => names.get(column).cloned().unwrap_or_else(|| (column + 1).to_string()),
        }
    }
}

/// The bounds of a cell and of a row.
#[derive(Clone, Copy, Debug)]
pub(super) struct Bounds {
    pub(super) columns: u32,
    pub(super) cell_bytes: u64,
}

/// The rows of the block that is being cut.
#[derive(Debug, Default)]
pub(super) struct Rows {
    /// Row, column and cell; the last cell of a place counts.
    cells: Vec<(u32, u32, Cell)>,
    pub(super) unescaped: Vec<u8>,
    pub(super) rows: usize,
    /// Whether the cells are to hold their bytes themselves, since the text does not go with the block.
    copies: bool,
}

/// A place to go back to.
#[derive(Clone, Copy, Debug)]
pub(super) struct Mark {
    cells: usize,
    unescaped: usize,
    rows: usize,
}

impl Rows {
    /// Rows of text that does not go with the block.
    pub(super) fn that_copy() -> Self {
        Self { copies: true, ..Self::default() }
    }

    pub(super) fn mark(&self) -> Mark {
        Mark { cells: self.cells.len(), unescaped: self.unescaped.len(), rows: self.rows }
    }

    /// Forgets everything since the mark.
    pub(super) fn roll_back(&mut self, mark: Mark) {
        self.cells.truncate(mark.cells);
        self.unescaped.truncate(mark.unescaped);
        self.rows = mark.rows;
    }

    /// Whether another row fits the block.
    pub(super) fn has_room(&self, width: usize) -> bool {
        self.rows == 0 || (self.rows + 1) * width <= BLOCK_CELLS
    }

    /// Reads the row that begins at the scanner.
    pub(super) fn read(
        &mut self,
        scanner: &mut Scanner,
        shape: Shape,
        columns: &mut Columns,
        bounds: Bounds,
    ) -> Scan<()> {
        let first = self.cells.len();
        match (shape, columns) {
            (Shape::Records, Columns::Keys(keys)) => {
                if scanner.peek() != Some(b'{') {
                    return scanner.wrong("an object");
                }
                self.object(scanner, keys, ROOT, 1, first, bounds)?;
            }
            (Shape::Arrays, Columns::Positions { width, .. }) => self.array(scanner, 0, width, bounds)?,
            (_, _) => self.value(scanner, 0, 0, bounds)?,
        }
        self.rows += 1;
        Ok(())
    }

    fn object(
        &mut self,
        scanner: &mut Scanner,
        keys: &mut KeyTree,
        parent: usize,
        depth: u32,
        first: usize,
        bounds: Bounds,
    ) -> Scan<()> {
        scanner.open(depth)?;
        let object = keys.enter();
        let mut position = 0;
        if scanner.peek() == Some(b'}') {
            scanner.at += 1;
            return Ok(());
        }
        loop {
            let key_at = scanner.at;
            let quoted = scanner.key()?;
            let key = key_text(scanner.text, quoted);
            let found = keys.child(parent, position, &key, object);
            if found.again {
                let (all, row) = (&mut self.cells, self.rows as u32);
                let kept: Vec<_> =
                    all.drain(first..).filter(|(_, column, _)| !keys.is_below(*column as usize, found.node)).collect();
                debug_assert!(kept.iter().all(|(of, _, _)| *of == row), "only this record is touched");
                all.extend(kept);
            }
            if scanner.peek() == Some(b'{') && !is_empty_object(scanner) {
                self.object(scanner, keys, found.node, depth + 1, first, bounds)?;
            } else {
                let Some(column) = keys.column(found.node, bounds.columns) else {
                    return Err(Stop::Wrong(Wrong::Wide { at: key_at }));
                };
                self.value(scanner, column, depth, bounds)?;
            }
            position += 1;
            if !scanner.goes_on(b'}', "a comma or }")? {
                return Ok(());
            }
        }
    }

    /// The items of an array as cells of the columns from `first` on.
    pub(super) fn array(&mut self, scanner: &mut Scanner, first: usize, width: &mut usize, bounds: Bounds) -> Scan<()> {
        if scanner.peek() != Some(b'[') {
            return scanner.wrong("an array");
        }
        scanner.open(1)?;
        if scanner.peek() == Some(b']') {
            scanner.at += 1;
            return Ok(());
        }
        let mut column = first;
        loop {
            if column == bounds.columns as usize {
                return Err(Stop::Wrong(Wrong::Wide { at: scanner.at }));
            }
            self.value(scanner, column, 1, bounds)?;
            column += 1;
            *width = (*width).max(column);
            if !scanner.goes_on(b']', "a comma or ]")? {
                return Ok(());
            }
        }
    }

    pub(super) fn value(&mut self, scanner: &mut Scanner, column: usize, depth: u32, bounds: Bounds) -> Scan<()> {
        scanner.skip_blanks();
        let start = scanner.at;
        scanner.value(depth)?;
        let cell = self.cell(scanner.text, start, scanner.at);
        if cell.len() as u64 > bounds.cell_bytes {
            return Err(Stop::Wrong(Wrong::Large { at: start, column }));
        }
        self.cells.push((self.rows as u32, column as u32, cell));
        Ok(())
    }

    /// The cell of a well-formed value that stands from `start` to before `end`.
    fn cell(&mut self, text: &[u8], start: usize, end: usize) -> Cell {
        let raw = text.get(start..end).unwrap_or_default();
        match raw.first() {
            None | Some(b'n') => Cell::MISSING,
            Some(b'"') if raw.contains(&b'\\') => {
                let inner = raw.get(1..raw.len() - 1).unwrap_or_default();
                self.set_aside(&unescape(inner), CellKind::String)
            }
            Some(b'"') => self.place(text, start + 1, end - 1, CellKind::String),
            Some(b't' | b'f') => self.place(text, start, end, CellKind::Boolean),
            Some(b'{' | b'[') => match compact(raw) {
                Some(compact) => self.set_aside(&compact, CellKind::Nested),
                None => self.place(text, start, end, CellKind::Nested),
            },
            _ => self.place(text, start, end, CellKind::Number),
        }
    }

    fn place(&mut self, text: &[u8], start: usize, end: usize, kind: CellKind) -> Cell {
        if self.copies {
            return self.set_aside(text.get(start..end).unwrap_or_default(), kind);
        }
        Cell::new(start, end, kind, false)
    }

    /// A cell of the row that is being read whose text does not stand in the document as a value.
    pub(super) fn push_text(&mut self, column: usize, text: &[u8], kind: CellKind) {
        let cell = self.set_aside(text, kind);
        self.cells.push((self.rows as u32, column as u32, cell));
    }

    fn set_aside(&mut self, bytes: &[u8], kind: CellKind) -> Cell {
        let begin = self.unescaped.len();
        self.unescaped.extend_from_slice(bytes);
        Cell::new(begin, self.unescaped.len(), kind, true)
    }

    /// The cells row by row, `width` each.
    pub(super) fn table(&self, width: usize) -> Vec<Cell> {
        let mut table = vec![Cell::MISSING; self.rows * width];
        for (row, column, cell) in &self.cells {
            if let Some(place) = table.get_mut(*row as usize * width + *column as usize) {
                *place = *cell;
            }
        }
        table
    }
}

/// An object without keys has no columns below it, so it is kept as it is.
fn is_empty_object(scanner: &Scanner) -> bool {
    let mut ahead = scanner.clone();
    ahead.at += 1;
    ahead.peek() == Some(b'}')
}

pub(super) fn key_text(text: &[u8], key: Quoted) -> Cow<'_, str> {
    let raw = text.get(key.start..key.end).unwrap_or_default();
    if key.escaped {
        return Cow::Owned(String::from_utf8_lossy(&unescape(raw)).into_owned());
    }
    String::from_utf8_lossy(raw)
}
