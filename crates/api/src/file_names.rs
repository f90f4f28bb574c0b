//! Names of downloaded files: safe on every system, and told in a form that every client reads (RFC 6266, RFC 8187).

use std::fmt::Write as _;

/// Most file systems take 255 bytes; the ending and a number that a browser adds need some.
const MOST_BYTES: usize = 200;
/// Names that mean devices on Windows, whatever their ending.
const DEVICES: [&str; 6] = ["con", "prn", "aux", "nul", "com", "lpt"];

/// The value of `Content-Disposition` for a download of something called `name`, as a file with this ending.
pub fn attachment(name: &str, ending: &str) -> String {
    let stem = safe_stem(name);
    let plain: String = stem.chars().map(|letter| if is_plain(letter) { letter } else { '_' }).collect();
    if plain == stem {
        return format!("attachment; filename=\"{plain}.{ending}\"");
    }
    format!("attachment; filename=\"{plain}.{ending}\"; filename*=UTF-8''{}.{ending}", coded(&stem))
}

/// Whether a letter may stand between quotes as it is.
const fn is_plain(letter: char) -> bool {
    matches!(letter, ' '..='~') && !matches!(letter, '"' | '\\' | '%')
}

/// The name without anything that a file system, a shell or an eye could take for something else.
fn safe_stem(name: &str) -> String {
    let clean: String = name.chars().filter(|letter| !is_invisible(*letter)).map(harmless).collect();
    let mut end = clean.len().min(MOST_BYTES);
    while !clean.is_char_boundary(end) {
        end -= 1;
    }
    let stem = clean[..end].trim_matches([' ', '.', '-', '~']).to_owned();
    let first = stem.split('.').next().unwrap_or_default().to_ascii_lowercase();
    let is_device = DEVICES.contains(&first.trim_end_matches(|letter: char| letter.is_ascii_digit()));
    match stem.is_empty() {
        true => "dataset".to_owned(),
        false if is_device => format!("_{stem}"),
        false => stem,
    }
}

fn harmless(letter: char) -> char {
    match letter {
        '/' | '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|' => '_',
        letter if letter.is_whitespace() => ' ',
        letter => letter,
    }
}

/// Control characters, and those that turn the direction of writing: they can hide a name's real ending.
const fn is_invisible(letter: char) -> bool {
    let is_control = matches!(letter, '\0'..='\u{8}' | '\u{e}'..='\u{1f}' | '\u{7f}'..='\u{9f}');
    is_control
        || matches!(letter, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

fn coded(text: &str) -> String {
    let mut coded = String::new();
    for byte in text.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => coded.push(char::from(byte)),
            other => {
                let _ = write!(coded, "%{other:02X}");
            }
        }
    }
    coded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_names_stay() {
        assert_eq!(attachment("Sales 2024", "csv"), "attachment; filename=\"Sales 2024.csv\"");
    }

    #[test]
    fn other_letters_are_told_twice() {
        let expected = "attachment; filename=\"_bers_tze.csv\"; filename*=UTF-8''%C3%9Cbers%C3%A4tze.csv";
        assert_eq!(attachment("Übersätze", "csv"), expected);
        assert_eq!(attachment("100%", "csv"), "attachment; filename=\"100_.csv\"; filename*=UTF-8''100%25.csv");
    }

    #[test]
    fn nothing_leads_out_of_a_folder_or_a_header() {
        let names = [
            "../../etc/passwd",
            "a\r\nSet-Cookie: x=1",
            "\"; filename=evil",
            "..",
            "",
            "\u{202e}vsc.exe",
            "C:\\x",
            "nul",
            "Com1.txt",
        ];
        for name in names {
            let value = attachment(name, "csv");
            assert!(value.is_ascii() && !value.contains(['\r', '\n', '\\', '/']), "{value}");
            assert_eq!(value.matches('"').count(), 2, "{value}");
        }
        assert_eq!(attachment("..", "csv"), "attachment; filename=\"dataset.csv\"");
        assert_eq!(attachment("nul", "csv"), "attachment; filename=\"_nul.csv\"");
        assert_eq!(attachment("\u{202e}gpj.sales", "csv"), "attachment; filename=\"gpj.sales.csv\"");
        assert!(attachment(&"ü".repeat(300), "csv").len() < 900);
    }
}
