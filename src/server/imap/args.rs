//! Which mailbox, and what becomes of what was fetched from it.

use std::{
    net::IpAddr,
    path::{Path, PathBuf},
    str::FromStr,
    sync::Arc,
};

use axum::http::uri::Authority;
use clap::Args;
use rustls::{
    ClientConfig, RootCertStore,
    crypto::ring,
    pki_types::{CertificateDer, pem::PemObject},
};
use tokio_rustls::TlsConnector;

use super::{Account, Imap};

/// A mailbox from which mails to the line are fetched.
#[derive(Debug, Clone, Default, Args)]
pub struct ImapArgs {
    /// A mailbox from which mails to the line are fetched each minute, where no mail server hands them over: imaps://imap.example.com.
    #[arg(long, env = "LINKA_IMAP", requires = "imap_user")]
    pub imap: Option<ImapServer>,
    /// Whose mailbox it is.
    #[arg(long, env = "LINKA_IMAP_USER", requires = "imap")]
    pub imap_user: Option<String>,
    /// The password for it.
    #[arg(long, env = "LINKA_IMAP_PASSWORD", hide_env_values = true, requires = "imap")]
    pub imap_password: Option<String>,
    /// The folder in which they come.
    #[arg(long, env = "LINKA_IMAP_FOLDER", default_value = "INBOX", value_parser = parse_folder)]
    pub imap_folder: String,
    /// The folder into which they are moved once they are kept, e.g. Linka. Without it they are marked as read, and what somebody else
    /// has read before is not fetched.
    #[arg(long, env = "LINKA_IMAP_DONE", requires = "imap", value_parser = parse_folder)]
    pub imap_done: Option<String>,
    /// A certificate (PEM) by which that mail server is known beside those that everybody knows.
    #[arg(long, env = "LINKA_IMAP_CA", requires = "imap")]
    pub imap_ca: Option<PathBuf>,
}

/// Where a mail server speaks IMAP.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImapServer {
    /// Its name, or its address.
    pub host: String,
    /// Where it listens.
    pub port: u16,
    /// Whether it speaks TLS from the beginning; without it only this machine is asked.
    pub is_encrypted: bool,
}

impl FromStr for ImapServer {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        const EXPECTED: &str =
            "expected imaps:// and a host, with :port where it is not 993; of this machine also imap://";
        let (scheme, rest) = text.split_once("://").ok_or(EXPECTED)?;
        let authority: Authority = rest.strip_suffix('/').unwrap_or(rest).parse().map_err(|_| EXPECTED)?;
        let host = authority.host().trim_matches(['[', ']']).to_owned();
        if host.is_empty() || authority.as_str().contains('@') {
            return Err(EXPECTED);
        }
        let is_here = host == "localhost" || host.parse::<IpAddr>().is_ok_and(|ip| ip.to_canonical().is_loopback());
        let (is_encrypted, usual) = match scheme {
            "imaps" => (true, 993),
            "imap" if is_here => (false, 143),
            "imap" => return Err("a password is sent by TLS only; use imaps://"),
            _ => return Err(EXPECTED),
        };
        Ok(Self { host, port: authority.port_u16().unwrap_or(usual), is_encrypted })
    }
}

/// A folder's name as the protocol writes it: letters beyond ASCII stand there encoded.
fn parse_folder(text: &str) -> Result<String, &'static str> {
    let is_one = !text.is_empty() && text.len() <= 200 && text.bytes().all(|byte| (0x20..0x7f).contains(&byte));
    if is_one { Ok(text.to_owned()) } else { Err("expected a folder's name in ASCII, as IMAP writes it") }
}

impl ImapArgs {
    /// The mailbox that they name; none where they name none.
    ///
    /// # Errors
    /// What is missing or cannot be read.
    pub fn mailbox(&self) -> Result<Imap, String> {
        let (Some(server), Some(user)) = (&self.imap, &self.imap_user) else { return Ok(Imap::default()) };
        let password = self.imap_password.clone().ok_or("LINKA_IMAP_PASSWORD is missing: LINKA_IMAP needs it")?;
        let tls = server.is_encrypted.then(|| tls(self.imap_ca.as_deref())).transpose();
        let account = Account {
            server: server.clone(),
            user: user.clone(),
            password,
            folder: self.imap_folder.clone(),
            done: self.imap_done.clone(),
            tls: tls.map_err(|wrong| format!("LINKA_IMAP_CA: {wrong}"))?,
        };
        Ok(Imap { account: Some(Arc::new(account)) })
    }
}

fn tls(ca: Option<&Path>) -> Result<TlsConnector, String> {
    let mut roots = RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() };
    if let Some(path) = ca {
        for certificate in CertificateDer::pem_file_iter(path).map_err(|error| error.to_string())? {
            let certificate = certificate.map_err(|error| error.to_string())?;
            roots.add(certificate).map_err(|error| error.to_string())?;
        }
    }
    let config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .map_err(|error| error.to_string())?
        .with_root_certificates(roots)
        .with_no_client_auth();
    Ok(TlsConnector::from(Arc::new(config)))
}

#[cfg(test)]
mod tests {
    use super::{ImapArgs, ImapServer, parse_folder};

    #[test]
    fn a_mailbox_is_asked_by_tls_or_on_this_machine() {
        let server = |host: &str, port, is_encrypted| Ok(ImapServer { host: host.to_owned(), port, is_encrypted });
        assert_eq!("imaps://imap.example.com".parse(), server("imap.example.com", 993, true));
        assert_eq!("imaps://imap.example.com:1993/".parse(), server("imap.example.com", 1993, true));
        assert_eq!("imap://127.0.0.1".parse(), server("127.0.0.1", 143, false));
        assert_eq!("imap://[::1]:1143".parse(), server("::1", 1143, false));
        for wrong in
            ["imap.example.com", "imap://imap.example.com", "imaps://", "imaps://u:p@imap.example.com", "pop3://a", ""]
        {
            assert!(wrong.parse::<ImapServer>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn what_is_missing_is_named() {
        let args = ImapArgs {
            imap: Some("imaps://imap.example.com".parse().unwrap()),
            imap_user: Some("linka".to_owned()),
            imap_folder: "INBOX".to_owned(),
            ..ImapArgs::default()
        };
        assert!(!ImapArgs::default().mailbox().unwrap().is_on());
        assert!(args.mailbox().unwrap_err().starts_with("LINKA_IMAP_PASSWORD"));
        let ca = ImapArgs { imap_password: Some("x".to_owned()), imap_ca: Some("/nowhere".into()), ..args };
        assert!(ca.mailbox().unwrap_err().starts_with("LINKA_IMAP_CA"));
        assert!(parse_folder("Zpracov&AOE-no").is_ok() && parse_folder("Zpracováno").is_err());
        assert!(parse_folder("a\r\nb").is_err() && parse_folder("").is_err());
    }
}
