//! Periods follow each other without a gap whatever month is short, and a subscription does one thing at a time.

use chrono::Datelike;
use proptest::prelude::*;

use super::*;
use crate::model::{base::calendar::to_local, fixtures::date};

#[test]
fn a_period_begins_on_the_day_of_the_first_or_on_the_last_of_a_shorter_month() {
    let begins = |anchor: &str, months, index| period_of(date(anchor), months, index).0.to_string();
    assert_eq!(
        (0..4).map(|index| begins("2027-12-31", 1, index)).collect::<Vec<_>>(),
        ["2027-12-31", "2028-01-31", "2028-02-29", "2028-03-31"],
        "29 February, and the 31st again after it"
    );
    assert_eq!(begins("2028-02-29", 1, 12), "2029-02-28");
    assert_eq!(begins("2028-02-29", 1, 48), "2032-02-29");
    assert_eq!(
        (0..5).map(|index| begins("2026-11-30", 3, index)).collect::<Vec<_>>(),
        ["2026-11-30", "2027-02-28", "2027-05-30", "2027-08-30", "2027-11-30"]
    );
}

proptest! {
    #[test]
    fn periods_follow_each_other_without_a_gap(days in 0_u64..20_000, months in prop::sample::select(&[1_u32, 3][..]), index in 0_u32..200) {
        let anchor = date("2000-01-01") + Days::new(days);
        let (first, until) = period_of(anchor, months, index);
        prop_assert_eq!(period_of(anchor, months, index + 1).0, until);
        let length = (until - first).num_days();
        let longest = i64::from(months) * 31;
        prop_assert!((i64::from(months) * 28..=longest).contains(&length), "{} days", length);
        let is_last = first.succ_opt().is_some_and(|next| next.day() == 1);
        prop_assert!(first.day() == anchor.day() || is_last && first.day() < anchor.day());
    }

    #[test]
    fn minutes_last_a_whole_period_however_late_they_are_paid(late in 0_u64..100, months in prop::sample::select(&[1_u32, 3][..])) {
        let first = date("2027-01-31");
        let (_, until) = period_of(first, months, 0);
        let credited = first + Days::new(late);
        let expire = to_local(minutes_expire(until, months, credited)).date();
        prop_assert!(expire >= until);
        prop_assert!(expire >= credited + Months::new(months));
    }
}

fn last(ordinal: u32, until: &str, payment: PeriodPayment) -> Option<LastPeriod> {
    let purchase = "B2026-000001".parse().expect("a number");
    Some(LastPeriod { ordinal, first_day: date("2026-11-23"), until: date(until), purchase, payment })
}

fn standing(last: Option<LastPeriod>) -> Standing {
    Standing {
        state: SubscriptionState::Active,
        wish: None,
        anchor: date("2026-11-23"),
        anchor_ordinal: 0,
        months: 1,
        last,
        by_card: false,
        told: None,
    }
}

fn told(ordinal: u32, on: &str, standing: Standing) -> Standing {
    Standing { told: Some((ordinal, date(on))), ..standing }
}

#[test]
fn a_period_is_asked_for_a_week_ahead_once_it_was_told_of_and_one_at_a_time() {
    let paid = standing(last(0, "2026-12-23", PeriodPayment::Paid));
    assert_eq!(standing(None).due(date("2026-11-23")), Step::Open { ordinal: 0, first_day: date("2026-11-23") });
    let (ordinal, first_day) = (1, date("2026-12-23"));
    assert_eq!(paid.due(date("2026-12-12")), Step::Wait);
    assert_eq!(paid.due(date("2026-12-13")), Step::Tell { ordinal, first_day });
    let paid = told(1, "2026-12-13", paid);
    assert_eq!(paid.due(date("2026-12-15")), Step::Wait);
    assert_eq!(paid.due(date("2026-12-16")), Step::Open { ordinal, first_day });
    let owed = told(1, "2026-12-13", standing(last(0, "2026-12-23", PeriodPayment::Owed)));
    assert_eq!(owed.due(date("2026-12-16")), Step::Open { ordinal, first_day });
    let awaited = standing(last(0, "2026-12-23", PeriodPayment::Awaited));
    assert_eq!(awaited.due(date("2027-03-01")), Step::Wait);
}

#[test]
fn what_is_taken_from_a_card_is_taken_when_the_period_begins() {
    let paid = Standing { by_card: true, ..standing(last(0, "2026-12-23", PeriodPayment::Paid)) };
    let (ordinal, first_day) = (1, date("2026-12-23"));
    assert_eq!(paid.due(date("2026-12-12")), Step::Wait);
    assert_eq!(paid.due(date("2026-12-13")), Step::Tell { ordinal, first_day });
    let paid = told(1, "2026-12-13", paid);
    assert_eq!((paid.due(date("2026-12-22")), paid.due(first_day)), (Step::Wait, Step::Open { ordinal, first_day }));
}

#[test]
fn whoever_pays_late_is_told_of_the_next_period_before_it_is_asked_for() {
    let paid = standing(last(1, "2027-01-23", PeriodPayment::Paid));
    let (ordinal, first_day) = (2, date("2027-01-23"));
    assert_eq!(paid.due(date("2027-01-22")), Step::Tell { ordinal, first_day });
    let paid = told(2, "2027-01-22", told(1, "2026-12-13", paid));
    assert_eq!(paid.due(date("2027-01-24")), Step::Wait);
    assert_eq!(paid.due(date("2027-01-25")), Step::Open { ordinal, first_day });
    let (over, first_day) = (standing(last(1, "2027-01-23", PeriodPayment::Paid)), date("2027-03-04"));
    assert_eq!(over.due(date("2027-03-01")), Step::Tell { ordinal, first_day }, "it would be over already");
    assert_eq!(told(2, "2027-03-01", over).due(date("2027-03-04")), Step::Open { ordinal, first_day });
}

#[test]
fn what_is_wished_happens_at_the_end_of_the_period_and_what_is_not_paid_pauses() {
    let paid = last(3, "2026-12-23", PeriodPayment::Paid);
    for (wish, step) in [(SubscriptionWish::Pause, Step::Pause), (SubscriptionWish::End, Step::End)] {
        let wishes = Standing { wish: Some(wish), ..standing(paid) };
        assert_eq!((wishes.due(date("2026-12-22")), wishes.due(date("2026-12-23"))), (Step::Wait, step));
    }
    let lapsed = |ordinal| standing(last(ordinal, "2026-12-23", PeriodPayment::Lapsed));
    assert_eq!(lapsed(3).due(date("2026-12-01")), Step::Pause);
    assert_eq!(lapsed(0).due(date("2026-12-01")), Step::End, "it has never begun");
    let resumed = Standing { anchor: date("2027-02-01"), anchor_ordinal: 4, ..standing(paid) };
    let (ordinal, first_day) = (4, date("2027-02-01"));
    assert_eq!(resumed.due(first_day), Step::Open { ordinal, first_day });
    assert_eq!(resumed.due(date("2027-01-22")), Step::Tell { ordinal, first_day }, "what is paid goes on until then");
    let ending = Standing { wish: Some(SubscriptionWish::End), ..resumed };
    assert_eq!((ending.due(date("2027-01-31")), ending.due(first_day)), (Step::Wait, Step::End));
    let paused = Standing { state: SubscriptionState::Paused, ..standing(paid) };
    assert_eq!(paused.due(date("2030-01-01")), Step::Wait);
}

#[test]
fn advice_is_the_plan_that_costs_least_or_none() {
    let plan = |id, minutes, crowns: i64, comes| Plan {
        bundle: Bundle { id: BundleId(id), minutes, price: Money::from_haler(crowns * 100), validity_months: 1 },
        comes,
    };
    let plans = [plan(1, 60, 1_200, Recurrence::Month), plan(2, 360, 6_600, Recurrence::QuarterRolls)];
    let rate = Money::from_haler(2_500);
    assert_eq!(advised_plan(60, rate, &plans), Some(BundleId(1)));
    assert_eq!(advised_plan(120, rate, &plans), Some(BundleId(2)));
    assert_eq!(advised_plan(40, rate, &plans), None, "forty minutes one by one cost less");
    assert_eq!(advised_plan(0, rate, &plans), None);
    assert_eq!((fit(60, 29), fit(60, 30), fit(60, 75), fit(60, 76)), {
        use PlanFit::{Fits, TooLittle, TooMuch};
        (TooMuch, Fits, Fits, TooLittle)
    });
}
