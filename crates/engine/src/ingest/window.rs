//! A window over the uploaded file: text checked as UTF-8, kept from the first byte that is not used yet.

use std::path::Path;

use contract::limits::IngestLimits;

use super::block::{BLOCK_BYTES, MAX_ROW_BYTES};
use super::input::Input;
use crate::Result;
use crate::failures::invalid;

pub(crate) struct Window {
    input: Input,
    text: Vec<u8>,
    /// First byte of `text` that is not used yet.
    at: usize,
    /// End of the part of `text` that has been checked as UTF-8.
    checked: usize,
    /// Positions in `text` of bytes that are no text.
    bad: Vec<usize>,
    /// Whether such bytes are left to the reader of rows; otherwise they end the file.
    tolerant: bool,
    /// Position in the content of the end of `text`.
    loaded: u64,
    /// Line number of the byte at `at`, counted from 1.
    line: u64,
    ended: bool,
}

impl Window {
    /// Opens a file at a byte of its unpacked content that stands at the beginning of line `line`.
    pub(crate) fn open(path: &Path, limits: &IngestLimits, offset: u64, line: u64) -> Result<Self> {
        Self::over(Input::open(path, limits)?, offset, line)
    }

    /// Begins at a byte of the input's content that stands at the beginning of line `line`.
    pub(crate) fn over(input: Input, offset: u64, line: u64) -> Result<Self> {
        let (text, bad) = (Vec::new(), Vec::new());
        let mut window =
            Self { input, text, at: 0, checked: 0, bad, tolerant: false, loaded: offset, line, ended: false };
        window.seek(offset, line)?;
        Ok(window)
    }

    /// Leaves bytes that are no text to [`Window::bad_byte_within`].
    pub(crate) fn tolerant(mut self) -> Self {
        self.tolerant = true;
        self
    }

    pub(crate) fn seek(&mut self, offset: u64, line: u64) -> Result<()> {
        self.input.seek(offset)?;
        self.text.clear();
        self.bad.clear();
        (self.at, self.checked, self.loaded, self.line, self.ended) = (0, 0, offset, line, false);
        Ok(())
    }

    pub(crate) const fn limits(&self) -> &IngestLimits {
        self.input.limits()
    }

    /// The file's size as it is stored.
    pub(crate) const fn size(&self) -> u64 {
        self.input.stored_bytes()
    }

    /// How much of [`Window::size`] has been read.
    pub(crate) fn progress(&self) -> u64 {
        self.input.taken()
    }

    /// The text that is not used yet. It may end within a row, unless [`Window::ended`].
    pub(crate) fn rest(&self) -> &[u8] {
        self.text.get(self.at..).unwrap_or_default()
    }

    /// Whether [`Window::rest`] reaches to the end of the file.
    pub(crate) const fn ended(&self) -> bool {
        self.ended
    }

    pub(crate) const fn line(&self) -> u64 {
        self.line
    }

    /// Position in the content of the first byte not used yet.
    pub(crate) fn offset(&self) -> u64 {
        self.loaded - self.rest().len() as u64
    }

    /// Whether the rest is as long as a row may be.
    pub(crate) fn is_full(&self) -> bool {
        self.rest().len() > MAX_ROW_BYTES
    }

    /// The first byte that is no text within these positions of [`Window::rest`].
    pub(crate) fn bad_byte_within(&self, from: usize, to: usize) -> Option<usize> {
        if self.bad.is_empty() {
            return None;
        }
        let first = self.bad.partition_point(|position| *position < self.at + from);
        self.bad.get(first).map(|position| position - self.at).filter(|position| *position < to)
    }

    /// Marks `bytes` of the rest as used; they hold `lines` line ends.
    pub(crate) fn advance(&mut self, bytes: usize, lines: u64) {
        self.at = (self.at + bytes).min(self.text.len());
        self.line += lines;
    }

    /// Reads more text: a block's worth, or as much again as an unfinished row already takes.
    pub(crate) fn fill(&mut self) -> Result<()> {
        let unfinished = self.rest().len();
        if self.is_full() {
            return Err(invalid(format!(
                "The row that begins on line {} is longer than {} MiB.",
                self.line,
                MAX_ROW_BYTES >> 20
            ))
            .line(self.line)
            .advice("Check whether a quote in this row is never closed."));
        }
        self.read_more(unfinished)
    }

    /// Reads more text of a document that is needed as a whole; the caller bounds its size.
    pub(crate) fn fill_document(&mut self) -> Result<()> {
        self.read_more(self.rest().len())
    }

    /// The text that is not used yet, by itself.
    pub(crate) fn into_rest(mut self) -> Vec<u8> {
        self.text.drain(..self.at);
        self.text
    }

    fn read_more(&mut self, unfinished: usize) -> Result<()> {
        self.text.drain(..self.at);
        let used = self.at;
        self.bad.retain(|position| *position >= used);
        self.bad.iter_mut().for_each(|position| *position -= used);
        self.checked = self.checked.saturating_sub(used);
        self.at = 0;
        let wanted = BLOCK_BYTES.max(unfinished);
        let got = self.input.read(wanted, &mut self.text)?;
        self.loaded += got as u64;
        self.ended = got < wanted;
        self.check_utf8()
    }

    fn check_utf8(&mut self) -> Result<()> {
        loop {
            let unchecked = self.text.get(self.checked..).unwrap_or_default();
            let Err(error) = std::str::from_utf8(unchecked) else {
                self.checked = self.text.len();
                return Ok(());
            };
            let bad = self.checked + error.valid_up_to();
            self.checked = bad;
            let length = match error.error_len() {
                None if !self.ended => return Ok(()),
                None => self.text.len() - bad,
                Some(length) => length,
            };
            if !self.tolerant {
                return Err(self.not_text(bad));
            }
            self.bad.push(bad);
            self.checked = bad + length;
        }
    }

    fn not_text(&self, bad: usize) -> contract::errors::Failure {
        let line = self.line + line_ends(&self.text[..bad]);
        let byte = self.text.get(bad).copied().unwrap_or_default();
        let line_start = self.text[..bad].iter().rposition(|byte| matches!(byte, b'\n' | b'\r')).map_or(0, |at| at + 1);
        let before = String::from_utf8_lossy(&self.text[line_start..bad]);
        let before: String = before.chars().skip(before.chars().count().saturating_sub(40)).collect();
        invalid(format!("Line {line} is not valid UTF-8: byte 0x{byte:02X} after \"{before}\"."))
            .line(line)
            .value(before)
            .advice("Save the file in UTF-8 and upload it again.")
    }
}

/// How many lines end in this text: `\n`, `\r\n` or a lone `\r` each end one.
pub(crate) fn line_ends(text: &[u8]) -> u64 {
    let feeds = text.iter().filter(|byte| **byte == b'\n').count();
    if !text.contains(&b'\r') {
        return feeds as u64;
    }
    let lone_returns = text.iter().enumerate().filter(|(i, byte)| **byte == b'\r' && text.get(i + 1) != Some(&b'\n'));
    (feeds + lone_returns.count()) as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn line_ends_of_all_three_sorts() {
        assert_eq!(line_ends(b"a\nb\r\nc\rd"), 3);
        assert_eq!(line_ends(b"\n\n\r\r\n"), 4);
        assert_eq!(line_ends(b""), 0);
    }
}
