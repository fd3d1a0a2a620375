//! How near a day or an instant is, as people say it: "today, in 26 minutes", "tomorrow".

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};

use super::to_local;

/// Times of today are said to be so many minutes ahead up to this many of them; beyond, the hour says enough.
pub const SOON_MINUTES: i64 = 90;

/// A day that has a name of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NearDay {
    /// The day before.
    Yesterday,
    /// This day.
    Today,
    /// The day after.
    Tomorrow,
}

/// What a day is called when it is `today`; none for days further away.
#[must_use]
pub fn near_day(date: NaiveDate, today: NaiveDate) -> Option<NearDay> {
    match date.signed_duration_since(today).num_days() {
        -1 => Some(NearDay::Yesterday),
        0 => Some(NearDay::Today),
        1 => Some(NearDay::Tomorrow),
        _ => None,
    }
}

/// In how many minutes it is `at`, where that is [soon](SOON_MINUTES) and still today: as whole ones that are not over before.
#[must_use]
pub fn minutes_ahead(at: DateTime<Utc>, now: DateTime<Utc>) -> Option<u32> {
    let ahead = at - now;
    let is_soon = ahead > TimeDelta::zero() && ahead <= TimeDelta::minutes(SOON_MINUTES);
    let is_today = near_day(to_local(at).date(), to_local(now).date()) == Some(NearDay::Today);
    let minutes = (ahead + TimeDelta::seconds(59)).num_minutes();
    (is_soon && is_today).then(|| u32::try_from(minutes).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::model::fixtures::{date, local};

    #[test]
    fn the_days_around_today_have_names() {
        let named = |day| near_day(date(day), date("2026-12-31"));
        assert_eq!(named("2026-12-29"), None);
        assert_eq!(named("2026-12-30"), Some(NearDay::Yesterday));
        assert_eq!(named("2026-12-31"), Some(NearDay::Today));
        assert_eq!(named("2027-01-01"), Some(NearDay::Tomorrow));
        assert_eq!(named("2027-01-02"), None);
        assert_eq!(near_day(NaiveDate::MAX, NaiveDate::MIN), None);
    }

    #[test]
    fn what_is_soon_is_so_many_minutes_ahead() {
        let ahead = |at: &str, now: &str| minutes_ahead(local(at), local(now));
        assert_eq!(ahead("2026-11-23 08:30", "2026-11-23 08:04"), Some(26));
        assert_eq!(ahead("2026-11-23 08:30", "2026-11-23 08:03:30"), Some(27), "a minute that has begun");
        assert_eq!(ahead("2026-11-23 08:30", "2026-11-23 08:29:59"), Some(1));
        assert_eq!(ahead("2026-11-23 08:30", "2026-11-23 08:30"), None, "it is now");
        assert_eq!(ahead("2026-11-23 08:30", "2026-11-23 07:00"), Some(90));
        assert_eq!(ahead("2026-11-23 08:30", "2026-11-23 06:59:59"), None);
        assert_eq!(ahead("2026-11-24 00:10", "2026-11-23 23:50"), None, "tomorrow is tomorrow");
        assert_eq!(ahead("2026-10-25 03:30", "2026-10-25 02:30"), None, "an hour is repeated: it is two hours ahead");
    }

    proptest! {
        /// So many minutes on, it is that time or just past it; a minute earlier it is not.
        #[test]
        fn the_minutes_lead_to_the_time(seconds in -100_000..100_000_i64) {
            let now = local("2026-11-23 12:00");
            let at = now + TimeDelta::seconds(seconds);
            if let Some(minutes) = minutes_ahead(at, now) {
                prop_assert!(now + TimeDelta::minutes(minutes.into()) >= at);
                prop_assert!(now + TimeDelta::minutes(i64::from(minutes) - 1) < at);
                prop_assert!((1..=90).contains(&minutes));
            }
        }
    }
}
