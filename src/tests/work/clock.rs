//! The technician's work as the services do it: the clock, the ceiling, closing, resuming, missing, objecting.

use crate::support::{Place, World};
use chrono::{NaiveDate, TimeDelta};
use linka::{
    model::{
        base::{
            ids::SegmentId,
            numbers::{InterventionRef, RequestNumber},
            terms::Urgency,
        },
        minutes::{pools::PoolKind, usage::StatementSpan},
        ordering::{requests::RequestState, timeline::TimelineKind},
        people::members::{Capabilities, Capability},
        problem::{FieldCode, Problem},
        work::{
            attempts::AttemptChannel, contests::ContestState, interventions::WorkRefused, receipts::Receipt,
            segments::SegmentKind,
        },
    },
    server::{
        auth::Technician,
        db::MIGRATIONS,
        service::{
            minutes::usage,
            ordering::requests,
            upkeep,
            work::{
                attempts, bench, ceiling, clock, closing, contests,
                corrections::{self, TypedSegment},
                receipts,
            },
        },
    },
};
use sqlx::{AssertSqlSafe, PgPool};
use std::iter;
use tokio::task::JoinSet;

/// A customer with 30 minutes of contract in the quarter, and an appointment today.
struct Bench {
    world: World,
    place: Place,
    number: RequestNumber,
    technician: Technician,
}

impl Bench {
    async fn new(pool: PgPool) -> Self {
        let world = World::new(pool).await;
        world.technicians(2, "07:00", "15:30").await;
        let place = world.place("Škola").await;
        world.contract(place.customer, 30).await;
        upkeep::credit_periods(&world.app).await.expect("the quarter's minutes");
        let (number, technician) = appointment(&world, &place).await;
        Self { world, place, number, technician }
    }

    async fn start(&self, kind: SegmentKind) -> Result<(), Problem> {
        let key = self.world.app.random.uuid();
        clock::start(&self.world.app, &self.technician, self.number, Some(kind), key).await
    }

    async fn pause(&self) {
        clock::pause(&self.world.app, &self.technician, self.number, None).await.expect("paused");
    }

    fn minutes(&self, minutes: i64) {
        self.world.app.clock.advance(TimeDelta::minutes(minutes));
    }

    async fn close(&self, finished: bool) -> Result<(), Problem> {
        let key = self.world.app.random.uuid();
        closing::close(&self.world.app, &self.technician, self.number, "Tisk funguje.", Some(finished), key).await
    }

    async fn page(&self) -> linka::model::work::pages::WorkPage {
        bench::page(&self.world.app, &self.technician, self.number).await.expect("the workbench")
    }

    async fn request(&self) -> linka::model::work::pages::RequestPage {
        let member = self.place.boss.member().expect("a member");
        requests::page(&self.world.app, &member, self.number).await.expect("the request")
    }

    async fn receipt(&self, ordinal: u32) -> Receipt {
        let name = InterventionRef { number: self.number, ordinal };
        let page = receipts::page(&self.world.app, &self.place.boss, name).await.expect("the receipt");
        assert!(page.receipt.adds_up());
        page.receipt
    }

    async fn attempt(&self) {
        let (app, key) = (&self.world.app, self.world.app.random.uuid());
        let channel = Some(AttemptChannel::Phone);
        attempts::note(app, &self.technician, self.number, channel, "nebere", key).await.expect("noted");
    }

    async fn sound(&self) {
        assert_eq!(self.world.ledger_faults().await, Vec::<String>::new());
    }
}

/// An urgent appointment in the next hour, and whose it is.
async fn appointment(world: &World, place: &Place) -> (RequestNumber, Technician) {
    let orderer = place.boss.may_order().expect("an orderer");
    let order = world.order(&orderer, Urgency::Urgent).await;
    let start = world.starts(&orderer, order).await[0];
    let number = world.book(&orderer, order, start).await.expect("a booking");
    (number, world.technician_of(number).await)
}

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
async fn race_of_two_clocks_of_one_technician_starts_one(pool: PgPool) {
    let bench = Bench::new(pool).await;
    // A second appointment of the same technician.
    let mut other = None;
    for _ in 0..8 {
        let (number, technician) = appointment(&bench.world, &bench.place).await;
        if technician.id() == bench.technician.id() {
            other = Some(number);
            break;
        }
    }
    let other = other.expect("one of the next appointments is the same technician's");
    let mut starts = JoinSet::new();
    for round in 0..20 {
        let (app, technician) = (bench.world.app.clone(), bench.technician.clone());
        let number = if round % 2 == 0 { bench.number } else { other };
        let key = app.random.uuid();
        starts.spawn(async move { clock::start(&app, &technician, number, Some(SegmentKind::Work), key).await });
    }
    let mut refused = 0;
    while let Some(start) = starts.join_next().await {
        match start.expect("no panic") {
            Ok(()) => {}
            Err(problem) => {
                assert_eq!(problem, Problem::Work(WorkRefused::ClockRunsElsewhere));
                refused += 1;
            }
        }
    }
    assert_eq!(refused, 10, "one of the two requests has the clock");
    assert_eq!(bench.world.id("select count(*) from time_segment where ended_at is null").await, 1);
    assert_eq!(bench.world.id("select count(*) from time_segment").await, 1);
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn the_database_refuses_two_clocks_and_overlapping_segments(pool: PgPool) {
    let bench = Bench::new(pool).await;
    bench.start(SegmentKind::Work).await.expect("started");
    let technician = bench.technician.id();
    let insert = |from: &str, until: &str| {
        format!(
            "insert into time_segment (customer_id, intervention_id, technician_id, kind, started_at, ended_at)
             select customer_id, id, {technician}, 'work', {from}, {until} from intervention limit 1"
        )
    };
    let refusal = async |statement: String| {
        let refused = sqlx::query(AssertSqlSafe(statement.clone())).execute(bench.world.app.db.pool()).await;
        let refused = refused.expect_err(&statement);
        refused.as_database_error().and_then(|error| error.constraint()).map(ToOwned::to_owned)
    };
    let overlapping = Some("no_overlapping_segments".to_owned());
    // A clock that runs has no end: a second one overlaps it, whenever it was started.
    assert_eq!(refusal(insert("'2020-01-01'", "null")).await, overlapping);
    assert_eq!(refusal(insert("now() + interval '1 year'", "now() + interval '2 years'")).await, overlapping);
    bench.minutes(10);
    bench.pause().await;
    let inside = "(select started_at + interval '1 minute' from time_segment)";
    assert_eq!(refusal(insert(inside, "'2030-01-01'")).await, overlapping);
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_repeated_start_does_not_start_the_clock_again(pool: PgPool) {
    let bench = Bench::new(pool).await;
    let key = bench.world.app.random.uuid();
    let start = || clock::start(&bench.world.app, &bench.technician, bench.number, Some(SegmentKind::Work), key);
    start().await.expect("started");
    bench.minutes(5);
    bench.pause().await;
    start().await.expect("the same form again");
    assert_eq!(bench.world.id("select count(*) from time_segment").await, 1);
    assert_eq!(bench.world.id("select count(*) from time_segment where ended_at is null").await, 0);
}

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
    let typed = typed(SegmentKind::Work, "2026-11-23T08:30", "2026-11-23T08:40", "zapomněl jsem přepnout");
    let key = bench.world.app.random.uuid();
    let corrected =
        corrections::correct(&bench.world.app, &bench.technician, bench.number, Some(segment), typed, key).await;
    assert_eq!(corrected, Err(WorkRefused::WaitingForConsent.into()));
    bench.close(true).await.expect("closed");
    assert_eq!(bench.receipt(1).await.bill.billed, 30);
    assert_eq!(bench.world.id("select count(*) from ceiling_consent").await, 1, "it was asked once");
}

fn typed(kind: SegmentKind, from: &str, until: &str, reason: &str) -> TypedSegment {
    TypedSegment {
        kind: Some(kind),
        started_at: from.to_owned(),
        ended_at: until.to_owned(),
        reason: reason.to_owned(),
    }
}

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
    let eight_to = |until| typed(SegmentKind::Work, "2026-11-23T08:00:00", until, "zapomněl jsem zastavit");
    assert_eq!(correct(Some(segment), eight_to("2026-11-23T10:00")).await, field("ended_at", FieldCode::OutOfRange));
    assert_eq!(correct(Some(segment), eight_to("včera")).await, field("ended_at", FieldCode::Unknown));
    assert_eq!(correct(Some(SegmentId(0)), eight_to("2026-11-23T08:25")).await, Err(Problem::NotFound));
    let no_reason = typed(SegmentKind::Work, "2026-11-23T08:00", "2026-11-23T08:25", " ");
    assert_eq!(correct(Some(segment), no_reason).await, field("reason", FieldCode::Missing));
    correct(Some(segment), eight_to("2026-11-23T08:25")).await.expect("corrected");
    // A forgotten piece is added by hand, but not over another one.
    let over = typed(SegmentKind::Communication, "2026-11-23T08:20", "2026-11-23T08:30", "telefonát");
    assert_eq!(correct(None, over).await, Err(WorkRefused::Overlaps.into()));
    let beside = typed(SegmentKind::Communication, "2026-11-23T08:25", "2026-11-23T08:30", "telefonát");
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
async fn a_forgotten_clock_is_noticed_and_must_be_stopped_before_closing(pool: PgPool) {
    let bench = Bench::new(pool).await;
    bench.start(SegmentKind::Work).await.expect("started");
    assert_eq!(bench.page().await.forgotten_since, None);
    bench.minutes(9 * 60);
    let page = bench.page().await;
    assert!(page.forgotten_since.is_some(), "it runs past the end of the working day");
    let day = bench::day(&bench.world.app, &bench.technician, None).await.expect("the day");
    assert!(day.running.expect("a clock").forgotten_since.is_some());
    assert_eq!(bench.close(true).await, Err(WorkRefused::ClockRuns.into()));
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
    pick_again(&mut bench).await;
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
    pick_again(&mut bench).await;
    bench.start(SegmentKind::Work).await.expect("started anew");
    bench.minutes(3);
    bench.close(true).await.expect("closed");
    assert_eq!(bench.receipt(2).await.bill.billed, 20);
    assert_eq!(bench.request().await.receipts.len(), 2);
    bench.sound().await;
}

/// The customer picks the next time, and it comes.
async fn pick_again(bench: &mut Bench) {
    let app = &bench.world.app;
    let orderer = bench.place.boss.may_order().expect("an orderer");
    let choice = requests::move_choice(app, &orderer, bench.number).await.expect("times");
    let start = choice.offers[0].slot.start;
    let key = app.random.uuid();
    requests::move_appointment(app, &orderer, bench.number, Some(start), key).await.expect("picked");
    app.clock.advance(start - app.clock.now());
    bench.technician = bench.world.technician_of(bench.number).await;
}

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
    missed().await.expect("missed");
    assert_eq!(bench.request().await.summary.state, RequestState::Waiting);
    assert_eq!(bench.receipt(1).await.bill.billed, 0, "preparation for nothing costs nothing");
    assert_eq!(bench.world.count("no_show").await, 1);
    bench.sound().await;
}

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
    let cases = contests::open(app, &desk).await.expect("cases");
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
    let contest = contests::open(app, &desk).await.expect("cases")[0].contest.id;
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

#[sqlx::test(migrator = "MIGRATIONS")]
async fn the_clock_is_the_technicians_of_the_appointment_alone(pool: PgPool) {
    let bench = Bench::new(pool).await;
    let others = bench.world.id("select id from staff where name like 'T%' order by id desc limit 1").await;
    let first = bench.world.id("select id from staff where name like 'T%' order by id limit 1").await;
    let other = if others == bench.technician.id().0 { first } else { others };
    let stranger = bench.world.technician(linka::model::base::ids::StaffId(other));
    let key = bench.world.app.random.uuid();
    let refused = clock::start(&bench.world.app, &stranger, bench.number, Some(SegmentKind::Work), key).await;
    assert_eq!(refused, Err(WorkRefused::NotYours.into()));
    assert!(!bench::page(&bench.world.app, &stranger, bench.number).await.expect("readable").may_work);
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn work_under_way_cannot_be_moved_or_cancelled_by_the_customer(pool: PgPool) {
    let bench = Bench::new(pool).await;
    bench.start(SegmentKind::Preparation).await.expect("started");
    let orderer = bench.place.boss.may_order().expect("an orderer");
    let key = bench.world.app.random.uuid();
    let cancelled = requests::cancel(&bench.world.app, &orderer, bench.number, "", key).await;
    assert!(matches!(cancelled, Err(Problem::Conflict | Problem::Change(_))), "{cancelled:?}");
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

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_missed_visit_leaves_what_was_done_before_as_it_was(pool: PgPool) {
    let mut bench = Bench::new(pool).await;
    bench.start(SegmentKind::Work).await.expect("started");
    bench.minutes(40);
    bench.close(false).await.expect("suspended");
    bench.world.app.clock.advance(TimeDelta::days(1));
    pick_again(&mut bench).await;
    bench.start(SegmentKind::Preparation).await.expect("resumed");
    bench.minutes(15);
    let earlier = bench.page().await.segments[0].id;
    bench.pause().await;
    let key = bench.world.app.random.uuid();
    let typed = typed(SegmentKind::Waiting, "2026-11-23T08:00", "2026-11-23T08:01", "zkouším to");
    let refused =
        corrections::correct(&bench.world.app, &bench.technician, bench.number, Some(earlier), typed, key).await;
    assert_eq!(refused, Err(Problem::NotFound), "what stands on a receipt is not corrected");
    bench.attempt().await;
    bench.attempt().await;
    let key = bench.world.app.random.uuid();
    attempts::call_missed(&bench.world.app, &bench.technician, bench.number, key).await.expect("missed");
    let receipt = bench.receipt(1).await;
    assert_eq!((receipt.version, receipt.bill.billed, receipt.report.as_str()), (2, 40, "Tisk funguje."));
    bench.sound().await;
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_stop_that_is_sent_again_leaves_a_later_clock_running(pool: PgPool) {
    let bench = Bench::new(pool).await;
    bench.start(SegmentKind::Work).await.expect("started");
    let first = bench.page().await.segments[0].id;
    let stop = || clock::pause(&bench.world.app, &bench.technician, bench.number, Some(first));
    bench.minutes(5);
    stop().await.expect("stopped");
    bench.start(SegmentKind::Work).await.expect("started again");
    bench.minutes(5);
    stop().await.expect("the same form again");
    assert_eq!(bench.page().await.segments.last().expect("a segment").ended_at, None);
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
    let friday = typed(SegmentKind::Work, "2026-11-20T09:00", "2026-11-20T09:30", "před objednávkou");
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
    let typed = typed(SegmentKind::Work, "2026-12-30T09:00", "2026-12-30T09:25", "zapsáno dodatečně");
    corrections::correct(&bench.world.app, &bench.technician, bench.number, None, typed, key).await.expect("added");
    bench.close(true).await.expect("closed");
    let expires = bench.receipt(1).await.draws[0].expires_at.expect("an end");
    assert_eq!(expires, crate::support::at("2027-01-01T00:00:00+01:00"));
    bench.sound().await;
}
