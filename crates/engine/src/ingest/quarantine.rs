//! The quarantine of an ingest: counts and examples of malformed rows, and in the second pass the file with all of them.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;

use contract::errors::Failure;
use contract::ingest::{
    FAILURE_EXAMPLES, QUARANTINE_SAMPLE, Quarantine, QuarantineReason, QuarantinedRow, ReasonCount,
};

use super::block::Fault;
use crate::Result;
use crate::failures::{internal, invalid, writing};

/// Takes malformed rows in. It is begun anew for each pass, so that no row counts twice.
pub(crate) struct Inbox {
    rows: u64,
    reasons: BTreeMap<QuarantineReason, u64>,
    sample: Vec<QuarantinedRow>,
    /// Where all rows go, one JSON object a line.
    file: Option<BufWriter<File>>,
    allowed_percent: f64,
}

impl Inbox {
    pub(crate) const fn new(allowed_percent: f64) -> Self {
        Self { rows: 0, reasons: BTreeMap::new(), sample: Vec::new(), file: None, allowed_percent }
    }

    /// An inbox that also writes each row to a file.
    pub(crate) fn with_file(allowed_percent: f64, path: &Path) -> Result<Self> {
        let file = File::create(path).map_err(|error| writing(&error))?;
        Ok(Self { file: Some(BufWriter::new(file)), ..Self::new(allowed_percent) })
    }

    pub(crate) const fn rows(&self) -> u64 {
        self.rows
    }

    pub(crate) fn take(&mut self, faults: Vec<Fault>) -> Result<()> {
        for Fault(row) in faults {
            self.rows += 1;
            *self.reasons.entry(row.reason).or_default() += 1;
            if let Some(file) = &mut self.file {
                serde_json::to_writer(&mut *file, &row)
                    .map_err(|_| internal("A malformed row could not be written."))?;
                file.write_all(b"\n").map_err(|error| writing(&error))?;
            }
            if self.sample.len() < QUARANTINE_SAMPLE {
                self.sample.push(row);
            }
        }
        Ok(())
    }

    /// Fails if more of the rows are malformed than the request allows; `stored` are those that are not.
    pub(crate) fn check(&self, stored: u64) -> Result<()> {
        let total = stored + self.rows;
        if self.rows == 0 || self.rows as f64 * 100.0 <= self.allowed_percent * total as f64 {
            return Ok(());
        }
        Err(self.failure(total))
    }

    fn failure(&self, total: u64) -> Failure {
        let examples: Vec<QuarantinedRow> = self.sample.iter().take(FAILURE_EXAMPLES).cloned().collect();
        let Some(first) = examples.first() else { return internal("Malformed rows were counted, but none was kept.") };
        let percent = self.rows as f64 * 100.0 / total as f64;
        let rows = if self.rows == 1 { "1 row is".to_owned() } else { format!("{} rows are", self.rows) };
        let (detail, allowed) = (&first.detail, self.allowed_percent);
        let message =
            format!("{detail} In all, {rows} malformed of {total} ({percent:.3} %; {allowed} % are allowed).");
        let mut failure = invalid(message).line(first.line).advice(
            "Correct the rows, read the file with other options (`parse-preview` shows what they do), or allow more \
             malformed rows with `quarantine_percent`: they are left out and can be downloaded.",
        );
        if let Some(column) = &first.column {
            failure = failure.column(column);
        }
        if let Some(value) = &first.value {
            failure = failure.value(value);
        }
        Failure { examples, ..failure }
    }

    /// What is told about it; the file is complete then.
    pub(crate) fn finish(mut self) -> Result<Quarantine> {
        if let Some(file) = &mut self.file {
            file.flush().map_err(|error| writing(&error))?;
        }
        let reasons = self.reasons.into_iter().map(|(reason, rows)| ReasonCount { reason, rows }).collect();
        Ok(Quarantine { rows: self.rows, allowed_percent: self.allowed_percent, reasons, sample: self.sample })
    }
}
