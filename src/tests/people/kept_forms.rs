//! What somebody typed while the session ended is kept for that person, and for nobody else.

use chrono::TimeDelta;
use leptos::server_fn::ServerFn;
use linka::{
    api::{
        people::kept_forms::KeepUnsent,
        work::{clock::PauseClock, closing::CloseWork, contests::ContestSegment},
    },
    model::{
        base::{
            ids::{ContractId, LoginId, RequestId},
            numbers::InterventionRef,
            terms::Urgency,
        },
        ordering::drafts::Subject,
        paths,
        people::members::{Capabilities, Capability, StaffRole},
        work::segments::SegmentKind,
    },
    server::{
        auth::{Caller, Person, Proof, Session},
        db::MIGRATIONS,
        http::access,
        service::{ordering::drafts, upkeep},
    },
};
use reqwest::header;
use sqlx::PgPool;

use super::sign_in::PASSWORD;
use crate::support::{Answer, Bench, Place, Site, World};

const TEXT: &str = "Sklad po uzávěrce hlásí chybu „záporný stav“.";

struct Desk {
    world: World,
    place: Place,
    site: Site,
    /// Of a session that has ended.
    cookie: String,
    page: String,
    order: String,
    subject: String,
}

impl Desk {
    /// A page of an order that is open in a browser whose session has ended.
    async fn new(pool: PgPool) -> Self {
        let world = World::new(pool).await;
        world.technicians(1, "07:00", "15:30").await;
        let place = world.place("A").await;
        let orderer = place.boss.may_order().expect("an orderer");
        let order = world.order(&orderer, Urgency::Normal).await.to_string();
        let cookie = world.cookie(&place.boss).await;
        let site = Site::serve(world.app.clone()).await;
        world.app.clock.advance(TimeDelta::hours(13));
        let page = format!("/order/{order}");
        let subject = Subject { program: world.program, work_type: world.repair }.to_string();
        Self { world, place, site, cookie, page, order, subject }
    }

    /// The cookie of a session that has not ended.
    async fn signed_in_again(&self) -> String {
        self.world.sql("delete from session").await;
        self.world.cookie(&self.place.boss).await
    }

    /// Sends the page's form too late.
    async fn send(&self, further: &[(&str, &str)]) -> Answer {
        let mut fields = vec![("id", self.order.as_str()), ("what_happened", TEXT), ("contact_name", "Jana")];
        fields.extend_from_slice(further);
        self.site.post("/api/drafts/save", &self.cookie, &self.page, &fields).await
    }

    /// Signs in as somebody on the page to which one was led; the cookie, and where that leads.
    async fn sign_in(&self, email: &str, led_to: &str) -> (String, String) {
        let hash = self.world.app.passwords.hash(PASSWORD.into()).await.expect("a hash");
        self.world.sql(&format!("update login set password_hash = '{hash}'")).await;
        let query = led_to.split_once('?').expect("a query").1;
        let next: Vec<(String, String)> = serde_urlencoded::from_str(query).expect("a query");
        let fields = [("email", email), ("password", PASSWORD), ("next", next[0].1.as_str())];
        let answer = self.site.post("/api/sign-in", &self.cookie, led_to, &fields).await;
        assert_eq!(answer.status, 303, "{}", answer.body);
        let cookie = answer.headers[header::SET_COOKIE].to_str().expect("ASCII").to_owned();
        (cookie.split(';').next().expect("a cookie").to_owned(), answer.location.expect("a page"))
    }

    async fn email(&self, caller: &Caller) -> String {
        let login = caller.session().expect("a session").login;
        let email = sqlx::query_scalar("select email from login where id = $1").bind(login.0);
        email.fetch_one(self.world.app.db.pool()).await.expect("an address")
    }

    /// Whose page it is.
    async fn own_email(&self) -> String {
        self.email(&self.place.boss).await
    }

    async fn kept(&self) -> i64 {
        self.world.id("select count(*) from kept_form").await
    }
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_form_sent_after_the_session_ended_stands_as_it_was_after_signing_in_again(pool: PgPool) {
    let desk = Desk::new(pool).await;
    let sent = desk.send(&[("password", "tajemství")]).await;
    let led_to = sent.location.expect("the sign-in");
    assert!(sent.status == 303 && led_to.starts_with("/sign-in?next="), "{led_to}");
    assert!(!led_to.contains("Sklad") && !led_to.contains("Jana"), "nothing that was typed is in the address");
    let secrets = "select count(*) from kept_form where fields::text ~ 'tajemství|api/'";
    assert_eq!((desk.kept().await, desk.world.id(secrets).await), (1, 0));

    let (cookie, page) = desk.sign_in(&desk.own_email().await, &led_to).await;
    assert!(page.starts_with(&format!("{}?kept=", desk.page)), "{page}");
    for time in ["signed in", "opened again", "by Back"] {
        let answer = desk.site.get(&page, &cookie).await;
        assert_eq!(answer.status, 200, "{time}");
        assert!(answer.body.contains(TEXT) && answer.body.contains("value=\"Jana\""), "{time}: {}", answer.body);
        assert!(answer.body.contains("mezitím vypršelo přihlášení"), "{time}: {}", answer.body);
    }
    let fields = [
        ("id", desk.order.as_str()),
        ("what_happened", TEXT),
        ("contact_name", "Jana"),
        ("contact_phone", "601234567"),
        ("subject", desk.subject.as_str()),
        ("urgency", "normal"),
    ];
    let answer = desk.site.post("/api/drafts/save", &cookie, &page, &fields).await;
    assert_eq!(answer.status, 303);
    assert_eq!(desk.kept().await, 0, "it has reached its aim");
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_form_for_visitors_comes_back_at_once_where_a_session_has_ended(pool: PgPool) {
    let desk = Desk::new(pool).await;
    let key = desk.world.app.random.uuid().to_string();
    let fields = [("key", key.as_str()), ("ico", "123"), ("name", "Jana")];
    let answer = desk.site.post("/api/registrations/begin", &desk.cookie, "/register", &fields).await;
    assert_eq!(answer.status, 422, "{}", answer.body);
    assert!(answer.body.contains("id=\"ico-error\"") && answer.body.contains("value=\"Jana\""), "{}", answer.body);
    assert_eq!(desk.kept().await, 0, "nobody would find it again");
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn nobody_else_sees_what_was_kept(pool: PgPool) {
    let desk = Desk::new(pool).await;
    let led_to = desk.send(&[]).await.location.expect("the sign-in");
    let colleague = desk.world.member(desk.place.customer, Capabilities::NONE.with(Capability::Order)).await;
    let (cookie, page) = desk.sign_in(&desk.email(&colleague).await, &led_to).await;
    let answer = desk.site.get(&page, &cookie).await;
    assert!(!answer.body.contains(TEXT), "{}", answer.body);
    // Neither on a page of one's own, nor does whose it is see it on another page.
    let kept = page.split_once('?').expect("its name").1;
    let own = desk.site.get(&format!("/requests?{kept}"), &cookie).await;
    assert!(own.status == 200 && !own.body.contains(TEXT) && !own.body.contains("error-summary"), "{}", own.body);
    let (cookie, _) = desk.sign_in(&desk.own_email().await, &led_to).await;
    let elsewhere = desk.site.get(&format!("/account?{kept}"), &cookie).await;
    assert!(elsewhere.status == 200 && !elsewhere.body.contains("error-summary"), "{}", elsewhere.body);
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn what_was_kept_is_gone_after_an_hour(pool: PgPool) {
    let desk = Desk::new(pool).await;
    let led_to = desk.send(&[]).await.location.expect("the sign-in");
    let (cookie, page) = desk.sign_in(&desk.own_email().await, &led_to).await;
    desk.world.app.clock.advance(TimeDelta::minutes(60));
    let answer = desk.site.get(&page, &cookie).await;
    assert!(answer.status == 200 && !answer.body.contains(TEXT), "{}", answer.body);
    upkeep::each_minute(&desk.world.app).await.expect("the upkeep");
    assert_eq!(desk.kept().await, 0);
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn what_was_typed_and_never_sent_comes_back_to_who_typed_it_for_a_day(pool: PgPool) {
    let desk = Desk::new(pool).await;
    let (cookie, _) = desk.sign_in(&desk.own_email().await, "/sign-in?next=/account").await;
    let keep = async |cookie: &str, typed: &str| {
        let fields = [("page", desk.page.as_str()), ("typed", typed)];
        let request = desk.site.request(reqwest::Method::POST, "/api/forms/keep").header(header::COOKIE, cookie);
        desk.site.send(request.form(&fields)).await.expect("an answer").status
    };
    assert_eq!(keep(&cookie, "what_happened=Sklad&password=tajne").await, 200);
    assert_eq!(keep(&cookie, "what_happened=Sklad+nejde&contact_name=Jana").await, 200);
    assert_eq!(desk.kept().await, 1, "the latest takes the place of the one before");
    assert_eq!(desk.world.id("select count(*) from kept_form where fields::text like '%tajne%'").await, 0);
    let page = desk.site.get(&desk.page, &cookie).await;
    assert!(page.status == 200 && page.body.contains("Sklad nejde") && page.body.contains("error-summary"));
    // Not to a colleague, not on another page, not after a day.
    let colleague = desk.world.member(desk.place.customer, Capabilities::all()).await;
    let other = desk.site.get(&desk.page, &desk.world.cookie(&colleague).await).await;
    assert!(!other.body.contains("Sklad nejde"));
    assert!(!desk.site.get(&format!("/order/{}/time", desk.order), &cookie).await.body.contains("Sklad nejde"));
    assert_eq!(keep("", "what_happened=x").await, 401);
    // A zero byte within what was typed, or in a field's name, is nothing that a form of ours holds.
    assert_eq!((keep(&cookie, "a=%00").await, keep(&cookie, "%00=a").await), (400, 400));

    // What is sent takes it away.
    let fields = [
        ("id", desk.order.as_str()),
        ("what_happened", TEXT),
        ("contact_name", "Jana Nová"),
        ("contact_phone", "601 234 567"),
        ("subject", desk.subject.as_str()),
        ("urgency", "normal"),
    ];
    assert_eq!(desk.site.post("/api/drafts/save", &cookie, &desk.page, &fields).await.status, 303);
    assert_eq!(desk.kept().await, 0);

    assert_eq!(keep(&cookie, "what_happened=Sklad+nejde").await, 200);
    desk.world.app.clock.advance(TimeDelta::hours(24));
    upkeep::each_minute(&desk.world.app).await.expect("the upkeep");
    assert_eq!(desk.kept().await, 0);
}

/// Keeps what is being typed on a page, as its island does; the answer's status.
async fn keep(site: &Site, cookie: &str, page: &str, typed: &[(&str, &str)]) -> u16 {
    let typed = serde_urlencoded::to_string(typed).expect("a form");
    let request = site.request(reqwest::Method::POST, KeepUnsent::PATH).header(header::COOKIE, cookie);
    let fields = [("page", page), ("typed", typed.as_str())];
    site.send(request.form(&fields)).await.expect("an answer").status
}

/// What is shown of something that was never sent.
async fn comes_back(site: &Site, cookie: &str, page: &str, typed: &str) {
    let shown = site.get(page, cookie).await;
    assert!(shown.status == 200 && shown.body.contains(typed), "{page}: {}", shown.body);
    assert!(shown.body.contains("Ještě to není odeslané"), "{page}: {}", shown.body);
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_report_that_is_being_typed_survives_the_clock_and_goes_when_it_is_sent(pool: PgPool) {
    let bench = Bench::new(pool).await;
    let (world, id) = (&bench.world, bench.technician.id());
    let login = "insert into login (email, password_hash, staff_id) values ('technik@example.com', '$argon2id$none',";
    let login = LoginId(world.id(&format!("{login} {id}) returning id")).await);
    let person = Person::Staff { id, name: "T".into(), roles: StaffRole::Technician.into() };
    let session = Session {
        id: world.app.random.uuid(),
        login,
        email: "technik@example.com".into(),
        person,
        proof: Proof::WHOLE,
    };
    let cookie = world.cookie(&Caller(Some(session))).await;
    let site = Site::serve(world.app.clone()).await;
    let (page, number) = (paths::workbench(bench.number), bench.number.to_string());
    bench.start(SegmentKind::Work).await.expect("started");
    bench.minutes(10);

    let report = [("call", CloseWork::PATH), ("report", "Tisk zase funguje.")];
    assert_eq!(keep(&site, &cookie, &page, &report).await, 200);
    comes_back(&site, &cookie, &page, "Tisk zase funguje.").await;
    let paused = site.post(PauseClock::PATH, &cookie, &page, &[("number", &number)]).await;
    assert_eq!(paused.status, 303, "{}", paused.body);
    comes_back(&site, &cookie, &page, "Tisk zase funguje.").await;

    let key = world.app.random.uuid().to_string();
    let fields =
        [("number", number.as_str()), ("report", "Tisk zase funguje."), ("finished", "true"), ("key", key.as_str())];
    assert_eq!(site.post(CloseWork::PATH, &cookie, &page, &fields).await.status, 303);
    assert_eq!(world.id("select count(*) from kept_form").await, 0, "it was sent");

    // An objection to that work, of its customer.
    let receipt = InterventionRef { number: bench.number, ordinal: 1 };
    let (cookie, page) = (world.cookie(&bench.place.boss).await, paths::receipt_contest(receipt));
    let reason = [("call", ContestSegment::PATH), ("reason", "Technik mluvil s kolegou.")];
    assert_eq!(keep(&site, &cookie, &page, &reason).await, 200);
    comes_back(&site, &cookie, &page, "Technik mluvil s kolegou.").await;
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_contract_and_an_address_that_are_being_typed_come_back(pool: PgPool) {
    let desk = Desk::new(pool).await;
    let customer = desk.place.customer;
    let manager = desk.world.staff(StaffRole::Manager).await;
    let cookie = desk.world.cookie(&manager).await;
    let contract = ContractId(desk.world.contract(customer, 300).await);
    for (page, field) in [
        (paths::new_contract(customer), "number"),
        (paths::contract_amend(customer, contract), "reason"),
        (paths::NEW_CUSTOMER.to_owned(), "street"),
        (paths::customer_edit(customer), "street"),
    ] {
        assert_eq!(keep(&desk.site, &cookie, &page, &[(field, "Nad Potokem 12")]).await, 200);
        // An amendment is written once its day is known.
        let day = if field == "reason" { "?from_day=2026-12-01" } else { "" };
        comes_back(&desk.site, &cookie, &format!("{page}{day}"), "Nad Potokem 12").await;
    }
    assert_eq!(desk.kept().await, 4, "one of each page");
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn what_was_typed_goes_with_its_draft(pool: PgPool) {
    let desk = Desk::new(pool).await;
    let orderer = desk.place.boss.may_order().expect("an orderer");
    let cookie = desk.signed_in_again().await;
    let other = desk.world.order(&orderer, Urgency::Normal).await;
    let other_page = paths::draft_what(other);
    for page in [&desk.page, &other_page] {
        assert_eq!(keep(&desk.site, &cookie, page, &[("what_happened", TEXT)]).await, 200);
    }
    let discarded = RequestId(desk.order.parse().expect("an id"));
    drafts::discard(&desk.world.app, &orderer, discarded).await.expect("thrown away");
    assert_eq!(desk.kept().await, 1, "the other draft's stays");
    comes_back(&desk.site, &cookie, &other_page, TEXT).await;
    let start = desk.world.starts(&orderer, other).await[0];
    desk.world.book(&orderer, other, start).await.expect("a booking");
    assert_eq!(desk.kept().await, 0, "sent");
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn what_is_kept_while_somebody_types_keeps_nobody_from_sending(pool: PgPool) {
    let desk = Desk::new(pool).await;
    desk.world.sql("update line_limit set writes_per_minute = 10").await;
    let cookie = desk.signed_in_again().await;
    let mut answers = Vec::new();
    for _ in 0..12 {
        answers.push(keep(&desk.site, &cookie, &desk.page, &[("what_happened", TEXT)]).await);
    }
    assert_eq!((&answers[..10], &answers[10..]), (&[200; 10][..], &[429; 2][..]), "bounded by itself");
    for _ in 0..10 {
        let sent = desk.site.post("/api/language", &cookie, "/requests", &[("language", "en")]).await;
        assert_eq!(sent.status, 303, "{}", sent.body);
    }
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn every_form_that_asks_who_one_is_is_kept_and_not_without_end(pool: PgPool) {
    let desk = Desk::new(pool).await;
    // There are more of them than anybody sends within a minute.
    desk.world.without_limits().await;
    let mut forms = 0;
    for (function, method) in leptos::server_fn::axum::server_fn_paths() {
        let is_public = access::of(function) == Some(linka::model::people::access::Access::Public);
        if method != reqwest::Method::POST || is_public {
            continue;
        }
        forms += 1;
        let answer = desk.site.post(function, &desk.cookie, "/account", &[("reason", TEXT)]).await;
        assert_eq!(answer.status, 303, "{function}: {}", answer.body);
        assert!(answer.location.expect("the sign-in").contains("kept%3D"), "{function}");
    }
    assert!(forms > 25, "{forms}");
    assert_eq!(desk.kept().await, 20, "the latest of one person");
    // A browser of which nobody knows whose it was.
    let other = format!("linka={}", "0".repeat(64));
    let answer = desk.site.post("/api/drafts/save", &other, &desk.page, &[("reason", TEXT)]).await;
    assert_eq!(answer.location.expect("the sign-in"), format!("/sign-in?next={}", desk.page.replace('/', "%2F")));
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_session_that_was_ended_from_elsewhere_is_over_and_remembered_for_what_was_typed(pool: PgPool) {
    let desk = Desk::new(pool).await;
    let (cookie, _) = desk.sign_in(&desk.own_email().await, "/sign-in?next=/account").await;
    let (other, _) = desk.sign_in(&desk.own_email().await, "/sign-in?next=/account").await;
    let ended = desk.world.id("select count(*) from session").await;
    let id: uuid::Uuid = sqlx::query_scalar("select id from session order by created_at desc, id limit 1")
        .fetch_one(desk.world.app.db.pool())
        .await
        .expect("a session");
    let fields = [("id", id.to_string())];
    let fields = fields.each_ref().map(|(name, value)| (*name, value.as_str()));
    let answer = desk.site.post("/api/account/end-session", &other, "/account", &fields).await;
    assert_eq!(answer.status, 303, "{}", answer.body);
    assert_eq!(desk.world.id("select count(*) from session").await, ended);
    let over: Vec<u16> =
        [desk.site.get("/account", &cookie).await.status, desk.site.get("/account", &other).await.status].into();
    assert_eq!(over.iter().filter(|status| **status == 303).count(), 1, "one of the two: {over:?}");
}
