//! Licences and origins of the libraries, by the same lists that cargo-deny reads.

use crate::sources::{members, name, packages, text};

#[test]
fn every_library_has_an_allowed_licence() {
    let allowed = allowed_licences();
    assert!(allowed.len() > 3, "deny.toml lists licences: {allowed:?}");
    for package in packages() {
        let licence = package["license"].as_str().unwrap_or_default();
        assert!(is_allowed(licence, &allowed), "{}: the licence `{licence}` is not in deny.toml", name(package));
    }
}

#[test]
fn every_library_comes_from_one_registry() {
    let foreign = packages().iter().filter(|package| !package["source"].is_null());
    let mut origins: Vec<&str> = foreign.filter_map(|package| package["source"].as_str()).collect();
    origins.sort_unstable();
    origins.dedup();
    assert_eq!(origins.len(), 1, "one origin for all libraries: {origins:?}");
    assert!(origins[0].starts_with("registry+"), "no library straight from a repository: {origins:?}");
}

#[test]
fn our_crates_are_not_for_the_registry_and_carry_our_licence() {
    for package in members() {
        assert_eq!(package["license"], "MIT OR Apache-2.0", "{}", name(package));
        assert_eq!(package["publish"], serde_json::json!([]), "{}", name(package));
    }
}

/// The entries of `allow = [ … ]` in deny.toml.
fn allowed_licences() -> Vec<String> {
    let deny = text("deny.toml");
    let list = deny.split_once("allow = [").and_then(|(_, rest)| rest.split_once(']')).expect("a list of licences").0;
    list.split(',').map(|entry| entry.trim().trim_matches('"').to_owned()).filter(|entry| !entry.is_empty()).collect()
}

/// Whether an SPDX expression can be met with the allowed licences.
fn is_allowed(expression: &str, allowed: &[String]) -> bool {
    // Old manifests write `MIT/Apache-2.0` for a choice.
    let spaced = expression.replace('/', " OR ").replace('(', " ( ").replace(')', " ) ");
    let words: Vec<&str> = spaced.split_whitespace().collect();
    let mut place = 0;
    let met = choice(&words, &mut place, allowed);
    met && place == words.len()
}

/// `A OR B`
fn choice(words: &[&str], place: &mut usize, allowed: &[String]) -> bool {
    let mut met = all(words, place, allowed);
    while words.get(*place) == Some(&"OR") {
        *place += 1;
        met |= all(words, place, allowed);
    }
    met
}

/// `A AND B`
fn all(words: &[&str], place: &mut usize, allowed: &[String]) -> bool {
    let mut met = one(words, place, allowed);
    while words.get(*place) == Some(&"AND") {
        *place += 1;
        met &= one(words, place, allowed);
    }
    met
}

/// A licence, with or without exception, or an expression in brackets.
fn one(words: &[&str], place: &mut usize, allowed: &[String]) -> bool {
    let Some(word) = words.get(*place) else { return false };
    *place += 1;
    if *word == "(" {
        let met = choice(words, place, allowed);
        *place += 1;
        return met;
    }
    let mut licence = (*word).to_owned();
    if words.get(*place) == Some(&"WITH") {
        licence = format!("{licence} WITH {}", words.get(*place + 1).unwrap_or(&""));
        *place += 2;
    }
    allowed.contains(&licence)
}

#[test]
fn expressions_are_understood() {
    let allowed = ["MIT".to_owned(), "Zlib".to_owned(), "Apache-2.0 WITH LLVM-exception".to_owned()];
    for good in ["MIT", "MIT OR GPL-3.0", "GPL-3.0/MIT", "(GPL-3.0 OR MIT) AND Zlib", "Apache-2.0 WITH LLVM-exception"]
    {
        assert!(is_allowed(good, &allowed), "{good}");
    }
    for bad in ["", "GPL-3.0", "MIT AND GPL-3.0", "(MIT OR Zlib) AND GPL-3.0", "Apache-2.0", "MIT MIT"] {
        assert!(!is_allowed(bad, &allowed), "{bad}");
    }
}
