//! The technician's clock: what was done when, second by second (the design, §1 and §2.7).

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use super::{
    calendar::{BusinessCalendar, to_local},
    codes::coded_enum,
    ids::SegmentId,
};

coded_enum! {
    /// What a technician does while the clock runs.
    pub enum SegmentKind {
        /// Reading the request, preparing tools and data.
        Preparation = "preparation",
        /// Talking with the customer.
        Communication = "communication",
        /// The intervention itself.
        Work = "work",
        /// Waiting for the customer. Costs nothing.
        Waiting = "waiting",
        /// Mending what the vendor caused. Costs nothing.
        OurFault = "our_fault",
    }
}

impl SegmentKind {
    /// Whether its time is charged: effective time is communication, preparation and work (the design, §2).
    #[must_use]
    pub const fn is_billable(self) -> bool {
        matches!(self, Self::Preparation | Self::Communication | Self::Work)
    }
}

/// One stretch of time from start to stop, of one kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Segment {
    /// Which.
    pub id: SegmentId,
    /// What was done.
    pub kind: SegmentKind,
    /// When the clock was started.
    pub started_at: DateTime<Utc>,
    /// When it was stopped; none while it runs.
    pub ended_at: Option<DateTime<Utc>>,
}

impl Segment {
    /// How long it took, or has taken by `now` while it runs, in whole seconds; never negative.
    #[must_use]
    pub fn seconds(&self, now: DateTime<Utc>) -> u64 {
        let end = self.ended_at.unwrap_or(now);
        u64::try_from((end - self.started_at).num_seconds()).unwrap_or(0)
    }
}

/// The effective time of all segments by `now`, in seconds: what is billable, not yet rounded.
#[must_use]
pub fn effective_seconds(segments: &[Segment], now: DateTime<Utc>) -> u64 {
    segments.iter().filter(|segment| segment.kind.is_billable()).map(|segment| segment.seconds(now)).sum()
}

/// When the effective time reached `ceiling` minutes; none if it has not by `now`, or if it did before the clock that is
/// running now was started.
///
/// The customer is asked at that very instant, and what the clock counts from there on costs nothing until they agree.
#[must_use]
pub fn ceiling_reached_at(segments: &[Segment], ceiling_minutes: u32, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    let running = segments.iter().find(|segment| segment.ended_at.is_none() && segment.kind.is_billable())?;
    let before: u64 = effective_seconds(segments, now) - running.seconds(now);
    let left = (u64::from(ceiling_minutes) * 60).saturating_sub(before);
    let reached = running.started_at + TimeDelta::seconds(i64::try_from(left).unwrap_or(i64::MAX / 1_000));
    (reached <= now).then_some(reached)
}

/// How long a clock may run past the agreed end before somebody should look at it.
const OVERRUN: TimeDelta = TimeDelta::minutes(60);

/// Since when a running clock looks forgotten: an hour past the appointment's end or at the end of the line's working
/// day, whichever comes first, but never before the clock was started. None while it does not.
#[must_use]
pub fn forgotten_since(
    running: &Segment,
    appointment_end: DateTime<Utc>,
    calendar: &BusinessCalendar,
    now: DateTime<Utc>,
) -> Option<DateTime<Utc>> {
    if running.ended_at.is_some() {
        return None;
    }
    let overrun = appointment_end.max(running.started_at) + OVERRUN;
    let closes = calendar.hours(to_local(running.started_at).date()).map(|hours| hours.end());
    let since = match closes {
        Some(closes) if closes > running.started_at => overrun.min(closes),
        _ => overrun,
    };
    (since <= now).then_some(since)
}
