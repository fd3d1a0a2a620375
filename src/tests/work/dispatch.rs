//! What the desk does in a customer's place: with one effect, told to the customer, and in one clean outcome whoever else acts.

use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use linka::{
    model::{
        base::{
            fields::FieldCode,
            ids::{RequestId, StaffId, WorkTypeId},
            numbers::RequestNumber,
            seen::Seen,
            terms::Urgency,
        },
        ordering::{
            offers::OfferReason,
            requests::RequestState,
            timeline::TimelineKind,
            urgency::{UrgencyClaim, UrgencyRefused},
        },
        people::members::StaffRole,
        problem::{MovedOn, Problem},
        work::{
            cases::CaseAct,
            chosen::{ChosenAct, OfferedStarts},
            consequences::Outcome,
            segments::SegmentKind,
        },
    },
    server::{
        auth::{Desk, Orderer},
        db::MIGRATIONS,
        service::{
            ordering::requests,
            work::{
                cases, clock, consequences,
                dispatch::{self, TypedClass, TypedTime},
            },
        },
    },
};
use sqlx::PgPool;
use uuid::Uuid;

use super::lanes::{booked, desk, line, shown, to_dispatch};
use crate::support::{Place, Site, World};

fn orderer(place: &Place) -> Orderer {
    place.boss.may_order().expect("an orderer")
}

fn offer(starts: &[DateTime<Utc>]) -> ChosenAct {
    ChosenAct::Offer { starts: OfferedStarts::of(starts.iter().copied()).expect("some times") }
}

fn time(start: DateTime<Utc>) -> ChosenAct {
    ChosenAct::Time { start, technician: None }
}

/// A time of which was shown what it means.
async fn at(world: &World, desk: &Desk, number: RequestNumber, start: DateTime<Utc>) -> TypedTime {
    let seen = shown(world, desk, number, time(start)).await;
    TypedTime { start: Some(start), technician: None, reason: "Domluveno po telefonu.".into(), seen }
}

async fn free(world: &World, desk: &Desk, number: RequestNumber) -> Vec<DateTime<Utc>> {
    let page = cases::act_page(&world.app, desk, number, CaseAct::Time, None).await.expect("times");
    page.times.iter().map(|offer| offer.slot.start).collect()
}

async fn state(world: &World, desk: &Desk, number: RequestNumber) -> RequestState {
    cases::page(&world.app, desk, number).await.expect("a page").request.summary.state
}

async fn mails(world: &World, kind: &str) -> i64 {
    world.id(&format!("select count(*) from mail where kind = '{kind}'")).await
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_customer_picks_among_what_is_offered_and_what_was_taken_is_made_up_for(pool: PgPool) {
    let world = line(pool).await;
    world.sql("delete from technician_skill where technician_id <> (select min(id) from staff)").await;
    let (place, desk) = (world.place("A").await, desk(&world).await);
    let (app, orderer) = (&world.app, orderer(&place));
    let number = to_dispatch(&world, &place).await;
    assert!(requests::move_choice(app, &orderer, number).await.is_err(), "nothing is on offer yet");
    let times = free(&world, &desk, number).await;
    assert!(times[0] < app.clock.now() + TimeDelta::hours(1), "no lead binds the desk");
    let offered = [times[0], times[4], times[8]];
    let chosen = offer(&offered);
    let unseen = dispatch::offer_times(app, &desk, number, &offered, &Seen::default(), Uuid::from_u128(1)).await;
    assert_eq!(unseen, Err(Problem::MovedOn(MovedOn::Meaning { number, chosen })), "the mail is shown first");
    let seen = shown(&world, &desk, number, chosen).await;
    for _ in 0..2 {
        dispatch::offer_times(app, &desk, number, &offered, &seen, Uuid::from_u128(1)).await.expect("offered");
    }
    assert_eq!(mails(&world, "times_offered").await, 1);
    let page = requests::page(app, &orderer, number).await.expect("the page");
    assert_eq!(page.offered.iter().map(|slot| slot.start).collect::<Vec<_>>(), offered);
    assert!(page.summary.awaits_pick());

    // Somebody else takes the first one meanwhile.
    let other = to_dispatch(&world, &world.place("B").await).await;
    let first = at(&world, &desk, other, offered[0]).await;
    dispatch::set_time(app, &desk, other, &first, Uuid::from_u128(2)).await.expect("agreed");
    let choice = requests::move_choice(app, &orderer, number).await.expect("times");
    let starts: Vec<_> = choice.offers.iter().map(|offer| offer.slot.start).collect();
    assert_eq!(starts.len(), 3, "a fresh one stands in for it");
    assert!(starts.contains(&offered[1]) && starts.contains(&offered[2]) && !starts.contains(&offered[0]));
    assert!(choice.offers.iter().all(|offer| offer.reason == OfferReason::Dispatch));
    let picked = requests::move_appointment(app, &orderer, number, Some(offered[0]), Uuid::from_u128(3)).await;
    assert_eq!(picked, Err(Problem::SlotTaken));
    for _ in 0..2 {
        requests::move_appointment(app, &orderer, number, Some(offered[1]), Uuid::from_u128(4)).await.expect("picked");
    }
    let page = requests::page(app, &orderer, number).await.expect("the page");
    assert_eq!((page.summary.state, page.summary.offered_until), (RequestState::Scheduled, None));
    assert_eq!(world.id("select count(*) from slot_offer where is_open").await, 0, "it is answered");
    assert_eq!(world.overlaps().await, 0);
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn an_offer_lapses_and_another_takes_its_place(pool: PgPool) {
    let world = line(pool).await;
    let (place, desk) = (world.place("A").await, desk(&world).await);
    let (app, orderer) = (&world.app, orderer(&place));
    let number = to_dispatch(&world, &place).await;
    let times = free(&world, &desk, number).await;
    let (first, last) = (times[0], *times.last().expect("a time"));
    for starts in [&[first, last][..], &[last]] {
        let seen = shown(&world, &desk, number, offer(starts)).await;
        dispatch::offer_times(app, &desk, number, starts, &seen, app.random.uuid()).await.expect("offered");
    }
    assert_eq!(world.id("select count(*) from slot_offer where is_open").await, 1);
    let picked = requests::move_appointment(app, &orderer, number, Some(first), app.random.uuid()).await;
    assert_eq!(picked, Err(Problem::SlotTaken), "it is on offer no more");
    app.clock.advance(TimeDelta::days(2));
    let picked = requests::move_appointment(app, &orderer, number, Some(last), app.random.uuid()).await;
    assert_eq!(picked, Err(Problem::Conflict), "two working days are over");
    assert!(!requests::page(app, &orderer, number).await.expect("the page").summary.awaits_pick());
    let none = dispatch::offer_times(app, &desk, number, &[], &Seen::default(), app.random.uuid()).await;
    assert_eq!(none, Err(Problem::field("starts", FieldCode::Missing)));
    let many = free(&world, &desk, number).await;
    let many = dispatch::offer_times(app, &desk, number, &many[..6], &Seen::default(), app.random.uuid()).await;
    assert_eq!(many, Err(Problem::field("starts", FieldCode::OutOfRange)));
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn the_desk_moves_past_the_cut_off_with_a_reason_and_once(pool: PgPool) {
    let world = line(pool).await;
    let (place, desk) = (world.place("A").await, desk(&world).await);
    let (app, orderer) = (&world.app, orderer(&place));
    let number = booked(&world, &place, Urgency::Urgent).await;
    app.clock.advance(TimeDelta::minutes(12));
    let late = requests::cancel(app, &orderer, number, "", app.random.uuid()).await;
    assert!(matches!(late, Err(Problem::Change(_))), "the customer is too late: {late:?}");
    let to = free(&world, &desk, number).await[6];
    let said = at(&world, &desk, number, to).await;
    let silent = TypedTime { reason: " ".into(), ..said.clone() };
    let refused = dispatch::set_time(app, &desk, number, &silent, Uuid::from_u128(1)).await;
    assert_eq!(refused, Err(Problem::field("reason", FieldCode::Missing)));
    for _ in 0..2 {
        dispatch::set_time(app, &desk, number, &said, Uuid::from_u128(1)).await.expect("moved");
    }
    let event = requests::calendar_event(app, &orderer, number).await.expect("an event");
    assert_eq!((event.slot.start, event.sequence), (to, 1));
    let last = event.page.timeline.last().expect("an entry");
    assert_eq!((last.kind, last.note.as_str()), (TimelineKind::Moved, "Domluveno po telefonu."));
    assert_eq!(last.by, None, "customers are told no names of staff");
    let staff_sees = cases::page(app, &desk, number).await.expect("a page").request.timeline;
    assert_eq!(staff_sees.last().and_then(|entry| entry.by.clone()), Some("Z".into()));
    assert_eq!(event.page.change.expect("changes").moves_left, 3, "it is no move of theirs");
    let told = "select count(*) from mail where kind = 'moved' and content ->> 'reason' = 'Domluveno po telefonu.'";
    assert_eq!(world.id(told).await, 1);
    assert_eq!(world.count("confirmed").await, 1);
    let seen = shown(&world, &desk, number, ChosenAct::Cancel).await;
    let same = dispatch::set_time(app, &desk, number, &TypedTime { seen, ..said }, app.random.uuid()).await;
    assert_eq!(same, Err(Problem::field("starts", FieldCode::AlreadyUsed)));
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn nobody_writes_over_the_time_that_a_colleague_has_agreed_unless_told(pool: PgPool) {
    let world = line(pool).await;
    let (place, desk) = (world.place("A").await, desk(&world).await);
    let app = &world.app;
    let number = booked(&world, &place, Urgency::Normal).await;
    let seen = async |number, chosen| shown(&world, &desk, number, chosen).await;
    let times = free(&world, &desk, number).await;
    let (last, sooner) = (times[times.len() - 1], times[times.len() - 20]);
    let stale = seen(number, time(last)).await;
    let reason = "Domluveno po telefonu.";
    let moving = |start, seen: &Seen| TypedTime {
        start: Some(start),
        technician: None,
        reason: reason.into(),
        seen: seen.clone(),
    };
    dispatch::set_time(app, &desk, number, &moving(last, &stale), Uuid::from_u128(1)).await.expect("moved");
    let told = |outcome: Result<(), Problem>| matches!(outcome, Err(Problem::ChangedMeanwhile(_)));
    assert!(told(dispatch::set_time(app, &desk, number, &moving(sooner, &stale), Uuid::from_u128(2)).await));
    assert!(told(dispatch::cancel(app, &desk, number, "Na přání.", &stale, Uuid::from_u128(3)).await));
    // Sent twice, what was done is done.
    dispatch::set_time(app, &desk, number, &moving(last, &stale), Uuid::from_u128(1)).await.expect("the same");
    // Whose it is counts, too: the time stays, and its technician is another one.
    let free = cases::act_page(app, &desk, number, CaseAct::Reassign, None).await.expect("a page").technicians;
    let stale = seen(number, ChosenAct::Reassign { technician: free[0].id }).await;
    let give = async |to: StaffId, seen: &Seen, key: u128| {
        dispatch::reassign(app, &desk, number, Some(to), "Nemoc kolegy.", seen, Uuid::from_u128(key)).await
    };
    give(free[0].id, &stale, 4).await.expect("given");
    assert!(told(give(free[1].id, &stale, 5).await));
    let now = seen(number, time(sooner)).await;
    dispatch::set_time(app, &desk, number, &moving(sooner, &now), Uuid::from_u128(6)).await.expect("knowingly");
    // That no time was agreed is seen, too.
    let other = to_dispatch(&world, &place).await;
    let times = cases::act_page(app, &desk, other, CaseAct::Time, None).await.expect("a page").times;
    let (first, second) = (times[12].slot.start, times[16].slot.start);
    let before = seen(other, time(first)).await;
    let first = TypedTime { reason: String::new(), ..moving(first, &before) };
    dispatch::set_time(app, &desk, other, &first, Uuid::from_u128(7)).await.expect("a first time needs no reason");
    assert!(told(dispatch::set_time(app, &desk, other, &moving(second, &before), Uuid::from_u128(8)).await));
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn times_are_offered_only_to_who_gets_mail(pool: PgPool) {
    let world = line(pool).await;
    let place = world.place("A").await;
    let dispatcher = world.staff(StaffRole::Dispatcher).await;
    let desk = dispatcher.desk().expect("a dispatcher");
    let number = to_dispatch(&world, &place).await;
    let times = free(&world, &desk, number).await;
    let seen = shown(&world, &desk, number, offer(&times[..2])).await;
    world.sql("delete from login where member_id is not null").await;
    let refused = dispatch::offer_times(&world.app, &desk, number, &times[..2], &seen, world.app.random.uuid()).await;
    assert_eq!(refused, Err(Problem::field("starts", FieldCode::NotAnEmail)));
    assert_eq!(world.id("select count(*) from slot_offer").await, 0);
    let cookie = world.cookie(&dispatcher).await;
    let site = Site::serve(world.app.clone()).await;
    let shown = site.get(&format!("/desk/requests/{number}/time"), &cookie).await.body;
    assert!(!shown.contains("Zákazník dostane e-mail") && shown.contains("tel:+420"), "it says whom to call before");
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn of_a_chosen_technician_only_their_own_free_times_are_listed(pool: PgPool) {
    let world = line(pool).await;
    let (place, desk) = (world.place("A").await, desk(&world).await);
    let number = to_dispatch(&world, &place).await;
    let (all, busy) = (
        cases::act_page(&world.app, &desk, number, CaseAct::Time, None).await.expect("times"),
        StaffId(world.id("select min(technician_id) from technician_skill").await),
    );
    let first = all.times[0].slot.start;
    let other = to_dispatch(&world, &place).await;
    let seen = shown(&world, &desk, other, ChosenAct::Time { start: first, technician: Some(busy) }).await;
    let typed = TypedTime { start: Some(first), technician: Some(busy), reason: String::new(), seen };
    dispatch::set_time(&world.app, &desk, other, &typed, world.app.random.uuid()).await.expect("agreed");
    let starts = async |technician| {
        let page = cases::act_page(&world.app, &desk, number, CaseAct::Time, technician).await.expect("times");
        page.times.iter().map(|offer| offer.slot.start).collect::<Vec<_>>()
    };
    assert!(starts(None).await.contains(&first), "somebody else is free");
    let own = starts(Some(busy)).await;
    assert!(!own.is_empty() && !own.contains(&first));
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_time_is_given_to_who_is_free_and_knows_it_and_its_customer_notices_nothing(pool: PgPool) {
    let world = line(pool).await;
    let (place, desk) = (world.place("A").await, desk(&world).await);
    let app = &world.app;
    let number = booked(&world, &place, Urgency::Normal).await;
    let before = cases::page(app, &desk, number).await.expect("a page").technician.expect("somebody");
    let free = cases::act_page(app, &desk, number, CaseAct::Reassign, None).await.expect("a page").technicians;
    assert_eq!(free.len(), 2, "all but whose it is");
    let (next, ill) = (free[0].id, free[1].id);
    world
        .sql(&format!(
            "insert into plan_exception (technician_id, during, kind) values ({ill}, tstzrange('2026-11-20', '2026-12-31'), 'off')"
        ))
        .await;
    let seen = shown(&world, &desk, number, ChosenAct::Reassign { technician: next }).await;
    let give = async |to: Option<StaffId>, key: u128| {
        dispatch::reassign(app, &desk, number, to, "Nemoc kolegy.", &seen, Uuid::from_u128(key)).await
    };
    assert_eq!(give(Some(ill), 1).await, Err(Problem::SlotTaken));
    assert_eq!(give(Some(before.id), 2).await, Err(Problem::field("technician", FieldCode::AlreadyUsed)));
    assert_eq!(give(None, 3).await, Err(Problem::field("technician", FieldCode::Missing)));
    for _ in 0..2 {
        give(Some(next), 4).await.expect("given");
    }
    let page = cases::page(app, &desk, number).await.expect("a page");
    assert_eq!(page.technician.expect("somebody").id, next);
    assert_eq!(page.notes.iter().map(|note| note.note.as_str()).collect::<Vec<_>>(), ["Nemoc kolegy."]);
    let event = requests::calendar_event(app, &orderer(&place), number).await.expect("an event");
    assert_eq!(event.sequence, 0, "nothing changed for the customer");
    assert_eq!((mails(&world, "moved").await, world.count("confirmed").await), (0, 1));
}

fn class_of(work_type: WorkTypeId, urgency: Urgency) -> ChosenAct {
    ChosenAct::Reclassify { work_type, urgency }
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn the_guard_holds_for_the_desk_too_and_what_is_agreed_stays(pool: PgPool) {
    let world = line(pool).await;
    let (place, desk) = (world.place("A").await, desk(&world).await);
    let app = &world.app;
    let number = booked(&world, &place, Urgency::Normal).await;
    let slot = cases::page(app, &desk, number).await.expect("a page").request.summary.slot;
    let refused = consequences::page(app, &desk, number, class_of(world.repricing, Urgency::Urgent)).await;
    assert!(matches!(refused.expect("a page").outcome, Outcome::Refused { .. }), "it is said before");
    let seen = shown(&world, &desk, number, class_of(world.repair, Urgency::Urgent)).await;
    let class = |work_type, urgency, claim: &str| TypedClass {
        work_type: Some(work_type),
        urgency: Some(urgency),
        claim: UrgencyClaim { what_stopped: claim.into(), since: "od rána".into() },
        reason: "Ukázalo se po telefonu.".into(),
        seen: seen.clone(),
    };
    let change = async |typed: TypedClass, key: u128| {
        dispatch::reclassify(app, &desk, number, &typed, Uuid::from_u128(key)).await
    };
    let plannable = change(class(world.repricing, Urgency::Urgent, "Stojí celá výdejna."), 1).await;
    assert_eq!(plannable, Err(Problem::Urgency(UrgencyRefused::Plannable)));
    let unsaid = change(class(world.repair, Urgency::Urgent, ""), 2).await;
    assert_eq!(unsaid, Err(Problem::Urgency(UrgencyRefused::WhatStoppedMissing)));
    let nothing = change(class(world.repair, Urgency::Normal, ""), 3).await;
    assert_eq!(nothing, Err(Problem::field("work_type", FieldCode::AlreadyUsed)));
    for _ in 0..2 {
        change(class(world.repair, Urgency::Urgent, "Stojí celá výdejna."), 4).await.expect("corrected");
    }
    let page = cases::page(app, &desk, number).await.expect("a page").request;
    assert_eq!((page.summary.urgency, page.summary.slot), (Urgency::Urgent, slot));
    let last = page.timeline.last().expect("an entry");
    assert_eq!((last.kind, last.note.as_str()), (TimelineKind::Reclassified, "Ukázalo se po telefonu."));
    assert_eq!(mails(&world, "reclassified").await, 1);
    let seen = shown(&world, &desk, number, class_of(world.repricing, Urgency::Normal)).await;
    let again = TypedClass { seen, ..class(world.repricing, Urgency::Normal, "") };
    change(again, 5).await.expect("corrected again");
    assert_eq!(world.id("select count(*) from service_request where plannable and what_stopped is null").await, 1);
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn what_is_declined_is_over_and_what_goes_on_is_linked(pool: PgPool) {
    let world = line(pool).await;
    let (place, desk) = (world.place("A").await, desk(&world).await);
    let app = &world.app;
    let number = to_dispatch(&world, &place).await;
    let seen = shown(&world, &desk, number, ChosenAct::Cancel).await;
    for _ in 0..2 {
        dispatch::cancel(app, &desk, number, "Toto už neděláme.", &seen, Uuid::from_u128(1)).await.expect("declined");
    }
    assert_eq!(state(&world, &desk, number).await, RequestState::Cancelled);
    assert_eq!((mails(&world, "declined").await, mails(&world, "cancelled").await), (1, 0));
    let agreed = booked(&world, &place, Urgency::Normal).await;
    let seen = shown(&world, &desk, agreed, ChosenAct::Cancel).await;
    dispatch::cancel(app, &desk, agreed, "Technik onemocněl.", &seen, app.random.uuid()).await.expect("cancelled");
    assert_eq!((mails(&world, "cancelled").await, world.count("confirmed").await), (1, 0));
    let over = dispatch::cancel(app, &desk, agreed, "Technik onemocněl.", &seen, app.random.uuid()).await;
    assert_eq!(over, Err(Problem::Conflict));

    let id = RequestId(app.random.uuid());
    let next = dispatch::follow_up(app, &desk, agreed, "Dokončit nastavení tisku.", id).await.expect("written");
    assert_eq!(dispatch::follow_up(app, &desk, agreed, "Dokončit nastavení tisku.", id).await, Ok(next));
    let (old, new) =
        (cases::page(app, &desk, agreed).await.expect("a page"), cases::page(app, &desk, next).await.expect("a page"));
    assert_eq!((old.followed_by, new.follows), (vec![next], Some(agreed)));
    assert_eq!(new.request.summary.state, RequestState::Waiting);
    let start = free(&world, &desk, next).await[0];
    let typed = at(&world, &desk, next, start).await;
    dispatch::set_time(app, &desk, next, &typed, app.random.uuid()).await.expect("agreed");
    assert_eq!(state(&world, &desk, next).await, RequestState::Scheduled);
}

/// The dispatcher moves, the customer cancels and the technician begins at the same moment: whoever comes first is heard, and what
/// follows either still makes sense or is refused; nothing is left half done.
#[sqlx::test(migrator = "MIGRATIONS")]
async fn race_of_a_move_a_cancel_and_a_start_ends_in_one_clean_outcome(pool: PgPool) {
    let world = Arc::new(line(pool).await);
    let (place, desk) = (world.place("A").await, desk(&world).await);
    let orderer = orderer(&place);
    let mut outcomes = std::collections::BTreeSet::new();
    for round in 0..18 {
        let number = booked(&world, &place, Urgency::Urgent).await;
        let technician = world.technician_of(number).await;
        let to = *free(&world, &desk, number).await.last().expect("a time");
        let (first, second, third) = (Arc::clone(&world), Arc::clone(&world), Arc::clone(&world));
        let (mover, canceller) = (desk.clone(), orderer.clone());
        let typed = at(&world, &desk, number, to).await;
        let moving = tokio::spawn(async move {
            for _ in 0..(round % 3) * 4 {
                tokio::task::yield_now().await;
            }
            dispatch::set_time(&first.app, &mover, number, &typed, first.app.random.uuid()).await
        });
        let cancelling = tokio::spawn(async move {
            for _ in 0..((round + 1) % 3) * 4 {
                tokio::task::yield_now().await;
            }
            requests::cancel(&second.app, &canceller, number, "", second.app.random.uuid()).await
        });
        let starting = tokio::spawn(async move {
            for _ in 0..((round + 2) % 3) * 4 {
                tokio::task::yield_now().await;
            }
            let key = third.app.random.uuid();
            clock::start(&third.app, &technician, number, Some(SegmentKind::Work), key).await
        });
        let moved = moving.await.expect("no panic");
        let cancelled = cancelling.await.expect("no panic");
        let started = starting.await.expect("no panic");
        let ended = state(&world, &desk, number).await;
        let agreed = format!(
            "select count(*) from appointment a join service_request r on r.id = a.request_id
             where r.number = '{number}' and a.state in ('held', 'confirmed', 'running')"
        );
        let agreed = world.id(&agreed).await;
        match ended {
            RequestState::Cancelled => assert!(cancelled.is_ok() && agreed == 0, "round {round}: {started:?}"),
            RequestState::InProgress => assert!(started.is_ok() && cancelled.is_err() && agreed == 1, "round {round}"),
            RequestState::Scheduled => assert!(moved.is_ok() && cancelled.is_err() && agreed == 1, "round {round}"),
            other => panic!("round {round}: {other} after {moved:?}, {cancelled:?}, {started:?}"),
        }
        for refused in [moved.err(), cancelled.err(), started.err()].into_iter().flatten() {
            let is_told = matches!(
                refused,
                Problem::Conflict
                    | Problem::Change(_)
                    | Problem::Work(_)
                    | Problem::NotFound
                    | Problem::SlotTaken
                    | Problem::ChangedMeanwhile(_)
            );
            assert!(is_told, "round {round}: {refused:?}");
        }
        outcomes.insert(ended.code());
        // The next round finds the technicians as free as this one.
        world.sql("update time_segment set ended_at = started_at where ended_at is null").await;
        world.sql("update appointment set state = 'cancelled' where state in ('confirmed', 'running')").await;
    }
    assert!(!outcomes.is_empty());
    assert_eq!((world.overlaps().await, world.deadlocks().await), (0, 0));
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn race_of_two_dispatchers_leaves_one_time(pool: PgPool) {
    let world = line(pool).await;
    let (place, one, other) = (world.place("A").await, desk(&world).await, desk(&world).await);
    for round in 0..10 {
        let number = to_dispatch(&world, &place).await;
        let times = free(&world, &one, number).await;
        let (first, second) = (at(&world, &one, number, times[0]).await, at(&world, &other, number, times[9]).await);
        let (first, second) = tokio::join!(
            dispatch::set_time(&world.app, &one, number, &first, world.app.random.uuid()),
            dispatch::set_time(&world.app, &other, number, &second, world.app.random.uuid()),
        );
        // Whoever comes second has seen that no time was agreed, and is told that there is one.
        assert!(
            matches!(
                (&first, &second),
                (Ok(()), Err(Problem::ChangedMeanwhile(_))) | (Err(Problem::ChangedMeanwhile(_)), Ok(()))
            ),
            "round {round}: {first:?}, {second:?}"
        );
        let page = cases::page(&world.app, &one, number).await.expect("a page").request;
        let last = page.timeline.last().and_then(|entry| entry.slot);
        assert_eq!(last, page.summary.slot, "round {round}: what is written down last is what holds");
        assert_eq!(world.count("confirmed").await, i64::from(round) + 1);
    }
    assert_eq!((world.overlaps().await, world.deadlocks().await), (0, 0));
}
