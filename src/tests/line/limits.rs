//! Limits, each tried with many at once: exactly so many pass as may, and every refusal names the limit.

use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use linka::{
    model::{
        base::{
            ids::{CustomerId, PurchaseId, RequestId},
            numbers::RequestNumber,
            terms::Urgency,
        },
        line::limits::{Limit, LimitReached},
        money::purchases::PaymentMethod,
        problem::Problem,
    },
    server::{
        auth::Orderer,
        db::MIGRATIONS,
        service::{
            money::purchases,
            ordering::{drafts, requests},
            upkeep,
        },
    },
};
use sqlx::PgPool;
use tokio::task::JoinSet;

use crate::support::{BUNDLE, Place, Shop, Site, TOTAL, World, typed_purchase};

fn reached(limit: Limit, most: u32) -> Problem {
    Problem::Limit(LimitReached { limit, most, retry_after_s: None })
}

/// How many of these passed; all others were refused for this reason.
async fn passed<T: 'static>(mut tries: JoinSet<Result<T, Problem>>, refusal: &Problem) -> usize {
    let mut passed = 0;
    while let Some(outcome) = tries.join_next().await {
        match outcome.expect("no panic") {
            Ok(_) => passed += 1,
            Err(problem) => assert_eq!(problem, *refusal),
        }
    }
    passed
}

/// A line with room for all, where only the named limits are low, and a customer.
async fn line(pool: PgPool, limits: &str) -> (Arc<World>, Place) {
    let world = World::new(pool).await;
    world.without_reserve().await;
    world.technicians(4, "07:00", "15:30").await;
    world.sql(&format!("update line_limit set {limits}")).await;
    let place = world.place("Škola").await;
    (Arc::new(world), place)
}

fn orderer(place: &Place) -> Orderer {
    place.boss.may_order().expect("an orderer")
}

/// So many orders, each with a time held for it.
async fn held(world: &World, orderer: &Orderer, count: usize) -> Vec<RequestId> {
    let mut orders = Vec::new();
    for _ in 0..count {
        let order = world.order(orderer, Urgency::Normal).await;
        let start = world.starts(orderer, order).await[0];
        world.pick(orderer, order, start).await.expect("a hold");
        orders.push(order);
    }
    orders
}

/// Confirms them all at once.
fn confirm(world: &Arc<World>, orderer: &Orderer, orders: &[RequestId]) -> JoinSet<Result<RequestNumber, Problem>> {
    let mut tries = JoinSet::new();
    for &order in orders {
        let (world, orderer) = (world.clone(), orderer.clone());
        tries.spawn(async move { drafts::confirm(&world.app, &orderer, order, "").await });
    }
    tries
}

async fn numbers(world: &World, of: CustomerId) -> Vec<RequestNumber> {
    let numbers: Vec<String> =
        sqlx::query_scalar("select number from service_request where state = 'scheduled' and customer_id = $1")
            .bind(of.0)
            .fetch_all(world.app.db.pool())
            .await
            .expect("numbers");
    numbers.iter().map(|number| number.parse().expect("a number")).collect()
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_customer_agrees_as_many_appointments_as_may_be_however_many_are_confirmed_at_once(pool: PgPool) {
    let (world, place) = line(pool, "future_appointments = 5").await;
    let (orderer, other) = (orderer(&place), world.place("Jiná škola").await);
    let orders = held(&world, &orderer, 12).await;
    let full = reached(Limit::FutureAppointments, 5);
    assert_eq!(passed(confirm(&world, &orderer, &orders), &full).await, 5);
    assert_eq!((world.count("confirmed").await, world.deadlocks().await), (5, 0));
    // What is refused keeps its draft and its hold, and others are not concerned.
    assert_eq!(world.count("held").await, 7);
    let theirs = held(&world, &self::orderer(&other), 1).await;
    assert_eq!(passed(confirm(&world, &self::orderer(&other), &theirs), &full).await, 1);
    // Calling one off makes room for one.
    let first = numbers(&world, place.customer).await[0];
    requests::cancel(&world.app, &orderer, first, "", world.app.random.uuid()).await.expect("cancelled");
    let left = world.new_order(&orderer).await.drafts;
    let left: Vec<_> = left.iter().map(|draft| draft.id).collect();
    assert_eq!((left.len(), passed(confirm(&world, &orderer, &left), &full).await), (7, 1));
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn what_is_over_is_no_future_appointment(pool: PgPool) {
    let (world, place) = line(pool, "future_appointments = 1").await;
    let orderer = orderer(&place);
    let order = world.order(&orderer, Urgency::Urgent).await;
    let start = world.starts(&orderer, order).await[0];
    world.book(&orderer, order, start).await.expect("agreed");
    world.app.clock.advance(start + TimeDelta::minutes(61) - world.app.clock.now());
    let next = held(&world, &orderer, 1).await;
    drafts::confirm(&world.app, &orderer, next[0], "").await.expect("the first is over");
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn all_that_a_full_customer_has_agreed_can_be_called_off(pool: PgPool) {
    let (world, place) = line(pool, "future_appointments = 20").await;
    let orderer = orderer(&place);
    let orders = held(&world, &orderer, 21).await;
    assert_eq!(passed(confirm(&world, &orderer, &orders), &reached(Limit::FutureAppointments, 20)).await, 20);
    let mut listed = Vec::new();
    let mut after = None;
    loop {
        let list = requests::list(&world.app, &orderer, after).await.expect("the list");
        listed.extend(list.upcoming.page.rows.iter().map(|row| row.number));
        after = list.upcoming.page.next;
        if after.is_none() {
            break;
        }
    }
    assert_eq!(listed.len(), 20, "each of them is on the list");
    for number in listed {
        requests::cancel(&world.app, &orderer, number, "", world.app.random.uuid()).await.expect("cancelled");
    }
    assert_eq!(world.count("confirmed").await, 0);
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_customer_has_as_many_requests_waiting_as_may_be_however_many_are_sent_at_once(pool: PgPool) {
    let (world, place) = line(pool, "waiting_requests = 3").await;
    let orderer = orderer(&place);
    world.sql("update work_type set choice = 'dispatch'").await;
    let mut orders = Vec::new();
    for _ in 0..10 {
        orders.push(world.order(&orderer, Urgency::Normal).await);
    }
    assert_eq!(passed(confirm(&world, &orderer, &orders), &reached(Limit::WaitingRequests, 3)).await, 3);
    assert_eq!(world.id("select count(*) from service_request where state = 'waiting'").await, 3);
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn slots_are_held_as_often_within_an_hour_as_may_be_and_again_after_it(pool: PgPool) {
    let (world, place) = line(pool, "holds_per_hour = 6").await;
    let orderer = orderer(&place);
    let mut orders = Vec::new();
    for _ in 0..10 {
        orders.push(world.order(&orderer, Urgency::Normal).await);
    }
    let starts = world.starts(&orderer, orders[0]).await;
    let pick = async |order: RequestId, start: DateTime<Utc>| world.pick(&orderer, order, start).await.map(drop);
    let mut tries = JoinSet::new();
    for (at, &order) in orders.iter().enumerate() {
        let (world, orderer, start) = (world.clone(), orderer.clone(), starts[at * 4]);
        tries.spawn(async move { world.pick(&orderer, order, start).await.map(drop) });
    }
    let full = Problem::Limit(LimitReached { limit: Limit::HoldsPerHour, most: 6, retry_after_s: Some(3_600) });
    assert_eq!(passed(tries, &full).await, 6);
    assert_eq!(world.count("held").await, 6);
    // A hold that ran out is not renewed for ever.
    world.app.clock.advance(TimeDelta::minutes(15));
    let later = Problem::Limit(LimitReached { limit: Limit::HoldsPerHour, most: 6, retry_after_s: Some(2_700) });
    assert_eq!(pick(orders[0], starts[8]).await, Err(later));
    world.app.clock.advance(TimeDelta::minutes(45));
    assert_eq!(pick(orders[0], starts[8]).await, Ok(()));
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn twenty_drafts_are_kept_of_a_member_however_many_are_begun_at_once(pool: PgPool) {
    let (world, place) = line(pool, "drafts = 20").await;
    let orderer = orderer(&place);
    let mut begun = JoinSet::new();
    for _ in 0..40 {
        let (world, orderer) = (world.clone(), orderer.clone());
        begun.spawn(async move {
            let id = RequestId(world.app.random.uuid());
            drafts::save_wish(&world.app, &orderer, id, &world.wish(world.repair, Urgency::Normal)).await
        });
    }
    assert!(begun.join_all().await.iter().all(Result::is_ok));
    assert_eq!(world.id("select count(*) from service_request where state = 'draft'").await, 20);
    world.sql("update line_limit set drafts = 2").await;
    let last = RequestId(world.app.random.uuid());
    let wish = world.wish(world.repair, Urgency::Normal);
    drafts::save_wish(&world.app, &orderer, last, &wish).await.expect("begun");
    let kept = world.new_order(&orderer).await.drafts;
    assert_eq!((kept.len(), kept.iter().any(|draft| draft.id == last)), (2, true), "it is a setting");
}

/// So many purchases placed at once, and what became of them.
async fn purchase(shop: &Shop, count: usize) -> Vec<Result<(), Problem>> {
    let mut tries = JoinSet::new();
    for _ in 0..count {
        let (app, buyer, id) = (shop.world.app.clone(), shop.buyer.clone(), shop.id());
        let typed = typed_purchase("1", PaymentMethod::Transfer, TOTAL);
        tries.spawn(async move { purchases::buy(&app, &buyer, id, BUNDLE, &typed).await.map(drop) });
    }
    tries.join_all().await
}

/// The last numbers taken of purchases and of proformas.
async fn taken(shop: &Shop) -> (i64, i64) {
    let of = async |table: &str| shop.world.id(&format!("select coalesce(max(last), 0)::bigint from {table}")).await;
    (of("purchase_number").await, of("document_series").await)
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_customer_leaves_as_many_purchases_unpaid_as_may_be_and_no_number_is_taken_beyond(pool: PgPool) {
    let shop = Shop::new(pool).await;
    shop.world.sql("update line_limit set unpaid_purchases = 4").await;
    let outcomes = purchase(&shop, 12).await;
    let full = Err(reached(Limit::UnpaidPurchases, 4));
    assert_eq!(outcomes.iter().filter(|outcome| outcome.is_ok()).count(), 4);
    assert!(outcomes.iter().all(|outcome| outcome.is_ok() || *outcome == full), "{outcomes:?}");
    assert_eq!((taken(&shop).await, shop.world.deadlocks().await), ((4, 4), 0));
    // The same form again is no other purchase; one that is called off makes room.
    let (id, typed) = (shop.id(), typed_purchase("1", PaymentMethod::Transfer, TOTAL));
    assert_eq!(shop.purchase(id, &typed).await.map(drop), full);
    let number: String = sqlx::query_scalar("select number from purchase limit 1")
        .fetch_one(shop.world.app.db.pool())
        .await
        .expect("a number");
    purchases::cancel(&shop.world.app, &shop.buyer, number.parse().expect("a number")).await.expect("called off");
    let placed = shop.purchase(id, &typed).await.expect("there is room");
    assert_eq!(shop.purchase(id, &typed).await, Ok(placed), "though it is full again");
    assert_eq!(taken(&shop).await, (5, 5));
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn calling_purchases_off_takes_no_more_numbers_than_a_day_has(pool: PgPool) {
    let shop = Shop::new(pool).await;
    shop.world.sql("update line_limit set purchases_per_day = 3").await;
    for _ in 0..3 {
        let number = shop.by_transfer().await;
        purchases::cancel(&shop.world.app, &shop.buyer, number).await.expect("called off");
    }
    let full = LimitReached { limit: Limit::PurchasesPerDay, most: 3, retry_after_s: Some(86_400) };
    let id = PurchaseId(shop.world.app.random.uuid());
    let typed = typed_purchase("1", PaymentMethod::Transfer, TOTAL);
    assert_eq!(shop.purchase(id, &typed).await.map(drop), Err(Problem::Limit(full)));
    assert_eq!(taken(&shop).await, (3, 3));
    shop.world.app.clock.advance(TimeDelta::days(1));
    shop.purchase(id, &typed).await.expect("the next day");
    shop.world.app.clock.advance(TimeDelta::days(2));
    upkeep::each_hour(&shop.world.app).await.expect("the upkeep");
    assert_eq!(shop.count("rate_window").await, 0, "what no longer counts is forgotten");
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_refusal_says_which_limit_how_many_and_whom_to_call(pool: PgPool) {
    let (world, place) = line(pool, "future_appointments = 2").await;
    world.sql("update customer set postal_code = '602 00'").await;
    let orderer = orderer(&place);
    let orders = held(&world, &orderer, 3).await;
    for order in &orders[..2] {
        drafts::confirm(&world.app, &orderer, *order, "").await.expect("agreed");
    }
    let cookie = world.cookie(&place.boss).await;
    let site = Site::serve(world.app.clone()).await;
    let (id, page) = (orders[2].to_string(), format!("/order/{}/confirm", orders[2]));
    let fields = [("id", id.as_str()), ("ceiling_minutes", "45")];
    let answer = site.post("/api/drafts/confirm", &cookie, &page, &fields).await;
    assert_eq!(answer.status, 409);
    let body = answer.body.replace(['\u{a0}', '\u{202f}'], " ");
    for said in ["nejvýš 2", "Zrušte některý", "377 462 201", "value=\"45\""] {
        assert!(body.contains(said), "{said} is missing: {body}");
    }
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn what_overlaps_another_appointment_of_the_customer_is_warned_of_and_not_refused(pool: PgPool) {
    let (world, place) = line(pool, "future_appointments = 20").await;
    let (orderer, other) = (orderer(&place), world.place("Jiná škola").await);
    let cookie = world.cookie(&place.boss).await;
    let site = Site::serve(world.app.clone()).await;
    let warned = async |page: String| site.get(&page, &cookie).await.body.contains("Ve stejnou dobu");

    let order = world.order(&orderer, Urgency::Normal).await;
    let starts = world.starts(&orderer, order).await;
    let theirs = world.order(&self::orderer(&other), Urgency::Normal).await;
    world.book(&self::orderer(&other), theirs, starts[0]).await.expect("agreed");
    world.pick(&orderer, order, starts[0]).await.expect("a hold");
    assert!(!warned(format!("/order/{order}/confirm")).await, "another customer's is nobody's business");
    drafts::confirm(&world.app, &orderer, order, "").await.expect("agreed");

    let second = world.order(&orderer, Urgency::Normal).await;
    world.pick(&orderer, second, starts[1]).await.expect("a hold");
    assert!(warned(format!("/order/{second}/confirm")).await);
    world.pick(&orderer, second, starts[4]).await.expect("a hold");
    assert!(!warned(format!("/order/{second}/confirm")).await, "one after the other");
    let number = drafts::confirm(&world.app, &orderer, second, "").await.expect("agreed");
    let moving =
        |start: DateTime<Utc>| format!("/requests/{number}/move?start={}", start.to_rfc3339().replace('+', "%2B"));
    assert!(warned(moving(starts[2])).await);
    assert!(!warned(moving(starts[8])).await);
    let key = world.app.random.uuid();
    requests::move_appointment(&world.app, &orderer, number, Some(starts[2]), key).await.expect("moved all the same");
}
