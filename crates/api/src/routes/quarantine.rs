//! `GET /datasets/{id}/quarantine`: the malformed rows that were left out, as a page or as one CSV file.

use std::io;

use actix_web::http::header::{CONTENT_DISPOSITION, ContentDisposition, DispositionParam, DispositionType};
use actix_web::{HttpResponse, get, web};
use bytes::Bytes;
use contract::ingest::{QuarantinePage, QuarantinedRow};
use domain::datasets::dataset_quarantine;
use futures_util::stream::{self, BoxStream};
use futures_util::{Stream, StreamExt as _, TryStreamExt as _};
use serde::Deserialize;
use utoipa::IntoParams;
use uuid::Uuid;

use crate::access::{Access, SignedIn};
use crate::inputs::Query;
use crate::openapi::NotReady;
use crate::problems::{ApiError, Result};
use crate::state::State;

const DEFAULT_ROWS: u32 = 50;
const MAX_ROWS: u32 = 1000;

/// Which rows, and in which form.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct QuarantineParams {
    /// Rows to leave out at the beginning.
    #[param(minimum = 0, format = "uint64")]
    #[serde(default)]
    offset: Option<u64>,
    /// How many rows, 50 unless told otherwise.
    #[param(minimum = 1, maximum = 1000)]
    #[serde(default)]
    limit: Option<u32>,
    /// `json` for a page, unless told otherwise; `csv` for all rows as a file.
    #[serde(default)]
    format: Option<String>,
}

/// Malformed rows
///
/// The rows of the file that are not in the table, each with line, column, value and reason. As CSV they are all in one
/// file, in which cells that a spreadsheet would take for formulas begin with an apostrophe.
#[utoipa::path(
    tag = "Datasets",
    security(("bearer" = ["viewer"])),
    params(("id" = Uuid, Path, description = "The dataset."), QuarantineParams),
    responses(
        (status = 200, description = "A page of rows, or all of them as CSV.", content(
            (QuarantinePage = "application/json"),
            (String = "text/csv")
        )),
        NotReady
    )
)]
#[get("/datasets/{id}/quarantine")]
pub async fn dataset_quarantine_rows(
    access: Access<SignedIn>,
    state: web::Data<State>,
    id: web::Path<Uuid>,
    params: Query<QuarantineParams>,
) -> Result<HttpResponse> {
    let (owner_id, id, params) = (access.user.id, *id, params.0);
    let (offset, limit) = (params.offset.unwrap_or(0), params.limit.unwrap_or(DEFAULT_ROWS));
    if !(1..=MAX_ROWS).contains(&limit) {
        return Err(ApiError::field("limit", format!("{limit} is not from 1 to {MAX_ROWS}.")));
    }
    let as_csv = match params.format.as_deref() {
        None | Some("json") => false,
        Some("csv") => true,
        Some(_) => return Err(ApiError::field("format", "Give `json` or `csv`.")),
    };
    let read = move |connection: &mut domain::Connection| dataset_quarantine(connection, owner_id, id);
    let (total_rows, key) = state.database.read(read).await?;
    let rows = match total_rows {
        0 => stream::empty().boxed(),
        _ => rows_of(state.storage.get_stream(&key).await?),
    };
    if as_csv {
        return Ok(download(rows));
    }
    let skipped = usize::try_from(offset).unwrap_or(usize::MAX);
    let items = rows.skip(skipped).take(limit as usize).try_collect().await?;
    Ok(HttpResponse::Ok().json(QuarantinePage { items, offset, total_rows }))
}

fn download(rows: BoxStream<'static, Result<QuarantinedRow>>) -> HttpResponse {
    let header = stream::once(async { Ok(Bytes::from_static(b"line,column,value,reason,detail,text\r\n")) });
    let lines = rows.map_ok(|row| Bytes::from(csv_line(&row))).map_err(|error| io::Error::other(error.to_string()));
    let file = DispositionParam::Filename("quarantine.csv".to_owned());
    let disposition = ContentDisposition { disposition: DispositionType::Attachment, parameters: vec![file] };
    HttpResponse::Ok()
        .content_type("text/csv; charset=utf-8")
        .insert_header((CONTENT_DISPOSITION, disposition))
        .streaming(header.chain(lines))
}

/// The rows of a file that holds one JSON object a line, without holding the file.
fn rows_of<E>(
    pieces: impl Stream<Item = std::result::Result<Bytes, E>> + Send + 'static,
) -> BoxStream<'static, Result<QuarantinedRow>>
where
    E: std::fmt::Display + Send + 'static,
{
    let start = (pieces.boxed(), Vec::new());
    let lines = stream::try_unfold(start, |(mut pieces, mut rest): (BoxStream<'static, _>, Vec<u8>)| async move {
        loop {
            if let Some(end) = rest.iter().position(|byte| *byte == b'\n') {
                let after = rest.split_off(end + 1);
                let row = serde_json::from_slice(&rest).map_err(ApiError::internal)?;
                return Ok(Some((row, (pieces, after))));
            }
            match pieces.next().await {
                Some(piece) => rest.extend_from_slice(&piece.map_err(ApiError::internal)?),
                None => return Ok(None),
            }
        }
    });
    lines.boxed()
}

fn csv_line(row: &QuarantinedRow) -> String {
    let line = row.line.to_string();
    let (column, value) = (row.column.as_deref().unwrap_or_default(), row.value.as_deref().unwrap_or_default());
    let cells = [&line, column, value, row.reason.as_str(), &row.detail, &row.text];
    let cells: Vec<String> = cells.iter().map(|cell| csv_cell(cell)).collect();
    format!("{}\r\n", cells.join(","))
}

/// A cell in quotes where it needs them. What a spreadsheet would compute begins with an apostrophe, also behind blanks.
fn csv_cell(text: &str) -> String {
    let is_formula =
        text.trim_start().starts_with(['=', '+', '-', '@', '\t', '\r', '\u{ff1d}', '\u{ff0b}', '\u{ff0d}', '\u{ff20}'])
            || text.starts_with(['\t', '\r']);
    let text = if is_formula { format!("'{text}") } else { text.to_owned() };
    if text.contains([',', '"', '\n', '\r']) || is_formula {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_quoted_and_formulas_are_harmless() {
        assert_eq!(csv_cell("a,\"b\""), "\"a,\"\"b\"\"\"");
        assert_eq!(csv_cell("=1+1"), "\"'=1+1\"");
        assert_eq!(csv_cell("  @SUM(A1)"), "\"'  @SUM(A1)\"");
        assert_eq!(csv_cell("plain"), "plain");
    }
}
