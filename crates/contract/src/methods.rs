//! The text about a kind's methods: its section of `docs/methods.md`, which is the one place where it is written.

const DOCUMENT: &str = include_str!("../../../docs/methods.md");

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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analyses::KINDS;

    #[test]
    fn every_kind_has_a_section_of_its_own() {
        for kind in KINDS {
            let text = method_text(kind.name);
            assert!(text.len() > 100, "docs/methods.md lacks a section for {}", kind.name);
            assert!(!text.contains("\n## "), "{}", kind.name);
        }
        assert_eq!(method_text("no_such_kind"), "");
    }
}
