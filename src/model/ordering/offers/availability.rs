//! Who is free when: one set of quarter hours per technician and day.

use chrono::{DateTime, NaiveDate, Utc};

use super::{
    days::{Day, Days, Partial, ordinary_wall_span},
    offer::{Offer, Slot, SlotRefused},
    plans::TechnicianPlan,
    quarters::Quarters,
    query::OfferQuery,
    window::Window,
};
use crate::model::{
    base::{
        calendar::{from_local, to_local},
        ids::StaffId,
        terms::Urgency,
    },
    line::{plans::ExceptionKind, settings::LineSettings},
};

/// The free time of all technicians on some days in a row, for one [`OfferQuery`].
///
/// Building it reads every appointment once. After that an answer costs a few operations on bits per technician and day,
/// however many appointments there are.
#[derive(Debug)]
pub struct Availability<'q> {
    query: &'q OfferQuery<'q>,
    window: Window,
    days: Days,
    /// The free quarters of each technician on each day, a technician's days side by side.
    free: Vec<Quarters>,
    /// What becomes of all the technicians' time, by day.
    budgets: Vec<Budget>,
}

/// What becomes of all the technicians' time on one day, in quarters of an hour.
#[derive(Debug, Clone, Copy, Default)]
struct Budget {
    /// Planned to be worked, whatever is promised of it.
    planned: u32,
    /// Promised to requests that are not urgent.
    promised: u32,
}

impl Budget {
    /// Adds what one technician is planned to work on each day.
    fn add_plan(budgets: &mut [Self], at_work: &[Quarters]) {
        // Most working days of a technician are alike: counting again only what differs from the last saves most of it.
        let (mut counted, mut planned) = (Quarters::NONE, 0);
        for (budget, &at_work) in budgets.iter_mut().zip(at_work) {
            if at_work == Quarters::NONE {
                continue;
            }
            if at_work != counted {
                (counted, planned) = (at_work, at_work.len());
            }
            budget.planned += planned;
        }
    }

    /// Whether this many more quarters for a request that is not urgent would reach into the share kept for urgent ones.
    fn is_short_of(self, wanted: u32, settings: &LineSettings) -> bool {
        let normal_percent = 100_u8.saturating_sub(settings.urgent_reserve_percent);
        (u64::from(self.promised) + u64::from(wanted)) * 100 > u64::from(self.planned) * u64::from(normal_percent)
    }
}

impl<'q> Availability<'q> {
    /// Computes it for all days on which the request may be offered times.
    #[must_use]
    pub fn build(query: &'q OfferQuery<'q>) -> Self {
        let window = Window::of(query);
        let (first, last) = (to_local(window.earliest).date(), window.last_date);
        Self::of_days(query, window, first, last)
    }

    /// Computes it for the local day of `instant` alone.
    pub(super) fn of_day(query: &'q OfferQuery<'q>, instant: DateTime<Utc>) -> Self {
        let date = to_local(instant).date();
        Self::of_days(query, Window::of(query), date, date)
    }

    fn of_days(query: &'q OfferQuery<'q>, window: Window, first: NaiveDate, last: NaiveDate) -> Self {
        let days = Days::new(query.calendar, first, last);
        let count = days.as_slice().len();
        let mut free = vec![Quarters::NONE; count * query.technicians.len()];
        let mut budgets = vec![Budget::default(); count];
        for (technician, free) in query.technicians.iter().zip(free.chunks_exact_mut(count)) {
            plan(technician, &days, free);
            Budget::add_plan(&mut budgets, free);
            for busy in &technician.busy {
                days.cover(&busy.during, Partial::Counts, |day, taken| {
                    free[day] = free[day].without(taken.into());
                    budgets[day].promised += if busy.urgent { 0 } else { taken.len() };
                });
            }
        }
        Self { query, window, days, free, budgets }
    }

    /// Every time that can be picked on these days, in order.
    #[must_use]
    pub fn offers(&self) -> Vec<Offer> {
        let starts = self.starts();
        let mut offers = Vec::with_capacity(starts.iter().map(|starts| starts.len() as usize).sum());
        for (index, (day, starts)) in self.days.as_slice().iter().zip(starts).enumerate() {
            if day.date > self.window.last_date || self.is_reserved(index) {
                continue;
            }
            let too_soon = Quarters::first(day.quarter_from(self.window.earliest));
            for quarter in starts.without(too_soon).iter() {
                offers.push(self.offer(day, quarter));
            }
        }
        offers
    }

    /// The offer of one start, which lies on the first of the days.
    pub(super) fn find(&self, start: DateTime<Utc>) -> Result<Offer, SlotRefused> {
        let day = self.days.first();
        if start < self.query.now {
            return Err(SlotRefused::Past);
        }
        if start < self.window.earliest {
            return Err(SlotRefused::TooSoon { earliest: self.window.earliest });
        }
        let quarter = day.quarter_at(start).ok_or(SlotRefused::OffGrid)?;
        if !day.hours.starts_of_runs(self.query.work.quarters()).contains(quarter) {
            return Err(SlotRefused::OutsideHours);
        }
        if day.date > self.window.last_date {
            return Err(SlotRefused::BeyondHorizon);
        }
        if !self.starts()[0].contains(quarter) {
            return Err(SlotRefused::Taken);
        }
        if self.is_reserved(0) {
            return Err(SlotRefused::Reserved);
        }
        Ok(self.offer(day, quarter))
    }

    /// Who could take a slot that begins at `start`, which lies on the first of the days: those of the customer's region first, of
    /// them the least loaded.
    pub(super) fn technicians_at(&self, start: DateTime<Utc>) -> Vec<StaffId> {
        let Some(quarter) = self.days.first().quarter_at(start) else {
            return Vec::new();
        };
        let mut free: Vec<_> = self
            .able_technicians()
            .filter(|(_, free)| free[0].starts_of_runs(self.query.work.quarters()).contains(quarter))
            .map(|(technician, _)| (!technician.is_near, self.load(technician), technician.technician))
            .collect();
        free.sort_unstable();
        free.into_iter().map(|(.., technician)| technician).collect()
    }

    /// On each day, the starts at which somebody with the skill is free for the whole slot.
    fn starts(&self) -> Vec<Quarters> {
        let length = self.query.work.quarters();
        let mut starts = vec![Quarters::NONE; self.days.as_slice().len()];
        for (_, free) in self.able_technicians() {
            for (starts, free) in starts.iter_mut().zip(free) {
                *starts = starts.or(free.starts_of_runs(length));
            }
        }
        starts
    }

    /// The technicians with the skill, each with the free time by day.
    fn able_technicians(&self) -> impl Iterator<Item = (&TechnicianPlan, &[Quarters])> {
        let skill = self.query.work.skill;
        self.query
            .technicians
            .iter()
            .zip(self.free.chunks_exact(self.days.as_slice().len()))
            .filter(move |(technician, _)| technician.knows(skill))
    }

    /// How many quarters of the first of the days are taken.
    fn load(&self, technician: &TechnicianPlan) -> u32 {
        let mut load = 0;
        for busy in &technician.busy {
            self.days.cover(&busy.during, Partial::Counts, |_, taken| load += taken.len());
        }
        load
    }

    /// Whether one more slot of this request would reach into the share of a day that is still kept for urgent work.
    fn is_reserved(&self, day: usize) -> bool {
        let OfferQuery { now, urgency, missed_by_us, settings, released, work, .. } = *self.query;
        let date = self.days.as_slice()[day].date;
        urgency == Urgency::Normal
            && !missed_by_us
            && self.budgets[day].is_short_of(work.quarters(), settings)
            && now < from_local(date, settings.reserve_released_at)
            && !released.contains(&date)
    }

    fn offer(&self, day: &Day, quarter: u32) -> Offer {
        let slot = Slot { start: day.instant(quarter), end: day.instant(quarter + self.query.work.quarters()) };
        Offer { slot, reason: self.window.reason(slot.start) }
    }
}

/// Fills in when a technician is at work: the week that holds on each day and what is extra, without what is off, within the
/// business hours.
pub(super) fn plan(technician: &TechnicianPlan, days: &Days, at_work: &mut [Quarters]) {
    for planned in &technician.weeks {
        let ordinary_week = planned
            .week
            .each_ref()
            .map(|spans| spans.iter().map(|&(from, to)| ordinary_wall_span(from, to)).collect::<Quarters>());
        let first = days.as_slice().partition_point(|day| planned.first.is_some_and(|first| day.date < first));
        let end = days.as_slice().partition_point(|day| planned.last.is_none_or(|last| day.date <= last));
        for (day, at_work) in days.as_slice().iter().zip(&mut *at_work).take(end).skip(first) {
            let week = if day.is_ordinary() {
                ordinary_week[day.weekday]
            } else {
                planned.week[day.weekday].iter().map(|&(from, to)| day.wall_span(from, to)).collect()
            };
            *at_work = week.and(day.hours);
        }
    }
    for exception in technician.exceptions_of(ExceptionKind::Extra) {
        days.cover(&exception.during, Partial::Falls, |index, extra| {
            let extra = Quarters::from(extra).and(days.as_slice()[index].hours);
            at_work[index] = at_work[index].or(extra);
        });
    }
    for exception in technician.exceptions_of(ExceptionKind::Off) {
        days.cover(&exception.during, Partial::Counts, |index, off| {
            at_work[index] = at_work[index].without(off.into());
        });
    }
}
