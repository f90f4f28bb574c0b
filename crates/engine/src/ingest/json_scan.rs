//! Finds where one JSON record ends, without parsing it and without recursion.

/// Objects and arrays may be nested this deep within a record, the record counted.
pub(crate) const MAX_DEPTH: usize = 128;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Extent {
    /// The record ends before this position.
    Ends(usize),
    /// The text stops within the record.
    Open,
    /// The bracket at this position is nested too deep.
    TooDeep(usize),
}

/// The extent of the object that opens at `at`. Only strings and the number of brackets are looked at; whether the
/// record is well-formed is for the parser to say.
pub(crate) fn record_extent(text: &[u8], at: usize) -> Extent {
    let (mut depth, mut in_string, mut i) = (0_usize, false, at);
    while let Some(byte) = text.get(i) {
        match byte {
            b'\\' if in_string => i += 1,
            b'"' => in_string = !in_string,
            b'{' | b'[' if !in_string => {
                depth += 1;
                if depth > MAX_DEPTH {
                    return Extent::TooDeep(i);
                }
            }
            b'}' | b']' if !in_string => {
                depth -= 1;
                if depth == 0 {
                    return Extent::Ends(i + 1);
                }
            }
            _ => {}
        }
        i += 1;
    }
    Extent::Open
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn brackets_in_strings_do_not_count() {
        let text = br#"{"a\"}":"}]","b":[{}]} tail"#;
        assert_eq!(record_extent(text, 0), Extent::Ends(text.len() - 5));
        assert_eq!(record_extent(b"{\"a\":\"\\", 0), Extent::Open);
        assert_eq!(record_extent(b"{\"a\":[", 0), Extent::Open);
    }

    #[test]
    fn depth_is_limited_at_its_bracket() {
        let deep = |n: usize| format!("{{\"a\":{}{}}}", "[".repeat(n), "]".repeat(n));
        assert!(matches!(record_extent(deep(127).as_bytes(), 0), Extent::Ends(_)));
        assert_eq!(record_extent(deep(128).as_bytes(), 0), Extent::TooDeep(5 + 127));
        assert_eq!(record_extent(deep(100_000).as_bytes(), 0), Extent::TooDeep(5 + 127));
    }
}
