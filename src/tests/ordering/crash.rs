//! Kills: of the server, and of every process of its private database, in the middle of bookings. Afterwards whatever
//! was answered as booked is booked, nothing twice, and repeating an unanswered form has exactly one effect.

use std::{
    collections::BTreeMap,
    os::unix::fs::PermissionsExt,
    sync::{Arc, Mutex},
};

use chrono::{DateTime, TimeDelta, Utc};
use reqwest::{Method, header};
use tempfile::TempDir;
use tokio::task::JoinSet;
use uuid::Uuid;

use crate::support::{Answer, Portal, WITHOUT_LIMITS, at};

const BOOKINGS: u128 = 50;
const BOSS: &str = "vedouci@skola-lipova.example";

#[tokio::test(flavor = "multi_thread")]
async fn crash_of_the_server_loses_and_doubles_no_booking() {
    survives(|portal| {
        portal.kill_server();
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn crash_of_every_database_process_loses_and_doubles_no_booking() {
    survives(|portal| {
        portal.kill_database();
        portal.kill_server();
    })
    .await;
}

/// Books, kills after a third of the bookings was answered, starts again, and looks.
async fn survives(kill: impl Fn(&Portal) + Send + Sync + 'static) {
    let data = TempDir::new().expect("a directory");
    std::fs::set_permissions(data.path(), std::fs::Permissions::from_mode(0o711)).expect("reachable");
    let portal = Arc::new(Portal::start(data.path()).await);
    portal.query(WITHOUT_LIMITS);
    let cookie = portal.sign_in(BOSS).await;
    let starts = starts(&portal, &cookie).await;
    let answered: Arc<Mutex<BTreeMap<u128, String>>> = Arc::default();

    let mut bookings = JoinSet::new();
    let numbers = Arc::new(Mutex::new((1..=BOOKINGS).rev().collect::<Vec<_>>()));
    for _ in 0..5 {
        let (portal, cookie, answered) = (portal.clone(), cookie.clone(), answered.clone());
        let (starts, numbers) = (starts.clone(), numbers.clone());
        bookings.spawn(async move {
            loop {
                let Some(number) = numbers.lock().expect("numbers").pop() else {
                    return;
                };
                let start = starts[usize::try_from(number).expect("small") % starts.len()];
                match book(&portal, &cookie, number, start).await {
                    Ok(Some(request)) => {
                        answered.lock().expect("answers").insert(number, request);
                    }
                    Ok(None) => {}
                    // The portal is gone.
                    Err(_) => return,
                }
            }
        });
    }
    let killer = {
        let (portal, answered) = (portal.clone(), answered.clone());
        tokio::spawn(async move {
            while answered.lock().expect("answers").len() < 15 {
                tokio::task::yield_now().await;
            }
            kill(&portal);
        })
    };
    while let Some(worker) = bookings.join_next().await {
        worker.expect("no worker fails");
    }
    killer.await.expect("the portal is killed");
    let before = answered.lock().expect("answers").clone();
    drop(portal);

    let portal = Portal::start(data.path()).await;
    let cookie = portal.sign_in(BOSS).await;
    let mut after = BTreeMap::new();
    for number in 1..=BOOKINGS {
        let start = starts[usize::try_from(number).expect("small") % starts.len()];
        // The very same forms again, for those that were answered too.
        if let Some(request) = book(&portal, &cookie, number, start).await.expect("an answer") {
            after.insert(number, request);
        }
    }
    for (number, request) in &before {
        assert_eq!(after.get(number), Some(request), "what was answered as booked is booked, under the same number");
    }
    println!("{} answered before the kill, {} after", before.len(), after.len());
    let report = portal.query(
        "select (select count(*) from service_request where what_happened like 'Pád %' and state = 'scheduled'),
                (select count(*) from appointment a join service_request r on r.id = a.request_id
                 where r.what_happened like 'Pád %' and a.state = 'confirmed'),
                (select count(*) from request_event e join service_request r on r.id = e.request_id
                 where r.what_happened like 'Pád %' and e.kind = 'confirmed'),
                (select count(*) from appointment a join appointment b on a.id < b.id
                 and a.technician_id = b.technician_id and a.during && b.during
                 where a.state in ('held', 'confirmed', 'running') and b.state in ('held', 'confirmed', 'running'))",
    );
    let booked = after.len();
    assert_eq!(report, format!("{booked}|{booked}|{booked}|0"), "requests|appointments|confirmations|overlaps");
}

/// Times on offer, by an order that is left unfinished.
async fn starts(portal: &Portal, cookie: &str) -> Vec<DateTime<Utc>> {
    fill_in(portal, cookie, 999).await.expect("an answer");
    let id = Uuid::from_u128(999);
    let request =
        portal.site.request(Method::GET, &format!("/api/drafts/times?id={id}")).header(header::COOKIE, cookie);
    let answer = portal.site.send(request).await.expect("offers");
    let choice: linka::model::ordering::pages::TimeChoice = serde_json::from_str(&answer.body).expect("offers");
    assert!(choice.offers.len() > 100, "{}", choice.offers.len());
    // An hour apart, so that every start is a place of its own.
    let mut starts: Vec<DateTime<Utc>> = Vec::new();
    for offer in choice.offers {
        if starts.last().is_none_or(|last| offer.slot.start - *last >= TimeDelta::hours(1)) {
            starts.push(offer.slot.start);
        }
    }
    assert!(starts[0] > at("2026-11-23T08:00:00+01:00"));
    starts
}

async fn fill_in(portal: &Portal, cookie: &str, number: u128) -> reqwest::Result<Answer> {
    let id = Uuid::from_u128(number).to_string();
    let story = format!("Pád číslo {number} uprostřed objednávky.");
    let form = [
        ("id", id.as_str()),
        ("subject", "1.1"),
        ("what_happened", story.as_str()),
        ("urgency", "normal"),
        ("contact_name", "Jana"),
        ("contact_phone", "601234567"),
    ];
    portal.site.try_post("/api/drafts/save", cookie, &format!("/order/{id}"), &form).await
}

/// Orders and confirms; the request's page when it was agreed.
async fn book(portal: &Portal, cookie: &str, number: u128, start: DateTime<Utc>) -> reqwest::Result<Option<String>> {
    fill_in(portal, cookie, number).await?;
    let id = Uuid::from_u128(number).to_string();
    let page = format!("/order/{id}/time");
    let start = start.to_rfc3339();
    let fields = [("id", id.as_str()), ("start", start.as_str())];
    portal.site.try_post("/api/drafts/pick-slot", cookie, &page, &fields).await?;
    let answer = portal.site.try_post("/api/drafts/confirm", cookie, &page, &[("id", id.as_str())]).await?;
    // 503 is no answer about the booking: the database was gone. A hold that was lost leads back to the times.
    Ok(answer.location.filter(|page| page.starts_with("/requests/")))
}
