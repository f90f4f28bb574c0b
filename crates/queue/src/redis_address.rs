//! Where Redis is: one server, a master that Sentinels name, or a cluster; read from a URL that an operator writes.

use std::path::PathBuf;

use redis::sentinel::{SentinelClient, SentinelClientBuilder, SentinelServerType};
use redis::{ClientTlsConfig, ConnectionAddr, ConnectionInfo, IntoConnectionInfo, TlsCertificates, TlsMode};

use crate::error::{QueueError, Result};

const SENTINEL_PORT: u16 = 26_379;

/// Files in PEM form for connections over TLS. Without a CA the certificates of the system count.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TlsFiles {
    pub ca: Option<PathBuf>,
    /// The client's own certificate, where the server asks for one; needs `key`.
    pub cert: Option<PathBuf>,
    pub key: Option<PathBuf>,
}

/// A URL in its parts; it holds passwords and is never printed.
pub enum Address {
    Server(ConnectionInfo),
    Sentinel {
        sentinels: Vec<ConnectionInfo>,
        service: String,
        /// User, password and number of the database at the master; host and port mean nothing.
        master: ConnectionInfo,
    },
    Cluster(Vec<ConnectionInfo>),
}

impl Address {
    /// Reads `redis://`, `redis+sentinel://` and `redis+cluster://`, each also as `rediss`. An error never repeats the
    /// URL, which may hold a password.
    pub fn parse(url: &str) -> Result<Self> {
        let (scheme, rest) = url.split_once("://").ok_or_else(|| wrong("a URL begins with redis://"))?;
        let (plain, kind) = match scheme.split_once('+') {
            None => return one(url).map(Self::Server),
            Some((plain @ ("redis" | "rediss"), kind)) => (plain, kind),
            Some(_) => return Err(wrong("the scheme is not known")),
        };
        let parts = Parts::split(plain, rest)?;
        match kind {
            "sentinel" => parts.sentinel(),
            "cluster" => parts.cluster(),
            _ => Err(wrong("the scheme is not known")),
        }
    }

    pub fn is_encrypted(&self) -> bool {
        let info = match self {
            Self::Server(info) | Self::Sentinel { master: info, .. } => Some(info),
            Self::Cluster(nodes) => nodes.first(),
        };
        info.is_some_and(|info| matches!(info.addr(), ConnectionAddr::TcpTls { .. }))
    }
}

/// What stands behind the scheme.
struct Parts<'a> {
    plain: &'a str,
    /// `user:password@`, or nothing.
    login: String,
    hosts: Vec<&'a str>,
    path: Vec<&'a str>,
    query: &'a str,
}

impl<'a> Parts<'a> {
    fn split(plain: &'a str, rest: &'a str) -> Result<Self> {
        let (rest, query) = rest.split_once('?').unwrap_or((rest, ""));
        let (authority, path) = rest.split_once('/').unwrap_or((rest, ""));
        let (login, hosts) = match authority.rsplit_once('@') {
            Some((login, hosts)) => (format!("{login}@"), hosts),
            None => (String::new(), authority),
        };
        let hosts: Vec<&str> = hosts.split(',').map(str::trim).collect();
        if hosts.iter().any(|host| host.is_empty()) {
            return Err(wrong("a host is missing"));
        }
        let path = path.split('/').filter(|part| !part.is_empty()).collect();
        Ok(Self { plain, login, hosts, path, query })
    }

    fn sentinel(&self) -> Result<Address> {
        let (service, number) = match self.path.as_slice() {
            [service] => (*service, "0"),
            [service, number] => (*service, *number),
            _ => return Err(wrong("name the service: redis+sentinel://host:26379,host:26379/service")),
        };
        let login = self.sentinel_login()?;
        let sentinels = self.hosts.iter().map(|host| {
            let port = if has_port(host) { String::new() } else { format!(":{SENTINEL_PORT}") };
            one(&format!("{}://{login}{host}{port}", self.plain))
        });
        let master = one(&format!("{}://{}master/{number}", self.plain, self.login))?;
        Ok(Address::Sentinel { sentinels: sentinels.collect::<Result<_>>()?, service: service.to_owned(), master })
    }

    /// The Sentinels' own user and password, as parameters of the URL.
    fn sentinel_login(&self) -> Result<String> {
        let (mut user, mut password) = ("", "");
        for pair in self.query.split('&').filter(|pair| !pair.is_empty()) {
            match pair.split_once('=') {
                Some(("sentinel_username", value)) => user = value,
                Some(("sentinel_password", value)) => password = value,
                _ => return Err(wrong("the parameters are sentinel_username and sentinel_password")),
            }
        }
        Ok(if password.is_empty() { String::new() } else { format!("{user}:{password}@") })
    }

    fn cluster(&self) -> Result<Address> {
        if !self.path.is_empty() || !self.query.is_empty() {
            return Err(wrong("a cluster has no database number and takes no parameters"));
        }
        let nodes = self.hosts.iter().map(|host| one(&format!("{}://{}{host}", self.plain, self.login)));
        nodes.collect::<Result<_>>().map(Address::Cluster)
    }
}

fn has_port(host: &str) -> bool {
    let behind = host.rsplit_once(']').map_or(host, |(_, behind)| behind);
    behind.contains(':')
}

/// One host, user and number, by the library's own rules.
fn one(url: &str) -> Result<ConnectionInfo> {
    url.into_connection_info().map_err(|error| wrong(&error.to_string()))
}

fn wrong(problem: &str) -> QueueError {
    QueueError::Url(problem.to_owned())
}

/// What TLS needs beside the system's certificates; `None` where no file is named.
pub fn certificates(files: &TlsFiles) -> Result<Option<TlsCertificates>> {
    let read = |path: &Option<PathBuf>| match path {
        None => Ok(None),
        Some(path) => {
            std::fs::read(path).map(Some).map_err(|error| QueueError::File(path.display().to_string(), error.kind()))
        }
    };
    let client_tls = match (read(&files.cert)?, read(&files.key)?) {
        (Some(client_cert), Some(client_key)) => Some(ClientTlsConfig { client_cert, client_key }),
        (None, None) => None,
        _ => return Err(wrong("a client's certificate and its key go together")),
    };
    let root_cert = read(&files.ca)?;
    Ok((root_cert.is_some() || client_tls.is_some()).then_some(TlsCertificates { client_tls, root_cert }))
}

/// A client that asks the Sentinels for the master of the service.
pub fn sentinel_client(
    sentinels: &[ConnectionInfo],
    service: &str,
    master: &ConnectionInfo,
    certificates: Option<TlsCertificates>,
) -> Result<SentinelClient> {
    let addresses = sentinels.iter().map(|info| info.addr().clone());
    let mut builder = SentinelClientBuilder::new(addresses, service, SentinelServerType::Master)?
        .set_client_to_redis_db(master.redis_settings().db());
    if let Some(user) = master.redis_settings().username() {
        builder = builder.set_client_to_redis_username(user);
    }
    if let Some(password) = master.redis_settings().password() {
        builder = builder.set_client_to_redis_password(password);
    }
    if let Some(settings) = sentinels.first().map(ConnectionInfo::redis_settings) {
        if let Some(user) = settings.username() {
            builder = builder.set_client_to_sentinel_username(user);
        }
        if let Some(password) = settings.password() {
            builder = builder.set_client_to_sentinel_password(password);
        }
    }
    if matches!(master.addr(), ConnectionAddr::TcpTls { .. }) {
        builder = builder.set_client_to_redis_tls_mode(TlsMode::Secure);
        if let Some(certificates) = certificates {
            builder = builder
                .set_client_to_redis_certificates(certificates.clone())
                .set_client_to_sentinel_certificates(certificates);
        }
    }
    Ok(builder.build()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problem(url: &str) -> String {
        match Address::parse(url) {
            Ok(_) => panic!("{url} is taken"),
            Err(error) => error.to_string(),
        }
    }

    #[test]
    fn one_server_is_read_by_the_librarys_rules() {
        for url in ["redis://h", "rediss://user:p%40ss@h:7000/3", "redis://:p@[::1]:6380"] {
            let Ok(Address::Server(info)) = Address::parse(url) else { panic!("{url}") };
            assert_eq!(url.starts_with("rediss"), matches!(info.addr(), ConnectionAddr::TcpTls { .. }), "{url}");
        }
    }

    #[test]
    fn sentinels_name_their_service_and_keep_their_own_password() {
        let url = "rediss+sentinel://u:p%2Fw@a,b:5000,[::1]/mymaster/2?sentinel_password=s%40&sentinel_username=x";
        let Ok(Address::Sentinel { sentinels, service, master }) = Address::parse(url) else { panic!("not Sentinels") };
        let at = |i: usize| match sentinels[i].addr() {
            ConnectionAddr::TcpTls { host, port, .. } => (host.clone(), *port),
            other => panic!("{other:?}"),
        };
        assert_eq!([at(0), at(1)], [("a".to_owned(), 26_379), ("b".to_owned(), 5_000)]);
        assert_eq!((at(2).1, service.as_str()), (26_379, "mymaster"));
        assert_eq!((master.redis_settings().password(), master.redis_settings().db()), (Some("p/w"), 2));
        assert_eq!(sentinels[0].redis_settings().password(), Some("s@"));
        assert_eq!(sentinels[2].redis_settings().username(), Some("x"));
    }

    #[test]
    fn a_cluster_is_a_list_of_nodes() {
        let Ok(Address::Cluster(nodes)) = Address::parse("redis+cluster://:pw@a:7000,b:7001,c") else { panic!("no") };
        assert_eq!(nodes.len(), 3);
        assert!(nodes.iter().all(|node| node.redis_settings().password() == Some("pw")));
    }

    #[test]
    fn what_is_wrong_is_said_without_the_password() {
        assert!(problem("redis+sentinel://:secret@a:1").contains("name the service"));
        for url in [
            "http://:secret@h",
            "redis+proxy://:secret@h",
            "redis+cluster://:secret@h/1",
            "redis+cluster://:secret@a,,b",
            "redis+sentinel://:secret@h/s?x=1",
            "redis+sentinel://:secret@h/s/x",
            "redis://:secret@h:99999999",
            "redis",
        ] {
            assert!(!problem(url).contains("secret"), "{url}: {}", problem(url));
        }
    }

    #[test]
    fn a_certificate_without_its_key_is_refused_and_a_missing_file_named() {
        assert!(certificates(&TlsFiles::default()).unwrap().is_none());
        let missing = TlsFiles { ca: Some("/nowhere/ca.pem".into()), ..TlsFiles::default() };
        assert!(certificates(&missing).unwrap_err().to_string().contains("/nowhere/ca.pem"));
        let half = TlsFiles { cert: Some("/dev/null".into()), ..TlsFiles::default() };
        assert!(certificates(&half).unwrap_err().to_string().contains("go together"));
    }
}
