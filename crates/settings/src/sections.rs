//! Reads each section into its typed form, collecting everything that is wrong on the way.

use std::path::PathBuf;

use crate::error::WrongSetting;
use crate::layers::Layers;
use crate::reader::Reader;
use crate::secret::Secret;
use crate::{Auth, Datasets, Environment, Http, Ingest, Jobs, Log, LogFormat, Settings, Worker, checks};

/// All settings, or `None` when a required one could not be read; the reasons are in `wrong`.
pub fn read(layers: &Layers, wrong: &mut Vec<WrongSetting>) -> Option<Settings> {
    let mut reader = Reader { layers, wrong };
    let environment = reader.environment();
    let testing = environment == Some(Environment::Testing);
    let data_dir = reader.required("data_dir", "a path");
    let database_url = reader.optional(
        "database_url",
        "sqlite:///absolute/path.db or postgres://user:password@host:5432/database",
        checks::database_url,
    );
    let redis_allowed = "redis://host:6379, redis+sentinel://host:26379,host:26379/service or \
                         redis+cluster://host:6379,host:6379; rediss for TLS";
    let redis_url = reader.optional("redis_url", redis_allowed, checks::redis_url);
    let (redis_ca_file, redis_cert_file, redis_key_file) = reader.redis_files(redis_url.as_deref());
    let storage_allowed = if testing { "file:///absolute/path or memory://" } else { "file:///absolute/path" };
    let storage_url = reader.optional("storage_url", storage_allowed, |text| checks::storage_url(text, testing));
    let clamav_addr = reader.optional("clamav_addr", "host:port or unix:/path", checks::clamav_addr);
    let secret_key = reader.secret_key();
    let (admin_email, admin_password) = reader.admin();
    let http = reader.http();
    let auth = reader.auth(testing);
    let jobs = reader.jobs();
    let ingest = reader.ingest();
    let datasets = reader.datasets();
    let worker = reader.worker();
    let log = reader.log();
    Some(Settings {
        environment: environment?,
        data_dir: PathBuf::from(data_dir?),
        database_url,
        redis_url: redis_url.map(Secret::new),
        redis_ca_file,
        redis_cert_file,
        redis_key_file,
        storage_url,
        clamav_addr,
        secret_key,
        admin_email,
        admin_password,
        http: http?,
        auth: auth?,
        jobs: jobs?,
        ingest: ingest?,
        datasets: datasets?,
        worker: worker?,
        log: log?,
    })
}

impl Reader<'_> {
    fn environment(&mut self) -> Option<Environment> {
        self.choice(
            "environment",
            &[
                ("development", Environment::Development),
                ("testing", Environment::Testing),
                ("production", Environment::Production),
            ],
        )
    }

    fn secret_key(&mut self) -> Option<Secret> {
        let key = self.optional("secret_key", "at least 32 characters", |text| match text.chars().count() {
            0..32 => Err("the key is too short.".to_owned()),
            _ => Ok(()),
        });
        key.map(Secret::new)
    }

    fn admin(&mut self) -> (Option<String>, Option<Secret>) {
        let email = self.optional("admin_email", "an e-mail address", checks::email);
        let password = self.optional("admin_password", "8 characters to 72 bytes", |text| {
            if text.chars().count() < 8 || text.len() > 72 {
                return Err("the password is too short or too long.".to_owned());
            }
            Ok(())
        });
        if self.is_given("admin_email") && !self.is_given("admin_password") {
            self.refuse("admin_password", "it is missing, but PLOTLINE_ADMIN_EMAIL is set.", "both or neither");
        }
        if self.is_given("admin_password") && !self.is_given("admin_email") {
            self.refuse("admin_email", "it is missing, but PLOTLINE_ADMIN_PASSWORD is set.", "both or neither");
        }
        (email, password.map(Secret::new))
    }

    fn redis_files(&mut self, url: Option<&str>) -> (Option<PathBuf>, Option<PathBuf>, Option<PathBuf>) {
        let is_encrypted = url.is_some_and(|url| url.starts_with("rediss"));
        let mut file = |key: &str, other: &str| {
            let path = self.optional(key, "a path of a PEM file", checks::readable_file)?;
            if !is_encrypted {
                self.refuse(key, "it needs a REDIS_URL with TLS.", "empty, or rediss:// in REDIS_URL");
            }
            if !other.is_empty() && !self.is_given(other) {
                self.refuse(other, "it is missing: a certificate and its key go together.", "both or neither");
            }
            Some(PathBuf::from(path))
        };
        (
            file("redis_ca_file", ""),
            file("redis_cert_file", "redis_key_file"),
            file("redis_key_file", "redis_cert_file"),
        )
    }

    fn http(&mut self) -> Option<Http> {
        let addr = self.address("http.addr");
        let threads = self.number("http.threads", 0, 256);
        let upload_bytes = self.number("http.upload_bytes", 1024, 1 << 40);
        let body_bytes = self.number("http.body_bytes", 1024, 100 << 20);
        let request_timeout_seconds = self.number("http.request_timeout_seconds", 1, 3600);
        let upload_idle_seconds = self.number("http.upload_idle_seconds", 1, 3600);
        let ask_seconds = self.number("http.ask_seconds", 1, 30);
        let answer_cache_bytes = self.number("http.answer_cache_bytes", 0, 1 << 40);
        let trusted_proxies =
            self.list("http.trusted_proxies", "IP addresses and networks such as 10.0.0.0/8", checks::network);
        let cors_origins = self.list("http.cors_origins", "origins such as https://app.example.com", checks::origin);
        let metrics_token = self.optional("http.metrics_token", "at least 16 characters", |text| match text.len() {
            0..16 => Err("the token is too short.".to_owned()),
            _ => Ok(()),
        });
        Some(Http {
            addr: addr?,
            threads: or_cores(threads?),
            upload_bytes: upload_bytes?,
            body_bytes: body_bytes?,
            request_timeout_seconds: request_timeout_seconds?,
            upload_idle_seconds: upload_idle_seconds?,
            ask_seconds: ask_seconds?,
            answer_cache_bytes: answer_cache_bytes?,
            trusted_proxies: trusted_proxies?,
            cors_origins: cors_origins?,
            metrics_token: metrics_token.map(Secret::new),
        })
    }

    fn auth(&mut self, testing: bool) -> Option<Auth> {
        let access_minutes = self.number("auth.access_minutes", 1, 1440);
        let refresh_days = self.number("auth.refresh_days", 1, 365);
        let idle_hours = self.number("auth.idle_hours", 1, 720);
        let attempts_per_minute = self.number("auth.attempts_per_minute", 1, 100_000);
        let bcrypt_cost = self.number("auth.bcrypt_cost", if testing { 4 } else { 10 }, 16);
        Some(Auth {
            access_minutes: access_minutes?,
            refresh_days: refresh_days?,
            idle_hours: idle_hours?,
            attempts_per_minute: u32::try_from(attempts_per_minute?).ok()?,
            bcrypt_cost: u32::try_from(bcrypt_cost?).ok()?,
        })
    }

    fn jobs(&mut self) -> Option<Jobs> {
        let cache_seconds = self.number("jobs.cache_seconds", 0, 604_800);
        let allowed = "a list of kind=seconds with 1 to 604800 seconds, such as ingest=7200";
        let timeouts = self.list("jobs.timeout_seconds", allowed, |text| checks::kind_and_seconds(text).map(|_| ()));
        let timeouts =
            timeouts.map(|list| list.iter().filter_map(|text| checks::kind_and_seconds(text).ok()).collect());
        let allowed = "a list of kind=priority with -100 to 100, such as export=-10";
        let priorities = self.list("jobs.priorities", allowed, |text| checks::kind_and_priority(text).map(|_| ()));
        let priorities =
            priorities.map(|list| list.iter().filter_map(|text| checks::kind_and_priority(text).ok()).collect());
        let queued_per_user = self.number("jobs.queued_per_user", 0, 1_000_000);
        let running_per_user = self.number("jobs.running_per_user", 0, 1_000_000);
        let retention_days = self.number("jobs.retention_days", 1, 3650);
        Some(Jobs {
            cache_seconds: cache_seconds?,
            timeout_seconds: timeouts?,
            priorities: priorities?,
            queued_per_user: u32::try_from(queued_per_user?).ok()?,
            running_per_user: u32::try_from(running_per_user?).ok()?,
            retention_days: retention_days?,
        })
    }

    fn ingest(&mut self) -> Option<Ingest> {
        let unpacked_bytes = self.number("ingest.unpacked_bytes", 1024, 1 << 42);
        let unpacked_ratio = self.number("ingest.unpacked_ratio", 2, 1_000_000);
        let nesting = self.number("ingest.nesting", 2, 1000);
        let columns = self.number("ingest.columns", 1, 100_000);
        let cell_bytes = self.number("ingest.cell_bytes", 1024, 64 << 20);
        let document_bytes = self.number("ingest.document_bytes", 1024, 1 << 40);
        let exact_rows = self.number("ingest.exact_rows", 0, 1_000_000_000);
        Some(Ingest {
            unpacked_bytes: unpacked_bytes?,
            unpacked_ratio: unpacked_ratio?,
            nesting: u32::try_from(nesting?).ok()?,
            columns: u32::try_from(columns?).ok()?,
            cell_bytes: cell_bytes?,
            document_bytes: document_bytes?,
            exact_rows: exact_rows?,
        })
    }

    fn datasets(&mut self) -> Option<Datasets> {
        let trash_days = self.number("datasets.trash_days", 0, 3650);
        let infected_days = self.number("datasets.infected_days", 0, 3650);
        Some(Datasets { trash_days: trash_days?, infected_days: infected_days? })
    }

    fn worker(&mut self) -> Option<Worker> {
        let slots = self.number("worker.slots", 0, 256);
        let ask_slots = self.number("worker.ask_slots", 1, 64);
        let lanes = self.list("worker.lanes", "interactive, batch", |text| match text {
            "interactive" | "batch" => Ok(()),
            _ => Err(format!("there is no lane \"{text}\".")),
        });
        if lanes.as_ref().is_some_and(Vec::is_empty) {
            self.refuse("worker.lanes", "a worker needs a lane.", "interactive, batch");
        }
        let memory_budget_bytes = self.number("worker.memory_budget_bytes", 0, 1 << 50);
        if memory_budget_bytes.is_some_and(|bytes| bytes > 0 && bytes < 256 << 20) {
            self.refuse("worker.memory_budget_bytes", "this is too little.", "0, or 268435456 (256 MiB) and more");
        }
        let shutdown_seconds = self.number("worker.shutdown_seconds", 0, 3600);
        let metrics_addr = self.is_given("worker.metrics_addr").then(|| self.address("worker.metrics_addr"));
        Some(Worker {
            slots: or_cores(slots?),
            ask_slots: usize::try_from(ask_slots?).unwrap_or(1),
            lanes: lanes?,
            memory_budget_bytes: memory_budget_bytes?,
            shutdown_seconds: shutdown_seconds?,
            metrics_addr: metrics_addr.flatten(),
        })
    }

    fn log(&mut self) -> Option<Log> {
        let level = self.required("log.level", "error, warn, info, debug or trace");
        if let Some(Err(problem)) = level.as_deref().map(checks::log_level) {
            self.refuse("log.level", &problem, "error, warn, info, debug, trace; by part: info,worker=debug");
        }
        let format = self
            .choice("log.format", &[("auto", LogFormat::Auto), ("text", LogFormat::Text), ("json", LogFormat::Json)]);
        Some(Log { level: level?, format: format? })
    }
}

fn or_cores(number: u64) -> usize {
    if number == 0 {
        return std::thread::available_parallelism().map_or(1, usize::from);
    }
    usize::try_from(number).unwrap_or(usize::MAX)
}
