//! Usage: what is left, at which pace it goes, and where it went.

#[cfg(test)]
mod tests;

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use super::{contracts::Period, estimate::PoolKind, ledger::StatementEntry};
use crate::model::base::{
    calendar::BusinessCalendar,
    codes::coded_enum,
    ids::{GrantId, MemberId, ProgramId, WorkTypeId},
    money::Money,
    numbers::InterventionRef,
};

/// A grant as the meter shows it: what is left first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pool {
    /// Which grant.
    pub grant: GrantId,
    /// Where its minutes come from.
    pub kind: PoolKind,
    /// How many were credited.
    pub granted: u32,
    /// How many are left.
    pub left: u32,
    /// Of those, how many the agreed appointments will probably take.
    pub reserved: u32,
    /// From when they could be drawn.
    pub effective_at: DateTime<Utc>,
    /// The first instant at which they can no longer be drawn; none if they never expire.
    pub expires_at: Option<DateTime<Utc>>,
}

/// Spreads the minutes that agreed appointments will probably take over the pools, in drawing order; what does not fit is
/// nobody's reservation.
pub fn reserve(pools: &mut [Pool], mut minutes: u32) {
    for pool in pools {
        pool.reserved = minutes.min(pool.left);
        minutes -= pool.reserved;
    }
}

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
    /// The last day: when the contract's period ends, or today.
    pub until: NaiveDate,
    /// Today.
    pub today: NaiveDate,
    /// Minutes left at the end of each day on which that changed, from `from` to today.
    pub steps: Vec<(NaiveDate, u32)>,
    /// What the present pace leads to.
    pub forecast: Forecast,
}

/// What the present pace leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Forecast {
    /// Too little happened to speak of a pace.
    Unknown,
    /// The minutes last beyond the end of the chart's span; so many will probably be left then.
    Lasts {
        /// Minutes probably left at the end.
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

/// On which day the minutes run out at the pace of the last eight weeks: the minutes drawn in them per working day of the
/// line, drawn again on every working day from tomorrow on.
///
/// * `draws` – minutes drawn per day, each day once, in any order; days outside of the last [`PACE_DAYS`] (today is the last
///   of them) do not count
/// * `left` – what is left now
/// * `until` – the end of the chart's span; what is left then is rounded up to a minute
#[must_use]
pub fn forecast(
    draws: &[DayDraw],
    left: u32,
    today: NaiveDate,
    until: NaiveDate,
    calendar: &BusinessCalendar,
) -> Forecast {
    if left == 0 {
        return Forecast::Empty;
    }
    let Some(pace) = Pace::of(draws, today, calendar) else { return Forecast::Unknown };
    let working_days = today.iter_days().skip(1).take_while(|&date| date <= until);
    let mut ahead = 0;
    for date in working_days.filter(|&date| calendar.is_working_day(date)) {
        ahead += 1;
        if pace.minutes_in(ahead) >= left {
            return Forecast::RunsOut { on: date };
        }
    }
    Forecast::Lasts { left: left - pace.minutes_in(ahead) }
}

/// So many minutes in so many working days: a fraction, so that nothing is rounded on the way.
struct Pace {
    minutes: u64,
    working_days: u64,
}

impl Pace {
    /// The pace of the last [`PACE_DAYS`]; none if too little happened in them.
    fn of(draws: &[DayDraw], today: NaiveDate, calendar: &BusinessCalendar) -> Option<Self> {
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

/// What was used within one span of the calendar, or by one program, kind of work or person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct UsageBar {
    /// What it is: a month, a program, a kind of work, a person.
    pub slice: UsageSlice,
    /// How it is called; empty for a month.
    pub name: String,
    /// How many interventions.
    pub interventions: u32,
    /// Billed minutes, those beyond the grants included.
    pub minutes: u32,
    /// Of those, minutes beyond the grants.
    pub over_minutes: u32,
    /// What those cost, excluding VAT.
    pub amount: Money,
}

/// What a bar stands for: the filter that leads to its interventions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum UsageSlice {
    /// The month that begins on this day.
    Month(NaiveDate),
    /// A program.
    Program(ProgramId),
    /// A kind of work.
    WorkType(WorkTypeId),
    /// Who ordered it.
    Member(MemberId),
}

/// Which interventions are listed. All of it must hold; in a URL it is `?month=2026-11&program=3&before=…`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub struct UsageFilter {
    /// Started in the month that begins on this day.
    pub month: Option<NaiveDate>,
    /// Of this program.
    pub program: Option<ProgramId>,
    /// Of this kind of work.
    pub work_type: Option<WorkTypeId>,
    /// Ordered by this person.
    pub member: Option<MemberId>,
}

impl UsageFilter {
    /// The filter that leads to the interventions of a bar.
    #[must_use]
    pub fn of(slice: UsageSlice) -> Self {
        match slice {
            UsageSlice::Month(month) => Self { month: Some(month), ..Self::default() },
            UsageSlice::Program(program) => Self { program: Some(program), ..Self::default() },
            UsageSlice::WorkType(work_type) => Self { work_type: Some(work_type), ..Self::default() },
            UsageSlice::Member(member) => Self { member: Some(member), ..Self::default() },
        }
    }
}

/// A line of the list of interventions: when, what, who, minutes, from what.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct UsageRow {
    /// Which intervention.
    pub intervention: InterventionRef,
    /// When it began.
    pub started_at: DateTime<Utc>,
    /// The program.
    pub program: String,
    /// The kind of work.
    pub work_type: String,
    /// Who ordered it.
    pub member: String,
    /// Billed minutes.
    pub minutes: u32,
    /// Minutes per kind of pool, in drawing order.
    pub from_pools: Vec<(PoolKind, u32)>,
    /// Minutes beyond the grants.
    pub over_minutes: u32,
    /// What those cost, excluding VAT.
    pub amount: Money,
}

/// One page of the list of interventions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct UsageList {
    /// Which ones.
    pub filter: UsageFilter,
    /// How the filtered program, kind of work and person are called, in that order.
    pub filter_names: Vec<String>,
    /// The newest first.
    pub rows: Vec<UsageRow>,
    /// Where the next page begins (keyset paging), if there is one.
    pub more: Option<i64>,
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

/// `/usage/statement`: the account's entries of one period with the running balance.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Statement {
    /// The period's length.
    pub span: StatementSpan,
    /// Its first day.
    pub from: NaiveDate,
    /// Its last day.
    pub until: NaiveDate,
    /// The first day of the period before, unless nothing happened before.
    pub earlier: Option<NaiveDate>,
    /// The first day of the period after, unless that lies ahead.
    pub later: Option<NaiveDate>,
    /// The balance when it began, in minutes.
    pub opening: u32,
    /// Its entries, the oldest first.
    pub entries: Vec<StatementEntry>,
    /// The balance when it ended, or now.
    pub closing: u32,
}

/// What a customer takes home as a table: everything of one span.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct UsageExport {
    /// The customer's name.
    pub customer: String,
    /// The first day.
    pub from: NaiveDate,
    /// The last day.
    pub until: NaiveDate,
    /// Interventions that began in it, the oldest first.
    pub rows: Vec<UsageRow>,
    /// The account's entries, the oldest first.
    pub statement: Vec<StatementEntry>,
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
