//! Tests of the forecast and the statement's periods.

use proptest::prelude::*;

use super::*;
use crate::model::{
    base::calendar::{Closure, midnight},
    fixtures::{calendar, calendar_closed_on, date, pool, settings},
    minutes::{
        outlook::{Credit, Reservation},
        pools::{
            PoolKind::{Bundle as BundlePool, Contract},
            reserve,
        },
    },
};

fn draw(day: &str, minutes: i32) -> DayDraw {
    DayDraw { date: date(day), minutes }
}

#[test]
fn reservations_fill_the_pools_in_drawing_order() {
    let mut pools = [pool(Contract, 300, 30, None), pool(BundlePool, 60, 0, None), pool(BundlePool, 100, 100, None)];
    let mut reserved = |minutes| {
        reserve(&mut pools, minutes);
        pools.map(|pool| pool.reserved)
    };
    assert_eq!(reserved(45), [30, 0, 15]);
    assert_eq!(reserved(1_000), [30, 0, 100], "beyond the pools nothing is reserved");
    assert_eq!(reserved(0), [0, 0, 0]);
}

/// Friday 27 November 2026. The eight weeks until then have 38 working days: 28 October and 17 November are holidays.
const TODAY: &str = "2026-11-27";

/// 380 minutes in those eight weeks: 10 per working day.
fn ten_a_day() -> Vec<DayDraw> {
    vec![draw("2026-10-05", 200), draw("2026-11-02", 100), draw("2026-11-27", 80)]
}

/// Minutes that there are from the beginning on, or from a day on, until the end of a day or for good.
fn credit(left: u32, from: Option<&str>, until: Option<&str>) -> Credit {
    Credit {
        grant: None,
        kind: Contract,
        left,
        effective_at: from.map_or(midnight(date("2026-01-01")), |from| midnight(date(from))),
        expires_at: until.map(|until| midnight(date(until) + TimeDelta::days(1))),
    }
}

/// What becomes of so many minutes that never expire, with nothing agreed.
fn forecast(draws: &[DayDraw], left: u32, today: NaiveDate, until: NaiveDate, calendar: &BusinessCalendar) -> Forecast {
    let pace = Pace::of(draws, today, calendar);
    course(&[credit(left, None, None)], &[], pace.as_ref(), (today, until), calendar).forecast
}

fn forecast_until(draws: &[DayDraw], left: u32, until: &str) -> Forecast {
    forecast(draws, left, date(TODAY), date(until), &calendar())
}

/// That so many last until the end of a day.
fn lasts(until: &str, left: u32) -> Forecast {
    Forecast::Lasts { until: date(until), left }
}

#[test]
fn minutes_run_out_on_the_working_day_that_takes_the_last() {
    let on = |left| match forecast_until(&ten_a_day(), left, "2026-12-31") {
        Forecast::RunsOut { on } => on.to_string(),
        other => format!("{other:?}"),
    };
    assert_eq!(on(1), "2026-11-30", "the weekend takes nothing");
    assert_eq!(on(10), "2026-11-30");
    assert_eq!(on(11), "2026-12-01");
    assert_eq!(on(185), "2026-12-28", "nobody works at Christmas");
}

#[test]
fn what_is_left_at_the_end_of_the_span_lasts() {
    let until = |left, until| forecast_until(&ten_a_day(), left, until);
    assert_eq!(until(60, "2026-12-04"), lasts("2026-12-04", 10));
    assert_eq!(until(51, "2026-12-06"), lasts("2026-12-06", 1));
    assert_eq!(until(50, "2026-12-06"), Forecast::RunsOut { on: date("2026-12-04") });
    assert_eq!(until(50, TODAY), lasts(TODAY, 50), "no day ahead");
    assert_eq!(until(50, "2026-01-01"), lasts("2026-01-01", 50));
}

#[test]
fn a_pace_is_a_fraction() {
    // 100 minutes in 38 working days
    let draws = [draw("2026-11-25", 50), draw("2026-11-26", 49), draw("2026-11-27", 1)];
    assert_eq!(forecast_until(&draws, 8, "2026-12-31"), Forecast::RunsOut { on: date("2026-12-03") }, "3.04 days");
    assert_eq!(forecast_until(&draws, 8, "2026-12-02"), lasts("2026-12-02", 1), "7.9 of 8 used");
}

#[test]
fn only_the_last_eight_weeks_make_a_pace() {
    let mut draws = ten_a_day();
    draws.extend([draw("2026-10-02", 5_000), draw("2026-11-28", 5_000)]);
    assert_eq!(forecast_until(&draws, 60, "2026-12-04"), lasts("2026-12-04", 10));
    draws[0].date = date("2026-10-03");
    assert_eq!(forecast_until(&draws, 60, "2026-12-04"), lasts("2026-12-04", 10), "the 56th day still counts");
    draws[0].date = date("2026-10-02");
    assert_eq!(forecast_until(&draws, 60, "2026-12-04"), Forecast::Unknown);
}

#[test]
fn returned_minutes_lower_the_pace() {
    let mut draws = ten_a_day();
    draws.push(draw("2026-11-20", -190));
    assert_eq!(forecast_until(&draws, 60, "2026-12-04"), lasts("2026-12-04", 35));
    draws.push(draw("2026-11-21", -190));
    assert_eq!(forecast_until(&draws, 60, "2026-12-04"), Forecast::Unknown, "nothing was drawn in the end");
}

#[test]
fn two_days_with_draws_are_no_pace() {
    let draws = [draw("2026-10-05", 300), draw("2026-11-02", 300), draw("2026-11-03", -1)];
    assert_eq!(forecast_until(&draws, 100, "2026-12-31"), Forecast::Unknown);
    assert_eq!(forecast_until(&[], 100, "2026-12-31"), Forecast::Unknown);
}

#[test]
fn an_empty_account_has_nothing_to_forecast() {
    assert_eq!(forecast_until(&ten_a_day(), 0, "2026-12-31"), Forecast::Empty);
    assert_eq!(forecast_until(&[], 0, "2026-12-31"), Forecast::Empty);
}

#[test]
fn a_line_that_never_works_has_no_pace() {
    let all_days = date("2026-09-01").iter_days().take(120);
    let closed = settings().calendar(all_days.map(|date| Closure { date, reason: "rekonstrukce".into() }));
    assert_eq!(forecast(&ten_a_day(), 60, date(TODAY), date("2026-12-04"), &closed), Forecast::Unknown);
}

#[test]
fn closures_ahead_make_minutes_last_longer() {
    let calendar = calendar_closed_on(&["2026-11-30", "2026-12-01"]);
    let forecast = |left| forecast(&ten_a_day(), left, date(TODAY), date("2026-12-31"), &calendar);
    assert_eq!(forecast(20), Forecast::RunsOut { on: date("2026-12-03") });
}

proptest! {
    /// The forecast says what a walk with fractions over the days would say.
    #[test]
    fn a_forecast_is_a_walk_over_the_working_days(
        draws in prop::collection::btree_map(-10..70_i64, -60..120_i32, 0..40),
        left in 1..2_000_u32,
        days in -5..200_i64,
    ) {
        let (today, calendar) = (date(TODAY), calendar());
        let until = today + TimeDelta::days(days);
        let draws: Vec<_> =
            draws.into_iter().map(|(ago, minutes)| DayDraw { date: today - TimeDelta::days(ago), minutes }).collect();

        let last_56: Vec<_> = today.iter_days().rev().take(56).collect();
        let recent: Vec<_> = draws.iter().filter(|draw| last_56.contains(&draw.date)).collect();
        let drawn: i64 = recent.iter().map(|draw| i64::from(draw.minutes)).sum();
        let expected = if drawn <= 0 || recent.iter().filter(|draw| draw.minutes > 0).count() < 3 {
            Forecast::Unknown
        } else {
            // Everything is counted in 38ths of a minute: so many working days have the eight weeks.
            let mut parts_left = i64::from(left) * 38;
            let mut run_out = None;
            let mut day = today + TimeDelta::days(1);
            while day <= until && run_out.is_none() {
                parts_left -= if calendar.is_working_day(day) { drawn } else { 0 };
                run_out = (parts_left <= 0).then_some(day);
                day += TimeDelta::days(1);
            }
            match run_out {
                Some(on) => Forecast::RunsOut { on },
                None => Forecast::Lasts { until, left: u32::try_from((parts_left + 37) / 38).unwrap() },
            }
        };
        prop_assert_eq!(forecast(&draws, left, today, until, &calendar), expected);
    }
}

/// With ten minutes a working day, from Friday 27 November on.
fn ahead(credits: &[Credit], agreed: &[Reservation], until: &str) -> Course {
    let (today, calendar) = (date(TODAY), calendar());
    let pace = Pace::of(&ten_a_day(), today, &calendar);
    course(credits, agreed, pace.as_ref(), (today, date(until)), &calendar)
}

fn turn(day: &str, kind: TurnKind, minutes: u32) -> Turn {
    Turn { date: date(day), kind, minutes }
}

#[test]
fn the_forecast_knows_what_the_new_year_brings_and_takes() {
    let year = [credit(300, None, Some("2026-12-31")), credit(200, Some("2027-01-01"), Some("2027-12-31"))];
    let found = ahead(&year, &[], "2027-01-08");
    // 22 working days are left of the year.
    assert_eq!(found.forecast, lasts("2026-12-31", 80));
    let turns = [turn("2026-12-31", TurnKind::Expired, 80), turn("2027-01-01", TurnKind::Credited, 200)];
    assert_eq!(found.turns, turns);
    let points = [(TODAY, 300), ("2027-01-01", 80), ("2027-01-01", 200), ("2027-01-08", 150)];
    assert_eq!(found.points, points.map(|(day, left)| (date(day), left)));
}

#[test]
fn what_runs_out_before_the_new_year_is_not_drawn_of_the_new_minutes() {
    let year = [credit(100, None, Some("2026-12-31")), credit(200, Some("2027-01-01"), None)];
    let found = ahead(&year, &[], "2027-01-08");
    assert_eq!(found.forecast, Forecast::RunsOut { on: date("2026-12-11") });
    assert_eq!(found.turns, [turn("2027-01-01", TurnKind::Credited, 200)]);
    assert_eq!(found.points.last(), Some(&(date("2027-01-08"), 150)), "five working days of the new year");
}

#[test]
fn what_is_agreed_is_part_of_the_pace_and_not_taken_twice() {
    let agreed = |day: &str, minutes| Reservation { start: midnight(date(day)) + TimeDelta::hours(9), minutes };
    let pool = [credit(300, None, None)];
    let few = ahead(&pool, &[agreed("2026-11-30", 10), agreed("2026-12-01", 5)], "2026-12-04");
    assert_eq!(few.forecast, lasts("2026-12-04", 250), "the pace takes as much anyway");
    assert_eq!(few.turns.len(), 2);
    let many = ahead(&pool, &[agreed("2026-12-01", 120)], "2026-12-04");
    assert_eq!(many.forecast, lasts("2026-12-04", 180));
    let too_many = ahead(&pool, &[agreed("2026-12-01", 300)], "2026-12-04");
    assert_eq!(too_many.forecast, Forecast::RunsOut { on: date("2026-12-01") });
    let today = ahead(&pool, &[agreed(TODAY, 290)], "2026-12-04");
    assert_eq!(today.turns, [turn(TODAY, TurnKind::Agreed, 290)]);
    assert_eq!(today.forecast, lasts("2026-12-04", 10));
}

#[test]
fn minutes_that_expire_before_they_are_drawn_last_until_then() {
    let found = ahead(&[credit(300, None, Some("2026-12-04"))], &[], "2026-12-11");
    assert_eq!(found.forecast, lasts("2026-12-04", 250));
    assert_eq!(found.points.last(), Some(&(date("2026-12-11"), 0)));
    let nothing = course(&[], &[], None, (date(TODAY), date("2026-12-11")), &calendar());
    assert_eq!(nothing.forecast, Forecast::Empty);
    let unknown = course(&[credit(60, None, None)], &[], None, (date(TODAY), date("2026-12-11")), &calendar());
    assert_eq!((unknown.forecast, unknown.points.len()), (Forecast::Unknown, 2));
}

proptest! {
    /// Whatever is credited, agreed and drawn: no minute appears from nowhere, and none is left that has expired.
    #[test]
    fn a_course_never_has_more_than_was_credited(
        pools in prop::collection::vec((0..400_u32, -30..60_i64, 1..90_i64), 0..5),
        agreed in prop::collection::vec((-2..60_i64, 0..200_u32), 0..6),
        with_pace in any::<bool>(),
    ) {
        let (today, calendar) = (date(TODAY), calendar());
        let credits: Vec<_> = pools
            .iter()
            .map(|&(left, from, days)| Credit {
                effective_at: midnight(today + TimeDelta::days(from)),
                expires_at: Some(midnight(today + TimeDelta::days((from + days).max(1)))),
                ..credit(left, None, None)
            })
            .collect();
        let mut agreed: Vec<_> = agreed
            .iter()
            .map(|&(ahead, minutes)| Reservation { start: midnight(today + TimeDelta::days(ahead)), minutes })
            .collect();
        agreed.sort_by_key(|one| one.start);
        let pace = Pace::of(&ten_a_day(), today, &calendar).filter(|_| with_pace);
        let until = today + TimeDelta::days(120);
        let found = course(&credits, &agreed, pace.as_ref(), (today, until), &calendar);
        for &(day, left) in &found.points {
            let granted: u32 = credits
                .iter()
                .filter(|credit| credit.effective_at < midnight(day + TimeDelta::days(1)))
                .map(|credit| credit.left)
                .sum();
            prop_assert!(left <= granted, "{left} of {granted} on {day}");
        }
        prop_assert!(found.points.windows(2).all(|two| two[0].0 <= two[1].0));
        prop_assert!(found.turns.windows(2).all(|two| two[0].date <= two[1].date));
        let end = found.points.last().map(|point| point.1);
        let all_expired = credits.iter().all(|credit| credit.expires_at.is_some_and(|end| end <= midnight(until)));
        prop_assert!(!all_expired || end == Some(0), "{:?}", found.points);
    }
}

#[test]
fn a_statement_covers_a_period_of_the_calendar() {
    for (span, day, from, until) in [
        (StatementSpan::Month, "2026-11-23", "2026-11-01", "2026-11-30"),
        (StatementSpan::Month, "2028-02-29", "2028-02-01", "2028-02-29"),
        (StatementSpan::Month, "2026-12-31", "2026-12-01", "2026-12-31"),
        (StatementSpan::Quarter, "2026-01-01", "2026-01-01", "2026-03-31"),
        (StatementSpan::Quarter, "2026-05-15", "2026-04-01", "2026-06-30"),
        (StatementSpan::Quarter, "2026-12-31", "2026-10-01", "2026-12-31"),
        (StatementSpan::Year, "2026-07-01", "2026-01-01", "2026-12-31"),
    ] {
        assert_eq!(statement_period(span, date(day)), (date(from), date(until)), "{span} of {day}");
    }
}

#[test]
fn the_ends_of_the_calendar_have_statements() {
    for &span in StatementSpan::ALL {
        let (from, until) = statement_period(span, NaiveDate::MAX);
        assert!(from < until && until == NaiveDate::MAX);
        assert_eq!(statement_period(span, NaiveDate::MIN).0, NaiveDate::MIN);
    }
}

proptest! {
    /// Statements follow one another without gap or overlap.
    #[test]
    fn a_statement_ends_the_day_before_the_next_begins(days in -200_000..200_000_i64) {
        let day = date("2026-11-23") + TimeDelta::days(days);
        for &span in StatementSpan::ALL {
            let (from, until) = statement_period(span, day);
            prop_assert!(from <= day && day <= until);
            prop_assert_eq!(statement_period(span, from), (from, until));
            prop_assert_eq!(statement_period(span, until), (from, until));
            prop_assert_eq!(statement_period(span, until + TimeDelta::days(1)).0, until + TimeDelta::days(1));
        }
    }
}
