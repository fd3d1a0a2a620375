//! From the clock to billed minutes (the design, §2.7). The order of the rules is fixed:
//! seconds of the billable segments → summed → rounded up to a minute once → raised to the minimum once.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::segments::{Segment, effective_seconds};

/// The version of the rules by which a receipt was made; it stands on every receipt. Raise it with every change of what
/// [`bill`] or [`settle`](super::ledger::settle) answers.
pub const RULE_VERSION: u16 = 1;

/// The minutes of one intervention.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub struct Bill {
    /// Sum of the billable segments, in seconds.
    pub effective_seconds: u64,
    /// The same in minutes, rounded up once.
    pub effective_minutes: u32,
    /// The least that an intervention is billed, in minutes.
    pub minimum: u32,
    /// What is billed, in minutes.
    pub billed: u32,
}

impl Bill {
    /// How many minutes the minimum added.
    #[must_use]
    pub const fn top_up(&self) -> u32 {
        self.billed - self.effective_minutes
    }
}

/// Bills one intervention. Without any billable second nothing is billed, not even the minimum: waiting and the vendor's own
/// faults cost nothing.
#[must_use]
pub fn bill(segments: &[Segment], minimum: u32, now: DateTime<Utc>) -> Bill {
    let effective_seconds = effective_seconds(segments, now);
    let effective_minutes = u32::try_from(effective_seconds.div_ceil(60)).unwrap_or(u32::MAX);
    let billed = if effective_minutes == 0 { 0 } else { effective_minutes.max(minimum) };
    Bill { effective_seconds, effective_minutes, minimum, billed }
}

/// Whether work that begins at `resumes` belongs to the intervention whose last segment ended at `stopped` (the design,
/// §2.7): within two working days, so that the minimum is not charged twice.
#[must_use]
pub fn joins_intervention(
    calendar: &super::calendar::BusinessCalendar,
    stopped: DateTime<Utc>,
    resumes: DateTime<Utc>,
) -> bool {
    const WORKING_DAYS: u32 = 2;
    let last_day = calendar.add_working_days(super::calendar::to_local(stopped).date(), WORKING_DAYS);
    super::calendar::to_local(resumes).date() <= last_day
}
