//! Texts that look like data about a person: addresses of e-mail, telephone numbers, bank accounts, payment cards.

use contract::profile::PersonalData;

/// What a text looks like, if anything.
pub(crate) fn kind_of(text: &str) -> Option<PersonalData> {
    let text = text.trim();
    if text.len() < 6 || text.len() > 254 {
        return None;
    }
    if is_email(text) {
        return Some(PersonalData::Email);
    }
    if is_iban(text) {
        return Some(PersonalData::Iban);
    }
    if is_card(text) {
        return Some(PersonalData::Card);
    }
    is_phone(text).then_some(PersonalData::Phone)
}

fn is_email(text: &str) -> bool {
    let Some((name, host)) = text.split_once('@') else { return false };
    let (Some((_, top)), false) = (host.rsplit_once('.'), host.contains('@')) else { return false };
    let plain = |c: char| c.is_alphanumeric() || ".-_+%'".contains(c);
    !name.is_empty()
        && name.chars().all(plain)
        && !host.starts_with('.')
        && host.chars().all(|c| c.is_alphanumeric() || c == '.' || c == '-')
        && top.chars().count() >= 2
        && top.chars().all(char::is_alphabetic)
}

/// Two letters, two digits, and the remainder 1 of ISO 7064 (mod 97-10); blanks between are common.
fn is_iban(text: &str) -> bool {
    let signs: Vec<u8> = text.bytes().filter(|byte| *byte != b' ').collect();
    let (15..=34, [a, b, c, d, ..]) = (signs.len(), signs.as_slice()) else { return false };
    if !(a.is_ascii_uppercase() && b.is_ascii_uppercase() && c.is_ascii_digit() && d.is_ascii_digit()) {
        return false;
    }
    let mut rest = 0_u32;
    for sign in signs.iter().skip(4).chain(signs.iter().take(4)) {
        rest = match sign {
            b'0'..=b'9' => (rest * 10 + u32::from(sign - b'0')) % 97,
            b'A'..=b'Z' => (rest * 100 + u32::from(sign - b'A') + 10) % 97,
            _ => return false,
        };
    }
    rest == 1
}

/// 13 to 19 digits, beginning as cards do, with Luhn's check digit; blanks or hyphens may stand between.
fn is_card(text: &str) -> bool {
    if !text.bytes().all(|byte| byte.is_ascii_digit() || byte == b' ' || byte == b'-') {
        return false;
    }
    let digits: Vec<u32> = text.bytes().filter(u8::is_ascii_digit).map(|byte| u32::from(byte - b'0')).collect();
    (13..=19).contains(&digits.len()) && matches!(digits.first(), Some(2..=6)) && luhn(&digits)
}

fn luhn(digits: &[u32]) -> bool {
    let doubled = |digit: u32| if digit > 4 { 2 * digit - 9 } else { 2 * digit };
    let weighted = digits.iter().rev().enumerate().map(|(i, digit)| if i % 2 == 1 { doubled(*digit) } else { *digit });
    weighted.sum::<u32>() % 10 == 0
}

/// With a leading + or 0 or an area code in brackets, 7 to 15 digits, and nothing but what separates them. Plain digits
/// are rather a key, and a date has other separators.
fn is_phone(text: &str) -> bool {
    let begins = text.starts_with('+') || text.starts_with('(');
    let grouped = text.starts_with('0') && text.contains([' ', '/', '-']);
    let spaced = text.len() == 12 && text.split(['-', '.']).map(str::len).eq([3, 3, 4]);
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    (begins || grouped || spaced)
        && (7..=15).contains(&digits)
        && text.chars().all(|c| c.is_ascii_digit() || "+ ()-/.".contains(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_looks_like_a_person() {
        for (text, expected) in [
            ("ada@example.org", Some(PersonalData::Email)),
            ("a.b+c@mail.example.co.uk", Some(PersonalData::Email)),
            ("@example.org", None),
            ("a@b@c.de", None),
            ("DE89 3704 0044 0532 0130 00", Some(PersonalData::Iban)),
            ("DE88370400440532013000", None),
            ("4111 1111 1111 1111", Some(PersonalData::Card)),
            ("4111 1111 1111 1112", None),
            ("+49 30 901820", Some(PersonalData::Phone)),
            ("(212) 555-0123", Some(PersonalData::Phone)),
            ("212-555-0123", Some(PersonalData::Phone)),
            ("2024-01-31", None),
            ("0012345", None),
            ("Torgersen", None),
        ] {
            let found = kind_of(text);
            assert_eq!(found, expected, "{text}");
        }
    }
}
