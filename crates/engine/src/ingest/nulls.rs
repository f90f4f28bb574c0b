//! Spellings of missing cells: the usual ones, those that a request names, and those that only a column can tell.

/// Spellings that mean a missing cell where all other cells of the column are numbers, dates or the like. In a column of
/// texts they are texts.
pub(crate) const CANDIDATES: [&str; 28] = [
    "-", "--", "---", "–", "—", ".", "..", "?", "*", "(null)", "(blank)", "(none)", "nil", "Nil", "NIL", "none",
    "NONE", "missing", "Missing", "MISSING", "na", "Na", "n.a.", "N.A.", "#NULL!", "#DIV/0!", "#VALUE!", "#REF!",
];

/// Which spellings count as missing.
#[derive(Clone, Debug, Default)]
pub(crate) struct Nulls {
    asked: Option<Vec<Vec<u8>>>,
}

impl Nulls {
    /// `None`: the usual ones.
    pub(crate) fn new(asked: Option<&[String]>) -> Self {
        Self { asked: asked.map(|texts| texts.iter().map(|text| text.trim().as_bytes().to_vec()).collect()) }
    }

    /// Whether a request named the spellings. Those may look like values of a column, as 9999 does.
    pub(crate) const fn is_asked(&self) -> bool {
        self.asked.is_some()
    }

    /// Whether a cell that says this is missing, whatever its column is.
    pub(crate) fn holds(&self, text: &[u8]) -> bool {
        match &self.asked {
            None => is_usual(text),
            Some(asked) => asked.iter().any(|spelling| spelling == text),
        }
    }

    /// The position in [`CANDIDATES`] of a spelling that its column must decide.
    pub(crate) fn candidate(&self, text: &[u8]) -> Option<usize> {
        if self.asked.is_some() || text.len() > 9 {
            return None;
        }
        CANDIDATES.iter().position(|spelling| spelling.as_bytes() == text)
    }
}

/// Whether this is one of the usual spellings of a missing value: those that pandas reads so, and MySQL's `\N`.
pub(crate) fn is_usual(text: &[u8]) -> bool {
    if text.len() > 8 {
        return false;
    }
    matches!(
        text,
        b"#N/A"
            | b"#N/A N/A"
            | b"#NA"
            | b"-1.#IND"
            | b"-1.#QNAN"
            | b"-NaN"
            | b"-nan"
            | b"1.#IND"
            | b"1.#QNAN"
            | b"<NA>"
            | b"N/A"
            | b"NA"
            | b"NULL"
            | b"NaN"
            | b"None"
            | b"\\N"
            | b"n/a"
            | b"nan"
            | b"null"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn asked_spellings_replace_the_usual_ones() {
        let usual = Nulls::default();
        assert!(usual.holds(b"NA") && usual.candidate(b"-").is_some());
        let asked = Nulls::new(Some(&["unknown".to_owned()]));
        assert!(asked.holds(b"unknown") && !asked.holds(b"NA") && asked.candidate(b"-").is_none());
    }

    /// What `docs/methods.md` lists between these words.
    fn listed(from: &str, to: &str) -> Vec<&'static str> {
        let document = include_str!("../../../../docs/methods.md");
        let list = document.split_once(from).unwrap().1.split_once(to).unwrap().0;
        list.split('`').skip(1).step_by(2).collect()
    }

    #[test]
    fn the_spellings_are_those_that_are_documented() {
        let usual = listed("missing if it is empty or spelled", "which is what pandas");
        assert_eq!(usual.len(), 19);
        assert!(usual.iter().all(|spelling| is_usual(spelling.as_bytes())), "{usual:?}");
        assert_eq!(listed("these are missing too:", "In columns of text"), CANDIDATES);
    }
}
