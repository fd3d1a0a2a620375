//! Absences, closures and changed plans: nothing is agreed in them any more, and what was agreed gets another place.

mod leaving;
mod races;

use chrono::{DateTime, TimeDelta, Utc};
use linka::{
    model::{
        base::{
            calendar::to_local,
            fields::FieldCode,
            ids::{AppointmentId, StaffId},
            numbers::RequestNumber,
            terms::Urgency,
        },
        line::{
            closures::TypedClosure,
            plans::{TypedException, TypedIllness, TypedPlan},
        },
        ordering::redistribution::{Cause, Choice, Proposal},
        people::members::StaffRole,
        problem::Problem,
        work::{
            lanes::{Lane, QueueView},
            segments::SegmentKind,
        },
    },
    server::{
        auth::{Desk, Manager, Orderer},
        db::MIGRATIONS,
        service::{
            line::{closures, plans},
            ordering::{redistribution, requests},
            work::{bench, clock, day, lanes},
        },
    },
};
use sqlx::PgPool;

use crate::support::{Site, World, at};

/// A Wednesday that normal requests can have.
const WEDNESDAY: &str = "2026-12-02";

async fn desk(world: &World) -> Desk {
    world.staff(StaffRole::Dispatcher).await.desk().expect("the desk")
}

async fn manager(world: &World) -> Manager {
    world.staff(StaffRole::Manager).await.manager().expect("a manager")
}

async fn line(pool: PgPool, technicians: usize) -> World {
    let world = World::new(pool).await;
    world.without_reserve().await;
    world.technicians(technicians, "07:00", "15:30").await;
    world
}

fn hour(hour: u32) -> DateTime<Utc> {
    at(&format!("{WEDNESDAY}T{hour:02}:00:00+01:00"))
}

async fn book(world: &World, orderer: &Orderer, start: DateTime<Utc>) -> RequestNumber {
    let order = world.order(orderer, Urgency::Normal).await;
    world.book(orderer, order, start).await.expect("a booking")
}

fn all_day(day: &str) -> TypedException {
    TypedException { first: day.into(), ..TypedException::default() }
}

async fn absent(world: &World, desk: &Desk, technician: StaffId) {
    let off = linka::model::line::plans::ExceptionKind::Off;
    plans::add_exception(&world.app, desk, technician, off, &all_day(WEDNESDAY)).await.expect("an absence");
}

async fn proposals(world: &World, desk: &Desk) -> Vec<Proposal> {
    redistribution::page(&world.app, desk).await.expect("the page").proposals
}

fn as_proposed(proposals: &[Proposal]) -> Vec<(AppointmentId, Choice)> {
    proposals.iter().map(|proposal| (proposal.id, proposal.choice())).collect()
}

async fn mails(world: &World, kind: &str) -> i64 {
    world.id(&format!("select count(*) from mail where kind = '{kind}'")).await
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_colleague_takes_over_and_the_customer_notices_nothing(pool: PgPool) {
    let world = line(pool, 2).await;
    let (desk, place) = (desk(&world).await, world.place("A").await);
    let orderer = place.boss.may_order().expect("an orderer");
    let number = book(&world, &orderer, hour(9)).await;
    let ill = world.technician_of(number).await.id();
    absent(&world, &desk, ill).await;

    let found = proposals(&world, &desk).await;
    assert_eq!(found.len(), 1);
    world
        .sql(
            "insert into login (email, password_hash, staff_id)
             select 't' || id || '@example.com', '$argon2id$none', id from staff where 'technician' = any (roles)",
        )
        .await;
    assert_eq!((found[0].number, found[0].cause), (number, Cause::Absence));
    assert!(found[0].keeps_time() && found[0].gets_mails, "{found:?}");
    let before = mails(&world, "confirmed").await;
    for _ in 0..2 {
        redistribution::apply(&world.app, &desk, &as_proposed(&found)).await.expect("applied, and applied again");
    }
    assert_ne!(world.technician_of(number).await.id(), ill);
    assert_eq!(world.id("select sequence::bigint from service_request where number is not null").await, 0);
    assert_eq!((world.count("confirmed").await, world.count("cancelled").await), (1, 1));
    assert_eq!(mails(&world, "moved_by_us").await, 0);
    assert_eq!(mails(&world, "confirmed").await, before);
    assert_eq!(mails(&world, "visit_planned").await, 2, "who loses it and who gets it are told, once");
    assert_eq!(world.id("select count(*) from request_event where kind = 'reassigned'").await, 1);
    assert!(proposals(&world, &desk).await.is_empty());
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn who_cannot_keep_the_time_gets_the_nearest_one_and_a_mail(pool: PgPool) {
    let world = line(pool, 1).await;
    let (desk, place) = (desk(&world).await, world.place("A").await);
    let orderer = place.boss.may_order().expect("an orderer");
    let number = book(&world, &orderer, hour(9)).await;
    let technician = world.technician_of(number).await.id();
    absent(&world, &desk, technician).await;

    let order = world.order(&orderer, Urgency::Normal).await;
    let offered = world.starts(&orderer, order).await;
    assert!(offered.iter().all(|start| to_local(*start).date().to_string() != WEDNESDAY), "{offered:?}");
    let found = proposals(&world, &desk).await;
    let thursday = at("2026-12-03T07:00:00+01:00");
    assert_eq!(found[0].place.as_ref().map(|(place, _)| place.slot.start), Some(thursday));
    for _ in 0..2 {
        redistribution::apply(&world.app, &desk, &as_proposed(&found)).await.expect("applied, and applied again");
    }
    let page = requests::page(&world.app, &orderer, number).await.expect("the customer's page");
    assert_eq!(page.summary.slot.map(|slot| slot.start), Some(thursday));
    assert!(page.estimate.is_some());
    let change = page.change.expect("it can be changed");
    assert_eq!((change.moves_left, change.may_move), (3, Ok(())), "ours is no move of the customer's");
    assert_eq!(world.id("select sequence::bigint from service_request where number is not null").await, 1);
    assert_eq!(mails(&world, "moved_by_us").await, 1);
    assert_eq!(world.id("select count(*) from request_event where kind = 'moved'").await, 1);
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn each_customers_mail_is_shown_before_anything_is_done_and_is_what_is_sent(pool: PgPool) {
    let world = line(pool, 1).await;
    let (place, desk) = (world.place("A").await, desk(&world).await);
    let orderer = place.boss.may_order().expect("an orderer");
    let number = book(&world, &orderer, hour(9)).await;
    let technician = world.technician_of(number).await.id();
    absent(&world, &desk, technician).await;
    let events = "select count(*) from request_event";
    let before = (world.id(events).await, mails(&world, "moved_by_us").await, world.count("confirmed").await);
    let found = proposals(&world, &desk).await;
    assert_eq!((world.id(events).await, mails(&world, "moved_by_us").await, world.count("confirmed").await), before);
    let [shown] = &found[0].mails[..] else { panic!("{:?}", found[0].mails) };
    assert!(shown.is_customers && shown.subject.contains("přesunuli"), "{shown:?}");
    redistribution::apply(&world.app, &desk, &as_proposed(&found)).await.expect("applied");
    let sent = linka::server::service::mails::about(&world.app, &desk, number).await.expect("the mails");
    assert_eq!(sent.iter().filter(|mail| mail.subject == shown.subject).count(), 1, "{sent:?}");
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn who_goes_home_ill_keeps_what_was_before_and_may_be_away_for_days(pool: PgPool) {
    let world = line(pool, 1).await;
    let (place, desk) = (world.place("A").await, desk(&world).await);
    let orderer = place.boss.may_order().expect("an orderer");
    let number = book(&world, &orderer, hour(11)).await;
    let technician = world.technician_of(number).await.id();
    let now = world.app.clock.now();
    world.app.clock.advance(hour(9) + TimeDelta::minutes(50) - now);
    let ill = async |from_now, last: &str| {
        let typed = TypedIllness { from_now, last: last.into() };
        plans::call_in_sick(&world.app, &desk, technician, &typed).await
    };
    for _ in 0..2 {
        ill(true, "").await.expect("home");
    }
    let spans =
        "select count(*) from plan_exception where during = tstzrange('2026-12-02 09:45+01', '2026-12-03 00:00+01')";
    assert_eq!(world.id(spans).await, 1, "from the quarter that has begun, once");
    assert_eq!(proposals(&world, &desk).await.len(), 1);
    ill(false, "2026-12-04").await.expect("for days");
    let days =
        "select count(*) from plan_exception where during = tstzrange('2026-12-02 00:00+01', '2026-12-05 00:00+01')";
    assert_eq!(world.id(days).await, 1);
    assert_eq!(ill(false, "2026-12-01").await, Err(Problem::field("last", FieldCode::OutOfRange)));
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_place_that_was_taken_meanwhile_is_refused_alone(pool: PgPool) {
    let world = line(pool, 2).await;
    let (desk, place) = (desk(&world).await, world.place("A").await);
    let orderer = place.boss.may_order().expect("an orderer");
    let first = book(&world, &orderer, hour(9)).await;
    let ill = world.technician_of(first).await.id();
    let mut theirs = vec![first];
    for at in [10, 11, 12] {
        let number = book(&world, &orderer, hour(at)).await;
        if world.technician_of(number).await.id() == ill {
            theirs.push(number);
        }
    }
    assert!(theirs.len() > 1, "the work is shared out");
    absent(&world, &desk, ill).await;
    let found = proposals(&world, &desk).await;
    assert_eq!(found.len(), theirs.len());
    // Somebody books what the first one was to get.
    let faster = book(&world, &orderer, hour(9)).await;
    let refused = redistribution::apply(&world.app, &desk, &as_proposed(&found)).await;
    assert_eq!(refused, Err(Problem::PlacesTaken { numbers: vec![first] }));
    let left = proposals(&world, &desk).await;
    assert_eq!(left.iter().map(|one| one.number).collect::<Vec<_>>(), [first], "the others are done");
    assert!(!left[0].keeps_time(), "a fresh proposal");
    redistribution::apply(&world.app, &desk, &as_proposed(&left)).await.expect("applied");
    assert_ne!(world.technician_of(faster).await.id(), ill);
    assert_eq!((world.overlaps().await, world.deadlocks().await), (0, 0));
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn whoever_cannot_be_written_to_stays_in_the_queue_until_somebody_has_called(pool: PgPool) {
    let world = line(pool, 1).await;
    let (desk, place, other) = (desk(&world).await, world.place("A").await, world.place("B").await);
    let numbers = {
        let orderers = [&place, &other].map(|place| place.boss.may_order().expect("an orderer"));
        [book(&world, &orderers[0], hour(9)).await, book(&world, &orderers[1], hour(11)).await]
    };
    // The one has neither a sign-in nor an address; the other has no sign-in, and an address that was given.
    world.sql("alter table login disable trigger zz_audit").await;
    world.sql("delete from login where member_id is not null").await;
    let by_mail = other.boss.member().expect("a member").id();
    world.sql(&format!("update member set email = 'jana@skola.cz' where id = {by_mail}")).await;
    absent(&world, &desk, world.technician_of(numbers[0]).await.id()).await;
    let found = proposals(&world, &desk).await;
    assert_eq!(found.iter().map(|one| one.gets_mails).collect::<Vec<_>>(), [false, true]);
    redistribution::apply(&world.app, &desk, &as_proposed(&found)).await.expect("moved");
    assert_eq!(mails(&world, "moved_by_us").await, 1);

    let queue = async || {
        let page = lanes::page(&world.app, &desk, QueueView::All, false).await.expect("the queue");
        page.items.into_iter().map(|item| (item.standing.number, item.lane)).collect::<Vec<_>>()
    };
    assert_eq!(queue().await, [(numbers[0], Lane::CallBack)]);
    let dispatcher = world.staff(StaffRole::Dispatcher).await;
    let site = Site::serve(world.app.clone()).await;
    let page = format!("/desk/requests/{}", numbers[0]);
    let shown = site.get(&page, &world.cookie(&dispatcher).await).await;
    assert!(shown.body.contains("Ozvat se:") && shown.body.contains("desk/customer-called"), "{}", shown.body);
    for _ in 0..2 {
        lanes::called(&world.app, &desk, numbers[0], world.app.random.uuid()).await.expect("called, once");
    }
    assert!(queue().await.is_empty());
    assert_eq!(world.id("select count(*) from contact_attempt where channel = 'phone'").await, 1);
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_customer_who_picks_again_has_any_free_time(pool: PgPool) {
    let world = line(pool, 1).await;
    let (desk, place) = (desk(&world).await, world.place("A").await);
    let orderer = place.boss.may_order().expect("an orderer");
    let number = book(&world, &orderer, hour(9)).await;
    let technician = world.technician_of(number).await;
    absent(&world, &desk, technician.id()).await;
    let id = proposals(&world, &desk).await[0].id;
    for _ in 0..2 {
        redistribution::apply(&world.app, &desk, &[(id, Choice::PickAgain)]).await.expect("called off");
    }
    assert_eq!(mails(&world, "called_off_by_us").await, 1);
    let day = day::page(&world.app, &technician, WEDNESDAY.parse().ok()).await.expect("the day");
    assert!(day.missed.is_empty() && day.appointments.is_empty(), "the technician has missed nothing: {day:?}");
    let dispatcher = world.staff(StaffRole::Dispatcher).await;
    let staff = dispatcher.staff().expect("a person of the vendor");
    let page = bench::page(&world.app, &staff, number).await.expect("the workbench");
    assert!(page.is_called_off && !page.may_work && !page.may_correct);
    let late = clock::start(&world.app, &technician, number, Some(SegmentKind::Work), world.app.random.uuid()).await;
    assert_eq!(late, Err(Problem::Conflict), "its customer picks another one, and nobody is awaited at this one");
    let site = Site::serve(world.app.clone()).await;
    let shown = site.get(&format!("/work/{number}"), &world.cookie(&dispatcher).await).await;
    assert!(shown.body.contains("Termín jsme předem odvolali") && !shown.body.contains("meškan"), "{}", shown.body);
    let choice = requests::move_choice(&world.app, &orderer, number).await.expect("times to pick from");
    assert!(choice.page.summary.missed_by_us && choice.page.summary.awaits_pick());
    let start = choice.offers[0].slot.start;
    assert!(start < hour(7), "before the lead of a normal request: {start}");
    let key = world.app.random.uuid();
    requests::move_appointment(&world.app, &orderer, number, Some(start), key).await.expect("picked");
    assert_eq!(world.count("confirmed").await, 1);
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn what_is_left_as_it_is_comes_back_with_the_next_entry_only(pool: PgPool) {
    let world = line(pool, 1).await;
    let (desk, place) = (desk(&world).await, world.place("A").await);
    let orderer = place.boss.may_order().expect("an orderer");
    let number = book(&world, &orderer, hour(9)).await;
    let technician = world.technician_of(number).await.id();
    absent(&world, &desk, technician).await;
    let id = proposals(&world, &desk).await[0].id;
    redistribution::apply(&world.app, &desk, &[(id, Choice::NotNow)]).await.expect("nothing");
    assert_eq!(proposals(&world, &desk).await.len(), 1);
    redistribution::apply(&world.app, &desk, &[(id, Choice::Leave)]).await.expect("left");
    assert!(proposals(&world, &desk).await.is_empty());
    assert_eq!(world.technician_of(number).await.id(), technician);
    absent(&world, &desk, technician).await;
    assert_eq!(proposals(&world, &desk).await.len(), 1, "what is entered anew is asked about anew");
    assert_eq!(world.id("select count(*) from plan_exception").await, 1, "entered twice it is one");
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_week_holds_from_its_day_and_shows_what_does_not_fit(pool: PgPool) {
    let world = line(pool, 1).await;
    let (manager, place) = (manager(&world).await, world.place("A").await);
    let orderer = place.boss.may_order().expect("an orderer");
    let number = book(&world, &orderer, hour(14)).await;
    let technician = world.technician_of(number).await.id();
    let morning = "7:00–9:00, 9:00–12:00";
    let days = [morning, morning, morning, morning, "", "", ""].map(str::to_owned);
    let typed = TypedPlan { first: WEDNESDAY.into(), last: "2026-12-03".into(), days };
    for _ in 0..2 {
        plans::change_plan(&world.app, &manager, technician, &typed).await.expect("changed, and changed again");
    }
    let found = proposals(&world, &manager).await;
    assert_eq!(found.iter().map(|one| (one.number, one.cause)).collect::<Vec<_>>(), [(number, Cause::Plan)]);
    let order = world.order(&orderer, Urgency::Normal).await;
    let starts = world.starts(&orderer, order).await;
    let on = |day: &str| -> Vec<String> {
        let wall = starts.iter().map(|start| to_local(*start)).filter(|start| start.date().to_string() == day);
        wall.map(|start| start.format("%H:%M").to_string()).collect()
    };
    assert!(on(WEDNESDAY).contains(&"08:30".into()), "spans that touch are one: {:?}", on(WEDNESDAY));
    assert!(!on(WEDNESDAY).contains(&"13:00".into()) && !on("2026-12-03").contains(&"11:15".into()));
    assert!(on("2026-12-04").contains(&"13:00".into()), "what held before holds again after the last day");
    let page = plans::plan_page(&world.app, &manager, technician).await.expect("the plan");
    assert_eq!(page.technician.weeks.len(), 3, "before, the change, after");
    // What fits is not displaced, though no single span covers it.
    let fits = book(&world, &orderer, at(&format!("{WEDNESDAY}T08:30:00+01:00"))).await;
    assert!(proposals(&world, &manager).await.iter().all(|one| one.number != fits));
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn nothing_is_agreed_while_the_line_is_closed(pool: PgPool) {
    let world = line(pool, 2).await;
    let (manager, place) = (manager(&world).await, world.place("A").await);
    let orderer = place.boss.may_order().expect("an orderer");
    let number = book(&world, &orderer, hour(9)).await;
    let held = world.order(&orderer, Urgency::Normal).await;
    world.pick(&orderer, held, hour(10)).await.expect("a hold");
    let typed = TypedClosure { first: WEDNESDAY.into(), last: String::new(), reason: "Inventura".into() };
    closures::close(&world.app, &manager, &typed).await.expect("closed");
    assert_eq!(world.count("held").await, 0, "what was held is given back");
    let order = world.order(&orderer, Urgency::Normal).await;
    assert!(world.pick(&orderer, order, hour(11)).await.is_err());
    let found = proposals(&world, &manager).await;
    assert_eq!(found.iter().map(|one| (one.number, one.cause)).collect::<Vec<_>>(), [(number, Cause::Closure)]);
    assert_eq!(found[0].place.as_ref().map(|(place, _)| place.slot.start), Some(at("2026-12-03T07:00:00+01:00")));
    closures::open(&world.app, &manager, WEDNESDAY.parse().expect("a day")).await.expect("opened");
    assert!(proposals(&world, &manager).await.is_empty());
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn what_is_under_way_is_never_touched(pool: PgPool) {
    let world = line(pool, 1).await;
    let (desk, place) = (desk(&world).await, world.place("A").await);
    let orderer = place.boss.may_order().expect("an orderer");
    let number = book(&world, &orderer, hour(9)).await;
    let technician = world.technician_of(number).await.id();
    world.app.clock.advance(TimeDelta::days(9) + TimeDelta::minutes(65));
    world.sql("update appointment set state = 'running' where state = 'confirmed'").await;
    plans::call_in_sick(&world.app, &desk, technician, &TypedIllness::default()).await.expect("ill");
    assert!(proposals(&world, &desk).await.is_empty());
    assert_eq!(world.technician_of(number).await.id(), technician);
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_hold_that_was_abandoned_blocks_no_place(pool: PgPool) {
    let world = line(pool, 2).await;
    let (desk, place) = (desk(&world).await, world.place("A").await);
    let orderer = place.boss.may_order().expect("an orderer");
    let number = book(&world, &orderer, hour(9)).await;
    let ill = world.technician_of(number).await.id();
    let held = world.order(&orderer, Urgency::Normal).await;
    world.pick(&orderer, held, hour(9)).await.expect("the colleague's time is held");
    world.app.clock.advance(TimeDelta::hours(2));
    absent(&world, &desk, ill).await;
    let found = proposals(&world, &desk).await;
    assert!(found[0].keeps_time(), "{found:?}");
    redistribution::apply(&world.app, &desk, &as_proposed(&found)).await.expect("the hold is in the way of nothing");
    assert_ne!(world.technician_of(number).await.id(), ill);
}
