//! On which terms an intervention is billed.

use chrono::{DateTime, TimeDelta, Utc};
use linka::{
    model::base::ids::CustomerId,
    server::{db::MIGRATIONS, service::minutes::billing_terms},
};
use sqlx::PgPool;

use crate::support::World;

async fn minimum(world: &World, customer: CustomerId, known: DateTime<Utc>) -> u32 {
    let mut tx = world.app.db.staff().await.expect("a transaction");
    let now = world.app.clock.now();
    billing_terms::in_force(&mut tx, customer, now, known).await.expect("terms").minimum_minutes
}

/// An amendment from today on is in force at once, but not for what was shown to its customer before.
#[sqlx::test(migrator = "MIGRATIONS")]
async fn what_was_ordered_is_billed_on_the_terms_that_were_known(pool: PgPool) {
    let world = World::new(pool).await;
    let customer = world.place("A").await.customer;
    let contract = world.contract(customer, 300).await;
    let ordered = world.app.clock.now();
    let before = minimum(&world, customer, ordered).await;
    world.app.clock.advance(TimeDelta::hours(1));
    let amended = world.app.clock.now();
    world
        .sql(&format!(
            "insert into contract_amendment (contract_id, customer_id, from_day, tier, minutes_per_period, period, rollover,
                 rate_per_minute, urgent_rate_per_minute, minimum_minutes, known_since)
             select id, customer_id, '2026-11-23', 'express', minutes_per_period, period, rollover, 3300, 4400, 50, '{amended}'
             from contract where id = {contract}"
        ))
        .await;
    world.app.clock.advance(TimeDelta::hours(1));
    assert_eq!(minimum(&world, customer, ordered).await, before, "as it was shown");
    assert_eq!(minimum(&world, customer, world.app.clock.now()).await, 50);
    assert_ne!(before, 50);
}
