//! Health, limits and the API's root.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum HealthStatus {
    Ok,
    Failing,
}

/// The state of the server and of each part it needs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Health {
    pub status: HealthStatus,
    pub version: String,
    /// `database`, `queue`, `storage`, `disk`, `worker`: each with its own state.
    pub parts: BTreeMap<String, PartHealth>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct PartHealth {
    pub status: HealthStatus,
    /// What is wrong, without any detail of the machine.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
}

/// What this server accepts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Limits {
    pub upload_bytes: u64,
    pub body_bytes: u64,
    /// Log-ins, registrations and refreshes a minute, per account and address.
    pub auth_per_minute: u32,
    pub list_limit: u32,
    pub wait_seconds: u32,
}

/// Where things are.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ApiRoot {
    pub name: String,
    pub version: String,
    pub documentation: String,
    pub openapi: String,
    pub health: String,
}
