//! `/api/redoc`: the API's documentation for reading, by ReDoc from a file inside the program.

use std::sync::LazyLock;

use actix_web::http::header::{self, CacheDirective};
use actix_web::{HttpRequest, HttpResponse, web};
use bytes::Bytes;
use contract::errors::ErrorCode;

use crate::answers;
use crate::headers::REDOC_POLICY;
use crate::problems::{ApiError, Result};

const SCRIPT: &str = include_str!("../../redoc/redoc.standalone.js");
/// The script fetches a picture of its maker's from another host; an empty one stands in its place.
const PICTURES: [&str; 2] =
    ["https://cdn.redoc.ly/redoc/logo-mini-full.svg", "https://cdn.redoc.ly/redoc/logo-mini.svg"];
const NO_PICTURE: &str = "data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg'/>";

static SERVED: LazyLock<Bytes> = LazyLock::new(|| {
    let served = PICTURES.iter().fold(SCRIPT.to_owned(), |script, picture| script.replace(picture, NO_PICTURE));
    Bytes::from(served)
});

const PAGE: &str = r#"<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Plotline API</title>
</head>
<body>
<redoc spec-url="/api/openapi.json"></redoc>
<script type="module" src="/api/redoc/redoc.standalone.js"></script>
</body>
</html>
"#;

pub async fn page() -> HttpResponse {
    HttpResponse::Ok()
        .insert_header((header::CONTENT_SECURITY_POLICY, REDOC_POLICY))
        .insert_header(header::CacheControl(vec![CacheDirective::NoCache]))
        .content_type("text/html; charset=utf-8")
        .body(PAGE)
}

pub async fn file(request: HttpRequest, name: web::Path<String>) -> Result<HttpResponse> {
    if *name != "redoc.standalone.js" {
        return Err(ApiError::new(ErrorCode::NotFound, "The documentation has no such file."));
    }
    let mut answer = answers::tagged_as(&request, "redoc-3.0.1", SERVED.clone());
    let kind = header::HeaderValue::from_static("text/javascript; charset=utf-8");
    answer.headers_mut().insert(header::CONTENT_TYPE, kind);
    Ok(answer)
}

#[cfg(test)]
mod tests {
    use sha2::{Digest, Sha256};

    use super::*;

    #[test]
    fn the_script_is_the_one_of_npm() {
        let digest = hex::encode(Sha256::digest(SCRIPT));
        assert!(include_str!("../../redoc/README.md").contains(&digest), "{digest}");
    }

    #[test]
    fn the_page_loads_nothing_from_elsewhere() {
        assert!(!PAGE.contains("//") && PAGE.matches("<script").count() == 1, "{PAGE}");
    }
}
