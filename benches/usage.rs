//! The usage page of a customer with ten interventions beside that of one with ten thousand, as a ratio of one run.
//!
//! Runs against a private database of its own in a temporary directory. `cargo bench --features ssr --bench usage`

#![expect(dead_code, unused_imports, reason = "the small world serves the tests too")]

#[path = "../src/tests/support/mod.rs"]
mod support;

use std::os::unix::fs::PermissionsExt;

use linka::server::{
    db::{MIGRATIONS, private::PrivateCluster},
    service::minutes::usage,
};
use sqlx::PgPool;
use support::{Place, World, closed_work};
use tempfile::TempDir;

const ROUNDS: u32 = 200;

fn main() {
    // Under `cargo test`, benches are only asked whether they start.
    if std::env::args().any(|argument| argument == "--test") {
        return;
    }
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().expect("a runtime");
    runtime.block_on(async {
        let directory = TempDir::new().expect("a directory");
        std::fs::set_permissions(directory.path(), std::fs::Permissions::from_mode(0o711)).expect("reachable");
        let cluster = PrivateCluster::start(directory.path()).await.expect("a private database");
        let pool = PgPool::connect_with(cluster.connect_options()).await.expect("a connection");
        MIGRATIONS.run(&pool).await.expect("the schema");
        let world = World::new(pool).await;
        let (small, large) = (world.place("Malá").await, world.place("Velká").await);
        closed_work(&world, &small, 10).await;
        closed_work(&world, &large, 10_000).await;
        for place in [&small, &large] {
            world.bundle(place.customer, 300, "2027-11-01T00:00:00+01:00").await;
        }
        world.sql("analyze").await;
        let (few, many) = (milliseconds(&world, &small).await, milliseconds(&world, &large).await);
        println!("usage page, {ROUNDS} times each:");
        println!("  10 interventions      {few:8.2} ms");
        println!("  10,000 interventions  {many:8.2} ms");
        println!("  ratio                 {:8.2}", many / few);
        world.app.db.pool().close().await;
        cluster.stop().await.expect("stopped");
    });
}

/// How long one page takes on average.
#[expect(clippy::disallowed_methods, reason = "a bench measures the machine's time")]
async fn milliseconds(world: &World, place: &Place) -> f64 {
    let viewer = place.boss.may_see_billing().expect("billing");
    usage::page(&world.app, &viewer).await.expect("warm");
    let start = std::time::Instant::now();
    for _ in 0..ROUNDS {
        usage::page(&world.app, &viewer).await.expect("the usage page");
    }
    start.elapsed().as_secs_f64() * 1_000.0 / f64::from(ROUNDS)
}
