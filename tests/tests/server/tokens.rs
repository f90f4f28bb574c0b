//! Access tokens that must not work: changed, unsigned, expired or made up.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use tests::actor::{Account, Actor};
use tests::{Server, shared};

fn parts(token: &str) -> (Value, Value) {
    let mut parts = token.split('.').map(|part| {
        let bytes = URL_SAFE_NO_PAD.decode(part).unwrap_or_default();
        serde_json::from_slice(&bytes).unwrap_or(Value::Null)
    });
    (parts.next().unwrap_or_default(), parts.next().unwrap_or_default())
}

fn unsigned(header: &Value, claims: &Value) -> String {
    format!("{}.{}", URL_SAFE_NO_PAD.encode(header.to_string()), URL_SAFE_NO_PAD.encode(claims.to_string()))
}

fn status_with(server: &Server, account: &Account, token: &str) -> tests::Answer {
    let account = Account { access_token: token.to_owned(), ..account.clone() };
    Actor::new(server, Some(account)).get("/api/v1/users/me")
}

#[test]
fn changed_and_unsigned_tokens_are_refused() {
    let server = shared();
    let (anna, berta) = (server.analyst().account().clone(), server.analyst().account().clone());
    let (header, claims) = parts(&anna.access_token);
    let signature = anna.access_token.rsplit('.').next().unwrap_or_default().to_owned();
    let mut promoted = claims.clone();
    promoted["sub"] = json!(berta.id);
    let none = json!({ "alg": "none", "typ": "JWT" });
    for token in [
        format!("{}.{signature}", unsigned(&header, &promoted)),
        format!("{}.", unsigned(&none, &claims)),
        unsigned(&none, &claims),
        format!("{}.{signature}", unsigned(&none, &claims)),
        format!("{}A", anna.access_token),
        "not-a-token".to_owned(),
    ] {
        let answer = status_with(&server, &anna, &token);
        assert!(answer.need("www-authenticate").starts_with("Bearer"), "{token}");
        answer.problem(401, "unauthenticated");
    }
    status_with(&server, &anna, &anna.access_token).expect(200);
}

#[test]
fn an_expired_token_is_refused_and_says_so() {
    let server = shared();
    let anna = server.analyst().account().clone();
    let (header, mut claims) = parts(&anna.access_token);
    // Signed with the server's own key: first as it is, so that the refusal below can only be about the time.
    status_with(&server, &anna, &sign(&server, &header, &claims)).expect(200);
    claims["exp"] = json!(claims["iat"].as_i64().unwrap_or_default() - 1);
    let problem = status_with(&server, &anna, &sign(&server, &header, &claims)).problem(401, "unauthenticated");
    assert!(problem["detail"].as_str().unwrap_or_default().contains("expired"), "{problem}");
}

#[test]
fn other_schemes_than_bearer_are_no_credentials() {
    let server = shared();
    for value in ["Basic YTpi", "Bearer", "Bearer ", "bearer", "Token abc"] {
        let answer = server.anonymous().request("GET", "/api/v1/users/me").header("authorization", value).send();
        answer.problem(401, "unauthenticated");
    }
}

/// The same token, good until this moment (Unix seconds) and no longer.
pub fn until(server: &Server, token: &str, moment: i64) -> String {
    let (header, mut claims) = parts(token);
    claims["exp"] = json!(moment);
    sign(server, &header, &claims)
}

/// A token signed as the server signs it: HS256 with a key derived from the secret in the data folder.
fn sign(server: &Server, header: &Value, claims: &Value) -> String {
    let secret = std::fs::read_to_string(server.data_dir().join("secret.key")).expect("the server's secret");
    let key = Sha256::new().chain_update(b"plotline access token 1\0").chain_update(secret.trim()).finalize();
    let text = unsigned(header, claims);
    format!("{text}.{}", URL_SAFE_NO_PAD.encode(hmac_sha256(&key, text.as_bytes())))
}

/// RFC 2104 for a key shorter than a block.
fn hmac_sha256(key: &[u8], message: &[u8]) -> Vec<u8> {
    let pad = |with: u8| (0..64).map(|i| key.get(i).copied().unwrap_or(0) ^ with).collect::<Vec<u8>>();
    let inner = Sha256::new().chain_update(pad(0x36)).chain_update(message).finalize();
    Sha256::new().chain_update(pad(0x5c)).chain_update(inner).finalize().to_vec()
}
