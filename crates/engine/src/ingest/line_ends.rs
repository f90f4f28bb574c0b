//! Where the lines of delimited text end: after LF, CRLF or CR, or after one of them alone where a request says so.

use contract::ingest::LineEnd;

/// What ends a line: each of the three, unless one was asked for. Then the others belong to the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct LineEnds {
    pub(crate) asked: Option<LineEnd>,
    what: LineEnd,
}

/// What stands at a position that may be the end of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Found {
    /// The line ends, and the next one begins here.
    End(usize),
    Not,
    /// More text must tell.
    Unknown,
}

impl LineEnds {
    pub(crate) fn of(asked: Option<LineEnd>) -> Self {
        Self { asked, what: asked.unwrap_or(LineEnd::Mixed) }
    }

    /// Whether more than one sort ends a line.
    pub(crate) fn is_any(self) -> bool {
        self.what == LineEnd::Mixed
    }

    /// Whether the end of a line may begin with this byte.
    pub(crate) const fn may_begin(self, byte: u8) -> bool {
        match self.what {
            LineEnd::Lf => byte == b'\n',
            LineEnd::Crlf | LineEnd::Cr => byte == b'\r',
            LineEnd::Mixed => matches!(byte, b'\n' | b'\r'),
        }
    }

    /// What stands at `at`; `last` says that the file ends with `text`.
    pub(crate) fn at(self, text: &[u8], at: usize, last: bool) -> Found {
        use LineEnd::{Cr, Crlf, Lf, Mixed};
        match (self.what, text.get(at), text.get(at + 1)) {
            (Lf | Mixed, Some(b'\n'), _) | (Cr, Some(b'\r'), _) => Found::End(at + 1),
            (Crlf | Mixed, Some(b'\r'), Some(b'\n')) => Found::End(at + 2),
            (Crlf | Mixed, Some(b'\r'), None) if !last => Found::Unknown,
            (Mixed, Some(b'\r'), _) => Found::End(at + 1),
            _ => Found::Not,
        }
    }

    /// Where the line after the one at `at` begins; `None` if more text must tell.
    pub(crate) fn next_line(self, text: &[u8], at: usize, last: bool) -> Option<usize> {
        let mut from = at;
        loop {
            let rest = text.get(from..).unwrap_or_default();
            let Some(found) = rest.iter().position(|byte| self.may_begin(*byte)) else {
                return last.then_some(text.len());
            };
            match self.at(text, from + found, last) {
                Found::End(next) => return Some(next),
                Found::Unknown => return None,
                Found::Not => from += found + 1,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_sort_ends_only_its_own_lines() {
        let text = b"a\nb\r\nc\rd";
        let lines = |ends: LineEnd| {
            let (mut at, mut lines) = (0, Vec::new());
            while at < text.len() {
                let next = LineEnds::of(Some(ends)).next_line(text, at, true).unwrap();
                lines.push(String::from_utf8_lossy(&text[at..next]).into_owned());
                at = next;
            }
            lines
        };
        assert_eq!(lines(LineEnd::Mixed), ["a\n", "b\r\n", "c\r", "d"]);
        assert_eq!(lines(LineEnd::Lf), ["a\n", "b\r\n", "c\rd"]);
        assert_eq!(lines(LineEnd::Crlf), ["a\nb\r\n", "c\rd"]);
        assert_eq!(lines(LineEnd::Cr), ["a\nb\r", "\nc\r", "d"]);
        let any = LineEnds::of(None);
        assert_eq!((any.next_line(b"a\r", 0, false), any.next_line(b"a", 0, false)), (None, None));
        assert_eq!(LineEnds::of(Some(LineEnd::Crlf)).at(b"\rx", 0, false), Found::Not);
    }
}
