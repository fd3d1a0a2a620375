//! Forgotten clocks (design, Clock): up to when a clock that nobody stopped is believed, and what may be said of one that ran
//! on.

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use super::{
    interventions::MOST_ADDED_MINUTES,
    segments::{Segment, SegmentKind},
};
use crate::model::{
    base::{
        calendar::{BusinessCalendar, Interval, to_local},
        ids::SegmentId,
    },
    ordering::offers::Slot,
};

/// How long after the agreed end a clock is believed, and the least for which any clock is, in minutes.
pub const GRACE_MINUTES: i64 = 30;

/// From when on a clock that was started at `started_at` counts as forgotten: half an hour after the `agreed` end, or at the
/// end of the line's day, whichever comes first, but never before it has run for half an hour.
///
/// * The line's day is the day on which the clock was started. It ends when the line closes, or with the agreed time where that
///   lies later: hours may have changed since it was agreed.
/// * When the agreed end has passed already, be it on that day or before it, half an hour is all.
/// * So it is for a clock that is started more than half an hour before the line opens or the agreed time begins, after the line
///   has closed, or on a day without either: nobody is expected to work then, so half an hour is believed and the rest has to
///   be said.
/// * On the eve of the agreed day the line's day alone counts.
#[must_use]
pub fn forgotten_from(started_at: DateTime<Utc>, agreed: Slot, calendar: &BusinessCalendar) -> DateTime<Utc> {
    let given = later(started_at, GRACE_MINUTES);
    let today = to_local(started_at).date();
    let hours = calendar.hours(today);
    let agreed_today = (to_local(agreed.start).date() == today).then_some(agreed);
    let begins = hours.iter().map(Interval::start).chain(agreed_today.map(|slot| slot.start)).min();
    let ends = hours.iter().map(Interval::end).chain(agreed_today.map(|slot| slot.end)).max();
    match begins.zip(ends) {
        Some((begins, ends)) if given >= begins && started_at < agreed.end => {
            ends.min(later(agreed.end, GRACE_MINUTES)).max(given)
        }
        _ => given,
    }
}

fn later(at: DateTime<Utc>, minutes: i64) -> DateTime<Utc> {
    at.checked_add_signed(TimeDelta::minutes(minutes)).unwrap_or(DateTime::<Utc>::MAX_UTC)
}

/// A clock that was forgotten, and what its true end may have been.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ForgottenClock {
    /// Its segment.
    pub segment: SegmentId,
    /// What it counts.
    pub kind: SegmentKind,
    /// When it was started.
    pub started_at: DateTime<Utc>,
    /// Up to when it is believed: nothing later is billed until somebody has said when it ended.
    pub since: DateTime<Utc>,
    /// Likely ends, the earliest first.
    pub suggestions: Vec<SuggestedEnd>,
}

/// A likely end of a forgotten clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct SuggestedEnd {
    /// Why it is likely.
    pub why: LikelyEnd,
    /// When it may have ended.
    pub at: DateTime<Utc>,
}

/// Why a forgotten clock may have ended at a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LikelyEnd {
    /// The agreed time ended.
    AgreedEnd,
    /// The line closed.
    LineClosed,
    /// The technician last did something here.
    LastActivity,
    /// TeamViewer's connection ended.
    Disconnected,
}

/// Likely ends of a clock, the earliest first and none twice: after its start and not after `now`.
///
/// * `last_activity` – when its technician last did something for this request
/// * `disconnected` – when the last connection of the visit ended, as far as TeamViewer has told
#[must_use]
pub fn suggested_ends(
    running: &Segment,
    agreed: Slot,
    last_activity: Option<DateTime<Utc>>,
    disconnected: Option<DateTime<Utc>>,
    calendar: &BusinessCalendar,
    now: DateTime<Utc>,
) -> Vec<SuggestedEnd> {
    let closed = calendar.hours(to_local(running.started_at).date()).map(|hours| hours.end());
    // What a machine has seen is told before what was meant at the same time.
    let mut ends: Vec<_> = [
        (LikelyEnd::Disconnected, disconnected),
        (LikelyEnd::AgreedEnd, Some(agreed.end)),
        (LikelyEnd::LineClosed, closed),
        (LikelyEnd::LastActivity, last_activity),
    ]
    .into_iter()
    .filter_map(|(why, at)| Some(SuggestedEnd { why, at: at? }))
    .filter(|end| running.started_at < end.at && end.at <= now)
    .collect();
    ends.sort_by_key(|end| end.at);
    ends.dedup_by_key(|end| end.at);
    ends
}

/// Why a true end is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TrueEndRefused {
    /// It does not lie after the start, or it lies in the future.
    NotWhileItRan,
    /// So much beyond the limit is for a manager to say.
    NeedsManager,
}

/// Whether a true end lies so far beyond the limit of a clock that a manager has to say it.
///
/// * `since` – from when on the clock [counts as forgotten](forgotten_from)
#[must_use]
pub fn needs_manager(end: DateTime<Utc>, since: DateTime<Utc>) -> bool {
    end > later(since, MOST_ADDED_MINUTES)
}

/// Whether a true `end` of a forgotten clock lies beyond its limit, so that it needs a reason. What lies within needs none: it
/// takes away what nobody believed anyway.
///
/// * `since` – from when on the clock [counts as forgotten](forgotten_from)
///
/// # Errors
/// [`TrueEndRefused`]: more than [`MOST_ADDED_MINUTES`] beyond the limit are a manager's to confirm.
pub fn lies_beyond(
    end: DateTime<Utc>,
    started_at: DateTime<Utc>,
    since: DateTime<Utc>,
    by_manager: bool,
    now: DateTime<Utc>,
) -> Result<bool, TrueEndRefused> {
    if end <= started_at || end > now {
        return Err(TrueEndRefused::NotWhileItRan);
    }
    if needs_manager(end, since) && !by_manager {
        return Err(TrueEndRefused::NeedsManager);
    }
    Ok(end > since)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::model::fixtures::{calendar, calendar_closed_on, local, running, utc};

    fn slot(start: &str, end: &str) -> Slot {
        Slot { start: local(start), end: local(end) }
    }

    #[test]
    fn a_clock_is_forgotten_half_an_hour_after_the_agreed_end_or_when_the_line_closes() {
        for (started, from, until, forgotten, why) in [
            ("09:00", "09:00", "10:00", "10:30", "half an hour after the agreed end"),
            ("08:40", "09:00", "10:00", "10:30", "begun a little early"),
            ("09:59:59", "09:00", "10:00", "10:30", "begun at the very end"),
            ("10:00", "09:00", "10:00", "10:30", "begun when the agreed time was over: half an hour"),
            ("11:00", "09:00", "10:00", "11:30", "begun late: half an hour"),
            ("13:30", "13:30", "14:45", "15:15", "before the line closes"),
            ("13:30", "13:30", "15:15", "15:30", "the line closes"),
            ("14:30", "14:30", "15:30", "15:30", "agreed until the line closes"),
            ("15:20", "09:00", "10:00", "15:50", "begun late: half an hour, though the line closes"),
            ("15:20", "14:30", "15:30", "15:50", "no clock is forgotten before it has run for half an hour"),
            ("14:30", "14:30", "16:00", "16:00", "agreed beyond closing time: the day ends with it"),
            ("15:30", "14:00", "15:00", "16:00", "begun when the line had closed"),
            ("20:00", "09:00", "10:00", "20:30", "at night"),
            ("23:50", "09:00", "10:00", "24:20", "over midnight"),
            ("03:00", "07:30", "08:30", "03:30", "hours before anybody works"),
            ("06:29", "07:30", "08:30", "06:59", "a little too early"),
            ("06:30", "07:30", "08:30", "09:00", "as early as the line is nearly open"),
            ("05:40", "06:00", "06:45", "07:15", "agreed before the line opens"),
            ("00:00", "07:30", "08:30", "00:30", "at midnight"),
        ] {
            let at = |time: &str| match time {
                "24:20" => local("2026-11-24 00:20"),
                time => local(&format!("2026-11-23 {time}")),
            };
            let agreed = Slot { start: at(from), end: at(until) };
            assert_eq!(forgotten_from(at(started), agreed, &calendar()), at(forgotten), "{why}");
        }
    }

    #[test]
    fn on_another_day_than_the_agreed_one_the_lines_day_counts_or_half_an_hour() {
        let agreed = slot("2026-11-24 09:00", "2026-11-24 10:00");
        let forgotten = |started| forgotten_from(local(started), agreed, &calendar());
        assert_eq!(forgotten("2026-11-23 10:00"), local("2026-11-23 15:30"), "prepared on the eve");
        assert_eq!(forgotten("2026-11-23 15:10"), local("2026-11-23 15:40"));
        assert_eq!(forgotten("2026-11-23 20:00"), local("2026-11-23 20:30"), "on the eve, at night");
        assert_eq!(forgotten("2026-11-25 09:00"), local("2026-11-25 09:30"), "the day after");
        assert_eq!(forgotten("2026-11-22 09:00"), local("2026-11-22 09:30"), "a Sunday");
        let closed = calendar_closed_on(&["2026-11-23"]);
        assert_eq!(forgotten_from(local("2026-11-23 09:00"), agreed, &closed), local("2026-11-23 09:30"), "a closure");
        let whole_night = slot("2026-11-23 22:00", "2026-11-24 02:00");
        let over_midnight = forgotten_from(local("2026-11-23 22:10"), whole_night, &calendar());
        assert_eq!(over_midnight, local("2026-11-24 02:00"), "agreed over midnight: the day ends with it");
    }

    #[test]
    fn half_an_hour_is_half_an_hour_when_the_clocks_change() {
        // Both Sundays have no hours: what counts is what was agreed.
        let spring = slot("2026-03-29 01:30", "2026-03-29 03:15");
        assert_eq!((spring.end - spring.start).num_minutes(), 45);
        let forgotten = forgotten_from(spring.start, spring, &calendar());
        assert_eq!(forgotten, spring.end, "the day ends with the agreed time");
        let late =
            forgotten_from(utc("2026-03-29T00:45:00Z"), slot("2026-03-28 10:00", "2026-03-28 11:00"), &calendar());
        assert_eq!(late, utc("2026-03-29T01:15:00Z"), "over the gap: 1:45 to 3:15 on the wall");
        let autumn =
            forgotten_from(utc("2026-10-25T00:45:00Z"), slot("2026-10-24 10:00", "2026-10-24 11:00"), &calendar());
        assert_eq!(autumn, utc("2026-10-25T01:15:00Z"), "2:45 to 2:15 on the wall");
        // The Mondays after them close at 15:30 on their own walls.
        for (day, closes) in [("2026-03-30", "2026-03-30T13:30:00Z"), ("2026-10-26", "2026-10-26T14:30:00Z")] {
            let agreed = slot(&format!("{day} 14:30"), &format!("{day} 15:30"));
            assert_eq!(forgotten_from(agreed.start, agreed, &calendar()), utc(closes), "{day}");
        }
    }

    #[test]
    fn no_instant_is_too_far_away() {
        let agreed = slot("2026-11-23 09:00", "2026-11-23 10:00");
        for started in [DateTime::<Utc>::MIN_UTC, DateTime::<Utc>::MAX_UTC] {
            assert!(forgotten_from(started, agreed, &calendar()) >= started);
        }
        let ages = Slot { start: DateTime::<Utc>::MIN_UTC, end: DateTime::<Utc>::MAX_UTC };
        assert_eq!(forgotten_from(local("2026-11-23 09:00"), ages, &calendar()), local("2026-11-23 15:30"));
    }

    #[test]
    fn likely_ends_are_told_once_and_in_order() {
        let agreed = slot("2026-11-23 14:30", "2026-11-23 15:30");
        let clock = running(SegmentKind::Work, "2026-11-23 14:40");
        let ends = |activity, now| -> Vec<_> {
            suggested_ends(&clock, agreed, activity, None, &calendar(), local(now))
                .iter()
                .map(|end| (end.why, end.at))
                .collect()
        };
        let closed = (LikelyEnd::AgreedEnd, local("2026-11-23 15:30"));
        assert_eq!(ends(None, "2026-11-24 08:00"), [closed], "the line closed at the agreed end");
        let activity = Some(local("2026-11-23 15:02"));
        assert_eq!(ends(activity, "2026-11-24 08:00"), [(LikelyEnd::LastActivity, local("2026-11-23 15:02")), closed]);
        assert_eq!(ends(Some(clock.started_at), "2026-11-23 15:10"), [], "nothing that has not come yet");
        let eve = slot("2026-11-24 09:00", "2026-11-24 10:00");
        let on_the_eve = suggested_ends(&clock, eve, None, None, &calendar(), local("2026-11-24 08:00"));
        let disconnected = Some(local("2026-11-23 15:30"));
        let told = suggested_ends(&clock, agreed, None, disconnected, &calendar(), local("2026-11-24 08:00"));
        assert_eq!(
            told.iter().map(|end| end.why).collect::<Vec<_>>(),
            [LikelyEnd::Disconnected],
            "of one time who has seen it"
        );
        assert_eq!(on_the_eve, [SuggestedEnd { why: LikelyEnd::LineClosed, at: local("2026-11-23 15:30") }]);
    }

    #[test]
    fn beyond_the_limit_an_end_needs_a_reason_and_by_more_than_an_hour_a_manager() {
        let (started, since, now) = ("2026-11-23 09:00", "2026-11-23 10:30", "2026-11-24 08:00");
        let beyond = |end, by_manager| lies_beyond(local(end), local(started), local(since), by_manager, local(now));
        assert_eq!(beyond("2026-11-23 09:00", true), Err(TrueEndRefused::NotWhileItRan));
        assert_eq!(beyond("2026-11-23 09:00:01", false), Ok(false));
        assert_eq!(beyond("2026-11-23 10:30", false), Ok(false));
        assert_eq!(beyond("2026-11-23 10:30:01", false), Ok(true));
        assert_eq!(beyond("2026-11-23 11:30", false), Ok(true));
        assert_eq!(beyond("2026-11-23 11:30:01", false), Err(TrueEndRefused::NeedsManager));
        assert_eq!(beyond("2026-11-24 08:00", true), Ok(true));
        assert_eq!(beyond("2026-11-24 08:00:01", true), Err(TrueEndRefused::NotWhileItRan));
    }

    proptest! {
        /// Whenever a clock is started and whatever is agreed: it is believed for half an hour, and never beyond half an hour after
        /// the agreed end or the line's day, but for that.
        #[test]
        fn no_clock_is_believed_for_longer_than_the_rule_says(
            start in 0..527_040_i64,
            agreed in -3_000..3_000_i64,
            length in 1..480_i64,
        ) {
            let started_at = local("2026-01-01 00:00") + TimeDelta::minutes(start);
            let from = started_at + TimeDelta::minutes(agreed);
            let agreed = Slot { start: from, end: from + TimeDelta::minutes(length) };
            let forgotten = forgotten_from(started_at, agreed, &calendar());
            let given = started_at + TimeDelta::minutes(GRACE_MINUTES);
            prop_assert!(forgotten >= given);
            if forgotten > given {
                let closes = calendar().hours(to_local(started_at).date()).map(|hours| hours.end());
                prop_assert!(forgotten <= agreed.end + TimeDelta::minutes(GRACE_MINUTES));
                prop_assert!(closes.is_some_and(|closes| forgotten <= closes) || forgotten <= agreed.end);
            }
        }
    }
}
