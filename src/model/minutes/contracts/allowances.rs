//! The periods for which a contract credits its minutes (design, Ledger).

use chrono::{DateTime, Datelike, Months, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::{ContractTerms, Period, Rollover};
use crate::model::base::calendar::{midnight, to_local};

/// A period of a contract: when its minutes are credited and when they expire.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct AllowancePeriod {
    /// From when the minutes can be drawn: the period's start, or the contract's if that is later.
    pub effective_at: DateTime<Utc>,
    /// The first instant that the period no longer covers: its end, or the contract's if that is earlier. No moment of a
    /// contract is credited twice.
    pub covers_until: DateTime<Utc>,
    /// The first instant at which they can no longer be drawn.
    pub expires_at: DateTime<Utc>,
}

/// The terms that are in force on a day, of all that a contract says by the day from which it says it; none if the contract is
/// not valid then.
#[must_use]
pub fn terms_on(terms: &[ContractTerms], date: NaiveDate) -> Option<&ContractTerms> {
    let begun = terms.iter().filter(|terms| terms.in_force_from() <= date);
    // Of two from the same day, the later one stands in the place of the former.
    begun.max_by_key(|terms| terms.in_force_from()).filter(|terms| terms.is_valid_on(date))
}

/// The period of the contract that `at` lies in; none if the contract is not valid then, or the terms are not in force yet.
///
/// A contract that begins or ends within a period has all of its minutes in that period, but no day more.
#[must_use]
pub fn period_at(terms: &ContractTerms, at: DateTime<Utc>) -> Option<AllowancePeriod> {
    let date = to_local(at).date();
    let begins = terms.in_force_from();
    if date < begins || terms.valid_until.is_some_and(|last| last < date) {
        return None;
    }
    let starts_on = terms.period.start_of(date)?;
    let next = terms.period.after(starts_on)?;
    let expires_on = match terms.rollover {
        Rollover::None => next,
        Rollover::OnePeriod => terms.period.after(next)?,
    };
    let within_contract = |end: NaiveDate| match terms.valid_until.and_then(|last| last.succ_opt()) {
        Some(contract_end) => midnight(end.min(contract_end)),
        None => midnight(end),
    };
    Some(AllowancePeriod {
        effective_at: midnight(starts_on.max(begins)),
        covers_until: within_contract(next),
        expires_at: within_contract(expires_on),
    })
}

/// Minutes that a contract has yet to credit for one of its periods.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DueAllowance {
    /// How many.
    pub minutes: u32,
    /// From when they can be drawn.
    pub effective_at: DateTime<Utc>,
    /// The first instant that they no longer cover.
    pub covers_until: DateTime<Utc>,
    /// The first instant at which they can no longer be drawn.
    pub expires_at: DateTime<Utc>,
}

/// What the contract credits for the period in which `moment` lies; none where it credits nothing, or a former grant of it
/// covers that moment. A period that was shortened or lengthened under way begins when the grant of the former one no longer
/// covers the time.
///
/// * `covered_until` – the first instant that no grant of the contract covers; none before the first grant
#[must_use]
pub fn due_allowance(
    terms: &ContractTerms,
    covered_until: Option<DateTime<Utc>>,
    moment: DateTime<Utc>,
) -> Option<DueAllowance> {
    let period = period_at(terms, moment).filter(|_| terms.minutes_per_period > 0)?;
    if covered_until.is_some_and(|until| moment < until) {
        return None;
    }
    Some(DueAllowance {
        minutes: terms.minutes_per_period,
        effective_at: covered_until.map_or(period.effective_at, |until| until.max(period.effective_at)),
        covers_until: period.covers_until,
        expires_at: period.expires_at,
    })
}

/// What the contract will credit from `from` until `until`, both included, in order of time; what covers `from` already is
/// not among it. A period whose minutes were credited keeps them whatever the contract says from a day within it on.
///
/// * `terms` – all that it says, by the day from which it says it
/// * `covered_until` – as [`due_allowance`] has it
#[must_use]
pub fn coming_allowances(
    terms: &[ContractTerms],
    covered_until: Option<DateTime<Utc>>,
    from: DateTime<Utc>,
    until: DateTime<Utc>,
) -> Vec<DueAllowance> {
    let mut coming = Vec::new();
    let mut covered_until = covered_until;
    let begins = terms.iter().map(|terms| midnight(terms.valid_from)).min();
    let mut moment = begins.map_or(from, |begins| from.max(begins));
    while moment <= until
        && let Some(in_force) = terms_on(terms, to_local(moment).date())
        && let Some(period) = period_at(in_force, moment)
    {
        if let Some(due) = due_allowance(in_force, covered_until, moment) {
            covered_until = Some(due.covers_until);
            coming.push(due);
        }
        moment = covered_until.filter(|covered| moment < *covered).unwrap_or_else(|| {
            // Where nothing is credited, other terms may credit something before the period is over.
            let others = terms.iter().map(|terms| midnight(terms.in_force_from())).filter(|begins| moment < *begins);
            others.chain([period.covers_until]).min().unwrap_or(period.covers_until)
        });
    }
    coming
}

impl Period {
    /// How many months it has.
    #[must_use]
    pub const fn months(self) -> u32 {
        match self {
            Self::Month => 1,
            Self::Quarter => 3,
            Self::Year => 12,
        }
    }

    /// The first day of the period in which `date` lies; none beyond what the calendar can express.
    #[must_use]
    pub fn start_of(self, date: NaiveDate) -> Option<NaiveDate> {
        let month = date.month0() / self.months() * self.months();
        NaiveDate::from_ymd_opt(date.year(), month + 1, 1)
    }

    /// The first day of the period after the one that begins on `start`.
    #[must_use]
    pub fn after(self, start: NaiveDate) -> Option<NaiveDate> {
        start.checked_add_months(Months::new(self.months()))
    }
}

#[cfg(test)]
mod tests {
    use chrono::Days;
    use proptest::prelude::*;

    use super::*;
    use crate::model::fixtures::{contract_terms, date, local, utc};

    fn terms(period: Period, rollover: Rollover) -> ContractTerms {
        ContractTerms { period, rollover, ..contract_terms() }
    }

    fn period(terms: &ContractTerms, at: &str) -> Option<AllowancePeriod> {
        period_at(terms, local(at))
    }

    fn allowance(effective_on: &str, covers_until: &str, expires_on: &str) -> Option<AllowancePeriod> {
        let midnight = |day| local(&format!("{day} 00:00"));
        let (effective_at, covers_until, expires_at) =
            (midnight(effective_on), midnight(covers_until), midnight(expires_on));
        Some(AllowancePeriod { effective_at, covers_until, expires_at })
    }

    #[test]
    fn periods_are_those_of_the_calendar() {
        for (length, at, from, until) in [
            (Period::Month, "2026-11-23 09:00", "2026-11-01", "2026-12-01"),
            (Period::Month, "2028-02-29 23:59", "2028-02-01", "2028-03-01"),
            (Period::Quarter, "2026-11-23 09:00", "2026-10-01", "2027-01-01"),
            (Period::Quarter, "2026-03-31 23:59", "2026-01-01", "2026-04-01"),
            (Period::Quarter, "2026-04-01 00:00", "2026-04-01", "2026-07-01"),
            (Period::Year, "2026-11-23 09:00", "2026-01-01", "2027-01-01"),
        ] {
            assert_eq!(period(&terms(length, Rollover::None), at), allowance(from, until, until), "{length}, {at}");
        }
    }

    #[test]
    fn a_period_begins_at_midnight_in_prague() {
        let monthly = terms(Period::Month, Rollover::None);
        let from = |at| period_at(&monthly, utc(at)).unwrap().effective_at;
        assert_eq!(from("2026-12-31T22:59:59Z"), local("2026-12-01 00:00"));
        assert_eq!(from("2026-12-31T23:00:00Z"), local("2027-01-01 00:00"));
        assert_eq!(from("2026-06-30T22:00:00Z"), local("2026-07-01 00:00"), "in summer");
        let march = period(&monthly, "2026-03-29 12:00").unwrap();
        assert_eq!((march.expires_at - march.effective_at).num_hours(), 31 * 24 - 1, "an hour is skipped");
    }

    #[test]
    fn what_rolls_over_can_be_drawn_for_one_more_period() {
        let at = "2026-11-23 09:00";
        assert_eq!(
            period(&terms(Period::Month, Rollover::OnePeriod), at),
            allowance("2026-11-01", "2026-12-01", "2027-01-01")
        );
        assert_eq!(
            period(&terms(Period::Year, Rollover::OnePeriod), at),
            allowance("2026-01-01", "2027-01-01", "2028-01-01")
        );
    }

    #[test]
    fn a_contract_credits_only_while_it_is_valid() {
        let terms = ContractTerms {
            valid_from: date("2026-02-15"),
            valid_until: Some(date("2026-05-10")),
            ..terms(Period::Quarter, Rollover::None)
        };
        assert_eq!(period(&terms, "2026-02-14 23:59"), None);
        assert_eq!(period(&terms, "2026-02-15 00:00"), allowance("2026-02-15", "2026-04-01", "2026-04-01"));
        assert_eq!(period(&terms, "2026-05-10 23:59"), allowance("2026-04-01", "2026-05-11", "2026-05-11"));
        assert_eq!(period(&terms, "2026-05-11 00:00"), None);
    }

    #[test]
    fn what_rolls_over_does_not_outlive_the_contract() {
        let terms =
            ContractTerms { valid_until: Some(date("2026-12-10")), ..terms(Period::Month, Rollover::OnePeriod) };
        assert_eq!(period(&terms, "2026-10-23 09:00"), allowance("2026-10-01", "2026-11-01", "2026-12-01"));
        assert_eq!(period(&terms, "2026-11-23 09:00"), allowance("2026-11-01", "2026-12-01", "2026-12-11"));
        assert_eq!(period(&terms, "2026-12-01 09:00"), allowance("2026-12-01", "2026-12-11", "2026-12-11"));
    }

    #[test]
    fn the_ends_of_the_calendar_do_no_harm() {
        for &length in Period::ALL {
            let forever = ContractTerms {
                valid_from: NaiveDate::MIN,
                valid_until: Some(NaiveDate::MAX),
                ..terms(length, Rollover::OnePeriod)
            };
            assert_eq!(period_at(&forever, DateTime::<Utc>::MAX_UTC), None);
            assert!(period(&forever, "2026-11-23 09:00").is_some());
            let _ = period_at(&forever, DateTime::<Utc>::MIN_UTC);
        }
    }

    #[test]
    fn coming_allowances_begin_where_the_credited_ones_end() {
        let quarterly = terms(Period::Quarter, Rollover::None);
        let coming = |covered: Option<&str>, until| {
            let coming = coming_allowances(
                std::slice::from_ref(&quarterly),
                covered.map(local),
                local("2026-11-23 09:00"),
                local(until),
            );
            coming.iter().map(|due| (to_local(due.effective_at).date().to_string(), due.minutes)).collect::<Vec<_>>()
        };
        let allowance = |day: &str| (day.to_owned(), 300);
        assert_eq!(coming(Some("2027-01-01 00:00"), "2026-12-31 23:59"), []);
        assert_eq!(coming(Some("2027-01-01 00:00"), "2027-01-01 00:00"), [allowance("2027-01-01")]);
        assert_eq!(
            coming(None, "2027-04-01 08:00"),
            [allowance("2026-10-01"), allowance("2027-01-01"), allowance("2027-04-01")],
            "what is due now comes too"
        );
        let ends = ContractTerms { valid_until: Some(date("2027-01-31")), ..quarterly.clone() };
        let last = coming_allowances(&[ends], None, local("2027-01-04 09:00"), local("2028-01-01 00:00"));
        assert_eq!(last.iter().map(|due| due.expires_at).collect::<Vec<_>>(), [local("2027-02-01 00:00")]);
        let nothing = ContractTerms { minutes_per_period: 0, ..quarterly.clone() };
        assert_eq!(coming_allowances(&[nothing], None, local("2026-11-23 09:00"), local("2028-01-01 00:00")), []);
    }

    #[test]
    fn an_amendment_is_in_force_from_its_day_and_not_before() {
        let first = terms(Period::Quarter, Rollover::None);
        let amended = ContractTerms { since: Some(date("2026-12-01")), tier: "fast".into(), ..first.clone() };
        let both = [first.clone(), amended.clone()];
        let tier = |day| terms_on(&both, date(day)).map(|terms| terms.tier.as_str());
        assert_eq!(tier("2026-11-30"), Some(first.tier.as_str()));
        assert_eq!(tier("2026-12-01"), Some("fast"));
        assert_eq!(tier("2023-12-31"), None);
        let ended = ContractTerms { valid_until: Some(date("2026-12-31")), ..amended.clone() };
        assert_eq!(terms_on(&[first, ended], date("2027-01-01")), None);
        assert_eq!(period(&amended, "2026-11-30 23:59"), None, "not in force yet");
    }

    #[test]
    fn a_period_keeps_what_was_credited_for_it_when_the_terms_change_within_it() {
        let first = terms(Period::Quarter, Rollover::None);
        let amended = |period, minutes| ContractTerms {
            since: Some(date("2026-11-15")),
            minutes_per_period: minutes,
            ..terms(period, Rollover::None)
        };
        let coming = |first: &ContractTerms, then: ContractTerms, covered: Option<&str>| {
            let all = [first.clone(), then];
            let coming =
                coming_allowances(&all, covered.map(local), local("2026-10-05 09:00"), local("2027-02-10 00:00"));
            coming.iter().map(|due| (to_local(due.effective_at).date().to_string(), due.minutes)).collect::<Vec<_>>()
        };
        let credited = Some("2027-01-01 00:00");
        assert_eq!(coming(&first, amended(Period::Quarter, 500), credited), [("2027-01-01".into(), 500)]);
        assert_eq!(
            coming(&first, amended(Period::Month, 100), credited),
            [("2027-01-01".into(), 100), ("2027-02-01".into(), 100)]
        );
        let nothing = ContractTerms { minutes_per_period: 0, ..first };
        assert_eq!(
            coming(&nothing, amended(Period::Quarter, 500), None),
            [("2026-11-15".into(), 500), ("2027-01-01".into(), 500)],
            "whole, from the day on which there is something to credit"
        );
    }

    proptest! {
        /// Every moment of a contract lies in exactly one of its periods, and in that one's minutes.
        #[test]
        fn periods_follow_one_another(
            length in prop::sample::select(Period::ALL),
            first in 0..800_u64,
            days in 0..800_u64,
            hour in 0..20_000_u32,
        ) {
            let valid_from = date("2026-01-01") + Days::new(first);
            let last = valid_from + Days::new(days);
            let terms =
                ContractTerms { valid_from, valid_until: Some(last), ..terms(length, Rollover::None) };
            let (begins, ends) = (midnight(valid_from), midnight(last + Days::new(1)));
            let at = begins + (ends - begins) * i32::try_from(hour).unwrap() / 20_000;

            let period = period_at(&terms, at).unwrap();
            prop_assert!(period.effective_at <= at && at < period.expires_at);
            prop_assert!(begins <= period.effective_at && period.expires_at <= ends);
            prop_assert_eq!(period_at(&terms, period.effective_at), Some(period));
            match period_at(&terms, period.expires_at) {
                None => prop_assert_eq!(period.expires_at, ends),
                Some(next) => {
                    prop_assert_eq!(next.effective_at, period.expires_at);
                }
            }
            let rolled = period_at(&ContractTerms { rollover: Rollover::OnePeriod, ..terms.clone() }, at).unwrap();
            let next = period_at(&terms, period.expires_at).unwrap_or(period);
            prop_assert_eq!(rolled, AllowancePeriod { expires_at: next.expires_at, ..period });
            prop_assert_eq!(period.covers_until, period.expires_at);
        }
    }
}
