//! JSON as blocks: an array of records, or records one after another (NDJSON). Columns are the keys in order of first sight.

use std::borrow::Cow;
use std::collections::HashMap;
use std::fmt;
use std::path::Path;

use contract::errors::Failure;
use contract::limits::IngestLimits;
use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;

use super::block::{BLOCK_BYTES, Block, BlockSource, Cell, CellKind};
use super::delimited::cell_too_large;
use super::dialect::too_many_columns;
use super::json_scan::{Extent, MAX_DEPTH, record_extent};
use super::window::{Window, line_ends};
use crate::Result;
use crate::failures::{internal, invalid};

/// A block of sparse records must not become a huge block of cells.
const BLOCK_CELLS: usize = 1 << 20;

/// What may come next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Expect {
    /// The `[` of an array.
    Array,
    /// A record, or `]` where nothing stands before it.
    FirstRecord,
    RecordAfterComma,
    CommaOrEnd,
    /// NDJSON: a record or the end of the file.
    AnyRecord,
    Nothing,
}

pub(crate) struct JsonBlocks {
    window: Window,
    begin: u64,
    array: bool,
    expect: Expect,
    keys: HashMap<String, usize>,
    names: Vec<String>,
    records: u64,
}

/// The cells of the block that is being cut, each with its row and column.
#[derive(Default)]
struct Records {
    cells: Vec<(usize, usize, Cell)>,
    unescaped: Vec<u8>,
    rows: usize,
}

impl JsonBlocks {
    /// Opens a file whose JSON begins at byte `begin`; `array` says that it is one array.
    pub(crate) fn open(path: &Path, limits: &IngestLimits, begin: u64, array: bool) -> Result<Self> {
        let window = Window::open(path, limits, begin, 1)?;
        let expect = if array { Expect::Array } else { Expect::AnyRecord };
        Ok(Self { window, begin, array, expect, keys: HashMap::new(), names: Vec::new(), records: 0 })
    }

    fn cut_records(&mut self) -> Result<Block> {
        let window = &self.window;
        let (text, last) = (window.rest(), window.ended());
        let mut found = Records::default();
        let mut at = 0;
        let mut expect = self.expect;
        let limit = window.limits().columns;
        let mut keys = Keys { positions: &mut self.keys, names: &mut self.names, limit };
        while at < BLOCK_BYTES && (found.rows + 1) * keys.names.len() <= BLOCK_CELLS.max(keys.names.len()) {
            at += text[at..].iter().take_while(|byte| matches!(byte, b' ' | b'\t' | b'\n' | b'\r')).count();
            let Some(byte) = text.get(at) else { break };
            expect = match (expect, byte) {
                (Expect::FirstRecord | Expect::RecordAfterComma | Expect::AnyRecord, b'{') => {
                    let end = match record_extent(text, at) {
                        Extent::Ends(end) => end,
                        Extent::Open if last => text.len(),
                        Extent::Open => break,
                        Extent::TooDeep(bracket) => return Err(too_deep(window, text, bracket)),
                    };
                    let place = Place { text, at, end, window };
                    read_record(&place, &mut keys, &mut found)?;
                    at = end;
                    if expect == Expect::AnyRecord { Expect::AnyRecord } else { Expect::CommaOrEnd }
                }
                (Expect::Array, b'[') => step(&mut at, Expect::FirstRecord),
                (Expect::FirstRecord | Expect::CommaOrEnd, b']') => step(&mut at, Expect::Nothing),
                (Expect::CommaOrEnd, b',') => step(&mut at, Expect::RecordAfterComma),
                (expect, _) => {
                    let number = self.records + found.rows as u64 + 1;
                    return Err(unexpected(window, text, at, expect, number));
                }
            };
        }
        if last && at == text.len() && !matches!(expect, Expect::Nothing | Expect::AnyRecord) {
            let line = window.line() + line_ends(text);
            return Err(invalid(format!("The JSON array is not closed: the file ends on line {line}."))
                .line(line)
                .advice("Upload the whole file; the array must end with ]."));
        }
        let width = keys.names.len();
        let mut cells = vec![Cell::MISSING; found.rows * width];
        for (row, column, cell) in found.cells {
            cells[row * width + column] = cell;
        }
        let (block_text, lines) = (text[..at].to_vec(), line_ends(&text[..at]));
        self.expect = expect;
        self.records += found.rows as u64;
        self.window.advance(at, lines);
        Ok(Block { text: block_text, unescaped: found.unescaped, cells, width, file_offset: self.window.progress() })
    }
}

impl BlockSource for JsonBlocks {
    fn next_block(&mut self) -> Result<Option<Block>> {
        loop {
            let before = self.window.offset();
            let block = self.cut_records()?;
            if block.rows() > 0 {
                return Ok(Some(block));
            }
            if self.window.rest().is_empty() && self.window.ended() {
                return Ok(None);
            }
            if !self.window.ended() && (self.window.offset() == before || self.window.rest().len() < BLOCK_BYTES) {
                self.window.fill()?;
            }
        }
    }

    fn rewind(&mut self) -> Result<()> {
        self.expect = if self.array { Expect::Array } else { Expect::AnyRecord };
        self.records = 0;
        self.window.seek(self.begin, 1)
    }

    fn raw_names(&self) -> Vec<String> {
        self.names.clone()
    }

    fn size(&self) -> u64 {
        self.window.size()
    }
}

/// The failure of JSON without a single key.
pub(crate) fn no_columns() -> Failure {
    invalid("The JSON holds no records with keys, so the table would have no columns.")
        .advice("Upload an array of objects, such as [{\"a\": 1}, {\"a\": 2}], or one object a line.")
}

struct Keys<'a> {
    positions: &'a mut HashMap<String, usize>,
    names: &'a mut Vec<String>,
    limit: u32,
}

impl Keys<'_> {
    /// The column of a key, a new one if need be; `None` if there are too many. Records mostly have the same keys in
    /// the same order, so the key at the same position is tried first.
    fn column(&mut self, position: usize, key: Cow<str>) -> Option<usize> {
        if self.names.get(position).is_some_and(|name| *name == key) {
            return Some(position);
        }
        if let Some(column) = self.positions.get(key.as_ref()) {
            return Some(*column);
        }
        if self.names.len() == self.limit as usize {
            return None;
        }
        self.names.push(key.clone().into_owned());
        self.positions.insert(key.into_owned(), self.names.len() - 1);
        Some(self.names.len() - 1)
    }
}

/// A record within the window.
struct Place<'a> {
    text: &'a [u8],
    at: usize,
    end: usize,
    window: &'a Window,
}

fn read_record(place: &Place, keys: &mut Keys, found: &mut Records) -> Result<()> {
    let record = std::str::from_utf8(&place.text[place.at..place.end]).map_err(|error| internal(error.to_string()))?;
    let fields: Fields = serde_json::from_str(record).map_err(|error| syntax_error(place, record, &error))?;
    for (position, (key, raw)) in fields.0.into_iter().enumerate() {
        let Some(column) = keys.column(position, key) else {
            return Err(too_many_columns(
                keys.names.len() + 1,
                keys.limit,
                line_of(place.window, place.text, place.at),
            ));
        };
        // Both pointers lie in the same text, so their distance is the value's position.
        let start = raw.get().as_ptr() as usize - place.text.as_ptr() as usize;
        let value = Place { at: start, end: start + raw.get().len(), ..*place };
        let cell = value_cell(raw.get(), start, &mut found.unescaped)
            .map_err(|error| syntax_error(&value, raw.get(), &error))?;
        let limit = place.window.limits().cell_bytes;
        if cell.len() as u64 > limit {
            let name = keys.names.get(column).map_or("", String::as_str);
            return Err(cell_too_large(line_of(place.window, place.text, start), name, limit));
        }
        found.cells.push((found.rows, column, cell));
    }
    found.rows += 1;
    Ok(())
}

/// The cell of a value that stands at `start` in the block's text.
fn value_cell(raw: &str, start: usize, unescaped: &mut Vec<u8>) -> serde_json::Result<Cell> {
    let kind = match raw.as_bytes().first() {
        Some(b'n') => return Ok(Cell::MISSING),
        Some(b'"') => CellKind::String,
        Some(b't' | b'f') => CellKind::Boolean,
        Some(b'{' | b'[') => CellKind::Nested,
        _ => CellKind::Number,
    };
    if kind != CellKind::String {
        return Ok(Cell::new(start, start + raw.len(), kind, false));
    }
    if !raw.as_bytes().contains(&b'\\') {
        return Ok(Cell::new(start + 1, start + raw.len() - 1, kind, false));
    }
    let text: String = serde_json::from_str(raw)?;
    let begin = unescaped.len();
    unescaped.extend_from_slice(text.as_bytes());
    Ok(Cell::new(begin, unescaped.len(), kind, true))
}

/// The fields of one record in the order of the file; a key may stand twice.
struct Fields<'a>(Vec<(Cow<'a, str>, &'a RawValue)>);

#[derive(serde::Deserialize)]
#[serde(transparent)]
struct Key<'a>(#[serde(borrow)] Cow<'a, str>);

impl<'de> Deserialize<'de> for Fields<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> std::result::Result<Self, D::Error> {
        struct FieldsVisitor;
        impl<'de> Visitor<'de> for FieldsVisitor {
            type Value = Fields<'de>;

            fn expecting(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
                formatter.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> std::result::Result<Self::Value, A::Error> {
                let mut fields = Vec::new();
                while let Some((Key(key), value)) = map.next_entry()? {
                    fields.push((key, value));
                }
                Ok(Fields(fields))
            }
        }
        deserializer.deserialize_map(FieldsVisitor)
    }
}

fn step(at: &mut usize, next: Expect) -> Expect {
    *at += 1;
    next
}

fn line_of(window: &Window, text: &[u8], at: usize) -> u64 {
    window.line() + line_ends(&text[..at])
}

fn too_deep(window: &Window, text: &[u8], at: usize) -> Failure {
    let line = line_of(window, text, at);
    invalid(format!("The JSON on line {line} is nested deeper than {MAX_DEPTH} levels."))
        .line(line)
        .advice("Flatten the records: one object a row, with plain values.")
}

/// The error of the parser, with its position in the file instead of in the record.
fn syntax_error(place: &Place, record: &str, error: &serde_json::Error) -> Failure {
    let line = line_of(place.window, place.text, place.at) + (error.line() as u64).saturating_sub(1);
    let before = if error.line() <= 1 { characters_before(place.text, place.at) } else { 0 };
    let column = before + error.column();
    let text = error.to_string();
    let reason = text.split(" at line ").next().unwrap_or_default();
    let bad_line = record.lines().nth(error.line().saturating_sub(1)).unwrap_or_default();
    let near: String = bad_line.chars().skip(error.column().saturating_sub(20)).take(40).collect();
    invalid(format!("The JSON is not valid on line {line}, column {column}: {reason}."))
        .line(line)
        .value(near)
        .advice("Correct the file at this place; a JSON checker shows all such places.")
}

/// How many characters stand before `at` on its line, as far as the window knows the line.
fn characters_before(text: &[u8], at: usize) -> usize {
    let start = text[..at].iter().rposition(|byte| matches!(byte, b'\n' | b'\r')).map_or(0, |found| found + 1);
    String::from_utf8_lossy(&text[start..at]).chars().count()
}

fn unexpected(window: &Window, text: &[u8], at: usize, expect: Expect, number: u64) -> Failure {
    let line = line_of(window, text, at);
    let rest = String::from_utf8_lossy(&text[at..text.len().min(at + 200)]);
    let value: String = rest.chars().take(40).collect();
    let starts_value = matches!(text[at], b'[' | b'"' | b'-' | b'0'..=b'9' | b't' | b'f' | b'n');
    let failure = match expect {
        Expect::Nothing => invalid(format!("Text follows the end of the JSON array on line {line}."))
            .advice("Upload one array, or one object a line (NDJSON)."),
        Expect::FirstRecord | Expect::RecordAfterComma | Expect::AnyRecord if starts_value => {
            invalid(format!("The JSON is no table: item {number}, on line {line}, is not an object."))
                .advice("Upload an array of objects, such as [{\"a\": 1}, {\"a\": 2}], or one object a line.")
        }
        Expect::CommaOrEnd => syntax(line, text, at, "expected a comma or the end of the array"),
        Expect::Array | Expect::FirstRecord | Expect::RecordAfterComma | Expect::AnyRecord => {
            syntax(line, text, at, "expected an object")
        }
    };
    failure.line(line).value(value)
}

fn syntax(line: u64, text: &[u8], at: usize, reason: &str) -> Failure {
    let column = characters_before(text, at) + 1;
    invalid(format!("The JSON is not valid on line {line}, column {column}: {reason}."))
        .advice("Correct the file at this place; a JSON checker shows all such places.")
}
