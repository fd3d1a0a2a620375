//! Corrections of what the clock measured (design, Clock).

use chrono::TimeDelta;

use super::{interventions::MOST_ADDED_MINUTES, segments::SegmentTimes, unusual::doubts};
use crate::model::{
    base::{calendar::BusinessCalendar, codes::coded_enum},
    ordering::offers::Slot,
};

coded_enum! {
    /// Whose word the reason of a correction is. Whoever shows it puts all but what was typed into words.
    pub enum CorrectionSource {
        /// A person's, who typed it.
        Typed = "typed",
        /// That of a connection, whose times were taken over.
        Connection = "by_connection",
        /// A forgotten clock was put right within its limit.
        Forgotten = "forgotten",
        /// The work began some minutes before the clock was started.
        BeganEarlier = "began_earlier",
        /// The customer could not be reached.
        NoShow = "no_show",
        /// The customer called off the time for which something was prepared.
        CalledOff = "called_off",
        /// Nobody of ours came at the agreed time.
        MissedByUs = "missed_by_us",
    }
}

/// Why a correction is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CorrectionRefused {
    /// It adds more than a technician may.
    NeedsManager,
    /// It does not lie within the visit and the line's hours, and nobody said that it was really so.
    NotConfirmed,
}

/// Whether a correction may be made: it stays within the visit and the line's hours, [or](doubts) it is confirmed; it adds
/// [so much](MOST_ADDED_MINUTES) at most, together with what technicians have added before, or a manager makes it. What only takes away of a segment needs no confirmation.
///
/// * `before` – what the segment was, up to where it is believed while it runs; none for one that is added
/// * `added_before` – what technicians have added to the intervention already
/// * `agreed` – the agreed time of the visit
///
/// # Errors
/// [`CorrectionRefused`], what cannot be helped by confirming first.
pub fn check_correction(
    before: Option<&SegmentTimes>,
    wanted: &SegmentTimes,
    added_before: TimeDelta,
    agreed: Slot,
    calendar: &BusinessCalendar,
    by_manager: bool,
    is_confirmed: bool,
) -> Result<(), CorrectionRefused> {
    let added = added(before, wanted);
    let adds_too_much = added > TimeDelta::zero() && added_before + added > TimeDelta::minutes(MOST_ADDED_MINUTES);
    if adds_too_much && !by_manager {
        return Err(CorrectionRefused::NeedsManager);
    }
    let only_less =
        before.is_some_and(|before| before.started_at <= wanted.started_at && wanted.ended_at <= before.ended_at);
    if only_less || is_confirmed || doubts(wanted, agreed, calendar).is_empty() {
        Ok(())
    } else {
        Err(CorrectionRefused::NotConfirmed)
    }
}

/// How much a correction adds: to the length of the segment, or to what is billed of it, whichever is more; less than nothing
/// where it only takes away.
#[must_use]
pub fn added(before: Option<&SegmentTimes>, wanted: &SegmentTimes) -> TimeDelta {
    let length = |times: &SegmentTimes| times.ended_at - times.started_at;
    let billed = |times: &SegmentTimes| if times.kind.is_billable() { length(times) } else { TimeDelta::zero() };
    let grown = |of: &dyn Fn(&SegmentTimes) -> TimeDelta| of(wanted) - before.map_or(TimeDelta::zero(), of);
    grown(&length).max(grown(&billed))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::model::{
        fixtures::{calendar, local},
        work::{
            forgotten::forgotten_from,
            segments::SegmentKind::{self, Preparation, Waiting, Work},
        },
    };

    fn times(kind: SegmentKind, from: &str, until: &str) -> SegmentTimes {
        SegmentTimes { kind, started_at: local(from), ended_at: local(until) }
    }

    fn agreed() -> Slot {
        Slot { start: local("2026-11-23 09:00"), end: local("2026-11-23 10:00") }
    }

    fn check(
        before: Option<SegmentTimes>,
        wanted: SegmentTimes,
        by_manager: bool,
        is_confirmed: bool,
    ) -> Result<(), CorrectionRefused> {
        check_correction(before.as_ref(), &wanted, TimeDelta::zero(), agreed(), &calendar(), by_manager, is_confirmed)
    }

    #[test]
    fn more_than_sixty_minutes_added_need_a_manager() {
        let needs_manager = Err(CorrectionRefused::NeedsManager);
        let hour = times(Work, "2026-11-23 09:00", "2026-11-23 10:00");
        let second_more = times(Work, "2026-11-23 09:00", "2026-11-23 10:00:01");
        assert_eq!(check(None, hour, false, false), Ok(()));
        assert_eq!(check(None, second_more, false, true), needs_manager);
        assert_eq!(check(None, second_more, true, false), Ok(()));
        assert_eq!(
            check(Some(times(Work, "2026-11-23 09:00", "2026-11-23 09:00:01")), second_more, false, false),
            Ok(())
        );
        let days = times(Work, "2026-11-23 09:00", "2026-11-27 08:00");
        assert_eq!(check(Some(hour), days, false, true), needs_manager, "95 hours in one segment");
        assert_eq!(
            check(Some(hour), days, true, false),
            Err(CorrectionRefused::NotConfirmed),
            "nor does a manager slip"
        );
        assert_eq!(check(Some(hour), days, true, true), Ok(()));
        let waiting = times(Waiting, "2026-11-23 09:00", "2026-11-23 10:20");
        assert_eq!(
            check(Some(waiting), SegmentTimes { kind: Work, ..waiting }, false, true),
            needs_manager,
            "made billable"
        );
        assert_eq!(check(Some(SegmentTimes { kind: Work, ..waiting }), waiting, false, false), Ok(()), "made free");
    }

    #[test]
    fn what_was_added_before_counts_together_with_what_is_added() {
        let half_hour = times(Work, "2026-11-23 09:00", "2026-11-23 09:30");
        let after = |minutes, before: Option<SegmentTimes>, by_manager| {
            let added_before = TimeDelta::minutes(minutes);
            check_correction(before.as_ref(), &half_hour, added_before, agreed(), &calendar(), by_manager, false)
        };
        assert_eq!(after(30, None, false), Ok(()));
        assert_eq!(after(31, None, false), Err(CorrectionRefused::NeedsManager));
        assert_eq!(after(31, None, true), Ok(()));
        let longer = times(Work, "2026-11-23 09:00", "2026-11-23 09:40");
        assert_eq!(after(60, Some(longer), false), Ok(()), "what takes away may always be");
    }

    #[test]
    fn outside_the_visit_and_the_lines_hours_a_correction_is_confirmed() {
        let not_confirmed = Err(CorrectionRefused::NotConfirmed);
        let before_dawn = times(Preparation, "2026-11-23 03:00", "2026-11-23 03:30");
        assert_eq!(check(None, before_dawn, false, false), not_confirmed);
        assert_eq!(check(None, before_dawn, false, true), Ok(()));
        let long_before = times(Work, "2026-11-19 09:50", "2026-11-19 10:00");
        assert_eq!(check(None, long_before, false, false), not_confirmed, "5,710 minutes before the agreed time");
        let overrun = times(Work, "2026-11-23 09:40", "2026-11-23 11:00");
        let shorter = times(Work, "2026-11-23 09:45", "2026-11-23 10:45");
        assert_eq!(check(Some(overrun), shorter, false, false), Ok(()), "what was measured may be shortened");
        let longer = times(Work, "2026-11-23 09:40", "2026-11-23 11:00:01");
        assert_eq!(check(Some(overrun), longer, false, false), not_confirmed);
    }

    proptest! {
        /// What lies beyond the limit of the clock is doubtful too: nobody adds it without saying so, which the database
        /// demands.
        #[test]
        fn what_a_clock_would_not_be_believed_is_doubtful(start in -20_000..20_000_i64, length in 1..3_000_i64, kind in 0..5_usize) {
            let started_at = agreed().start + TimeDelta::minutes(start);
            let wanted = SegmentTimes {
                kind: SegmentKind::ALL[kind],
                started_at,
                ended_at: started_at + TimeDelta::minutes(length),
            };
            let beyond = wanted.ended_at > forgotten_from(started_at, agreed(), &calendar());
            prop_assert!(!beyond || !doubts(&wanted, agreed(), &calendar()).is_empty());
        }
    }
}
