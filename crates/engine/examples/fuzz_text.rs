//! Fuzzes the reader of text: `fuzz_text FOLDER SECONDS [SEED]` mutates the files of the folder, deterministically by seed.
//!
//! Every input must end in a table or in a failure with advice, within seconds, and never lose a row: rows in are rows
//! stored and rows quarantined. The first input that breaks this is written beside the working folder and ends the run.

use std::error::Error;
use std::io::{Write, stdout};
use std::panic::catch_unwind;
use std::path::Path;
use std::time::{Duration, Instant};

use contract::errors::ErrorCode;
use contract::ingest::ParseOptions;
use contract::limits::IngestLimits;
use engine::Silent;
use engine::ingest::Files;

/// What readers stumble over.
const PIECES: &[&[u8]] = &[
    b"\"",
    b"\"\"",
    b"'",
    b"\\\"",
    b",",
    b";",
    b"\t",
    b"|",
    b"\n",
    b"\r",
    b"\r\n",
    b"\n\n",
    b"#",
    b"\xEF\xBB\xBF",
    b"\xFF\xFE",
    b"\0",
    b"\xC3",
    b"\xE9",
    b"\xFF",
    b"=1+1",
    b"-",
    b"NA",
    b"1,234",
    b"1.234,5",
    b"13/02/2024",
    b"2024-02-30",
    b"1e999",
    b"99999999999999999999999999999999999999999",
    b"00",
    b"{",
    b"[",
    b"true",
    "é€😀".as_bytes(),
];
const LONGEST: usize = 64 << 10;
/// An input that takes longer is a hang, whatever else the machine does.
const PATIENCE: Duration = Duration::from_secs(20);

struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % sides.max(1) as u64) as usize
    }
}

fn mutated(seeds: &[Vec<u8>], dice: &mut Dice) -> Vec<u8> {
    let mut text = seeds[dice.roll(seeds.len())].clone();
    for _ in 0..=dice.roll(8) {
        let at = dice.roll(text.len() + 1);
        let end = (at + dice.roll(40)).min(text.len());
        match dice.roll(7) {
            0 if at < text.len() => text[at] = dice.roll(256) as u8,
            1 => drop(text.drain(at..end)),
            2 => {
                let again: Vec<u8> = text[at..end].repeat(1 + dice.roll(30));
                text.splice(at..at, again);
            }
            3 => {
                let other = &seeds[dice.roll(seeds.len())];
                let from = dice.roll(other.len() + 1);
                text.truncate(at);
                text.extend_from_slice(&other[from..]);
            }
            4 => text.truncate(at),
            _ => {
                let piece = PIECES[dice.roll(PIECES.len())];
                text.splice(at..at, piece.iter().copied());
            }
        }
        text.truncate(LONGEST);
    }
    text
}

fn options(dice: &mut Dice) -> ParseOptions {
    let mut options = ParseOptions::default();
    if dice.roll(2) == 0 {
        options.quarantine_percent = Some(100.0);
    }
    for (name, values) in [
        ("encoding", ["utf-8", "utf-16le", "windows-1252", "shift_jis"]),
        ("delimiter", [",", ";", "tab", "space"]),
        ("quote", ["\"", "'", "", "`"]),
        ("escape", ["\\", "\"", "", "'"]),
        ("header", ["true", "false", "true", "false"]),
        ("skip_rows", ["0", "1", "3", "1000"]),
        ("date_order", ["dmy", "mdy", "ymd", "dmy"]),
        ("comment", ["#", "//", "", "a"]),
    ] {
        if dice.roll(6) == 0 {
            let _ = options.set(name, values[dice.roll(4)]);
        }
    }
    options
}

/// What is wrong with the answer to this input, if anything.
fn wrong(text: &[u8], options: &ParseOptions, folder: &Path) -> Option<String> {
    let (source, target, quarantine) = (folder.join("source"), folder.join("target"), folder.join("quarantine"));
    std::fs::write(&source, text).ok()?;
    let files = Files { source: &source, target: &target, quarantine: &quarantine };
    let begin = Instant::now();
    let read = || engine::ingest::run(files, options, &IngestLimits::default(), &Silent);
    let answer = match catch_unwind(read) {
        Ok(answer) => answer,
        Err(_) => return Some("it panicked".to_owned()),
    };
    if begin.elapsed() > PATIENCE {
        return Some(format!("it took {:?}", begin.elapsed()));
    }
    match answer {
        Ok(outcome) if outcome.rows_in != outcome.rows + outcome.quarantine.rows => Some(format!(
            "{} rows in, {} stored, {} quarantined",
            outcome.rows_in, outcome.rows, outcome.quarantine.rows
        )),
        Ok(_) => None,
        Err(failure) if matches!(failure.code, ErrorCode::InvalidFile | ErrorCode::InvalidParameters) => {
            failure.advice.is_none().then(|| format!("no advice: {}", failure.message))
        }
        Err(failure) => Some(format!("{:?}: {}", failure.code, failure.message)),
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let folder = arguments.next().ok_or("give a folder of seeds")?;
    let seconds: u64 = arguments.next().ok_or("give a number of seconds")?.parse()?;
    let seed: u64 = arguments.next().map_or(Ok(20_240_229), |seed| seed.parse())?;
    let mut paths: Vec<_> = std::fs::read_dir(&folder)?.filter_map(|entry| Some(entry.ok()?.path())).collect();
    paths.sort();
    let seeds: Vec<Vec<u8>> = paths.iter().filter_map(|path| std::fs::read(path).ok()).collect();
    if seeds.is_empty() {
        return Err("the folder holds no file".into());
    }
    let scratch = tempfile::tempdir()?;
    let (begin, mut dice, mut inputs) = (Instant::now(), Dice(seed | 1), 0_u64);
    while begin.elapsed() < Duration::from_secs(seconds) {
        let (text, options) = (mutated(&seeds, &mut dice), options(&mut dice));
        if let Some(wrong) = wrong(&text, &options, scratch.path()) {
            std::fs::write("fuzz_text.input", &text)?;
            return Err(format!("input {inputs} of seed {seed}, kept as fuzz_text.input: {wrong}; {options:?}").into());
        }
        inputs += 1;
    }
    writeln!(stdout(), "fuzz_text: {inputs} inputs of seed {seed} in {seconds} s, none broke the reader")?;
    Ok(())
}
