//! The ceiling: the clock pauses there until somebody who may buy agrees.

use linka::{
    model::{
        ordering::timeline::TimelineKind,
        people::members::{Capabilities, Capability},
        problem::{FieldCode, Problem},
        work::{interventions::WorkRefused, segments::SegmentKind},
    },
    server::{
        db::MIGRATIONS,
        service::{
            ordering::requests,
            upkeep,
            work::{ceiling, corrections},
        },
    },
};
use sqlx::PgPool;

use crate::support::{Bench, typed_segment};

#[sqlx::test(migrator = "MIGRATIONS")]
async fn at_the_ceiling_the_billed_clock_pauses_until_a_buyer_agrees(pool: PgPool) {
    let bench = Bench::new(pool).await;
    bench.world.sql("update service_request set ceiling_minutes = 30").await;
    bench.start(SegmentKind::Work).await.expect("started");
    bench.minutes(50);
    upkeep::watch_clocks(&bench.world.app).await.expect("watched");
    upkeep::watch_clocks(&bench.world.app).await.expect("watched again");
    let page = bench.page().await;
    assert_eq!(page.bill.effective_minutes, 30, "nothing above the ceiling is billed");
    let kinds: Vec<_> = page.segments.iter().map(|segment| (segment.kind, segment.seconds(page.now) / 60)).collect();
    assert_eq!(kinds, [(SegmentKind::Work, 30), (SegmentKind::Waiting, 20)], "split at the very instant");
    assert_eq!(bench.start(SegmentKind::Work).await, Err(WorkRefused::WaitingForConsent.into()));
    bench.minutes(10);

    // The page asks; somebody who may not buy cannot answer, and the answer must be above what was reached.
    let consent = bench.request().await.progress.expect("progress").ceiling.consent.expect("a question");
    assert_eq!((consent.ceiling_minutes, consent.answer), (30, None));
    let buyer = bench.place.boss.may_buy().expect("a buyer");
    let answer = |agreed, ceiling: &'static str| {
        ceiling::answer(&bench.world.app, &buyer, bench.number, None, Some(agreed), ceiling)
    };
    assert_eq!(answer(true, "30").await, Err(Problem::field("new_ceiling", FieldCode::OutOfRange)));
    answer(true, "45").await.expect("agreed");
    assert_eq!(answer(true, "60").await, Err(Problem::Conflict), "it was answered");

    bench.start(SegmentKind::Work).await.expect("goes on");
    bench.minutes(20);
    bench.close(true).await.expect("closed");
    let receipt = bench.receipt(1).await;
    assert_eq!(receipt.bill.billed, 45, "closing stops at the new ceiling too");
    let kinds: Vec<_> = bench.request().await.timeline.iter().map(|entry| entry.kind).collect();
    let consents = |kind| kinds.iter().filter(|known| **known == kind).count();
    assert_eq!(consents(TimelineKind::ConsentAsked), 2);
    assert_eq!(consents(TimelineKind::ConsentGiven), 1);
    bench.sound().await;
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_refused_consent_keeps_the_billed_clock_paused(pool: PgPool) {
    let bench = Bench::new(pool).await;
    bench.world.sql("update service_request set ceiling_minutes = 30").await;
    bench.start(SegmentKind::Work).await.expect("started");
    bench.minutes(31);
    upkeep::watch_clocks(&bench.world.app).await.expect("watched");
    let buyer = bench.place.boss.may_buy().expect("a buyer");
    ceiling::answer(&bench.world.app, &buyer, bench.number, None, Some(false), "").await.expect("refused");
    assert_eq!(bench.start(SegmentKind::Work).await, Err(WorkRefused::WaitingForConsent.into()));
    // A correction is no way around it.
    let segment = bench.page().await.segments[1].id;
    bench.minutes(10);
    bench.pause().await;
    let typed = typed_segment(SegmentKind::Work, "2026-11-23T08:30", "2026-11-23T08:40", "zapomněl jsem přepnout");
    let key = bench.world.app.random.uuid();
    let corrected =
        corrections::correct(&bench.world.app, &bench.technician, bench.number, Some(segment), typed, key).await;
    assert_eq!(corrected, Err(WorkRefused::AboveCeiling.into()));
    bench.close(true).await.expect("closed");
    assert_eq!(bench.receipt(1).await.bill.billed, 30);
    assert_eq!(bench.world.id("select count(*) from ceiling_consent").await, 1, "it was asked once");
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn whoever_buys_sees_the_request_that_asks_for_consent_and_no_other(pool: PgPool) {
    let bench = Bench::new(pool).await;
    bench.world.sql("update service_request set ceiling_minutes = 30").await;
    let buyer = bench.world.member(bench.place.customer, Capabilities::NONE.with(Capability::Buy)).await;
    let member = buyer.member().expect("a member");
    let page = || requests::page(&bench.world.app, &member, bench.number);
    assert_eq!(page().await.err(), Some(Problem::NotFound));
    bench.start(SegmentKind::Work).await.expect("started");
    bench.minutes(31);
    upkeep::watch_clocks(&bench.world.app).await.expect("watched");
    assert!(page().await.expect("visible now").progress.is_some());
    let buyer = buyer.may_buy().expect("a buyer");
    let stale = ceiling::answer(&bench.world.app, &buyer, bench.number, Some(20), Some(true), "60").await;
    assert_eq!(stale, Err(Problem::Conflict), "the form was made for another question");
    let answer = || ceiling::answer(&bench.world.app, &buyer, bench.number, None, Some(true), "60");
    answer().await.expect("agreed");
    answer().await.expect("the same answer again");
    bench.close(true).await.expect("closed");
    let late = ceiling::answer(&bench.world.app, &buyer, bench.number, None, Some(false), "").await;
    assert_eq!(late, Err(Problem::Conflict));
}
