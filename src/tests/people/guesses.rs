//! Guessing is bounded, and strangers who guess lock nobody out.

use std::net::{IpAddr, Ipv6Addr};

use chrono::TimeDelta;
use linka::{
    model::{people::members::StaffRole, problem::Problem},
    server::{
        auth::{Client, tokens::Token},
        db::MIGRATIONS,
        service::people::accounts,
    },
};
use sqlx::PgPool;

use super::sign_in::{PASSWORD, client, world};
use crate::support::{Site, World};

const WRONG: &str = "spatne heslo 1234";

async fn attempt(world: &World, client: &Client, email: &str, password: &str) -> Result<Token, Problem> {
    accounts::sign_in(&world.app, client, email, password).await.map(|signed_in| signed_in.device)
}

/// A browser in which nobody has signed in, in an IPv6 network.
fn stranger(site: u16, subnet: u16) -> Client {
    let address = Ipv6Addr::new(0x2001, 0xdb8, site, subnet, 0, 0, 0, 1);
    Client { address: Some(IpAddr::V6(address)), ..client(None) }
}

fn known(device: &Token) -> Client {
    Client { device: Some(device.clone()), ..client(None) }
}

/// Twelve networks guess until the account is crowded.
async fn crowd(world: &World, email: &str) {
    for site in 0..12 {
        for _ in 0..10 {
            let _ = attempt(world, &stranger(site, 0), email, WRONG).await;
        }
    }
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_hundred_failures_from_anywhere_do_not_refuse_the_right_password_from_a_known_device(pool: PgPool) {
    let (world, _, email) = world(pool).await;
    let device = attempt(&world, &client(None), &email, PASSWORD).await.expect("signed in");
    crowd(&world, &email).await;
    let again = attempt(&world, &known(&device), &email, PASSWORD).await.expect("signed in at once");
    assert!(again == device, "it stays known by the same");
    // Its own failures count, and no others.
    for _ in 0..10 {
        assert_eq!(attempt(&world, &known(&device), &email, WRONG).await.map(drop), Err(Problem::SignInFailed));
    }
    let braked = attempt(&world, &known(&device), &email, PASSWORD).await.map(drop);
    assert!(matches!(braked, Err(Problem::Throttled { .. })), "{braked:?}");
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn on_a_crowded_account_the_right_password_from_an_unknown_device_waits_and_is_not_refused(pool: PgPool) {
    let (world, _, email) = world(pool).await;
    crowd(&world, &email).await;
    world.app.clock.advance(TimeDelta::minutes(1));
    attempt(&world, &stranger(99, 0), &email, PASSWORD).await.expect("signed in");
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn guessing_at_a_crowded_account_stays_bounded_from_however_many_networks(pool: PgPool) {
    let (world, _, email) = world(pool).await;
    crowd(&world, &email).await;
    let mut looked_at = 0;
    // Each from a network of its own, so nothing but the account bounds them.
    for (second, site) in (100..400).enumerate() {
        if second % 30 == 0 {
            world.app.clock.advance(TimeDelta::seconds(10));
        }
        match attempt(&world, &stranger(site, 0), &email, WRONG).await.map(drop) {
            Err(Problem::SignInFailed) => looked_at += 1,
            Err(Problem::Throttled { retry_after_s }) => assert!(retry_after_s <= 20),
            other => panic!("{other:?}"),
        }
    }
    // Every five seconds of a hundred one, and those that wait at the end.
    assert!((20..=25).contains(&looked_at), "{looked_at} guesses in 100 s");
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn networks_of_one_site_or_provider_have_one_bound(pool: PgPool) {
    let (world, _, email) = world(pool).await;
    let mut looked_at = [0, 0];
    for subnet in 0..100_u16 {
        // Neighbours in a /56, then all over a /48.
        for (place, subnet) in [(0, subnet), (1, subnet << 8)] {
            let site = 7 + u16::try_from(place).expect("small");
            if attempt(&world, &stranger(site, subnet), &email, WRONG).await.map(drop) == Err(Problem::SignInFailed) {
                looked_at[place] += 1;
            }
        }
    }
    assert_eq!(looked_at, [20, 40]);
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_device_is_known_to_whoever_signed_in_from_it_and_to_nobody_else(pool: PgPool) {
    let (world, place, email) = world(pool).await;
    let other = world.member(place.customer, linka::model::people::members::Capabilities::all()).await;
    let other_login = other.session().expect("a session").login.0;
    world
        .sql(&format!(
            "update login set password_hash = (select password_hash from login where email = '{email}') where id = {other_login}"
        ))
        .await;
    let other_email: String = sqlx::query_scalar("select email from login where id = $1")
        .bind(other_login)
        .fetch_one(world.app.db.pool())
        .await
        .expect("an address");
    let device = attempt(&world, &client(None), &email, PASSWORD).await.expect("signed in");
    crowd(&world, &other_email).await;
    for _ in 0..5 {
        let _ = attempt(&world, &stranger(50, 0), &other_email, WRONG).await;
    }
    let not_theirs = attempt(&world, &known(&device), &other_email, PASSWORD).await.map(drop);
    assert!(matches!(not_theirs, Err(Problem::Throttled { .. })), "the queue is full: {not_theirs:?}");
    world.app.clock.advance(TimeDelta::minutes(1));
    let shared = attempt(&world, &known(&device), &other_email, PASSWORD).await.expect("signed in");
    assert!(shared == device, "two people of one browser have one device");
    // What a browser brings that we never gave out is not believed.
    let made_up = Token::new(&world.app.random);
    assert!(attempt(&world, &known(&made_up), &email, PASSWORD).await.expect("signed in") != made_up);
    // A year without use, and it is forgotten.
    world.app.clock.advance(TimeDelta::days(366));
    assert!(attempt(&world, &known(&device), &email, PASSWORD).await.expect("signed in") != device);
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn staff_can_unlock_an_account_at_once(pool: PgPool) {
    let (world, _, email) = world(pool).await;
    for _ in 0..10 {
        let _ = attempt(&world, &client(None), &email, WRONG).await;
    }
    let locked = attempt(&world, &client(None), &email, PASSWORD).await.map(drop);
    assert!(matches!(locked, Err(Problem::Throttled { .. })), "{locked:?}");
    assert_eq!(accounts::unlock(&world.app, &email.to_uppercase()).await, Ok(10));
    attempt(&world, &client(None), &email, PASSWORD).await.expect("signed in");
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn the_desk_sees_what_failed_on_the_persons_page_and_unlocks_it_there(pool: PgPool) {
    let (world, place, email) = world(pool).await;
    for _ in 0..10 {
        let _ = attempt(&world, &client(None), &email, WRONG).await;
    }
    let site = Site::serve(world.app.clone()).await;
    let cookie = world.cookie(&world.staff(StaffRole::Dispatcher).await).await;
    let member = world.id(&format!("select member_id from login where email = '{email}'")).await.to_string();
    let page = format!("/desk/customers/{}/people/{member}", place.customer);
    let unlock = "Odemknout";
    let shown = site.get(&page, &cookie).await;
    assert!(shown.body.contains(unlock) && shown.body.contains("10"), "{}", shown.body);
    let customer = place.customer.to_string();
    let fields = [("customer", customer.as_str()), ("member", member.as_str())];
    for _ in 0..2 {
        assert_eq!(site.post("/api/members/unlock", &cookie, &page, &fields).await.status, 303);
    }
    assert!(!site.get(&page, &cookie).await.body.contains(unlock), "nothing is left to unlock");
    attempt(&world, &client(None), &email, PASSWORD).await.expect("signed in");
    let audited =
        "select count(*) from audit_entry where subject = 'sign_in_lock' and customer_id is not null and who = 'Z'";
    assert_eq!(world.id(audited).await, 1, "who unlocked it is kept, once");

    // What is another customer's does not exist.
    let other = world.place("Jiná").await.customer.to_string();
    let foreign = [("customer", other.as_str()), ("member", member.as_str())];
    assert_eq!(site.post("/api/members/unlock", &cookie, &page, &foreign).await.status, 404);
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn the_browser_is_known_by_a_cookie_that_outlives_signing_out(pool: PgPool) {
    let (world, _, email) = world(pool).await;
    let site = Site::serve(world.app.clone()).await;
    let fields = [("email", email.as_str()), ("password", PASSWORD)];
    let answer = site.post("/api/sign-in", "", "/sign-in", &fields).await;
    let cookies: Vec<_> =
        answer.headers.get_all("set-cookie").iter().map(|cookie| cookie.to_str().expect("ASCII")).collect();
    let device = cookies.iter().find(|cookie| cookie.starts_with("linka-device=")).expect("a device");
    for attribute in ["HttpOnly", "SameSite=Lax", "Path=/", "Max-Age=31536000"] {
        assert!(device.contains(attribute), "{device}");
    }
    let jar: Vec<_> = cookies.iter().filter_map(|cookie| cookie.split(';').next()).collect();
    let out = site.post("/api/sign-out", &jar.join("; "), "/account", &[]).await;
    let taken: Vec<_> =
        out.headers.get_all("set-cookie").iter().map(|cookie| cookie.to_str().expect("ASCII")).collect();
    assert!(taken.iter().any(|cookie| cookie.starts_with("linka=;")), "{taken:?}");
    assert!(!taken.iter().any(|cookie| cookie.starts_with("linka-device")), "{taken:?}");
}
