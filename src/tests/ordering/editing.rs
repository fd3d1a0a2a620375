//! Putting an order right after it was sent.

use linka::{
    model::{
        base::{seen::Seen, terms::Urgency},
        ordering::{requests::RequestDetails, timeline::TimelineKind},
        people::members::{Capabilities, Capability, StaffRole},
        problem::Problem,
    },
    server::{
        db::MIGRATIONS,
        service::{
            ordering::{editing, requests},
            people::erasure,
        },
    },
};
use sqlx::PgPool;
use uuid::Uuid;

use crate::support::{World, details};

#[sqlx::test(migrator = "MIGRATIONS")]
async fn description_and_contact_are_put_right_after_an_order_and_its_course_says_so(pool: PgPool) {
    let world = World::new(pool).await;
    world.technicians(1, "07:00", "15:30").await;
    let place = world.place("Škola").await;
    let orderer = place.boss.may_order().expect("an orderer");
    let order = world.order(&orderer, Urgency::Normal).await;
    let start = world.starts(&orderer, order).await[0];
    let number = world.book(&orderer, order, start).await.expect("a booking");
    let kept = details().check().expect("they are right");
    let seen = Seen::of(&kept.fields());
    let save = async |details: &RequestDetails, key| {
        editing::save(&world.app, &orderer, number, details, (&seen, Uuid::from_u128(key))).await
    };
    let other = RequestDetails { what_happened: "Už to netiskne vůbec nic.".into(), ..details() };
    for _ in 0..2 {
        assert_eq!(save(&other, 1).await, Ok(()), "sent twice, it is one");
    }
    let page = requests::page(&world.app, &orderer, number).await.expect("the request");
    assert_eq!(page.what_happened, "Už to netiskne vůbec nic.");
    let changes: Vec<&str> = page
        .timeline
        .iter()
        .filter(|entry| entry.kind == TimelineKind::DetailsChanged)
        .map(|entry| entry.note.as_str())
        .collect();
    assert_eq!(changes, [details().what_happened.as_str()], "with what stood there before");

    // Who has not seen that does not write it over, and what is wrong is said.
    let blind = RequestDetails { what_happened: "Něco úplně jiného se stalo.".into(), ..details() };
    assert!(matches!(save(&blind, 2).await, Err(Problem::ChangedMeanwhile(_))));
    let wrong = RequestDetails { contact_phone: "devět".into(), ..other };
    assert!(matches!(save(&wrong, 3).await, Err(Problem::Invalid { .. })));

    let stranger = world.place("Jiná škola").await.boss.may_order().expect("an orderer");
    let foreign = editing::save(&world.app, &stranger, number, &details(), (&seen, Uuid::from_u128(4))).await;
    assert_eq!(foreign, Err(Problem::NotFound));
    requests::cancel(&world.app, &orderer, number, "", Uuid::from_u128(5)).await.expect("cancelled");
    assert_eq!(save(&details(), 6).await, Err(Problem::Conflict), "what is over stays as it was");
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn what_stood_there_before_a_colleague_put_it_right_is_erased_with_who_wrote_it(pool: PgPool) {
    let world = World::new(pool).await;
    world.technicians(1, "07:00", "15:30").await;
    let place = world.place("Škola").await;
    let clerk = world.member(place.customer, Capabilities::NONE.with(Capability::Order)).await;
    let orderer = clerk.may_order().expect("an orderer");
    let order = world.order(&orderer, Urgency::Normal).await;
    let start = world.starts(&orderer, order).await[0];
    let number = world.book(&orderer, order, start).await.expect("a booking");
    let boss = place.boss.may_order().expect("an orderer");
    let seen = Seen::of(&details().check().expect("they are right").fields());
    let other = RequestDetails { what_happened: "Už to netiskne vůbec nic.".into(), ..details() };
    editing::save(&world.app, &boss, number, &other, (&seen, Uuid::from_u128(1))).await.expect("put right");
    requests::cancel(&world.app, &boss, number, "", Uuid::from_u128(2)).await.expect("cancelled");

    let manager = world.staff(StaffRole::Manager).await.manager().expect("a manager");
    erasure::erase(&world.app, &manager, place.customer, orderer.id(), "Na přání", "").await.expect("erased");
    let page = requests::page(&world.app, &boss, number).await.expect("the request");
    let notes: Vec<&str> = page.timeline.iter().map(|entry| entry.note.as_str()).collect();
    assert!(notes.iter().all(|note| note.is_empty()), "{notes:?}");
    assert_eq!(page.what_happened, "…");
}
