//! A technician's day (design, Day): what it is made of beside what is agreed, and what it comes to.

use chrono::{DateTime, Days, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::lateness::Agreed;
use crate::model::{
    base::calendar::{BusinessCalendar, Interval, midnight, to_local},
    line::plans::ExceptionKind,
    ordering::{
        appointments::AppointmentState,
        offers::{Busy, FreeTime, Slot, TechnicianPlan},
    },
};

/// The place of the technician's plan among those that are compared.
const PLAN: usize = 0;
/// The place of the same plan as if nobody were ever absent.
const WITHOUT_ABSENCE: usize = 1;

/// What a stretch of the day is at which nothing is agreed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum StretchKind {
    /// At work, and anybody may still take it.
    Free,
    /// Somebody holds it while ordering.
    Held,
    /// Between two spans of the working plan.
    Break,
    /// Planned, and the technician is absent.
    Absent,
}

/// A stretch of a technician's day at which nothing is agreed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stretch {
    /// From when until when.
    pub slot: Slot,
    /// What it is.
    pub kind: StretchKind,
}

/// Until when a technician has nothing to do at `now`; none while that is not so.
#[must_use]
pub fn free_until(stretches: &[Stretch], now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    let free = stretches.iter().filter(|stretch| stretch.kind == StretchKind::Free);
    free.map(|stretch| stretch.slot).find(|slot| slot.start <= now && now < slot.end).map(|slot| slot.end)
}

/// A day at a glance.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct DayGlance {
    /// The local date.
    pub date: NaiveDate,
    /// How many times are agreed.
    pub appointments: u32,
    /// When the first of them begins that has not begun.
    pub first: Option<DateTime<Utc>>,
    /// How much is planned less absence, in minutes.
    pub planned_minutes: u32,
    /// How much of that is free from now on, in minutes.
    pub free_minutes: u32,
    /// Whether the technician is absent for some of the plan.
    pub is_absent: bool,
}

impl DayGlance {
    /// Whether anything is planned or agreed, or would be but for an absence.
    #[must_use]
    pub const fn is_something(&self) -> bool {
        self.appointments > 0 || self.planned_minutes > 0 || self.is_absent
    }
}

/// What a technician's day comes to, in minutes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct DayTotals {
    /// What is planned less absence.
    pub planned: u32,
    /// What is agreed, unless we missed it.
    pub agreed: u32,
    /// Effective time by now, of everything that the technician did on that day.
    pub done: u32,
    /// What customers were billed for work at the day's appointments.
    pub billed: u32,
}

/// A technician's days in a row, to be asked about each.
#[derive(Debug)]
pub struct Diary<'a> {
    free_time: FreeTime,
    agreed: &'a [Agreed],
    now: DateTime<Utc>,
}

impl<'a> Diary<'a> {
    /// The days from `first` to `last`, both included.
    ///
    /// * `plan` – the technician's own, in which only what drafts hold stands as taken
    /// * `agreed` – what is agreed on those days
    #[must_use]
    pub fn new(
        calendar: &BusinessCalendar,
        plan: &TechnicianPlan,
        agreed: &'a [Agreed],
        (first, last): (NaiveDate, NaiveDate),
        now: DateTime<Utc>,
    ) -> Self {
        let mut taken = plan.clone();
        let blocking = agreed.iter().filter(|one| one.state.blocking()).map(|one| one.takes(now));
        let busy = blocking.filter_map(|slot| Interval::new(slot.start, slot.end));
        taken.busy.extend(busy.map(|during| Busy { during, urgent: false }));
        let mut without_absence = plan.clone();
        without_absence.exceptions.retain(|exception| exception.kind != ExceptionKind::Off);
        Self { free_time: FreeTime::new(calendar, &[taken, without_absence], first, last), agreed, now }
    }

    /// What a day is made of beside what is agreed, in order of time: breaks, absences, what is held, and from now on what is free.
    #[must_use]
    pub fn stretches(&self, date: NaiveDate) -> Vec<Stretch> {
        let shift = self.shift(date);
        let mut stretches: Vec<Stretch> = Vec::new();
        for quarter in quarters(date) {
            let Some(kind) = self.kind_of(quarter, shift) else { continue };
            match stretches.last_mut().filter(|last| last.kind == kind && last.slot.end == quarter.start) {
                Some(last) => last.slot.end = quarter.end,
                None => stretches.push(Stretch { slot: quarter, kind }),
            }
        }
        for stretch in stretches.iter_mut().filter(|stretch| stretch.kind == StretchKind::Free) {
            stretch.slot.start = stretch.slot.start.max(self.now);
        }
        stretches
    }

    /// A day at a glance.
    #[must_use]
    pub fn glance(&self, date: NaiveDate) -> DayGlance {
        let agreed: Vec<_> = self.agreed.iter().filter(|one| to_local(one.slot.start).date() == date).collect();
        let ahead = agreed.iter().filter(|one| one.state == AppointmentState::Confirmed).map(|one| one.slot.start);
        let stretches = self.stretches(date);
        let free = stretches.iter().filter(|stretch| stretch.kind == StretchKind::Free);
        DayGlance {
            date,
            appointments: u32::try_from(agreed.len()).unwrap_or(u32::MAX),
            first: ahead.min(),
            planned_minutes: self.planned_minutes(date),
            free_minutes: free.map(|stretch| stretch.slot.minutes()).sum(),
            is_absent: stretches.iter().any(|stretch| stretch.kind == StretchKind::Absent),
        }
    }

    /// How much is planned on a day less absence, in minutes.
    fn planned_minutes(&self, date: NaiveDate) -> u32 {
        quarters(date).filter(|quarter| self.free_time.is_at_work(PLAN, *quarter)).map(Slot::minutes).sum()
    }

    /// From the first quarter of a day that is planned to the last, breaks and absences included.
    fn shift(&self, date: NaiveDate) -> Option<Slot> {
        let mut planned = quarters(date).filter(|quarter| self.free_time.is_at_work(WITHOUT_ABSENCE, *quarter));
        let first = planned.next()?;
        Some(Slot { start: first.start, end: planned.last().unwrap_or(first).end })
    }

    fn kind_of(&self, quarter: Slot, shift: Option<Slot>) -> Option<StretchKind> {
        let blocking = self.agreed.iter().filter(|one| one.state.blocking());
        if blocking.map(|one| one.takes(self.now)).any(|slot| slot.overlaps(quarter)) {
            return None;
        }
        if self.free_time.is_free(PLAN, quarter) {
            return (self.now < quarter.end).then_some(StretchKind::Free);
        }
        // What is agreed stands for itself: whatever else takes it is held.
        if self.free_time.is_at_work(PLAN, quarter) {
            return Some(StretchKind::Held);
        }
        if self.free_time.is_at_work(WITHOUT_ABSENCE, quarter) {
            return Some(StretchKind::Absent);
        }
        shift.filter(|shift| shift.overlaps(quarter)).map(|_| StretchKind::Break)
    }
}

/// A local day in whole quarters of an hour.
fn quarters(date: NaiveDate) -> impl Iterator<Item = Slot> {
    Slot { start: midnight(date), end: midnight(date + Days::new(1)) }.quarters()
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;
    use proptest::prelude::*;

    use super::*;
    use crate::model::{
        base::{ids::StaffId, numbers::RequestNumber},
        fixtures::{calendar, date, local},
        line::plans::PlannedWeek,
        ordering::offers::PlanException,
    };

    const DAY: &str = "2026-11-24";

    fn at(wall: &str) -> DateTime<Utc> {
        local(&format!("{DAY} {wall}"))
    }

    fn slot(from: &str, until: &str) -> Slot {
        Slot { start: at(from), end: at(until) }
    }

    fn number(serial: u32) -> RequestNumber {
        RequestNumber::new(2026, serial).unwrap()
    }

    fn agreed(serial: u32, from: &str, until: &str, state: AppointmentState) -> Agreed {
        Agreed { number: number(serial), slot: slot(from, until), state }
    }

    fn interval(slot: Slot) -> Interval {
        Interval::new(slot.start, slot.end).unwrap()
    }

    /// Seven to half past eleven, noon to half past three.
    fn plan(absent: &[Slot], held: &[Slot]) -> TechnicianPlan {
        let spans: Vec<_> = [("07:00", "11:30"), ("12:00", "15:30")]
            .into_iter()
            .map(|(from, until)| (from.parse().unwrap(), until.parse().unwrap()))
            .collect();
        TechnicianPlan {
            technician: StaffId(1),
            skills: Vec::new(),
            is_near: true,
            weeks: vec![PlannedWeek { first: None, last: None, week: std::array::from_fn(|_| spans.clone()) }],
            exceptions: absent
                .iter()
                .map(|slot| PlanException { during: interval(*slot), kind: ExceptionKind::Off })
                .collect(),
            busy: held.iter().map(|slot| Busy { during: interval(*slot), urgent: false }).collect(),
        }
    }

    fn stretches(plan: &TechnicianPlan, agreed: &[Agreed], now: DateTime<Utc>) -> Vec<(Slot, StretchKind)> {
        let day = date(DAY);
        let diary = Diary::new(&calendar(), plan, agreed, (day, day), now);
        diary.stretches(day).iter().map(|stretch| (stretch.slot, stretch.kind)).collect()
    }

    #[test]
    fn a_day_is_its_gaps_its_break_and_its_absence() {
        use StretchKind::{Absent, Break, Free, Held};
        let agreed = [
            agreed(1, "08:00", "09:00", AppointmentState::Confirmed),
            agreed(2, "09:00", "10:00", AppointmentState::MissedByUs),
        ];
        let plan = plan(&[slot("14:00", "23:00")], &[slot("12:00", "12:45")]);
        assert_eq!(
            stretches(&plan, &agreed, at("06:00")),
            [
                (slot("07:00", "08:00"), Free),
                (slot("09:00", "11:30"), Free),
                (slot("11:30", "12:00"), Break),
                (slot("12:00", "12:45"), Held),
                (slot("12:45", "14:00"), Free),
                (slot("14:00", "15:30"), Absent),
            ]
        );
        let day = date(DAY);
        let glance = Diary::new(&calendar(), &plan, &agreed, (day, day), at("06:00")).glance(day);
        let told = (glance.appointments, glance.first, glance.planned_minutes, glance.free_minutes, glance.is_absent);
        assert_eq!(told, (2, Some(at("08:00")), 390, 285, true));
    }

    #[test]
    fn what_is_past_is_free_no_more_and_the_rest_of_a_gap_is_from_now_on() {
        let day = stretches(&plan(&[], &[]), &[agreed(1, "10:00", "11:30", AppointmentState::Confirmed)], at("09:20"));
        assert_eq!(day[0], (slot("09:20", "10:00"), StretchKind::Free));
        let told: Vec<_> = day.iter().map(|&(slot, kind)| Stretch { slot, kind }).collect();
        assert_eq!(free_until(&told, at("09:20")), Some(at("10:00")));
        assert_eq!(free_until(&told, at("10:30")), None);
        assert_eq!(free_until(&told, at("11:45")), None, "a break is no free time");
    }

    #[test]
    fn work_that_goes_on_takes_its_technician_until_it_is_over() {
        let day = stretches(&plan(&[], &[]), &[agreed(1, "08:00", "09:00", AppointmentState::Running)], at("09:20"));
        assert_eq!(day[0], (slot("09:30", "11:30"), StretchKind::Free));
    }

    #[test]
    fn a_day_off_work_has_neither_breaks_nor_gaps() {
        let sunday = date("2026-11-29");
        let diary = Diary::new(&calendar(), &plan(&[], &[]), &[], (sunday, sunday), at("06:00"));
        assert_eq!(diary.stretches(sunday), []);
        assert!(!diary.glance(sunday).is_something());
    }

    proptest! {
        /// Stretches lie within the day, in order, and none of them over what is agreed.
        #[test]
        fn stretches_lie_beside_what_is_agreed(
            spans in prop::collection::vec((0..600_i64, 5..180_i64, 0..7_usize), 0..8),
            off in prop::collection::vec((0..600_i64, 5..300_i64), 0..3),
            now in 0..900_i64,
        ) {
            let span = |from: i64, length: i64| {
                let start = at("06:00") + TimeDelta::minutes(from);
                Slot { start, end: start + TimeDelta::minutes(length) }
            };
            let day: Vec<_> = (1..)
                .zip(&spans)
                .map(|(serial, &(from, length, state))| Agreed {
                    number: number(serial),
                    slot: span(from, length),
                    state: AppointmentState::ALL[state],
                })
                .collect();
            let off: Vec<_> = off.iter().map(|&(from, length)| span(from, length)).collect();
            let now = at("06:00") + TimeDelta::minutes(now);
            let found = stretches(&plan(&off, &[]), &day, now);
            for two in found.windows(2) {
                prop_assert!(two[0].0.end <= two[1].0.start);
            }
            for (slot, kind) in found {
                prop_assert!(slot.start < slot.end);
                prop_assert!(!day.iter().any(|one| one.state.blocking() && one.slot.overlaps(slot)), "{:?}", slot);
                prop_assert!(kind != StretchKind::Free || now <= slot.start);
                prop_assert_ne!(kind, StretchKind::Held, "nobody holds anything");
            }
        }
    }
}
