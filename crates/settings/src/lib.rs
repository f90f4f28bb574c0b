//! One `Settings` value from the commented default file, a settings file and the environment; and the log's start.

mod checks;
mod error;
mod layers;
mod reader;
mod secret;
mod sections;
pub mod telemetry;

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::path::PathBuf;

pub use error::{SettingsError, WrongSetting};
pub use secret::Secret;

/// Every setting with its default and its explanation: the manual.
pub const DEFAULTS: &str = include_str!("../settings.default.toml");

/// The environment variable that names a settings file.
pub const FILE_VARIABLE: &str = "PLOTLINE_SETTINGS_FILE";

/// Everything an operator can choose; `settings.default.toml` explains each value.
#[derive(Clone, Debug)]
pub struct Settings {
    pub environment: Environment,
    pub data_dir: PathBuf,
    pub database_url: Option<String>,
    /// May hold a password.
    pub redis_url: Option<Secret>,
    pub redis_ca_file: Option<PathBuf>,
    /// Given together with `redis_key_file`, or not at all.
    pub redis_cert_file: Option<PathBuf>,
    pub redis_key_file: Option<PathBuf>,
    pub storage_url: Option<String>,
    /// `host:port` or `unix:/path`, checked.
    pub clamav_addr: Option<String>,
    pub secret_key: Option<Secret>,
    pub admin_email: Option<String>,
    pub admin_password: Option<Secret>,
    pub http: Http,
    pub auth: Auth,
    pub jobs: Jobs,
    pub ingest: Ingest,
    pub datasets: Datasets,
    pub worker: Worker,
    pub log: Log,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Environment {
    Development,
    Testing,
    Production,
}

#[derive(Clone, Debug)]
pub struct Http {
    pub addr: SocketAddr,
    /// At least 1: zero in the file is replaced by the number of cores.
    pub threads: usize,
    pub upload_bytes: u64,
    pub body_bytes: u64,
    pub request_timeout_seconds: u64,
    pub upload_idle_seconds: u64,
    /// How long the server waits for the answer to an ask.
    pub ask_seconds: u64,
    /// Answers to asks that are kept in memory. 0: none.
    pub answer_cache_bytes: u64,
    /// Addresses and networks (`10.0.0.0/8`), checked.
    pub trusted_proxies: Vec<String>,
    /// Origins (`https://app.example.com`), checked, without a trailing slash.
    pub cors_origins: Vec<String>,
    /// What reading `/metrics` needs; without one only this machine may.
    pub metrics_token: Option<Secret>,
}

#[derive(Clone, Debug)]
pub struct Auth {
    pub access_minutes: u64,
    pub refresh_days: u64,
    /// How long a browser's session lives without its person doing anything.
    pub idle_hours: u64,
    pub attempts_per_minute: u32,
    pub bcrypt_cost: u32,
}

#[derive(Clone, Debug)]
pub struct Jobs {
    pub cache_seconds: u64,
    /// By kind of job; the others keep the time-out that their kind states.
    pub timeout_seconds: BTreeMap<String, u64>,
    /// By kind of job; the others have 0. Higher is sooner.
    pub priorities: BTreeMap<String, i32>,
    /// 0: any number.
    pub queued_per_user: u32,
    /// 0: any number.
    pub running_per_user: u32,
    pub retention_days: u64,
}

/// What is taken of an uploaded file.
#[derive(Clone, Debug)]
pub struct Ingest {
    pub unpacked_bytes: u64,
    pub unpacked_ratio: u64,
    pub nesting: u32,
    pub columns: u32,
    pub cell_bytes: u64,
    pub document_bytes: u64,
    pub exact_rows: u64,
}

#[derive(Clone, Debug)]
pub struct Datasets {
    pub trash_days: u64,
    /// 0: files with malware are removed at once.
    pub infected_days: u64,
}

#[derive(Clone, Debug)]
pub struct Worker {
    /// At least 1: zero in the file is replaced by the number of cores. Slots of each lane.
    pub slots: usize,
    /// Asks that are answered at once, beside the slots.
    pub ask_slots: usize,
    /// `interactive`, `batch`, or both.
    pub lanes: Vec<String>,
    /// 0: 60 % of the machine's memory.
    pub memory_budget_bytes: u64,
    pub shutdown_seconds: u64,
    /// Where a worker that runs alone answers `/metrics` and `/health/live`; nowhere unless given.
    pub metrics_addr: Option<SocketAddr>,
}

#[derive(Clone, Debug)]
pub struct Log {
    pub level: String,
    pub format: LogFormat,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LogFormat {
    Auto,
    Text,
    Json,
}

impl Settings {
    /// Reads the defaults, the file named by `PLOTLINE_SETTINGS_FILE` and the process environment.
    ///
    /// # Errors
    /// All settings that are wrong, at once.
    pub fn load() -> Result<Self, SettingsError> {
        let env: BTreeMap<String, String> =
            std::env::vars_os().filter_map(|(k, v)| Some((k.into_string().ok()?, v.into_string().ok()?))).collect();
        let Some(path) = env.get(FILE_VARIABLE).filter(|path| !path.is_empty()) else {
            return Self::from_sources(None, &env);
        };
        let text = std::fs::read_to_string(path).map_err(|error| {
            SettingsError::one(FILE_VARIABLE, format!("{path} cannot be read: {error}"), "the path of a TOML file")
        })?;
        Self::from_sources(Some(&text), &env)
    }

    /// The same from given sources: `toml` over the defaults, `env` over both.
    ///
    /// # Errors
    /// All settings that are wrong, at once.
    pub fn from_sources(toml: Option<&str>, env: &BTreeMap<String, String>) -> Result<Self, SettingsError> {
        let mut wrong = Vec::new();
        let layers = layers::merge(toml, env, &mut wrong);
        let settings = sections::read(&layers, &mut wrong);
        match settings {
            Some(settings) if wrong.is_empty() => Ok(settings),
            _ => Err(SettingsError { wrong }),
        }
    }

    /// Whether the database is a SQLite file, which only one process may use.
    pub fn is_embedded(&self) -> bool {
        self.database_url.as_deref().is_none_or(|url| url.starts_with("sqlite:"))
    }

    /// Whether only programs on this machine can reach the server.
    pub const fn is_loopback(&self) -> bool {
        self.http.addr.ip().is_loopback()
    }
}
