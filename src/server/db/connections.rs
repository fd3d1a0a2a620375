//! The pool of connections, and how a transaction gets one of them.
//!
//! A browser may hang up at any moment, and then hyper drops the request's future wherever it waits. sqlx 0.9 counts a
//! transaction only after the answer to its `BEGIN`: dropped before, it gives the connection back inside a transaction that
//! nobody ends, in the role and for the customer that were set. Three things stand against that, each enough by itself:
//!
//! 1. beginning runs on a task of its own, which nobody drops halfway;
//! 2. what did not come to its end leaves the connection in a state that [`is_idle`] sees when it is given back, and the pool
//!    closes it instead of keeping it;
//! 3. the pool asks once more before it hands a connection out.
//!
//! A server that is no longer there, or stands still, leaves no connection behind either: none is opened to a standby, and one that does not
//! answer is closed.

use std::{
    fmt,
    panic::resume_unwind,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use sqlx::{
    AssertSqlSafe, Connection, Executor, PgConnection, PgPool, Postgres, SqlSafeStr, Transaction,
    pool::{PoolConnection, PoolOptions},
    postgres::{PgConnectOptions, PgListener, PgPoolOptions},
};
use tokio::time::timeout;
use tracing::Instrument;

use super::{error::DbError, presence::Presence, standby::refuse_standby};
use crate::{model::base::ids::CustomerId, server::auth::events};

/// A transaction in one of the application's roles.
pub type Tx = Transaction<'static, Postgres>;

/// The most connections of the queue of jobs: one to each job at a time, and what listens, looks and mends beside them.
const OF_THE_QUEUE: u32 = 8;

/// How long to wait for a connection.
const PATIENCE: Duration = Duration::from_secs(5);

/// How long a connection that nobody uses may take to say that it is there.
const SIGN_OF_LIFE: Duration = Duration::from_secs(2);

/// What a connection is opened with. What is asked here is answered in milliseconds: PostgreSQL takes a tenth of a second to compile a plan
/// first, and does so wherever it overrates the rows of tables that nobody has counted yet, as all are in a new database.
const OPENED: &str = concat!("set jit = off; ", refuse_standby!());

/// What a transaction is begun with on a connection that a pooler lends for it. Whoever had the connection before left their settings, and
/// the statements that they prepared, which may bear the names of ours.
const LENT: &str = "; set local jit = off; deallocate all";

/// How a database is reached.
#[derive(Debug, Clone)]
pub struct Ways {
    /// Straight: by what listens, brings the schema up to date, and keeps a connection for good.
    pub straight: PgConnectOptions,
    /// Through a pooler that lends a connection for one transaction: by requests, where there is one.
    pub pooler: Option<PgConnectOptions>,
}

impl From<PgConnectOptions> for Ways {
    fn from(straight: PgConnectOptions) -> Self {
        Self { straight, pooler: None }
    }
}

/// The database, in the roles that the application has there.
#[derive(Clone)]
pub struct Db {
    pool: PgPool,
    /// Whether a pooler stands between that pool and the database.
    is_lent: bool,
    /// Of the queue of jobs, and at the start: that works as the login itself, in none of the roles, and its listening keeps a connection for good.
    queue: PgPool,
    /// Of what requests connect to.
    presence: Presence,
    /// How many wait for a connection of the pool for requests.
    waiting: Arc<AtomicUsize>,
}

/// Somebody who waits for a connection, however that ends.
struct InLine<'a>(&'a AtomicUsize);

impl<'a> InLine<'a> {
    fn new(waiting: &'a AtomicUsize) -> Self {
        waiting.fetch_add(1, Ordering::Relaxed);
        Self(waiting)
    }
}

impl Drop for InLine<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

impl fmt::Debug for Db {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Db")
    }
}

impl Db {
    /// Opens a pool of at most `connections` for requests, and one straight to the database for the queue of jobs, which
    /// connects when it is needed.
    ///
    /// # Errors
    /// When the first connection fails.
    pub async fn connect(ways: impl Into<Ways>, connections: u32) -> Result<Self, DbError> {
        let Ways { straight, pooler } = ways.into();
        let is_lent = pooler.is_some();
        // What is prepared ends with the transaction for which it was. A pooler knows not every parameter that a connection may begin with.
        let lent = pooler.map(|options| options.statement_cache_capacity(0).extra_float_digits(None));
        let of_requests = lent.unwrap_or_else(|| straight.clone());
        let presence = Presence::new(of_requests.clone().application_name("linka presence").into());
        let queue = opened(pool_options(OF_THE_QUEUE)).connect_lazy_with(straight.application_name("linka jobs"));
        let pool = if is_lent { pool_options(connections) } else { opened(pool_options(connections)) };
        let pool = pool.connect_with(of_requests.application_name("linka")).await?;
        Ok(Self { pool, is_lent, queue, presence, waiting: Arc::default() })
    }

    /// Wraps a pool that a test has made.
    #[must_use]
    pub fn from_pool(pool: PgPool) -> Self {
        Self {
            is_lent: false,
            queue: pool.clone(),
            presence: Presence::new(pool.connect_options()),
            pool,
            waiting: Arc::default(),
        }
    }

    /// The pool of requests, which take one of the roles below.
    #[must_use]
    pub fn pool(&self) -> &PgPool {
        &self.pool
    }

    /// The pool of the queue of jobs, and of whatever else goes straight to the database.
    #[must_use]
    pub fn queue_pool(&self) -> &PgPool {
        &self.queue
    }

    /// How many wait for a connection of the pool.
    #[must_use]
    pub fn waiting(&self) -> usize {
        self.waiting.load(Ordering::Relaxed)
    }

    /// Whether requests come to the database through a pooler.
    #[must_use]
    pub const fn is_lent(&self) -> bool {
        self.is_lent
    }

    /// Closes every connection.
    pub async fn close(&self) {
        tokio::join!(self.pool.close(), self.queue.close());
    }

    /// Whether the database answers.
    ///
    /// # Errors
    /// When it does not.
    pub async fn ping(&self) -> Result<(), DbError> {
        // In one piece, as all that is outside of a transaction: a pooler lends another connection for the next.
        self.acquire().await?.execute("select 1").await?;
        Ok(())
    }

    /// Begins a transaction that sees one customer's data only.
    ///
    /// # Errors
    /// When no connection can be had.
    pub async fn member(&self, customer: CustomerId) -> Result<Tx, DbError> {
        // A customer's id is a number, so there is nothing in it that could be SQL.
        let mut statement = format!("begin; set local role linka_member; set local app.customer = '{customer}'");
        // Nor is there in a token's. What is done in passing for everybody, in other roles, is no program's doing (`migrations/0220`).
        if let Some(token) = events::acting_token() {
            statement.push_str(&format!("; set local app.token = '{token}'"));
        }
        self.begin(statement).await
    }

    /// Begins a transaction of the vendor's staff.
    ///
    /// # Errors
    /// When no connection can be had.
    pub async fn staff(&self) -> Result<Tx, DbError> {
        self.begin("begin; set local role linka_staff".to_owned()).await
    }

    /// Begins a transaction of the vendor's staff that sees all of one moment and writes nothing.
    ///
    /// # Errors
    /// When no connection can be had.
    pub async fn staff_snapshot(&self) -> Result<Tx, DbError> {
        // Whoever changes nothing is nobody to the audit.
        self.run("begin isolation level repeatable read read only; set local role linka_staff".to_owned()).await
    }

    /// Begins a transaction of the system itself: signing in, sessions.
    ///
    /// # Errors
    /// When no connection can be had.
    pub async fn system(&self) -> Result<Tx, DbError> {
        self.begin("begin; set local role linka_system".to_owned()).await
    }

    /// A connection that listens, beside both pools: it is kept for good, and nobody waits for it.
    pub(super) async fn listener(&self) -> Result<PgListener, DbError> {
        let options = (*self.queue.connect_options()).clone().application_name("linka live");
        let one = PgPoolOptions::new()
            .max_connections(1)
            .max_lifetime(None)
            .idle_timeout(None)
            .acquire_timeout(PATIENCE)
            .connect_with(options)
            .await?;
        Ok(PgListener::connect_with(&one).await?)
    }

    /// A connection of the pool; none, and at once, while the database is known to be silent or away.
    async fn acquire(&self) -> Result<PoolConnection<Postgres>, DbError> {
        if self.presence.is_lost() {
            return Err(DbError::Away);
        }
        let in_line = InLine::new(&self.waiting);
        let acquired = tokio::select! {
            biased;
            acquired = self.pool.acquire() => acquired,
            () = self.presence.lost() => return Err(DbError::Away),
        };
        drop(in_line);
        match &acquired {
            // It was asked before it was handed out.
            Ok(_) => self.presence.has_answered(),
            Err(sqlx::Error::Io(_) | sqlx::Error::PoolTimedOut) => self.presence.doubt(),
            Err(_) => {}
        }
        Ok(acquired?)
    }

    async fn begin(&self, mut statement: String) -> Result<Tx, DbError> {
        // Who is behind it, for the audit (`migrations/0029`). Read here, as the task below belongs to no request.
        if let Some(origin) = events::origin() {
            statement.push_str(&format!("; set local app.origin = '{origin}'"));
        }
        self.run(statement).await
    }

    async fn run(&self, mut statement: String) -> Result<Tx, DbError> {
        if self.is_lent {
            statement.push_str(LENT);
        }
        let statement = AssertSqlSafe(statement).into_sql_str();
        // Who gives up here still waits for a connection: there is nothing to undo, and nobody waits on in vain.
        let connection = self.acquire().await?;
        // A transaction that nobody waits for any more is rolled back where the task ends. `Pool::begin_with` is this, but
        // would wait for its connection on the task, too.
        let beginning = tokio::spawn(Transaction::begin(connection, Some(statement)).in_current_span());
        match beginning.await {
            Ok(begun) => Ok(begun?),
            Err(error) => match error.try_into_panic() {
                Ok(panic) => resume_unwind(panic),
                // The runtime is shutting down.
                Err(_) => Err(sqlx::Error::PoolClosed.into()),
            },
        }
    }
}

/// Lets a transaction of staff act in the place of one customer: what the database computes for whoever asks, it computes for that
/// customer until the transaction ends. It opens no door: staff see every customer anyway.
///
/// # Errors
/// When the database fails.
pub async fn act_for(tx: &mut Tx, customer: CustomerId) -> Result<(), DbError> {
    sqlx::query!("select set_config('app.customer', $1, true)", customer.to_string()).fetch_one(&mut **tx).await?;
    Ok(())
}

fn pool_options(connections: u32) -> PoolOptions<Postgres> {
    PgPoolOptions::new()
        .max_connections(connections)
        .acquire_timeout(PATIENCE)
        // Below, in one round trip with what it would ask.
        .test_before_acquire(false)
        .before_acquire(|connection, _| Box::pin(is_idle(connection)))
        .after_release(|connection, _| Box::pin(is_idle(connection)))
}

/// A pool whose connections are ours as long as they last.
fn opened(pool: PoolOptions<Postgres>) -> PoolOptions<Postgres> {
    pool.after_connect(|connection, _| Box::pin(async { connection.execute(OPENED).await.map(drop) }))
}

/// Whether a connection is alive and in no transaction. One that is in a transaction, counted by sqlx or not, is closed by
/// the pool, which ends the transaction.
///
/// sqlx keeps to itself what the server says of a connection's state, but for one answer: a `BEGIN` after which the server is
/// in no transaction has failed. So it is asked to begin one with a statement that does not.
///
/// # Errors
/// When no answer comes: what waits on such a connection is not waited for, and the pool closes it without a word to the server.
async fn is_idle(connection: &mut PgConnection) -> Result<bool, sqlx::Error> {
    let asked = timeout(SIGN_OF_LIFE, async { connection.begin_with("select").await.map(drop) });
    match asked.await {
        Ok(Err(sqlx::Error::BeginFailed)) => Ok(true),
        Ok(Ok(())) => {
            tracing::error!("a connection came back inside a transaction that nobody ended; it is closed");
            Ok(false)
        }
        Ok(Err(error)) => {
            tracing::info!(%error, "a connection is closed");
            Ok(false)
        }
        Err(silence) => Err(std::io::Error::from(silence).into()),
    }
}
