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
