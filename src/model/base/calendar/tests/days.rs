//! Which days are working days.

use chrono::{DateTime, Datelike, NaiveDate, TimeDelta, Utc, Weekday};
use proptest::prelude::*;

use crate::model::{
    base::calendar::{BusinessCalendar, Closure, DayKind, Holiday, LineStatus, czech_holiday, easter_sunday},
    fixtures::{calendar, calendar_closed_on, date, local, time},
};

#[test]
fn the_thirteen_holidays_of_2026() {
    let year = date("2026-01-01").iter_days().take(365);
    let holidays: Vec<_> = year.filter_map(|day| Some((day, czech_holiday(day)?))).collect();
    assert_eq!(
        holidays,
        [
            (date("2026-01-01"), Holiday::NewYear),
            (date("2026-04-03"), Holiday::GoodFriday),
            (date("2026-04-06"), Holiday::EasterMonday),
            (date("2026-05-01"), Holiday::LabourDay),
            (date("2026-05-08"), Holiday::VictoryDay),
            (date("2026-07-05"), Holiday::CyrilAndMethodius),
            (date("2026-07-06"), Holiday::JanHus),
            (date("2026-09-28"), Holiday::CzechStatehood),
            (date("2026-10-28"), Holiday::IndependentCzechoslovakia),
            (date("2026-11-17"), Holiday::FreedomAndDemocracy),
            (date("2026-12-24"), Holiday::ChristmasEve),
            (date("2026-12-25"), Holiday::ChristmasDay),
            (date("2026-12-26"), Holiday::SaintStephen),
        ]
    );
    assert_eq!(holidays.len(), Holiday::ALL.len());
}

/// Published dates: 2000–2040, all the earliest and latest of seven centuries, and the years in which simpler formulas go
/// wrong (1954, 1981, 2049, 2076).
#[test]
fn easter_falls_where_the_almanacs_say() {
    for sunday in [
        "1598-03-22",
        "1666-04-25",
        "1693-03-22",
        "1734-04-25",
        "1761-03-22",
        "1818-03-22",
        "1886-04-25",
        "1943-04-25",
        "1954-04-18",
        "1981-04-19",
        "2000-04-23",
        "2001-04-15",
        "2002-03-31",
        "2003-04-20",
        "2004-04-11",
        "2005-03-27",
        "2006-04-16",
        "2007-04-08",
        "2008-03-23",
        "2009-04-12",
        "2010-04-04",
        "2011-04-24",
        "2012-04-08",
        "2013-03-31",
        "2014-04-20",
        "2015-04-05",
        "2016-03-27",
        "2017-04-16",
        "2018-04-01",
        "2019-04-21",
        "2020-04-12",
        "2021-04-04",
        "2022-04-17",
        "2023-04-09",
        "2024-03-31",
        "2025-04-20",
        "2026-04-05",
        "2027-03-28",
        "2028-04-16",
        "2029-04-01",
        "2030-04-21",
        "2031-04-13",
        "2032-03-28",
        "2033-04-17",
        "2034-04-09",
        "2035-03-25",
        "2036-04-13",
        "2037-04-05",
        "2038-04-25",
        "2039-04-10",
        "2040-04-01",
        "2049-04-18",
        "2076-04-19",
        "2285-03-22",
    ] {
        let sunday = date(sunday);
        assert_eq!(easter_sunday(sunday.year()), Some(sunday));
    }
}

/// Another algorithm, D. E. Knuth's (The Art of Computer Programming, vol. 1, 1.3.2, exercise 14).
fn easter_after_knuth(year: i32) -> NaiveDate {
    let golden_number = year % 19 + 1;
    let century = year / 100 + 1;
    let dropped_leap_years = 3 * century / 4 - 12;
    let moon_correction = (8 * century + 5) / 25 - 5;
    let sunday = 5 * year / 4 - dropped_leap_years - 10;
    let mut epact = (11 * golden_number + 20 + moon_correction - dropped_leap_years).rem_euclid(30);
    if epact == 24 || (epact == 25 && golden_number > 11) {
        epact += 1;
    }
    let mut full_moon = 44 - epact;
    if full_moon < 21 {
        full_moon += 30;
    }
    let day_of_march = full_moon + 7 - (sunday + full_moon) % 7;
    NaiveDate::from_ymd_opt(year, 3, 1).unwrap() + TimeDelta::days((day_of_march - 1).into())
}

#[test]
fn easter_falls_where_another_algorithm_says() {
    for year in 1583..=10_000 {
        assert_eq!(easter_sunday(year), Some(easter_after_knuth(year)));
    }
}

#[test]
fn a_day_has_one_kind() {
    let calendar = calendar_closed_on(&["2026-11-23", "2026-11-17", "2026-11-22"]);
    assert_eq!(calendar.day_kind(date("2026-11-20")), DayKind::Working);
    assert_eq!(calendar.day_kind(date("2026-11-21")), DayKind::Weekend);
    assert_eq!(calendar.day_kind(date("2026-11-23")), DayKind::Closure("inventura".into()));
    // A closure is not news where the line is closed anyway; a holiday is.
    assert_eq!(calendar.day_kind(date("2026-11-22")), DayKind::Weekend);
    assert_eq!(calendar.day_kind(date("2026-11-17")), DayKind::Holiday(Holiday::FreedomAndDemocracy));
    assert_eq!(calendar.day_kind(date("2026-12-26")), DayKind::Holiday(Holiday::SaintStephen), "a Saturday");
}

#[test]
fn closures_are_kept_in_order_and_once() {
    let closure = |day, reason: &str| Closure { date: date(day), reason: reason.into() };
    let given = [closure("2026-12-31", "Silvestr"), closure("2026-01-02", "?"), closure("2026-01-02", "most")];
    let calendar = BusinessCalendar::new(time("07:00"), time("15:30"), given);
    let kept: Vec<_> = calendar.closures().collect();
    assert_eq!(kept, [closure("2026-01-02", "most"), closure("2026-12-31", "Silvestr")]);
}

#[test]
fn working_days_are_counted_from_the_next_one() {
    let calendar = calendar();
    for (from, days, expected) in [
        ("2026-11-23", 0, "2026-11-23"),
        ("2026-11-21", 0, "2026-11-21"), // a Saturday stays one
        ("2026-11-23", 1, "2026-11-24"),
        ("2026-11-21", 1, "2026-11-23"),
        ("2026-11-16", 1, "2026-11-18"), // over a holiday
        ("2026-12-23", 1, "2026-12-28"), // over Christmas and a weekend
        ("2026-12-23", 5, "2027-01-04"), // and over the turn of the year
        ("2026-11-23", 15, "2026-12-14"),
    ] {
        assert_eq!(calendar.add_working_days(date(from), days), date(expected), "{from} and {days} days");
    }
}

#[test]
fn the_status_says_until_and_from_when() {
    let calendar = calendar_closed_on(&["2026-12-23", "2026-12-28"]);
    let open = |until| LineStatus::Open { until: local(until) };
    let closed = |reopens, today| LineStatus::Closed { reopens: Some(local(reopens)), today };
    for (now, expected) in [
        ("2026-12-21 06:59:59", closed("2026-12-21 07:00", DayKind::Working)),
        ("2026-12-21 07:00", open("2026-12-21 15:30")),
        ("2026-12-21 15:29:59", open("2026-12-21 15:30")),
        ("2026-12-21 15:30", closed("2026-12-22 07:00", DayKind::Working)),
        ("2026-12-22 23:59", closed("2026-12-29 07:00", DayKind::Working)),
        ("2026-12-23 10:00", closed("2026-12-29 07:00", DayKind::Closure("inventura".into()))),
        ("2026-12-25 10:00", closed("2026-12-29 07:00", DayKind::Holiday(Holiday::ChristmasDay))),
        ("2026-12-27 00:00", closed("2026-12-29 07:00", DayKind::Weekend)),
    ] {
        assert_eq!(calendar.status(local(now)), expected, "{now}");
    }
}

#[test]
fn a_line_that_never_opens_says_so() {
    let calendar = BusinessCalendar::new(time("15:30"), time("07:00"), []);
    let closed = LineStatus::Closed { reopens: None, today: DayKind::Working };
    assert_eq!(calendar.status(local("2026-11-23 10:00")), closed);
    assert_eq!(calendar.hours(date("2026-11-23")), None);
}

#[test]
fn the_ends_of_time_have_answers() {
    let calendar = calendar();
    for instant in [DateTime::<Utc>::MIN_UTC, DateTime::<Utc>::MAX_UTC] {
        let _ = calendar.status(instant);
    }
    for day in [NaiveDate::MIN, NaiveDate::MAX] {
        let _ = (calendar.day_kind(day), calendar.hours(day), easter_sunday(day.year()));
    }
    assert_eq!(calendar.add_working_days(NaiveDate::MAX, 3), NaiveDate::MAX);
}

#[test]
fn a_calendar_survives_the_wire() {
    let calendar = calendar_closed_on(&["2026-12-23", "2026-12-28"]);
    let json = serde_json::to_string(&calendar).unwrap();
    assert_eq!(serde_json::from_str::<BusinessCalendar>(&json).unwrap(), calendar);
}

proptest! {
    #[test]
    fn easter_is_a_sunday_between_22_march_and_25_april(year in -10_000..10_000) {
        let sunday = easter_sunday(year).unwrap();
        prop_assert_eq!(sunday.year(), year);
        prop_assert_eq!(sunday.weekday(), Weekday::Sun);
        prop_assert!((3, 22) <= (sunday.month(), sunday.day()) && (sunday.month(), sunday.day()) <= (4, 25));
    }

    #[test]
    fn the_kind_of_a_day_and_its_hours_agree(days in 0..20_000_i64) {
        let calendar = calendar_closed_on(&["2026-12-23", "2026-12-28"]);
        let day = date("2000-01-01") + TimeDelta::days(days);
        let is_working = calendar.day_kind(day) == DayKind::Working;
        prop_assert_eq!(calendar.is_working_day(day), is_working);
        prop_assert_eq!(calendar.hours(day).is_some(), is_working);
    }
}

#[test]
fn each_day_has_the_hours_that_hold_on_it() {
    let calendar = BusinessCalendar::new(time("07:00"), time("15:30"), []).with_hours_from([
        (date("2026-11-24"), time("09:00"), time("12:00")),
        (date("2026-11-25"), time("08:00"), time("10:00")),
        (date("2026-11-25"), time("08:00"), time("18:00")),
    ]);
    let hours = |text: &str| {
        let (opens, closes) = calendar.wall_hours(date(text));
        (opens.to_string(), closes.to_string())
    };
    assert_eq!(hours("2026-11-23"), ("07:00:00".into(), "15:30:00".into()));
    assert_eq!(hours("2026-11-24"), ("09:00:00".into(), "12:00:00".into()));
    assert_eq!(hours("2027-01-04"), ("08:00:00".into(), "18:00:00".into()), "the last of one date counts");
    // From Monday noon: three and a half hours of that day, three of the next, and half an hour more.
    let noon = local("2026-11-23 12:00");
    let end = calendar.add_working_minutes(noon, 7 * 60);
    assert_eq!(end, local("2026-11-25 08:30"));
    assert_eq!(calendar.subtract_working_minutes(end, 7 * 60), noon);
}
