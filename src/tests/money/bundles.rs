//! The shop: what is on sale, at which price, and what it suggests.

use linka::{
    model::{
        base::money::Money,
        money::{bundles::Bundle, purchases::PaymentMethod},
        people::members::{Capabilities, Capability},
        problem::Problem,
    },
    server::{
        db::MIGRATIONS,
        service::{money::bundles, work::closing},
    },
};
use sqlx::PgPool;

use crate::support::{BUNDLE, Shop, Site, TOTAL, billing_viewer, typed_purchase};

#[sqlx::test(migrator = "MIGRATIONS")]
async fn the_shop_leads_everybody_on(pool: PgPool) {
    let shop = Shop::new(pool).await;
    let number = shop.by_transfer().await;
    let (site, world) = (Site::serve(shop.world.app.clone()).await, &shop.world);
    let visitor = site.get("/bundles", "").await.body;
    assert!(visitor.contains("/sign-in?next=%2Fbundles") && !visitor.contains("/bundles/3/purchase"), "{visitor}");
    let buyer = site.get("/bundles", &world.cookie(&shop.place.boss).await).await.body;
    assert!(buyer.contains("/bundles/3/purchase") && buyer.contains(&number.to_string()), "{buyer}");
    let orderer = world.member(shop.place.customer, Capabilities::NONE.with(Capability::Order)).await;
    let orderer = site.get("/bundles", &world.cookie(&orderer).await).await.body;
    assert!(orderer.contains("Jana Nováková") && !orderer.contains("/bundles/3/purchase"), "{orderer}");
    assert!(!orderer.contains(&number.to_string()), "purchases are for those who see the account");
    for terms in ["Bez balíčku", "bundle-saving", "místo 30"] {
        assert!(!orderer.replace('\u{a0}', " ").contains(terms), "nobody says what the own organisation pays: {terms}");
    }
    assert!(visitor.contains("Bez balíčku"), "{visitor}");
    let stranger = world.place("Jiná").await;
    let stranger = site.get("/bundles", &world.cookie(&stranger.boss).await).await.body;
    assert!(!stranger.contains(&number.to_string()), "{stranger}");
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn the_shop_advises_by_the_own_pace(pool: PgPool) {
    let shop = Shop::new(pool).await;
    let advised = async || {
        let page =
            bundles::shop(&shop.world.app, Some(&billing_viewer(&shop.place.boss)), None).await.expect("the shop");
        let advice = page.account.expect("an account").advice;
        advice.map(|advice| advice.bundle().map(|bundle| bundle.minutes))
    };
    assert_eq!(advised().await, None, "nothing was used");
    shop.world.bundle(shop.place.customer, 100, "2027-11-01T00:00:00+01:00").await;
    for work in shop.world.work_under_way(&shop.place, 3, 50).await {
        let key = shop.world.app.random.uuid();
        closing::close(&shop.world.app, &work.technician, work.number, "Hotovo.", Some(true), key)
            .await
            .expect("closed");
    }
    assert_eq!(advised().await, Some(Some(600)), "150 minutes in a month are 600 in no year and a half");
    let visitor = bundles::shop(&shop.world.app, None, None).await.expect("the shop");
    assert_eq!(visitor.account, None);
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn the_price_is_the_catalogues_and_another_one_is_asked_about_again(pool: PgPool) {
    let shop = Shop::new(pool).await;
    let id = shop.id();
    shop.world.sql("update bundle set price = 640000 where id = 3").await;
    let cheaper = typed_purchase("1", PaymentMethod::Transfer, Money::from_haler(1));
    for refused in [
        typed_purchase("1", PaymentMethod::Transfer, TOTAL),
        cheaper,
        typed_purchase("2", PaymentMethod::Transfer, TOTAL),
    ] {
        assert_eq!(shop.purchase(id, &refused).await, Err(Problem::TotalDiffers));
    }
    let now = Money::from_haler(774_400);
    let placed = shop
        .purchase(id, &typed_purchase("1", PaymentMethod::Transfer, now))
        .await
        .expect("the same form, looked at again");
    shop.world.sql("update bundle set price = 1 where id = 3").await;
    let page = shop.page(placed.number).await;
    assert_eq!(page.purchase.total, now, "what was ordered stays as it was ordered");
    assert_eq!(page.payment.expect("how to pay").amount, now);
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn what_is_not_on_sale_cannot_be_ordered(pool: PgPool) {
    let shop = Shop::new(pool).await;
    let purchase = typed_purchase("1", PaymentMethod::Transfer, TOTAL);
    shop.world.sql("update bundle set on_sale = daterange('2026-12-01', null) where id = 3").await;
    assert_eq!(shop.purchase(shop.id(), &purchase).await, Err(Problem::NotFound));
    shop.world.sql("update bundle set on_sale = daterange('2026-01-01', '2026-11-23') where id = 3").await;
    assert_eq!(shop.purchase(shop.id(), &purchase).await, Err(Problem::NotFound), "its last day was yesterday");
    let offered = bundles::shop(&shop.world.app, None, None).await.expect("the shop").bundles;
    assert!(offered.iter().all(|(Bundle { id, .. }, _)| *id != BUNDLE));
    shop.world.sql("update bundle set on_sale = daterange('2026-01-01', '2026-11-24') where id = 3").await;
    let id = shop.id();
    let kept = shop.purchase(id, &purchase).await.expect("today is its last day");
    shop.world.sql("update bundle set on_sale = daterange('2026-12-01', null) where id = 3").await;
    assert_eq!(shop.purchase(id, &purchase).await, Ok(kept), "what stands is found though it is sold no more");
}
