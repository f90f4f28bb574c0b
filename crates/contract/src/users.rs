//! Accounts: roles, what a user looks like, and the bodies of registration and log-in.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

/// What a user may do. Each role may do everything the ones after it may.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Reads what is shared with them.
    Viewer,
    /// Uploads and analyses.
    Analyst,
    /// Manages users and the server.
    Admin,
}

impl Role {
    pub const ALL: [Self; 3] = [Self::Viewer, Self::Analyst, Self::Admin];

    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Viewer => "viewer",
            Self::Analyst => "analyst",
            Self::Admin => "admin",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.as_str() == text)
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct User {
    pub id: Uuid,
    pub email: String,
    pub username: String,
    pub role: Role,
    pub created_at: DateTime<Utc>,
    pub last_login: Option<DateTime<Utc>>,
}

#[derive(Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RegisterRequest {
    #[schema(format = Email, max_length = 254)]
    pub email: String,
    /// 3 to 64 letters, digits, `.`, `_` or `-`.
    #[schema(min_length = 3, max_length = 64)]
    pub username: String,
    /// At least 8 characters, at most 72 bytes, and not easy to guess.
    #[schema(format = Password, min_length = 8)]
    pub password: String,
    /// The code printed at the first start of a server that listens beyond loopback;
    /// whoever gives it becomes the administrator.
    #[serde(default)]
    pub setup_code: Option<String>,
}

/// Either `email` or `username`.
#[derive(Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct LoginRequest {
    #[serde(default)]
    pub email: Option<String>,
    #[serde(default)]
    pub username: Option<String>,
    #[schema(format = Password)]
    pub password: String,
}

#[derive(Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RefreshRequest {
    pub refresh_token: String,
}

/// Tokens after log-in and refresh.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
pub struct TokenAnswer {
    pub access_token: String,
    /// Always `bearer`.
    pub token_type: String,
    /// Seconds until the access token ends.
    pub expires_in: u64,
    /// Works once; using it again ends the session.
    pub refresh_token: String,
    pub user: User,
}

/// A session in a browser's cookie.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
pub struct BrowserSession {
    pub user: User,
    /// To be repeated as `X-CSRF-Token` by every request of this session that changes something.
    pub csrf_token: String,
}

/// A place where the user is signed in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct SessionInfo {
    pub id: Uuid,
    pub created_at: DateTime<Utc>,
    /// When its refresh token was last used.
    pub last_used: DateTime<Utc>,
    pub expires_at: DateTime<Utc>,
    /// The network address of the log-in.
    pub address: String,
    pub user_agent: String,
    /// Whether this request belongs to it.
    pub current: bool,
}
