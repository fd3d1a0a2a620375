//! Signing in: sessions, the brake, and answers that reveal nothing.

use std::collections::BTreeSet;

use chrono::TimeDelta;
use linka::{
    model::{
        paths,
        people::members::{Capabilities, StaffRole},
        problem::Problem,
    },
    server::{
        app::AppSettings,
        auth::{Caller, Client, tokens::Token},
        db::{MIGRATIONS, people::sessions},
        service::people::{accounts, members},
    },
};
use sqlx::PgPool;

use crate::support::{Place, Site, World};

pub(super) const PASSWORD: &str = "spravne heslo 123";

/// A member with a password, as `member1@example.com` or so.
pub(super) async fn world(pool: PgPool) -> (World, Place, String) {
    let world = World::new(pool).await;
    let place = world.place("A").await;
    let hash = world.app.passwords.hash(PASSWORD.into()).await.expect("a hash");
    world.sql(&format!("update login set password_hash = '{hash}'")).await;
    let email: String =
        sqlx::query_scalar("select email from login").fetch_one(world.app.db.pool()).await.expect("one");
    (world, place, email)
}

pub(crate) fn client(token: Option<Token>) -> Client {
    Client { address: Some([192, 0, 2, 7].into()), user_agent: "test".into(), token, device: None }
}

async fn session(world: &World, token: &Token) -> Caller {
    let mut tx = world.app.db.system().await.expect("a transaction");
    let session = sessions::find(&mut tx, token.hash(), true, world.app.clock.now()).await.expect("an answer");
    tx.commit().await.expect("a commit");
    Caller(session.map(|live| live.session))
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn every_sign_in_makes_a_new_token_and_ends_the_old_one(pool: PgPool) {
    let (world, _, email) = world(pool).await;
    let first = accounts::sign_in(&world.app, &client(None), &email.to_uppercase(), PASSWORD).await.expect("signed in");
    let again = client(Some(first.token.clone()));
    let second = accounts::sign_in(&world.app, &again, &email, PASSWORD).await.expect("signed in");
    assert!(first.token != second.token);
    assert!(session(&world, &first.token).await.0.is_none(), "the old token is worth nothing");
    assert!(session(&world, &second.token).await.0.is_some());
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_session_ends_by_idleness_by_age_and_by_signing_out(pool: PgPool) {
    let (world, _, email) = world(pool).await;
    let sign_in =
        async || accounts::sign_in(&world.app, &client(None), &email, PASSWORD).await.expect("signed in").token;

    let idle = sign_in().await;
    world.app.clock.advance(TimeDelta::hours(12));
    assert!(session(&world, &idle).await.0.is_none(), "twelve hours without use");

    let busy = sign_in().await;
    for _ in 0..33 {
        world.app.clock.advance(TimeDelta::hours(10));
        assert!(session(&world, &busy).await.0.is_some(), "use keeps it alive");
    }
    world.app.clock.advance(TimeDelta::hours(6));
    assert!(session(&world, &busy).await.0.is_none(), "two weeks end it all the same");

    let left = sign_in().await;
    accounts::sign_out(&world.app, &client(None), &session(&world, &left).await).await.expect("signed out");
    assert!(session(&world, &left).await.0.is_none());
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn an_unknown_address_and_a_wrong_password_get_the_same_answer(pool: PgPool) {
    let (world, _, email) = world(pool).await;
    let site = Site::serve(world.app.clone()).await;
    let mut bodies = Vec::new();
    for email in [email.as_str(), "nobody@example.com"] {
        let fields = [("email", email), ("password", "spatne heslo 1234")];
        let answer = site.post("/api/sign-in", "", "/sign-in", &fields).await;
        assert_eq!(answer.status, 401);
        assert!(answer.body.contains(email), "the address stays filled in");
        assert!(!answer.body.contains("spatne heslo"), "the password does not");
        let id = answer.headers["x-request-id"].to_str().expect("an id").to_owned();
        bodies.push(without_nonce(&answer.body.replace(email, "…").replace(&id, "…")));
    }
    assert_eq!(bodies[0], bodies[1]);
}

/// The page without what differs in every rendering.
fn without_nonce(page: &str) -> String {
    page.split("nonce=\"").map(|part| part.split_once('"').map_or(part, |(_, rest)| rest)).collect()
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn the_password_that_stands_in_for_an_unknown_address_opens_nothing(pool: PgPool) {
    let (world, _, _) = world(pool).await;
    assert_eq!(world.app.passwords.verify(None, "nobody has this password".into()).await, Ok(false));
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn guessing_is_braked_per_account_and_forgotten_after_a_quarter_of_an_hour(pool: PgPool) {
    let (world, _, email) = world(pool).await;
    let try_once =
        async |password: &str| accounts::sign_in(&world.app, &client(None), &email, password).await.map(drop);
    for _ in 0..10 {
        assert_eq!(try_once("spatne heslo 1234").await, Err(Problem::SignInFailed));
    }
    let braked = try_once(PASSWORD).await;
    assert_eq!(braked, Err(Problem::Throttled { retry_after_s: 900 }), "even with the right password");
    world.app.clock.advance(TimeDelta::minutes(15));
    assert_eq!(try_once(PASSWORD).await, Ok(()));
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn guessing_over_many_accounts_is_braked_per_address(pool: PgPool) {
    let (world, _, email) = world(pool).await;
    for account in 0..60 {
        let guess =
            accounts::sign_in(&world.app, &client(None), &format!("nobody{account}@example.com"), "heslo").await;
        assert_eq!(guess.map(drop), Err(Problem::SignInFailed));
    }
    let here = accounts::sign_in(&world.app, &client(None), &email, PASSWORD).await.map(drop);
    assert!(matches!(here, Err(Problem::Throttled { .. })), "{here:?}");
    let elsewhere = Client { address: Some([192, 0, 2, 8].into()), ..client(None) };
    accounts::sign_in(&world.app, &elsewhere, &email, PASSWORD).await.expect("another address is not braked");
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_person_who_left_cannot_sign_in_and_is_signed_out(pool: PgPool) {
    let (world, _, email) = world(pool).await;
    let token = accounts::sign_in(&world.app, &client(None), &email, PASSWORD).await.expect("signed in").token;
    world.sql("update member set active = false").await;
    assert!(session(&world, &token).await.0.is_none());
    let again = accounts::sign_in(&world.app, &client(None), &email, PASSWORD).await.map(drop);
    assert_eq!(again, Err(Problem::SignInFailed));
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn ones_sessions_are_listed_and_can_be_ended(pool: PgPool) {
    let (world, _, email) = world(pool).await;
    let here = accounts::sign_in(&world.app, &client(None), &email, PASSWORD).await.expect("signed in").token;
    let there = accounts::sign_in(&world.app, &client(None), &email, PASSWORD).await.expect("signed in").token;
    let caller = session(&world, &here).await;
    let page = accounts::page(&world.app, &caller).await.expect("the account");
    assert_eq!(page.sessions.iter().map(|session| session.current).collect::<Vec<_>>(), [true, false]);
    accounts::end_session(&world.app, &caller.confirmed().expect("fresh"), page.sessions[1].id).await.expect("ended");
    assert!(session(&world, &there).await.0.is_none());
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn one_signs_out_everywhere_else_the_desk_everywhere_and_nobody_else_is_signed_out(pool: PgPool) {
    let (world, place, email) = world(pool).await;
    world.member(place.customer, Capabilities::NONE).await;
    let colleague: String = sqlx::query_scalar("select email from login order by id desc limit 1")
        .fetch_one(world.app.db.pool())
        .await
        .expect("the colleague's");
    world
        .sql("update login set password_hash = (select max(password_hash) from login where length(password_hash) > 20)")
        .await;
    let mut tokens = Vec::new();
    for email in [&email, &email, &email, &colleague] {
        tokens.push(accounts::sign_in(&world.app, &client(None), email, PASSWORD).await.expect("signed in").token);
    }
    let caller = session(&world, &tokens[0]).await;
    let alive = async || {
        let mut alive = Vec::new();
        for token in &tokens {
            alive.push(session(&world, token).await.0.is_some());
        }
        alive
    };
    for _ in 0..2 {
        accounts::end_other_sessions(&world.app, &caller.confirmed().expect("fresh")).await.expect("ended");
        assert_eq!(alive().await, [true, false, false, true]);
    }
    let desk = world.staff(StaffRole::Dispatcher).await.desk().expect("the desk");
    let person = caller.member().expect("a member").id();
    members::end_sessions(&world.app, &desk, place.customer, person).await.expect("ended");
    assert_eq!(alive().await, [false, false, false, true]);
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn the_cookie_is_out_of_reach_of_scripts_and_other_sites(pool: PgPool) {
    let (world, _, email) = world(pool).await;
    let site = Site::serve(world.app.clone()).await;
    let fields = [("email", email.as_str()), ("password", PASSWORD), ("next", "/order")];
    let answer = site.post("/api/sign-in", "", "/sign-in?next=/order", &fields).await;
    assert_eq!((answer.status, answer.location.as_deref()), (303, Some("/order")));
    let cookie = answer.headers["set-cookie"].to_str().expect("a cookie");
    for attribute in ["HttpOnly", "SameSite=Lax", "Path=/", "Max-Age=1814400"] {
        assert!(cookie.contains(attribute), "{cookie}");
    }
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn signing_in_leads_to_no_other_site(pool: PgPool) {
    let (world, _, email) = world(pool).await;
    let site = Site::serve(world.app.clone()).await;
    for next in ["https://example.com/", "//example.com", "/\\example.com", "/order\r\nSet-Cookie: a=b", ""] {
        let fields = [("email", email.as_str()), ("password", PASSWORD), ("next", next)];
        let answer = site.post("/api/sign-in", "", "/sign-in", &fields).await;
        assert_eq!((answer.status, answer.location.as_deref()), (303, Some("/")), "{next:?}");
    }
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn signing_in_rightly_counts_against_nobody(pool: PgPool) {
    let (world, _, email) = world(pool).await;
    for _ in 0..3 {
        accounts::sign_in(&world.app, &client(None), &email, PASSWORD).await.expect("signed in");
    }
    assert_eq!(world.id("select count(*) from sign_in_failure").await, 0);
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn guessing_from_one_network_does_not_lock_the_person_out_elsewhere(pool: PgPool) {
    let (world, _, email) = world(pool).await;
    for _ in 0..11 {
        let _ = accounts::sign_in(&world.app, &client(None), &email, "spatne heslo 1234").await;
    }
    let elsewhere = Client { address: Some([192, 0, 2, 99].into()), ..client(None) };
    accounts::sign_in(&world.app, &elsewhere, &email, PASSWORD).await.expect("signed in");
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn behind_https_the_cookie_is_bound_to_the_host_and_the_browser_told_to_stay(pool: PgPool) {
    let (mut world, _, email) = world(pool).await;
    world.app.settings =
        std::sync::Arc::new(AppSettings { https: true, demo: false, behind_proxy: false, proxy_header: None });
    let site = Site::serve(world.app.clone()).await;
    let fields = [("email", email.as_str()), ("password", PASSWORD)];
    let answer = site.post("/api/sign-in", "", "/sign-in", &fields).await;
    let cookie = answer.headers["set-cookie"].to_str().expect("a cookie").to_owned();
    assert!(cookie.starts_with("__Host-linka=") && cookie.contains("; Secure"), "{cookie}");
    assert!(!cookie.contains("Domain"), "{cookie}");
    let page = site.get("/requests", cookie.split(';').next().expect("a cookie")).await;
    assert_eq!(page.status, 200);
    assert_eq!(page.headers["cache-control"], "no-store");
    assert_eq!(page.headers["strict-transport-security"], "max-age=63072000");

    // Whatever else a browser is given to keep is for https, for no script, and not for other sites.
    let cookie = cookie.split(';').next().expect("a cookie");
    let key = world.app.random.uuid().to_string();
    let mut given = vec![answer];
    for (form, page, fields) in [
        ("/api/language", "/account", vec![("language", "cs")]),
        ("/api/account/end-other-sessions", "/account", vec![]),
        ("/api/account/calendar/make", paths::OWN_CALENDAR, vec![("key", key.as_str())]),
    ] {
        given.push(site.post(form, cookie, page, &fields).await);
    }
    let set = given.iter().flat_map(|answer| answer.headers.get_all("set-cookie"));
    let set: Vec<&str> = set.map(|cookie| cookie.to_str().expect("a cookie")).collect();
    let names: BTreeSet<&str> = set.iter().filter_map(|cookie| cookie.split('=').next()).collect();
    let [session, device, language] = ["__Host-linka", "__Host-linka-device", "__Host-linka-language"];
    assert_eq!(names, [session, device, language, "__Secure-linka-done", "__Secure-linka-link"].into());
    for cookie in set {
        let sites = if cookie.starts_with("__Secure-linka-link") { "SameSite=Strict" } else { "SameSite=Lax" };
        assert!(["Secure", "HttpOnly", sites].iter().all(|is| cookie.contains(is)), "{cookie}");
        assert!(!cookie.starts_with("__Host-") || cookie.contains("; Path=/;"), "{cookie}");
    }
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn signing_in_leads_on_to_the_page_with_its_filters(pool: PgPool) {
    let (world, _, email) = world(pool).await;
    let site = Site::serve(world.app.clone()).await;
    let wanted = "/usage/interventions?from=2026-01-01&q=a%20b";
    let answer = site.get(wanted, "").await;
    let sign_in = answer.location.expect("the sign-in");
    assert_eq!(sign_in, "/sign-in?next=%2Fusage%2Finterventions%3Ffrom%3D2026-01-01%26q%3Da%2520b");
    let page = site.get(&sign_in, "").await.body;
    assert!(page.contains("value=\"/usage/interventions?from=2026-01-01&amp;q=a%20b\""), "{page}");
    let fields = [("email", email.as_str()), ("password", PASSWORD), ("next", wanted)];
    let answer = site.post("/api/sign-in", "", &sign_in, &fields).await;
    assert_eq!((answer.status, answer.location.as_deref()), (303, Some(wanted)));
    // What does not fit into an address leads to the page without it; nothing leads elsewhere.
    let long = site.get(&format!("/usage?q={}", "x".repeat(600)), "").await.location.expect("the sign-in");
    assert_eq!(long, "/sign-in?next=%2Fusage");
}
