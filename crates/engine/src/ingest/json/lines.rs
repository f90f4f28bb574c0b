//! Malformed records of NDJSON: what is wrong with them, and where the next record begins.

use contract::errors::Failure;
use contract::ingest::QuarantineReason;

use super::scan::{Scan, Scanner, Stop, Wrong};
use crate::ingest::block::Fault;
use crate::ingest::window::{Window, line_ends};

/// Whether a whole record in UTF-8 begins at the scanner. That is known before its keys become columns.
pub(super) fn check(window: &Window, scanner: &Scanner) -> Scan<()> {
    let mut ahead = scanner.clone();
    if ahead.peek() != Some(b'{') {
        return ahead.wrong("an object");
    }
    ahead.value(0)?;
    match window.bad_byte_within(scanner.at, ahead.at) {
        Some(at) => Err(Stop::Wrong(Wrong::Encoding { at })),
        None => Ok(()),
    }
}

/// Where to go on after a malformed record that begins at `begin` and is wrong at `wrong`; `None` if that is beyond the
/// text. That is the next line; where the record had gone on to further lines, they are left out with it up to one that
/// begins with a brace.
pub(super) fn after(text: &[u8], begin: usize, wrong: usize, last: bool) -> Option<usize> {
    let goes_on = line_ends(text.get(begin..wrong).unwrap_or_default()) > 0;
    let mut at = begin;
    loop {
        let rest = text.get(at..).unwrap_or_default();
        let Some(end) = rest.iter().position(|byte| matches!(byte, b'\n' | b'\r')) else {
            return last.then_some(text.len());
        };
        at += end + 1;
        if !goes_on {
            return Some(at);
        }
        let rest = text.get(at..).unwrap_or_default();
        match rest.iter().find(|byte| !matches!(byte, b' ' | b'\t' | b'\n' | b'\r')) {
            Some(b'{') => return Some(at),
            Some(_) => {}
            None => return last.then_some(text.len()),
        }
    }
}

/// The row for the quarantine.
pub(super) fn fault(wrong: &Wrong, failure: Failure, line: u64, text: &[u8]) -> Fault {
    let reason = match wrong {
        Wrong::Large { .. } => QuarantineReason::Size,
        Wrong::Encoding { .. } => QuarantineReason::Encoding,
        Wrong::Syntax { .. } | Wrong::Deep { .. } | Wrong::Wide { .. } => QuarantineReason::Syntax,
    };
    let value = failure.value.as_deref().map(str::as_bytes);
    Fault::new(line, failure.column.clone(), value, reason, failure.message.clone(), text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_next_record_begins_with_a_brace() {
        let text = b"{\"a\":\n 1,]\n\n  {\"b\":2}\n";
        assert_eq!(after(text, 0, 9, true), Some(11));
        assert_eq!(after(text, 0, 3, true), Some(6));
        assert_eq!(after(b"garbage\nmore\n{", 0, 0, true), Some(8));
        assert_eq!(after(b"{broken", 0, 1, true), Some(7));
        assert_eq!(after(b"{\nbroken\nrest", 0, 2, false), None);
    }
}
