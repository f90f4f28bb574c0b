//! Fuzzes the reader of text: `fuzz_text SECONDS SEED FOLDER...` mutates the files of the folders, deterministically by seed.
//!
//! Every input must end in a table or in a failure with advice, within seconds, and never lose a row: rows in are the lines
//! of the input where quotes play no part, and always rows stored and rows quarantined. Each input is written down before
//! it is read. The first one that breaks the reader, hangs it or kills the process stays where the first line of the output
//! says, and ends the run.

use std::error::Error;
use std::io::{Write, stderr, stdout};
use std::panic::catch_unwind;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use contract::errors::ErrorCode;
use contract::ingest::{IngestOutcome, ParseOptions, SourceKind};
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
/// Files beside the seeds that are none.
const NO_SEEDS: [&str; 3] = ["README.md", "expected.json", "cases.json"];
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
        ("line_end", ["lf", "crlf", "cr", "mixed"]),
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

/// What is wrong with the answer to the input in the folder, if anything.
fn wrong(text: &[u8], options: &ParseOptions, folder: &Path) -> Option<String> {
    let (source, target, quarantine) = (folder.join("input"), folder.join("target"), folder.join("quarantine"));
    let files = Files { source: &source, target: &target, quarantine: &quarantine };
    let read = || engine::ingest::run(files, options, &IngestLimits::default(), &Silent);
    let Ok(answer) = catch_unwind(read) else { return Some("it panicked".to_owned()) };
    match answer {
        Ok(outcome) if outcome.rows_in != outcome.rows + outcome.quarantine.rows => Some(format!(
            "{} rows in, {} stored, {} quarantined",
            outcome.rows_in, outcome.rows, outcome.quarantine.rows
        )),
        Ok(outcome) => match lines_of(text, &outcome) {
            Some(lines) if lines != outcome.rows_in => {
                Some(format!("{lines} lines of rows, but {} rows in: {:?}", outcome.rows_in, outcome.dialect))
            }
            _ => None,
        },
        Err(failure) if matches!(failure.code, ErrorCode::InvalidFile | ErrorCode::InvalidParameters) => {
            failure.advice.is_none().then(|| format!("no advice: {}", failure.message))
        }
        Err(failure) => Some(format!("{:?}: {}", failure.code, failure.message)),
    }
}

/// How many rows the text has, where that can be seen without the marks: each line is one that is not blank, no comment,
/// not skipped and not the header. `None` where a quote or an escape may hold a line end, or letters have several bytes.
fn lines_of(text: &[u8], outcome: &IngestOutcome) -> Option<u64> {
    let dialect = &outcome.dialect;
    let text = text.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(text);
    let holds = |mark: Option<char>| mark.is_some_and(|mark| text.contains(&(mark as u8)));
    let plain =
        dialect.kind == SourceKind::Csv && dialect.encoding.starts_with("utf-8") && dialect.compression.is_none();
    let asked = dialect.choices.iter().any(|choice| choice.option == "line_end" && choice.asked);
    if !plain || asked || holds(dialect.quote) || holds(dialect.escape) {
        return None;
    }
    let is_blank = |byte: &u8| matches!(byte, b' ' | b'\t') && Some(char::from(*byte)) != dialect.delimiter;
    let comment = dialect.comment.as_deref().map(str::as_bytes);
    let unified = String::from_utf8_lossy(text).replace("\r\n", "\n").replace('\r', "\n");
    let lines = unified.split('\n').skip(dialect.skip_rows as usize).map(str::as_bytes);
    let rows = lines
        .filter(|line| !line.iter().all(is_blank) && !comment.is_some_and(|comment| line.starts_with(comment)))
        .count() as u64;
    rows.checked_sub(u64::from(dialect.header))
}

/// Ends the process once the same input has been read for too long; what it was stays in the folder.
fn watch(inputs: &Arc<AtomicU64>, folder: PathBuf) {
    let inputs = Arc::clone(inputs);
    thread::spawn(move || {
        let (mut last, mut since) = (0, Instant::now());
        loop {
            thread::sleep(Duration::from_millis(500));
            let now = inputs.load(Ordering::Relaxed);
            if now != last {
                (last, since) = (now, Instant::now());
            } else if since.elapsed() > PATIENCE {
                let kept = folder.display();
                let _ = writeln!(stderr(), "fuzz_text: input {now} hangs for {PATIENCE:?}; it is kept in {kept}");
                std::process::abort();
            }
        }
    });
}

fn seeds(folders: &[String]) -> Result<Vec<Vec<u8>>, Box<dyn Error>> {
    let mut paths = Vec::new();
    for folder in folders {
        for entry in std::fs::read_dir(folder)? {
            let path = entry?.path();
            let named = path.file_name().is_some_and(|name| NO_SEEDS.iter().any(|other| name == *other));
            if path.is_file() && !named {
                paths.push(path);
            }
        }
    }
    paths.sort();
    let seeds: Vec<Vec<u8>> = paths.iter().map(std::fs::read).collect::<Result<_, _>>()?;
    if seeds.is_empty() { Err("the folders hold no file".into()) } else { Ok(seeds) }
}

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [seconds, seed, folders @ ..] = arguments.as_slice() else {
        return Err("usage: fuzz_text SECONDS SEED FOLDER...".into());
    };
    let (seconds, seed) = (Duration::from_secs(seconds.parse()?), seed.parse::<u64>()?);
    let seeds = seeds(folders)?;
    let scratch = tempfile::Builder::new().prefix("fuzz_text-").tempdir()?;
    let folder = scratch.path().to_path_buf();
    writeln!(stdout(), "the input that is being read is {}", folder.join("input").display())?;
    let read = Arc::new(AtomicU64::new(0));
    watch(&read, folder.clone());
    let (begin, mut dice, mut inputs) = (Instant::now(), Dice(seed | 1), 0_u64);
    while begin.elapsed() < seconds {
        let (text, options) = (mutated(&seeds, &mut dice), options(&mut dice));
        std::fs::write(folder.join("input"), &text)?;
        std::fs::write(folder.join("options"), format!("{options:?}"))?;
        if let Some(wrong) = wrong(&text, &options, &folder) {
            let kept = scratch.keep();
            return Err(
                format!("input {inputs} of seed {seed}, kept in {}: {wrong}; {options:?}", kept.display()).into()
            );
        }
        inputs += 1;
        read.store(inputs, Ordering::Relaxed);
    }
    let (count, took) = (seeds.len(), seconds.as_secs());
    writeln!(stdout(), "fuzz_text: {inputs} inputs from {count} files, seed {seed}, {took} s: none broke the reader")?;
    Ok(())
}
