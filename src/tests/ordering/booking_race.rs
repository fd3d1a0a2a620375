//! Races for places: the rule that a technician is never booked twice, tried with many at once.

use std::sync::{
    Arc,
    atomic::{AtomicBool, AtomicU64, Ordering},
};

use chrono::{DateTime, TimeDelta, Utc};
use linka::{
    model::{
        base::{ids::RequestId, terms::Urgency},
        problem::Problem,
    },
    server::{
        auth::Orderer,
        db::{MIGRATIONS, ordering::appointments},
        service::ordering::drafts,
    },
};
use sqlx::{PgPool, postgres::types::PgRange};
use tokio::task::JoinSet;

use crate::support::{Site, World, at, short_or_long};

/// `technicians` who work five hours on Wednesday, hence five places of an hour each, at whole hours.
async fn world(pool: PgPool, technicians: usize) -> World {
    let world = World::new(pool).await;
    world.without_reserve().await;
    world.technicians(technicians, "08:00", "13:00").await;
    world
}

/// The five starts between which the places are not cut up.
fn whole_hours() -> [DateTime<Utc>; 5] {
    let eight = at("2026-11-26T08:00:00+01:00");
    [0, 1, 2, 3, 4].map(|hours| eight + TimeDelta::hours(hours))
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn race_1000_bookings_on_100_places_fill_exactly_the_100(pool: PgPool) {
    let world = Arc::new(world(pool, 20).await);
    let mut orders_of = Vec::new();
    for number in 0..10 {
        let place = world.place(&format!("Customer {number}")).await;
        let orderer = place.boss.may_order().expect("an orderer");
        for order in many_orders(&world, &orderer, 100).await {
            orders_of.push((orderer.clone(), order));
        }
    }

    let mut race = JoinSet::new();
    for (number, (orderer, order)) in orders_of.into_iter().enumerate() {
        let world = world.clone();
        let start = whole_hours()[number % 5];
        race.spawn(async move {
            let outcome = world.book(&orderer, order, start).await;
            (outcome, orderer, order, start)
        });
    }
    let (mut booked, mut taken) = (0, Vec::new());
    while let Some(finished) = race.join_next().await {
        let (outcome, orderer, order, start) = finished.expect("no panic");
        match outcome {
            Ok(_) => booked += 1,
            Err(Problem::SlotTaken) => taken.push((orderer, order, start)),
            Err(problem) => panic!("neither booked nor taken: {problem:?}"),
        }
    }

    assert_eq!((booked, taken.len()), (100, 900));
    assert_eq!((world.count("confirmed").await, world.count("held").await), (100, 0));
    assert_eq!((world.overlaps().await, world.deadlocks().await), (0, 0));
    let (orderer, order, start) = taken.swap_remove(0);
    let offers = world.starts(&orderer, order).await;
    assert!(!offers.is_empty() && !offers.contains(&start), "the loser gets fresh offers");
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn race_200_sessions_on_20_places_through_http(pool: PgPool) {
    let world = world(pool, 4).await;
    let mut sessions = Vec::new();
    for number in 0..200 {
        let place = world.place(&format!("Customer {number}")).await;
        let order = world.order(&place.boss.may_order().expect("an orderer"), Urgency::Normal).await;
        sessions.push((world.cookie(&place.boss).await, order));
    }
    let site = Arc::new(Site::serve(world.app.clone()).await);

    let mut race = JoinSet::new();
    for (number, (cookie, order)) in sessions.into_iter().enumerate() {
        let site = site.clone();
        let start = whole_hours()[number % 5].to_rfc3339();
        race.spawn(async move {
            let id = order.to_string();
            let page = format!("/order/{id}/time");
            let fields = [("id", id.as_str()), ("start", start.as_str())];
            let picked = site.post("/api/drafts/pick-slot", &cookie, &page, &fields).await;
            if picked.status != 303 {
                return picked;
            }
            site.post("/api/drafts/confirm", &cookie, &page, &[("id", id.as_str())]).await
        });
    }
    let (mut booked, mut taken) = (0, 0);
    while let Some(answer) = race.join_next().await {
        let answer = answer.expect("no panic");
        match answer.status {
            303 => {
                assert!(answer.location.expect("a location").starts_with("/requests/2026-"));
                booked += 1;
            }
            409 => {
                assert!(answer.body.contains("mezitím obsadil"), "{}", answer.body);
                assert!(answer.body.contains("name=\"start\""), "fresh offers stand on the page");
                taken += 1;
            }
            status => panic!("{status}: {}", answer.body),
        }
    }

    assert_eq!((booked, taken), (20, 180));
    assert_eq!(world.count("confirmed").await, 20);
    assert_eq!((world.overlaps().await, world.deadlocks().await), (0, 0));
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn race_of_random_overlapping_ranges_leaves_no_overlap(pool: PgPool) {
    let world = world(pool, 2).await;
    let tally = hammer(&world, TimeDelta::seconds(short_or_long(5, 20))).await;
    println!("{tally:?}");
    assert!(tally.taken > 100 && tally.refused > 100, "the ranges must contend: {tally:?}");
    assert_eq!((tally.overlaps, world.overlaps().await, world.deadlocks().await), (0, 0, 0));
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn race_without_the_constraint_overlaps_so_the_checker_sees_what_it_should(pool: PgPool) {
    let world = world(pool, 2).await;
    world.sql("alter table appointment drop constraint no_double_booking").await;
    let tally = hammer(&world, TimeDelta::seconds(2)).await;
    assert!(tally.overlaps > 0, "the checker must find what the constraint prevents: {tally:?}");
}

#[derive(Debug)]
struct Tally {
    taken: u64,
    refused: u64,
    overlaps: i64,
}

/// Many requests take, replace and give back ranges of random length on two technicians, while a checker looks on.
async fn hammer(world: &World, length: TimeDelta) -> Tally {
    let place = world.place("Hammer").await;
    let orderer = place.boss.may_order().expect("an orderer");
    let technicians: Vec<i64> = sqlx::query_scalar("select distinct technician_id from working_plan")
        .fetch_all(world.app.db.pool())
        .await
        .expect("technicians");
    let orders = many_orders(world, &orderer, 16).await;
    let (stop, taken, refused) =
        (Arc::new(AtomicBool::new(false)), Arc::new(AtomicU64::new(0)), Arc::new(AtomicU64::new(0)));
    let mut workers = JoinSet::new();
    for (number, order) in orders.into_iter().enumerate() {
        let (app, technicians, stop) = (world.app.clone(), technicians.clone(), stop.clone());
        let (taken, refused, customer) = (taken.clone(), refused.clone(), place.customer);
        let mut seed = number as u64 + 1;
        workers.spawn(async move {
            let mut below = move |end: u64| {
                seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                (seed >> 33) % end
            };
            while !stop.load(Ordering::Relaxed) {
                let start =
                    at("2026-11-26T07:00:00+01:00") + TimeDelta::minutes(15 * i64::try_from(below(20)).unwrap_or(0));
                let end = start + TimeDelta::minutes(15 * (1 + i64::try_from(below(6)).unwrap_or(0)));
                let mut order_of_technicians = technicians.clone();
                order_of_technicians.rotate_left(usize::try_from(below(2)).unwrap_or(0));
                // Half of the picks come when holds of the other half have expired.
                let now = app.clock.now() + TimeDelta::minutes(if below(2) == 0 { 0 } else { 11 });
                appointments::clear_the_way(&app.db, now).await.expect("cleared");
                let mut tx = app.db.member(customer).await.expect("a transaction");
                let got: Option<i64> =
                    sqlx::query_scalar("select take_slot($1, $2, $3, $4, 'normal', $1 + interval '10 minutes')")
                        .bind(now)
                        .bind(order.0)
                        .bind(&order_of_technicians)
                        .bind(PgRange::from(start..end))
                        .fetch_one(&mut *tx)
                        .await
                        .expect("no deadlock, no serialization failure");
                if got.is_some() && below(3) == 0 {
                    sqlx::query("delete from appointment where request_id = $1")
                        .bind(order.0)
                        .execute(&mut *tx)
                        .await
                        .expect("given back");
                }
                tx.commit().await.expect("a commit");
                if got.is_some() { &taken } else { &refused }.fetch_add(1, Ordering::Relaxed);
            }
        });
    }
    let mut overlaps = 0;
    let checks = async {
        loop {
            overlaps += world.overlaps().await;
        }
    };
    let _ = tokio::time::timeout(length.to_std().expect("a length"), checks).await;
    stop.store(true, Ordering::Relaxed);
    while let Some(worker) = workers.join_next().await {
        worker.expect("no worker fails");
    }
    overlaps += world.overlaps().await;
    Tally { taken: taken.load(Ordering::Relaxed), refused: refused.load(Ordering::Relaxed), overlaps }
}

/// Orders ready for a choice of time: one through the service, the others its copies.
async fn many_orders(world: &World, orderer: &Orderer, count: usize) -> Vec<RequestId> {
    let first = world.order(orderer, Urgency::Normal).await;
    world
        .sql(&format!(
            "insert into service_request (id, customer_id, member_id, program_id, work_type_id, urgency, what_happened,
                 contact_name, contact_phone, ready, created_at)
             select gen_random_uuid(), customer_id, member_id, program_id, work_type_id, urgency, what_happened,
                 contact_name, contact_phone, ready, created_at
             from service_request, generate_series(2, {count}) where id = '{first}'"
        ))
        .await;
    let ids: Vec<uuid::Uuid> = sqlx::query_scalar("select id from service_request where member_id = $1")
        .bind(orderer.id().0)
        .fetch_all(world.app.db.pool())
        .await
        .expect("orders");
    assert_eq!(ids.len(), count);
    ids.into_iter().map(RequestId).collect()
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn race_of_one_order_confirmed_by_many_clicks_is_one_appointment(pool: PgPool) {
    let world = Arc::new(world(pool, 3).await);
    let place = world.place("A").await;
    let orderer = place.boss.may_order().expect("an orderer");
    let order = world.order(&orderer, Urgency::Normal).await;
    world.pick(&orderer, order, whole_hours()[0]).await.expect("a hold");
    let mut clicks = JoinSet::new();
    for _ in 0..20 {
        let (world, orderer) = (world.clone(), orderer.clone());
        clicks.spawn(async move { drafts::confirm(&world.app, &orderer, order, "").await });
    }
    let mut numbers = Vec::new();
    while let Some(click) = clicks.join_next().await {
        numbers.push(click.expect("no panic").expect("every click hears the same"));
    }
    numbers.dedup();
    assert_eq!(numbers.len(), 1);
    assert_eq!(world.count("confirmed").await, 1);
    assert_eq!(world.id("select count(*) from request_event").await, 2, "ordered and confirmed once");
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn race_of_a_pick_with_confirm_or_another_urgency_leaves_request_and_appointment_of_one_mind(pool: PgPool) {
    let world = World::new(pool).await;
    world.without_reserve().await;
    // One technician: the order's own hold is all that is in its way.
    world.technicians(1, "07:00", "15:30").await;
    let place = world.place("A").await;
    let orderer = place.boss.may_order().expect("an orderer");
    for round in 0..40 {
        let order = world.order(&orderer, Urgency::Urgent).await;
        let starts = world.starts(&orderer, order).await;
        world.pick(&orderer, order, starts[0]).await.expect("a hold");
        let wish = world.wish(world.repair, Urgency::Normal);
        if round % 2 == 0 {
            let _ =
                tokio::join!(drafts::confirm(&world.app, &orderer, order, ""), world.pick(&orderer, order, starts[1]),);
        } else {
            let _ = tokio::join!(
                world.pick(&orderer, order, starts[1]),
                drafts::save_wish(&world.app, &orderer, order, &wish),
            );
            let _ = drafts::confirm(&world.app, &orderer, order, "").await;
        }
        let of_two_minds = world
            .id("select count(*) from service_request r where
                 (r.state = 'scheduled') <> exists (select 1 from appointment a
                     where a.request_id = r.id and a.state = 'confirmed' and a.urgency = r.urgency)")
            .await;
        assert_eq!(of_two_minds, 0, "round {round}");
        world.sql("delete from appointment").await;
        world.sql("update service_request set state = 'cancelled'").await;
    }
}
