//! `GET /datasets/{id}/statistics`: mean, median and mode by group, answered at once; also under the path of old clients.

use actix_web::{HttpRequest, HttpResponse, get, web};
use contract::asks::statistics::{StatisticsAnswer, StatisticsAsk};
use contract::asks::{Ask, AskFile};
use contract::columns::{Column, ColumnType, Scalar};
use contract::errors::{ErrorCode, FieldError};
use contract::filters::{Condition, Operator};
use domain::datasets::{self, ListQuery, VersionRef};
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

/// So many groups of so many columns can be computed while somebody waits.
const MOST_COLUMNS: usize = 100;

/// What to group by. Every other parameter is the name of a column: only rows with this value count, an empty one
/// meaning a missing cell.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct StatisticsParams {
    /// The columns to group by, separated by commas; a name that holds a comma stands in double quotes.
    #[param(required = true, value_type = String)]
    #[serde(default)]
    by: Option<String>,
    /// The numeric columns to describe, separated by commas; all of them unless told otherwise.
    #[serde(default)]
    columns: Option<String>,
}

/// Statistics by group
///
/// Count, mean, median and mode of numeric columns for each group of rows, at once and without a job. Any other
/// parameter is the name of a column and keeps only the rows with its value: `?by=team&team=Team A`.
#[utoipa::path(
    tag = "Datasets",
    security(("bearer" = ["viewer"])),
    params(("id" = Uuid, Path, description = "The dataset."), StatisticsParams),
    responses(
        (status = 200, description = "The groups.", body = StatisticsAnswer,
            headers(("ETag" = String, description = "Changes with the data and with what is asked for."))),
        NotModified, NotReady
    )
)]
#[get("/datasets/{id}/statistics")]
pub async fn dataset_statistics(
    access: Access<SignedIn>,
    state: web::Data<State>,
    request: HttpRequest,
    id: web::Path<Uuid>,
    params: Query<StatisticsParams>,
) -> Result<HttpResponse> {
    let (owner_id, id) = (access.user.id, *id);
    let read = move |connection: &mut domain::Connection| datasets::dataset_version_ref(connection, owner_id, id);
    let version = state.database.read(read).await?;
    answer(&state, &request, &version, &params.0).await
}

/// The path of the csvdata server: statistics by team of the caller's newest dataset that has teams.
pub async fn newest_team_statistics(
    access: Access<SignedIn>,
    state: web::Data<State>,
    request: HttpRequest,
) -> Result<HttpResponse> {
    let owner_id = access.user.id;
    let read = move |connection: &mut domain::Connection| {
        let page = datasets::dataset_list(connection, owner_id, &ListQuery { limit: 200, ..ListQuery::default() })?;
        let has_teams = |columns: &[Column]| columns.iter().any(|column| column.name == "team");
        let newest = page
            .items
            .into_iter()
            .filter(|dataset| dataset.version.as_ref().is_some_and(|version| has_teams(&version.columns)));
        match newest.max_by_key(|dataset| dataset.created_at) {
            Some(dataset) => datasets::dataset_version_ref(connection, owner_id, dataset.id).map(Some),
            None => Ok(None),
        }
    };
    let Some(version) = state.database.read(read).await? else {
        let detail = "You have no dataset with a column \"team\". Upload one first.";
        return Err(ApiError::new(ErrorCode::NotFound, detail));
    };
    answer(&state, &request, &version, &StatisticsParams { by: Some("team".to_owned()), columns: None }).await
}

async fn answer(
    state: &State,
    request: &HttpRequest,
    version: &VersionRef,
    params: &StatisticsParams,
) -> Result<HttpResponse> {
    let ask = Ask::Statistics(statistics_ask(version, params, request.query_string())?);
    let tag = ask_tag(&ask);
    if answers::is_known(request.headers(), &tag) {
        return Ok(answers::not_modified(&tag));
    }
    let json = answer_to(state, &ask, &tag).await?;
    Ok(answers::tagged_as(request, &tag, json))
}

fn statistics_ask(version: &VersionRef, params: &StatisticsParams, query: &str) -> Result<StatisticsAsk> {
    let chosen = params.columns.as_deref();
    let chosen = chosen.map(|text| chosen_columns("columns", Some(text), &version.columns)).transpose()?;
    let Some(by) = params.by.as_deref().filter(|by| !by.is_empty()) else {
        return Err(ApiError::field("by", "Name the columns to group by."));
    };
    let by = chosen_columns("by", Some(by), &version.columns)?;
    if by.len() > 10 {
        return Err(ApiError::field("by", "At most ten columns to group by."));
    }
    let by: Vec<String> = by.into_iter().map(|column| column.name).collect();
    let filter = conditions(query, &version.columns)?;
    let numeric = |column: &&Column| column.column_type.is_numeric() && !by.contains(&column.name);
    let columns =
        chosen.unwrap_or_else(|| version.columns.iter().filter(numeric).take(MOST_COLUMNS).cloned().collect());
    if columns.len() > MOST_COLUMNS {
        return Err(ApiError::field("columns", format!("At most {MOST_COLUMNS} columns at a time.")));
    }
    if let Some(column) = columns.iter().find(|column| !column.column_type.is_numeric()) {
        return Err(ApiError::field("columns", format!("Column \"{}\" holds no numbers.", column.name)));
    }
    let file = AskFile { storage_key: version.storage_key.clone(), content_hash: version.content_hash.clone() };
    Ok(StatisticsAsk { file, by, columns: columns.into_iter().map(|column| column.name).collect(), filter })
}

/// One condition for each parameter that is no word of this address.
fn conditions(query: &str, columns: &[Column]) -> Result<Vec<Condition>> {
    let mut conditions = Vec::new();
    let mut errors = Vec::new();
    for (name, value) in form_urlencoded::parse(query.as_bytes()) {
        if matches!(&*name, "by" | "columns") {
            continue;
        }
        let column_type = columns.iter().find(|column| column.name == *name).map(|column| column.column_type);
        let condition = Condition {
            column: name.clone().into_owned(),
            op: if value.is_empty() { Operator::IsNull } else { Operator::Eq },
            value: (!value.is_empty()).then(|| typed(&value, column_type)),
            values: None,
        };
        let wrong = contract::filters::check(std::slice::from_ref(&condition), columns, "");
        errors.extend(wrong.into_iter().map(|error| FieldError::new(name.clone(), error.detail)));
        conditions.push(condition);
    }
    if conditions.len() > contract::filters::MAX_CONDITIONS {
        let detail = format!("At most {} conditions.", contract::filters::MAX_CONDITIONS);
        return Err(ApiError::field("by", detail));
    }
    if errors.is_empty() { Ok(conditions) } else { Err(ApiError::invalid(errors)) }
}

/// Text from an address as a value of the column's type, where JSON has one.
fn typed(value: &str, column_type: Option<ColumnType>) -> Scalar {
    match column_type {
        Some(ColumnType::Boolean) => value.parse().map_or_else(|_| Scalar::from(value), Scalar::Bool),
        _ => Scalar::from(value),
    }
}
