//! Answers an ask from a stored file: one file and one match arm a kind.

mod kept;
mod order;
mod rows;
mod statistics;

use std::path::Path;

use contract::asks::{Answer, Ask, MAX_ANSWER_BYTES};
use contract::errors::{ErrorCode, Failure};
use serde::Serialize;
use serde_json::value::to_raw_value;

use crate::Result;
use crate::failures::internal;
use crate::ingest;
use crate::table::Table;

/// The answer as JSON; what speeds up the next ask is kept in the folder `scratch`. One that is longer than [`MAX_ANSWER_BYTES`] ends with `invalid_parameters`.
pub fn run(ask: &Ask, file: &Path, scratch: &Path) -> Result<Answer> {
    let answer = match ask {
        Ask::Rows(ask) => json(&rows::run(ask, &Table::open(file)?, scratch)?)?,
        Ask::Statistics(ask) => json(&statistics::run(ask, &Table::open(file)?)?)?,
        // Drawn by the child itself, since the engine knows no renderer.
        Ask::Chart(_) => return Err(internal("A chart was asked of the engine alone.")),
        Ask::ParsePreview(ask) => json(&ingest::preview(file, &ask.options, &ask.limits)?)?,
    };
    if answer.get().len() > MAX_ANSWER_BYTES { Err(too_large()) } else { Ok(answer) }
}

fn json(answer: &impl Serialize) -> Result<Answer> {
    to_raw_value(answer).map_err(|error| internal(format!("The answer has no JSON form: {error}")))
}

/// The answer would be too long for one message.
fn too_large() -> Failure {
    let limit = MAX_ANSWER_BYTES >> 20;
    Failure::new(ErrorCode::InvalidParameters, format!("The answer takes more than {limit} MiB."))
        .advice("Ask for fewer rows or fewer columns at a time.")
}
