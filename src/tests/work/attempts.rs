//! Attempts to reach the customer, and appointments that were missed.

use chrono::TimeDelta;
use linka::{
    model::{
        ordering::requests::RequestState,
        problem::Problem,
        work::{interventions::WorkRefused, segments::SegmentKind},
    },
    server::{
        db::MIGRATIONS,
        service::work::{attempts, corrections},
    },
};
use sqlx::PgPool;

use crate::support::{Bench, typed_segment};

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_missed_appointment_needs_attempts_and_costs_nothing(pool: PgPool) {
    let bench = Bench::new(pool).await;
    bench.start(SegmentKind::Preparation).await.expect("started");
    bench.minutes(10);
    bench.pause().await;
    let missed = || {
        let key = bench.world.app.random.uuid();
        attempts::call_missed(&bench.world.app, &bench.technician, bench.number, key)
    };
    bench.minutes(60);
    assert_eq!(missed().await, Err(WorkRefused::NotMissedYet.into()), "nobody tried to reach them");
    bench.attempt().await;
    assert_eq!(missed().await, Err(WorkRefused::NotMissedYet.into()), "once is not enough");
    bench.attempt().await;
    assert_eq!(missed().await, Err(WorkRefused::NotMissedYet.into()), "nor twice in one minute");
    bench.minutes(5);
    bench.attempt().await;
    missed().await.expect("missed");
    assert_eq!(bench.request().await.summary.state, RequestState::Waiting);
    assert_eq!(bench.receipt(1).await.bill.billed, 0, "preparation for nothing costs nothing");
    assert_eq!(bench.world.count("no_show").await, 1);
    bench.sound().await;
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_missed_visit_leaves_what_was_done_before_as_it_was(pool: PgPool) {
    let mut bench = Bench::new(pool).await;
    bench.start(SegmentKind::Work).await.expect("started");
    bench.minutes(40);
    bench.close(false).await.expect("suspended");
    bench.world.app.clock.advance(TimeDelta::days(1));
    bench.pick_again().await;
    bench.start(SegmentKind::Preparation).await.expect("resumed");
    bench.minutes(15);
    let earlier = bench.page().await.segments[0].id;
    bench.pause().await;
    let key = bench.world.app.random.uuid();
    let typed = typed_segment(SegmentKind::Waiting, "2026-11-23T08:00", "2026-11-23T08:01", "zkouším to");
    let refused =
        corrections::correct(&bench.world.app, &bench.technician, bench.number, Some(earlier), typed, key).await;
    assert_eq!(refused, Err(Problem::NotFound), "what stands on a receipt is not corrected");
    bench.attempt().await;
    bench.minutes(5);
    bench.attempt().await;
    let key = bench.world.app.random.uuid();
    attempts::call_missed(&bench.world.app, &bench.technician, bench.number, key).await.expect("missed");
    let receipt = bench.receipt(1).await;
    assert_eq!((receipt.version, receipt.bill.billed, receipt.report.as_str()), (2, 40, "Tisk funguje."));
    bench.sound().await;
}
