//! Webhooks, against a program that takes what it is told, or does not: what it is told, how that is signed, and what becomes of it.

use std::{
    collections::{BTreeMap, BTreeSet},
    io::Write,
    sync::{Arc, Mutex},
    time::Duration,
};

use axum::{
    Router,
    extract::State,
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
    routing::post,
};
use chrono::TimeDelta;
use linka::{
    model::{
        base::{
            fields::FieldCode,
            ids::{CustomerId, WebhookId, WebhookMessageId},
            terms::Urgency,
        },
        people::members::StaffRole,
        problem::Problem,
        work::{
            chosen::ChosenAct,
            webhooks::{
                FORMER_SECRET_HOURS, PATIENCE_DAYS, WEBHOOK_KEPT_DAYS, WEBHOOKS_MAX, WebhookAct, WebhookForm,
                WebhookKind, WebhookMessage, WebhookOff, WebhookState,
            },
        },
    },
    server::{
        auth::{Caller, Integrator},
        db::MIGRATIONS,
        jobs,
        random::Random,
        reach::{Lookup, Reach},
        service::{
            people::mergers,
            upkeep,
            work::{merging, webhooks},
        },
        webhooks::Webhooks,
    },
};
use serde_json::{Value, json};
use sqlx::PgPool;
use tempfile::NamedTempFile;

use super::lanes::{booked, shown, to_dispatch};
use crate::support::{Place, World, ask_python};

/// A program on this machine: keeps what it is told, and answers as it is asked to.
struct Program {
    origin: String,
    books: Books,
}

#[derive(Clone, Default)]
struct Books(Arc<Mutex<(Mode, Vec<Taken>)>>);

/// How it answers.
#[derive(Clone, Default)]
enum Mode {
    #[default]
    Takes,
    Says(StatusCode),
    LeadsTo(String),
    NeverAnswers,
}

/// What it was told.
#[derive(Clone)]
struct Taken {
    headers: HeaderMap,
    body: String,
}

impl Taken {
    fn header(&self, name: &str) -> &str {
        self.headers[name].to_str().expect("a text")
    }

    fn says(&self) -> Value {
        serde_json::from_str(&self.body).expect("JSON")
    }
}

async fn take(State(books): State<Books>, headers: HeaderMap, body: String) -> Response {
    let mode = {
        let mut books = books.0.lock().expect("the books");
        books.1.push(Taken { headers, body });
        books.0.clone()
    };
    match mode {
        Mode::Takes => (StatusCode::OK, "díky").into_response(),
        Mode::Says(status) => (status, "teď ne").into_response(),
        Mode::LeadsTo(address) => (StatusCode::TEMPORARY_REDIRECT, [(header::LOCATION, address)]).into_response(),
        Mode::NeverAnswers => std::future::pending().await,
    }
}

impl Program {
    async fn start() -> Self {
        let books = Books::default();
        let router = Router::new().route("/{*path}", post(take)).with_state(books.clone());
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let origin = format!("http://{}", listener.local_addr().expect("an address"));
        tokio::spawn(async move { axum::serve(listener, router).await });
        Self { origin, books }
    }

    fn url(&self) -> String {
        format!("{}/linka", self.origin)
    }

    fn answers(&self, mode: Mode) {
        self.books.0.lock().expect("the books").0 = mode;
    }

    fn taken(&self) -> Vec<Taken> {
        self.books.0.lock().expect("the books").1.clone()
    }

    fn kinds(&self) -> Vec<String> {
        self.taken().iter().map(|taken| taken.says()["type"].as_str().expect("a kind").to_owned()).collect()
    }
}

/// A line that may call what is on this machine, and does not wait for long.
async fn line(pool: PgPool) -> (World, Place, Program) {
    let mut world = World::new(pool).await;
    world.technicians(2, "07:00", "15:30").await;
    world.app.webhooks = Webhooks::new(Reach::Anywhere, Lookup::System, Duration::from_secs(2)).expect("TLS");
    let place = world.place("Škola").await;
    (world, place, Program::start().await)
}

fn integrator(caller: &Caller) -> Integrator {
    caller.may_integrate().expect("who may connect programs")
}

/// Names an address that is told everything.
async fn named(world: &World, caller: &Caller, url: &str) -> WebhookId {
    let (id, form) = (WebhookId(Random::System.uuid()), everything(url));
    for _ in 0..2 {
        webhooks::add(&world.app, &integrator(caller), id, &form).await.expect("added, once");
    }
    id
}

fn everything(url: &str) -> WebhookForm {
    WebhookForm { url: url.into(), kinds: WebhookKind::ALL.iter().copied().collect() }
}

async fn run(world: &World) {
    jobs::run_due(&world.app).await.expect("the queue");
}

/// Lets time go by, and does what is due then.
async fn later(world: &World, by: TimeDelta) {
    world.app.clock.advance(by);
    webhooks::queue_due(&world.app).await.expect("queued");
    run(world).await;
}

async fn test(world: &World, caller: &Caller, id: WebhookId) {
    let key = Random::System.uuid();
    for _ in 0..2 {
        webhooks::test(&world.app, &integrator(caller), id, key).await.expect("told, once");
    }
}

async fn messages(world: &World, caller: &Caller, id: WebhookId) -> Vec<WebhookMessage> {
    let page = webhooks::one(&world.app, (&integrator(caller), caller), id, None).await.expect("the page");
    page.messages.rows
}

async fn last(world: &World, caller: &Caller, id: WebhookId) -> WebhookMessage {
    messages(world, caller, id).await.remove(0)
}

async fn off(world: &World, caller: &Caller, id: WebhookId) -> Option<WebhookOff> {
    let page = webhooks::one(&world.app, (&integrator(caller), caller), id, None).await.expect("the page");
    page.webhook.off
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn programs_are_told_what_happens_once_in_order_and_signed_as_the_specification_says(pool: PgPool) {
    let (world, place, program) = line(pool).await;
    let (stranger, vendor) = (world.place("Jiná").await, world.staff(StaffRole::Manager).await);
    let others = Program::start().await;
    let id = named(&world, &place.boss, &program.url()).await;
    let foreign = named(&world, &stranger.boss, &others.url()).await;
    let vendors = named(&world, &vendor, &others.url()).await;

    let orderer = place.boss.may_order().expect("an orderer");
    let order = world.order(&orderer, Urgency::Normal).await;
    let start = world.starts(&orderer, order).await[0];
    let number = world.book(&orderer, order, start).await.expect("a booking");
    for _ in 0..2 {
        run(&world).await;
        webhooks::queue_due(&world.app).await.expect("nothing is due");
    }
    assert_eq!(program.kinds(), ["request.created", "request.scheduled"]);
    let told = program.taken();
    let scheduled = told[1].says();
    assert_eq!(scheduled["data"]["request"], number.to_string());
    assert_eq!(scheduled["data"]["starts_at"].as_str().and_then(|at| at.parse().ok()), Some(start));
    assert_eq!(scheduled["timestamp"].as_str().and_then(|at| at.parse().ok()), Some(world.app.clock.now()));
    assert!(scheduled["data"].get("customer").is_none(), "of nobody but themselves");
    assert_eq!(others.kinds(), program.kinds(), "the vendor is told, another customer is not");
    assert_eq!(others.taken()[0].says()["data"]["customer"], place.customer.to_string());
    let ids: BTreeSet<String> =
        [told, others.taken()].concat().iter().map(|taken| taken.header("webhook-id").to_owned()).collect();
    assert_eq!(ids.len(), 4, "each has an identity of its own");

    // Whoever is not of the house finds nothing, and changes nothing.
    for of_others in [foreign, vendors] {
        let mine = integrator(&place.boss);
        let asked = webhooks::one(&world.app, (&mine, &place.boss), of_others, None).await;
        assert_eq!(asked.map(|_| ()), Err(Problem::NotFound));
        assert_eq!(webhooks::act(&world.app, &mine, of_others, WebhookAct::Disable).await, Err(Problem::NotFound));
        assert_eq!(webhooks::test(&world.app, &mine, of_others, Random::System.uuid()).await, Err(Problem::NotFound));
    }

    // While the secret is changed both are good, for a day.
    let secret = async || {
        let page = webhooks::one(&world.app, (&integrator(&place.boss), &place.boss), id, None).await.expect("a page");
        page.secret.expect("shown to who has said who they are")
    };
    let former = secret().await;
    let key = Random::System.uuid();
    for _ in 0..2 {
        webhooks::rotate(&world.app, &integrator(&place.boss), id, key).await.expect("changed, once");
    }
    test(&world, &place.boss, id).await;
    run(&world).await;
    world.app.clock.advance(TimeDelta::hours(FORMER_SECRET_HOURS));
    test(&world, &place.boss, id).await;
    run(&world).await;
    assert_eq!(program.kinds()[2..], ["test", "test"]);
    let told = program.taken().into_iter().map(|taken| {
        let headers = ["webhook-id", "webhook-timestamp", "webhook-signature"];
        let headers: BTreeMap<_, _> = headers.map(|name| (name, taken.header(name).to_owned())).into();
        json!({ "headers": headers, "body": taken.body })
    });
    let mut file = NamedTempFile::new().expect("a file");
    let material = json!({ "secrets": [former, secret().await], "told": told.collect::<Vec<_>>() });
    file.write_all(material.to_string().as_bytes()).expect("written");
    let by = |former: bool, now: bool| json!({ "by": [former, now], "forged": false });
    let expected = [by(true, false), by(true, false), by(true, true), by(false, true)];
    assert_eq!(ask_python("check_webhooks.py", file.path()), Value::from(expected.to_vec()));

    // What is long past is kept no more.
    world.app.clock.advance(TimeDelta::days(WEBHOOK_KEPT_DAYS + 1));
    upkeep::each_hour(&world.app).await.expect("swept");
    assert_eq!(messages(&world, &place.boss, id).await, Vec::new());
}

/// What a program was told of a customer, or of its own where none is named, after what it knew before.
fn told_of(program: &Program, customer: Option<CustomerId>, before: usize) -> Vec<String> {
    let of = customer.map(|customer| customer.to_string());
    let told: Vec<Value> = program.taken()[before..].iter().map(Taken::says).collect();
    let theirs = told.iter().filter(|told| told["data"]["customer"].as_str() == of.as_deref());
    theirs.map(|told| told["type"].as_str().expect("a kind").to_owned()).collect()
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn of_two_that_are_merged_only_the_one_that_ends_is_called_off(pool: PgPool) {
    let (world, place, program) = line(pool).await;
    let (into, vendor) = (world.place("Jiná").await, world.staff(StaffRole::Manager).await);
    let desk = world.staff(StaffRole::Dispatcher).await.desk().expect("a dispatcher");
    world.sql(&format!("update work_type set choice = 'dispatch' where id = {}", world.repricing)).await;
    let stays = booked(&world, &place, Urgency::Normal).await;
    let ends = to_dispatch(&world, &place).await;
    named(&world, &into.boss, &program.url()).await;
    named(&world, &vendor, &program.url()).await;
    let seen = shown(&world, &desk, ends, ChosenAct::Merge { into: stays }).await;
    merging::merge(&world.app, &desk, ends, Some(stays), &seen, world.app.random.uuid()).await.expect("merged");
    run(&world).await;
    assert_eq!(told_of(&program, Some(place.customer), 0), ["request.cancelled"]);
    assert_eq!(program.taken()[0].says()["data"]["request"], ends.to_string());

    // What goes on at another customer is new there.
    mergers::merge(&world.app, &desk, place.customer, into.customer, None).await.expect("merged");
    run(&world).await;
    assert_eq!(told_of(&program, Some(place.customer), 1), ["request.cancelled"]);
    for whose in [None, Some(into.customer)] {
        assert_eq!(told_of(&program, whose, 1), ["request.created", "request.scheduled"]);
    }
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn what_is_not_taken_is_tried_again_and_who_is_gone_is_told_no_more(pool: PgPool) {
    let (world, place, program) = line(pool).await;
    let boss = &place.boss;
    let id = named(&world, boss, &program.url()).await;
    let elsewhere = Program::start().await;

    // Down, slow, leading elsewhere: the same thing is told again, later each time, until it is taken.
    for mode in [Mode::Says(StatusCode::INTERNAL_SERVER_ERROR), Mode::NeverAnswers, Mode::LeadsTo(elsewhere.url())] {
        program.answers(mode);
        if program.taken().is_empty() {
            test(&world, boss, id).await;
            run(&world).await;
        } else {
            later(&world, TimeDelta::minutes(30)).await;
        }
        let told = last(&world, boss, id).await;
        assert_eq!(told.state, WebhookState::Queued, "{told:?}");
        let tries = u32::try_from(program.taken().len()).expect("few");
        assert_eq!(told.tries, tries);
        run(&world).await;
        assert_eq!(last(&world, boss, id).await.tries, tries, "not before its time");
    }
    assert_eq!(elsewhere.taken().len(), 0, "nobody is followed");
    let told = last(&world, boss, id).await;
    assert_eq!(
        (told.last.as_ref().and_then(|last| last.status), told.due_at > world.app.clock.now()),
        (Some(307), true)
    );
    program.answers(Mode::Takes);
    later(&world, TimeDelta::hours(2)).await;
    let told = last(&world, boss, id).await;
    assert_eq!((told.state, told.last.map(|last| last.answer)), (WebhookState::Sent, Some("díky".into())));
    let ids: BTreeSet<_> = program.taken().iter().map(|taken| taken.header("webhook-id").to_owned()).collect();
    assert_eq!((program.taken().len(), ids.len()), (4, 1), "each time under the same identity");

    // A process that dies between telling and writing that down tells it once more; two at once write it down once.
    world.sql("delete from webhook_try").await;
    world.sql("update webhook_message set state = 'queued', tries = 0").await;
    let (one, two) = tokio::join!(webhooks::deliver(&world.app, told.id), webhooks::deliver(&world.app, told.id));
    assert_eq!((one, two), (Ok(()), Ok(())));
    assert_eq!(last(&world, boss, id).await.tries, 1);
    assert!(program.taken().iter().all(|taken| ids.contains(taken.header("webhook-id"))));

    // Who is gone is told no more, and those who manage read it.
    program.answers(Mode::Says(StatusCode::GONE));
    test(&world, boss, id).await;
    run(&world).await;
    assert_eq!(off(&world, boss, id).await, Some(WebhookOff::Gone));
    assert_eq!(world.id("select count(*) from mail where kind = 'webhook_off'").await, 1);
    let before = program.taken().len();
    let gone = last(&world, boss, id).await;
    assert_eq!(gone.state, WebhookState::Failed);
    webhooks::replay(&world.app, &integrator(boss), id, Some(gone.id), "").await.expect("again");
    run(&world).await;
    assert_eq!((program.taken().len(), last(&world, boss, id).await.state), (before, WebhookState::Failed));
    program.answers(Mode::Takes);
    webhooks::act(&world.app, &integrator(boss), id, WebhookAct::Enable).await.expect("on");
    let today = world.app.clock.now().date_naive().to_string();
    webhooks::replay(&world.app, &integrator(boss), id, None, &today).await.expect("all of today");
    run(&world).await;
    assert!(messages(&world, boss, id).await.iter().all(|message| message.state == WebhookState::Sent));
    let wrong = webhooks::replay(&world.app, &integrator(boss), id, None, "včera").await;
    assert_eq!(wrong, Err(Problem::field("replay_since", FieldCode::Unknown)));

    // Nor is a customer who is none any more.
    let before = program.taken().len();
    world.sql("update customer set active = false").await;
    test(&world, boss, id).await;
    run(&world).await;
    assert_eq!((program.taken().len(), last(&world, boss, id).await.state), (before, WebhookState::Failed));
    world.sql("update customer set active = true").await;

    // Who takes nothing for days is told no more either.
    program.answers(Mode::Says(StatusCode::BAD_GATEWAY));
    test(&world, boss, id).await;
    run(&world).await;
    for _ in 0..PATIENCE_DAYS {
        test(&world, boss, id).await;
        assert_eq!(off(&world, boss, id).await, None);
        later(&world, TimeDelta::days(1)).await;
    }
    assert_eq!(off(&world, boss, id).await, Some(WebhookOff::Failing));
    assert_eq!(world.id("select count(*) from mail where kind = 'webhook_off'").await, 2);

    // What happens meanwhile can be sent once it works again; of what somebody has switched off nothing is kept.
    program.answers(Mode::Takes);
    let told = program.taken().len();
    booked(&world, &place, Urgency::Normal).await;
    run(&world).await;
    let missed = last(&world, boss, id).await;
    assert_eq!((missed.state, missed.tries, program.taken().len()), (WebhookState::Failed, 0, told));
    webhooks::act(&world.app, &integrator(boss), id, WebhookAct::Enable).await.expect("on");
    webhooks::replay(&world.app, &integrator(boss), id, Some(missed.id), "").await.expect("sent");
    run(&world).await;
    assert_eq!(program.kinds()[told..], ["request.scheduled"]);
    webhooks::act(&world.app, &integrator(boss), id, WebhookAct::Disable).await.expect("off");
    booked(&world, &place, Urgency::Normal).await;
    assert_eq!(last(&world, boss, id).await.id, missed.id);
}

/// Writes down that an address was to be told many things, in this order.
async fn missed(world: &World, id: WebhookId, many: usize) {
    let insert = format!(
        "insert into webhook_message (customer_id, endpoint_id, kind, cause, at, data, due_at, state)
         select e.customer_id, e.id, 'request.created', 'made ' || n, e.made_at, jsonb_build_object('request', n), e.made_at, 'failed'
         from webhook_endpoint e, generate_series(1, {many}) n where e.id = '{id}' order by n"
    );
    world.sql(&insert).await;
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_replay_of_many_is_one_job_after_the_other_and_who_is_slow_holds_nobody(pool: PgPool) {
    let (world, place, slow) = line(pool).await;
    let (other, quick) = (world.place("Jiná").await, Program::start().await);
    slow.answers(Mode::NeverAnswers);
    let stuck = named(&world, &place.boss, &slow.url()).await;
    let ours = named(&world, &place.boss, &format!("{}/ours", quick.origin)).await;
    let theirs = named(&world, &other.boss, &format!("{}/theirs", quick.origin)).await;
    let today = world.app.clock.now().date_naive().to_string();
    for (id, caller) in [(stuck, &place.boss), (ours, &place.boss), (theirs, &other.boss)] {
        missed(&world, id, 50).await;
        for _ in 0..2 {
            webhooks::replay(&world.app, &integrator(caller), id, None, &today).await.expect("again");
        }
    }
    assert_eq!(world.id("select count(*) from graphile_worker.jobs").await, 3, "each address has one");
    run(&world).await;
    let told: Vec<i64> = quick.taken().iter().filter_map(|taken| taken.says()["data"]["request"].as_i64()).collect();
    assert_eq!((told.len(), slow.taken().len()), (100, 1), "who has not answered is left alone for a while");
    for (id, caller) in [(ours, &place.boss), (theirs, &other.boss)] {
        assert_eq!(last(&world, caller, id).await.state, WebhookState::Sent);
    }
    let waiting = "select count(*) from webhook_message where state = 'queued'";
    assert_eq!(world.id(waiting).await, 50, "what is slow waits for itself");
    let jobs = "select count(*) from graphile_worker.jobs where run_at > now()";
    assert_eq!(world.id(jobs).await, 1, "and wakes by itself");
    // Switched off, nothing of it is tried any more.
    webhooks::act(&world.app, &integrator(&place.boss), stuck, WebhookAct::Disable).await.expect("off");
    assert_eq!(world.id(waiting).await, 0);
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn nothing_is_told_to_private_addresses_and_there_is_no_end_of_names(pool: PgPool) {
    let (mut world, place, _) = line(pool).await;
    let private = ["127.0.0.1", "10.0.0.7", "169.254.169.254", "fd00::1", "::ffff:127.0.0.1", "64:ff9b::a00:1"];
    let private = private.map(|address| address.parse().expect("an address")).to_vec();
    let names = BTreeMap::from([("hook.example.com".to_owned(), private)]);
    let lookup = Lookup::Told(Arc::new(names));
    world.app.webhooks = Webhooks::new(Reach::Public, lookup, Duration::from_secs(5)).expect("TLS");
    let mine = integrator(&place.boss);
    for url in
        ["http://hook.example.com/", "https://127.0.0.1/", "https://[::1]/", "https://hook.example.com:8443/", "hook"]
    {
        let refused = webhooks::add(&world.app, &mine, WebhookId(Random::System.uuid()), &everything(url)).await;
        assert_eq!(refused, Err(Problem::field("webhook_url", FieldCode::Unknown)), "{url}");
    }
    let id = named(&world, &place.boss, "https://hook.example.com/linka").await;
    test(&world, &place.boss, id).await;
    run(&world).await;
    let told = last(&world, &place.boss, id).await.last.expect("a try");
    assert_eq!(told.status, None);
    assert!(told.trouble.contains("no public address"), "{told:?}");

    for _ in 1..WEBHOOKS_MAX {
        named(&world, &place.boss, "https://hook.example.com/linka").await;
    }
    let one_more =
        webhooks::add(&world.app, &mine, WebhookId(Random::System.uuid()), &everything("https://hook.example.com/"))
            .await;
    assert_eq!(one_more, Err(Problem::field("webhook_url", FieldCode::TooMany)));
    webhooks::act(&world.app, &mine, id, WebhookAct::Remove).await.expect("removed");
    webhooks::act(&world.app, &mine, id, WebhookAct::Remove).await.expect("twice");
    let gone = webhooks::deliver(&world.app, WebhookMessageId(1)).await;
    assert_eq!(gone, Ok(()), "what was waiting is gone with it");
}
