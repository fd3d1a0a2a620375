//! Fees of contracts: for which periods they are owed, and since when they are invoiced here (design, Contract fees).

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::model::{
    base::{ids::CustomerId, money::Money},
    minutes::contracts::{ContractTerms, Fee, allowances::terms_on},
};

/// The most periods that are looked ahead or caught up with at once.
const MOST: usize = 120;

/// A period of a contract, and what is paid for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct FeePeriod {
    /// The first day that is paid for: the period's, or the contract's if that is later.
    pub from: NaiveDate,
    /// The last day of the period.
    pub until: NaiveDate,
    /// How much, excluding VAT.
    pub amount: Money,
    /// On which day it is invoiced, and taxed: the contract's in the month in which the period begins, or the first that is paid for.
    pub invoiced_on: NaiveDate,
}

/// The periods of a contract that are to be invoiced by `until` and are not, in order of time: whole ones, each for the fee that is
/// in force on its first day, on the day of that fee. A fee of another length takes over where a period of its own begins.
///
/// * `terms` – all that the contract says, by the day from which it says it
/// * `begins` – the first day from which fees are invoiced here: what began before is somebody else's
/// * `covered` – the last day that is invoiced
#[must_use]
pub fn fees_due(
    terms: &[ContractTerms],
    begins: NaiveDate,
    covered: Option<NaiveDate>,
    until: NaiveDate,
) -> Vec<FeePeriod> {
    let mut due = Vec::new();
    let mut covered = covered;
    let Some(first) = terms.iter().map(|terms| terms.valid_from).min() else { return due };
    let mut day = covered.and_then(|day| day.succ_opt()).unwrap_or(first.max(begins));
    while day <= until
        && due.len() < MOST
        && let Some(in_force) = terms_on(terms, day)
    {
        let next = match in_force.fee {
            Some(fee) => match period_from(terms, fee, day, covered) {
                // What comes later is invoiced later.
                Ok(period) if period.invoiced_on > until => break,
                Ok(period) => {
                    due.push(period);
                    covered = Some(period.until);
                    period.until.succ_opt()
                }
                Err(next) => next,
            },
            None => {
                // What comes after is a fee that begins then.
                covered = None;
                terms.iter().map(ContractTerms::in_force_from).filter(|begins| *begins > day).min()
            }
        };
        let Some(next) = next else { break };
        day = next;
    }
    due
}

/// The period that begins on a day of which nothing is invoiced; else the day on which the next one begins.
fn period_from(
    terms: &[ContractTerms],
    fee: Fee,
    day: NaiveDate,
    covered: Option<NaiveDate>,
) -> Result<FeePeriod, Option<NaiveDate>> {
    let starts_here = |fee: &Fee| fee.period.start_of(day) == Some(day);
    let end = |fee: &Fee| fee.period.start_of(day).and_then(|start| fee.period.after(start));
    let period = |fee: Fee| {
        let until = end(&fee).and_then(|next| next.pred_opt()).ok_or(None)?;
        Ok(FeePeriod { from: day, until, amount: fee.amount, invoiced_on: fee.day.in_month_of(day).max(day) })
    };
    if starts_here(&fee) {
        return period(fee);
    }
    if covered.is_some() {
        // The new length waits for its own beginning: until then the former one goes on.
        let former = terms.iter().rev().filter(|terms| terms.in_force_from() <= day).filter_map(|terms| terms.fee);
        return period(former.into_iter().find(starts_here).unwrap_or(fee));
    }
    let before = day.pred_opt().and_then(|before| terms_on(terms, before)).and_then(|terms| terms.fee);
    // It begins on this day, within a period, which is owed whole; or it had begun before anybody asked us.
    if before.is_none() { period(fee) } else { Err(end(&fee)) }
}

/// A period of somebody's contract that is to be invoiced.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DueFee {
    /// Whose contract.
    pub customer: CustomerId,
    /// The customer's name.
    pub name: String,
    /// The contract's number.
    pub contract: String,
    /// For which days, and how much.
    pub period: FeePeriod,
    /// Whether it waits, as nobody knows where the customer is.
    pub waits: bool,
}

/// A period of somebody's contract that was invoiced.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct InvoicedFee {
    /// Whose contract.
    pub customer: CustomerId,
    /// The customer's name.
    pub name: String,
    /// The contract's number.
    pub contract: String,
    /// For which days, and how much.
    pub period: FeePeriod,
    /// The number of the invoice.
    pub invoice: String,
    /// Whether the invoice was credited.
    pub credited: bool,
}

/// What `/sales/fees` shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FeesPage {
    /// Since when periods are invoiced here; none before somebody has said so.
    pub begun: Option<NaiveDate>,
    /// From which day on the preview counts: that day, or the one that is tried.
    pub from: NaiveDate,
    /// Up to which day it looks for invoices.
    pub until: NaiveDate,
    /// Today: what is due by then is invoiced at once.
    pub today: NaiveDate,
    /// What is to be invoiced, the earliest first.
    pub due: Vec<DueFee>,
    /// How many more there are than those.
    pub more: u32,
    /// What was invoiced last.
    pub invoiced: Vec<InvoicedFee>,
    /// The idempotency key of the form that credits.
    pub key: Uuid,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{
        fixtures::{contract_terms, date},
        minutes::contracts::{FeeDay, Period},
    };

    fn terms(since: &str, fee: Option<(i64, Period)>) -> ContractTerms {
        let fee = fee.map(|(haler, period)| Fee { amount: Money::from_haler(haler), period, day: FeeDay::default() });
        ContractTerms {
            valid_from: date("2026-02-10"),
            valid_until: None,
            since: Some(date(since)),
            fee,
            ..contract_terms()
        }
    }

    fn due(terms: &[ContractTerms], begins: &str, covered: Option<&str>, until: &str) -> Vec<(String, String, i64)> {
        let due = fees_due(terms, date(begins), covered.map(date), date(until));
        due.iter().map(|period| (period.from.to_string(), period.until.to_string(), period.amount.haler())).collect()
    }

    fn said(periods: &[(&str, &str, i64)]) -> Vec<(String, String, i64)> {
        periods.iter().map(|(from, until, haler)| ((*from).to_owned(), (*until).to_owned(), *haler)).collect()
    }

    #[test]
    fn each_period_that_has_begun_is_owed_whole_and_once() {
        let monthly = [terms("2026-02-10", Some((100, Period::Month)))];
        let spring = [("2026-02-10", "2026-02-28", 100), ("2026-03-01", "2026-03-31", 100)];
        assert_eq!(due(&monthly, "2026-01-01", None, "2026-03-01"), said(&spring));
        assert_eq!(due(&monthly, "2026-01-01", None, "2026-02-28"), said(&spring[..1]), "March has not begun");
        assert_eq!(due(&monthly, "2026-01-01", Some("2026-02-28"), "2026-03-15"), said(&spring[1..]));
        assert_eq!(due(&monthly, "2026-01-01", Some("2026-03-31"), "2026-03-31"), []);
        assert_eq!(due(&monthly, "2026-02-20", None, "2026-03-01"), said(&spring[1..]), "February had begun before");
        assert_eq!(due(&[], "2026-01-01", None, "2026-03-01"), []);
    }

    #[test]
    fn what_ends_within_a_period_owes_it_and_nothing_after_it() {
        let until = |day: &str| ContractTerms {
            valid_until: Some(date(day)),
            ..terms("2026-02-10", Some((300, Period::Quarter)))
        };
        let first = ("2026-02-10", "2026-03-31", 300);
        let second = ("2026-04-01", "2026-06-30", 300);
        assert_eq!(due(&[until("2026-04-01")], "2026-01-01", None, "2026-12-31"), said(&[first, second]));
        assert_eq!(due(&[until("2026-03-31")], "2026-01-01", None, "2026-12-31"), said(&[first]));
    }

    #[test]
    fn an_amount_that_changes_holds_for_periods_that_begin_after_it() {
        let raised = [terms("2026-02-10", Some((100, Period::Month))), terms("2026-03-02", Some((150, Period::Month)))];
        let expected =
            [("2026-02-10", "2026-02-28", 100), ("2026-03-01", "2026-03-31", 100), ("2026-04-01", "2026-04-30", 150)];
        assert_eq!(due(&raised, "2026-01-01", None, "2026-04-01"), said(&expected));
        let dropped = [terms("2026-02-10", Some((100, Period::Month))), terms("2026-03-02", None)];
        assert_eq!(due(&dropped, "2026-01-01", None, "2026-12-31"), said(&expected[..2]));
        let added = [terms("2026-02-10", None), terms("2026-03-20", Some((100, Period::Month)))];
        let expected = [("2026-03-20", "2026-03-31", 100), ("2026-04-01", "2026-04-30", 100)];
        assert_eq!(due(&added, "2026-01-01", None, "2026-04-01"), said(&expected));
        assert_eq!(due(&added, "2026-03-21", None, "2026-04-01"), said(&expected[1..]), "it had begun before");
    }

    #[test]
    fn another_length_takes_over_where_a_period_of_it_begins() {
        let longer =
            [terms("2026-02-10", Some((100, Period::Month))), terms("2026-02-20", Some((270, Period::Quarter)))];
        let expected =
            [("2026-02-10", "2026-02-28", 100), ("2026-03-01", "2026-03-31", 100), ("2026-04-01", "2026-06-30", 270)];
        assert_eq!(due(&longer, "2026-01-01", None, "2026-04-01"), said(&expected));
        let shorter =
            [terms("2026-02-10", Some((1_000, Period::Year))), terms("2026-05-05", Some((100, Period::Month)))];
        let expected = [("2026-02-10", "2026-12-31", 1_000), ("2027-01-01", "2027-01-31", 100)];
        assert_eq!(due(&shorter, "2026-01-01", None, "2027-01-01"), said(&expected));
    }

    #[test]
    fn a_period_is_invoiced_on_the_day_of_the_fee_with_which_it_begins_and_once() {
        let on = |number: u32, since: &str, period| {
            let mut terms = terms(since, Some((100, period)));
            terms.fee = terms.fee.map(|fee| Fee { day: FeeDay::new(number).expect("a day"), ..fee });
            terms
        };
        let days = |terms: &[ContractTerms], covered: Option<&str>, until: &str| -> Vec<(String, String)> {
            let due = fees_due(terms, date("2026-01-01"), covered.map(date), date(until));
            due.iter().map(|period| (period.from.to_string(), period.invoiced_on.to_string())).collect()
        };
        let said = |expected: &[(&str, &str)]| -> Vec<(String, String)> {
            expected.iter().map(|(from, on)| ((*from).to_owned(), (*on).to_owned())).collect()
        };
        let last = [on(31, "2026-02-10", Period::Month)];
        let first = [("2026-02-10", "2026-02-28"), ("2026-03-01", "2026-03-31")];
        assert_eq!(days(&last, None, "2026-02-27"), said(&[]), "its day has not come");
        assert_eq!(days(&last, None, "2026-03-30"), said(&first[..1]));
        assert_eq!(days(&last, None, "2026-03-31"), said(&first));
        assert_eq!(days(&last, Some("2028-01-31"), "2028-02-29"), said(&[("2028-02-01", "2028-02-29")]), "a leap year");
        assert_eq!(days(&last, Some("2028-02-29"), "2028-03-30"), said(&[]), "once");
        let early = [on(5, "2026-02-10", Period::Quarter)];
        let expected = [("2026-02-10", "2026-02-10"), ("2026-04-01", "2026-04-05")];
        assert_eq!(days(&early, None, "2026-06-30"), said(&expected), "never before the first day that is paid for");
        // Another day holds for periods that begin with it, whichever of the two comes first.
        for (former, now) in [(5, 20), (20, 5)] {
            let changed = [on(former, "2026-02-10", Period::Month), on(now, "2026-03-10", Period::Month)];
            let day = |month: &str, number: u32| format!("2026-{month}-{number:02}");
            let march = ("2026-03-01".to_owned(), day("03", former));
            let april = ("2026-04-01".to_owned(), day("04", now));
            assert_eq!(days(&changed, Some("2026-02-28"), "2026-04-30"), [march, april], "{former} to {now}");
        }
    }

    #[test]
    fn no_day_is_owed_twice_whenever_it_is_asked_for() {
        let mut changing = [
            terms("2026-02-10", Some((100, Period::Month))),
            terms("2026-05-15", Some((270, Period::Quarter))),
            terms("2026-08-01", None),
            terms("2026-11-11", Some((1_000, Period::Year))),
            terms("2027-03-03", Some((110, Period::Month))),
        ];
        let days = [1, 31, 1, 15, 28].map(|day| FeeDay::new(day).expect("a day"));
        for (terms, day) in changing.iter_mut().zip(days) {
            terms.fee = terms.fee.map(|fee| Fee { day, ..fee });
        }
        let all = fees_due(&changing, date("2026-01-01"), None, date("2028-03-01"));
        assert!(all.is_sorted_by(|one, next| one.until < next.from), "{all:?}");
        let (mut asked, mut day): (Vec<FeePeriod>, _) = (Vec::new(), date("2026-02-01"));
        while day <= date("2028-03-01") {
            let covered = asked.last().map(|period| period.until);
            asked.extend(fees_due(&changing, date("2026-01-01"), covered, day));
            day += chrono::TimeDelta::days(3);
        }
        asked.extend(fees_due(&changing, date("2026-01-01"), asked.last().map(|last| last.until), date("2028-03-01")));
        assert_eq!(asked, all, "day after day comes to the same as all at once");
    }
}
