//! Tests of the forecast and the statement's periods.

use proptest::prelude::*;

use super::*;
use crate::model::{
    base::calendar::Closure,
    fixtures::{calendar, calendar_closed_on, date, pool, settings},
    minutes::pools::{
        PoolKind::{Bundle as BundlePool, Contract},
        reserve,
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

fn forecast_until(draws: &[DayDraw], left: u32, until: &str) -> Forecast {
    forecast(draws, left, date(TODAY), date(until), &calendar())
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
    assert_eq!(until(60, "2026-12-04"), Forecast::Lasts { left: 10 });
    assert_eq!(until(51, "2026-12-06"), Forecast::Lasts { left: 1 });
    assert_eq!(until(50, "2026-12-06"), Forecast::RunsOut { on: date("2026-12-04") });
    assert_eq!(until(50, TODAY), Forecast::Lasts { left: 50 }, "no day ahead");
    assert_eq!(until(50, "2026-01-01"), Forecast::Lasts { left: 50 });
}

#[test]
fn a_pace_is_a_fraction() {
    // 100 minutes in 38 working days
    let draws = [draw("2026-11-25", 50), draw("2026-11-26", 49), draw("2026-11-27", 1)];
    assert_eq!(forecast_until(&draws, 8, "2026-12-31"), Forecast::RunsOut { on: date("2026-12-03") }, "3.04 days");
    assert_eq!(forecast_until(&draws, 8, "2026-12-02"), Forecast::Lasts { left: 1 }, "7.9 of 8 used");
}

#[test]
fn only_the_last_eight_weeks_make_a_pace() {
    let mut draws = ten_a_day();
    draws.extend([draw("2026-10-02", 5_000), draw("2026-11-28", 5_000)]);
    assert_eq!(forecast_until(&draws, 60, "2026-12-04"), Forecast::Lasts { left: 10 });
    draws[0].date = date("2026-10-03");
    assert_eq!(forecast_until(&draws, 60, "2026-12-04"), Forecast::Lasts { left: 10 }, "the 56th day still counts");
    draws[0].date = date("2026-10-02");
    assert_eq!(forecast_until(&draws, 60, "2026-12-04"), Forecast::Unknown);
}

#[test]
fn returned_minutes_lower_the_pace() {
    let mut draws = ten_a_day();
    draws.push(draw("2026-11-20", -190));
    assert_eq!(forecast_until(&draws, 60, "2026-12-04"), Forecast::Lasts { left: 35 });
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
                None => Forecast::Lasts { left: u32::try_from((parts_left + 37) / 38).unwrap() },
            }
        };
        prop_assert_eq!(forecast(&draws, left, today, until, &calendar), expected);
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
