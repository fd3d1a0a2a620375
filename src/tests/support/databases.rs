//! A second database beside a test's own.

use linka::server::db::MIGRATIONS;
use sqlx::{AssertSqlSafe, PgPool, query};

/// An empty one with the schema, beside that of `pool`.
pub async fn another_database(pool: &PgPool) -> PgPool {
    let options = (*pool.connect_options()).clone();
    // PostgreSQL cuts names off that are long.
    let own = options.get_database().expect("its name");
    let name = format!("there_{}", &own[own.len().saturating_sub(40)..]);
    run(pool, format!(r#"drop database if exists "{name}" with (force)"#)).await;
    run(pool, format!(r#"create database "{name}" template template0"#)).await;
    let there = PgPool::connect_with(options.database(&name)).await.expect("another");
    MIGRATIONS.run(&there).await.expect("the schema");
    there
}

/// Drops such a one.
pub async fn drop_database(pool: &PgPool, there: PgPool) {
    let name = there.connect_options().get_database().expect("its name").to_owned();
    there.close().await;
    run(pool, format!(r#"drop database "{name}" with (force)"#)).await;
}

async fn run(pool: &PgPool, statement: String) {
    query(AssertSqlSafe(statement)).execute(pool).await.expect("a database");
}
