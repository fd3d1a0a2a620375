//! Receivables: what is owed on invoices past their due day, by customer and age; how far customers are credited; what is written off.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{account_statements::AccountEntry, payment_plans::AgreedPlan, payment_reminders::WrittenReminder};
use crate::model::base::{
    codes::coded_enum,
    fields::{FieldCode, FieldProblem, keep_lines},
    ids::{CustomerId, DocumentId, EarlierInvoiceId},
    money::Money,
    paging::Queue,
    text,
};

/// The most characters that say why something is written off.
const REASON_MAX: usize = 500;
/// The highest limit.
const LIMIT_MAX: Money = Money::from_haler(100_000_000_000);

coded_enum! {
    /// How long ago something was due.
    pub enum Age {
        /// Up to 14 days.
        To14 = "to_14",
        /// From 15 days to 30.
        To30 = "to_30",
        /// From 31 days to 60.
        To60 = "to_60",
        /// From 61 days on.
        More = "more",
    }
}

impl Age {
    /// How many days past the due day it ends; the last one never does.
    #[must_use]
    pub const fn last_day(self) -> Option<i32> {
        match self {
            Self::To14 => Some(14),
            Self::To30 => Some(30),
            Self::To60 => Some(60),
            Self::More => None,
        }
    }

    /// Of what is late by so many days; none of what is not.
    #[must_use]
    pub fn of(late: i64) -> Option<Self> {
        let within = |age: &&Self| age.last_day().is_none_or(|last| late <= i64::from(last));
        if late > 0 { Self::ALL.iter().find(within).copied() } else { None }
    }
}

/// What one customer owes past the due day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Receivable {
    /// Who owes it.
    pub customer: CustomerId,
    /// The customer's name.
    pub name: String,
    /// What is overdue, by [`Age`] in the order of [`Age::ALL`].
    pub ages: [Money; 4],
    /// All that is owed on invoices, due or not.
    pub owed: Money,
}

impl Receivable {
    /// What is overdue in all.
    #[must_use]
    pub fn overdue(&self) -> Money {
        self.ages.iter().copied().sum()
    }
}

/// What `/sales/receivables` shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReceivablesPage {
    /// Only who owes something of this age; none for everybody.
    pub age: Option<Age>,
    /// Who owes, the longest overdue first.
    pub rows: Queue<Receivable>,
    /// What all of them owe, those not shown too, by age.
    pub ages: [Money; 4],
    /// All that they owe, due or not.
    pub owed: Money,
}

impl ReceivablesPage {
    /// What is overdue in all.
    #[must_use]
    pub fn overdue(&self) -> Money {
        self.ages.iter().copied().sum()
    }
}

/// What is owed on one invoice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Debt {
    /// The document of ours, if it is one.
    pub document: Option<DocumentId>,
    /// The invoice from before Linka, if it is one.
    pub earlier_invoice: Option<EarlierInvoiceId>,
    /// Its number; no other has it.
    pub number: String,
    /// The variable symbol of its payment.
    pub variable_symbol: String,
    /// When it was issued.
    pub issued_on: NaiveDate,
    /// Until when it is to be paid.
    pub due_on: NaiveDate,
    /// What it asks for, including VAT.
    pub total: Money,
    /// What of that is owed.
    pub owed: Money,
}

impl Debt {
    /// How many days it is late; none or less when it is not.
    #[must_use]
    pub fn late(&self, today: NaiveDate) -> i64 {
        (today - self.due_on).num_days()
    }
}

/// What a customer has had that is not paid, including VAT.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Exposure {
    /// What is owed on invoices.
    pub unpaid: Money,
    /// What was done and stands on no invoice yet.
    pub not_invoiced: Money,
    /// What agreed appointments will cost at most beyond the grants.
    pub agreed: Money,
}

impl Exposure {
    /// All of it.
    #[must_use]
    pub fn total(self) -> Money {
        self.unpaid + self.not_invoiced + self.agreed
    }

    /// Whether `more` can be had within a limit.
    #[must_use]
    pub fn admits(self, limit: Option<Money>, more: Money) -> bool {
        limit.is_none_or(|limit| self.total() + more <= limit)
    }
}

/// A decision about the limit of a customer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LimitDecision {
    /// From which day on.
    pub from_day: NaiveDate,
    /// How much; none for no limit.
    pub amount: Option<Money>,
    /// Who decided it.
    pub by: String,
    /// When it was decided.
    pub at: DateTime<Utc>,
}

/// A limit as it was typed; empty for none.
///
/// # Errors
/// What is wrong with it.
pub fn check_limit(typed: &str) -> Result<Option<Money>, FieldCode> {
    let typed = text::one_line(typed);
    if typed.is_empty() {
        return Ok(None);
    }
    match Money::parse_crowns(&typed) {
        Some(limit) if (Money::ZERO..=LIMIT_MAX).contains(&limit) => Ok(Some(limit)),
        Some(_) => Err(FieldCode::OutOfRange),
        None => Err(FieldCode::NotANumber),
    }
}

/// Why something is written off, as it is kept.
///
/// # Errors
/// What is wrong with it.
pub fn check_reason(typed: &str) -> Result<String, FieldProblem> {
    keep_lines(typed, 1..=REASON_MAX).map_err(|code| FieldProblem::new("reason", code))
}

/// What was given up of a claim.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WrittenOff {
    /// The number of the invoice.
    pub number: String,
    /// What was left to pay then.
    pub amount: Money,
    /// What of that came, or was credited, nevertheless.
    pub recovered: Money,
    /// Why nobody expects it.
    pub reason: String,
    /// Who wrote it off.
    pub by: String,
    /// When it was written off.
    pub at: DateTime<Utc>,
}

/// What `/sales/receivables/{customer}` shows: what a customer owes, and what was decided about that.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReceivableCase {
    /// Who owes.
    pub customer: CustomerId,
    /// What the customer is called.
    pub name: String,
    /// Whether it has minutes before they are paid.
    pub trusted: bool,
    /// The day on which all of this is so.
    pub today: NaiveDate,
    /// What is owed, the longest due first.
    pub debts: Vec<Debt>,
    /// What it has had that is not paid.
    pub exposure: Exposure,
    /// How much of that there may be today; none without a limit.
    pub limit: Option<Money>,
    /// What was decided about the limit, the latest first.
    pub limits: Vec<LimitDecision>,
    /// Whether it orders only what is urgent, as it owes too long.
    pub is_kept_from_ordering: bool,
    /// The plan of payment that holds.
    pub plan: Option<AgreedPlan>,
    /// Whether anybody there sees documents and can be written to.
    pub has_reader: bool,
    /// Which reminders were written, the latest first.
    pub reminders: Vec<WrittenReminder>,
    /// What was written off, the latest first.
    pub written_off: Vec<WrittenOff>,
    /// The account of the last twelve months.
    pub entries: Vec<AccountEntry>,
    /// The idempotency key of the forms.
    pub key: Uuid,
}

impl ReceivableCase {
    /// What is owed in all.
    #[must_use]
    pub fn owed(&self) -> Money {
        self.debts.iter().map(|debt| debt.owed).sum()
    }

    /// What of that is past its due day.
    #[must_use]
    pub fn overdue(&self) -> Money {
        self.debts.iter().filter(|debt| debt.late(self.today) > 0).map(|debt| debt.owed).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_day_late_is_of_one_age_and_ages_follow_one_another() {
        let mut before = None;
        for late in -3..=400 {
            let age = Age::of(late);
            assert_eq!(age.is_some(), late > 0, "{late}");
            assert!(before <= age, "{late}: older is never younger");
            before = age;
        }
        let ends = [14, 15, 30, 31, 60, 61].map(Age::of);
        let expected = [Age::To14, Age::To30, Age::To30, Age::To60, Age::To60, Age::More].map(Some);
        assert_eq!(ends, expected);
    }

    #[test]
    fn a_limit_holds_for_all_that_is_not_paid_and_nothing_is_beyond_none() {
        let crowns = |crowns: i64| Money::from_haler(crowns * 100);
        let exposure = Exposure { unpaid: crowns(600), not_invoiced: crowns(150), agreed: crowns(250) };
        assert_eq!(exposure.total(), crowns(1_000));
        for (limit, more, admits) in [(1_500, 500, true), (1_500, 501, false), (0, 0, false)] {
            assert_eq!(exposure.admits(Some(crowns(limit)), crowns(more)), admits, "{limit} {more}");
        }
        assert!(exposure.admits(None, crowns(1_000_000)));
    }

    #[test]
    fn a_limit_is_typed_in_crowns_or_left_empty() {
        assert_eq!(check_limit(" "), Ok(None));
        assert_eq!(check_limit("20 000"), Ok(Some(Money::from_haler(2_000_000))));
        assert_eq!(check_limit("0"), Ok(Some(Money::ZERO)));
        assert_eq!(check_limit("-5"), Err(FieldCode::OutOfRange));
        assert_eq!(check_limit("hodně"), Err(FieldCode::NotANumber));
    }
}
