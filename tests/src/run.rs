//! One run of a fault test: its form (short, middle or full), its seed, and what it says of itself.

use std::fmt::Display;
use std::io::Write as _;
use std::time::{Duration, Instant, SystemTime};

use crate::dice::Dice;

/// How much a fault test does. The variable `FAULTS` names it; scripts/soak.sh sets it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    Short,
    Middle,
    Full,
}

/// A run that says its seed at the start, its counts at the end, and the seed again when it fails.
#[derive(Debug)]
pub struct Run {
    name: &'static str,
    pub form: Form,
    pub seed: u64,
    start: Instant,
}

impl Run {
    pub fn begin(name: &'static str) -> Self {
        let form = match std::env::var("FAULTS").as_deref() {
            Ok("full") => Form::Full,
            Ok("middle") => Form::Middle,
            Ok("short") | Err(_) => Form::Short,
            Ok(other) => panic!("FAULTS={other}: short, middle and full are known"),
        };
        let run = Self { name, form, seed: seed(), start: Instant::now() };
        run.say(format_args!("begins in its {form:?} form, FAULTS_SEED={}", run.seed));
        run
    }

    pub const fn pick<T: Copy>(&self, short: T, middle: T, full: T) -> T {
        match self.form {
            Form::Short => short,
            Form::Middle => middle,
            Form::Full => full,
        }
    }

    /// A bound that the full form keeps exactly; on a loaded machine the others allow twice that, or three seconds more.
    pub fn bound(&self, exact: Duration) -> Duration {
        let loaded = exact + exact.max(Duration::from_secs(3));
        self.pick(loaded, loaded, exact)
    }

    pub const fn dice(&self) -> Dice {
        Dice::new(self.seed)
    }

    /// Straight to standard error: the test runner hides what tests that pass print.
    pub fn say(&self, what: impl Display) {
        let seconds = self.start.elapsed().as_secs_f64();
        let line = format!("faults: {} ({seconds:.1} s): {what}\n", self.name);
        std::io::stderr().write_all(line.as_bytes()).ok();
    }
}

impl Drop for Run {
    fn drop(&mut self) {
        if std::thread::panicking() {
            self.say(format_args!("FAILED with FAULTS_SEED={} FAULTS={:?}", self.seed, self.form));
        }
    }
}

fn seed() -> u64 {
    if let Ok(text) = std::env::var("FAULTS_SEED") {
        return text.parse().unwrap_or_else(|_| panic!("FAULTS_SEED={text} is no number"));
    }
    let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    u64::from(now.subsec_nanos()) ^ now.as_secs()
}
