//! The rules of offers word by word: obviously correct and slow. It asks of every quarter of an hour and every technician
//! anew, works with instants only, and shares nothing with the code under test but the calendar.

use chrono::{DateTime, Datelike, NaiveDate, NaiveTime, TimeDelta, Timelike, Utc};

use super::{Case, SKILL};
use crate::model::{
    base::{
        calendar::{Interval, from_local, to_local},
        ids::StaffId,
        terms::Urgency,
    },
    line::plans::ExceptionKind,
    ordering::offers::{Busy, SlotRefused, TechnicianPlan},
};

impl Case {
    /// Whether a start can be picked, or the first reason why not.
    pub(super) fn reference(&self, start: DateTime<Utc>) -> Result<(), SlotRefused> {
        let earliest = self.reference_earliest();
        let date = to_local(start).date();
        if start < self.now {
            Err(SlotRefused::Past)
        } else if start < earliest {
            Err(SlotRefused::TooSoon { earliest })
        } else if !is_on_grid(start) {
            Err(SlotRefused::OffGrid)
        } else if !self.quarters_of_slot(start).iter().all(|quarter| self.is_in_hours(date, quarter)) {
            Err(SlotRefused::OutsideHours)
        } else if date > self.last_date() {
            Err(SlotRefused::BeyondHorizon)
        } else if self.reference_technicians(start).is_empty() {
            Err(SlotRefused::Taken)
        } else if self.is_reserved(date) {
            Err(SlotRefused::Reserved)
        } else {
            Ok(())
        }
    }

    /// Who could take the slot, in order of identity.
    pub(super) fn reference_technicians(&self, start: DateTime<Utc>) -> Vec<StaffId> {
        let date = to_local(start).date();
        let able = self.technicians.iter().filter(|technician| technician.skills.iter().any(|skill| skill == SKILL));
        let free = able.filter(|technician| {
            self.quarters_of_slot(start).iter().all(|quarter| {
                self.is_at_work(technician, date, quarter)
                    && !technician.busy.iter().any(|busy| busy.during.overlaps(quarter))
            })
        });
        let mut ids: Vec<_> = free.map(|technician| technician.technician).collect();
        ids.sort();
        if is_on_grid(start) { ids } else { Vec::new() }
    }

    /// The starts that may come into question at all, and some beyond: every quarter of an hour from yesterday on.
    pub(super) fn reference_grid(&self) -> Vec<DateTime<Utc>> {
        let mut start = from_local(to_local(self.now).date(), NaiveTime::MIN) - TimeDelta::days(1);
        let end = from_local(self.last_date(), NaiveTime::MIN) + TimeDelta::days(2);
        let mut grid = Vec::new();
        while start < end {
            grid.push(start);
            start += TimeDelta::minutes(15);
        }
        grid
    }

    fn reference_earliest(&self) -> DateTime<Utc> {
        let bound = match self.urgency {
            _ if self.missed_by_us => self.now + TimeDelta::minutes(self.settings.urgent_first_minutes.into()),
            Urgency::Urgent => self.now + TimeDelta::minutes(self.settings.urgent_first_minutes.into()),
            Urgency::Normal => self.calendar.add_working_minutes(self.now, self.tier.normal_lead_minutes),
        };
        // Prague is whole quarters of an hour ahead of UTC, so its grid is that of UTC.
        let next_on_grid = |from: DateTime<Utc>| {
            let second = from.timestamp() + i64::from(from.timestamp_subsec_nanos() > 0);
            DateTime::from_timestamp((second + 899).div_euclid(900) * 900, 0).unwrap()
        };
        next_on_grid(self.calendar.add_working_minutes(next_on_grid(bound), 0))
    }

    fn last_date(&self) -> NaiveDate {
        let days = match self.urgency {
            _ if self.missed_by_us => self.settings.urgent_horizon_days.max(self.settings.normal_horizon_days),
            Urgency::Urgent => self.settings.urgent_horizon_days,
            Urgency::Normal => self.settings.normal_horizon_days,
        };
        self.calendar.add_working_days(to_local(self.now).date(), days)
    }

    fn quarters_of_slot(&self, start: DateTime<Utc>) -> Vec<Interval> {
        (0..self.slot_minutes.div_ceil(15).max(1))
            .map(|number| quarter(start + TimeDelta::minutes(15 * i64::from(number))))
            .collect()
    }

    fn is_in_hours(&self, date: NaiveDate, quarter: &Interval) -> bool {
        self.calendar.hours(date).is_some_and(|hours| lies_within(quarter, &hours))
    }

    fn is_at_work(&self, technician: &TechnicianPlan, date: NaiveDate, quarter: &Interval) -> bool {
        let in_force = technician.weeks.iter().find(|planned| {
            planned.first.is_none_or(|first| first <= date) && planned.last.is_none_or(|last| date <= last)
        });
        let spans = in_force.map(|planned| &planned.week[date.weekday().num_days_from_monday() as usize]);
        let week = spans.into_iter().flatten().any(|&(from, to)| {
            Interval::new(from_local(date, from), from_local(date, to)).is_some_and(|span| lies_within(quarter, &span))
        });
        let mut extra = technician.exceptions.iter().filter(|exception| exception.kind == ExceptionKind::Extra);
        let mut off = technician.exceptions.iter().filter(|exception| exception.kind == ExceptionKind::Off);
        (week || extra.any(|exception| lies_within(quarter, &exception.during)))
            && !off.any(|exception| exception.during.overlaps(quarter))
            && self.is_in_hours(date, quarter)
    }

    /// How many minutes all technicians together are planned to work on a date.
    pub(super) fn reference_planned_minutes(&self, date: NaiveDate) -> i64 {
        let quarters = quarters_of_day(date);
        let planned = |technician| quarters.iter().filter(|quarter| self.is_at_work(technician, date, quarter)).count();
        self.technicians.iter().map(|technician| 15 * i64::try_from(planned(technician)).unwrap()).sum()
    }

    /// How many quarters of the day of `start` a technician has promised.
    pub(super) fn reference_load(&self, id: StaffId, start: DateTime<Utc>) -> usize {
        let technician = self.technicians.iter().find(|technician| technician.technician == id).unwrap();
        let quarters = quarters_of_day(to_local(start).date());
        let overlaps = |busy: &Busy| quarters.iter().filter(|quarter| busy.during.overlaps(quarter)).count();
        technician.busy.iter().map(overlaps).sum()
    }

    fn is_reserved(&self, date: NaiveDate) -> bool {
        if self.missed_by_us
            || self.urgency == Urgency::Urgent
            || from_local(date, self.settings.reserve_released_at) <= self.now
        {
            return false;
        }
        let promised: usize = self.technicians.iter().map(|technician| promised_quarters(technician, date)).sum();
        let promised = 15 * i64::try_from(promised).unwrap();
        let wanted = 15 * i64::from(self.slot_minutes.div_ceil(15).max(1));
        let normal_percent = 100 - i64::from(self.settings.urgent_reserve_percent);
        (promised + wanted) * 100 > self.reference_planned_minutes(date) * normal_percent
    }
}

fn promised_quarters(technician: &TechnicianPlan, date: NaiveDate) -> usize {
    let quarters = quarters_of_day(date);
    let normal = technician.busy.iter().filter(|busy| !busy.urgent);
    normal.map(|busy| quarters.iter().filter(|quarter| busy.during.overlaps(quarter)).count()).sum()
}

fn quarters_of_day(date: NaiveDate) -> Vec<Interval> {
    let mut start = from_local(date, NaiveTime::MIN);
    let mut quarters = Vec::new();
    while to_local(start).date() == date {
        quarters.push(quarter(start));
        start += TimeDelta::minutes(15);
    }
    quarters
}

fn quarter(start: DateTime<Utc>) -> Interval {
    Interval::new(start, start + TimeDelta::minutes(15)).unwrap()
}

fn lies_within(inner: &Interval, outer: &Interval) -> bool {
    outer.start() <= inner.start() && inner.end() <= outer.end()
}

fn is_on_grid(instant: DateTime<Utc>) -> bool {
    let wall = to_local(instant).time();
    wall.minute().is_multiple_of(15) && wall.second() == 0 && wall.nanosecond() == 0
}
