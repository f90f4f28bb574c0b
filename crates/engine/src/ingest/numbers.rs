//! Numbers as people write them: decimal and thousands marks, currencies, percentages, accounting negatives. No digit is lost.

use super::parse;

/// How the numbers of a column are written: the decimal mark and the thousands mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct NumberStyle {
    pub(crate) decimal: u8,
    /// 0 for none; a space stands for no-break and narrow spaces too.
    pub(crate) thousands: u8,
}

/// All styles; a set of them is a mask of as many bits. The first one is that of programs.
pub(crate) const STYLES: [NumberStyle; 8] = [
    NumberStyle { decimal: b'.', thousands: 0 },
    NumberStyle { decimal: b'.', thousands: b',' },
    NumberStyle { decimal: b'.', thousands: b' ' },
    NumberStyle { decimal: b'.', thousands: b'\'' },
    NumberStyle { decimal: b'.', thousands: b'_' },
    NumberStyle { decimal: b',', thousands: 0 },
    NumberStyle { decimal: b',', thousands: b'.' },
    NumberStyle { decimal: b',', thousands: b' ' },
];
pub(crate) const PLAIN: NumberStyle = STYLES[0];
pub(crate) const ALL_STYLES: u32 = 0xFF;
pub(crate) const POINT_STYLES: u32 = 0b0001_1111;
pub(crate) const COMMA_STYLES: u32 = 0b1110_0000;

/// Signs and codes of currencies; a set of them is a mask of as many bits.
pub(crate) const CURRENCIES: [&str; 31] = [
    "US$", "R$", "C$", "A$", "$", "€", "£", "¥", "₹", "₽", "₩", "₺", "₪", "฿", "zł", "Kč", "kr", "USD", "EUR", "GBP",
    "JPY", "CHF", "CAD", "AUD", "CNY", "INR", "BRL", "SEK", "NOK", "DKK", "PLN",
];

/// The longest number that is looked at, in bytes.
const MAX_LENGTH: usize = 120;

/// What stands around the digits of a number.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Affixes {
    /// Position in [`CURRENCIES`].
    pub(crate) currency: Option<usize>,
    pub(crate) percent: bool,
    pub(crate) negative: bool,
    /// A plus sign, which only numbers with decimals or an exponent may have: others begin so as telephone numbers.
    pub(crate) plus: bool,
}

/// The digits and marks of a number, and what stands around them. `None` if nothing is left.
pub(crate) fn without_affixes(text: &[u8]) -> Option<(&[u8], Affixes)> {
    if text.len() > MAX_LENGTH {
        return None;
    }
    let mut affixes = Affixes::default();
    let mut rest = text;
    if let [b'(', inner @ .., b')'] = rest {
        (affixes.negative, rest) = (true, inner);
    }
    if let [b'+', inner @ ..] = rest {
        (affixes.plus, rest) = (true, inner);
    }
    // A minus may stand before or after the currency, once.
    for _ in 0..2 {
        if let ([b'-', inner @ ..], false) = (rest, affixes.negative || affixes.plus) {
            (affixes.negative, rest) = (true, inner);
        }
        if affixes.currency.is_none()
            && let Some((currency, inner)) = prefix(rest)
        {
            (affixes.currency, rest) = (Some(currency), inner);
        }
    }
    if let Some(inner) = rest.strip_suffix(b"%") {
        (affixes.percent, rest) = (true, without_space_behind(inner));
    }
    if affixes.currency.is_none()
        && let Some((currency, inner)) = suffix(rest)
    {
        (affixes.currency, rest) = (Some(currency), inner);
    }
    if affixes.percent && affixes.currency.is_some() {
        return None;
    }
    rest.first().is_some_and(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b',')).then_some((rest, affixes))
}

fn prefix(text: &[u8]) -> Option<(usize, &[u8])> {
    let found = CURRENCIES.iter().position(|sign| text.starts_with(sign.as_bytes()))?;
    Some((found, without_space_before(&text[CURRENCIES[found].len()..])))
}

fn suffix(text: &[u8]) -> Option<(usize, &[u8])> {
    let found = CURRENCIES.iter().position(|sign| text.ends_with(sign.as_bytes()))?;
    Some((found, without_space_behind(&text[..text.len() - CURRENCIES[found].len()])))
}

/// A space, a no-break space or a narrow no-break space.
const SPACES: [&[u8]; 4] = [b" ", "\u{a0}".as_bytes(), "\u{202f}".as_bytes(), "\u{2009}".as_bytes()];

fn without_space_before(text: &[u8]) -> &[u8] {
    SPACES.iter().find_map(|space| text.strip_prefix(*space)).unwrap_or(text)
}

fn without_space_behind(text: &[u8]) -> &[u8] {
    SPACES.iter().find_map(|space| text.strip_suffix(*space)).unwrap_or(text)
}

/// The number in the spelling of programs: no thousands marks, a point before the decimals.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Plain {
    bytes: [u8; MAX_LENGTH + 1],
    length: usize,
    /// Digits before the point.
    pub(crate) whole: usize,
    /// Digits after the point.
    pub(crate) scale: usize,
    pub(crate) exponent: bool,
}

impl Plain {
    pub(crate) fn text(&self) -> &[u8] {
        self.bytes.get(..self.length).unwrap_or_default()
    }

    fn push(&mut self, byte: u8) -> Option<()> {
        *self.bytes.get_mut(self.length)? = byte;
        self.length += 1;
        Some(())
    }
}

/// Reads what [`without_affixes`] left in a style; `None` if it is not written so. No leading zeros, and thousands in
/// groups of three.
pub(crate) fn plain(digits: &[u8], negative: bool, style: NumberStyle) -> Option<Plain> {
    let mut found = Plain { bytes: [0; MAX_LENGTH + 1], length: 0, whole: 0, scale: 0, exponent: false };
    if negative {
        found.push(b'-')?;
    }
    let mut rest = digits;
    let mut group: Option<usize> = None;
    loop {
        match rest {
            [byte @ b'0'..=b'9', more @ ..] => {
                found.push(*byte)?;
                found.whole += 1;
                group = group.map(|digits| digits + 1);
                rest = more;
            }
            _ => {
                let Some(more) = thousands_mark(rest, style.thousands) else { break };
                let begins_well = group.map_or((1..=3).contains(&found.whole), |digits| digits == 3);
                if !begins_well || !more.first().is_some_and(u8::is_ascii_digit) {
                    return None;
                }
                (group, rest) = (Some(0), more);
            }
        }
    }
    let first = usize::from(negative);
    if group.is_some_and(|digits| digits != 3) || (found.whole > 1 && found.bytes.get(first) == Some(&b'0')) {
        return None;
    }
    if let [mark, more @ ..] = rest
        && *mark == style.decimal
    {
        found.push(b'.')?;
        rest = more;
        while let [byte @ b'0'..=b'9', more @ ..] = rest {
            found.push(*byte)?;
            found.scale += 1;
            rest = more;
        }
    }
    if found.whole + found.scale == 0 {
        return None;
    }
    if let [b'e' | b'E', more @ ..] = rest {
        found.exponent = true;
        found.push(b'e')?;
        let (sign, exponent) = match more {
            [sign @ (b'+' | b'-'), exponent @ ..] => (Some(*sign), exponent),
            exponent => (None, exponent),
        };
        if exponent.is_empty() || !exponent.iter().all(u8::is_ascii_digit) {
            return None;
        }
        for byte in sign.iter().chain(exponent) {
            found.push(*byte)?;
        }
        rest = &[];
    }
    rest.is_empty().then_some(found)
}

fn thousands_mark(text: &[u8], mark: u8) -> Option<&[u8]> {
    match mark {
        0 => None,
        b' ' => SPACES.iter().find_map(|space| text.strip_prefix(*space)),
        b'\'' => text.strip_prefix(b"'").or_else(|| text.strip_prefix("\u{2019}".as_bytes())),
        mark => text.strip_prefix(&[mark]),
    }
}

/// A cell in a style, without what stands around its digits.
pub(crate) fn normal(text: &[u8], style: NumberStyle) -> Option<Plain> {
    let (digits, affixes) = without_affixes(text)?;
    plain(digits, affixes.negative, style).filter(|plain| !affixes.plus || plain.scale > 0 || plain.exponent)
}

/// Digits after the point that say something count; the value times ten to the power of `scale`.
pub(crate) fn decimal(text: &[u8], scale: usize) -> Option<i128> {
    let (negative, digits) = match text {
        [b'-', digits @ ..] => (true, digits),
        digits => (false, digits),
    };
    let (mut value, mut seen, mut after) = (0_i128, 0, None);
    for byte in digits {
        match byte {
            b'0'..=b'9' => {
                value = value.checked_mul(10)?.checked_add(i128::from(byte - b'0'))?;
                seen += 1;
                after = after.map(|digits: usize| digits + 1);
            }
            b'.' if after.is_none() => after = Some(0),
            _ => return None,
        }
    }
    let missing = scale.checked_sub(after.unwrap_or(0))?;
    for _ in 0..missing {
        value = value.checked_mul(10)?;
    }
    // The largest value of 38 digits.
    if seen == 0 || value >= 10_i128.pow(38) {
        return None;
    }
    Some(if negative { -value } else { value })
}

/// Whether a float keeps the number exactly as it is spelled: reading it and writing it again gives the same digits.
pub(crate) fn float_keeps(plain: &Plain) -> bool {
    if plain.whole + plain.scale <= 15 {
        return true;
    }
    let text = plain.text();
    let Some(value) = parse::float_of_any_size(text) else { return false };
    // A whole number that a float holds is the same number, however long the shortest spelling of the float is.
    if plain.scale == 0 && !plain.exponent {
        return text.len() <= 20 && parse::integer(text).is_some_and(parse::is_exact_float);
    }
    significant_digits(format!("{value:e}").as_bytes()) == significant_digits(text)
}

/// The digits before an exponent, without sign, point and zeros at either end.
fn significant_digits(text: &[u8]) -> Vec<u8> {
    let mantissa = text.split(|byte| matches!(byte, b'e' | b'E')).next().unwrap_or_default();
    let mut digits: Vec<u8> =
        mantissa.iter().copied().filter(u8::is_ascii_digit).skip_while(|byte| *byte == b'0').collect();
    while digits.last() == Some(&b'0') {
        digits.pop();
    }
    digits
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str, decimal: char, thousands: &str) -> Option<String> {
        let style = NumberStyle { decimal: decimal as u8, thousands: thousands.bytes().next().unwrap_or(0) };
        normal(text.as_bytes(), style).map(|plain| String::from_utf8(plain.text().to_vec()).unwrap())
    }

    #[test]
    fn numbers_as_people_write_them() {
        for (text, decimal, thousands, expected) in [
            ("1,234.5", '.', ",", "1234.5"),
            ("1.234,5", ',', ".", "1234.5"),
            ("1 234 567,25", ',', " ", "1234567.25"),
            ("1\u{a0}234", '.', " ", "1234"),
            ("12'345", '.', "'", "12345"),
            ("$1,200", '.', ",", "1200"),
            ("-$5", '.', ",", "-5"),
            ("$-5", '.', ",", "-5"),
            ("($5.25)", '.', ",", "-5.25"),
            ("12,5 %", ',', "", "12.5"),
            ("3.50 €", '.', "", "3.50"),
            ("CHF 10", '.', "", "10"),
            (",5", ',', "", ".5"),
            ("1e-3", '.', "", "1e-3"),
        ] {
            assert_eq!(read(text, decimal, thousands).as_deref(), Some(expected), "{text}");
        }
        for (text, decimal, thousands) in [
            ("1,23", '.', ","),
            ("1234,567", '.', ","),
            ("1,2345", '.', ","),
            (",123", '.', ","),
            ("1,,234", '.', ","),
            ("007", '.', ""),
            ("0,123", '.', ","),
            ("$", '.', ""),
            ("5$%", '.', ""),
            ("--5", '.', ""),
            ("1.2.3", '.', ","),
            ("", '.', ""),
            ("1e", '.', ""),
        ] {
            assert_eq!(read(text, decimal, thousands), None, "{text}");
        }
    }

    #[test]
    fn decimals_keep_every_digit() {
        assert_eq!(decimal(b"-1.50", 3), Some(-1500));
        assert_eq!(decimal(b"99999999999999999999999999999999999999", 0), Some(10_i128.pow(38) - 1));
        assert_eq!(decimal(b"100000000000000000000000000000000000000", 0), None);
        assert_eq!(decimal(b"0.123", 2), None);
        assert_eq!(decimal(b".", 2), None);
    }

    #[test]
    fn what_a_float_keeps() {
        for (text, kept) in [
            ("0.1", true),
            ("123456789012345", true),
            ("0.30000000000000004", true),
            ("0.300000000000000041", false),
            ("9007199254740993", false),
            ("18014398509481984", true),
            ("3.14159265358979323846", false),
            ("1000000000000000.5", true),
            ("12345678901234567890.5", false),
        ] {
            assert_eq!(float_keeps(&normal(text.as_bytes(), PLAIN).unwrap()), kept, "{text}");
        }
    }
}
