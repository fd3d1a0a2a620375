//! The vendor's people: how they come in, what they may be, and how they leave.

use std::sync::Arc;

use chrono::TimeDelta;
use linka::{
    model::{
        base::{fields::FieldCode, ids::StaffId, seen::Seen, terms::Urgency},
        people::{
            members::{StaffRole, StaffRoles},
            passwords::SignInState,
            staff::StaffForm,
        },
        problem::Problem,
    },
    server::{
        auth::{Manager, tokens::Token},
        db::MIGRATIONS,
        service::people::{accounts, passwords, staff},
    },
};
use sqlx::PgPool;

use super::sign_in::{PASSWORD, client};
use crate::support::{Site, World};

const ZORA: &str = "zora@vendor.cz";

fn person(name: &str, email: &str, roles: impl Into<StaffRoles>) -> StaffForm {
    StaffForm { name: name.into(), email: email.into(), roles: roles.into(), ..StaffForm::default() }
}

async fn manager(world: &World) -> Manager {
    world.staff(StaffRole::Manager).await.manager().expect("a manager")
}

async fn choose(world: &World, token: &Token, password: &str) -> Result<(), Problem> {
    passwords::choose(&world.app, &token.to_hex(), password, password).await
}

async fn signs_in(world: &World, password: &str) -> bool {
    accounts::sign_in(&world.app, &client(None), ZORA, password).await.is_ok()
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_link_lets_one_person_choose_one_password(pool: PgPool) {
    let world = World::new(pool).await;
    let manager = manager(&world).await;
    let (id, token) =
        staff::invite(&world.app, &manager, &person("Zora", ZORA, StaffRole::Dispatcher)).await.expect("invited");
    assert!(!signs_in(&world, "").await && !signs_in(&world, PASSWORD).await, "no password is right yet");
    let for_whom = passwords::page(&world.app, &token.to_hex()).await.expect("a page").person;
    assert_eq!(for_whom, Some(("Zora".into(), ZORA.into())));

    let short = choose(&world, &token, "krátké").await;
    assert_eq!(short, Err(Problem::field("password", FieldCode::TooShort)));
    choose(&world, &token, PASSWORD).await.expect("chosen");
    assert!(signs_in(&world, PASSWORD).await);
    assert_eq!(choose(&world, &token, "jine heslo 12345").await, Err(Problem::NotFound), "it is used up");
    assert_eq!(passwords::page(&world.app, &token.to_hex()).await.expect("a page").person, None);
    assert!(signs_in(&world, PASSWORD).await, "the first one counts");

    // A new link leaves the old password alone until it is used, and then ends every session.
    let token = staff::new_link(&world.app, Some(manager.id()), id).await.expect("a link");
    assert!(signs_in(&world, PASSWORD).await);
    choose(&world, &token, "jine heslo 12345").await.expect("chosen");
    assert!(!signs_in(&world, PASSWORD).await && signs_in(&world, "jine heslo 12345").await);
    assert_eq!(world.id("select count(*) from session where login_id <> 1").await, 1, "of the last sign-in");
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_link_ends_after_three_days_or_by_the_next_one(pool: PgPool) {
    let world = World::new(pool).await;
    let manager = manager(&world).await;
    let zora = person("Zora", ZORA, StaffRole::Dispatcher);
    let (id, first) = staff::invite(&world.app, &manager, &zora).await.expect("invited");
    // The form that came twice, or once more from Back.
    let (again, second) = staff::invite(&world.app, &manager, &zora).await.expect("invited again");
    assert_eq!(id, again, "it is the same person");
    assert_eq!(choose(&world, &first, PASSWORD).await, Err(Problem::NotFound));
    world.app.clock.advance(TimeDelta::hours(72));
    assert_eq!(choose(&world, &second, PASSWORD).await, Err(Problem::NotFound));
    let page = staff::person_page(&world.app, &manager, id, Some(second)).await.expect("a page");
    assert_eq!((page.person.sign_in, page.link), (SignInState::NotInvited, None));
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_corrected_address_ends_what_the_former_one_opened_and_both_are_told(pool: PgPool) {
    let world = World::new(pool).await;
    let manager = manager(&world).await;
    let (id, token) =
        staff::invite(&world.app, &manager, &person("Zora", ZORA, StaffRole::Dispatcher)).await.expect("invited");
    choose(&world, &token, PASSWORD).await.expect("chosen");
    assert!(signs_in(&world, PASSWORD).await);
    let link = staff::new_link(&world.app, Some(manager.id()), id).await.expect("a link");
    let form = staff::person_page(&world.app, &manager, id, None).await.expect("a page").person.form;
    let seen = Seen::of(&form.address_fields());
    let change =
        async |address: &str, seen: &Seen| staff::change_address(&world.app, &manager, id, address, seen).await;

    let wrong = |code| Err(Problem::field("email", code));
    assert_eq!(change("zora", &seen).await, wrong(FieldCode::NotAnEmail));
    let boss = world.place("A").await.boss.member().expect("a member").id();
    let used = format!("member{boss}@example.com");
    assert_eq!(change(&used, &seen).await, wrong(FieldCode::AlreadyUsed), "a customer's member signs in with it");
    assert!(signs_in(&world, PASSWORD).await, "what is refused changes nothing");

    for _ in 0..2 {
        change(" Zora.Nova@vendor.cz", &seen).await.expect("changed, once");
    }
    assert!(!signs_in(&world, PASSWORD).await, "the former address opens nothing");
    assert_eq!(choose(&world, &link, "jine heslo 12345").await, Err(Problem::NotFound), "nor does its link");
    let sessions = format!("select count(*) from session s join login l on l.id = s.login_id where l.staff_id = {id}");
    assert_eq!(world.id(&sessions).await, 0);
    assert!(accounts::sign_in(&world.app, &client(None), "zora.nova@vendor.cz", PASSWORD).await.is_ok());
    let told: Vec<(String, Option<String>)> =
        sqlx::query_as("select to_address, content ->> 'address' from mail where kind = 'address_changed' order by 1")
            .fetch_all(world.app.db.pool())
            .await
            .expect("mails");
    let new = "zora.nova@vendor.cz".to_owned();
    assert_eq!(told, [(new.clone(), Some(new)), (ZORA.to_owned(), None)], "the former one is not told the new one");
    let audited =
        "select count(*) from audit_entry where subject = 'login' and change = 'update' and before ->> 'email' = '";
    assert_eq!(world.id(&format!("{audited}{ZORA}'")).await, 1);
    staff::set_active(&world.app, &manager, id, false).await.expect("gone");
    assert_eq!(change("jina@vendor.cz", &Seen::default()).await, Err(Problem::NotFound));
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn an_address_is_one_persons(pool: PgPool) {
    let world = World::new(pool).await;
    let manager = manager(&world).await;
    world.place("A").await;
    let members: String = sqlx::query_scalar("select email from login where member_id is not null")
        .fetch_one(world.app.db.pool())
        .await
        .expect("the member's");
    let used = Err(Problem::field("email", FieldCode::AlreadyUsed));
    let invite = async |name, email: &str| {
        staff::invite(&world.app, &manager, &person(name, email, StaffRole::Manager)).await.map(|(id, _)| id)
    };
    assert_eq!(invite("Zora", &members).await, used, "a customer's member signs in with it");
    invite("Zora", ZORA).await.expect("invited");
    assert_eq!(invite("Zdena", ZORA).await, used);
    assert_eq!(world.id("select count(*) from staff").await, 2, "who was refused is not there");
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn one_person_may_do_several_kinds_of_work(pool: PgPool) {
    let world = World::new(pool).await;
    let manager = manager(&world).await;
    let roles = StaffRoles::from(StaffRole::Technician).with(StaffRole::Dispatcher);
    let mut zora = person("Zora", ZORA, roles);
    zora.skills = vec!["programs".into(), "no such".into()];
    zora.regions = vec!["Morava".into(), "no such".into()];
    let (id, token) = staff::invite(&world.app, &manager, &zora).await.expect("invited");
    choose(&world, &token, PASSWORD).await.expect("chosen");
    let signed_in = accounts::sign_in(&world.app, &client(None), ZORA, PASSWORD).await.expect("signed in");
    let site = Site::serve(world.app.clone()).await;
    let cookie = format!("linka={}", signed_in.token.to_hex());
    for (page, status) in [("/desk", 200), ("/work", 200), ("/desk/customers", 200), ("/settings/staff", 403)] {
        assert_eq!(site.get(page, &cookie).await.status, status, "{page}");
    }
    let page = staff::person_page(&world.app, &manager, id, None).await.expect("a page");
    assert_eq!(page.person.form.skills, ["programs"]);
    assert_eq!((page.person.form.regions, page.regions.len()), (vec!["Morava".to_owned()], 3));
    let place = world.place("A").await;
    let orderer = place.boss.may_order().expect("an orderer");
    let order = world.order(&orderer, Urgency::Normal).await;
    assert!(!world.starts(&orderer, order).await.is_empty(), "the new technician works in the line's hours");
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_technician_of_the_customers_region_gets_it_and_another_one_when_there_is_none(pool: PgPool) {
    let world = World::new(pool).await;
    world.technicians(2, "07:00", "15:30").await;
    world.without_reserve().await;
    let place = world.place("A").await;
    world.sql(&format!("update customer set region = 'Morava' where id = {}", place.customer)).await;
    let elsewhere = StaffId(world.id("select min(id) from staff where name = 'T0'").await);
    world.sql(&format!("insert into staff_region (staff_id, region) values ({elsewhere}, 'Severovýchod')")).await;
    let orderer = place.boss.may_order().expect("an orderer");
    let order = world.order(&orderer, Urgency::Normal).await;
    let start = world.starts(&orderer, order).await[0];
    let number = world.book(&orderer, order, start).await.expect("a booking");
    assert_ne!(world.technician_of(number).await.id(), elsewhere, "Morava is not theirs");
    let order = world.order(&orderer, Urgency::Normal).await;
    assert_eq!(world.starts(&orderer, order).await[0], start, "nothing is offered less");
    let number = world.book(&orderer, order, start).await.expect("a booking");
    assert_eq!(world.technician_of(number).await.id(), elsewhere);
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn who_leaves_is_out_at_once_and_may_come_back(pool: PgPool) {
    let world = World::new(pool).await;
    let manager = manager(&world).await;
    let (id, token) =
        staff::invite(&world.app, &manager, &person("Zora", ZORA, StaffRole::Technician)).await.expect("invited");
    choose(&world, &token, PASSWORD).await.expect("chosen");
    assert!(signs_in(&world, PASSWORD).await);
    let link = staff::new_link(&world.app, None, id).await.expect("a link");
    staff::set_active(&world.app, &manager, id, false).await.expect("gone");
    assert!(!signs_in(&world, PASSWORD).await);
    assert_eq!(choose(&world, &link, "jine heslo 12345").await, Err(Problem::NotFound), "by no old link either");
    assert_eq!(staff::new_link(&world.app, None, id).await.map(drop), Err(Problem::NotFound));
    assert_eq!(world.id("select count(*) from working_plan").await, 0);
    staff::set_active(&world.app, &manager, id, true).await.expect("back");
    assert!(signs_in(&world, PASSWORD).await);
    assert_eq!(world.id("select count(*) from working_plan").await, 5);
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_technician_with_appointments_to_keep_stays_one(pool: PgPool) {
    let world = World::new(pool).await;
    let manager = manager(&world).await;
    world.technicians(1, "07:00", "15:30").await;
    let technician = StaffId(world.id("select id from staff where name = 'T0'").await);
    let email = format!("staff{technician}@example.com");
    world.sql(&format!("insert into login (email, staff_id) values ('{email}', {technician})")).await;
    let place = world.place("A").await;
    let orderer = place.boss.may_order().expect("an orderer");
    let order = world.order(&orderer, Urgency::Normal).await;
    let start = world.starts(&orderer, order).await[0];
    world.book(&orderer, order, start).await.expect("a booking");

    let leaves = staff::set_active(&world.app, &manager, technician, false).await;
    assert_eq!(leaves, Err(Problem::AppointmentsAhead));
    let dispatcher = person("T0", "", StaffRole::Dispatcher);
    assert_eq!(
        staff::save(&world.app, &manager, technician, &dispatcher, &Seen::default()).await,
        Err(Problem::AppointmentsAhead)
    );
    assert_eq!(world.id("select count(*) from working_plan").await, 5, "what is refused changes nothing");
    world.app.clock.advance(TimeDelta::days(30));
    staff::set_active(&world.app, &manager, technician, false).await.expect("it is over");
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn race_nothing_is_agreed_with_a_technician_who_is_leaving(pool: PgPool) {
    let world = Arc::new(World::new(pool).await);
    let manager = manager(&world).await;
    let place = world.place("A").await;
    let orderer = place.boss.may_order().expect("an orderer");
    let (mut left, mut stayed) = (0, 0);
    for round in 0..24 {
        let name = format!("T {round}");
        let mut typed = person(&name, &format!("t{round}@vendor.cz"), StaffRole::Technician);
        typed.skills = vec!["programs".into()];
        let (id, _) = staff::invite(&world.app, &manager, &typed).await.expect("invited");
        let order = world.order(&orderer, Urgency::Normal).await;
        let start = world.starts(&orderer, order).await[0];
        let booking = {
            let (world, orderer) = (Arc::clone(&world), orderer.clone());
            tokio::spawn(async move { world.book(&orderer, order, start).await })
        };
        // The leaving meets each step of the booking in some of the rounds.
        for _ in 0..round * 3 {
            tokio::task::yield_now().await;
        }
        let leaving = staff::set_active(&world.app, &manager, id, false).await;
        let booked = booking.await.expect("no panic");
        match (leaving, booked) {
            (Ok(()), Err(_)) => left += 1,
            (Err(Problem::AppointmentsAhead), Ok(_)) => {
                stayed += 1;
                world.sql("update appointment set state = 'cancelled' where state = 'confirmed'").await;
                staff::set_active(&world.app, &manager, id, false).await.expect("free to leave");
            }
            // It was held when it was asked, and the time was given up afterwards.
            (Err(Problem::AppointmentsAhead), Err(_)) => {
                world.sql("delete from appointment where state = 'held'").await;
                staff::set_active(&world.app, &manager, id, false).await.expect("free to leave");
            }
            (leaving, booked) => panic!("round {round}: {leaving:?}, {booked:?}"),
        }
        let lost = "select count(*) from appointment a join staff s on s.id = a.technician_id
                    where not s.active and a.state in ('held', 'confirmed')";
        assert_eq!(world.id(lost).await, 0, "round {round}");
    }
    assert!(left + stayed > 0, "{left} left, {stayed} stayed");
    assert_eq!(world.deadlocks().await, 0);
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn race_of_two_managers_who_send_each_other_away_leaves_one(pool: PgPool) {
    let world = World::new(pool).await;
    let (one, other) = (manager(&world).await, manager(&world).await);
    for _ in 0..8 {
        let (first, second) = tokio::join!(
            staff::set_active(&world.app, &one, other.id(), false),
            staff::set_active(&world.app, &other, one.id(), false),
        );
        assert!(
            matches!((&first, &second), (Ok(()), Err(Problem::LastManager)) | (Err(Problem::LastManager), Ok(()))),
            "{first:?}, {second:?}"
        );
        assert_eq!(world.id("select count(*) from staff where active").await, 1);
        world.sql("update staff set active = true").await;
    }
    let dispatcher = person("Z", "", StaffRole::Dispatcher);
    staff::save(&world.app, &one, other.id(), &dispatcher, &Seen::default()).await.expect("one is left");
    assert_eq!(staff::save(&world.app, &one, one.id(), &dispatcher, &Seen::default()).await, Err(Problem::LastManager));
    assert_eq!(world.deadlocks().await, 0);
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn the_link_is_shown_to_the_manager_and_stored_nowhere(pool: PgPool) {
    let world = World::new(pool).await;
    let caller = world.staff(StaffRole::Manager).await;
    let cookie = world.cookie(&caller).await;
    let site = Site::serve(world.app.clone()).await;
    let fields = [("name", "Zora"), ("email", ZORA), ("roles[dispatcher]", "true")];
    let answer = site.post("/api/staff/invite", &cookie, "/settings/staff", &fields).await;
    assert_eq!(answer.status, 303, "{}", answer.body);
    let page = answer.location.expect("a location");
    let set = answer.headers["set-cookie"].to_str().expect("a cookie").to_owned();
    for part in ["HttpOnly", "SameSite=Strict", "Path=/settings/staff", "Max-Age=600"] {
        assert!(set.contains(part), "{set}");
    }
    let handed_over = set.split(';').next().expect("a cookie");
    let shown = site.get(&page, &format!("{cookie}; {handed_over}")).await.body;
    let token = handed_over.rsplit('.').next().expect("a secret");
    assert!(shown.contains(&format!("https://linka.example.com/password?token={token}")), "{shown}");
    assert!(!site.get(&page, &cookie).await.body.contains(token), "to nobody else");
    let other = site.get("/settings/staff/1", &format!("{cookie}; {handed_over}")).await.body;
    assert!(!other.contains(token), "on no other page");
    let stored = format!("select count(*) from password_link where encode(token_hash, 'hex') = '{token}'");
    assert_eq!(world.id(&stored).await, 0);

    let refused =
        site.post("/api/staff/invite", &cookie, "/settings/staff", &[("name", "Zdena"), ("email", "z")]).await;
    assert_eq!(refused.status, 422);
    assert!(refused.body.contains("Zdena") && refused.body.contains("roles-error"), "{}", refused.body);
    let wrong = [("token", token), ("password", "kratke heslo"), ("password_again", "kratke heslo")];
    let refused = site.post("/api/password/choose", "", &format!("/password?token={token}"), &wrong).await;
    assert_eq!(refused.status, 422);
    assert!(!refused.body.contains("kratke heslo"), "a password is never sent back");
    // Of whoever is signed in, refused forms are kept; of this one nothing is left to keep.
    let refused = site.post("/api/password/choose", &cookie, &format!("/password?token={token}"), &wrong).await;
    assert_eq!(refused.status, 422);
    assert!(refused.body.contains(token), "it can be sent again");
    let kept = "select count(*) from kept_form where page = '/password'";
    assert_eq!(world.id(kept).await, 0, "neither the secret nor the password");
    assert_eq!(world.id("select count(*) from kept_form").await, 1, "the refused invitation is");
}
