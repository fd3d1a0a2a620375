//! People of customers: with a sign-in or without, what they may do and are told, and how they leave.

use linka::{
    model::{
        base::{
            fields::FieldCode,
            ids::{CustomerId, MemberId},
            seen::Seen,
        },
        people::{
            audit::{AuditChange, AuditFilter, AuditSubject},
            members::{Capabilities, Capability, ContactRole, ContactRoles, MemberForm, StaffRole},
            passwords::SignInState,
        },
        problem::Problem,
    },
    server::{
        auth::Desk,
        db::MIGRATIONS,
        service::people::{accounts, audit, customers, members, passwords},
    },
};
use sqlx::PgPool;

use super::sign_in::{PASSWORD, client};
use crate::support::{Site, World};

const JANA: &str = "jana@skola.cz";

async fn desk(world: &World) -> Desk {
    world.staff(StaffRole::Dispatcher).await.desk().expect("a dispatcher")
}

fn jana(signs_in: bool) -> MemberForm {
    MemberForm {
        name: "Jana Malá".into(),
        phone: "601 234 567".into(),
        email: JANA.into(),
        capabilities: Capabilities::NONE.with(Capability::Order),
        contact_roles: ContactRoles::NONE.with(ContactRole::Documents),
        signs_in,
        is_mailbox: false,
    }
}

async fn page(
    world: &World,
    desk: &Desk,
    customer: CustomerId,
    id: MemberId,
) -> linka::model::people::members::MemberPage {
    members::page(&world.app, desk, customer, Some(id), None).await.expect("a page")
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_person_without_a_sign_in_is_kept_and_gets_one_later(pool: PgPool) {
    let world = World::new(pool).await;
    let (desk, place) = (desk(&world).await, world.place("A").await);
    let key = world.app.random.uuid();
    let (id, link) = members::add(&world.app, &desk, place.customer, &jana(false), key).await.expect("added");
    assert!(link.is_none());
    let (again, _) = members::add(&world.app, &desk, place.customer, &jana(false), key).await.expect("the same form");
    assert_eq!(id, again);
    let person = page(&world, &desk, place.customer, id).await.person.expect("the person");
    assert_eq!((person.sign_in, person.form.phone.as_str()), (None, "+420601234567"));
    assert_eq!(members::new_link(&world.app, &desk, place.customer, id).await.map(drop), Err(Problem::NotFound));

    let link = members::save(&world.app, &desk, (place.customer, id), &jana(true), false, &Seen::default())
        .await
        .expect("saved");
    let link = link.expect("a link");
    let invited = page(&world, &desk, place.customer, id).await.person.expect("the person").sign_in;
    assert!(matches!(invited, Some(SignInState::Invited { .. })), "{invited:?}");
    let for_whom = passwords::page(&world.app, &link.to_hex()).await.expect("a page").person;
    assert_eq!(for_whom, Some(("Jana Malá".into(), JANA.into())));
    passwords::choose(&world.app, &link.to_hex(), PASSWORD, PASSWORD).await.expect("chosen");
    accounts::sign_in(&world.app, &client(None), JANA, PASSWORD).await.expect("signed in");
    let saved = members::save(&world.app, &desk, (place.customer, id), &jana(false), false, &Seen::default())
        .await
        .expect("saved");
    assert!(saved.is_none(), "a sign-in stays");

    members::set_active(&world.app, &desk, (place.customer, id), false, "", false).await.expect("gone");
    assert!(accounts::sign_in(&world.app, &client(None), JANA, PASSWORD).await.is_err());
    assert_eq!(world.id("select count(*) from session").await, 0, "signed out");
    members::set_active(&world.app, &desk, (place.customer, id), true, "", false).await.expect("back");
    accounts::sign_in(&world.app, &client(None), JANA, PASSWORD).await.expect("signed in again");
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_link_and_a_session_end_with_the_address_the_person_and_the_customer(pool: PgPool) {
    let world = World::new(pool).await;
    let (desk, place, app) = (desk(&world).await, world.place("A").await, &world.app);
    let manager = world.staff(StaffRole::Manager).await.manager().expect("a manager");
    let customer = place.customer;
    let (id, link) = members::add(app, &desk, customer, &jana(true), app.random.uuid()).await.expect("added");
    passwords::choose(app, &link.expect("a link").to_hex(), PASSWORD, PASSWORD).await.expect("chosen");
    let sessions = format!("select count(*) from session s join login l on l.id = s.login_id where l.member_id = {id}");
    let mut email = JANA.to_owned();
    for end in ["address", "person", "customer"] {
        accounts::sign_in(app, &client(None), &email, PASSWORD).await.expect("signed in");
        let link = members::new_link(app, &desk, customer, id).await.expect("a link");
        assert_eq!(world.id(&sessions).await, 1, "{end}");
        match end {
            "address" => {
                email = "jana.mala@skola.cz".to_owned();
                let form = MemberForm { email: email.clone(), ..jana(true) };
                members::save(app, &desk, (customer, id), &form, false, &Seen::default()).await.expect("saved");
            }
            "person" => {
                members::set_active(app, &desk, (customer, id), false, "", false).await.expect("gone");
                members::set_active(app, &desk, (customer, id), true, "", false).await.expect("back");
            }
            _ => {
                customers::set_active(app, &manager, customer, false).await.expect("gone");
                customers::set_active(app, &manager, customer, true).await.expect("back");
            }
        }
        assert_eq!(world.id(&sessions).await, 0, "{end}");
        assert_eq!(passwords::page(app, &link.to_hex()).await.expect("a page").person, None, "{end}");
        let chosen = passwords::choose(app, &link.to_hex(), PASSWORD, PASSWORD).await;
        assert_eq!(chosen, Err(Problem::NotFound), "{end}");
    }
    let filter = AuditFilter { search: String::new(), subject: Some(AuditSubject::PasswordLink) };
    let entries = audit::page(app, &manager, filter, None).await.expect("the audit").entries.rows;
    let made = entries.iter().filter(|entry| entry.change == AuditChange::Insert).collect::<Vec<_>>();
    assert_eq!(made.len(), 4, "{entries:?}");
    for entry in made {
        assert_eq!((entry.label.as_str(), entry.customer.as_ref().map(|(id, _)| *id)), ("Jana Malá", Some(customer)));
        let secret = entry.fields.iter().find(|field| field.column == "token_hash").expect("the secret");
        assert_eq!(secret.after.as_deref(), Some("…"));
    }
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn an_address_that_somebody_signs_in_with_is_refused(pool: PgPool) {
    let world = World::new(pool).await;
    let (desk, place, other) = (desk(&world).await, world.place("A").await, world.place("B").await);
    let key = || world.app.random.uuid();
    let (id, _) = members::add(&world.app, &desk, place.customer, &jana(true), key()).await.expect("added");
    let used = Err(Problem::field("email", FieldCode::AlreadyUsed));
    let second = members::add(&world.app, &desk, other.customer, &jana(true), key()).await;
    assert_eq!(second.map(drop), used);
    assert_eq!(
        world.id("select count(*) from member where name = 'Jana Malá'").await,
        1,
        "who was refused is not there"
    );
    members::add(&world.app, &desk, other.customer, &jana(false), key()).await.expect("to write to");
    let taken = MemberForm { email: format!("member{}@example.com", id.0 - 1), ..jana(true) };
    let boss: String = sqlx::query_scalar("select email from login where member_id is not null order by id limit 1")
        .fetch_one(world.app.db.pool())
        .await
        .expect("the boss's");
    let taken = members::save(
        &world.app,
        &desk,
        (place.customer, id),
        &MemberForm { email: boss, ..taken },
        false,
        &Seen::default(),
    )
    .await;
    assert_eq!(taken.map(drop), used);
    // Of another customer, the person does not exist.
    let foreign = members::save(&world.app, &desk, (other.customer, id), &jana(true), false, &Seen::default()).await;
    assert_eq!(foreign.map(drop), Err(Problem::NotFound));
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn race_the_last_two_who_manage_are_not_both_let_go_unasked(pool: PgPool) {
    let world = World::new(pool).await;
    let (desk, place) = (desk(&world).await, world.place("A").await);
    let one = place.boss.member().expect("a member").id();
    let other = world.member(place.customer, Capabilities::all()).await.member().expect("a member").id();
    let asked = Err(Problem::field("knowingly", FieldCode::NotConfirmed));
    for _ in 0..8 {
        let (first, second) = tokio::join!(
            members::set_active(&world.app, &desk, (place.customer, one), false, "", false),
            members::set_active(&world.app, &desk, (place.customer, other), false, "", false),
        );
        assert!(first.is_ok() != second.is_ok(), "{first:?}, {second:?}");
        assert!(first == asked || second == asked, "{first:?}, {second:?}");
        world.sql("update member set active = true").await;
    }
    members::set_active(&world.app, &desk, (place.customer, one), false, "", false).await.expect("another is left");
    assert!(page(&world, &desk, place.customer, other).await.is_last_manager);
    let without = MemberForm { capabilities: Capabilities::NONE, ..jana(true) };
    let unasked = members::save(&world.app, &desk, (place.customer, other), &without, false, &Seen::default()).await;
    assert_eq!(unasked.map(drop), asked);
    members::save(&world.app, &desk, (place.customer, other), &without, true, &Seen::default())
        .await
        .expect("knowingly");
    assert_eq!(world.deadlocks().await, 0);
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn the_link_is_shown_once_on_the_page_of_its_person(pool: PgPool) {
    let world = World::new(pool).await;
    let place = world.place("A").await;
    let caller = world.staff(StaffRole::Dispatcher).await;
    let cookie = world.cookie(&caller).await;
    let site = Site::serve(world.app.clone()).await;
    let (customer, key) = (place.customer.to_string(), world.app.random.uuid().to_string());
    let form = format!("/desk/customers/{customer}/people/new");
    let fields = [
        ("customer", customer.as_str()),
        ("name", "Jana <b>Malá</b>"),
        ("email", JANA),
        ("signs_in", "true"),
        ("capabilities[order]", "true"),
        ("contact_roles[orders]", "true"),
        ("key", &key),
    ];
    let answer = site.post("/api/members/add", &cookie, &form, &fields).await;
    assert_eq!(answer.status, 303, "{}", answer.body);
    let by_whom = "select login_id from audit_entry where subject = 'password_link' and change = 'insert'";
    assert_eq!(world.id(by_whom).await, caller.session().expect("a session").login.0, "who made it is written");
    let page = answer.location.expect("a location");
    let set = answer.headers["set-cookie"].to_str().expect("a cookie").to_owned();
    assert!(
        set.contains(&format!("Path={page}")) && set.contains("HttpOnly") && set.contains("SameSite=Strict"),
        "{set}"
    );
    let handed_over = set.split(';').next().expect("a cookie");
    let token = handed_over.rsplit('.').next().expect("a secret");
    let shown = site.get(&page, &format!("{cookie}; {handed_over}")).await.body;
    assert!(shown.contains(&format!("https://linka.example.com/password?token={token}")), "{shown}");
    assert!(shown.contains("mailto:jana@skola.cz") && !shown.contains("<b>Malá"), "{shown}");
    assert!(!site.get(&page, &cookie).await.body.contains(token), "to nobody else");

    let other = world.app.random.uuid().to_string();
    let wrong = [("customer", customer.as_str()), ("phone", "6"), ("key", &other)];
    let refused = site.post("/api/members/add", &cookie, &form, &wrong).await;
    assert_eq!(refused.status, 422);
    assert!(refused.body.contains("phone-error") && refused.body.contains("name-error"), "{}", refused.body);
}
