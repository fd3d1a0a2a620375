//! Whom a notification may be sent to. Whoever adds a device names its address, and the server would call it from inside the vendor's
//! network: so only by https, to the port of that, by a name, and to public addresses of it (OWASP ASVS 5.0, 1.3.6). What a name
//! stands for is looked at when it is called, as it may stand for something else by then.

use std::{
    io,
    net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr},
    pin::Pin,
    task::{Context, Poll},
    vec,
};

use axum::http::{Uri, uri::Scheme};
use hyper_util::client::legacy::connect::dns::Name;
use tower_service::Service;

/// The port of https.
const HTTPS: u16 = 443;

/// How far notifications go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// To push services: by https, to public addresses.
    Public,
    /// To whatever is named, this machine included: for tests.
    Anywhere,
}

impl Reach {
    /// Whether an address is one that may be called at all.
    pub fn admits(self, address: &Uri) -> bool {
        let (Some(host), Some(authority)) = (address.host(), address.authority()) else { return false };
        let is_plain = !authority.as_str().contains('@') && address.port_u16().is_none_or(|port| port == HTTPS);
        let is_name = host.contains('.') && host.parse::<IpAddr>().is_err() && !host.starts_with('[');
        match self {
            Self::Public => address.scheme() == Some(&Scheme::HTTPS) && is_plain && is_name,
            Self::Anywhere => true,
        }
    }
}

/// Looks names up, and knows no private addresses.
#[derive(Debug, Clone, Copy)]
pub struct Names(pub Reach);

impl Service<Name> for Names {
    type Response = vec::IntoIter<SocketAddr>;
    type Error = io::Error;
    type Future = Pin<Box<dyn Future<Output = io::Result<Self::Response>> + Send>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, name: Name) -> Self::Future {
        let reach = self.0;
        Box::pin(async move {
            // The port is the connection's.
            let found = tokio::net::lookup_host((name.as_str(), 0)).await?;
            let admitted: Vec<_> =
                found.filter(|address| reach == Reach::Anywhere || is_public(address.ip())).collect();
            if admitted.is_empty() {
                return Err(io::Error::other("the name stands for no public address"));
            }
            Ok(admitted.into_iter())
        })
    }
}

/// Whether an address is one of the public network: of what has any other use, none.
fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_public_v4(address),
        IpAddr::V6(address) => address.to_ipv4_mapped().map_or_else(|| is_public_v6(address), is_public_v4),
    }
}

/// The registry of special-purpose addresses (RFC 6890), and those of multicast and of the future.
fn is_public_v4(address: Ipv4Addr) -> bool {
    let is_special = match address.octets() {
        [0 | 10 | 127, ..] | [192, 168, ..] | [169, 254, ..] => true,
        // Shared by carriers, between two routers, for benchmarks.
        [100, second, ..] => (64..128).contains(&second),
        [172, second, ..] => (16..32).contains(&second),
        [198, 18 | 19, ..] | [192, 0, 0 | 2, _] | [198, 51, 100, _] | [203, 0, 113, _] | [192, 88, 99, _] => true,
        [first, ..] => first >= 224,
    };
    !is_special
}

/// Global unicast (2000::/3) without what leads back to IPv4 or is for documents.
fn is_public_v6(address: Ipv6Addr) -> bool {
    match address.segments() {
        [0x2001, second, ..] => second >= 0x200 && second != 0xdb8,
        [0x2002 | 0x3fff, ..] => false,
        [first, ..] => first & 0xe000 == 0x2000,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_public_is_called() {
        let public = ["142.250.74.138", "34.107.243.93", "2a00:1450:4014:80b::200a", "2001:4860:4860::8888"];
        let private = [
            "127.0.0.1",
            "10.1.2.3",
            "172.16.0.1",
            "172.31.255.255",
            "192.168.1.1",
            "169.254.169.254",
            "100.64.0.1",
            "0.0.0.0",
            "224.0.0.1",
            "255.255.255.255",
            "198.18.0.1",
            "::1",
            "::",
            "fe80::1",
            "fd00::1",
            "ff02::1",
            "::ffff:127.0.0.1",
            "::ffff:10.0.0.1",
            "64:ff9b::a00:1",
            "2002:a00:1::1",
            "2001:0:1::1",
            "2001:db8::1",
        ];
        for address in public {
            assert!(is_public(address.parse().unwrap()), "{address}");
        }
        for address in private {
            assert!(!is_public(address.parse().unwrap()), "{address}");
        }
    }

    #[test]
    fn only_names_by_https_are_admitted() {
        let admits = |address: &str| address.parse().is_ok_and(|address| Reach::Public.admits(&address));
        assert!(admits("https://fcm.googleapis.com/fcm/send/abc"));
        assert!(admits("https://updates.push.services.mozilla.com:443/wpush/v2/abc"));
        let refused = [
            "http://fcm.googleapis.com/fcm/send/abc",
            "https://fcm.googleapis.com:8443/",
            "https://user:secret@fcm.googleapis.com/",
            "https://127.0.0.1/",
            "https://[::1]/",
            "https://localhost/",
            "ftp://fcm.googleapis.com/",
            "/only/a/path",
            "fcm.googleapis.com",
        ];
        for address in refused {
            assert!(!admits(address), "{address}");
        }
    }

    #[tokio::test]
    async fn a_name_of_this_machine_is_no_public_one() {
        let name = || "localhost".parse::<Name>().unwrap();
        assert!(Names(Reach::Public).call(name()).await.is_err());
        assert!(Names(Reach::Anywhere).call(name()).await.is_ok());
    }
}
