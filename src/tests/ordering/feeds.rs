//! Calendar feeds: what somebody's own calendar reads, over a move and a cancellation, and who reads nothing (design, Calendar feeds).

use chrono::{DateTime, TimeDelta, Utc};
use ical::IcalParser;
use linka::{
    model::{
        base::terms::Urgency,
        ordering::feeds::FEED_READS_PER_HOUR,
        paths,
        people::members::{Capability, StaffRole},
    },
    server::{
        auth::{Caller, tokens::Token},
        db::MIGRATIONS,
        service::ordering::{feeds, requests},
    },
};
use reqwest::{Method, header};
use serde::Deserialize;
use sqlx::PgPool;
use uuid::Uuid;

use crate::support::{BASE_URL, Site, World, ask_python};

/// A feed as Python's `icalendar` reads it.
#[derive(Debug, Deserialize)]
struct Read {
    name: String,
    errors: Vec<String>,
    events: Vec<ReadEvent>,
}

/// One of its events.
#[derive(Debug, Clone, PartialEq, Deserialize)]
struct ReadEvent {
    uid: String,
    sequence: u32,
    start: DateTime<Utc>,
    status: String,
    summary: String,
    description: String,
    location: String,
    url: String,
    class: String,
    /// In minutes after the start.
    alarms: Vec<i64>,
    errors: Vec<String>,
}

fn read(body: &str) -> Vec<ReadEvent> {
    let directory = tempfile::TempDir::new().expect("a directory");
    std::fs::write(directory.path().join("feed.ics"), body).expect("a file");
    let mut feeds: Vec<Read> = serde_json::from_value(ask_python("read_feed.py", directory.path())).expect("feeds");
    let feed = feeds.remove(0);
    assert!(!feed.name.is_empty() && feed.errors.is_empty(), "{feed:?}");
    assert!(feed.events.iter().all(|event| event.errors.is_empty()), "{:?}", feed.events);
    let alike: Vec<_> = feed.events.iter().map(ReadEvent::facts).collect();
    assert_eq!(read_otherwise(body), alike, "a second reader reads the same");
    feed.events
}

/// The only event of a feed.
fn only(body: &str) -> ReadEvent {
    let mut events = read(body);
    assert_eq!(events.len(), 1, "{body}");
    events.remove(0)
}

/// What another reader, the crate `ical`, finds in each event.
fn read_otherwise(body: &str) -> Vec<[String; 6]> {
    let mut calendars = IcalParser::new(body.as_bytes());
    let calendar = calendars.next().expect("a calendar").expect("a feed that can be read");
    assert!(calendars.next().is_none(), "and no other");
    let events = calendar.events.into_iter().map(|event| {
        let value = |name: &str| {
            let found = event.properties.iter().find(|property| property.name == name);
            found.and_then(|property| property.value.clone()).unwrap_or_default()
        };
        let [uid, sequence, start, status, class] = ["UID", "SEQUENCE", "DTSTART", "STATUS", "CLASS"].map(value);
        [uid, sequence, start, status, class, event.alarms.len().to_string()]
    });
    events.collect()
}

impl ReadEvent {
    fn facts(&self) -> [String; 6] {
        [
            self.uid.clone(),
            self.sequence.to_string(),
            self.start.format("%Y%m%dT%H%M%SZ").to_string(),
            self.status.clone(),
            self.class.clone(),
            self.alarms.len().to_string(),
        ]
    }
}

/// The address that somebody gives to their calendar.
async fn address(world: &World, caller: &Caller, busy_only: bool) -> String {
    let key = world.app.random.uuid();
    let confirmed = caller.confirmed().expect("fresh");
    let token = feeds::make(&world.app, &confirmed, busy_only, key).await.expect("made").expect("a secret");
    paths::calendar_feed(&token.to_hex())
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_calendar_reads_what_was_agreed_over_a_move_and_a_cancellation(pool: PgPool) {
    let world = World::new(pool).await;
    world.technicians(2, "07:00", "15:30").await;
    let place = world.place("Škola").await;
    world
        .sql(&format!(
            "with k as (insert into computer (customer_id, name, teamviewer_id) values ({0}, 'PC kuchyň', '123456789')
                        returning id)
             insert into computer_program select k.id, {0}, {1} from k",
            place.customer, world.program
        ))
        .await;
    let orderer = place.boss.may_order().expect("an orderer");
    let site = Site::serve(world.app.clone()).await;
    let feed = address(&world, &place.boss, false).await;
    let busy = {
        // Of a colleague, who has ordered nothing.
        let colleague = world.member(place.customer, [Capability::Order].into_iter().collect()).await;
        address(&world, &colleague, true).await
    };
    assert_eq!(read(&site.get(&feed, "").await.body), []);

    let order = world.order(&orderer, Urgency::Normal).await;
    let starts = world.starts(&orderer, order).await;
    let number = world.book(&orderer, order, starts[0]).await.expect("agreed");
    let answer = site.get(&feed, "").await;
    let agreed = only(&answer.body);
    assert_eq!((agreed.uid.clone(), agreed.sequence), (order.calendar_uid(), 0), "as in the mailed invitation");
    assert_eq!((agreed.start, agreed.status.as_str(), &agreed.alarms[..]), (starts[0], "CONFIRMED", &[-30][..]));
    assert_eq!(agreed.url, format!("{BASE_URL}{}", paths::request(number)));
    assert_eq!((agreed.location.as_str(), agreed.class.as_str()), ("TeamViewer", ""));
    assert!(agreed.description.contains("377"), "the number of the line: {}", agreed.description);

    // Whoever knows it is not told again, and no cache keeps it for others.
    let headers = &answer.headers;
    assert_eq!(headers[header::CACHE_CONTROL], "private, no-cache");
    assert_eq!(headers["x-robots-tag"], "noindex, nofollow");
    let tag = headers[header::ETAG].clone();
    let ask_again = || site.request(Method::GET, &feed).header(header::IF_NONE_MATCH, tag.clone());
    let again = site.send(ask_again()).await.expect("an answer");
    assert_eq!((again.status, again.body.as_str()), (304, ""));

    requests::move_appointment(&world.app, &orderer, number, Some(starts[4]), Uuid::from_u128(1)).await.expect("moved");
    let answer = site.send(ask_again()).await.expect("an answer");
    let moved = only(&answer.body);
    assert_eq!((moved.uid.clone(), moved.sequence, moved.start), (agreed.uid.clone(), 1, starts[4]));

    // The technician's says whose computer it is, how it is reached, and leads to the workbench.
    let technician = world.technician_of(number).await;
    let login = format!(
        "insert into login (email, password_hash, staff_id) values ('t@example.com', '$argon2id$none', {}) returning id",
        technician.id()
    );
    let login = world.id(&login).await;
    let theirs = "insert into calendar_feed values ($1, sha256(decode($2, 'hex')), false, gen_random_uuid(), now())";
    let secret = Token::new(&world.app.random).to_hex();
    sqlx::query(theirs).bind(login).bind(&secret).execute(world.app.db.pool()).await.expect("a feed");
    let answer = site.get(&paths::calendar_feed(&secret), "").await;
    let visit = read(&answer.body).into_iter().find(|event| event.status == "CONFIRMED").expect("a visit");
    assert_eq!((visit.uid, visit.start), (moved.uid.clone(), starts[4]));
    assert_eq!(visit.url, format!("{BASE_URL}{}", paths::workbench(number)));
    assert!(visit.summary.contains("Škola"), "{}", visit.summary);
    for known in ["Petr Dvořák", "601", "PC kuchyň 123456789"] {
        assert!(visit.description.contains(known), "{known} in {}", visit.description);
    }

    requests::cancel(&world.app, &orderer, number, "", Uuid::from_u128(2)).await.expect("cancelled");
    let cancelled = only(&site.get(&feed, "").await.body);
    assert_eq!((cancelled.status.as_str(), cancelled.sequence, &cancelled.alarms[..]), ("CANCELLED", 2, &[][..]));
    // After some months it is told no more.
    world.app.clock.advance(TimeDelta::days(120));
    assert_eq!(read(&site.get(&feed, "").await.body), []);
    assert_eq!(read(&site.get(&busy, "").await.body), [], "nothing of others");
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_feed_of_busy_times_says_nothing_else(pool: PgPool) {
    let world = World::new(pool).await;
    world.technicians(2, "07:00", "15:30").await;
    let place = world.place("Škola").await;
    let orderer = place.boss.may_order().expect("an orderer");
    let site = Site::serve(world.app.clone()).await;
    let feed = address(&world, &place.boss, true).await;
    let order = world.order(&orderer, Urgency::Normal).await;
    let starts = world.starts(&orderer, order).await;
    let number = world.book(&orderer, order, starts[0]).await.expect("agreed");
    let answer = site.get(&feed, "").await;
    let busy = only(&answer.body);
    assert_eq!((busy.start, busy.class.as_str(), busy.summary.as_str()), (starts[0], "PRIVATE", "Obsazeno"));
    assert_eq!((busy.description.as_str(), busy.location.as_str(), busy.url.as_str()), ("", "", ""));
    for told in [number.to_string(), "Sklad".into(), "Oprava".into(), "Petr".into()] {
        assert!(!answer.body.contains(&told), "{told} in {}", answer.body);
    }
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn an_address_is_good_until_there_is_another_or_its_person_is_let_in_no_more(pool: PgPool) {
    let world = World::new(pool).await;
    let place = world.place("Škola").await;
    let site = Site::serve(world.app.clone()).await;
    let status = async |feed: &str| site.get(feed, "").await.status;
    let first = address(&world, &place.boss, false).await;
    assert_eq!(status(&first).await, 200);
    let second = address(&world, &place.boss, false).await;
    assert_eq!((status(&first).await, status(&second).await), (404, 200), "the one before is good no more");

    // A form that is sent twice makes one, and its page is the only one that shows it.
    let confirmed = place.boss.confirmed().expect("fresh");
    let key = Uuid::from_u128(7);
    let made = feeds::make(&world.app, &confirmed, false, key).await.expect("made").expect("a secret");
    assert_eq!(feeds::make(&world.app, &confirmed, false, key).await.expect("made"), None);
    let third = paths::calendar_feed(&made.to_hex());
    assert_eq!((status(&second).await, status(&third).await), (404, 200));
    let page = feeds::page(&world.app, &place.boss, Some(made)).await.expect("a page");
    assert_eq!(page.address, Some(format!("{BASE_URL}{third}")));
    let other = Token::new(&world.app.random);
    assert_eq!(feeds::page(&world.app, &place.boss, Some(other)).await.expect("a page").address, None);

    feeds::end(&world.app, &place.boss).await.expect("ended");
    assert_eq!(status(&third).await, 404);
    for (gone, back) in [
        ("update member set active = false", "update member set active = true"),
        ("update customer set active = false", "update customer set active = true"),
    ] {
        let feed = address(&world, &place.boss, false).await;
        assert_eq!(status(&feed).await, 200);
        world.sql(gone).await;
        assert_eq!(status(&feed).await, 404, "{gone}");
        world.sql(back).await;
        assert_eq!(status(&feed).await, 404, "who comes back makes another one");
    }
    let staff = world.staff(StaffRole::Technician).await;
    let feed = address(&world, &staff, false).await;
    assert_eq!(status(&feed).await, 200);
    world.sql("update staff set active = false").await;
    assert_eq!(status(&feed).await, 404);
    assert_eq!(
        world.id("select count(*) from audit_entry where subject = 'calendar_feed' and change = 'delete'").await,
        4
    );
    let secrets = "select count(*) from audit_entry where subject = 'calendar_feed' and after ->> 'token_hash' <> '…'";
    assert_eq!(world.id(secrets).await, 0, "that there is one, and not which");

    for nothing in ["/calendar.ics", "/calendar.ics?token=00", &paths::calendar_feed(&"0".repeat(64))] {
        assert_eq!(status(nothing).await, 404, "{nothing}");
    }
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_feed_is_read_so_often_within_an_hour_and_no_more(pool: PgPool) {
    let world = World::new(pool).await;
    let place = world.place("Škola").await;
    let feed = address(&world, &place.boss, false).await;
    let site = Site::serve(world.app.clone()).await;
    assert_eq!(site.get(&feed, "").await.status, 200);
    world.sql(&format!("update rate_window set uses = {FEED_READS_PER_HOUR} where subject like 'calendar of %'")).await;
    let answer = site.get(&feed, "").await;
    assert_eq!(answer.status, 429);
    assert!(answer.headers.contains_key(header::RETRY_AFTER));
    world.app.clock.advance(TimeDelta::hours(1));
    assert_eq!(site.get(&feed, "").await.status, 200);
}
