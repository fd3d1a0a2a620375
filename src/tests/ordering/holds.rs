//! Holds: a slot kept for one order while it is finished.

use chrono::TimeDelta;
use linka::{
    model::{
        base::{ids::RequestId, terms::Urgency},
        line::limits::{Limit, LimitReached},
        ordering::drafts::DraftStep,
        problem::{MovedOn, Problem},
    },
    server::{
        auth::Orderer,
        clock::Clock,
        db::MIGRATIONS,
        service::ordering::{drafts, requests},
    },
};
use sqlx::PgPool;

use crate::support::World;

/// One technician, two customers with an order each.
async fn world(pool: PgPool) -> World {
    let world = World::new(pool).await;
    world.without_reserve().await;
    world.technicians(1, "07:00", "15:30").await;
    world
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_held_slot_is_seen_by_its_owner_and_by_nobody_else(pool: PgPool) {
    let world = world(pool).await;
    let (a, b) = (world.place("A").await, world.place("B").await);
    let (a, b) = (a.boss.may_order().expect("an orderer"), b.boss.may_order().expect("an orderer"));
    let (order_a, order_b) = (world.order(&a, Urgency::Normal).await, world.order(&b, Urgency::Normal).await);
    let start = world.starts(&a, order_a).await[0];

    world.pick(&a, order_a, start).await.expect("a hold");

    assert!(world.starts(&a, order_a).await.contains(&start));
    assert!(!world.starts(&b, order_b).await.contains(&start));
    assert_eq!(world.pick(&b, order_b, start).await, Err(Problem::SlotTaken));
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_hold_is_free_for_others_at_the_instant_it_expires_with_no_sweeper(pool: PgPool) {
    let world = world(pool).await;
    let (a, b) = (world.place("A").await, world.place("B").await);
    let (a, b) = (a.boss.may_order().expect("an orderer"), b.boss.may_order().expect("an orderer"));
    let (order_a, order_b) = (world.order(&a, Urgency::Normal).await, world.order(&b, Urgency::Normal).await);
    let start = world.starts(&a, order_a).await[3];
    world.pick(&a, order_a, start).await.expect("a hold");

    world.app.clock.advance(TimeDelta::minutes(10) - TimeDelta::microseconds(1));
    assert_eq!(world.pick(&b, order_b, start).await, Err(Problem::SlotTaken));
    world.app.clock.advance(TimeDelta::microseconds(1));

    assert!(world.starts(&b, order_b).await.contains(&start));
    world.pick(&b, order_b, start).await.expect("the expired hold is in nobody's way");
    assert_eq!(drafts::confirm(&world.app, &a, order_a, "").await, Err(Problem::HoldExpired));
    drafts::confirm(&world.app, &b, order_b, "").await.expect("the new holder confirms");
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn another_pick_replaces_the_hold_even_where_the_two_overlap(pool: PgPool) {
    let world = world(pool).await;
    let place = world.place("A").await;
    let orderer = place.boss.may_order().expect("an orderer");
    let order = world.order(&orderer, Urgency::Normal).await;
    let starts = world.starts(&orderer, order).await;
    let (first, overlapping, later) = (starts[0], starts[1], starts[6]);
    assert_eq!(overlapping - first, TimeDelta::minutes(15));

    for start in [first, overlapping, later, first] {
        let held = world.pick(&orderer, order, start).await.expect("a hold");
        assert_eq!(held.slot.start, start);
        assert_eq!(world.count("held").await, 1, "an earlier hold is gone");
    }
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_pick_that_fails_leaves_the_earlier_hold_standing(pool: PgPool) {
    let world = world(pool).await;
    let (a, b) = (world.place("A").await, world.place("B").await);
    let (a, b) = (a.boss.may_order().expect("an orderer"), b.boss.may_order().expect("an orderer"));
    let (order_a, order_b) = (world.order(&a, Urgency::Normal).await, world.order(&b, Urgency::Normal).await);
    let starts = world.starts(&a, order_a).await;
    let (mine, overlapping_both, theirs) = (starts[0], starts[2], starts[4]);
    world.pick(&a, order_a, mine).await.expect("a hold");
    world.pick(&b, order_b, theirs).await.expect("a hold");

    // Past the offers, which would refuse it first: straight into the database's function.
    let mut tx = world.app.db.member(a.customer()).await.expect("a transaction");
    let technicians: Vec<i64> = sqlx::query_scalar("select distinct technician_id from working_plan")
        .fetch_all(&mut *tx)
        .await
        .expect("a technician");
    let taken: Option<i64> = sqlx::query_scalar(
        "select take_slot($1, $2, $3, tstzrange($4, $4 + interval '1 hour'), 'normal', $1 + interval '10 minutes')",
    )
    .bind(world.app.clock.now())
    .bind(order_a.0)
    .bind(&technicians)
    .bind(overlapping_both)
    .fetch_one(&mut *tx)
    .await
    .expect("an answer");
    tx.commit().await.expect("a commit");

    assert_eq!(taken, None);
    let confirmed = drafts::summary(&world.app, &a, order_a).await.expect("the earlier hold stands");
    assert_eq!(confirmed.time.expect("a held time").slot.start, mine);
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn picking_the_same_slot_again_does_not_prolong_the_hold(pool: PgPool) {
    let world = world(pool).await;
    let place = world.place("A").await;
    let orderer = place.boss.may_order().expect("an orderer");
    let order = world.order(&orderer, Urgency::Normal).await;
    let start = world.starts(&orderer, order).await[0];
    let first = world.pick(&orderer, order, start).await.expect("a hold");
    world.app.clock.advance(TimeDelta::minutes(4));
    assert_eq!(world.pick(&orderer, order, start).await, Ok(first));
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn when_expiry_races_with_confirm_exactly_one_of_the_two_has_the_slot(pool: PgPool) {
    let world = world(pool).await;
    let (a, b) = (world.place("A").await, world.place("B").await);
    let (a, b) = (a.boss.may_order().expect("an orderer"), b.boss.may_order().expect("an orderer"));
    let (mut confirmed, mut retaken) = (0, 0);
    for round in 0..40 {
        let (order_a, order_b) = (world.order(&a, Urgency::Normal).await, world.order(&b, Urgency::Normal).await);
        // Late enough to be on offer for the server whose clock is ahead, too.
        let start = world.starts(&a, order_a).await[3];
        let held = world.pick(&a, order_a, start).await.expect("a hold");
        // Two servers whose clocks straddle the expiry: for one the hold is alive, for the other it is over.
        let before = world.with_clock(Clock::manual(held.expires_at - TimeDelta::milliseconds(1)));
        let after = world.with_clock(Clock::manual(held.expires_at + TimeDelta::milliseconds(1)));
        let (confirm, pick) = tokio::join!(
            drafts::confirm(&before, &a, order_a, ""),
            drafts::pick_slot(&after, &b, order_b, Some(start)),
        );
        match (confirm, pick) {
            (Ok(_), Err(Problem::SlotTaken)) => confirmed += 1,
            (Err(Problem::HoldExpired), Ok(_)) => retaken += 1,
            other => panic!("round {round}: {other:?}"),
        }
        assert_eq!(world.overlaps().await, 0);
        world.sql("delete from appointment").await;
    }
    println!("confirmed first {confirmed} times, retaken first {retaken} times");
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_member_holds_three_slots_at_most_however_many_orders_are_begun_at_once(pool: PgPool) {
    let world = World::new(pool).await;
    world.technicians(5, "07:00", "15:30").await;
    let place = world.place("A").await;
    let orderer = place.boss.may_order().expect("an orderer");
    let mut picks = tokio::task::JoinSet::new();
    let world = std::sync::Arc::new(world);
    for _ in 0..8 {
        let order = world.order(&orderer, Urgency::Normal).await;
        let start = world.starts(&orderer, order).await[0];
        let (world, orderer) = (world.clone(), orderer.clone());
        picks.spawn(async move { world.pick(&orderer, order, start).await.map(drop) });
    }
    let mut refused = 0;
    while let Some(pick) = picks.join_next().await {
        match pick.expect("no panic") {
            Ok(()) => {}
            Err(Problem::Limit(reached)) => {
                assert_eq!(reached, LimitReached { limit: Limit::Holds, most: 3, retry_after_s: None });
                refused += 1;
            }
            Err(problem) => panic!("{problem:?}"),
        }
    }
    assert_eq!((refused, world.count("held").await), (5, 3));
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_page_that_slept_is_told_what_is_left_of_the_hold(pool: PgPool) {
    let world = world(pool).await;
    let place = world.place("A").await;
    let orderer = place.boss.may_order().expect("an orderer");
    let order = world.order(&orderer, Urgency::Normal).await;
    let left = async || drafts::hold_left(&world.app, &orderer, order).await;
    assert_eq!(left().await, Ok(None), "nothing is held yet");
    let start = world.starts(&orderer, order).await[0];
    world.pick(&orderer, order, start).await.expect("a hold");
    assert_eq!(left().await, Ok(Some(600)));
    world.app.clock.advance(TimeDelta::seconds(599));
    assert_eq!(left().await, Ok(Some(1)));
    world.app.clock.advance(TimeDelta::seconds(1));
    assert_eq!(left().await, Ok(None));

    let start = world.starts(&orderer, order).await[0];
    world.pick(&orderer, order, start).await.expect("a hold");
    drafts::confirm(&world.app, &orderer, order, "").await.expect("a request");
    assert_eq!(left().await, Ok(None), "it was sent from another tab");
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_hold_that_ran_out_is_taken_again_by_sending_where_nobody_else_has_it(pool: PgPool) {
    let world = world(pool).await;
    let (a, b) = (world.place("A").await, world.place("B").await);
    let (a, b) = (a.boss.may_order().expect("an orderer"), b.boss.may_order().expect("an orderer"));
    let (order_a, order_b) = (world.order(&a, Urgency::Normal).await, world.order(&b, Urgency::Normal).await);
    let start = world.starts(&a, order_a).await[3];
    let send = async |order: RequestId, orderer: &Orderer| {
        let typed = drafts::LastLook { start: Some(start), ..Default::default() };
        drafts::confirm(&world.app, orderer, order, typed).await
    };
    world.pick(&a, order_a, start).await.expect("a hold");
    world.app.clock.advance(TimeDelta::minutes(30));
    let number = send(order_a, &a).await.expect("it was free still");
    assert_eq!(send(order_a, &a).await, Ok(number), "the same form again");
    let agreed = requests::page(&world.app, &a, number).await.expect("the request").summary.slot.expect("a time");
    assert_eq!(agreed.start, start);

    // Of one technician nobody gets the same time twice.
    assert_eq!(send(order_b, &b).await, Err(Problem::HoldExpired), "it is taken by now");
    let typed = drafts::LastLook { start: Some(start), shown: Some("20-60;;"), ..Default::default() };
    let sent = drafts::confirm(&world.app, &b, order_b, typed).await;
    assert_eq!(sent, Err(Problem::HoldExpired), "whatever it would have taken");
    assert_eq!(world.overlaps().await, 0);
    assert_eq!(world.count("held").await, 0);
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_time_that_was_picked_in_another_window_is_shown_before_it_is_agreed(pool: PgPool) {
    let world = world(pool).await;
    let place = world.place("A").await;
    let orderer = place.boss.may_order().expect("an orderer");
    let order = world.order(&orderer, Urgency::Normal).await;
    let starts = world.starts(&orderer, order).await;
    let (shown, picked) = (starts[0], starts[6]);
    world.pick(&orderer, order, shown).await.expect("a hold");
    world.pick(&orderer, order, picked).await.expect("another, in another window");
    let send = async |start| {
        let typed = drafts::LastLook { ceiling_minutes: "90", start: Some(start), ..Default::default() };
        drafts::confirm(&world.app, &orderer, order, typed).await
    };
    let last_look = Problem::MovedOn(MovedOn::Draft { id: order, step: DraftStep::Confirm });
    assert_eq!(send(shown).await, Err(last_look));
    assert_eq!((world.count("confirmed").await, world.count("held").await), (0, 1), "it is held still");
    let summary = drafts::summary(&world.app, &orderer, order).await.expect("the last look");
    assert_eq!(summary.draft.ceiling_minutes, Some(90), "what was typed is kept");
    let number = send(picked).await.expect("what was shown is agreed");
    let agreed = requests::page(&world.app, &orderer, number).await.expect("the request").summary.slot.expect("a time");
    assert_eq!(agreed.start, picked);
}
