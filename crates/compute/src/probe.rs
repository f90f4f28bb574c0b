//! The deeds of probes, in the child like all other work: waiting, failing, aborting, taking memory, spinning.

use std::fs::File;
use std::io::{self, Read as _};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use contract::errors::{ErrorCode, Failure};
use contract::probe::{ProbeAction, ProbeOutcome, ProbeParams};
use engine::Reporter;

/// How often a sleeping probe reports.
const STEP: Duration = Duration::from_millis(50);

pub fn run(params: &ProbeParams, attempt: u32, reporter: &impl Reporter) -> Result<ProbeOutcome, Failure> {
    if params.attempts.is_none_or(|attempts| attempt <= attempts) {
        act(&params.action, reporter)?;
    }
    Ok(ProbeOutcome { attempt, process: std::process::id() })
}

fn act(action: &ProbeAction, reporter: &impl Reporter) -> Result<(), Failure> {
    match action {
        ProbeAction::Nothing => {}
        ProbeAction::Sleep { milliseconds } => sleep(Duration::from_millis(*milliseconds), reporter),
        ProbeAction::Fail { failure } => return Err(failure.clone()),
        ProbeAction::Abort => std::process::abort(),
        ProbeAction::Allocate { bytes, hold_milliseconds } => allocate(*bytes, *hold_milliseconds),
        ProbeAction::Read { path } => told(File::open(path).and_then(|mut file| file.read(&mut [0])))?,
        ProbeAction::Write { path } => told(File::create(path))?,
        ProbeAction::Connect { address } => told(TcpStream::connect(address))?,
        ProbeAction::Spin { milliseconds } => spin(Duration::from_millis(*milliseconds)),
    }
    Ok(())
}

fn told<T>(result: io::Result<T>) -> Result<(), Failure> {
    result.map(drop).map_err(|error| Failure::new(ErrorCode::Forbidden, error.to_string()))
}

fn sleep(whole: Duration, reporter: &impl Reporter) {
    let start = Instant::now();
    loop {
        let left = whole.saturating_sub(start.elapsed());
        if left.is_zero() {
            return;
        }
        let fraction = start.elapsed().as_secs_f64() / whole.as_secs_f64();
        reporter.report(fraction.min(1.0), "sleeping", u64::try_from(start.elapsed().as_millis()).unwrap_or(u64::MAX));
        std::thread::sleep(left.min(STEP));
    }
}

/// Memory counts when it is written to, so every page is.
fn allocate(bytes: u64, hold_milliseconds: u64) {
    let mut taken = vec![0_u8; usize::try_from(bytes).unwrap_or(usize::MAX)];
    taken.iter_mut().step_by(4096).for_each(|byte| *byte = 1);
    std::thread::sleep(Duration::from_millis(hold_milliseconds));
    std::hint::black_box(&taken);
}

fn spin(time: Duration) {
    let start = Instant::now();
    let mut number = 1_u64;
    while start.elapsed() < time {
        for _ in 0..1_000_000 {
            number = std::hint::black_box(number.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1));
        }
    }
}
