//! A new time for a request that waits: after work that stopped unfinished, after an appointment that was missed.

use crate::support::{Place, Site, World};
use chrono::TimeDelta;
use linka::{
    model::{
        base::{numbers::RequestNumber, terms::Urgency},
        ordering::{requests::RequestState, timeline::TimelineKind},
        people::members::{Capabilities, Capability},
        problem::Problem,
        work::attempts::AttemptChannel,
    },
    server::{
        auth::Orderer,
        db::MIGRATIONS,
        service::{
            ordering::requests,
            work::{attempts, closing},
        },
    },
};
use sqlx::PgPool;
use std::sync::Arc;
use tokio::task::JoinSet;
use uuid::Uuid;

/// Two technicians for new times; the work under way is done by others.
async fn world(pool: PgPool) -> World {
    let world = World::new(pool).await;
    world.technicians(2, "07:00", "15:30").await;
    world
}

fn orderer(place: &Place) -> Orderer {
    place.boss.may_order().expect("an orderer")
}

/// A request whose work stopped unfinished.
async fn suspended(world: &World, place: &Place) -> RequestNumber {
    let work = world.work_under_way(place, 1, 30).await.remove(0);
    let key = world.app.random.uuid();
    closing::close(&world.app, &work.technician, work.number, "Zbývá tisk.", Some(false), key)
        .await
        .expect("suspended");
    work.number
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_missed_appointment_is_followed_by_a_new_time_in_the_same_calendar_event(pool: PgPool) {
    let world = world(pool).await;
    let place = world.place("A").await;
    let orderer = orderer(&place);
    let order = world.order(&orderer, Urgency::Urgent).await;
    let start = world.starts(&orderer, order).await[0];
    let number = world.book(&orderer, order, start).await.expect("a booking");
    let before = requests::page(&world.app, &orderer, number).await.expect("the page");
    let technician = world.technician_of(number).await;
    world.app.clock.advance(start - world.app.clock.now() + TimeDelta::minutes(30));
    for _ in 0..2 {
        let key = world.app.random.uuid();
        attempts::note(&world.app, &technician, number, Some(AttemptChannel::Phone), "", key).await.expect("noted");
        world.app.clock.advance(TimeDelta::minutes(5));
    }
    attempts::call_missed(&world.app, &technician, number, world.app.random.uuid()).await.expect("missed");

    let page = requests::page(&world.app, &orderer, number).await.expect("the page");
    assert!(page.summary.awaits_pick());
    assert_eq!((page.change, page.joins_until), (None, None), "nothing is agreed, nothing was billed");

    let choice = requests::move_choice(&world.app, &orderer, number).await.expect("times");
    let picked = choice.offers[3].slot;
    for _ in 0..2 {
        let key = Uuid::from_u128(1);
        requests::move_appointment(&world.app, &orderer, number, Some(picked.start), key).await.expect("picked");
    }
    let page = requests::page(&world.app, &orderer, number).await.expect("the page");
    assert_eq!((page.summary.state, page.summary.slot), (RequestState::Scheduled, Some(picked)));
    assert_eq!((page.summary.urgency, &page.estimate), (Urgency::Urgent, &before.estimate));
    let moves_left =
        |change: Option<linka::model::ordering::pages::ChangeOptions>| change.map(|change| change.moves_left);
    assert_eq!(moves_left(page.change), moves_left(before.change), "it is no move");
    let kinds: Vec<_> = page.timeline.iter().map(|entry| entry.kind).collect();
    use TimelineKind::{Confirmed, NoShow, Ordered};
    assert_eq!(kinds, [Ordered, Confirmed, NoShow, Confirmed], "the repeated form had one effect");
    assert_eq!(page.timeline[3].slot, Some(picked));
    let event = requests::calendar_event(&world.app, &orderer, number).await.expect("an event");
    assert_eq!((event.uid, event.sequence, event.slot), (format!("{order}@linka"), 1, picked));
    assert_eq!(world.id("select count(*) from mail where kind = 'confirmed'").await, 2);
    assert_eq!((world.count("confirmed").await, world.count("no_show").await), (1, 1));

    // From here on it is moved like any other.
    let later = Some(choice.offers[8].slot.start);
    requests::move_appointment(&world.app, &orderer, number, later, Uuid::from_u128(2)).await.expect("a move");
    let page = requests::page(&world.app, &orderer, number).await.expect("the page");
    assert_eq!(page.timeline.last().map(|entry| entry.kind), Some(TimelineKind::Moved));
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn work_of_which_dispatch_chooses_the_time_keeps_waiting_for_it(pool: PgPool) {
    let world = world(pool).await;
    let place = world.place("A").await;
    let orderer = orderer(&place);
    let number = suspended(&world, &place).await;
    let start = requests::move_choice(&world.app, &orderer, number).await.expect("times").offers[0].slot.start;
    world.sql("update service_request set choice = 'dispatch'").await;

    assert!(!requests::page(&world.app, &orderer, number).await.expect("the page").summary.awaits_pick());
    assert_eq!(requests::move_choice(&world.app, &orderer, number).await, Err(Problem::Conflict));
    let picked = requests::move_appointment(&world.app, &orderer, number, Some(start), Uuid::from_u128(1)).await;
    assert_eq!(picked, Err(Problem::Conflict));
    assert_eq!((world.count("confirmed").await, world.count("held").await), (0, 0));
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn race_of_ten_waiting_requests_for_one_place_books_one(pool: PgPool) {
    let world = World::new(pool).await;
    world.without_reserve().await;
    world.technicians(1, "08:00", "13:00").await;
    let world = Arc::new(world);
    let mut waiting = Vec::new();
    for number in 0..10 {
        let place = world.place(&format!("Customer {number}")).await;
        waiting.push((orderer(&place), suspended(&world, &place).await));
    }
    let (first, number) = &waiting[0];
    let start = requests::move_choice(&world.app, first, *number).await.expect("times").offers[0].slot.start;

    let mut race = JoinSet::new();
    for (orderer, number) in waiting {
        let world = world.clone();
        race.spawn(async move {
            let key = world.app.random.uuid();
            let outcome = requests::move_appointment(&world.app, &orderer, number, Some(start), key).await;
            (outcome, orderer, number)
        });
    }
    let (mut booked, mut taken) = (0, 0);
    while let Some(finished) = race.join_next().await {
        let (outcome, orderer, number) = finished.expect("no panic");
        match outcome {
            Ok(()) => booked += 1,
            Err(problem) => {
                assert_eq!(problem, Problem::SlotTaken);
                let page = requests::page(&world.app, &orderer, number).await.expect("the page");
                assert!(page.summary.awaits_pick(), "the loser can pick another one");
                taken += 1;
            }
        }
    }
    assert_eq!((booked, taken), (1, 9));
    assert_eq!((world.count("confirmed").await, world.count("held").await), (1, 0));
    assert_eq!((world.overlaps().await, world.deadlocks().await), (0, 0));
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_minimum_is_promised_away_only_where_a_time_is_on_offer_so_soon(pool: PgPool) {
    let world = world(pool).await;
    let place = world.place("A").await;
    let number = suspended(&world, &place).await;
    let page = async || requests::page(&world.app, &orderer(&place), number).await.expect("the page");
    assert_eq!(page().await.joins_until, None, "without a contract the first time is three working days away");
    world.sql("update response_tier set normal_lead_minutes = 510").await;
    assert!(page().await.joins_until.is_some());
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_request_that_waits_is_withdrawn_without_a_cut_off_and_mails_nothing(pool: PgPool) {
    let world = world(pool).await;
    let place = world.place("A").await;
    let number = suspended(&world, &place).await;
    requests::cancel(&world.app, &orderer(&place), number, "", Uuid::from_u128(1)).await.expect("cancelled");
    let page = requests::page(&world.app, &orderer(&place), number).await.expect("the page");
    assert_eq!(page.summary.state, RequestState::Cancelled);
    assert_eq!(world.id("select count(*) from mail where kind = 'cancelled'").await, 0, "no time was given up");
    assert_eq!(page.receipts.len(), 1, "what was done stays");
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn the_pages_lead_from_the_list_to_the_new_time(pool: PgPool) {
    let world = world(pool).await;
    let place = world.place("A").await;
    let number = suspended(&world, &place).await;
    world.sql("update response_tier set normal_lead_minutes = 510").await;
    let cookie = world.cookie(&place.boss).await;
    let colleague = world.member(place.customer, Capabilities::NONE.with(Capability::SeeAll)).await;
    let colleague = world.cookie(&colleague).await;
    let site = Site::serve(world.app.clone()).await;
    let (path, moving) = (format!("/requests/{number}"), format!("/requests/{number}/move"));
    let link = format!("href=\"{moving}\"");

    assert!(site.get("/requests", &cookie).await.body.contains(&link));
    let page = site.get(&path, &cookie).await.body;
    assert!(page.contains("Práce zatím není hotová. Vyberte další termín.") && page.contains(&link), "{page}");
    assert!(page.contains("nové minimum se neúčtuje") && page.contains(&format!("href=\"{path}/cancel\"")), "{page}");
    let page = site.get(&path, &colleague).await.body;
    assert!(page.contains("Termín může vybrat ten, kdo") && !page.contains(&link), "{page}");
    assert!(!site.get("/requests", &colleague).await.body.contains(&link));
    let page = site.get(&format!("{path}/cancel"), &cookie).await.body;
    assert!(page.contains("Zrušit tento požadavek?"), "{page}");

    let times = site.get(&moving, &cookie).await.body;
    assert!(times.contains("Kdy má technik pokračovat?") && times.contains("name=\"start\""), "{times}");
    let choice = requests::move_choice(&world.app, &orderer(&place), number).await.expect("times");
    let first = choice.offers[0].slot.start;
    let query = serde_urlencoded::to_string([("start", first.to_rfc3339())]).expect("a query");
    let sure = site.get(&format!("{moving}?{query}"), &cookie).await.body;
    assert!(sure.contains("Potvrdit termín") && sure.contains("Naváže na předchozí práci"), "{sure}");
    let last = choice.offers[choice.offers.len() - 1].slot.start;
    let query = serde_urlencoded::to_string([("start", last.to_rfc3339())]).expect("a query");
    let sure = site.get(&format!("{moving}?{query}"), &cookie).await.body;
    assert!(sure.contains("minimum se účtuje znovu"), "{sure}");

    let (number, start, key) = (number.to_string(), first.to_rfc3339(), Uuid::from_u128(1).to_string());
    let fields = [("number", number.as_str()), ("start", start.as_str()), ("key", key.as_str())];
    let answer = site.post("/api/requests/move", &cookie, &moving, &fields).await;
    assert_eq!((answer.status, answer.location.as_deref()), (303, Some(path.as_str())));
    assert!(site.get(&path, &cookie).await.body.contains("Termín je domluvený."));
}
