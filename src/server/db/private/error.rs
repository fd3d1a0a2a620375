//! What can keep the private database from serving, each case in one line that says what to do.

use std::{io, path::PathBuf};

/// Why the private database could not be brought up or stopped.
///
/// Every message is one line for the operator of the portal and holds no secret: there is none, the
/// server is reached over a Unix socket and peer authentication.
#[derive(Debug, thiserror::Error)]
pub enum PrivateClusterError {
    /// A file operation failed.
    #[error("cannot {action} {}: {source}", path.display())]
    Io {
        /// What was tried, in the infinitive.
        action: &'static str,
        /// The file or directory it was tried on.
        path: PathBuf,
        /// What the system answered.
        source: io::Error,
    },

    /// The data directory's name cannot be put into a connection URL, where a comma separates hosts, or into
    /// a lock file of PostgreSQL, which is read by lines.
    #[error(
        "the data directory {path:?} must be named in UTF-8 without commas and control characters; set LINKA_DATA to another one"
    )]
    UnusablePath {
        /// The canonical name.
        path: PathBuf,
    },

    /// The kernel's limit for the name of a Unix socket.
    #[error(
        "the database socket {} has a name of {length} bytes, the system allows {limit}; set LINKA_DATA to a shorter directory",
        path.display()
    )]
    SocketPathTooLong {
        /// The socket that would be needed.
        path: PathBuf,
        /// Its length in bytes.
        length: usize,
        /// The longest name that the system takes.
        limit: usize,
    },

    /// An account that PostgreSQL would have to run as does not exist in the user database.
    #[error(
        "no passwd entry for {account}, which PostgreSQL would run as; add the account or start the portal as another one"
    )]
    AccountUnknown {
        /// Its name or number.
        account: String,
    },

    /// The cluster's files belong to root, which PostgreSQL refuses to run as.
    #[error("{} belongs to root, but PostgreSQL refuses to run as root; chown it to the account that it shall run as", path.display())]
    ClusterOfRoot {
        /// The cluster's data directory.
        path: PathBuf,
    },

    /// Started as an ordinary user on a directory that another user's server made.
    #[error("{} belongs to user id {owner}; start the portal as that user or as root, or set LINKA_DATA to another directory", path.display())]
    ForeignOwner {
        /// The directory in question.
        path: PathBuf,
        /// Who owns it.
        owner: u32,
    },

    /// As root: the account that PostgreSQL runs as cannot get into the directory.
    #[error(
        "the account {account}, which PostgreSQL runs as, may not enter {}; chmod o+x it or set LINKA_DATA to another directory",
        ancestor.display()
    )]
    Unreachable {
        /// The outermost directory that stops the account.
        ancestor: PathBuf,
        /// The account's name.
        account: String,
    },

    /// Another portal holds the lock.
    #[error(
        "another portal ({}) already runs the database in {}; stop it or set LINKA_DATA to another directory",
        holder.map_or_else(|| "process unknown".to_owned(), |pid| format!("process {pid}")),
        directory.display()
    )]
    Locked {
        /// The data directory that both want.
        directory: PathBuf,
        /// The process that holds the lock, as far as it has said so.
        holder: Option<u32>,
    },

    /// No PostgreSQL on this machine.
    #[error(
        "PostgreSQL 15 or newer was not found in /usr/lib/postgresql and PATH; install the Debian package postgresql, or set LINKA_POSTGRES_BIN or DATABASE_URL"
    )]
    BinariesMissing,

    /// `LINKA_POSTGRES_BIN` does not lead to a usable PostgreSQL.
    #[error("LINKA_POSTGRES_BIN={} holds no initdb and postgres of version 15 or newer", directory.display())]
    BinariesUnfit {
        /// The directory that was named.
        directory: PathBuf,
    },

    /// The cluster was made by another major version.
    #[error(
        "the database in {} was made by PostgreSQL {cluster}, found was {found} ({}); install postgresql-{cluster} or move the data with pg_upgrade",
        data.display(),
        binary.display()
    )]
    MajorVersion {
        /// The cluster's data directory.
        data: PathBuf,
        /// Its major version.
        cluster: u32,
        /// The major version of what was found.
        found: u32,
        /// Where that was found.
        binary: PathBuf,
    },

    /// Something that is not a cluster stands where the cluster should be.
    #[error("{} exists but is no PostgreSQL cluster; move it away", path.display())]
    NotACluster {
        /// The place in question.
        path: PathBuf,
    },

    /// initdb failed.
    #[error("initdb failed: {reason} (more in {})", log.display())]
    Create {
        /// The line of its output that says most.
        reason: String,
        /// The server log.
        log: PathBuf,
    },

    /// The server ended instead of coming up.
    #[error("PostgreSQL did not start: {reason} (more in {})", log.display())]
    Launch {
        /// The line of its log that says most.
        reason: String,
        /// The server log.
        log: PathBuf,
    },

    /// The server lives but did not become ready in time, as after a crash with very much to replay.
    #[error("PostgreSQL (process {pid}) is not ready yet; start the portal again later, see {}", log.display())]
    NotReady {
        /// The postmaster.
        pid: i32,
        /// The server log.
        log: PathBuf,
    },

    /// Somebody repairs the cluster in single-user mode.
    #[error("{} is open in single-user mode by process {pid}; let that finish first", data.display())]
    SingleUser {
        /// The cluster's data directory.
        data: PathBuf,
        /// The single-user backend.
        pid: i32,
    },

    /// The socket is served, but by no process that can be seen from here.
    #[error("{} is served by a PostgreSQL outside this process table (another container?); stop it first", socket.display())]
    Invisible {
        /// The socket.
        socket: PathBuf,
    },

    /// Processes of a killed server refuse to end.
    #[error("processes {pids:?} of an earlier PostgreSQL in {} cannot be ended", data.display())]
    Orphans {
        /// The cluster's data directory.
        data: PathBuf,
        /// Who is left.
        pids: Vec<i32>,
    },

    /// The server runs but refuses the portal, for instance because other means started it.
    #[error("PostgreSQL (process {pid}) refuses the portal on {}: {source}", socket.display())]
    Refused {
        /// The postmaster.
        pid: i32,
        /// The socket that was tried.
        socket: PathBuf,
        /// The driver's error.
        source: Box<sqlx::Error>,
    },

    /// The server ends again and again.
    #[error("PostgreSQL ended {restarts} times in a row; see {}", log.display())]
    KeepsEnding {
        /// How often it was started again.
        restarts: u32,
        /// The server log.
        log: PathBuf,
    },

    /// The server ignored both the fast and the immediate shutdown.
    #[error("PostgreSQL (process {pid}) does not stop; see {}", log.display())]
    StillRunning {
        /// The postmaster.
        pid: i32,
        /// The server log.
        log: PathBuf,
    },
}

/// Says what was tried when a file operation fails.
pub(super) trait Doing<T> {
    /// `action` is an infinitive: "open", "rename".
    fn doing(self, action: &'static str, path: impl Into<PathBuf>) -> Result<T, PrivateClusterError>;
}

impl<T, E: Into<io::Error>> Doing<T> for Result<T, E> {
    fn doing(self, action: &'static str, path: impl Into<PathBuf>) -> Result<T, PrivateClusterError> {
        self.map_err(|source| PrivateClusterError::Io { action, path: path.into(), source: source.into() })
    }
}
