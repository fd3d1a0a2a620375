//! Splitting a segment in which two things were done (design, Clock).

use chrono::{DateTime, TimeDelta, Utc};

use super::{
    corrections::CorrectionRefused,
    interventions::MOST_ADDED_MINUTES,
    segments::{SegmentKind, SegmentTimes},
};

/// Why a segment cannot be split so.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SplitRefused {
    /// The instant does not lie within it.
    NotWithin,
    /// Both parts are of one kind: that is no split, but a correction of the whole.
    SameKind,
}

/// The two parts of a segment that is split at an instant, of the kinds that were done before and after it. They meet there, so
/// they are together as long as it was.
///
/// # Errors
/// [`SplitRefused`].
pub fn split(
    whole: &SegmentTimes,
    at: DateTime<Utc>,
    (before, after): (SegmentKind, SegmentKind),
) -> Result<[SegmentTimes; 2], SplitRefused> {
    if at <= whole.started_at || whole.ended_at <= at {
        return Err(SplitRefused::NotWithin);
    }
    if before == after {
        return Err(SplitRefused::SameKind);
    }
    Ok([
        SegmentTimes { kind: before, started_at: whole.started_at, ended_at: at },
        SegmentTimes { kind: after, started_at: at, ended_at: whole.ended_at },
    ])
}

/// How much longer the billable time of a segment becomes by splitting it; less than nothing where it becomes shorter.
#[must_use]
pub fn added_by_split(whole: &SegmentTimes, parts: &[SegmentTimes; 2]) -> TimeDelta {
    let billed = |times: &SegmentTimes| match times.kind.is_billable() {
        true => times.ended_at - times.started_at,
        false => TimeDelta::zero(),
    };
    parts.iter().map(billed).sum::<TimeDelta>() - billed(whole)
}

/// Whether a segment may be split so: it adds [so much](MOST_ADDED_MINUTES) at most to what is billed, together with what
/// technicians have added before, or a manager does it. No time is claimed that was not measured, so nothing is to be confirmed.
///
/// # Errors
/// [`CorrectionRefused::NeedsManager`].
pub fn check_split(
    whole: &SegmentTimes,
    parts: &[SegmentTimes; 2],
    added_before: TimeDelta,
    by_manager: bool,
) -> Result<(), CorrectionRefused> {
    let added = added_by_split(whole, parts);
    let adds_too_much = added > TimeDelta::zero() && added_before + added > TimeDelta::minutes(MOST_ADDED_MINUTES);
    if adds_too_much && !by_manager { Err(CorrectionRefused::NeedsManager) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::model::{
        fixtures::local,
        work::segments::{
            SegmentKind::{Communication, OurFault, Waiting, Work},
            seconds_between,
        },
    };

    fn whole(kind: SegmentKind, minutes: i64) -> SegmentTimes {
        let started_at = local("2026-11-23 09:00");
        SegmentTimes { kind, started_at, ended_at: started_at + TimeDelta::minutes(minutes) }
    }

    #[test]
    fn a_segment_is_split_within_itself_and_into_two_kinds() {
        let hour = whole(Work, 60);
        let at = |time| split(&hour, local(time), (Work, Waiting));
        assert_eq!(at("2026-11-23 09:00"), Err(SplitRefused::NotWithin));
        assert_eq!(at("2026-11-23 10:00"), Err(SplitRefused::NotWithin));
        let parts = at("2026-11-23 09:20").expect("within");
        assert_eq!(parts[0], SegmentTimes { ended_at: local("2026-11-23 09:20"), ..hour });
        assert_eq!(parts[1], SegmentTimes { kind: Waiting, started_at: local("2026-11-23 09:20"), ..hour });
        assert_eq!(split(&hour, local("2026-11-23 09:20"), (Waiting, Waiting)), Err(SplitRefused::SameKind));
    }

    #[test]
    fn what_becomes_billable_counts_as_added() {
        let added = |kind, kinds| {
            let whole = whole(kind, 90);
            let parts = split(&whole, local("2026-11-23 09:30"), kinds).expect("within");
            added_by_split(&whole, &parts).num_minutes()
        };
        assert_eq!(added(Waiting, (Waiting, Work)), 60);
        assert_eq!(added(Work, (Communication, Work)), 0);
        assert_eq!(added(Work, (OurFault, Work)), -30);
        assert_eq!(added(OurFault, (Waiting, OurFault)), 0);
        let long = whole(Waiting, 90);
        let parts = split(&long, local("2026-11-23 09:30"), (Waiting, Work)).expect("within");
        let check = |before, by_manager| check_split(&long, &parts, TimeDelta::minutes(before), by_manager);
        assert_eq!(check(0, false), Ok(()));
        assert_eq!(check(1, false), Err(CorrectionRefused::NeedsManager));
        assert_eq!(check(1, true), Ok(()));
    }

    proptest! {
        /// Wherever a segment is split, and into whatever: its parts are as long as it was, to the second that is billed.
        #[test]
        fn a_split_keeps_the_sum(
            length in 2..20_000_000_i64,
            share in 1..1_000_i64,
            kinds in (0..5_usize, 0..5_usize),
        ) {
            let started_at = local("2026-11-23 09:00") + TimeDelta::microseconds(length / 3);
            let whole = SegmentTimes { kind: Work, started_at, ended_at: started_at + TimeDelta::milliseconds(length) };
            let at = started_at + TimeDelta::microseconds(length * share);
            let (before, after) = (SegmentKind::ALL[kinds.0], SegmentKind::ALL[kinds.1]);
            match split(&whole, at, (before, after)) {
                Ok(parts) => {
                    let seconds = parts.map(|part| seconds_between(part.started_at, part.ended_at));
                    prop_assert_eq!(seconds.iter().sum::<u64>(), seconds_between(whole.started_at, whole.ended_at));
                    prop_assert_eq!((parts[0].kind, parts[1].kind), (before, after));
                    prop_assert!(added_by_split(&whole, &parts) <= TimeDelta::zero(), "work is billed already");
                }
                Err(refused) => prop_assert!(refused == SplitRefused::SameKind && before == after),
            }
        }
    }
}
