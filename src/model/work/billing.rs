//! From the clock to billed minutes (design, Minutes). The order of the rules is fixed:
//! seconds of the billable segments → summed → rounded up to a minute once → raised to the minimum once. What a second is,
//! [`seconds_between`](super::segments::seconds_between) says.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::segments::{Segment, effective_seconds};
use crate::model::base::{
    bilingual::Bilingual,
    calendar::{BusinessCalendar, midnight, to_local},
};

/// The version of the rules by which a receipt was made; it stands on every receipt. Raise it with every change of what
/// [`bill`] or [`settle`](crate::model::minutes::ledger::settle) answers.
/// Since 2 a manager may lift the minimum of what an outage hit: see [`lifts_minimum`].
pub const RULE_VERSION: u16 = 2;

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
        self.billed.saturating_sub(self.effective_minutes)
    }
}

/// Bills one intervention. Without any billable second nothing is billed, not even the minimum: waiting and the vendor's own
/// faults cost nothing.
#[must_use]
pub fn bill(segments: &[Segment], minimum: u32, now: DateTime<Utc>) -> Bill {
    billed(effective_seconds(segments, now), minimum)
}

/// Bills so much effective time, in seconds: rounded up to a minute once, then raised to the minimum once.
#[must_use]
pub fn billed(effective_seconds: u64, minimum: u32) -> Bill {
    let effective_minutes = u32::try_from(effective_seconds.div_ceil(60)).unwrap_or(u32::MAX);
    let billed = if effective_minutes == 0 { 0 } else { effective_minutes.max(minimum) };
    Bill { effective_seconds, effective_minutes, minimum, billed }
}

/// The minimum that is not charged because a manager lifted it for all whom an outage hit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LiftedMinimum {
    /// What would be the least, in minutes.
    pub minutes: u32,
    /// What the outage is called.
    pub outage: Bilingual,
}

/// The least that is billed: nothing where it was lifted.
#[must_use]
pub fn least_billed(minimum: u32, lifted: Option<&LiftedMinimum>) -> u32 {
    if lifted.is_some() { 0 } else { minimum }
}

/// Whether lifting the minimum for an outage reaches work that began at `work_began`: what was done on the same request before the
/// outage was none of it.
#[must_use]
pub fn lifts_minimum(outage_began: DateTime<Utc>, work_began: DateTime<Utc>) -> bool {
    outage_began <= work_began
}

/// Within how many working days resumed work belongs to the same intervention.
const JOINED_WORKING_DAYS: u32 = 2;

/// The last local day on which resumed work belongs to the intervention whose last segment ended at `stopped`: the second
/// working day after it (design, Minutes).
#[must_use]
pub fn joins_until(calendar: &BusinessCalendar, stopped: DateTime<Utc>) -> NaiveDate {
    calendar.add_working_days(to_local(stopped).date(), JOINED_WORKING_DAYS)
}

/// Whether work that begins at `resumes` belongs to the intervention whose last segment ended at `stopped`, so that the
/// minimum is not charged twice: until the end of the last day, of whatever hour.
#[must_use]
pub fn joins_intervention(calendar: &BusinessCalendar, stopped: DateTime<Utc>, resumes: DateTime<Utc>) -> bool {
    to_local(resumes).date() <= joins_until(calendar, stopped)
}

/// From when on work must have stopped so that it can still be [joined](joins_intervention) at `now`.
#[must_use]
pub fn joinable_since(calendar: &BusinessCalendar, now: DateTime<Utc>) -> DateTime<Utc> {
    /// No holiday with its weekends is longer: a line that is closed for longer joins nothing across it.
    const DAYS_BACK: usize = 31;
    let today = to_local(now).date();
    let days = std::iter::successors(Some(today), NaiveDate::pred_opt).take(DAYS_BACK);
    let first = days.take_while(|date| today <= calendar.add_working_days(*date, JOINED_WORKING_DAYS)).last();
    midnight(first.unwrap_or(today))
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;
    use proptest::{prelude::*, sample::Index};

    use super::*;
    use crate::model::{
        fixtures::{any_clock, calendar, calendar_closed_on, clock, local, running, segment},
        work::segments::SegmentKind::{self, Communication, OurFault, Preparation, Waiting, Work},
    };

    #[test]
    fn work_can_be_joined_since_the_second_working_day_before() {
        let since = |now| joinable_since(&calendar(), local(now));
        assert_eq!(since("2026-11-25 09:00"), local("2026-11-23 00:00"));
        // Friday's work can be resumed on Tuesday, and so can Saturday's, if there is any.
        assert_eq!(since("2026-11-24 09:00"), local("2026-11-20 00:00"));
        for day in ["2026-11-20 10:00", "2026-11-19 23:59"] {
            let joins = joins_intervention(&calendar(), local(day), local("2026-11-24 09:00"));
            assert_eq!(joins, local(day) >= since("2026-11-24 09:00"), "{day}");
        }
    }

    /// Segments of the given kinds and seconds, one after the other; a second of waiting between them.
    fn segments(lengths: &[(SegmentKind, i64)]) -> Vec<Segment> {
        let mut at = local("2026-11-23 09:00");
        let mut segments = Vec::new();
        for &(kind, seconds) in lengths {
            let end = at + TimeDelta::seconds(seconds);
            segments.push(clock(kind, at, Some(end)));
            at = end + TimeDelta::seconds(1);
        }
        segments
    }

    fn billed(lengths: &[(SegmentKind, i64)]) -> Bill {
        bill(&segments(lengths), 20, local("2026-11-24 09:00"))
    }

    #[test]
    fn thirteen_minutes_are_raised_to_the_minimum() {
        let bill = billed(&[(Preparation, 180), (Communication, 120), (Work, 480)]);
        assert_eq!(bill, Bill { effective_seconds: 780, effective_minutes: 13, minimum: 20, billed: 20 });
        assert_eq!(bill.top_up(), 7);
    }

    #[test]
    fn seconds_are_summed_before_they_are_rounded_up() {
        assert_eq!(billed(&[(Work, 1_210), (Work, 10), (Work, 10)]).billed, 21, "not 23");
        assert_eq!(billed(&[(Work, 1_200)]).billed, 20);
        assert_eq!(billed(&[(Work, 1_201)]).billed, 21);
        assert_eq!(billed(&[(Work, 1_260)]).top_up(), 0);
    }

    #[test]
    fn waiting_and_our_fault_cost_nothing() {
        assert_eq!(billed(&[(Waiting, 3_600), (OurFault, 3_600)]), Bill { minimum: 20, ..Bill::default() });
        assert_eq!(billed(&[(Waiting, 3_600), (Work, 1_500), (OurFault, 3_600)]).billed, 25);
        assert_eq!(billed(&[]).billed, 0);
    }

    #[test]
    fn one_second_is_billed_the_minimum() {
        assert_eq!(billed(&[(Communication, 1)]).billed, 20);
        assert_eq!(billed(&[(Communication, 0)]).billed, 0);
    }

    #[test]
    fn a_lifted_minimum_is_not_charged_and_work_is() {
        let lifted = LiftedMinimum { minutes: 20, outage: "Stravné nejde spustit".to_owned().into() };
        let work = segments(&[(Preparation, 180), (Communication, 120), (Work, 480)]);
        let billed = |lifted| bill(&work, least_billed(20, lifted), local("2026-11-24 09:00"));
        assert_eq!((billed(None).billed, billed(Some(&lifted)).billed), (20, 13));
        assert_eq!(billed(Some(&lifted)).top_up(), 0);
    }

    #[test]
    fn what_was_done_before_an_outage_is_none_of_it() {
        let began = local("2026-11-23 08:00");
        assert!(lifts_minimum(began, began) && lifts_minimum(began, local("2026-11-25 08:00")));
        assert!(!lifts_minimum(began, local("2026-11-23 07:59")));
    }

    #[test]
    fn a_running_clock_is_billed_up_to_now() {
        let clocked = [segment(Work, "2026-11-23 09:00", "2026-11-23 09:20"), running(Work, "2026-11-23 09:30")];
        assert_eq!(bill(&clocked, 20, local("2026-11-23 09:30:01")).billed, 21);
    }

    #[test]
    fn a_bill_beyond_all_measure_is_not_a_small_one() {
        let ages = Segment { started_at: DateTime::<Utc>::MIN_UTC, ..running(Work, "2026-11-23 09:00") };
        assert_eq!(bill(&[ages], 20, DateTime::<Utc>::MAX_UTC).billed, u32::MAX);
    }

    #[test]
    fn work_resumed_within_two_working_days_joins() {
        let joins = |stopped, resumes| joins_intervention(&calendar(), local(stopped), local(resumes));
        assert!(joins("2026-11-23 09:00", "2026-11-23 09:00"));
        assert!(joins("2026-11-23 09:00", "2026-11-25 23:59"), "Monday to the end of Wednesday");
        assert!(!joins("2026-11-23 09:00", "2026-11-26 00:00"));
        assert!(joins("2026-11-20 15:00", "2026-11-24 10:00"), "Friday to Tuesday");
        assert!(!joins("2026-11-20 15:00", "2026-11-25 07:00"));
        assert!(joins("2026-11-21 15:00", "2026-11-24 10:00"), "Saturday to Tuesday");
        assert!(joins("2026-12-23 15:00", "2026-12-29 10:00"), "over Christmas");
        assert!(!joins("2026-12-23 15:00", "2026-12-30 10:00"));
        assert!(joins("2026-10-23 22:30", "2026-10-27 23:30"), "over the change of the clocks");
    }

    #[test]
    fn a_closure_is_no_working_day() {
        let calendar = calendar_closed_on(&["2026-11-24"]);
        assert!(joins_intervention(&calendar, local("2026-11-23 09:00"), local("2026-11-26 09:00")));
        assert!(!joins_intervention(&calendar, local("2026-11-23 09:00"), local("2026-11-27 09:00")));
    }

    proptest! {
        #[test]
        fn at_least_the_minimum_is_billed_whenever_anything_is((segments, now) in any_clock(), minimum in 0..60_u32) {
            let bill = bill(&segments, minimum, now);
            prop_assert_eq!(bill.billed == 0, bill.effective_seconds == 0);
            prop_assert!(bill.billed == 0 || bill.billed >= minimum);
            prop_assert_eq!(bill.effective_minutes + bill.top_up(), bill.billed);
            prop_assert!(bill.top_up() == 0 || bill.billed == minimum, "the minimum raises to itself, never above");
            let rounded_up = u64::from(bill.effective_minutes) * 60;
            prop_assert!(rounded_up >= bill.effective_seconds && rounded_up < bill.effective_seconds + 60);
        }

        /// However often work is resumed, the minimum is charged once.
        #[test]
        fn the_minimum_is_charged_once((segments, now) in any_clock(), minimum in 0..60_u32, at in any::<Index>()) {
            let (before, after) = segments.split_at(at.index(segments.len()));
            let [before, after, whole] = [before, after, &segments[..]].map(|part| bill(part, minimum, now));
            prop_assert_eq!(whole.effective_seconds, before.effective_seconds + after.effective_seconds);
            let expected = if whole.effective_seconds == 0 { 0 } else { whole.effective_minutes.max(minimum) };
            prop_assert_eq!(whole.billed, expected);
            prop_assert!(whole.billed <= before.billed + after.billed);
        }

        #[test]
        fn splitting_a_segment_changes_nothing((segments, now) in any_clock(), which in any::<Index>(), share in 0..=1_000_i32) {
            let mut split = segments.clone();
            let first = which.get(&segments);
            let length = first.ended_at.unwrap_or(now) - first.started_at;
            let middle = first.started_at + length * share / 1_000;
            split[which.index(segments.len())].ended_at = Some(middle);
            split.push(Segment { started_at: middle, ..*first });
            prop_assert_eq!(bill(&split, 20, now), bill(&segments, 20, now));
        }

        #[test]
        fn the_order_of_segments_does_not_matter(
            ((segments, now), shuffled) in any_clock()
                .prop_flat_map(|(segments, now)| (Just((segments.clone(), now)), Just(segments).prop_shuffle())),
        ) {
            prop_assert_eq!(bill(&shuffled, 20, now), bill(&segments, 20, now));
        }
    }
}
