//! Sessions of browsers: an HttpOnly cookie that names the session, and the token that unsafe requests must repeat.

use actix_web::cookie::time::Duration;
use actix_web::cookie::{Cookie, SameSite};
use actix_web::http::Method;
use actix_web::http::header::{self, HeaderMap, HeaderName};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, Mac};
use settings::Secret;
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq as _;
use uuid::Uuid;

pub const COOKIE: &str = "plotline_session";
pub const CSRF_HEADER: HeaderName = HeaderName::from_static("x-csrf-token");

const ID_BYTES: usize = 16;
const SEAL_BYTES: usize = 32;

/// Makes and reads cookies. A cookie is base64url of the session's id and its HMAC-SHA256; when it ends, the database says.
pub struct Cookies {
    /// Filled up with zeros to the block of the hash, as HMAC does with short keys.
    key: [u8; 64],
    secure: bool,
}

impl Cookies {
    /// `secure`: browsers send the cookie over HTTPS alone.
    pub fn new(secret: &Secret, secure: bool) -> Self {
        let digest =
            Sha256::new().chain_update(b"plotline browser session 1\0").chain_update(secret.expose()).finalize();
        let mut key = [0; 64];
        key[..32].copy_from_slice(&digest);
        Self { key, secure }
    }

    /// The cookie of a new session; it lives as long as the browser or the session, whichever ends first.
    pub fn issue(&self, session_id: Uuid) -> Cookie<'static> {
        let mut value = session_id.as_bytes().to_vec();
        value.extend(self.seal(b"cookie", session_id));
        self.cookie(URL_SAFE_NO_PAD.encode(value))
    }

    /// The cookie that takes the session's cookie away.
    pub fn removal(&self) -> Cookie<'static> {
        let mut cookie = self.cookie(String::new());
        cookie.set_max_age(Duration::ZERO);
        cookie
    }

    /// What `X-CSRF-Token` must say in this session.
    pub fn csrf_token(&self, session_id: Uuid) -> String {
        URL_SAFE_NO_PAD.encode(self.seal(b"csrf", session_id))
    }

    /// The session that the request's cookie names, if we made the cookie.
    pub fn session(&self, headers: &HeaderMap) -> Option<Uuid> {
        let value = URL_SAFE_NO_PAD.decode(value(headers)?).ok()?;
        let (id, seal) = value.split_at_checked(ID_BYTES)?;
        let session_id = Uuid::from_slice(id).ok()?;
        (seal.len() == SEAL_BYTES && bool::from(seal.ct_eq(&self.seal(b"cookie", session_id)))).then_some(session_id)
    }

    /// Whether the request may change things: it only reads, or repeats the token of its session, which a page of
    /// another origin cannot know.
    pub fn may(&self, method: &Method, headers: &HeaderMap, session_id: Uuid) -> bool {
        if matches!(*method, Method::GET | Method::HEAD | Method::OPTIONS) {
            return true;
        }
        let given = headers.get(CSRF_HEADER).map_or(&[][..], |value| value.as_bytes());
        bool::from(given.ct_eq(self.csrf_token(session_id).as_bytes()))
    }

    fn cookie(&self, value: String) -> Cookie<'static> {
        Cookie::build(COOKIE, value).path("/").http_only(true).same_site(SameSite::Lax).secure(self.secure).finish()
    }

    fn seal(&self, purpose: &[u8], session_id: Uuid) -> [u8; SEAL_BYTES] {
        let mac = Hmac::<Sha256>::new((&self.key).into());
        let mac = mac.chain_update(Sha256::digest(purpose)).chain_update(session_id.as_bytes());
        mac.finalize().into_bytes().into()
    }
}

/// Whether the request has a session cookie at all.
pub fn has_cookie(headers: &HeaderMap) -> bool {
    value(headers).is_some()
}

fn value(headers: &HeaderMap) -> Option<&str> {
    headers
        .get_all(header::COOKIE)
        .filter_map(|line| line.to_str().ok())
        .flat_map(|line| line.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find_map(|(name, value)| (name == COOKIE && !value.is_empty()).then_some(value))
}

#[cfg(test)]
mod tests {
    use actix_web::http::header::HeaderValue;

    use super::*;

    fn cookies() -> Cookies {
        Cookies::new(&Secret::new("a secret of at least 32 characters"), true)
    }

    fn headers(pairs: &[(HeaderName, String)]) -> HeaderMap {
        let mut headers = HeaderMap::new();
        for (name, value) in pairs {
            headers.insert(name.clone(), HeaderValue::from_str(value).unwrap());
        }
        headers
    }

    #[test]
    fn a_cookie_names_its_session_and_cannot_be_made_up() {
        let (cookies, id) = (cookies(), Uuid::from_u128(7));
        let value = cookies.issue(id).value().to_owned();
        let read = |value: &str| cookies.session(&headers(&[(header::COOKIE, format!("a=b; {COOKIE}={value}"))]));
        assert_eq!(read(&value), Some(id));
        let mut other = URL_SAFE_NO_PAD.decode(&value).unwrap();
        other[0] ^= 1;
        for wrong in [&value[..40], &format!("{value}AA"), "", "!", &URL_SAFE_NO_PAD.encode(other)] {
            assert_eq!(read(wrong), None, "{wrong}");
        }
        let elsewhere = Cookies::new(&Secret::new("another secret of 32 characters!!!"), true);
        assert_eq!(elsewhere.session(&headers(&[(header::COOKIE, format!("{COOKIE}={value}"))])), None);
    }

    #[test]
    fn only_the_token_of_the_session_lets_a_request_change_things() {
        let (cookies, id) = (cookies(), Uuid::from_u128(7));
        let with = |token: String| headers(&[(CSRF_HEADER, token)]);
        assert!(cookies.may(&Method::POST, &with(cookies.csrf_token(id)), id));
        assert!(!cookies.may(&Method::POST, &with(cookies.csrf_token(Uuid::from_u128(8))), id));
        assert!(!cookies.may(&Method::DELETE, &HeaderMap::new(), id));
        assert!(cookies.may(&Method::GET, &HeaderMap::new(), id));
        assert_ne!(cookies.csrf_token(id), cookies.issue(id).value());
    }

    #[test]
    fn the_cookie_is_kept_from_scripts_and_other_sites() {
        let cookie = cookies().issue(Uuid::nil()).to_string();
        for part in ["HttpOnly", "SameSite=Lax", "Secure", "Path=/"] {
            assert!(cookie.contains(part), "{cookie}");
        }
        assert!(cookies().removal().to_string().contains("Max-Age=0"));
    }
}
