//! What the spelling of one cell allows: a set of possible readings, and facts that decide between types later.

use contract::ingest::DateOrder;

use super::dates::{self, Moment};
use super::numbers::{self, ALL_STYLES, COMMA_STYLES, POINT_STYLES, STYLES};
use super::parse;

/// Readings are bits: the first eight are the number styles.
pub(crate) const NUMBERS: u32 = ALL_STYLES;
/// Pairs of words for true and false, one bit each.
pub(crate) const WORDS: [(&str, &str); 5] = [("true", "false"), ("yes", "no"), ("y", "n"), ("t", "f"), ("on", "off")];
const FIRST_WORD: u32 = 8;
pub(crate) const BOOLEANS: u32 = 0b1_1111 << FIRST_WORD;
pub(crate) const TRUE_FALSE: u32 = 1 << FIRST_WORD;
const FIRST_ORDER: u32 = 13;
pub(crate) const ORDERS: [DateOrder; 3] = [DateOrder::Ymd, DateOrder::Dmy, DateOrder::Mdy];
pub(crate) const YMD: u32 = 1 << FIRST_ORDER;
pub(crate) const DMY: u32 = 1 << (FIRST_ORDER + 1);
pub(crate) const MDY: u32 = 1 << (FIRST_ORDER + 2);
pub(crate) const DATES: u32 = YMD | DMY | MDY;
pub(crate) const TIME: u32 = 1 << 16;
/// 1 and 0 as truth values, only where booleans are asked for.
pub(crate) const ONE_ZERO: u32 = 1 << 17;
pub(crate) const ALL: u32 = NUMBERS | BOOLEANS | DATES | TIME;

/// Facts are bits that any cell of a column can set.
pub(crate) mod fact {
    /// A cell that can be nothing but text.
    pub(crate) const TEXT: u32 = 1;
    pub(crate) const NUMBER: u32 = 1 << 1;
    /// A number without currency and percent sign.
    pub(crate) const BARE: u32 = 1 << 2;
    pub(crate) const PERCENT: u32 = 1 << 3;
    pub(crate) const CURRENCY: u32 = 1 << 4;
    pub(crate) const EXPONENT: u32 = 1 << 5;
    pub(crate) const INFINITE: u32 = 1 << 6;
    /// A whole number beyond 64 bits.
    pub(crate) const WIDE: u32 = 1 << 7;
    /// A number that a float would round, read with a point or with a comma.
    pub(crate) const ROUNDED_POINT: u32 = 1 << 8;
    pub(crate) const ROUNDED_COMMA: u32 = 1 << 9;
    pub(crate) const DATE: u32 = 1 << 10;
    pub(crate) const DATETIME: u32 = 1 << 11;
    pub(crate) const OFFSET: u32 = 1 << 12;
    pub(crate) const LOCAL: u32 = 1 << 13;
    /// The month is a name.
    pub(crate) const NAMED: u32 = 1 << 14;
    pub(crate) const BOOLEAN: u32 = 1 << 15;
    pub(crate) const TRUE: u32 = 1 << 16;
    pub(crate) const FALSE: u32 = 1 << 17;
    pub(crate) const CLOCK: u32 = 1 << 18;
    /// A mark that is a decimal mark in one style and a thousands mark in another.
    pub(crate) const MARK: u32 = 1 << 19;
    /// A number beyond the range of floats.
    pub(crate) const HUGE: u32 = 1 << 20;
    /// A number with leading zeros, as identifiers and codes have them.
    pub(crate) const ZEROS: u32 = 1 << 21;
}

/// What a cell says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Spelling {
    /// The readings that fit.
    pub(crate) possible: u32,
    pub(crate) facts: u32,
    /// The number styles in which the cell is no whole number.
    pub(crate) fractions: u32,
    /// The most digits before the mark and after it, with a point and with a comma for decimals.
    pub(crate) whole: [u8; 2],
    pub(crate) scale: [u8; 2],
    /// Currencies, as bits.
    pub(crate) currencies: u32,
}

/// Looks at a cell without blanks around it; it is neither empty nor a spelling of a missing cell.
pub(crate) fn spelling(text: &[u8]) -> Spelling {
    let mut found = number(text);
    if found.facts & fact::NUMBER == 0 {
        boolean(text, &mut found);
        moment(text, &mut found);
    }
    if found.possible == 0 && found.facts & (fact::ZEROS | fact::HUGE) == 0 {
        found.facts |= fact::TEXT;
    }
    found
}

/// The cell as a number alone.
pub(crate) fn number(text: &[u8]) -> Spelling {
    let mut found = Spelling::default();
    if let Some(infinite) = infinity(text) {
        (found.possible, found.fractions) = (POINT_STYLES | COMMA_STYLES, NUMBERS);
        found.facts = fact::NUMBER | fact::BARE | infinite;
        return found;
    }
    let Some((digits, affixes)) = numbers::without_affixes(text) else { return found };
    for (bit, style) in STYLES.iter().enumerate() {
        let Some(plain) = numbers::plain(digits, affixes.negative, *style) else { continue };
        if affixes.plus && plain.scale == 0 && !plain.exponent {
            continue;
        }
        let comma = usize::from(style.decimal == b',');
        found.possible |= 1 << bit;
        if plain.scale > 0 || plain.exponent || plain.text().ends_with(b".") {
            found.fractions |= 1 << bit;
        }
        found.whole[comma] = found.whole[comma].max(plain.whole as u8);
        found.scale[comma] = found.scale[comma].max(plain.scale as u8);
        if plain.exponent {
            found.facts |= fact::EXPONENT;
        } else if !numbers::float_keeps(&plain) {
            found.facts |= if comma == 1 { fact::ROUNDED_COMMA } else { fact::ROUNDED_POINT };
            let is_whole = plain.scale == 0 && !plain.text().ends_with(b".");
            if is_whole && parse::integer(plain.text()).is_none() {
                found.facts |= fact::WIDE;
            }
        }
        if plain.exponent && parse::float_of_any_size(plain.text()).is_none() {
            return Spelling { facts: fact::HUGE, ..Spelling::default() };
        }
    }
    if found.possible == 0 {
        if digits.len() > 1 && digits.iter().all(u8::is_ascii_digit) {
            found.facts |= fact::ZEROS;
        }
        return found;
    }
    found.facts |= fact::NUMBER;
    found.facts |= match (affixes.currency, affixes.percent) {
        (Some(currency), _) => {
            found.currencies = 1 << currency;
            fact::CURRENCY
        }
        (None, true) => fact::PERCENT,
        (None, false) => fact::BARE,
    };
    if found.possible & POINT_STYLES != 0
        && found.possible & COMMA_STYLES != 0
        && found.fractions != 0
        && found.facts & fact::EXPONENT == 0
    {
        found.facts |= fact::MARK;
    }
    found
}

fn infinity(text: &[u8]) -> Option<u32> {
    let word = text.strip_prefix(b"-").unwrap_or(text);
    (word.eq_ignore_ascii_case(b"inf") || word.eq_ignore_ascii_case(b"infinity")).then_some(fact::INFINITE)
}

fn boolean(text: &[u8], found: &mut Spelling) {
    if text.len() > 5 {
        return;
    }
    for (pair, (yes, no)) in WORDS.iter().enumerate() {
        let is_true = text.eq_ignore_ascii_case(yes.as_bytes());
        if is_true || text.eq_ignore_ascii_case(no.as_bytes()) {
            found.possible |= 1 << (FIRST_WORD + pair as u32);
            found.facts |= fact::BOOLEAN | if is_true { fact::TRUE } else { fact::FALSE };
        }
    }
}

fn moment(text: &[u8], found: &mut Spelling) {
    if !text.first().is_some_and(u8::is_ascii_alphanumeric) {
        return;
    }
    if dates::time(text).is_some() {
        found.possible |= TIME;
        found.facts |= fact::CLOCK;
    }
    for (bit, order) in ORDERS.iter().enumerate() {
        let Some(moment) = dates::moment(text, *order) else { continue };
        found.possible |= 1 << (FIRST_ORDER + bit as u32);
        found.facts |= moment_facts(moment);
        let names = text.iter().take(7).any(|byte| byte.is_ascii_alphabetic() && !matches!(byte, b'T' | b't'));
        if names {
            found.facts |= fact::NAMED;
        }
    }
}

pub(crate) const fn moment_facts(moment: Moment) -> u32 {
    match moment.time {
        None => fact::DATE,
        Some((_, None)) => fact::DATETIME | fact::LOCAL,
        Some((_, Some(_))) => fact::DATETIME | fact::OFFSET,
    }
}

/// The truth value of a cell in a column that has one of these pairs of words.
pub(crate) fn truth(text: &[u8], pairs: u32) -> Option<bool> {
    match text {
        b"1" if pairs & ONE_ZERO != 0 => return Some(true),
        b"0" if pairs & ONE_ZERO != 0 => return Some(false),
        _ => {}
    }
    WORDS.iter().enumerate().filter(|(pair, _)| pairs & (1 << (FIRST_WORD + *pair as u32)) != 0).find_map(
        |(_, (yes, no))| {
            if text.eq_ignore_ascii_case(yes.as_bytes()) {
                return Some(true);
            }
            text.eq_ignore_ascii_case(no.as_bytes()).then_some(false)
        },
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_that_say_two_things_allow_both() {
        let found = spelling(b"1,234");
        assert_ne!(found.possible & POINT_STYLES, 0);
        assert_ne!(found.possible & COMMA_STYLES, 0);
        assert_ne!(found.facts & fact::MARK, 0);
        let found = spelling(b"1234,5");
        assert_eq!(found.possible & POINT_STYLES, 0);
        let found = spelling(b"1,234,567");
        assert_eq!(found.possible & COMMA_STYLES, 0);
    }

    #[test]
    fn identifiers_are_no_numbers() {
        for text in ["007", "+4915112345", "12-34", "1_000x", "0x1F", "1e400", "00.5"] {
            assert_eq!(spelling(text.as_bytes()).possible & NUMBERS, 0, "{text}");
        }
    }

    #[test]
    fn dates_say_which_orders_fit() {
        assert_eq!(spelling(b"13/02/2024").possible, DMY);
        assert_eq!(spelling(b"02/13/2024").possible, MDY);
        assert_eq!(spelling(b"02/03/2024").possible, DMY | MDY);
        assert_eq!(spelling(b"2024-02-03").possible, YMD);
        assert_eq!(spelling(b"12:30").possible, TIME);
        assert_eq!(spelling(b"12 Feb 2024").facts & fact::NAMED, fact::NAMED);
        assert_eq!(spelling(b"2024-02-03T10:00Z").facts & fact::NAMED, 0);
    }
}
