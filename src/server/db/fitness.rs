//! Whether a PostgreSQL server keeps what the portal promises.
//!
//! Asked at every start, of the private server and of one behind `DATABASE_URL` alike: a server with fsync
//! off, or a replica, works well until the day it loses a booking.

use std::fmt;

use sqlx::{PgExecutor, PgPool, Row};

/// The oldest version that the portal is tested with.
const OLDEST_VERSION: i32 = 150_000;

/// Why the portal refuses to work with a server.
#[derive(Debug, thiserror::Error)]
pub enum ServerUnfit {
    /// It could not even be asked.
    #[error("cannot examine the database server: {0}")]
    Unanswered(#[from] sqlx::Error),
    /// Every assertion that failed, one line each.
    #[error("{}", lines(.0))]
    Failed(Vec<FailedAssertion>),
    /// Requests would work with another database than all else.
    #[error("LINKA_POOLER_URL: it leads to another database than DATABASE_URL")]
    AnotherDatabase,
}

/// One thing that is wrong with a server, in one line with what to do.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FailedAssertion {
    /// Older than PostgreSQL 15.
    #[error("version: the database server is PostgreSQL {0}, the portal needs 15 or newer; upgrade it")]
    Version(String),
    /// In recovery: a replica, or a primary that is being restored.
    #[error("primary: the database server is a read-only replica; point DATABASE_URL at the primary")]
    Primary,
    /// Commits are not flushed to disk.
    #[error("fsync: it is off, so a power cut destroys the database; set fsync = on and reload the server")]
    Fsync,
    /// A torn page cannot be repaired.
    #[error(
        "full_page_writes: it is off, so a power cut damages pages; set full_page_writes = on and reload the server"
    )]
    FullPageWrites,
    /// A commit is acknowledged before it is on disk.
    #[error(
        "synchronous_commit: it is off, so a crash loses confirmed bookings; set it on for the server, the database and the role"
    )]
    SynchronousCommit,
    /// Double booking could not be excluded.
    #[error(
        "btree_gist: the extension is not available; install the server's contrib package (Debian: postgresql-contrib)"
    )]
    BtreeGist,
}

/// Asserts that the server is fit for the portal: version ≥ 15, primary, fsync, full_page_writes,
/// synchronous_commit, btree_gist available. Reports every failure, not only the first.
///
/// Takes the pool (or a connection) of the portal's own role, because `synchronous_commit` may differ
/// between roles and databases. `local` passes like `on` and the `remote_…` values: with each of
/// them a confirmed commit survives a crash of the server, which is what the portal promises; whether it
/// also waits for replicas is the operator's choice. Only `off` confirms what a crash may take back.
pub async fn assert_server(server: impl PgExecutor<'_>) -> Result<(), ServerUnfit> {
    let facts: Facts = sqlx::query_as(
        "SELECT current_setting('server_version_num')::int,
                current_setting('server_version'),
                NOT pg_is_in_recovery(),
                current_setting('fsync')::bool,
                current_setting('full_page_writes')::bool,
                current_setting('synchronous_commit') <> 'off',
                EXISTS (SELECT FROM pg_extension WHERE extname = 'btree_gist')
                    OR EXISTS (SELECT FROM pg_available_extensions WHERE name = 'btree_gist')",
    )
    .fetch_one(server)
    .await?;
    let failed = failures(facts);
    if failed.is_empty() { Ok(()) } else { Err(ServerUnfit::Failed(failed)) }
}

/// Asserts that what a pooler lends is of the same database: of the same server or one that was copied from it, under the same identity.
pub async fn assert_same(straight: &PgPool, lent: &PgPool) -> Result<(), ServerUnfit> {
    // As one piece of text, so that it needs one loan.
    let identity =
        "SELECT system_identifier::text || '/' || (SELECT oid FROM pg_database WHERE datname = current_database())
                    FROM pg_control_system()";
    let read = async |pool: &PgPool| sqlx::raw_sql(identity).fetch_one(pool).await?.try_get::<String, _>(0);
    if read(straight).await? == read(lent).await? { Ok(()) } else { Err(ServerUnfit::AnotherDatabase) }
}

/// Version as a number and as text, then what must be true, in the order of [`FailedAssertion`].
type Facts = (i32, String, bool, bool, bool, bool, bool);

fn failures(
    (number, version, primary, fsync, full_page_writes, synchronous_commit, btree_gist): Facts,
) -> Vec<FailedAssertion> {
    [
        (number >= OLDEST_VERSION, FailedAssertion::Version(version)),
        (primary, FailedAssertion::Primary),
        (fsync, FailedAssertion::Fsync),
        (full_page_writes, FailedAssertion::FullPageWrites),
        (synchronous_commit, FailedAssertion::SynchronousCommit),
        (btree_gist, FailedAssertion::BtreeGist),
    ]
    .into_iter()
    .filter_map(|(holds, assertion)| (!holds).then_some(assertion))
    .collect()
}

fn lines(failed: &[FailedAssertion]) -> impl fmt::Display {
    failed.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::{FailedAssertion, ServerUnfit, failures};

    #[test]
    fn a_fit_server_fails_nothing() {
        assert_eq!(failures((150_018, "15.18".into(), true, true, true, true, true)), []);
    }

    #[test]
    fn every_failure_names_itself_in_a_line() {
        let failed = failures((140_011, "14.11".into(), false, false, false, false, false));
        let message = ServerUnfit::Failed(failed).to_string();
        let names: Vec<&str> = message.lines().filter_map(|line| line.split(':').next()).collect();
        assert_eq!(names, ["version", "primary", "fsync", "full_page_writes", "synchronous_commit", "btree_gist"]);
        assert!(message.contains("PostgreSQL 14.11"));
    }

    #[test]
    fn one_failure_is_reported_alone() {
        let failed = failures((160_000, "16.0".into(), true, true, true, false, true));
        assert_eq!(failed, [FailedAssertion::SynchronousCommit]);
    }
}
