//! Absences, dispatchers and customers at once.

use std::sync::Arc;

use linka::{
    model::{
        base::{ids::StaffId, terms::Urgency},
        problem::Problem,
    },
    server::{db::MIGRATIONS, service::ordering::redistribution},
};
use sqlx::PgPool;

use super::{WEDNESDAY, absent, as_proposed, book, desk, hour, line, proposals};

#[sqlx::test(migrator = "MIGRATIONS")]
async fn race_nothing_lands_in_an_absence_that_is_not_in_the_list(pool: PgPool) {
    let world = Arc::new(line(pool, 5).await);
    let desk = desk(&world).await;
    let orderer = world.place("A").await.boss.may_order().expect("an orderer");
    let ill = StaffId(world.id("select min(id) from staff where name = 'T0'").await);
    let mut bookings = Vec::new();
    // A day of five technicians has forty hours.
    for number in 0..48_u32 {
        let order = world.order(&orderer, Urgency::Normal).await;
        let (world, orderer) = (Arc::clone(&world), orderer.clone());
        bookings.push(tokio::spawn(async move { world.book(&orderer, order, hour(7 + number % 8)).await }));
    }
    // It is entered when some are agreed and some are not.
    while world.count("confirmed").await < 12 && bookings.iter().any(|booking| !booking.is_finished()) {
        tokio::task::yield_now().await;
    }
    absent(&world, &desk, ill).await;
    // A hold that was being agreed at that moment may be left: it expires, and is never agreed.
    let in_absence = format!(
        "select count(*) from appointment where technician_id = {ill} and state = 'confirmed'
         and (lower(during) at time zone 'Europe/Prague')::date = '{WEDNESDAY}'"
    );
    let listed = i64::try_from(proposals(&world, &desk).await.len()).expect("a few");
    let there = world.id(&in_absence).await;
    let mut agreed = 0;
    for booking in bookings {
        agreed += i64::from(booking.await.expect("no panic").is_ok());
    }
    assert_eq!(there, listed, "all that is in the absence is in the list as soon as it is entered");
    assert_eq!(world.id(&in_absence).await, listed, "and nothing came after");
    assert_eq!(world.count("confirmed").await, agreed);
    assert!(agreed >= 32, "{agreed} agreed");

    // The rest is redistributed while the day fills up: nobody is booked twice, and nobody is lost.
    for _ in 0..5 {
        let found = proposals(&world, &desk).await;
        if found.is_empty() {
            break;
        }
        match redistribution::apply(&world.app, &desk, &as_proposed(&found)).await {
            Ok(()) | Err(Problem::PlacesTaken { .. }) => {}
            other => panic!("{other:?}"),
        }
    }
    assert_eq!(world.id(&in_absence).await, 0);
    assert_eq!(world.count("confirmed").await, agreed);
    assert_eq!((world.overlaps().await, world.deadlocks().await), (0, 0));
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn race_two_dispatchers_apply_while_customers_book(pool: PgPool) {
    let world = Arc::new(line(pool, 3).await);
    let (one, other) = (desk(&world).await, desk(&world).await);
    let orderer = world.place("A").await.boss.may_order().expect("an orderer");
    for number in 0..12 {
        book(&world, &orderer, hour(7 + number % 4)).await;
    }
    let ill = StaffId(world.id("select min(id) from staff where name = 'T0'").await);
    absent(&world, &one, ill).await;
    let found = proposals(&world, &one).await;
    let mut bookings = Vec::new();
    for number in 0..8_u32 {
        let order = world.order(&orderer, Urgency::Normal).await;
        let (world, orderer) = (Arc::clone(&world), orderer.clone());
        bookings.push(tokio::spawn(async move { world.book(&orderer, order, hour(11 + number % 4)).await }));
    }
    let choices = as_proposed(&found);
    let (first, second) = tokio::join!(
        redistribution::apply(&world.app, &one, &choices),
        redistribution::apply(&world.app, &other, &choices),
    );
    for done in [first, second] {
        assert!(matches!(done, Ok(()) | Err(Problem::PlacesTaken { .. })), "{done:?}");
    }
    let mut agreed = 12;
    for booking in bookings {
        agreed += i64::from(booking.await.expect("no panic").is_ok());
    }
    assert_eq!(world.count("confirmed").await, agreed);
    assert_eq!((world.overlaps().await, world.deadlocks().await), (0, 0));
}
