//! The README's curl session, executed as it stands there against the real program, with its output compared.

use std::process::Command;

use tests::Server;
use tests::program::root;

/// Where the README says that the server is.
const ADDRESS: &str = "http://127.0.0.1:8080";
/// Printed between the commands, so that each block's output is known.
const BORDER: &str = "--- end of block ---";

/// What ends a word.
const BETWEEN: [char; 7] = [' ', '"', ',', '\n', '/', '{', '}'];

/// A block of commands and the output that the README shows below it.
struct Block {
    commands: String,
    output: Option<String>,
}

#[test]
fn the_session_of_the_readme_runs_as_printed() {
    let server = Server::start();
    let blocks = session(&std::fs::read_to_string(root().join("README.md")).expect("README.md"));
    assert!(blocks.len() >= 6, "the README has a session: {} blocks", blocks.len());
    let mut script = String::from("set -eu -o pipefail\n");
    for block in &blocks {
        script.push_str(&block.commands.replace(ADDRESS, server.url()));
        script.push_str(&format!("\necho '{BORDER}'\n"));
    }
    let folder = tempfile::tempdir().expect("a folder");
    let output = Command::new("bash").args(["-c", &script]).current_dir(folder.path()).output().expect("bash");
    let errors = String::from_utf8_lossy(&output.stderr);
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success(), "the session failed:\n{text}\n{errors}");
    let outputs: Vec<&str> = text.split(&format!("{BORDER}\n")).collect();
    for (block, actual) in blocks.iter().zip(outputs) {
        let Some(expected) = &block.output else { continue };
        let actual = actual.replace(server.url(), ADDRESS);
        assert_eq!(constant(&actual), constant(expected), "\ncommands:\n{}\nprinted:\n{actual}", block.commands);
    }
    let rows = std::fs::read_to_string(folder.path().join("orders.csv")).expect("the session's file").lines().count();
    assert!(rows > 100_000, "a file of real size: {rows} lines");
}

/// The blocks marked `sh` below the heading of the session, each with the block of output that follows it.
fn session(readme: &str) -> Vec<Block> {
    let section = readme.split("\n## ").find(|section| section.starts_with("A session with curl")).unwrap_or_default();
    let mut blocks: Vec<Block> = Vec::new();
    for (i, piece) in section.split("```").enumerate() {
        // Every second piece is code; its first line is its language.
        let Some((language, code)) = piece.split_once('\n').filter(|_| i % 2 == 1) else { continue };
        match (language, blocks.last_mut()) {
            ("sh", _) => blocks.push(Block { commands: code.to_owned(), output: None }),
            (_, Some(block)) => block.output = Some(code.to_owned()),
            _ => {}
        }
    }
    blocks
}

/// The text with everything that differs from run to run replaced: ids, times, tokens, ages.
fn constant(text: &str) -> String {
    let mut constant = String::new();
    // An age is known by its name: on a loaded machine it may be any number.
    let mut is_age = false;
    for word in text.split_inclusive(BETWEEN) {
        let bare = word.trim_end_matches(BETWEEN);
        let is_number = bare.parse::<f64>().is_ok();
        constant.push_str(if varies(bare) || (is_age && is_number) { "<varies>" } else { word });
        is_age = bare == "age_seconds" || (is_age && !is_number);
    }
    constant.trim().to_owned()
}

fn varies(word: &str) -> bool {
    let hex_and_dashes = |c: char| c.is_ascii_hexdigit() || c == '-';
    let is_id = word.len() == 36 && word.chars().all(hex_and_dashes) && word.matches('-').count() == 4;
    let is_time = word.len() >= 20 && word.ends_with('Z') && word.contains('T') && word.starts_with("20");
    is_id || is_time
}

#[test]
fn varying_parts_are_recognised() {
    let first = r#"{"id": "019f0000-0000-7000-8000-000000000001", "at": "2026-11-22T07:00:00.123456Z", "age_seconds": 0.123456, "rows": 1}"#;
    let second =
        r#"{"id": "019f9999-0000-7000-8000-000000000002", "at": "2026-12-24T08:00:00Z", "age_seconds": 12, "rows": 1}"#;
    assert_eq!(constant(first), constant(second));
    assert_ne!(constant("\"age_seconds\": 1, \"rows\": 5"), constant("\"age_seconds\": 2, \"rows\": 6"));
    assert_ne!(constant("\"mean\": 2.5"), constant("\"mean\": 2.6"));
    assert_ne!(constant("\"rows\": 100000"), constant("\"rows\": 100001"));
}
