//! A simulated season.

use std::{process::ExitCode, time::Duration};

use anyhow::Context;
use linka::server::{
    config::SimulateArgs,
    random::Random,
    simulate::{SimulationArgs, simulate as play},
};
use tokio::runtime::Builder;

use super::{begin_log, database::Database};

/// Simulates, and ends with 1 where something does not hold.
pub(crate) async fn simulate(args: &SimulateArgs) -> anyhow::Result<ExitCode> {
    // What fails on purpose is no news; who looks into something says LINKA_LOG.
    begin_log(false, "off", None)?;
    let wanted = SimulationArgs {
        days: args.days,
        // Short enough to be typed again.
        seed: args.seed.unwrap_or_else(|| Random::System.uuid().as_u64_pair().0 % 1_000_000),
        broken: match &args.broken {
            Some(file) => Some(std::fs::read_to_string(file).with_context(|| file.display().to_string())?),
            None => None,
        },
        shorten: Duration::from_secs(args.shorten),
        keep: args.keep,
    };
    println!("linka simulate --days {} --seed {}", wanted.days, wanted.seed);
    let database = Database::open(&args.database).await?;
    let beside = database.options.clone();
    // One thread does everything, in one order.
    let played = tokio::task::spawn_blocking(move || {
        let runtime = Builder::new_current_thread().enable_all().build()?;
        runtime.block_on(play(&beside, &wanted))
    });
    let played = played.await;
    database.close().await?;
    let simulated = played??;
    println!("{simulated}");
    Ok(if simulated.failure.is_some() { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}
