//! What is promised holds: what is agreed is promised to nobody else, and every page says so alike.

use chrono::TimeDelta;
use linka::{
    model::{
        base::{numbers::RequestNumber, terms::Urgency},
        line::catalogue::MinuteRange,
        mails::MailContent,
        minutes::{estimate::Estimate, pools::PoolKind},
        money::advice::Advice,
    },
    server::{
        auth::Orderer,
        db::MIGRATIONS,
        service::{
            minutes::{contracts, usage},
            money::bundles,
            ordering::{drafts, requests},
            upkeep,
            work::{bench, clock, closing},
        },
    },
};
use sqlx::{PgPool, types::Json};

use crate::support::{Place, World, at};

/// A customer with 80 minutes of a contract in each quarter; work takes 20 to 45 of them.
async fn school(pool: PgPool) -> (World, Place) {
    let world = World::new(pool).await;
    world.technicians(2, "07:00", "15:30").await;
    world.without_reserve().await;
    let place = world.place("Škola").await;
    world.contract(place.customer, 80).await;
    upkeep::credit_periods(&world.app).await.expect("the quarter's minutes");
    (world, place)
}

/// Orders the first time that is offered, and tells what was said before confirming.
async fn order(world: &World, orderer: &Orderer) -> (RequestNumber, Estimate) {
    let id = world.order(orderer, Urgency::Normal).await;
    let start = world.starts(orderer, id).await[0];
    world.pick(orderer, id, start).await.expect("a hold");
    let said = drafts::summary(&world.app, orderer, id).await.expect("a summary").estimate;
    (drafts::confirm(&world.app, orderer, id, "").await.expect("a booking"), said)
}

fn range(from: u32, to: u32) -> MinuteRange {
    MinuteRange { from, to }
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn the_second_order_is_promised_what_the_first_leaves_free(pool: PgPool) {
    let (world, place) = school(pool).await;
    let orderer = place.boss.may_order().expect("an orderer");
    let (_, first) = order(&world, &orderer).await;
    assert_eq!(
        (first.draws[0].taken, first.draws[0].left, first.remainder),
        (range(20, 45), range(35, 60), range(0, 0))
    );
    let (second, estimate) = order(&world, &orderer).await;
    assert_eq!(estimate.draws[0].taken, range(20, 35), "45 of 80 are promised to the first");
    assert_eq!((estimate.draws[0].left, estimate.remainder), (range(0, 15), range(0, 10)));
    let page = requests::page(&world.app, &orderer, second).await.expect("the page");
    assert_eq!(page.estimate, Some(estimate), "frozen as it was said");
    let (_, third) = order(&world, &orderer).await;
    assert_eq!((third.draws, third.remainder), (Vec::new(), range(20, 45)));
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn usage_shop_bench_and_staff_say_the_same_free_minutes(pool: PgPool) {
    let (world, place) = school(pool).await;
    let orderer = place.boss.may_order().expect("an orderer");
    let (first, _) = order(&world, &orderer).await;
    let viewer = place.boss.may_see_billing().expect("billing");

    let page = usage::page(&world.app, &viewer).await.expect("usage");
    assert_eq!((page.free(), page.reserved(), page.reserved_over), (35, 45, 0));
    let shop = bundles::shop(&world.app, Some(&viewer), None).await.expect("the shop").account.expect("an account");
    assert_eq!((shop.free, shop.reserved), (35, 45));
    let desk = world.staff(linka::model::people::members::StaffRole::Manager).await.desk().expect("the desk");
    let staff = contracts::customer(&world.app, &desk, place.customer).await.expect("the customer");
    assert_eq!(staff.pools.iter().map(|pool| (pool.left, pool.reserved)).collect::<Vec<_>>(), [(80, 45)]);

    let listed = contracts::customers(&world.app, &desk, "", None).await.expect("the list").page.rows;
    assert_eq!(listed.iter().map(|customer| customer.free).collect::<Vec<_>>(), [35], "as the list of customers");

    let (second, _) = order(&world, &orderer).await;
    for number in [first, second] {
        let technician = world.technician_of(number).await;
        let bench = bench::page(&world.app, &technician, number).await.expect("the bench");
        let free: Vec<_> = bench.pools.iter().map(|pool| (pool.kind, pool.minutes_left)).collect();
        assert_eq!(
            (free, bench.reserved),
            (vec![(PoolKind::Contract, 35)], 45),
            "its own reservation is not another's"
        );
    }
    let page = usage::page(&world.app, &viewer).await.expect("usage");
    assert_eq!((page.free(), page.reserved(), page.reserved_over), (0, 80, 10));
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn an_estimate_is_of_the_time_of_the_slot(pool: PgPool) {
    let (world, place) = school(pool).await;
    let orderer = place.boss.may_order().expect("an orderer");
    // The last working days of the year: what is offered lies in the next quarter.
    world.app.clock.advance(at("2026-12-30T12:00:00+01:00") - at("2026-11-23T08:00:00+01:00"));
    let (_, first) = order(&world, &orderer).await;
    let last_day = |estimate: &Estimate| estimate.draws[0].pool.expires_on.map(|day| day.to_string());
    assert_eq!(last_day(&first).as_deref(), Some("2027-03-31"), "the minutes of January pay");
    assert_eq!(first.draws[0].left, range(35, 60));
    let viewer = place.boss.may_see_billing().expect("billing");
    let page = usage::page(&world.app, &viewer).await.expect("usage");
    assert_eq!((page.free(), page.reserved()), (80, 0), "what ends with the year is not needed for January");
    let (_, second) = order(&world, &orderer).await;
    assert_eq!(second.remainder, range(0, 10));
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn two_orders_at_once_are_not_promised_the_same_minutes(pool: PgPool) {
    let (world, place) = school(pool).await;
    let orderer = place.boss.may_order().expect("an orderer");
    let mut drafts_of = Vec::new();
    for _ in 0..2 {
        let id = world.order(&orderer, Urgency::Normal).await;
        let start = world.starts(&orderer, id).await[0];
        world.pick(&orderer, id, start).await.expect("a hold");
        drafts_of.push(id);
    }
    let confirm = |id| drafts::confirm(&world.app, &orderer, id, "");
    let (one, other) = tokio::join!(confirm(drafts_of[0]), confirm(drafts_of[1]));
    let mut remainders = Vec::new();
    for number in [one.expect("agreed"), other.expect("agreed")] {
        let page = requests::page(&world.app, &orderer, number).await.expect("the page");
        remainders.push(page.estimate.expect("an estimate").remainder.to);
    }
    remainders.sort_unstable();
    assert_eq!(remainders, [0, 10]);
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn an_alert_tells_what_of_the_rest_is_reserved(pool: PgPool) {
    let (world, place) = school(pool).await;
    let orderer = place.boss.may_order().expect("an orderer");
    let (first, _) = order(&world, &orderer).await;
    let (second, _) = order(&world, &orderer).await;
    let technician = world.technician_of(first).await;
    let colleague = world.technician_of(second).await;
    let start =
        requests::page(&world.app, &orderer, first).await.expect("the page").summary.slot.expect("a time").start;
    world.app.clock.advance(start - world.app.clock.now());
    let key = || world.app.random.uuid();
    let kind = Some(linka::model::work::segments::SegmentKind::Work);
    clock::start(&world.app, &technician, first, kind, key()).await.expect("started");
    let waiting = Some(linka::model::work::segments::SegmentKind::Waiting);
    clock::start(&world.app, &colleague, second, waiting, key()).await.expect("nobody is missing");
    world.app.clock.advance(TimeDelta::minutes(65));
    clock::pause(&world.app, &technician, first, None, &clock::TypedEnd::default()).await.expect("stopped");
    closing::close(&world.app, &technician, first, "Hotovo.", Some(true), key()).await.expect("closed");
    let content: Json<MailContent> = sqlx::query_scalar("select content from mail where content ->> 'mail' = 'alert'")
        .fetch_one(world.app.db.pool())
        .await
        .expect("an alert");
    let MailContent::Alert(alert) = content.0 else { panic!("{content:?}") };
    assert_eq!((alert.left, alert.reserved), (15, 15), "what is left is promised to the other");
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_customer_with_a_contract_is_advised_to_wait_for_the_next_period(pool: PgPool) {
    let (world, place) = school(pool).await;
    let viewer = place.boss.may_see_billing().expect("billing");
    let shop =
        async || bundles::shop(&world.app, Some(&viewer), None).await.expect("the shop").account.expect("an account");
    assert_eq!(shop().await.advice, None, "nothing was done yet, and nothing is agreed");
    order(&world, &place.boss.may_order().expect("an orderer")).await;
    let shop = shop().await;
    let Some(Advice::Wait { on, minutes, over, .. }) = shop.advice else { panic!("{:?}", shop.advice) };
    assert_eq!((on.to_string().as_str(), minutes, over), ("2027-01-01", 80, 0));
    assert!(shop.has_contract);
    let page = usage::page(&world.app, &viewer).await.expect("usage");
    assert_eq!(page.advice, shop.advice, "both pages say the same");
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_moved_appointment_is_promised_what_will_be_there_at_its_new_time(pool: PgPool) {
    let world = World::new(pool).await;
    world.technicians(2, "07:00", "15:30").await;
    let place = world.place("A").await;
    world.bundle(place.customer, 120, "2026-11-24T00:00:00+01:00").await;
    let orderer = place.boss.may_order().expect("an orderer");
    let order = world.order(&orderer, Urgency::Urgent).await;
    let starts = world.starts(&orderer, order).await;
    let later = *starts.iter().find(|start| **start >= at("2026-11-24T00:00:00+01:00")).expect("a later start");
    let number = world.book(&orderer, order, starts[0]).await.expect("agreed");
    let drawn = async || {
        let page = requests::page(&world.app, &orderer, number).await.expect("the page");
        page.estimate.expect("an estimate").draws.len()
    };
    assert_eq!(drawn().await, 1, "from the bundle, which expires at midnight");
    let key = world.app.random.uuid();
    requests::move_appointment(&world.app, &orderer, number, Some(later), key).await.expect("moved");
    assert_eq!(drawn().await, 0, "it is gone by then");
}
