//! Reads a folder of reference cases and compares: `compare_cases EXPECTED.json FOLDER` prints pass counts and each miss.
//!
//! For delimited text EXPECTED has for each file `consensus` and, where two independent readers agree, `duckdb.rows` and
//! `duckdb.n_columns`; FOLDER has the files. For JSON it has the suites `JSONTestSuite` (`must` be accepted or rejected)
//! and `duckdb_json` (`rows`); FOLDER has the files in folders of their own. No file may end in anything but a table or a
//! refusal with advice, and no row may be lost.

use std::collections::BTreeMap;
use std::error::Error;
use std::io::{Write, stdout};
use std::path::{Path, PathBuf};

use contract::errors::{ErrorCode, Failure};
use contract::ingest::{IngestOutcome, ParseOptions};
use contract::limits::IngestLimits;
use engine::Silent;
use engine::ingest::Files;
use serde_json::Value;

type Answer = Result<IngestOutcome, Failure>;

/// What became of the files, by what was expected of them.
#[derive(Default)]
struct Tally {
    counts: BTreeMap<String, u64>,
    misses: Vec<String>,
}

impl Tally {
    fn count(&mut self, what: &str) {
        *self.counts.entry(what.to_owned()).or_default() += 1;
    }

    fn miss(&mut self, expected: &str, file: &str, what: &str) {
        self.count(&format!("{expected}: missed"));
        self.misses.push(format!("{file} ({expected}): {what}"));
    }

    /// Whether the answer is a table whose rows are all told, or a refusal that helps.
    fn sound(&mut self, file: &str, answer: &Answer) -> bool {
        let wrong = match answer {
            Ok(outcome) => (outcome.rows_in != outcome.rows + outcome.quarantine.rows)
                .then(|| format!("{} rows in, {} stored", outcome.rows_in, outcome.rows)),
            Err(failure) if failure.code != ErrorCode::InvalidFile => Some(format!("{failure:?}")),
            Err(failure) => failure.advice.is_none().then(|| format!("no advice: {}", failure.message)),
        };
        if let Some(wrong) = &wrong {
            self.miss("every file", file, wrong);
        }
        wrong.is_none()
    }
}

fn read(path: &Path) -> Result<Answer, Box<dyn Error>> {
    let folder = tempfile::tempdir()?;
    let (target, quarantine) = (folder.path().join("target"), folder.path().join("quarantine"));
    let files = Files { source: path, target: &target, quarantine: &quarantine };
    Ok(engine::ingest::run(files, &ParseOptions::default(), &IngestLimits::default(), &Silent))
}

fn told(answer: &Answer) -> String {
    match answer {
        Ok(outcome) => {
            let (rows, columns, marks) = (outcome.rows, outcome.columns.len(), &outcome.dialect);
            let malformed = outcome.quarantine.rows;
            format!("{rows} rows, {columns} columns, {malformed} malformed, separator {:?}", marks.delimiter)
        }
        Err(failure) => format!("refused: {}", failure.message),
    }
}

/// What two readers agree on is expected; of the other files that the answer is sound.
fn delimited(expected: &Value, folder: &Path, tally: &mut Tally) -> Result<(), Box<dyn Error>> {
    for (file, case) in expected.as_object().into_iter().flatten() {
        let path = folder.join(file);
        if !path.is_file() {
            continue;
        }
        let answer = read(&path)?;
        if !tally.sound(file, &answer) {
            continue;
        }
        if case["consensus"] != true {
            tally.count(if answer.is_ok() { "no consensus: a table" } else { "no consensus: refused" });
            continue;
        }
        let wanted = (case["duckdb"]["rows"].as_u64(), case["duckdb"]["n_columns"].as_u64());
        let found = answer.as_ref().ok().map(|outcome| (Some(outcome.rows), Some(outcome.columns.len() as u64)));
        if found == Some(wanted) {
            tally.count("consensus: the same rows and columns");
        } else {
            tally.miss("consensus", file, &format!("{} instead of {wanted:?}", told(&answer)));
        }
    }
    Ok(())
}

fn json(expected: &Value, folder: &Path, tally: &mut Tally) -> Result<(), Box<dyn Error>> {
    let paths = files_below(folder)?;
    for (suite, cases) in expected.as_object().into_iter().flatten() {
        for (file, case) in cases.as_object().into_iter().flatten() {
            let Some(path) = paths.get(file) else { continue };
            let answer = read(path)?;
            if !tally.sound(file, &answer) {
                continue;
            }
            match (case["must"].as_str(), case["rows"].as_u64(), &answer) {
                (Some("reject"), _, Err(_)) => tally.count("must be rejected: refused"),
                (Some("reject"), _, Ok(_)) => tally.miss("must be rejected", file, &told(&answer)),
                (Some("accept"), _, Ok(_)) => tally.count("must be accepted: a table"),
                (Some("accept"), _, Err(_)) => tally.miss("must be accepted", file, &told(&answer)),
                (_, Some(rows), Ok(outcome)) if outcome.rows == rows => tally.count(&format!("{suite}: the same rows")),
                (_, Some(rows), _) => tally.miss(suite, file, &format!("{} instead of {rows} rows", told(&answer))),
                (_, None, Ok(_)) => tally.count(&format!("{suite}, nothing expected: a table")),
                (_, None, Err(_)) => tally.count(&format!("{suite}, nothing expected: refused")),
            }
        }
    }
    Ok(())
}

/// The files in the folders of a folder, by name.
fn files_below(folder: &Path) -> Result<BTreeMap<String, PathBuf>, Box<dyn Error>> {
    let mut found = BTreeMap::new();
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        let inner = if path.is_dir() { std::fs::read_dir(&path)?.collect::<Result<Vec<_>, _>>()? } else { Vec::new() };
        for file in inner {
            found.insert(file.file_name().to_string_lossy().into_owned(), file.path());
        }
    }
    Ok(found)
}

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [expected, folder] = arguments.as_slice() else {
        return Err("usage: compare_cases EXPECTED.json FOLDER".into());
    };
    let expected: Value = serde_json::from_slice(&std::fs::read(expected)?)?;
    let mut tally = Tally::default();
    if expected.get("JSONTestSuite").is_some() {
        json(&expected, Path::new(folder), &mut tally)?;
    } else {
        delimited(&expected, Path::new(folder), &mut tally)?;
    }
    let mut out = stdout().lock();
    tally.misses.iter().try_for_each(|miss| writeln!(out, "{miss}"))?;
    tally.counts.iter().try_for_each(|(what, count)| writeln!(out, "{count:>5}  {what}"))?;
    Ok(())
}
