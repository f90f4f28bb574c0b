//! Whether a text is a usable URL, network, origin or log filter; the answer is what is wrong, or nothing.

use std::net::IpAddr;

pub fn database_url(text: &str) -> Result<(), String> {
    if let Some(path) = text.strip_prefix("sqlite://") {
        return if path.is_empty() { Err("the path is missing.".to_owned()) } else { Ok(()) };
    }
    if text.starts_with("postgres://") || text.starts_with("postgresql://") {
        return Ok(());
    }
    // The value is not repeated: it may hold a password.
    Err("this is not a database that Plotline knows.".to_owned())
}

/// The form alone, and never the text: it may hold a password. What is between the signs is read when it is used.
pub fn redis_url(text: &str) -> Result<(), String> {
    let Some((scheme, rest)) = text.split_once("://") else { return Err("this is not a Redis URL.".to_owned()) };
    let kind = scheme.strip_prefix("rediss").or_else(|| scheme.strip_prefix("redis"));
    let (place, _) = rest.split_once('?').unwrap_or((rest, ""));
    let (authority, path) = place.split_once('/').unwrap_or((place, ""));
    let hosts = authority.rsplit_once('@').map_or(authority, |(_, hosts)| hosts);
    if hosts.split(',').any(str::is_empty) {
        return Err("the host is missing.".to_owned());
    }
    match kind {
        Some("") if hosts.contains(',') => Err("several hosts are Sentinels or a cluster.".to_owned()),
        Some("+sentinel") if path.is_empty() => {
            Err("the name of the service is missing behind the Sentinels.".to_owned())
        }
        Some("+cluster") if !path.is_empty() => Err("a cluster has no database number.".to_owned()),
        Some("" | "+sentinel" | "+cluster") => Ok(()),
        _ => Err("this is not a Redis URL.".to_owned()),
    }
}

pub fn readable_file(text: &str) -> Result<(), String> {
    std::fs::File::open(text).map(drop).map_err(|error| format!("\"{text}\" cannot be read ({}).", error.kind()))
}

pub fn storage_url(text: &str, testing: bool) -> Result<(), String> {
    if text.starts_with("file:///") {
        return Ok(());
    }
    match text {
        "memory://" if testing => Ok(()),
        "memory://" => Err("storage in memory loses every file at a restart.".to_owned()),
        _ => Err("this is not a storage that Plotline knows.".to_owned()),
    }
}

/// `kind=seconds`; whether there is such a kind is not known here.
pub fn kind_and_seconds(text: &str) -> Result<(String, u64), String> {
    let wrong = || format!("\"{text}\" is no kind with its seconds.");
    let (kind, seconds) = kind_and_number(text).ok_or_else(wrong)?;
    let seconds = u64::try_from(seconds).map_err(|_| wrong())?;
    if (1..=604_800).contains(&seconds) { Ok((kind, seconds)) } else { Err(wrong()) }
}

/// `kind=priority`, likewise.
pub fn kind_and_priority(text: &str) -> Result<(String, i32), String> {
    let wrong = || format!("\"{text}\" is no kind with its priority.");
    let (kind, priority) = kind_and_number(text).ok_or_else(wrong)?;
    let priority = i32::try_from(priority).map_err(|_| wrong())?;
    if (-100..=100).contains(&priority) { Ok((kind, priority)) } else { Err(wrong()) }
}

fn kind_and_number(text: &str) -> Option<(String, i64)> {
    let (kind, number) = text.split_once('=')?;
    let kind = kind.trim();
    if kind.is_empty() { None } else { Some((kind.to_owned(), number.trim().parse().ok()?)) }
}

pub fn clamav_addr(text: &str) -> Result<(), String> {
    if let Some(path) = text.strip_prefix("unix:") {
        return if path.starts_with('/') { Ok(()) } else { Err("the socket's path must be absolute.".to_owned()) };
    }
    match text.rsplit_once(':') {
        Some((host, port)) if !host.is_empty() && port.parse::<u16>().is_ok_and(|port| port > 0) => Ok(()),
        _ => Err(format!("\"{text}\" is no host with a port.")),
    }
}

pub fn email(text: &str) -> Result<(), String> {
    match text.split_once('@') {
        Some((local, domain)) if !local.is_empty() && !domain.is_empty() => Ok(()),
        _ => Err(format!("\"{text}\" is not an e-mail address.")),
    }
}

pub fn network(text: &str) -> Result<(), String> {
    let (address, prefix) = text.split_once('/').map_or((text, None), |(address, prefix)| (address, Some(prefix)));
    let wrong = || format!("\"{text}\" is not an address or network.");
    let address: IpAddr = address.parse().map_err(|_| wrong())?;
    let most = if address.is_ipv4() { 32 } else { 128 };
    match prefix.map(str::parse::<u8>) {
        None => Ok(()),
        Some(Ok(bits)) if bits <= most => Ok(()),
        Some(_) => Err(wrong()),
    }
}

pub fn origin(text: &str) -> Result<(), String> {
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    match rest {
        Some(host) if !host.is_empty() && !host.contains(['/', '?', '#', '@', '*']) => Ok(()),
        _ => Err(format!("\"{text}\" is not an origin (scheme, host and perhaps a port, no path).")),
    }
}

pub fn log_level(text: &str) -> Result<(), String> {
    tracing_subscriber::EnvFilter::builder()
        .parse(text)
        .map(|_| ())
        .map_err(|error| format!("\"{text}\" is not a log level ({error})."))
}
