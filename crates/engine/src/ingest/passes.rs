//! The two passes over a file: one decides the types, one stores the values. Reading, converting and writing overlap.

use std::sync::mpsc::{Receiver, sync_channel};
use std::thread;

use contract::columns::{ColumnType, Scalar};
use polars::prelude::{DataFrame, PlSmallStr};

use super::block::{Block, BlockSource};
use super::build::Batch;
use super::fingerprint::Fingerprint;
use super::parquet::VersionWriter;
use super::preview;
use super::types::Inferred;
use crate::Result;
use crate::failures::lost_thread;
use crate::progress::Stage;

const GROUP_ROWS: usize = 131_072;
/// Wide tables get shorter row groups, so that memory stays bounded.
const GROUP_CELLS: usize = 8 << 20;
/// Rows of long cells end a row group early, for the same reason.
const GROUP_BYTES: usize = 64 << 20;

/// What the second pass leaves.
pub(crate) struct Stored {
    pub(crate) rows: u64,
    pub(crate) bytes: u64,
    pub(crate) content_hash: String,
    /// The first rows, before [`preview::encode`].
    pub(crate) preview: Vec<Vec<Scalar>>,
}

/// First pass: the type of each column, over all rows.
pub(crate) fn infer(source: &mut dyn BlockSource, stage: &Stage) -> Result<Vec<Inferred>> {
    let size = source.size();
    let mut types: Vec<Inferred> = Vec::new();
    let mut rows = 0;
    for_each_block(source, |block| {
        types.resize(types.len().max(block.width), Inferred::default());
        for (column, inferred) in types.iter_mut().enumerate() {
            if *inferred == Inferred::Text {
                continue;
            }
            for (kind, bytes) in block.column(column, 0, block.rows()) {
                inferred.observe(kind, bytes);
            }
        }
        rows += block.rows() as u64;
        stage.report(block.file_offset, size, rows);
        Ok(())
    })?;
    types.resize(source.raw_names().len(), Inferred::default());
    Ok(types)
}

/// Second pass: values into the Parquet file.
pub(crate) fn store(
    source: &mut dyn BlockSource,
    columns: &[(PlSmallStr, ColumnType)],
    writer: VersionWriter,
    stage: &Stage,
) -> Result<Stored> {
    let size = source.size();
    let row_limit = (GROUP_CELLS / columns.len().max(1)).clamp(1, GROUP_ROWS);
    let mut batch = Batch::new(columns.to_vec(), row_limit);
    let mut fingerprint = Fingerprint::new(columns.iter().map(|(_, column_type)| *column_type));
    let (mut rows, mut batch_bytes, mut first) = (0_u64, 0_usize, None);
    let bytes = thread::scope(|scope| {
        let (sender, receiver) = sync_channel(1);
        let writing = scope.spawn(move || write_all(writer, &receiver));
        let hand_over = |batch: &mut Batch, fingerprint: &mut Fingerprint, first: &mut Option<Vec<Vec<Scalar>>>| {
            let frame = batch.take(fingerprint)?;
            if first.is_none() {
                *first = Some(preview::rows(&frame)?);
            }
            // A closed channel means that writing failed; its own error is told below.
            let _ = sender.send(frame);
            Ok(())
        };
        let reading = for_each_block(source, |block| {
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
    let names: Vec<String> = columns.iter().map(|(name, _)| name.to_string()).collect();
    Ok(Stored { rows, bytes, content_hash: fingerprint.finish(&names), preview: first.unwrap_or_default() })
}

fn write_all(mut writer: VersionWriter, batches: &Receiver<DataFrame>) -> Result<u64> {
    for batch in batches {
        writer.write(&batch)?;
    }
    writer.finish()
}

/// Reads blocks in a second thread while `work` uses them in this one.
fn for_each_block(source: &mut dyn BlockSource, mut work: impl FnMut(Block) -> Result<()>) -> Result<()> {
    thread::scope(|scope| {
        let (sender, receiver) = sync_channel(2);
        let reading = scope.spawn(move || -> Result<()> {
            while let Some(block) = source.next_block()? {
                if sender.send(block).is_err() {
                    break;
                }
            }
            Ok(())
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
