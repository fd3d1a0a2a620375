//! Customers as managers keep them: address and trust.

use linka::{
    model::{
        people::{customers::Address, members::StaffRole},
        problem::{FieldCode, Problem},
    },
    server::{
        db::{self, MIGRATIONS},
        service::people::customers,
    },
};
use sqlx::PgPool;

use crate::support::{Shop, Site};

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_manager_keeps_the_address_and_the_trust_of_a_customer(pool: PgPool) {
    let shop = Shop::new(pool).await;
    let manager = shop.world.staff(StaffRole::Manager).await;
    let proof = manager.manager().expect("a manager");
    let customer = shop.place.customer;
    let address = Address {
        street: "Lipová 5".into(),
        city: "Plzeň".into(),
        postal_code: "30100".into(),
        dic: "cz00000001".into(),
    };
    customers::save_address(&shop.world.app, &proof, customer, &address).await.expect("saved");
    let wrong = Address { postal_code: "3".into(), ..address.clone() };
    assert_eq!(
        customers::save_address(&shop.world.app, &proof, customer, &wrong).await,
        Err(Problem::field("postal_code", FieldCode::Unknown))
    );
    let mut tx = shop.world.app.db.staff().await.expect("a transaction");
    let billing = db::people::customers::billing(&mut tx, customer).await.expect("a query").expect("a customer");
    assert_eq!((billing.address.postal_code.as_str(), billing.address.dic.as_str()), ("301 00", "CZ00000001"));
    drop(tx);

    let site = Site::serve(shop.world.app.clone()).await;
    let cookie = shop.world.cookie(&manager).await;
    let id = customer.to_string();
    let page = format!("/desk/customers/{id}");
    let trusted = site.post("/api/desk/set-trusted", &cookie, &page, &[("customer", &id), ("trusted", "true")]).await;
    assert_eq!((trusted.status, trusted.location.as_deref()), (303, Some(page.as_str())));
    assert_eq!(shop.count("customer where trusted").await, 1);
    let refused = site
        .post("/api/desk/save-address", &cookie, &page, &[("customer", &id), ("street", "Nová 1"), ("dic", "12")])
        .await;
    assert_eq!(refused.status, 422);
    assert!(refused.body.contains("Nová 1") && refused.body.contains("href=\"#dic\""), "{}", refused.body);
    let dispatcher = shop.world.staff(StaffRole::Dispatcher).await;
    let looked_at = site.get(&page, &shop.world.cookie(&dispatcher).await).await;
    assert!(looked_at.body.contains("Lipová 5") && !looked_at.body.contains("/api/desk/"), "{}", looked_at.body);
}
