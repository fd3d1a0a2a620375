//! What the database takes as a text that somebody typed is what the model keeps.

use std::collections::BTreeSet;

use linka::{model::base::text, server::db::MIGRATIONS};
use sqlx::PgPool;

/// All characters of the first plane of Unicode; of the others, which are alike, their beginnings and ends.
fn characters() -> impl Iterator<Item = u32> {
    let is_asked = |n: &u32| *n <= 0xffff || (*n & 0xffff) < 0x20 || (*n & 0xffff) >= 0xff00;
    (1..=0x10_ffff).filter(|n| !(0xd800..=0xdfff).contains(n)).filter(is_asked)
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn the_database_takes_the_characters_that_the_model_keeps(pool: PgPool) {
    let asked: Vec<i32> = characters().map(|n| i32::try_from(n).expect("a number")).collect();
    let taken: Vec<i32> =
        sqlx::query_scalar("select n from unnest($1::integer[]) n where is_kept_text('a' || chr(n) || 'b')")
            .bind(asked)
            .fetch_all(&pool)
            .await
            .expect("an answer");
    let taken: BTreeSet<u32> = taken.into_iter().map(|n| u32::try_from(n).expect("a character")).collect();
    let kept_by = |keep: fn(&str) -> String| -> BTreeSet<u32> {
        let kept = |n: &u32| {
            let written = format!("a{}b", char::from_u32(*n).expect("a character"));
            keep(&written) == written
        };
        characters().filter(kept).collect()
    };
    assert_eq!(kept_by(text::lines), taken);
    let line_end = BTreeSet::from([u32::from('\n')]);
    assert_eq!(kept_by(text::one_line), &taken - &line_end);
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn what_is_no_character_beyond_the_first_plane_is_not_taken_either(pool: PgPool) {
    let refused =
        "select array_agg(is_kept_text('a' || chr(n))) from unnest(array[131070, 131071, 1114110, 1114111]) n";
    let taken: Vec<bool> = sqlx::query_scalar(refused).fetch_one(&pool).await.expect("an answer");
    assert_eq!(taken, [false; 4]);
}

#[sqlx::test(migrations = false)]
async fn rows_from_before_can_be_written_again(pool: PgPool) {
    const BEFORE: i64 = 19;
    sqlx::raw_sql("drop schema public cascade; create schema public").execute(&pool).await.expect("an empty database");
    MIGRATIONS.run_to(BEFORE, &pool).await.expect("the schema of before");
    let old = "insert into customer (name, ico, created_at, street) values ('Škola', '12345679', now(), 'Dlouhá\u{200e} 1\r\n')";
    sqlx::query(old).execute(&pool).await.expect("a customer");
    MIGRATIONS.run(&pool).await.expect("the schema of today");
    sqlx::query("update customer set trusted = true").execute(&pool).await.expect("written again");
    let street: String = sqlx::query_scalar("select street from customer").fetch_one(&pool).await.expect("a street");
    assert_eq!(street, "Dlouhá  1");
}

#[sqlx::test(migrations = false)]
async fn rows_from_before_the_wider_rule_can_be_written_again(pool: PgPool) {
    const BEFORE: i64 = 64;
    sqlx::raw_sql("drop schema public cascade; create schema public").execute(&pool).await.expect("an empty database");
    MIGRATIONS.run_to(BEFORE, &pool).await.expect("the schema of before");
    for old in [
        "insert into customer (name, ico, created_at, note)
         values ('Škola', '12345679', now(), 'Volat\u{1fffe}ráno.'), ('\u{2ffff}', '12345687', now(), '')",
        "insert into backup (made_at, bytes, made_by, file) values (now(), 1, 'správce', 'a\u{10ffff}b')",
    ] {
        sqlx::query(old).execute(&pool).await.expect(old);
    }
    MIGRATIONS.run(&pool).await.expect("the schema of today");
    sqlx::query("update customer set trusted = true").execute(&pool).await.expect("written again");
    let kept: Vec<String> =
        sqlx::query_scalar("select name || ' ' || note from customer union all select file from backup order by 1")
            .fetch_all(&pool)
            .await
            .expect("texts");
    assert_eq!(kept.len(), 3);
    for cleaned in ["Škola Volat ráno.", "… ", "a b"] {
        assert!(kept.iter().any(|text| text == cleaned), "{cleaned}: {kept:?}");
    }
    let unguarded: i64 = sqlx::query_scalar("select count(*) from pg_trigger where tgenabled = 'D'")
        .fetch_one(&pool)
        .await
        .expect("a count");
    assert_eq!(unguarded, 0, "every trigger is on again");
}
