//! Keeps `docs/configuration.md` in step with `settings.default.toml`; `UPDATE_GOLDEN=1` rewrites it.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::print_stdout, reason = "a test fails by panicking")]

use std::fmt::Write as _;
use std::path::Path;

/// One key of the default file with the comment above it.
struct Entry {
    section: String,
    key: String,
    default: String,
    meaning: String,
    allowed: String,
    variable: String,
}

#[test]
fn every_key_states_meaning_allowed_values_and_its_own_variable() {
    for entry in entries() {
        let full = format!("{}{}", entry.section, entry.key);
        assert!(entry.meaning.len() > 10, "{full} has no explanation");
        assert!(!entry.allowed.is_empty(), "{full} does not say what is allowed");
        let expected = match entry.key.as_str() {
            "database_url" | "storage_url" | "clamav_addr" => entry.key.to_uppercase(),
            key if key.starts_with("redis_") => key.to_uppercase(),
            _ => format!("PLOTLINE_{}", full.replace('.', "_").to_uppercase()),
        };
        assert_eq!(entry.variable, expected, "{full} names another variable");
    }
}

#[test]
fn units_are_stated_where_the_name_carries_one() {
    for entry in entries() {
        for unit in ["bytes", "seconds", "minutes", "days"] {
            if entry.key.split('_').any(|word| word == unit) {
                let stated = entry.meaning.contains(&format!("Unit: {unit}.")) || entry.key == "refresh_days";
                assert!(stated || entry.meaning.contains("Unit:"), "{} does not state its unit", entry.key);
            }
        }
    }
}

#[test]
fn documentation_is_in_step() {
    let path = Path::new("../../docs/configuration.md");
    let expected = render(&entries());
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        std::fs::write(path, &expected).unwrap();
    }
    let found = std::fs::read_to_string(path).unwrap_or_default();
    assert!(found == expected, "docs/configuration.md is out of step: run UPDATE_GOLDEN=1 cargo test -p settings");
}

fn entries() -> Vec<Entry> {
    let (mut entries, mut comment, mut section) = (Vec::new(), Vec::new(), String::new());
    for line in settings::DEFAULTS.lines() {
        if let Some(text) = line.strip_prefix('#') {
            comment.push(text.trim().to_owned());
        } else if let Some(name) = line.strip_prefix('[') {
            section = format!("{}.", name.trim_end_matches(']'));
            comment.clear();
        } else if let Some((key, default)) = line.split_once(" = ") {
            entries.push(entry(&section, key, default, &comment));
            comment.clear();
        } else {
            comment.clear();
        }
    }
    entries
}

fn entry(section: &str, key: &str, default: &str, comment: &[String]) -> Entry {
    let find = |word: &str| comment.iter().find_map(|line| line.strip_prefix(word)).unwrap_or_default().to_owned();
    let meaning: Vec<&str> = comment
        .iter()
        .map(String::as_str)
        .take_while(|line| !line.starts_with("Allowed:") && !line.starts_with("Environment:"))
        .collect();
    Entry {
        section: section.to_owned(),
        key: key.to_owned(),
        default: default.to_owned(),
        meaning: meaning.join(" "),
        allowed: find("Allowed: "),
        variable: find("Environment: "),
    }
}

fn render(entries: &[Entry]) -> String {
    let mut text = String::from(
        "# Configuration\n\n\
         Generated from `crates/settings/settings.default.toml`, which is built into the program. Change it there and run\n\
         `UPDATE_GOLDEN=1 cargo test -p settings`.\n\n\
         A value comes from the default, then from the TOML file that `PLOTLINE_SETTINGS_FILE` names (same keys), then from\n\
         the environment variable; later ones win, and an empty variable counts as not set. In variables, lists are separated\n\
         by commas. Plotline refuses to start on a value it cannot use, on an unknown key and on an unknown `PLOTLINE_*`\n\
         variable, and then names every one of them with what is allowed.\n",
    );
    let mut section = None;
    for entry in entries {
        if section != Some(&entry.section) {
            section = Some(&entry.section);
            let title = if entry.section.is_empty() { "General" } else { entry.section.trim_end_matches('.') };
            let _ = write!(text, "\n## {title}\n");
        }
        let _ = write!(
            text,
            "\n### `{}{}`\n\n{}\n\n- Environment: `{}`\n- Default: `{}`\n- Allowed: {}\n",
            entry.section,
            entry.key,
            entry.meaning,
            entry.variable,
            entry.default,
            entry.allowed.replace('[', "\\[")
        );
    }
    text
}
