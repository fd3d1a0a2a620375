//! The screen of the times: what it shows of how many, and what of a colleague.

use linka::{model::base::terms::Urgency, server::db::MIGRATIONS};
use sqlx::PgPool;

use crate::support::{Site, World};

/// As people read it.
fn plain(body: &str) -> String {
    body.replace('\u{a0}', " ")
}

/// As the design budgets it (design, Budgets).
const MOST_BYTES: usize = 40_000;

#[sqlx::test(migrator = "MIGRATIONS")]
async fn fifty_technicians_offer_no_more_than_a_page_can_carry(pool: PgPool) {
    let world = World::new(pool).await;
    world.technicians(50, "07:00", "15:30").await;
    let place = world.place("Škola").await;
    let orderer = place.boss.may_order().expect("an orderer");
    let order = world.order(&orderer, Urgency::Normal).await;
    assert!(world.starts(&orderer, order).await.len() > 300, "there is much to choose from");
    let (site, cookie) = (Site::serve(world.app.clone()).await, world.cookie(&place.boss).await);
    let page = format!("/order/{order}/time");
    let shown = site.get(&page, &cookie).await;
    assert_eq!(shown.status, 200);
    assert!(shown.body.len() <= MOST_BYTES, "{} bytes", shown.body.len());
    assert!(plain(&shown.body).contains("čtvrtek 26. listopadu"), "{}", shown.body);
    let other = site.get(&format!("{page}?day=2026-11-27"), &cookie).await;
    assert!(other.body.contains("value=\"2026-11-27T08:00:00Z\""), "{}", other.body);
    assert!(other.body.contains("estimate-bar"), "what it costs is in sight: {}", other.body);
    // What is no day on offer is the first one.
    for day in ["2020-01-01", "x", ""] {
        let first = site.get(&format!("{page}?day={day}"), &cookie).await;
        assert!(first.status == 200 && plain(&first.body).contains("čtvrtek 26. listopadu"), "{day}: {}", first.body);
    }
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_time_at_which_a_colleague_sits_there_is_not_the_nearest(pool: PgPool) {
    let world = World::new(pool).await;
    world.technicians(3, "07:00", "15:30").await;
    let place = world.place("Škola").await;
    let orderer = place.boss.may_order().expect("an orderer");
    let first = world.order(&orderer, Urgency::Normal).await;
    let start = world.starts(&orderer, first).await[0];
    world.book(&orderer, first, start).await.expect("a booking");
    let order = world.order(&orderer, Urgency::Normal).await;
    assert!(world.starts(&orderer, order).await.contains(&start), "it is on offer all the same");
    let (site, cookie) = (Site::serve(world.app.clone()).await, world.cookie(&place.boss).await);
    let body = site.get(&format!("/order/{order}/time"), &cookie).await.body;
    let quick = body.split("slot-first").nth(1).and_then(|rest| rest.split("</div>").next()).expect("the nearest");
    assert!(!quick.contains(&start.format("%Y-%m-%dT%H:%M:%SZ").to_string()), "{quick}");
    assert!(body.contains("slot-beside"), "{body}");
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn the_day_that_is_looked_at_says_what_pays_then(pool: PgPool) {
    let world = World::new(pool).await;
    world.technicians(3, "07:00", "15:30").await;
    let place = world.place("Škola").await;
    world.bundle(place.customer, 300, "2026-11-27T00:00:00+01:00").await;
    let orderer = place.boss.may_order().expect("an orderer");
    let order = world.order(&orderer, Urgency::Normal).await;
    let (site, cookie) = (Site::serve(world.app.clone()).await, world.cookie(&place.boss).await);
    for (day, is_paid_by_bundle) in [("", true), ("2026-11-26", true), ("2026-11-30", false), ("2020-01-01", true)] {
        let body = site.get(&format!("/order/{order}/time?day={day}"), &cookie).await.body;
        let bar = body.split("estimate-bar").nth(1).and_then(|rest| rest.split("</p>").next()).expect("an estimate");
        assert_eq!(bar.contains("balíč"), is_paid_by_bundle, "{day}: {bar}");
    }
}
