//! The staff's page of a request: in every state, for whom, and what is written there.

use linka::{
    model::{
        base::{fields::FieldCode, ids::StaffId, terms::Urgency},
        ordering::{outages, slot_offers::box_of},
        people::members::StaffRole,
        problem::Problem,
        work::{attempts::AttemptChannel, cases::CaseAct, lanes::Lane},
    },
    server::{
        db::MIGRATIONS,
        service::{
            mails,
            ordering::requests,
            work::{cases, closing},
        },
    },
};
use sqlx::PgPool;
use uuid::Uuid;

use super::lanes::{booked, desk, line, to_dispatch};
use crate::support::Site;

#[sqlx::test(migrator = "MIGRATIONS")]
async fn every_request_has_a_page_in_every_state(pool: PgPool) {
    let world = line(pool).await;
    let (place, desk) = (world.place("A").await, desk(&world).await);
    let orderer = place.boss.may_order().expect("an orderer");
    let app = &world.app;
    let waiting = to_dispatch(&world, &place).await;
    let scheduled = booked(&world, &place, Urgency::Normal).await;
    let cancelled = booked(&world, &place, Urgency::Normal).await;
    requests::cancel(app, &orderer, cancelled, "", app.random.uuid()).await.expect("cancelled");
    let mut works = world.work_under_way(&place, 2, 30).await;
    let (closed, running) = (works.remove(0), works.remove(0));
    closing::close(app, &closed.technician, closed.number, "Opraveno.", Some(true), app.random.uuid())
        .await
        .expect("closed");
    let dispatcher = world.staff(StaffRole::Dispatcher).await;
    let cookie = world.cookie(&dispatcher).await;
    let site = Site::serve(app.clone()).await;
    for number in [waiting, scheduled, cancelled, running.number, closed.number] {
        let page = cases::page(app, &desk, number).await.expect("a page");
        assert!(page.may_act);
        let shown = site.get(&format!("/desk/requests/{number}"), &cookie).await;
        assert_eq!(shown.status, 200, "{number}");
        assert!(shown.body.contains(&page.request.contact_name) && shown.body.contains("tel:+420"), "{number}");
        let may_belong = outages::may_join(page.request.summary.state);
        assert_eq!(shown.body.contains("id=\"case-outage\""), may_belong, "{number}: no heading of nothing");
        mails::about(app, &desk, number).await.expect("its mails");
    }
    assert_eq!(cases::page(app, &desk, waiting).await.expect("a page").lane, Some(Lane::TimeToChoose));
    assert_eq!(cases::page(app, &desk, closed.number).await.expect("a page").request.receipts.len(), 1);
    assert_eq!(mails::about(app, &desk, scheduled).await.expect("its mails").len(), 1);
}

/// The form as a browser sends it: the names of the boxes are the times.
#[sqlx::test(migrator = "MIGRATIONS")]
async fn the_times_that_are_ticked_are_offered_or_agreed(pool: PgPool) {
    let world = line(pool).await;
    let place = world.place("A").await;
    let dispatcher = world.staff(StaffRole::Dispatcher).await;
    let desk = dispatcher.desk().expect("a dispatcher");
    let cookie = world.cookie(&dispatcher).await;
    let site = Site::serve(world.app.clone()).await;
    let number = to_dispatch(&world, &place).await;
    let times = cases::act_page(&world.app, &desk, number, CaseAct::Time, None).await.expect("times").times;
    let field = |index: usize| format!("starts[{}]", box_of(times[index].slot.start));
    let (number, key, other) =
        (number.to_string(), world.app.random.uuid().to_string(), world.app.random.uuid().to_string());
    let page = format!("/desk/requests/{number}/time");
    assert!(site.get(&page, &cookie).await.body.contains(&field(0)), "the boxes are named so");
    let (first, second) = (field(0), field(4));
    let offer = [("number", number.as_str()), ("key", &key), (&first, "true"), (&second, "true"), ("agree", "false")];
    let answer = site.post("/api/desk/set-time", &cookie, &page, &offer).await;
    let is_shown = answer.location.as_deref().is_some_and(|to| to.starts_with(&format!("{page}?offer=at")));
    assert!(answer.status == 303 && is_shown, "what is offered is shown first: {:?}", answer.location);
    let agree = [("number", number.as_str()), ("key", &other), (&second, "true"), ("agree", "true")];
    let answer = site.post("/api/desk/set-time", &cookie, &page, &agree).await;
    let leads_on = answer.location.as_deref().is_some_and(|to| to.starts_with(&format!("{page}?start=at")));
    assert!(answer.status == 303 && leads_on, "what it means is shown first: {:?}", answer.location);
    assert_eq!((world.count("confirmed").await, world.id("select count(*) from slot_offer").await), (0, 0));
    let neither = [("number", number.as_str()), ("key", &key), ("starts[soon]", "true"), ("agree", "true")];
    assert_eq!(site.post("/api/desk/set-time", &cookie, &page, &neither).await.status, 400);
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn what_cannot_be_done_any_more_says_why_and_leads_back(pool: PgPool) {
    let world = line(pool).await;
    let place = world.place("A").await;
    let dispatcher = world.staff(StaffRole::Dispatcher).await;
    let cookie = world.cookie(&dispatcher).await;
    let site = Site::serve(world.app.clone()).await;
    let (waiting, scheduled) = (to_dispatch(&world, &place).await, booked(&world, &place, Urgency::Normal).await);
    for (number, act) in [(waiting, "reassign"), (scheduled, "merge")] {
        let page = format!("/desk/requests/{number}");
        let shown = site.get(&format!("{page}/{act}"), &cookie).await;
        assert_eq!(shown.status, 409, "{act}");
        assert!(shown.body.contains("jde jen") || shown.body.contains("jde dát jen"), "{act} says why");
        assert!(shown.body.contains(&format!("href=\"{page}\"")), "{act} leads back");
        assert!(!shown.body.contains("Zkusit znovu"), "{act}: it would be the same again");
    }
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_technician_looks_at_their_own_and_changes_nothing(pool: PgPool) {
    let world = line(pool).await;
    let place = world.place("A").await;
    let number = booked(&world, &place, Urgency::Normal).await;
    let own = world.technician_of(number).await;
    let page = cases::page(&world.app, &own, number).await.expect("their own");
    assert!(!page.may_act && page.colleagues.is_empty());
    let other = world.id(&format!("select min(id) from staff where id <> {} and name like 'T%'", own.id())).await;
    let other = world.technician(StaffId(other));
    assert_eq!(cases::page(&world.app, &other, number).await.map(drop), Err(Problem::NotFound));
    assert_eq!(mails::about(&world.app, &other, number).await.map(drop), Err(Problem::NotFound));
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn what_colleagues_write_is_kept_once_and_never_shown_to_the_customer(pool: PgPool) {
    let world = line(pool).await;
    let (place, desk) = (world.place("A").await, desk(&world).await);
    let app = &world.app;
    let number = to_dispatch(&world, &place).await;
    let write = async |channel, note: &str, key: u128| {
        cases::add_note(app, &desk, number, channel, note, Uuid::from_u128(key)).await
    };
    for _ in 0..2 {
        write(None, "Volat až po obědě.", 1).await.expect("written");
        write(Some(AttemptChannel::Phone), "", 2).await.expect("noted");
    }
    assert_eq!(write(None, " ", 3).await, Err(Problem::field("internal_note", FieldCode::Missing)));
    let page = cases::page(app, &desk, number).await.expect("a page");
    assert_eq!((page.notes.len(), page.attempts.len()), (1, 1));
    assert_eq!((page.notes[0].by.as_str(), page.notes[0].note.as_str()), ("Z", "Volat až po obědě."));
    let cookie = world.cookie(&place.boss).await;
    let shown = Site::serve(app.clone()).await.get(&format!("/requests/{number}"), &cookie).await;
    assert!(shown.status == 200 && !shown.body.contains("po obědě"));
    let change = sqlx::query("update request_note set note = 'x'").execute(app.db.pool()).await;
    assert!(change.is_err(), "it is only ever added to");
}
