//! What customers' people wish to be told, and by which ways: decided where every mail is written.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex},
};

use axum::{Json, Router, extract::State, http::HeaderMap, http::StatusCode, routing::post};
use chrono::TimeDelta;
use linka::{
    model::{
        base::ids::SmsMessageId,
        mails::{AppointmentMail, MailContent},
        people::members::StaffRole,
        work::wishes::{MailWay, TypedWishes, WishKind, WishKinds},
    },
    server::{
        auth::Caller,
        db::MIGRATIONS,
        push::SmsGateway,
        service::{
            mails::tell_digests,
            upkeep,
            work::{pushes, sms, wishes},
        },
    },
};
use serde_json::Value;
use sqlx::{AssertSqlSafe, PgPool};

use super::sink::{Sink, agree, appointment, member_id, plain, run_due, world, write};
use crate::support::{Place, Site, World};

/// A gateway on this machine: keeps what it is sent, and answers as it is told.
#[derive(Clone)]
struct Gateway(Arc<Mutex<(StatusCode, Vec<Sent>)>>);

/// A short message as it came.
#[derive(Debug, Clone)]
struct Sent {
    headers: HeaderMap,
    body: Value,
}

async fn take(State(gateway): State<Gateway>, headers: HeaderMap, Json(body): Json<Value>) -> StatusCode {
    let mut kept = gateway.0.lock().expect("the books");
    kept.1.push(Sent { headers, body });
    kept.0
}

impl Gateway {
    async fn start() -> (Self, SmsGateway) {
        let gateway = Self(Arc::new(Mutex::new((StatusCode::ACCEPTED, Vec::new()))));
        let router = Router::new().route("/send", post(take)).with_state(gateway.clone());
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = format!("http://{}/send", listener.local_addr().expect("an address"));
        tokio::spawn(async move { axum::serve(listener, router).await });
        (gateway, SmsGateway::new(&address, Some("tajenka")).expect("a gateway"))
    }

    fn answers(&self, status: StatusCode) {
        self.0.lock().expect("the books").0 = status;
    }

    fn taken(&self) -> Vec<Sent> {
        self.0.lock().expect("the books").1.clone()
    }
}

/// A customer whose boss wishes something.
async fn wishing(pool: PgPool, mail: &[(WishKind, MailWay)], sms_kinds: WishKinds) -> (World, Sink, Place) {
    let (world, sink) = world(pool).await;
    let place = world.place("Škola").await;
    agree(&world, &place).await;
    wish(&world, &place.boss, mail, sms_kinds).await;
    (world, sink, place)
}

async fn wish(world: &World, caller: &Caller, mail: &[(WishKind, MailWay)], sms_kinds: WishKinds) {
    // What is not named stays as it is usual.
    let mut all: BTreeMap<_, _> = WishKind::ALL.iter().map(|kind| (*kind, MailWay::Now)).collect();
    all.extend(mail.iter().copied());
    let typed = TypedWishes { mail: all, sms_kinds, ..TypedWishes::default() };
    wishes::save(&world.app, caller, &typed).await.expect("saved");
}

async fn states(world: &World) -> Vec<(String, String)> {
    sqlx::query_as("select kind, state from mail order by id").fetch_all(world.app.db.pool()).await.expect("mails")
}

fn as_told(states: &[(&str, &str)]) -> Vec<(String, String)> {
    states.iter().map(|(kind, state)| ((*kind).to_owned(), (*state).to_owned())).collect()
}

fn asked() -> MailContent {
    MailContent::ConsentAsked {
        number: appointment().number,
        program: "Sklad".to_owned().into(),
        work_type: "Oprava".to_owned().into(),
        ceiling_minutes: 60,
        at: appointment().slot.start,
    }
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn what_nobody_said_anything_about_is_mailed_at_once(pool: PgPool) {
    let (world, sink) = world(pool).await;
    let place = world.place("Škola").await;
    agree(&world, &place).await;
    write(&world, member_id(&place.boss), &MailContent::HandedOver { requests: 1 }, "k").await;
    run_due(&world.app).await;
    assert_eq!(sink.mails().len(), 1);
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn what_was_left_is_not_mailed_and_what_needs_an_answer_is(pool: PgPool) {
    let everything: Vec<_> = WishKind::ALL.iter().map(|kind| (*kind, MailWay::Off)).collect();
    let (world, sink, place) = wishing(pool, &everything, WishKinds::NONE).await;
    let boss = member_id(&place.boss);
    write(&world, boss, &MailContent::HandedOver { requests: 1 }, "handed").await;
    write(&world, boss, &MailContent::Reminder(appointment()), "reminder").await;
    write(&world, boss, &MailContent::Withdrawn(appointment()), "withdrawn").await;
    write(&world, boss, &asked(), "asked").await;
    run_due(&world.app).await;
    let expected = as_told(&[
        ("handed_over", "unwished"),
        ("reminder", "unwished"),
        ("withdrawn", "unwished"),
        ("consent_asked", "sent"),
    ]);
    assert_eq!(states(&world).await, expected);
    assert_eq!(sink.mails().len(), 1);
    // Said once more, it is the same mail.
    write(&world, boss, &MailContent::HandedOver { requests: 1 }, "handed").await;
    assert_eq!(states(&world).await, expected);
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn what_we_do_with_somebodys_time_is_mailed_at_once_and_what_they_do_is_as_they_wish(pool: PgPool) {
    let (world, _sink, place) = wishing(pool, &[(WishKind::Agreed, MailWay::Off)], WishKinds::NONE).await;
    let boss = member_id(&place.boss);
    let dispatcher = world.staff(StaffRole::Dispatcher).await;
    let called_off = serde_json::to_string(&MailContent::Cancelled(appointment())).expect("JSON");
    for (key, by) in [("theirs", &place.boss), ("ours", &dispatcher)] {
        let origin = by.session().expect("a session").login;
        let written = format!(
            "begin; set local app.origin = '{origin}//2026-11-23T08:00:00Z';
             select write_mail_to_member({boss}, '{called_off}', now(), '{key}'); commit"
        );
        sqlx::raw_sql(AssertSqlSafe(written)).execute(world.app.db.pool()).await.expect("written");
    }
    run_due(&world.app).await;
    let by_key = "select key, state from mail where kind = 'cancelled' order by id";
    let found: Vec<(String, String)> = sqlx::query_as(by_key).fetch_all(world.app.db.pool()).await.expect("mails");
    assert_eq!(found, as_told(&[("theirs", "unwished"), ("ours", "sent")]));
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn what_is_gathered_is_told_in_one_mail_at_the_next_opening_without_what_was_overtaken(pool: PgPool) {
    let gathered = [(WishKind::Course, MailWay::Digest), (WishKind::Agreed, MailWay::Digest)];
    let (world, sink, place) = wishing(pool, &gathered, WishKinds::NONE).await;
    let boss = member_id(&place.boss);
    write(&world, boss, &MailContent::HandedOver { requests: 2 }, "handed").await;
    // The time was changed since: its SEQUENCE is another one.
    let overtaken = AppointmentMail { sequence: 0, ..appointment() };
    write(&world, boss, &MailContent::Confirmed(overtaken), "confirmed").await;
    for _ in 0..2 {
        upkeep::each_minute(&world.app).await.expect("the chores");
        run_due(&world.app).await;
    }
    assert_eq!(sink.mails().len(), 0, "the line has opened today");
    // It is Monday, eight o'clock.
    world.app.clock.advance(TimeDelta::hours(22));
    tell_digests(&world.app).await.expect("asked");
    assert_eq!(states(&world).await.len(), 2, "not before it opens");
    world.app.clock.advance(TimeDelta::hours(1));
    let (one, other) = tokio::join!(tell_digests(&world.app), tell_digests(&world.app));
    one.expect("told");
    other.expect("told at the same time");
    run_due(&world.app).await;
    let mails = sink.mails();
    assert_eq!(mails.len(), 1, "one mail, however often it is asked");
    assert_eq!(plain(&mails[0].subject), "Souhrn dne: 1 zpráva");
    let expected = as_told(&[("handed_over", "digested"), ("confirmed", "withdrawn"), ("digest", "sent")]);
    assert_eq!(states(&world).await, expected, "what was overtaken was told to nobody");
    write(&world, boss, &MailContent::HandedOver { requests: 1 }, "later").await;
    world.sql(&format!("update member set active = false where id = {boss}")).await;
    world.app.clock.advance(TimeDelta::days(1));
    tell_digests(&world.app).await.expect("asked");
    let told = states(&world).await;
    assert_eq!(told.len(), 4, "what was told is told no more");
    assert_eq!(told.last(), as_told(&[("handed_over", "withdrawn")]).first(), "nor who left");
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn however_much_was_gathered_is_told_in_one_mail(pool: PgPool) {
    let (world, _sink, place) = wishing(pool, &[(WishKind::Course, MailWay::Digest)], WishKinds::NONE).await;
    let boss = member_id(&place.boss);
    world
        .sql(&format!(
            "select write_mail_to_member({boss}, '{{\"mail\": \"handed_over\", \"requests\": 1}}',
                                         '2026-11-22T08:00:00+01:00'::timestamptz, 'handed ' || n)
             from generate_series(1, 1005) n"
        ))
        .await;
    tell_digests(&world.app).await.expect("told");
    tell_digests(&world.app).await.expect("nothing is left");
    let told = "select count(*) from mail where kind = 'digest' and (content ->> 'more')::bigint + jsonb_array_length(content -> 'mails') = 1005";
    let digests = world.id("select count(*) from mail where kind = 'digest'").await;
    assert_eq!((digests, world.id(told).await), (1, 1), "what is not listed is counted");
    run_due(&world.app).await;
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_short_message_says_a_kind_and_a_number_and_is_tried_again(pool: PgPool) {
    let kinds = WishKinds::NONE.with(WishKind::Asked);
    let (mut world, _sink, place) = wishing(pool, &[], kinds).await;
    let (gateway, sms_gateway) = Gateway::start().await;
    world.app.sms = sms_gateway;
    let boss = member_id(&place.boss);
    world.sql(&format!("update member set phone = '+420601234567' where id = {boss}")).await;
    gateway.answers(StatusCode::SERVICE_UNAVAILABLE);
    write(&world, boss, &asked(), "asked").await;
    let message = SmsMessageId(world.id("select id from sms_message").await);
    assert!(sms::deliver(&world.app, message, false).await.is_err(), "it comes again");
    gateway.answers(StatusCode::OK);
    run_due(&world.app).await;
    sms::deliver(&world.app, message, false).await.expect("nothing to do");
    let taken = gateway.taken();
    assert_eq!(taken.len(), 2, "tried twice, and then no more");
    let Sent { headers, body } = &taken[1];
    assert_eq!(headers["authorization"], "Bearer tajenka");
    assert_eq!(body["to"], "+420601234567");
    assert_eq!(body["id"], taken[0].body["id"], "the same id for each try");
    let text = body["text"].as_str().expect("a text");
    assert!(text.starts_with("Linka: Čeká se na vás · Požadavek 2026-000123. http"), "{text}");
    assert!(!text.contains("Sklad") && !text.contains("Škola"), "{text}");
    write(&world, boss, &MailContent::HandedOver { requests: 1 }, "handed").await;
    assert_eq!(world.id("select count(*) from sms_message").await, 1, "of what was not asked for, none");

    gateway.answers(StatusCode::FORBIDDEN);
    write(&world, boss, &asked(), "again").await;
    run_due(&world.app).await;
    let desk = world.staff(StaffRole::Dispatcher).await.desk().expect("of the desk");
    let lost = pushes::failed(&world.app, &desk).await.expect("a list");
    assert_eq!(lost.len(), 1, "the desk sees what nobody took: {lost:?}");
    assert!(lost[0].last_error.contains("403") && lost[0].to == "Jana Nováková", "{lost:?}");
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn short_messages_are_so_many_a_day_and_none_in_quiet_hours(pool: PgPool) {
    let kinds = WishKinds::NONE.with(WishKind::Asked);
    let (mut world, _sink, place) = wishing(pool, &[], kinds).await;
    let (gateway, sms_gateway) = Gateway::start().await;
    world.app.sms = sms_gateway;
    let boss = member_id(&place.boss);
    world.sql(&format!("update member set phone = '+420601234567' where id = {boss}")).await;
    // It is eight o'clock.
    let quiet =
        TypedWishes { sms_kinds: kinds, quiet_from: "7".into(), quiet_until: "9".into(), ..TypedWishes::default() };
    wishes::save(&world.app, &place.boss, &quiet).await.expect("saved");
    world.sql("update line_limit set sms_per_day = 2").await;
    for key in ["one", "two", "three"] {
        write(&world, boss, &asked(), key).await;
    }
    run_due(&world.app).await;
    assert_eq!(
        (world.id("select count(*) from sms_message where state = 'held'").await, gateway.taken().len()),
        (2, 0)
    );
    world.app.clock.advance(TimeDelta::hours(1));
    pushes::release(&world.app).await.expect("released");
    run_due(&world.app).await;
    assert_eq!(gateway.taken().len(), 2, "no more than a day may have, and those when it is not quiet any more");
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_customers_person_wishes_on_the_page_without_script(pool: PgPool) {
    let (mut world, _sink, place) = wishing(pool, &[], WishKinds::NONE).await;
    let (_gateway, sms_gateway) = Gateway::start().await;
    let boss = member_id(&place.boss);
    world.sql(&format!("update member set phone = '+420601234567' where id = {boss}")).await;
    let cookie = world.cookie(&place.boss).await;
    let page = "/account/mails";
    let without = Site::serve(world.app.clone()).await.get(page, &cookie).await.body;
    assert!(without.contains("mail[agreed]") && !without.contains("sms_kinds"), "no gateway, no short messages");
    assert!(!without.contains("mail[asked]") && !without.contains("urgent]"), "what cannot be wished is not offered");
    world.app.sms = sms_gateway;
    let site = Site::serve(world.app.clone()).await;
    assert!(site.get(page, &cookie).await.body.contains("sms_kinds[asked]"));
    let fields =
        [("mail[agreed]", "digest"), ("mail[course]", "off"), ("mail[asked]", "off"), ("sms_kinds[asked]", "true")];
    assert_eq!(site.post("/api/account/save-wishes", &cookie, page, &fields).await.status, 303);
    let kept: (Vec<String>, Vec<String>, Vec<String>) =
        sqlx::query_as("select kinds, digest_kinds, sms_kinds from wish")
            .fetch_one(world.app.db.pool())
            .await
            .expect("a wish");
    assert_eq!(kept, (vec![], vec!["agreed".into()], vec!["asked".into()]));
}
