//! All SQL, one file per aggregate. Row structs stay private; what comes out is the model's.
//!
//! Every transaction takes a role that cannot reach over the wall between customers (`migrations/0001`), set in the
//! same round trip as `BEGIN` and gone with the transaction.

pub mod fitness;
pub mod installation;
pub mod line;
pub mod mails;
pub mod minutes;
pub mod money;
pub mod ordering;
pub mod people;
pub mod private;
pub mod queue;
pub mod work;

use std::time::Duration;

use sqlx::{
    AssertSqlSafe, PgPool, Postgres, Transaction,
    postgres::{PgConnectOptions, PgPoolOptions},
};

use crate::model::{base::ids::CustomerId, problem::Problem};

/// A transaction in one of the application's roles.
pub type Tx = Transaction<'static, Postgres>;

/// The migrations, compiled in.
pub static MIGRATIONS: sqlx::migrate::Migrator = sqlx::migrate!();

/// What can go wrong below a service: nothing that a person could mend, hence no details for one.
#[derive(Debug, thiserror::Error)]
pub enum DbError {
    /// The database said no, or was not there.
    #[error(transparent)]
    Sqlx(#[from] sqlx::Error),
    /// A stored value is not one of the model's.
    #[error("{column} holds {value:?}, which the model does not know")]
    Unknown {
        /// Table and column.
        column: &'static str,
        /// What stands there.
        value: String,
    },
}

impl DbError {
    /// The name of the constraint that was broken, if that is what happened.
    #[must_use]
    pub fn constraint(&self) -> Option<&str> {
        match self {
            DbError::Sqlx(sqlx::Error::Database(error)) => error.constraint(),
            _ => None,
        }
    }

    /// Whether the same transaction may well succeed when it is tried again: serialization failure, deadlock, a lost
    /// connection, a server that is just starting or stopping (PostgreSQL's error classes 08, 40 and 57P).
    #[must_use]
    pub fn is_transient(&self) -> bool {
        match self {
            DbError::Sqlx(sqlx::Error::Io(_) | sqlx::Error::PoolTimedOut) => true,
            DbError::Sqlx(sqlx::Error::Database(error)) => error
                .code()
                .is_some_and(|code| code.starts_with("08") || code.starts_with("40") || code.starts_with("57P")),
            _ => false,
        }
    }
}

impl From<DbError> for Problem {
    fn from(error: DbError) -> Self {
        let incident = super::incident::current();
        tracing::error!(incident, error = %error, "database");
        if error.is_transient() { Problem::Unavailable } else { Problem::Internal { incident } }
    }
}

impl From<sqlx::Error> for Problem {
    fn from(error: sqlx::Error) -> Self {
        DbError::from(error).into()
    }
}

/// The database, in the roles that the application has there.
#[derive(Debug, Clone)]
pub struct Db {
    pool: PgPool,
}

impl Db {
    /// Opens a pool of at most `connections`.
    ///
    /// # Errors
    /// When the first connection fails.
    pub async fn connect(options: PgConnectOptions, connections: u32) -> Result<Self, DbError> {
        let pool = PgPoolOptions::new()
            .max_connections(connections)
            .acquire_timeout(Duration::from_secs(5))
            .connect_with(options.application_name("linka"))
            .await?;
        Ok(Self { pool })
    }

    /// Wraps a pool that a test has made.
    #[must_use]
    pub fn from_pool(pool: PgPool) -> Self {
        Self { pool }
    }

    /// The pool, for start-up and tests; requests take one of the roles below.
    #[must_use]
    pub fn pool(&self) -> &PgPool {
        &self.pool
    }

    /// Whether the database answers.
    ///
    /// # Errors
    /// When it does not.
    pub async fn ping(&self) -> Result<(), DbError> {
        sqlx::query!("select 1 as one").fetch_one(&self.pool).await?;
        Ok(())
    }

    /// Begins a transaction that sees one customer's data only.
    ///
    /// # Errors
    /// When no connection can be had.
    pub async fn member(&self, customer: CustomerId) -> Result<Tx, DbError> {
        // A customer's id is a number, so there is nothing in it that could be SQL.
        let begin = format!("begin; set local role linka_member; set local app.customer = '{customer}'");
        Ok(self.pool.begin_with(AssertSqlSafe(begin)).await?)
    }

    /// Begins a transaction of the vendor's staff.
    ///
    /// # Errors
    /// When no connection can be had.
    pub async fn staff(&self) -> Result<Tx, DbError> {
        Ok(self.pool.begin_with("begin; set local role linka_staff").await?)
    }

    /// Begins a transaction of the system itself: signing in, sessions.
    ///
    /// # Errors
    /// When no connection can be had.
    pub async fn system(&self) -> Result<Tx, DbError> {
        Ok(self.pool.begin_with("begin; set local role linka_system").await?)
    }
}

/// Lets one process at a time change the schema; until the transaction ends. For what brings up to date more than
/// [`MIGRATIONS`], which have a lock of their own.
///
/// # Errors
/// When no connection can be had.
pub async fn lock_for_migration(pool: &PgPool) -> Result<Tx, DbError> {
    let mut tx = pool.begin().await?;
    sqlx::query!("select pg_advisory_xact_lock(hashtextextended('schemas of others', 0))").execute(&mut *tx).await?;
    Ok(tx)
}

/// Runs a use case again when its transaction failed for a passing reason.
///
/// Only for use cases with an idempotency key: after a lost connection the first try may have been committed.
///
/// # Errors
/// The last try's.
pub async fn retrying<T, F, Fut>(mut attempt: F) -> Result<T, Problem>
where
    F: FnMut() -> Fut,
    Fut: Future<Output = Result<T, Problem>>,
{
    const PAUSES: [Duration; 3] = [Duration::from_millis(20), Duration::from_millis(100), Duration::from_millis(500)];
    for pause in PAUSES {
        match attempt().await {
            Err(Problem::Unavailable) => tokio::time::sleep(pause).await,
            answer => return answer,
        }
    }
    attempt().await
}
