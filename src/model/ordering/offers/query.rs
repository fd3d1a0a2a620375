//! The question: what decides which times can be offered.

use chrono::{DateTime, NaiveDate, Utc};

use super::plans::TechnicianPlan;
use crate::model::{
    base::{calendar::BusinessCalendar, terms::Urgency},
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
    /// Whether we missed the time that was agreed before: then any free time from now on is offered, whatever lead, horizon
    /// of urgent requests and reserve say (design, Missed by us).
    pub missed_by_us: bool,
    /// What the work asks for; `(&work_type).into()`.
    pub work: WorkNeed<'a>,
    /// The customer's tier.
    pub tier: &'a ResponseTier,
    /// The line's calendar.
    pub calendar: &'a BusinessCalendar,
    /// The line's settings.
    pub settings: &'a LineSettings,
    /// The days whose reserve dispatch has given to everybody.
    pub released: &'a [NaiveDate],
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
    pub(super) fn quarters(self) -> u32 {
        self.slot_minutes.div_ceil(GRID_MINUTES).max(1)
    }
}

impl<'a> From<&'a WorkType> for WorkNeed<'a> {
    fn from(work: &'a WorkType) -> Self {
        Self { slot_minutes: work.slot_minutes, skill: &work.skill }
    }
}
