//! Lists: sort order, opaque cursors over (sort key, id), limits, and searches that take every character literally.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, NaiveDateTime};
use contract::lists::{MAX_LIMIT, Page};
use serde::{Deserialize, Serialize};

use crate::errors::{DomainError, Result};

/// What a list can be sorted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SortField {
    CreatedAt,
    Name,
}

impl SortField {
    const fn as_str(self) -> &'static str {
        match self {
            Self::CreatedAt => "created_at",
            Self::Name => "name",
        }
    }
}

/// A sort order; the newest first unless asked otherwise.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sort {
    pub field: SortField,
    pub descending: bool,
}

impl Default for Sort {
    fn default() -> Self {
        Self { field: SortField::CreatedAt, descending: true }
    }
}

impl Sort {
    /// Reads `created_at`, `-created_at`, `name` …; an error (`Invalid`, pointer `sort`) names what is allowed.
    pub fn parse(text: &str, allowed: &[SortField]) -> Result<Self> {
        let (descending, name) = text.strip_prefix('-').map_or((false, text), |name| (true, name));
        if let Some(field) = allowed.iter().find(|field| field.as_str() == name) {
            return Ok(Self { field: *field, descending });
        }
        let names: Vec<_> = allowed.iter().flat_map(|f| [f.as_str().to_owned(), format!("-{}", f.as_str())]).collect();
        let shown: String = text.chars().take(40).collect();
        Err(DomainError::invalid("sort", format!("Cannot sort by \"{shown}\". Allowed: {}.", names.join(", "))))
    }

    fn name(self) -> String {
        format!("{}{}", if self.descending { "-" } else { "" }, self.field.as_str())
    }
}

/// Where the next page begins: after the row of this key and id.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Cursor {
    pub key: Key,
    pub id: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Key {
    Time(NaiveDateTime),
    Text(String),
}

/// The cursor inside its base64url: the sort order is in it, so that a cursor cannot be used with another one.
#[derive(Serialize, Deserialize)]
struct Wire {
    s: String,
    k: String,
    i: String,
}

impl Cursor {
    pub fn encode(&self, sort: Sort) -> String {
        let key = match &self.key {
            Key::Time(time) => time.and_utc().timestamp_micros().to_string(),
            Key::Text(text) => text.clone(),
        };
        let wire = Wire { s: sort.name(), k: key, i: self.id.clone() };
        URL_SAFE_NO_PAD.encode(serde_json::to_vec(&wire).unwrap_or_default())
    }

    /// Reads the cursor of an earlier answer with the same sort order; `Invalid` (pointer `cursor`) otherwise.
    pub fn decode(text: Option<&str>, sort: Sort) -> Result<Option<Self>> {
        let Some(text) = text else { return Ok(None) };
        Self::read(text, sort).map(Some).ok_or_else(|| {
            let detail = "This is not a cursor of this list and sort order. Pass on next_cursor as it came, \
                          or leave it out to begin anew.";
            DomainError::invalid("cursor", detail)
        })
    }

    fn read(text: &str, sort: Sort) -> Option<Self> {
        if text.len() > 4096 {
            return None;
        }
        let wire: Wire = serde_json::from_slice(&URL_SAFE_NO_PAD.decode(text).ok()?).ok()?;
        if wire.s != sort.name() || wire.i.contains('\0') || wire.k.contains('\0') {
            return None;
        }
        let key = match sort.field {
            SortField::CreatedAt => Key::Time(DateTime::from_timestamp_micros(wire.k.parse().ok()?)?.naive_utc()),
            SortField::Name => Key::Text(wire.k),
        };
        Some(Self { key, id: wire.i })
    }
}

/// How many rows a page holds: 1 to 200, whatever was asked for.
pub(crate) fn page_size(limit: u32) -> usize {
    usize::try_from(limit.clamp(1, MAX_LIMIT)).unwrap_or(1)
}

/// How many rows to load for a page: one more, which tells whether another page follows.
pub(crate) fn rows_to_load(limit: u32) -> i64 {
    i64::from(limit.clamp(1, MAX_LIMIT)) + 1
}

/// Makes a page of loaded rows; the cursor of its last row leads to the next page, if there is one.
pub(crate) fn page<R, T>(
    mut rows: Vec<R>,
    limit: u32,
    cursor: impl Fn(&R) -> String,
    view: impl Fn(R) -> Result<T>,
) -> Result<Page<T>> {
    let size = page_size(limit);
    let more = rows.len() > size;
    rows.truncate(size);
    let next_cursor = if more { rows.last().map(cursor) } else { None };
    Ok(Page { items: rows.into_iter().map(view).collect::<Result<_>>()?, next_cursor })
}

/// A LIKE pattern, with `\` as its escape, that finds lower-cased text holding `q` literally;
/// `None` when there is nothing to search for.
pub(crate) fn search_pattern(q: Option<&str>) -> Option<String> {
    let text: String = q?.trim().chars().filter(|c| *c != '\0').take(200).collect();
    if text.is_empty() {
        return None;
    }
    let escaped = text.to_lowercase().replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
    Some(format!("%{escaped}%"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_survives_its_journey_and_refuses_another_sort_order() {
        let sort = Sort::parse("name", &[SortField::Name]).unwrap();
        let cursor = Cursor { key: Key::Text("umsätze 2026".into()), id: "x".into() };
        let text = cursor.encode(sort);
        assert_eq!(Cursor::decode(Some(&text), sort).unwrap(), Some(cursor));
        assert!(Cursor::decode(Some(&text), Sort::default()).is_err());
        assert!(Cursor::decode(Some("no cursor"), sort).is_err());
    }

    #[test]
    fn a_search_takes_wildcards_literally() {
        assert_eq!(search_pattern(Some(" 100%_A\\ ")).as_deref(), Some("%100\\%\\_a\\\\%"));
        assert_eq!(search_pattern(Some("  ")), None);
    }

    #[test]
    fn an_unknown_sort_names_the_known_ones() {
        let error = Sort::parse("size", &[SortField::CreatedAt, SortField::Name]).unwrap_err();
        assert!(error.public_message().contains("created_at, -created_at, name, -name"));
    }
}
