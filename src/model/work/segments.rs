//! The technician's clock: what was done when, second by second (design, Clock).

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::model::{
    base::{codes::coded_enum, ids::SegmentId},
    ordering::offers::Slot,
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
    /// Whether its time is charged: effective time is communication, preparation and work (design, Line).
    #[must_use]
    pub const fn is_billable(self) -> bool {
        matches!(self, Self::Preparation | Self::Communication | Self::Work)
    }
}

/// One stretch of time from start to stop, of one kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Segment {
    /// The row that a correction or an objection names.
    pub id: SegmentId,
    /// What was done.
    pub kind: SegmentKind,
    /// When the clock was started.
    pub started_at: DateTime<Utc>,
    /// When it was stopped; none while it runs.
    pub ended_at: Option<DateTime<Utc>>,
}

impl Segment {
    /// How long it took, or has taken by `now` while it runs, in seconds; never negative.
    #[must_use]
    pub fn seconds(&self, now: DateTime<Utc>) -> u64 {
        seconds_between(self.started_at, self.ended_at.unwrap_or(now))
    }

    /// Its time, if it ended at `ended_at`.
    #[must_use]
    pub const fn times(&self, ended_at: DateTime<Utc>) -> SegmentTimes {
        SegmentTimes { kind: self.kind, started_at: self.started_at, ended_at }
    }
}

/// How far the clock went from `start` to `end`, in seconds; never negative.
///
/// The clock shows whole seconds: an instant counts as the second it lies in. So neighbours meet without a gap, to split
/// a segment never changes a sum, and whoever subtracts the printed times arrives at the same number.
#[must_use]
pub fn seconds_between(start: DateTime<Utc>, end: DateTime<Utc>) -> u64 {
    u64::try_from(end.timestamp() - start.timestamp()).unwrap_or(0)
}

/// The effective time of all segments by `now`, in seconds: what is billable, not yet rounded.
#[must_use]
pub fn effective_seconds(segments: &[Segment], now: DateTime<Utc>) -> u64 {
    segments.iter().filter(|segment| segment.kind.is_billable()).map(|segment| segment.seconds(now)).sum()
}

/// When the last segment that has ended did; none while none has.
#[must_use]
pub fn last_end(segments: &[Segment]) -> Option<DateTime<Utc>> {
    segments.iter().filter_map(|segment| segment.ended_at).max()
}

/// The instant at which the running clock takes the effective time to `ceiling_minutes`, or at which it was started if the
/// time was there already; none before that instant, and while no billable clock runs. Of an intervention one clock runs
/// at a time.
///
/// The customer is asked at that very instant, and what the clock counts from there on costs nothing until they agree:
/// stopped there, the effective time is the ceiling to the second.
#[must_use]
pub fn ceiling_reached_at(segments: &[Segment], ceiling_minutes: u32, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    let running = segments.iter().find(|segment| segment.ended_at.is_none() && segment.kind.is_billable())?;
    let before = effective_seconds(segments, now) - running.seconds(now);
    let left = (u64::from(ceiling_minutes) * 60).saturating_sub(before);
    let reached = running.started_at.timestamp().checked_add_unsigned(left)?;
    let reached = DateTime::from_timestamp(reached, 0)?.max(running.started_at);
    (reached <= now).then_some(reached)
}

/// Whether work of this kind that begins at `started_at` prepares an appointment that has not come yet: preparation is work
/// without the appointment having begun, so its customer may still move or cancel it (design, Clock).
#[must_use]
pub fn prepares_ahead(kind: SegmentKind, started_at: DateTime<Utc>, agreed: Slot) -> bool {
    kind == SegmentKind::Preparation && started_at < agreed.start
}

/// The time of a segment that has ended, or should have been.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct SegmentTimes {
    /// What was done.
    pub kind: SegmentKind,
    /// From when.
    pub started_at: DateTime<Utc>,
    /// Until when.
    pub ended_at: DateTime<Utc>,
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;
    use proptest::prelude::*;

    use super::*;
    use crate::model::fixtures::{any_clock, clock, local, running, segment, utc};

    #[test]
    fn preparation_communication_and_work_are_charged() {
        let charged: Vec<_> = SegmentKind::ALL.iter().filter(|kind| kind.is_billable()).collect();
        assert_eq!(charged, [&SegmentKind::Preparation, &SegmentKind::Communication, &SegmentKind::Work]);
    }

    #[test]
    fn a_running_segment_counts_up_to_now() {
        let segment = running(SegmentKind::Work, "2026-11-23 09:00");
        assert_eq!(segment.seconds(local("2026-11-23 09:00:59")), 59);
        assert_eq!(segment.seconds(local("2026-11-23 08:59")), 0, "not yet begun");
    }

    #[test]
    fn a_segment_is_as_long_as_its_printed_times_are_apart() {
        let seconds = |start, end| seconds_between(utc(start), utc(end));
        assert_eq!(seconds("2026-11-23T08:00:00.999999Z", "2026-11-23T08:00:01Z"), 1);
        assert_eq!(seconds("2026-11-23T08:00:00Z", "2026-11-23T08:00:00.999999Z"), 0);
        assert_eq!(seconds("1969-12-31T23:59:58.5Z", "1970-01-01T00:00:00.2Z"), 2);
    }

    #[test]
    fn a_segment_is_as_long_as_it_was_when_the_clocks_change() {
        assert_eq!(
            segment(SegmentKind::Work, "2026-03-29 01:30", "2026-03-29 03:30").seconds(local("2026-04-01 00:00")),
            3_600
        );
        assert_eq!(
            segment(SegmentKind::Work, "2026-10-25 01:30", "2026-10-25 03:30").seconds(local("2026-11-01 00:00")),
            10_800
        );
    }

    #[test]
    fn the_ceiling_is_reached_by_what_is_billable() {
        let segments = [
            segment(SegmentKind::Preparation, "2026-11-23 09:00", "2026-11-23 09:10"),
            segment(SegmentKind::Waiting, "2026-11-23 09:10", "2026-11-23 09:40"),
            running(SegmentKind::Work, "2026-11-23 09:40"),
        ];
        let reached = |ceiling, now| ceiling_reached_at(&segments, ceiling, local(now));
        assert_eq!(reached(60, "2026-11-23 10:29:59"), None);
        assert_eq!(reached(60, "2026-11-23 10:30"), Some(local("2026-11-23 10:30")));
        assert_eq!(
            reached(60, "2026-11-23 12:00"),
            Some(local("2026-11-23 10:30")),
            "late or not, it is the same instant"
        );
        assert_eq!(
            reached(10, "2026-11-23 09:41"),
            Some(local("2026-11-23 09:40")),
            "it was there when the clock was started"
        );
        assert_eq!(reached(5, "2026-11-23 09:41"), Some(local("2026-11-23 09:40")));
        assert_eq!(reached(u32::MAX, "2026-11-23 12:00"), None);
    }

    #[test]
    fn a_ceiling_is_reached_by_a_billable_clock_only() {
        let mut segments = vec![segment(SegmentKind::Work, "2026-11-23 09:00", "2026-11-23 10:30")];
        let now = local("2026-11-23 11:00");
        assert_eq!(ceiling_reached_at(&segments, 60, now), None);
        segments.push(running(SegmentKind::Waiting, "2026-11-23 10:30"));
        assert_eq!(ceiling_reached_at(&segments, 60, now), None);
    }

    #[test]
    fn parts_of_seconds_add_up_to_the_ceiling() {
        let half_past = |text| utc(text) + TimeDelta::milliseconds(500);
        let segments = [
            clock(SegmentKind::Work, half_past("2026-11-23T08:00:00Z"), Some(utc("2026-11-23T08:00:30Z"))),
            clock(SegmentKind::Work, half_past("2026-11-23T08:01:00Z"), None),
        ];
        let reached = utc("2026-11-23T08:01:30Z");
        assert_eq!(ceiling_reached_at(&segments, 1, reached - TimeDelta::microseconds(1)), None);
        assert_eq!(ceiling_reached_at(&segments, 1, reached), Some(reached));
        assert_eq!(effective_seconds(&segments, reached), 60);
    }

    #[test]
    fn only_preparation_before_the_agreed_start_leaves_the_appointment_ahead() {
        let agreed = Slot { start: local("2026-11-24 08:00"), end: local("2026-11-24 09:00") };
        for &kind in SegmentKind::ALL {
            let ahead = |started| prepares_ahead(kind, local(started), agreed);
            assert_eq!(ahead("2026-11-23 15:00"), kind == SegmentKind::Preparation, "{kind}");
            assert_eq!(ahead("2026-11-24 07:59:59"), kind == SegmentKind::Preparation, "{kind}");
            assert!(!ahead("2026-11-24 08:00"), "{kind}");
        }
    }

    proptest! {
        /// Just at that instant the effective time is the ceiling (or more, if it was more already), before it is less.
        #[test]
        fn the_ceiling_is_reached_at_the_very_instant(
            (mut segments, now) in any_clock(),
            ceiling in 0..90_u32,
            after in 0..10_000_i64,
        ) {
            let last = segments.last_mut().unwrap();
            (last.kind, last.ended_at) = (SegmentKind::Work, None);
            let (started, seconds) = (last.started_at, u64::from(ceiling) * 60);
            let now = now + TimeDelta::seconds(after);
            match ceiling_reached_at(&segments, ceiling, now) {
                None => prop_assert!(effective_seconds(&segments, now) < seconds),
                Some(reached) if reached == started => prop_assert!(effective_seconds(&segments, reached) >= seconds),
                Some(reached) => {
                    prop_assert!(started < reached && reached <= now);
                    prop_assert_eq!(effective_seconds(&segments, reached), seconds);
                    prop_assert!(effective_seconds(&segments, reached - TimeDelta::microseconds(1)) < seconds);
                }
            }
        }
    }
}
