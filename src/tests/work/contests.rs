//! Objections: decided with an answer; what is accepted returns, and nothing twice.

use std::iter;

use chrono::TimeDelta;
use linka::{
    model::{
        base::numbers::InterventionRef,
        minutes::{pools::PoolKind, usage::StatementSpan},
        problem::{FieldCode, Problem},
        work::{contests::ContestState, interventions::WorkRefused, segments::SegmentKind},
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
    let said = || contest(segments[1].id, "To jsme řešili vaši chybu.");
    assert_eq!(tokio::join!(said(), said(), said()), (Ok(()), Ok(()), Ok(())), "a double click is one objection");
    assert_eq!(contest(segments[1].id, "Něco jiného.").await, Err(Problem::Conflict));
    contest(segments[1].id, "To jsme řešili vaši chybu.").await.expect("sent twice");
    contest(segments[0].id, "Trvalo to kratší dobu.").await.expect("objected");
    let dispatcher = bench.world.staff(linka::model::people::members::StaffRole::Dispatcher).await;
    let desk = dispatcher.desk().expect("the desk");
    let cases = contests::open(app, &desk).await.expect("cases").rows;
    assert_eq!(cases.len(), 2);
    let decide = |place: usize, accepted: bool, answer: &'static str| {
        let state = if accepted { ContestState::Accepted } else { ContestState::Rejected };
        contests::decide(app, &desk, cases[place].contest.id, Some(state), "", answer, app.random.uuid())
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
    let decided =
        contests::decide(app, &desk, contest, Some(ContestState::Accepted), "", "Ano, máte pravdu.", app.random.uuid());
    decided.await.expect("accepted");
    let viewer = bench.place.boss.may_see_billing().expect("billing");
    let page = usage::page(app, &viewer).await.expect("usage");
    let pools: Vec<_> = page.pools.iter().map(|pool| (pool.kind, pool.left)).collect();
    assert_eq!(pools, [(PoolKind::Contract, 30), (PoolKind::Correction, 25)]);
    let statement = usage::statement(app, &viewer, StatementSpan::Year, None).await.expect("a statement");
    assert_eq!(statement.closing, 55);
    bench.sound().await;
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_part_that_is_accepted_returns_its_minutes_and_no_more(pool: PgPool) {
    let bench = Bench::new(pool).await;
    bench.start(SegmentKind::Work).await.expect("started");
    bench.minutes(40);
    bench.close(true).await.expect("closed");
    let name = InterventionRef { number: bench.number, ordinal: 1 };
    let segment = bench.receipt(1).await.segments[0].id;
    let (app, member) = (&bench.world.app, bench.place.boss.member().expect("a member"));
    contests::add(app, &member, name, Some(segment), "Pět minut se restartoval váš server.").await.expect("objected");
    let dispatcher = bench.world.staff(linka::model::people::members::StaffRole::Dispatcher).await;
    let desk = dispatcher.desk().expect("the desk");
    let contest = contests::open(app, &desk).await.expect("cases").rows[0].contest.id;
    let decide = |minutes: &'static str| {
        let (state, key) = (Some(ContestState::PartlyAccepted), app.random.uuid());
        contests::decide(app, &desk, contest, state, minutes, "Pět minut bylo naše.", key)
    };
    assert_eq!(decide("41").await, Err(Problem::field("accepted_minutes", FieldCode::OutOfRange)));
    assert_eq!(decide("").await, Err(Problem::field("accepted_minutes", FieldCode::Missing)));
    assert_eq!(bench.receipt(1).await.version, 1, "what is refused leaves no trace");
    decide("5").await.expect("accepted in part");
    decide("5").await.expect("sent twice");
    assert_eq!(decide("6").await, Err(Problem::Conflict));

    let page = receipts::page(app, &bench.place.boss, name).await.expect("the receipt");
    assert_eq!((page.receipt.version, page.receipt.bill.billed), (2, 35));
    let lengths: Vec<_> = page.receipt.segments.iter().map(|it| (it.kind, it.seconds() / 60)).collect();
    assert_eq!(lengths, [(SegmentKind::Work, 35), (SegmentKind::OurFault, 5)], "the end of the segment is free");
    assert_eq!(page.former[0].segments.len(), 1, "the former version stays as it was");
    let decided = &page.contests[0];
    assert_eq!((decided.state, decided.accepted_minutes), (ContestState::PartlyAccepted, Some(5)));
    let waived = "select string_agg(kind || over_minutes || '/' || minutes, ',' order by seq) from ledger_entry
                  where intervention_id is not null";
    let waived: String = sqlx::query_scalar(waived).fetch_one(app.db.pool()).await.expect("the entries");
    assert_eq!(waived, "draw0/-30,charge10/0,waive-5/0", "one reversing entry");
    bench.sound().await;

    // It can be found again, by customer and by request.
    for search in ["", "škol", &bench.number.to_string()] {
        let found = contests::decided(app, &desk, search, None).await.expect("the list");
        assert_eq!(found.rows.iter().map(|row| row.accepted_minutes).collect::<Vec<_>>(), [Some(5)], "{search}");
    }
    assert!(contests::decided(app, &desk, "jiná", None).await.expect("the list").rows.is_empty());
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn the_technician_whose_segment_it_is_has_a_word_that_the_customer_does_not_read(pool: PgPool) {
    let bench = Bench::new(pool).await;
    let login = "insert into login (email, password_hash, staff_id) values ('technik@example.com', '$argon2id$none',";
    bench.world.sql(&format!("{login} {})", bench.technician.id())).await;
    bench.start(SegmentKind::Work).await.expect("started");
    bench.minutes(40);
    bench.close(true).await.expect("closed");
    let name = InterventionRef { number: bench.number, ordinal: 1 };
    let segment = bench.receipt(1).await.segments[0].id;
    let (app, member) = (&bench.world.app, bench.place.boss.member().expect("a member"));
    for _ in 0..2 {
        contests::add(app, &member, name, Some(segment), "Trvalo to kratší dobu.").await.expect("objected");
    }
    let told: Vec<String> = sqlx::query_scalar("select to_address from mail where kind = 'contested'")
        .fetch_all(app.db.pool())
        .await
        .expect("mails");
    assert_eq!(told, ["technik@example.com"]);

    let own = contests::own(app, &bench.technician).await.expect("objections").rows;
    assert_eq!(own.len(), 1);
    let contest = own[0].contest.id;
    let stranger = bench
        .world
        .id("select id from staff where name like 'T%' and id <> (
        select technician_id from time_segment limit 1) limit 1")
        .await;
    let stranger = bench.world.technician(linka::model::base::ids::StaffId(stranger));
    assert!(contests::own(app, &stranger).await.expect("objections").rows.is_empty());
    let refused = contests::remark(app, &stranger, contest, "Nebyl jsem tam.").await;
    assert_eq!(refused, Err(WorkRefused::NotYours.into()));
    let remark = |words: &'static str| contests::remark(app, &bench.technician, contest, words);
    assert_eq!(remark(" ").await, Err(Problem::field("remark", FieldCode::Missing)));
    bench.world.sql("delete from live_event").await;
    remark("Čekal jsem na klíč.").await.expect("said");
    let told = "select count(*) from live_event where topic = 'desk'";
    assert_eq!(bench.world.id(told).await, 1, "whoever has the objections open is told");
    remark("Čekal jsem na klíč.").await.expect("sent twice");
    assert_eq!(remark("Vlastně ne.").await, Err(Problem::Conflict));

    let manager = bench.world.staff(linka::model::people::members::StaffRole::Manager).await;
    let cases = contests::open(app, &manager.desk().expect("the desk")).await.expect("cases").rows;
    assert_eq!(cases[0].remark.as_ref().map(|remark| remark.remark.as_str()), Some("Čekal jsem na klíč."));
    let mut tx = app.db.member(bench.place.customer).await.expect("a transaction");
    let read = sqlx::query("select remark from contest_remark").fetch_all(&mut *tx).await;
    assert!(read.is_err(), "members have no business there");
}
