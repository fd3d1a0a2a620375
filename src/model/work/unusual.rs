//! What is unusual about segments: it may be right, but somebody should look before it is billed (design, Clock).

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use super::{
    forgotten::GRACE_MINUTES,
    segments::{Segment, SegmentKind, SegmentTimes, effective_seconds},
};
use crate::model::{
    base::{
        calendar::{BusinessCalendar, to_local},
        ids::SegmentId,
    },
    ordering::offers::Slot,
};

/// How long before the agreed time preparation is nothing unusual, in minutes.
pub const PREPARED_BEFORE_MINUTES: i64 = 60;

/// How long before the agreed time anything else is nothing unusual, in minutes.
pub const EARLY_MINUTES: i64 = 15;

/// From what length on a segment is long, where the agreed time is not longer still, in minutes.
pub const LONG_MINUTES: i64 = 60;

/// Why the time of a segment is unusual.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Doubt {
    /// It begins long before the agreed time.
    BeforeAgreed,
    /// It ends long after the agreed time.
    AfterAgreed,
    /// Some of it lies outside the line's hours.
    OutsideHours,
}

/// What is unusual about the time of a segment: it does not lie within the visit – the agreed time with
/// [some](PREPARED_BEFORE_MINUTES) [minutes](EARLY_MINUTES) before it and [some](GRACE_MINUTES) after it – or not within
/// the line's hours. What was agreed is usual, whatever the hours are now.
#[must_use]
pub fn doubts(times: &SegmentTimes, agreed: Slot, calendar: &BusinessCalendar) -> Vec<Doubt> {
    let before = match times.kind {
        SegmentKind::Preparation => PREPARED_BEFORE_MINUTES,
        SegmentKind::Communication | SegmentKind::Work | SegmentKind::Waiting | SegmentKind::OurFault => EARLY_MINUTES,
    };
    let hours = calendar.hours(to_local(times.started_at).date());
    let is_open = hours.is_some_and(|hours| hours.start() <= times.started_at && times.ended_at <= hours.end());
    let is_agreed = agreed.start <= times.started_at && times.ended_at <= agreed.end;
    [
        (Doubt::BeforeAgreed, agreed.start - times.started_at > TimeDelta::minutes(before)),
        (Doubt::AfterAgreed, times.ended_at - agreed.end > TimeDelta::minutes(GRACE_MINUTES)),
        (Doubt::OutsideHours, !is_open && !is_agreed),
    ]
    .into_iter()
    .filter_map(|(doubt, is_so)| is_so.then_some(doubt))
    .collect()
}

/// Something that is shown before an intervention is closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unusual {
    /// A segment is longer than an hour and than all of the agreed time.
    Long {
        /// Which one it is.
        segment: SegmentId,
        /// How long it is, in minutes.
        minutes: i64,
    },
    /// A segment lies where one does not expect it.
    Doubtful {
        /// Which one it is.
        segment: SegmentId,
        /// Why one does not.
        why: Doubt,
    },
    /// It took more than half as much again as the estimate said at most.
    AboveEstimate {
        /// Effective minutes.
        effective: u32,
        /// The most that was estimated.
        estimated: u32,
    },
}

/// What is unusual about the ended segments of a visit and about what the intervention took, in order of time.
///
/// * `segments` – all of the intervention
/// * `of_this_visit` – those of the visit; others stand on a receipt already
/// * `estimated` – the most that was estimated, in minutes
#[must_use]
pub fn unusual(
    segments: &[Segment],
    of_this_visit: &[SegmentId],
    agreed: Slot,
    estimated: Option<u32>,
    calendar: &BusinessCalendar,
    now: DateTime<Utc>,
) -> Vec<Unusual> {
    let long = TimeDelta::minutes(LONG_MINUTES).max(agreed.end - agreed.start);
    let of_visit = segments.iter().filter(|segment| of_this_visit.contains(&segment.id));
    let mut found: Vec<_> = of_visit
        .filter_map(|segment| Some((segment.id, segment.times(segment.ended_at?))))
        .flat_map(|(segment, times)| {
            let length = times.ended_at - times.started_at;
            let long = (length > long).then(|| Unusual::Long { segment, minutes: length.num_minutes() });
            let doubts = doubts(&times, agreed, calendar);
            long.into_iter().chain(doubts.into_iter().map(move |why| Unusual::Doubtful { segment, why }))
        })
        .collect();
    let effective = u32::try_from(effective_seconds(segments, now).div_ceil(60)).unwrap_or(u32::MAX);
    let above = estimated.filter(|estimated| u64::from(effective) * 2 > u64::from(*estimated) * 3);
    found.extend(above.map(|estimated| Unusual::AboveEstimate { effective, estimated }));
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::fixtures::{calendar, local, segment};

    fn slot(start: &str, end: &str) -> Slot {
        Slot { start: local(start), end: local(end) }
    }

    fn found(kind: SegmentKind, start: &str, end: &str) -> Vec<Doubt> {
        let times = SegmentTimes { kind, started_at: local(start), ended_at: local(end) };
        doubts(&times, slot("2026-11-23 07:30", "2026-11-23 08:30"), &calendar())
    }

    #[test]
    fn a_segment_within_the_visit_and_the_lines_hours_is_usual() {
        use SegmentKind::{Communication, Preparation, Work};
        assert_eq!(found(Work, "2026-11-23 07:15", "2026-11-23 09:00"), []);
        assert_eq!(found(Preparation, "2026-11-23 07:00", "2026-11-23 07:20"), []);
        assert_eq!(found(Preparation, "2026-11-23 06:59", "2026-11-23 07:20"), [Doubt::OutsideHours]);
        assert_eq!(found(Communication, "2026-11-23 07:14", "2026-11-23 07:20"), [Doubt::BeforeAgreed]);
        assert_eq!(found(Work, "2026-11-23 08:00", "2026-11-23 09:00:01"), [Doubt::AfterAgreed]);
        assert_eq!(
            found(Preparation, "2026-11-23 03:00", "2026-11-23 07:30"),
            [Doubt::BeforeAgreed, Doubt::OutsideHours],
            "preparation from three o'clock for half past seven"
        );
        assert_eq!(found(Work, "2026-11-19 08:20", "2026-11-23 07:30"), [Doubt::BeforeAgreed, Doubt::OutsideHours]);
        assert_eq!(found(Work, "2026-11-23 07:40", "2026-11-24 08:00"), [Doubt::AfterAgreed, Doubt::OutsideHours]);
    }

    #[test]
    fn what_was_agreed_is_usual_though_the_line_is_closed() {
        let sunday = slot("2026-10-25 01:30", "2026-10-25 03:30");
        let times = |end| SegmentTimes { kind: SegmentKind::Work, started_at: sunday.start, ended_at: end };
        assert_eq!(doubts(&times(sunday.end), sunday, &calendar()), []);
        assert_eq!(doubts(&times(sunday.end + TimeDelta::seconds(1)), sunday, &calendar()), [Doubt::OutsideHours]);
    }

    #[test]
    fn what_is_unusual_is_shown_before_closing() {
        let agreed = slot("2026-11-23 09:00", "2026-11-23 10:00");
        let seen = |segments: &[Segment], estimated| {
            let ids: Vec<_> = segments.iter().map(|segment| segment.id).collect();
            unusual(segments, &ids, agreed, estimated, &calendar(), local("2026-11-24 08:00"))
        };
        let hour = segment(SegmentKind::Work, "2026-11-23 09:00", "2026-11-23 10:00");
        assert_eq!(seen(&[hour], Some(40)), [], "sixty is half as much again as forty");
        assert_eq!(seen(&[hour], Some(39)), [Unusual::AboveEstimate { effective: 60, estimated: 39 }]);
        assert_eq!(seen(&[hour], None), []);
        let waiting = segment(SegmentKind::Waiting, "2026-11-23 09:00", "2026-11-23 13:25:06");
        assert_eq!(
            seen(&[waiting], Some(45)),
            [
                Unusual::Long { segment: waiting.id, minutes: 265 },
                Unusual::Doubtful { segment: waiting.id, why: Doubt::AfterAgreed },
            ],
            "waiting is shown to the customer too"
        );
        let earlier = unusual(&[waiting], &[], agreed, None, &calendar(), local("2026-11-24 08:00"));
        assert_eq!(earlier, [], "what stands on a receipt was looked at");
    }
}
