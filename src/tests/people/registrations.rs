//! Organisations that come in by themselves: the mailed link, the same answer for everybody, the register, the desk's nod.

use std::time::Duration;

use axum::{Json, Router, extract::Path, http::StatusCode, response::IntoResponse, routing::get};
use chrono::TimeDelta;
use linka::{
    model::{
        base::{
            fields::FieldCode,
            ids::{BundleId, CustomerId, LoginId, MailId, MemberId},
            terms::Urgency,
        },
        paths,
        people::{
            members::{Capabilities, Capability, StaffRole},
            registrations::TypedRegistration,
        },
        problem::{MovedOn, Problem},
        work::lanes::QueueView,
    },
    server::{
        ares::Ares,
        auth::{Caller, Desk, Person, Proof, Session},
        db::{MIGRATIONS, mails},
        service::{
            minutes::contracts,
            ordering::drafts,
            people::{
                accounts, colleagues, customers, mergers, passwords,
                registrations::{self, Opened},
            },
            work::lanes,
        },
    },
};
use serde_json::json;
use sqlx::{AssertSqlSafe, PgPool};
use tokio::net::TcpListener;

use super::{
    links::mailed,
    sign_in::{PASSWORD, client},
};
use crate::support::{Site, World};

const ICO: &str = "27408264";
const JANA: &str = "jana@skola.cz";

fn typed(world: &World) -> TypedRegistration {
    TypedRegistration {
        ico: ICO.into(),
        organisation: "ZŠ Lipová".into(),
        region: String::new(),
        programs: vec![world.program],
        name: "Jana Malá".into(),
        email: JANA.into(),
        phone: "601 234 567".into(),
        bundle: None,
    }
}

async fn begin(world: &World, typed: &TypedRegistration) -> Result<(), Problem> {
    registrations::begin(&world.app, &client(None), typed, world.app.random.uuid(), "cs").await.map(drop)
}

/// The kinds of the mails that were written, the first first.
async fn kinds(world: &World) -> Vec<String> {
    let all = "select kind from mail order by id";
    sqlx::query_scalar(all).fetch_all(world.app.db.pool()).await.expect("mails")
}

/// The secret of the last link.
async fn secret(world: &World) -> String {
    mailed(world, "registration").await.into_iter().next().expect("a link")
}

async fn founded(world: &World, secret: &str) -> String {
    match registrations::open(&world.app, secret).await {
        Ok(Opened::Founded(password)) => password.to_hex(),
        other => panic!("{other:?}"),
    }
}

async fn desk(world: &World) -> Desk {
    world.staff(StaffRole::Dispatcher).await.desk().expect("a dispatcher")
}

/// Whoever came in with an address, as signed in.
async fn signed_in(world: &World, email: &str) -> Caller {
    let of = |column: &str| {
        format!("select {column} from login l join member m on m.id = l.member_id where l.email = '{email}'")
    };
    let login = LoginId(world.id(&of("l.id")).await);
    let person = Person::Member {
        id: MemberId(world.id(&of("m.id")).await),
        name: "Jana Malá".into(),
        customer: CustomerId(world.id(&of("m.customer_id")).await),
        customer_name: "ZŠ Lipová".into(),
        capabilities: Capabilities::all(),
    };
    let id = world.app.random.uuid();
    Caller(Some(Session { id, login, email: email.to_owned(), proof: Proof::WHOLE, person }))
}

async fn jana(world: &World) -> Caller {
    signed_in(world, JANA).await
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn an_organisation_nobody_knows_comes_in_by_the_mailed_link(pool: PgPool) {
    let world = World::new(pool).await;
    desk(&world).await;
    let key = world.app.random.uuid();
    for _ in 0..2 {
        registrations::begin(&world.app, &client(None), &typed(&world), key, "en").await.expect("the same form");
    }
    assert_eq!(kinds(&world).await.len(), 1, "one mail");
    assert_eq!(world.id("select count(*) from customer").await, 0, "nothing is there before the link is followed");
    let link = secret(&world).await;
    let page = registrations::page(&world.app, &link).await.expect("a page");
    assert_eq!(page.registered, Some(["Jana Malá".into(), "ZŠ Lipová".into(), ICO.into()]));
    assert_eq!(world.id("select count(*) from customer").await, 0, "looking opens nothing");
    founded(&world, &link).await;
    let password = founded(&world, &link).await;
    passwords::choose(&world.app, &password, PASSWORD, PASSWORD).await.expect("chosen");
    accounts::sign_in(&world.app, &client(None), JANA, PASSWORD).await.expect("signed in");
    assert!(matches!(registrations::open(&world.app, &link).await, Ok(Opened::SignsIn)), "once there is a password");
    let done = registrations::page(&world.app, &link).await.expect("a page");
    assert!(done.is_done && done.registered.is_none(), "and nothing is offered again: {done:?}");
    assert_eq!(
        world.id("select count(*) from customer where ico = '27408264' and awaits_nod_since is not null").await,
        1
    );
    assert_eq!(world.id("select count(*) from member where cardinality(capabilities) = 5").await, 1);
    assert_eq!(
        world.id("select count(*) from mail where content ->> 'mail' = 'newcomer'").await,
        1,
        "the desk is told"
    );
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn who_goes_back_and_puts_the_address_right_gets_the_mail(pool: PgPool) {
    let world = World::new(pool).await;
    desk(&world).await;
    let key = world.app.random.uuid();
    for email in ["jnaa@skola.cz", JANA, JANA] {
        let typed = TypedRegistration { email: email.into(), region: "Morava".into(), ..typed(&world) };
        registrations::begin(&world.app, &client(None), &typed, key, "cs").await.expect("begun");
    }
    assert_eq!(kinds(&world).await.len(), 2, "one mail for each address, however often the form comes");
    let last = MailId(world.id("select max(id) from mail").await);
    let mut tx = world.app.db.system().await.expect("a transaction");
    let mail = mails::find(&mut tx, last).await.expect("an answer").expect("a mail");
    assert_eq!(mail.line_phone.replace(' ', ""), "377462201", "the number of the region that was chosen");
    drop(tx);
    let link = secret(&world).await;
    let right = TypedRegistration {
        ico: "00000019".into(),
        organisation: "ZŠ Lípová".into(),
        name: "Jana Velká".into(),
        ..typed(&world)
    };
    registrations::begin(&world.app, &client(None), &right, key, "cs").await.expect("put right");
    let page = registrations::page(&world.app, &link).await.expect("a page");
    assert_eq!(page.registered, Some(["Jana Velká".into(), "ZŠ Lípová".into(), "00000019".into()]));
    founded(&world, &link).await;
    registrations::begin(&world.app, &client(None), &typed(&world), key, "cs").await.expect("the same answer");
    assert_eq!(
        kinds(&world).await.iter().filter(|kind| *kind == "registration").count(),
        2,
        "the links that were mailed"
    );
    assert_eq!(world.id("select count(*) from customer where name = 'ZŠ Lípová' and ico = '00000019'").await, 1);
    let came_in = format!("select count(*) from login where email = '{JANA}'");
    assert_eq!(world.id(&came_in).await, 1);
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn who_comes_in_to_buy_is_led_to_what_was_picked(pool: PgPool) {
    let world = World::new(pool).await;
    for (email, bundle, wanted) in [("a@skola.cz", 1, Some(BundleId(1))), ("b@skola.cz", 999, None)] {
        world.sql("update customer set ico = null").await;
        let typed = TypedRegistration { email: email.into(), bundle: Some(BundleId(bundle)), ..typed(&world) };
        begin(&world, &typed).await.expect("begun");
        let link = secret(&world).await;
        founded(&world, &link).await;
        assert_eq!(
            registrations::wanted_bundle(&world.app, &link).await,
            Ok(wanted),
            "what there is not is not wanted"
        );
    }
    let leads = paths::password_before("00", Some(BundleId(1)));
    assert_eq!(leads, "/password?token=00&next=/bundles/1/purchase");
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_link_expires_and_what_nobody_followed_is_swept(pool: PgPool) {
    let world = World::new(pool).await;
    begin(&world, &typed(&world)).await.expect("begun");
    let link = secret(&world).await;
    for wrong in ["", "00", &"0".repeat(64)] {
        assert_eq!(registrations::open(&world.app, wrong).await.map(drop), Err(Problem::NotFound));
    }
    world.app.clock.advance(TimeDelta::hours(72));
    assert_eq!(registrations::open(&world.app, &link).await.map(drop), Err(Problem::NotFound));
    assert_eq!(registrations::page(&world.app, &link).await.expect("a page").registered, None);
    registrations::sweep(&world.app).await.expect("swept");
    assert_eq!(world.id("select count(*) from registration").await, 0);
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn whoever_is_there_already_changes_nothing_that_a_stranger_sees(pool: PgPool) {
    let world = World::new(pool).await;
    let place = world.place("A").await;
    world.sql(&format!("update customer set ico = '{ICO}'")).await;
    let email: String =
        sqlx::query_scalar("select email from login").fetch_one(world.app.db.pool()).await.expect("one");
    let site = Site::serve(world.app.clone()).await;
    let statements = "select (select count(*) from registration) * 1000 + count(*) from mail";
    let mut answers = Vec::new();
    for (address, ico) in [("new@skola.cz", "00000019"), (email.as_str(), "00000019"), ("other@skola.cz", ICO)] {
        let before = world.id(statements).await;
        let key = world.app.random.uuid().to_string();
        let program = format!("programs[{}]", world.program);
        let fields = [
            ("key", key.as_str()),
            (program.as_str(), "true"),
            ("ico", ico),
            ("organisation", "Škola"),
            ("name", "Jana"),
            ("email", address),
            ("phone", "601234567"),
        ];
        let answer = site.post("/api/registrations/begin", "", "/register", &fields).await;
        let done = world.id(statements).await - before;
        answers.push((answer.status, answer.location, answer.body, done));
    }
    assert_eq!(answers[0].0, 303, "{answers:?}");
    assert_eq!(answers[0].1.as_deref(), Some("/register/sent"));
    assert!(answers.iter().all(|answer| *answer == answers[0]), "{answers:?}");
    assert_eq!(kinds(&world).await, ["registration", "access_there", "registration"], "only the mail tells");
    let asked = site.get("/register/asked", "").await;
    assert!(asked.status == 200 && asked.body.contains("href=\"/#numbers\""), "whom to call: {}", asked.body);
    drop(place);
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn nobody_fills_somebodys_mailbox(pool: PgPool) {
    let world = World::new(pool).await;
    for _ in 0..5 {
        assert_eq!(begin(&world, &typed(&world)).await, Ok(()), "the answer is the same");
    }
    assert_eq!(kinds(&world).await.len(), 3);
    world.app.clock.advance(TimeDelta::hours(25));
    begin(&world, &typed(&world)).await.expect("the next day");
    assert_eq!(kinds(&world).await.len(), 4);
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn an_ico_that_is_a_customer_asks_those_who_manage_there(pool: PgPool) {
    let world = World::new(pool).await;
    let (place, other) = (world.place("Škola").await, world.place("Jiná").await);
    let desk = desk(&world).await;
    world.sql(&format!("update customer set ico = '{ICO}' where id = {}", place.customer)).await;
    world.member(place.customer, Capabilities::NONE.with(Capability::Order)).await;
    begin(&world, &typed(&world)).await.expect("begun");
    let link = secret(&world).await;
    for _ in 0..2 {
        assert!(matches!(registrations::open(&world.app, &link).await, Ok(Opened::Asks)));
    }
    assert_eq!(
        world.id("select count(*) from mail where content ->> 'mail' = 'access_asked'").await,
        1,
        "who manages, once"
    );
    let told =
        "select count(*) from mail where content ->> 'mail' = 'stranger_asks' and content ->> 'organisation' = 'Škola'";
    assert_eq!(world.id(told).await, 1, "and the desk, once");
    assert_eq!(world.id("select count(*) from login where email = 'jana@skola.cz'").await, 0, "nobody is in yet");
    let boss = place.boss.may_manage().expect("a manager");
    let stranger = other.boss.may_manage().expect("a manager");
    let asking = colleagues::list(&world.app, &boss).await.expect("a list").asking.rows;
    assert_eq!(asking.iter().map(|asks| asks.email.as_str()).collect::<Vec<_>>(), [JANA]);
    let id = asking[0].id;
    assert!(colleagues::list(&world.app, &stranger).await.expect("a list").asking.rows.is_empty());
    let foreign = colleagues::page(&world.app, &stranger, None, Some(id)).await.expect("a page").asked;
    assert_eq!(foreign, None, "of another customer it is not there");
    registrations::decline(&world.app, &stranger, id).await.expect("nothing");
    let asked = colleagues::page(&world.app, &boss, None, Some(id)).await.expect("a page").asked;
    assert_eq!(asked.map(|asked| asked.name).as_deref(), Some("Jana Malá"));
    let seen = registrations::newcomers(&world.app, &desk).await.expect("the desk's").asking.rows;
    assert_eq!(seen.len(), 1);
    registrations::decline(&world.app, &boss, id).await.expect("declined");
    assert!(colleagues::list(&world.app, &boss).await.expect("a list").asking.rows.is_empty());
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn race_of_two_who_bring_the_same_organisation_in_the_second_asks_the_first(pool: PgPool) {
    let world = World::new(pool).await;
    begin(&world, &typed(&world)).await.expect("begun");
    let one = secret(&world).await;
    begin(&world, &TypedRegistration { email: "petr@skola.cz".into(), ..typed(&world) }).await.expect("begun");
    let other = secret(&world).await;
    let (first, second) = tokio::join!(registrations::open(&world.app, &one), registrations::open(&world.app, &other));
    let outcomes = [first.expect("opened"), second.expect("opened")];
    let count = |is: fn(&Opened) -> bool| outcomes.iter().filter(|opened| is(opened)).count();
    assert_eq!(count(|opened| matches!(opened, Opened::Founded(_))), 1, "{outcomes:?}");
    assert_eq!(count(|opened| matches!(opened, Opened::Asks)), 1, "{outcomes:?}");
    assert_eq!(world.id("select count(*) from customer").await, 1);
    assert_eq!(world.deadlocks().await, 0);
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn nothing_urgent_is_sent_before_the_nod_and_everything_else_is(pool: PgPool) {
    let world = World::new(pool).await;
    world.technicians(2, "07:00", "15:30").await;
    let desk = desk(&world).await;
    begin(&world, &typed(&world)).await.expect("begun");
    founded(&world, &secret(&world).await).await;
    let caller = jana(&world).await;
    let orderer = caller.may_order().expect("an orderer");
    let order = world.order(&orderer, Urgency::Normal).await;
    let starts = world.starts(&orderer, order).await;
    world.book(&orderer, order, starts[0]).await.expect("what can wait is booked");

    assert!(world.new_order(&orderer).await.urgency.awaits_nod, "and not asked either");
    let urgent = world.order(&orderer, Urgency::Normal).await;
    let wish = world.wish(world.repair, Urgency::Urgent);
    let refused = drafts::save_wish(&world.app, &orderer, urgent, &wish).await;
    assert_eq!(refused.map(drop), Err(Problem::AwaitsNod));
    // Whatever a service believes.
    world.sql(&format!("update service_request set urgency = 'urgent', what_stopped = 'Nejde pokladna', stopped_since = 'ráno' where id = '{urgent}'")).await;
    let mut tx = world.app.db.member(orderer.customer()).await.expect("a transaction");
    let sent =
        sqlx::query(AssertSqlSafe(format!("update service_request set state = 'cancelled' where id = '{urgent}'")))
            .execute(&mut *tx)
            .await;
    assert!(sent.is_ok(), "thrown away it may be: {sent:?}");
    drop(tx);

    let waiting = registrations::newcomers(&world.app, &desk).await.expect("the desk's").newcomers;
    assert_eq!((waiting.total, waiting.rows[0].requests), (1, 1));
    let queue = lanes::page(&world.app, &desk, QueueView::All, true).await.expect("the queue");
    assert_eq!(queue.newcomers, 1, "the desk sees it where it works");
    let customer = orderer.customer();
    registrations::nod(&world.app, &desk, customer).await.expect("confirmed");
    registrations::nod(&world.app, &desk, customer).await.expect("twice");
    assert_eq!(registrations::newcomers(&world.app, &desk).await.expect("the desk's").newcomers.total, 0);
    assert_eq!(
        kinds(&world).await.iter().filter(|kind| *kind == "customer_confirmed").count(),
        1,
        "its people are told"
    );
    assert!(!world.new_order(&orderer).await.urgency.awaits_nod);
    let again = world.order(&orderer, Urgency::Normal).await;
    let chosen = drafts::save_wish(&world.app, &orderer, again, &wish).await;
    assert!(chosen.is_ok(), "{chosen:?}");
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_newcomer_with_nothing_of_its_own_goes_on_as_a_customer_that_there_is(pool: PgPool) {
    let world = World::new(pool).await;
    let (desk, place) = (desk(&world).await, world.place("Škola").await);
    world.bundle(place.customer, 120, "2027-06-30T22:00:00Z").await;
    begin(&world, &typed(&world)).await.expect("begun");
    let password = founded(&world, &secret(&world).await).await;
    passwords::choose(&world.app, &password, PASSWORD, PASSWORD).await.expect("chosen");
    let from = jana(&world).await.member().expect("a member").customer();
    let manager = world.staff(StaffRole::Manager).await.manager().expect("a manager");

    let unknown = Err(Problem::field("into", FieldCode::Unknown));
    assert_eq!(mergers::merge(&world.app, &desk, place.customer, from, None).await, unknown, "nobody has nodded");
    assert_eq!(mergers::merge(&world.app, &desk, from, from, None).await, unknown);
    for _ in 0..2 {
        mergers::merge(&world.app, &desk, from, place.customer, None).await.expect("merged");
    }
    accounts::sign_in(&world.app, &client(None), JANA, PASSWORD).await.expect("the sign-in stays");
    let moved = jana(&world).await.member().expect("a member");
    assert_eq!(moved.customer(), place.customer);
    let may = format!("select count(*) from member where id = {} and capabilities = '{{order}}'", moved.id());
    assert_eq!(world.id(&may).await, 1, "what else somebody may do is for those who manage");
    let leads_on = contracts::customer(&world.app, &desk, from).await.map(drop);
    assert_eq!(leads_on, Err(Problem::MovedOn(MovedOn::Customer(place.customer))));
    assert_eq!(customers::set_active(&world.app, &manager, from, true).await, Err(Problem::Conflict), "for good");
    begin(&world, &TypedRegistration { email: "petr@skola.cz".into(), ..typed(&world) }).await.expect("begun");
    assert!(matches!(registrations::open(&world.app, &secret(&world).await).await, Ok(Opened::Asks)));
    let boss = place.boss.may_manage().expect("a manager");
    assert_eq!(colleagues::list(&world.app, &boss).await.expect("a list").asking.total, 1, "its IČO leads on, too");
}

/// A register that knows one organisation, is slow about another, and stumbles over a third.
async fn register() -> String {
    async fn answer(Path(ico): Path<String>) -> axum::response::Response {
        match ico.as_str() {
            ICO => Json(json!({
                "ico": ICO,
                "obchodniJmeno": "Základní škola Lipová, příspěvková organizace",
                "dic": "CZ27408264",
                "sidlo": {
                    "nazevUlice": "Lipová", "cisloDomovni": 12, "cisloOrientacni": 3, "cisloOrientacniPismeno": "a",
                    "nazevObce": "Plzeň", "psc": 30100, "textovaAdresa": "Lipová 12/3a, 30100 Plzeň"
                },
                "czNace": ["85200"]
            }))
            .into_response(),
            "00000019" => {
                tokio::time::sleep(Duration::from_secs(60)).await;
                StatusCode::OK.into_response()
            }
            "00000027" => "{".into_response(),
            "00000035" => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
            _ => (StatusCode::NOT_FOUND, Json(json!({ "kod": "NENALEZENO" }))).into_response(),
        }
    }
    let router = Router::new().route("/ekonomicke-subjekty-v-be/rest/ekonomicke-subjekty/{ico}", get(answer));
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let address = listener.local_addr().expect("an address");
    tokio::spawn(async move { axum::serve(listener, router).await });
    format!("http://{address}")
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn the_register_says_what_the_organisation_is_called(pool: PgPool) {
    let mut world = World::new(pool).await;
    world.app.ares = Ares::new(&register().await).expect("a client");
    let unnamed = TypedRegistration { organisation: String::new(), ..typed(&world) };
    begin(&world, &unnamed).await.expect("begun");
    founded(&world, &secret(&world).await).await;
    let kept = "select count(*) from customer where name = 'Základní škola Lipová, příspěvková organizace'
                and street = 'Lipová 12/3a' and city = 'Plzeň' and postal_code = '301 00' and dic = 'CZ27408264'";
    assert_eq!(world.id(kept).await, 1);
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_register_that_is_away_slow_or_odd_holds_nobody_up(pool: PgPool) {
    let mut world = World::new(pool).await;
    let missing = Err(Problem::field("organisation", FieldCode::Missing));
    for (site, ico) in [
        (register().await, "00000019"),
        (register().await, "00000027"),
        (register().await, "00000035"),
        (register().await, "00000043"),
        ("http://127.0.0.1:9".to_owned(), ICO),
    ] {
        world.app.ares = Ares::new(&site).expect("a client");
        let named = TypedRegistration { ico: ico.into(), ..typed(&world) };
        assert_eq!(begin(&world, &named).await, Ok(()), "{site} {ico}: what was typed stands");
        let unnamed = TypedRegistration { organisation: String::new(), ..named };
        assert_eq!(begin(&world, &unnamed).await, missing, "{site} {ico}: one says it oneself");
    }
}
