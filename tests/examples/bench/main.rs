//! Measures the figures that the project promises against the program that scripts/run.sh builds (scripts/bench.sh).
//! One file for each part; its name selects it: `bench jobs results`. Without a name everything is measured.

#![expect(clippy::print_stdout, clippy::expect_used, clippy::panic, reason = "a report for people; a failure ends it")]

mod charts;
mod child;
mod figures;
mod jobs;
mod latency;
mod memory;
mod peers;
mod quick;
mod results;
mod rows;
mod site;
mod tables;
mod wire;

use std::process::ExitCode;

use figures::Figure;

type Part = (&'static str, fn() -> Vec<Figure>);

/// In the order in which they run.
const PARTS: [Part; 12] = [
    ("quick", quick::measure),
    ("ingest", tables::ingest),
    ("uploads", tables::uploads),
    ("profile", tables::profile),
    ("memory", memory::measure),
    ("rows", rows::measure),
    ("charts", charts::measure),
    ("latency", latency::measure),
    ("jobs", jobs::with_4_slots),
    ("jobs16", jobs::with_16_slots),
    ("submit", jobs::over_http),
    ("results", results::measure),
];

fn main() -> ExitCode {
    let asked: Vec<String> = std::env::args().skip(1).collect();
    if let Some(unknown) = asked.iter().find(|name| PARTS.iter().all(|(part, _)| part != name)) {
        let names: Vec<&str> = PARTS.iter().map(|(name, _)| *name).collect();
        println!("There is no part \"{unknown}\". Known: {}.", names.join(", "));
        return ExitCode::from(2);
    }
    let mut figures = Vec::new();
    for (name, measure) in PARTS.iter().filter(|(name, _)| asked.is_empty() || asked.iter().any(|one| one == name)) {
        println!("\n{name}");
        figures.extend(measure());
    }
    figures::report(&figures)
}
