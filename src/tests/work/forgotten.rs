//! Forgotten clocks: nothing beyond their limit is billed without a true end.

use chrono::TimeDelta;
use linka::{
    model::{
        base::ids::SegmentId,
        people::members::StaffRole,
        problem::{FieldCode, Problem},
        work::{
            corrections::CorrectionSource,
            forgotten::LikelyEnd,
            segments::SegmentKind,
            unusual::{Doubt, Unusual},
        },
    },
    server::{
        auth::Corrector,
        db::MIGRATIONS,
        service::{
            upkeep,
            work::{
                clock::{self, NOW, OTHER, TypedEnd},
                corrections, day,
            },
        },
    },
};
use sqlx::PgPool;

use crate::support::{Bench, at, typed_segment};

/// The appointment is agreed from 8:15 to 9:15: the clock is believed until 9:45.
const LIMIT: &str = "2026-11-23T09:45:00+01:00";

/// A clock that was started at 8:15 and is found on the next morning.
async fn forgotten(pool: PgPool, kind: SegmentKind) -> Bench {
    let bench = Bench::new(pool).await;
    bench.minutes(15);
    bench.start(kind).await.expect("started");
    bench.minutes(23 * 60 + 5);
    bench
}

fn the_end(true_end: &str, ended_at: &str, reason: &str) -> TypedEnd {
    TypedEnd { true_end: true_end.into(), ended_at: ended_at.into(), reason: reason.into() }
}

async fn stop(bench: &Bench, end: TypedEnd) -> Result<(), Problem> {
    clock::pause(&bench.world.app, &bench.technician, bench.number, None, &end).await
}

fn missing() -> Result<(), Problem> {
    Err(Problem::field("true_end", FieldCode::Missing))
}

async fn manager(bench: &Bench) -> Corrector {
    bench.world.staff(StaffRole::Manager).await.corrector().expect("a manager")
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_clock_forgotten_overnight_is_billed_up_to_its_true_end(pool: PgPool) {
    let bench = forgotten(pool, SegmentKind::Work).await;
    assert_eq!(stop(&bench, TypedEnd::default()).await, missing());
    assert_eq!(bench.start(SegmentKind::Communication).await, missing());
    assert_eq!(bench.close(true).await, missing());

    let page = bench.page().await;
    assert_eq!(page.segments[0].ended_at, None, "what was refused has stopped nothing");
    assert_eq!(page.bill.billed, 90, "what is shown is what is believed");
    assert_eq!(bench.request().await.progress.expect("progress").minutes, 90, "to the customer too");
    let clock = page.forgotten.expect("it was forgotten");
    assert_eq!(clock.since, at(LIMIT));
    let ends: Vec<_> = clock.suggestions.iter().map(|end| (end.why, end.at)).collect();
    let [agreed, closed] = ["2026-11-23T09:15:00+01:00", "2026-11-23T15:30:00+01:00"].map(at);
    assert_eq!(ends, [(LikelyEnd::AgreedEnd, agreed), (LikelyEnd::LineClosed, closed)]);
    let day = day::page(&bench.world.app, &bench.technician, None).await.expect("the day");
    assert_eq!(day.running.expect("a clock").forgotten_since, Some(at(LIMIT)));

    let end = the_end(&agreed.to_rfc3339(), "", "");
    stop(&bench, end.clone()).await.expect("stopped");
    stop(&bench, end).await.expect("the same form again");
    bench.close(true).await.expect("closed");
    let receipt = bench.receipt(1).await;
    assert_eq!(receipt.bill.billed, 60, "not 1,385");
    assert_eq!(receipt.segments[0].source, Some(CorrectionSource::Forgotten));
    bench.sound().await;
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn waiting_that_was_forgotten_is_not_shown_to_the_customer_for_hours(pool: PgPool) {
    let bench = forgotten(pool, SegmentKind::Waiting).await;
    assert_eq!(stop(&bench, TypedEnd::default()).await, missing());
    assert_eq!(bench.start(SegmentKind::Work).await, missing());
    stop(&bench, the_end(OTHER, "2026-11-23T08:20", "")).await.expect("stopped");
    bench.close(true).await.expect("closed");
    let waited = &bench.receipt(1).await.segments[0];
    assert_eq!((waited.ended_at - waited.started_at).num_minutes(), 5);
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn beyond_the_limit_a_true_end_has_a_reason_and_by_more_than_an_hour_a_manager(pool: PgPool) {
    let bench = forgotten(pool, SegmentKind::Work).await;
    let field = |name: &str, code| Err(Problem::field(name, code));
    let other = |ended_at, reason| stop(&bench, the_end(OTHER, ended_at, reason));
    assert_eq!(other("", "").await, field("ended_at", FieldCode::Missing));
    assert_eq!(other("včera", "").await, field("ended_at", FieldCode::Unknown));
    assert_eq!(other("2026-11-23T08:15", "").await, field("ended_at", FieldCode::OutOfRange));
    assert_eq!(other("2026-11-24T07:21", "").await, field("ended_at", FieldCode::OutOfRange), "it lies ahead");
    assert_eq!(other("2026-11-23T10:00", "").await, field("reason", FieldCode::Missing));
    assert_eq!(other("2026-11-23T10:46", "Pracovalo se.").await, field("ended_at", FieldCode::TooLong));
    let now = the_end(NOW, "", "Opravdu jsme pracovali celou noc.");
    assert_eq!(stop(&bench, now.clone()).await, field("true_end", FieldCode::TooLong));
    assert_eq!(bench.page().await.segments[0].ended_at, None);

    let manager = manager(&bench).await;
    let (app, number) = (&bench.world.app, bench.number);
    let stale = clock::pause(app, &manager, number, Some(SegmentId(0)), &now).await;
    assert_eq!(stale, Ok(()), "another clock's form stops nothing");
    assert_eq!(bench.page().await.segments[0].ended_at, None);
    clock::pause(app, &manager, number, None, &now).await.expect("a manager may");
    let page = bench.page().await;
    assert_eq!(page.bill.effective_minutes, 1_385);
    assert_eq!(page.corrections[0].reason, "Opravdu jsme pracovali celou noc.");
    let segment = page.segments[0].id;
    let seen = [
        Unusual::Long { segment, minutes: 1_385 },
        Unusual::Doubtful { segment, why: Doubt::AfterAgreed },
        Unusual::Doubtful { segment, why: Doubt::OutsideHours },
        Unusual::AboveEstimate { effective: 1_385, estimated: 45 },
    ];
    assert_eq!(page.unusual, seen, "and whoever closes it is shown");
    assert_eq!(bench.world.id("select count(*) from time_segment where confirmed_by is not null").await, 1);
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn the_database_refuses_an_end_beyond_the_limit_that_nobody_confirmed(pool: PgPool) {
    let bench = forgotten(pool, SegmentKind::Work).await;
    let end = async |at: &str, by: &str| {
        let update = sqlx::AssertSqlSafe(format!("update time_segment set ended_at = '{at}', confirmed_by = {by}"));
        sqlx::query(update).execute(bench.world.app.db.pool()).await
    };
    let refused = end("2026-11-23T09:45:01+01:00", "null").await.expect_err("beyond the limit");
    let constraint = refused.as_database_error().and_then(|error| error.constraint());
    assert_eq!(constraint, Some("forgotten_end_is_confirmed"));
    end(LIMIT, "null").await.expect("within it");
    end("2026-11-24T07:00:00+01:00", "technician_id").await.expect("confirmed");
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn what_a_forgotten_clock_counts_beyond_its_limit_asks_no_customer(pool: PgPool) {
    let bench = Bench::new(pool).await;
    bench.world.sql("update service_request set ceiling_minutes = 100").await;
    bench.minutes(15);
    bench.start(SegmentKind::Work).await.expect("started");
    bench.minutes(23 * 60 + 5);
    upkeep::watch_clocks(&bench.world.app).await.expect("watched");
    let asked = "select count(*) from ceiling_consent";
    assert_eq!(bench.world.id(asked).await, 0, "ninety minutes are believed");
    // It was really worked for two hours: then the ceiling was reached on the way.
    stop(&bench, the_end(OTHER, "2026-11-23T10:15", "Oprava trvala déle.")).await.expect("stopped");
    assert_eq!(bench.world.id(asked).await, 1);
    let page = bench.page().await;
    let minutes: Vec<_> = page.segments.iter().map(|it| (it.kind, it.seconds(page.now) / 60)).collect();
    assert_eq!(minutes, [(SegmentKind::Work, 100), (SegmentKind::Waiting, 20)]);
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn the_waiting_above_a_ceiling_is_forgotten_with_the_clock_that_it_was_split_from(pool: PgPool) {
    let bench = Bench::new(pool).await;
    bench.world.sql("update service_request set ceiling_minutes = 30").await;
    bench.minutes(15);
    bench.start(SegmentKind::Work).await.expect("started");
    bench.minutes(60);
    upkeep::watch_clocks(&bench.world.app).await.expect("watched");
    bench.minutes(22 * 60);
    let clock = bench.page().await.forgotten.expect("forgotten");
    assert_eq!((clock.kind, clock.since), (SegmentKind::Waiting, at(LIMIT)));
    assert_eq!(bench.close(true).await, missing());
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_clock_that_was_forgotten_for_weeks_is_put_right_and_its_segment_too(pool: PgPool) {
    let bench = Bench::new(pool).await;
    bench.minutes(15);
    bench.start(SegmentKind::Work).await.expect("started");
    bench.world.app.clock.advance(TimeDelta::days(20));
    let segment = bench.page().await.segments[0].id;
    stop(&bench, the_end(OTHER, "2026-11-23T08:35", "")).await.expect("stopped");
    let correct = |until| {
        let typed = typed_segment(SegmentKind::Work, "2026-11-23T08:15", until, "trvalo to déle");
        let key = bench.world.app.random.uuid();
        corrections::correct(&bench.world.app, &bench.technician, bench.number, Some(segment), typed, key)
    };
    correct("2026-11-23T08:40").await.expect("lengthened, however old it is");
    correct("2026-11-23T08:30").await.expect("shortened");
    assert_eq!(bench.page().await.bill.effective_minutes, 15);
}
