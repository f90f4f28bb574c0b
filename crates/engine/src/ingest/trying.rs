//! A try: what the beginning of a file would become with these options. Nothing is stored.

use std::path::Path;

use contract::columns::Column;
use contract::ingest::{PARSE_PREVIEW_BYTES, PARSE_PREVIEW_ROWS, PREVIEW_ROWS, ParseOptions, ParsePreview, Quarantine};
use contract::limits::IngestLimits;
use polars::prelude::DataFrame;

use super::build::Batch;
use super::columnar::Columnar;
use super::nulls::Nulls;
use super::opening::{Opened, open};
use super::passes::{self, Look};
use super::reading::ColumnPlan;
use super::{decide, preview as rows_preview};
use crate::progress::{Silent, Stage};
use crate::{Result, scalars};

/// Reads the beginning of the source, at most [`PARSE_PREVIEW_BYTES`], as an ingest with these options would. A file with
/// too many malformed rows is no failure here: they are what the caller wants to see.
pub fn preview(source: &Path, options: &ParseOptions, limits: &IngestLimits) -> Result<ParsePreview> {
    let (mut blocks, mut dialect) = match open(source, options, limits)? {
        Opened::Columns(columnar) => return of_columns(columnar),
        Opened::Blocks(blocks, dialect) => (blocks, dialect),
    };
    let until = PARSE_PREVIEW_BYTES;
    let stage = Stage::new(&Silent, "reading", 0.0, 1.0);
    let planned = decide(blocks.as_mut(), options, limits, &mut dialect, until, &stage)?;
    blocks.rewind()?;
    let missing = Nulls::new(options.null_values.as_deref());
    let look = Look { sieve: &planned.sieve, missing: &missing, counting: &[], until };
    let mut batch = Batch::new(planned.plans.clone(), missing.clone(), usize::MAX);
    let complete = passes::for_each_block(blocks.as_mut(), &look, |block| {
        batch.append(&block, 0);
        Ok(())
    })?;
    let frame = batch.take_frame()?;
    let columns = told(&planned.plans, &frame);
    let mut rows = rows_preview::rows(&frame)?;
    rows.truncate(PARSE_PREVIEW_ROWS);
    rows_preview::encode(&mut rows, &columns);
    let rows_read = planned.rows + planned.inbox.rows();
    let quarantine = planned.inbox.finish()?;
    Ok(ParsePreview { dialect, columns, rows, quarantine, rows_read, complete })
}

/// The first rows of a file whose columns have types already.
fn of_columns(mut columnar: Columnar) -> Result<ParsePreview> {
    let (plans, dialect) = (columnar.plans(), columnar.dialect.clone());
    let (frame, complete) = columnar.first_rows(PREVIEW_ROWS)?;
    let columns = told(&plans, &frame);
    let mut rows = rows_preview::rows(&frame)?;
    let rows_read = frame.height() as u64;
    rows.truncate(PARSE_PREVIEW_ROWS);
    rows_preview::encode(&mut rows, &columns);
    Ok(ParsePreview { dialect, columns, rows, quarantine: Quarantine::default(), rows_read, complete })
}

fn told(plans: &[ColumnPlan], frame: &DataFrame) -> Vec<Column> {
    let told = plans.iter().zip(frame.columns()).map(|(plan, values)| Column {
        nulls: values.null_count() as u64,
        encoding: scalars::encoding_of_column(values, plan.reading.column_type()),
        unit: plan.unit.clone(),
        time_zone: plan.utc.then(|| "UTC".to_owned()),
        ..Column::new(plan.name.to_string(), plan.reading.column_type())
    });
    told.collect()
}
