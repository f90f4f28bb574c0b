//! Which separator, quote, escape and comment mark a file has: the format under which its records agree most.
//!
//! The measure is the data consistency of van den Burg, Nazábal and Sutton ("Wrangling messy CSV files by detecting row
//! and type patterns", 2019): how alike the records are, times the share of cells whose content is of a known kind.

use std::collections::{HashMap, HashSet};

use contract::ingest::{ParseOptions, delimiter_byte, mark_byte};

use super::block::CellKind;
use super::evidence::{is_value, trimmed};
use super::fields::{FieldCutter, Fields, Step};
use super::line_ends::LineEnds;
use super::marks::{COMMENTS, Format, odd};

const COMMON: [u8; 4] = [b',', b';', b'\t', b'|'];
/// Separators of few files; they count only where every record agrees.
const RARE: [u8; 9] = [b':', b' ', b'^', b'~', 0x1f, 0x01, 0x02, b'\\', b'/'];
/// How many records vote.
pub(crate) const SAMPLE_RECORDS: usize = 1000;
/// How many of a piece have their cells looked at.
const TYPED_RECORDS: usize = 200;
/// A record of a piece from the middle of the file that is longer than this is taken for one whose quote is not closed.
const LONG_RECORD: usize = 4 << 10;
/// What a record of a single field counts for, so that any separator beats none.
const SINGLE: f64 = 0.001;

/// The chosen format.
#[derive(Clone, Debug)]
pub(crate) struct Sniffed {
    pub(crate) format: Format,
    /// The share of the sampled records that agree.
    pub(crate) agreement: f64,
    /// Whether no other format comes near.
    pub(crate) clear: bool,
    /// Whether any field of the sample is in quotes.
    pub(crate) has_quotes: bool,
    /// Fields of each record of the first piece, in order; 0 for a malformed one.
    pub(crate) widths: Vec<usize>,
}

/// A stretch of the file that begins with a record.
#[derive(Clone, Copy)]
pub(crate) struct Piece<'a> {
    pub(crate) text: &'a [u8],
    /// Whether the file ends with it.
    pub(crate) last: bool,
    /// How many of its records vote.
    pub(crate) records: usize,
    /// Whether it is from the middle of the file.
    pub(crate) inner: bool,
}

struct Score {
    value: f64,
    widths: Vec<usize>,
    /// How many of the widths are of the first piece.
    first: usize,
    quoted: usize,
}

/// Looks at pieces of a file, of which the first is its beginning.
pub(crate) fn sniff(pieces: &[Piece<'_>], options: &ParseOptions) -> Sniffed {
    let (text, last) = pieces.first().map_or((&[][..], true), |piece| (piece.text, piece.last));
    let mut best: Option<(Score, Format)> = None;
    let (mut second, mut single) = (0.0_f64, None);
    // Without quotes a file is read only where quotes make more records malformed than they hold together.
    let mut clean: HashSet<u8> = HashSet::new();
    for format in candidates(pieces, options) {
        if format.quote.is_none() && options.quote.is_none() && clean.contains(&format.delimiter) {
            continue;
        }
        let score = score(pieces, &format);
        let malformed = score.widths.iter().filter(|width| **width == 0).count();
        if format.quote == Some(b'"') && (malformed < 2 || malformed <= score.quoted) {
            clean.insert(format.delimiter);
        }
        if RARE.contains(&format.delimiter)
            && options.delimiter.is_none()
            && !is_convincing(&score, text, last, &format)
        {
            continue;
        }
        // One name above values that hold the mark themselves is a table of one column.
        let cuts_values = options.delimiter.is_none() && score.widths.first() == Some(&1) && score.widths.len() > 1;
        if cuts_values && common_width(&score.widths).0 > 1 && are_values(text, last, &format, 1) {
            single = Some(format);
            continue;
        }
        match &best {
            Some((other, chosen)) if score.value <= other.value => {
                if chosen.delimiter != format.delimiter {
                    second = second.max(score.value);
                }
            }
            _ => {
                if let Some((other, chosen)) = &best
                    && chosen.delimiter != format.delimiter
                {
                    second = second.max(other.value);
                }
                best = Some((score, format));
            }
        }
    }
    if let (None, Some(format)) = (&best, single) {
        let format = Format { delimiter: b'\t', ..format };
        best = Some((self::score(pieces, &format), format));
    }
    let Some((mut score, format)) = best else {
        return Sniffed {
            format: Format { ends: LineEnds::of(options.line_end), ..Format::of(b',') },
            agreement: 1.0,
            clear: false,
            has_quotes: false,
            widths: Vec::new(),
        };
    };
    let (_, most) = common_width(&score.widths);
    let agreement = most as f64 / score.widths.len().max(1) as f64;
    let clear = second < score.value / 2.0;
    score.widths.truncate(score.first);
    Sniffed { format, agreement, clear, has_quotes: score.quoted > 0, widths: score.widths }
}

/// The most frequent number of fields, the larger one of several, and how many records have it.
pub(crate) fn common_width(widths: &[usize]) -> (usize, usize) {
    let mut counts: HashMap<usize, usize> = HashMap::new();
    for width in widths.iter().filter(|width| **width > 0) {
        *counts.entry(*width).or_default() += 1;
    }
    counts.into_iter().max_by_key(|(width, count)| (*count, *width)).unwrap_or((1, 0))
}

fn candidates(pieces: &[Piece<'_>], options: &ParseOptions) -> Vec<Format> {
    let any = |says: &dyn Fn(&[u8]) -> bool| pieces.iter().any(|piece| says(piece.text));
    let has = |byte: u8| any(&|text| text.contains(&byte));
    let delimiters: Vec<u8> = match options.delimiter.as_deref().and_then(delimiter_byte) {
        Some(asked) => vec![asked],
        None => {
            let found = COMMON.into_iter().chain(RARE).filter(|byte| has(*byte));
            let found: Vec<u8> = found.collect();
            // A comma stands first, whether it is there or not: it wins where nothing cuts anything.
            if found.first() == Some(&b',') { found } else { [b",".as_slice(), found.as_slice()].concat() }
        }
    };
    let quotes: Vec<Option<u8>> = match options.quote.as_deref() {
        Some(asked) => vec![mark_byte(asked)],
        None if has(b'"') && any(&|text| opens_fields(text, b'\'')) => vec![Some(b'"'), Some(b'\''), None],
        None if has(b'"') => vec![Some(b'"'), None],
        None if any(&|text| opens_fields(text, b'\'')) => vec![Some(b'"'), Some(b'\'')],
        None => vec![Some(b'"')],
    };
    let comments: Vec<Option<Vec<u8>>> = match options.comment.as_deref() {
        Some("") => vec![None],
        Some(asked) => vec![Some(asked.as_bytes().to_vec())],
        None => {
            let found = COMMENTS.into_iter().filter(|mark| any(&|text| begins_a_line(text, mark)));
            std::iter::once(None).chain(found.map(|mark| Some(mark.to_vec()))).collect()
        }
    };
    let ends = LineEnds::of(options.line_end);
    let mut formats = Vec::new();
    for delimiter in delimiters {
        for quote in quotes.iter().filter(|quote| **quote != Some(delimiter)) {
            for escape in escapes(pieces, *quote, options) {
                for comment in &comments {
                    formats.push(Format { delimiter, quote: *quote, escape, comment: comment.clone(), ends });
                }
            }
        }
    }
    formats
}

fn escapes(pieces: &[Piece<'_>], quote: Option<u8>, options: &ParseOptions) -> Vec<Option<u8>> {
    let escapes = |text: &[u8], quote: u8| text.windows(2).any(|pair| pair == [b'\\', quote]);
    match (options.escape.as_deref(), quote) {
        (Some(asked), _) => vec![mark_byte(asked)],
        (None, None) => vec![None],
        (None, Some(quote)) if pieces.iter().any(|piece| escapes(piece.text, quote)) => vec![Some(quote), Some(b'\\')],
        (None, Some(quote)) => vec![Some(quote)],
    }
}

/// Whether the mark stands at the beginning of a field and at the end of one.
fn opens_fields(text: &[u8], mark: u8) -> bool {
    let is_edge =
        |byte: Option<&u8>| byte.is_none_or(|byte| COMMON.contains(byte) || matches!(byte, b'\n' | b'\r' | b' '));
    let at = |place: usize| text.get(place) == Some(&mark);
    let opens =
        (0..text.len()).any(|place| at(place) && is_edge(place.checked_sub(1).and_then(|before| text.get(before))));
    opens && (0..text.len()).any(|place| at(place) && is_edge(text.get(place + 1)))
}

fn begins_a_line(text: &[u8], mark: &[u8]) -> bool {
    text.starts_with(mark)
        || (0..text.len()).any(|place| matches!(text[place], b'\n' | b'\r') && text[place + 1..].starts_with(mark))
}

/// A rare separator must cut every record alike, and what it cuts must not be values as a whole (`10:30`).
fn is_convincing(score: &Score, text: &[u8], last: bool, format: &Format) -> bool {
    let (width, most) = common_width(&score.widths);
    // Between words stand spaces as well: a few lines with as many words are no table.
    let enough = if format.delimiter == b' ' { 5 } else { 2 };
    width >= 2 && most >= enough && most == score.widths.len() && !are_values(text, last, format, 0)
}

/// Whether the records, each read as a single field, are mostly values: `10:30`, `12,5`. The first `skip` do not count.
fn are_values(text: &[u8], last: bool, format: &Format, skip: usize) -> bool {
    let whole = Format { delimiter: 0, ..format.clone() };
    let (mut values, mut records) = (0, 0);
    let piece = Piece { text, last, records: 50, inner: false };
    each_record(piece, &whole, |cells, _| {
        records += 1;
        values += usize::from(records > skip && cells.first().is_some_and(|(_, cell)| is_value(cell)));
    });
    records > skip && values * 10 >= (records - skip) * 9
}

fn score(pieces: &[Piece<'_>], format: &Format) -> Score {
    let (mut known, mut cells_seen, mut quoted, mut first) = (0.0, 0_usize, 0, None);
    let mut widths = Vec::new();
    for piece in pieces {
        let mut records = 0;
        widths.extend(each_record(*piece, format, |cells, seen| {
            records += 1;
            if records > TYPED_RECORDS {
                return;
            }
            for (kind, cell) in cells {
                cells_seen += 1;
                quoted += usize::from(*kind == CellKind::Quoted);
                known += likeness(*kind, cell);
            }
            // A quote that had to be kept speaks against what should have escaped it.
            known -= if seen & odd::KEPT != 0 { 0.5 } else { 0.0 };
        }));
        first.get_or_insert(widths.len());
    }
    let mut counts: HashMap<usize, usize> = HashMap::new();
    for width in &widths {
        *counts.entry(*width).or_default() += 1;
    }
    let pattern: f64 = counts
        .iter()
        .filter(|(width, _)| **width > 0)
        .map(|(width, count)| {
            let width = *width as f64;
            *count as f64 * (width - 1.0).max(SINGLE) / width
        })
        .sum();
    let value = pattern / counts.len().max(1) as f64 * (known / cells_seen.max(1) as f64).max(1e-10);
    Score { value, widths, first: first.unwrap_or(0), quoted }
}

/// How much a cell is like one: values and plain words are, text with marks of other formats less so.
fn likeness(kind: CellKind, cell: &[u8]) -> f64 {
    let text = trimmed(cell);
    match kind {
        CellKind::Missing | CellKind::Quoted => 1.0,
        _ if text.is_empty() || is_value(text) => 1.0,
        _ if text.contains(&b'"') => 0.1,
        _ if text.iter().any(|byte| matches!(byte, b';' | b'\t' | b'|')) => 0.4,
        _ if text.contains(&b',') => 0.6,
        _ => 0.9,
    }
}

/// Cuts the records of a piece and shows each one's cells, and what is odd about it; returns the number of fields of each,
/// 0 for a malformed one.
pub(crate) fn each_record(
    piece: Piece<'_>,
    format: &Format,
    mut look: impl FnMut(&[(CellKind, &[u8])], u8),
) -> Vec<usize> {
    let Piece { text, last, records, inner } = piece;
    let cutter = FieldCutter::new(format.clone());
    let (mut widths, mut at) = (Vec::new(), 0);
    let mut fields = Fields::default();
    while at < text.len() && widths.len() < records {
        fields.cells.clear();
        fields.unescaped.clear();
        fields.odd = 0;
        match cutter.cut(text, at, last, &mut fields) {
            Step::Record { next } => {
                let cell = |cell: &super::block::Cell| {
                    let source = if cell.unescaped { &fields.unescaped } else { text };
                    (cell.kind, source.get(cell.start as usize..cell.end as usize).unwrap_or_default())
                };
                let cells: Vec<(CellKind, &[u8])> = fields.cells.iter().map(cell).collect();
                look(&cells, fields.odd);
                widths.push(cells.len());
                at = next;
            }
            Step::Blank { next } => at = next,
            Step::Incomplete => {
                if inner && text.len() - at > LONG_RECORD {
                    widths.push(0);
                }
                break;
            }
            Step::Unclosed { .. } | Step::Stray { .. } => {
                widths.push(0);
                let Some(next) = format.ends.next_line(text, at, last) else { break };
                at = next;
            }
        }
    }
    widths
}

#[cfg(test)]
mod tests {
    use super::*;

    fn format(text: &str) -> Format {
        let piece = Piece { text: text.as_bytes(), last: true, records: SAMPLE_RECORDS, inner: false };
        sniff(&[piece], &ParseOptions::default()).format
    }

    #[test]
    fn separators() {
        for (text, delimiter) in [
            ("a,b\n1,2\n", b','),
            ("a;b\n1,5;2\n2,5;3\n", b';'),
            ("a\tb c\n1\t2 3\n", b'\t'),
            ("a|b\n1|2\n", b'|'),
            ("name\nvalue\n", b','),
            ("10:30\n11:45\n", b','),
            ("a^b\n1^x y\n2^z\n", b'^'),
            ("first second\none two\nthree four\nfive six\nx y\n", b' '),
            ("a 1\nb 2\nc 3\n", b','),
            ("price\n12,5\n14,00\n", b'\t'),
            ("x\n\"a;b;c\"\n\"d;e;f\"\n", b','),
        ] {
            assert_eq!(format(text).delimiter, delimiter, "{text}");
        }
    }

    #[test]
    fn quotes_escapes_and_comments() {
        let found = format("a,b\n'x, y',1\n'z, w',2\n");
        assert_eq!((found.delimiter, found.quote), (b',', Some(b'\'')));
        assert_eq!(format("a,b\n\"say \\\"x\\\", y\",1\n\"z\",2\n").escape, Some(b'\\'));
        assert_eq!(format("a,b\n\"say \"\"x\"\"\",1\n").escape, Some(b'"'));
        assert_eq!(format("a,b\n\"say \\\"x\\\" aloud\",1\n").escape, Some(b'\\'));
        assert_eq!(format("a,b\n\"C:\\dir\\\",1\n\"D:\\dir\\\",2\n").escape, Some(b'"'));
        assert_eq!(format("# made by hand\na;b\n1;2\n# end\n").comment.as_deref(), Some(&b"#"[..]));
        assert_eq!(format("#id,name\n1,x\n").comment, None);
        assert_eq!(format("it's,5\nthat's,6\n").quote, Some(b'"'));
    }
}
