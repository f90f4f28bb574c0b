//! Compares tables with what pandas says of them: `compare_tables TRUTH.json FOLDER` prints every figure that differs.
//!
//! The truth has a file's name as key, by itself or under `files`, as `tests/fixtures/real/truth.json` does. Files of the
//! truth that the folder lacks are passed over, and counted.

use std::error::Error;
use std::io::{Write, stdout};
use std::path::Path;

use serde_json::Value;

#[path = "../tests/engine/truth.rs"]
mod truth;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [truth_file, folder] = arguments.as_slice() else {
        return Err("usage: compare_tables TRUTH.json FOLDER".into());
    };
    // Python's writer of JSON has figures that are none.
    let text = std::fs::read_to_string(truth_file)?.replace(": NaN", ": null");
    let truths: Value = serde_json::from_str(&text)?;
    let files = truths.get("files").unwrap_or(&truths).as_object().ok_or("the truth is no object")?;
    let (mut tables, mut absent, mut figures, mut differing) = (0, 0, 0, 0);
    let mut out = stdout().lock();
    for (name, truth) in files {
        let path = Path::new(folder).join(name);
        if !path.is_file() {
            absent += 1;
            continue;
        }
        tables += 1;
        match truth::compare(&path, truth) {
            Ok(compared) => {
                let (all, wrong) = (compared.figures, compared.differences.len());
                writeln!(out, "{name}: {all} figures, {wrong} differ")?;
                compared.differences.iter().try_for_each(|difference| writeln!(out, "  {difference}"))?;
                (figures, differing) = (figures + all, differing + wrong);
            }
            Err(failure) => {
                writeln!(out, "{name}: {}", failure.message)?;
                differing += 1;
            }
        }
    }
    writeln!(out, "{tables} tables, {figures} figures, {differing} differ; {absent} tables are not in the folder")?;
    Ok(())
}
