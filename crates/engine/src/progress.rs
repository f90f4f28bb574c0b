//! Progress of a computation: fractions that only grow.

use std::sync::{Mutex, PoisonError};

/// Receives progress. Called from the computing threads, so it must be quick.
pub trait Reporter: Sync {
    /// `fraction` is from 0 to 1 and never falls; `rows` counts the rows of this stage.
    fn report(&self, fraction: f64, stage: &str, rows: u64);
}

/// A reporter for callers that do not care.
#[derive(Clone, Copy, Debug, Default)]
pub struct Silent;

impl Reporter for Silent {
    fn report(&self, _fraction: f64, _stage: &str, _rows: u64) {}
}

/// A part of the whole, from one fraction to another, under one name.
pub(crate) struct Stage<'a> {
    reporter: &'a dyn Reporter,
    name: &'static str,
    from: f64,
    to: f64,
    highest: Mutex<f64>,
}

impl<'a> Stage<'a> {
    pub(crate) fn new(reporter: &'a dyn Reporter, name: &'static str, from: f64, to: f64) -> Self {
        Self { reporter, name, from, to, highest: Mutex::new(from) }
    }

    /// Reports `done` of `total` units. The lock keeps two threads from reporting out of order.
    pub(crate) fn report(&self, done: u64, total: u64, rows: u64) {
        let share = if total == 0 { 1.0 } else { (done as f64 / total as f64).clamp(0.0, 1.0) };
        let fraction = self.from + (self.to - self.from) * share;
        let mut highest = self.highest.lock().unwrap_or_else(PoisonError::into_inner);
        if fraction < *highest {
            return;
        }
        *highest = fraction;
        self.reporter.report(fraction, self.name, rows);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Recorder(Mutex<Vec<f64>>);

    impl Reporter for Recorder {
        fn report(&self, fraction: f64, _stage: &str, _rows: u64) {
            self.0.lock().unwrap().push(fraction);
        }
    }

    #[test]
    fn a_late_report_of_an_earlier_state_is_dropped() {
        let recorder = Recorder(Mutex::new(Vec::new()));
        let stage = Stage::new(&recorder, "reading", 0.25, 0.75);
        stage.report(1, 2, 0);
        stage.report(1, 4, 0);
        stage.report(9, 4, 0);
        assert_eq!(*recorder.0.lock().unwrap(), [0.5, 0.75]);
    }
}
