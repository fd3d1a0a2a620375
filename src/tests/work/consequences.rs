//! What an act of the desk means, against PostgreSQL: what is shown is what is done, it is shown without being done, and nobody confirms
//! what is not so any more.

use chrono::{DateTime, TimeDelta, Utc};
use linka::{
    model::{
        base::{ids::StaffId, numbers::RequestNumber, terms::Urgency},
        ordering::offers::SlotRefused,
        people::members::StaffRole,
        problem::Problem,
        work::{
            cases::CaseAct,
            chosen::ChosenAct,
            consequences::{Consequences, EventChange, InTheWay, Outcome, PreviewPage, Refusal, Target},
        },
    },
    server::{
        auth::Desk,
        db::MIGRATIONS,
        service::work::{
            cases, consequences,
            dispatch::{self, TypedTime},
        },
    },
};
use sqlx::PgPool;

use super::lanes::{booked, desk, line, to_dispatch};
use crate::support::{Site, World};

async fn preview(world: &World, desk: &Desk, number: RequestNumber, chosen: ChosenAct) -> PreviewPage {
    consequences::page(&world.app, desk, number, chosen).await.expect("a page")
}

fn possible(page: &PreviewPage) -> &Consequences {
    match &page.outcome {
        Outcome::Possible(consequences) => consequences,
        refused @ Outcome::Refused { .. } => panic!("{refused:?}"),
    }
}

async fn times(world: &World, desk: &Desk, number: RequestNumber) -> Vec<DateTime<Utc>> {
    let page = cases::act_page(&world.app, desk, number, CaseAct::Time, None).await.expect("times");
    page.times.iter().map(|offer| offer.slot.start).collect()
}

fn confirmed(page: &PreviewPage) -> TypedTime {
    let ChosenAct::Time { start, technician } = page.chosen else { panic!("a time") };
    TypedTime { start: Some(start), technician, reason: "Domluveno po telefonu.".into(), seen: page.seen.clone() }
}

/// Everything that an act could write.
const WRITTEN: &str = "
    select (select count(*) from mail) + (select count(*) from request_event) + (select count(*) from request_note)
         + (select count(*) from appointment) + (select sum(sequence) from service_request)";

#[sqlx::test(migrator = "MIGRATIONS")]
async fn what_is_shown_is_what_is_done_and_showing_it_does_nothing(pool: PgPool) {
    let world = line(pool).await;
    let (place, desk) = (world.place("Škola").await, desk(&world).await);
    let app = &world.app;
    let number = booked(&world, &place, Urgency::Urgent).await;
    let to = *times(&world, &desk, number).await.last().expect("a time");
    let before = world.id(WRITTEN).await;
    let page = preview(&world, &desk, number, ChosenAct::Time { start: to, technician: None }).await;
    assert_eq!(world.id(WRITTEN).await, before, "nothing is done");
    let shown = possible(&page);
    assert_eq!(shown.event, Some(EventChange::Changed { from: 0, to: 1 }));
    assert!(matches!(shown.target, Some(Target::Broken { by, .. }) if by > 0), "{:?}", shown.target);
    assert!(!shown.is_to_be_called && shown.before.is_some());
    assert_eq!(shown.after.as_ref().map(|after| after.slot.start), Some(to));
    assert!(shown.mails[0].is_customers, "the customer stands first");
    assert!(shown.mails[0].paragraphs.iter().any(|text| text.contains("[…]")), "{:?}", shown.mails[0]);

    let known = world.id("select coalesce(max(id), 0) from mail").await;
    dispatch::set_time(app, &desk, number, &confirmed(&page), app.random.uuid()).await.expect("moved");
    let written = world.id(&format!("select count(*) from mail where id > {known}")).await;
    assert_eq!(i64::try_from(shown.mails.len()), Ok(written));
    let after = cases::page(app, &desk, number).await.expect("a page");
    assert_eq!(after.technician, shown.after.as_ref().map(|after| after.technician.clone()));
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn what_means_something_else_by_now_is_not_done_but_shown_anew(pool: PgPool) {
    let world = line(pool).await;
    let (place, desk) = (world.place("Škola").await, desk(&world).await);
    let app = &world.app;
    let number = booked(&world, &place, Urgency::Normal).await;
    let other = to_dispatch(&world, &place).await;
    let to = times(&world, &desk, number).await[20];
    let moved = ChosenAct::Time { start: to, technician: None };
    let page = preview(&world, &desk, number, moved).await;
    assert!(possible(&page).beside.iter().any(|beside| beside.request.number == other && !beside.is_at_once));

    // A colleague agrees the same customer's other request for the same time.
    let at_once = preview(&world, &desk, other, moved).await;
    dispatch::set_time(app, &desk, other, &confirmed(&at_once), app.random.uuid()).await.expect("agreed");
    let key = app.random.uuid();
    let stale = dispatch::set_time(app, &desk, number, &confirmed(&page), key).await;
    assert!(matches!(stale, Err(Problem::ChangedMeanwhile(_))), "{stale:?}");
    let anew = preview(&world, &desk, number, moved).await;
    assert!(possible(&anew).beside.iter().any(|beside| beside.request.number == other && beside.is_at_once));
    for _ in 0..2 {
        dispatch::set_time(app, &desk, number, &confirmed(&anew), key).await.expect("knowingly, and once");
    }
    assert_eq!(world.count("confirmed").await, 2);
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn what_is_in_the_way_is_said_and_the_database_refuses_it(pool: PgPool) {
    let world = line(pool).await;
    let (place, desk) = (world.place("Škola").await, desk(&world).await);
    let app = &world.app;
    let busy = StaffId(world.id("select min(technician_id) from technician_skill").await);
    let (first, second) = (to_dispatch(&world, &place).await, to_dispatch(&world, &place).await);
    let start = times(&world, &desk, first).await[8];
    let chosen = ChosenAct::Time { start, technician: Some(busy) };
    // Both dispatchers have seen that it can be done.
    let (one, other) = (preview(&world, &desk, first, chosen).await, preview(&world, &desk, second, chosen).await);
    let (one, other) = (confirmed(&one), confirmed(&other));
    let (one, other) = tokio::join!(
        dispatch::set_time(app, &desk, first, &one, app.random.uuid()),
        dispatch::set_time(app, &desk, second, &other, app.random.uuid()),
    );
    assert!(one.is_ok() != other.is_ok(), "one has it: {one:?}, {other:?}");
    let (has_it, wants_it) = if one.is_ok() { (first, second) } else { (second, first) };
    let refused = preview(&world, &desk, wants_it, chosen).await.outcome;
    let Outcome::Refused { why, in_the_way } = refused else { panic!("it is taken") };
    assert_eq!(why, Refusal::Slot(SlotRefused::Taken));
    let [InTheWay::Taken(taken)] = &in_the_way[..] else { panic!("{in_the_way:?}") };
    assert_eq!(taken.number, Some(has_it));

    world.sql(&format!("delete from technician_skill where technician_id = {busy}")).await;
    let start = start + TimeDelta::hours(2);
    let chosen = ChosenAct::Time { start, technician: Some(busy) };
    let Outcome::Refused { in_the_way, .. } = preview(&world, &desk, wants_it, chosen).await.outcome else {
        panic!("nobody else is meant")
    };
    assert_eq!(in_the_way, [InTheWay::Unskilled]);
    assert_eq!((world.overlaps().await, world.deadlocks().await), (0, 0));
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn who_looks_while_others_act_stops_nobody(pool: PgPool) {
    let world = line(pool).await;
    let (place, desk) = (world.place("Škola").await, desk(&world).await);
    let app = &world.app;
    for round in 0..8 {
        let number = booked(&world, &place, Urgency::Normal).await;
        let times = times(&world, &desk, number).await;
        let chosen = ChosenAct::Time { start: times[12], technician: None };
        let typed =
            confirmed(&preview(&world, &desk, number, ChosenAct::Time { start: times[16], technician: None }).await);
        let (looked, also, moved) = tokio::join!(
            consequences::page(app, &desk, number, chosen),
            consequences::page(app, &desk, number, ChosenAct::Cancel),
            dispatch::set_time(app, &desk, number, &typed, app.random.uuid()),
        );
        assert!(looked.is_ok() && also.is_ok() && moved.is_ok(), "round {round}: {moved:?}");
        world.sql("update appointment set state = 'cancelled' where state = 'confirmed'").await;
    }
    assert_eq!((world.overlaps().await, world.deadlocks().await), (0, 0));
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_time_is_agreed_by_forms_only_by_who_has_seen_what_it_means(pool: PgPool) {
    let world = line(pool).await;
    let place = world.place("Škola").await;
    let dispatcher = world.staff(StaffRole::Dispatcher).await;
    let desk = dispatcher.desk().expect("a dispatcher");
    let number = booked(&world, &place, Urgency::Normal).await;
    let start = times(&world, &desk, number).await[16];
    let cookie = world.cookie(&dispatcher).await;
    let site = Site::serve(world.app.clone()).await;
    let page = format!("/desk/requests/{number}/time");
    let (ticked, key) = (format!("starts[at{}]", start.timestamp()), world.app.random.uuid().to_string());
    let text = number.to_string();
    let fields = [("number", text.as_str()), (ticked.as_str(), "true"), ("agree", "true"), ("key", key.as_str())];
    let led = site.post("/api/desk/set-time", &cookie, &page, &fields).await;
    let confirmation = led.location.expect("a page");
    assert_eq!((led.status, confirmation.as_str()), (303, format!("{page}?start=at{}", start.timestamp()).as_str()));
    assert_eq!(world.id("select count(*) from service_request where sequence > 0").await, 0, "nothing is done yet");
    let shown = site.get(&confirmation, &cookie).await;
    assert_eq!(shown.status, 200);
    for word in ["Co se stane", "SEQUENCE 0 → 1", "Kdo dostane e-mail", "name=\"reason\""] {
        assert!(shown.body.contains(word), "{word}: {}", shown.body);
    }
    let seen = shown.body.split("name=\"seen\" value=\"").nth(1).and_then(|rest| rest.split('"').next());
    let more = [("reason", "Na přání."), ("seen", seen.expect("what was shown"))];
    let done = site.post("/api/desk/set-time", &cookie, &confirmation, &[&fields[..], &more[..]].concat()).await;
    assert_eq!(done.location, Some(format!("/desk/requests/{number}")));
    let page = cases::page(&world.app, &desk, number).await.expect("a page");
    assert_eq!(page.request.summary.slot.map(|slot| slot.start), Some(start));
}

/// A technician takes it, it is something else, it is called off: whatever was posted without having been shown is shown first.
#[sqlx::test(migrator = "MIGRATIONS")]
async fn nothing_is_done_to_a_customer_before_it_was_shown_and_nothing_said_is_lost(pool: PgPool) {
    let world = line(pool).await;
    let place = world.place("Škola").await;
    let dispatcher = world.staff(StaffRole::Dispatcher).await;
    let desk = dispatcher.desk().expect("a dispatcher");
    let number = booked(&world, &place, Urgency::Normal).await;
    let free = cases::act_page(&world.app, &desk, number, CaseAct::Reassign, None).await.expect("a page").technicians;
    let (cookie, site) = (world.cookie(&dispatcher).await, Site::serve(world.app.clone()).await);
    let page = format!("/desk/requests/{number}");
    let (technician, work_type) = (free[0].id.to_string(), world.repricing.to_string());
    let class = format!("/reclassify?work_type={work_type}&urgency=normal");
    let acts = [
        ("reassign", format!("/reassign?technician={technician}"), vec![("technician", technician.as_str())]),
        ("reclassify", class, vec![("work_type", work_type.as_str()), ("urgency", "normal")]),
        ("cancel", "/cancel".to_owned(), Vec::new()),
    ];
    for (act, confirmed_at, chosen) in acts {
        let before = world.id(WRITTEN).await;
        let (text, key) = (number.to_string(), world.app.random.uuid().to_string());
        let said = [("number", text.as_str()), ("key", key.as_str()), ("reason", "Domluveno s kuchyní.")];
        let fields = [&said[..], &chosen[..]].concat();
        let led = site.post(&format!("/api/desk/{act}"), &cookie, &page, &fields).await;
        let to = led.location.expect("a page");
        assert!(led.status == 303 && to.starts_with(&format!("{page}{confirmed_at}")), "{act}: {} {to}", led.status);
        assert_eq!(world.id(WRITTEN).await, before, "{act}: nothing is done");
        let shown = site.get(&to, &cookie).await;
        assert_eq!(shown.status, 200, "{act}: {}", shown.body);
        for word in ["Co se stane", "Domluveno s kuchyní."] {
            assert!(shown.body.contains(word), "{act}, {word}: {}", shown.body);
        }
        let seen = shown.body.split("name=\"seen\" value=\"").nth(1).and_then(|rest| rest.split('"').next());
        let fields = [&fields[..], &[("seen", seen.expect("what was shown"))]].concat();
        let done = site.post(&format!("/api/desk/{act}"), &cookie, &to, &fields).await;
        assert_eq!(done.location.as_deref(), Some(page.as_str()), "{act}: {}", done.body);
    }
    assert_eq!(world.count("confirmed").await, 0, "the last one called it off");
}
