//! Usage: what is left, at which pace it goes, and where it went.

use chrono::{NaiveDate, TimeDelta};
use serde::{Deserialize, Serialize};

pub use self::course::{Course, Turn, TurnKind, course};
use super::contracts::Period;
use crate::model::base::{calendar::BusinessCalendar, codes::coded_enum};

mod course;
#[cfg(test)]
mod tests;

/// Minutes drawn on one local day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct DayDraw {
    /// The day.
    pub date: NaiveDate,
    /// Minutes drawn from the grants, less those returned.
    pub minutes: i32,
}

/// How the minutes of the current pools go down: the chart's steps and the forecast.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BurnDown {
    /// The first day of the chart: when the earliest of today's contract pools became effective, at most a year ago.
    pub from: NaiveDate,
    /// The last day: when the contract's period ends, or a while after its next one has begun.
    pub until: NaiveDate,
    /// The day in Prague.
    pub today: NaiveDate,
    /// Minutes left at the end of each day on which that changed, from `from` to today.
    pub steps: Vec<(NaiveDate, u32)>,
    /// Minutes that will probably be left, as corners of a line from today to `until`.
    pub ahead: Vec<(NaiveDate, u32)>,
    /// What is known to happen until then, in order of time.
    pub turns: Vec<Turn>,
    /// What the present pace leads to.
    pub forecast: Forecast,
}

impl BurnDown {
    /// What is credited next.
    #[must_use]
    pub fn next_credit(&self) -> Option<Turn> {
        self.turns.iter().copied().find(|turn| turn.kind == TurnKind::Credited)
    }
}

/// What the present pace leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Forecast {
    /// Too little happened to speak of a pace.
    Unknown,
    /// The minutes last until more are credited, until they expire, or beyond the end of the chart's span.
    Lasts {
        /// Until the end of this day.
        until: NaiveDate,
        /// Minutes probably left then.
        left: u32,
    },
    /// The minutes run out on this day.
    RunsOut {
        /// The day.
        on: NaiveDate,
    },
    /// Nothing is left already.
    Empty,
}

/// How far back the pace looks, in days.
pub const PACE_DAYS: i64 = 56;

/// Fewer days with draws within [`PACE_DAYS`] are no pace.
pub const PACE_MIN_DRAWS: usize = 3;

/// The minutes drawn in the last eight weeks per working day of the line: a fraction, so that nothing is rounded on the way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pace {
    minutes: u64,
    working_days: u64,
}

impl Pace {
    /// The pace of the last [`PACE_DAYS`]; none if too little happened in them.
    ///
    /// * `draws` – minutes drawn per day, each day once, in any order; days outside of the last [`PACE_DAYS`] (today is the last
    ///   of them) do not count
    #[must_use]
    pub fn of(draws: &[DayDraw], today: NaiveDate, calendar: &BusinessCalendar) -> Option<Self> {
        let is_recent = |date: NaiveDate| (0..PACE_DAYS).contains(&(today - date).num_days());
        let recent = || draws.iter().filter(|draw| is_recent(draw.date));
        let days_with_draws = recent().filter(|draw| draw.minutes > 0).count();
        let minutes = u64::try_from(recent().map(|draw| i64::from(draw.minutes)).sum::<i64>()).ok()?;

        let days = (0..PACE_DAYS).filter_map(|ago| today.checked_sub_signed(TimeDelta::days(ago)));
        let working_days = u64::try_from(days.filter(|&date| calendar.is_working_day(date)).count()).ok()?;

        let is_pace = minutes > 0 && working_days > 0 && days_with_draws >= PACE_MIN_DRAWS;
        is_pace.then_some(Self { minutes, working_days })
    }

    /// The whole minutes that `working_days` take.
    fn minutes_in(&self, working_days: u64) -> u32 {
        u32::try_from(self.minutes * working_days / self.working_days).unwrap_or(u32::MAX)
    }
}

coded_enum! {
    /// How long a statement's period is.
    pub enum StatementSpan {
        /// A month.
        Month = "month",
        /// A quarter.
        Quarter = "quarter",
        /// A year.
        Year = "year",
    }
}

/// The period of `span` in which `date` lies: its first and last day. Periods are those of the calendar.
#[must_use]
pub fn statement_period(span: StatementSpan, date: NaiveDate) -> (NaiveDate, NaiveDate) {
    let period = match span {
        StatementSpan::Month => Period::Month,
        StatementSpan::Quarter => Period::Quarter,
        StatementSpan::Year => Period::Year,
    };
    let from = period.start_of(date).unwrap_or(NaiveDate::MIN);
    let until = period.after(from).and_then(|next| next.pred_opt()).unwrap_or(NaiveDate::MAX);
    (from, until)
}
