//! Access tokens: signed JWTs (HS256) that name a session, valid for minutes.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use chrono::Utc;
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation, decode, encode};
use serde::{Deserialize, Serialize};
use settings::Secret;
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::problems::{ApiError, Result};

const ISSUER: &str = "plotline";
/// Longer than any token made here, so that nobody makes the server hash megabytes.
const MAX_LENGTH: usize = 2048;
/// Tokens remembered as verified, about half a kilobyte each.
const MOST_VERIFIED: usize = 4096;

/// What a token states. The role is not in it: the database row decides, at every request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Claims {
    pub iss: String,
    /// The user.
    pub sub: Uuid,
    /// The session, which log-out ends at once.
    pub sid: Uuid,
    pub iat: i64,
    pub exp: i64,
}

/// Makes and reads access tokens.
pub struct Tokens {
    encoding: EncodingKey,
    decoding: DecodingKey,
    validation: Validation,
    seconds: u64,
    /// Tokens whose signature was found right, with what they state; when they end is asked every time.
    verified: Mutex<HashMap<Box<str>, Claims>>,
}

/// Why a token is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refused {
    Expired,
    Invalid,
}

impl Tokens {
    pub fn new(secret: &Secret, minutes: u64) -> Self {
        // The signing key is derived, so that the secret can serve other purposes with other keys.
        let key = Sha256::new().chain_update(b"plotline access token 1\0").chain_update(secret.expose()).finalize();
        let mut validation = Validation::new(Algorithm::HS256);
        validation.set_issuer(&[ISSUER]);
        validation.set_required_spec_claims(&["exp", "iss", "sub"]);
        validation.validate_nbf = true;
        validation.leeway = 0;
        Self {
            encoding: EncodingKey::from_secret(&key),
            decoding: DecodingKey::from_secret(&key),
            validation,
            seconds: minutes * 60,
            verified: Mutex::default(),
        }
    }

    /// How long a new token is valid.
    pub const fn seconds(&self) -> u64 {
        self.seconds
    }

    pub fn issue(&self, user_id: Uuid, session_id: Uuid) -> Result<String> {
        let now = Utc::now().timestamp();
        let exp = now.saturating_add_unsigned(self.seconds);
        let claims = Claims { iss: ISSUER.to_owned(), sub: user_id, sid: session_id, iat: now, exp };
        encode(&Header::new(Algorithm::HS256), &claims, &self.encoding).map_err(ApiError::internal)
    }

    pub fn read(&self, token: &str) -> std::result::Result<Claims, Refused> {
        if token.len() > MAX_LENGTH {
            return Err(Refused::Invalid);
        }
        let known = self.verified().get(token).cloned();
        match known {
            Some(claims) if claims.exp > Utc::now().timestamp() => Ok(claims),
            _ => self.verify(token),
        }
    }

    fn verify(&self, token: &str) -> std::result::Result<Claims, Refused> {
        match decode::<Claims>(token, &self.decoding, &self.validation) {
            Ok(data) => {
                let mut verified = self.verified();
                if verified.len() >= MOST_VERIFIED {
                    verified.clear();
                }
                verified.insert(token.into(), data.claims.clone());
                Ok(data.claims)
            }
            Err(error) if matches!(error.kind(), jsonwebtoken::errors::ErrorKind::ExpiredSignature) => {
                Err(Refused::Expired)
            }
            Err(_) => Err(Refused::Invalid),
        }
    }

    fn verified(&self) -> MutexGuard<'_, HashMap<Box<str>, Claims>> {
        self.verified.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use base64::Engine as _;
    use base64::engine::general_purpose::URL_SAFE_NO_PAD;
    use serde_json::{Value, json};

    use super::*;

    fn tokens() -> Tokens {
        Tokens::new(&Secret::new("a secret of at least 32 characters"), 15)
    }

    fn signed(tokens: &Tokens, algorithm: Algorithm, claims: &Value) -> String {
        encode(&Header::new(algorithm), claims, &tokens.encoding).unwrap()
    }

    fn claims() -> Value {
        let now = Utc::now().timestamp();
        json!({ "iss": ISSUER, "sub": Uuid::nil(), "sid": Uuid::nil(), "iat": now, "exp": now + 60 })
    }

    #[test]
    fn a_token_names_user_and_session() {
        let (tokens, user, session) = (tokens(), Uuid::from_u128(1), Uuid::from_u128(2));
        let read = tokens.read(&tokens.issue(user, session).unwrap()).unwrap();
        assert_eq!((read.sub, read.sid, read.exp - read.iat), (user, session, 900));
    }

    #[test]
    fn a_verified_token_is_still_asked_when_it_ends() {
        let tokens = tokens();
        let token = tokens.issue(Uuid::from_u128(1), Uuid::from_u128(2)).unwrap();
        let claims = tokens.read(&token).unwrap();
        assert_eq!(tokens.read(&token), Ok(claims.clone()));
        let over = Claims { exp: Utc::now().timestamp() - 1, ..claims };
        let ended = encode(&Header::new(Algorithm::HS256), &over, &tokens.encoding).unwrap();
        tokens.verified().insert(ended.as_str().into(), over);
        assert_eq!(tokens.read(&ended), Err(Refused::Expired));
    }

    #[test]
    fn an_unsigned_token_is_refused() {
        let header = URL_SAFE_NO_PAD.encode(br#"{"alg":"none","typ":"JWT"}"#);
        let body = URL_SAFE_NO_PAD.encode(claims().to_string());
        for token in [format!("{header}.{body}."), format!("{header}.{body}"), format!("{header}.{body}.AAAA")] {
            assert_eq!(tokens().read(&token), Err(Refused::Invalid), "{token}");
        }
    }

    #[test]
    fn every_changed_character_of_the_token_is_noticed() {
        let tokens = tokens();
        let token = tokens.issue(Uuid::from_u128(1), Uuid::from_u128(2)).unwrap();
        // The last character of a base64 part holds padding bits, hence the step inside it.
        for i in (0..token.len() - 1).filter(|i| token.as_bytes()[*i] != b'.') {
            let mut bytes = token.clone().into_bytes();
            bytes[i] = if bytes[i] == b'A' { b'B' } else { b'A' };
            let changed = String::from_utf8(bytes).unwrap();
            assert!(tokens.read(&changed).is_err(), "character {i}");
        }
    }

    #[test]
    fn other_algorithms_issuers_and_secrets_are_refused() {
        let tokens = tokens();
        assert!(tokens.read(&signed(&tokens, Algorithm::HS256, &claims())).is_ok());
        assert!(tokens.read(&signed(&tokens, Algorithm::HS384, &claims())).is_err());
        assert!(tokens.read(&signed(&tokens, Algorithm::HS512, &claims())).is_err());
        let mut foreign = claims();
        foreign["iss"] = json!("elsewhere");
        assert!(tokens.read(&signed(&tokens, Algorithm::HS256, &foreign)).is_err());
        let other = Tokens::new(&Secret::new("another secret of 32 characters!!"), 15);
        assert!(tokens.read(&signed(&other, Algorithm::HS256, &claims())).is_err());
    }

    #[test]
    fn every_claim_is_required_and_an_expired_token_says_so() {
        let tokens = tokens();
        for name in ["iss", "sub", "sid", "iat", "exp"] {
            let mut lacking = claims();
            lacking.as_object_mut().unwrap().remove(name);
            assert_eq!(tokens.read(&signed(&tokens, Algorithm::HS256, &lacking)), Err(Refused::Invalid), "{name}");
        }
        let mut old = claims();
        old["exp"] = json!(Utc::now().timestamp() - 1);
        assert_eq!(tokens.read(&signed(&tokens, Algorithm::HS256, &old)), Err(Refused::Expired));
        assert_eq!(tokens.read(&"a".repeat(MAX_LENGTH + 1)), Err(Refused::Invalid));
    }
}
