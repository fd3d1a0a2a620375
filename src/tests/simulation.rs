//! Seasons, simulated: what holds holds whatever happens, and what is broken on purpose is found.

mod mutants;

use std::{fs, time::Duration};

use linka::server::{
    db::MIGRATIONS,
    simulate::{Simulated, SimulationArgs, simulate},
};
use sqlx::PgPool;

use self::mutants::{MUTANTS, Mutant};
use crate::support::{seed, short_or_long};

async fn season(pool: &PgPool, days: u32, broken: Option<&str>, shorten: Duration) -> Simulated {
    let args = SimulationArgs { days, seed: turn(), broken: broken.map(str::to_owned), shorten, keep: false };
    Box::pin(simulate(&pool.connect_options(), &args)).await.expect("a season")
}

/// The season of the short run is always the same: what fails in it has just been broken. Others are for storms to find.
const KNOWN: u64 = 814_020_130;

fn turn() -> u64 {
    short_or_long(KNOWN, u64::try_from(seed()).expect("a seed"))
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_season_in_which_everything_fails_that_can_keeps_every_promise(pool: PgPool) {
    let seed = turn();
    let played =
        season(&pool, short_or_long(3, 365), None, short_or_long(Duration::ZERO, Duration::from_secs(60))).await;
    println!("linka simulate --seed {seed}: {played}");
    assert_eq!(played.failure, None, "linka simulate --seed {seed}: {played}");
}

/// What any first day brings about, and hence finds.
const OF_THE_FIRST_DAY: &str = "mails-doubled";

async fn dies(pool: &PgPool, mutant: &Mutant, shorten: Duration) -> Simulated {
    let played = season(pool, short_or_long(2, 30), Some(mutant.broken), shorten).await;
    let failure = played.failure.as_ref().unwrap_or_else(|| panic!("{} lives: {played}", mutant.name));
    let says = failure.faults.iter().any(|fault| fault.contains(mutant.found));
    assert!(says, "{} is found by something else: {played}", mutant.name);
    played
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn what_is_broken_on_purpose_is_found_each_time_alike(pool: PgPool) {
    let (of_first_day, others) = MUTANTS.iter().partition::<Vec<_>, _>(|mutant| mutant.name == OF_THE_FIRST_DAY);
    for mutant in others.into_iter().filter(|_| short_or_long(false, true)) {
        dies(&pool, mutant, Duration::from_secs(60)).await;
    }
    for mutant in of_first_day {
        let [first, again] = [dies(&pool, mutant, Duration::ZERO).await, dies(&pool, mutant, Duration::ZERO).await];
        assert_eq!((first.days, &first.counts), (again.days, &again.counts), "{first}\n{again}");
    }
}

#[test]
fn every_fault_that_is_put_in_is_documented() {
    let document =
        fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/simulation.md")).expect("the document");
    for mutant in MUTANTS {
        assert!(document.contains(&format!("`{}`", mutant.name)), "docs/simulation.md says nothing of {}", mutant.name);
    }
}
