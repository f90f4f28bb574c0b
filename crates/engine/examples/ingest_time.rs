//! Measures ingest and `descriptive` on a file: `cargo run -p engine --example ingest_time -- FILE [RUNS]`.

use std::error::Error;
use std::io::{Write, stdout};
use std::path::PathBuf;
use std::sync::Mutex;
use std::time::Instant;

use contract::analyses::Analysis;
use contract::analyses::descriptive::DescriptiveParams;
use contract::ingest::ParseOptions;
use contract::limits::IngestLimits;
use engine::Reporter;
use engine::ingest::Files;

/// Notes when each stage was seen first.
struct Stages {
    begin: Instant,
    seen: Mutex<Vec<(String, f64)>>,
}

impl Reporter for Stages {
    fn report(&self, _fraction: f64, stage: &str, _rows: u64) {
        let Ok(mut seen) = self.seen.lock() else { return };
        let now = self.begin.elapsed().as_secs_f64();
        match seen.last_mut() {
            Some((name, end)) if name == stage => *end = now,
            _ => seen.push((stage.to_owned(), now)),
        }
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let source = PathBuf::from(arguments.next().ok_or("give a file")?);
    let runs: u32 = arguments.next().map_or(Ok(3), |runs| runs.parse())?;
    let target = std::env::temp_dir().join(format!("ingest_time_{}.parquet", std::process::id()));
    let quarantine = target.with_extension("quarantine");
    let files = Files { source: &source, target: &target, quarantine: &quarantine };
    for _ in 0..runs {
        let stages = Stages { begin: Instant::now(), seen: Mutex::new(Vec::new()) };
        let outcome = engine::ingest::run(files, &ParseOptions::default(), &IngestLimits::default(), &stages)
            .map_err(|failure| failure.message)?;
        let seconds = stages.begin.elapsed().as_secs_f64();
        let params = DescriptiveParams::of(uuid::Uuid::nil());
        let begin = Instant::now();
        let answer = engine::analyses::run(&Analysis::Descriptive(params), &target, &engine::Silent);
        let described = begin.elapsed().as_secs_f64();
        let answer = answer.map_err(|failure| failure.message)?;
        writeln!(
            stdout(),
            "{} rows, {} bytes of Parquet: ingest {seconds:.3} s {:?}; descriptive {described:.3} s, {} bytes; peak {}",
            outcome.rows,
            outcome.bytes,
            stages.seen.lock().map(|seen| seen.clone()).unwrap_or_default(),
            answer.get().len(),
            peak_memory(),
        )?;
    }
    std::fs::remove_file(&target)?;
    Ok(())
}

/// The line of the kernel's accounting that tells the highest resident size.
fn peak_memory() -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    status.lines().find(|line| line.starts_with("VmHWM")).unwrap_or("unknown").to_owned()
}
