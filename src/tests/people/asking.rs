//! Who may not order asks a colleague who may, by one mail a day.

use chrono::TimeDelta;
use linka::{
    model::{
        people::members::{Capabilities, Capability},
        problem::Problem,
    },
    server::{
        auth::Caller,
        db::MIGRATIONS,
        service::people::asking::{ask_to_order, who_order},
    },
};
use sqlx::PgPool;

use crate::support::{Site, World};

fn id(caller: &Caller) -> linka::model::base::ids::MemberId {
    caller.member().expect("a member").id()
}

async fn asked(world: &World) -> i64 {
    world.id("select count(*) from mail where kind = 'order_asked'").await
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_colleague_is_asked_once_a_day_however_often_it_is_asked(pool: PgPool) {
    let world = World::new(pool).await;
    let place = world.place("Škola").await;
    let reader = world.member(place.customer, Capabilities::NONE).await;
    let member = reader.member().expect("a member");
    let known = who_order(&world.app, &member).await.expect("colleagues");
    assert_eq!(
        known.iter().map(|colleague| (colleague.id, colleague.is_asked)).collect::<Vec<_>>(),
        [(id(&place.boss), false)]
    );
    for _ in 0..3 {
        ask_to_order(&world.app, &reader, id(&place.boss)).await.expect("asked");
    }
    assert_eq!(asked(&world).await, 1);
    assert!(who_order(&world.app, &member).await.expect("colleagues")[0].is_asked);
    let another = world.member(place.customer, Capabilities::NONE).await;
    ask_to_order(&world.app, &another, id(&place.boss)).await.expect("asked");
    assert_eq!(asked(&world).await, 2, "everybody has a wish of their own");
    world.app.clock.advance(TimeDelta::days(1));
    assert!(!who_order(&world.app, &member).await.expect("colleagues")[0].is_asked, "another day");
    ask_to_order(&world.app, &reader, id(&place.boss)).await.expect("asked");
    assert_eq!(asked(&world).await, 3);
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn nobody_is_asked_who_could_not_order(pool: PgPool) {
    let world = World::new(pool).await;
    let (place, other) = (world.place("Škola").await, world.place("Jídelna").await);
    let reader = world.member(place.customer, Capabilities::NONE).await;
    let seer = world.member(place.customer, Capabilities::NONE.with(Capability::SeeAll)).await;
    let gone = world.member(place.customer, Capabilities::NONE.with(Capability::Order)).await;
    world.sql(&format!("update member set active = false where id = {}", id(&gone))).await;
    for (nobody, why) in [(&seer, "may not order"), (&other.boss, "another customer's"), (&gone, "is gone")] {
        assert_eq!(ask_to_order(&world.app, &reader, id(nobody)).await, Err(Problem::NotFound), "{why}");
    }
    let member = reader.member().expect("a member");
    assert_eq!(who_order(&world.app, &member).await.expect("colleagues").len(), 1);
    assert_eq!(
        ask_to_order(&world.app, &place.boss, id(&place.boss)).await,
        Err(Problem::Conflict),
        "who may order does"
    );
    assert_eq!(asked(&world).await, 0);
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn whoever_may_not_order_finds_whom_to_ask_where_ordering_would_be(pool: PgPool) {
    let world = World::new(pool).await;
    let place = world.place("Škola").await;
    let reader = world.member(place.customer, Capabilities::NONE).await;
    let (cookie, boss) = (world.cookie(&reader).await, world.cookie(&place.boss).await);
    let site = Site::serve(world.app.clone()).await;
    for page in ["/", "/requests", "/order"] {
        let body = site.get(page, &cookie).await.body;
        assert!(body.contains("id=\"who-orders\"") && body.contains("Požádat"), "{page}: {body}");
        assert!(!site.get(page, &boss).await.body.contains("id=\"who-orders\""), "{page}");
    }
    let member = id(&place.boss).to_string();
    let answer = site.post("/api/asking/ask-to-order", &cookie, "/", &[("member", member.as_str())]).await;
    assert_eq!((answer.status, answer.location.as_deref()), (303, Some("/")));
    assert!(site.get("/", &cookie).await.body.contains("Dnes už jste požádali"));
}
