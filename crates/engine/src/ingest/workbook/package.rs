//! The ZIP file that a workbook is: what it holds, whether that is a workbook without macros, and what it unpacks to.

use std::fs::File;
use std::io::{BufReader, Read};
use std::path::Path;

use contract::errors::Failure;
use contract::ingest::SourceKind;
use contract::limits::IngestLimits;
use zip::ZipArchive;
use zip::result::ZipError;

use crate::Result;
use crate::failures::{invalid, reading};
use crate::ingest::input::check_unpacked;

/// A workbook has far fewer parts.
const MAX_PARTS: usize = 10_000;
const ADVICE: &str = "Upload an .xlsx or .ods workbook without macros, CSV, JSON, Parquet or Arrow.";

/// The kind of workbook in this ZIP file. Every part is unpacked once to count it, since sizes told by the file itself
/// need not be true. Refuses archives, other documents, macros, and what unpacks to too much.
pub(super) fn kind_of(path: &Path, limits: &IngestLimits) -> Result<SourceKind> {
    let file = File::open(path).map_err(|error| reading(&error))?;
    let stored = file.metadata().map_err(|error| reading(&error))?.len();
    let mut archive = ZipArchive::new(BufReader::new(file)).map_err(|error| damaged(&error))?;
    if archive.len() > MAX_PARTS {
        return Err(refused("an archive of many files, not a table"));
    }
    let names: Vec<String> =
        archive.file_names().flatten().map(|name| name.trim_start_matches('/').to_owned()).collect();
    let has = |wanted: &str| names.iter().any(|name| name.eq_ignore_ascii_case(wanted));
    let begins = |folder: &str| names.iter().any(|name| name.starts_with(folder));
    if names.iter().any(|name| name.to_ascii_lowercase().ends_with("vbaproject.bin")) || begins("xl/macrosheets/") {
        return Err(refused("a workbook with macros, which are never run and not taken"));
    }
    let kind = match () {
        () if has("xl/workbook.xml") => SourceKind::Xlsx,
        () if has("xl/workbook.bin") => return Err(refused("a binary workbook (.xlsb)")),
        () if has("word/document.xml") => return Err(refused("a text document, not a table")),
        () if has("ppt/presentation.xml") => return Err(refused("a presentation, not a table")),
        () if has("META-INF/MANIFEST.MF") => return Err(refused("a Java program, not a table")),
        () if has("mimetype") && has("content.xml") => {
            if begins("Basic/") || begins("Scripts/") {
                return Err(refused("a workbook with macros, which are never run and not taken"));
            }
            check_type(&mut archive)?;
            SourceKind::Ods
        }
        () => return Err(refused("a ZIP archive, not a table")),
    };
    check_parts(&mut archive, stored, kind, limits)?;
    Ok(kind)
}

fn check_type(archive: &mut ZipArchive<BufReader<File>>) -> Result<()> {
    let mut told = String::new();
    let part = archive.by_name("mimetype").map_err(|error| damaged(&error))?;
    part.take(100).read_to_string(&mut told).map_err(|_| refused("a ZIP archive, not a table"))?;
    if told.trim().starts_with("application/vnd.oasis.opendocument.spreadsheet") {
        return Ok(());
    }
    Err(refused("an OpenDocument file that is no spreadsheet"))
}

fn check_parts(
    archive: &mut ZipArchive<BufReader<File>>,
    stored: u64,
    kind: SourceKind,
    limits: &IngestLimits,
) -> Result<()> {
    let mut buffer = vec![0; 1 << 16];
    let mut all = 0;
    for index in 0..archive.len() {
        let mut part = archive.by_index(index).map_err(|error| damaged(&error))?;
        let name = part.name().map_err(|error| damaged(&error))?.into_owned();
        let whole = matches!(name.as_str(), "content.xml" | "xl/sharedStrings.xml");
        let mut bytes = 0;
        loop {
            let got = part.read(&mut buffer).map_err(|_| broken_part(&name))? as u64;
            if got == 0 {
                break;
            }
            (all, bytes) = (all + got, bytes + got);
            check_unpacked(all, stored, limits)?;
            if whole && bytes > limits.document_bytes {
                let (what, limit) = (if kind == SourceKind::Ods { "sheets" } else { "texts" }, limits.document_bytes);
                return Err(invalid(format!(
                    "The {what} of this workbook unpack to more than {limit} bytes, and can only be read as a whole."
                ))
                .advice("Save the sheet as CSV, or ask the operator to raise PLOTLINE_INGEST_DOCUMENT_BYTES."));
            }
        }
    }
    Ok(())
}

fn damaged(error: &ZipError) -> Failure {
    match error {
        ZipError::Io(error) if error.raw_os_error().is_some() => reading(error),
        ZipError::UnsupportedArchive(what) if what.to_ascii_lowercase().contains("password") => {
            invalid("The workbook is protected by a password.")
                .advice("Save it without a password and upload it again.")
        }
        _ => invalid("The workbook is cut off or damaged: it is no whole ZIP file.")
            .advice("Open it, save it again and upload it whole."),
    }
}

fn broken_part(name: &str) -> Failure {
    invalid(format!("The workbook is damaged: its part {name} cannot be unpacked."))
        .advice("Open it, save it again and upload it whole.")
}

fn refused(what: &str) -> Failure {
    invalid(format!("This is {what}.")).advice(ADVICE)
}
