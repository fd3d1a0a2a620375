//! The second factor: asked for after the first, each code once, and of whom it is demanded.

use std::sync::Arc;

use chrono::TimeDelta;
use linka::{
    model::{
        base::fields::FieldCode,
        people::{
            members::{Capabilities, Capability, StaffRole},
            second_factors::Authenticator,
        },
        problem::Problem,
    },
    server::{
        app::AppSettings,
        auth::{Caller, Client, tokens::Token},
        db::{MIGRATIONS, people::sessions},
        service::people::{accounts, second_factors, staff},
    },
};
use sqlx::PgPool;
use tokio::task::JoinSet;
use totp_rs::Builder;

use super::sign_in::{PASSWORD, client, world};
use crate::support::{Site, World};

/// What the application shows now.
async fn shown(world: &World) -> String {
    let secret: Vec<u8> = sqlx::query_scalar("select secret from authenticator")
        .fetch_one(world.app.db.pool())
        .await
        .expect("one application");
    let now = u64::try_from(world.app.clock.now().timestamp()).expect("after 1970");
    Builder::new().with_secret(secret).build().expect("a secret").generate(now).to_string()
}

async fn of(world: &World, token: &Token) -> Caller {
    let mut tx = world.app.db.system().await.expect("a transaction");
    let found = sessions::find(&mut tx, token.hash(), false, world.app.clock.now()).await.expect("an answer");
    Caller(found.map(|live| live.session))
}

/// Signs in with the password: the browser afterwards, and whether a code is awaited.
async fn first_step(world: &World, email: &str) -> (Client, bool) {
    let signed_in = accounts::sign_in(&world.app, &client(None), email, PASSWORD).await.expect("a right password");
    (client(Some(signed_in.token)), signed_in.awaits_factor)
}

/// Turns the application on; the recovery codes.
async fn turn_on(world: &World, caller: &Caller) -> Vec<String> {
    second_factors::offer(&world.app, &caller.confirmed().expect("fresh")).await.expect("offered");
    let made = second_factors::turn_on(&world.app, &caller.confirmed().expect("fresh"), &shown(world).await)
        .await
        .expect("turned on");
    second_factors::page(&world.app, caller, Some(made)).await.expect("a page").new_codes
}

fn wrong() -> Problem {
    Problem::field("one_time_code", FieldCode::DoesNotMatch)
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_session_is_nobody_s_before_the_code_and_begins_under_another_token(pool: PgPool) {
    let (world, _, email) = world(pool).await;
    let (browser, awaits) = first_step(&world, &email).await;
    assert!(!awaits, "who has none is asked for none");
    let caller = of(&world, browser.token.as_ref().expect("a token")).await;
    second_factors::offer(&world.app, &caller.confirmed().expect("fresh")).await.expect("offered");
    let refused = second_factors::turn_on(&world.app, &caller.confirmed().expect("fresh"), "000000").await.map(drop);
    assert_eq!(refused, Err(wrong()));
    assert!(!first_step(&world, &email).await.1, "one that is only offered is not asked for");
    assert_eq!(turn_on(&world, &caller).await.len(), 10);
    let page = second_factors::page(&world.app, &caller, None).await.expect("a page");
    assert!(
        matches!(page.authenticator, Authenticator::On { .. }) && page.codes_left == 10 && page.new_codes.is_empty()
    );

    world.app.clock.advance(TimeDelta::minutes(1));
    let (browser, awaits) = first_step(&world, &email).await;
    assert!(awaits);
    let half = browser.token.clone().expect("a token");
    assert!(of(&world, &half).await.0.is_none(), "the password alone opens nothing");
    assert_eq!(second_factors::give(&world.app, &browser, "000000").await.map(drop), Err(wrong()));
    let code = shown(&world).await;
    let begun = second_factors::give(&world.app, &browser, &code).await.expect("begun");
    assert!(of(&world, &begun.token).await.0.is_some() && of(&world, &half).await.0.is_none());

    let (again, _) = first_step(&world, &email).await;
    assert_eq!(second_factors::give(&world.app, &again, &code).await.map(drop), Err(wrong()), "each code once");
    world.app.clock.advance(TimeDelta::minutes(10));
    let late = second_factors::give(&world.app, &again, &shown(&world).await).await.map(drop);
    assert_eq!(late, Err(Problem::SignInRequired), "ten minutes later from the beginning");
    assert_eq!(second_factors::give(&world.app, &client(None), &code).await.map(drop), Err(Problem::SignInRequired));
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn who_types_a_wrong_code_reads_so_and_who_is_late_begins_again(pool: PgPool) {
    let (world, _, email) = world(pool).await;
    let (browser, _) = first_step(&world, &email).await;
    turn_on(&world, &of(&world, browser.token.as_ref().expect("a token")).await).await;
    let (half, awaits) = first_step(&world, &email).await;
    assert!(awaits);
    let cookie = format!("linka={}", half.token.expect("a token").to_hex());
    let site = Site::serve(world.app.clone()).await;
    let give = async || {
        let fields = [("next", "/requests"), ("one_time_code", "000000")];
        site.post("/api/sign-in/code", &cookie, "/sign-in/code?next=/requests", &fields).await
    };
    let wrong = give().await;
    assert_eq!(wrong.status, 422, "{}", wrong.body);
    assert!(
        wrong.body.contains("id=\"one_time_code-error\"") && wrong.body.contains("Kód nesouhlasí"),
        "{}",
        wrong.body
    );
    world.app.clock.advance(TimeDelta::minutes(11));
    let late = give().await;
    assert_eq!(
        (late.status, late.location.as_deref()),
        (303, Some("/sign-in?next=%2Frequests")),
        "not back to the code"
    );
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_recovery_code_counts_once_and_new_ones_end_the_old(pool: PgPool) {
    let (world, _, email) = world(pool).await;
    let (browser, _) = first_step(&world, &email).await;
    let caller = of(&world, browser.token.as_ref().expect("a token")).await;
    let codes = turn_on(&world, &caller).await;
    let give = async |code: &str| {
        let (browser, _) = first_step(&world, &email).await;
        second_factors::give(&world.app, &browser, code).await.map(drop)
    };
    assert_eq!(give(&codes[0].to_lowercase()).await, Ok(()));
    assert_eq!(give(&codes[0]).await, Err(wrong()));
    let made = second_factors::new_codes(&world.app, &caller.confirmed().expect("fresh")).await.expect("made");
    assert_eq!(give(&codes[1]).await, Err(wrong()), "of before");
    let page = second_factors::page(&world.app, &caller, Some(made)).await.expect("a page");
    assert_eq!(page.codes_left, 10);
    assert_eq!(give(&page.new_codes[3]).await, Ok(()));
    second_factors::turn_off(&world.app, &caller.confirmed().expect("fresh")).await.expect("off");
    assert!(!first_step(&world, &email).await.1);
    assert_eq!(world.id("select count(*) from recovery_code").await, 0);
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn guessing_codes_is_braked_wherever_it_comes_from(pool: PgPool) {
    let (world, _, email) = world(pool).await;
    let (browser, _) = first_step(&world, &email).await;
    let caller = of(&world, browser.token.as_ref().expect("a token")).await;
    turn_on(&world, &caller).await;
    world.app.clock.advance(TimeDelta::minutes(1));
    for guess in 0..20_u8 {
        let (browser, _) = first_step(&world, &email).await;
        let elsewhere = Client { address: Some([198, 51, 100, guess].into()), ..browser };
        assert_eq!(second_factors::give(&world.app, &elsewhere, "000000").await.map(drop), Err(wrong()));
    }
    let (browser, _) = first_step(&world, &email).await;
    let elsewhere = Client { address: Some([203, 0, 113, 7].into()), ..browser };
    let braked = second_factors::give(&world.app, &elsewhere, &shown(&world).await).await.map(drop);
    assert_eq!(braked, Err(Problem::Throttled { retry_after_s: 900 }), "even the right one");
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn codes_that_are_guessed_at_once_find_no_more_room(pool: PgPool) {
    let (world, _, email) = world(pool).await;
    let (browser, _) = first_step(&world, &email).await;
    let caller = of(&world, browser.token.as_ref().expect("a token")).await;
    turn_on(&world, &caller).await;
    world.app.clock.advance(TimeDelta::minutes(1));
    let (browser, _) = first_step(&world, &email).await;
    let mut guesses = JoinSet::new();
    for guess in 0..40_u8 {
        let (app, browser) = (world.app.clone(), browser.clone());
        let elsewhere = Client { address: Some([198, 51, 100, guess].into()), ..browser };
        guesses.spawn(async move { second_factors::give(&app, &elsewhere, "000000").await.map(drop) });
    }
    let told = guesses.join_all().await;
    assert_eq!(told.iter().filter(|told| **told == Err(wrong())).count(), 20, "{told:?}");
    let braked = Err(Problem::Throttled { retry_after_s: 900 });
    assert_eq!(told.iter().filter(|told| **told == braked).count(), 20, "{told:?}");
}

/// Whether the page of the second factor asks that one be turned on.
async fn asked_to(site: &Site, cookie: &str) -> bool {
    site.get("/account/second-factor", cookie).await.body.contains("Zapněte ho, potom budete pokračovat.")
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_manager_has_to_have_one_but_in_the_demo(pool: PgPool) {
    let (mut world, _, _) = world(pool).await;
    let manager = world.staff(StaffRole::Manager).await;
    let dispatcher = world.staff(StaffRole::Dispatcher).await;
    let cookie = world.cookie(&manager).await;
    let site = Site::serve(world.app.clone()).await;
    assert_eq!(site.get("/settings/staff", &cookie).await.status, 200, "the demo's passwords are known to all anyway");

    world.app.settings = Arc::new(AppSettings { https: false, demo: false, behind_proxy: false, proxy_header: None });
    let site = Site::serve(world.app.clone()).await;
    let asked = site.get("/settings/staff", &cookie).await;
    assert_eq!(
        (asked.status, asked.location.as_deref()),
        (303, Some("/account/second-factor?next=%2Fsettings%2Fstaff"))
    );
    assert_eq!(site.get("/account/second-factor", &cookie).await.status, 200);
    let refused = site.post("/api/staff/unlock", &cookie, "/settings/staff", &[("person", "1")]).await;
    assert_ne!(refused.location.as_deref(), Some("/settings/staff/1"), "forms as well: {}", refused.status);
    let others = world.cookie(&dispatcher).await;
    assert_eq!(site.get("/desk/queue", &others).await.status, 200, "who does not manage is not asked");

    assert!(asked_to(&site, &cookie).await, "who has none is told that one has to be");
    turn_on(&world, &manager).await;
    assert!(!asked_to(&site, &cookie).await, "and who has one is not asked for it any more");
    assert_eq!(site.get("/settings/staff", &cookie).await.status, 200);
    // Who has lost all of it is let in again by a colleague.
    let other = world.staff(StaffRole::Manager).await.manager().expect("a manager");
    let id = manager.staff().expect("staff").id();
    staff::forget_factor(&world.app, &other, id).await.expect("forgotten");
    assert_eq!(world.id("select count(*) from authenticator").await, 0);
    assert_eq!(site.get("/settings/staff", &cookie).await.status, 303, "and signed out");
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_code_proves_anew_who_it_is_as_the_password_does(pool: PgPool) {
    let (world, _, email) = world(pool).await;
    let (browser, _) = first_step(&world, &email).await;
    let token = browser.token.clone().expect("a token");
    let caller = of(&world, &token).await;
    turn_on(&world, &caller).await;
    world.app.clock.advance(TimeDelta::minutes(10));
    let stale = of(&world, &token).await;
    assert_eq!(stale.confirmed().map(drop), Err(Problem::ConfirmRequired));
    let session = stale.session().expect("a session");
    let confirm = async |proof: (&str, &str)| accounts::confirm_session(&world.app, &browser, session, proof).await;
    assert_eq!(confirm(("", "000000")).await, Err(wrong()));
    assert!(confirm(("", "")).await.is_err());
    assert_eq!(confirm(("", &shown(&world).await)).await, Ok(()));
    assert!(of(&world, &token).await.confirmed().is_ok());
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn who_buys_has_to_have_one_and_orders_without(pool: PgPool) {
    let world = World::new(pool).await;
    let place = world.place("Škola").await;
    let orders = world.member(place.customer, Capabilities::NONE.with(Capability::Order)).await;
    let mut buyer = place.boss;
    assert!(buyer.needs_factor(false) && !orders.needs_factor(false), "who moves money");
    assert!(!buyer.needs_factor(true), "and nobody in a demo");
    if let Some(session) = &mut buyer.0 {
        session.proof.lacks_factor = true;
    }
    assert_eq!(buyer.may_buy().map(drop), Err(Problem::FactorRequired));
    assert!(buyer.may_order().is_ok() && buyer.may_see_billing().is_ok(), "what moves no money is open");
}
