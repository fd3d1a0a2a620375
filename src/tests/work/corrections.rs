//! Corrections: with a reason, within their limits, and what was there is kept.

use chrono::TimeDelta;
use linka::{
    model::{
        base::ids::SegmentId,
        people::members::StaffRole,
        problem::{FieldCode, Problem},
        work::{interventions::WorkRefused, segments::SegmentKind},
    },
    server::{
        auth::Corrector,
        db::MIGRATIONS,
        service::{
            upkeep,
            work::{
                attempts, bench,
                corrections::{self, TypedSegment},
            },
        },
    },
};
use sqlx::PgPool;

use crate::support::{Bench, typed_segment};

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_segment_is_corrected_with_a_reason_and_what_it_was_is_kept(pool: PgPool) {
    let bench = Bench::new(pool).await;
    bench.start(SegmentKind::Work).await.expect("started at eight");
    bench.minutes(60);
    let segment = bench.page().await.segments[0].id;
    let correct = |id: Option<SegmentId>, typed: TypedSegment| {
        let key = bench.world.app.random.uuid();
        corrections::correct(&bench.world.app, &bench.technician, bench.number, id, typed, key)
    };
    let field = |name, code| Err(Problem::field(name, code));
    let eight_to = |until| typed_segment(SegmentKind::Work, "2026-11-23T08:00:00", until, "zapomněl jsem zastavit");
    assert_eq!(correct(Some(segment), eight_to("2026-11-23T10:00")).await, field("ended_at", FieldCode::OutOfRange));
    assert_eq!(correct(Some(segment), eight_to("včera")).await, field("ended_at", FieldCode::Unknown));
    assert_eq!(correct(Some(SegmentId(0)), eight_to("2026-11-23T08:25")).await, Err(Problem::NotFound));
    let no_reason = typed_segment(SegmentKind::Work, "2026-11-23T08:00", "2026-11-23T08:25", " ");
    assert_eq!(correct(Some(segment), no_reason).await, field("reason", FieldCode::Missing));
    correct(Some(segment), eight_to("2026-11-23T08:25")).await.expect("corrected");
    // A forgotten piece is added by hand, but not over another one.
    let over = typed_segment(SegmentKind::Communication, "2026-11-23T08:20", "2026-11-23T08:30", "telefonát");
    assert_eq!(correct(None, over).await, Err(WorkRefused::Overlaps.into()));
    let beside = typed_segment(SegmentKind::Communication, "2026-11-23T08:25", "2026-11-23T08:30", "telefonát");
    correct(None, beside).await.expect("added");

    let page = bench.page().await;
    assert_eq!(page.bill.effective_minutes, 30);
    assert_eq!(page.corrections.len(), 2);
    let first = page.corrections.last().expect("the first correction");
    assert_eq!(first.reason, "zapomněl jsem zastavit");
    assert_eq!(first.before.expect("what it was").ended_at, None, "it was running");
    bench.close(true).await.expect("closed");
    let segments = bench.receipt(1).await.segments;
    let corrections: Vec<_> = segments.iter().map(|segment| (segment.correction.as_deref(), segment.added)).collect();
    assert_eq!(corrections, [(Some("zapomněl jsem zastavit"), false), (Some("telefonát"), true)]);
    bench.sound().await;
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn the_clock_starts_on_the_eve_at_the_earliest_and_no_segment_is_older_than_the_request(pool: PgPool) {
    let bench = Bench::new(pool).await;
    let number = bench.number;
    bench
        .world
        .sql(&format!(
            "update appointment a set during = tstzrange(lower(during) + interval '2 days', upper(during) + interval '2 days')
             from service_request r where r.id = a.request_id and r.number = '{number}'"
        ))
        .await;
    assert_eq!(bench.start(SegmentKind::Preparation).await, Err(WorkRefused::TooEarly.into()), "Wednesday's on Monday");
    let friday = typed_segment(SegmentKind::Work, "2026-11-20T09:00", "2026-11-20T09:30", "před objednávkou");
    let key = bench.world.app.random.uuid();
    let added = corrections::correct(&bench.world.app, &bench.technician, number, None, friday, key).await;
    assert_eq!(added, Err(Problem::field("started_at", FieldCode::OutOfRange)));
    // Attempts on the eve are noted, but nobody is missing yet.
    bench.attempt().await;
    bench.attempt().await;
    bench.world.app.clock.advance(TimeDelta::days(3));
    let key = bench.world.app.random.uuid();
    let missed = attempts::call_missed(&bench.world.app, &bench.technician, number, key).await;
    assert_eq!(missed, Err(WorkRefused::NotMissedYet.into()));
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn minutes_added_by_hand_count_from_when_they_were_worked(pool: PgPool) {
    let bench = Bench::new(pool).await;
    // Written down in January, worked in December: the old quarter pays.
    bench.world.app.clock.advance(TimeDelta::days(39));
    upkeep::credit_periods(&bench.world.app).await.expect("the next quarter");
    let key = bench.world.app.random.uuid();
    let typed = typed_segment(SegmentKind::Work, "2026-12-30T09:00", "2026-12-30T09:25", "zapsáno dodatečně");
    let typed = TypedSegment { confirmed: true, ..typed };
    corrections::correct(&bench.world.app, &bench.technician, bench.number, None, typed, key).await.expect("added");
    bench.close(true).await.expect("closed");
    let expires = bench.receipt(1).await.draws[0].expires_at.expect("an end");
    assert_eq!(expires, crate::support::at("2027-01-01T00:00:00+01:00"));
    bench.sound().await;
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_correction_that_is_refused_leaves_nothing(pool: PgPool) {
    let bench = Bench::new(pool).await;
    bench.world.sql("update service_request set ceiling_minutes = 30").await;
    bench.start(SegmentKind::Preparation).await.expect("started");
    bench.world.app.clock.advance(TimeDelta::seconds(1));
    bench.pause().await;
    bench.minutes(120);
    let add = async |from, until| {
        let typed = typed_segment(SegmentKind::Work, from, until, "zapsáno dodatečně");
        let key = bench.world.app.random.uuid();
        corrections::correct(&bench.world.app, &bench.technician, bench.number, None, typed, key).await
    };
    assert_eq!(add("2026-11-23T08:15", "2026-11-23T09:00").await, Err(WorkRefused::AboveCeiling.into()));
    assert_eq!(add("2026-11-23T08:00", "2026-11-23T08:10").await, Err(WorkRefused::Overlaps.into()));
    let asked =
        "select (select count(*) from ceiling_consent) + (select count(*) from mail where kind = 'consent_asked')";
    assert_eq!(bench.world.id(asked).await, 0, "nobody is asked about what nobody measured");
    assert_eq!(bench.world.id("select count(*) from time_segment").await, 1);
    assert_eq!(bench.world.count("confirmed").await, 1, "nor has the appointment begun");
    add("2026-11-23T08:15", "2026-11-23T08:40").await.expect("added");
    assert_eq!(bench.world.count("running").await, 1);
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn what_lies_outside_the_visit_is_confirmed_and_more_than_an_hour_is_a_managers(pool: PgPool) {
    let bench = Bench::new(pool).await;
    let manager = bench.world.staff(StaffRole::Manager).await.corrector().expect("a manager");
    let dispatcher = bench.world.staff(StaffRole::Dispatcher).await;
    assert!(dispatcher.corrector().is_err());
    bench.minutes(5 * 24 * 60);
    let add = async |by: &Corrector, kind, from, until, confirmed| {
        let typed = TypedSegment { confirmed, ..typed_segment(kind, from, until, "tak to bylo") };
        corrections::correct(&bench.world.app, by, bench.number, None, typed, bench.world.app.random.uuid()).await
    };
    let not_confirmed = Err(Problem::field("confirmed", FieldCode::NotConfirmed));
    let dawn = ("2026-11-23T03:00", "2026-11-23T03:30");
    let prepared = SegmentKind::Preparation;
    assert_eq!(add(&bench.technician, prepared, dawn.0, dawn.1, false).await, not_confirmed);
    let days = ("2026-11-23T08:15", "2026-11-27T07:15");
    let work = SegmentKind::Work;
    let needs_manager = Err(Problem::field("ended_at", FieldCode::TooLong));
    assert_eq!(add(&bench.technician, work, days.0, days.1, true).await, needs_manager, "95 hours in one segment");
    assert_eq!(add(&manager, work, days.0, days.1, false).await, not_confirmed);
    assert_eq!(bench.world.id("select count(*) from time_segment").await, 0);

    add(&bench.technician, prepared, dawn.0, dawn.1, true).await.expect("confirmed");
    add(&manager, work, "2026-11-23T08:15", "2026-11-23T09:45", false).await.expect("a manager may");
    let page = bench.page().await;
    assert_eq!(page.bill.effective_minutes, 120);
    assert_eq!(page.corrections[0].by, "Z", "it says who");
    // Thirty minutes were the technician's own, and ninety the manager's.
    add(&bench.technician, work, "2026-11-23T09:45", "2026-11-23T10:10", true).await.expect("55 in all");
    let past_the_hour = add(&bench.technician, work, "2026-11-23T10:10", "2026-11-23T10:16", true).await;
    assert_eq!(past_the_hour, needs_manager, "61 minutes in three corrections");
    add(&bench.technician, work, "2026-11-23T10:10", "2026-11-23T10:15", true).await.expect("60 in all");
    let app = &bench.world.app;
    let seen = bench::page(app, &manager, bench.number).await.expect("the bench of anybody");
    assert!(seen.may_correct && !seen.may_work);
}
