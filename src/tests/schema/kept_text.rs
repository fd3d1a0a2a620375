//! What the database takes as a text that somebody typed is what the model keeps.

use std::collections::BTreeSet;

use linka::{model::base::text, server::db::MIGRATIONS};
use sqlx::PgPool;

#[sqlx::test(migrator = "MIGRATIONS")]
async fn the_database_takes_the_characters_that_the_model_keeps(pool: PgPool) {
    let taken: Vec<i32> = sqlx::query_scalar(
        "select n from generate_series(1, 65535) n where n not between 55296 and 57343 and is_kept_text('a' || chr(n) || 'b')",
    )
    .fetch_all(&pool)
    .await
    .expect("an answer");
    let taken: BTreeSet<u32> = taken.into_iter().map(|n| u32::try_from(n).expect("a character")).collect();
    let kept = |n: &u32| {
        let written = format!("a{}b", char::from_u32(*n).expect("a character"));
        text::lines(&written) == written
    };
    let kept: BTreeSet<u32> = (1..=0xffff).filter(|n| !(0xd800..=0xdfff).contains(n)).filter(kept).collect();
    let differ: Vec<_> = kept.symmetric_difference(&taken).map(|n| format!("{n:04x}")).collect();
    assert!(differ.is_empty(), "{differ:?}");
}
