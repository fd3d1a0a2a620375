//! A season of the customer line, simulated: customers, technicians, the desk, the manager, the bank, the payment site and the mail
//! server act at random through the use cases, on a clock that goes as fast as they do, and everything fails that can fail. What must
//! always hold is looked at after each day.
//!
//! [`ground`] makes databases in which there is a vendor and nothing has happened; [`world`] is one of them, the people, and the
//! outside. [`days`] says what happens on a day: when, and whose turn it is. An [actor](actors) looks at what its person would see, and
//! hands in a [deed](deeds): a form, which may come twice, late, or be cut off at any wait. [`upkeep`] is what every process does by
//! itself. [`invariants`] is what must hold. Of a season that fails, [`shortest`] finds how little of it suffices.
//!
//! All of it follows from the seed: nothing here asks the machine for the time or for chance, and one acts at a time.

mod actors;
mod days;
mod deeds;
mod ground;
mod invariants;
mod outside;
mod people;
mod season;
mod shortest;
mod upkeep;
mod world;

use std::{fmt, time::Duration};

use sqlx::postgres::PgConnectOptions;

use self::{days::Turn, ground::Ground, season::Wanted};

/// What is simulated.
#[derive(Debug, Clone)]
pub struct SimulationArgs {
    /// How many days.
    pub days: u32,
    /// What everything follows from.
    pub seed: u64,
    /// Statements that are run before anything happens: a fault, to see that it is found.
    pub broken: Option<String>,
    /// For how long a shorter history is looked for that fails, too.
    pub shorten: Duration,
    /// Whether the databases stay, for who wants to look into the last one.
    pub keep: bool,
}

/// What came of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Simulated {
    /// How many days came to their end.
    pub days: u32,
    /// How much of what was done, by what it is.
    pub counts: Vec<(&'static str, u64)>,
    /// What is wrong; none where nothing is.
    pub failure: Option<Failure>,
}

/// What is wrong, and how it came to that.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// What does not hold.
    pub faults: Vec<String>,
    /// The shortest history that was found in which it does not, a line for each deed.
    pub history: Vec<String>,
}

impl fmt::Display for Simulated {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} days", self.days)?;
        self.counts.iter().try_for_each(|(what, count)| write!(f, ", {count} {what}"))?;
        let Some(failure) = &self.failure else { return Ok(()) };
        for line in &failure.history {
            write!(f, "\n{line}")?;
        }
        failure.faults.iter().try_for_each(|fault| write!(f, "\nFAULT: {fault}"))
    }
}

/// Simulates a season in databases of its own beside the one that is named, which are dropped in the end. What is found in the first
/// run that fails is looked for in ever shorter ones.
///
/// # Errors
/// When the databases cannot be made.
pub async fn simulate(beside: &PgConnectOptions, args: &SimulationArgs) -> anyhow::Result<Simulated> {
    let ground = Box::pin(Ground::lay(beside, args.seed, args.broken.as_deref())).await?;
    let outcome = Box::pin(run(&ground, args)).await;
    if !args.keep {
        ground.drop().await?;
    }
    outcome
}

async fn run(ground: &Ground, args: &SimulationArgs) -> anyhow::Result<Simulated> {
    let wanted = Wanted::all(args.seed, args.days);
    let whole = season::play(ground, &wanted).await?;
    let (days, counts, turns) = (whole.days, whole.counts.clone(), whole.turns.clone());
    let Some(failure) = whole.failure() else { return Ok(Simulated { days, counts, failure: None }) };
    // Not beyond the day on which it failed.
    let until = Wanted { days: days + 1, ..wanted };
    let played = async |turns: &[Turn]| -> anyhow::Result<Option<Failure>> {
        Ok(season::play(ground, &until.only(turns)).await?.failure())
    };
    let failure = Some(shortest::look_for(turns, failure, args.shorten, played).await?);
    Ok(Simulated { days, counts, failure })
}
