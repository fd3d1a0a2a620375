//! Devices: whose they are, how they are turned on and off, and by what a browser is known.

use chrono::TimeDelta;
use linka::{
    model::{people::members::StaffRole, problem::Problem},
    server::{
        auth::{Caller, Client, tokens::Token},
        db::{MIGRATIONS, people::sessions},
        random::Random,
        service::{
            people::{accounts, staff},
            work::{pushes, wishes},
        },
    },
};
use sqlx::PgPool;

use super::{Browser, browser, devices, line_with_service, plan, run, staff_of, states, subscribe, subscribe_here};
use crate::support::{Site, World};

#[sqlx::test(migrator = "MIGRATIONS")]
async fn whoever_is_signed_out_is_notified_no_more(pool: PgPool) {
    let (world, service) = line_with_service(pool).await;
    let one = world.staff(StaffRole::Technician).await;
    let (here, there) = (subscribe(&world, &service, &one).await, subscribe(&world, &service, &one).await);
    accounts::end_other_sessions(&world.app, &here.caller.confirmed().expect("fresh")).await.expect("ended");
    assert_eq!(devices(&world).await, 1, "what was turned on elsewhere is off");
    let again = subscribe(&world, &service, &there.caller).await;
    accounts::end_session(
        &world.app,
        &here.caller.confirmed().expect("fresh"),
        again.caller.session().expect("a session").id,
    )
    .await
    .expect("ended");
    assert_eq!(devices(&world).await, 1, "one that was ended from here");
    accounts::sign_out(&world.app, &browser(None, None), &here.caller).await.expect("out");
    assert_eq!(devices(&world).await, 0);

    subscribe(&world, &service, &one).await;
    let manager = world.staff(StaffRole::Manager).await.manager().expect("a manager");
    staff::end_sessions(&world.app, &manager, staff_of(&one).id()).await.expect("signed out everywhere");
    assert_eq!(devices(&world).await, 0);

    subscribe(&world, &service, &one).await;
    plan(&world, staff_of(&one).id(), "2026-000001", 3).await;
    world.sql(&format!("update staff set active = false where id = {}", staff_of(&one).id())).await;
    assert_eq!(
        (devices(&world).await, states(&world).await.len()),
        (0, 0),
        "who left is told nothing, not even what waited"
    );
    run(&world).await;
    assert_eq!(service.taken().len(), 0);
}

/// The person whose session a token is.
async fn session(world: &World, token: &Token) -> Caller {
    let mut tx = world.app.db.system().await.expect("a transaction");
    let live = sessions::find(&mut tx, token.hash(), true, world.app.clock.now()).await.expect("an answer");
    Caller(live.map(|live| live.session))
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn whoever_signs_in_again_is_notified_until_signing_out_and_not_in_front_of_a_colleague(pool: PgPool) {
    let (world, service) = line_with_service(pool).await;
    let (one, other) = (world.staff(StaffRole::Technician).await, world.staff(StaffRole::Technician).await);
    let hash = world.app.passwords.hash("spravne heslo 123".into()).await.expect("a hash");
    world.sql(&format!("update login set password_hash = '{hash}'")).await;
    let sign_in = async |caller: &Caller, browser: &Client| {
        let email = format!("staff{}@example.com", staff_of(caller).id());
        let signed_in = accounts::sign_in(&world.app, browser, &email, "spravne heslo 123").await.expect("signed in");
        Client { token: Some(signed_in.token), device: Some(signed_in.device), ..browser.clone() }
    };
    let whose = async |client: &Client| session(&world, client.token.as_ref().expect("a token")).await;
    let yesterday = sign_in(&one, &browser(None, None)).await;
    subscribe_here(&world, &service, &whose(&yesterday).await).await;
    // So long that nothing of the session is left.
    world.app.clock.advance(TimeDelta::days(30));
    sign_in(&other, &browser(None, None)).await;
    assert_eq!(world.id("select count(*) from session").await, 1, "it was swept");
    assert_eq!(devices(&world).await, 1, "a session that ends by itself turns nothing off");
    let today = sign_in(&one, &yesterday).await;
    assert_eq!(devices(&world).await, 1, "what was turned on goes on");
    accounts::sign_out(&world.app, &today, &whose(&today).await).await.expect("out");
    assert_eq!(devices(&world).await, 0, "until its person signs out, in whichever session");

    let left_open = sign_in(&one, &today).await;
    subscribe_here(&world, &service, &whose(&left_open).await).await;
    sign_in(&other, &left_open).await;
    assert_eq!(devices(&world).await, 0, "who has the browser now is told nothing of hers");

    let forgotten = sign_in(&one, &browser(None, None)).await;
    subscribe_here(&world, &service, &whose(&forgotten).await).await;
    world.app.clock.advance(TimeDelta::hours(14));
    accounts::sign_out(&world.app, &forgotten, &Caller(None)).await.expect("out");
    assert_eq!(devices(&world).await, 0, "signing out means it, though the session has ended by itself");
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_browser_that_is_known_by_another_cookie_is_still_its_persons(pool: PgPool) {
    let (world, service) = line_with_service(pool).await;
    let one = world.staff(StaffRole::Technician).await;
    let hash = world.app.passwords.hash("spravne heslo 123".into()).await.expect("a hash");
    world.sql(&format!("update login set password_hash = '{hash}'")).await;
    let email = format!("staff{}@example.com", staff_of(&one).id());
    let sign_in = async |browser: &Client| {
        let signed_in = accounts::sign_in(&world.app, browser, &email, "spravne heslo 123").await.expect("signed in");
        Client { token: Some(signed_in.token), device: Some(signed_in.device), ..browser.clone() }
    };
    let first = sign_in(&browser(None, None)).await;
    subscribe_here(&world, &service, &session(&world, first.token.as_ref().expect("a token")).await).await;
    // The server has forgotten the browser: too many others were used since.
    world.sql("delete from known_device").await;
    let second = sign_in(&first).await;
    assert_ne!(first.device, second.device, "it is known by something else");
    accounts::sign_out(&world.app, &second, &Caller(None)).await.expect("out");
    assert_eq!(devices(&world).await, 0, "what was turned on before went along");
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_browser_is_followed_to_its_new_address_by_its_own_cookie(pool: PgPool) {
    let (world, service) = line_with_service(pool).await;
    let technician = world.staff(StaffRole::Technician).await;
    let cookie = world.cookie(&technician).await;
    let former = subscribe_here(&world, &service, &technician).await;
    // The world's sessions are known by the token of their cookie.
    let device = Token::parse(cookie.strip_prefix("linka=").expect("a cookie")).expect("a token");
    let new = Browser::new(format!("{}/new", service.origin), &technician);
    let renew = async |device: Option<Token>| pushes::renew(&world.app, &browser(None, device), &new.typed).await;
    assert_eq!(renew(None).await, Err(Problem::NotFound), "a browser that nobody knows");
    assert_eq!(renew(Some(Token::new(&Random::System))).await, Err(Problem::NotFound), "another one");
    for _ in 0..2 {
        assert_eq!(renew(Some(device.clone())).await, Ok(()), "twice is once");
    }
    plan(&world, staff_of(&technician).id(), "2026-000001", 3).await;
    run(&world).await;
    assert_eq!(new.reads(&service.only())["tag"], "2026-000001", "encrypted for the new keys");
    assert_ne!(former.typed.endpoint, new.typed.endpoint);
    let site = Site::serve(world.app.clone()).await;
    let typed = Browser::new(format!("{}/newer", service.origin), &technician).typed;
    let fields =
        [("endpoint", typed.endpoint.as_str()), ("p256dh", typed.p256dh.as_str()), ("auth", typed.auth.as_str())];
    let sent = site.post("/api/account/push/renew", &format!("linka-device={}", device.to_hex()), "/", &fields).await;
    assert!(sent.status < 400, "nobody need be signed in: {}", sent.status);
    let there = "select count(*) from push_device where endpoint like '%/newer'";
    assert_eq!(world.id(there).await, 1);
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_device_is_one_persons_and_a_person_has_so_many(pool: PgPool) {
    let (world, service) = line_with_service(pool).await;
    let (one, other) = (world.staff(StaffRole::Technician).await, world.staff(StaffRole::Technician).await);
    let shared = subscribe(&world, &service, &one).await;
    let again = async |caller: &Caller| {
        pushes::add(&world.app, caller, "Edg/140", &shared.typed).await.expect("added");
    };
    world.cookie(&other).await;
    again(&shared.caller).await;
    assert_eq!(devices(&world).await, 1, "it comes twice and is one");
    plan(&world, staff_of(&one).id(), "2026-000001", 3).await;
    again(&other).await;
    run(&world).await;
    assert_eq!(service.taken().len(), 0, "what waited for one is not shown to the other");
    let page = async |caller: &Caller| wishes::page(&world.app, caller).await.expect("a page").devices;
    assert_eq!((page(&one).await.len(), page(&other).await.len()), (0, 1), "whoever turned it on last has it");
    let device = page(&other).await[0].id;
    pushes::remove(&world.app, &one, device).await.expect("nothing of theirs");
    assert_eq!(page(&other).await.len(), 1, "a colleague's is not mine to remove");
    pushes::remove(&world.app, &other, device).await.expect("removed");
    assert_eq!(devices(&world).await, 0);
    world.sql("update line_limit set devices = 3").await;
    let first = subscribe(&world, &service, &one).await.typed.endpoint;
    for _ in 0..3 {
        world.app.clock.advance(TimeDelta::minutes(1));
        subscribe(&world, &service, &one).await;
    }
    assert_eq!((devices(&world).await, page(&one).await.len()), (3, 3));
    let oldest = format!("select count(*) from push_device where endpoint = '{first}'");
    assert_eq!(world.id(&oldest).await, 0, "the oldest has gone");
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn the_page_lists_devices_and_turns_them_off_without_script(pool: PgPool) {
    let (world, service) = line_with_service(pool).await;
    let (technician, place) = (world.staff(StaffRole::Technician).await, world.place("A").await);
    let (cookie, member) = (world.cookie(&technician).await, world.cookie(&place.boss).await);
    let (site, page) = (Site::serve(world.app.clone()).await, "/account/mails");
    let typed = Browser::new(format!("{}/x", service.origin), &technician).typed;
    let fields =
        [("endpoint", typed.endpoint.as_str()), ("p256dh", typed.p256dh.as_str()), ("auth", typed.auth.as_str())];
    assert_eq!(site.post("/api/account/push/add", &cookie, page, &fields).await.status, 303);
    assert_eq!(devices(&world).await, 1);
    let answer = site.get(page, &cookie).await;
    assert!(answer.body.contains("/api/account/push/remove") && answer.body.contains("Poslat zkušební upozornění"));
    let device = world.id("select id from push_device").await.to_string();
    let turned_off = site.post("/api/account/push/remove", &cookie, page, &[("device", &device)]).await;
    assert_eq!((turned_off.status, devices(&world).await), (303, 0));
    assert_eq!(world.id("select count(*) from audit_entry where subject = 'push_device'").await, 2);
    assert_eq!(site.post("/api/account/push/add", &member, page, &fields).await.status, 303);
    assert_eq!(devices(&world).await, 1, "a customer's person has one, too");
    let said: String = sqlx::query_scalar(
        "select string_agg(coalesce(before::text, '') || coalesce(after::text, ''), '') from audit_entry
                            where subject = 'push_device'",
    )
    .fetch_one(world.app.db.pool())
    .await
    .expect("what the audit says");
    assert!(!said.contains(&service.origin), "not where to write to: {said}");
}
