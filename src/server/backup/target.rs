//! The database, as PostgreSQL's programs are told to reach it.

use std::{env, ffi::OsString, path::Path};

use percent_encoding::percent_decode_str;
use sqlx::{
    ConnectOptions, PgConnection,
    postgres::{PgConnectOptions, PgSslMode},
};
use tokio::process::Command;

use super::error::BackupError;
use crate::server::db::DbError;

/// Whom Debian trusts. PostgreSQL's programs trust nobody by themselves, unlike our driver.
const AUTHORITIES: &str = "/etc/ssl/certs/ca-certificates.crt";

/// The database that is backed up or restored.
#[derive(Debug, Clone)]
pub struct Target {
    options: PgConnectOptions,
    /// For `--dbname`, without a password: everybody on the machine sees arguments.
    name: String,
    password: Option<String>,
    is_private: bool,
}

impl Target {
    /// The database of a URL.
    #[must_use]
    pub fn of_url(options: PgConnectOptions, url: &str) -> Self {
        let (name, password) = without_password(url);
        Self { options, name, password, is_private: false }
    }

    /// The private database, over its socket.
    #[must_use]
    pub fn private(options: PgConnectOptions) -> Self {
        let socket = options.get_socket().map(|socket| socket.display().to_string()).unwrap_or_default();
        let quoted = |text: &str| text.replace('\\', r"\\").replace('\'', r"\'");
        let name = format!(
            "host='{}' port={} user='{}' dbname='{}' sslmode=disable",
            quoted(&socket),
            options.get_port(),
            quoted(options.get_username()),
            quoted(options.get_database().unwrap_or(options.get_username()))
        );
        Self { options, name, password: None, is_private: true }
    }

    pub(super) async fn connect(&self) -> Result<PgConnection, BackupError> {
        Ok(self.options.clone().application_name("linka backup").connect().await.map_err(DbError::from)?)
    }

    /// Lets a program connect to the database: by `--dbname` and the environment.
    pub(super) fn reach(&self, command: &mut Command) {
        if self.is_private {
            // Nothing of the surroundings leads elsewhere.
            let kept: Vec<(OsString, OsString)> =
                env::vars_os().filter(|(name, _)| !name.to_string_lossy().starts_with("PG")).collect();
            command.env_clear().envs(kept);
        }
        // What the address says itself outranks the surroundings.
        if matches!(self.options.get_ssl_mode(), PgSslMode::VerifyFull) {
            command.env("PGSSLMODE", "verify-full");
            if env::var_os("PGSSLROOTCERT").is_none() && Path::new(AUTHORITIES).exists() {
                command.env("PGSSLROOTCERT", AUTHORITIES);
            }
        }
        if let Some(password) = &self.password {
            command.env("PGPASSWORD", password);
        }
        command.env("LC_ALL", "C.UTF-8").arg("--dbname").arg(&self.name);
    }
}

/// The URL without what only our own driver understands.
fn without_ours(url: &str) -> String {
    let Some((address, query)) = url.split_once('?') else { return url.to_owned() };
    let kept: Vec<_> = query.split('&').filter(|part| !part.starts_with("statement-cache-capacity=")).collect();
    if kept.is_empty() { address.to_owned() } else { format!("{address}?{}", kept.join("&")) }
}

/// The URL without its password, and that: of its query, which our driver takes rather, or of its address.
fn without_password(url: &str) -> (String, Option<String>) {
    let Some((scheme, rest)) = url.split_once("://") else { return (url.to_owned(), None) };
    let (rest, of_query) = without_password_in_query(&without_ours(rest));
    let (name, of_address) = without_password_in_address(scheme, &rest);
    (name, of_query.or(of_address))
}

/// The same of `?password=`, the last of several.
fn without_password_in_query(url: &str) -> (String, Option<String>) {
    let Some((address, query)) = url.split_once('?') else { return (url.to_owned(), None) };
    let mut password = None;
    let mut kept = Vec::new();
    for part in query.split('&') {
        let (name, value) = part.split_once('=').unwrap_or((part, ""));
        if percent_decode_str(name).decode_utf8_lossy() == "password" {
            // Our driver reads a query as forms are sent, where a plus is a blank.
            password = Some(percent_decode_str(&value.replace('+', " ")).decode_utf8_lossy().into_owned());
        } else {
            kept.push(part);
        }
    }
    let address = if kept.is_empty() { address.to_owned() } else { format!("{address}?{}", kept.join("&")) };
    (address, password)
}

/// The same of `user:password@`.
fn without_password_in_address(scheme: &str, rest: &str) -> (String, Option<String>) {
    let whole = || (format!("{scheme}://{rest}"), None);
    let end = rest.find(['/', '?']).unwrap_or(rest.len());
    let (authority, path) = rest.split_at(end);
    let Some((user, host)) = authority.rsplit_once('@') else { return whole() };
    let Some((user, password)) = user.split_once(':') else { return whole() };
    let password = percent_decode_str(password).decode_utf8_lossy().into_owned();
    (format!("{scheme}://{user}@{host}{path}"), Some(password))
}

#[cfg(test)]
mod tests {
    use super::without_password;

    #[test]
    fn a_password_is_taken_out_of_the_url() {
        for (url, name, password) in [
            ("postgres://linka@db/linka", "postgres://linka@db/linka", None),
            (
                "postgres://linka:a%2Fb%40c@db:5433/linka?sslmode=require",
                "postgres://linka@db:5433/linka?sslmode=require",
                Some("a/b@c"),
            ),
            ("postgres://linka@db/linka?statement-cache-capacity=100", "postgres://linka@db/linka", None),
            (
                "postgres://linka@db/linka?password=a%26b&sslmode=require",
                "postgres://linka@db/linka?sslmode=require",
                Some("a&b"),
            ),
            ("postgres://linka:x@db/linka?p%61ssword=a+b", "postgres://linka@db/linka", Some("a b")),
            ("postgres:///linka", "postgres:///linka", None),
            ("postgres://linka:x@db", "postgres://linka@db", Some("x")),
            ("host=db user=linka", "host=db user=linka", None),
        ] {
            assert_eq!(without_password(url), (name.to_owned(), password.map(str::to_owned)), "{url}");
        }
    }
}
