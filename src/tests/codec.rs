//! Values of the model on their way to the database and back.

use std::{collections::BTreeSet, fmt::Debug, fs};

use linka::{
    model::{
        base::{
            ids::{CustomerId, RequestId},
            money::{Money, VatRate},
            numbers::RequestNumber,
        },
        ordering::{offers::Slot, requests::RequestState},
        people::members::Capability,
    },
    server::db::{MIGRATIONS, codec::Natural},
};
use sqlx::{Decode, Encode, PgPool, Postgres, Type};
use uuid::Uuid;

use super::support::at;

/// Sends a value and reads it again; under no cached statement, whose parameter would have the type of the first value.
async fn sent<T>(pool: &PgPool, value: T)
where
    T: for<'q> Encode<'q, Postgres>
        + for<'r> Decode<'r, Postgres>
        + Type<Postgres>
        + Clone
        + Debug
        + PartialEq
        + Send
        + Unpin,
{
    let back: T =
        sqlx::query_scalar("select $1").bind(value.clone()).persistent(false).fetch_one(pool).await.expect("a value");
    assert_eq!(back, value);
}

/// Why a column cannot be read.
async fn refusal<T>(pool: &PgPool, column: &'static str) -> String
where
    T: for<'r> Decode<'r, Postgres> + Type<Postgres> + Debug + Send + Unpin,
{
    match sqlx::query_scalar::<_, T>(column).fetch_one(pool).await {
        Err(error @ sqlx::Error::ColumnDecode { .. }) => error.to_string(),
        other => panic!("{column}: {other:?}"),
    }
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn what_is_stored_comes_back(pool: PgPool) {
    for &state in RequestState::ALL {
        sent(&pool, state).await;
    }
    sent(&pool, Capability::ALL.to_vec()).await;
    sent(&pool, CustomerId(42)).await;
    sent(&pool, RequestId(Uuid::from_u128(7))).await;
    sent(&pool, RequestNumber::new(2026, 123).expect("a number")).await;
    sent(&pool, Money::from_haler(-12_345)).await;
    sent(&pool, "21".parse::<VatRate>().expect("a rate")).await;
    sent(&pool, Slot { start: at("2026-11-23T08:00:00+01:00"), end: at("2026-11-23T09:00:00+01:00") }).await;
    sent(&pool, Natural(7_u8)).await;
    sent(&pool, Natural(i32::MAX.unsigned_abs())).await;
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn what_the_model_does_not_know_is_an_error_that_says_so(pool: PgPool) {
    let refused = refusal::<RequestState>(&pool, "select 'lost'").await;
    assert!(refused.contains("\"lost\" is not a value of RequestState"), "{refused}");
    refusal::<RequestNumber>(&pool, "select '2026-1'").await;
    refusal::<VatRate>(&pool, "select 101").await;
    refusal::<Natural<u8>>(&pool, "select 256").await;
    refusal::<Natural>(&pool, "select -1").await;
    refusal::<Slot>(&pool, "select tstzrange(now(), null)").await;
    refusal::<Vec<Capability>>(&pool, "select array['order', 'fly']").await;
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_number_too_large_for_its_column_is_not_sent(pool: PgPool) {
    let sent = sqlx::query_scalar::<_, i32>("select $1").bind(Natural(u32::MAX)).fetch_one(&pool).await;
    assert!(matches!(sent, Err(sqlx::Error::Encode(_))), "{sent:?}");
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_column_of_another_type_is_not_read(pool: PgPool) {
    // The macros take the query's word for it.
    let read = sqlx::query_scalar!(r#"select 'draft' as "state!: CustomerId""#).fetch_one(&pool).await;
    assert!(matches!(read, Err(sqlx::Error::ColumnDecode { .. })), "{read:?}");
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn every_constraint_that_speaks_to_people_exists_under_a_name_of_ours(pool: PgPool) {
    let mut asked = BTreeSet::new();
    let mut folders = vec![std::path::PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/src/server/service"))];
    while let Some(folder) = folders.pop() {
        for path in fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path()) {
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let source = fs::read_to_string(&path).expect("a file");
            assert!(!source.contains(".constraint()"), "{}: on_constraint() says it", path.display());
            // Wherever it is written: rustfmt breaks lines as it likes.
            asked.extend(
                source
                    .match_indices("on_constraint(")
                    .filter_map(|(at, marker)| source[at + marker.len()..].split('"').nth(1).map(str::to_owned)),
            );
        }
    }
    // Those of `on_constraints`.
    let several = [
        "contract_number_used_once",
        "one_contract_at_a_time",
        "one_version_after_another",
        "one_purchase_of_a_form",
        "ico_is_one_customers",
        "one_customer_of_a_form",
        "one_person_of_a_form",
        "address_is_one_persons",
        "customer_is_not_blocked",
        "customer_owes_too_long",
        "urgent_after_the_nod",
        "person_is_there",
        "contested_work_stays_closed",
        "closed_work_is_reopened",
    ];
    asked.extend(several.map(str::to_owned));
    assert!(asked.len() >= 6, "{asked:?}");
    let names: BTreeSet<String> = sqlx::query_scalar(
        "select conname::text from pg_constraint where conname !~ '_(key|pkey|fkey|check|excl)[0-9]*$'
         -- A trigger that refuses says so as a constraint of its own name, and so does a unique index.
         union select tgname::text from pg_trigger where not tgisinternal
         union select indexrelid::regclass::text from pg_index where indisunique",
    )
    .fetch_all(&pool)
    .await
    .expect("the catalogue")
    .into_iter()
    .collect();
    let unknown: Vec<_> = asked.difference(&names).collect();
    assert!(unknown.is_empty(), "no such constraints: {unknown:?}");
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_search_finds_names_without_accents_in_any_case(pool: PgPool) {
    for (name, typed) in
        [("Škola Říčany", "skola ricany"), ("ČSOB", "čsob"), ("Žďár", "ZDAR"), ("Bürgel & Söhne", "burgel & sohne")]
    {
        let found: bool = sqlx::query_scalar("select searchable($1) = searchable($2)")
            .bind(name)
            .bind(typed)
            .fetch_one(&pool)
            .await
            .expect("an answer");
        assert!(found, "{name} by {typed}");
    }
}
