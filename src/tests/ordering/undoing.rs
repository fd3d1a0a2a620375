//! Undoing an order (design, Undo): for ten minutes it is as if it had never been sent.

use chrono::TimeDelta;
use linka::{
    model::{
        base::{numbers::RequestNumber, terms::Urgency},
        ordering::{appointments::ChangeRefused, requests::RequestState, timeline::TimelineKind},
        people::members::StaffRole,
        problem::Problem,
        work::{
            figures::{Figure, FiguresKind},
            segments::SegmentKind,
        },
    },
    server::{
        auth::Orderer,
        db::MIGRATIONS,
        service::{
            ordering::{requests, undoing},
            work::{clock, figures},
        },
    },
};
use sqlx::PgPool;

use crate::support::{World, at};

async fn ordered(pool: PgPool, urgency: Urgency) -> (World, Orderer, RequestNumber) {
    let world = World::new(pool).await;
    world.technicians(1, "07:00", "15:30").await;
    let place = world.place("Škola").await;
    let orderer = place.boss.may_order().expect("an orderer");
    let order = world.order(&orderer, urgency).await;
    let start = world.starts(&orderer, order).await[0];
    let number = world.book(&orderer, order, start).await.expect("a booking");
    (world, orderer, number)
}

async fn sent(world: &World) -> i64 {
    let manager = world.staff(StaffRole::Manager).await;
    let desk = manager.desk().expect("of the desk");
    let day = |text: &str| Some(text.parse().expect("a day"));
    let page = figures::page(&world.app, &desk, day("2026-11-01"), day("2026-11-30"), None).await.expect("the figures");
    let promises = page.tables.iter().find(|table| table.kind == FiguresKind::Promises).expect("the table");
    promises.total.of(Figure::Requests).unwrap_or_default()
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn an_order_is_undone_within_ten_minutes_whatever_the_cut_off_and_counts_nowhere(pool: PgPool) {
    let (world, orderer, number) = ordered(pool, Urgency::Urgent).await;
    let page = requests::page(&world.app, &orderer, number).await.expect("the request");
    assert_eq!(page.undo_until, Some(at("2026-11-23T08:10:00+01:00")));
    let before = sent(&world).await;
    world.app.clock.advance(TimeDelta::minutes(10) - TimeDelta::seconds(1));
    for time in ["at first", "the same form again"] {
        assert_eq!(undoing::undo(&world.app, &orderer, number).await, Ok(()), "{time}");
    }
    let page = requests::page(&world.app, &orderer, number).await.expect("the request");
    assert_eq!((page.summary.state, page.undo_until), (RequestState::Cancelled, None));
    let kinds: Vec<TimelineKind> = page.timeline.iter().map(|entry| entry.kind).collect();
    assert_eq!(kinds, [TimelineKind::Ordered, TimelineKind::Confirmed, TimelineKind::Withdrawn], "once");
    assert_eq!((world.count("confirmed").await, before, sent(&world).await), (0, 1, 0));
    let told = "select count(*) from mail where content ->> 'mail' = 'withdrawn'";
    assert_eq!(world.id(told).await, 1, "the mail says that it was withdrawn, once");
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn after_ten_minutes_or_once_somebody_works_on_it_nothing_is_undone(pool: PgPool) {
    let (world, orderer, number) = ordered(pool, Urgency::Urgent).await;
    let technician = world.technician_of(number).await;
    let key = world.app.random.uuid();
    clock::start(&world.app, &technician, number, Some(SegmentKind::Preparation), key).await.expect("prepares");
    assert_eq!(undoing::undo(&world.app, &orderer, number).await, Err(Problem::Conflict), "it costs something by now");

    let order = world.order(&orderer, Urgency::Normal).await;
    let start = world.starts(&orderer, order).await[0];
    let late = world.book(&orderer, order, start).await.expect("a booking");
    world.app.clock.advance(TimeDelta::minutes(10));
    let refused = undoing::undo(&world.app, &orderer, late).await;
    let cut_off = at("2026-11-23T08:10:00+01:00");
    assert_eq!(refused, Err(Problem::Change(ChangeRefused::TooLate { cut_off })));
    let page = requests::page(&world.app, &orderer, late).await.expect("the request");
    assert_eq!((page.summary.state, page.undo_until), (RequestState::Scheduled, None));
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn nobody_undoes_an_order_of_another_customer(pool: PgPool) {
    let (world, _, number) = ordered(pool, Urgency::Normal).await;
    let stranger = world.place("Jiná škola").await.boss.may_order().expect("an orderer");
    assert_eq!(undoing::undo(&world.app, &stranger, number).await, Err(Problem::NotFound));
    assert_eq!(world.count("confirmed").await, 1);
}
