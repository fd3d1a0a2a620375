//! Reminders: on the working day before, once for each agreed time.

use chrono::{DateTime, Utc};
use linka::{
    model::{
        base::{
            ids::{MailId, RequestId},
            numbers::RequestNumber,
            terms::Urgency,
        },
        people::members::StaffRole,
        problem::Problem,
    },
    server::{
        auth::Orderer,
        db::MIGRATIONS,
        service::{ordering::requests, upkeep},
    },
};
use sqlx::{AssertSqlSafe, PgPool};
use uuid::Uuid;

use super::sink::{plain, resend, run_due, troubled, world};
use crate::support::{World, at};

/// Turns the clock to an instant and does what is due.
async fn upkeep_at(world: &World, instant: &str) {
    world.app.clock.advance(at(instant) - world.app.clock.now());
    upkeep::write_reminders(&world.app).await.expect("the upkeep");
}

async fn reminders(world: &World) -> i64 {
    world.id("select count(*) from mail where kind = 'reminder'").await
}

/// Books the first offered start from an instant on.
async fn book_from(world: &World, orderer: &Orderer, from: &str) -> (RequestId, RequestNumber, DateTime<Utc>) {
    let order = world.order(orderer, Urgency::Normal).await;
    let starts = world.starts(orderer, order).await;
    let start = starts.into_iter().find(|start| *start >= at(from)).expect("a start");
    let number = world.book(orderer, order, start).await.expect("a booking");
    (order, number, start)
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_reminder_comes_once_on_the_working_day_before(pool: PgPool) {
    let (world, sink) = world(pool).await;
    let place = world.place("A").await;
    let orderer = place.boss.may_order().expect("an orderer");
    let (order, _, start) = book_from(&world, &orderer, "2026-12-02T08:00:00+01:00").await;
    assert_eq!(start, at("2026-12-02T08:00:00+01:00"), "a Wednesday");
    for early in ["2026-11-27T12:00:00+01:00", "2026-11-30T15:00:00+01:00", "2026-12-01T06:59:00+01:00"] {
        upkeep_at(&world, early).await;
        assert_eq!(reminders(&world).await, 0, "{early}");
    }
    upkeep_at(&world, "2026-12-01T07:00:00+01:00").await;
    // Other processes do the same at the same moment, and again.
    let again = (0..8).map(|_| upkeep::each_minute(&world.app));
    for outcome in futures::future::join_all(again).await {
        outcome.expect("the upkeep");
    }
    run_due(&world.app).await;
    assert_eq!(reminders(&world).await, 1);
    assert_eq!(world.id(&format!("select count(*) from mail where key = 'reminder:{order}:0'")).await, 1);
    let subjects: Vec<_> = sink.mails().iter().map(|mail| plain(&mail.subject)).collect();
    assert!(subjects.contains(&"Připomínka: technik se připojí zítra v 8:00".to_owned()), "{subjects:?}");
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_reminder_names_the_cut_off_that_was_agreed_whatever_was_estimated_anew_since(pool: PgPool) {
    let (world, _sink) = world(pool).await;
    world.ends_with.jobs();
    let place = world.place("A").await;
    let orderer = place.boss.may_order().expect("an orderer");
    let (order, ..) = book_from(&world, &orderer, "2026-12-02T08:00:00+01:00").await;
    let manager = world.staff(StaffRole::Manager).await.staff().expect("staff").id();
    world
        .sql(&format!(
            "insert into line_setting_change (id, valid_from, made_at, made_by, cutoff_normal_minutes)
             values (gen_random_uuid(), '2026-11-25T00:00:00+01:00', '2026-11-24T12:00:00+01:00', {manager}, 60)"
        ))
        .await;
    // As when the desk finds that it is urgent after all.
    world.sql("update service_request set estimated_at = '2026-11-26T10:00:00+01:00'").await;
    upkeep_at(&world, "2026-12-01T07:00:00+01:00").await;
    let reminder = format!("select content->>'cut_off' from mail where key = 'reminder:{order}:0'");
    let cut_off: String =
        sqlx::query_scalar(AssertSqlSafe(reminder)).fetch_one(world.app.db.pool()).await.expect("a reminder");
    assert_eq!(at(&cut_off), at("2026-12-01T14:30:00+01:00"), "120 working minutes before, as was said then");
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn over_a_weekend_a_holiday_and_a_closure_it_comes_on_the_last_day_of_work(pool: PgPool) {
    let (world, sink) = world(pool).await;
    let place = world.place("A").await;
    let orderer = place.boss.may_order().expect("an orderer");
    // Monday after a weekend whose Friday is a closure.
    world.sql("insert into closure values ('2026-11-27', 'Inventura')").await;
    let (monday, ..) = book_from(&world, &orderer, "2026-11-30T08:00:00+01:00").await;
    upkeep_at(&world, "2026-11-25T12:00:00+01:00").await;
    assert_eq!(reminders(&world).await, 0, "Wednesday is too early");
    upkeep_at(&world, "2026-11-26T12:00:00+01:00").await;
    assert_eq!(world.id(&format!("select count(*) from mail where key = 'reminder:{monday}:0'")).await, 1);
    for closed in ["2026-11-27T12:00:00+01:00", "2026-11-28T12:00:00+01:00"] {
        upkeep_at(&world, closed).await;
    }
    assert_eq!(reminders(&world).await, 1);

    // Monday 28 December: Thursday and Friday are holidays, hence on Wednesday 23 December.
    world.app.clock.advance(at("2026-12-14T08:00:00+01:00") - world.app.clock.now());
    let (christmas, _, start) = book_from(&world, &orderer, "2026-12-28T08:00:00+01:00").await;
    assert_eq!(start, at("2026-12-28T08:00:00+01:00"));
    upkeep_at(&world, "2026-12-22T12:00:00+01:00").await;
    assert_eq!(reminders(&world).await, 1);
    upkeep_at(&world, "2026-12-23T12:00:00+01:00").await;
    assert_eq!(world.id(&format!("select count(*) from mail where key = 'reminder:{christmas}:0'")).await, 1);
    run_due(&world.app).await;
    let subjects: Vec<_> = sink.mails().iter().map(|mail| plain(&mail.subject)).collect();
    let expected = "Připomínka: technik se připojí v pondělí 28. prosince v 8:00".to_owned();
    assert!(subjects.contains(&expected), "{subjects:?}");
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_cancelled_time_is_not_reminded_of_and_a_moved_one_is_again(pool: PgPool) {
    let (world, _sink) = world(pool).await;
    world.ends_with.jobs();
    let place = world.place("A").await;
    let orderer = place.boss.may_order().expect("an orderer");
    let (_, cancelled, _) = book_from(&world, &orderer, "2026-12-02T08:00:00+01:00").await;
    let (moved_order, moved, _) = book_from(&world, &orderer, "2026-12-02T08:00:00+01:00").await;
    world.app.clock.advance(at("2026-11-30T08:00:00+01:00") - world.app.clock.now());
    requests::cancel(&world.app, &orderer, cancelled, "", Uuid::from_u128(1)).await.expect("cancelled");
    upkeep_at(&world, "2026-12-01T07:30:00+01:00").await;
    assert_eq!(reminders(&world).await, 1);

    // Moved after the reminder, it is reminded of anew.
    let choice = requests::move_choice(&world.app, &orderer, moved).await.expect("times");
    let start =
        choice.offers.iter().map(|offer| offer.slot.start).find(|start| *start > at("2026-12-04T00:00:00+01:00"));
    requests::move_appointment(&world.app, &orderer, moved, start, Uuid::from_u128(2)).await.expect("a move");
    upkeep_at(&world, "2026-12-02T12:00:00+01:00").await;
    assert_eq!(reminders(&world).await, 1);
    upkeep_at(&world, "2026-12-03T07:00:00+01:00").await;
    assert_eq!(world.id(&format!("select count(*) from mail where key = 'reminder:{moved_order}:1'")).await, 1);
    assert_eq!(reminders(&world).await, 2);
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn what_was_agreed_on_the_day_before_needs_no_reminder(pool: PgPool) {
    let (world, _sink) = world(pool).await;
    world.ends_with.jobs();
    world.sql("update response_tier set normal_lead_minutes = 60, urgent_target_minutes = 60").await;
    let place = world.place("A").await;
    let orderer = place.boss.may_order().expect("an orderer");
    let (_, _, start) = book_from(&world, &orderer, "2026-11-24T08:00:00+01:00").await;
    assert_eq!(start, at("2026-11-24T08:00:00+01:00"));
    upkeep_at(&world, "2026-11-23T15:00:00+01:00").await;
    assert_eq!(reminders(&world).await, 0);
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_reminder_that_could_not_be_sent_in_time_is_not_sent_at_all(pool: PgPool) {
    let (world, sink) = world(pool).await;
    let place = world.place("A").await;
    let orderer = place.boss.may_order().expect("an orderer");
    book_from(&world, &orderer, "2026-12-02T08:00:00+01:00").await;
    run_due(&world.app).await;
    upkeep_at(&world, "2026-12-01T07:00:00+01:00").await;
    world.app.clock.advance(at("2026-12-02T08:00:00+01:00") - world.app.clock.now());
    run_due(&world.app).await;
    assert_eq!(sink.mails().len(), 1, "the confirmation only");
    assert_withdrawn(&world, 1).await;
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_reminder_of_a_time_that_was_moved_or_cancelled_meanwhile_is_not_sent(pool: PgPool) {
    let (world, sink) = world(pool).await;
    let place = world.place("A").await;
    let orderer = place.boss.may_order().expect("an orderer");
    let mut numbers = Vec::new();
    for _ in 0..2 {
        let (_, number, _) = book_from(&world, &orderer, "2026-12-02T14:00:00+01:00").await;
        numbers.push(number);
    }
    let (kept, ..) = book_from(&world, &orderer, "2026-12-02T10:00:00+01:00").await;
    run_due(&world.app).await;
    upkeep_at(&world, "2026-12-01T07:00:00+01:00").await;
    assert_eq!(reminders(&world).await, 3);
    // The mail server is slow; meanwhile the customer changes two of the times.
    requests::cancel(&world.app, &orderer, numbers[0], "", Uuid::from_u128(1)).await.expect("cancelled");
    let choice = requests::move_choice(&world.app, &orderer, numbers[1]).await.expect("times");
    let start = choice.offers.last().map(|offer| offer.slot.start);
    requests::move_appointment(&world.app, &orderer, numbers[1], start, Uuid::from_u128(2)).await.expect("a move");
    run_due(&world.app).await;

    let reminded: Vec<_> =
        sink.mails().into_iter().filter(|mail| mail.subject.starts_with("Připomínka")).map(|mail| mail.text).collect();
    assert_eq!(reminded.len(), 1, "{reminded:?}");
    assert_withdrawn(&world, 2).await;
    let sent = format!("select count(*) from mail where key = 'reminder:{kept}:0' and state = 'sent'");
    assert_eq!(world.id(&sent).await, 1);
}

/// So many reminders were not sent, and nobody is bothered with them.
async fn assert_withdrawn(world: &World, count: i64) {
    assert_eq!(world.id("select count(*) from mail where state = 'withdrawn' and kind = 'reminder'").await, count);
    assert_eq!(troubled(world).await, []);
    let id = MailId(world.id("select min(id) from mail where state = 'withdrawn'").await);
    assert_eq!(resend(world, id).await, Err(Problem::Conflict));
}
