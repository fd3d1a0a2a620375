//! Seasons, simulated: what holds holds whatever happens, and what is broken on purpose is found.

use std::time::Duration;

use linka::server::{
    db::MIGRATIONS,
    simulate::{Simulated, SimulationArgs, simulate},
};
use sqlx::PgPool;

use crate::support::{seed, short_or_long};

async fn season(pool: &PgPool, days: u32, seed: u64) -> Simulated {
    let args =
        SimulationArgs { days, seed, broken: None, shorten: short_or_long(Duration::ZERO, Duration::from_secs(600)) };
    simulate(&pool.connect_options(), &args).await.expect("a season")
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_season_in_which_everything_fails_that_can_keeps_every_promise(pool: PgPool) {
    let seed = u64::try_from(seed()).expect("a seed");
    let played = Box::pin(season(&pool, short_or_long(30, 365), seed)).await;
    println!("linka simulate --seed {seed}: {played}");
    assert_eq!(played.failure, None, "linka simulate --seed {seed}: {played}");
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_season_is_the_same_each_time(pool: PgPool) {
    let first = Box::pin(season(&pool, 2, 7)).await;
    assert_eq!(first, Box::pin(season(&pool, 2, 7)).await);
    assert_ne!(first.counts, Box::pin(season(&pool, 2, 8)).await.counts);
}
