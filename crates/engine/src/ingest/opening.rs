//! Opening a file: what it is packed with, its encoding, its kind, and for text its layout.

use std::path::Path;

use contract::ingest::{Choice, Compression, Dialect, ParseOptions, SourceKind};
use contract::limits::IngestLimits;

use super::block::BlockSource;
use super::columnar::{self, Columnar};
use super::delimited::DelimitedBlocks;
use super::dialect;
use super::doubts::Doubts;
use super::encoding;
use super::input::{Input, Packing};
use super::json;
use super::window::Window;
use super::workbook;
use crate::failures::invalid;
use crate::{Result, kind};

/// A file that is ready to be read, and how.
pub(crate) enum Opened {
    /// Rows whose types are still to be found.
    Blocks(Box<dyn BlockSource>, Dialect),
    /// Columns that have types already.
    Columns(Columnar),
}

pub(crate) fn open(source: &Path, options: &ParseOptions, limits: &IngestLimits) -> Result<Opened> {
    let mut input = Input::open(source, limits)?;
    let compression = compression_of(&input, options)?;
    let mut head = Vec::new();
    input.read(kind::HEAD_BYTES, &mut head)?;
    // UTF-16 has bytes that look like other files; what it is, its text tells.
    let is_wide = options.encoding.is_some()
        || head.starts_with(b"\xFF\xFE")
        || head.starts_with(b"\xFE\xFF")
        || head.contains(&0);
    let told = match options.format {
        Some(asked) => Some(asked),
        None => Some(kind::by_content(&head)?).filter(|kind| !is_wide || !kind::is_text(*kind)),
    };
    if let (Some(packing), Some(false)) = (input.packing().name(), told.map(kind::is_text)) {
        return Err(invalid(format!("This is a {packing} file of a binary table, which is packed already."))
            .advice("Unpack it and upload what is in it."));
    }
    let (blocks, mut dialect) = match told {
        Some(kind @ (SourceKind::Parquet | SourceKind::Arrow)) => {
            let mut columnar = columnar::open(source, kind, &head, limits)?;
            told_as_asked(&mut columnar.dialect, options);
            return Ok(Opened::Columns(columnar));
        }
        Some(SourceKind::Xlsx | SourceKind::Ods) => workbook::open(source, options, limits)?,
        Some(kind @ (SourceKind::Json | SourceKind::Ndjson)) => open_json(source, limits, kind, &head)?,
        Some(SourceKind::Csv) | None => text(source, options, limits, told, input)?,
    };
    dialect.compression = compression;
    told_as_asked(&mut dialect, options);
    Ok(Opened::Blocks(blocks, dialect))
}

fn told_as_asked(dialect: &mut Dialect, options: &ParseOptions) {
    if options.format.is_some() {
        let word = serde_json::to_value(dialect.kind).ok().and_then(|word| word.as_str().map(str::to_owned));
        dialect.choices.insert(0, Choice::asked("format", word.unwrap_or_default()));
    }
}

/// Rows whose types are still to be found, and how they were read so far.
type Rows = (Box<dyn BlockSource>, Dialect);

fn compression_of(input: &Input, options: &ParseOptions) -> Result<Option<Compression>> {
    let found = match input.packing() {
        Packing::None => Compression::None,
        Packing::Gzip => Compression::Gzip,
        Packing::Zstd => Compression::Zstd,
    };
    match options.compression {
        Some(asked) if asked != found => {
            let name = input.packing().name().unwrap_or("not packed");
            Err(invalid(format!("The file is {name}, not what `compression` asks for."))
                .advice("Leave `compression` out."))
        }
        _ => Ok((found != Compression::None).then_some(found)),
    }
}

fn open_json(source: &Path, limits: &IngestLimits, kind: SourceKind, head: &[u8]) -> Result<Rows> {
    let skipped = encoding::mark_length(head);
    let encoding = if skipped > 0 { "utf-8-bom" } else { "utf-8" }.to_owned();
    let blocks: Box<dyn BlockSource> = match kind {
        SourceKind::Json => Box::new(json::open_array(source, limits, skipped as u64)?),
        _ => json::open_object(source, limits, skipped as u64)?,
    };
    Ok((blocks, Dialect { encoding, ..Dialect::of(kind) }))
}

/// Text whose encoding must be found first; `told` is its kind where that is known.
fn text(
    source: &Path,
    options: &ParseOptions,
    limits: &IngestLimits,
    told: Option<SourceKind>,
    mut input: Input,
) -> Result<Rows> {
    input.seek(0)?;
    let found = encoding::find(&mut input, options.encoding.as_deref())?;
    let mut input = input.decode(found.encoding)?;
    let kind = match told {
        Some(kind) => kind,
        None => {
            let mut head = Vec::new();
            input.read(kind::HEAD_BYTES, &mut head)?;
            let kind = kind::by_content(&head)?;
            if matches!(kind, SourceKind::Json | SourceKind::Ndjson) {
                if encoding::is_converted(found.encoding) {
                    return Err(invalid(format!("This is JSON in {}; JSON is exchanged in UTF-8.", found.name))
                        .advice("Save the file in UTF-8 and upload it again."));
                }
                return open_json(source, limits, kind, &head);
            }
            kind
        }
    };
    let mut dialect = Dialect { encoding: found.name, ..Dialect::of(kind) };
    dialect.choices.push(found.choice);
    let mut window = Window::over(input, 0, 1)?.tolerant();
    let layout = dialect::layout_of(&mut window, options, &mut dialect, &Doubts::default())?;
    Ok((Box::new(DelimitedBlocks::open(window, layout)?), dialect))
}
