//! Column names: trimmed, never empty, unique within the table.

use std::collections::HashSet;

/// Names for the columns of a table, from what the file says. A name that stands before is numbered
/// (`name_2`, `name_3`, …, passing over names that the file uses itself); an empty one becomes `column_N`.
pub(crate) fn unique_names(raw: &[String]) -> Vec<String> {
    let trimmed: Vec<&str> = raw.iter().map(|name| name.trim()).collect();
    let mut reserved: HashSet<String> = trimmed.iter().map(|name| (*name).to_owned()).collect();
    let mut seen: HashSet<&str> = HashSet::new();
    let mut next_number = std::collections::HashMap::new();
    let mut names = Vec::with_capacity(raw.len());
    for (i, name) in trimmed.iter().enumerate() {
        if !name.is_empty() && seen.insert(name) {
            names.push((*name).to_owned());
            continue;
        }
        let (stem, first) = if name.is_empty() { ("column", i + 1) } else { (*name, 2) };
        // Remembering the number keeps ten thousand equal headers from costing their square.
        let number = next_number.entry(if name.is_empty() { "" } else { *name }).or_insert(first);
        *number = (*number).max(first);
        let mut candidate = format!("{stem}_{number}");
        while !reserved.insert(candidate.clone()) {
            *number += 1;
            candidate = format!("{stem}_{number}");
        }
        *number += 1;
        names.push(candidate);
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(raw: &[&str]) -> Vec<String> {
        unique_names(&raw.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>())
    }

    #[test]
    fn repeated_names_are_numbered_without_taking_a_name_of_the_file() {
        assert_eq!(names(&["a", " a ", "a", "a_2", "b"]), ["a", "a_3", "a_4", "a_2", "b"]);
    }

    #[test]
    fn empty_names_say_their_position() {
        assert_eq!(names(&["", "x", " ", "column_3"]), ["column_1", "x", "column_4", "column_3"]);
    }

    #[test]
    fn ten_thousand_equal_names_are_unique_and_quick() {
        let all = names(&["same"; 10_000]);
        assert_eq!(all.iter().collect::<HashSet<_>>().len(), 10_000);
        assert_eq!(all[9_999], "same_10000");
    }
}
