//! Closing: the receipt explains every minute, and work that is resumed is not charged twice.

use chrono::{NaiveDate, TimeDelta};
use linka::{
    model::{
        minutes::{pools::PoolKind, usage::StatementSpan},
        ordering::{requests::RequestState, timeline::TimelineKind},
        work::segments::SegmentKind,
    },
    server::{db::MIGRATIONS, service::minutes::usage},
};
use sqlx::PgPool;

use crate::support::{Bench, appointment};

#[sqlx::test(migrator = "MIGRATIONS")]
async fn the_clock_runs_by_kind_and_closing_explains_every_minute(pool: PgPool) {
    let bench = Bench::new(pool).await;
    bench.start(SegmentKind::Preparation).await.expect("started");
    bench.minutes(4);
    bench.start(SegmentKind::Communication).await.expect("switched over");
    bench.minutes(6);
    bench.start(SegmentKind::Waiting).await.expect("switched over");
    bench.minutes(30);
    bench.start(SegmentKind::Work).await.expect("switched over");
    bench.minutes(24);
    let page = bench.page().await;
    assert_eq!((page.bill.effective_minutes, page.bill.billed, page.segments.len()), (34, 34, 4));
    assert_eq!(bench.request().await.summary.state, RequestState::InProgress);
    bench.pause().await;
    bench.minutes(120);
    bench.close(true).await.expect("closed");

    let receipt = bench.receipt(1).await;
    assert_eq!(receipt.bill.billed, 34, "waiting and the pause cost nothing");
    let draws: Vec<_> = receipt.draws.iter().map(|draw| (draw.kind, draw.minutes)).collect();
    assert_eq!(draws, [(PoolKind::Contract, 30)]);
    let remainder = receipt.remainder.expect("a remainder");
    assert_eq!((remainder.minutes, remainder.price.haler(), remainder.price_with_vat.haler()), (4, 11_200, 13_552));
    let request = bench.request().await;
    assert_eq!(request.summary.state, RequestState::Closed);
    assert_eq!(request.receipts.len(), 1);
    assert_eq!(request.timeline.last().map(|entry| entry.kind), Some(TimelineKind::Closed));
    bench.sound().await;
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn work_resumed_within_two_working_days_is_not_charged_the_minimum_twice(pool: PgPool) {
    let mut bench = Bench::new(pool).await;
    bench.start(SegmentKind::Work).await.expect("started");
    bench.minutes(5);
    bench.close(false).await.expect("suspended");
    assert_eq!(bench.receipt(1).await.bill.billed, 20, "five minutes are raised to the minimum");
    let request = bench.request().await;
    assert_eq!(request.summary.state, RequestState::Waiting);
    assert_eq!(request.joins_until, NaiveDate::from_ymd_opt(2026, 11, 25), "the second working day after");

    // On the last day that joins, the customer picks another time.
    bench.world.app.clock.advance(TimeDelta::days(2));
    bench.pick_again().await;
    assert!(bench.page().await.resumed);
    bench.start(SegmentKind::Work).await.expect("resumed");
    bench.minutes(12);
    bench.close(false).await.expect("suspended again");
    let receipt = bench.receipt(1).await;
    assert_eq!((receipt.version, receipt.bill.effective_minutes, receipt.bill.billed), (2, 17, 20));
    assert_eq!(bench.world.id("select count(*) from intervention").await, 1);
    assert_eq!(bench.world.id("select -sum(minutes)::bigint from ledger_entry where kind = 'draw'").await, 20);

    // A week later it is another intervention with a minimum of its own.
    bench.world.app.clock.advance(TimeDelta::days(7));
    assert_eq!(bench.request().await.joins_until, None, "it is too late to join");
    bench.pick_again().await;
    bench.start(SegmentKind::Work).await.expect("started anew");
    bench.minutes(3);
    bench.close(true).await.expect("closed");
    assert_eq!(bench.receipt(2).await.bill.billed, 20);
    assert_eq!(bench.request().await.receipts.len(), 2);
    bench.sound().await;
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn usage_shows_the_sums_of_receipts_and_leads_to_them(pool: PgPool) {
    let bench = Bench::new(pool).await;
    bench.start(SegmentKind::Work).await.expect("started");
    bench.minutes(34);
    bench.close(true).await.expect("closed");
    let viewer = bench.place.boss.may_see_billing().expect("billing");
    let (second, _) = appointment(&bench.world, &bench.place).await;
    let page = usage::page(&bench.world.app, &viewer).await.expect("usage");
    assert_eq!(page.by_month.len(), 12);
    let this_month = page.by_month.last().expect("this month");
    assert_eq!((this_month.interventions, this_month.minutes, this_month.over_minutes), (1, 34, 4));
    assert_eq!(page.by_program[0].minutes, 34);
    assert_eq!(page.latest.rows.len(), 1);
    assert_eq!(page.latest.rows[0].from_pools, [(PoolKind::Contract, 30)]);
    assert_eq!(page.reserved_over, 45, "the agreed appointment {second} will probably take 45 minutes");
    assert_eq!(page.alert.map(|alert| alert.kind), Some(linka::model::minutes::alerts::AlertKind::Used100));
    let statement = usage::statement(&bench.world.app, &viewer, StatementSpan::Month, None).await.expect("statement");
    let changes: Vec<_> = statement.entries.iter().map(|entry| (entry.minutes, entry.over_minutes)).collect();
    assert_eq!((statement.opening, changes, statement.closing), (0, vec![(30, 0), (-30, 0), (0, 4)], 0));
    // Another customer sees nothing of it.
    let other = bench.world.place("Jiná").await;
    let other = other.boss.may_see_billing().expect("billing");
    let page = usage::page(&bench.world.app, &other).await.expect("usage");
    assert!(page.pools.is_empty() && page.latest.rows.is_empty());
}
