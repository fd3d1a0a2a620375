//! Objections: decided with an answer; what is accepted returns, and nothing twice.

use std::iter;

use chrono::TimeDelta;
use linka::{
    model::{
        base::numbers::InterventionRef,
        minutes::{pools::PoolKind, usage::StatementSpan},
        problem::{FieldCode, Problem},
        work::{contests::ContestState, segments::SegmentKind},
    },
    server::{
        db::MIGRATIONS,
        service::{
            minutes::usage,
            upkeep,
            work::{contests, receipts},
        },
    },
};
use sqlx::PgPool;

use crate::support::Bench;

#[sqlx::test(migrator = "MIGRATIONS")]
async fn an_accepted_objection_returns_minutes_and_a_rejected_one_does_not(pool: PgPool) {
    let bench = Bench::new(pool).await;
    bench.start(SegmentKind::Work).await.expect("started");
    bench.minutes(20);
    bench.start(SegmentKind::Communication).await.expect("switched");
    bench.minutes(15);
    bench.close(true).await.expect("closed");
    let name = InterventionRef { number: bench.number, ordinal: 1 };
    let segments = bench.receipt(1).await.segments;
    let member = bench.place.boss.member().expect("a member");
    let app = &bench.world.app;
    let contest = |segment, reason: &'static str| contests::add(app, &member, name, Some(segment), reason);
    assert_eq!(contest(segments[1].id, " ").await, Err(Problem::field("reason", FieldCode::Missing)));
    contest(segments[1].id, "To jsme řešili vaši chybu.").await.expect("objected");
    contest(segments[1].id, "To jsme řešili vaši chybu.").await.expect("sent twice");
    contest(segments[0].id, "Trvalo to kratší dobu.").await.expect("objected");
    let dispatcher = bench.world.staff(linka::model::people::members::StaffRole::Dispatcher).await;
    let desk = dispatcher.desk().expect("the desk");
    let cases = contests::open(app, &desk).await.expect("cases").rows;
    assert_eq!(cases.len(), 2);
    let decide = |place: usize, accepted, answer: &'static str| {
        contests::decide(app, &desk, cases[place].contest.id, Some(accepted), answer, app.random.uuid())
    };
    decide(0, true, "Ano, byla to naše chyba.").await.expect("accepted");
    decide(0, true, "Ano, byla to naše chyba.").await.expect("sent twice");
    assert_eq!(decide(0, false, "N").await, Err(Problem::field("answer", FieldCode::TooShort)));
    assert_eq!(decide(0, false, "Přece ne.").await, Err(Problem::Conflict));
    decide(1, false, "Hodiny říkají dvacet minut.").await.expect("rejected");

    let page = receipts::page(app, &bench.place.boss, name).await.expect("the receipt");
    assert_eq!((page.receipt.version, page.receipt.bill.billed, page.former.len()), (2, 20, 1));
    assert_eq!(page.former[0].bill.billed, 35, "the former version stays as it was");
    assert_eq!(page.receipt.remainder, None, "what was to be paid in money goes first");
    let states: Vec<_> = page.contests.iter().map(|contest| contest.state).collect();
    assert_eq!(states, [ContestState::Accepted, ContestState::Rejected]);
    let about = |place: usize| page.contests[place].about(iter::once(&page.receipt).chain(&page.former));
    assert_eq!(page.receipt.segments[1].kind, SegmentKind::OurFault);
    assert_eq!(about(0), Some(&segments[1]), "an objection names what was objected to");
    assert_eq!(about(1), Some(&segments[0]));
    assert_eq!(page.contest_until, None, "nothing is left to object to");
    let kinds = "select string_agg(kind, ',' order by seq) from ledger_entry where intervention_id is not null";
    let kinds: String =
        sqlx::query_scalar(kinds).fetch_one(bench.world.app.db.pool()).await.expect("the kinds of entries");
    assert_eq!(kinds, "draw,charge,waive,return");
    bench.sound().await;
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn an_objection_comes_too_late_after_thirty_days(pool: PgPool) {
    let bench = Bench::new(pool).await;
    bench.start(SegmentKind::Work).await.expect("started");
    bench.minutes(20);
    bench.close(true).await.expect("closed");
    let name = InterventionRef { number: bench.number, ordinal: 1 };
    let segment = bench.receipt(1).await.segments[0].id;
    bench.world.app.clock.advance(TimeDelta::days(30));
    let member = bench.place.boss.member().expect("a member");
    let late = contests::add(&bench.world.app, &member, name, Some(segment), "Nesedí to.").await;
    assert_eq!(late, Err(Problem::Conflict));
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn minutes_that_return_to_an_expired_grant_can_still_be_drawn(pool: PgPool) {
    let bench = Bench::new(pool).await;
    bench.start(SegmentKind::Work).await.expect("started");
    bench.minutes(25);
    bench.close(true).await.expect("closed");
    let name = InterventionRef { number: bench.number, ordinal: 1 };
    let segment = bench.receipt(1).await.segments[0].id;
    let (app, member) = (&bench.world.app, bench.place.boss.member().expect("a member"));
    contests::add(app, &member, name, Some(segment), "Byla to vaše chyba.").await.expect("objected");
    // The quarter ends before the desk decides.
    app.clock.advance(TimeDelta::days(45));
    upkeep::credit_periods(app).await.expect("the next quarter");
    upkeep::expire_grants(app, upkeep::Expired::AtAnyTime).await.expect("what was left of the last one");
    let manager = bench.world.staff(linka::model::people::members::StaffRole::Manager).await;
    let desk = manager.desk().expect("the desk");
    let contest = contests::open(app, &desk).await.expect("cases").rows[0].contest.id;
    let decided = contests::decide(app, &desk, contest, Some(true), "Ano, máte pravdu.", app.random.uuid());
    decided.await.expect("accepted");
    let viewer = bench.place.boss.may_see_billing().expect("billing");
    let page = usage::page(app, &viewer).await.expect("usage");
    let pools: Vec<_> = page.pools.iter().map(|pool| (pool.kind, pool.left)).collect();
    assert_eq!(pools, [(PoolKind::Contract, 30), (PoolKind::Correction, 25)]);
    let statement = usage::statement(app, &viewer, StatementSpan::Year, None).await.expect("a statement");
    assert_eq!(statement.closing, 55);
    bench.sound().await;
}
