//! Cuts one record of delimited text into its fields: quotes as in RFC 4180, any of `\n`, `\r\n` and `\r` ends a record.

use super::block::{Cell, CellKind};
use super::window::line_ends;

/// Knows the separator. Text after a closing quote is kept, as other readers do.
#[derive(Clone, Debug)]
pub(crate) struct FieldCutter {
    delimiter: u8,
    /// For each byte, whether it ends a field without quotes.
    stops: [bool; 256],
}

/// What stood at the position.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    /// A record, or a blank line, that ends before `next`.
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
}

/// Where the fields of the current block go.
#[derive(Debug, Default)]
pub(crate) struct Fields {
    pub(crate) cells: Vec<Cell>,
    pub(crate) unescaped: Vec<u8>,
    /// Line ends passed so far.
    pub(crate) lines: u64,
}

impl FieldCutter {
    pub(crate) fn new(delimiter: u8) -> Self {
        let mut stops = [false; 256];
        for byte in [delimiter, b'\n', b'\r'] {
            stops[usize::from(byte)] = true;
        }
        Self { delimiter, stops }
    }

    /// Cuts the record at `at`; `last` says that the file ends with `text`. Anything but a record or a blank line
    /// leaves `fields` as it was.
    pub(crate) fn cut(&self, text: &[u8], at: usize, last: bool, fields: &mut Fields) -> Step {
        if let Some(step) = self.blank_line(text, at, last, fields) {
            return step;
        }
        let (cells, unescaped, lines) = (fields.cells.len(), fields.unescaped.len(), fields.lines);
        let step = self.record(text, at, last, fields);
        if !matches!(step, Step::Record { .. }) {
            fields.cells.truncate(cells);
            fields.unescaped.truncate(unescaped);
            fields.lines = lines;
        }
        step
    }

    fn blank_line(&self, text: &[u8], at: usize, last: bool, fields: &mut Fields) -> Option<Step> {
        let is_blank = |byte: &u8| matches!(byte, b' ' | b'\t') && *byte != self.delimiter;
        let mut end = at;
        if text.get(at).is_some_and(is_blank) {
            end += text[at..].iter().take_while(|byte| is_blank(byte)).count();
        }
        match text.get(end) {
            None if last => Some(Step::Blank { next: end }),
            None => Some(Step::Incomplete),
            Some(b'\n' | b'\r') => Some(match line_end(text, end, last) {
                Some(next) => {
                    fields.lines += 1;
                    Step::Blank { next }
                }
                None => Step::Incomplete,
            }),
            Some(_) => None,
        }
    }

    fn record(&self, text: &[u8], mut at: usize, last: bool, fields: &mut Fields) -> Step {
        loop {
            if text.get(at) == Some(&b'"') {
                match self.quoted(text, at, last, fields) {
                    Step::Record { next } => at = next,
                    other => return other,
                }
            } else {
                let end = self.stop_after(text, at);
                let kind = if end == at { CellKind::Missing } else { CellKind::Bare };
                fields.cells.push(Cell::new(at, end, kind, false));
                at = end;
            }
            match text.get(at) {
                Some(byte) if *byte == self.delimiter => at += 1,
                Some(_) => {
                    let Some(next) = line_end(text, at, last) else { return Step::Incomplete };
                    fields.lines += 1;
                    return Step::Record { next };
                }
                None if last => return Step::Record { next: at },
                None => return Step::Incomplete,
            }
        }
    }

    /// The field whose quote opens at `quote`; `Record.next` is where the field ends.
    fn quoted(&self, text: &[u8], quote: usize, last: bool, fields: &mut Fields) -> Step {
        let start = quote + 1;
        let begin = fields.unescaped.len();
        let mut copied = false;
        let mut at = start;
        let close = loop {
            let Some(found) = text.get(at..).and_then(|rest| rest.iter().position(|byte| *byte == b'"')) else {
                return if last { Step::Unclosed { quote } } else { Step::Incomplete };
            };
            let mark = at + found;
            match text.get(mark + 1) {
                Some(b'"') => {
                    fields.unescaped.extend_from_slice(&text[at..=mark]);
                    copied = true;
                    at = mark + 2;
                }
                None if !last => return Step::Incomplete,
                _ => break mark,
            }
        };
        fields.lines += line_ends(&text[start..close]);
        let end = self.stop_after(text, close + 1);
        if !copied && end == close + 1 {
            fields.cells.push(Cell::new(start, close, CellKind::Quoted, false));
            return Step::Record { next: end };
        }
        fields.unescaped.extend_from_slice(&text[at..close]);
        fields.unescaped.extend_from_slice(&text[close + 1..end]);
        fields.cells.push(Cell::new(begin, fields.unescaped.len(), CellKind::Quoted, true));
        Step::Record { next: end }
    }

    fn stop_after(&self, text: &[u8], at: usize) -> usize {
        let rest = text.get(at..).unwrap_or_default();
        rest.iter().position(|byte| self.stops[usize::from(*byte)]).map_or(text.len(), |found| at + found)
    }
}

/// The position after the line end at `at`; `None` if more text must tell whether `\r` is followed by `\n`.
fn line_end(text: &[u8], at: usize, last: bool) -> Option<usize> {
    if text.get(at) == Some(&b'\n') {
        return Some(at + 1);
    }
    match text.get(at + 1) {
        Some(b'\n') => Some(at + 2),
        Some(_) => Some(at + 1),
        None => last.then_some(at + 1),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn records(text: &str, delimiter: u8) -> Vec<Vec<String>> {
        let cutter = FieldCutter::new(delimiter);
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

    #[test]
    fn quotes_hold_separators_line_ends_and_doubled_quotes() {
        assert_eq!(
            records("a,\"b,\"\"c\"\"\r\nd\",\"\"\n\n  \ne,f,", b','),
            [vec!["a", "b,\"c\"\r\nd", ""], vec!["e", "f", ""]]
        );
        assert_eq!(records("x;\"y\" z\ry\"q;1", b';'), [vec!["x", "y z"], vec!["y\"q", "1"]]);
    }

    #[test]
    fn text_that_stops_within_a_record_waits_for_more() {
        let cutter = FieldCutter::new(b',');
        for text in ["a,b", "a,\"b", "a,\"b\"", "a,b\r", "  "] {
            let mut fields = Fields::default();
            assert_eq!(cutter.cut(text.as_bytes(), 0, false, &mut fields), Step::Incomplete, "{text}");
            assert!(fields.cells.is_empty() && fields.lines == 0);
        }
        let mut fields = Fields::default();
        assert_eq!(cutter.cut(b"a,\"b\nc", 0, true, &mut fields), Step::Unclosed { quote: 2 });
    }
}
