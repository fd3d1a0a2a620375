//! The private PostgreSQL: without `DATABASE_URL` the portal brings up a server of its own.
//!
//! It is an ordinary server with an ordinary cluster in `LINKA_DATA`, on a Unix socket, with every
//! durability setting on. It lives beside the portal, not in it: it is in a process group of its own, so
//! Ctrl-C reaches only the portal, which stops it in order; if the portal is killed the server goes on and
//! the next portal adopts it; if the server is killed the portal ends what is left of it and starts it again, and PostgreSQL
//! recovers from its log. The crates for embedded PostgreSQL switch fsync off, refuse root and do not
//! survive a kill, hence a launcher of our own.
//!
//! [`PrivateCluster::start`] reads from top to bottom what happens; the steps are one module each.

mod account;
mod binaries;
mod descriptors;
mod error;
mod handover;
mod initdb;
mod layout;
mod lock;
mod log;
mod processes;
mod reach;
mod server;

use std::{panic::resume_unwind, path::Path, time::Duration};

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, PercentEncode, percent_encode};
use sqlx::{
    ConnectOptions, Connection, Executor,
    postgres::{PgConnectOptions, PgSslMode},
};
use tokio::{
    net::UnixStream,
    task::JoinHandle,
    time::{error::Elapsed, sleep, timeout},
};

pub use account::Account;
pub use binaries::client_programs;
pub use error::PrivateClusterError;
pub use reach::reachable_for_database_account;

use binaries::Binaries;
use layout::{Layout, PORT};
use lock::Lock;
use processes::POLL;
use server::Server;

/// The role that owns everything, and the database.
const SUPERUSER: &str = "linka";
const DATABASE: &str = "linka";

/// The role by which the portal serves.
const SERVING: &str = "linka_server";

/// A server that says it is ready answers at once, unless all its connections are taken.
const CONNECT_PATIENCE: Duration = Duration::from_secs(10);

/// A server that has run for so long was started well.
const STEADY: Duration = Duration::from_secs(60);

/// How often a server that does not keep running is started again before that is given up.
const MOST_RESTARTS: u32 = 5;

/// Between two tries to start a server.
const PAUSE: Duration = Duration::from_millis(500);

/// The running private database and the right to run it.
///
/// Dropping it leaves the server running, as a kill of the portal does; the next
/// [`start`](PrivateCluster::start) adopts it. [`stop`](PrivateCluster::stop) ends it.
#[derive(Debug)]
pub struct PrivateCluster {
    layout: Layout,
    account: Account,
    server: Server,
    /// The server's successor, while it is being started: on a task of its own, which goes on when nobody polls
    /// [`keep_running`](PrivateCluster::keep_running) any more, so that stopping finds a server that it can stop in order.
    successor: Option<JoinHandle<Result<Server, PrivateClusterError>>>,
    /// Last, so that it is given back last.
    _lock: Lock,
}

impl PrivateCluster {
    /// Brings the private database in `root` up: creates it at the first start, adopts a server that
    /// survived its portal, recovers after a kill of either.
    ///
    /// `root` is created if it is missing; made by root it is searchable for everyone (0711), so other files
    /// in it need modes of their own. Blocks its thread for moments, and belongs before serving.
    pub async fn start(root: &Path) -> Result<PrivateCluster, PrivateClusterError> {
        reachable_for_database_account(root)?;
        let layout = Layout::prepare(root)?;
        let account = Account::choose(&layout.home())?;
        let lock = Lock::take(&layout, &account)?;
        layout::claim_directory(&layout.home(), &account)?;

        let server = bring_up(&layout, &account).await?;
        let cluster = PrivateCluster { layout, account, server, successor: None, _lock: lock };
        cluster.ensure_database().await?;
        if cluster.server.renew_access_rules(&cluster.account)? {
            cluster.have_rules_read().await?;
        }
        Ok(cluster)
    }

    /// Keeps the server running for as long as it is polled: starts it again when it has ended, as after a kill of the
    /// postmaster alone. May be dropped at any time. Returns only with why it has given up: the server ended [`MOST_RESTARTS`] times without ever
    /// running for [`STEADY`].
    pub async fn keep_running(&mut self) -> PrivateClusterError {
        let mut restarts = 0;
        loop {
            if timeout(STEADY, self.server.ended()).await.is_err() {
                restarts = 0;
                self.server.ended().await;
            }
            tracing::error!(pid = self.server.pid(), "the database server has ended; it is started again");
            while let Err(error) = self.restart(&mut restarts).await {
                if restarts >= MOST_RESTARTS {
                    return error;
                }
                tracing::error!(%error, "the database server does not start");
                sleep(PAUSE).await;
            }
        }
    }

    async fn restart(&mut self, restarts: &mut u32) -> Result<(), PrivateClusterError> {
        if *restarts >= MOST_RESTARTS {
            return Err(PrivateClusterError::KeepsEnding { restarts: *restarts, log: self.layout.log() });
        }
        *restarts += 1;
        let successor = self.successor.get_or_insert_with(|| {
            let (layout, account) = (self.layout.clone(), self.account.clone());
            tokio::spawn(async move { bring_up(&layout, &account).await })
        });
        let started = brought_up(successor).await;
        self.successor = None;
        self.server = started?;
        tracing::warn!(pid = self.server.pid(), "the database server runs again");
        Ok(())
    }

    /// As the owner of everything: Unix socket, role and database `linka`.
    pub fn connect_options(&self) -> PgConnectOptions {
        connect_options(&self.layout)
    }

    /// As the login by which the portal serves (`migrations/0280`).
    pub fn serving_options(&self) -> PgConnectOptions {
        self.connect_options().username(SERVING)
    }

    /// The same as a URL that libpq and sqlx understand alike, for child processes (psql, pgbench) of
    /// the same user.
    pub fn url(&self) -> String {
        let home = self.layout.home();
        let host = host(home.as_os_str().as_encoded_bytes());
        format!("postgres://{SUPERUSER}@{host}:{PORT}/{DATABASE}?sslmode=disable")
    }

    /// Stops the server in order and waits for it, within bounds: fast shutdown, then an immediate one. One that is just being
    /// started is waited for first. The caller closes its pool first, or finds its connections terminated.
    pub async fn stop(mut self) -> Result<(), PrivateClusterError> {
        if let Some(mut successor) = self.successor.take() {
            match brought_up(&mut successor).await {
                Ok(server) => self.server = server,
                // It replays for longer than anybody waits: it is let live, and the next start adopts it.
                Err(slow @ PrivateClusterError::NotReady { .. }) => return Err(slow),
                Err(error) => tracing::error!(%error, "the database server does not start"),
            }
        }
        self.server.stop().await
    }

    /// Also proves that the server talks to us. The database is made at the first start, or at the next if
    /// that was interrupted.
    async fn ensure_database(&self) -> Result<(), PrivateClusterError> {
        let ensured = timeout(CONNECT_PATIENCE, async {
            let mut maintenance = self.connect_options().database("postgres").connect().await?;
            let exists = sqlx::query("SELECT FROM pg_database WHERE datname = $1")
                .bind(DATABASE)
                .fetch_optional(&mut maintenance)
                .await?
                .is_some();
            if !exists {
                maintenance.execute("CREATE DATABASE linka").await?;
            }
            maintenance.close().await
        });
        self.answered(ensured.await)
    }

    /// Has the server read its rules of access again, and waits until it has: whoever connects then is let in by the new ones.
    async fn have_rules_read(&self) -> Result<(), PrivateClusterError> {
        let read = timeout(CONNECT_PATIENCE, async {
            let mut first = self.connect_options().connect().await?;
            let told: String = sqlx::query_scalar("SELECT clock_timestamp()::text").fetch_one(&mut first).await?;
            first.execute("SELECT pg_reload_conf()").await?;
            first.close().await?;
            loop {
                let mut next = self.connect_options().connect().await?;
                let is_read = sqlx::query_scalar("SELECT pg_conf_load_time() >= $1::timestamptz").bind(&told);
                let is_read: bool = is_read.fetch_one(&mut next).await?;
                next.close().await?;
                if is_read {
                    return Ok(());
                }
                sleep(POLL).await;
            }
        });
        self.answered(read.await)
    }

    fn answered(&self, answer: Result<Result<(), sqlx::Error>, Elapsed>) -> Result<(), PrivateClusterError> {
        answer.unwrap_or_else(|late| Err(sqlx::Error::Io(late.into()))).map_err(|source| PrivateClusterError::Refused {
            pid: self.server.pid(),
            socket: self.layout.socket(),
            source: Box::new(source),
        })
    }
}

/// How to connect to the private database in `root` while a portal runs it; none while none does.
pub async fn options_of_running(root: &Path) -> Result<Option<PgConnectOptions>, PrivateClusterError> {
    if !Layout::home_below(root).exists() {
        return Ok(None);
    }
    let layout = Layout::prepare(root)?;
    Ok(UnixStream::connect(layout.socket()).await.is_ok().then(|| connect_options(&layout)))
}

fn connect_options(layout: &Layout) -> PgConnectOptions {
    // The rest of what libpq's variables could redirect is set here.
    PgConnectOptions::new_without_pgpass()
        .socket(layout.home())
        .port(PORT)
        .username(SUPERUSER)
        .database(DATABASE)
        .ssl_mode(PgSslMode::Disable)
}

/// The server that a task brings up.
async fn brought_up(task: &mut JoinHandle<Result<Server, PrivateClusterError>>) -> Result<Server, PrivateClusterError> {
    match task.await {
        Ok(started) => started,
        Err(ended) => match ended.try_into_panic() {
            Ok(panic) => resume_unwind(panic),
            // Only the end of the runtime cancels it, and with it whoever waits here.
            Err(_) => std::future::pending().await,
        },
    }
}

/// The running server of the cluster, which is created if there is none.
async fn bring_up(layout: &Layout, account: &Account) -> Result<Server, PrivateClusterError> {
    let Some(version) = layout.cluster_version()? else {
        tracing::info!(directory = %layout.data().display(), account = account.name, "creating the database");
        let binaries = Binaries::find(None)?;
        initdb::create(layout, account, &binaries).await?;
        return Server::launch(layout, account, &binaries).await;
    };
    layout::claim_directory(&layout.data(), account)?;
    if let Some(survivor) = Server::adopt(layout).await? {
        tracing::info!(pid = survivor.pid(), "adopted the running database server");
        return Ok(survivor);
    }
    let binaries = Binaries::find(Some(version))?;
    require_version(layout, version, &binaries)?;
    Server::launch(layout, account, &binaries).await
}

fn require_version(layout: &Layout, cluster: u32, binaries: &Binaries) -> Result<(), PrivateClusterError> {
    if binaries.version == cluster {
        return Ok(());
    }
    Err(PrivateClusterError::MajorVersion {
        data: layout.data(),
        cluster,
        found: binaries.version,
        binary: binaries.postgres.clone(),
    })
}

/// What stands for itself in the host of a URL: what is plainly part of a name.
const PLAIN: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_');

fn host(directory: &[u8]) -> PercentEncode<'_> {
    percent_encode(directory, PLAIN)
}

#[cfg(test)]
mod tests {
    use super::host;

    #[test]
    fn a_socket_directory_fits_into_the_host_of_a_url() {
        assert_eq!(host("/srv/mé data".as_bytes()).to_string(), "%2Fsrv%2Fm%C3%A9%20data");
    }
}
