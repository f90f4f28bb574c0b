//! Figures: what was asked, what was measured, and whether that is enough.

use std::process::ExitCode;

/// What a figure has to be.
#[derive(Clone, Copy)]
pub enum Asked {
    AtMost(f64),
    AtLeast(f64),
    /// Nothing: it is only told.
    Told,
}

pub struct Figure {
    pub name: String,
    pub unit: &'static str,
    pub asked: Asked,
    pub measured: f64,
}

impl Figure {
    pub fn new(name: impl Into<String>, unit: &'static str, asked: Asked, measured: f64) -> Self {
        Self { name: name.into(), unit, asked, measured }
    }

    fn is_missed(&self) -> bool {
        match self.asked {
            Asked::AtMost(most) => self.measured > most,
            Asked::AtLeast(least) => self.measured < least,
            Asked::Told => false,
        }
    }
}

/// The table, and code 1 when a figure is missed.
pub fn report(figures: &[Figure]) -> ExitCode {
    println!("\n{:<62} {:>14} {:>14}", "", "asked", "measured");
    for figure in figures {
        let Figure { name, unit, asked, measured } = figure;
        let asked = match asked {
            Asked::AtMost(most) => format!("<= {most} {unit}"),
            Asked::AtLeast(least) => format!(">= {least} {unit}"),
            Asked::Told => String::new(),
        };
        let verdict = if figure.is_missed() { "  MISSED" } else { "" };
        println!("{name:<62} {asked:>14} {:>14}{verdict}", format!("{measured:.2} {unit}"));
    }
    if figures.iter().any(Figure::is_missed) { ExitCode::FAILURE } else { ExitCode::SUCCESS }
}

pub fn median(values: Vec<f64>) -> f64 {
    percentile(values, 0.5)
}

/// The nearest-rank percentile, `fraction` from 0 to 1.
pub fn percentile(mut values: Vec<f64>, fraction: f64) -> f64 {
    values.sort_by(f64::total_cmp);
    let last = values.len().saturating_sub(1);
    let rank = (values.len() as f64 * fraction) as usize;
    values.get(rank.min(last)).copied().expect("something was measured")
}
