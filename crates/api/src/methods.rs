//! Which methods a path answers to: 404 and 405 are told apart by the document, the one list of all routes.

use actix_web::dev::ResourceDef;
use actix_web::http::Method;
use actix_web::http::header::{self, HeaderValue};
use actix_web::{HttpRequest, web};
use contract::errors::ErrorCode;
use utoipa::openapi::OpenApi;

use crate::openapi::BASE;
use crate::problems::ApiError;
use crate::state::State;

/// Paths beside the document's, all for GET.
const UNDOCUMENTED: [&str; 7] = [
    "/openapi.json",
    "/docs",
    "/docs/{file}",
    "/redoc",
    "/redoc/{file}",
    "/csvdata/statistics",
    "/csvdata/statistics/",
];

/// Path patterns with their methods.
pub struct Methods(Vec<(ResourceDef, Vec<Method>)>);

impl Methods {
    pub fn of(document: &OpenApi) -> Self {
        let documented = document.paths.paths.iter().map(|(path, item)| {
            let operations = [
                (Method::GET, &item.get),
                (Method::PUT, &item.put),
                (Method::POST, &item.post),
                (Method::PATCH, &item.patch),
                (Method::DELETE, &item.delete),
            ];
            let methods = operations.into_iter().filter(|(_, operation)| operation.is_some()).map(|(method, _)| method);
            let path = path.strip_prefix(BASE).unwrap_or(path);
            (ResourceDef::new(path), methods.collect())
        });
        let others = UNDOCUMENTED.iter().map(|path| (ResourceDef::new(*path), vec![Method::GET]));
        Self(documented.chain(others).collect())
    }

    /// The methods of a path below `/api` or `/api/v1`, for the `Allow` header; empty when there is no such path.
    pub fn allowed(&self, path: &str) -> Vec<Method> {
        let below = path.strip_prefix(BASE).or_else(|| path.strip_prefix("/api")).unwrap_or(path);
        let mut matching = self.0.iter().filter(|(pattern, _)| pattern.is_match(below));
        // A path spelt out in full goes before one with a parameter in its place.
        let best = matching.clone().find(|(pattern, _)| pattern.pattern() == Some(below)).or_else(|| matching.next());
        let Some((_, methods)) = best else { return Vec::new() };
        let mut allowed = methods.clone();
        if allowed.contains(&Method::GET) {
            allowed.push(Method::HEAD);
        }
        allowed.sort_by(|a, b| a.as_str().cmp(b.as_str()));
        allowed
    }
}

/// The error for a request that no handler takes: 405 where the path exists, otherwise 404.
pub fn refusal(request: &HttpRequest) -> ApiError {
    let state = request.app_data::<web::Data<State>>();
    let allowed = state.map(|state| state.methods.allowed(request.path())).unwrap_or_default();
    if allowed.is_empty() || allowed.contains(request.method()) {
        return ApiError::new(ErrorCode::NotFound, "There is nothing at this address. /api/docs lists what there is.");
    }
    let allow = allow_header(&allowed);
    let detail = format!("{} does not work here; this address answers to {allow}.", request.method());
    let error = ApiError::new(ErrorCode::MethodNotAllowed, detail);
    match HeaderValue::try_from(allow) {
        Ok(value) => error.header(header::ALLOW, value),
        Err(_) => error,
    }
}

fn allow_header(methods: &[Method]) -> String {
    methods.iter().map(Method::as_str).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_documented_path_is_known_in_both_spellings() {
        let methods = Methods::of(&crate::openapi());
        let allow = |path: &str| allow_header(&methods.allowed(path));
        assert_eq!(allow("/api/v1/datasets"), "GET, HEAD");
        assert_eq!(allow("/api/datasets"), "GET, HEAD");
        assert_eq!(allow("/api/v1/datasets/upload"), "POST");
        assert_eq!(allow("/api/v1/auth/login"), "POST");
        assert_eq!(allow("/api/v1/jobs/1"), "DELETE, GET, HEAD");
        assert_eq!(allow("/api/v1/nothing"), "");
        assert_eq!(allow("/api/v1/jobs/1/2/3"), "");
    }
}
