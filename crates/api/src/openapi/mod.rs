//! The OpenAPI document: collected from the routes, completed by one rule for all, printed in one form.

mod analyses;
mod finishing;
mod problems;
#[cfg(test)]
mod quality;

use actix_web::App;
use serde_json::Value;
use utoipa::OpenApi as _;
use utoipa::openapi::info::LicenseBuilder;
use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa::openapi::tag::TagBuilder;
use utoipa::openapi::{Components, InfoBuilder, OpenApi};
use utoipa_actix_web::{AppExt as _, scope};

use crate::routes;
pub use problems::*;

/// Where the API lives; `/api` is a permanent alias.
pub const BASE: &str = "/api/v1";

const DESCRIPTION: &str = "\
Upload a table, start analyses, poll their jobs.\n\n\
Log in with `POST /auth/login` and send the access token as `Authorization: Bearer <token>`. A request that starts \
work answers `202` with a job; `GET /jobs/{id}` tells how far it is and `GET /jobs/{id}/results` what came out. \
`Prefer: wait=N` waits up to 30 seconds and answers with the result. Errors are problem documents (RFC 9457) with a \
`code` to match on; `instance` is the request id, which every answer carries as `X-Request-Id`. Lists are pages: \
follow `next_cursor`. Times are RFC 3339 in UTC, ids are UUIDs in the order of their making.\n\n\
`/api/…` without a version is an alias of `/api/v1/…`.";

const TAGS: [(&str, &str); 7] = [
    ("Accounts", "Registration, tokens and sessions."),
    ("Datasets", "Uploaded tables, their first rows, profile and versions."),
    ("Analysis", "Analyses of a dataset; each request starts a job."),
    ("Visualizations", "Charts: computed at once, saved, shared, and drawn as files."),
    ("Jobs", "What runs, how far it is, and what came out."),
    ("Administration", "Accounts, workers and everybody's jobs, for administrators."),
    ("System", "Health and limits of the server."),
];

/// The document of all routes below [`BASE`].
pub fn openapi() -> OpenApi {
    let mut document = of_routes();
    let components = document.components.get_or_insert_with(Components::new);
    let bearer = HttpBuilder::new()
        .scheme(HttpAuthScheme::Bearer)
        .bearer_format("JWT")
        .description(Some("The `access_token` of `POST /auth/login`."))
        .build();
    components.add_security_scheme("bearer", SecurityScheme::Http(bearer));
    problems::define(components);
    analyses::add(&mut document);
    finishing::finish(&mut document);
    document
}

/// What the routes say themselves.
fn of_routes() -> OpenApi {
    #[derive(utoipa::OpenApi)]
    struct Empty;

    let mut start = Empty::openapi();
    let terms = env!("CARGO_PKG_LICENSE");
    let license = LicenseBuilder::new().name(terms).identifier(Some(terms)).build();
    start.info = InfoBuilder::new()
        .title("Plotline")
        .version(env!("CARGO_PKG_VERSION"))
        .description(Some(DESCRIPTION))
        .license(Some(license))
        .build();
    let tag = |(name, text): &(&str, &str)| TagBuilder::new().name(*name).description(Some(*text)).build();
    start.tags = Some(TAGS.iter().map(tag).collect());
    App::new().into_utoipa_app().openapi(start).service(scope(BASE).configure(routes::api)).split_for_parts().1
}

/// The document as `docs/openapi.json` holds it: keys sorted, two spaces, one line feed at the end.
pub fn openapi_json() -> String {
    print(&openapi())
}

pub fn print(document: &OpenApi) -> String {
    let value = serde_json::to_value(document).map(sorted).unwrap_or_default();
    let mut text = serde_json::to_string_pretty(&value).unwrap_or_default();
    text.push('\n');
    text
}

/// The same value with the keys of every object in order, whatever order the JSON library keeps.
fn sorted(value: Value) -> Value {
    match value {
        Value::Object(fields) => {
            let mut fields: Vec<(String, Value)> =
                fields.into_iter().map(|(key, value)| (key, sorted(value))).collect();
            fields.sort_by(|a, b| a.0.cmp(&b.0));
            Value::Object(fields.into_iter().collect())
        }
        Value::Array(items) => Value::Array(items.into_iter().map(sorted).collect()),
        other => other,
    }
}
