//! Settings from defaults, file and environment: what is taken, what is refused and how the refusal reads.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::print_stdout, reason = "a test fails by panicking")]

use std::collections::BTreeMap;

use settings::{Environment, LogFormat, Settings};

fn env(pairs: &[(&str, &str)]) -> BTreeMap<String, String> {
    pairs.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect()
}

#[test]
fn defaults_are_valid_and_embedded_on_loopback() {
    let settings = Settings::from_sources(None, &env(&[])).unwrap();
    assert_eq!(settings.environment, Environment::Development);
    assert!(settings.is_embedded() && settings.is_loopback());
    assert_eq!(settings.http.addr.to_string(), "127.0.0.1:8080");
    assert_eq!(settings.http.upload_bytes, 1 << 30);
    assert_eq!(settings.auth.bcrypt_cost, 12);
    assert_eq!(settings.worker.lanes, ["interactive", "batch"]);
    assert!(settings.worker.slots >= 1 && settings.http.threads >= 1);
    assert_eq!((settings.database_url, settings.storage_url), (None, None));
    assert!(settings.redis_url.is_none());
}

#[test]
fn environment_overrides_the_file_and_the_file_the_defaults() {
    let file = "[http]\naddr = \"0.0.0.0:9000\"\nbody_bytes = 2048\n[log]\nformat = \"json\"\n";
    let variables = env(&[
        ("PLOTLINE_HTTP_ADDR", "[::1]:9001"),
        ("PLOTLINE_HTTP_TRUSTED_PROXIES", "10.0.0.0/8, ::1"),
        ("DATABASE_URL", "postgres://plotline@db/plotline"),
        ("REDIS_URL", ""),
        ("PLOTLINE_JOBS_TIMEOUT_SECONDS", "ingest=7200, descriptive = 60"),
        ("PLOTLINE_JOBS_PRIORITIES", "ingest=10, export = -10"),
        ("HOME", "/root"),
    ]);
    let settings = Settings::from_sources(Some(file), &variables).unwrap();
    assert_eq!(settings.http.addr.to_string(), "[::1]:9001");
    assert_eq!(settings.http.body_bytes, 2048);
    assert_eq!(settings.http.trusted_proxies, ["10.0.0.0/8", "::1"]);
    assert_eq!(settings.jobs.timeout_seconds.get("ingest"), Some(&7200));
    assert_eq!(settings.jobs.timeout_seconds.get("descriptive"), Some(&60));
    assert_eq!(settings.jobs.priorities, BTreeMap::from([("export".to_owned(), -10), ("ingest".to_owned(), 10)]));
    assert_eq!(settings.log.format, LogFormat::Json);
    assert!(settings.redis_url.is_none());
    assert!(!settings.is_embedded());
}

#[test]
fn every_wrong_value_is_named_with_what_is_allowed() {
    let variables = env(&[
        ("PLOTLINE_HTTP_ADDR", "localhost"),
        ("PLOTLINE_ENVIRONMENT", "prod"),
        ("PLOTLINE_AUTH_BCRYPT_COST", "4"),
        ("PLOTLINE_SECRET_KEY", "short-but-secret"),
        ("PLOTLINE_HTTP_CORS_ORIGINS", "https://a.example/path"),
        ("PLOTLINE_WORKER_LANES", "fast"),
        ("PLOTLINE_JOBS_PRIORITIES", "ingest=101"),
        ("DATABASE_URL", "mysql://root:hunter2@db"),
        ("STORAGE_URL", "memory://"),
        ("PLOTLINE_LOG_LEVEL", "loud=verbose"),
        ("PLOTLINE_ADMIN_EMAIL", "admin@example.com"),
    ]);
    let error = Settings::from_sources(None, &variables).unwrap_err();
    let named: Vec<&str> = error.wrong.iter().map(|wrong| wrong.name.as_str()).collect();
    for name in variables.keys().filter(|name| *name != "PLOTLINE_ADMIN_EMAIL") {
        assert!(named.contains(&name.as_str()), "{name} is missing in {named:?}");
    }
    let text = error.to_string();
    assert!(text.starts_with("11 settings are wrong:"), "{text}");
    assert!(text.contains("PLOTLINE_AUTH_BCRYPT_COST: 4 is out of range. Allowed: a whole number from 10 to 16."));
    assert!(text.contains("admin_password: it is missing"), "{text}");
    assert!(!text.contains("hunter2") && !text.contains("short-but-secret"), "a secret is shown: {text}");
}

#[test]
fn unknown_names_are_refused_with_the_nearest_one() {
    let error = Settings::from_sources(Some("[http]\nadr = \"x\"\n"), &env(&[("PLOTLINE_HTP_ADDR", "x")])).unwrap_err();
    let text = error.to_string();
    assert!(text.contains("http.adr: there is no such setting; did you mean http.addr?"), "{text}");
    assert!(text.contains("PLOTLINE_HTP_ADDR: there is no such setting; did you mean PLOTLINE_HTTP_ADDR?"), "{text}");
}

#[test]
fn redis_urls_of_every_kind_are_taken_and_wrong_ones_explained_without_their_password() {
    let read = |pairs: &[(&str, &str)]| Settings::from_sources(None, &env(pairs));
    for url in [
        "redis://cache",
        "rediss://user:p%40ss@cache:6380/2",
        "redis+sentinel://:pw@a:26379,b:26379,[::1]:26379/mymaster/1?sentinel_password=x",
        "rediss+sentinel://a/mymaster",
        "redis+cluster://a:7000,b:7001",
        "rediss+cluster://u:p@a",
    ] {
        assert_eq!(read(&[("REDIS_URL", url)]).unwrap().redis_url.unwrap().expose(), url);
    }
    for (url, said) in [
        ("http://:hunter2@cache", "not a Redis URL"),
        ("redis+proxy://:hunter2@cache", "not a Redis URL"),
        ("redis://:hunter2@", "the host is missing"),
        ("redis://:hunter2@a,b", "Sentinels or a cluster"),
        ("redis+sentinel://:hunter2@a,b", "the name of the service is missing"),
        ("redis+cluster://:hunter2@a,,b", "the host is missing"),
        ("redis+cluster://:hunter2@a/1", "no database number"),
    ] {
        let text = read(&[("REDIS_URL", url)]).unwrap_err().to_string();
        assert!(text.contains(said) && !text.contains("hunter2"), "{url}: {text}");
    }
    // Any file that is there; tests run in the folder of their crate.
    let key = "Cargo.toml";
    let tls = read(&[("REDIS_URL", "rediss://h"), ("REDIS_CA_FILE", key)]).unwrap();
    assert_eq!(tls.redis_ca_file.as_deref(), Some(std::path::Path::new(key)));
    let wrong = |pairs: &[(&str, &str)]| read(pairs).unwrap_err().to_string();
    assert!(wrong(&[("REDIS_URL", "redis://h"), ("REDIS_CA_FILE", key)]).contains("needs a REDIS_URL with TLS"));
    assert!(wrong(&[("REDIS_URL", "rediss://h"), ("REDIS_CERT_FILE", key)]).contains("redis_key_file: it is missing"));
    assert!(wrong(&[("REDIS_URL", "rediss://h"), ("REDIS_CA_FILE", "/nowhere/ca.pem")]).contains("cannot be read"));
}

#[test]
fn a_broken_settings_file_is_said_with_its_line() {
    let error = Settings::from_sources(Some("[http\n"), &env(&[])).unwrap_err().to_string();
    assert!(error.contains("not valid TOML") && error.contains("line 1"), "{error}");
}

#[test]
fn testing_allows_what_only_tests_should_use() {
    let variables =
        env(&[("PLOTLINE_ENVIRONMENT", "testing"), ("PLOTLINE_AUTH_BCRYPT_COST", "4"), ("STORAGE_URL", "memory://")]);
    let settings = Settings::from_sources(None, &variables).unwrap();
    assert_eq!(settings.auth.bcrypt_cost, 4);
}

#[test]
fn secrets_never_print() {
    let key = "0123456789abcdef0123456789abcdef";
    let settings = Settings::from_sources(None, &env(&[("PLOTLINE_SECRET_KEY", key)])).unwrap();
    let secret = settings.secret_key.clone().unwrap();
    assert_eq!(secret.expose(), key);
    assert_eq!(secret.to_string(), "***");
    assert!(!format!("{settings:?}").contains(key));
}
