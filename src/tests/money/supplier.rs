//! Who sells: nothing is sold and no document issued before a manager has confirmed it.

use linka::{
    model::{
        base::seen::Seen,
        money::{purchases::PaymentMethod, supplier::SupplierForm},
        people::{customers::Address, members::StaffRole},
        problem::{FieldCode, Problem},
    },
    server::{
        auth::Manager,
        db::MIGRATIONS,
        service::money::{bundles, purchases, supplier},
    },
};
use sqlx::{AssertSqlSafe, PgPool};

use crate::support::{BUNDLE, Shop, Site, TOTAL, World, typed_purchase};

fn vendor() -> SupplierForm {
    SupplierForm {
        name: "Knihovní programy s.r.o.".into(),
        ico: "27074358".into(),
        address: Address {
            street: "Dlouhá 1".into(),
            city: "Brno".into(),
            postal_code: "60200".into(),
            dic: "CZ27074358".into(),
        },
        register: "Krajský soud v Brně, oddíl C, vložka 1".into(),
        email: "doklady@knihovny.cz".into(),
        account: "86-199488014/0300".into(),
        ..SupplierForm::default()
    }
}

async fn manager(world: &World) -> Manager {
    world.staff(StaffRole::Manager).await.manager().expect("a manager")
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn nothing_is_sold_before_a_manager_has_confirmed_who_sells(pool: PgPool) {
    let shop = Shop::new(pool).await;
    let (app, manager) = (&shop.world.app, manager(&shop.world).await);
    shop.world.sql("truncate supplier").await;
    let refused = async || {
        for method in [PaymentMethod::Transfer, PaymentMethod::Card] {
            let bought = shop.purchase(shop.id(), &typed_purchase("1", method, TOTAL)).await;
            assert_eq!(bought.err(), Some(Problem::BuyingNotYet));
        }
        assert_eq!(purchases::form(app, &shop.buyer, BUNDLE, 1).await.err(), Some(Problem::BuyingNotYet));
        assert!(!bundles::shop(app, None, None).await.expect("a shop").is_open);
        for table in ["purchase", "tax_document", "document_series", "purchase_number"] {
            assert_eq!(shop.count(table).await, 0, "{table}");
        }
    };
    refused().await;
    // Nor past the services: the database refuses the document, and its number with it.
    let customer = shop.place.customer;
    let issue = format!(
        "select issue_tax_document({customer}, 'invoice', 2026, now(), '2026-11-23', '2026-12-07', null, null, 100, 21, 121,
                                   '{{\"customer\":{{\"name\":\"Škola\",\"street\":\"Školní 1\",\"city\":\"Plzeň\"}}}}', 'x')"
    );
    let past_the_services = sqlx::query(AssertSqlSafe(issue)).execute(app.db.pool()).await;
    assert!(past_the_services.is_err_and(|error| error.to_string().contains("who sells")));
    let site = Site::serve(app.clone()).await;
    let member = shop.world.cookie(&shop.place.boss).await;
    for path in ["/bundles", "/bundles/3/purchase"] {
        let page = site.get(path, &member).await.body;
        assert!(page.contains("Nakupovat zatím nejde") && page.contains("377"), "{path} says so, and whom to call");
    }

    supplier::save(app, &manager, &vendor(), &Seen::default()).await.expect("written");
    refused().await;
    supplier::save(app, &manager, &SupplierForm { confirmed: true, ..vendor() }, &Seen::default())
        .await
        .expect("confirmed");
    let payment = shop.page(shop.by_transfer().await).await.payment.expect("how to pay");
    assert_eq!(
        (payment.recipient.as_str(), payment.account.as_str()),
        ("Knihovní programy s.r.o.", "86-199488014/0300")
    );
    assert!(payment.spayd.contains(&payment.iban));
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn what_is_confirmed_is_changed_knowingly_and_never_unconfirmed(pool: PgPool) {
    let shop = Shop::new(pool).await;
    let (app, manager) = (&shop.world.app, manager(&shop.world).await);
    let number = shop.by_transfer().await;
    let before = shop.page(number).await.payment;
    let refused = supplier::save(app, &manager, &vendor(), &Seen::default()).await;
    assert_eq!(refused, Err(Problem::field("company_confirmed", FieldCode::NotConfirmed)));
    supplier::save(app, &manager, &SupplierForm { confirmed: true, ..vendor() }, &Seen::default())
        .await
        .expect("changed");
    assert_eq!(shop.page(number).await.payment, before, "what was issued stays as it is");
    let after = shop.page(shop.by_transfer().await).await.payment.expect("how to pay");
    assert_eq!(after.account, "86-199488014/0300");
    for statement in ["update supplier set confirmed_at = null", "delete from supplier"] {
        let error = sqlx::query(statement).execute(app.db.pool()).await.expect_err(statement).to_string();
        assert!(error.contains("a confirmed supplier stays one"), "{error}");
    }
}

#[sqlx::test(migrations = false)]
async fn who_has_sold_goes_on_and_who_begins_has_nothing_made_up(pool: PgPool) {
    const BEFORE: i64 = 29;
    const SOLD: &str = "
        insert into customer (name, ico, created_at) values ('Škola', '12345679', now());
        insert into document_series (kind, year, last) values ('proforma', 2026, 1);
        insert into tax_document (customer_id, kind, year, serial, number, issued_at, due_on, base, tax, total, content, key)
        select id, 'proforma', 2026, 1, '2026100001', now(), current_date, 100, 21, 121, '{}', 'x' from customer";
    for (before, suppliers, confirmed, regions) in [
        ("select", 0, 0, 0),
        (SOLD, 1, 1, 3),
        ("insert into installation (kind) values ('demo')", 1, 1, 3),
        ("insert into installation (kind) values ('production')", 0, 0, 3),
        ("update supplier set name = 'Náš s.r.o.', ico = '27074358'", 1, 0, 0),
    ] {
        sqlx::raw_sql("drop schema public cascade; create schema public").execute(&pool).await.expect("empty");
        MIGRATIONS.run_to(BEFORE, &pool).await.expect("the schema of before");
        sqlx::raw_sql(before).execute(&pool).await.expect(before);
        MIGRATIONS.run(&pool).await.expect("the schema of today");
        let counts: (i64, i64, i64) = sqlx::query_as(
            "select (select count(*) from supplier), (select count(*) from supplier where confirmed_at is not null),
                    (select count(*) from line_region)",
        )
        .fetch_one(&pool)
        .await
        .expect("counts");
        assert_eq!(counts, (suppliers, confirmed, regions), "{before}");
    }
}
