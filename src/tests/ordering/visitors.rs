//! Visitors order first: what they want and the time that is held are theirs once the mailed link is followed, and nobody else's before.

use chrono::{DateTime, TimeDelta, Utc};
use linka::{
    model::{
        base::{fields::FieldCode, ids::RequestId, terms::Urgency},
        ordering::{drafts::Subject, visitors::TypedVisit},
        people::{members::StaffRole, registrations::TypedRegistration},
        problem::Problem,
    },
    server::{
        db::MIGRATIONS,
        service::{
            minutes::contracts,
            ordering::visitors,
            people::registrations::{self, Opened},
        },
    },
};
use sqlx::PgPool;

use crate::{
    people::{client, mailed},
    support::{Site, World},
};

const ICO: &str = "27408264";
const AGREED: &str = "select count(*) from appointment a join customer c on c.id = a.customer_id
                      where a.state = 'confirmed' and not c.is_of_visitors";
const HELD: &str = "select count(*) from appointment where state = 'held'";

fn visit(world: &World) -> TypedVisit {
    let subject = Subject { program: world.program, work_type: world.repair };
    TypedVisit { subject: subject.to_string(), what_happened: "Nejde tisk stravenek.".into() }
}

fn typed(email: &str) -> TypedRegistration {
    TypedRegistration {
        ico: ICO.into(),
        organisation: "ZŠ Lipová".into(),
        name: "Jana Malá".into(),
        email: email.into(),
        phone: "601 234 567".into(),
        ..TypedRegistration::default()
    }
}

async fn begin(world: &World, email: &str) -> RequestId {
    let key = world.app.random.uuid();
    visitors::begin(&world.app, &client(None), (&visit(world), &typed(email)), key, "cs")
        .await
        .expect("begun")
        .expect("an order")
}

async fn starts(world: &World, order: RequestId) -> Vec<DateTime<Utc>> {
    let choice = visitors::times(&world.app, order).await.expect("times");
    choice.offers.iter().map(|offer| offer.slot.start).collect()
}

/// The secret of the last link.
async fn link(world: &World) -> String {
    mailed(world, "registration").await.into_iter().next().expect("a link")
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_visitor_s_order_is_agreed_when_the_mailed_link_is_followed(pool: PgPool) {
    let world = World::new(pool).await;
    world.technicians(2, "07:00", "15:30").await;
    let desk = world.staff(StaffRole::Dispatcher).await.desk().expect("a dispatcher");
    let order = begin(&world, "jana@skola.cz").await;
    let start = starts(&world, order).await[1];
    visitors::pick(&world.app, order, Some(start)).await.expect("held");
    assert_eq!((world.id(HELD).await, world.id(AGREED).await), (1, 0), "held, and agreed by nobody yet");
    let seen = contracts::customers(&world.app, &desk, "", None).await.expect("customers").page.rows;
    assert!(seen.is_empty(), "no customer is made for who may never come back: {seen:?}");
    let link = link(&world).await;
    for _ in 0..2 {
        assert!(matches!(visitors::open(&world.app, &link).await, Ok(Opened::Founded(_))));
    }
    assert_eq!((world.id(HELD).await, world.id(AGREED).await), (0, 1), "once, however often the form comes");
    let whose = "select count(*) from service_request r join member m on m.id = r.member_id
                 join appointment a on a.request_id = r.id join login l on l.member_id = m.id
                 where r.state = 'scheduled' and r.what_happened = 'Nejde tisk stravenek.' and r.contact_name = 'Jana Malá'
                   and l.email = 'jana@skola.cz'";
    assert_eq!(world.id(whose).await, 1);
    assert_eq!(visitors::times(&world.app, order).await.map(drop), Err(Problem::NotFound), "the way is over");
    assert_eq!(world.id("select count(*) from service_request").await, 1, "and nothing of it is left");
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_visitor_who_puts_the_address_right_keeps_the_order_and_is_told_whom_to_call(pool: PgPool) {
    let world = World::new(pool).await;
    world.technicians(2, "07:00", "15:30").await;
    let key = world.app.random.uuid();
    for email in ["jnaa@skola.cz", "jana@skola.cz"] {
        let order = visitors::begin(&world.app, &client(None), (&visit(&world), &typed(email)), key, "cs").await;
        let order = order.expect("begun").expect("an order");
        let start = starts(&world, order).await[0];
        visitors::pick(&world.app, order, Some(start)).await.expect("held");
    }
    visitors::open(&world.app, &link(&world).await).await.expect("opened");
    assert_eq!(world.id(AGREED).await, 1);
    assert_eq!(world.id("select count(*) from login where email = 'jana@skola.cz'").await, 1);
    let form = Site::serve(world.app.clone()).await.get("/register/order", "").await.body;
    let before_who = form.split("id=\"ico\"").next();
    assert!(before_who.is_some_and(|part| part.contains("href=\"/#numbers\"")), "{form}");
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn an_expired_hold_is_taken_again_and_what_is_taken_stays_an_unfinished_order(pool: PgPool) {
    let world = World::new(pool).await;
    world.technicians(1, "07:00", "15:30").await;
    let order = begin(&world, "jana@skola.cz").await;
    let start = starts(&world, order).await[2];
    visitors::pick(&world.app, order, Some(start)).await.expect("held");
    world.app.clock.advance(TimeDelta::minutes(30));
    visitors::open(&world.app, &link(&world).await).await.expect("opened");
    assert_eq!(world.id(AGREED).await, 1, "it was free still");

    let later = TypedRegistration { ico: "00000019".into(), ..typed("petr@jidelna.cz") };
    let key = world.app.random.uuid();
    let order = visitors::begin(&world.app, &client(None), (&visit(&world), &later), key, "cs").await.expect("begun");
    let order = order.expect("an order");
    let start = starts(&world, order).await[0];
    visitors::pick(&world.app, order, Some(start)).await.expect("held");
    world.app.clock.advance(TimeDelta::minutes(30));
    let regular = world.place("Jiná").await.boss.may_order().expect("an orderer");
    let theirs = world.order(&regular, Urgency::Normal).await;
    world.book(&regular, theirs, start).await.expect("faster");
    visitors::open(&world.app, &link(&world).await).await.expect("the person is in all the same");
    let unfinished =
        "select count(*) from service_request r join member m on m.id = r.member_id join login l on l.member_id = m.id
                      where r.state = 'draft' and l.email = 'petr@jidelna.cz'";
    assert_eq!((world.id(AGREED).await, world.id(unfinished).await), (2, 1));
    assert_eq!(world.overlaps().await, 0);
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn visitors_together_hold_no_more_than_one_person_may_and_nobody_is_turned_away(pool: PgPool) {
    let world = World::new(pool).await;
    world.technicians(6, "07:00", "15:30").await;
    let most = world.id("select holds::bigint from line_limit").await;
    for n in 0..most + 2 {
        world.sql("delete from sign_in_failure").await;
        let order = begin(&world, &format!("jana{n}@skola.cz")).await;
        let start = starts(&world, order).await[0];
        visitors::pick(&world.app, order, Some(start)).await.expect("noted, if not held");
        assert!(world.id(HELD).await <= most, "the line is for those who are known, too");
    }
    let noted = "select count(*) from registration where picked_start is not null";
    assert_eq!((world.id(HELD).await, world.id(noted).await), (most, most + 2));
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn nobody_learns_or_takes_anything_by_a_visitor_s_order(pool: PgPool) {
    let world = World::new(pool).await;
    world.technicians(2, "07:00", "15:30").await;
    let place = world.place("Škola").await;
    world.sql(&format!("update customer set ico = '{ICO}' where id = {}", place.customer)).await;
    let none = RequestId(world.app.random.uuid());
    assert_eq!(visitors::times(&world.app, none).await.map(drop), Err(Problem::NotFound));
    let regular = place.boss.may_order().expect("an orderer");
    let theirs = world.order(&regular, Urgency::Normal).await;
    assert_eq!(
        visitors::pick(&world.app, theirs, None).await,
        Err(Problem::NotFound),
        "a member's draft is no visitor's"
    );

    let order = begin(&world, "jana@skola.cz").await;
    let page = visitors::page(&world.app).await.expect("the page").choice;
    assert!(page.drafts.is_empty() && page.recent.is_empty() && page.contact.name.is_empty(), "{page:?}");
    assert!(!page.programs.is_empty() && page.urgency.awaits_nod, "everything can be ordered, and nothing urgent");
    let start = starts(&world, order).await[0];
    visitors::pick(&world.app, order, Some(start)).await.expect("the answer is the same for a customer's IČO");
    assert!(matches!(visitors::open(&world.app, &link(&world).await).await, Ok(Opened::Asks)));
    assert_eq!(world.id(AGREED).await, 0, "for another organisation nobody orders who is not let in");
    visitors::sweep(&world.app).await.expect("swept");
    assert_eq!((world.id(HELD).await, world.id("select count(*) from service_request").await), (0, 1));

    let nothing = (&TypedVisit::default(), &TypedRegistration::default());
    let wrong = visitors::begin(&world.app, &client(None), nothing, world.app.random.uuid(), "cs").await;
    let Err(Problem::Invalid { fields }) = wrong else { panic!("{wrong:?}") };
    let named: Vec<_> = fields.iter().map(|field| field.field.as_str()).collect();
    assert_eq!(
        named,
        ["subject", "what_happened", "ico", "name", "email", "phone"],
        "all at once, in the order of the form"
    );
    assert!(fields.iter().all(|field| field.code == FieldCode::Missing));
    begin(&world, "other@skola.cz").await;
    world.app.clock.advance(TimeDelta::hours(73));
    registrations::sweep(&world.app).await.expect("swept");
    visitors::sweep(&world.app).await.expect("swept");
    assert_eq!(world.id("select count(*) from service_request").await, 1, "what nobody followed is gone");
}
