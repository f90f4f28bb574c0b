//! The child's side: reads a task, computes it, answers; and is gone the moment its parent is.

use std::fs::File;
use std::io::{self, Stdout, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::{Mutex, MutexGuard, PoisonError, mpsc};
use std::time::{Duration, Instant};

use contract::asks::Ask;
use contract::errors::{ErrorCode, Failure};
use contract::jobs::Progress;
use engine::ingest::Files;

use crate::confine::confine;
use crate::frames::{self, Reply, Request};
use crate::{Appended, MAX_FRAME_BYTES, Outcome, Task, charts, export, probe};

/// Progress closer together than this is not worth a message.
const PROGRESS_INTERVAL: Duration = Duration::from_millis(100);
/// Children of batch work step back behind interactive ones when processors are short.
pub const NICE_VARIABLE: &str = "PLOTLINE_CHILD_NICE";

/// The whole life of `plotline compute`. Never returns: ends when standard input ends, even in mid-computation.
pub fn child_main() -> ! {
    let code = match run() {
        Ok(()) => 0,
        Err(error) => {
            eprintln!("compute child: {error}");
            1
        }
    };
    std::process::exit(code)
}

fn run() -> io::Result<()> {
    close_inherited();
    let output = Mutex::new(claim_stdout()?);
    step_back();
    let (confinement, missing) = confine()?;
    let greeting = frames::encode(&Reply::Confined { confinement, missing })?;
    frames::write(&mut *lock(&output), &greeting.unwrap_or_default())?;
    let tasks = watch_stdin();
    while let Ok(task) = tasks.recv() {
        let reply = answer(&task, &output);
        let done = matches!(reply, Reply::Failed { panicked: true, .. });
        send(&output, &reply, &task)?;
        if done {
            break;
        }
    }
    Ok(())
}

/// Descriptors of this program are close-on-exec, but whoever started the server may have left others open in it.
fn close_inherited() {
    let Ok(open) = std::fs::read_dir("/proc/self/fd") else { return };
    let numbers: Vec<i32> = open.filter_map(|entry| entry.ok()?.file_name().to_str()?.parse().ok()).collect();
    for number in numbers.into_iter().filter(|number| *number > 2) {
        close(number);
    }
}

#[expect(unsafe_code, reason = "a descriptor that nothing in this process owns can only be closed by its number")]
fn close(number: i32) {
    // SAFETY: this runs before the program has opened anything, so no value owns the descriptor.
    unsafe { rustix::io::close(number) }
}

/// Keeps the pipe to the parent for frames alone: whatever a library prints goes to standard error.
fn claim_stdout() -> io::Result<File> {
    let pipe = rustix::io::fcntl_dupfd_cloexec(io::stdout(), 3)?;
    rustix::stdio::dup2_stdout(io::stderr())?;
    let _unbuffered: Stdout = io::stdout();
    Ok(File::from(pipe))
}

/// When memory or processors run short, the system shall take this process first and the server last. Both are wishes:
/// a system that does not grant them is fine.
fn step_back() {
    let _ = std::fs::write("/proc/self/oom_score_adj", "1000");
    if let Some(nice) = std::env::var(NICE_VARIABLE).ok().and_then(|text| text.parse().ok()) {
        let _ = rustix::process::nice(nice);
    }
}

/// Reads tasks on a thread of its own, so that the end of standard input (the parent died or gave this child up)
/// ends the process at once, whatever is being computed.
fn watch_stdin() -> mpsc::Receiver<Task> {
    let (sender, receiver) = mpsc::channel();
    std::thread::spawn(move || {
        let mut input = io::stdin().lock();
        while let Ok(Some(Request { task })) = frames::read(&mut input) {
            if sender.send(task).is_err() {
                break;
            }
        }
        std::process::exit(0)
    });
    receiver
}

fn answer(task: &Task, output: &Mutex<File>) -> Reply {
    let reporter = FrameReporter::new(output);
    match catch_unwind(AssertUnwindSafe(|| compute(task, &reporter))) {
        Ok(Ok(outcome)) => Reply::Done(outcome),
        Ok(Err(failure)) => Reply::Failed { failure, panicked: false },
        // The panic's own text is on standard error, which the parent logs; a user can do nothing with it.
        Err(_) => Reply::Failed { failure: crashed(), panicked: true },
    }
}

fn compute(task: &Task, reporter: &FrameReporter<'_>) -> Result<Outcome, Failure> {
    match task {
        Task::Ingest { source, target, quarantine, options, limits } => {
            let files = Files { source, target, quarantine };
            engine::ingest::run(files, options, limits, reporter).map(|outcome| Outcome::Ingest(Box::new(outcome)))
        }
        Task::Append { base, columns, source, addition, target, options, limits } => {
            let files = engine::append::Files { base, source, addition, target };
            let appended = engine::append::run(files, columns, options, limits, reporter);
            appended.map(|(outcome, rows_added)| Outcome::Append(Box::new(Appended { outcome, rows_added })))
        }
        Task::Analysis { analysis, parquet } => {
            engine::analyses::run(analysis, Path::new(parquet), reporter).map(Outcome::Analysis)
        }
        Task::Ask { ask: Ask::Chart(ask), file, .. } => charts::answer(ask, file).map(Outcome::Answer),
        Task::Ask { ask, file, scratch } => engine::asks::run(ask, file, scratch).map(Outcome::Answer),
        Task::Export { export, parquet, target } => export::run(export, parquet, target, reporter).map(Outcome::Export),
        Task::Probe { params, attempt } => probe::run(params, *attempt, reporter).map(Outcome::Probe),
    }
}

pub fn crashed() -> Failure {
    Failure::new(ErrorCode::Crashed, "The computation stopped unexpectedly.")
        .advice("Try again; if it happens again with this file, report it together with the request id.")
}

fn send(output: &Mutex<File>, reply: &Reply, task: &Task) -> io::Result<()> {
    let frame = match frames::encode(reply)? {
        Some(frame) => Some(frame),
        None => frames::encode(&Reply::Failed { failure: too_large(task), panicked: false })?,
    };
    frames::write(&mut *lock(output), &frame.unwrap_or_default())
}

fn too_large(task: &Task) -> Failure {
    let limit = MAX_FRAME_BYTES >> 20;
    match task {
        Task::Ingest { .. } | Task::Append { .. } => Failure::new(
            ErrorCode::InvalidFile,
            format!(
                "The file's preview and profile take more than {limit} MiB: its cells or its columns are too many."
            ),
        )
        .advice("Split the file into tables with fewer columns, or shorten the texts in it."),
        Task::Analysis { .. } | Task::Ask { .. } | Task::Export { .. } | Task::Probe { .. } => {
            Failure::new(ErrorCode::InvalidParameters, format!("The result takes more than {limit} MiB."))
                .advice("Ask for fewer columns, percentiles or top values.")
        }
    }
}

/// Sends progress as frames, at most ten a second.
struct FrameReporter<'a> {
    output: &'a Mutex<File>,
    last: Mutex<Option<Instant>>,
}

impl<'a> FrameReporter<'a> {
    const fn new(output: &'a Mutex<File>) -> Self {
        Self { output, last: Mutex::new(None) }
    }
}

impl engine::Reporter for FrameReporter<'_> {
    fn report(&self, fraction: f64, stage: &str, rows: u64) {
        let mut last = lock(&self.last);
        if last.is_some_and(|last| last.elapsed() < PROGRESS_INTERVAL) {
            return;
        }
        *last = Some(Instant::now());
        let reply = Reply::Progress(Progress { fraction, stage: stage.to_owned(), rows });
        if let Ok(Some(frame)) = frames::encode(&reply) {
            // A parent that is gone ends this process through standard input.
            let _ = lock(self.output).write_all(&frame);
        }
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
