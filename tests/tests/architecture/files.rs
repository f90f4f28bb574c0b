//! How files look: what the first line says, how long they are, what they are called.

use std::path::PathBuf;

use crate::sources::{files, text};

const MOST_LINES: usize = 400;
const MEAN_LINES: usize = 175;

/// Names of techniques and drawers, not of things.
const FORBIDDEN_NAMES: &[&str] =
    &["util", "utils", "common", "core", "helper", "helpers", "misc", "stuff", "manager", "managers", "base", "lib2"];

fn code() -> Vec<PathBuf> {
    let code: Vec<_> = files("crates", ".rs").into_iter().chain(files("tests", ".rs")).collect();
    assert!(code.len() > 50, "the test looks at the code: {} files", code.len());
    code
}

#[test]
fn every_file_says_in_its_first_line_what_it_is_for() {
    for path in code() {
        let code = text(&path);
        let first = code.lines().next().unwrap_or_default();
        let words = first.strip_prefix("//! ").unwrap_or_default();
        assert!(words.len() >= 20, "{}: the first line must say what the file is for: `{first}`", path.display());
    }
}

#[test]
fn no_file_is_too_long_to_read_in_one_sitting() {
    let lengths: Vec<(usize, PathBuf)> = code().into_iter().map(|path| (text(&path).lines().count(), path)).collect();
    for (length, path) in &lengths {
        assert!(*length <= MOST_LINES, "{} has {length} lines, at most {MOST_LINES}: divide it", path.display());
    }
    let mean = lengths.iter().map(|(length, _)| length).sum::<usize>() / lengths.len();
    println!("{} files of {mean} lines in the mean", lengths.len());
    assert!(mean <= MEAN_LINES, "the mean is {mean} lines a file, at most {MEAN_LINES}");
}

#[test]
fn files_and_folders_are_named_after_things() {
    for path in code() {
        for part in &path.with_extension("") {
            let part = part.to_string_lossy();
            assert!(!FORBIDDEN_NAMES.contains(&part.as_ref()), "{}: `{part}` names no thing", path.display());
        }
    }
}

#[test]
fn nothing_is_left_open_in_the_code() {
    // Written in two halves, so that this file does not find itself.
    let marks =
        [["to", "do!("].concat(), ["unimpl", "emented!("].concat(), ["FIX", "ME"].concat(), ["TO", "DO"].concat()];
    let ignored = ["#[ig", "nore"].concat();
    for path in code() {
        let code = text(&path);
        for mark in marks.iter().chain([&ignored]) {
            assert!(!code.contains(mark.as_str()), "{}: {mark}", path.display());
        }
    }
}
