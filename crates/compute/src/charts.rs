//! Charts: the engine resolves the figure, the renderer draws it, in one child and without a copy in between.

use std::path::Path;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use contract::asks::chart::{ChartAsk, ChartForm, ImageAnswer};
use contract::asks::{Answer, MAX_ANSWER_BYTES};
use contract::charts::figure::Figure;
use contract::charts::requests::{ChartAnswer, ChartTable, SamplingInfo, Theme};
use contract::errors::{ErrorCode, Failure};
use serde::Serialize;
use serde_json::value::to_raw_value;

/// A chart on a page tells no more rows than somebody reads there; the CSV export has all.
const MOST_TABLE_ROWS: usize = 1_000;

/// The chart in the form that is asked for.
pub fn answer(ask: &ChartAsk, parquet: &Path) -> Result<Answer, Failure> {
    let figure = engine::charts::run(&ask.spec, &ask.columns, parquet)?;
    let answer = match &ask.form {
        ChartForm::Figure { theme } => json(&told(figure, *theme)?)?,
        ChartForm::Image(options) => {
            let bytes = render::charts::image(&figure, options)?;
            json(&ImageAnswer { base64: BASE64_STANDARD.encode(bytes) })?
        }
    };
    if answer.get().len() > MAX_ANSWER_BYTES { Err(too_large()) } else { Ok(answer) }
}

fn told(figure: Figure, theme: Theme) -> Result<ChartAnswer, Failure> {
    let plotly = json(&render::charts::plotly(&figure, theme))?;
    let mut rows = figure.table.rows;
    let is_cut = figure.table.is_cut || rows.len() > MOST_TABLE_ROWS;
    rows.truncate(MOST_TABLE_ROWS);
    Ok(ChartAnswer {
        kind: figure.kind,
        figure: plotly,
        sentence: figure.sentence,
        notes: figure.notes,
        table: ChartTable { columns: figure.table.columns, rows, is_cut },
        sampling: figure.sampling.map(|sampling| SamplingInfo {
            method: sampling.method.to_owned(),
            shown: sampling.shown,
            of: sampling.of,
        }),
    })
}

fn json(answer: &impl Serialize) -> Result<Answer, Failure> {
    to_raw_value(answer)
        .map_err(|error| Failure::new(ErrorCode::Internal, format!("The chart has no JSON form: {error}")))
}

fn too_large() -> Failure {
    let limit = MAX_ANSWER_BYTES >> 20;
    Failure::new(ErrorCode::InvalidParameters, format!("The chart takes more than {limit} MiB."))
        .advice("Show fewer marks: leave `sample` away, filter the rows, or group them.")
}
