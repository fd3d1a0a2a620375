//! Between which times a request may be offered something, and with which reason.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};

use super::{
    days::Day,
    offer::{OfferReason, TierName},
    query::OfferQuery,
};
use crate::model::base::{calendar::to_local, terms::Urgency};

/// The furthest that times are ever offered ahead, in working days, whatever the settings say: about a year.
pub const HORIZON_LIMIT_DAYS: u32 = 250;

/// What the urgency and the tier of a request make of the present.
#[derive(Debug, Clone)]
pub(super) struct Window {
    /// The earliest start, on the grid; if the line is closed then, the start of the next opening.
    pub(super) earliest: DateTime<Utc>,
    /// The last local date.
    pub(super) last_date: NaiveDate,
    urgency: Urgency,
    missed_by_us: bool,
    tier: TierName,
    /// The tier's target or lead in working minutes.
    tier_minutes: u32,
    /// When the tier's target or lead ends.
    tier_instant: DateTime<Utc>,
}

impl Window {
    pub(super) fn of(query: &OfferQuery) -> Self {
        let OfferQuery { now, urgency, missed_by_us, tier, calendar, settings, .. } = *query;
        let tier_minutes = match urgency {
            Urgency::Urgent => tier.urgent_target_minutes,
            Urgency::Normal => tier.normal_lead_minutes,
        };
        let tier_instant = calendar.add_working_minutes(now, tier_minutes);
        let bound = if missed_by_us || urgency == Urgency::Urgent {
            let first = TimeDelta::minutes(i64::from(settings.urgent_first_minutes));
            now.checked_add_signed(first).unwrap_or(DateTime::<Utc>::MAX_UTC)
        } else {
            tier_instant
        };
        let horizon = if missed_by_us {
            settings.horizon_days(Urgency::Normal).max(settings.horizon_days(Urgency::Urgent))
        } else {
            settings.horizon_days(urgency)
        };
        let horizon = horizon.min(HORIZON_LIMIT_DAYS);
        Self {
            earliest: on_grid(calendar.add_working_minutes(on_grid(bound), 0)),
            last_date: calendar.add_working_days(to_local(now).date(), horizon),
            urgency,
            missed_by_us,
            tier: (&tier.name).into(),
            tier_minutes,
            tier_instant,
        }
    }

    /// Why a slot that starts at `start` is offered.
    pub(super) fn reason(&self, start: DateTime<Utc>) -> OfferReason {
        if self.missed_by_us {
            return OfferReason::MissedByUs;
        }
        let tier = self.tier.clone();
        match self.urgency {
            Urgency::Normal => {
                OfferReason::NormalLead { tier, lead_minutes: self.tier_minutes, earliest: self.earliest }
            }
            Urgency::Urgent => OfferReason::urgent(tier, self.tier_minutes, self.tier_instant, start),
        }
    }
}

/// The first instant on the grid at `instant` or later.
fn on_grid(instant: DateTime<Utc>) -> DateTime<Utc> {
    let day = Day::new(to_local(instant).date());
    day.instant(day.quarter_from(instant))
}
