//! Offers: which times a customer can pick, and why (design, Offers).
//!
//! ```text
//! OfferQuery ──► Window        from when, until when, with which reason          window.rs
//!            └─► Availability  who is free when, what is promised of each day    availability.rs
//!                  ├─ Days     local days as rulers of quarter hours             days.rs
//!                  └─ Quarters sets of quarter hours, 128 bits each              quarters.rs
//! ```
//!
//! The rules:
//!
//! * A slot begins on the quarter-hour grid of local wall time and lies whole within one working day, within the business
//!   hours and within one free run of one technician who has the skill.
//! * Urgent requests are offered times from [`urgent_first_minutes`](LineSettings::urgent_first_minutes) from now on;
//!   normal ones when the tier's lead in working minutes has passed. Both up to a horizon of working days.
//! * A share of each day is kept for urgent work until some time of that day: before it, the minutes promised to requests
//!   that are not urgent must stay within the other share of what all technicians are planned to work.
//! * A customer picks a start, never a technician: an offer stands for anybody who could take it.

mod availability;
mod days;
mod offer;
mod plans;
mod quarters;
#[cfg(test)]
mod tests;
mod window;

use chrono::{DateTime, Utc};

pub use self::{
    availability::Availability,
    offer::{Offer, OfferReason, Slot, SlotRefused, TierName},
    plans::{Busy, ExceptionKind, PlanException, TechnicianPlan},
    window::HORIZON_LIMIT_DAYS,
};
use crate::model::base::terms::Urgency;
use crate::model::{
    base::{calendar::BusinessCalendar, ids::StaffId},
    line::{catalogue::WorkType, settings::LineSettings, tiers::ResponseTier},
};

/// The grid of starts, in minutes of local wall time.
pub const GRID_MINUTES: u32 = 15;

/// Everything that decides which times can be offered.
#[derive(Debug, Clone, Copy)]
pub struct OfferQuery<'a> {
    /// The present.
    pub now: DateTime<Utc>,
    /// How soon somebody is needed.
    pub urgency: Urgency,
    /// What the work asks for; `(&work_type).into()`.
    pub work: WorkNeed<'a>,
    /// The customer's tier.
    pub tier: &'a ResponseTier,
    /// The line's calendar.
    pub calendar: &'a BusinessCalendar,
    /// The line's settings.
    pub settings: &'a LineSettings,
    /// All technicians of the line, whatever their skills: the reserve is a share of everybody's time.
    pub technicians: &'a [TechnicianPlan],
}

/// What a piece of work asks of a technician.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct WorkNeed<'a> {
    /// The length of a slot, in minutes. It occupies whole quarters of an hour, at least one.
    pub slot_minutes: u32,
    /// The skill that it takes.
    pub skill: &'a str,
}

impl WorkNeed<'_> {
    /// How many quarters of an hour a slot occupies.
    fn quarters(self) -> u32 {
        self.slot_minutes.div_ceil(GRID_MINUTES).max(1)
    }
}

impl<'a> From<&'a WorkType> for WorkNeed<'a> {
    fn from(work: &'a WorkType) -> Self {
        Self { slot_minutes: work.slot_minutes, skill: &work.skill }
    }
}

/// Every time that can be picked, in order; one offer per start.
#[must_use]
pub fn offers(query: &OfferQuery) -> Vec<Offer> {
    Availability::build(query).offers()
}

/// The offer of one start: the one in [`offers`] if it is there.
///
/// # Errors
///
/// [`SlotRefused`] with the first reason that applies, in the order of its variants.
pub fn find_offer(query: &OfferQuery, start: DateTime<Utc>) -> Result<Offer, SlotRefused> {
    Availability::of_day(query, start).find(start)
}

/// The technicians who could take a slot that begins at `start`: those with the skill who are at work and free for all
/// of it, the least loaded of that day first, then by identity.
///
/// The lead, the horizon and the reserve bind customers, so [`find_offer`] looks at them and this does not: a dispatcher
/// may offer what the portal would not. The grid and the business hours hold for both.
#[must_use]
pub fn free_technicians(query: &OfferQuery, start: DateTime<Utc>) -> Vec<StaffId> {
    Availability::of_day(query, start).technicians_at(start)
}
