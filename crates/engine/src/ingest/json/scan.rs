//! A strict JSON scanner over text that may still go on: it says where a value ends, what is wrong, or that more is needed.

use std::borrow::Cow;

/// Why scanning stopped.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Stop {
    /// The text ends within the value, and the file goes on.
    More,
    Wrong(Wrong),
}

/// What is wrong, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Wrong {
    /// At this position something else was expected.
    Syntax { at: usize, expected: Cow<'static, str> },
    /// The bracket at this position is nested too deep.
    Deep { at: usize },
    /// The byte at this position is no text.
    Encoding { at: usize },
    /// There are too many columns, from the key at this position on.
    Wide { at: usize },
    /// The value at this position is larger than a cell may be.
    Large { at: usize, column: usize },
}

impl Wrong {
    pub(super) const fn at(&self) -> usize {
        match self {
            Self::Syntax { at, .. }
            | Self::Deep { at }
            | Self::Encoding { at }
            | Self::Wide { at }
            | Self::Large { at, .. } => *at,
        }
    }
}

pub(super) type Scan<T> = Result<T, Stop>;

/// A string within the text, between its quotes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Quoted {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) escaped: bool,
}

/// Scans forward from `at`. Nothing here allocates, and the depth of brackets is bounded.
#[derive(Clone, Debug)]
pub(super) struct Scanner<'a> {
    pub(super) text: &'a [u8],
    pub(super) at: usize,
    /// Whether the text reaches to the end of the file.
    pub(super) last: bool,
    /// How deep brackets may stand in each other.
    pub(super) nesting: u32,
}

impl<'a> Scanner<'a> {
    pub(super) const fn new(text: &'a [u8], at: usize, last: bool, nesting: u32) -> Self {
        Self { text, at, last, nesting }
    }

    pub(super) fn wrong<T>(&self, expected: impl Into<Cow<'static, str>>) -> Scan<T> {
        self.wrong_at(self.at, expected)
    }

    fn wrong_at<T>(&self, at: usize, expected: impl Into<Cow<'static, str>>) -> Scan<T> {
        if at >= self.text.len() && !self.last {
            return Err(Stop::More);
        }
        Err(Stop::Wrong(Wrong::Syntax { at, expected: expected.into() }))
    }

    pub(super) fn skip_blanks(&mut self) {
        let rest = self.text.get(self.at..).unwrap_or_default();
        self.at += rest.iter().take_while(|byte| matches!(byte, b' ' | b'\t' | b'\n' | b'\r')).count();
    }

    /// The next byte that is not blank.
    pub(super) fn peek(&mut self) -> Option<u8> {
        self.skip_blanks();
        self.text.get(self.at).copied()
    }

    /// Steps over this byte, blanks before it included.
    pub(super) fn take(&mut self, byte: u8, expected: &'static str) -> Scan<()> {
        if self.peek() == Some(byte) {
            self.at += 1;
            return Ok(());
        }
        self.wrong(expected)
    }

    /// Steps into an object or array that is the `depth`th bracket.
    pub(super) fn open(&mut self, depth: u32) -> Scan<()> {
        if depth > self.nesting {
            return Err(Stop::Wrong(Wrong::Deep { at: self.at }));
        }
        self.at += 1;
        Ok(())
    }

    /// Steps over any value. `depth` brackets stand open already.
    pub(super) fn value(&mut self, depth: u32) -> Scan<()> {
        match self.peek() {
            Some(b'"') => self.string().map(|_| ()),
            Some(b'{') => self.object(depth + 1),
            Some(b'[') => self.array(depth + 1),
            Some(b'-' | b'0'..=b'9') => self.number(),
            Some(b't') => self.word(b"true"),
            Some(b'f') => self.word(b"false"),
            Some(b'n') => self.word(b"null"),
            _ => self.wrong("a value"),
        }
    }

    fn object(&mut self, depth: u32) -> Scan<()> {
        self.open(depth)?;
        if self.peek() == Some(b'}') {
            self.at += 1;
            return Ok(());
        }
        loop {
            self.key()?;
            self.value(depth)?;
            if !self.goes_on(b'}', "a comma or }")? {
                return Ok(());
            }
        }
    }

    fn array(&mut self, depth: u32) -> Scan<()> {
        self.open(depth)?;
        if self.peek() == Some(b']') {
            self.at += 1;
            return Ok(());
        }
        loop {
            self.value(depth)?;
            if !self.goes_on(b']', "a comma or ]")? {
                return Ok(());
            }
        }
    }

    /// A key and its colon.
    pub(super) fn key(&mut self) -> Scan<Quoted> {
        if self.peek() != Some(b'"') {
            return self.wrong("a key in double quotes");
        }
        let key = self.string()?;
        self.take(b':', "a colon after the key")?;
        Ok(key)
    }

    /// Steps over a comma (true) or the closing bracket (false).
    pub(super) fn goes_on(&mut self, close: u8, expected: &'static str) -> Scan<bool> {
        match self.peek() {
            Some(b',') => {
                self.at += 1;
                Ok(true)
            }
            Some(byte) if byte == close => {
                self.at += 1;
                Ok(false)
            }
            _ => self.wrong(expected),
        }
    }

    /// The string that opens here.
    pub(super) fn string(&mut self) -> Scan<Quoted> {
        let start = self.at + 1;
        let (mut at, mut escaped) = (start, false);
        loop {
            let rest = self.text.get(at..).unwrap_or_default();
            at += rest.iter().take_while(|byte| !matches!(byte, b'"' | b'\\' | 0..=0x1F)).count();
            match self.text.get(at) {
                Some(b'"') => break,
                Some(b'\\') => {
                    escaped = true;
                    at = self.escape(at)?;
                }
                Some(_) => return self.wrong_at(at, "\\n, \\t or \\u00XX instead of a control character in a string"),
                None => return self.wrong_at(at, "the closing quote of a string"),
            }
        }
        self.at = at + 1;
        Ok(Quoted { start, end: at, escaped })
    }

    /// The position after the escape that begins at `at`.
    fn escape(&self, at: usize) -> Scan<usize> {
        match self.text.get(at + 1) {
            Some(b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't') => Ok(at + 2),
            Some(b'u') => {
                let unit = self.unit(at + 2)?;
                match unit {
                    0xD800..=0xDBFF => {
                        let pair = "the second half of a surrogate pair (\\uDC00 to \\uDFFF)";
                        if self.text.get(at + 6).is_some_and(|byte| *byte != b'\\') {
                            return self.wrong_at(at + 6, pair);
                        }
                        if self.text.get(at + 7).is_some_and(|byte| *byte != b'u') {
                            return self.wrong_at(at + 6, pair);
                        }
                        match self.unit(at + 8)? {
                            0xDC00..=0xDFFF => Ok(at + 12),
                            _ => self.wrong_at(at + 6, pair),
                        }
                    }
                    0xDC00..=0xDFFF => self.wrong_at(at, "a character instead of half a surrogate pair"),
                    _ => Ok(at + 6),
                }
            }
            _ => self.wrong_at(at + 1, "one of \" \\ / b f n r t u after the backslash"),
        }
    }

    fn unit(&self, at: usize) -> Scan<u32> {
        let mut unit = 0;
        for place in at..at + 4 {
            match self.text.get(place).and_then(|byte| char::from(*byte).to_digit(16)) {
                Some(digit) => unit = unit * 16 + digit,
                None => return self.wrong_at(place, "four hexadecimal digits after \\u"),
            }
        }
        Ok(unit)
    }

    pub(super) fn number(&mut self) -> Scan<()> {
        let negative = usize::from(self.text.get(self.at) == Some(&b'-'));
        let mut at = self.at + negative;
        let whole = self.digits(at);
        if whole == 0 {
            return self.wrong_at(at, "a digit");
        }
        if whole > 1 && self.text.get(at) == Some(&b'0') {
            return self.wrong_at(at + 1, "no digit after a leading zero");
        }
        at += whole;
        if self.text.get(at) == Some(&b'.') {
            let decimals = self.digits(at + 1);
            if decimals == 0 {
                return self.wrong_at(at + 1, "a digit after the decimal point");
            }
            at += 1 + decimals;
        }
        if matches!(self.text.get(at), Some(b'e' | b'E')) {
            let sign = usize::from(matches!(self.text.get(at + 1), Some(b'+' | b'-')));
            let digits = self.digits(at + 1 + sign);
            if digits == 0 {
                return self.wrong_at(at + 1 + sign, "a digit of the exponent");
            }
            at += 1 + sign + digits;
        }
        // The number may go on in the part of the file that is not read yet.
        if at == self.text.len() && !self.last {
            return Err(Stop::More);
        }
        self.at = at;
        Ok(())
    }

    fn digits(&self, at: usize) -> usize {
        self.text.get(at..).unwrap_or_default().iter().take_while(|byte| byte.is_ascii_digit()).count()
    }

    fn word(&mut self, word: &'static [u8]) -> Scan<()> {
        let rest = self.text.get(self.at..).unwrap_or_default();
        if rest.starts_with(word) {
            self.at += word.len();
            return Ok(());
        }
        if !self.last && word.starts_with(rest) {
            return Err(Stop::More);
        }
        self.wrong("true, false, null or another value")
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn scan(text: &[u8], last: bool) -> Scan<usize> {
        let mut scanner = Scanner::new(text, 0, last, 128);
        scanner.value(0)?;
        Ok(scanner.at)
    }

    fn wrong_at(text: &str) -> usize {
        match scan(text.as_bytes(), true) {
            Err(Stop::Wrong(Wrong::Syntax { at, .. } | Wrong::Deep { at })) => at,
            other => panic!("{text}: {other:?}"),
        }
    }

    #[test]
    fn errors_stand_where_they_are() {
        for (text, at) in [
            ("{\"a\":tru}", 5),
            ("{\"a\":1,}", 7),
            ("[1 2]", 3),
            ("[1,]", 3),
            ("01", 1),
            ("-", 1),
            ("1.", 2),
            ("1e+", 3),
            ("\"\\x\"", 2),
            ("\"\\u12g4\"", 5),
            ("\"\\uD800\"", 7),
            ("\"\\uDC00\"", 1),
            ("\"a\nb\"", 2),
            ("{\"a\" 1}", 5),
            ("{a:1}", 1),
            ("+1", 0),
            ("\"open", 5),
        ] {
            assert_eq!(wrong_at(text), at, "{text}");
        }
        assert_eq!(wrong_at(&"[".repeat(100_000)), 128);
    }

    proptest! {
        /// The reference reader and this one accept the same texts, and every beginning of a good text asks for more.
        #[test]
        fn agrees_with_the_reference_reader(pieces in proptest::collection::vec(prop_oneof![
            Just("{"), Just("}"), Just("["), Just("]"), Just(","), Just(":"), Just("\"a\""), Just("\"\\u00e9\\n\""), Just("1"),
            Just("-2.5e3"), Just("true"), Just("null"), Just(" "), Just("\\"), Just("\""), Just("0"), Just("."),
        ], 0..12)) {
            let text = pieces.concat();
            let reference = serde_json::from_str::<Box<serde_json::value::RawValue>>(&text);
            let found = scan(text.as_bytes(), true);
            let whole = matches!(&found, Ok(at) if text[*at..].trim().is_empty());
            prop_assert_eq!(reference.is_ok(), whole, "{}: {:?} {:?}", text, reference, found);
            if whole {
                for cut in 0..found.unwrap_or(0) {
                    let begun = scan(&text.as_bytes()[..cut], false);
                    prop_assert!(begun.is_err_and(|stop| stop == Stop::More), "{} cut at {}", text, cut);
                }
            }
        }
    }
}
