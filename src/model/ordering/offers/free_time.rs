//! The free time of technicians, whoever asks: what is left for the desk to place something in.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};

use super::{
    availability::plan,
    days::{Days, Partial},
    offer::Slot,
    plans::TechnicianPlan,
    quarters::Quarters,
    query::GRID_MINUTES,
};
use crate::model::base::calendar::{BusinessCalendar, Interval};

/// The time of technicians on some days in a row: what they are planned to work, and what of that is free.
///
/// The lead, the horizon and the reserve bind customers: nothing here knows of them. The grid and the business hours hold for
/// everybody.
#[derive(Debug, Clone)]
pub struct FreeTime {
    days: Days,
    technicians: Vec<OfOne>,
}

/// One technician's time, by day.
#[derive(Debug, Clone)]
struct OfOne {
    at_work: Vec<Quarters>,
    free: Vec<Quarters>,
}

impl FreeTime {
    /// Computes it from `first` to `last`, both included; at least for `first`. Technicians are named by their places in
    /// `technicians` from then on.
    #[must_use]
    pub fn new(calendar: &BusinessCalendar, technicians: &[TechnicianPlan], first: NaiveDate, last: NaiveDate) -> Self {
        let days = Days::new(calendar, first, last);
        let of_one = |technician: &TechnicianPlan| {
            let mut at_work = vec![Quarters::NONE; days.as_slice().len()];
            plan(technician, &days, &mut at_work);
            let mut free = at_work.clone();
            for busy in &technician.busy {
                days.cover(&busy.during, Partial::Counts, |day, taken| free[day] = free[day].without(taken.into()));
            }
            OfOne { at_work, free }
        };
        let technicians = technicians.iter().map(of_one).collect();
        Self { days, technicians }
    }

    /// Whether a technician is planned to work all of a slot, whatever is promised of it.
    #[must_use]
    pub fn is_at_work(&self, technician: usize, slot: Slot) -> bool {
        self.lies_within(slot, &self.technicians[technician].at_work)
    }

    /// Whether a technician is at work and free for all of a slot.
    #[must_use]
    pub fn is_free(&self, technician: usize, slot: Slot) -> bool {
        self.lies_within(slot, &self.technicians[technician].free)
    }

    /// How much of the day on which a slot starts is promised, in quarters of an hour.
    #[must_use]
    pub fn load(&self, technician: usize, slot: Slot) -> u32 {
        let (mut load, one) = (0, &self.technicians[technician]);
        self.cover(slot, |day, _| load += one.at_work[day].without(one.free[day]).len());
        load
    }

    /// Takes a slot out of what is free.
    pub fn take(&mut self, technician: usize, slot: Slot) {
        let Some(during) = Interval::new(slot.start, slot.end) else { return };
        let free = &mut self.technicians[technician].free;
        self.days.cover(&during, Partial::Counts, |day, taken| free[day] = free[day].without(taken.into()));
    }

    /// The first slot of so many minutes that a technician has free from an instant on.
    #[must_use]
    pub fn first_from(&self, technician: usize, from: DateTime<Utc>, minutes: u32) -> Option<Slot> {
        let quarters = minutes.div_ceil(GRID_MINUTES).max(1);
        self.days.as_slice().iter().zip(&self.technicians[technician].free).find_map(|(day, free)| {
            let too_soon = Quarters::first(day.quarter_from(from));
            let start = day.instant(free.starts_of_runs(quarters).without(too_soon).iter().next()?);
            Some(Slot { start, end: start + TimeDelta::minutes(minutes.into()) })
        })
    }

    fn lies_within(&self, slot: Slot, quarters: &[Quarters]) -> bool {
        let (mut is_known, mut lies_within) = (false, true);
        self.cover(slot, |day, wanted| {
            is_known = true;
            lies_within &= wanted.without(quarters[day]) == Quarters::NONE;
        });
        is_known && lies_within
    }

    fn cover(&self, slot: Slot, mut visit: impl FnMut(usize, Quarters)) {
        if let Some(during) = Interval::new(slot.start, slot.end) {
            self.days.cover(&during, Partial::Counts, |day, wanted| visit(day, wanted.into()));
        }
    }
}
