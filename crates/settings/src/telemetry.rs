//! Starts the log: to standard error, text for people, JSON for programs.

use std::io::IsTerminal;

use tracing_subscriber::EnvFilter;
use tracing_subscriber::fmt::format::FmtSpan;

use crate::{Environment, Log, LogFormat};

/// Libraries that speak too much at `info`.
const QUIET: &str = "actix_server=warn,actix_http=warn,mio=warn,h2=warn,hyper=warn,object_store=warn,apalis_core=error";

/// Starts the log of this process. A second call does nothing.
pub fn start(log: &Log, environment: Environment) {
    let filter = EnvFilter::try_new(format!("{QUIET},{}", log.level)).unwrap_or_else(|_| EnvFilter::new("info"));
    let json = match log.format {
        LogFormat::Json => true,
        LogFormat::Text => false,
        LogFormat::Auto => environment == Environment::Production,
    };
    let builder = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        // Telling of a failed write on the same broken standard error would panic, in whatever task logs next.
        .log_internal_errors(false)
        .with_span_events(FmtSpan::NONE)
        .with_target(true);
    let started = if json {
        builder.json().flatten_event(true).with_current_span(true).with_span_list(false).try_init()
    } else {
        builder.compact().with_ansi(std::io::stderr().is_terminal()).try_init()
    };
    if started.is_err() {
        tracing::debug!("the log was started already");
    }
}
