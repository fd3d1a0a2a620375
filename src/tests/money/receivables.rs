//! What is owed past its due day, by customer and age.

use chrono::TimeDelta;
use linka::{
    model::{
        base::money::Money,
        money::{receivables::ReceivablesPage, tax_documents::DocumentKind},
        people::members::StaffRole,
    },
    server::{
        db::MIGRATIONS,
        service::money::{bank, purchases, receivables},
    },
};
use sqlx::PgPool;

use crate::support::{BUNDLE, Shop, documents::issue};

#[sqlx::test(migrator = "MIGRATIONS")]
async fn what_is_overdue_grows_older_until_it_is_paid_and_no_proforma_is_a_debt(pool: PgPool) {
    let shop = Shop::new(pool).await;
    let (world, app) = (&shop.world, &shop.world.app);
    let manager = world.staff(StaffRole::Manager).await.manager().expect("a manager");
    let page = async || receivables::page(app, &manager).await.expect("a page");
    // Both are due on the day on which they are issued.
    let invoice = issue(app, shop.place.customer, DocumentKind::Invoice, "one", 100_000).await.expect("an invoice");
    issue(app, shop.place.customer, DocumentKind::Proforma, "two", 500_000).await.expect("a proforma");
    let nobody = page().await;
    assert_eq!((nobody.rows.total, nobody.overdue()), (0, Money::ZERO), "it is due today");
    let total = invoice.content.total();
    let in_place = |place: usize| {
        let mut ages = [Money::ZERO; 4];
        ages[place] = total;
        ages
    };
    for (days, place) in [(1, 0), (13, 0), (1, 1), (15, 1), (1, 2), (29, 2), (1, 3)] {
        app.clock.advance(TimeDelta::days(days));
        let ReceivablesPage { rows, ages, owed } = page().await;
        assert_eq!((ages, owed, rows.total), (in_place(place), total, 1), "{days} days later");
        assert_eq!((rows.rows[0].ages, rows.rows[0].customer), (ages, shop.place.customer));
    }
    // What is not due yet is owed as well, but not overdue.
    let later = issue(app, shop.place.customer, DocumentKind::Invoice, "three", 10_000).await.expect("an invoice");
    let both = page().await;
    assert_eq!((both.overdue(), both.owed), (total, total + later.content.total()));
    let file = format!("Datum;Objem;Měna;VS\n23.1.2027;1210;CZK;{}\n", invoice.number);
    bank::import(app, &manager, "v.csv", file.as_bytes(), bank::Said::default()).await.expect("an import");
    let paid = page().await;
    assert_eq!((paid.rows.total, paid.owed), (0, Money::ZERO), "of those who are overdue");
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn the_credit_of_a_trusted_customer_is_frozen_while_an_invoice_is_overdue(pool: PgPool) {
    let shop = Shop::new(pool).await;
    let app = &shop.world.app;
    let manager = shop.world.staff(StaffRole::Manager).await.manager().expect("a manager");
    shop.trust().await;
    let form = async || purchases::form(app, &shop.buyer, BUNDLE, 1).await.expect("a form");
    let bought = async || shop.page(shop.by_transfer().await).await.purchase.at_once;
    let invoice = issue(app, shop.place.customer, DocumentKind::Invoice, "one", 100_000).await.expect("an invoice");
    let now = form().await;
    assert!(now.at_once && !now.is_frozen && bought().await, "it is due today");
    app.clock.advance(TimeDelta::days(1));
    let now = form().await;
    assert!(!now.at_once && now.is_frozen && !bought().await, "a proforma asks for the payment first");
    let file = format!("Datum;Objem;Měna;VS\n24.11.2026;1210;CZK;{}\n", invoice.number);
    bank::import(app, &manager, "v.csv", file.as_bytes(), bank::Said::default()).await.expect("an import");
    let now = form().await;
    assert!(now.at_once && !now.is_frozen && bought().await, "once it is paid");
}
