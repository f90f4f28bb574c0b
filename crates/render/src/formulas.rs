//! Texts that a spreadsheet program would run as a formula when it opens a CSV file (CWE-1236).

/// Whether the text begins like a formula: with `=`, `+`, `-`, `@`, a tab or a line end. A plain number with its sign,
/// such as a telephone number, is none.
pub(crate) fn looks_like_formula(text: &str) -> bool {
    match text.as_bytes() {
        [b'=' | b'@' | b'\t' | b'\r' | b'\n', ..] => true,
        [b'+' | b'-', rest @ ..] => !is_plain_number(rest),
        _ => text.starts_with(['＝', '＋', '－', '＠']),
    }
}

fn is_plain_number(digits: &[u8]) -> bool {
    let points = digits.iter().filter(|byte| **byte == b'.').count();
    points <= 1 && digits.len() > points && digits.iter().all(|byte| byte.is_ascii_digit() || *byte == b'.')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_are_told_from_numbers() {
        for text in [
            "=1+1",
            "@SUM(A1)",
            "+cmd|' /C calc'!A0",
            "-2+3",
            "\t=1",
            "\r=1",
            "\n=1",
            "-",
            "+1-1",
            "--1",
            "＝1",
            "-1.2.3",
        ] {
            assert!(looks_like_formula(text), "{text:?}");
        }
        for text in ["", "a=b", "-5", "+4712345", "-0.5", "1-2", "'=1", "x@y"] {
            assert!(!looks_like_formula(text), "{text:?}");
        }
    }
}
