//! Counting in working minutes.

use chrono::{DateTime, TimeDelta, Utc};
use proptest::prelude::*;

use crate::model::{
    base::calendar::{BusinessCalendar, Closure},
    fixtures::{calendar, calendar_closed_on, date, local, time},
};

#[test]
fn minutes_are_added_in_opening_hours_only() {
    let calendar = calendar_closed_on(&["2026-11-27"]);
    for (from, minutes, expected) in [
        // The design's example: sent at 22:00, counted from 7:00 of the next working day.
        ("2026-11-23 22:00", 60, "2026-11-24 08:00"),
        ("2026-11-23 09:40", 240, "2026-11-23 13:40"),
        ("2026-11-23 09:40:30", 1, "2026-11-23 09:41:30"),
        ("2026-11-23 15:29:30", 1, "2026-11-24 07:00:30"),
        ("2026-11-23 15:00", 60, "2026-11-24 07:30"),
        ("2026-11-23 05:00", 60, "2026-11-23 08:00"),
        // A closure, the weekend, then Monday.
        ("2026-11-26 15:00", 60, "2026-11-30 07:30"),
        // A whole day and three: Základní's lead.
        ("2026-11-23 09:00", 510, "2026-11-24 09:00"),
        ("2026-11-23 09:00", 1_530, "2026-11-26 09:00"),
        // The end of the year: 24.–26. 12., a weekend, 1. 1., a weekend.
        ("2026-12-23 15:00", 60, "2026-12-28 07:30"),
        ("2026-12-31 15:00", 60, "2027-01-04 07:30"),
        // Good Friday and Easter Monday.
        ("2026-04-02 15:00", 60, "2026-04-07 07:30"),
    ] {
        assert_eq!(calendar.add_working_minutes(local(from), minutes), local(expected), "{from} and {minutes} minutes");
    }
}

#[test]
fn the_edges_of_a_day() {
    let calendar = calendar();
    for (from, minutes, expected) in [
        // Nothing to add: now if open, else the next opening.
        ("2026-11-23 10:00", 0, "2026-11-23 10:00"),
        ("2026-11-23 07:00", 0, "2026-11-23 07:00"),
        ("2026-11-23 06:00", 0, "2026-11-23 07:00"),
        ("2026-11-23 15:30", 0, "2026-11-24 07:00"),
        ("2026-11-27 22:00", 0, "2026-11-30 07:00"),
        // Exactly until closing time: "today 15:30", not "tomorrow 7:00".
        ("2026-11-23 15:00", 30, "2026-11-23 15:30"),
        ("2026-11-23 07:00", 510, "2026-11-23 15:30"),
        ("2026-11-22 12:00", 510, "2026-11-23 15:30"),
        // From closing time on it is tomorrow.
        ("2026-11-23 15:30", 30, "2026-11-24 07:30"),
    ] {
        assert_eq!(calendar.add_working_minutes(local(from), minutes), local(expected), "{from} and {minutes} minutes");
    }
}

#[test]
fn subtraction_is_the_mirror_image() {
    let calendar = calendar();
    for (from, minutes, expected) in [
        ("2026-11-24 09:00", 60, "2026-11-24 08:00"),
        // Exactly back to the opening: it stays there, not "yesterday 15:30".
        ("2026-11-24 09:00", 120, "2026-11-24 07:00"),
        ("2026-11-24 08:00", 120, "2026-11-23 14:30"),
        ("2026-11-24 07:00", 120, "2026-11-23 13:30"),
        ("2026-11-23 07:00", 30, "2026-11-20 15:00"),
        // Nothing to subtract: now if open, else the closing time before.
        ("2026-11-24 10:00", 0, "2026-11-24 10:00"),
        ("2026-11-24 15:30", 0, "2026-11-24 15:30"),
        ("2026-11-24 22:00", 0, "2026-11-24 15:30"),
        ("2026-11-24 07:00", 0, "2026-11-23 15:30"),
        // Backwards over Christmas.
        ("2026-12-28 07:30", 60, "2026-12-23 15:00"),
    ] {
        assert_eq!(
            calendar.subtract_working_minutes(local(from), minutes),
            local(expected),
            "{from} less {minutes} minutes"
        );
    }
}

#[test]
fn minutes_between() {
    let calendar = calendar();
    for (a, b, expected) in [
        ("2026-11-23 09:00", "2026-11-23 09:30", 30),
        ("2026-11-23 09:00", "2026-11-23 09:29:59", 29),
        ("2026-11-23 06:00", "2026-11-23 22:00", 510),
        ("2026-11-23 15:00", "2026-11-24 07:30", 60),
        ("2026-11-20 15:00", "2026-11-23 07:30", 60),
        ("2026-11-20 22:00", "2026-11-23 06:00", 0),
        ("2026-11-23 10:00", "2026-11-23 09:00", 0),
        ("2026-12-23 15:30", "2026-12-28 07:00", 0),
        // Both changes of the clocks, from Friday's noon to Monday's.
        ("2026-03-27 12:00", "2026-03-30 12:00", 510),
        ("2026-10-23 12:00", "2026-10-26 12:00", 510),
    ] {
        assert_eq!(calendar.working_minutes_between(local(a), local(b)), expected, "{a} to {b}");
    }
}

#[test]
fn minutes_over_a_change_of_the_clocks_are_real_ones() {
    let night = BusinessCalendar::new(time("01:00"), time("04:00"), []);
    assert_eq!(night.add_working_minutes(local("1944-04-03 01:30"), 60), local("1944-04-03 03:30"));
    assert_eq!(night.add_working_minutes(local("1944-04-03 01:00"), 120), local("1944-04-03 04:00"));
    assert_eq!(
        night.add_working_minutes(local("1944-10-02 01:30"), 60),
        local("1944-10-02 01:30") + TimeDelta::hours(1)
    );
    assert_eq!(night.add_working_minutes(local("1944-10-02 01:00"), 240), local("1944-10-02 04:00"));
    assert_eq!(night.subtract_working_minutes(local("1944-10-02 04:00"), 240), local("1944-10-02 01:00"));
}

#[test]
fn a_calendar_that_never_opens_counts_on_the_clock() {
    let never = BusinessCalendar::new(time("15:30"), time("07:00"), []);
    let now = local("2026-11-23 22:00");
    assert_eq!(never.add_working_minutes(now, 90), now + TimeDelta::minutes(90));
    assert_eq!(never.subtract_working_minutes(now, 90), now - TimeDelta::minutes(90));
    assert_eq!(never.working_minutes_between(now, now + TimeDelta::days(3)), 0);

    let closed_for_good = date("2026-11-24").iter_days().take(800).map(|date| Closure { date, reason: "konec".into() });
    let last_day = BusinessCalendar::new(time("07:00"), time("15:30"), closed_for_good);
    let noon = local("2026-11-23 12:00");
    assert_eq!(last_day.add_working_minutes(noon, 60), local("2026-11-23 13:00"));
    assert_eq!(last_day.add_working_minutes(noon, 300), noon + TimeDelta::minutes(300));
    assert_eq!(last_day.add_working_days(date("2026-11-20"), 9), date("2026-11-23"));
}

#[test]
fn the_ends_of_time_have_answers() {
    let calendar = calendar();
    let (first, last) = (DateTime::<Utc>::MIN_UTC, DateTime::<Utc>::MAX_UTC);
    assert_eq!(calendar.add_working_minutes(last, 60), last);
    assert_eq!(calendar.subtract_working_minutes(first, 60), first);
    assert_eq!(calendar.working_minutes_between(last, first), 0);
}

/// Any hours but 2:00–3:00, which the reference below could not tell apart on the day when they are repeated.
fn any_calendar() -> impl Strategy<Value = BusinessCalendar> {
    let hours = prop_oneof![
        3 => Just(("07:00", "15:30")),
        1 => Just(("00:00", "23:59")),
        1 => Just(("01:00", "04:00")),
        1 => Just(("11:17", "11:19")),
    ];
    (hours, prop::collection::vec(0..40_i64, 0..8), any_day()).prop_map(|((opens, closes), closures, first)| {
        let closures = closures
            .into_iter()
            .map(|days| Closure { date: first + TimeDelta::days(days - 20), reason: String::new() });
        BusinessCalendar::new(time(opens), time(closes), closures)
    })
}

/// Days around which something happens: both changes of the clocks, today and in 1944; Easter; the end of the year.
fn any_day() -> impl Strategy<Value = chrono::NaiveDate> {
    prop::sample::select(vec![
        "2026-03-29",
        "2026-10-25",
        "1944-04-03",
        "1944-10-02",
        "2026-04-05",
        "2026-12-25",
        "2027-01-01",
        "2026-06-15",
    ])
    .prop_map(date)
}

/// An instant within a few days of those, to the second.
fn any_instant() -> impl Strategy<Value = DateTime<Utc>> {
    (any_day(), -400_000..400_000_i64)
        .prop_map(|(day, second)| day.and_time(time("00:00")).and_utc() + TimeDelta::seconds(second))
}

/// The obviously correct and slow way: looks at every minute.
fn count_minute_by_minute(calendar: &BusinessCalendar, from: DateTime<Utc>, to: DateTime<Utc>) -> u32 {
    let mut minutes = 0;
    let mut minute = from;
    while minute < to {
        let wall = crate::model::base::calendar::to_local(minute);
        let (opens, closes) = calendar.wall_hours(wall.date());
        let is_open = opens <= wall.time() && wall.time() < closes;
        minutes += u32::from(is_open && calendar.is_working_day(wall.date()));
        minute += TimeDelta::minutes(1);
    }
    minutes
}

proptest! {
    #[test]
    fn between_is_what_counting_minute_by_minute_gives(calendar in any_calendar(), from in any_instant(), length in 0..9_000_i64) {
        let from = DateTime::from_timestamp(from.timestamp().div_euclid(60) * 60, 0).unwrap();
        let to = from + TimeDelta::minutes(length);
        prop_assert_eq!(calendar.working_minutes_between(from, to), count_minute_by_minute(&calendar, from, to));
    }

    #[test]
    fn what_was_added_lies_between(calendar in any_calendar(), from in any_instant(), minutes in 0..5_000_u32) {
        let to = calendar.add_working_minutes(from, minutes);
        prop_assert_eq!(calendar.working_minutes_between(from, to), minutes);
        let back = calendar.subtract_working_minutes(from, minutes);
        prop_assert_eq!(calendar.working_minutes_between(back, from), minutes);
    }

    #[test]
    fn adding_and_subtracting_are_inverse(calendar in any_calendar(), from in any_instant(), minutes in 1..5_000_u32) {
        let there = calendar.add_working_minutes(from, minutes);
        prop_assert_eq!(calendar.subtract_working_minutes(there, minutes), calendar.add_working_minutes(from, 0));
        let there = calendar.subtract_working_minutes(from, minutes);
        prop_assert_eq!(calendar.add_working_minutes(there, minutes), calendar.subtract_working_minutes(from, 0));
    }

    #[test]
    fn adding_in_two_steps_is_adding_at_once(calendar in any_calendar(), from in any_instant(), one in 0..2_000_u32, two in 1..2_000_u32) {
        let in_steps = calendar.add_working_minutes(calendar.add_working_minutes(from, one), two);
        prop_assert_eq!(in_steps, calendar.add_working_minutes(from, one + two));
    }

    #[test]
    fn later_and_longer_are_never_earlier(calendar in any_calendar(), from in any_instant(), second in 0..500_000_i64, minutes in 0..3_000_u32, more in 0..500_u32) {
        let end = calendar.add_working_minutes(from, minutes);
        prop_assert!(end >= from);
        prop_assert!(calendar.add_working_minutes(from + TimeDelta::seconds(second), minutes) >= end);
        prop_assert!(calendar.add_working_minutes(from, minutes + more) >= end);
        let start = calendar.subtract_working_minutes(from, minutes);
        prop_assert!(start <= from);
        prop_assert!(calendar.subtract_working_minutes(from - TimeDelta::seconds(second), minutes) <= start);
        prop_assert!(calendar.subtract_working_minutes(from, minutes + more) <= start);
    }

    #[test]
    fn the_end_is_in_opening_hours(calendar in any_calendar(), from in any_instant(), minutes in 0..3_000_u32) {
        let end = calendar.add_working_minutes(from, minutes);
        let hours = calendar.hours(crate::model::base::calendar::to_local(end).date()).unwrap();
        prop_assert!(hours.contains(end) || (minutes > 0 && end == hours.end()));
    }
}
