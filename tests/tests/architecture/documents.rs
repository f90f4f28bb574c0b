//! Documents keep in step with the code: settings, links, indexes, and invariants that name their test.

use std::path::Path;

use tests::program::root;

use crate::sources::{files, text};

fn documents() -> Vec<std::path::PathBuf> {
    let mut all = files("docs", ".md");
    all.extend(["README.md", "CONTRIBUTING.md", "CHANGELOG.md"].map(Into::into));
    all
}

#[test]
fn every_setting_is_documented() {
    let manual = text("crates/settings/settings.default.toml");
    let page = text("docs/configuration.md");
    let mut names = 0;
    for name in manual.lines().filter_map(|line| line.strip_prefix("# Environment: ")) {
        assert!(page.contains(&format!("`{name}`")), "docs/configuration.md does not tell of {name}");
        names += 1;
    }
    assert!(names >= 20, "the test reads the settings: {names}");
}

#[test]
fn every_document_can_be_found_from_the_readme() {
    let readme = text("README.md");
    for path in files("docs", ".md") {
        let place = path.to_string_lossy();
        let index = if place.starts_with("docs/decisions/") { "docs/decisions/README.md" } else { "README.md" };
        if place == index {
            assert!(readme.contains(place.as_ref()), "README.md does not link {place}");
            continue;
        }
        let link = if index == "README.md" { place.to_string() } else { place.replace("docs/decisions/", "") };
        assert!(text(index).contains(&format!("]({link})")), "{index} does not link {place}");
    }
}

#[test]
fn every_link_leads_somewhere() {
    for path in documents() {
        let folder = path.parent().unwrap_or(Path::new(""));
        for link in links(&text(&path)) {
            if link.starts_with("http") || link.starts_with('#') {
                continue;
            }
            let file = link.split('#').next().unwrap_or_default();
            assert!(root().join(folder).join(file).exists(), "{}: the link {link} leads nowhere", path.display());
        }
    }
}

/// The targets of `[text](target)`.
fn links(markdown: &str) -> Vec<String> {
    let pieces = markdown.split("](").skip(1);
    pieces.filter_map(|piece| piece.split_once(')')).map(|(target, _)| target.to_owned()).collect()
}

#[test]
fn every_invariant_names_a_test_that_exists() {
    let page = text("docs/architecture.md");
    let invariants: Vec<&str> =
        page.split("\n\n").filter(|paragraph| paragraph.starts_with("**Architecture Invariant:**")).collect();
    assert!(invariants.len() >= 9, "the nine invariants of the design stand there: {}", invariants.len());
    for paragraph in invariants {
        let named: Vec<(&str, &str)> = paragraph.split('`').filter_map(|piece| piece.split_once(".rs::")).collect();
        assert!(!named.is_empty(), "this invariant names no test (`path/file.rs::function`):\n{paragraph}");
        for (file, function) in named {
            let file = format!("{file}.rs");
            let code = text(&file);
            let at = code.find(&format!("fn {function}("));
            let at = at.unwrap_or_else(|| panic!("{file} has no test {function}, which docs/architecture.md names"));
            let before: String = code[..at].lines().rev().take(4).collect();
            assert!(before.contains("test]"), "{file}: {function} is not a test");
        }
    }
}

#[test]
fn the_architecture_tells_of_every_crate() {
    let page = text("docs/architecture.md");
    for entry in std::fs::read_dir(root().join("crates")).expect("crates").filter_map(Result::ok) {
        let name = entry.file_name().to_string_lossy().into_owned();
        assert!(page.contains(&format!("`crates/{name}`")), "docs/architecture.md does not tell of crates/{name}");
    }
}

#[test]
fn every_analysis_is_documented() {
    // The registry has one line a kind; the page of methods has one heading a kind.
    let methods = text("docs/methods.md");
    let folder = Path::new("crates/contract/src/analyses");
    // A folder below holds the parts of one analysis.
    for path in files("crates/contract/src/analyses", ".rs").into_iter().filter(|path| path.parent() == Some(folder)) {
        let name = path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
        if name != "mod" {
            assert!(methods.contains(&format!("`{name}`")), "docs/methods.md does not define the figures of `{name}`");
        }
    }
}
