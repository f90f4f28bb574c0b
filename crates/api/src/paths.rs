//! Paths as clients spell them: slashes at the end and doubled ones are left out before a route is looked for.

use actix_web::dev::ServiceRequest;
use actix_web::http::Uri;
use actix_web::http::uri::PathAndQuery;

/// Spells the path of a request as the routes do. Most are spelt so already, and cost a look.
pub fn tidy(request: &mut ServiceRequest) {
    let Some(uri) = tidied(request.uri()) else { return };
    request.match_info_mut().get_mut().update(&uri);
    request.head_mut().uri = uri;
}

/// The same address with a tidy path; `None` where it is tidy already.
fn tidied(uri: &Uri) -> Option<Uri> {
    let path = uri.path();
    let is_tidy = !path.contains("//") && (path.len() <= 1 || !path.ends_with('/'));
    if is_tidy {
        return None;
    }
    let mut tidy: String = path.split('/').filter(|part| !part.is_empty()).flat_map(|part| ["/", part]).collect();
    if tidy.is_empty() {
        tidy.push('/');
    }
    if let Some(query) = uri.query() {
        tidy.push('?');
        tidy.push_str(query);
    }
    let mut parts = uri.clone().into_parts();
    parts.path_and_query = Some(PathAndQuery::try_from(tidy).ok()?);
    Uri::from_parts(parts).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tidied_text(uri: &str) -> Option<String> {
        tidied(&uri.parse().unwrap()).map(|uri| uri.to_string())
    }

    #[test]
    fn slashes_too_many_are_left_out() {
        for (uri, tidy) in [
            ("/api/v1/jobs/", "/api/v1/jobs"),
            ("/api//v1///jobs//?limit=2&x=a//b", "/api/v1/jobs?limit=2&x=a//b"),
            ("//", "/"),
            ("///?a=1", "/?a=1"),
            ("//example.org/jobs", "/example.org/jobs"),
        ] {
            assert_eq!(tidied_text(uri).as_deref(), Some(tidy), "{uri}");
        }
    }

    #[test]
    fn a_tidy_path_stays_as_it_is() {
        for uri in ["/", "/?a=//", "/api/v1/jobs?next=/api/", "/a%2F%2Fb", "*"] {
            assert_eq!(tidied_text(uri), None, "{uri}");
        }
    }
}
