//! What a person should know of a column before trusting its figures.

use contract::columns::ColumnType;
use contract::profile::{ColumnSummary, NoteKind, NumericSummary, PersonalData, QualityNote};

/// A share of the values from which on a look counts as a format of the column.
const FORMAT: f64 = 0.01;
/// A share of the values from which on they are taken to be of persons.
const PERSONAL: f64 = 0.5;

/// The notes about a column, by falling weight.
pub(crate) fn notes(column: &ColumnSummary, personal: &[(PersonalData, u64)]) -> Vec<QualityNote> {
    let mut notes = Vec::new();
    let mut add = |kind, count, detail: String| notes.push(QualityNote { kind, count, detail, personal: None });
    let rows = column.count + column.nulls;
    if column.count == 0 {
        if rows > 0 {
            add(NoteKind::AllMissing, rows, "No cell holds a value.".to_owned());
        }
        return notes;
    }
    if column.distinct == 1 && column.count > 1 {
        add(NoteKind::Constant, column.count, "All cells that hold a value hold the same.".to_owned());
    }
    let may_be_key = !matches!(column.column_type, ColumnType::Float | ColumnType::Boolean);
    if column.nulls == 0 && column.distinct == rows && rows > 1 && may_be_key {
        add(NoteKind::CandidateKey, rows, "No value is missing and none stands twice.".to_owned());
    }
    if let Some(numeric) = &column.numeric {
        if numeric.outliers_iqr > 0 {
            let detail = "Values lie more than 1.5 interquartile ranges beyond the quartiles.".to_owned();
            add(NoteKind::Outliers, numeric.outliers_iqr, detail);
        }
        if has_suspicious_zeros(numeric, column.count) {
            let detail = "0 stands apart from the other values; it may mean \"unknown\".".to_owned();
            add(NoteKind::SuspiciousZeros, numeric.zeros, detail);
        }
    }
    if let Some(text) = &column.text {
        if text.padded > 0 {
            add(NoteKind::Spaces, text.padded, "Texts begin or end with blanks.".to_owned());
        }
        if let Some((rare, looks)) = mixed_formats(column) {
            add(NoteKind::MixedFormats, rare, format!("Values are written in several ways: {looks}."));
        }
    }
    for (kind, count) in personal {
        if *count as f64 >= PERSONAL * column.count as f64 {
            let detail = format!("Probably personal data: {}.", kind.words());
            notes.push(QualityNote { kind: NoteKind::PersonalData, count: *count, detail, personal: Some(*kind) });
        }
    }
    notes
}

/// Values with digits are compared by their looks; names and sentences may look as they like.
fn mixed_formats(column: &ColumnSummary) -> Option<(u64, String)> {
    let patterns = &column.text.as_ref()?.patterns;
    let coded: Vec<_> =
        patterns.iter().filter(|pattern| pattern.pattern.contains('9') && !pattern.pattern.contains(' ')).collect();
    let total: u64 = coded.iter().map(|pattern| pattern.count).sum();
    let common: Vec<_> = coded.iter().filter(|pattern| pattern.count as f64 >= FORMAT * total as f64).collect();
    let mostly_coded = total as f64 >= 0.9 * column.count as f64;
    if !mostly_coded || common.len() < 2 || common.len() > 4 {
        return None;
    }
    let looks: Vec<&str> = common.iter().map(|pattern| pattern.pattern.as_str()).collect();
    let rare = total - common.first().map_or(0, |first| first.count);
    Some((rare, looks.join(", ")))
}

/// No value is negative, some are 0, and the quarter point of the others is far from 0 for their spread.
fn has_suspicious_zeros(numeric: &NumericSummary, count: u64) -> bool {
    let share = numeric.zeros as f64 / count.max(1) as f64;
    if numeric.negatives > 0 || !(0.0005..0.5).contains(&share) || numeric.zeros == 0 {
        return false;
    }
    let (Some(least), Some(q3)) = (numeric.least_positive, numeric.q3) else { return false };
    least >= 0.1 * q3 && least > 1.0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn noted(csv_values: &[f64]) -> Vec<NoteKind> {
        let runs = super::super::runs::of_floats(csv_values.iter().copied());
        let summary = super::super::numeric::floats(&runs, Default::default(), &super::super::Options::profile());
        let column = ColumnSummary {
            name: "v".to_owned(),
            column_type: ColumnType::Float,
            encoding: Default::default(),
            count: csv_values.len() as u64,
            nulls: 0,
            distinct: summary.distinct,
            entropy: summary.entropy,
            top: Vec::new(),
            numeric: summary.numeric,
            boolean: None,
            temporal: None,
            text: None,
            histogram: None,
            approximate: false,
            error_bounds: None,
            notes: Vec::new(),
        };
        notes(&column, &[]).iter().map(|note| note.kind).collect()
    }

    #[test]
    fn constants_outliers_and_zeros_are_noted() {
        assert_eq!(noted(&[2.0; 5]), [NoteKind::Constant]);
        let mut weights: Vec<f64> = (0..100).map(|i| 60.0 + f64::from(i % 30)).collect();
        assert_eq!(noted(&weights), []);
        weights.push(0.0);
        assert_eq!(noted(&weights), [NoteKind::Outliers, NoteKind::SuspiciousZeros]);
        assert_eq!(noted(&(0..100).map(f64::from).collect::<Vec<_>>()), []);
    }
}
