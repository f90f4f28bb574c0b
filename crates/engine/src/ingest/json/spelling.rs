//! Values as they are spelled: strings without their escapes, nested values without blanks.

/// The text of a string whose escapes have been scanned.
pub(super) fn unescape(raw: &[u8]) -> Vec<u8> {
    let mut text = Vec::with_capacity(raw.len());
    let mut at = 0;
    while let Some(byte) = raw.get(at) {
        if *byte != b'\\' {
            text.push(*byte);
            at += 1;
            continue;
        }
        at += 2;
        match raw.get(at - 1) {
            Some(b'b') => text.push(8),
            Some(b'f') => text.push(12),
            Some(b'n') => text.push(b'\n'),
            Some(b'r') => text.push(b'\r'),
            Some(b't') => text.push(b'\t'),
            Some(b'u') => {
                let mut code = hexadecimal(raw, at);
                at += 4;
                if (0xD800..0xDC00).contains(&code) {
                    code = 0x10000 + ((code - 0xD800) << 10) + (hexadecimal(raw, at + 2) & 0x3FF);
                    at += 6;
                }
                let letter = char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER);
                text.extend_from_slice(letter.encode_utf8(&mut [0; 4]).as_bytes());
            }
            Some(other) => text.push(*other),
            None => {}
        }
    }
    text
}

fn hexadecimal(raw: &[u8], at: usize) -> u32 {
    let digits = raw.get(at..at + 4).unwrap_or_default();
    digits.iter().fold(0, |code, digit| code * 16 + char::from(*digit).to_digit(16).unwrap_or(0))
}

/// The value without the blanks between its parts; `None` if there are none.
pub(super) fn compact(raw: &[u8]) -> Option<Vec<u8>> {
    let mut text = Vec::new();
    let (mut quoted, mut escaped, mut found) = (false, false, false);
    for byte in raw {
        if !quoted && matches!(byte, b' ' | b'\t' | b'\n' | b'\r') {
            found = true;
            continue;
        }
        text.push(*byte);
        if *byte == b'"' && !escaped {
            quoted = !quoted;
        }
        escaped = quoted && *byte == b'\\' && !escaped;
    }
    found.then_some(text)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn blanks_between_parts_go_and_those_in_strings_stay() {
        assert_eq!(compact(b"[ 1,\n \"a \\\" b\" ]").as_deref(), Some(&b"[1,\"a \\\" b\"]"[..]));
        assert_eq!(compact(b"[1,\"a \\\\\"]"), None);
    }

    proptest! {
        #[test]
        fn strings_come_back(text in any::<String>()) {
            let spelled = serde_json::to_string(&text).unwrap_or_default();
            let raw = &spelled.as_bytes()[1..spelled.len() - 1];
            prop_assert_eq!(unescape(raw), text.as_bytes());
        }
    }
}
