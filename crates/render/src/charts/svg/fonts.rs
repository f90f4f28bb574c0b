//! The fonts of a drawing and the widths of texts in them.

use std::sync::OnceLock;

use ab_glyph::{Font, FontRef, GlyphId};
use plotters::style::{FontStyle, register_font};

pub(crate) const SANS: &str = "IBM Plex Sans";
pub(crate) const CONDENSED: &str = "IBM Plex Sans Condensed";

const SANS_REGULAR: &[u8] = include_bytes!("../../../fonts/IBMPlexSans-Regular.ttf");
const SANS_SEMIBOLD: &[u8] = include_bytes!("../../../fonts/IBMPlexSans-SemiBold.ttf");
const CONDENSED_REGULAR: &[u8] = include_bytes!("../../../fonts/IBMPlexSansCondensed-Regular.ttf");
const CONDENSED_SEMIBOLD: &[u8] = include_bytes!("../../../fonts/IBMPlexSansCondensed-SemiBold.ttf");

/// All font files: family, whether it is semibold, bytes.
pub(crate) const FILES: [(&str, bool, &[u8]); 4] = [
    (SANS, false, SANS_REGULAR),
    (SANS, true, SANS_SEMIBOLD),
    (CONDENSED, false, CONDENSED_REGULAR),
    (CONDENSED, true, CONDENSED_SEMIBOLD),
];

/// The face of a text. Numbers, axes and legends are condensed, titles are not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Face {
    pub is_condensed: bool,
    pub is_semibold: bool,
}

impl Face {
    pub(crate) const LABEL: Self = Self { is_condensed: true, is_semibold: false };
    pub(crate) const STRONG: Self = Self { is_condensed: true, is_semibold: true };
    pub(crate) const TITLE: Self = Self { is_condensed: false, is_semibold: true };
    pub(crate) const PROSE: Self = Self { is_condensed: false, is_semibold: false };

    pub(crate) const fn family(self) -> &'static str {
        if self.is_condensed { CONDENSED } else { SANS }
    }

    const fn place(self) -> usize {
        (self.is_condensed as usize) * 2 + self.is_semibold as usize
    }
}

/// The width of a text in CSS pixels: the sum of the font's advance widths. Characters that the font does not have count
/// as squares, which is what most of the scripts that it lacks need.
pub(crate) fn width(text: &str, size: f64, face: Face) -> f64 {
    let Some(font) = parsed().get(face.place()).and_then(Option::as_ref) else { return 0.0 };
    let em = f64::from(font.units_per_em().unwrap_or(1000.0));
    let units: f64 = text
        .chars()
        .map(|letter| match font.glyph_id(letter) {
            GlyphId(0) => em,
            glyph => f64::from(font.h_advance_unscaled(glyph)),
        })
        .sum();
    units * size / em
}

/// Breaks a text into lines of at most `most` pixels, between words where it can; what needs more than `limit` lines is cut.
pub(crate) fn lines(text: &str, size: f64, face: Face, most: f64, limit: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(line) if width(&format!("{line} {word}"), size, face) <= most => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    let is_cut = lines.len() > limit;
    lines.truncate(limit);
    if let (true, Some(last)) = (is_cut, lines.last_mut()) {
        last.push('…');
    }
    lines.iter().map(|line| cut(line, size, face, most)).collect()
}

/// The text, or as much of its beginning as fits with "…".
pub(crate) fn cut(text: &str, size: f64, face: Face, most: f64) -> String {
    if width(text, size, face) <= most {
        return text.to_owned();
    }
    let mut letters: Vec<char> = text.trim_end_matches('…').chars().collect();
    while let Some(_last) = letters.pop() {
        let short: String = letters.iter().collect::<String>().trim_end().to_owned() + "…";
        if width(&short, size, face) <= most {
            return short;
        }
    }
    String::new()
}

/// Makes the fonts known to plotters; once.
pub(crate) fn register() {
    static REGISTERED: OnceLock<()> = OnceLock::new();
    REGISTERED.get_or_init(|| {
        for (family, is_semibold, bytes) in FILES {
            let style = if is_semibold { FontStyle::Bold } else { FontStyle::Normal };
            // The bytes are part of the program, and a test reads each.
            let _ = register_font(family, style, bytes);
        }
    });
}

fn parsed() -> &'static [Option<FontRef<'static>>; 4] {
    static PARSED: OnceLock<[Option<FontRef<'static>>; 4]> = OnceLock::new();
    PARSED.get_or_init(|| FILES.map(|(_, _, bytes)| FontRef::try_from_slice(bytes).ok()))
}
