//! `GET /datasets/{id}/rows`: any window of a dataset. The first rows were stored when the file was read; a worker is
//! asked for the others.

use actix_web::{HttpRequest, HttpResponse, get, web};
use contract::asks::rows::{DEFAULT_ROWS, MAX_ROWS, RowsAnswer, RowsAsk};
use contract::asks::{Ask, AskFile};
use contract::columns::Scalar;
use contract::ingest::PREVIEW_ROWS;
use domain::datasets::{self, VersionRef};
use serde::Deserialize;
use utoipa::IntoParams;
use uuid::Uuid;

use crate::access::{Access, SignedIn};
use crate::answers;
use crate::asking::{answer_to, ask_tag};
use crate::column_names::chosen_columns;
use crate::inputs::Query;
use crate::openapi::{NotModified, NotReady};
use crate::problems::{ApiError, Result};
use crate::state::State;

/// Which rows and columns.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct RowsParams {
    /// Rows to leave out at the beginning.
    #[param(minimum = 0)]
    #[serde(default)]
    offset: Option<u64>,
    /// How many rows, 100 unless told otherwise.
    #[param(minimum = 1, maximum = 1000)]
    #[serde(default)]
    limit: Option<u32>,
    /// The columns, in this order, separated by commas; a name that holds a comma stands in double quotes. All
    /// columns unless told otherwise.
    #[serde(default)]
    columns: Option<String>,
}

/// Any rows
///
/// A window of the table in its own order. A column states its type and how its values travel. Beyond the last row
/// there are none. An answer is at most 8 MiB.
#[utoipa::path(
    tag = "Datasets",
    security(("bearer" = ["viewer"])),
    params(("id" = Uuid, Path, description = "The dataset."), RowsParams),
    responses(
        (status = 200, description = "Columns and rows.", body = RowsAnswer,
            headers(("ETag" = String, description = "Changes with the data and with what is asked for."))),
        NotModified, NotReady
    )
)]
#[get("/datasets/{id}/rows")]
pub async fn dataset_rows(
    access: Access<SignedIn>,
    state: web::Data<State>,
    request: HttpRequest,
    id: web::Path<Uuid>,
    params: Query<RowsParams>,
) -> Result<HttpResponse> {
    let (owner_id, id, params) = (access.user.id, *id, params.0);
    let read = move |connection: &mut domain::Connection| datasets::dataset_version_ref(connection, owner_id, id);
    let version = state.database.read(read).await?;
    let ask = rows_ask(&version, &params)?;
    let asked = Ask::Rows(ask.clone());
    let tag = ask_tag(&asked);
    if answers::is_known(request.headers(), &tag) {
        return Ok(answers::not_modified(&tag));
    }
    if let Some(stored) = stored_rows(&state, owner_id, id, &version, &ask).await? {
        let json = serde_json::to_vec(&stored).map_err(ApiError::internal)?;
        return Ok(answers::tagged_as(&request, &tag, json));
    }
    let json = answer_to(&state, &asked, &tag).await?;
    Ok(answers::tagged_as(&request, &tag, json))
}

fn rows_ask(version: &VersionRef, params: &RowsParams) -> Result<RowsAsk> {
    let limit = params.limit.unwrap_or(DEFAULT_ROWS);
    if !(1..=MAX_ROWS).contains(&limit) {
        return Err(ApiError::field("limit", format!("{limit} is not from 1 to {MAX_ROWS}.")));
    }
    let columns = chosen_columns("columns", params.columns.as_deref(), &version.columns)?;
    let file = AskFile { storage_key: version.storage_key.clone(), content_hash: version.content_hash.clone() };
    Ok(RowsAsk { file, columns, offset: params.offset.unwrap_or(0), limit })
}

/// The answer from what ingest stored, where the window lies within it.
async fn stored_rows(
    state: &State,
    owner_id: Uuid,
    id: Uuid,
    version: &VersionRef,
    ask: &RowsAsk,
) -> Result<Option<RowsAnswer>> {
    let end = ask.offset.saturating_add(u64::from(ask.limit)).min(version.rows);
    if end > PREVIEW_ROWS as u64 {
        return Ok(None);
    }
    let read = move |connection: &mut domain::Connection| datasets::dataset_preview(connection, owner_id, id);
    let (columns, rows, total_rows) = state.database.read(read).await?;
    // Fewer rows are stored where their cells are long; and the dataset may have a new version by now.
    if (rows.len() as u64) < end || total_rows != version.rows || columns != version.columns {
        return Ok(None);
    }
    let positions = ask.columns.iter().filter_map(|column| columns.iter().position(|known| known.name == column.name));
    let positions: Vec<usize> = positions.collect();
    let (offset, end) = (usize::try_from(ask.offset).unwrap_or(usize::MAX), usize::try_from(end).unwrap_or(usize::MAX));
    let window = rows.get(offset..end).unwrap_or_default();
    let rows = window.iter().map(|row| pick(row, &positions)).collect();
    Ok(Some(RowsAnswer { columns: ask.columns.clone(), rows, offset: ask.offset, total_rows }))
}

fn pick(row: &[Scalar], positions: &[usize]) -> Vec<Scalar> {
    positions.iter().map(|position| row.get(*position).cloned().unwrap_or_default()).collect()
}
