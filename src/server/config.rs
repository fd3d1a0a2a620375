//! Configuration: arguments and environment variables, checked before anything starts.

use std::{
    net::SocketAddr,
    path::{Path, PathBuf},
};

use chrono::{DateTime, FixedOffset};
use clap::{Args, Parser, Subcommand};

use super::mail::Mailbox;

/// The self-service portal of a software vendor's customer line.
#[derive(Debug, Parser)]
#[command(name = "linka", version)]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// What the program can do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Serve the portal.
    Serve(ServeArgs),
    /// Bring the database's schema up to date and stop.
    Migrate(DatabaseArgs),
    /// Load the demo data, unless they are there already, and stop.
    Demo(DatabaseArgs),
    /// Run a command with DATABASE_URL set to the private database, which runs as long as the command does.
    Database {
        /// Which database.
        #[command(flatten)]
        database: DatabaseArgs,
        /// The command and its arguments.
        #[arg(last = true, required = true)]
        command: Vec<String>,
    },
}

/// Which database.
#[derive(Debug, Clone, Args)]
pub struct DatabaseArgs {
    /// The PostgreSQL to use, as postgres://user@host/database; without it a private one runs in the data directory.
    #[arg(long, env = "DATABASE_URL", hide_env_values = true)]
    pub database_url: Option<String>,
    /// The data directory [default: ./var; for root /var/lib/linka where the database's account cannot reach that].
    #[arg(long, env = "LINKA_DATA")]
    pub data: Option<PathBuf>,
    /// The most connections to the database.
    #[arg(long, env = "LINKA_DATABASE_CONNECTIONS", default_value_t = 20, value_parser = clap::value_parser!(u32).range(2..=500))]
    pub database_connections: u32,
}

/// How to serve.
#[derive(Debug, Args)]
pub struct ServeArgs {
    /// Which database.
    #[command(flatten)]
    pub database: DatabaseArgs,
    /// The address to listen on.
    #[arg(long, env = "LINKA_ADDR", default_value = "127.0.0.1:3000")]
    pub addr: SocketAddr,
    /// Browsers reach the portal by https, through a proxy that speaks it: cookies become `__Host-` and `Secure`.
    #[arg(long, env = "LINKA_HTTPS")]
    pub https: bool,
    /// A trusted proxy stands before the portal and appends the client's address to X-Forwarded-For.
    #[arg(long, env = "LINKA_BEHIND_PROXY")]
    pub behind_proxy: bool,
    /// Write the log as JSON, a line per event.
    #[arg(long, env = "LINKA_LOG_JSON")]
    pub log_json: bool,
    /// The mail server, as smtp://host:25, smtp://user:password@host:587?tls=required or smtps://user:password@host; without
    /// it a demo writes mails into files, and else they wait.
    #[arg(long, env = "LINKA_SMTP", hide_env_values = true)]
    pub smtp: Option<String>,
    /// From whom mails are, e.g. "Linka <linka@example.com>"; needed with a mail server.
    #[arg(long, env = "LINKA_MAIL_FROM", value_parser = str::parse::<Mailbox>)]
    pub mail_from: Option<Mailbox>,
    /// Where people reach the portal, e.g. https://linka.example.com: links in mails begin with it [default: http://
    /// and the address to listen on].
    #[arg(long, env = "LINKA_URL", value_parser = parse_site)]
    pub url: Option<String>,
    /// Load demo customers at the start and show their sign-ins.
    #[arg(long, env = "LINKA_DEMO")]
    pub demo: bool,
    /// Start the clock at this instant and let it run on, e.g. 2026-11-23T08:00:00+01:00.
    #[arg(long, env = "LINKA_CLOCK", requires = "demo", value_parser = DateTime::parse_from_rfc3339)]
    pub clock: Option<DateTime<FixedOffset>>,
    /// Where the style sheet, the scripts and the other files of the site are.
    #[arg(long, env = "LEPTOS_SITE_ROOT", default_value = "target/site")]
    pub site_root: PathBuf,
    /// The list of those files' hashes [default: hash.txt beside this program].
    #[arg(long, env = "LINKA_HASH_FILE")]
    pub hash_file: Option<PathBuf>,
}

impl DatabaseArgs {
    /// The data directory.
    #[must_use]
    pub fn data_directory(&self) -> PathBuf {
        self.data.clone().unwrap_or_else(|| {
            let here = PathBuf::from("var");
            if super::db::private::reachable_for_database_account(&absolute(&here)).is_ok() {
                here
            } else {
                PathBuf::from("/var/lib/linka")
            }
        })
    }
}

/// An address of a site: scheme and host, nothing after them.
fn parse_site(text: &str) -> Result<String, &'static str> {
    const EXPECTED: &str = "expected http:// or https:// and a host, without a path";
    let uri: axum::http::Uri = text.parse().map_err(|_| EXPECTED)?;
    match (uri.scheme_str(), uri.authority(), uri.path(), uri.query()) {
        (Some(scheme @ ("http" | "https")), Some(host), "" | "/", None) => Ok(format!("{scheme}://{host}")),
        _ => Err(EXPECTED),
    }
}

fn absolute(path: &Path) -> PathBuf {
    std::path::absolute(path).unwrap_or_else(|_| path.to_owned())
}

#[cfg(test)]
mod tests {
    use super::parse_site;

    #[test]
    fn a_site_is_a_scheme_and_a_host() {
        assert_eq!(parse_site("https://linka.example.com/"), Ok("https://linka.example.com".to_owned()));
        assert_eq!(parse_site("http://127.0.0.1:3000"), Ok("http://127.0.0.1:3000".to_owned()));
        for wrong in
            ["", "linka.example.com", "ftp://linka.example.com", "https://a/portal", "https://a/?b", "https://a b"]
        {
            assert!(parse_site(wrong).is_err(), "{wrong}");
        }
    }
}
