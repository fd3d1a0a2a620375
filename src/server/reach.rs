//! How far what people name is called: whoever adds a browser for notifications or an address for webhooks names whom the server calls
//! from inside the vendor's network. So only by https, to the port of that, by a name, and to public addresses of it (OWASP ASVS 5.0,
//! 1.3.6). What a name stands for is looked at when it is called, as it may stand for something else by then, and what was looked at
//! is what is called.

use std::{
    collections::BTreeMap,
    io,
    net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr},
    pin::Pin,
    sync::Arc,
    task::{Context, Poll},
    time::Duration,
    vec,
};

use axum::{
    body::Bytes,
    http::{Uri, uri::Scheme},
};
use http_body_util::Full;
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::{
    client::legacy::{
        Client,
        connect::{HttpConnector, dns::Name},
    },
    rt::TokioExecutor,
};
use tower_service::Service;

/// The port of https.
const HTTPS: u16 = 443;

/// How far somebody's addresses are called.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// By https, to public addresses.
    Public,
    /// There, and to this very machine: for a demo that nobody else reaches.
    Machine,
    /// To whatever is named: for tests.
    Anywhere,
}

impl Reach {
    /// Whether an address is one that may be called at all.
    pub fn admits(self, address: &Uri) -> bool {
        let (Some(host), Some(authority)) = (address.host(), address.authority()) else { return false };
        let is_plain = !authority.as_str().contains('@') && address.port_u16().is_none_or(|port| port == HTTPS);
        let is_name = host.contains('.') && host.parse::<IpAddr>().is_err() && !host.starts_with('[');
        let is_public = address.scheme() == Some(&Scheme::HTTPS) && is_plain && is_name;
        let host_is_here = host == "localhost" || host.parse::<IpAddr>().is_ok_and(|address| address.is_loopback());
        match self {
            Self::Public => is_public,
            Self::Machine => is_public || host_is_here && !authority.as_str().contains('@'),
            Self::Anywhere => true,
        }
    }

    /// Whether a name may stand for an address.
    fn reaches(self, address: IpAddr) -> bool {
        match self {
            Self::Public => is_public(address),
            Self::Machine => is_public(address) || address.is_loopback(),
            Self::Anywhere => true,
        }
    }
}

/// Who says what a name stands for.
#[derive(Debug, Clone)]
pub enum Lookup {
    /// The system.
    System,
    /// Somebody who knows these names and no other: for tests.
    Told(Arc<BTreeMap<String, Vec<IpAddr>>>),
}

/// Looks names up, and knows of none what is beyond a reach.
#[derive(Debug, Clone)]
pub struct Names(pub Reach, pub Lookup);

/// Calls what people have named, and nothing beyond a reach; it follows nobody who leads elsewhere.
pub type OutwardClient = Client<HttpsConnector<HttpConnector<Names>>, Full<Bytes>>;

/// A client that goes no further than a reach.
///
/// * `patience` – how long it waits for a connection
///
/// # Errors
/// When there is no TLS to speak.
pub fn client(reach: Reach, lookup: Lookup, patience: Duration) -> Result<OutwardClient, rustls::Error> {
    let mut http = HttpConnector::new_with_resolver(Names(reach, lookup));
    // Of what is no https, the one below decides.
    http.enforce_http(false);
    http.set_connect_timeout(Some(patience));
    let tls = HttpsConnectorBuilder::new().with_provider_and_webpki_roots(rustls::crypto::ring::default_provider())?;
    let tls = match reach {
        Reach::Public => tls.https_only(),
        Reach::Machine | Reach::Anywhere => tls.https_or_http(),
    };
    Ok(Client::builder(TokioExecutor::new()).build(tls.enable_http1().wrap_connector(http)))
}

/// An error with what caused it, which is what says why.
pub fn told(error: &dyn std::error::Error) -> String {
    let causes = std::iter::successors(Some(error), |error| error.source());
    causes.map(ToString::to_string).collect::<Vec<_>>().join(": ")
}

impl Service<Name> for Names {
    type Response = vec::IntoIter<SocketAddr>;
    type Error = io::Error;
    type Future = Pin<Box<dyn Future<Output = io::Result<Self::Response>> + Send>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, name: Name) -> Self::Future {
        let Self(reach, lookup) = self.clone();
        Box::pin(async move {
            // The port is the connection's.
            let found: Vec<SocketAddr> = match lookup {
                Lookup::System => tokio::net::lookup_host((name.as_str(), 0)).await?.collect(),
                Lookup::Told(names) => {
                    let told = names.get(name.as_str()).into_iter().flatten();
                    told.map(|address| SocketAddr::new(*address, 0)).collect()
                }
            };
            let admitted: Vec<_> = found.into_iter().filter(|address| reach.reaches(address.ip())).collect();
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
        assert!(Names(Reach::Public, Lookup::System).call(name()).await.is_err());
        assert!(Names(Reach::Machine, Lookup::System).call(name()).await.is_ok());
        assert!(Names(Reach::Anywhere, Lookup::System).call(name()).await.is_ok());
    }

    #[tokio::test]
    async fn of_a_name_that_stands_for_both_only_what_is_public_is_called() {
        let told = ["169.254.169.254", "10.0.0.1", "127.0.0.1", "64:ff9b::a00:1", "142.250.74.138"];
        let told = told.map(|address| address.parse().unwrap()).to_vec();
        let names = Arc::new(BTreeMap::from([("hook.example.com".to_owned(), told)]));
        let found = async |reach| {
            let name = "hook.example.com".parse::<Name>().unwrap();
            let found = Names(reach, Lookup::Told(names.clone())).call(name).await.unwrap();
            found.map(|address| address.ip().to_string()).collect::<Vec<_>>()
        };
        assert_eq!(found(Reach::Public).await, ["142.250.74.138"]);
        assert_eq!(found(Reach::Machine).await, ["127.0.0.1", "142.250.74.138"]);
    }

    #[test]
    fn a_demo_reaches_its_own_machine_and_no_other_private_one() {
        let admits = |address: &str| address.parse().is_ok_and(|address| Reach::Machine.admits(&address));
        assert!(admits("http://127.0.0.1:9000/hook") && admits("http://localhost:9000/hook"));
        assert!(admits("https://erp.example.com/hook"));
        for refused in ["http://10.0.0.1/hook", "http://erp.example.com/hook", "http://user@localhost/hook"] {
            assert!(!admits(refused), "{refused}");
        }
    }
}
