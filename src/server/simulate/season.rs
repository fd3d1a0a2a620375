//! One season from its first day to its last, or to the first day on which something does not hold.

use std::collections::BTreeSet;

use super::{
    Failure, actors,
    days::{self, Turn},
    ground::Ground,
    invariants::Invariants,
    world::{Fault, World},
};

/// Which season is played.
#[derive(Debug, Clone)]
pub(super) struct Wanted {
    pub seed: u64,
    pub days: u32,
    /// The only turns that are taken; all of them where none are named.
    pub only: Option<BTreeSet<(u32, u32)>>,
}

impl Wanted {
    pub fn all(seed: u64, days: u32) -> Self {
        Self { seed, days, only: None }
    }

    /// The same, of which these turns are taken only.
    pub fn only(&self, turns: &[Turn]) -> Self {
        Self { only: Some(turns.iter().map(|turn| turn.id).collect()), ..self.clone() }
    }

    fn takes(&self, turn: &Turn) -> bool {
        self.only.as_ref().is_none_or(|only| only.contains(&turn.id))
    }
}

/// What came of it.
pub(super) struct Played {
    /// How many days came to their end.
    pub days: u32,
    /// The turns that were taken.
    pub turns: Vec<Turn>,
    pub history: Vec<String>,
    pub counts: Vec<(&'static str, u64)>,
    /// What does not hold, if anything.
    pub faults: Vec<String>,
}

impl Played {
    /// What does not hold, and how it came to that; none where all does.
    pub fn failure(self) -> Option<Failure> {
        let Self { faults, history, .. } = self;
        (!faults.is_empty()).then_some(Failure { faults, history })
    }
}

/// Plays it in a database of its own.
pub(super) async fn play(ground: &Ground, wanted: &Wanted) -> anyhow::Result<Played> {
    let mut world = World::new(ground, wanted.seed).await?;
    let invariants = Invariants::of(&world.app).await?;
    let (mut days, mut turns, mut faults) = (0, Vec::new(), Vec::new());
    while days < wanted.days && faults.is_empty() {
        match Box::pin(play_day(&mut world, (ground, wanted), (days, &invariants), &mut turns)).await {
            Ok(broken) => faults = broken,
            Err(Fault(fault)) => faults.push(fault),
        }
        days += u32::from(faults.is_empty());
    }
    world.app.db.close().await;
    let counts = world.counts();
    Ok(Played { days, turns, history: world.history, counts, faults })
}

async fn play_day(
    world: &mut World,
    (ground, wanted): (&Ground, &Wanted),
    (day, invariants): (u32, &Invariants),
    taken: &mut Vec<Turn>,
) -> Result<Vec<String>, Fault> {
    for turn in days::turns(wanted.seed, ground.first_day(), day) {
        if !wanted.takes(&turn) {
            continue;
        }
        taken.push(turn);
        world.pass_until(turn.at);
        Box::pin(world.keep_up(&mut turn.dice(wanted.seed, 0))).await?;
        // However much a process drew before it died: what comes is the same.
        world.app.random.go_on_from(turn.dice(wanted.seed, 2).next());
        actors::act(world, &mut turn.dice(wanted.seed, 1), turn.actor).await?;
    }
    let evening = days::evening(ground.first_day(), day);
    world.pass_until(evening);
    Box::pin(world.rest()).await?;
    Box::pin(invariants.broken(world, days::date(ground.first_day(), day))).await
}
