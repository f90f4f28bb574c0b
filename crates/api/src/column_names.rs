//! A list of columns in a query string: names separated by commas, in double quotes where a name holds one.

use contract::asks::rows::{MAX_SORT_KEYS, SortKey};
use contract::columns::{Column, unknown_column};

use crate::problems::{ApiError, Result};

/// The columns that `text` names, in its order; all of them unless there is a text. `parameter` is named in errors.
pub fn chosen_columns(parameter: &str, text: Option<&str>, known: &[Column]) -> Result<Vec<Column>> {
    let Some(text) = text else { return Ok(known.to_vec()) };
    let names = names_in(text).ok_or_else(|| ApiError::field(parameter, "A double quote is not closed."))?;
    if names.is_empty() {
        return Err(ApiError::field(parameter, "Name at least one column, or leave this out for all columns."));
    }
    let mut chosen: Vec<Column> = Vec::with_capacity(names.len());
    for name in names {
        if chosen.iter().any(|column| column.name == name) {
            return Err(ApiError::field(parameter, format!("The column \"{name}\" is named twice.")));
        }
        let Some(column) = known.iter().find(|column| column.name == name) else {
            let detail = unknown_column(&name, known.iter().map(|column| column.name.as_str()));
            return Err(ApiError::field(parameter, detail));
        };
        chosen.push(column.clone());
    }
    Ok(chosen)
}

/// The keys that `text` names: names as in a list of columns, each with `-` before it for descending order.
pub fn sort_keys(parameter: &str, text: Option<&str>, known: &[Column]) -> Result<Vec<SortKey>> {
    let mut rest = text.unwrap_or_default().trim();
    let mut keys: Vec<SortKey> = Vec::new();
    while !rest.is_empty() {
        let descending = rest.starts_with('-');
        rest = rest.trim_start_matches(['-', '+']);
        let (name, after) = match rest.strip_prefix('"') {
            Some(quoted) => {
                quoted_name(quoted).ok_or_else(|| ApiError::field(parameter, "A double quote is not closed."))?
            }
            None => {
                let (name, after) = rest.split_at(rest.find(',').unwrap_or(rest.len()));
                (name.to_owned(), after)
            }
        };
        if known.iter().all(|column| column.name != name) {
            let detail = unknown_column(&name, known.iter().map(|column| column.name.as_str()));
            return Err(ApiError::field(parameter, detail));
        }
        if keys.iter().any(|key| key.column == name) {
            return Err(ApiError::field(parameter, format!("The column \"{name}\" is named twice.")));
        }
        keys.push(SortKey { column: name, descending });
        rest = match after.strip_prefix(',') {
            Some(more) => more,
            None if after.is_empty() => after,
            None => return Err(ApiError::field(parameter, "A comma is missing after a name in quotes.")),
        };
    }
    if keys.len() > MAX_SORT_KEYS {
        return Err(ApiError::field(parameter, format!("At most {MAX_SORT_KEYS} columns can be sorted by.")));
    }
    Ok(keys)
}

/// As in a line of CSV: `a,"b,c","say ""so"""` is three names. `None` when a quote stays open.
fn names_in(text: &str) -> Option<Vec<String>> {
    let mut names = Vec::new();
    let mut rest = text;
    loop {
        let (name, after) = match rest.strip_prefix('"') {
            Some(quoted) => quoted_name(quoted)?,
            None => {
                let (name, after) = rest.split_at(rest.find(',').unwrap_or(rest.len()));
                (name.to_owned(), after)
            }
        };
        if !name.is_empty() {
            names.push(name);
        }
        match after.strip_prefix(',') {
            Some(more) => rest = more,
            // Something behind a closing quote belongs to no name: read it as the next one, which is unknown.
            None if !after.is_empty() => rest = after,
            None => return Some(names),
        }
    }
}

fn quoted_name(text: &str) -> Option<(String, &str)> {
    let mut name = String::new();
    let mut rest = text;
    loop {
        let (before, after) = rest.split_once('"')?;
        name.push_str(before);
        match after.strip_prefix('"') {
            Some(more) => {
                name.push('"');
                rest = more;
            }
            None => return Some((name, after)),
        }
    }
}

#[cfg(test)]
mod tests {
    use contract::columns::ColumnType;

    use super::*;

    #[test]
    fn names_are_separated_by_commas_and_quoted_where_they_hold_one() {
        let names = |text| names_in(text).unwrap();
        assert_eq!(names("a,b c,d"), ["a", "b c", "d"]);
        assert_eq!(names(r#""a,b","say ""so""",c"#), ["a,b", "say \"so\"", "c"]);
        assert_eq!(names("a,,b,"), ["a", "b"]);
        assert_eq!(names(r#""a"x,b"#), ["a", "x", "b"]);
        assert!(names("").is_empty());
        assert_eq!(names_in("\"a"), None);
    }

    #[test]
    fn keys_to_sort_by_may_descend_and_be_quoted() {
        let known: Vec<Column> =
            ["a", "b,c", "-d"].into_iter().map(|name| Column::new(name, ColumnType::Text)).collect();
        let keys = |text: &str| sort_keys("sort", Some(text), &known);
        let found = keys("-a,\"b,c\",-\"-d\"").unwrap();
        let told: Vec<_> = found.iter().map(|key| (key.column.as_str(), key.descending)).collect();
        assert_eq!(told, [("a", true), ("b,c", false), ("-d", true)]);
        assert!(sort_keys("sort", None, &known).unwrap().is_empty());
        for wrong in ["x", "a,a", "\"a", "\"a\"b", "-", "a,,-d"] {
            assert!(keys(wrong).is_err(), "{wrong:?}");
        }
    }

    #[test]
    fn a_wrong_name_is_answered_with_the_nearest_one() {
        let column = |name: &str| Column::new(name, ColumnType::Text);
        let known = [column("country"), column("revenue")];
        let chosen = |text| chosen_columns("columns", text, &known);
        let names: Vec<String> =
            chosen(Some("revenue,country")).unwrap().into_iter().map(|column| column.name).collect();
        assert_eq!(names, ["revenue", "country"]);
        assert_eq!(chosen(None).unwrap().len(), 2);
        assert!(chosen(Some("revenu")).unwrap_err().to_string().contains("Did you mean \"revenue\"?"));
        for wrong in ["", ",", "country,country", "\"country"] {
            assert!(chosen(Some(wrong)).is_err(), "{wrong:?}");
        }
    }
}
