//! Whether the first record holds the names of the columns: it does if it is unlike the rows below it.

use super::block::CellKind;
use super::deciding::quick_type;
use super::evidence::{Evidence, is_value, trimmed};
use super::marks::Format;
use super::nulls::Nulls;
use super::sniff::{Piece, each_record};
use contract::columns::ColumnType;

/// How many rows are compared with the first record.
const ROWS: usize = 500;

pub(crate) struct Header {
    pub(crate) present: bool,
    pub(crate) confidence: f64,
    pub(crate) reason: &'static str,
}

/// Compares the first record with the rows below it.
pub(crate) fn decide(first: &[(CellKind, &[u8])], body: &[u8], last: bool, format: &Format) -> Header {
    let mut columns: Vec<Evidence> = vec![Evidence::default(); first.len()];
    let mut quoted = vec![false; first.len()];
    let usual = Nulls::default();
    let piece = Piece { text: body, last, records: ROWS, inner: false };
    let widths = each_record(piece, format, |cells, _| {
        if cells.len() != first.len() {
            return;
        }
        for ((column, quoted), (kind, cell)) in columns.iter_mut().zip(&mut quoted).zip(cells) {
            column.observe(*kind, cell, &usual);
            *quoted |= *kind == CellKind::Quoted;
        }
    });
    // In quotes stands what the writer takes for text, unless all of the column is in quotes; `1,000` in quotes is more
    // often a label than `1000`.
    let says_value = |(kind, cell): &(CellKind, &[u8]), quoted: bool| {
        is_value(cell) && (*kind != CellKind::Quoted || (quoted && !has_thousands(cell)))
    };
    let filled = first.iter().zip(&quoted).filter(|((_, cell), _)| !trimmed(cell).is_empty());
    let all_values = filled.clone().count() > 0 && filled.clone().all(|(cell, quoted)| says_value(cell, *quoted));
    let decided = |present, confidence, reason| Header { present, confidence, reason };
    if widths.is_empty() {
        return match all_values {
            true => decided(false, 0.7, "The only row holds values."),
            false => decided(true, 0.7, "The only row holds words."),
        };
    }
    let (mut names, mut values) = (0, 0);
    for ((cell, quoted), column) in first.iter().zip(&quoted).zip(&columns) {
        if quick_type(column) == ColumnType::Text || trimmed(cell.1).is_empty() {
            continue;
        }
        if says_value(cell, *quoted) { values += 1 } else { names += 1 }
    }
    match (names, values) {
        (0, 0) if all_values => decided(false, 0.6, "The first row holds values."),
        (0, 0) => decided(
            true,
            0.5,
            "All columns are text, so nothing tells names from values; the first row was taken for names.",
        ),
        (0, _) if all_values => decided(false, 0.95, "The first row holds values like the rows below it."),
        (0, _) if has_blank(first) => decided(false, 0.6, "The first row holds values like the rows below it."),
        (0, _) => decided(false, 0.7, "Where the rows below hold values, the first row holds values as well."),
        (_, 0) if first.iter().any(|(_, cell)| has_thousands(cell)) => decided(
            true,
            0.5,
            "The first row holds numbers with thousands marks in quotes, which may be names or values.",
        ),
        (_, 0) => decided(true, 0.98, "The first row holds words where the rows below hold values."),
        (names, values) if names >= values => {
            decided(true, 0.8, "The first row holds words in most columns of values.")
        }
        _ => decided(true, 0.6, "The first row holds words in some columns of values."),
    }
}

fn has_blank(first: &[(CellKind, &[u8])]) -> bool {
    first.iter().any(|(_, cell)| trimmed(cell).is_empty())
}

/// Whether digits stand on both sides of a comma: `100,000.00`.
fn has_thousands(cell: &[u8]) -> bool {
    is_value(cell)
        && cell.windows(3).any(|three| three[1] == b',' && three[0].is_ascii_digit() && three[2].is_ascii_digit())
}
