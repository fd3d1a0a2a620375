//! Numbers by the vendor's own pattern: from a day on, without a gap, each once, and payments find them.

use chrono::TimeDelta;
use linka::{
    model::{
        money::{
            series::{NumberPattern, TypedPattern},
            tax_documents::DocumentKind,
        },
        people::members::StaffRole,
        problem::{FieldCode, Problem},
    },
    server::{
        db::MIGRATIONS,
        service::money::{bank, series},
    },
};
use proptest::{prelude::*, strategy::ValueTree, test_runner::TestRunner};
use sqlx::PgPool;

use crate::support::{Shop, documents::issue};

fn typed(kind: &str, pattern: &str, from: &str) -> TypedPattern {
    TypedPattern { series_kind: kind.into(), pattern: pattern.into(), pattern_from: from.into() }
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn documents_are_numbered_by_the_pattern_of_their_day_and_found_by_their_payments(pool: PgPool) {
    let shop = Shop::new(pool).await;
    let (app, customer) = (&shop.world.app, shop.place.customer);
    let manager = shop.world.staff(StaffRole::Manager).await.manager().expect("a manager");
    let invoice =
        async |key: &str| issue(app, customer, DocumentKind::Invoice, key, 100_000).await.expect("issued").number;
    assert_eq!(invoice("before").await, "2026300001");
    let set = async |typed: &TypedPattern| series::set_pattern(app, &manager, typed).await;
    let meets = Problem::field("pattern", FieldCode::AlreadyUsed);
    assert_eq!(set(&typed("invoice", "{YYYY}1{NNNNN}", "2026-11-23")).await, Err(meets));
    let past = Problem::field("pattern_from", FieldCode::OutOfRange);
    assert_eq!(set(&typed("invoice", "FV-{YY}-{N}", "2026-11-22")).await, Err(past), "what holds stays as it is");
    let own = typed("invoice", "FV-{YY}-{N}", "2026-11-24");
    for _ in 0..2 {
        assert_eq!(set(&own).await, Ok(()));
    }
    let page = series::page(app, &manager, &own).await.expect("a page");
    assert_eq!(page.tried.map(|tried| tried.numbers), Some(["FV-26-2", "FV-27-1", "FV-26-100000"].map(str::to_owned)));
    assert_eq!(invoice("the same day").await, "2026300002", "its day has not come");

    app.clock.advance(TimeDelta::days(1));
    assert_eq!(invoice("own").await, "FV-26-3", "serials go on");
    let asked = "select total from tax_document where number = 'FV-26-3'";
    let total = shop.world.id(asked).await;
    let file = format!("Datum;Objem;Měna;VS\n24.11.2026;{};CZK;263\n", total / 100);
    bank::import(app, &manager, "v.csv", file.as_bytes(), bank::Said::default()).await.expect("an import");
    assert_eq!(shop.world.id("select left_to_pay(id) from tax_document where number = 'FV-26-3'").await, 0);
    series::remove_pattern(app, &manager, DocumentKind::Invoice, own.pattern_from.parse().expect("a day"))
        .await
        .expect("nothing");
    assert_eq!(series::page(app, &manager, &own).await.expect("a page").patterns.len(), 1, "it holds");

    app.clock.advance(TimeDelta::days(60));
    assert_eq!(invoice("next year").await, "FV-27-1");
    // Whoever has gone on from another program may have used a number, and its symbol: nobody gets them twice.
    shop.world.sql("update document_series set last = 99999 where kind = 'invoice' and year = 2027").await;
    assert_eq!(invoice("many").await, "FV-27-100000");
    let symbols = "select count(*) from (select symbol from tax_document group by symbol having count(*) > 1) twice";
    assert_eq!(shop.world.id(symbols).await, 0);
    for (pattern, year, serial) in [("{YYYY}{NNNNN}", 2026, 100_000), ("{NN}-{YY}A", 2031, 7), ("X{YY}{NNN}", 2009, 45)]
    {
        let made: String = sqlx::query_scalar("select number_by_pattern($1, $2, $3)")
            .bind(pattern)
            .bind(year)
            .bind(serial)
            .fetch_one(app.db.pool())
            .await
            .expect("a number");
        let parsed: NumberPattern = pattern.parse().expect("a pattern");
        assert_eq!(made, parsed.number(year, u32::try_from(serial).expect("small")), "{pattern}");
    }
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn the_database_and_the_model_agree_on_what_a_pattern_is(pool: PgPool) {
    // What patterns are made of, and what nearly is.
    let part = prop_oneof![
        4 => Just("{YYYY}".to_owned()),
        4 => Just("{YY}".to_owned()),
        6 => (1_usize..9).prop_map(|digits| format!("{{{}}}", "N".repeat(digits))),
        6 => "[A-Za-z0-9-]{0,5}",
        1 => prop::sample::select(vec!["{", "}", "{}", "{M}", "/", " ", "č", "{YYY}", "\n", "{NY}"]).prop_map(str::to_owned),
    ];
    let pattern = prop::collection::vec(part, 1..5).prop_map(|parts| parts.concat());
    let mut runner = TestRunner::deterministic();
    let tried: Vec<String> = (0..4_000).map(|_| pattern.new_tree(&mut runner).expect("a pattern").current()).collect();
    let of_the_database: Vec<bool> = sqlx::query_scalar(
        "select is_number_pattern(p) from unnest($1::text[]) with ordinality t (p, place) order by place",
    )
    .bind(&tried)
    .fetch_all(&pool)
    .await
    .expect("answers");
    let of_the_model: Vec<bool> = tried.iter().map(|text| text.parse::<NumberPattern>().is_ok()).collect();
    let differ: Vec<_> = tried
        .iter()
        .zip(of_the_database.iter().zip(&of_the_model))
        .filter(|(_, (database, model))| database != model)
        .collect();
    assert!(differ.is_empty(), "pattern, database, model: {differ:?}");
    let good = of_the_model.iter().filter(|good| **good).count();
    assert!((100..3_800).contains(&good), "{good} of them are patterns");
    let cut =
        sqlx::query("insert into series_pattern values ('invoice', '2027-01-01', '{NNNN}-{YYYY}12')").execute(&pool);
    let refused = cut.await.expect_err("of ten digits the serial has four");
    let broken = refused.as_database_error().and_then(|error| error.constraint());
    assert_eq!(broken, Some("serial_of_a_pattern_has_room"));
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_series_goes_on_beyond_numbers_from_before_and_says_when_it_finds_no_end_of_them(pool: PgPool) {
    let shop = Shop::new(pool).await;
    let (app, customer) = (&shop.world.app, shop.place.customer);
    let before = async |serials: &str| {
        let sql = format!(
            "insert into earlier_invoice (customer_id, number, variable_symbol, issued_on, due_on, total, paid_before, created_at)
             select {customer}, '20263' || lpad(s::text, 5, '0'), '1', '2026-01-02', '2026-01-16', 100, 100, now()
             from generate_series({serials}) s"
        );
        shop.world.sql(&sql).await;
    };
    // What is kept of each of so many in the audit is another matter.
    shop.world.sql("alter table earlier_invoice disable trigger zz_audit").await;
    before("1, 3").await;
    let first = issue(app, customer, DocumentKind::Invoice, "one", 100_000).await.expect("issued");
    assert_eq!(first.number, "2026300004");
    before("5, 10006").await;
    let mut tx = app.db.system().await.expect("a transaction");
    let issued = sqlx::query(
        "select id from issue_tax_document($1, 'invoice', 2026, now(), '2026-11-23', '2026-11-30', null, null, 100, 21, 121, '{}', 'two')",
    )
    .bind(customer.0)
    .fetch_all(&mut *tx);
    let refused = issued.await.expect_err("ten thousand are taken");
    let refused = refused.as_database_error().expect("of the database");
    assert_eq!(refused.constraint(), Some("series_has_a_free_number"));
    assert!(refused.message().contains("from the serial 5 to 10005"), "{refused}");
    drop(tx);
    assert_eq!(
        shop.world.id("select last::bigint from document_series where kind = 'invoice'").await,
        4,
        "nothing is taken"
    );
}
