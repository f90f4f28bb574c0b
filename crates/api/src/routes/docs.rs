//! The API's documentation: the OpenAPI document, and Swagger UI from files inside the program.

use std::sync::Arc;

use actix_web::http::header::{self, CacheDirective};
use actix_web::{HttpRequest, HttpResponse, web};
use contract::errors::ErrorCode;
use utoipa_swagger_ui::Config;

use crate::answers;
use crate::headers::DOCS_POLICY;
use crate::problems::{ApiError, Result};
use crate::state::State;

const DOCUMENT: &str = "/api/openapi.json";

pub async fn document(request: HttpRequest, state: web::Data<State>) -> HttpResponse {
    answers::tagged(&request, state.document.to_vec())
}

pub async fn page() -> Result<HttpResponse> {
    serve("index.html")
}

pub async fn file(path: web::Path<String>) -> Result<HttpResponse> {
    serve(&path)
}

fn serve(name: &str) -> Result<HttpResponse> {
    let config = Config::from(DOCUMENT).try_it_out_enabled(true).display_request_duration(true).validator_url("none");
    let file = utoipa_swagger_ui::serve(name, Arc::new(config)).map_err(ApiError::internal)?;
    let Some(file) = file else {
        return Err(ApiError::new(ErrorCode::NotFound, "The documentation has no such file."));
    };
    let bytes = match name {
        "index.html" => absolute(&file.bytes),
        _ => file.bytes.into_owned(),
    };
    Ok(HttpResponse::Ok()
        .insert_header((header::CONTENT_SECURITY_POLICY, DOCS_POLICY))
        .insert_header(header::CacheControl(vec![CacheDirective::NoCache]))
        .content_type(file.content_type)
        .body(bytes))
}

/// The page names its files relative to a folder; at `/api/docs` without a slash that folder would be `/api`.
fn absolute(html: &[u8]) -> Vec<u8> {
    let html = String::from_utf8_lossy(html).replace("Swagger UI", "Plotline API");
    html.replace("=\"./", "=\"/api/docs/").replace("=\"index.css", "=\"/api/docs/index.css").into_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_names_files_that_exist_and_holds_no_inline_script() {
        let config = || Arc::new(Config::from(DOCUMENT));
        let html = utoipa_swagger_ui::serve("index.html", config()).unwrap().unwrap().bytes;
        let html = String::from_utf8(absolute(&html)).unwrap();
        let names: Vec<&str> = html.split("\"/api/docs/").skip(1).filter_map(|rest| rest.split('"').next()).collect();
        assert!(names.contains(&"swagger-ui-bundle.js") && names.contains(&"swagger-initializer.js"), "{names:?}");
        for name in names {
            assert!(utoipa_swagger_ui::serve(name, config()).unwrap().is_some(), "{name}");
        }
        assert!(!html.contains("=\"./"), "{html}");
        assert!(html.split("<script").skip(1).all(|script| script.contains("src=\"/api/docs/")), "{html}");
    }

    #[test]
    fn the_page_reads_our_document() {
        let script =
            utoipa_swagger_ui::serve("swagger-initializer.js", Arc::new(Config::from(DOCUMENT))).unwrap().unwrap();
        assert!(String::from_utf8_lossy(&script.bytes).contains(DOCUMENT));
    }
}
