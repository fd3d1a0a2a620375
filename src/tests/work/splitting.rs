//! Splitting a segment: the sum stays what it was, and what is refused leaves no trace.

use chrono::TimeDelta;
use linka::{
    model::{
        base::{calendar::to_local, ids::SegmentId},
        people::members::StaffRole,
        problem::{FieldCode, Problem},
        work::{
            figures::{Figure, FiguresKind, Step},
            pages::SegmentCorrection,
            segments::{Segment, SegmentKind},
        },
    },
    server::{
        db::MIGRATIONS,
        service::work::{
            figures,
            splitting::{self, TypedSplit},
        },
    },
};
use sqlx::PgPool;
use uuid::Uuid;

use crate::support::Bench;

/// Splits a segment so many minutes after its start.
async fn split(
    bench: &Bench,
    segment: SegmentId,
    after: i64,
    kinds: (SegmentKind, SegmentKind),
    key: Uuid,
) -> Result<(), Problem> {
    let segments = bench.page().await.segments;
    let whole = segments.iter().find(|known| known.id == segment).expect("the segment");
    let at = to_local(whole.started_at + TimeDelta::minutes(after)).format("%Y-%m-%dT%H:%M:%S").to_string();
    let reason = "Zákazník hledal heslo.".to_owned();
    let typed = TypedSplit { at, before: Some(kinds.0), after: Some(kinds.1), reason };
    splitting::split(&bench.world.app, &bench.technician, bench.number, segment, typed, key).await
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_split_segment_is_as_long_as_it_was_and_says_why(pool: PgPool) {
    let bench = Bench::new(pool).await;
    bench.start(SegmentKind::Work).await.expect("started");
    bench.minutes(40);
    bench.pause().await;
    let whole = bench.page().await.segments[0];
    let key = bench.world.app.random.uuid();
    let kinds = (SegmentKind::Work, SegmentKind::Waiting);
    for (after, wrong) in [(0, FieldCode::OutOfRange), (40, FieldCode::OutOfRange)] {
        let refused = split(&bench, whole.id, after, kinds, key).await;
        assert_eq!(refused, Err(Problem::field("split_at", wrong)));
    }
    let same = split(&bench, whole.id, 10, (SegmentKind::Work, SegmentKind::Work), key).await;
    assert_eq!(same, Err(Problem::field("kind_after", FieldCode::AlreadyUsed)));
    assert_eq!(bench.world.id("select count(*) from segment_correction").await, 0, "what is refused leaves no trace");
    split(&bench, whole.id, 25, kinds, key).await.expect("split");
    split(&bench, whole.id, 10, kinds, key).await.expect("the same form again");
    let page = bench.page().await;
    let lengths: Vec<_> = page.segments.iter().map(|it| (it.kind, it.seconds(page.now) / 60)).collect();
    assert_eq!(lengths, [(SegmentKind::Work, 25), (SegmentKind::Waiting, 15)]);
    assert_eq!(page.bill.effective_minutes, 25);
    let was = |before: Segment| (before.kind, before.started_at, before.ended_at);
    let kept = |correction: &SegmentCorrection| correction.before.map(was) == Some(was(whole));
    assert!(page.corrections.iter().all(kept), "{:?}", page.corrections);
    bench.close(true).await.expect("closed");
    let receipt = bench.receipt(1).await;
    assert!(receipt.segments.iter().all(|segment| segment.correction.as_deref() == Some("Zákazník hledal heslo.")));
    bench.sound().await;
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_segment_that_runs_is_split_and_runs_on(pool: PgPool) {
    let bench = Bench::new(pool).await;
    bench.start(SegmentKind::Work).await.expect("started");
    bench.minutes(20);
    let whole = bench.page().await.segments[0].id;
    let key = bench.world.app.random.uuid();
    split(&bench, whole, 12, (SegmentKind::Work, SegmentKind::Waiting), key).await.expect("split");
    bench.minutes(10);
    let page = bench.page().await;
    assert_eq!(page.bill.effective_minutes, 12);
    let last = page.segments.last().expect("the second part");
    assert_eq!((last.kind, last.ended_at, last.seconds(page.now)), (SegmentKind::Waiting, None, 18 * 60));
    assert_eq!(bench.world.id("select count(*) from time_segment where ended_at is null").await, 1);
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn more_than_an_hour_made_billable_needs_a_manager(pool: PgPool) {
    let bench = Bench::new(pool).await;
    bench.start(SegmentKind::Waiting).await.expect("started");
    // Two stretches, as no clock is believed for so long.
    bench.minutes(40);
    bench.pause().await;
    bench.start(SegmentKind::Waiting).await.expect("started again");
    bench.minutes(29);
    bench.pause().await;
    let [first, second] = bench.page().await.segments[..] else { panic!("two segments") };
    let key = || bench.world.app.random.uuid();
    split(&bench, first.id, 1, (SegmentKind::Waiting, SegmentKind::Work), key()).await.expect("39 minutes");
    let refused = split(&bench, second.id, 2, (SegmentKind::Waiting, SegmentKind::Work), key()).await;
    assert_eq!(refused, Err(Problem::field("split_at", FieldCode::TooLong)));
    assert_eq!(bench.page().await.segments.len(), 3);
    split(&bench, second.id, 20, (SegmentKind::Waiting, SegmentKind::Work), key()).await.expect("9 minutes more");
}

/// How many corrections the line counts in that November, and how many minutes they added and took.
async fn corrected(bench: &Bench) -> [Option<i64>; 3] {
    let manager = bench.world.staff(StaffRole::Manager).await.desk().expect("of the desk");
    let day = |text: &str| text.parse().ok();
    let (from, until) = (day("2026-11-01"), day("2026-11-30"));
    let page = figures::page(&bench.world.app, &manager, from, until, Some(Step::Month)).await.expect("the figures");
    let minutes = page.tables.iter().find(|table| table.kind == FiguresKind::Minutes).expect("the table");
    [Figure::Corrections, Figure::Added, Figure::Taken].map(|figure| minutes.total.of(figure))
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_split_that_bills_the_same_adds_and_takes_nothing(pool: PgPool) {
    let bench = Bench::new(pool).await;
    bench.start(SegmentKind::Work).await.expect("started");
    bench.minutes(20);
    bench.pause().await;
    let key = || bench.world.app.random.uuid();
    let whole = bench.page().await.segments[0].id;
    split(&bench, whole, 10, (SegmentKind::Work, SegmentKind::Communication), key()).await.expect("split");
    assert_eq!(corrected(&bench).await, [Some(1), Some(0), Some(0)]);
    bench.start(SegmentKind::Work).await.expect("started again");
    bench.minutes(15);
    let runs = bench.page().await.segments.last().expect("what runs").id;
    split(&bench, runs, 6, (SegmentKind::Work, SegmentKind::Waiting), key()).await.expect("split");
    assert_eq!(corrected(&bench).await, [Some(2), Some(0), Some(0)], "what runs counts as far as the split");
}
