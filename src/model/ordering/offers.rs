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
//! * Where we missed the time that was agreed before, any free time from now on is offered, whatever lead and reserve say.
//! * A share of each day is kept for urgent work until some time of that day: before it, the minutes promised to requests
//!   that are not urgent must stay within the other share of what all technicians are planned to work.
//! * A customer picks a start, never a technician: an offer stands for anybody who could take it.

mod availability;
mod days;
mod free_time;
mod offer;
mod plans;
mod quarters;
mod query;
#[cfg(test)]
mod tests;
mod window;

use chrono::{DateTime, Utc};

pub use self::{
    availability::Availability,
    free_time::FreeTime,
    offer::{Offer, OfferReason, QUARTER, Slot, SlotRefused, TierName},
    plans::{Busy, PlanException, TechnicianPlan},
    query::{GRID_MINUTES, OfferQuery, WorkNeed},
    window::HORIZON_LIMIT_DAYS,
};
use crate::model::base::ids::StaffId;
#[cfg(doc)]
use crate::model::line::settings::LineSettings;

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
