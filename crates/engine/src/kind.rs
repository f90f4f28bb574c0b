//! What an uploaded file is, told by its first bytes.

use contract::ingest::SourceKind;

use crate::Result;
use crate::failures::invalid;

pub(crate) const BOM: &[u8] = b"\xEF\xBB\xBF";

/// The kind of a file that begins with `head`. A file whose first character is `[` is a JSON array, one whose
/// first character is `{` holds JSON records one after another, anything else is delimited text.
/// Fails for a file without content and for one that is plainly binary.
pub fn by_content(head: &[u8]) -> Result<SourceKind> {
    let text = head.strip_prefix(BOM).unwrap_or(head);
    if let Some(what) = binary_kind(head) {
        return Err(invalid(format!("This is {what}, not a table in text form."))
            .line(1)
            .advice("Upload CSV, TSV, a JSON array of records or NDJSON, in UTF-8."));
    }
    match text.iter().find(|byte| !byte.is_ascii_whitespace()) {
        None if head.len() < 4096 => Err(empty()),
        Some(b'[') => Ok(SourceKind::Json),
        Some(b'{') => Ok(SourceKind::Ndjson),
        _ => Ok(SourceKind::Csv),
    }
}

/// The failure of a file that holds nothing.
pub(crate) fn empty() -> contract::errors::Failure {
    invalid("The file is empty.").advice("Upload a file with a header line and rows, or with JSON records.")
}

fn binary_kind(head: &[u8]) -> Option<&'static str> {
    const SIGNATURES: [(&[u8], &str); 8] = [
        (b"PK\x03\x04", "a ZIP archive or an Office workbook"),
        (b"\x1F\x8B", "a gzip archive"),
        (b"\x28\xB5\x2F\xFD", "a zstd archive"),
        (b"PAR1", "a Parquet file"),
        (b"%PDF-", "a PDF document"),
        (b"\xFF\xFE", "text in UTF-16"),
        (b"\xFE\xFF", "text in UTF-16"),
        (b"SQLite format 3\0", "an SQLite database"),
    ];
    SIGNATURES.iter().find(|(signature, _)| head.starts_with(signature)).map(|(_, name)| *name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_character_decides() {
        assert_eq!(by_content(b"a,b\n1,2\n"), Ok(SourceKind::Csv));
        assert_eq!(by_content(b"\xEF\xBB\xBF \n [{\"a\":1}]"), Ok(SourceKind::Json));
        assert_eq!(by_content(b"{\"a\":1}\n{\"a\":2}"), Ok(SourceKind::Ndjson));
    }

    #[test]
    fn nothing_and_binaries_are_refused_by_name() {
        assert_eq!(by_content(b"").unwrap_err().message, "The file is empty.");
        assert_eq!(by_content(b"\xEF\xBB\xBF \r\n").unwrap_err().message, "The file is empty.");
        let failure = by_content(b"PK\x03\x04....").unwrap_err();
        assert!(failure.message.contains("ZIP"), "{failure:?}");
        assert!(by_content(b"\xFF\xFEa\0").unwrap_err().message.contains("UTF-16"));
    }
}
