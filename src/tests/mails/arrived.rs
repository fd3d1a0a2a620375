//! Links in mails, as they arrive: each opens what it is for once, until it is over, and is withdrawn when it opens nothing.

use chrono::TimeDelta;
use linka::{
    model::{
        people::{
            members::{Capabilities, Capability, MemberForm},
            registrations::TypedRegistration,
        },
        problem::Problem,
    },
    server::{
        auth::Client,
        db::MIGRATIONS,
        service::people::{
            colleagues, passwords,
            registrations::{self, Opened},
        },
    },
};
use sqlx::PgPool;

use super::sink::{Received, run_due, world};
use crate::support::World;

const PASSWORD: &str = "spravne heslo 123";

/// The secret of a mail's link to a page.
fn secret(mail: &Received, page: &str) -> String {
    let found = mail.links.iter().find_map(|link| link.split_once(&format!("{page}?token=")));
    found.unwrap_or_else(|| panic!("{:?}", mail.links)).1.to_owned()
}

fn invited(email: &str) -> MemberForm {
    MemberForm {
        name: "Jana Malá".into(),
        email: email.into(),
        capabilities: Capabilities::NONE.with(Capability::Order),
        ..MemberForm::default()
    }
}

async fn register(world: &World, email: &str) {
    let typed = TypedRegistration {
        ico: "27408264".into(),
        organisation: "ZŠ Lipová".into(),
        programs: vec![world.program],
        name: "Jana Malá".into(),
        email: email.into(),
        phone: "601 234 567".into(),
        ..TypedRegistration::default()
    };
    let client = Client { address: None, user_agent: "test".into(), token: None, device: None };
    registrations::begin(&world.app, &client, &typed, world.app.random.uuid(), "cs").await.expect("begun");
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn an_invitation_arrives_and_its_link_chooses_a_password_once(pool: PgPool) {
    let (world, sink) = world(pool).await;
    let place = world.place("Škola").await;
    let boss = place.boss.may_manage().expect("a manager");
    let key = world.app.random.uuid();
    let person = colleagues::invite(&world.app, &boss, &invited("jana@skola.cz"), key).await.expect("invited");
    run_due(&world.app).await;
    let first = secret(&sink.mails()[0], "/password");
    world.app.clock.advance(TimeDelta::hours(1));
    colleagues::resend(&world.app, &boss, person).await.expect("sent again");
    run_due(&world.app).await;
    let mails = sink.mails();
    assert_eq!((mails.len(), mails[1].to.as_str()), (2, "jana@skola.cz"));
    let second = secret(&mails[1], "/password");
    assert_eq!(passwords::choose(&world.app, &first, PASSWORD, PASSWORD).await, Err(Problem::NotFound), "replaced");
    passwords::choose(&world.app, &second, PASSWORD, PASSWORD).await.expect("chosen");
    assert_eq!(passwords::choose(&world.app, &second, PASSWORD, PASSWORD).await, Err(Problem::NotFound), "once");

    // What is taken back before it was sent is not sent.
    let key = world.app.random.uuid();
    let other = colleagues::invite(&world.app, &boss, &invited("petr@skola.cz"), key).await.expect("invited");
    colleagues::remove(&world.app, &boss, other, "").await.expect("taken back");
    run_due(&world.app).await;
    assert!(sink.mails().iter().all(|mail| mail.to != "petr@skola.cz"), "nothing that opens nothing");
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_registration_arrives_and_its_link_opens_it_until_it_is_over(pool: PgPool) {
    let (world, sink) = world(pool).await;
    register(&world, "jana@skola.cz").await;
    run_due(&world.app).await;
    let mails = sink.mails();
    assert_eq!((mails[0].to.as_str(), mails[0].to_name.as_str()), ("jana@skola.cz", "Jana Malá"));
    let late = secret(&mails[0], "/register/open");
    world.app.clock.advance(TimeDelta::hours(72));
    assert_eq!(registrations::open(&world.app, &late).await.map(drop), Err(Problem::NotFound), "over");
    register(&world, "jana@skola.cz").await;
    run_due(&world.app).await;
    let link = secret(&sink.mails()[1], "/register/open");
    assert!(matches!(registrations::open(&world.app, &link).await, Ok(Opened::Founded(_))));
    let stored = sqlx::query_scalar::<_, bool>("select bool_or(content::text like '%' || $1 || '%') from mail")
        .bind(&link)
        .fetch_one(world.app.db.pool())
        .await;
    assert_eq!(stored.ok(), Some(false), "no mail keeps a secret");
}
