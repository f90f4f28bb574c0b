//! `GET /datasets/{id}/rows`: any window of a dataset. The first rows were stored when the file was read; a worker is
//! asked for the others.

use actix_web::{HttpRequest, HttpResponse, get, web};
use contract::asks::rows::{DEFAULT_ROWS, MAX_ROWS, RowsAnswer, RowsAsk};
use contract::asks::{Ask, AskFile};
use contract::bodies::read_body;
use contract::columns::{Column, Scalar};
use contract::filters::{self, Condition};
use contract::ingest::PREVIEW_ROWS;
use domain::datasets::{self, VersionRef};
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use crate::access::{Access, SignedIn};
use crate::answers;
use crate::asking::{answer_to, ask_tag};
use crate::column_names::{chosen_columns, sort_keys};
use crate::inputs::{Query, at_most};
use crate::openapi::{NotModified, NotReady};
use crate::problems::{ApiError, Result};
use crate::state::State;

/// Which rows and columns.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct RowsParams {
    /// Rows to leave out at the beginning.
    #[param(minimum = 0, format = "uint64")]
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
    /// Columns to sort by, separated by commas, each with `-` before it for descending order: `-revenue,country`. Text is
    /// compared byte by byte; equal rows keep their order. At most 16.
    #[serde(default)]
    sort: Option<String>,
    /// Where missing cells stand in a sorted column: `last` unless told otherwise, whatever the direction.
    #[param(inline)]
    #[serde(default)]
    nulls: Option<Nulls>,
    /// A JSON list of conditions, of which a row must satisfy all:
    /// `[{"column":"revenue","op":"ge","value":100},{"column":"country","op":"in","values":["Norway","Kenya"]}]`. `op` is
    /// `eq`, `ne`, `lt`, `le`, `gt`, `ge`, `in`, `not_in`, `between`, `contains`, `starts_with`, `ends_with`, `is_null` or
    /// `not_null`. At most 100, in at most 5,000 characters, which fit an address however they are escaped.
    #[param(max_length = 5000)]
    #[serde(default, deserialize_with = "at_most::<5000, _>")]
    filter: Option<String>,
    /// A version other than the newest.
    #[param(minimum = 1)]
    #[serde(default)]
    version: Option<u32>,
}

/// Where missing cells stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Nulls {
    First,
    Last,
}

/// Any rows
///
/// A window of the table in its own order, or sorted and filtered. `filtered_rows` tells how many rows the filter keeps.
/// A column states its type and how its values travel. Beyond the last row
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
    let number = params.version;
    let read =
        move |connection: &mut domain::Connection| datasets::dataset_version_ref_at(connection, owner_id, id, number);
    let version = state.database.read(read).await?;
    let ask = rows_ask(&version, &params)?;
    let asked = Ask::Rows(ask.clone());
    let tag = ask_tag(&asked);
    if answers::is_known(request.headers(), &tag) {
        return Ok(answers::not_modified(&tag));
    }
    if let Some(stored) = stored_rows(&state, owner_id, (id, number), &version, &ask).await? {
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
    let sort = sort_keys("sort", params.sort.as_deref(), &version.columns)?;
    let filter = conditions(params.filter.as_deref(), &version.columns)?;
    let nulls_first = params.nulls == Some(Nulls::First) && !sort.is_empty();
    Ok(RowsAsk { file, columns, offset: params.offset.unwrap_or(0), limit, sort, nulls_first, filter })
}

/// The conditions of a filter, each checked against the type of its column.
fn conditions(text: Option<&str>, columns: &[Column]) -> Result<Vec<Condition>> {
    let Some(text) = text else { return Ok(Vec::new()) };
    let list = serde_json::from_str(text)
        .map_err(|error| ApiError::field("filter", format!("This is not a JSON list of conditions: {error}.")))?;
    let conditions: Vec<Condition> =
        read_body(list).map_err(|error| ApiError::field(&format!("filter{}", error.pointer), error.detail))?;
    let errors = filters::check(&conditions, columns, "filter");
    if errors.is_empty() { Ok(conditions) } else { Err(ApiError::invalid(errors)) }
}

/// The answer from what ingest stored, where the window lies within it.
async fn stored_rows(
    state: &State,
    owner_id: Uuid,
    (id, number): (Uuid, Option<u32>),
    version: &VersionRef,
    ask: &RowsAsk,
) -> Result<Option<RowsAnswer>> {
    if !ask.sort.is_empty() || !ask.filter.is_empty() {
        return Ok(None);
    }
    let end = ask.offset.saturating_add(u64::from(ask.limit)).min(version.rows);
    if end > PREVIEW_ROWS as u64 {
        return Ok(None);
    }
    let read = move |connection: &mut domain::Connection| datasets::dataset_preview(connection, owner_id, id, number);
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
    Ok(Some(RowsAnswer {
        columns: ask.columns.clone(),
        rows,
        offset: ask.offset,
        total_rows,
        filtered_rows: total_rows,
    }))
}

fn pick(row: &[Scalar], positions: &[usize]) -> Vec<Scalar> {
    positions.iter().map(|position| row.get(*position).cloned().unwrap_or_default()).collect()
}
