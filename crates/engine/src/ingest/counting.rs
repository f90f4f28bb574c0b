//! No record is lost in silence: what was cut off the file is in the table or in the quarantine.

use crate::Result;
use crate::failures::internal;

/// Fails if the records that the reader counted where it cut them are not those that were handed on: `rows` of them as
/// rows of the table, `malformed` of them as rows for the quarantine.
pub(crate) fn check(records: u64, rows: u64, malformed: u64) -> Result<()> {
    if records == rows + malformed {
        return Ok(());
    }
    Err(internal(format!(
        "The file has {records} records, but {rows} rows of the table and {malformed} malformed ones came of it."
    ))
    .advice("Nothing was stored. This is a defect of the reader: please report it with the file."))
}

#[cfg(test)]
mod tests {
    use contract::errors::{ErrorCode, Failure};
    use contract::ingest::{IngestOutcome, ParseOptions};
    use contract::limits::IngestLimits;

    use crate::ingest::block::{Block, BlockSource};
    use crate::ingest::opening::{Opened, open};
    use crate::ingest::{Files, store_blocks};
    use crate::progress::Silent;

    use super::*;

    /// A reader that loses the last row, or the last malformed one, of a block in one of the passes.
    struct Losing {
        inner: Box<dyn BlockSource>,
        pass: u32,
        in_pass: u32,
        malformed: bool,
    }

    impl BlockSource for Losing {
        fn next_block(&mut self) -> Result<Option<Block>> {
            let mut block = self.inner.next_block()?;
            if let Some(block) = block.as_mut().filter(|_| self.pass == self.in_pass) {
                if self.malformed {
                    block.faults.pop();
                } else {
                    block.cells.truncate(block.cells.len() - block.width);
                    block.spans.pop();
                }
            }
            Ok(block)
        }

        fn records(&self) -> u64 {
            self.inner.records()
        }

        fn rewind(&mut self) -> Result<()> {
            self.pass += 1;
            self.inner.rewind()
        }

        fn raw_names(&self) -> Vec<String> {
            self.inner.raw_names()
        }

        fn size(&self) -> u64 {
            self.inner.size()
        }
    }

    fn read_losing(text: &str, in_pass: u32, malformed: bool) -> std::result::Result<IngestOutcome, Failure> {
        let folder = tempfile::tempdir().unwrap();
        let place = |name: &str| folder.path().join(name);
        let (source, target, quarantine) = (place("source"), place("target"), place("quarantine"));
        std::fs::write(&source, text).unwrap();
        let options = ParseOptions { quarantine_percent: Some(100.0), ..ParseOptions::default() };
        let limits = IngestLimits::default();
        let Opened::Blocks(inner, dialect) = open(&source, &options, &limits).unwrap() else { panic!("no rows") };
        let blocks = Box::new(Losing { inner, pass: 1, in_pass, malformed });
        let files = Files { source: &source, target: &target, quarantine: &quarantine };
        store_blocks(blocks, dialect, files, &options, &limits, &Silent)
    }

    #[test]
    fn a_reader_that_loses_a_row_fails_in_either_pass() {
        let files = [
            "a,b\n1,2\n3,4\n5\n6,7\n",
            "{\"a\": 1}\n{\"a\": }\n{\"a\": 2} {\"a\": 3}\n",
            "[{\"a\": 1}, {\"a\": 2}]",
            "{\"a\": [1, 2], \"b\": [3, 4]}",
        ];
        for (file, text) in files.iter().enumerate() {
            let whole = read_losing(text, 3, false).unwrap();
            let malformed = u64::from(file < 2);
            assert_eq!((whole.rows_in, whole.quarantine.rows), (whole.rows + malformed, malformed), "{text}");
            for (pass, lost) in [(1, false), (2, false), (1, true), (2, true)] {
                if lost && malformed == 0 {
                    continue;
                }
                let failure = read_losing(text, pass, lost).unwrap_err();
                assert_eq!(failure.code, ErrorCode::Internal, "{text}: {failure:?}");
                assert!(failure.message.contains(&format!("{} records", whole.rows_in)), "{failure:?}");
            }
        }
    }
}
