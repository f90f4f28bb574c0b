//! JSON as blocks: an array of records, of arrays or of values, or records one after another (NDJSON).

mod columns;
mod document;
mod failures;
mod keys;
mod lines;
mod rows;
mod scan;
mod spelling;

use std::path::Path;

use contract::errors::Failure;
use contract::limits::IngestLimits;

pub(crate) use self::failures::no_columns;
use self::failures::{Place, characters, failure_of, not_closed, text_after_the_end, wrong_item};
use self::rows::{Bounds, Columns, Rows, Shape};
use self::scan::{Scanner, Stop, Wrong};
use super::block::{BLOCK_BYTES, Block, BlockSource, Fault};
use super::window::{Window, line_ends};
use crate::Result;

pub(crate) use self::document::open_object;

/// What may come next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Expect {
    /// The `[` of an array.
    Array,
    /// An item, or `]` where nothing stands before it.
    FirstItem,
    ItemAfterComma,
    CommaOrEnd,
    /// NDJSON: a record or the end of the file.
    AnyRecord,
    /// Nothing but blanks, or anything where the array is a part of a document.
    Nothing,
}

/// Where the rows stand in the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Layout {
    /// Byte and line of the first row, or of the bracket of the array that holds the rows.
    begin: u64,
    line: u64,
    /// One array; otherwise records one after another.
    array: bool,
    /// The array is a part of a document that has been checked as a whole.
    inner: bool,
    shape: Shape,
}

pub(crate) struct JsonBlocks {
    window: Window,
    layout: Layout,
    expect: Expect,
    columns: Columns,
    /// Items before the window.
    items: u64,
    /// Records read since the first row, malformed ones among them.
    records: u64,
    /// Characters on the line of the window's first byte that stand before it.
    characters: u64,
    bounds: Bounds,
    /// What a person should know besides the names.
    notes: Vec<String>,
}

/// Opens a file whose JSON begins at byte `begin` with the bracket of an array. Its first item decides what the rows are.
pub(crate) fn open_array(path: &Path, limits: &IngestLimits, begin: u64) -> Result<JsonBlocks> {
    let mut window = Window::open(path, limits, begin, 1)?;
    let shape = loop {
        let mut scanner = Scanner::new(window.rest(), 0, window.ended(), limits.nesting);
        let _ = scanner.take(b'[', "an array");
        match scanner.peek() {
            Some(b'{' | b']') => break Shape::Records,
            Some(b'[') => break Shape::Arrays,
            Some(_) => break Shape::Values,
            None if window.ended() => break Shape::Records,
            None => window.fill()?,
        }
    };
    JsonBlocks::new(window, Layout { begin, line: 1, array: true, inner: false, shape })
}

impl JsonBlocks {
    fn new(mut window: Window, layout: Layout) -> Result<Self> {
        let bounds = Bounds { columns: window.limits().columns, cell_bytes: window.limits().cell_bytes };
        window.seek(layout.begin, layout.line)?;
        let mut blocks = Self {
            window,
            layout,
            expect: Expect::AnyRecord,
            columns: Columns::of(layout.shape),
            items: 0,
            records: 0,
            characters: 0,
            bounds,
            notes: Vec::new(),
        };
        blocks.expect = blocks.first();
        Ok(blocks)
    }

    const fn first(&self) -> Expect {
        if self.layout.array { Expect::Array } else { Expect::AnyRecord }
    }

    fn cut(&mut self) -> Result<Block> {
        let (window, layout, bounds) = (&self.window, self.layout, self.bounds);
        let (text, last, limits) = (window.rest(), window.ended(), *window.limits());
        let place = Place { text, line: window.line(), characters: self.characters };
        let (mut rows, mut faults) = (Rows::default(), Vec::new());
        let (mut at, mut expect, mut records) = (0, self.expect, self.records);
        // Where the line begins on which records are being read, and the rows and records before it.
        let mut line = None;
        while at < BLOCK_BYTES && rows.has_room(self.columns.width()) {
            let blanks = text[at..].iter().take_while(|byte| matches!(byte, b' ' | b'\t' | b'\n' | b'\r')).count();
            if line.is_none() || text[at..at + blanks].iter().any(|byte| matches!(byte, b'\n' | b'\r')) {
                line = Some((at + blanks, rows.mark(), records));
            }
            at += blanks;
            let Some(byte) = text.get(at).copied() else { break };
            expect = match (expect, byte) {
                (Expect::Nothing, _) if layout.inner => {
                    at = text.len();
                    break;
                }
                (Expect::Nothing, _) => return Err(text_after_the_end(place, at)),
                (Expect::Array, b'[') => step(&mut at, Expect::FirstItem),
                (Expect::FirstItem | Expect::CommaOrEnd, b']') => step(&mut at, Expect::Nothing),
                (Expect::CommaOrEnd, b',') => step(&mut at, Expect::ItemAfterComma),
                (Expect::Array | Expect::CommaOrEnd, _) => {
                    let expected = if expect == Expect::Array { "an array" } else { "a comma or ]" };
                    return Err(failure_of(&Wrong::Syntax { at, expected: expected.into() }, place, &limits, ""));
                }
                (Expect::FirstItem | Expect::ItemAfterComma | Expect::AnyRecord, _) => {
                    let mark = rows.mark();
                    let mut scanner = Scanner::new(text, at, last, limits.nesting);
                    let checked = if layout.array { Ok(()) } else { lines::check(window, &scanner) };
                    let read = checked.and_then(|()| rows.read(&mut scanner, layout.shape, &mut self.columns, bounds));
                    match read {
                        Ok(()) => {
                            at = scanner.at;
                            records += 1;
                            if layout.array { Expect::CommaOrEnd } else { Expect::AnyRecord }
                        }
                        Err(Stop::More) => {
                            rows.roll_back(mark);
                            break;
                        }
                        Err(Stop::Wrong(wrong)) if layout.array => {
                            let number = self.items + rows.rows as u64 + 1;
                            return Err(item_failure(&wrong, place, at, number, &limits, layout, &self.columns));
                        }
                        Err(Stop::Wrong(wrong @ Wrong::Wide { .. })) => {
                            return Err(failure_of(&wrong, place, &limits, ""));
                        }
                        Err(Stop::Wrong(wrong)) => {
                            let (begin, mark, before) = line.take().unwrap_or((at, mark, records));
                            let Some(next) = lines::after(text, begin, wrong.at(), last) else {
                                rows.roll_back(mark);
                                (at, records) = (begin, before);
                                break;
                            };
                            rows.roll_back(mark);
                            records = before + 1;
                            let failure = failure_of(&wrong, place, &limits, &column_name(&wrong, &self.columns));
                            faults.push(lines::fault(&wrong, failure, place.line_of(begin), &text[begin..next]));
                            at = next;
                            Expect::AnyRecord
                        }
                    }
                }
            };
        }
        if last && at == text.len() && !matches!(expect, Expect::Nothing | Expect::AnyRecord) {
            return Err(not_closed(window.line() + line_ends(text)));
        }
        self.records = records;
        self.block(rows, faults, at, expect)
    }

    fn block(&mut self, rows: Rows, faults: Vec<Fault>, at: usize, expect: Expect) -> Result<Block> {
        let used = self.window.rest().get(..at).unwrap_or_default();
        let line = used.iter().rposition(|byte| matches!(byte, b'\n' | b'\r'));
        let on_line = characters(used.get(line.map_or(0, |at| at + 1)..).unwrap_or_default());
        self.characters = if line.is_some() { on_line } else { self.characters + on_line };
        let (text, lines) = (used.to_vec(), line_ends(used));
        // Records without keys are rows as well.
        let width = self.columns.width().max(usize::from(rows.rows > 0));
        let cells = rows.table(width);
        self.expect = expect;
        self.items += rows.rows as u64;
        let first_line = self.window.line();
        self.window.advance(at, lines);
        let file_offset = self.window.progress();
        Ok(Block { text, unescaped: rows.unescaped, cells, width, file_offset, first_line, faults, ..Block::default() })
    }
}

impl BlockSource for JsonBlocks {
    fn next_block(&mut self) -> Result<Option<Block>> {
        loop {
            let before = self.window.offset();
            let block = self.cut()?;
            if block.rows() > 0 || !block.faults.is_empty() {
                return Ok(Some(block));
            }
            let rest = self.window.rest().len();
            if rest == 0 && (self.window.ended() || self.expect == Expect::Nothing && self.layout.inner) {
                return Ok(None);
            }
            if !self.window.ended() && (self.window.offset() == before || rest < BLOCK_BYTES) {
                self.window.fill()?;
            }
        }
    }

    fn records(&self) -> u64 {
        self.records
    }

    fn rewind(&mut self) -> Result<()> {
        self.expect = self.first();
        (self.items, self.records, self.characters) = (0, 0, 0);
        self.window.seek(self.layout.begin, self.layout.line)
    }

    fn raw_names(&self) -> Vec<String> {
        self.columns.names()
    }

    fn size(&self) -> u64 {
        self.window.size()
    }

    fn warnings(&self) -> Vec<String> {
        [self.notes.clone(), self.columns.warnings()].concat()
    }
}

fn step(at: &mut usize, next: Expect) -> Expect {
    *at += 1;
    next
}

fn column_name(wrong: &Wrong, columns: &Columns) -> String {
    match wrong {
        Wrong::Large { column, .. } => columns.name(*column),
        _ => String::new(),
    }
}

/// The failure of the item at `at`: it is broken, or it is no row as the first item is one.
fn item_failure(
    wrong: &Wrong,
    place: Place,
    at: usize,
    number: u64,
    limits: &IngestLimits,
    layout: Layout,
    columns: &Columns,
) -> Failure {
    let begins_value = matches!(place.text.get(at), Some(b'{' | b'[' | b'"' | b'-' | b'0'..=b'9' | b't' | b'f' | b'n'));
    match (wrong, layout.shape) {
        (Wrong::Syntax { at: wrong_at, .. }, Shape::Records) if *wrong_at == at && begins_value => {
            wrong_item(place, at, number, "an object")
        }
        (Wrong::Syntax { at: wrong_at, .. }, Shape::Arrays) if *wrong_at == at && begins_value => {
            wrong_item(place, at, number, "an array")
        }
        _ => failure_of(wrong, place, limits, &column_name(wrong, columns)),
    }
}
