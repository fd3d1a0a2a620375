//! How little of a season suffices to fail: parts of it are left out for as long as it fails without them (Zeller's ddmin).

use std::{collections::BTreeSet, time::Duration};

use tokio::time::Instant;

use super::{
    Failure,
    days::{Actor, Turn},
};

/// Looks for a short history that fails, too; for no longer than that.
///
/// * `turns` – those of the season that has failed
/// * `played` – plays a season of which only some turns are taken, and tells how that fails, if it does
pub(super) async fn look_for(
    turns: Vec<Turn>,
    whole: Failure,
    patience: Duration,
    played: impl AsyncFn(&[Turn]) -> anyhow::Result<Option<Failure>>,
) -> anyhow::Result<Failure> {
    let mut search = Search { played, until: Instant::now() + patience, best: whole };
    let mut turns = search.without_actors(turns).await?;
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

struct Search<P> {
    played: P,
    until: Instant,
    best: Failure,
}

impl<P: AsyncFn(&[Turn]) -> anyhow::Result<Option<Failure>>> Search<P> {
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
        let Some(failure) = (self.played)(turns).await? else { return Ok(false) };
        self.best = failure;
        Ok(true)
    }
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use chrono::NaiveDate;

    use super::{super::days, *};

    /// How a season fails of which these turns are taken.
    fn failure(turns: &[Turn]) -> Failure {
        let history = turns.iter().map(|turn| format!("{:?} {:?}", turn.id, turn.actor)).collect();
        Failure { faults: vec!["a minute is missing".to_owned()], history }
    }

    /// Four days, of which two things together bring the fault about: the last turn of a technician, after the first of a customer.
    async fn shortened(patience: Duration) -> (Vec<Turn>, [Turn; 2], Failure, u32) {
        let begins = NaiveDate::from_ymd_opt(2026, 10, 5).unwrap();
        let turns: Vec<Turn> = (0..4).flat_map(|day| days::turns(7, begins, day)).collect();
        let of = |actor: Actor| move |turn: &&Turn| turn.actor == actor;
        let first = *turns.iter().find(of(Actor::Customer)).unwrap();
        let last = *turns.iter().rfind(of(Actor::Technician)).unwrap();
        let tries = Cell::new(0);
        let played = async |taken: &[Turn]| -> anyhow::Result<Option<Failure>> {
            tries.set(tries.get() + 1);
            assert!(taken.is_sorted_by_key(|turn| turn.id), "in the order in which they were");
            Ok([first, last].iter().all(|turn| taken.contains(turn)).then(|| failure(taken)))
        };
        let found = look_for(turns.clone(), failure(&turns), patience, played).await.unwrap();
        (turns, [first, last], found, tries.get())
    }

    #[tokio::test]
    async fn of_a_history_that_fails_what_brings_it_about_is_left() {
        let (turns, needed, found, tries) = shortened(Duration::from_secs(600)).await;
        assert_eq!(found, failure(&needed));
        assert!(turns.len() > 100 && tries < 100, "{} turns, {tries} seasons", turns.len());
    }

    #[tokio::test]
    async fn without_patience_all_of_it_is_told() {
        let (turns, _, found, tries) = shortened(Duration::ZERO).await;
        assert_eq!((found, tries), (failure(&turns), 0));
    }
}
