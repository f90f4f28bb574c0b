//! Records beyond the beginning of a file that speak for other marks than those found there, with what follows them.

use super::marks::odd;
use super::sniff::Piece;

/// The bit of a record that is malformed, beside those of [`odd`].
pub(crate) const MALFORMED: u8 = 128;
/// Each kind of doubt keeps its own examples, so that a frequent one does not hide a rare one.
const KINDS: [u8; 5] = [MALFORMED, odd::KEPT, odd::BACKSLASH, odd::OTHER_QUOTE, odd::COMMENT];
const EXAMPLES: usize = 16;
const EXAMPLE_BYTES: usize = 8 << 10;
/// How many records of each example vote.
const EXAMPLE_RECORDS: usize = 20;

/// Examples spread evenly over all doubtful records of a kind. Memory is bounded: 640 KiB at most.
#[derive(Debug, Default)]
pub(crate) struct Doubts {
    kinds: [Examples; KINDS.len()],
}

#[derive(Debug, Default)]
struct Examples {
    seen: u64,
    /// Every so many doubtful records is kept; doubled when the room is full.
    step: u64,
    texts: Vec<Vec<u8>>,
}

impl Doubts {
    /// Takes a record in, if these bits give reason to; `rest` is the file from its beginning on, as far as it is at hand.
    pub(crate) fn add(&mut self, bits: u8, rest: &[u8]) {
        if let Some(kind) = KINDS.iter().position(|kind| bits & kind != 0)
            && let Some(examples) = self.kinds.get_mut(kind)
        {
            examples.add(rest);
        }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.kinds.iter().all(|kind| kind.texts.is_empty())
    }

    pub(crate) fn pieces(&self) -> impl Iterator<Item = Piece<'_>> {
        let texts = self.kinds.iter().flat_map(|kind| &kind.texts);
        texts.map(|text| Piece { text, last: false, records: EXAMPLE_RECORDS, inner: true })
    }
}

impl Examples {
    fn add(&mut self, rest: &[u8]) {
        let step = self.step.max(1);
        if self.seen.is_multiple_of(step) {
            if self.texts.len() == EXAMPLES {
                let mut place = 0;
                self.texts.retain(|_| {
                    place += 1;
                    place % 2 == 1
                });
                self.step = step * 2;
            }
            if self.seen.is_multiple_of(self.step.max(1)) {
                self.texts.push(rest[..rest.len().min(EXAMPLE_BYTES)].to_vec());
            }
        }
        self.seen += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn examples_are_spread_and_rare_kinds_are_kept() {
        let mut doubts = Doubts::default();
        for i in 0..10_000 {
            doubts.add(MALFORMED, format!("{i}\n").as_bytes());
            if i == 7000 {
                doubts.add(odd::COMMENT, b"# late\n");
            }
        }
        let texts: Vec<String> =
            doubts.pieces().map(|piece| String::from_utf8_lossy(piece.text).trim().to_owned()).collect();
        let numbers: Vec<u32> = texts.iter().filter_map(|text| text.parse().ok()).collect();
        assert!(numbers.len() >= EXAMPLES / 2 && numbers.len() <= EXAMPLES, "{numbers:?}");
        assert!(numbers.is_sorted() && numbers.last().is_some_and(|last| *last >= 8000), "{numbers:?}");
        assert!(texts.contains(&"# late".to_owned()));
    }
}
