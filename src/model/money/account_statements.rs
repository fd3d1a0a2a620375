//! The statement of account: what a customer was charged and paid over a period, and what is owed and left at both ends of it, in
//! money and in minutes (design, Statement of account).

use chrono::{DateTime, Datelike, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use crate::model::{
    base::{codes::coded_enum, money::Money},
    minutes::ledger::EntryKind,
};

coded_enum! {
    /// What an entry of the account in money is.
    pub enum AccountEntryKind {
        /// Minutes were ordered; nothing is owed by that alone.
        Ordered = "ordered",
        /// A payment was asked for in advance; nothing is owed by that either.
        Proforma = "proforma",
        /// The tax document on a payment.
        Payment = "payment",
        /// An invoice.
        Invoice = "invoice",
        /// What is not owed any more of a document.
        CreditNote = "credit_note",
        /// An invoice from before Linka, as far as it was not paid then.
        EarlierInvoice = "earlier_invoice",
        /// A transfer came.
        Transfer = "transfer",
        /// A card paid.
        Card = "card",
        /// Money went back to the customer.
        Returned = "returned",
        /// A small difference is asked for no more.
        Difference = "difference",
        /// What was overpaid pays a document; what is owed does not change by that.
        BalanceUsed = "balance_used",
        /// What was overpaid went back to the customer.
        BalanceReturned = "balance_returned",
        /// What was left to pay was given up.
        WrittenOff = "written_off",
        /// What was given up came, or was credited, nevertheless.
        Recovered = "recovered",
    }
}

impl AccountEntryKind {
    /// Whether its number is that of a document of ours, which can be downloaded.
    #[must_use]
    pub const fn is_document(self) -> bool {
        matches!(self, Self::Proforma | Self::Payment | Self::Invoice | Self::CreditNote)
    }

    /// Whether money came or went by it.
    #[must_use]
    pub const fn moves_money(self) -> bool {
        matches!(self, Self::Transfer | Self::Card | Self::Returned | Self::BalanceReturned)
    }

    /// Whether its number is that of a purchase.
    #[must_use]
    pub const fn is_of_purchase(self) -> bool {
        matches!(self, Self::Ordered | Self::Card | Self::Returned)
    }
}

/// An entry of the account in money.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountEntry {
    /// The day to which it belongs: of a document that of its tax, of a payment that on which it came.
    pub day: NaiveDate,
    /// What the entry stands for.
    pub kind: AccountEntryKind,
    /// The number of the document, of the purchase, or of what a transfer pays.
    pub number: String,
    /// What that is about: a purchase, the document that is corrected, the customer's own reference; may be empty.
    pub about: String,
    /// What it says, including VAT.
    pub total: Money,
    /// By how much more is owed after it; negative for less.
    pub change: Money,
}

/// What the entries of one kind did to the minutes in a period.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct MinutesSum {
    /// The kind.
    pub kind: EntryKind,
    /// How many minutes came; negative for those that went.
    pub minutes: i64,
}

/// The statement of a customer's account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountStatement {
    /// The customer's name.
    pub customer: String,
    /// The organisation's number; may be empty.
    pub ico: String,
    /// The first day.
    pub from: NaiveDate,
    /// The last day.
    pub until: NaiveDate,
    /// When it was made: what comes later may still belong to these days.
    pub made_at: DateTime<Utc>,
    /// What was owed before the first day, including VAT; negative when money was ahead.
    pub opening: Money,
    /// The entries of the period, in order of time.
    pub entries: Vec<AccountEntry>,
    /// The minutes that were left before the first day.
    pub minutes_opening: u32,
    /// What became of them, by kind.
    pub minutes: Vec<MinutesSum>,
    /// The minutes that were left after the last day.
    pub minutes_closing: u32,
}

impl AccountStatement {
    /// What was owed after the last day.
    #[must_use]
    pub fn closing(&self) -> Money {
        self.opening + self.entries.iter().map(|entry| entry.change).sum::<Money>()
    }

    /// What was charged in the period by documents, less what was credited or written off.
    #[must_use]
    pub fn charged(&self) -> Money {
        self.sum(|kind| !kind.moves_money())
    }

    /// What was paid in the period, less what went back.
    #[must_use]
    pub fn paid(&self) -> Money {
        -self.sum(AccountEntryKind::moves_money)
    }

    fn sum(&self, of: impl Fn(AccountEntryKind) -> bool) -> Money {
        self.entries.iter().filter(|entry| of(entry.kind)).map(|entry| entry.change).sum()
    }

    /// The entries, each with what was owed after it.
    pub fn running(&self) -> impl Iterator<Item = (&AccountEntry, Money)> {
        self.entries.iter().scan(self.opening, |owed, entry| {
            *owed = *owed + entry.change;
            Some((entry, *owed))
        })
    }
}

/// The days of a statement: this year up to today unless others are asked for. Days in the wrong order are turned around, and those
/// that no person means are the nearest that one can.
#[must_use]
pub fn statement_days(from: Option<NaiveDate>, until: Option<NaiveDate>, today: NaiveDate) -> (NaiveDate, NaiveDate) {
    let within = |day: NaiveDate| {
        let year = day.year().clamp(2_000, 9_998);
        if year == day.year() { day } else { NaiveDate::from_yo_opt(year, 1).unwrap_or(today) }
    };
    let until = until.map_or(today, within);
    let from = from.map_or_else(|| until.with_ordinal(1).unwrap_or(until), within);
    (from.min(until), until.max(from))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::fixtures::{date, local};

    #[test]
    fn a_statement_is_of_this_year_unless_other_days_are_asked_for() {
        let today = date("2026-11-23");
        let of = |from: Option<&str>, until: Option<&str>| {
            let (from, until) = statement_days(from.map(date), until.map(date), today);
            format!("{from} {until}")
        };
        assert_eq!(of(None, None), "2026-01-01 2026-11-23");
        assert_eq!(of(Some("2026-02-10"), None), "2026-02-10 2026-11-23");
        assert_eq!(of(None, Some("2025-06-30")), "2025-01-01 2025-06-30");
        assert_eq!(of(Some("2026-05-01"), Some("2026-04-01")), "2026-04-01 2026-05-01", "the other way around");
        assert_eq!(of(Some("0001-05-01"), Some("2026-04-01")), "2000-01-01 2026-04-01", "a year that nobody means");
        assert_eq!(of(Some("2027-02-01"), None), "2026-11-23 2027-02-01", "ahead");
    }

    #[test]
    fn what_is_owed_runs_from_the_opening_to_the_closing_balance() {
        let entry = |kind, haler: i64| AccountEntry {
            day: date("2026-11-23"),
            kind,
            number: String::new(),
            about: String::new(),
            total: Money::from_haler(haler.abs()),
            change: Money::from_haler(haler),
        };
        let statement = AccountStatement {
            customer: String::new(),
            ico: String::new(),
            from: date("2026-11-01"),
            until: date("2026-11-30"),
            made_at: local("2026-12-01 08:00"),
            opening: Money::from_haler(500),
            entries: vec![
                entry(AccountEntryKind::Invoice, 1_000),
                entry(AccountEntryKind::Transfer, -1_500),
                entry(AccountEntryKind::CreditNote, -200),
                entry(AccountEntryKind::Returned, 150),
            ],
            minutes_opening: 0,
            minutes: Vec::new(),
            minutes_closing: 0,
        };
        let owed: Vec<i64> = statement.running().map(|(_, owed)| owed.haler()).collect();
        assert_eq!(owed, [1_500, 0, -200, -50]);
        assert_eq!(statement.closing(), Money::from_haler(-50));
        assert_eq!((statement.charged(), statement.paid()), (Money::from_haler(800), Money::from_haler(1_350)));
        assert_eq!(statement.opening + statement.charged() - statement.paid(), statement.closing());
    }
}
