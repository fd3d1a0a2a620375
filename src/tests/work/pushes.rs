//! Notifications, against a push service that reads what it is sent: whom they reach, with what, when, and who is told no more.

mod devices;

use std::sync::{Arc, Mutex};

use axum::{
    Router,
    body::Bytes,
    extract::State,
    http::{HeaderMap, StatusCode},
    routing::post,
};
use base64ct::{Base64UrlUnpadded, Encoding};
use chrono::TimeDelta;
use linka::{
    model::{
        base::{
            ids::{PushMessageId, StaffId},
            numbers::RequestNumber,
            terms::Urgency,
        },
        mails::MailContent,
        ordering::offers::Slot,
        people::members::StaffRole,
        problem::Problem,
        work::{
            pushes::TypedSubscription,
            wishes::{TypedWishes, WishKind},
        },
    },
    server::{
        auth::{Caller, Client, Session, Staff, tokens::Token},
        db::{self, MIGRATIONS, mails},
        jobs,
        push::Pusher,
        random::Random,
        reach::Reach,
        service::{
            ordering::requests,
            work::{pushes, wishes},
        },
    },
};
use p256::{
    SecretKey,
    ecdsa::{Signature, VerifyingKey, signature::Verifier},
    elliptic_curve::sec1::ToEncodedPoint,
};
use serde_json::Value;
use sqlx::PgPool;
use web_push_native::Auth;

use super::lanes::{booked, line, to_dispatch};
use crate::support::{Site, World};

/// A push service on this machine: keeps what it is sent, and answers as it is told.
struct Service {
    origin: String,
    books: Books,
}

#[derive(Clone, Default)]
struct Books(Arc<Mutex<(StatusCode, Vec<Taken>)>>);

/// A notification as it came.
#[derive(Clone)]
struct Taken {
    headers: HeaderMap,
    body: Bytes,
}

async fn take(State(books): State<Books>, headers: HeaderMap, body: Bytes) -> StatusCode {
    let mut books = books.0.lock().expect("the books");
    books.1.push(Taken { headers, body });
    books.0
}

impl Service {
    async fn start() -> Self {
        let books = Books::default();
        books.0.lock().expect("the books").0 = StatusCode::CREATED;
        let router = Router::new().route("/{*path}", post(take)).with_state(books.clone());
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let origin = format!("http://{}", listener.local_addr().expect("an address"));
        tokio::spawn(async move { axum::serve(listener, router).await });
        Self { origin, books }
    }

    fn answers(&self, status: StatusCode) {
        self.books.0.lock().expect("the books").0 = status;
    }

    fn taken(&self) -> Vec<Taken> {
        self.books.0.lock().expect("the books").1.clone()
    }

    /// What it was sent, which is one.
    fn only(&self) -> Taken {
        let taken = self.taken();
        assert_eq!(taken.len(), 1, "once, however often it is asked");
        taken[0].clone()
    }
}

/// A browser that has subscribed.
struct Browser {
    /// Who is signed in there.
    caller: Caller,
    secret: SecretKey,
    auth: [u8; 16],
    typed: TypedSubscription,
}

impl Browser {
    fn new(endpoint: String, caller: &Caller) -> Self {
        let secret = SecretKey::from_slice(&Random::System.token()).expect("nearly every number is a key");
        let auth = Random::System.uuid().into_bytes();
        let public = secret.public_key().to_encoded_point(false);
        let typed = TypedSubscription {
            endpoint,
            p256dh: Base64UrlUnpadded::encode_string(public.as_bytes()),
            auth: Base64UrlUnpadded::encode_string(&auth),
        };
        Self { caller: caller.clone(), secret, auth, typed }
    }

    /// What it shows of a notification that only it can read.
    fn reads(&self, taken: &Taken) -> Value {
        let text =
            web_push_native::decrypt(taken.body.to_vec(), &self.secret, &Auth::from(self.auth)).expect("readable");
        serde_json::from_slice(&text).expect("JSON")
    }
}

/// A line with a push service that may be called, though it is on this machine.
async fn line_with_service(pool: PgPool) -> (World, Service) {
    let mut world = line(pool).await;
    world.app.push = Pusher::new(Reach::Anywhere).expect("TLS");
    (world, Service::start().await)
}

fn staff_of(caller: &Caller) -> Staff {
    caller.staff().expect("of the vendor")
}

/// The same person, signed in in one more browser.
async fn elsewhere(world: &World, caller: &Caller) -> Caller {
    let session = caller.session().expect("a session").clone();
    let caller = Caller(Some(Session { id: Random::System.uuid(), ..session }));
    world.cookie(&caller).await;
    caller
}

/// Turns notifications on, in one more browser.
async fn subscribe(world: &World, service: &Service, caller: &Caller) -> Browser {
    subscribe_here(world, service, &elsewhere(world, caller).await).await
}

/// Turns notifications on, in the browser in which somebody is signed in.
async fn subscribe_here(world: &World, service: &Service, caller: &Caller) -> Browser {
    let browser = Browser::new(format!("{}/{}", service.origin, Random::System.uuid()), caller);
    pushes::add(&world.app, caller, "Firefox/140.0 Windows", &browser.typed).await.expect("added");
    browser
}

/// What a browser sends along that is known by nothing, or by a cookie of its own.
fn browser(token: Option<Token>, device: Option<Token>) -> Client {
    Client { address: None, user_agent: "Firefox/140.0".into(), token, device }
}

/// Wishes for some kinds on devices, and for none by mail.
async fn wish(world: &World, caller: &Caller, kinds: &[WishKind], quiet: (&str, &str)) {
    let push_kinds = kinds.iter().copied().collect();
    let (quiet_from, quiet_until) = (quiet.0.into(), quiet.1.into());
    let typed = TypedWishes { push_kinds, quiet_from, quiet_until, ..TypedWishes::default() };
    wishes::save(&world.app, caller, &typed).await.expect("saved");
}

async fn run(world: &World) {
    jobs::run_due(&world.app).await.expect("the queue");
}

async fn states(world: &World) -> Vec<String> {
    sqlx::query_scalar("select state from push_message order by id")
        .fetch_all(world.app.db.pool())
        .await
        .expect("states")
}

async fn devices(world: &World) -> i64 {
    world.id("select count(*) from push_device").await
}

/// Tells a technician that a time is theirs.
async fn plan(world: &World, technician: StaffId, number: &str, hours: i64) {
    let start = world.app.clock.now() + TimeDelta::hours(hours);
    let slot = Slot { start, end: start + TimeDelta::hours(1) };
    let number: RequestNumber = number.parse().expect("a number");
    let content = MailContent::VisitPlanned { number, customer: "Školní jídelna".into(), slot, is_theirs: true };
    let mut tx = world.app.db.staff().await.expect("a transaction");
    let key = format!("visit_planned:{number}:{hours}");
    mails::to_staff(&mut tx, technician, &content, world.app.clock.now(), &key).await.expect("told");
    tx.commit().await.expect("a commit");
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_notification_can_be_read_by_its_device_alone_and_says_who_sends_it(pool: PgPool) {
    let (world, service) = line_with_service(pool).await;
    let (place, dispatcher) = (world.place("Školní jídelna Lipová").await, world.staff(StaffRole::Dispatcher).await);
    let browser = subscribe(&world, &service, &dispatcher).await;
    wish(&world, &dispatcher, &[WishKind::Waits], ("", "")).await;
    let number = to_dispatch(&world, &place).await;
    for _ in 0..2 {
        wishes::tell_staff(&world.app).await.expect("told");
        run(&world).await;
    }
    let taken = service.only();
    let shown = browser.reads(&taken);
    assert_eq!(shown["tag"], number.to_string());
    assert_eq!(shown["path"], format!("/desk/requests/{number}"));
    assert_eq!(shown["text"], format!("Požadavek {number}"));
    assert!(!shown.to_string().contains("Lipová") && !shown.to_string().contains("tisk"), "nothing of the customer");
    let header = |name: &str| taken.headers[name].to_str().expect("a text").to_owned();
    assert_eq!((header("topic"), header("content-encoding")), (number.to_string(), "aes128gcm".into()));
    assert_eq!(header("ttl"), "86400");

    let pass = header("authorization");
    let (token, key) = pass.strip_prefix("vapid t=").and_then(|pass| pass.split_once(", k=")).expect("a pass");
    let (signed, signature) = token.rsplit_once('.').expect("a token");
    let bytes = |text: &str| Base64UrlUnpadded::decode_vec(text).expect("base64url");
    let verifier = VerifyingKey::from_sec1_bytes(&bytes(key)).expect("a key");
    verifier.verify(signed.as_bytes(), &Signature::from_slice(&bytes(signature)).expect("a signature")).expect("ours");
    let page = wishes::page(&world.app, &dispatcher).await.expect("a page");
    assert_eq!(page.push_key, key, "the one to which browsers subscribe");
    let claims = signed.split_once('.').expect("claims").1;
    let claims: Value = serde_json::from_slice(&bytes(claims)).expect("JSON");
    let expires = (world.app.clock.now() + TimeDelta::hours(12)).timestamp();
    assert_eq!(claims, serde_json::json!({ "aud": service.origin, "exp": expires, "sub": "mailto:linka@example.com" }));
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_device_that_is_gone_is_forgotten_with_all_that_waits_for_it(pool: PgPool) {
    let (world, service) = line_with_service(pool).await;
    let technician = world.staff(StaffRole::Technician).await;
    let id = staff_of(&technician).id();
    for status in [StatusCode::NOT_FOUND, StatusCode::GONE] {
        subscribe(&world, &service, &technician).await;
        service.answers(status);
        plan(&world, id, "2026-000001", i64::from(status.as_u16())).await;
        run(&world).await;
        assert_eq!((devices(&world).await, states(&world).await.len()), (0, 0), "{status}");
    }
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn trouble_is_tried_again_and_a_refusal_is_not(pool: PgPool) {
    let (world, service) = line_with_service(pool).await;
    let technician = world.staff(StaffRole::Technician).await;
    subscribe(&world, &service, &technician).await;
    let id = staff_of(&technician).id();
    plan(&world, id, "2026-000001", 3).await;
    let message = PushMessageId(world.id("select max(id) from push_message").await);
    for status in [StatusCode::TOO_MANY_REQUESTS, StatusCode::BAD_GATEWAY] {
        service.answers(status);
        assert!(pushes::deliver(&world.app, message, false).await.is_err(), "{status} comes again");
    }
    assert_eq!(world.id("select attempts::bigint from push_message").await, 2);
    service.answers(StatusCode::CREATED);
    run(&world).await;
    assert_eq!((states(&world).await, service.taken().len()), (vec!["sent".into()], 3));
    // Said again, it is told no more.
    pushes::deliver(&world.app, message, false).await.expect("nothing to do");
    assert_eq!(service.taken().len(), 3);

    service.answers(StatusCode::FORBIDDEN);
    plan(&world, id, "2026-000002", 3).await;
    run(&world).await;
    service.answers(StatusCode::SERVICE_UNAVAILABLE);
    plan(&world, id, "2026-000003", 3).await;
    let last = PushMessageId(world.id("select max(id) from push_message").await);
    pushes::deliver(&world.app, last, true).await.expect("given up");
    run(&world).await;
    assert_eq!(states(&world).await, ["sent", "failed", "failed"]);
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn quiet_hours_hold_what_is_still_worth_telling_after_them(pool: PgPool) {
    let (world, service) = line_with_service(pool).await;
    let technician = world.staff(StaffRole::Technician).await;
    let browser = subscribe(&world, &service, &technician).await;
    // It is eight o'clock.
    wish(&world, &technician, &[WishKind::Plan], ("7", "10")).await;
    let id = staff_of(&technician).id();
    plan(&world, id, "2026-000001", 1).await;
    plan(&world, id, "2026-000002", 5).await;
    run(&world).await;
    assert_eq!((states(&world).await, service.taken().len()), (vec!["held".into(), "held".into()], 0));
    pushes::release(&world.app).await.expect("asked");
    run(&world).await;
    assert_eq!(service.taken().len(), 0, "it is quiet still");
    world.app.clock.advance(TimeDelta::hours(2));
    pushes::release(&world.app).await.expect("released");
    run(&world).await;
    assert_eq!(states(&world).await, ["withdrawn", "sent"], "the first time has begun");
    assert_eq!(browser.reads(&service.taken()[0])["tag"], "2026-000002");
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn what_is_overtaken_is_not_sent_any_more(pool: PgPool) {
    let (world, service) = line_with_service(pool).await;
    let (place, technician) = (world.place("A").await, world.staff(StaffRole::Technician).await);
    let browser = subscribe(&world, &service, &technician).await;
    let id = staff_of(&technician).id();
    plan(&world, id, "2026-000001", 3).await;
    plan(&world, id, "2026-000001", 4).await;
    run(&world).await;
    assert_eq!((states(&world).await, service.taken().len()), (vec!["withdrawn".into(), "sent".into()], 1));
    let shown = browser.reads(&service.taken()[0]);
    assert_eq!(shown["title"], "Termín ve vašem plánu");
    assert!(shown["text"].as_str().is_some_and(|text| text.contains("12:00")), "{shown}");

    let dispatcher = world.staff(StaffRole::Dispatcher).await;
    subscribe(&world, &service, &dispatcher).await;
    wish(&world, &dispatcher, &[WishKind::Waits], ("", "")).await;
    let number = to_dispatch(&world, &place).await;
    wishes::tell_staff(&world.app).await.expect("told");
    let orderer = place.boss.may_order().expect("an orderer");
    requests::cancel(&world.app, &orderer, number, "", Random::System.uuid()).await.expect("called off");
    run(&world).await;
    assert_eq!((states(&world).await.pop(), service.taken().len()), (Some("withdrawn".into()), 1), "it waits no more");
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn what_has_to_be_acted_on_comes_by_one_way_at_least(pool: PgPool) {
    let (world, service) = line_with_service(pool).await;
    let technician = world.staff(StaffRole::Technician).await;
    let id = staff_of(&technician).id();
    let told = async |hours| {
        plan(&world, id, "2026-000001", hours).await;
        run(&world).await;
        (world.id("select count(*) from mail").await, service.taken().len())
    };
    assert_eq!(told(1).await, (1, 0), "who has no device gets a mail");
    subscribe(&world, &service, &technician).await;
    assert_eq!(told(2).await, (2, 1), "both, as long as nothing else was chosen");
    wish(&world, &technician, &[WishKind::Plan], ("", "")).await;
    assert_eq!(told(3).await, (2, 2), "the device alone");
    wish(&world, &technician, &[], ("", "")).await;
    assert_eq!(told(4).await, (3, 2), "neither was chosen, and it has to be known");
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn what_a_member_answers_reaches_the_technician_whose_work_it_is_and_nobody_else(pool: PgPool) {
    let (world, service) = line_with_service(pool).await;
    let (place, technician) = (world.place("A").await, world.staff(StaffRole::Technician).await);
    let (browser, id) = (subscribe(&world, &service, &technician).await, staff_of(&technician).id());
    let number = booked(&world, &place, Urgency::Normal).await;
    let others = world.technician_of(number).await.id();
    world.sql(&format!("update appointment set technician_id = {id}")).await;
    let mut tx = world.app.db.staff().await.expect("a transaction");
    let request = db::ordering::requests::id_of(&mut tx, number).await.expect("asked").expect("a request");
    drop(tx);
    let (customer, by) = ("A".to_owned(), "Jana Nováková".to_owned());
    let content = MailContent::ConsentAnswered { number, customer, by, agreed: true, new_ceiling: None };
    for (technician, is_told) in [(id, true), (others, false)] {
        let mut tx = world.app.db.member(place.customer).await.expect("a transaction");
        let now = world.app.clock.now();
        let told = mails::to_technician(&mut tx, technician, request, &content, now, "answered").await;
        assert_eq!(told.is_ok(), is_told);
        if is_told {
            tx.commit().await.expect("a commit");
        }
    }
    run(&world).await;
    let shown = browser.reads(&service.only());
    assert_eq!(shown["title"], "Zákazník souhlasí, pokračujte");
    assert!(!shown.to_string().contains("Jana"), "{shown}");
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn many_things_at_once_are_one_notification(pool: PgPool) {
    let (world, service) = line_with_service(pool).await;
    let (place, dispatcher) = (world.place("A").await, world.staff(StaffRole::Dispatcher).await);
    let browser = subscribe(&world, &service, &dispatcher).await;
    wish(&world, &dispatcher, &[WishKind::Waits], ("", "")).await;
    for _ in 0..4 {
        to_dispatch(&world, &place).await;
    }
    wishes::tell_staff(&world.app).await.expect("told");
    run(&world).await;
    let taken = service.only();
    assert_eq!(browser.reads(&taken)["title"], "4 nové věci");
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn the_desk_sees_what_did_not_arrive(pool: PgPool) {
    let (world, service) = line_with_service(pool).await;
    let (technician, dispatcher) = (world.staff(StaffRole::Technician).await, world.staff(StaffRole::Dispatcher).await);
    subscribe(&world, &service, &technician).await;
    service.answers(StatusCode::FORBIDDEN);
    plan(&world, staff_of(&technician).id(), "2026-000007", 3).await;
    run(&world).await;
    let desk = dispatcher.desk().expect("of the desk");
    let list = pushes::failed(&world.app, &desk).await.expect("the list");
    assert_eq!(list.len(), 1);
    assert!(list[0].said.contains("2026-000007") && list[0].last_error.contains("403"), "{list:?}");
    let (cookie, site) = (world.cookie(&dispatcher).await, Site::serve(world.app.clone()).await);
    assert!(site.get("/desk/mails", &cookie).await.body.contains("Nedoručená upozornění"));
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn nothing_is_sent_to_what_is_no_push_service(pool: PgPool) {
    let (mut world, service) = line_with_service(pool).await;
    let technician = world.staff(StaffRole::Technician).await;
    // It was added, whoever let it in; the server still calls nothing of its own network.
    world.cookie(&technician).await;
    subscribe_here(&world, &service, &technician).await;
    world.app.push = Pusher::new(Reach::Public).expect("TLS");
    plan(&world, staff_of(&technician).id(), "2026-000001", 3).await;
    run(&world).await;
    assert_eq!((states(&world).await, service.taken().len()), (vec!["failed".into()], 0));
    let add = async |endpoint: &str| {
        let typed = Browser::new(endpoint.to_owned(), &technician).typed;
        pushes::add(&world.app, &technician, "", &typed).await
    };
    let long = format!("https://push.example.com/{}", "x".repeat(1_000));
    for endpoint in [service.origin.as_str(), "https://127.0.0.1/x", "https://localhost/x", "", &long] {
        assert_eq!(add(endpoint).await, Err(Problem::Malformed), "{endpoint}");
    }
    assert_eq!(add("https://push.example.com/x").await, Ok(()));
    let keyless = TypedSubscription { endpoint: "https://push.example.com/y".into(), ..TypedSubscription::default() };
    let refused = pushes::add(&world.app, &technician, "", &keyless).await;
    assert_eq!(refused, Err(Problem::Malformed));
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn the_installations_key_is_made_once_and_stays(pool: PgPool) {
    let (world, _service) = line_with_service(pool).await;
    let (one, other) = tokio::join!(pushes::key(&world.app), pushes::key(&world.app));
    let (one, other) = (one.expect("a key"), other.expect("a key"));
    assert_eq!(one.public(), other.public());
    assert_eq!(pushes::key(&world.app).await.expect("a key").public(), one.public());
    let changed = sqlx::query("update push_key set made_at = made_at").execute(world.app.db.pool()).await;
    assert!(changed.is_err(), "browsers have subscribed to it");
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_test_comes_once_and_in_quiet_hours_too(pool: PgPool) {
    let (world, service) = line_with_service(pool).await;
    let manager = world.staff(StaffRole::Manager).await;
    let browser = subscribe(&world, &service, &manager).await;
    wish(&world, &manager, &[], ("7", "9")).await;
    let key = Random::System.uuid();
    for _ in 0..2 {
        pushes::try_out(&world.app, &manager, key).await.expect("asked");
    }
    run(&world).await;
    let taken = service.only();
    assert_eq!(browser.reads(&taken)["path"], "/account/mails");
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_customers_person_is_notified_of_what_a_mail_tells_and_not_of_what_was_overtaken(pool: PgPool) {
    let (world, service) = line_with_service(pool).await;
    let place = world.place("Školní jídelna Lipová").await;
    let browser = subscribe(&world, &service, &place.boss).await;
    let number = booked(&world, &place, Urgency::Normal).await;
    run(&world).await;
    let shown = browser.reads(&service.only());
    assert_eq!(shown["title"], "Termín");
    assert_eq!(
        (shown["tag"].as_str(), shown["path"].as_str()),
        (Some(&*number.to_string()), Some(&*format!("/requests/{number}")))
    );
    assert!(!shown.to_string().contains("Lipová"), "nothing of the customer: {shown}");
    // What tells of a time that is another one by now comes by no way.
    let next = booked(&world, &place, Urgency::Normal).await;
    world.sql(&format!("update service_request set sequence = sequence + 1 where number = '{next}'")).await;
    run(&world).await;
    assert_eq!((states(&world).await, service.taken().len()), (vec!["sent".into(), "withdrawn".into()], 1));
}
