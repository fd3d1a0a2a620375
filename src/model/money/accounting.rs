//! The accountant's month: what was issued, taxed and paid in a period, and which months of VAT are closed.

use chrono::{Datelike, Days, Months, NaiveDate, TimeDelta};
use serde::{Deserialize, Serialize};

use super::{
    purchases::PaymentMethod,
    tax_documents::{DocumentKind, TaxDocument, TaxRow},
};
use crate::model::base::{
    codes::coded_enum,
    ids::DocumentId,
    money::{Money, VatRate},
    paging::CountedPage,
};

/// The longest period that is shown at once, in days.
const LONGEST: u64 = 366;
/// The most characters of a search.
const SEARCH_MAX: usize = 100;

coded_enum! {
    /// By which of its days a document belongs to a period.
    pub enum DocumentDay {
        /// The day of the tax; a proforma has none.
        Tax = "tax",
        /// The day on which it was issued.
        Issue = "issue",
    }
}

coded_enum! {
    /// Whether something is left to pay on a document.
    pub enum OpenOrPaid {
        /// Something is.
        Open = "open",
        /// It asks for nothing any more.
        Paid = "paid",
    }
}

/// Which documents are asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountingFilter {
    /// The first day of the period.
    pub from: NaiveDate,
    /// Its last day.
    pub until: NaiveDate,
    /// By which day a document belongs to it.
    pub by: DocumentDay,
    /// Of one kind.
    pub kind: Option<DocumentKind>,
    /// Open ones, or paid ones.
    pub paid: Option<OpenOrPaid>,
    /// A part of the customer's name or IČO, or of the document's number.
    pub search: String,
}

impl AccountingFilter {
    /// All documents of a period by the day of the tax: of the last month that is over, unless days are named. No period is
    /// longer than a year.
    #[must_use]
    pub fn of(from: Option<NaiveDate>, until: Option<NaiveDate>, today: NaiveDate) -> Self {
        // Nobody has issued anything further away, and no calendar ends there.
        let within = |day: NaiveDate| day.clamp(today - TimeDelta::days(36_525), today + TimeDelta::days(366));
        let (from, until) = match (from.map(within), until.map(within)) {
            (Some(from), Some(until)) => (from.min(until), until.max(from)),
            (Some(from), None) => (from, last_of_month(from)),
            (None, Some(until)) => (first_of_month(until), until),
            (None, None) => {
                let from = first_of_month(today).checked_sub_months(Months::new(1)).unwrap_or(today);
                (from, last_of_month(from))
            }
        };
        let longest = from.checked_add_days(Days::new(LONGEST - 1)).unwrap_or(from);
        Self { from, until: until.min(longest), by: DocumentDay::Tax, kind: None, paid: None, search: String::new() }
    }

    /// The same, of what is searched for only.
    #[must_use]
    pub fn searched(self, typed: &str) -> Self {
        Self { search: typed.trim().chars().take(SEARCH_MAX).collect(), ..self }
    }
}

/// The first day of a day's month.
#[must_use]
pub fn first_of_month(day: NaiveDate) -> NaiveDate {
    day.with_day(1).unwrap_or(day)
}

/// The last day of a day's month.
#[must_use]
pub fn last_of_month(day: NaiveDate) -> NaiveDate {
    let next = first_of_month(day).checked_add_months(Months::new(1));
    next.and_then(|next| next.pred_opt()).unwrap_or(day)
}

/// Whether a month is over, so that it can be locked: what is documented late then has a day to go to.
#[must_use]
pub fn is_over(month: NaiveDate, today: NaiveDate) -> bool {
    first_of_month(month) == month && last_of_month(month) < today
}

/// A document of the period.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountedDocument {
    /// The row under which it is kept.
    pub id: DocumentId,
    /// Its number.
    pub number: String,
    /// What it is.
    pub kind: DocumentKind,
    /// The customer's name as it is now.
    pub customer: String,
    /// The organisation's number.
    pub ico: String,
    /// The local day on which it was issued.
    pub issued_on: NaiveDate,
    /// The day of the tax.
    pub supplied_on: Option<NaiveDate>,
    /// Until when it is to be paid.
    pub due_on: Option<NaiveDate>,
    /// The sum without VAT.
    pub base: Money,
    /// The tax.
    pub tax: Money,
    /// The sum including VAT.
    pub total: Money,
    /// What is left to pay.
    pub open: Money,
}

/// What was taxed on a day by one rate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct VatDay {
    /// The day of the tax.
    pub day: NaiveDate,
    /// Base, tax and total, less what was credited.
    pub row: TaxRow,
}

/// What documents are taxed with, by day and rate from the highest.
#[must_use]
pub fn days_of(documents: &[TaxDocument]) -> Vec<VatDay> {
    let mut days: Vec<VatDay> = Vec::new();
    for document in documents {
        let Some(day) = document.content.supplied_on else { continue };
        for tax in &document.content.taxes {
            match days.iter_mut().find(|known| known.day == day && known.row.vat == tax.vat) {
                Some(VatDay { row, .. }) => {
                    let (base, tax, total) = (row.base + tax.base, row.tax + tax.tax, row.total + tax.total);
                    *row = TaxRow { vat: row.vat, base, tax, total };
                }
                None => days.push(VatDay { day, row: *tax }),
            }
        }
    }
    days.sort_by(|one, other| (one.day, other.row.vat).cmp(&(other.day, one.row.vat)));
    days
}

/// What was taxed in all, per rate from the highest.
#[must_use]
pub fn rates_of(days: &[VatDay]) -> Vec<TaxRow> {
    let mut rates: Vec<VatRate> = days.iter().map(|day| day.row.vat).collect();
    rates.sort_unstable_by(|one, other| other.cmp(one));
    rates.dedup();
    let sum = |vat: VatRate, part: fn(&TaxRow) -> Money| -> Money {
        days.iter().filter(|day| day.row.vat == vat).map(|day| part(&day.row)).sum()
    };
    rates
        .into_iter()
        .map(|vat| TaxRow {
            vat,
            base: sum(vat, |row| row.base),
            tax: sum(vat, |row| row.tax),
            total: sum(vat, |row| row.total),
        })
        .collect()
}

/// A payment in the control list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountedPayment {
    /// When it came, or went back.
    pub day: NaiveDate,
    /// Whose it was.
    pub customer: String,
    /// The organisation's number.
    pub ico: String,
    /// The document, the invoice from before or the purchase that it pays.
    pub pays: String,
    /// How much; negative for what went back.
    pub amount: Money,
    /// How it came or went.
    pub method: PaymentMethod,
}

/// A period as it is handed over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccountedPeriod {
    /// What was issued and fits, in that order.
    pub documents: Vec<TaxDocument>,
    /// What of that was taxed.
    pub days: Vec<VatDay>,
    /// What came.
    pub payments: Vec<AccountedPayment>,
}

/// A month of VAT.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct VatMonth {
    /// Its first day.
    pub month: NaiveDate,
    /// Whether no document can come to it any more.
    pub is_locked: bool,
    /// Why it was opened again, if it was.
    pub reason: String,
}

/// What `/sales/accounting` shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountingPage {
    /// Which documents are listed.
    pub filter: AccountingFilter,
    /// A page of them, in the order in which they were issued.
    pub documents: CountedPage<AccountedDocument, DocumentId>,
    /// What was taxed in the period, day by day, whichever documents are listed.
    pub days: Vec<VatDay>,
    /// What came in the period.
    pub received: Money,
    /// What went back in it.
    pub returned: Money,
    /// The months that are over, the latest first.
    pub months: Vec<VatMonth>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::fixtures::{date, vat};

    fn span(from: Option<&str>, until: Option<&str>) -> (String, String) {
        let filter = AccountingFilter::of(from.map(date), until.map(date), date("2026-03-31"));
        (filter.from.to_string(), filter.until.to_string())
    }

    #[test]
    fn a_period_is_the_last_month_that_is_over_unless_days_are_named() {
        let of = |from: &str, until: &str| (from.to_owned(), until.to_owned());
        assert_eq!(span(None, None), of("2026-02-01", "2026-02-28"));
        assert_eq!(span(Some("2024-02-10"), None), of("2024-02-10", "2024-02-29"));
        assert_eq!(span(None, Some("2026-01-15")), of("2026-01-01", "2026-01-15"));
        assert_eq!(span(Some("2026-03-05"), Some("2026-01-15")), of("2026-01-15", "2026-03-05"), "the wrong way round");
        assert_eq!(
            span(Some("0001-01-01"), Some("+262142-01-01")).0,
            "1926-03-31",
            "no further than somebody remembers"
        );
        assert_eq!(span(Some("2020-01-01"), Some("2026-01-01")), of("2020-01-01", "2020-12-31"), "a year at most");
    }

    #[test]
    fn a_month_can_be_locked_when_it_is_over() {
        let over = |month: &str, today: &str| is_over(date(month), date(today));
        assert!(over("2026-10-01", "2026-11-01"));
        assert!(!over("2026-10-01", "2026-10-31"), "its last day is not over");
        assert!(!over("2026-10-02", "2026-12-01"), "that is no month");
    }

    #[test]
    fn rates_are_summed_over_the_days_with_what_was_credited() {
        let day = |day: &str, percent: u32, base: i64, tax: i64| VatDay {
            day: date(day),
            row: TaxRow {
                vat: vat(percent),
                base: Money::from_haler(base),
                tax: Money::from_haler(tax),
                total: Money::from_haler(base + tax),
            },
        };
        let days = [day("2026-10-01", 12, 100, 12), day("2026-10-02", 21, 1000, 210), day("2026-10-03", 21, -400, -84)];
        let sums: Vec<_> =
            rates_of(&days).iter().map(|row| (row.vat, row.base.haler(), row.tax.haler(), row.total.haler())).collect();
        assert_eq!(sums, [(vat(21), 600, 126, 726), (vat(12), 100, 12, 112)]);
        assert_eq!(rates_of(&[]), []);
    }
}
