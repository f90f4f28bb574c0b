//! A file that is one JSON object: the shapes in which pandas and others write tables, GeoJSON, or a single record.

use std::path::Path;

use contract::limits::IngestLimits;

use super::columns::ColumnBlocks;
use super::failures::{Place, failure_of};
use super::rows::{Shape, key_text};
use super::scan::{Scan, Scanner, Stop, Wrong};
use super::{JsonBlocks, Layout};
use crate::Result;
use crate::failures::invalid;
use crate::ingest::block::BlockSource;
use crate::ingest::window::{Window, line_ends};

/// A list with more items than this holds no names.
const MOST_NAMES: u64 = 1 << 20;

/// A member of the object.
#[derive(Debug)]
pub(super) struct Member {
    pub(super) key: String,
    /// Where its value stands in the text.
    pub(super) start: usize,
    pub(super) end: usize,
}

/// Opens a file whose JSON begins at byte `begin` with a brace. An object that is followed by anything is the first of
/// many records; one that stands alone may be a table in one of several shapes:
///
/// - `{"columns": […], "data": [[…], …]}`, with or without `index` (pandas' `split`);
/// - `{"schema": {…}, "data": [{…}, …]}` (pandas' `table`), and a GeoJSON `FeatureCollection`;
/// - `{"a": […], "b": […]}` with lists of equal length;
/// - `{"a": {"0": …, "1": …}, "b": {…}}` (pandas' `columns`), and `{"0": {"a": …}, "1": {…}}` (pandas' `index`).
///
/// Any other object is one record.
pub(crate) fn open_object(path: &Path, limits: &IngestLimits, begin: u64) -> Result<Box<dyn BlockSource>> {
    let mut window = Window::open(path, limits, begin, 1)?.tolerant();
    let records = Layout { begin, line: 1, array: false, inner: false, shape: Shape::Records };
    loop {
        let mut scanner = Scanner::new(window.rest(), 0, window.ended(), limits.nesting);
        match scanner.value(0) {
            Err(Stop::Wrong(_)) => return Ok(Box::new(JsonBlocks::new(window, records)?)),
            Err(Stop::More) => {}
            Ok(()) => match scanner.peek() {
                Some(_) => return Ok(Box::new(JsonBlocks::new(window, records)?)),
                None if window.ended() => break,
                None => {}
            },
        }
        if window.rest().len() as u64 > limits.document_bytes {
            return Err(invalid(format!(
                "The file is one JSON object of more than {} bytes, which can only be read as a whole.",
                limits.document_bytes
            ))
            .line(1)
            .advice(
                "Write the table as an array of records or as NDJSON (pandas: orient=\"records\", lines=True), \
                 or ask the operator to raise PLOTLINE_INGEST_DOCUMENT_BYTES.",
            ));
        }
        window.fill_document()?;
    }
    open_document(window, records, limits)
}

fn open_document(window: Window, records: Layout, limits: &IngestLimits) -> Result<Box<dyn BlockSource>> {
    let text = window.rest();
    if let Some(at) = window.bad_byte_within(0, text.len()) {
        let wrong = Wrong::Syntax { at, expected: "text in UTF-8".into() };
        return Err(failure_of(&wrong, Place { text, line: 1, characters: 0 }, limits, ""));
    }
    let members = match members(text, limits.nesting) {
        Ok(members) => members,
        Err(Stop::Wrong(wrong)) => {
            return Err(failure_of(&wrong, Place { text, line: 1, characters: 0 }, limits, ""));
        }
        Err(Stop::More) => Vec::new(),
    };
    let document = Document { text, members, nesting: limits.nesting };
    if let Some(table) = document.list_of_objects() {
        let line = 1 + line_ends(text.get(..table).unwrap_or_default());
        let begin = records.begin + table as u64;
        let layout = Layout { begin, line, array: true, inner: true, shape: Shape::Records };
        return Ok(Box::new(JsonBlocks::new(window, layout)?));
    }
    if let Some(lanes) = document.lanes() {
        return Ok(Box::new(ColumnBlocks::new(window.into_rest(), lanes, *limits)?));
    }
    let lists = document.lists();
    let mut blocks = JsonBlocks::new(window, records)?;
    blocks.notes = lists;
    Ok(Box::new(blocks))
}

/// The members of the object that the text is.
fn members(text: &[u8], nesting: u32) -> Scan<Vec<Member>> {
    let mut scanner = Scanner::new(text, 0, true, nesting);
    let mut members = Vec::new();
    scanner.take(b'{', "an object")?;
    if scanner.peek() == Some(b'}') {
        return Ok(members);
    }
    loop {
        let key = scanner.key()?;
        let key = key_text(text, key).into_owned();
        scanner.skip_blanks();
        let start = scanner.at;
        scanner.value(1)?;
        members.push(Member { key, start, end: scanner.at });
        if !scanner.goes_on(b'}', "a comma or }")? {
            return Ok(members);
        }
    }
}

/// The values of a column of a document, in the order of the rows.
#[derive(Debug)]
pub(super) enum Lane {
    /// The items of a list that opens at this byte.
    Items(usize),
    /// The values of an object that opens at this byte.
    Values(usize),
    /// The keys of an object that opens at this byte.
    Keys(usize),
    /// Lists in a list that opens at this byte: as many columns as there are names.
    Arrays(usize),
}

/// What a document holds: lanes side by side, their names, and how many rows there are.
#[derive(Debug)]
pub(super) struct Lanes {
    pub(super) lanes: Vec<Lane>,
    pub(super) names: Vec<String>,
    pub(super) rows: u64,
    /// The values of the one lane are records: pandas' `index`. A name is that of their labels.
    pub(super) records: bool,
}

/// What the items of a list are.
#[derive(Default)]
struct List {
    items: u64,
    of_objects: u64,
    of_lists: u64,
}

struct Document<'a> {
    text: &'a [u8],
    members: Vec<Member>,
    nesting: u32,
}

impl Document<'_> {
    fn member(&self, key: &str) -> Option<&Member> {
        self.members.iter().find(|member| member.key == key)
    }

    fn first_byte(&self, at: usize) -> Option<u8> {
        self.text.get(at).copied()
    }

    /// The bracket of the list of records in a document that says by its other members that it is a table.
    fn list_of_objects(&self) -> Option<usize> {
        let is_geojson = self
            .member("type")
            .is_some_and(|kind| self.text.get(kind.start..kind.end) == Some(b"\"FeatureCollection\"".as_slice()));
        let list = if is_geojson {
            self.member("features")?
        } else {
            self.member("schema").filter(|schema| self.first_byte(schema.start) == Some(b'{'))?;
            self.member("data").filter(|_| self.members.len() == 2)?
        };
        let count = self.list(list.start)?;
        (count.of_objects == count.items).then_some(list.start)
    }

    fn lanes(&self) -> Option<Lanes> {
        self.split().or_else(|| self.lists_side_by_side()).or_else(|| self.labelled())
    }

    /// pandas' `split` and `tight`.
    fn split(&self) -> Option<Lanes> {
        const KEYS: [&str; 5] = ["columns", "data", "index", "index_names", "column_names"];
        if !self.members.iter().all(|member| KEYS.contains(&member.key.as_str())) {
            return None;
        }
        let (columns, data) = (self.member("columns")?, self.member("data")?);
        let rows = self.list(data.start)?;
        if rows.of_lists != rows.items || self.list(columns.start)?.items > MOST_NAMES {
            return None;
        }
        let (mut names, mut lanes) = (self.labels(columns.start)?, vec![Lane::Arrays(data.start)]);
        if let Some(index) = self.member("index") {
            let mut row = 0_u64;
            let mut counted = true;
            let labels = self.each_item(index.start, |start, end| {
                counted &= self.text.get(start..end) == Some(row.to_string().as_bytes());
                row += 1;
            })?;
            if labels == rows.items && !counted {
                names.insert(0, "index".to_owned());
                lanes.insert(0, Lane::Items(index.start));
            }
        }
        Some(Lanes { lanes, names, rows: rows.items, records: false })
    }

    /// `{"a": [1, 2], "b": [3, 4]}`. A single list of objects or lists is more likely a member of a record.
    fn lists_side_by_side(&self) -> Option<Lanes> {
        let mut length = None;
        for member in &self.members {
            let list = self.list(member.start)?;
            if *length.get_or_insert(list.items) != list.items {
                return None;
            }
            if self.members.len() == 1 && (list.of_objects + list.of_lists > 0 || list.items == 0) {
                return None;
            }
        }
        let lanes = self.members.iter().map(|member| Lane::Items(member.start)).collect();
        Some(Lanes { lanes, names: self.keys(), rows: length?, records: false })
    }

    /// Objects whose keys are row labels (pandas' `columns`), or whose own labels are (pandas' `index`). Labels are
    /// numbers; anything else may as well be the keys of a nested record.
    fn labelled(&self) -> Option<Lanes> {
        let first = self.members.first()?;
        if self.members.iter().any(|member| self.first_byte(member.start) != Some(b'{')) {
            return None;
        }
        let labels = self.numbered_keys(first.start);
        if let Some((rows, counted)) = labels.filter(|(rows, _)| *rows > 0)
            && self.members.iter().skip(1).all(|member| self.same_keys(first.start, member.start))
        {
            let mut names = self.keys();
            let mut lanes: Vec<Lane> = self.members.iter().map(|member| Lane::Values(member.start)).collect();
            if !counted {
                names.insert(0, "index".to_owned());
                lanes.insert(0, Lane::Keys(first.start));
            }
            return Some(Lanes { lanes, names, rows, records: false });
        }
        if self.members.len() > 1 && self.members.iter().all(|member| is_number(&member.key)) {
            let counted = self.members.iter().enumerate().all(|(row, member)| member.key == row.to_string());
            let names = if counted { Vec::new() } else { vec!["index".to_owned()] };
            return Some(Lanes { lanes: vec![Lane::Values(0)], names, rows: self.members.len() as u64, records: true });
        }
        None
    }

    /// What to say about lists of objects within a single record.
    fn lists(&self) -> Vec<String> {
        let mut notes = Vec::new();
        for member in &self.members {
            let Some(list) = self.list(member.start).filter(|list| list.items > 1) else { continue };
            if list.of_objects == list.items {
                let (name, count) = (&member.key, list.items);
                notes.push(format!(
                    "The file is one object, so the table has one row; its member \"{name}\" is a list of {count} objects, \
                     kept as JSON text. Upload that list by itself to have it as a table."
                ));
            }
        }
        notes
    }

    fn keys(&self) -> Vec<String> {
        self.members.iter().map(|member| member.key.clone()).collect()
    }

    /// Hands start and end of every item of the list that opens here to `look`; `None` if this is no list.
    fn each_item(&self, at: usize, mut look: impl FnMut(usize, usize)) -> Option<u64> {
        let mut scanner = Scanner::new(self.text, at, true, self.nesting);
        let mut items = 0;
        scanner.take(b'[', "a list").ok()?;
        if scanner.peek() == Some(b']') {
            return Some(items);
        }
        loop {
            scanner.skip_blanks();
            let start = scanner.at;
            scanner.value(2).ok()?;
            look(start, scanner.at);
            items += 1;
            if !scanner.goes_on(b']', "a comma or ]").ok()? {
                return Some(items);
            }
        }
    }

    fn list(&self, at: usize) -> Option<List> {
        let mut list = List::default();
        list.items = self.each_item(at, |start, _| match self.first_byte(start) {
            Some(b'{') => list.of_objects += 1,
            Some(b'[') => list.of_lists += 1,
            _ => {}
        })?;
        Some(list)
    }

    fn labels(&self, at: usize) -> Option<Vec<String>> {
        let mut labels = Vec::new();
        self.each_item(at, |start, end| labels.push(self.label(start, end)))?;
        Some(labels)
    }

    /// A value as a name: a string without quotes, a list of them with dots between.
    fn label(&self, start: usize, end: usize) -> String {
        let mut scanner = Scanner::new(self.text, start, true, self.nesting);
        match self.first_byte(start) {
            Some(b'[') => self.labels(start).unwrap_or_default().join("."),
            Some(b'"') => scanner.string().map(|quoted| key_text(self.text, quoted).into_owned()).unwrap_or_default(),
            _ => String::from_utf8_lossy(self.text.get(start..end).unwrap_or_default()).into_owned(),
        }
    }

    /// How many keys the object that opens here has, and whether they are 0, 1, 2, …; `None` if one is no number.
    fn numbered_keys(&self, at: usize) -> Option<(u64, bool)> {
        let mut keys = Keys::of(self, at)?;
        let (mut rows, mut counted) = (0_u64, true);
        while let Some(key) = keys.next()? {
            if !is_number(std::str::from_utf8(key).ok()?) {
                return None;
            }
            counted &= key == rows.to_string().as_bytes();
            rows += 1;
        }
        Some((rows, counted))
    }

    fn same_keys(&self, left: usize, right: usize) -> bool {
        let (Some(mut left), Some(mut right)) = (Keys::of(self, left), Keys::of(self, right)) else { return false };
        loop {
            match (left.next(), right.next()) {
                (Some(Some(left)), Some(Some(right))) if left == right => {}
                (Some(None), Some(None)) => return true,
                _ => return false,
            }
        }
    }
}

/// The keys of an object one after another, as spelled.
struct Keys<'a> {
    scanner: Scanner<'a>,
    ended: bool,
}

impl<'a> Keys<'a> {
    fn of(document: &Document<'a>, at: usize) -> Option<Self> {
        let mut scanner = Scanner::new(document.text, at, true, document.nesting);
        scanner.take(b'{', "an object").ok()?;
        let ended = scanner.peek() == Some(b'}');
        Some(Self { scanner, ended })
    }

    /// `Some(None)` at the end; `None` if the text is no JSON, which has been ruled out before.
    fn next(&mut self) -> Option<Option<&'a [u8]>> {
        if self.ended {
            return Some(None);
        }
        let key = self.scanner.key().ok()?;
        self.scanner.value(2).ok()?;
        self.ended = !self.scanner.goes_on(b'}', "a comma or }").ok()?;
        Some(self.scanner.text.get(key.start..key.end))
    }
}

fn is_number(label: &str) -> bool {
    let digits = label.strip_prefix('-').unwrap_or(label);
    !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())
}
