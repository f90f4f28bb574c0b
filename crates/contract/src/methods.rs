//! The text about a kind's methods: its section of `docs/methods.md`, which is the one place where it is written.

use std::collections::BTreeMap;

const DOCUMENT: &str = include_str!("../../../docs/methods.md");
/// What the summaries of columns hold is told once, for the profile and for `descriptive`.
const SUMMARIES: &str = "column_summaries";

/// The section under `## Name` for the kind `name`, in Markdown without the heading; empty if there is none.
pub fn method_text(kind: &str) -> &'static str {
    let mut rest = DOCUMENT;
    while let Some(at) = rest.find("\n## ") {
        let section = &rest[at + 4..];
        let (heading, text) = section.split_once('\n').unwrap_or((section, ""));
        if heading.trim().to_lowercase().replace(' ', "_") == kind {
            return text.find("\n## ").map_or(text, |end| &text[..end]).trim();
        }
        rest = section;
    }
    ""
}

/// The definition of each figure of the kind, in Markdown, by its name in the outcome: from the tables of its section.
pub fn figure_texts(kind: &str) -> BTreeMap<String, String> {
    let mut texts = BTreeMap::new();
    add_tables(method_text(kind), &mut texts);
    if kind == "descriptive" {
        add_tables(method_text(SUMMARIES), &mut texts);
    }
    texts
}

/// Where a name stands in several tables the first one counts.
fn add_tables(section: &str, texts: &mut BTreeMap<String, String>) {
    let mut heads: Vec<&str> = Vec::new();
    for line in section.lines() {
        let Some(row) = line.strip_prefix('|').and_then(|row| row.trim_end().strip_suffix('|')) else {
            heads.clear();
            continue;
        };
        let cells = cells_of(row);
        if heads.is_empty() {
            heads = cells;
        } else if !row.contains("---") {
            let text = told(&heads, &cells);
            let names = cells.first().map_or("", |cell| cell).split('`').skip(1).step_by(2);
            for name in names {
                texts.entry(name.to_owned()).or_insert_with(|| text.clone());
            }
        }
    }
}

/// The cells of a row; `\|` is a line within a cell.
fn cells_of(row: &str) -> Vec<&str> {
    let (mut cells, mut start, mut escaped) = (Vec::new(), 0, false);
    for (at, letter) in row.char_indices() {
        if letter == '|' && !escaped {
            cells.push(row[start..at].trim());
            start = at + 1;
        }
        escaped = letter == '\\';
    }
    cells.push(row[start..].trim());
    cells
}

/// The definition as it stands, and every other cell with the head of its column before it.
fn told(heads: &[&str], cells: &[&str]) -> String {
    let parts = heads.iter().zip(cells).skip(1).filter(|(_, cell)| !cell.is_empty()).map(|(head, cell)| {
        let cell = cell.replace("\\|", "|");
        if *head == "definition" { cell } else { format!("{head}: {cell}") }
    });
    let text = parts.collect::<Vec<_>>().join(". ");
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| format!("{}{}.", first.to_uppercase(), letters.as_str()))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use serde_json::Value;

    use super::*;
    use crate::analyses::{AnalysisKind, KINDS};

    #[test]
    fn every_kind_has_a_section_of_its_own() {
        for kind in KINDS {
            let text = method_text(kind.name);
            assert!(text.len() > 100, "docs/methods.md lacks a section for {}", kind.name);
            assert!(!text.contains("\n## "), "{}", kind.name);
        }
        assert_eq!(method_text("no_such_kind"), "");
        assert!(figure_texts("no_such_kind").is_empty());
    }

    #[test]
    fn a_row_of_a_table_is_the_text_of_its_figures() {
        let mut texts = BTreeMap::new();
        add_tables(
            "| figure | definition | null |\n| --- | --- | --- |\n| `a`, `b` | \\|x\\| | n = 0 |\n\n| `c` | d |",
            &mut texts,
        );
        let text = "|x|. null: n = 0.".to_owned();
        assert_eq!(texts, BTreeMap::from([("a".to_owned(), text.clone()), ("b".to_owned(), text)]));
        assert!(figure_texts("descriptive")["mean"].starts_with("Sum / *n*"));
        assert_eq!(figure_texts("compare")["welch"].matches("p-value: ").count(), 1);
    }

    /// Names of fields that hold numbers, at any depth of an outcome.
    fn figures(kind: &AnalysisKind) -> BTreeSet<String> {
        fn collect(schema: &Value, found: &mut BTreeSet<String>) {
            if let Some(fields) = schema["properties"].as_object() {
                for (name, field) in fields {
                    let text = field.to_string();
                    if text.contains("\"number\"") || text.contains("\"integer\"") {
                        found.insert(name.clone());
                    }
                }
            }
        }
        let mut schemas = Vec::new();
        (kind.schemas)(&mut schemas);
        let mut found = BTreeSet::new();
        let of_answers =
            schemas.iter().filter(|(name, _)| !name.ends_with("Params") && !PARAMETERS.contains(&name.as_str()));
        for (_, schema) in of_answers {
            collect(&serde_json::to_value(schema).unwrap(), &mut found);
        }
        found
    }

    /// Schemas of requests, and numbers that are places in the answer or repeat the request.
    const PARAMETERS: [&str; 8] =
        ["Bins", "Bandwidth", "Condition", "Measure", "GroupBy", "GroupSort", "DescriptiveParams", "Filter"];
    const PLACES: [&str; 12] = [
        "confidence",
        "percentile",
        "position",
        "lag",
        "season",
        "ljung_box_lags",
        "row",
        "points",
        "values",
        "value",
        "low",
        "high",
    ];

    #[test]
    fn every_figure_of_every_kind_has_its_definition() {
        for kind in KINDS {
            let texts = figure_texts(kind.name);
            let of_kind = figures(kind);
            assert!(!of_kind.is_empty(), "{}", kind.name);
            let missing: Vec<&String> =
                of_kind.iter().filter(|name| !texts.contains_key(*name) && !PLACES.contains(&name.as_str())).collect();
            assert!(missing.is_empty(), "the tables under \"{}\" in docs/methods.md lack {missing:?}", kind.name);
        }
    }
}
