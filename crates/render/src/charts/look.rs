//! The colours of the two themes, from the app's own list: what is drawn here looks like what the app draws.

use std::sync::OnceLock;

use contract::charts::figure::Paint;
use contract::charts::requests::Theme;
use serde_json::Value;

/// The one list of colours, which the app imports too.
const TOKENS: &str = include_str!("../../../web/ui/src/app/tokens.json");

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub(crate) struct Rgb(pub u8, pub u8, pub u8);

impl Rgb {
    pub(crate) fn hex(self) -> String {
        format!("#{:02X}{:02X}{:02X}", self.0, self.1, self.2)
    }

    /// As CSS with an opacity.
    pub(crate) fn faded(self, alpha: f64) -> String {
        format!("rgba({},{},{},{})", self.0, self.1, self.2, (alpha * 1000.0).round() / 1000.0)
    }

    /// Relative luminance, WCAG 2.2.
    pub(crate) fn luminance(self) -> f64 {
        let part = |byte: u8| {
            let value = f64::from(byte) / 255.0;
            if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * part(self.0) + 0.7152 * part(self.1) + 0.0722 * part(self.2)
    }

    /// This colour over another one.
    pub(crate) fn over(self, ground: Self, alpha: f64) -> Self {
        let mix = |top: u8, below: u8| byte(f64::from(top) * alpha + f64::from(below) * (1.0 - alpha));
        Self(mix(self.0, ground.0), mix(self.1, ground.1), mix(self.2, ground.2))
    }
}

/// The colours of one theme.
#[derive(Debug)]
pub(crate) struct Look {
    pub surface: Rgb,
    pub sunken: Rgb,
    pub rule: Rgb,
    pub grid: Rgb,
    pub axis: Rgb,
    pub ink: Rgb,
    pub ink2: Rgb,
    pub ink3: Rgb,
    pub accent: Rgb,
    pub good: Rgb,
    pub bad: Rgb,
    pub categories: Vec<Rgb>,
    pub sequential: Vec<Rgb>,
    pub diverging: Vec<Rgb>,
}

impl Look {
    pub(crate) fn of(theme: Theme) -> &'static Self {
        static LOOKS: OnceLock<[Look; 2]> = OnceLock::new();
        let looks = LOOKS.get_or_init(|| {
            // The list is part of the program, and a test reads it.
            let tokens: Value = serde_json::from_str(TOKENS).unwrap_or_default();
            [read(&tokens["light"]), read(&tokens["dark"])]
        });
        match theme {
            Theme::Light => &looks[0],
            Theme::Dark => &looks[1],
        }
    }

    /// The colour of a role. `is_diverging` says which scale the figure's colour bar shows.
    pub(crate) fn paint(&self, paint: Paint, is_diverging: bool) -> Rgb {
        match paint {
            Paint::Category(at) => self.categories[at % self.categories.len()],
            Paint::Accent => self.accent,
            Paint::Ink => self.ink2,
            Paint::Muted => self.axis,
            Paint::Good => self.good,
            Paint::Bad => self.bad,
            Paint::Scale(place) => self.shade(place, is_diverging),
        }
    }

    /// The colour at a place of the scale, between its colours in proportion; a place that is no number is empty.
    pub(crate) fn shade(&self, place: f64, is_diverging: bool) -> Rgb {
        if place.is_nan() {
            return self.sunken;
        }
        let scale = self.scale(is_diverging);
        let steps = (scale.len() - 1) as f64;
        let at = place.clamp(0.0, 1.0) * steps;
        let low = at.floor().min(steps - 1.0);
        scale[low as usize + 1].over(scale[low as usize], at - low)
    }

    pub(crate) fn scale(&self, is_diverging: bool) -> &[Rgb] {
        if is_diverging { &self.diverging } else { &self.sequential }
    }

    /// Of the inks of both themes the one that is easier to read on this ground.
    pub(crate) fn ink_on(&self, ground: Rgb) -> Rgb {
        let dark = Rgb(0x1B, 0x22, 0x24);
        let light = Rgb(0xFF, 0xFF, 0xFF);
        let contrast = |ink: Rgb| {
            let (a, b) = (ink.luminance() + 0.05, ground.luminance() + 0.05);
            if a > b { a / b } else { b / a }
        };
        if contrast(dark) >= contrast(light) { dark } else { light }
    }
}

fn read(tokens: &Value) -> Look {
    let one = |name: &str| color(&tokens[name]);
    let list = |name: &str| -> Vec<Rgb> {
        let colors: Vec<Rgb> = tokens[name].as_array().into_iter().flatten().map(color).collect();
        if colors.len() < 2 { vec![Rgb::default(); 2] } else { colors }
    };
    Look {
        surface: one("surface"),
        sunken: one("sunken"),
        rule: one("rule"),
        grid: one("grid"),
        axis: one("axis"),
        ink: one("ink"),
        ink2: one("ink2"),
        ink3: one("ink3"),
        accent: one("accent"),
        good: one("good"),
        bad: one("bad"),
        categories: list("cat"),
        sequential: list("seq"),
        diverging: list("div"),
    }
}

fn color(value: &Value) -> Rgb {
    let hex = value.as_str().unwrap_or_default().trim_start_matches('#');
    let part = |at: usize| hex.get(at..at + 2).and_then(|digits| u8::from_str_radix(digits, 16).ok()).unwrap_or(0);
    Rgb(part(0), part(2), part(4))
}

fn byte(value: f64) -> u8 {
    value.round().clamp(0.0, 255.0) as u8
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_themes_have_all_colours() {
        for theme in [Theme::Light, Theme::Dark] {
            let look = Look::of(theme);
            assert_eq!((look.categories.len(), look.sequential.len(), look.diverging.len()), (8, 9, 9));
            assert_ne!(look.ink, look.surface);
            assert_eq!(look.paint(Paint::Category(8), false), look.categories[0]);
            assert_eq!(look.shade(0.0, false), look.sequential[0]);
            assert_eq!(look.shade(1.0, true), look.diverging[8]);
        }
        assert_eq!(Look::of(Theme::Light).accent.hex(), "#0B5F6B");
    }
}
