//! Links by mail: what they open, once and for how long; and that nobody learns from asking for one who signs in here.

use std::time::Duration;

use chrono::TimeDelta;
use linka::{
    model::{
        people::{links::LinkKind, registrations::TypedRegistration},
        problem::Problem,
    },
    server::{
        app::App,
        auth::{Client, tokens::Token},
        db::{MIGRATIONS, installation},
        jobs,
        service::people::{accounts, links, passwords, registrations},
    },
};
use sqlx::PgPool;
use tokio::time::Instant;

use super::sign_in::{PASSWORD, client, world};
use crate::support::{Site, World, short_or_long};

/// The secrets of the links that were mailed, the latest first.
pub(crate) async fn mailed(world: &World, kind: &str) -> Vec<String> {
    let ids: Vec<uuid::Uuid> =
        sqlx::query_scalar("select (content -> 'link' ->> 'id')::uuid from mail where kind = $1 order by id desc")
            .bind(kind)
            .fetch_all(world.app.db.pool())
            .await
            .expect("mails");
    let mut tx = world.app.db.system().await.expect("a transaction");
    let key = installation::key(&mut tx).await.expect("the key");
    ids.into_iter().map(|id| Token::of_link(&key, id).to_hex()).collect()
}

async fn ask(world: &World, email: &str, kind: LinkKind) {
    links::ask(&world.app, &client(None), email, kind).await.expect("asked");
    jobs::run_due(&world.app).await.expect("the queue");
}

async fn signs_in(app: &App, email: &str, password: &str) -> bool {
    accounts::sign_in(app, &client(None), email, password).await.is_ok()
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_mailed_link_signs_in_once_within_an_hour(pool: PgPool) {
    let (world, _, email) = world(pool).await;
    let by_link = async |token: &str| links::sign_in(&world.app, &client(None), token).await.map(drop);
    ask(&world, &email.to_uppercase(), LinkKind::SignIn).await;
    let token = mailed(&world, "sign_in_link").await.remove(0);
    for _ in 0..2 {
        assert!(links::page(&world.app, &token).await.expect("a page").is_good, "looking uses nothing up");
    }
    by_link(&token).await.expect("signed in");
    assert_eq!(by_link(&token).await, Err(Problem::NotFound), "it is used up");
    assert!(!links::page(&world.app, &token).await.expect("a page").is_good);

    world.app.clock.advance(TimeDelta::minutes(5));
    ask(&world, &email, LinkKind::SignIn).await;
    let late = mailed(&world, "sign_in_link").await.remove(0);
    world.app.clock.advance(TimeDelta::hours(1));
    assert_eq!(by_link(&late).await, Err(Problem::NotFound));
    for nonsense in ["", "none", &"0".repeat(64)] {
        assert_eq!(by_link(nonsense).await, Err(Problem::NotFound));
    }
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_mailed_link_lets_a_password_be_chosen_and_signs_out_everywhere(pool: PgPool) {
    let (world, _, email) = world(pool).await;
    assert!(signs_in(&world.app, &email, PASSWORD).await);
    ask(&world, &email, LinkKind::SignIn).await;
    ask(&world, &email, LinkKind::Password).await;
    let token = mailed(&world, "password_link").await.remove(0);
    let other = mailed(&world, "sign_in_link").await.remove(0);
    passwords::choose(&world.app, &token, "jine heslo 12345", "jine heslo 12345").await.expect("chosen");
    assert_eq!(world.id("select count(*) from session").await, 0);
    assert!(!signs_in(&world.app, &email, PASSWORD).await);
    assert!(signs_in(&world.app, &email, "jine heslo 12345").await);
    let by_link = links::sign_in(&world.app, &client(None), &other).await.map(drop);
    assert_eq!(by_link, Err(Problem::NotFound), "whoever had another link cannot use it any more");
    assert_eq!(world.id("select count(*) from mail where kind = 'password_changed'").await, 1, "its person is told");
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn nobody_s_mailbox_is_filled_by_others(pool: PgPool) {
    let (world, _, email) = world(pool).await;
    for _ in 0..3 {
        ask(&world, &email, LinkKind::Password).await;
    }
    let first = mailed(&world, "password_link").await;
    assert_eq!(first.len(), 1, "one within five minutes, which stays good");
    assert!(passwords::page(&world.app, &first[0]).await.expect("a page").person.is_some());
    ask(&world, &email, LinkKind::SignIn).await;
    assert_eq!(mailed(&world, "sign_in_link").await.len(), 1, "the other kind is another mail");
    world.app.clock.advance(TimeDelta::minutes(5));
    ask(&world, &email, LinkKind::Password).await;
    assert_eq!(mailed(&world, "password_link").await.len(), 2);
    assert!(passwords::page(&world.app, &first[0]).await.expect("a page").person.is_none(), "the next ends it");
    // Asking too often is refused like guessing, and locks nobody out.
    let mut last = Ok(());
    for _ in 0..10 {
        last = links::ask(&world.app, &client(None), &email, LinkKind::Password).await;
    }
    assert!(matches!(last, Err(Problem::Throttled { .. })), "{last:?}");
    assert!(signs_in(&world.app, &email, PASSWORD).await);
    jobs::run_due(&world.app).await.expect("the queue");
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn who_is_gone_gets_no_link(pool: PgPool) {
    let (world, _, email) = world(pool).await;
    ask(&world, &email, LinkKind::SignIn).await;
    let token = mailed(&world, "sign_in_link").await.remove(0);
    world.sql("update member set active = false").await;
    let by_link = links::sign_in(&world.app, &client(None), &token).await.map(drop);
    assert_eq!(by_link, Err(Problem::NotFound));
    world.app.clock.advance(TimeDelta::minutes(6));
    ask(&world, &email, LinkKind::SignIn).await;
    assert_eq!(mailed(&world, "sign_in_link").await.len(), 1, "none was sent");
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn asking_for_a_link_is_answered_alike_for_every_address(pool: PgPool) {
    let (world, _, email) = world(pool).await;
    let site = Site::serve(world.app.clone()).await;
    for kind in ["sign_in", "password"] {
        let mut answers = Vec::new();
        for email in [email.as_str(), "nobody@example.com"] {
            let answer =
                site.post("/api/sign-in/ask-for-link", "", "/sign-in/help", &[("email", email), ("kind", kind)]).await;
            let said: Vec<_> = answer.headers.get_all("set-cookie").iter().cloned().collect();
            answers.push((answer.status, answer.location, said));
        }
        assert_eq!(answers[0], answers[1]);
        assert_eq!((answers[0].0, answers[0].1.as_deref()), (303, Some("/sign-in")));
    }
    assert_eq!(world.id("select count(*) from link_wish where login_id is null").await, 2, "the work is the same");
    jobs::run_due(&world.app).await.expect("the queue");
}

/// How long each of many took: the middle and the slowest twentieth. Printed for who reads it; no clock decides a test.
fn distribution(mut took: Vec<Duration>) -> String {
    took.sort_unstable();
    let at = |share: usize| took[took.len() * share / 100].as_micros();
    format!("5 %: {} µs, 50 %: {} µs, 95 %: {} µs", at(5), at(50), at(95))
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn known_and_unknown_addresses_take_alike(pool: PgPool) {
    let each: usize = short_or_long(25, 500);
    let (world, _, _) = world(pool).await;
    world
        .sql(&format!(
            "with person as (insert into staff (name, roles) select 'Z', '{{technician}}' from generate_series(1, {each}) returning id)
             insert into login (email, password_hash, staff_id)
             select 'known' || row_number() over () || '@vendor.cz', (select max(password_hash) from login), id from person"
        ))
        .await;
    let from = |n: usize| {
        let part = |value: usize| u8::try_from(value).expect("a part of an address");
        Client { address: Some([10, part(n / 250), part(n % 250), 1].into()), ..client(None) }
    };
    let mut took: [[Vec<Duration>; 2]; 4] = Default::default();
    for n in 0..each {
        for (place, email) in [format!("known{}@vendor.cz", n + 1), format!("other{n}@vendor.cz")].iter().enumerate() {
            let start = Instant::now();
            let answer = accounts::sign_in(&world.app, &from(n), email, "spatne heslo 1234").await.map(drop);
            took[0][place].push(start.elapsed());
            assert_eq!(answer, Err(Problem::SignInFailed));
            for (step, kind) in [(1, LinkKind::Password), (2, LinkKind::SignIn)] {
                let start = Instant::now();
                links::ask(&world.app, &from(n), email, kind).await.expect("asked");
                took[step][place].push(start.elapsed());
            }
            let typed = TypedRegistration {
                ico: "27408264".into(),
                organisation: "Škola".into(),
                programs: vec![world.program],
                name: "Jana".into(),
                email: email.clone(),
                phone: "601234567".into(),
                ..TypedRegistration::default()
            };
            let key = world.app.random.uuid();
            let start = Instant::now();
            registrations::begin(&world.app, &from(n), &typed, key, "cs").await.expect("begun");
            took[3][place].push(start.elapsed());
        }
    }
    for (what, [known, unknown]) in ["sign-in", "password link", "sign-in link", "registration"].into_iter().zip(took) {
        println!("{what}: known {}; unknown {}", distribution(known), distribution(unknown));
    }
    world.sql("delete from link_wish").await;
    jobs::run_due(&world.app).await.expect("the queue");
}
