//! People of a customer, kept by those of them who manage: invited by mail, changed, let go; and who may do what to whose.

use linka::{
    model::{
        base::{
            done::Done,
            fields::FieldCode,
            ids::{MemberId, RequestId},
            seen::Seen,
            terms::Urgency,
        },
        people::{
            erasure::ErasureRefused,
            members::{Capabilities, Capability, ContactRoles, MemberForm},
            passwords::SignInState,
        },
        problem::Problem,
    },
    server::{
        auth::{Caller, CustomerManager},
        db::MIGRATIONS,
        service::{
            ordering::{drafts, requests},
            people::{accounts, colleagues, passwords},
        },
    },
};
use reqwest::header;
use sqlx::{AssertSqlSafe, PgPool};

use super::{
    links::mailed,
    sign_in::{PASSWORD, client},
};
use crate::support::{Site, World};

const JANA: &str = "jana@skola.cz";

fn jana() -> MemberForm {
    MemberForm {
        name: "Jana Malá".into(),
        phone: "601 234 567".into(),
        email: JANA.into(),
        capabilities: Capabilities::NONE.with(Capability::Order),
        contact_roles: ContactRoles::NONE,
        signs_in: true,
        is_mailbox: false,
    }
}

fn manager(caller: &Caller) -> CustomerManager {
    caller.may_manage().expect("a manager")
}

fn id(caller: &Caller) -> MemberId {
    caller.member().expect("a member").id()
}

/// The secrets of the links that were mailed, the newest last.
async fn secrets(world: &World) -> Vec<String> {
    mailed(world, "invited").await.into_iter().rev().collect()
}

async fn for_whom(world: &World, secret: &str) -> Option<String> {
    passwords::page(&world.app, secret).await.expect("a page").person.map(|(_, email)| email)
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn who_is_invited_comes_in_by_the_mailed_link_once(pool: PgPool) {
    let world = World::new(pool).await;
    let place = world.place("A").await;
    let boss = manager(&place.boss);
    let key = world.app.random.uuid();
    let invited = colleagues::invite(&world.app, &boss, &jana(), key).await.expect("invited");
    assert_eq!(colleagues::invite(&world.app, &boss, &jana(), key).await, Ok(invited), "the same form");
    let sent = secrets(&world).await;
    assert_eq!(sent.len(), 1, "one mail");
    assert_eq!(for_whom(&world, &sent[0]).await.as_deref(), Some(JANA));
    passwords::choose(&world.app, &sent[0], PASSWORD, PASSWORD).await.expect("chosen");
    assert_eq!(passwords::choose(&world.app, &sent[0], PASSWORD, PASSWORD).await, Err(Problem::NotFound), "once");
    accounts::sign_in(&world.app, &client(None), JANA, PASSWORD).await.expect("signed in");
    let again = colleagues::invite(&world.app, &boss, &jana(), world.app.random.uuid()).await;
    assert_eq!(again, Err(Problem::field("email", FieldCode::AlreadyUsed)));
    assert_eq!(colleagues::resend(&world.app, &boss, invited).await, Err(Problem::NotFound), "nothing to send again");
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn an_invitation_expires_is_sent_again_and_taken_back(pool: PgPool) {
    let world = World::new(pool).await;
    let (place, other) = (world.place("A").await, world.place("B").await);
    let boss = manager(&place.boss);
    let invited = colleagues::invite(&world.app, &boss, &jana(), world.app.random.uuid()).await.expect("invited");
    assert_eq!(colleagues::resend(&world.app, &manager(&other.boss), invited).await, Err(Problem::NotFound), "foreign");
    assert_eq!(colleagues::resend(&world.app, &boss, invited).await, Ok(()));
    assert_eq!(secrets(&world).await.len(), 1, "within a minute it is the same wish");
    world.app.clock.advance(chrono::TimeDelta::hours(73));
    assert_eq!(for_whom(&world, &secrets(&world).await[0]).await, None, "expired");
    colleagues::resend(&world.app, &boss, invited).await.expect("sent again");
    let sent = secrets(&world).await;
    assert_eq!((sent.len(), for_whom(&world, &sent[1]).await.as_deref()), (2, Some(JANA)));
    colleagues::remove(&world.app, &boss, invited, "").await.expect("taken back");
    assert_eq!(for_whom(&world, &sent[1]).await, None);
    assert_eq!(passwords::choose(&world.app, &sent[1], PASSWORD, PASSWORD).await, Err(Problem::NotFound));
    // Invited once more, it is the same person, with what is typed now.
    let form = MemberForm { name: "Jana Velká".into(), ..jana() };
    let again = colleagues::invite(&world.app, &boss, &form, world.app.random.uuid()).await.expect("invited again");
    assert_eq!(again, invited);
    let page = colleagues::page(&world.app, &boss, Some(invited), None).await.expect("a page");
    let person = page.page.person.expect("the person");
    assert_eq!((person.form.name.as_str(), person.active), ("Jana Velká", true));
    assert!(matches!(person.sign_in, Some(SignInState::Invited { .. })), "{person:?}");
    let form_key = world.app.random.uuid();
    let mails = secrets(&world).await.len();
    assert_eq!(mails, 3, "who was let go is told anew");
    world.app.clock.advance(chrono::TimeDelta::hours(1));
    for _ in 0..2 {
        assert_eq!(colleagues::invite(&world.app, &boss, &form, form_key).await, Ok(invited));
    }
    assert_eq!(secrets(&world).await.len(), mails + 1, "the same form is one mail, whoever was known before");
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn whether_an_address_signs_in_elsewhere_is_told_to_its_mailbox_only(pool: PgPool) {
    let world = World::new(pool).await;
    let (place, other) = (world.place("A").await, world.place("B").await);
    let (boss, stranger) = (manager(&place.boss), manager(&other.boss));
    colleagues::invite(&world.app, &boss, &jana(), world.app.random.uuid()).await.expect("invited");
    let unknown = MemberForm { email: "nova@skola.cz".into(), ..jana() };
    let mut shown = Vec::new();
    for form in [jana(), unknown] {
        let id = colleagues::invite(&world.app, &stranger, &form, world.app.random.uuid()).await.expect("the answer");
        let page = colleagues::page(&world.app, &stranger, Some(id), None).await.expect("a page");
        let person = page.page.person.expect("the person");
        shown.push((person.sign_in, person.active, person.form.signs_in));
        world.app.clock.advance(chrono::TimeDelta::minutes(2));
        assert_eq!(colleagues::resend(&world.app, &stranger, id).await, Ok(()), "{form:?}");
        let again = colleagues::invite(&world.app, &stranger, &form, world.app.random.uuid()).await;
        assert_eq!(again, Ok(id), "invited once more, it is the same person: {form:?}");
        world.app.clock.advance(chrono::TimeDelta::minutes(-2));
    }
    assert_eq!(shown[0], shown[1]);
    assert_eq!(world.id("select count(*) from login where email = 'jana@skola.cz'").await, 1);
    let told = "select count(*) from mail where content ->> 'mail' = 'access_there' and to_address = 'jana@skola.cz'";
    assert_eq!(world.id(told).await, 1, "once a day");
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_customer_sends_so_many_invitations_a_day_and_no_more(pool: PgPool) {
    let world = World::new(pool).await;
    let boss = manager(&world.place("A").await.boss);
    let invite = async |n: u32| {
        let form = MemberForm { email: format!("osoba{n}@skola.cz"), ..jana() };
        colleagues::invite(&world.app, &boss, &form, world.app.random.uuid()).await
    };
    for n in 0..50 {
        invite(n).await.expect("invited");
    }
    assert!(matches!(invite(50).await, Err(Problem::Throttled { .. })));
    world.app.clock.advance(chrono::TimeDelta::days(1));
    invite(51).await.expect("the next day");
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn what_is_open_of_who_is_removed_goes_on_with_the_colleague_who_was_chosen(pool: PgPool) {
    let world = World::new(pool).await;
    world.technicians(2, "07:00", "15:30").await;
    let (place, other) = (world.place("A").await, world.place("B").await);
    let boss = manager(&place.boss);
    let clerk = world.member(place.customer, Capabilities::NONE.with(Capability::Order)).await;
    let orderer = clerk.may_order().expect("an orderer");
    let order = world.order(&orderer, Urgency::Normal).await;
    let starts = world.starts(&orderer, order).await;
    let number = world.book(&orderer, order, starts[0]).await.expect("a booking");
    let cookie = world.cookie(&clerk).await;
    let site = Site::serve(world.app.clone()).await;
    assert_eq!(site.get("/account", &cookie).await.status, 200);

    let remove = |heir: String| {
        let (app, boss, whom) = (&world.app, &boss, id(&clerk));
        async move { colleagues::remove(app, boss, whom, &heir).await }
    };
    assert_eq!(remove(String::new()).await, Err(Problem::field("heir", FieldCode::Missing)));
    let foreign = id(&other.boss).to_string();
    assert_eq!(remove(foreign).await, Err(Problem::field("heir", FieldCode::Unknown)));
    assert_eq!(remove(id(&clerk).to_string()).await, Err(Problem::field("heir", FieldCode::Unknown)), "not to oneself");
    remove(boss.id().to_string()).await.expect("removed");
    remove(boss.id().to_string()).await.expect("the form came twice");

    assert_ne!(site.get("/account", &cookie).await.status, 200, "signed out");
    let theirs =
        format!("select count(*) from service_request where member_id = {} and state = 'scheduled'", boss.id());
    assert_eq!(world.id(&theirs).await, 1);
    assert_eq!(world.count("confirmed").await, 1, "the time stands");
    requests::page(&world.app, &place.boss.member().expect("a member"), number).await.expect("the heir's request");
    let told = format!(
        "select count(*) from mail m join login l on l.email = m.to_address
         where content ->> 'mail' = 'handed_over' and l.member_id = {}",
        boss.id()
    );
    assert_eq!(world.id(&told).await, 1, "the heir is told once");
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn work_under_way_is_never_left_to_nobody(pool: PgPool) {
    let world = World::new(pool).await;
    let place = world.place("A").await;
    world.work_under_way(&place, 1, 30).await;
    let colleague = world.member(place.customer, Capabilities::all()).await;
    let removed = |heir: String| {
        let (app, by, whom) = (&world.app, manager(&colleague), id(&place.boss));
        async move { colleagues::remove(app, &by, whom, &heir).await }
    };
    assert_eq!(removed("call_off".into()).await, Err(Problem::Erasure(ErasureRefused::WorkUnderWay)));
    removed(id(&colleague).to_string()).await.expect("removed");
    let open =
        format!("select count(*) from service_request where member_id = {} and state = 'in_progress'", id(&colleague));
    assert_eq!(world.id(&open).await, 1);
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn race_of_the_last_two_who_manage_one_stays(pool: PgPool) {
    let world = World::new(pool).await;
    let place = world.place("A").await;
    let other = world.member(place.customer, Capabilities::all()).await;
    let (one, two) = (manager(&place.boss), manager(&other));
    let without = MemberForm { capabilities: Capabilities::NONE, ..jana() };
    for round in 0..8 {
        let (first, second) = if round % 2 == 0 {
            tokio::join!(
                colleagues::remove(&world.app, &one, two.id(), ""),
                colleagues::remove(&world.app, &two, one.id(), ""),
            )
        } else {
            let seen = Seen::default();
            tokio::join!(
                colleagues::save(&world.app, &one, two.id(), &without, &seen),
                colleagues::save(&world.app, &two, one.id(), &without, &seen),
            )
        };
        let last = Err(Problem::NobodyElseManages);
        assert!(
            matches!((&first, &second), (Ok(()), refused) | (refused, Ok(())) if *refused == last),
            "{first:?} {second:?}"
        );
        let managing = "select count(*) from member where active and 'manage' = any (capabilities)";
        assert_eq!(world.id(managing).await, 1);
        world.sql("update member set active = true, capabilities = '{order,see_all,buy,see_billing,manage}'").await;
    }
    assert_eq!(world.deadlocks().await, 0);
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn the_database_keeps_the_last_who_manages_from_a_member_and_not_from_the_vendor(pool: PgPool) {
    let world = World::new(pool).await;
    let place = world.place("A").await;
    let login = place.boss.session().expect("a session").login;
    let take = |by: String| {
        let pool = world.app.db.pool().clone();
        async move {
            let mut tx = pool.begin().await.expect("a transaction");
            sqlx::raw_sql(AssertSqlSafe(format!("set local app.origin = '{by}'")))
                .execute(&mut *tx)
                .await
                .expect("set");
            sqlx::raw_sql("update member set capabilities = '{order}'").execute(&mut *tx).await.map(drop)
        }
    };
    let refused = take(format!("{login}/127.0.0.1/")).await.expect_err("by a member");
    assert_eq!(refused.as_database_error().and_then(|error| error.constraint()), Some("somebody_manages"));
    assert!(take("//".into()).await.is_ok(), "by a command");
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_shared_mailbox_is_asked_who_it_is_with_each_order(pool: PgPool) {
    let world = World::new(pool).await;
    world.technicians(2, "07:00", "15:30").await;
    let place = world.place("A").await;
    let orderer = place.boss.may_order().expect("an orderer");
    let order = world.order(&orderer, Urgency::Normal).await;
    let start = world.starts(&orderer, order).await[0];
    world.book(&orderer, order, start).await.expect("a booking");
    assert_eq!(world.new_order(&orderer).await.contact.name, "Petr Dvořák", "of a person the last one stands");
    world.sql("update member set is_mailbox = true").await;
    let contact = world.new_order(&orderer).await.contact;
    assert_eq!((contact.name.as_str(), contact.phone.is_empty()), ("", false));
    let mut unnamed = world.wish(world.repair, Urgency::Normal);
    unnamed.details.contact_name = String::new();
    let id = RequestId(world.app.random.uuid());
    let asked = drafts::save_wish(&world.app, &orderer, id, &unnamed).await;
    assert_eq!(asked.map(drop), Err(Problem::field("contact_name", FieldCode::Missing)));
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn the_page_shows_and_takes_what_may_be_done(pool: PgPool) {
    let world = World::new(pool).await;
    let place = world.place("A").await;
    let cookie = world.cookie(&place.boss).await;
    let site = Site::serve(world.app.clone()).await;
    let list = site.get("/account/people", &cookie).await;
    assert!(list.status == 200 && list.body.contains("/account/people/new"), "{}", list.body);
    let key = world.app.random.uuid().to_string();
    let wrong = [("key", key.as_str()), ("name", ""), ("email", "jana")];
    let refused = site.post("/api/colleagues/invite", &cookie, "/account/people/new", &wrong).await;
    assert_eq!(refused.status, 422);
    assert!(refused.body.contains("name-error") && refused.body.contains("email-error"), "{}", refused.body);
    let right = [("key", key.as_str()), ("name", "Jana <b>Malá</b>"), ("email", JANA), ("capabilities[buy]", "true")];
    let invited = site.post("/api/colleagues/invite", &cookie, "/account/people/new", &right).await;
    assert_eq!(invited.location.as_deref(), Some("/account/people"), "{}", invited.body);
    let told: Vec<_> = invited.headers.get_all(header::SET_COOKIE).iter().filter_map(|it| it.to_str().ok()).collect();
    let sent = format!("linka-done={}.", Done::Sent.code());
    assert!(told.iter().any(|cookie| cookie.starts_with(&sent)), "the first one is not sent again: {told:?}");
    let list = site.get("/account/people", &cookie).await;
    assert!(list.body.contains("kupovat balíčky") && !list.body.contains("<b>Malá"), "{}", list.body);
    let person = world.id("select max(id) from member").await;
    let page = site.get(&format!("/account/people/{person}"), &cookie).await;
    assert!(page.body.contains("/api/colleagues/resend") && !page.body.contains("name=\"email\""), "{}", page.body);
    // Whoever may not manage is told whom to ask.
    let clerk = world.member(place.customer, Capabilities::NONE.with(Capability::Order)).await;
    assert_eq!(site.get("/account/people", &world.cookie(&clerk).await).await.status, 403);
}
