//! To whom mails go, who may write them, and where the demo puts them.

use linka::{
    model::{
        base::ids::{CustomerId, MemberId, StaffId},
        mails::{MailContent, MailState},
        people::members::{Capabilities, Capability, StaffRole},
        problem::Problem,
    },
    server::{
        app::{App, AppSettings},
        auth::Person,
        db::{DbError, MIGRATIONS, mails},
        mail::{Mailer, Transport},
        service,
    },
};
use sqlx::PgPool;
use tempfile::TempDir;

use super::sink::{appointment, member_id, plain, read, run_due, world, write};
use crate::support::{BASE_URL, Site, World};

fn content() -> MailContent {
    MailContent::Confirmed(appointment())
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn buyers_are_those_who_may_buy_are_active_and_sign_in(pool: PgPool) {
    let (world, sink) = world(pool).await;
    let (place, other) = (world.place("A").await, world.place("B").await);
    let buyer = world.member(place.customer, [Capability::Buy].into_iter().collect()).await;
    let orderer = world.member(place.customer, [Capability::Order].into_iter().collect()).await;
    let gone = world.member(place.customer, Capabilities::all()).await;
    world.sql(&format!("update member set active = false where id = {}", member_id(&gone))).await;
    let without_sign_in = world.member(place.customer, Capabilities::all()).await;
    world.sql(&format!("delete from login where member_id = {}", member_id(&without_sign_in))).await;

    let mut tx = world.app.db.staff().await.expect("a transaction");
    let now = world.app.clock.now();
    for _ in 0..2 {
        mails::to_buyers(&mut tx, place.customer, &content(), now, "alert:1").await.expect("mails");
    }
    for member in [&gone, &without_sign_in] {
        mails::to_member(&mut tx, member_id(member), &content(), now, "x").await.expect("no mail");
    }
    tx.commit().await.expect("a commit");
    run_due(&world.app).await;

    let mut addresses: Vec<_> = sink.mails().into_iter().map(|mail| mail.to).collect();
    addresses.sort();
    let mut expected = [&place.boss, &buyer].map(|caller| format!("member{}@example.com", member_id(caller))).to_vec();
    expected.sort();
    assert_eq!(addresses, expected, "neither {orderer:?} nor {other}", other = other.customer);
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn staff_get_mails_too(pool: PgPool) {
    let (world, sink) = world(pool).await;
    let technician = world.staff(StaffRole::Technician).await;
    let Person::Staff { id, .. } = technician.session().expect("a session").person else { panic!("not staff") };
    let mut tx = world.app.db.staff().await.expect("a transaction");
    mails::to_staff(&mut tx, id, &content(), world.app.clock.now(), "1").await.expect("a mail");
    tx.commit().await.expect("a commit");
    run_due(&world.app).await;
    assert_eq!(sink.mails()[0].to, format!("staff{id}@example.com"));
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_member_writes_to_no_other_customer_and_reaches_neither_mails_nor_the_queue(pool: PgPool) {
    let (world, _sink) = world(pool).await;
    let (ours, theirs) = (world.place("Ours").await, world.place("Theirs").await);
    let now = world.app.clock.now();
    let to_member = async |member: MemberId| {
        let mut tx = world.app.db.member(ours.customer).await.expect("a transaction");
        mails::to_member(&mut tx, member, &content(), now, "1").await
    };
    let to_buyers = async |customer: CustomerId| {
        let mut tx = world.app.db.member(ours.customer).await.expect("a transaction");
        mails::to_buyers(&mut tx, customer, &content(), now, "1").await
    };
    let to_staff = async || {
        let mut tx = world.app.db.member(ours.customer).await.expect("a transaction");
        mails::to_staff(&mut tx, StaffId(1), &content(), now, "1").await
    };
    to_member(member_id(&ours.boss)).await.expect("one's own customer");
    to_buyers(ours.customer).await.expect("one's own customer");
    for refused in [to_member(member_id(&theirs.boss)).await, to_buyers(theirs.customer).await, to_staff().await] {
        let Err(DbError::Sqlx(error)) = refused else { panic!("it was not refused") };
        let code =
            error.as_database_error().and_then(sqlx::error::DatabaseError::code).map(std::borrow::Cow::into_owned);
        assert_eq!(code.as_deref(), Some("42501"), "{error}");
    }

    for role in ["linka_member", "linka_staff"] {
        for statement in [
            "insert into mail (to_address, to_name, language, content, created_at, key)
             values ('x', 'x', 'cs', '{}', now(), 'x')",
            "update mail set to_address = 'thief@example.com'",
            "select queue_mail(1)",
            "select insert_mail(1, 'x', 'x', 'cs', '{}', now(), 'x')",
            "select * from graphile_worker._private_jobs",
            "select graphile_worker.add_job('send_mail')",
        ] {
            let begin = format!("begin; set local role {role}; set local app.customer = '{}'", ours.customer);
            let mut tx = world.app.db.pool().begin_with(sqlx::AssertSqlSafe(begin)).await.expect("a transaction");
            let done = sqlx::query(statement).execute(&mut *tx).await;
            assert!(done.expect_err(statement).to_string().contains("permission denied"), "{role}: {statement}");
        }
    }
}

/// The same application, but in another mode.
fn with(app: &App, demo: bool, mail: Mailer) -> App {
    let settings = AppSettings { https: false, demo, behind_proxy: false, proxy_header: None };
    App { settings: std::sync::Arc::new(settings), mail, ..app.clone() }
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_demo_without_a_mail_server_writes_mails_into_files_and_shows_them(pool: PgPool) {
    let world = World::new(pool).await;
    let place = world.place("A").await;
    let data = TempDir::new().expect("a directory");
    let directory = data.path().join("mail");
    let files =
        Mailer::new(Transport::Directory(directory.clone()), "linka@localhost".parse().expect("a sender"), BASE_URL);
    let demo = with(&world.app, true, files);
    write(&world, member_id(&place.boss), &content(), "1").await;
    run_due(&demo).await;
    let [file] = &read(&directory)[..] else { panic!("one file") };
    assert_eq!(plain(&file.subject), "Termín je domluvený: středa 25. listopadu, 8:00–8:45");

    let listed = service::mails::of_demo(&demo).await.expect("a list");
    assert_eq!((listed.len(), listed[0].state), (1, MailState::Sent));
    assert_eq!(listed[0].subject, file.subject);

    let path = format!("/mails/{}", listed[0].id);
    let site = Site::serve(demo).await;
    let html = site.get(&path, "").await;
    assert!(html.status == 200 && html.headers["content-type"] == "text/html; charset=utf-8");
    let policy = html.headers["content-security-policy"].to_str().expect("a policy");
    assert!(policy.starts_with("sandbox ") && policy.contains("default-src 'none'") && !policy.contains("script"));
    assert!(html.body.contains("Žofie Řeháková"), "{}", html.body);
    let text = site.get(&format!("{path}/text"), "").await;
    assert!(text.body.starts_with("Středa") && text.headers["content-type"] == "text/plain; charset=utf-8");
    let message = site.get(&format!("{path}/message.eml"), "").await;
    assert_eq!(message.headers["content-type"], "message/rfc822");
    assert!(message.body.contains("Auto-Submitted: auto-generated"));
    for missing in ["/mails/999", "/mails/x"] {
        assert_eq!(site.get(missing, "").await.status, 404);
    }
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn outside_of_the_demo_nobody_reads_mails(pool: PgPool) {
    let world = World::new(pool).await;
    let place = world.place("A").await;
    write(&world, member_id(&place.boss), &content(), "1").await;
    let real = with(&world.app, false, world.app.mail.clone());
    assert_eq!(service::mails::of_demo(&real).await, Err(Problem::NotFound));
    let cookie = world.cookie(&world.staff(StaffRole::Manager).await).await;
    let site = Site::serve(real).await;
    for path in ["/mails/1", "/mails/1/text", "/mails/1/message.eml"] {
        assert_eq!(site.get(path, &cookie).await.status, 404, "{path}");
    }
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn the_language_form_reaches_the_mails_of_whoever_is_signed_in(pool: PgPool) {
    let world = World::new(pool).await;
    let place = world.place("A").await;
    let cookie = world.cookie(&place.boss).await;
    let site = Site::serve(world.app.clone()).await;
    let answer = site.post("/api/language", &cookie, "/requests", &[("language", "en")]).await;
    assert_eq!(answer.status, 303);
    assert_eq!(world.id("select count(*) from login where language = 'en'").await, 1);
    let answer = site.post("/api/language", "", "/", &[("language", "cs")]).await;
    assert_eq!(answer.status, 303, "a visitor has a language too");
    assert_eq!(world.id("select count(*) from login where language = 'en'").await, 1);
}
