//! The desk's board (design, Board): what each technician's day is made of, in quarters of an hour.
//!
//! Every quarter of the hours that are shown belongs to exactly one cell, so that nothing is covered by anything else: of what
//! lies on a quarter, what takes the technician wins, then absence, then what is free.

#[cfg(test)]
mod tests;

use std::ops::Range;

use chrono::{DateTime, Datelike, Days, NaiveDate, TimeDelta, Timelike, Utc};
use serde::{Deserialize, Serialize};

use super::{
    lanes::{Colleague, OVERDUE_MINUTES},
    lateness::{Agreed, takes},
    readiness::ReadyAnswer,
};
use crate::model::{
    base::{
        bilingual::Bilingual,
        calendar::{BusinessCalendar, DayKind, Interval, from_local, midnight, to_local},
        numbers::RequestNumber,
        terms::Urgency,
    },
    line::{plans::ExceptionKind, settings::LineSettings},
    ordering::{
        appointments::AppointmentState,
        offers::{FreeTime, QUARTER, Slot, TechnicianPlan},
    },
};

/// What takes a technician's time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Taken {
    /// For which request; none for a draft that holds a time, which is nobody's business yet.
    pub number: Option<RequestNumber>,
    /// From when until when it is agreed.
    pub slot: Slot,
    /// Where it stands.
    pub state: AppointmentState,
    /// How urgent it is.
    pub urgency: Urgency,
    /// The customer's name.
    pub customer: String,
    /// The program.
    pub program: Bilingual,
    /// The kind of work.
    pub work_type: Bilingual,
    /// What the customer said shortly before it.
    pub said: Option<ReadyAnswer>,
}

/// What somebody has to look after on the board.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Trouble {
    /// It should have begun.
    NotBegun,
    /// It goes on beyond its end.
    GoesOn,
    /// Nobody of ours came.
    Missed,
}

impl Taken {
    /// What is wrong with it at `now`, if anything is.
    #[must_use]
    pub fn trouble(&self, now: DateTime<Utc>) -> Option<Trouble> {
        match self.state {
            AppointmentState::Confirmed if self.slot.start + TimeDelta::minutes(OVERDUE_MINUTES) <= now => {
                Some(Trouble::NotBegun)
            }
            AppointmentState::Running if self.slot.end <= now => Some(Trouble::GoesOn),
            AppointmentState::MissedByUs => Some(Trouble::Missed),
            _ => None,
        }
    }

    /// What it is to those around it; none of a draft's.
    #[must_use]
    pub fn agreed(&self) -> Option<Agreed> {
        Some(Agreed { number: self.number?, slot: self.slot, state: self.state })
    }

    /// The time that it takes as far as is known at `now`.
    fn takes(&self, now: DateTime<Utc>) -> Slot {
        takes(self.state, self.slot, now)
    }
}

/// What a cell of the board is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum CellKind {
    /// The technician is not planned to work, or the line is closed.
    NotPlanned,
    /// The technician would work, and is absent.
    Absent,
    /// At work, and nothing is agreed.
    Free,
    /// Something takes the time.
    Taken(Box<Taken>),
}

/// A span of a technician's day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cell {
    /// From when until when, in whole quarters of an hour.
    pub slot: Slot,
    /// What it is.
    pub kind: CellKind,
}

impl Cell {
    /// How many quarters of an hour it has.
    #[must_use]
    pub fn quarters(&self) -> u32 {
        self.slot.minutes() / 15
    }
}

/// A technician's day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    /// Whose day it is.
    pub technician: Colleague,
    /// What it is made of, without gaps and overlaps.
    pub cells: Vec<Cell>,
    /// How much of the plan is still free from now on, in minutes.
    pub free_minutes: u32,
    /// Whether the technician is absent for all that is left of the plan: nobody has to say so any more.
    pub is_absent: bool,
}

/// The board of a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Board {
    /// The local date.
    pub date: NaiveDate,
    /// What kind of day it is.
    pub kind: DayKind,
    /// The hours that are shown: whole ones, those of the line and whatever lies beyond them.
    pub shown: Slot,
    /// Now, if it lies within the shown hours.
    pub now: Option<DateTime<Utc>>,
    /// The soonest time that can still be agreed.
    pub soonest: DateTime<Utc>,
    /// The technicians, by name.
    pub rows: Vec<Row>,
    /// How much is free from now on, in minutes.
    pub free_minutes: u32,
    /// How much of what is free is kept for urgent work and not yet taken by it, in minutes; none where nothing is: then there is
    /// nothing to release, either.
    pub reserved_minutes: Option<u32>,
}

/// What a board is made of.
#[derive(Debug, Clone, Copy)]
pub struct BoardFacts<'a> {
    /// The business calendar.
    pub calendar: &'a BusinessCalendar,
    /// The rules in force.
    pub settings: &'a LineSettings,
    /// The days whose reserve was given to everybody.
    pub released: &'a [NaiveDate],
    /// Who works as a technician, by name.
    pub technicians: &'a [Colleague],
    /// Their plans.
    pub plans: &'a [TechnicianPlan],
    /// What takes their time, by the place in `technicians`.
    pub taken: &'a [(usize, Taken)],
}

impl Board {
    /// The board of a local day at `now`.
    #[must_use]
    pub fn of(facts: BoardFacts<'_>, date: NaiveDate, now: DateTime<Utc>) -> Self {
        let free_time = FreeTime::new(facts.calendar, facts.plans, date, date);
        let shown = shown(facts, date, now);
        let quarters: Vec<_> = shown.quarters().collect();
        let rows: Vec<_> = facts
            .technicians
            .iter()
            .enumerate()
            .map(|(place, technician)| {
                let taken: Vec<_> = facts.taken.iter().filter(|(of, _)| *of == place).map(|(_, taken)| taken).collect();
                let plan = facts.plans.iter().position(|plan| plan.technician == technician.id);
                let day = Day { free_time: &free_time, plan: plan.map(|plan| (plan, &facts.plans[plan])), taken, now };
                let cells = cells(&quarters, |quarter| day.kind_of(quarter));
                let free = cells.iter().filter(|cell| cell.kind == CellKind::Free);
                let free_minutes = free.map(|cell| from_now(cell.slot, now).minutes()).sum();
                let is_absent = day.is_absent(&quarters);
                Row { technician: technician.clone(), cells, free_minutes, is_absent }
            })
            .collect();
        let free_minutes = rows.iter().map(|row| row.free_minutes).sum();
        Self {
            date,
            kind: facts.calendar.day_kind(date),
            shown,
            now: Some(now).filter(|now| shown.start <= *now && *now < shown.end),
            soonest: soonest(facts.settings, now),
            free_minutes,
            reserved_minutes: reserved(facts, &free_time, date, now)
                .map(|kept| kept.min(free_minutes))
                .filter(|kept| *kept > 0),
            rows,
        }
    }
}

/// How many minutes a free time has at least that is worth naming.
const GAP_MINUTES: u32 = 30;

impl Board {
    /// The first free times that can still be agreed, in order of time and then of the technicians.
    #[must_use]
    pub fn gaps(&self, most: usize) -> Vec<(Slot, &Colleague)> {
        let of_row = |row: &'_ Row| {
            let free = row.cells.iter().filter(|cell| cell.kind == CellKind::Free);
            free.map(|cell| from_now(cell.slot, self.soonest))
                .filter(|slot| slot.minutes() >= GAP_MINUTES)
                .collect::<Vec<_>>()
        };
        let of_all = self.rows.iter().flat_map(|row| of_row(row).into_iter().map(move |slot| (slot, &row.technician)));
        let mut gaps: Vec<_> = of_all.collect();
        // The rows are in the order of the names, and sorting keeps it.
        gaps.sort_by_key(|(slot, _)| slot.start);
        gaps.truncate(most);
        gaps
    }
}

/// One technician's day, to be asked about each quarter of it.
struct Day<'a> {
    free_time: &'a FreeTime,
    plan: Option<(usize, &'a TechnicianPlan)>,
    taken: Vec<&'a Taken>,
    now: DateTime<Utc>,
}

impl Day<'_> {
    fn kind_of(&self, quarter: Slot) -> CellKind {
        let on_it = self.taken.iter().filter(|taken| taken.takes(self.now).overlaps(quarter));
        // What is over gives back what it did not need: whatever blocks stands before it.
        if let Some(taken) = on_it.max_by_key(|taken| (taken.state.blocking(), taken.slot.start)) {
            return CellKind::Taken(Box::new((*taken).clone()));
        }
        let Some((place, _)) = self.plan else { return CellKind::NotPlanned };
        if self.free_time.is_at_work(place, quarter) {
            return CellKind::Free;
        }
        if self.is_off(quarter) { CellKind::Absent } else { CellKind::NotPlanned }
    }

    /// Whether an absence touches a quarter.
    fn is_off(&self, quarter: Slot) -> bool {
        let covers = |during: &Interval| during.start() < quarter.end && quarter.start < during.end();
        self.plan
            .is_some_and(|(_, plan)| plan.exceptions_of(ExceptionKind::Off).any(|exception| covers(&exception.during)))
    }

    /// Whether some of what is left of the day is absence, and none of it work: what is agreed in it is displaced.
    fn is_absent(&self, quarters: &[Slot]) -> bool {
        let rest = || quarters.iter().copied().filter(|quarter| self.now < quarter.end);
        let works = |quarter| self.plan.is_some_and(|(place, _)| self.free_time.is_at_work(place, quarter));
        rest().any(|quarter| self.is_off(quarter)) && !rest().any(works)
    }
}

/// The quarter of an hour in which something can begin that is agreed now (design, Offers).
fn soonest(settings: &LineSettings, now: DateTime<Utc>) -> DateTime<Utc> {
    let soon = now.checked_add_signed(TimeDelta::minutes(settings.urgent_first_minutes.into())).unwrap_or(now);
    let over = TimeDelta::seconds(soon.timestamp().rem_euclid(QUARTER.num_seconds()));
    if over.is_zero() { soon } else { soon - over + QUARTER }
}

/// The hours to show: those of the line on that day, or on any working day, and what is agreed beyond them.
fn shown(facts: BoardFacts<'_>, date: NaiveDate, now: DateTime<Utc>) -> Slot {
    let (opens, closes) = facts.calendar.wall_hours(date);
    let day = Slot { start: midnight(date), end: midnight(date + Days::new(1)) };
    let hours = Slot { start: from_local(date, opens), end: from_local(date, closes) };
    let taken = facts.taken.iter().map(|(_, taken)| taken.takes(now));
    let hours = taken
        .filter(|slot| slot.overlaps(day))
        .fold(hours, |Slot { start, end }, slot| Slot { start: start.min(slot.start), end: end.max(slot.end) });
    let past_hour = |at: DateTime<Utc>| TimeDelta::minutes(to_local(at).minute().into());
    let (start, end) = (hours.start - past_hour(hours.start), hours.end);
    let end = if past_hour(end).is_zero() { end } else { end - past_hour(end) + TimeDelta::hours(1) };
    Slot { start: start.max(day.start), end: end.min(day.end).max(start + QUARTER) }
}

/// Joins neighbouring quarters that are the same.
fn cells(quarters: &[Slot], kind_of: impl Fn(Slot) -> CellKind) -> Vec<Cell> {
    let mut cells: Vec<Cell> = Vec::new();
    for &quarter in quarters {
        let kind = kind_of(quarter);
        match cells.last_mut().filter(|last| last.kind == kind) {
            Some(last) => last.slot.end = quarter.end,
            None => cells.push(Cell { slot: quarter, kind }),
        }
    }
    cells
}

/// What is kept of a day for urgent work (design, Offers), less what urgent work has taken of it; none from the hour on at which
/// it is released.
fn reserved(facts: BoardFacts<'_>, free_time: &FreeTime, date: NaiveDate, now: DateTime<Utc>) -> Option<u32> {
    let released_at = from_local(date, facts.settings.reserve_released_at);
    let is_released = released_at <= now || facts.released.contains(&date);
    if is_released || facts.settings.urgent_reserve_percent == 0 {
        return None;
    }
    let day = Slot { start: midnight(date), end: midnight(date + Days::new(1)) };
    let quarters: Vec<_> = day.quarters().collect();
    let at_work = |place: usize| quarters.iter().filter(move |quarter| free_time.is_at_work(place, **quarter)).count();
    let planned: usize = (0..facts.plans.len()).map(at_work).sum();
    let planned = u32::try_from(planned).unwrap_or(u32::MAX).saturating_mul(15);
    let kept = planned * u32::from(facts.settings.urgent_reserve_percent) / 100;
    let urgent = facts.taken.iter().filter(|(_, taken)| taken.urgency == Urgency::Urgent);
    let today = urgent.filter(|(_, taken)| taken.state.blocking() && taken.slot.overlaps(day));
    let used: u32 = today.map(|(_, taken)| taken.slot.minutes()).sum();
    Some(kept.saturating_sub(used))
}

/// What of a span is still ahead.
fn from_now(slot: Slot, now: DateTime<Utc>) -> Slot {
    Slot { start: slot.start.max(now).min(slot.end), end: slot.end }
}

/// A technician's day in a week.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct WeekCell {
    /// How many appointments there are.
    pub appointments: u32,
    /// How many minutes of the plan are free, as of now.
    pub free_minutes: u32,
    /// Whether the technician is absent for some of the plan.
    pub is_absent: bool,
}

/// The board of a week: how much each technician has on each day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WeekBoard {
    /// Its days from Monday on: working days, and others on which something is agreed or planned.
    pub days: Vec<NaiveDate>,
    /// The technicians by name, with a cell for each of the days.
    pub rows: Vec<(Colleague, Vec<WeekCell>)>,
}

impl WeekBoard {
    /// The week from a Monday on, of the boards of its days.
    #[must_use]
    pub fn of(boards: &[Board]) -> Self {
        let is_worth_a_column = |board: &&Board| {
            board.kind == DayKind::Working || board.rows.iter().any(|row| row.cells.iter().any(Cell::is_something))
        };
        let boards: Vec<_> = boards.iter().filter(is_worth_a_column).collect();
        let technicians = boards.first().map(|board| board.rows.len()).unwrap_or_default();
        let row = |place: usize| {
            let first = &boards.first()?.rows.get(place)?.technician;
            let cells = boards.iter().filter_map(|board| board.rows.get(place)).map(Row::in_a_week).collect();
            Some((first.clone(), cells))
        };
        Self { days: boards.iter().map(|board| board.date).collect(), rows: (0..technicians).filter_map(row).collect() }
    }
}

impl Cell {
    /// Whether somebody works there, or would.
    fn is_something(&self) -> bool {
        self.kind != CellKind::NotPlanned
    }
}

impl Row {
    fn in_a_week(&self) -> WeekCell {
        let mut starts: Vec<_> = self
            .cells
            .iter()
            .filter_map(|cell| match &cell.kind {
                CellKind::Taken(taken) if taken.number.is_some() => Some((taken.number, taken.slot.start)),
                _ => None,
            })
            .collect();
        // What another one interrupts stands in two cells.
        starts.sort_unstable();
        starts.dedup();
        WeekCell {
            appointments: u32::try_from(starts.len()).unwrap_or(u32::MAX),
            free_minutes: self.free_minutes,
            is_absent: self.cells.iter().any(|cell| cell.kind == CellKind::Absent),
        }
    }
}

/// The days of the local week of a date, from its Monday on.
#[must_use]
pub fn week_of(date: NaiveDate) -> Range<NaiveDate> {
    let monday = date - Days::new(date.weekday().num_days_from_monday().into());
    monday..monday + Days::new(7)
}
