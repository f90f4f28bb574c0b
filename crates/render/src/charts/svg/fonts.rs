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

#[cfg(test)]
mod tests {
    use resvg::usvg::{Node, Tree};

    use super::*;
    use crate::charts::png::settings;

    /// Labels are placed by these widths and drawn by others' programs: both must agree within 2 %.
    #[test]
    fn widths_are_those_of_the_drawn_letters() {
        let labels =
            ["Revenue in k€", "1,234,567.89", "Jan 2024", "Straße nach Łódź", "Кириллица", "Ελληνικά", "−12.5 %"];
        for face in [Face::LABEL, Face::STRONG, Face::TITLE, Face::PROSE] {
            for label in labels {
                let weight = if face.is_semibold { 600 } else { 400 };
                let family = face.family();
                let svg = format!(
                    r#"<svg xmlns="http://www.w3.org/2000/svg" width="900" height="90"><text x="9" y="50" font-family="{family}" font-weight="{weight}" font-size="40">{label}</text></svg>"#
                );
                let tree = Tree::from_str(&svg, settings()).unwrap();
                let Some(Node::Text(text)) = tree.root().children().first() else { panic!("{svg}") };
                let drawn = f64::from(text.bounding_box().width());
                let measured = width(label, 40.0, face);
                assert!((drawn / measured - 1.0).abs() < 0.02, "{label} in {family} {weight}: {drawn}, {measured}");
            }
        }
    }

    #[test]
    fn all_fonts_are_read() {
        assert!(parsed().iter().all(Option::is_some));
        register();
        for (family, is_semibold, _) in FILES {
            let style = if is_semibold { FontStyle::Bold } else { FontStyle::Normal };
            let font = plotters::style::FontDesc::new(plotters::style::FontFamily::Name(family), 100.0, style);
            assert!(font.layout_box("label").is_ok(), "{family}");
        }
    }

    #[test]
    fn long_texts_are_broken_between_words_and_cut_at_the_end() {
        let lines = lines("one two three four five six seven", 12.0, Face::LABEL, 60.0, 2);
        assert_eq!(lines.len(), 2);
        assert!(lines[1].ends_with('…') && lines.iter().all(|line| width(line, 12.0, Face::LABEL) <= 60.0));
        assert_eq!(cut("short", 12.0, Face::LABEL, 600.0), "short");
        assert_eq!(cut("anything", 12.0, Face::LABEL, 0.0), "");
    }
}
