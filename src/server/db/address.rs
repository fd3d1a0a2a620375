//! Addresses of databases, as `postgres://user@host/database`.

use std::{env, net::IpAddr};

use sqlx::postgres::{PgConnectOptions, PgSslMode};

/// How to connect to the database of an address. One on another machine is spoken to by TLS with its certificate checked, unless the
/// address (`sslmode`) or the surroundings (`PGSSLMODE`) say otherwise.
///
/// # Errors
/// When it is no such address.
pub fn options(url: &str) -> Result<PgConnectOptions, sqlx::Error> {
    let options: PgConnectOptions = url.parse()?;
    if is_near(&options) || says_how(url) || env::var_os("PGSSLMODE").is_some() {
        return Ok(options);
    }
    Ok(options.ssl_mode(PgSslMode::VerifyFull))
}

/// Whether somebody on the way could read what is said, or stand in for the server.
#[must_use]
pub fn is_open_to_others(options: &PgConnectOptions) -> bool {
    !is_near(options) && !matches!(options.get_ssl_mode(), PgSslMode::VerifyFull)
}

/// Whether the server is on this machine.
fn is_near(options: &PgConnectOptions) -> bool {
    let host = options.get_host();
    options.get_socket().is_some()
        || host.starts_with('/')
        || host == "localhost"
        || host.trim_matches(['[', ']']).parse::<IpAddr>().is_ok_and(|address| address.to_canonical().is_loopback())
}

/// Whether an address says itself how it is spoken to.
fn says_how(url: &str) -> bool {
    let query = url.split_once('?').map_or("", |(_, query)| query);
    query.split('&').filter_map(|part| part.split_once('=')).any(|(name, _)| matches!(name, "sslmode" | "ssl-mode"))
}

#[cfg(test)]
mod tests {
    use sqlx::postgres::PgSslMode;

    use super::{is_open_to_others, options};

    #[test]
    fn a_server_elsewhere_has_to_prove_who_it_is() {
        for far in ["postgres://linka@db.example.com/linka", "postgres://10.0.0.7/linka", "postgres:///linka?host=db"] {
            let options = options(far).unwrap();
            assert!(matches!(options.get_ssl_mode(), PgSslMode::VerifyFull), "{far}");
            assert!(!is_open_to_others(&options), "{far}");
        }
        for near in [
            "postgres://linka@localhost/linka",
            "postgres://127.0.0.1:5433/linka",
            "postgres://[::1]/linka",
            "postgres://%2Frun%2Fpostgresql/linka",
            "postgres:///linka?host=/run/postgresql",
        ] {
            let options = options(near).unwrap();
            assert!(!matches!(options.get_ssl_mode(), PgSslMode::VerifyFull), "{near}");
            assert!(!is_open_to_others(&options), "{near}");
        }
        let chosen = options("postgres://db.example.com/linka?sslmode=require").unwrap();
        assert!(
            matches!(chosen.get_ssl_mode(), PgSslMode::Require) && is_open_to_others(&chosen),
            "what is said holds"
        );
        assert!(options("db.example.com").is_err());
    }
}
