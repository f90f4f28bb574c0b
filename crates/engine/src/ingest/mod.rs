//! Ingest: from an uploaded file to an immutable Parquet version with its profile.

mod asking;
mod block;
mod build;
mod columnar;
pub(crate) mod counting;
mod dates;
mod deciding;
mod delimited;
mod dialect;
mod doubts;
mod encoding;
mod evidence;
mod fields;
pub(crate) mod fingerprint;
mod header;
mod hints;
mod input;
mod json;
mod line_ends;
mod marks;
mod memory;
mod names;
mod nulls;
mod numbers;
mod opening;
mod parquet;
mod parse;
mod passes;
pub(crate) mod preview;
mod quarantine;
mod reading;
mod sifting;
mod sniff;
mod spelling;
mod telling;
mod trying;
mod window;
mod workbook;

use std::path::Path;

use contract::columns::{Column, ColumnType};
use contract::ingest::{Dialect, IngestOutcome, ParseOptions, Quarantine};
use contract::limits::IngestLimits;
use contract::profile::Profile;

use self::block::BlockSource;
use self::columnar::Columnar;
use self::memory::ColumnMemory;
use self::nulls::Nulls;
use self::opening::{Opened, open};
use self::parquet::VersionWriter;
use self::passes::{Look, Seen, Stored};
use self::quarantine::Inbox;
use self::reading::ColumnPlan;
use self::sifting::Sieve;
use crate::progress::Stage;
use crate::{Reporter, Result, summary};

pub use self::trying::preview;

/// The files of one ingest. Paths are absolute.
#[derive(Clone, Copy, Debug)]
pub struct Files<'a> {
    /// The uploaded file.
    pub source: &'a Path,
    /// Where the Parquet file goes.
    pub target: &'a Path,
    /// Where malformed rows go, one JSON object a line. Without any, nothing is written there.
    pub quarantine: &'a Path,
}

/// Reads the source within the limits, writes the table as Parquet to the target and returns what it found.
///
/// The file is read twice from beginning to end: types are decided over all rows, whatever their order. Memory stays
/// bounded for any size. Malformed rows are left out and told, up to the share that the options allow; a file with more
/// of them, or one that cannot be read as a table, ends with the code `invalid_file`, and says where.
pub fn run(
    files: Files<'_>,
    options: &ParseOptions,
    limits: &IngestLimits,
    reporter: &dyn Reporter,
) -> Result<IngestOutcome> {
    match open(files.source, options, limits)? {
        Opened::Columns(columnar) => store_columns(columnar, files.target, limits, reporter),
        Opened::Blocks(blocks, dialect) => store_blocks(blocks, dialect, files, options, limits, reporter),
    }
}

/// A file whose rows have no types yet: one pass finds them, the next one stores the values.
fn store_blocks(
    mut blocks: Box<dyn BlockSource>,
    mut dialect: Dialect,
    files: Files<'_>,
    options: &ParseOptions,
    limits: &IngestLimits,
    reporter: &dyn Reporter,
) -> Result<IngestOutcome> {
    let reading = Stage::new(reporter, "reading", 0.0, 0.3);
    let planned = decide(blocks.as_mut(), options, limits, &mut dialect, u64::MAX, &reading)?;
    counting::check(blocks.records(), planned.rows, planned.inbox.rows())?;
    planned.inbox.check(planned.rows)?;
    blocks.rewind()?;
    let writer = VersionWriter::create(files.target, &planned.plans)?;
    let mut inbox = match planned.inbox.rows() {
        0 => Inbox::new(options.allowed_percent()),
        _ => Inbox::with_file(options.allowed_percent(), files.quarantine)?,
    };
    let missing = Nulls::new(options.null_values.as_deref());
    let look = Look { sieve: &planned.sieve, missing: &missing, counting: &[], until: u64::MAX };
    let storing = Stage::new(reporter, "storing", 0.3, 0.75);
    let memory = ColumnMemory::new(planned.plans.len(), limits);
    let stored = passes::store(blocks.as_mut(), &planned.plans, &look, &mut inbox, memory, writer, &storing)?;
    drop(blocks);
    finish(stored, &planned.plans, dialect, inbox.finish()?, files.target, limits, reporter)
}

/// A file whose columns have types already: one pass, and no row of it can be malformed.
fn store_columns(
    columnar: Columnar,
    target: &Path,
    limits: &IngestLimits,
    reporter: &dyn Reporter,
) -> Result<IngestOutcome> {
    let (plans, dialect) = (columnar.plans(), columnar.dialect.clone());
    let stored = columnar.store(&plans, target, &Stage::new(reporter, "storing", 0.0, 0.75))?;
    finish(stored, &plans, dialect, Quarantine::default(), target, limits, reporter)
}

/// The profile of what was stored, and the outcome.
fn finish(
    stored: Stored,
    plans: &[ColumnPlan],
    dialect: Dialect,
    quarantine: Quarantine,
    target: &Path,
    limits: &IngestLimits,
    reporter: &dyn Reporter,
) -> Result<IngestOutcome> {
    let profile = summary::profile(target, limits.exact_rows, &Stage::new(reporter, "profiling", 0.75, 1.0))?;
    counting::check(stored.records, profile.rows, quarantine.rows)?;
    let columns = described(&profile, plans);
    let mut preview = stored.preview;
    preview::encode(&mut preview, &columns);
    Ok(IngestOutcome {
        rows: stored.rows,
        rows_in: stored.records,
        quarantine,
        columns,
        dialect,
        content_hash: stored.content_hash,
        bytes: stored.bytes,
        profile,
        preview,
    })
}

/// What the first pass decides.
struct Planned {
    plans: Vec<ColumnPlan>,
    sieve: Sieve,
    inbox: Inbox,
    rows: u64,
}

/// Decides how each column is read, over all rows up to byte `until` of the file. Where types were asked for, a pass of
/// its own finds how those columns are written, so that rows that do not fit have no say in the types of the others.
fn decide(
    blocks: &mut dyn BlockSource,
    options: &ParseOptions,
    limits: &IngestLimits,
    dialect: &mut Dialect,
    until: u64,
    stage: &Stage,
) -> Result<Planned> {
    let missing = Nulls::new(options.null_values.as_deref());
    let mut sieve = Sieve::default();
    let mut looked = first_pass(blocks, options, dialect, &missing, until, stage)?;
    if !options.columns.is_empty() {
        let names = checked_names(blocks, limits)?;
        let plans = deciding::plan(&names, &looked.0.evidence, options, &mut dialect.clone())?;
        let asked = plans.into_iter().enumerate().filter(|(_, plan)| options.columns.contains_key(plan.name.as_str()));
        sieve = Sieve::new(asked.collect(), missing.clone());
        blocks.rewind()?;
        let look = Look { sieve: &sieve, missing: &missing, counting: &[], until };
        looked.1 = Inbox::new(options.allowed_percent());
        looked.0 = passes::infer(blocks, &look, &mut looked.1, stage)?;
    }
    let (Seen { evidence, rows }, inbox) = looked;
    if rows == 0 {
        inbox.check(0)?;
    }
    let names = checked_names(blocks, limits)?;
    let mut plans = deciding::plan(&names, &evidence, options, dialect)?;
    dialect.warnings.extend(blocks.warnings());
    for (column, plan) in sieve.columns() {
        if let Some(place) = plans.get_mut(*column) {
            *place = plan.clone();
        }
    }
    blocks.tell(dialect);
    telling::measured(dialect, rows, inbox.rows());
    Ok(Planned { plans, sieve, inbox, rows })
}

/// The first look at all rows. If rows beyond the beginning of the file speak for other marks, the file is looked at once
/// more with these, and the marks that leave fewer rows malformed are kept.
fn first_pass(
    blocks: &mut dyn BlockSource,
    options: &ParseOptions,
    dialect: &mut Dialect,
    missing: &Nulls,
    until: u64,
    stage: &Stage,
) -> Result<(Seen, Inbox)> {
    let pass = |blocks: &mut dyn BlockSource| -> Result<(Seen, Inbox)> {
        let asked = options.columns.keys();
        let names = names::unique_names(&blocks.raw_names());
        let counting: Vec<usize> = asked.filter_map(|asked| names.iter().position(|name| name == asked)).collect();
        let look = Look { sieve: &Sieve::default(), missing, counting: &counting, until };
        let mut inbox = Inbox::new(options.allowed_percent());
        Ok((passes::infer(blocks, &look, &mut inbox, stage)?, inbox))
    };
    let looked = pass(blocks)?;
    let Some(other) = blocks.reconsider(options, dialect)? else { return Ok(looked) };
    blocks.rewind()?;
    let again = pass(blocks)?;
    let (before, after) = (looked.1.rows(), again.1.rows());
    if after < before || (after == before && other.delimiter == dialect.delimiter) {
        *dialect = other;
        return Ok(again);
    }
    blocks.revert();
    Ok(looked)
}

fn checked_names(blocks: &dyn BlockSource, limits: &IngestLimits) -> Result<Vec<String>> {
    let raw_names = blocks.raw_names();
    if raw_names.is_empty() {
        return Err(json::no_columns());
    }
    if raw_names.len() > limits.columns as usize {
        return Err(dialect::too_many_columns(raw_names.len(), limits.columns, 1));
    }
    Ok(names::unique_names(&raw_names))
}

/// The columns as they are told: the profile's counts with what the plan knows of them.
fn described(profile: &Profile, plans: &[ColumnPlan]) -> Vec<Column> {
    let told = profile.columns.iter().zip(plans).map(|(column, plan)| Column {
        encoding: column.encoding,
        nulls: column.nulls,
        unit: plan.unit.clone(),
        time_zone: plan.utc.then(|| "UTC".to_owned()),
        category: is_category(column.column_type, column.distinct, column.count),
        ..Column::new(column.name.clone(), column.column_type)
    });
    told.collect()
}

/// Few different words, each again and again.
const fn is_category(column_type: ColumnType, distinct: u64, count: u64) -> bool {
    matches!(column_type, ColumnType::Text) && distinct >= 1 && distinct <= 100 && distinct * 5 <= count
}
