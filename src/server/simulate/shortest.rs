//! How little of a season suffices to fail: parts of it are left out for as long as it fails without them (Zeller's ddmin).

use std::{collections::BTreeSet, time::Duration};

use tokio::time::Instant;

use super::{
    Failure,
    days::{Actor, Turn},
    ground::Ground,
    season::{Played, Wanted, play},
};

/// Looks for a short history that fails, too; for no longer than that.
pub(super) async fn look_for(
    ground: &Ground,
    wanted: Wanted,
    whole: &Played,
    patience: Duration,
) -> anyhow::Result<Failure> {
    let mut search = Search {
        ground,
        wanted: Wanted { days: whole.days + 1, ..wanted },
        until: Instant::now() + patience,
        best: Failure { faults: whole.faults.clone(), history: whole.history.clone() },
    };
    let mut turns = search.without_actors(whole.turns.clone()).await?;
    let mut size = turns.len().div_ceil(2);
    while size > 0 && !search.is_over() {
        let before = turns.len();
        turns = search.without_parts(turns, size).await?;
        if turns.len() == before {
            size /= 2;
        } else {
            size = size.min(turns.len().div_ceil(2));
        }
    }
    Ok(search.best)
}

struct Search<'a> {
    ground: &'a Ground,
    wanted: Wanted,
    until: Instant,
    best: Failure,
}

impl Search<'_> {
    fn is_over(&self) -> bool {
        Instant::now() >= self.until
    }

    /// Leaves out all turns of an actor, one actor after the other.
    async fn without_actors(&mut self, mut turns: Vec<Turn>) -> anyhow::Result<Vec<Turn>> {
        let actors: BTreeSet<Actor> = turns.iter().map(|turn| turn.actor).collect();
        for actor in actors {
            let fewer: Vec<Turn> = turns.iter().filter(|turn| turn.actor != actor).copied().collect();
            if self.fails(&fewer).await? {
                turns = fewer;
            }
        }
        Ok(turns)
    }

    /// Leaves out so many turns that follow one another, wherever it fails without them.
    async fn without_parts(&mut self, mut turns: Vec<Turn>, size: usize) -> anyhow::Result<Vec<Turn>> {
        let mut from = 0;
        while from < turns.len() {
            let until = (from + size).min(turns.len());
            let fewer: Vec<Turn> = turns[..from].iter().chain(&turns[until..]).copied().collect();
            if self.fails(&fewer).await? {
                turns = fewer;
            } else {
                from = until;
            }
        }
        Ok(turns)
    }

    /// Whether it still fails with these turns only. Once the time is over nothing does.
    async fn fails(&mut self, turns: &[Turn]) -> anyhow::Result<bool> {
        if self.is_over() {
            return Ok(false);
        }
        let only = Some(turns.iter().map(|turn| turn.id).collect());
        let played = play(self.ground, &Wanted { only, ..self.wanted.clone() }).await?;
        if played.faults.is_empty() {
            return Ok(false);
        }
        self.best = Failure { faults: played.faults, history: played.history };
        Ok(true)
    }
}
