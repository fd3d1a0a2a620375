//! Until when the servers that we speak with by TLS can prove who they are. Which these are is set by whoever runs the portal, and by
//! nobody else: so they are reached wherever they stand.

use std::{fmt, io, sync::Arc, time::Duration};

use axum::http::Uri;
use chrono::{DateTime, Utc};
use hyper_rustls::ConfigBuilderExt;
use rustls::{CertificateError, ClientConfig, crypto::ring::default_provider, pki_types::ServerName};
use tokio::{
    io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader},
    net::TcpStream,
    time::timeout,
};
use tokio_rustls::TlsConnector;

/// How long a server may take to show its certificate.
const PATIENCE: Duration = Duration::from_secs(10);
/// The longest line of a mail server's that is read (RFC 5321, 4.5.3.1.5).
const LINE_MAX: u64 = 2_048;
/// The most lines of one of its answers.
const LINES_MAX: usize = 100;
/// Where Stripe is asked.
const STRIPE: &str = "api.stripe.com";

/// The servers that are looked at; one word, as every request carries it along.
#[derive(Debug, Clone, Default)]
pub struct Certificates(Arc<Vec<TlsServer>>);

impl Certificates {
    /// Those of an installation.
    ///
    /// * `smtp` – the mail server's address; only one with which TLS is insisted on is looked at
    #[must_use]
    pub fn of(smtp: Option<&str>, asks_stripe: bool) -> Self {
        let stripe = asks_stripe.then(|| TlsServer { name: STRIPE.to_owned(), port: 443, speaks_smtp: false });
        Self(Arc::new(smtp.and_then(TlsServer::of_mail_server).into_iter().chain(stripe).collect()))
    }

    /// Each of them.
    #[must_use]
    pub fn servers(&self) -> &[TlsServer] {
        &self.0
    }
}

/// A server with which TLS is spoken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TlsServer {
    name: String,
    port: u16,
    /// Whether it is asked for TLS in the words of mail servers first (STARTTLS, RFC 3207).
    speaks_smtp: bool,
}

impl fmt::Display for TlsServer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.name, self.port)
    }
}

/// Why a server is not believed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refused {
    /// When its certificate has expired, if that is why.
    pub expires_at: Option<DateTime<Utc>>,
    /// In the words of whoever refused it.
    pub trouble: String,
}

impl TlsServer {
    /// The server of an address as `smtps://user:password@host` or `smtp://host:587?tls=required`.
    fn of_mail_server(address: &str) -> Option<Self> {
        let uri: Uri = address.parse().ok()?;
        let insists = uri.query().is_some_and(|query| query.split('&').any(|option| option == "tls=required"));
        let (port, speaks_smtp) = match uri.scheme_str()? {
            "smtps" => (465, false),
            "smtp" if insists => (587, true),
            _ => return None,
        };
        Some(Self { name: uri.host()?.to_owned(), port: uri.port_u16().unwrap_or(port), speaks_smtp })
    }

    /// The server of a site that is reached by https; what stands before it, where a proxy does.
    #[must_use]
    pub fn of_site(site: &str) -> Option<Self> {
        let uri: Uri = site.parse().ok().filter(|uri: &Uri| uri.scheme_str() == Some("https"))?;
        Some(Self { name: uri.host()?.to_owned(), port: uri.port_u16().unwrap_or(443), speaks_smtp: false })
    }

    /// When the certificate that it shows expires.
    ///
    /// # Errors
    /// Where it shows none that is believed.
    pub async fn look(&self) -> Result<DateTime<Utc>, Refused> {
        match timeout(PATIENCE, self.shake_hands()).await {
            Ok(shown) => shown.map_err(|error| Refused { expires_at: expired_at(&error), trouble: error.to_string() }),
            Err(_) => Err(Refused { expires_at: None, trouble: "it does not answer".to_owned() }),
        }
    }

    async fn shake_hands(&self) -> io::Result<DateTime<Utc>> {
        let mut stream = TcpStream::connect((self.name.as_str(), self.port)).await?;
        if self.speaks_smtp {
            ask_for_tls(&mut stream).await?;
        }
        let config = ClientConfig::builder_with_provider(Arc::new(default_provider()))
            .with_safe_default_protocol_versions()
            .map_err(io::Error::other)?
            .with_webpki_roots()
            .with_no_client_auth();
        let name = ServerName::try_from(self.name.clone()).map_err(io::Error::other)?;
        let stream = TlsConnector::from(Arc::new(config)).connect(name, stream).await?;
        let (_, session) = stream.get_ref();
        let shown = session.peer_certificates().and_then(|shown| shown.first());
        let shown = shown.ok_or_else(|| io::Error::other("it shows no certificate"))?;
        let (_, certificate) = x509_parser::parse_x509_certificate(shown).map_err(io::Error::other)?;
        DateTime::from_timestamp(certificate.validity().not_after.timestamp(), 0)
            .ok_or_else(|| io::Error::other("its certificate expires at no time"))
    }
}

/// When a certificate has expired that is not believed for that reason.
fn expired_at(error: &io::Error) -> Option<DateTime<Utc>> {
    match error.get_ref()?.downcast_ref()? {
        rustls::Error::InvalidCertificate(CertificateError::ExpiredContext { not_after, .. }) => {
            DateTime::from_timestamp(i64::try_from(not_after.as_secs()).ok()?, 0)
        }
        _ => None,
    }
}

async fn ask_for_tls(stream: &mut TcpStream) -> io::Result<()> {
    let mut talk = BufReader::new(stream);
    expect(&mut talk, "220").await?;
    for (said, answer) in [("EHLO linka\r\n", "250"), ("STARTTLS\r\n", "220")] {
        talk.write_all(said.as_bytes()).await?;
        expect(&mut talk, answer).await?;
    }
    Ok(())
}

/// Reads an answer to its last line.
async fn expect(talk: &mut BufReader<&mut TcpStream>, code: &str) -> io::Result<()> {
    for _ in 0..LINES_MAX {
        let mut line = String::new();
        talk.take(LINE_MAX).read_line(&mut line).await?;
        let rest = line.strip_prefix(code).ok_or_else(|| io::Error::other(format!("it says {:?}", line.trim_end())))?;
        if !rest.starts_with('-') {
            return Ok(());
        }
    }
    Err(io::Error::other("it comes to no end"))
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use rustls::pki_types::UnixTime;
    use tokio::net::TcpListener;

    use super::*;

    #[test]
    fn only_servers_with_which_tls_is_insisted_on_are_looked_at() {
        let told = |smtp, stripe| Certificates::of(smtp, stripe).servers().iter().map(ToString::to_string).collect();
        let told: fn(_, _) -> Vec<String> = told;
        assert_eq!(told(None, false), Vec::<String>::new());
        assert_eq!(told(Some("smtp://mail.example.com:25"), true), ["api.stripe.com:443"]);
        assert_eq!(told(Some("smtps://linka:s%40x@mail.example.com"), false), ["mail.example.com:465"]);
        assert_eq!(told(Some("smtp://linka:x@mail.example.com?tls=required"), false), ["mail.example.com:587"]);
        assert_eq!(told(Some("smtp://mail.example.com:2525?a=b&tls=required"), false), ["mail.example.com:2525"]);
    }

    #[test]
    fn a_certificate_that_has_expired_says_when() {
        let at = |seconds| UnixTime::since_unix_epoch(Duration::from_secs(seconds));
        let expired = CertificateError::ExpiredContext { time: at(2_000), not_after: at(1_000) };
        let error = |reason| io::Error::other(rustls::Error::InvalidCertificate(reason));
        assert_eq!(expired_at(&error(expired)), DateTime::from_timestamp(1_000, 0));
        assert_eq!(expired_at(&error(CertificateError::UnknownIssuer)), None);
        assert_eq!(expired_at(&io::Error::other("none")), None);
    }

    #[tokio::test]
    async fn a_mail_server_that_speaks_no_tls_is_told_by_its_own_words() {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        tokio::spawn(async move {
            let (mut stream, _) = listener.accept().await.unwrap();
            stream.write_all(b"220 mail\r\n250-mail\r\n250 SIZE\r\n502 no TLS here\r\n").await.unwrap();
            let mut heard = Vec::new();
            stream.read_to_end(&mut heard).await.unwrap();
        });
        let server = TlsServer { name: "127.0.0.1".to_owned(), port, speaks_smtp: true };
        let refused = server.look().await.unwrap_err();
        assert_eq!(refused, Refused { expires_at: None, trouble: "it says \"502 no TLS here\"".to_owned() });
    }
}
