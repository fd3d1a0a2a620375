//! Wall time and instants, around the changes of the clocks.

use chrono::{DateTime, NaiveDate, NaiveTime, TimeDelta, Timelike, Utc};
use proptest::prelude::*;

use crate::model::{
    base::calendar::{BusinessCalendar, Interval, from_local, to_local},
    fixtures::{date, local, time, utc},
};

#[test]
fn winter_is_one_hour_ahead_and_summer_two() {
    assert_eq!(local("2026-01-15 07:00"), utc("2026-01-15T06:00:00Z"));
    assert_eq!(local("2026-07-15 07:00"), utc("2026-07-15T05:00:00Z"));
    assert_eq!(to_local(utc("2026-07-15T22:30:00Z")), date("2026-07-16").and_time(time("00:30")));
}

#[test]
fn what_spring_skips_is_the_first_instant_after_the_gap() {
    let end_of_gap = utc("2026-03-29T01:00:00Z");
    assert_eq!(local("2026-03-29 01:59:59"), utc("2026-03-29T00:59:59Z"));
    for skipped in ["02:00", "02:30", "02:59:59", "03:00"] {
        assert_eq!(from_local(date("2026-03-29"), time(skipped)), end_of_gap, "{skipped}");
    }
    assert_eq!(to_local(end_of_gap).time(), time("03:00"));
}

#[test]
fn what_autumn_repeats_is_the_earlier() {
    assert_eq!(local("2026-10-25 02:00"), utc("2026-10-25T00:00:00Z"));
    assert_eq!(local("2026-10-25 02:59:59"), utc("2026-10-25T00:59:59Z"));
    assert_eq!(local("2026-10-25 03:00"), utc("2026-10-25T02:00:00Z"));
    assert_eq!(to_local(utc("2026-10-25T00:30:00Z")), to_local(utc("2026-10-25T01:30:00Z")));
}

#[test]
fn opening_hours_are_the_same_on_the_wall_around_both_changes() {
    let calendar = crate::model::fixtures::calendar();
    for (day, opens) in [
        ("2026-03-27", "2026-03-27T06:00:00Z"),
        ("2026-03-30", "2026-03-30T05:00:00Z"),
        ("2026-10-23", "2026-10-23T05:00:00Z"),
        ("2026-10-26", "2026-10-26T06:00:00Z"),
    ] {
        let hours = calendar.hours(date(day)).unwrap();
        assert_eq!((hours.start(), hours.minutes()), (utc(opens), 510), "{day}");
    }
    assert_eq!(calendar.hours(date("2026-03-29")), None);
    assert_eq!(calendar.hours(date("2026-10-25")), None);
}

#[test]
fn opening_hours_over_a_change_are_as_long_as_they_really_are() {
    let minutes = |opens, closes, day| {
        let calendar = BusinessCalendar::new(time(opens), time(closes), []);
        calendar.hours(date(day)).map_or(0, |hours| hours.minutes())
    };
    assert_eq!(minutes("01:00", "04:00", "1944-04-03"), 120);
    assert_eq!(minutes("01:00", "04:00", "1944-10-02"), 240);
    assert_eq!(minutes("02:00", "03:00", "1944-04-03"), 0, "there is no such hour");
    assert_eq!(minutes("02:00", "03:00", "1944-10-02"), 120, "there are two");
    assert_eq!(minutes("02:30", "04:00", "1944-04-03"), 60);
}

#[test]
fn the_ends_of_time_have_answers() {
    for day in [NaiveDate::MIN, NaiveDate::MAX] {
        for wall in [NaiveTime::MIN, time("02:30"), time("23:59:59")] {
            let _ = from_local(day, wall);
        }
    }
    for instant in [DateTime::<Utc>::MIN_UTC, DateTime::<Utc>::MAX_UTC] {
        let _ = to_local(instant);
    }
}

#[test]
fn an_interval_is_half_open_and_never_empty() {
    let interval = |start, end| Interval::new(local(start), local(end));
    assert_eq!(interval("2026-11-23 09:00", "2026-11-23 09:00"), None);
    assert_eq!(interval("2026-11-23 10:00", "2026-11-23 09:00"), None);
    let nine = interval("2026-11-23 09:00", "2026-11-23 10:00").unwrap();
    let ten = interval("2026-11-23 10:00", "2026-11-23 11:00").unwrap();
    let half_past_nine = interval("2026-11-23 09:30", "2026-11-23 10:30").unwrap();
    assert!(nine.contains(nine.start()) && !nine.contains(nine.end()));
    assert!(!nine.overlaps(&ten) && nine.overlaps(&half_past_nine) && half_past_nine.overlaps(&ten));
    assert_eq!(nine.minutes(), 60);
}

#[test]
fn an_empty_interval_does_not_come_in_over_the_wire() {
    let json = r#"{"start":"2026-11-23T09:00:00Z","end":"2026-11-23T08:00:00Z"}"#;
    assert!(serde_json::from_str::<Interval>(json).is_err());
    let good = Interval::new(utc("2026-11-23T08:00:00Z"), utc("2026-11-23T09:00:00Z")).unwrap();
    assert_eq!(serde_json::from_str::<Interval>(&serde_json::to_string(&good).unwrap()).unwrap(), good);
}

proptest! {
    /// From 1900 to 2060, that is with the changes of both wars, of 1946/47 (when there was a negative one) and of today.
    #[test]
    fn wall_time_leads_back_to_the_instant(second in -2_200_000_000..2_800_000_000_i64) {
        let instant = DateTime::from_timestamp(second, 0).unwrap();
        let wall = to_local(instant);
        let back = from_local(wall.date(), wall.time());
        // Of a repeated hour it is the earlier one.
        prop_assert!(back == instant || instant - back == TimeDelta::hours(1));
        prop_assert_eq!(to_local(back), wall);
    }

    #[test]
    fn a_later_wall_time_is_never_an_earlier_instant(day in 0..58_000_i64, one in 0..86_400_u32, other in 0..86_400_u32) {
        let day = date("1900-01-01") + TimeDelta::days(day);
        let wall = |second| NaiveTime::from_num_seconds_from_midnight_opt(second, 0).unwrap();
        let (one, other) = (wall(one.min(other)), wall(one.max(other)));
        prop_assert!(from_local(day, one) <= from_local(day, other));
        prop_assert!(from_local(day, other) <= from_local(day.succ_opt().unwrap(), NaiveTime::MIN));
    }

    /// What offers rely on: a quarter of an hour on the wall is one of real time, counted from midnight.
    #[test]
    fn clocks_change_by_whole_quarters_of_an_hour(day in 0..58_000_i64) {
        let day = date("1900-01-01") + TimeDelta::days(day);
        let midnight = from_local(day, NaiveTime::MIN);
        prop_assert_eq!(to_local(midnight), day.and_time(NaiveTime::MIN));
        for quarter in 0..100 {
            let wall = to_local(midnight + TimeDelta::minutes(15 * quarter));
            prop_assert_eq!((wall.minute() % 15, wall.second()), (0, 0));
        }
    }
}
