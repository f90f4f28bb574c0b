//! Where a request comes from: the peer, or what a trusted proxy says about it.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

use actix_web::http::header::{self, HeaderMap, HeaderName};

const X_FORWARDED_FOR: HeaderName = HeaderName::from_static("x-forwarded-for");
/// More hops than any honest chain has.
const MAX_HOPS: usize = 32;

/// The networks whose forwarding headers are believed.
#[derive(Clone, Debug, Default)]
pub struct TrustedProxies(Vec<Network>);

#[derive(Clone, Copy, Debug)]
struct Network {
    address: IpAddr,
    prefix: u32,
}

impl TrustedProxies {
    /// Reads `10.0.0.0/8`, `::1/128` or a single address; the settings have checked the text before.
    pub fn parse(networks: &[String]) -> Self {
        Self(networks.iter().filter_map(|text| Network::parse(text)).collect())
    }

    fn holds(&self, address: IpAddr) -> bool {
        self.0.iter().any(|network| network.holds(address))
    }

    /// The client's address: the peer, unless the peer is trusted; then the rightmost hop
    /// of `X-Forwarded-For` (or, without that, of `Forwarded`) that is not trusted.
    pub fn client(&self, peer: Option<SocketAddr>, headers: &HeaderMap) -> IpAddr {
        let peer = peer.map_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED), |peer| peer.ip().to_canonical());
        if !self.holds(peer) {
            return peer;
        }
        let mut client = peer;
        for hop in hops(headers).into_iter().rev().take(MAX_HOPS) {
            // A hop that names no address says nothing, and neither does anything before it.
            let Some(address) = hop else { return client };
            client = address;
            if !self.holds(address) {
                return client;
            }
        }
        client
    }
}

impl Network {
    fn parse(text: &str) -> Option<Self> {
        let (address, prefix) = match text.split_once('/') {
            Some((address, prefix)) => (address.parse::<IpAddr>().ok()?, Some(prefix.parse().ok()?)),
            None => (text.parse().ok()?, None),
        };
        let most = if address.is_ipv4() { 32 } else { 128 };
        Some(Self { address, prefix: prefix.unwrap_or(most).min(most) })
    }

    fn holds(&self, address: IpAddr) -> bool {
        match (self.address, address) {
            (IpAddr::V4(network), IpAddr::V4(address)) => {
                let mask = u32::MAX.checked_shl(32 - self.prefix).unwrap_or(0);
                network.to_bits() & mask == address.to_bits() & mask
            }
            (IpAddr::V6(network), IpAddr::V6(address)) => {
                let mask = u128::MAX.checked_shl(128 - self.prefix).unwrap_or(0);
                network.to_bits() & mask == address.to_bits() & mask
            }
            _ => false,
        }
    }
}

/// What a rate limit counts by: an IPv4 address, or the /64 network that one IPv6 customer gets.
pub fn rate_subject(address: IpAddr) -> String {
    match address {
        IpAddr::V4(address) => address.to_string(),
        IpAddr::V6(address) => Ipv6Addr::from_bits(address.to_bits() & (u128::MAX << 64)).to_string(),
    }
}

/// The hops in the order of the headers; `None` for one that names no address.
fn hops(headers: &HeaderMap) -> Vec<Option<IpAddr>> {
    let mut hops = Vec::new();
    for value in headers.get_all(X_FORWARDED_FOR) {
        hops.extend(value.to_str().unwrap_or_default().split(',').map(address));
    }
    if !hops.is_empty() {
        return hops;
    }
    for value in headers.get_all(header::FORWARDED) {
        hops.extend(value.to_str().unwrap_or_default().split(',').map(forwarded_for));
    }
    hops
}

/// The `for=` of one element of `Forwarded` (RFC 7239).
fn forwarded_for(element: &str) -> Option<IpAddr> {
    element.split(';').find_map(|pair| {
        let (name, value) = pair.split_once('=')?;
        if !name.trim().eq_ignore_ascii_case("for") {
            return None;
        }
        address(value.trim().trim_matches('"'))
    })
}

/// An address with or without port, an IPv6 address with or without brackets.
fn address(text: &str) -> Option<IpAddr> {
    let text = text.trim();
    if let Ok(address) = text.parse::<IpAddr>() {
        return Some(address.to_canonical());
    }
    if let Ok(address) = text.parse::<SocketAddr>() {
        return Some(address.ip().to_canonical());
    }
    let inner = text.strip_prefix('[')?.strip_suffix(']')?;
    inner.parse::<IpAddr>().ok().map(|address| address.to_canonical())
}

#[cfg(test)]
mod tests {
    use actix_web::http::header::HeaderValue;

    use super::*;

    fn client(proxies: &[&str], peer: &str, lines: &[(&'static str, &str)]) -> String {
        let proxies: Vec<String> = proxies.iter().map(ToString::to_string).collect();
        let mut headers = HeaderMap::new();
        for (name, value) in lines {
            headers.append(HeaderName::from_static(name), HeaderValue::from_str(value).unwrap());
        }
        TrustedProxies::parse(&proxies).client(peer.parse().ok(), &headers).to_string()
    }

    #[test]
    fn forwarded_headers_of_strangers_are_ignored() {
        assert_eq!(client(&[], "192.0.2.1:99", &[("x-forwarded-for", "198.51.100.7")]), "192.0.2.1");
        assert_eq!(client(&["10.0.0.0/8"], "192.0.2.1:99", &[("forwarded", "for=198.51.100.7")]), "192.0.2.1");
    }

    #[test]
    fn the_rightmost_untrusted_hop_is_the_client() {
        let proxies = ["10.0.0.0/8", "127.0.0.1"];
        let forged = "203.0.113.9, 198.51.100.7, 10.1.2.3";
        assert_eq!(client(&proxies, "127.0.0.1:99", &[("x-forwarded-for", forged)]), "198.51.100.7");
        let two_lines = [("x-forwarded-for", "203.0.113.9"), ("x-forwarded-for", "198.51.100.7:1234")];
        assert_eq!(client(&proxies, "10.9.9.9:99", &two_lines), "198.51.100.7");
        assert_eq!(client(&proxies, "10.9.9.9:99", &[("x-forwarded-for", "10.0.0.1")]), "10.0.0.1");
    }

    #[test]
    fn forwarded_is_read_by_its_standard() {
        let value = "for=203.0.113.9, For=\"[2001:db8::17]:4711\";proto=https";
        assert_eq!(client(&["::1/128"], "[::1]:99", &[("forwarded", value)]), "2001:db8::17");
    }

    #[test]
    fn a_hop_without_address_ends_the_chain() {
        for hidden in ["unknown", "_secret", "", "not an address"] {
            let value = format!("203.0.113.9, {hidden}");
            assert_eq!(client(&["10.0.0.0/8"], "10.0.0.1:99", &[("x-forwarded-for", &value)]), "10.0.0.1");
        }
    }

    #[test]
    fn networks_hold_what_their_prefix_says() {
        let holds = |network: &str, address: &str| Network::parse(network).unwrap().holds(address.parse().unwrap());
        assert!(holds("0.0.0.0/0", "198.51.100.7"));
        assert!(holds("192.168.0.0/16", "192.168.255.1"));
        assert!(!holds("192.168.0.0/17", "192.168.255.1"));
        assert!(!holds("192.168.0.1", "192.168.0.2"));
        assert!(holds("2001:db8::/32", "2001:db8:ffff::1"));
        assert!(!holds("::/0", "192.0.2.1"));
    }

    #[test]
    fn mapped_addresses_are_the_ipv4_addresses_they_stand_for() {
        assert_eq!(client(&["127.0.0.1"], "[::ffff:127.0.0.1]:9", &[("x-forwarded-for", "192.0.2.5")]), "192.0.2.5");
    }

    #[test]
    fn one_ipv6_customer_is_one_subject() {
        let subject = |text: &str| rate_subject(text.parse().unwrap());
        assert_eq!(subject("2001:db8:1:2:3::4"), subject("2001:db8:1:2:ffff::1"));
        assert_ne!(subject("2001:db8:1:2::1"), subject("2001:db8:1:3::1"));
        assert_eq!(subject("192.0.2.5"), "192.0.2.5");
    }
}
