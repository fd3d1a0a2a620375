//! The wire between a server and its database, which stops at any statement, as if the server died there: before the database has
//! got it, or after, with the answer on its way.

use std::{
    io,
    path::{Path, PathBuf},
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, AtomicI64, Ordering},
    },
};

use sqlx::{
    PgPool,
    postgres::{PgConnectOptions, PgPoolOptions, PgSslMode},
};
use tempfile::TempDir;
use tokio::{
    io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt},
    net::{TcpStream, UnixListener, UnixStream},
    sync::watch,
    task::AbortHandle,
};

/// The port in the name of its socket.
const PORT: u16 = 5432;
/// The messages that have the database do something: a simple query, and a prepared one.
const STATEMENTS: [u8; 2] = [b'Q', b'E'];

/// A wire, and where it stops.
pub struct Wire {
    _dir: TempDir,
    options: PgConnectOptions,
    plan: Arc<Plan>,
}

/// Where it stops, whether it has, and what goes over it.
#[derive(Default)]
struct Plan {
    left: AtomicI64,
    is_done: AtomicBool,
    withholds: AtomicBool,
    stopped: watch::Sender<bool>,
    tasks: Mutex<Vec<AbortHandle>>,
}

impl Wire {
    /// Lays one to where these options lead.
    pub fn lay(options: &PgConnectOptions) -> Self {
        let dir = TempDir::new().expect("a directory");
        let listener = UnixListener::bind(socket_in(dir.path())).expect("a socket");
        let plan = Arc::<Plan>::default();
        let (to, serving) = (options.clone(), plan.clone());
        tokio::spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                let task = tokio::spawn(connect(client, to.clone(), serving.clone())).abort_handle();
                serving.tasks().push(task);
            }
        });
        let options = options.clone().socket(dir.path()).port(PORT).ssl_mode(PgSslMode::Disable);
        Self { _dir: dir, options, plan }
    }

    /// A server's connections over it.
    pub async fn pool(&self) -> PgPool {
        PgPoolOptions::new().max_connections(4).connect_with(self.options.clone()).await.expect("a connection")
    }

    /// It stops at the so manieth statement from now on.
    ///
    /// * `is_done` – whether the database does that one
    pub fn stop_at(&self, statement: i64, is_done: bool) {
        self.plan.is_done.store(is_done, Ordering::SeqCst);
        self.plan.left.store(statement, Ordering::SeqCst);
    }

    /// Waits until it has stopped.
    pub async fn stopped(&self) {
        let mut stopped = self.plan.stopped.subscribe();
        let _ = stopped.wait_for(|is_stopped| *is_stopped).await;
    }

    /// Ends every connection over it; it does not stop any more.
    pub fn cut(&self) {
        self.plan.left.store(0, Ordering::SeqCst);
        for task in self.plan.tasks().drain(..) {
            task.abort();
        }
        self.plan.withholds.store(false, Ordering::SeqCst);
        self.plan.stopped.send_replace(false);
    }
}

impl Drop for Wire {
    fn drop(&mut self) {
        self.cut();
    }
}

impl Plan {
    fn tasks(&self) -> std::sync::MutexGuard<'_, Vec<AbortHandle>> {
        self.tasks.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether this is where it stops.
    fn stops_here(&self, kind: Option<u8>) -> bool {
        let counts = kind.is_some_and(|kind| STATEMENTS.contains(&kind));
        let stops = counts && self.left.fetch_sub(1, Ordering::SeqCst) == 1;
        if stops {
            // Before the database hears of it, so that no answer comes through.
            self.withholds.store(true, Ordering::SeqCst);
        }
        stops
    }
}

fn socket_in(dir: &Path) -> PathBuf {
    dir.join(format!(".s.PGSQL.{PORT}"))
}

async fn connect(client: UnixStream, to: PgConnectOptions, plan: Arc<Plan>) {
    let by_name = to.get_socket().cloned().or_else(|| to.get_host().starts_with('/').then(|| to.get_host().into()));
    match by_name {
        Some(dir) => {
            let server = UnixStream::connect(dir.join(format!(".s.PGSQL.{}", to.get_port()))).await.expect("a server");
            carry(client, server, &plan).await;
        }
        None => {
            let server = TcpStream::connect((to.get_host(), to.get_port())).await.expect("a server");
            carry(client, server, &plan).await;
        }
    }
}

/// Carries what both say until one of them ends.
async fn carry(client: UnixStream, server: impl AsyncRead + AsyncWrite, plan: &Plan) {
    let (asked, answered) = client.into_split();
    let (answers, asks) = tokio::io::split(server);
    tokio::select! {
        _ = ask(asked, asks, plan) => {}
        _ = answer(answers, answered, plan) => {}
    }
}

/// Carries one message after the other to the server.
async fn ask(mut from: impl AsyncRead + Unpin, mut to: impl AsyncWrite + Unpin, plan: &Plan) -> io::Result<()> {
    let mut has_begun = false;
    loop {
        let kind = if has_begun { Some(from.read_u8().await?) } else { None };
        let length = from.read_u32().await?;
        let mut body = vec![0; usize::try_from(length).unwrap_or_default().saturating_sub(4)];
        from.read_exact(&mut body).await?;
        has_begun = true;
        let stops = plan.stops_here(kind);
        if !stops || plan.is_done.load(Ordering::SeqCst) {
            if let Some(kind) = kind {
                to.write_u8(kind).await?;
            }
            to.write_u32(length).await?;
            to.write_all(&body).await?;
            to.flush().await?;
        }
        if stops {
            plan.stopped.send_replace(true);
            std::future::pending::<()>().await;
        }
    }
}

/// Carries the answers back, as long as it has not stopped.
async fn answer(mut from: impl AsyncRead + Unpin, mut to: impl AsyncWrite + Unpin, plan: &Plan) -> io::Result<()> {
    let mut buffer = vec![0; 16 * 1024];
    loop {
        let read = from.read(&mut buffer).await?;
        if read == 0 {
            return Ok(());
        }
        if plan.withholds.load(Ordering::SeqCst) {
            std::future::pending::<()>().await;
        }
        to.write_all(buffer.get(..read).unwrap_or_default()).await?;
    }
}
