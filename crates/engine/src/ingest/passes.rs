//! The two passes over a file: one decides the types, one stores the values. Reading, converting and writing overlap.

use std::sync::mpsc::{Receiver, sync_channel};
use std::thread;

use contract::columns::Scalar;
use polars::prelude::DataFrame;

use super::block::{Block, BlockSource};
use super::build::Batch;
use super::evidence::Evidence;
use super::fingerprint::Fingerprint;
use super::memory::ColumnMemory;
use super::nulls::Nulls;
use super::parquet::VersionWriter;
use super::preview;
use super::quarantine::Inbox;
use super::reading::ColumnPlan;
use super::sifting::Sieve;
use crate::Result;
use crate::failures::lost_thread;
use crate::progress::Stage;

pub(crate) const GROUP_ROWS: usize = 131_072;
/// Wide tables get shorter row groups, so that memory stays bounded.
pub(crate) const GROUP_CELLS: usize = 4 << 20;
/// Rows of long cells end a row group early, for the same reason.
const GROUP_BYTES: usize = 64 << 20;

/// What the second pass leaves.
pub(crate) struct Stored {
    /// Records cut off the file, malformed ones among them.
    pub(crate) records: u64,
    pub(crate) rows: u64,
    pub(crate) bytes: u64,
    pub(crate) content_hash: String,
    /// The first rows, before [`preview::encode`].
    pub(crate) preview: Vec<Vec<Scalar>>,
}

/// What a pass over the rows finds.
pub(crate) struct Seen {
    /// For each column, what its cells say.
    pub(crate) evidence: Vec<Evidence>,
    /// Rows that are not malformed.
    pub(crate) rows: u64,
}

/// How rows are looked at.
pub(crate) struct Look<'a> {
    pub(crate) sieve: &'a Sieve,
    pub(crate) missing: &'a Nulls,
    /// Evidence of columns that counts how many cells fit each reading.
    pub(crate) counting: &'a [usize],
    /// Where to stop, in bytes of the content; for looking at the beginning of a file.
    pub(crate) until: u64,
}

/// First pass: what each column can be, over all rows.
pub(crate) fn infer(source: &mut dyn BlockSource, look: &Look, inbox: &mut Inbox, stage: &Stage) -> Result<Seen> {
    let size = source.size();
    let mut evidence: Vec<Evidence> = Vec::new();
    let fresh =
        |column: usize| if look.counting.contains(&column) { Evidence::counting() } else { Evidence::default() };
    let mut rows = 0;
    for_each_block(source, look, |mut block| {
        inbox.take(std::mem::take(&mut block.faults))?;
        evidence.extend((evidence.len()..block.width).map(fresh));
        for (column, evidence) in evidence.iter_mut().enumerate() {
            for (kind, bytes) in block.column(column, 0, block.rows()) {
                evidence.observe(kind, bytes, look.missing);
            }
        }
        rows += block.rows() as u64;
        stage.report(block.file_offset, size, rows);
        Ok(())
    })?;
    evidence.extend((evidence.len()..source.raw_names().len()).map(fresh));
    Ok(Seen { evidence, rows })
}

/// Second pass: values into the Parquet file.
pub(crate) fn store(
    source: &mut dyn BlockSource,
    columns: &[ColumnPlan],
    look: &Look,
    inbox: &mut Inbox,
    mut memory: ColumnMemory,
    writer: VersionWriter,
    stage: &Stage,
) -> Result<Stored> {
    let size = source.size();
    let row_limit = (GROUP_CELLS / columns.len().max(1)).clamp(1, GROUP_ROWS);
    let mut batch = Batch::new(columns.to_vec(), look.missing.clone(), row_limit);
    let mut fingerprint = Fingerprint::new(columns.iter().map(|column| column.reading.column_type()));
    let (mut rows, mut batch_bytes, mut first) = (0_u64, 0_usize, None);
    let bytes = thread::scope(|scope| {
        let (sender, receiver) = sync_channel(1);
        let writing = scope.spawn(move || write_all(writer, &receiver));
        let mut hand_over = |batch: &mut Batch, fingerprint: &mut Fingerprint, first: &mut Option<Vec<Vec<Scalar>>>| {
            let frame = batch.take(fingerprint)?;
            memory.add(&frame)?;
            if first.is_none() {
                *first = Some(preview::rows(&frame)?);
            }
            // A closed channel means that writing failed; its own error is told below.
            let _ = sender.send(frame);
            Ok(())
        };
        let reading = for_each_block(source, look, |mut block| {
            inbox.take(std::mem::take(&mut block.faults))?;
            let mut row = 0;
            while row < block.rows() {
                row = batch.append(&block, row);
                if batch.is_full() {
                    hand_over(&mut batch, &mut fingerprint, &mut first)?;
                    batch_bytes = 0;
                }
            }
            rows += block.rows() as u64;
            batch_bytes += block.text.len();
            if batch_bytes > GROUP_BYTES {
                hand_over(&mut batch, &mut fingerprint, &mut first)?;
                batch_bytes = 0;
            }
            stage.report(block.file_offset, size, rows);
            Ok(())
        });
        let last = if reading.is_ok() && batch.rows() > 0 {
            hand_over(&mut batch, &mut fingerprint, &mut first)
        } else {
            Ok(())
        };
        drop(sender);
        let written = writing.join().map_err(|_| lost_thread())?;
        reading.and(last).and(written)
    })?;
    let names: Vec<String> = columns.iter().map(|column| column.name.to_string()).collect();
    let records = source.records();
    Ok(Stored { records, rows, bytes, content_hash: fingerprint.finish(&names), preview: first.unwrap_or_default() })
}

pub(crate) fn write_all(mut writer: VersionWriter, batches: &Receiver<DataFrame>) -> Result<u64> {
    for batch in batches {
        writer.write(&batch)?;
    }
    writer.finish()
}

/// Reads and sifts blocks in a second thread while `work` uses them in this one; whether that was the whole file.
pub(crate) fn for_each_block(
    source: &mut dyn BlockSource,
    look: &Look,
    mut work: impl FnMut(Block) -> Result<()>,
) -> Result<bool> {
    let (sieve, until) = (look.sieve, look.until);
    thread::scope(|scope| {
        let (sender, receiver) = sync_channel(2);
        let reading = scope.spawn(move || -> Result<bool> {
            let mut read = 0;
            while let Some(mut block) = source.next_block()? {
                sieve.sift(&mut block);
                read += block.text.len() as u64;
                if sender.send(block).is_err() || read >= until {
                    return Ok(false);
                }
            }
            Ok(true)
        });
        let mut worked = Ok(());
        for block in &receiver {
            worked = work(block);
            if worked.is_err() {
                break;
            }
        }
        drop(receiver);
        let read = reading.join().map_err(|_| lost_thread())?;
        worked.and(read)
    })
}
