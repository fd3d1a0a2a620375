//! What a page costs the database: statements, and the rows that they read.

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

use linka::server::{app::App, db::Db};
use sqlx::postgres::PgPoolOptions;
use tracing::{Event, Subscriber, subscriber::DefaultGuard};
use tracing_subscriber::{
    layer::{Context, Layer, SubscriberExt},
    util::SubscriberInitExt,
};

use super::World;

/// Counts what sqlx logs: one event per statement.
#[derive(Clone, Default)]
struct Counter(Arc<AtomicUsize>);

impl<S: Subscriber> Layer<S> for Counter {
    fn on_event(&self, event: &Event<'_>, _: Context<'_, S>) {
        if event.metadata().target() == "sqlx::query" {
            self.0.fetch_add(1, Ordering::Relaxed);
        }
    }
}

/// A world seen through one session, whose statements and rows are counted.
pub struct Meter {
    app: App,
    counter: Counter,
    _counting: DefaultGuard,
}

/// What a page took: statements, and rows that were read from tables and indexes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cost {
    pub statements: usize,
    pub rows: i64,
}

impl Meter {
    pub async fn new(world: &World) -> Self {
        // As autovacuum leaves it: what is only counted is counted in indexes.
        world.sql("vacuum analyze").await;
        let one_session = PgPoolOptions::new().max_connections(1);
        let pool = one_session.connect_with((*world.app.db.pool().connect_options()).clone()).await.expect("a session");
        let counter = Counter::default();
        let counting = tracing_subscriber::registry().with(counter.clone()).set_default();
        Self { app: App { db: Db::from_pool(pool), ..world.app.clone() }, counter, _counting: counting }
    }

    pub async fn cost<T>(&self, page: impl AsyncFn(&App) -> T) -> Cost {
        // What is cached by the first time does not count.
        page(&self.app).await;
        let rows = self.rows_read().await;
        let statements = self.counter.0.load(Ordering::Relaxed);
        page(&self.app).await;
        let statements = self.counter.0.load(Ordering::Relaxed) - statements;
        Cost { statements, rows: self.rows_read().await - rows }
    }

    /// Rows that have been fetched so far, by the one session that there is.
    async fn rows_read(&self) -> i64 {
        sqlx::query("select pg_stat_force_next_flush()").execute(self.app.db.pool()).await.expect("flushed");
        sqlx::query_scalar("select sum(seq_tup_read + coalesce(idx_tup_fetch, 0))::bigint from pg_stat_user_tables")
            .fetch_one(self.app.db.pool())
            .await
            .expect("the statistics")
    }
}
