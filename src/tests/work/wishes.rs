//! Who of us is told what: once, when they wish, and never what a colleague has.

use chrono::TimeDelta;
use linka::{
    model::{
        base::{numbers::RequestNumber, seen::Seen, terms::Urgency},
        people::members::StaffRole,
        problem::{FieldCode, Problem},
        work::wishes::{TypedWishes, WishKind, WishKinds, Wishes},
    },
    server::{
        auth::{Caller, Staff},
        db::MIGRATIONS,
        service::{
            ordering::requests,
            upkeep,
            work::{dispatch, lanes, wishes},
        },
    },
};
use sqlx::PgPool;

use super::lanes::{booked, line, to_dispatch};
use crate::support::World;

fn staff_of(caller: &Caller) -> Staff {
    caller.staff().expect("of the vendor")
}

/// The kinds of mails that people of the vendor were written, with how many things each tells.
async fn told(world: &World) -> Vec<(String, i64)> {
    sqlx::query_as(
        "select content ->> 'mail', coalesce(jsonb_array_length(content -> 'items'), 1)::bigint
         from mail where to_address like 'staff%' order by id",
    )
    .fetch_all(world.app.db.pool())
    .await
    .expect("mails")
}

async fn wish(world: &World, who: &Staff, kinds: &[WishKind], quiet: (&str, &str)) {
    let kinds: WishKinds = kinds.iter().copied().collect();
    let typed = TypedWishes { kinds, push_kinds: kinds, quiet_from: quiet.0.into(), quiet_until: quiet.1.into() };
    wishes::save(&world.app, who, &typed).await.expect("saved");
}

async fn cancel(world: &World, caller: &Caller, number: RequestNumber) {
    let orderer = caller.may_order().expect("an orderer");
    let key = world.app.random.uuid();
    requests::cancel(&world.app, &orderer, number, "", key).await.expect("cancelled");
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn what_waits_is_told_once_and_all_that_is_new_in_one_mail(pool: PgPool) {
    let world = line(pool).await;
    let place = world.place("A").await;
    let dispatcher = staff_of(&world.staff(StaffRole::Dispatcher).await);
    wish(&world, &dispatcher, &[WishKind::Waits], ("", "")).await;
    to_dispatch(&world, &place).await;
    to_dispatch(&world, &place).await;
    let (one, other) = tokio::join!(wishes::tell(&world.app), wishes::tell(&world.app));
    one.expect("told");
    other.expect("told at the same time");
    upkeep::each_minute(&world.app).await.expect("the chores");
    assert_eq!(told(&world).await, [("desk_waits".into(), 2)]);
    to_dispatch(&world, &place).await;
    wishes::tell(&world.app).await.expect("told");
    assert_eq!(told(&world).await, [("desk_waits".into(), 2), ("desk_waits".into(), 1)]);
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn what_a_colleague_has_is_not_told_and_what_comes_back_is(pool: PgPool) {
    let world = line(pool).await;
    let place = world.place("A").await;
    let (one, other) = (world.staff(StaffRole::Dispatcher).await, world.staff(StaffRole::Dispatcher).await);
    wish(&world, &staff_of(&one), &[WishKind::Waits], ("", "")).await;
    wish(&world, &staff_of(&other), &[], ("", "")).await;
    let number = to_dispatch(&world, &place).await;
    let desk = other.desk().expect("a dispatcher");
    lanes::hand_over(&world.app, &desk, number, None, Some(desk.id())).await.expect("taken");
    wishes::tell(&world.app).await.expect("told");
    assert_eq!(told(&world).await, []);
    lanes::hand_over(&world.app, &desk, number, Some(desk.id()), None).await.expect("released");
    wishes::tell(&world.app).await.expect("told");
    assert_eq!(told(&world).await, [("desk_waits".into(), 1)]);
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn quiet_hours_put_off_and_lose_nothing(pool: PgPool) {
    let world = line(pool).await;
    let place = world.place("A").await;
    let dispatcher = staff_of(&world.staff(StaffRole::Dispatcher).await);
    // It is eight o'clock.
    wish(&world, &dispatcher, &[WishKind::Waits], ("7", "9")).await;
    to_dispatch(&world, &place).await;
    wishes::tell(&world.app).await.expect("quiet");
    assert_eq!(told(&world).await, []);
    world.app.clock.advance(TimeDelta::hours(1));
    wishes::tell(&world.app).await.expect("told");
    assert_eq!(told(&world).await, [("desk_waits".into(), 1)]);
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_dispatcher_who_never_said_anything_is_told_what_cannot_wait(pool: PgPool) {
    let world = line(pool).await;
    let place = world.place("A").await;
    world.staff(StaffRole::Dispatcher).await;
    to_dispatch(&world, &place).await;
    wishes::tell(&world.app).await.expect("told");
    assert_eq!(told(&world).await, [], "it is not urgent");
    booked(&world, &place, Urgency::Urgent).await;
    world.app.clock.advance(TimeDelta::minutes(20));
    wishes::tell(&world.app).await.expect("told");
    assert_eq!(told(&world).await, [("desk_waits".into(), 1)], "nobody began");
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_technician_is_told_what_customers_change_in_the_plan(pool: PgPool) {
    let world = line(pool).await;
    let place = world.place("A").await;
    let technician = staff_of(&world.staff(StaffRole::Technician).await);
    let number = booked(&world, &place, Urgency::Normal).await;
    world.sql(&format!("update appointment set technician_id = {}", technician.id())).await;
    for _ in 0..2 {
        wishes::tell(&world.app).await.expect("told");
    }
    let is_theirs = "select count(*) from mail where (content ->> 'is_theirs')::boolean";
    assert_eq!((told(&world).await.len(), world.id(is_theirs).await), (1, 1));
    cancel(&world, &place.boss, number).await;
    for _ in 0..2 {
        wishes::tell(&world.app).await.expect("told");
    }
    assert_eq!((told(&world).await.len(), world.id(is_theirs).await), (2, 1));
    wish(&world, &technician, &[], ("", "")).await;
    let number = booked(&world, &place, Urgency::Normal).await;
    world.sql("update appointment set technician_id = (select max(id) from staff) where state = 'confirmed'").await;
    cancel(&world, &place.boss, number).await;
    wishes::tell(&world.app).await.expect("told");
    assert_eq!(told(&world).await.len(), 2, "and nothing who does not wish it");
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn wishes_are_kept_and_wrong_ones_are_refused(pool: PgPool) {
    let world = line(pool).await;
    let manager = staff_of(&world.staff(StaffRole::Manager).await);
    let shown = async || wishes::page(&world.app, &manager).await.expect("a page").wishes;
    assert_eq!(shown().await, Wishes::usual(manager.roles()));
    wish(&world, &manager, &[WishKind::Urgent, WishKind::Trouble], ("18", "7")).await;
    let kept = shown().await;
    assert_eq!(kept.kinds, [WishKind::Urgent, WishKind::Trouble].into_iter().collect());
    assert_eq!(kept.quiet.map(|quiet| (quiet.from, quiet.until)), Some((18, 7)));
    let typed = TypedWishes { quiet_from: "18".into(), ..TypedWishes::default() };
    let refused = wishes::save(&world.app, &manager, &typed).await;
    assert_eq!(refused, Err(Problem::field("quiet_until", FieldCode::Missing)));
    assert_eq!(shown().await, kept);
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn whoever_loses_a_time_by_a_move_is_told_whatever_the_customer_did_since(pool: PgPool) {
    let world = line(pool).await;
    let place = world.place("A").await;
    let technician = staff_of(&world.staff(StaffRole::Technician).await);
    let number = booked(&world, &place, Urgency::Normal).await;
    world.sql(&format!("update appointment set technician_id = {}", technician.id())).await;
    wishes::tell(&world.app).await.expect("told");
    let orderer = place.boss.may_order().expect("an orderer");
    for later in [8, 4] {
        let free = requests::move_choice(&world.app, &orderer, number).await.expect("times").offers;
        let (to, key) = (free[free.len() - later].slot.start, world.app.random.uuid());
        requests::move_appointment(&world.app, &orderer, number, Some(to), key).await.expect("moved");
    }
    wishes::tell(&world.app).await.expect("told");
    let taken = "select count(*) from mail where not (content ->> 'is_theirs')::boolean";
    assert_eq!(world.id(taken).await, 1, "the first move took it, the second one took nothing of theirs");
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn what_the_desk_has_told_itself_is_not_told_again_as_the_customers(pool: PgPool) {
    let world = line(pool).await;
    let (place, desk) = (world.place("A").await, super::lanes::desk(&world).await);
    let technician = staff_of(&world.staff(StaffRole::Technician).await);
    let number = booked(&world, &place, Urgency::Normal).await;
    world.sql(&format!("update appointment set technician_id = {}", technician.id())).await;
    wishes::tell(&world.app).await.expect("told");
    dispatch::cancel(&world.app, &desk, number, "Zrušeno po telefonu.", &Seen::default(), world.app.random.uuid())
        .await
        .expect("off");
    let before = told(&world).await.len();
    wishes::tell(&world.app).await.expect("told");
    assert_eq!((before, told(&world).await.len()), (2, 2));
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn what_was_taken_over_is_nobodys_news(pool: PgPool) {
    let world = line(pool).await;
    let place = world.place("A").await;
    let technician = staff_of(&world.staff(StaffRole::Technician).await);
    booked(&world, &place, Urgency::Normal).await;
    world.sql(&format!("update appointment set technician_id = {}", technician.id())).await;
    world.sql("update service_request set external_key = 'T1'").await;
    upkeep::each_minute(&world.app).await.expect("the chores");
    assert_eq!(told(&world).await, []);
}
