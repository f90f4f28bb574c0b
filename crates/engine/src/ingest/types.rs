//! The type of a column: the join, over all its cells, of what each cell's spelling allows. It depends on no order.

use contract::columns::ColumnType;

use super::block::CellKind;
use super::parse;

/// What a column can be, so far. The joins are in [`Inferred::join`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Inferred {
    /// No cell says anything.
    #[default]
    Unknown,
    Integer,
    /// Integers of which one is not exact as a float: with a float beside it, the column stays text.
    WideInteger,
    Float,
    Boolean,
    Date,
    /// Points in time without an offset.
    LocalDatetime,
    /// Points in time with an offset.
    OffsetDatetime,
    Text,
}

impl Inferred {
    /// The narrowest type that holds cells of both.
    pub(crate) fn join(self, other: Self) -> Self {
        use Inferred::{Date, Float, Integer, LocalDatetime, Text, Unknown, WideInteger};
        match (self, other) {
            (left, right) if left == right => left,
            (Unknown, known) | (known, Unknown) => known,
            (Integer, WideInteger) | (WideInteger, Integer) => WideInteger,
            (Integer, Float) | (Float, Integer) => Float,
            (Date, LocalDatetime) | (LocalDatetime, Date) => LocalDatetime,
            _ => Text,
        }
    }

    /// Takes one more cell into account.
    pub(crate) fn observe(&mut self, kind: CellKind, bytes: &[u8]) {
        let spelled = match kind {
            _ if *self == Self::Text => return,
            CellKind::Missing => return,
            CellKind::Bare | CellKind::Quoted => {
                let text = trimmed(bytes);
                if text.is_empty() || self.holds(text) || is_missing_spelling(text) {
                    return;
                }
                spelled_type(text)
            }
            CellKind::Number if self.holds(bytes) => return,
            CellKind::Number => number_type(bytes).unwrap_or(Self::Text),
            CellKind::String => time_type(bytes).unwrap_or(Self::Text),
            CellKind::Boolean => Self::Boolean,
            CellKind::Nested => Self::Text,
        };
        *self = self.join(spelled);
    }

    /// Whether a cell of this spelling leaves the type as it is; the quick way for nearly all cells.
    fn holds(self, text: &[u8]) -> bool {
        match self {
            Self::Integer => parse::integer(text).is_some_and(parse::is_exact_float),
            Self::WideInteger => parse::integer(text).is_some(),
            Self::Float => parse::float(text).is_some(),
            Self::Boolean => parse::boolean(text).is_some(),
            Self::Date => parse::date(text).is_some(),
            Self::LocalDatetime => parse::datetime(text).is_some_and(|instant| !instant.has_offset),
            Self::OffsetDatetime => parse::datetime(text).is_some_and(|instant| instant.has_offset),
            Self::Unknown | Self::Text => false,
        }
    }

    /// The column's type. A column without any value is text, since nothing speaks for another type.
    pub(crate) const fn column_type(self) -> ColumnType {
        match self {
            Self::Integer | Self::WideInteger => ColumnType::Integer,
            Self::Float => ColumnType::Float,
            Self::Boolean => ColumnType::Boolean,
            Self::Date => ColumnType::Date,
            Self::LocalDatetime | Self::OffsetDatetime => ColumnType::Datetime,
            Self::Unknown | Self::Text => ColumnType::Text,
        }
    }
}

/// The type that a cell of delimited text has by its spelling; unknown for a blank or missing one.
pub(crate) fn spelled_type(bytes: &[u8]) -> Inferred {
    let text = trimmed(bytes);
    if text.is_empty() || is_missing_spelling(text) {
        return Inferred::Unknown;
    }
    if let Some(number) = number_type(text) {
        return number;
    }
    if parse::boolean(text).is_some() {
        return Inferred::Boolean;
    }
    time_type(text).unwrap_or(Inferred::Text)
}

fn number_type(text: &[u8]) -> Option<Inferred> {
    match parse::integer(text) {
        Some(value) if parse::is_exact_float(value) => Some(Inferred::Integer),
        Some(_) => Some(Inferred::WideInteger),
        None => parse::float(text).map(|_| Inferred::Float),
    }
}

fn time_type(text: &[u8]) -> Option<Inferred> {
    if parse::date(text).is_some() {
        return Some(Inferred::Date);
    }
    let instant = parse::datetime(text)?;
    Some(if instant.has_offset { Inferred::OffsetDatetime } else { Inferred::LocalDatetime })
}

/// The text without blanks and tabs around it.
pub(crate) fn trimmed(mut text: &[u8]) -> &[u8] {
    while let [b' ' | b'\t', rest @ ..] = text {
        text = rest;
    }
    while let [rest @ .., b' ' | b'\t'] = text {
        text = rest;
    }
    text
}

/// Whether this is one of the spellings of a missing value, the same as pandas reads by default.
pub(crate) fn is_missing_spelling(text: &[u8]) -> bool {
    matches!(
        text,
        b"#N/A"
            | b"#N/A N/A"
            | b"#NA"
            | b"-1.#IND"
            | b"-1.#QNAN"
            | b"-NaN"
            | b"-nan"
            | b"1.#IND"
            | b"1.#QNAN"
            | b"<NA>"
            | b"N/A"
            | b"NA"
            | b"NULL"
            | b"NaN"
            | b"None"
            | b"n/a"
            | b"nan"
            | b"null"
    )
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn inferred(cells: &[&str]) -> Inferred {
        let mut state = Inferred::default();
        for cell in cells {
            state.observe(CellKind::Bare, cell.as_bytes());
        }
        state
    }

    #[test]
    fn what_a_column_becomes() {
        for (cells, expected) in [
            (vec!["1", "NA", " 2 "], ColumnType::Integer),
            (vec!["1", "2.5", "inf"], ColumnType::Float),
            (vec!["00501", "10001"], ColumnType::Text),
            (vec!["1", "+2"], ColumnType::Text),
            (vec!["1", "9223372036854775808"], ColumnType::Text),
            (vec!["9007199254740993", "1"], ColumnType::Integer),
            (vec!["9007199254740993", "1.5"], ColumnType::Text),
            (vec!["True", "FALSE", ""], ColumnType::Boolean),
            (vec!["true", "1"], ColumnType::Text),
            (vec!["2024-01-31", "null"], ColumnType::Date),
            (vec!["2024-01-31", "2024-01-31 10:00"], ColumnType::Datetime),
            (vec!["2024-01-31T10:00Z", "2024-01-31 10:00"], ColumnType::Text),
            (vec!["2024-01-31", "31/01/2024"], ColumnType::Text),
            (vec!["", "NA"], ColumnType::Text),
            (vec!["1e400", "1.5"], ColumnType::Text),
        ] {
            assert_eq!(inferred(&cells).column_type(), expected, "{cells:?}");
        }
    }

    #[test]
    fn strings_of_json_are_never_numbers() {
        let mut state = Inferred::default();
        state.observe(CellKind::String, b"12");
        assert_eq!(state, Inferred::Text);
        let mut state = Inferred::default();
        state.observe(CellKind::String, b"2024-05-06");
        assert_eq!(state, Inferred::Date);
    }

    proptest! {
        #[test]
        fn the_order_of_cells_changes_nothing(
            cells in proptest::collection::vec(prop_oneof![
                Just("1"), Just("-7"), Just("2.5"), Just("1e3"), Just("9007199254740993"), Just("9223372036854775808"),
                Just("007"), Just("true"), Just("False"), Just("2024-01-01"), Just("2024-01-01T00:00"), Just("2024-01-01T00:00Z"),
                Just(""), Just(" "), Just("NA"), Just("word"), Just("inf"),
            ], 0..8),
            seed in any::<prop::sample::Index>(),
        ) {
            let straight = inferred(&cells);
            let mut turned = cells.clone();
            turned.reverse();
            prop_assert_eq!(inferred(&turned), straight);
            if !turned.is_empty() {
                turned.rotate_left(seed.index(cells.len()));
                prop_assert_eq!(inferred(&turned), straight);
            }
        }
    }
}
