//! Bundles from a day on: what was bought keeps its terms, and who was shown another price is asked again.

use chrono::{NaiveDate, TimeDelta};
use linka::{
    model::{
        base::{fields::FieldCode, ids::BundleId},
        money::price_list::TypedBundle,
        people::members::StaffRole,
        problem::Problem,
    },
    server::{
        auth::Manager,
        db::{MIGRATIONS, line::catalogue},
        service::money::price_list,
    },
};
use sqlx::PgPool;

use crate::support::World;

async fn manager(world: &World) -> Manager {
    world.staff(StaffRole::Manager).await.manager().expect("a manager")
}

fn typed(minutes: &str, price: &str, from: &str) -> TypedBundle {
    TypedBundle {
        minutes: minutes.into(),
        price: price.into(),
        validity_months: "12".into(),
        from: from.into(),
        ..TypedBundle::default()
    }
}

/// Minutes and crowns of what is sold on a day, in the order of the shop.
async fn sold(world: &World, on: &str) -> Vec<(u32, i64)> {
    let on: NaiveDate = on.parse().expect("a date");
    let mut tx = world.app.db.system().await.expect("a transaction");
    let bundles = catalogue::bundles(&mut tx, on).await.expect("bundles");
    bundles.into_iter().map(|bundle| (bundle.minutes, bundle.price.haler() / 100)).collect()
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn another_price_from_a_day_on_takes_the_bundles_place(pool: PgPool) {
    let world = World::new(pool).await;
    let (app, manager) = (&world.app, manager(&world).await);
    let today = [(60, 1_380), (120, 2_640), (300, 6_300), (600, 12_000)];
    let dearer = typed("120", "2 800", "2026-12-01");
    price_list::change(app, &manager, BundleId(2), &dearer).await.expect("planned");
    price_list::change(app, &manager, BundleId(2), &dearer).await.expect("the form that came twice");
    let other = typed("120", "2 900", "2026-12-01");
    assert_eq!(price_list::change(app, &manager, BundleId(2), &other).await, Err(Problem::Conflict), "it ends already");
    assert_eq!(sold(&world, "2026-11-30").await, today);
    assert_eq!(sold(&world, "2026-12-01").await, [(60, 1_380), (120, 2_800), (300, 6_300), (600, 12_000)]);

    price_list::move_up(app, &manager, BundleId(3)).await.expect("moved");
    assert_eq!(sold(&world, "2026-11-30").await, [(60, 1_380), (300, 6_300), (120, 2_640), (600, 12_000)]);
    assert_eq!(sold(&world, "2026-12-01").await[2], (120, 2_800), "what comes later moves along");
    price_list::move_up(app, &manager, BundleId(1)).await.expect("the first stays");
    price_list::retire(app, &manager, BundleId(4), "2026-12-24").await.expect("retired");
    price_list::retire(app, &manager, BundleId(4), "2026-12-24").await.expect("the form that came twice");
    assert_eq!(sold(&world, "2026-12-23").await.len(), 4);
    assert_eq!(sold(&world, "2026-12-24").await.len(), 3);
    let past = price_list::retire(app, &manager, BundleId(1), "2026-11-22").await;
    assert_eq!(past, Err(Problem::field("retired_from", FieldCode::OutOfRange)));
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_bundle_is_added_behind_the_others_and_retired_ones_stay_to_be_seen(pool: PgPool) {
    let world = World::new(pool).await;
    let (app, manager) = (&world.app, manager(&world).await);
    let small = typed("30", "750,50", "2026-11-23");
    price_list::add(app, &manager, &small).await.expect("added");
    price_list::add(app, &manager, &small).await.expect("the form that came twice");
    assert_eq!(sold(&world, "2026-11-23").await[4..], [(30, 750)]);
    price_list::retire(app, &manager, BundleId(1), "2026-11-24").await.expect("retired");
    app.clock.advance(TimeDelta::days(1));
    let page = price_list::page(app, &manager).await.expect("the page");
    assert_eq!((page.on_sale.len(), page.retired.len()), (4, 1));
    assert_eq!(page.retired[0].bundle.minutes, 60);
}
