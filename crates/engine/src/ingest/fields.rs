//! Cuts one record of delimited text into its fields; what ends a record, the format says.

use super::block::{Cell, CellKind};
use super::line_ends::Found;
use super::marks::{COMMENTS, Format, ends, odd};
use super::window::line_ends;

/// Knows the marks.
#[derive(Clone, Debug)]
pub(crate) struct FieldCutter {
    format: Format,
    /// The escape, where it is another character than the quote.
    backslash: Option<u8>,
    /// For each byte, whether it ends a field without quotes or needs a closer look.
    stops: [bool; 256],
    /// For each byte, whether it is a usual quote and not the one of this format.
    other_quotes: [bool; 256],
}

/// What stood at the position.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    /// A record, or a blank line or comment, that ends before `next`.
    Record {
        next: usize,
    },
    Blank {
        next: usize,
    },
    /// The text ends within a record and the file goes on.
    Incomplete,
    /// The file ends within quotes that opened at this position.
    Unclosed {
        quote: usize,
    },
    /// Text stands behind the closing quote of the field that begins at `quote`.
    Stray {
        quote: usize,
    },
}

/// Where the fields of the current block go.
#[derive(Debug, Default)]
pub(crate) struct Fields {
    pub(crate) cells: Vec<Cell>,
    pub(crate) unescaped: Vec<u8>,
    /// Line ends passed so far.
    pub(crate) lines: u64,
    /// What stood in the records since the caller looked last: bits of [`odd`].
    pub(crate) odd: u8,
    /// Which ends the records so far have: bits of [`ends`].
    pub(crate) ends: u8,
}

/// What stands behind a quote.
enum FieldEnd {
    At(usize),
    Not,
    /// The text ends before that is known.
    Unknown,
}

impl FieldCutter {
    pub(crate) fn new(format: Format) -> Self {
        let backslash = format.escape.filter(|escape| Some(*escape) != format.quote);
        let mut stops = [false; 256];
        for byte in 0..=u8::MAX {
            stops[usize::from(byte)] =
                byte == format.delimiter || Some(byte) == backslash || format.ends.may_begin(byte);
        }
        let mut other_quotes = [false; 256];
        for byte in [b'"', b'\''].into_iter().filter(|byte| Some(*byte) != format.quote && *byte != format.delimiter) {
            other_quotes[usize::from(byte)] = true;
        }
        Self { format, backslash, stops, other_quotes }
    }

    /// Cuts the record at `at`; `last` says that the file ends with `text`. Anything but a record or a blank line
    /// leaves `fields` as it was.
    pub(crate) fn cut(&self, text: &[u8], at: usize, last: bool, fields: &mut Fields) -> Step {
        if let Some(step) = self.blank_line(text, at, last, fields) {
            return step;
        }
        if let Some(step) = self.comment(text, at, last, fields) {
            return step;
        }
        let (cells, unescaped, lines) = (fields.cells.len(), fields.unescaped.len(), fields.lines);
        let step = self.record(text, at, last, fields);
        if !matches!(step, Step::Record { .. }) {
            fields.cells.truncate(cells);
            fields.unescaped.truncate(unescaped);
            fields.lines = lines;
        }
        // Where one sort of line end was asked for, lines of the file as an editor counts them may end within fields.
        if let (Step::Record { next }, false) = (step, self.format.ends.is_any()) {
            fields.lines = lines + line_ends(text.get(at..next).unwrap_or_default());
        }
        step
    }

    fn blank_line(&self, text: &[u8], at: usize, last: bool, fields: &mut Fields) -> Option<Step> {
        let end = at + self.blanks(text, at);
        match text.get(end) {
            None if last => Some(Step::Blank { next: end }),
            None => Some(Step::Incomplete),
            Some(_) => match self.format.ends.at(text, end, last) {
                Found::End(next) => {
                    fields.lines += line_ends(text.get(at..next).unwrap_or_default());
                    Some(Step::Blank { next })
                }
                Found::Unknown => Some(Step::Incomplete),
                Found::Not => None,
            },
        }
    }

    fn comment(&self, text: &[u8], at: usize, last: bool, fields: &mut Fields) -> Option<Step> {
        let rest = text.get(at..).unwrap_or_default();
        let Some(comment) = self.format.comment.as_deref() else {
            if COMMENTS.iter().any(|mark| rest.starts_with(mark)) {
                fields.odd |= odd::COMMENT;
            }
            return None;
        };
        if !rest.starts_with(comment) {
            // The beginning of a comment may be cut off.
            return (!last && comment.starts_with(rest)).then_some(Step::Incomplete);
        }
        let Some(next) = self.format.ends.next_line(text, at, last) else { return Some(Step::Incomplete) };
        fields.lines += line_ends(&text[at..next]);
        Some(Step::Blank { next })
    }

    fn record(&self, text: &[u8], mut at: usize, last: bool, fields: &mut Fields) -> Step {
        loop {
            if self.format.quote.is_some() && text.get(at).copied() == self.format.quote {
                match self.quoted(text, at, last, fields) {
                    Step::Record { next } => at = next,
                    other => return other,
                }
            } else {
                if text.get(at).is_some_and(|byte| self.other_quotes[usize::from(*byte)]) {
                    fields.odd |= odd::OTHER_QUOTE;
                }
                let Some(end) = self.bare(text, at, last, fields) else { return Step::Incomplete };
                at = end;
            }
            match text.get(at) {
                Some(byte) if *byte == self.format.delimiter => at += 1,
                Some(_) => {
                    let Found::End(next) = self.format.ends.at(text, at, last) else { return Step::Incomplete };
                    fields.lines += 1;
                    fields.ends |= match (text[at], next - at) {
                        (b'\n', _) => ends::LF,
                        (_, 2) => ends::CRLF,
                        _ => ends::CR,
                    };
                    return Step::Record { next };
                }
                None if last => return Step::Record { next: at },
                None => return Step::Incomplete,
            }
        }
    }

    /// The field without quotes at `at`; where it ends, or `None` if more text must tell.
    fn bare(&self, text: &[u8], at: usize, last: bool, fields: &mut Fields) -> Option<usize> {
        let mut end = self.stop_after(text, at, last);
        if self.backslash.is_none() || text.get(end).copied() != self.backslash {
            let kind = if end == at { CellKind::Missing } else { CellKind::Bare };
            fields.cells.push(Cell::new(at, end, kind, false));
            return Some(end);
        }
        let (begin, mut from) = (fields.unescaped.len(), at);
        while end < text.len() && text.get(end).copied() == self.backslash {
            let Some(escaped) = text.get(end + 1).copied() else {
                if !last {
                    return None;
                }
                end += 1;
                break;
            };
            if self.is_mark(escaped) {
                fields.unescaped.extend_from_slice(&text[from..end]);
                from = end + 1;
            }
            // The escaped character is never the end of the field, unless it is a line end.
            let is_end = self.format.ends.at(text, end + 1, last) != Found::Not;
            end = if is_end { end + 1 } else { self.stop_after(text, end + 2, last) };
        }
        fields.unescaped.extend_from_slice(&text[from..end]);
        fields.cells.push(Cell::new(begin, fields.unescaped.len(), CellKind::Bare, true));
        Some(end)
    }

    /// Whether the character needs an escape; before others the escape is an ordinary character.
    fn is_mark(&self, byte: u8) -> bool {
        byte == self.format.delimiter || Some(byte) == self.format.quote || Some(byte) == self.backslash
    }

    /// The field whose quote opens at `quote`; `Record.next` is where the field ends.
    fn quoted(&self, text: &[u8], quote: usize, last: bool, fields: &mut Fields) -> Step {
        let mark = text[quote];
        let start = quote + 1;
        let begin = fields.unescaped.len();
        let mut copied = false;
        let (mut at, mut from) = (start, start);
        // A quote within the text that is not escaped is kept, if the field is closed on the same line.
        let mut lenient = false;
        fields.odd |= odd::QUOTED;
        let (close, end) = loop {
            let rest = text.get(at..).unwrap_or_default();
            let found = match self.backslash {
                None => rest.iter().position(|byte| *byte == mark),
                Some(backslash) => rest.iter().position(|byte| *byte == mark || *byte == backslash),
            };
            let passed = rest.get(..found.unwrap_or(rest.len())).unwrap_or_default();
            if lenient && passed.iter().any(|byte| matches!(byte, b'\n' | b'\r')) {
                return Step::Stray { quote };
            }
            let Some(found) = found else {
                return match (last, lenient) {
                    (false, _) => Step::Incomplete,
                    (true, false) => Step::Unclosed { quote },
                    (true, true) => Step::Stray { quote },
                };
            };
            let place = at + found;
            if self.backslash.is_none() && place > start && text[place - 1] == b'\\' {
                fields.odd |= odd::BACKSLASH;
            }
            // Where one quote was not doubled, two at the end of a field are one of the text and the one that closes.
            if lenient && text[place] == mark && text.get(place + 1) == Some(&mark) {
                match self.field_end(text, place + 2, last) {
                    FieldEnd::Unknown => return Step::Incomplete,
                    FieldEnd::At(end) => break (place + 1, end),
                    FieldEnd::Not => {}
                }
            }
            match text.get(place + 1) {
                None if !last => return Step::Incomplete,
                Some(next) if Some(text[place]) == self.backslash => {
                    if self.is_mark(*next) {
                        fields.unescaped.extend_from_slice(&text[from..place]);
                        copied = true;
                        from = place + 1;
                    }
                    at = place + 2;
                }
                None if Some(text[place]) == self.backslash => return Step::Unclosed { quote },
                Some(next) if *next == mark && self.format.escape == Some(mark) => {
                    fields.unescaped.extend_from_slice(&text[from..=place]);
                    copied = true;
                    at = place + 2;
                    from = at;
                }
                _ => match self.field_end(text, place + 1, last) {
                    FieldEnd::Unknown => return Step::Incomplete,
                    FieldEnd::At(end) => break (place, end),
                    FieldEnd::Not => {
                        (lenient, at) = (true, place + 1);
                        fields.odd |= odd::KEPT;
                    }
                },
            }
        };
        fields.lines += line_ends(&text[start..close]);
        if copied {
            fields.unescaped.extend_from_slice(&text[from..close]);
            fields.cells.push(Cell::new(begin, fields.unescaped.len(), CellKind::Quoted, true));
        } else {
            fields.cells.push(Cell::new(start, close, CellKind::Quoted, false));
        }
        Step::Record { next: end }
    }

    /// Whether nothing but blanks stands between here and the end of the field.
    fn field_end(&self, text: &[u8], at: usize, last: bool) -> FieldEnd {
        let end = at + self.blanks(text, at);
        match text.get(end) {
            None if !last => FieldEnd::Unknown,
            None => FieldEnd::At(end),
            Some(byte) if *byte == self.format.delimiter => FieldEnd::At(end),
            Some(_) => match self.format.ends.at(text, end, last) {
                Found::End(_) => FieldEnd::At(end),
                Found::Unknown => FieldEnd::Unknown,
                Found::Not => FieldEnd::Not,
            },
        }
    }

    /// How many blanks stand here that are no separators.
    fn blanks(&self, text: &[u8], at: usize) -> usize {
        let is_blank = |byte: &&u8| matches!(byte, b' ' | b'\t') && **byte != self.format.delimiter;
        text.get(at..).unwrap_or_default().iter().take_while(is_blank).count()
    }

    fn stop_after(&self, text: &[u8], mut at: usize, last: bool) -> usize {
        loop {
            let rest = text.get(at..).unwrap_or_default();
            let Some(found) = rest.iter().position(|byte| self.stops[usize::from(*byte)]) else { return text.len() };
            at += found;
            let is_other = text[at] == self.format.delimiter || Some(text[at]) == self.backslash;
            if self.format.ends.is_any() || is_other || self.format.ends.at(text, at, last) != Found::Not {
                return at;
            }
            at += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn records_of(text: &str, format: Format) -> Vec<Vec<String>> {
        let cutter = FieldCutter::new(format);
        let (mut at, mut found) = (0, Vec::new());
        while at < text.len() {
            let mut fields = Fields::default();
            match cutter.cut(text.as_bytes(), at, true, &mut fields) {
                Step::Record { next } => {
                    let value = |cell: &Cell| {
                        let source = if cell.unescaped { &fields.unescaped } else { text.as_bytes() };
                        String::from_utf8(source[cell.start as usize..cell.end as usize].to_vec()).unwrap()
                    };
                    found.push(fields.cells.iter().map(value).collect());
                    at = next;
                }
                Step::Blank { next } => at = next,
                other => panic!("{other:?}"),
            }
        }
        found
    }

    fn records(text: &str, delimiter: u8) -> Vec<Vec<String>> {
        records_of(text, Format::of(delimiter))
    }

    #[test]
    fn quotes_hold_separators_line_ends_and_doubled_quotes() {
        assert_eq!(
            records("a,\"b,\"\"c\"\"\r\nd\",\"\"\n\n  \ne,f,", b','),
            [vec!["a", "b,\"c\"\r\nd", ""], vec!["e", "f", ""]]
        );
        assert_eq!(records("1,\"the \"old\" one\",2\n", b','), [["1", "the \"old\" one", "2"]]);
        assert_eq!(
            records("1,\"the \"old\"\",2\n\"\"\"a\"\"\",3", b','),
            [vec!["1", "the \"old\"", "2"], vec!["\"a\"", "3"]]
        );
        assert_eq!(records("x;\"y\" \ry\"q;1", b';'), [vec!["x", "y"], vec!["y\"q", "1"]]);
    }

    #[test]
    fn other_quotes_escapes_and_comments() {
        let format =
            Format { quote: Some(b'\''), escape: Some(b'\\'), comment: Some(b"//".to_vec()), ..Format::of(b',') };
        assert_eq!(
            records_of("// made by hand\n'it\\'s, here',b\\,c\n'\\n',\"d\"\n//end", format),
            [vec!["it's, here", "b,c"], vec!["\\n", "\"d\""]]
        );
        let none = Format { quote: None, escape: None, ..Format::of(b',') };
        assert_eq!(records_of("\"a,b\"\n", none), [["\"a", "b\""]]);
    }

    #[test]
    fn text_behind_a_closing_quote_is_told() {
        let cutter = FieldCutter::new(Format::of(b','));
        let mut fields = Fields::default();
        for text in ["1,\"a\" b,2\n", "1,\"a\" b,2\n\"x\"", "1,\"a\"b"] {
            assert_eq!(cutter.cut(text.as_bytes(), 0, true, &mut fields), Step::Stray { quote: 2 });
        }
        assert!(fields.cells.is_empty() && fields.lines == 0);
    }

    #[test]
    fn text_that_stops_within_a_record_waits_for_more() {
        let format = Format { escape: Some(b'\\'), comment: Some(b"##".to_vec()), ..Format::of(b',') };
        for cutter in [FieldCutter::new(Format::of(b',')), FieldCutter::new(format)] {
            for text in ["a,b", "a,\"b", "a,\"b\"", "a,b\r", "  ", "#", "a,\"b\" ", "\"a\\"] {
                let mut fields = Fields::default();
                assert_eq!(cutter.cut(text.as_bytes(), 0, false, &mut fields), Step::Incomplete, "{text}");
                assert!(fields.cells.is_empty() && fields.lines == 0);
            }
        }
        let cutter = FieldCutter::new(Format::of(b','));
        let mut fields = Fields::default();
        assert_eq!(cutter.cut(b"a,\"b\nc", 0, true, &mut fields), Step::Unclosed { quote: 2 });
    }
}
