//! The marks of delimited text: what a format is made of, and what is worth a second look.

use super::line_ends::LineEnds;

/// The marks of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Format {
    pub(crate) delimiter: u8,
    pub(crate) quote: Option<u8>,
    /// Stands before a quote that belongs to the text. Equal to the quote: quotes are doubled.
    pub(crate) escape: Option<u8>,
    /// What comment lines begin with.
    pub(crate) comment: Option<Vec<u8>>,
    pub(crate) ends: LineEnds,
}

impl Format {
    /// As in RFC 4180, with another separator.
    pub(crate) fn of(delimiter: u8) -> Self {
        Self { delimiter, quote: Some(b'"'), escape: Some(b'"'), comment: None, ends: LineEnds::of(None) }
    }
}

/// What is worth a second look in a record, as bits.
pub(crate) mod odd {
    /// A quote within quotes that nothing escapes.
    pub(crate) const KEPT: u8 = 1;
    /// A backslash before a quote, where it is no escape.
    pub(crate) const BACKSLASH: u8 = 2;
    /// A field that begins with a quote of another sort.
    pub(crate) const OTHER_QUOTE: u8 = 4;
    /// A record that begins as comments do.
    pub(crate) const COMMENT: u8 = 8;
    /// A field in quotes, which is nothing odd.
    pub(crate) const QUOTED: u8 = 16;
}

/// Kinds of line ends, as bits.
pub(crate) mod ends {
    pub(crate) const LF: u8 = 1;
    pub(crate) const CRLF: u8 = 2;
    pub(crate) const CR: u8 = 4;
}

/// What comment lines may begin with.
pub(crate) const COMMENTS: [&[u8]; 3] = [b"#", b"//", b"%"];
