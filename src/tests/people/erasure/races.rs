//! An erasure beside another one, or beside what the erased person does at that moment.

use linka::{
    model::{base::terms::Urgency, people::erasure::CALL_OFF, problem::Problem},
    server::{
        db::MIGRATIONS,
        service::{ordering::drafts, people::erasure},
    },
};
use sqlx::PgPool;

use super::{
    super::sign_in::{PASSWORD, client},
    planted::{manager, zdislava},
};
use crate::support::World;

#[sqlx::test(migrator = "MIGRATIONS")]
async fn race_two_who_erase_the_same_person_have_one_outcome(pool: PgPool) {
    let world = World::new(pool).await;
    let place = world.place("Škola").await;
    let manager = manager(&world).await;
    for round in 1..=8 {
        let (id, caller) = zdislava(&world, place.customer).await;
        let own = client(None);
        let (one, other) = tokio::join!(
            erasure::erase(&world.app, &manager, place.customer, id, "Na přání", ""),
            erasure::erase_oneself(&world.app, &own, &caller, PASSWORD, ""),
        );
        assert_eq!(one, Ok(()));
        assert!(other == Ok(()) || other == Err(Problem::SignInRequired), "{other:?}");
        assert_eq!(world.id("select count(*) from audit_entry where change = 'erase'").await, round);
        assert_eq!(world.id("select count(distinct erased_number) from member").await, round);
    }
    assert_eq!(world.deadlocks().await, 0);
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn race_an_order_that_is_confirmed_meanwhile_is_called_off_or_refused(pool: PgPool) {
    let world = World::new(pool).await;
    world.technicians(2, "07:00", "15:30").await;
    world.without_limits().await;
    let place = world.place("Škola").await;
    let manager = manager(&world).await;
    for _ in 0..8 {
        let (id, caller) = zdislava(&world, place.customer).await;
        let orderer = caller.may_order().expect("an orderer");
        let order = world.order(&orderer, Urgency::Normal).await;
        let starts = world.starts(&orderer, order).await;
        world.pick(&orderer, order, starts[0]).await.expect("a hold");
        let (confirmed, begun, erased) = tokio::join!(
            drafts::confirm(&world.app, &orderer, order, ""),
            world.order_for(&orderer, world.repair, Urgency::Normal),
            erasure::erase(&world.app, &manager, place.customer, id, "Na přání", CALL_OFF),
        );
        assert_eq!(erased, Ok(()));
        let is_refused = |problem: &Problem| !matches!(problem, Problem::Internal { .. } | Problem::Unavailable);
        assert!(confirmed.as_ref().err().is_none_or(is_refused), "{confirmed:?}");
        assert!(begun.as_ref().err().is_none_or(is_refused), "{begun:?}");
        let open = format!("select count(*) from service_request where member_id = {id} and state <> 'cancelled'");
        assert_eq!(world.id(&open).await, 0, "{confirmed:?}, {begun:?}");
        assert_eq!(world.count("held").await + world.count("confirmed").await, 0);
        let wrote =
            format!("select count(*) from service_request where member_id = {id} and what_happened like 'Program%'");
        assert_eq!(world.id(&wrote).await, 0, "what was written at that moment is erased with the rest");
    }
}
