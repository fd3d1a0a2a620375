//! A tax is that of its day, whenever it is computed; and where the numbers of documents begin.

use chrono::{Datelike, TimeDelta};
use linka::{
    model::{
        base::{calendar::to_local, money::Money},
        money::{
            purchases::PaymentMethod,
            series::TypedPattern,
            tax_documents::{DocumentContent, DocumentKind},
            vat::ComingRate,
        },
        people::members::StaffRole,
        problem::{FieldCode, Problem},
    },
    server::{
        auth::Manager,
        db::MIGRATIONS,
        service::money::{bank, series, vat},
    },
};
use sqlx::{PgPool, types::Json};

use crate::support::{Shop, TOTAL, World, typed_purchase};

async fn manager(world: &World) -> Manager {
    world.staff(StaffRole::Manager).await.manager().expect("a manager")
}

fn coming(vat_from: &str, percent: &str) -> ComingRate {
    ComingRate { vat_from: vat_from.into(), percent: percent.into() }
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_payment_is_taxed_at_the_rate_of_its_day_whatever_was_ordered_before(pool: PgPool) {
    let shop = Shop::new(pool).await;
    let (app, manager) = (&shop.world.app, manager(&shop.world).await);
    let number = shop.by_transfer().await;
    vat::save(app, &manager, &coming("2027-01-01", "23")).await.expect("a rate to come");
    let preview =
        vat::page(app, &manager, &coming("2027-06-01", "25")).await.expect("a page").preview.expect("a preview");
    assert_eq!((preview.before.to_string(), preview.after.to_string()), ("23".into(), "25".into()));
    let at_the_old_rate = shop.by_transfer().await;
    assert_eq!(shop.page(at_the_old_rate).await.purchase.total, TOTAL, "nothing has changed yet");

    app.clock.advance(TimeDelta::days(40));
    assert_eq!(to_local(app.clock.now()).year(), 2027);
    let stale = shop.purchase(shop.id(), &typed_purchase("1", PaymentMethod::Transfer, TOTAL)).await;
    assert_eq!(stale.err(), Some(Problem::TotalDiffers), "whoever was shown the old total is asked again");
    let new_total = Money::from_haler(774_900);
    shop.purchase(shop.id(), &typed_purchase("1", PaymentMethod::Transfer, new_total)).await.expect("at the new rate");

    // The money of what was ordered at 21 % comes in January: all of it is 7 623 Kč, of which 23 % are tax.
    let proforma = shop.page(number).await.documents[0].number.clone();
    let statement = format!("Datum;Objem;VS\r\n2.1.2027;7623,00;{proforma}\r\n");
    bank::import(app, &manager, "vypis.csv", statement.as_bytes(), bank::Said::default()).await.expect("an import");
    let issued = "select content from tax_document where kind = 'payment'";
    let Json(content): Json<DocumentContent> =
        sqlx::query_scalar(issued).fetch_one(app.db.pool()).await.expect("the document on the payment");
    assert_eq!(content.total(), TOTAL, "what was agreed is what is paid");
    assert_eq!((content.taxes[0].vat.to_string(), content.base()), ("23".into(), Money::from_haler(619_756)));
    assert_eq!(content.lines[0].price, content.base());
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn rates_that_hold_stay_and_those_to_come_can_be_taken_back(pool: PgPool) {
    let world = World::new(pool).await;
    let (app, manager) = (&world.app, manager(&world).await);
    let today = vat::save(app, &manager, &coming("2026-11-23", "23")).await;
    assert_eq!(today, Err(Problem::field("vat_from", FieldCode::OutOfRange)));
    for _ in 0..2 {
        vat::save(app, &manager, &coming("2027-01-01", "23")).await.expect("saved, once however often it is sent");
    }
    let rates = async || world.id("select count(*) from vat_rate").await;
    assert_eq!(rates().await, 2);
    for (day, left) in [("2013-01-01", 2), ("2027-01-01", 1)] {
        vat::remove(app, &manager, day.parse().expect("a day")).await.expect("taken back, or not");
        assert_eq!(rates().await, left, "{day}");
    }
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_series_begins_where_a_manager_says_until_its_first_number_is_taken(pool: PgPool) {
    let shop = Shop::new(pool).await;
    let (app, manager) = (&shop.world.app, manager(&shop.world).await);
    series::begin(app, &manager, "proforma:2026", "500").await.expect("it begins there");
    series::begin(app, &manager, "proforma:2026", "101").await.expect("it has not begun yet");
    let page = shop.page(shop.by_transfer().await).await;
    assert_eq!(page.documents[0].number, "2026100101");
    let begun = Err(Problem::field("first_number", FieldCode::AlreadyUsed));
    assert_eq!(series::begin(app, &manager, "proforma:2026", "900").await, begun);
    let page = shop.page(shop.by_transfer().await).await;
    assert_eq!(page.documents[0].number, "2026100102", "it goes on without a gap");
    let rows = series::page(app, &manager, &TypedPattern::default()).await.expect("a page").rows;
    let row = rows.iter().find(|row| row.kind == DocumentKind::Proforma && row.year == 2026).expect("a row");
    assert_eq!((row.number.as_str(), row.has_begun), ("2026100103", true));
    assert_eq!(rows.len(), 8, "four series, this year and the next");
}
