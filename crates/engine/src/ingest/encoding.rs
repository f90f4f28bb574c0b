//! The encoding of a text file, decided over the whole file, and its conversion to UTF-8 on the way in.

use std::io::{self, Read};

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use contract::errors::{ErrorCode, Failure};
use contract::ingest::Choice;
use encoding_rs::{Decoder, DecoderResult, Encoding, UTF_8, UTF_16BE, UTF_16LE};

use super::input::Input;
use crate::Result;
use crate::kind::BOM;

/// How much of the beginning tells UTF-16 without a byte order mark.
const HEAD_BYTES: usize = 64 << 10;
const CHUNK_BYTES: usize = 1 << 20;
/// What stands in the converted text for bytes that are no text: it is never part of UTF-8.
pub(crate) const BAD_BYTE: u8 = 0xFF;

/// The encoding of a file.
#[derive(Clone, Debug)]
pub(crate) struct Found {
    pub(crate) encoding: &'static Encoding,
    pub(crate) name: String,
    pub(crate) choice: Choice,
}

/// What a pass over the bytes as UTF-8 counts.
#[derive(Debug, Default)]
struct Tally {
    /// Characters beyond ASCII.
    wide: u64,
    /// Sequences that are not UTF-8.
    bad: u64,
}

/// Decides the encoding: as asked, by a byte order mark, or over all bytes of the file. The input is read to its end.
pub(crate) fn find(input: &mut Input, asked: Option<&str>) -> Result<Found> {
    let mut head = Vec::new();
    input.read(HEAD_BYTES, &mut head)?;
    let mark = Encoding::for_bom(&head).map(|(encoding, _)| encoding);
    if let Some(label) = asked {
        let encoding = Encoding::for_label(label.as_bytes()).ok_or_else(|| unknown(label))?;
        let name = name_of(encoding, mark);
        return Ok(Found { encoding, choice: Choice::asked("encoding", &name), name });
    }
    let found = |encoding, confidence, reason: &str| {
        let name = name_of(encoding, mark);
        Found { encoding, choice: Choice::detected("encoding", &name, confidence, reason), name }
    };
    if let Some(encoding) = mark {
        return Ok(found(encoding, 1.0, "The file begins with a byte order mark."));
    }
    if let Some(encoding) = wide_units(&head) {
        return Ok(found(encoding, 0.95, "Every other byte at the beginning is zero."));
    }
    let tally = tally(input, &head)?;
    match tally {
        Tally { wide: 0, bad: 0 } => Ok(found(UTF_8, 1.0, "All bytes are ASCII.")),
        Tally { bad: 0, .. } => Ok(found(UTF_8, 1.0, "All bytes are valid UTF-8.")),
        // Text in another encoding is hardly ever valid UTF-8 by chance.
        Tally { wide, bad } if wide >= 10 * bad => {
            let reason = format!("{wide} characters beyond ASCII are UTF-8, {bad} sequences of bytes are not.");
            Ok(found(UTF_8, wide as f64 / (wide + bad) as f64, &reason))
        }
        Tally { .. } => {
            let encoding = guess(input)?;
            Ok(found(encoding, 0.7, "The bytes are not UTF-8; this is what their frequencies say."))
        }
    }
}

fn name_of(encoding: &'static Encoding, mark: Option<&'static Encoding>) -> String {
    let name = encoding.name().to_ascii_lowercase();
    if encoding == UTF_8 && mark == Some(UTF_8) { "utf-8-bom".to_owned() } else { name }
}

fn unknown(label: &str) -> Failure {
    Failure::new(ErrorCode::InvalidParameters, format!("\"{label}\" is no encoding that is known."))
        .advice("Give a name such as utf-8, utf-16le, windows-1252, iso-8859-15, shift_jis, gb18030 or euc-kr.")
}

/// UTF-16 without a byte order mark: text of western languages has a zero in every unit.
fn wide_units(head: &[u8]) -> Option<&'static Encoding> {
    let units = head.len() / 2;
    if units < 2 {
        return None;
    }
    let zeros = |first: usize| head.iter().skip(first).step_by(2).filter(|byte| **byte == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    match () {
        () if odd * 10 > units * 4 && even * 20 < units => Some(UTF_16LE),
        () if even * 10 > units * 4 && odd * 20 < units => Some(UTF_16BE),
        () => None,
    }
}

fn tally(input: &mut Input, head: &[u8]) -> Result<Tally> {
    let mut tally = Tally::default();
    let mut text = head.to_vec();
    let mut ended = head.len() < HEAD_BYTES;
    loop {
        let rest = tally.add(&text, ended);
        if ended {
            return Ok(tally);
        }
        text.drain(..text.len() - rest);
        ended = input.read(CHUNK_BYTES, &mut text)? < CHUNK_BYTES;
    }
}

impl Tally {
    /// Counts within the text; returns how many bytes at its end may be the beginning of a character.
    fn add(&mut self, mut text: &[u8], last: bool) -> usize {
        loop {
            match std::str::from_utf8(text) {
                Ok(valid) => {
                    self.count(valid);
                    return 0;
                }
                Err(error) => {
                    let (valid, rest) = text.split_at(error.valid_up_to());
                    self.count(std::str::from_utf8(valid).unwrap_or_default());
                    match error.error_len() {
                        Some(length) => text = &rest[length..],
                        None if last => {
                            self.bad += 1;
                            return 0;
                        }
                        None => return rest.len(),
                    }
                    self.bad += 1;
                }
            }
        }
    }

    fn count(&mut self, valid: &str) {
        if !valid.is_ascii() {
            self.wide += valid.bytes().filter(|byte| *byte >= 0xC0).count() as u64;
        }
    }
}

fn guess(input: &mut Input) -> Result<&'static Encoding> {
    input.seek(0)?;
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    let mut chunk = Vec::new();
    loop {
        chunk.clear();
        let last = input.read(CHUNK_BYTES, &mut chunk)? < CHUNK_BYTES;
        detector.feed(&chunk, last);
        if last {
            return Ok(detector.guess(None, Utf8Detection::Deny));
        }
    }
}

/// Converts to UTF-8 while reading. What is no text in the encoding becomes [`BAD_BYTE`].
pub(crate) struct Transcoder<R> {
    source: R,
    decoder: Decoder,
    taken: Vec<u8>,
    at: usize,
    ended: bool,
    finished: bool,
    /// Converted, and not handed out yet.
    ready: Vec<u8>,
    handed: usize,
}

impl<R: Read> Transcoder<R> {
    pub(crate) fn new(source: R, encoding: &'static Encoding) -> Self {
        let decoder = encoding.new_decoder_with_bom_removal();
        let (taken, ready) = (Vec::with_capacity(1 << 16), Vec::with_capacity(1 << 18));
        Self { source, decoder, taken, at: 0, ended: false, finished: false, ready, handed: 0 }
    }

    fn convert(&mut self) -> io::Result<()> {
        if self.at == self.taken.len() && !self.ended {
            self.taken.clear();
            self.at = 0;
            let got = (&mut self.source).take(1 << 16).read_to_end(&mut self.taken)?;
            self.ended = got < 1 << 16;
        }
        self.ready.clear();
        self.handed = 0;
        self.ready.resize(1 << 18, 0);
        let source = self.taken.get(self.at..).unwrap_or_default();
        let (result, read, written) =
            self.decoder.decode_to_utf8_without_replacement(source, &mut self.ready, self.ended);
        self.at += read;
        self.ready.truncate(written);
        match result {
            DecoderResult::InputEmpty => self.finished = self.ended,
            DecoderResult::OutputFull => {}
            DecoderResult::Malformed(_, _) => self.ready.push(BAD_BYTE),
        }
        Ok(())
    }
}

impl<R: Read> Read for Transcoder<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while self.handed == self.ready.len() && !self.finished {
            self.convert()?;
        }
        let ready = self.ready.get(self.handed..).unwrap_or_default();
        let count = ready.len().min(buffer.len());
        buffer[..count].copy_from_slice(&ready[..count]);
        self.handed += count;
        Ok(count)
    }
}

/// Whether the bytes of a file in this encoding are converted; UTF-8 is read as it is.
pub(crate) fn is_converted(encoding: &'static Encoding) -> bool {
    encoding != UTF_8
}

/// How many bytes of a byte order mark stand at the beginning of UTF-8 text.
pub(crate) fn mark_length(head: &[u8]) -> usize {
    if head.starts_with(BOM) { BOM.len() } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn convert(bytes: &[u8], encoding: &'static Encoding) -> Vec<u8> {
        let mut text = Vec::new();
        Transcoder::new(bytes, encoding).read_to_end(&mut text).unwrap();
        text
    }

    #[test]
    fn text_is_converted_and_what_is_none_is_marked() {
        let wide: Vec<u8> = "\u{feff}a,é\n😀".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(convert(&wide, UTF_16LE), "a,é\n😀".as_bytes());
        assert_eq!(convert(b"caf\xE9", encoding_rs::WINDOWS_1252), "café".as_bytes());
        assert_eq!(convert(b"\x00\xD8a\0", UTF_16LE), [BAD_BYTE, b'a']);
        let long = "é,".repeat(200_000);
        let narrow: Vec<u8> = long.chars().map(|letter| letter as u8).collect();
        assert_eq!(convert(&narrow, encoding_rs::WINDOWS_1252), long.as_bytes());
    }

    #[test]
    fn utf16_without_a_mark_is_told_by_its_zeros() {
        let text = "name,city\nJosé,Köln\n";
        let little: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let big: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
        assert_eq!(wide_units(&little), Some(UTF_16LE));
        assert_eq!(wide_units(&big), Some(UTF_16BE));
        assert_eq!(wide_units(text.as_bytes()), None);
        assert_eq!(wide_units(b"a\0b"), None);
    }

    #[test]
    fn valid_and_invalid_sequences_are_counted() {
        let mut tally = Tally::default();
        assert_eq!(tally.add("aé€".as_bytes(), true), 0);
        assert_eq!(tally.add(b"x\xE9y\xC3", false), 1);
        assert_eq!((tally.wide, tally.bad), (2, 1));
    }
}
