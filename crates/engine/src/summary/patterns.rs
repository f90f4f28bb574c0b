//! How texts look: letters in a row are `a`, digits in a row `9`.

use std::cmp::Reverse;

use contract::profile::TextPattern;
use polars::prelude::{InitHashMaps, PlHashMap};

/// How many patterns are told.
const TOLD: usize = 10;
/// More patterns than this are prose, and no look is common.
const MOST: usize = 10_000;
/// Longer looks are cut.
const LENGTH: usize = 40;

/// Counts looks.
#[derive(Default)]
pub(crate) struct Patterns {
    counts: PlHashMap<String, u64>,
    look: String,
}

impl Patterns {
    pub(crate) fn new() -> Self {
        Self { counts: PlHashMap::new(), look: String::new() }
    }

    /// Once the looks are too many, only known ones are counted on.
    pub(crate) fn add(&mut self, text: &str, count: u64) {
        self.look.clear();
        let mut last = None;
        for letter in text.chars() {
            let sign = match letter {
                letter if letter.is_alphabetic() => 'a',
                letter if letter.is_numeric() => '9',
                letter => letter,
            };
            if last == Some(sign) && matches!(sign, 'a' | '9') {
                continue;
            }
            if self.look.chars().count() == LENGTH {
                self.look.push('…');
                break;
            }
            self.look.push(sign);
            last = Some(sign);
        }
        if let Some(known) = self.counts.get_mut(&self.look) {
            *known += count;
        } else if self.counts.len() < MOST {
            self.counts.insert(self.look.clone(), count);
        }
    }

    /// The most frequent ones; none where there are too many.
    pub(crate) fn told(self) -> Vec<TextPattern> {
        if self.counts.len() >= MOST {
            return Vec::new();
        }
        let mut found: Vec<TextPattern> =
            self.counts.into_iter().map(|(pattern, count)| TextPattern { pattern, count }).collect();
        found.sort_by(|left, right| (Reverse(left.count), &left.pattern).cmp(&(Reverse(right.count), &right.pattern)));
        found.truncate(TOLD);
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_and_digits_in_a_row_look_alike() {
        let mut patterns = Patterns::new();
        for text in ["2024-01-31", "1999-1-1", "31.01.2024", "AB-12", "ü x"] {
            patterns.add(text, 1);
        }
        let told: Vec<(String, u64)> = patterns.told().into_iter().map(|told| (told.pattern, told.count)).collect();
        let expected = [("9-9-9", 2), ("9.9.9", 1), ("a a", 1), ("a-9", 1)];
        assert_eq!(told, expected.map(|(look, count)| (look.to_owned(), count)));
    }
}
