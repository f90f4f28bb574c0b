//! What an uploaded file is, told by its content and never by its name.

use contract::ingest::SourceKind;

use crate::Result;
use crate::failures::invalid;

pub(crate) const BOM: &[u8] = b"\xEF\xBB\xBF";
/// How much of the beginning tells what a file is.
pub(crate) const HEAD_BYTES: usize = 4096;

const FORMATS: &str =
    "Upload CSV, TSV, JSON or NDJSON, plain or packed with gzip or zstd, Parquet, Arrow, or a workbook (.xlsx, .ods).";

/// The kind of a file whose (unpacked) content begins with `head`. A file whose first character is `[` is a JSON array,
/// one whose first character is `{` holds JSON records one after another, anything else is delimited text.
/// Fails for a file without content and for one that is plainly no table.
pub fn by_content(head: &[u8]) -> Result<SourceKind> {
    if let Some(kind) = binary_kind(head) {
        return Ok(kind);
    }
    if let Some(what) = foreign_kind(head) {
        return Err(invalid(format!("This is {what}, not a table.")).line(1).advice(FORMATS));
    }
    let text = head.strip_prefix(BOM).unwrap_or(head);
    match text.iter().find(|byte| !byte.is_ascii_whitespace()) {
        None if head.len() < HEAD_BYTES => Err(empty()),
        Some(b'[') => Ok(SourceKind::Json),
        Some(b'{') => Ok(SourceKind::Ndjson),
        _ => Ok(SourceKind::Csv),
    }
}

/// Whether files of this kind are text, which may be packed.
pub(crate) const fn is_text(kind: SourceKind) -> bool {
    matches!(kind, SourceKind::Csv | SourceKind::Json | SourceKind::Ndjson)
}

fn binary_kind(head: &[u8]) -> Option<SourceKind> {
    match head {
        [b'P', b'A', b'R', b'1' | b'E', ..] => Some(SourceKind::Parquet),
        [b'A', b'R', b'R', b'O', b'W', b'1', 0, 0, ..] => Some(SourceKind::Arrow),
        // A stream begins with a continuation mark and the length of its schema.
        [0xFF, 0xFF, 0xFF, 0xFF, a, b, c, d, ..] if (1..1 << 24).contains(&i32::from_le_bytes([*a, *b, *c, *d])) => {
            Some(SourceKind::Arrow)
        }
        [b'P', b'K', 3, 4, ..] => Some(SourceKind::Xlsx),
        _ => None,
    }
}

/// The failure of a file that holds nothing.
pub(crate) fn empty() -> contract::errors::Failure {
    invalid("The file is empty.").advice("Upload a file with a header line and rows, or with JSON records.")
}

/// Names what is never read: archives, programs, scripts, documents, pictures and databases.
fn foreign_kind(head: &[u8]) -> Option<&'static str> {
    const SIGNATURES: [(&[u8], &str); 43] = [
        (b"PK\x05\x06", "an empty ZIP archive"),
        (b"PK\x07\x08", "a part of a ZIP archive"),
        (b"7z\xBC\xAF\x27\x1C", "a 7-Zip archive"),
        (b"Rar!\x1A\x07", "a RAR archive"),
        (b"\x1F\x8B", "a file that is packed twice (gzip)"),
        (b"\x28\xB5\x2F\xFD", "a file that is packed twice (zstd)"),
        (b"\xFD7zXZ\0", "an xz archive"),
        (b"\x04\x22\x4D\x18", "an lz4 archive"),
        (b"\x1F\x9D", "an archive of compress"),
        (b"MSCF\0\0\0\0", "a Windows cabinet"),
        (b"!<arch>\n", "a library or a Debian package"),
        (b"\xED\xAB\xEE\xDB", "an RPM package"),
        (b"\x7FELF", "a program"),
        (b"\xFE\xED\xFA\xCE", "a program"),
        (b"\xFE\xED\xFA\xCF", "a program"),
        (b"\xCE\xFA\xED\xFE", "a program"),
        (b"\xCF\xFA\xED\xFE", "a program"),
        (b"\xCA\xFE\xBA\xBE", "a program or a Java class"),
        (b"\0asm", "a WebAssembly program"),
        (b"dex\n", "an Android program"),
        (b"L\0\0\0\x01\x14\x02\0", "a Windows shortcut"),
        (b"#!", "a script"),
        (b"@echo ", "a script"),
        (b"@ECHO ", "a script"),
        (b"<?php", "a script"),
        (b"%!PS", "a PostScript document"),
        (b"%PDF-", "a PDF document"),
        (b"{\\rtf", "a text document (RTF)"),
        (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", "a binary Office document (such as .xls or .doc)"),
        (b"SQLite format 3\0", "an SQLite database"),
        (b"\x89HDF\r\n\x1A\n", "an HDF5 file"),
        (b"\x93NUMPY", "a NumPy array"),
        (b"Obj\x01", "an Avro file"),
        (b"ORC\x08", "an ORC file"),
        (b"ORC\x0A", "an ORC file"),
        (b"FEA1", "a Feather file of the first version"),
        (b"\x89PNG\r\n\x1A\n", "a picture (PNG)"),
        (b"\xFF\xD8\xFF", "a picture (JPEG)"),
        (b"GIF8", "a picture (GIF)"),
        (b"II*\0", "a picture (TIFF)"),
        (b"MM\0*", "a picture (TIFF)"),
        (b"OggS\0", "a sound or a film (Ogg)"),
        (b"ID3\x03", "a sound (MP3)"),
    ];
    let signed = SIGNATURES.iter().find(|(signature, _)| head.starts_with(signature)).map(|(_, name)| *name);
    signed.or_else(|| structured(head))
}

/// What takes more than its first bytes to know.
fn structured(head: &[u8]) -> Option<&'static str> {
    let text = head.strip_prefix(BOM).unwrap_or(head).trim_ascii_start();
    let lower = text.get(..text.len().min(64)).unwrap_or_default().to_ascii_lowercase();
    match () {
        () if head.get(257..262) == Some(b"ustar") => Some("a tar archive"),
        () if head.starts_with(b"BZh") && head.get(4..10) == Some(b"1AY&SY") => Some("a bzip2 archive"),
        // The header of a Windows program is binary from its third byte on.
        () if head.starts_with(b"MZ") && head.get(2..64).is_some_and(|header| header.contains(&0)) => Some("a program"),
        () if matches!(head, [0x80, 2..=5, b'c' | b'}' | b']' | b'(' | 0x95, ..]) => Some("a Python pickle"),
        () if head.starts_with(b"RIFF") && head.get(8..12) == Some(b"WEBP") => Some("a picture (WebP)"),
        () if head.starts_with(b"RIFF") && head.get(8..12) == Some(b"WAVE") => Some("a sound (WAVE)"),
        () if head.get(4..8) == Some(b"ftyp") => Some("a film or a picture"),
        () if lower.starts_with(b"<!doctype html") || lower.starts_with(b"<html") => Some("a web page"),
        () if lower.starts_with(b"<script") => Some("a script"),
        () if lower.starts_with(b"<?php") => Some("a script"),
        () if lower.starts_with(b"<?xml") || lower.starts_with(b"<!doctype") => Some("an XML document"),
        () => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_character_decides() {
        assert_eq!(by_content(b"a,b\n1,2\n"), Ok(SourceKind::Csv));
        assert_eq!(by_content(b"MZ,b\n1,2\n"), Ok(SourceKind::Csv));
        assert_eq!(by_content(b"\xEF\xBB\xBF \n [{\"a\":1}]"), Ok(SourceKind::Json));
        assert_eq!(by_content(b"{\"a\":1}\n{\"a\":2}"), Ok(SourceKind::Ndjson));
        assert_eq!(by_content(b"PAR1\x15\x04"), Ok(SourceKind::Parquet));
        assert_eq!(by_content(b"ARROW1\0\0\xFF"), Ok(SourceKind::Arrow));
        assert_eq!(by_content(b"\xFF\xFF\xFF\xFF\x70\0\0\0\x10"), Ok(SourceKind::Arrow));
        assert_eq!(by_content(b"PK\x03\x04..."), Ok(SourceKind::Xlsx));
    }

    #[test]
    fn nothing_and_what_is_no_table_are_refused_by_name() {
        assert_eq!(by_content(b"").unwrap_err().message, "The file is empty.");
        assert_eq!(by_content(b"\xEF\xBB\xBF \r\n").unwrap_err().message, "The file is empty.");
        let mut tar = vec![0; 512];
        tar[257..262].copy_from_slice(b"ustar");
        for (head, name) in [
            (&b"#!/bin/sh\nrm -rf /\n"[..], "script"),
            (b"\xEF\xBB\xBF<?php echo 1; ?>", "script"),
            (b"\x7FELF\x02\x01\x01\0", "program"),
            (b"MZ\x90\0\x03\0\0\0\x04\0\0\0\xFF\xFF\0\0\xB8\0\0\0\0\0\0\0\x40\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0", "program"),
            (&tar, "tar"),
            (b"Rar!\x1A\x07\x01\0", "RAR"),
            (b"7z\xBC\xAF\x27\x1C\0\x04", "7-Zip"),
            (b" <!DOCTYPE HTML><html>", "web page"),
            (b"\x80\x04\x95\x10\0\0\0", "pickle"),
            (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1\0\0", "binary Office"),
        ] {
            let failure = by_content(head).unwrap_err();
            assert!(failure.message.contains(name) && failure.advice.is_some(), "{name}: {failure:?}");
        }
    }
}
