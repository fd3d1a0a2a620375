//! What the usage page costs does not depend on how much was ever done: the database sums by month as receipts are issued.

use std::sync::atomic::{AtomicUsize, Ordering};

use linka::server::{
    app::App,
    db::{Db, MIGRATIONS},
    service::usage,
};
use sqlx::{PgPool, postgres::PgPoolOptions};
use tracing::{Event, Subscriber};
use tracing_subscriber::{
    layer::{Context, Layer, SubscriberExt},
    util::SubscriberInitExt,
};

use super::support::{Place, World, closed_work};

static STATEMENTS: AtomicUsize = AtomicUsize::new(0);

/// Counts what sqlx logs: one event per statement.
struct Counter;

impl<S: Subscriber> Layer<S> for Counter {
    fn on_event(&self, event: &Event<'_>, _: Context<'_, S>) {
        if event.metadata().target() == "sqlx::query" {
            STATEMENTS.fetch_add(1, Ordering::Relaxed);
        }
    }
}

/// Statements of one usage page, and the rows that its transaction read from tables and indexes.
async fn cost(app: &App, place: &Place) -> (usize, i64) {
    let viewer = place.boss.may_see_billing().expect("billing");
    // What is cached by the first time does not count.
    usage::page(app, &viewer).await.expect("the usage page");
    let rows = rows_read(app).await;
    let statements = STATEMENTS.load(Ordering::Relaxed);
    usage::page(app, &viewer).await.expect("the usage page");
    let statements = STATEMENTS.load(Ordering::Relaxed) - statements;
    (statements, rows_read(app).await - rows)
}

/// Rows that have been fetched so far, by the one session that there is.
async fn rows_read(app: &App) -> i64 {
    sqlx::query("select pg_stat_force_next_flush()").execute(app.db.pool()).await.expect("flushed");
    sqlx::query_scalar("select sum(seq_tup_read + coalesce(idx_tup_fetch, 0))::bigint from pg_stat_user_tables")
        .fetch_one(app.db.pool())
        .await
        .expect("the statistics")
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn the_usage_page_of_ten_thousand_interventions_reads_what_that_of_ten_does(pool: PgPool) {
    tracing_subscriber::registry().with(Counter).init();
    let world = World::new(pool).await;
    let (small, large) = (world.place("Malá").await, world.place("Velká").await);
    closed_work(&world, &small, 10).await;
    closed_work(&world, &large, 10_000).await;
    for place in [&small, &large] {
        world.bundle(place.customer, 300, "2027-11-01T00:00:00+01:00").await;
    }
    world.sql("analyze").await;
    let one_session = PgPoolOptions::new().max_connections(1);
    let pool = one_session.connect_with((*world.app.db.pool().connect_options()).clone()).await.expect("a session");
    let app = App { db: Db::from_pool(pool), ..world.app.clone() };
    let (few, many) = (cost(&app, &small).await, cost(&app, &large).await);
    println!("10 interventions: {} statements, {} rows; 10,000: {} statements, {} rows", few.0, few.1, many.0, many.1);
    assert!(few.0 > 5, "the statements are counted");
    assert_eq!(few.0, many.0, "as many statements");
    assert!(many.1 < few.1 * 3 + 1_000, "{} rows for ten thousand, {} for ten", many.1, few.1);
    let viewer = large.boss.may_see_billing().expect("billing");
    let page = usage::page(&world.app, &viewer).await.expect("the usage page");
    assert!(page.by_month.iter().map(|bar| bar.interventions).sum::<u32>() > 9_000, "it is about all of them");
    assert_eq!(world.ledger_faults().await, Vec::<String>::new());
}
