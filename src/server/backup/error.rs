//! What can keep a backup from being made or restored, each case in one line that says what to do.

use std::{io, path::PathBuf};

use crate::server::db::DbError;

/// Why a backup was not made or not restored. Nothing was changed then.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    /// A file operation failed.
    #[error("cannot {action} {}: {source}", path.display())]
    Io {
        /// What was tried, in the infinitive.
        action: &'static str,
        /// On which file.
        path: PathBuf,
        /// What the system answered.
        source: io::Error,
    },
    /// The file is there already.
    #[error("{} exists; name another file, or say --force to replace it", .0.display())]
    Exists(PathBuf),
    /// The programs of the server's version are not there.
    #[error(
        "the database is PostgreSQL {wanted}'s, but pg_dump, pg_restore and psql of that version were not found ({found}); \
         install postgresql-client-{wanted}, or set LINKA_POSTGRES_BIN to where they are"
    )]
    NoPrograms {
        /// The server's major version.
        wanted: u32,
        /// What was found instead.
        found: String,
    },
    /// One of PostgreSQL's programs failed.
    #[error("{program} failed: {reason}")]
    Failed {
        /// Which.
        program: &'static str,
        /// The line of its output that says most.
        reason: String,
    },
    /// The role that asks is shown only a part of the rows.
    #[error(
        "the role of DATABASE_URL does not see every row; grant it linka_system, or back up as the database's owner"
    )]
    SeesLittle,
    /// The file is something else.
    #[error("{} is no backup of Linka", .0.display())]
    NotABackup(PathBuf),
    /// The backup is of a newer PostgreSQL.
    #[error(
        "the backup is of PostgreSQL {backup}, and the database is PostgreSQL {database}'s; restore it into a newer one"
    )]
    NewerPostgres {
        /// The backup's major version.
        backup: u32,
        /// The database's.
        database: u32,
    },
    /// The backup is of a newer Linka.
    #[error("the backup was made by a newer Linka than this one; restore it with that")]
    NewerLinka,
    /// There is something in the database.
    #[error("the database is not empty; say --force to replace all that is in it by the backup")]
    NotEmpty,
    /// Somebody uses the database.
    #[error("the database is in use by {0} other connections; stop the portal and everybody else first")]
    InUse(u32),
    /// The database failed.
    #[error("the database fails: {0}")]
    Database(#[from] DbError),
}

/// Says what was tried when a file operation fails.
pub(super) trait Doing<T> {
    /// `action` is an infinitive: "open", "rename".
    fn doing(self, action: &'static str, path: impl Into<PathBuf>) -> Result<T, BackupError>;
}

impl<T> Doing<T> for io::Result<T> {
    fn doing(self, action: &'static str, path: impl Into<PathBuf>) -> Result<T, BackupError> {
        self.map_err(|source| BackupError::Io { action, path: path.into(), source })
    }
}
