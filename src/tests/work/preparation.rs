//! Preparation is work without the appointment having begun: its customer may still move or cancel it.

use chrono::{DateTime, TimeDelta, Utc};
use linka::{
    model::{
        mails::MailContent,
        ordering::{appointments::AppointmentState, requests::RequestState},
        problem::{FieldCode, Problem},
        work::{corrections::CorrectionSource, segments::SegmentKind},
    },
    server::{
        db::MIGRATIONS,
        service::{ordering::requests, upkeep},
    },
};
use sqlx::{PgPool, types::Json};

use crate::support::{Bench, at};

/// An appointment of tomorrow, 8:15 to 9:15, and it is eight o'clock.
async fn tomorrow(pool: PgPool) -> Bench {
    let bench = Bench::new(pool).await;
    bench
        .world
        .sql("update appointment set during = tstzrange(lower(during) + interval '1 day', upper(during) + interval '1 day')")
        .await;
    bench
}

/// Prepared for ten minutes on the eve.
async fn prepared(pool: PgPool) -> Bench {
    let bench = tomorrow(pool).await;
    bench.start(SegmentKind::Preparation).await.expect("started");
    bench.minutes(10);
    bench.pause().await;
    bench
}

async fn cancel(bench: &Bench) -> Result<(), Problem> {
    let orderer = bench.place.boss.may_order().expect("an orderer");
    let key = bench.world.app.random.uuid();
    requests::cancel(&bench.world.app, &orderer, bench.number, "", key).await
}

async fn move_on(bench: &Bench) -> DateTime<Utc> {
    let orderer = bench.place.boss.may_order().expect("an orderer");
    let choice = requests::move_choice(&bench.world.app, &orderer, bench.number).await.expect("times");
    let start = choice.offers.last().expect("an offer").slot.start;
    let key = bench.world.app.random.uuid();
    requests::move_appointment(&bench.world.app, &orderer, bench.number, Some(start), key).await.expect("moved");
    start
}

async fn last_closed(bench: &Bench) -> MailContent {
    let content: Json<MailContent> =
        sqlx::query_scalar("select content from mail where kind = 'closed' order by id desc limit 1")
            .fetch_one(bench.world.app.db.pool())
            .await
            .expect("a mail");
    content.0
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn preparation_on_the_eve_leaves_the_customer_their_appointment(pool: PgPool) {
    let bench = tomorrow(pool).await;
    bench.start(SegmentKind::Preparation).await.expect("started");
    bench.minutes(10);
    let page = bench.page().await;
    assert_eq!(page.appointment.state, AppointmentState::Confirmed);
    let request = bench.request().await;
    assert_eq!((request.summary.state, request.progress), (RequestState::Scheduled, None));
    let change = request.change.expect("an agreed time");
    assert_eq!((change.may_move, change.may_cancel), (Ok(()), Ok(())));
    assert_eq!(request.prepared_minutes, 10, "and they are told of it");
    // From the agreed start on, and by anything else, it begins.
    bench.start(SegmentKind::Communication).await.expect("switched over");
    assert_eq!(bench.page().await.appointment.state, AppointmentState::Running);
    assert_eq!(bench.request().await.summary.state, RequestState::InProgress);
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn an_appointment_that_was_prepared_and_is_called_off_costs_nothing(pool: PgPool) {
    let bench = tomorrow(pool).await;
    bench.start(SegmentKind::Preparation).await.expect("started");
    bench.minutes(10);
    cancel(&bench).await.expect("cancelled while somebody prepares it");
    assert_eq!(bench.world.id("select count(*) from time_segment where ended_at is null").await, 0, "its clock stops");
    assert_eq!(bench.page().await.bill.billed, 0, "the workbench says so before it is closed");
    upkeep::close_called_off(&bench.world.app).await.expect("closed");
    upkeep::close_called_off(&bench.world.app).await.expect("once");
    assert_eq!(bench.world.id("select count(*) from intervention where state = 'open'").await, 0);
    let receipt = bench.receipt(1).await;
    assert_eq!(
        (receipt.bill.billed, receipt.version, receipt.report.as_str()),
        (0, 1, CorrectionSource::CalledOff.code())
    );
    let page = bench.page().await;
    assert_eq!((page.bill.billed, page.resumed), (0, false), "nothing is left that could be resumed");
    bench.sound().await;
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn what_was_prepared_goes_with_an_appointment_that_is_moved(pool: PgPool) {
    let mut bench = tomorrow(pool).await;
    bench.start(SegmentKind::Preparation).await.expect("started");
    bench.minutes(10);
    let start = move_on(&bench).await;
    assert_eq!(bench.world.id("select count(*) from time_segment where ended_at is null").await, 0, "its clock stops");
    bench.technician = bench.world.technician_of(bench.number).await;
    let page = bench.page().await;
    assert_eq!((page.appointment.slot.start, page.of_this_visit.len()), (start, 1), "it belongs to the new visit");
    bench.world.app.clock.advance(start - bench.world.app.clock.now());
    bench.start(SegmentKind::Work).await.expect("started");
    bench.minutes(15);
    bench.close(true).await.expect("closed");
    assert_eq!(bench.receipt(1).await.bill.effective_minutes, 25);
    bench.sound().await;
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_forgotten_preparation_is_stopped_by_a_move_at_its_limit(pool: PgPool) {
    let bench = tomorrow(pool).await;
    bench.start(SegmentKind::Preparation).await.expect("started");
    bench.minutes(12 * 60);
    move_on(&bench).await;
    let ended: DateTime<Utc> = sqlx::query_scalar("select ended_at from time_segment")
        .fetch_one(bench.world.app.db.pool())
        .await
        .expect("stopped");
    assert_eq!(ended, at("2026-11-23T15:30:00+01:00"));
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn closing_what_was_only_prepared_asks_whether_the_appointment_is_still_needed(pool: PgPool) {
    let bench = Box::pin(prepared(pool)).await;
    assert_eq!(bench.close(false).await, Err(Problem::field("finished", FieldCode::OutOfRange)));
    assert_eq!(bench.world.count("confirmed").await, 1, "tomorrow stays agreed");
    bench.close(true).await.expect("all is done");
    assert_eq!((bench.world.count("cancelled").await, bench.world.count("confirmed").await), (1, 0));
    assert_eq!(bench.request().await.summary.state, RequestState::Closed);
    let MailContent::Closed { called_off: Some(called_off), .. } = last_closed(&bench).await else {
        panic!("the customer's calendar is told");
    };
    assert_eq!(called_off.slot.start, at("2026-11-24T08:15:00+01:00"));
    let member = bench.place.boss.member().expect("a member");
    let event = requests::calendar_event(&bench.world.app, &member, bench.number).await.expect("an event");
    assert!(event.is_called_off);
    assert_eq!((event.uid, event.sequence), (called_off.uid, called_off.sequence));
    bench.sound().await;
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn work_done_on_the_eve_calls_off_tomorrow_and_a_little_earlier_does_not(pool: PgPool) {
    let bench = tomorrow(pool).await;
    bench.start(SegmentKind::Work).await.expect("started");
    bench.minutes(10);
    bench.close(false).await.expect("suspended: the customer picks another time");
    assert!(matches!(last_closed(&bench).await, MailContent::Closed { called_off: Some(_), .. }));
    assert_eq!(bench.request().await.summary.state, RequestState::Waiting);
    let page = bench.page().await;
    assert!(page.is_closed_ahead && page.receipt.is_some(), "it is billed, and its time is not what was called off");

    let mut bench = bench;
    bench.pick_again().await;
    assert!(!bench.page().await.is_closed_ahead, "another time is agreed");
    bench.world.app.clock.advance(TimeDelta::minutes(-10));
    bench.start(SegmentKind::Work).await.expect("started");
    bench.minutes(5);
    bench.close(true).await.expect("closed");
    assert!(matches!(last_closed(&bench).await, MailContent::Closed { called_off: None, .. }));
    assert_eq!(bench.world.count("done").await, 1);
    let page = bench.page().await;
    assert!(!page.is_closed_ahead && page.receipt.is_some());
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_move_takes_along_what_was_prepared_and_nothing_that_stands_on_a_receipt(pool: PgPool) {
    let mut bench = tomorrow(pool).await;
    bench.start(SegmentKind::Work).await.expect("started on the eve");
    bench.minutes(10);
    bench.close(false).await.expect("suspended");
    let start = move_on(&bench).await;
    bench.world.app.clock.advance(start - bench.world.app.clock.now() - TimeDelta::hours(20));
    bench.technician = bench.world.technician_of(bench.number).await;
    bench.start(SegmentKind::Preparation).await.expect("started");
    bench.minutes(5);
    let is_resumed = bench.page().await.resumed;
    move_on(&bench).await;
    bench.technician = bench.world.technician_of(bench.number).await;
    let page = bench.page().await;
    assert_eq!(page.of_this_visit.len(), 1, "resumed: {is_resumed}");
    assert_eq!(page.segments.last().map(|segment| segment.id), page.of_this_visit.first().copied());
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn what_was_only_prepared_is_closed_as_done_once_its_time_has_come(pool: PgPool) {
    let bench = Box::pin(prepared(pool)).await;
    bench.world.app.clock.advance(TimeDelta::days(1) + TimeDelta::minutes(5));
    bench.close(true).await.expect("closed");
    assert_eq!(bench.world.count("done").await, 1);
    assert_eq!(bench.receipt(1).await.bill.effective_minutes, 10);
}
