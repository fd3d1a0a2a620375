//! What a response tier promises, and whether it was kept (design, Figures).

use chrono::{DateTime, TimeDelta, Utc};

use crate::model::{
    base::{
        calendar::{BusinessCalendar, to_local},
        terms::Urgency,
    },
    line::tiers::ResponseTier,
    ordering::appointments::UNMET_MINUTES,
};

/// What decides whether the promise to a request was kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequestFacts {
    /// When it was sent.
    pub sent_at: DateTime<Utc>,
    /// How urgent it is.
    pub urgency: Urgency,
    /// How long its slot is, in minutes.
    pub slot_minutes: u32,
    /// The customer's tier as it was promised then.
    pub tier: ResponseTier,
    /// The earliest start that we offered when a time was first agreed; none where that was not kept.
    pub offered: Option<DateTime<Utc>>,
    /// The latest start that the customer chose.
    pub chosen: Option<DateTime<Utc>>,
    /// When a time was first agreed.
    pub agreed_at: Option<DateTime<Utc>>,
    /// When a technician came: talked, worked, or tried to reach the customer. Preparation is nobody's coming.
    pub came_at: Option<DateTime<Utc>>,
    /// When it was called off, declined or merged, or closed, if nothing of it is to be done any more.
    pub over_at: Option<DateTime<Utc>>,
}

/// What became of a promise.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Outcome {
    /// We came in time, or when the customer wanted although we could have come in time.
    Kept,
    /// We did not.
    Broken,
    /// It can still be either.
    Open,
    /// Nothing was to be kept any more, as it was called off before; or nobody can tell.
    Void,
}

/// Until when a technician is promised to come. An urgent request: the tier's target after it was sent. A normal one: the end of the
/// line's day in which, the tier's lead over, its slot fits.
fn due(facts: &RequestFacts, calendar: &BusinessCalendar) -> DateTime<Utc> {
    match facts.urgency {
        Urgency::Urgent => calendar.add_working_minutes(facts.sent_at, facts.tier.urgent_target_minutes),
        Urgency::Normal => {
            let minutes = facts.tier.normal_lead_minutes.saturating_add(facts.slot_minutes);
            let fits = calendar.add_working_minutes(facts.sent_at, minutes);
            calendar.hours(to_local(fits).date()).map_or(fits, |hours| hours.end().max(fits))
        }
    }
}

/// What became of the promise to a request, as far as is known at `now`.
///
/// Whoever was offered a time in time and chose a later one has moved the promise there. Ten minutes after it are still in time, as
/// for [a time that we missed](crate::model::ordering::appointments).
#[must_use]
pub fn outcome(facts: &RequestFacts, calendar: &BusinessCalendar, now: DateTime<Utc>) -> Outcome {
    let due = due(facts, calendar);
    let grace = TimeDelta::minutes(UNMET_MINUTES);
    let came_by = |until: DateTime<Utc>| facts.came_at.is_some_and(|came| came <= until + grace);
    let until = facts.chosen.map_or(due, |chosen| chosen.max(due));
    match facts.offered {
        _ if came_by(due) => return Outcome::Kept,
        Some(offered) if offered > due => return Outcome::Broken,
        // Whether an earlier one was on offer, nobody can tell; that not even the one that was chosen was kept, everybody can.
        None if until > due && came_by(until) => return Outcome::Void,
        _ if came_by(until) => return Outcome::Kept,
        _ => {}
    }
    let is_over = facts.over_at.is_some_and(|over| over <= until + grace);
    match facts.came_at {
        Some(_) => Outcome::Broken,
        None if is_over => Outcome::Void,
        None if now <= until + grace => Outcome::Open,
        None => Outcome::Broken,
    }
}
