//! What open pages are told of: rows that triggers write (`migrations/0080`), and the channel on which processes call one another
//! to look for them.

use sqlx::postgres::PgListener;

use crate::{
    model::ordering::live::Topic,
    server::db::{Db, DbError, Tx},
};

/// Where processes call one another. What is called says nothing: whoever hears it looks.
const CHANNEL: &str = "linka_live";

/// How many events are kept, for pages that come back.
pub const KEPT: usize = 10_000;

/// What has been written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct News {
    /// The oldest transaction that still ran: everything of older ones was there to be read.
    pub position: i64,
    /// The first transaction that had not begun.
    pub newest: i64,
    /// The number of the transaction and what it changed, the oldest first.
    pub events: Vec<(i64, Topic)>,
}

/// What transactions from a position on have written, as far as it can be seen.
///
/// # Errors
/// When the database fails.
pub async fn since(tx: &mut Tx, position: i64) -> Result<News, DbError> {
    let rows = sqlx::query!(
        r#"select pg_snapshot_xmin(snapshot)::text::bigint as "position!", pg_snapshot_xmax(snapshot)::text::bigint as "newest!",
                  e.xact as "xact?", e.topic as "topic?"
           from (select pg_current_snapshot() as snapshot) now left join live_event e on e.xact >= $1
           order by e.xact, e.topic"#,
        position
    )
    .fetch_all(&mut **tx)
    .await?;
    let (position, newest) = rows.first().map_or((position, position), |row| (row.position, row.newest));
    let events = rows.into_iter().filter_map(|row| Some((row.xact?, Topic::read(&row.topic?)))).collect();
    Ok(News { position, newest, events })
}

/// Forgets the oldest but for about [`KEPT`]: whole transactions, and never the last one, so that it can be told from which on
/// nothing is missing. Counted and not dated, as nobody's clock decides what was missed.
///
/// # Errors
/// When the database fails.
pub async fn sweep(tx: &mut Tx) -> Result<(), DbError> {
    sqlx::query!(
        "delete from live_event where xact < (select xact from live_event order by xact desc offset $1 limit 1)",
        i64::try_from(KEPT).unwrap_or(i64::MAX)
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Calls all processes to look.
///
/// # Errors
/// When the database fails.
pub async fn call(db: &Db) -> Result<(), DbError> {
    let mut tx = db.system().await?;
    sqlx::query!("select pg_notify($1, '')", CHANNEL).execute(&mut *tx).await?;
    tx.commit().await?;
    Ok(())
}

/// The calls of all processes, this one's too, on a connection of their own.
#[derive(Debug)]
pub struct Calls(PgListener);

impl Calls {
    /// Begins to listen.
    ///
    /// # Errors
    /// When no connection can be had.
    pub async fn listen(db: &Db) -> Result<Self, DbError> {
        let mut listener = db.listener().await?;
        listener.listen(CHANNEL).await?;
        Ok(Self(listener))
    }

    /// Waits for a call, or for the moment at which a lost connection is there again, after which one looks as well.
    ///
    /// # Errors
    /// When the connection is lost and does not come back.
    pub async fn next(&mut self) -> Result<(), DbError> {
        self.0.try_recv().await?;
        Ok(())
    }
}
