//! Outages against PostgreSQL: many requests are one thing, are told the same once, and end together; what a manager lifts is not
//! billed.

use std::{collections::BTreeSet, sync::Arc};

use chrono::TimeDelta;
use linka::{
    model::{
        base::{
            fields::{FieldCode, FieldProblem},
            ids::{OutageId, RequestId},
            numbers::{InterventionRef, RequestNumber},
            terms::Urgency,
        },
        ordering::{outages::OutageForm, requests::RequestState, timeline::TimelineKind},
        people::members::StaffRole,
        problem::Problem,
        work::{
            lanes::{Lane, QueueView},
            segments::SegmentKind,
        },
    },
    server::{
        auth::{Desk, Manager},
        db::MIGRATIONS,
        service::{
            ordering::{
                drafts,
                outages::{self, ends, joining},
                requests,
            },
            upkeep,
            work::{cases, clock, closing, lanes, receipts},
        },
    },
    ui::{receipt_words, texts::Locale},
};
use sqlx::{AssertSqlSafe, PgPool};

use crate::support::{Place, Site, Work, World};

pub(super) const NAME: &str = "Sklad se po aktualizaci nespustí";

pub(super) async fn desk(world: &World) -> Desk {
    world.staff(StaffRole::Dispatcher).await.desk().expect("a dispatcher")
}

async fn manager(world: &World) -> Manager {
    world.staff(StaffRole::Manager).await.manager().expect("a manager")
}

pub(super) async fn line(pool: PgPool) -> World {
    let world = World::new(pool).await;
    world.technicians(3, "07:00", "15:30").await;
    world.without_reserve().await;
    world.without_limits().await;
    world.sql(&format!("update work_type set choice = 'dispatch' where id = {}", world.repricing)).await;
    world
}

/// A request without a time.
pub(super) async fn waiting(world: &World, place: &Place) -> RequestNumber {
    let orderer = place.boss.may_order().expect("an orderer");
    let order = world.order_for(&orderer, world.repricing, Urgency::Normal).await.expect("an order");
    drafts::confirm(&world.app, &orderer, order, "").await.expect("sent")
}

/// A request with a time, the last on offer.
pub(super) async fn booked(world: &World, place: &Place) -> RequestNumber {
    let orderer = place.boss.may_order().expect("an orderer");
    let order = world.order(&orderer, Urgency::Normal).await;
    let start = *world.starts(&orderer, order).await.last().expect("a time");
    world.book(&orderer, order, start).await.expect("a booking")
}

pub(super) async fn join(
    world: &World,
    desk: &Desk,
    outage: OutageId,
    numbers: &[RequestNumber],
) -> Result<(), Problem> {
    outages::join(&world.app, desk, outage, &numbers.iter().copied().collect()).await
}

pub(super) const ANSWER: (&str, &str) = ("Už to jde.", "It works again.");

/// Ends an outage as its page shows it at that moment.
async fn resolve(world: &World, desk: &Desk, outage: OutageId, goes_on: &[RequestNumber]) -> Result<(), Problem> {
    let page = ends::page(&world.app, desk, outage).await.expect("a page");
    let goes_on = goes_on.iter().copied().collect();
    ends::resolve(&world.app, desk, outage, ANSWER, (&goes_on, &page.seen), page.key).await
}

pub(super) async fn state(world: &World, desk: &Desk, number: RequestNumber) -> RequestState {
    cases::page(&world.app, desk, number).await.expect("a page").request.summary.state
}

pub(super) async fn mails(world: &World, step: &str) -> i64 {
    world.id(&format!("select count(*) from mail where kind = 'outage' and content ->> 'step' = '{step}'")).await
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn requests_of_an_outage_are_one_line_of_the_queue_and_none_is_lost(pool: PgPool) {
    let world = line(pool).await;
    let (place, other, desk) = (world.place("A").await, world.place("B").await, desk(&world).await);
    let numbers = [waiting(&world, &place).await, waiting(&world, &other).await, waiting(&world, &other).await];
    let alone = waiting(&world, &place).await;
    let outage = world.outage(NAME).await;
    join(&world, &desk, outage, &numbers).await.expect("joined");
    join(&world, &desk, outage, &numbers).await.expect("twice is once");
    let queue = lanes::page(&world.app, &desk, QueueView::All, false).await.expect("the queue");
    assert_eq!((queue.total, queue.waiting), (2, 2));
    let line = queue.items.iter().find(|item| item.lane == Lane::Outage).expect("its line");
    assert_eq!(line.standing.number, numbers[0], "what breaks first stands for all");
    assert_eq!(line.outage.as_ref().map(|(link, count)| (link.id, *count)), Some((outage, 3)));
    assert!(queue.items.iter().any(|item| item.standing.number == alone));
    // Each says where it belongs, and has its place in the outage.
    let page = outages::page(&world.app, &desk, outage).await.expect("a page");
    assert_eq!(page.requests.iter().map(|request| request.number).collect::<Vec<_>>(), numbers);
    for number in numbers {
        assert_eq!(cases::page(&world.app, &desk, number).await.expect("a page").lane, Some(Lane::Outage));
    }
    assert_eq!(mails(&world, "joined").await, 3, "each was told once that we know");
    // Taken out, it waits by itself again.
    outages::leave(&world.app, &desk, outage, numbers[1]).await.expect("left");
    outages::leave(&world.app, &desk, outage, numbers[1]).await.expect("twice is once");
    let case = cases::page(&world.app, &desk, numbers[1]).await.expect("a page");
    assert_eq!(case.lane, Some(Lane::TimeToChoose));
    assert_eq!(case.request.timeline.last().map(|entry| entry.kind), Some(TimelineKind::OutageLeft));
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_message_is_told_once_in_each_request_and_once_to_each_person(pool: PgPool) {
    let world = line(pool).await;
    let (place, other, desk) = (world.place("A").await, world.place("B").await, desk(&world).await);
    let numbers = [waiting(&world, &place).await, waiting(&world, &place).await, booked(&world, &other).await];
    let outage = world.outage(NAME).await;
    join(&world, &desk, outage, &numbers).await.expect("joined");
    let key = world.app.random.uuid();
    for _ in 0..2 {
        let message = ("Opravu máme do oběda.", "It will work by noon.");
        outages::tell_all(&world.app, &desk, outage, message, key).await.expect("told");
    }
    assert_eq!(mails(&world, "news").await, 2, "one person has two requests, and is told once");
    for number in numbers {
        let timeline = cases::page(&world.app, &desk, number).await.expect("a page").request.timeline;
        let news: Vec<_> = timeline.iter().filter(|entry| entry.kind == TimelineKind::OutageNews).collect();
        assert_eq!(news.len(), 1);
        assert_eq!(news[0].told.as_ref().map(|told| told.en.as_str()), Some("It will work by noon."));
    }
    // Gone back to, the form says something else: it is not taken for the one that was sent.
    let changed = outages::tell_all(&world.app, &desk, outage, ("Opravu máme zítra.", "Tomorrow."), key).await;
    assert_eq!(changed, Err(Problem::Conflict));
    let told = ("Opravu máme do oběda.", "It will work by noon.");
    let seen = ends::page(&world.app, &desk, outage).await.expect("a page").seen;
    let end = ends::resolve(&world.app, &desk, outage, told, (&BTreeSet::new(), &seen), key).await;
    assert_eq!(end, Err(Problem::Conflict), "what was told as news has ended nothing");
    let refused = outages::tell_all(&world.app, &desk, outage, ("Už to jde.", ""), world.app.random.uuid()).await;
    let fields = vec![FieldProblem::new("message_en", FieldCode::Missing)];
    assert_eq!(refused, Err(Problem::Invalid { fields }), "everybody is told in their own language");
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn its_end_answers_and_closes_all_but_what_needs_work(pool: PgPool) {
    let world = line(pool).await;
    let (place, other, desk) = (world.place("A").await, world.place("B").await, desk(&world).await);
    let (ends, goes_on) = (waiting(&world, &place).await, waiting(&world, &other).await);
    let agreed = booked(&world, &place).await;
    let at_work = world.work_under_way(&other, 1, 30).await.remove(0);
    let called_off = waiting(&world, &other).await;
    let outage = world.outage(NAME).await;
    join(&world, &desk, outage, &[ends, goes_on, agreed, at_work.number, called_off]).await.expect("joined");
    let (orderer, key) = (other.boss.may_order().expect("an orderer"), world.app.random.uuid());
    requests::cancel(&world.app, &orderer, called_off, "Vyřešili jsme si to.", key).await.expect("called off");
    let page = ends::page(&world.app, &desk, outage).await.expect("a page");
    for _ in 0..2 {
        let goes_on = BTreeSet::from([goes_on]);
        let sent = ends::resolve(&world.app, &desk, outage, ANSWER, (&goes_on, &page.seen), page.key).await;
        sent.expect("resolved");
    }
    for (number, expected) in [
        (ends, RequestState::Closed),
        (agreed, RequestState::Closed),
        (goes_on, RequestState::Waiting),
        (at_work.number, RequestState::InProgress),
        (called_off, RequestState::Cancelled),
    ] {
        assert_eq!(state(&world, &desk, number).await, expected, "{number}");
    }
    assert_eq!(cases::page(&world.app, &desk, goes_on).await.expect("a page").lane, Some(Lane::TimeToChoose));
    assert_eq!(world.count("confirmed").await, 0, "nobody comes for what is solved");
    let with_event =
        "select count(*) from mail where content ->> 'step' = 'over' and content -> 'called_off' <> 'null'";
    assert_eq!(world.id(with_event).await, 1, "and the customer's calendar says so");
    assert_eq!(resolve(&world, &desk, outage, &[]).await, Err(Problem::Conflict), "it is over already");
    assert!(ends::page(&world.app, &desk, outage).await.expect("a page").resolved_at.is_some(), "and its page says so");
    let late = waiting(&world, &place).await;
    assert_eq!(join(&world, &desk, outage, &[late]).await, Err(Problem::Conflict));
    // What is written past the portal is refused, too.
    let update = format!("update service_request set outage_id = '{outage}' where number = '{late}'");
    let refused = sqlx::query(AssertSqlSafe(update)).execute(world.app.db.pool()).await.expect_err("it is over");
    assert_eq!(refused.into_database_error().expect("of the database").constraint(), Some("outage_is_open"));
    // Where it is over, what was prepared costs nothing.
    upkeep::each_minute(&world.app).await.expect("chores");
    assert_eq!(world.ledger_faults().await, Vec::<String>::new());
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn whoever_is_about_to_order_joins_with_one_button_and_is_told_when_it_is_over(pool: PgPool) {
    let world = line(pool).await;
    let (place, desk) = (world.place("A").await, desk(&world).await);
    let outage = world.outage(NAME).await;
    let orderer = place.boss.may_order().expect("an orderer");
    let draft = RequestId(world.app.random.uuid());
    let site = Site::serve(world.app.clone()).await;
    let cookie = world.cookie(&place.boss).await;
    let shown = site.get(&format!("/order?draft={draft}"), &cookie).await.body;
    assert!(shown.contains(NAME) && shown.contains("Ano, je to tohle"), "{shown}");
    assert!(site.get("/", "").await.body.contains(NAME), "visitors read it");
    let missing = joining::join_draft(&world.app, &orderer, draft, outage, " ").await;
    assert_eq!(missing, Err(Problem::field("join_phone", FieldCode::Missing)));
    let number = joining::join_draft(&world.app, &orderer, draft, outage, "601 234 567").await.expect("joined");
    let again = joining::join_draft(&world.app, &orderer, draft, outage, "601 234 567").await;
    assert_eq!(again, Ok(number), "sent twice, it is one");
    let page = requests::page(&world.app, &place.boss.member().expect("a member"), number).await.expect("a page");
    assert_eq!(page.summary.state, RequestState::Waiting);
    assert!(page.outage.is_some());
    assert_eq!(page.what_happened, NAME);
    assert_eq!(mails(&world, "joined").await, 1);
    let seen = site.get(&format!("/requests/{number}"), &cookie).await.body.replace('\u{a0}', " ");
    assert!(seen.contains("Víme o tom") && seen.contains("Pracujeme na opravě."), "{seen}");
    resolve(&world, &desk, outage, &[]).await.expect("resolved");
    assert_eq!(state(&world, &desk, number).await, RequestState::Closed);
    assert_eq!(mails(&world, "over").await, 1);
    // Who comes later orders.
    let late = RequestId(world.app.random.uuid());
    let refused = joining::join_draft(&world.app, &orderer, late, outage, "601 234 567").await;
    assert_eq!(refused, Err(Problem::Conflict));
    assert!(!site.get("/", "").await.body.contains(NAME), "and nobody is asked any more");
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn what_a_manager_lifts_is_not_billed_before_or_after_and_the_receipt_says_why(pool: PgPool) {
    let world = line(pool).await;
    let (place, desk, manager) = (world.place("A").await, desk(&world).await, manager(&world).await);
    world.contract(place.customer, 300).await;
    let mut works = world.work_under_way(&place, 2, 5).await;
    let outage = world.outage(NAME).await;
    // What was done before it began is none of it.
    world.sql("update outage set began_at = '2026-11-20T07:00:00+01:00'").await;
    join(&world, &desk, outage, &[works[0].number, works[1].number]).await.expect("joined");
    let (later, before) = (works.remove(1), works.remove(0));
    let close = async |work: &Work| {
        let key = world.app.random.uuid();
        closing::close(&world.app, &work.technician, work.number, "Opraveno.", Some(true), key).await.expect("closed");
    };
    close(&before).await;
    let receipt = async |number| {
        let name = InterventionRef { number, ordinal: 1 };
        receipts::page(&world.app, &place.boss, name).await.expect("a receipt").receipt
    };
    assert_eq!(receipt(before.number).await.bill.billed, 20, "the minimum");
    outages::lift_minimum(&world.app, &manager, outage, "Chyba byla v naší aktualizaci.").await.expect("lifted");
    outages::lift_minimum(&world.app, &manager, outage, "Chyba byla v naší aktualizaci.").await.expect("once");
    let corrected = receipt(before.number).await;
    assert_eq!((corrected.version, corrected.bill.billed, corrected.bill.minimum), (2, 5, 0));
    assert_eq!(corrected.reason, "Chyba byla v naší aktualizaci.");
    assert_eq!(corrected.lifted.as_ref().map(|lifted| lifted.minutes), Some(20));
    let words = receipt_words::sentence(Locale::Cs, &corrected);
    assert!(words.contains("bez minima: hromadný výpadek „Sklad se po aktualizaci nespustí“"), "{words}");
    close(&later).await;
    assert_eq!(receipt(later.number).await.bill.billed, 5, "billed without it from the beginning");
    assert_eq!(mails(&world, "minimum_lifted").await, 1, "who was billed more is told");
    assert_eq!(world.ledger_faults().await, Vec::<String>::new());
    let refused = outages::lift_minimum(&world.app, &manager, outage, "Jiný důvod.").await;
    assert_eq!(refused, Err(Problem::Conflict), "a reason that was given stays");
    for broken in [
        "update outage set lifted_reason = 'Jiný důvod.'",
        "update outage set lifted_at = null, lifted_by = null, lifted_reason = null",
        "delete from outage",
        "update intervention set lifted_by_outage = null",
    ] {
        let refused = sqlx::query(AssertSqlSafe(broken)).execute(world.app.db.pool()).await.expect_err(broken);
        assert!(refused.into_database_error().expect("of the database").is_check_violation(), "{broken}");
    }
    // Taken out of the outage afterwards, it is not billed more.
    outages::leave(&world.app, &desk, outage, before.number).await.expect("left");
    upkeep::each_minute(&world.app).await.expect("chores");
    assert_eq!(receipt(before.number).await.version, 2);
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_decision_whose_process_died_is_carried_out_by_the_upkeep(pool: PgPool) {
    let world = line(pool).await;
    let (place, desk) = (world.place("A").await, desk(&world).await);
    let work = world.work_under_way(&place, 1, 5).await.remove(0);
    let outage = world.outage(NAME).await;
    world.sql("update outage set began_at = '2026-11-20T07:00:00+01:00'").await;
    join(&world, &desk, outage, &[work.number]).await.expect("joined");
    let key = world.app.random.uuid();
    closing::close(&world.app, &work.technician, work.number, "Opraveno.", Some(true), key).await.expect("closed");
    world.sql("update outage set lifted_at = opened_at, lifted_by = opened_by, lifted_reason = 'Naše chyba.'").await;
    for _ in 0..2 {
        upkeep::each_minute(&world.app).await.expect("chores");
    }
    assert_eq!(world.id("select count(*) from receipt").await, 2, "once");
    assert_eq!(world.id("select billed_minutes::bigint from receipt where version = 2").await, 5);
    assert_eq!(world.ledger_faults().await, Vec::<String>::new());
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn who_changes_what_a_colleague_has_changed_is_told_first(pool: PgPool) {
    let world = line(pool).await;
    let (desk, outage) = (desk(&world).await, world.outage(NAME).await);
    let page = outages::page(&world.app, &desk, outage).await.expect("a page");
    world.sql("update outage set text_cs = 'Oprava bude zítra.'").await;
    let typed = OutageForm { text_cs: "Oprava bude dnes.".into(), ..OutageForm::from(&page.words) };
    let saved = outages::save(&world.app, &desk, outage, &typed, &page.seen).await;
    assert!(matches!(saved, Err(Problem::ChangedMeanwhile(_))), "{saved:?}");
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn an_outage_has_begun_before_it_was_announced(pool: PgPool) {
    let world = line(pool).await;
    let (desk, outage) = (desk(&world).await, world.outage(NAME).await);
    world.app.clock.advance(TimeDelta::hours(1));
    let page = outages::page(&world.app, &desk, outage).await.expect("a page");
    let later = OutageForm::beginning(world.app.clock.now());
    let typed = OutageForm { began_at: later.began_at, ..OutageForm::from(&page.words) };
    let saved = outages::save(&world.app, &desk, outage, &typed, &page.seen).await;
    assert_eq!(saved, Err(Problem::field("began_at", FieldCode::OutOfRange)));
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn race_of_two_who_resolve_one_outage_answers_once(pool: PgPool) {
    let world = Arc::new(line(pool).await);
    let place = world.place("A").await;
    let (one, other) = (desk(&world).await, desk(&world).await);
    for round in 0..6 {
        let numbers = [waiting(&world, &place).await, waiting(&world, &place).await];
        let joins = waiting(&world, &place).await;
        let late_comer = [joins];
        let outage = world.outage(NAME).await;
        join(&world, &one, outage, &numbers).await.expect("joined");
        let (here, there) =
            (ends::page(&world.app, &one, outage).await.expect("a page"), ends::page(&world.app, &other, outage).await);
        let there = there.expect("a page");
        let nobody = BTreeSet::new();
        let (first, second, late) = tokio::join!(
            ends::resolve(&world.app, &one, outage, ANSWER, (&nobody, &here.seen), here.key),
            ends::resolve(&world.app, &other, outage, ANSWER, (&nobody, &there.seen), there.key),
            join(&world, &other, outage, &late_comer),
        );
        // Whoever joins in time is not ended unseen: then both are told, and look again.
        let is_unseen = |ended: &Result<(), Problem>| matches!(ended, Err(Problem::ChangedMeanwhile(_)));
        assert_eq!(state(&world, &one, joins).await, RequestState::Waiting, "{round}: {late:?}");
        if is_unseen(&first) && is_unseen(&second) {
            late.expect("it joined");
            resolve(&world, &one, outage, &[]).await.expect("knowingly");
            assert_eq!(state(&world, &one, joins).await, RequestState::Closed);
        } else {
            let is_one = (first.is_ok() && second == Err(Problem::Conflict))
                || (second.is_ok() && first == Err(Problem::Conflict));
            assert!(is_one, "{round}: {first:?}, {second:?}");
            assert_eq!(late, Err(Problem::Conflict), "{round}");
            world.sql(&format!("update service_request set state = 'cancelled' where number = '{joins}'")).await;
        }
        for number in numbers {
            assert_eq!(state(&world, &one, number).await, RequestState::Closed);
        }
        let untold = "select count(*) from service_request r join outage o on o.id = r.outage_id
                      where o.resolved_at is not null and r.state in ('waiting', 'scheduled')";
        assert_eq!(world.id(untold).await, 0);
    }
    assert_eq!(world.deadlocks().await, 0);
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn race_of_two_outages_for_one_request_gives_it_to_one(pool: PgPool) {
    let world = Arc::new(line(pool).await);
    let place = world.place("A").await;
    let (one, other) = (desk(&world).await, desk(&world).await);
    for _ in 0..6 {
        let numbers = [waiting(&world, &place).await];
        let (first, second) = (world.outage(NAME).await, world.outage(NAME).await);
        let (here, there) = tokio::join!(join(&world, &one, first, &numbers), join(&world, &other, second, &numbers));
        assert!(
            matches!((&here, &there), (Ok(()), Err(Problem::Conflict)) | (Err(Problem::Conflict), Ok(()))),
            "{here:?}, {there:?}"
        );
    }
    assert_eq!(world.deadlocks().await, 0);
}

/// The end of an outage, its customer's cancelling and its technician's beginning: one of them is what became of it.
#[sqlx::test(migrator = "MIGRATIONS")]
async fn race_of_the_end_a_cancel_and_a_start_ends_in_one_clean_outcome(pool: PgPool) {
    let world = Arc::new(line(pool).await);
    let (place, desk) = (world.place("A").await, desk(&world).await);
    for round in 0..9 {
        let orderer = place.boss.may_order().expect("an orderer");
        let order = world.order(&orderer, Urgency::Urgent).await;
        let start = world.starts(&orderer, order).await[0];
        let number = world.book(&orderer, order, start).await.expect("a booking");
        let technician = world.technician_of(number).await;
        let outage = world.outage(NAME).await;
        join(&world, &desk, outage, &[number]).await.expect("joined");
        let (first, second, third) = (Arc::clone(&world), Arc::clone(&world), Arc::clone(&world));
        let ender = desk.clone();
        let late = move |place: usize| async move {
            for _ in 0..((round + place) % 3) * 4 {
                tokio::task::yield_now().await;
            }
        };
        let page = ends::page(&world.app, &desk, outage).await.expect("a page");
        let ending = tokio::spawn(async move {
            late(0).await;
            ends::resolve(&first.app, &ender, outage, ANSWER, (&BTreeSet::new(), &page.seen), page.key).await
        });
        let cancelling = tokio::spawn(async move {
            late(1).await;
            requests::cancel(&second.app, &orderer, number, "", second.app.random.uuid()).await
        });
        let starting = tokio::spawn(async move {
            late(2).await;
            let key = third.app.random.uuid();
            clock::start(&third.app, &technician, number, Some(SegmentKind::Work), key).await
        });
        ending.await.expect("no panic").expect("it ends for whatever is left");
        let cancelled = cancelling.await.expect("no panic");
        let started = starting.await.expect("no panic");
        let ended = state(&world, &desk, number).await;
        match ended {
            RequestState::Closed => assert!(cancelled.is_err() && started.is_err(), "round {round}"),
            RequestState::Cancelled => assert!(cancelled.is_ok() && started.is_err(), "round {round}"),
            RequestState::InProgress => assert!(cancelled.is_err() && started.is_ok(), "round {round}"),
            other => panic!("round {round}: {other} after {cancelled:?}, {started:?}"),
        }
        for refused in [cancelled.err(), started.err()].into_iter().flatten() {
            let is_told =
                matches!(refused, Problem::Conflict | Problem::Change(_) | Problem::Work(_) | Problem::NotFound);
            assert!(is_told, "round {round}: {refused:?}");
        }
        world.sql("update time_segment set ended_at = started_at where ended_at is null").await;
        world.sql("update appointment set state = 'cancelled' where state in ('confirmed', 'running')").await;
    }
    assert_eq!(world.deadlocks().await, 0);
}
