//! Ingest: from an uploaded file to an immutable Parquet version with its profile.

mod block;
mod build;
mod delimited;
mod dialect;
mod fields;
pub(crate) mod fingerprint;
mod input;
mod json;
mod names;
mod parquet;
mod parse;
mod passes;
pub(crate) mod preview;
mod types;
mod window;

use std::path::Path;

use contract::columns::{Column, ColumnType};
use contract::ingest::{Dialect, IngestOutcome, Quarantine, SourceKind};
use contract::limits::IngestLimits;
use polars::prelude::PlSmallStr;

use self::block::BlockSource;
use self::delimited::DelimitedBlocks;
use self::input::Input;
use self::parquet::VersionWriter;
use crate::progress::Stage;
use crate::{Reporter, Result, kind, summary};

/// Reads the file at `source` within the limits, writes the table as Parquet to `target` and returns what it found.
///
/// The file is read twice from beginning to end: types are decided over all rows, whatever their order. Memory stays
/// bounded for any size. A file that cannot be read as a table ends with the code `invalid_file`, and says where.
pub fn run(source: &Path, target: &Path, limits: &IngestLimits, reporter: &dyn Reporter) -> Result<IngestOutcome> {
    let (mut blocks, mut dialect) = open(source, limits)?;
    let types = passes::infer(blocks.as_mut(), &Stage::new(reporter, "reading", 0.0, 0.3))?;
    let raw_names = blocks.raw_names();
    if raw_names.is_empty() {
        return Err(json::no_columns());
    }
    if raw_names.len() > limits.columns as usize {
        return Err(dialect::too_many_columns(raw_names.len(), limits.columns, 1));
    }
    let names = names::unique_names(&raw_names);
    let columns: Vec<(PlSmallStr, ColumnType)> =
        names.iter().zip(&types).map(|(name, inferred)| (name.as_str().into(), inferred.column_type())).collect();
    dialect.warnings.extend(blocks.warnings());
    blocks.rewind()?;
    let writer = VersionWriter::create(target, &columns)?;
    let stored = passes::store(blocks.as_mut(), &columns, writer, &Stage::new(reporter, "storing", 0.3, 0.75))?;
    drop(blocks);
    let profile = summary::profile(target, &Stage::new(reporter, "profiling", 0.75, 1.0))?;
    let columns: Vec<Column> = profile
        .columns
        .iter()
        .map(|column| Column {
            encoding: column.encoding,
            nulls: column.nulls,
            ..Column::new(column.name.clone(), column.column_type)
        })
        .collect();
    let mut preview = stored.preview;
    preview::encode(&mut preview, &columns);
    Ok(IngestOutcome {
        rows: stored.rows,
        rows_in: stored.rows,
        quarantine: Quarantine::default(),
        columns,
        dialect,
        content_hash: stored.content_hash,
        bytes: stored.bytes,
        profile,
        preview,
    })
}

fn open(source: &Path, limits: &IngestLimits) -> Result<(Box<dyn BlockSource>, Dialect)> {
    let mut input = Input::open(source, limits)?;
    let mut head = Vec::new();
    input.read(kind::HEAD_BYTES, &mut head)?;
    let kind = kind::by_content(&head)?;
    drop(input);
    let encoding = if head.starts_with(kind::BOM) { "utf-8-bom" } else { "utf-8" }.to_owned();
    match kind {
        SourceKind::Csv => {
            let layout = dialect::layout_of(source, limits)?;
            let delimiter = Some(char::from(layout.delimiter));
            let dialect = Dialect { encoding, delimiter, header: layout.header, ..Dialect::of(kind) };
            Ok((Box::new(DelimitedBlocks::open(source, limits, layout)?), dialect))
        }
        SourceKind::Parquet | SourceKind::Arrow | SourceKind::Xlsx | SourceKind::Ods => {
            Err(crate::failures::invalid("Files of this format cannot be read yet."))
        }
        SourceKind::Json | SourceKind::Ndjson => {
            let skipped = if head.starts_with(kind::BOM) { kind::BOM.len() } else { 0 };
            let blocks: Box<dyn BlockSource> = match kind {
                SourceKind::Json => Box::new(json::open_array(source, limits, skipped as u64)?),
                _ => json::open_object(source, limits, skipped as u64)?,
            };
            Ok((blocks, Dialect { encoding, ..Dialect::of(kind) }))
        }
    }
}
