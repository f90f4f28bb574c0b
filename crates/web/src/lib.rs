//! The bundled web app: the built files, embedded, and the page shown until the app has been built.

use std::borrow::Cow;

use rust_embed::RustEmbed;

#[derive(RustEmbed)]
#[folder = "dist/"]
struct Dist;

const PLACEHOLDER_PAGE: &str = include_str!("../placeholder.html");
const PLACEHOLDER_STYLE: &str = include_str!("../placeholder.css");
const PLACEHOLDER_STYLE_PATH: &str = "placeholder.css";

/// Stands in the page where its nonce belongs.
const NONCE_PLACE: &str = "PLOTLINE_NONCE";

/// What the page may load: files of this server, nothing else, no inline script, and no inline style but those that
/// carry the nonce of this answer.
pub fn content_security_policy(nonce: &str) -> String {
    format!(
        "default-src 'none'; script-src 'self'; style-src 'self' 'nonce-{nonce}'; img-src 'self' data: blob:; \
         font-src 'self'; connect-src 'self'; manifest-src 'self'; worker-src 'self' blob:; base-uri 'none'; \
         form-action 'self'; frame-ancestors 'none'"
    )
}

/// A file to serve.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asset {
    pub bytes: Cow<'static, [u8]>,
    /// The media type, with its charset where it is text.
    pub mime: String,
    /// Whether the name holds a hash of the content, so that a browser may keep the file for ever.
    pub immutable: bool,
}

/// The file at `path` (relative, without a leading slash); `None` when there is none.
pub fn asset(path: &str) -> Option<Asset> {
    if path.is_empty() || path.split('/').any(|part| part.starts_with('.')) {
        return None;
    }
    if let Some(file) = Dist::get(path) {
        let mime = with_charset(file.metadata.mimetype());
        return Some(Asset { bytes: file.data, mime, immutable: path.starts_with("assets/") });
    }
    if path == PLACEHOLDER_STYLE_PATH && !is_built() {
        return Some(embedded(PLACEHOLDER_STYLE, "text/css; charset=utf-8"));
    }
    None
}

/// The page of the app, or the placeholder that says how to build it. `nonce` is new for every answer: 128 random bits
/// in base64url, which the app gives to the style elements that it makes.
pub fn page(nonce: &str) -> Asset {
    let mime = "text/html; charset=utf-8";
    let Some(file) = Dist::get("index.html") else { return embedded(PLACEHOLDER_PAGE, mime) };
    let html = String::from_utf8_lossy(&file.data).replace(NONCE_PLACE, nonce);
    Asset { bytes: Cow::Owned(html.into_bytes()), mime: mime.to_owned(), immutable: false }
}

/// Whether the app was built before this program was compiled.
pub fn is_built() -> bool {
    Dist::get("index.html").is_some()
}

fn embedded(text: &'static str, mime: &str) -> Asset {
    Asset { bytes: Cow::Borrowed(text.as_bytes()), mime: mime.to_owned(), immutable: false }
}

fn with_charset(mime: &str) -> String {
    match mime {
        "text/html" | "text/css" | "text/javascript" | "text/plain" => format!("{mime}; charset=utf-8"),
        other => other.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_is_html_and_loads_nothing_that_its_policy_forbids() {
        let page = page("AAAAAAAAAAAAAAAAAAAAAA");
        let policy = content_security_policy("AAAAAAAAAAAAAAAAAAAAAA");
        assert!(policy.contains("'nonce-AAAAAAAAAAAAAAAAAAAAAA'") && !policy.contains("unsafe"), "{policy}");
        let html = String::from_utf8(page.bytes.into_owned()).unwrap();
        assert_eq!(page.mime, "text/html; charset=utf-8");
        assert!(html.starts_with("<!doctype html>"));
        assert!(!html.contains("<style") && !html.contains(" style="), "the policy forbids inline styles");
        assert!(!html.contains(NONCE_PLACE));
        assert!(!html.contains("http://") && !html.contains("https://"), "the page loads from this server alone");
    }

    #[test]
    fn every_file_the_placeholder_names_exists() {
        if is_built() {
            return assert!(asset(PLACEHOLDER_STYLE_PATH).is_none(), "the placeholder is gone once the app is built");
        }
        assert!(PLACEHOLDER_PAGE.contains("href=\"/placeholder.css\""));
        let style = asset(PLACEHOLDER_STYLE_PATH).unwrap();
        assert_eq!(style.mime, "text/css; charset=utf-8");
    }

    #[test]
    fn hidden_and_foreign_paths_are_no_assets() {
        for path in ["", ".gitignore", "../Cargo.toml", "assets/../../Cargo.toml", "no-such-file.js"] {
            assert_eq!(asset(path), None, "{path:?}");
        }
    }
}
