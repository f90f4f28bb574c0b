//! What all cells of a column say together: readings that fit every cell, and facts of any. It depends on no order.

use super::block::CellKind;
use super::nulls::{self, Nulls};
use super::numbers::COMMA_STYLES;
use super::parse;
use super::spelling::{self, ALL, BOOLEANS, DATES, NUMBERS, Spelling, TIME, TRUE_FALSE, YMD, fact};

/// The number style of programs, the only one in JSON.
const PLAIN_NUMBER: u32 = 1;

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Evidence {
    /// The readings that fit every cell so far.
    pub(crate) possible: u32,
    pub(crate) facts: u32,
    pub(crate) fractions: u32,
    pub(crate) whole: [u8; 2],
    pub(crate) scale: [u8; 2],
    pub(crate) currencies: u32,
    /// Cells that may be missing, if the others are no text: bits of [`nulls::CANDIDATES`].
    pub(crate) nulls: u32,
    /// How many cells said something.
    pub(crate) values: u64,
    /// How many cells fit each reading; kept only where a type was asked for.
    pub(crate) counts: Option<Box<[u64; 17]>>,
    /// The reading to try first on the next cell.
    quick: Quick,
}

/// Shapes of cells that are looked at without taking them apart, once one of them has been.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Quick {
    None,
    Integer,
    Point,
    Date,
    LocalDatetime,
    OffsetDatetime,
    Boolean,
}

impl Default for Evidence {
    fn default() -> Self {
        Self {
            possible: ALL,
            facts: 0,
            fractions: 0,
            whole: [0; 2],
            scale: [0; 2],
            currencies: 0,
            nulls: 0,
            values: 0,
            counts: None,
            quick: Quick::None,
        }
    }
}

impl Evidence {
    /// Evidence that also counts how many cells fit each reading.
    pub(crate) fn counting() -> Self {
        Self { counts: Some(Box::default()), ..Self::default() }
    }

    /// Whether no further cell can change what the column becomes.
    fn is_text(&self) -> bool {
        self.possible == 0 && self.facts & fact::TEXT != 0 && self.counts.is_none()
    }

    /// Takes one more cell into account.
    pub(crate) fn observe(&mut self, kind: CellKind, bytes: &[u8], missing: &Nulls) {
        if self.is_text() {
            return;
        }
        match kind {
            CellKind::Missing => {}
            CellKind::Bare | CellKind::Quoted => {
                let text = trimmed(bytes);
                if !text.is_empty() && (missing.is_asked() || !self.is_quick(text)) {
                    self.observe_text(text, missing);
                }
            }
            CellKind::Number if self.is_quick(bytes) => {}
            CellKind::Number => self.join(only(spelling::number(bytes), PLAIN_NUMBER)),
            CellKind::String if self.is_quick_date(bytes) => {}
            CellKind::String => self.join(only(spelling::spelling(bytes), DATES | TIME)),
            CellKind::Boolean => self.join(only(spelling::spelling(bytes), TRUE_FALSE)),
            CellKind::Nested => self.join(Spelling { facts: fact::TEXT, ..Spelling::default() }),
        }
    }

    fn observe_text(&mut self, text: &[u8], missing: &Nulls) {
        if missing.holds(text) {
            return;
        }
        if let Some(candidate) = missing.candidate(text) {
            self.nulls |= 1 << candidate;
            return;
        }
        self.join(spelling::spelling(text));
    }

    fn join(&mut self, cell: Spelling) {
        self.possible &= cell.possible;
        self.facts |= cell.facts;
        self.fractions |= cell.fractions;
        self.currencies |= cell.currencies;
        for mark in 0..2 {
            self.whole[mark] = self.whole[mark].max(cell.whole[mark]);
            self.scale[mark] = self.scale[mark].max(cell.scale[mark]);
        }
        self.values += 1;
        if let Some(counts) = &mut self.counts {
            for (bit, count) in counts.iter_mut().enumerate() {
                *count += u64::from(cell.possible >> bit & 1);
            }
        } else {
            self.quick = match quick_of(&cell, self.possible) {
                // Whole numbers stand among decimals everywhere, and the quick look at decimals takes both.
                Quick::Integer if self.fractions & 1 != 0 && self.possible & COMMA_STYLES == 0 => Quick::Point,
                quick => quick,
            };
        }
    }

    /// Whether the cell says what the last one said, so that nothing changes but lengths.
    fn is_quick(&mut self, text: &[u8]) -> bool {
        let is = match self.quick {
            Quick::None => false,
            Quick::Integer => match plain_digits(text) {
                Some(digits) => {
                    let digits = digits as u8;
                    self.whole = [self.whole[0].max(digits), self.whole[1].max(digits)];
                    true
                }
                None => false,
            },
            Quick::Point => match plain_point(text) {
                Some((whole, scale)) => {
                    self.whole[0] = self.whole[0].max(whole as u8);
                    self.scale[0] = self.scale[0].max(scale as u8);
                    true
                }
                None => plain_digits(text).is_some_and(|digits| {
                    self.whole[0] = self.whole[0].max(digits as u8);
                    true
                }),
            },
            Quick::Date => parse::date(text).is_some(),
            Quick::LocalDatetime => parse::datetime(text).is_some_and(|instant| !instant.has_offset),
            Quick::OffsetDatetime => parse::datetime(text).is_some_and(|instant| instant.has_offset),
            Quick::Boolean => parse::boolean(text).is_some(),
        };
        self.values += u64::from(is);
        is
    }

    fn is_quick_date(&mut self, text: &[u8]) -> bool {
        matches!(self.quick, Quick::Date | Quick::LocalDatetime | Quick::OffsetDatetime) && self.is_quick(text)
    }

    /// Whether every cell that says something fits one of these readings.
    pub(crate) const fn can_be(&self, readings: u32) -> bool {
        self.possible & readings != 0
    }

    pub(crate) const fn has(&self, facts: u32) -> bool {
        self.facts & facts != 0
    }
}

/// Leaves those readings; a cell that has none of them is text.
const fn only(mut cell: Spelling, readings: u32) -> Spelling {
    cell.possible &= readings;
    if cell.possible == 0 {
        cell.facts = fact::TEXT;
    }
    cell
}

/// The shape of a cell whose like change nothing any more.
const fn quick_of(cell: &Spelling, possible: u32) -> Quick {
    let number = fact::NUMBER | fact::BARE;
    match cell.facts {
        facts
            if facts == number
                && matches!(cell.possible, NUMBERS | PLAIN_NUMBER)
                && cell.fractions & cell.possible == 0 =>
        {
            Quick::Integer
        }
        // A point may also mark thousands; only where that is ruled out do all such cells say the same.
        facts if facts == number && cell.fractions != 0 && possible & COMMA_STYLES == 0 && possible & 1 != 0 => {
            Quick::Point
        }
        fact::DATE if cell.possible == YMD => Quick::Date,
        facts if facts == fact::DATETIME | fact::LOCAL && cell.possible == YMD => Quick::LocalDatetime,
        facts if facts == fact::DATETIME | fact::OFFSET && cell.possible == YMD => Quick::OffsetDatetime,
        _ if cell.possible & BOOLEANS == TRUE_FALSE && cell.possible == TRUE_FALSE => Quick::Boolean,
        _ => Quick::None,
    }
}

/// How many digits a whole number has that any style and a float can hold: at most 15, no leading zero.
fn plain_digits(text: &[u8]) -> Option<usize> {
    let digits = text.strip_prefix(b"-").unwrap_or(text);
    let fits = matches!(digits.len(), 1..=15) && (digits[0] != b'0' || digits.len() == 1);
    (fits && digits.iter().all(u8::is_ascii_digit)).then_some(digits.len())
}

/// Digits before and after the point of a number that a float holds as it is spelled.
fn plain_point(text: &[u8]) -> Option<(usize, usize)> {
    let digits = text.strip_prefix(b"-").unwrap_or(text);
    if digits.len() > 16 {
        return None;
    }
    let point = digits.iter().position(|byte| *byte == b'.')?;
    let (whole, fraction) = (digits.get(..point)?, digits.get(point + 1..)?);
    if whole.is_empty() || fraction.is_empty() || (whole.len() > 1 && whole[0] == b'0') {
        return None;
    }
    let all_digits = whole.iter().all(u8::is_ascii_digit) && fraction.iter().all(u8::is_ascii_digit);
    all_digits.then_some((whole.len(), fraction.len()))
}

/// The text without blanks and tabs around it.
pub(crate) fn trimmed(mut text: &[u8]) -> &[u8] {
    while let [b' ' | b'\t', rest @ ..] = text {
        text = rest;
    }
    while let [rest @ .., b' ' | b'\t'] = text {
        text = rest;
    }
    text
}

/// Whether a cell by itself is a number, true or false, a date or a time. `y` and `no` may be anything.
pub(crate) fn is_value(text: &[u8]) -> bool {
    let text = trimmed(text);
    !text.is_empty() && !nulls::is_usual(text) && spelling::spelling(text).possible & !(BOOLEANS ^ TRUE_FALSE) != 0
}
