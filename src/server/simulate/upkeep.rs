//! What every process does by itself: chores by the clock, and the queue of jobs.

use chrono::TimeDelta;

use super::{
    deeds::for_waits,
    invariants::kept_elsewhere,
    world::{Fault, World},
};
use crate::{
    model::problem::Problem,
    server::{
        dice::Dice,
        jobs,
        service::{money::reconciliation, upkeep},
    },
};

/// The chores of each minute are done this often: what is due at a minute is due at the next, too.
const APART: TimeDelta = TimeDelta::minutes(12);
/// Longer than the queue waits before it tries a job again.
const LONGEST_PAUSE: TimeDelta = TimeDelta::hours(12);
/// Once in so many times the process dies over its chores, and the next one does them.
const DIES: i64 = 25;
const WAITS: i64 = 120;

impl World {
    /// Does what is due by now.
    pub async fn keep_up(&mut self, dice: &mut Dice) -> Result<(), Fault> {
        let now = self.now();
        let [minute, hour] = self.kept_up;
        if now < minute + APART {
            return Ok(());
        }
        if dice.one_in(DIES) {
            let waits = dice.below(WAITS);
            self.note(format!("the upkeep dies after {waits} waits"));
            for_waits(Box::pin(upkeep::each_minute(&self.app)), waits).await;
        }
        self.due("each minute", Box::pin(upkeep::each_minute(&self.app)).await)?;
        self.kept_up[0] = now;
        if now >= hour + TimeDelta::hours(1) {
            // Before all is placed anew: what a change has failed to note would be mended.
            kept_elsewhere(&self.app).await?;
            self.due("each hour", Box::pin(upkeep::each_hour(&self.app)).await)?;
            self.due("reconciliation", reconciliation::reconcile(&self.app).await)?;
            self.kept_up[1] = now;
        }
        self.run_queue(now - minute).await
    }

    /// The evening: what was broken outside is mended, and all that is due is done, twice, as the first time may bring about more.
    pub async fn rest(&mut self) -> Result<(), Fault> {
        self.outside.post.set_down(false);
        self.outside.cards_fail(false);
        self.hand_over_told().await?;
        for _ in 0..2 {
            self.app.clock.advance(APART);
            self.due("each minute", Box::pin(upkeep::each_minute(&self.app)).await)?;
            self.due("each hour", Box::pin(upkeep::each_hour(&self.app)).await)?;
            self.due("reconciliation", reconciliation::reconcile(&self.app).await)?;
            self.run_queue(LONGEST_PAUSE).await?;
        }
        self.kept_up = [self.now(); 2];
        Ok(())
    }

    /// Does the jobs that are due, by the queue's own clock: as much later than last time as it is here.
    async fn run_queue(&self, elapsed: TimeDelta) -> Result<(), Fault> {
        sqlx::query("update graphile_worker._private_jobs set run_at = run_at - $1::interval where locked_at is null")
            .bind(elapsed)
            .execute(self.app.db.pool())
            .await?;
        jobs::run_due_in_order(&self.app).await.map_err(|error| Fault(error.to_string()))
    }

    fn due(&self, what: &str, outcome: Result<(), Problem>) -> Result<(), Fault> {
        match outcome {
            Err(problem) if !self.outside.do_cards_fail() => Err(Fault(format!("{what}: {problem:?}"))),
            _ => Ok(()),
        }
    }
}
