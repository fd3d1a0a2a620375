//! Payments by bank transfer: how a document asks for one, and what a payment that came in pays.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::{
    purchases::{PurchaseNumber, PurchaseState},
    tax_documents::DocumentKind,
};
use crate::model::base::{
    codes::coded_enum,
    ids::{BankPaymentId, BankStatementId},
    money::Money,
};

coded_enum! {
    /// Why a payment was not matched by itself.
    pub enum Unmatched {
        /// It bears no variable symbol.
        NoSymbol = "no_symbol",
        /// It was booked long ago or far ahead, or before the document that it would pay was issued.
        OddDay = "odd_day",
        /// No document has its variable symbol.
        UnknownSymbol = "unknown_symbol",
        /// It is less than what is to be paid.
        Underpaid = "underpaid",
        /// It is more than what is to be paid.
        Overpaid = "overpaid",
        /// The document is paid.
        AlreadyPaid = "already_paid",
        /// It is not in Czech crowns.
        ForeignCurrency = "foreign_currency",
        /// The purchase was called off or has expired.
        ClosedPurchase = "closed_purchase",
        /// Another statement has brought one that looks like it.
        Repeated = "repeated",
        /// Several invoices have its variable symbol.
        Ambiguous = "ambiguous",
        /// What was decided about it was taken back.
        Undone = "undone",
    }
}

coded_enum! {
    /// What kind of file a bank statement is.
    pub enum StatementFormat {
        /// Records of fixed columns, also called ABO.
        Gpc = "gpc",
        /// A table.
        Csv = "csv",
        /// CAMT.053, the banks' common XML.
        Camt = "camt",
        /// MT940, SWIFT's tags.
        Mt940 = "mt940",
    }
}

coded_enum! {
    /// From where a statement came.
    pub enum StatementSource {
        /// A manager uploaded it.
        Upload = "upload",
        /// It lay in the folder for statements.
        Folder = "folder",
        /// Fio's interface told it.
        Fio = "fio",
    }
}

coded_enum! {
    /// How a bank numbers what it undoes in ABO: a debit, and a credit.
    pub enum ReversalCodes {
        /// Česká spořitelna.
        ThreeFour = "3_4",
        /// All others.
        FourFive = "4_5",
    }
}

/// The sums of a statement: by how much the account changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Controls {
    /// As the statement says it.
    pub told: Money,
    /// As all its rows add up.
    pub found: Money,
}

impl Controls {
    /// Whether nothing is missing and nothing too much.
    #[must_use]
    pub fn agree(self) -> bool {
        self.told == self.found
    }
}

/// The most days between the booking of a payment that matches by itself and today: a year typed wrong, or a file of another
/// year, would become the day of a tax document.
pub const MOST_DAYS_AWAY: i64 = 60;

coded_enum! {
    /// Why a file cannot be read as a bank statement.
    pub enum StatementFault {
        /// There is nothing in it.
        Empty = "empty",
        /// It is neither of the formats, or its columns are no bank's.
        UnknownFormat = "unknown_format",
        /// It has more lines than any statement.
        TooLong = "too_long",
        /// A line ends too early.
        ShortLine = "short_line",
        /// A date is none.
        BadDate = "bad_date",
        /// An amount is none, or could be read in two ways.
        BadAmount = "bad_amount",
        /// What says whether money came or went says neither.
        BadCode = "bad_code",
        /// It is no record that such a statement has.
        UnknownRecord = "unknown_record",
        /// It undoes something, and nothing in the file says what.
        UnclearReversal = "unclear_reversal",
        /// A quote begins and does not end.
        OpenQuote = "open_quote",
        /// The bank has not booked it yet.
        NotBooked = "not_booked",
        /// The file is no whole XML.
        BrokenXml = "broken_xml",
        /// It is of an account that is not ours.
        ForeignAccount = "foreign_account",
    }
}

/// Where and why a file cannot be read as a bank statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct StatementRefused {
    /// The line, counted from one.
    pub line: u32,
    /// What is wrong with it.
    pub fault: StatementFault,
}

impl StatementRefused {
    /// Says that a line has a fault.
    #[must_use]
    pub fn new(line: usize, fault: StatementFault) -> Self {
        Self { line: u32::try_from(line).unwrap_or(u32::MAX), fault }
    }
}

coded_enum! {
    /// What became of a payment that came in.
    pub enum PaymentState {
        /// A person has to decide.
        Unmatched = "unmatched",
        /// It pays a document.
        Matched = "matched",
        /// It pays nothing of ours.
        SetAside = "set_aside",
    }
}

/// A payment that waits for a decision.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BankPayment {
    /// The row that a manager decides on.
    pub id: BankPaymentId,
    /// The day on which the bank booked it.
    pub booked_on: NaiveDate,
    /// How much.
    pub amount: Money,
    /// In which currency.
    pub currency: String,
    /// The variable symbol; empty without one.
    pub variable_symbol: String,
    /// The payer's account.
    pub counter_account: String,
    /// The payer's name.
    pub counter_name: String,
    /// What the payer wrote.
    pub message: String,
    /// Why it was not matched by itself.
    pub reason: Unmatched,
    /// The document that its symbol names.
    pub document: Option<Payable>,
    /// What else it may pay, the likeliest first.
    pub candidates: Vec<Candidate>,
}

coded_enum! {
    /// What speaks for a payment being of a document, the weightiest first.
    pub enum Likeness {
        /// Its message names the document's number.
        Symbol = "symbol",
        /// It is exactly what is left.
        Amount = "amount",
        /// Its account has paid for the customer before.
        Account = "account",
        /// Its message names the customer's IČO.
        Ico = "ico",
    }
}

/// A document that a payment may pay though its symbol does not name it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Candidate {
    /// The document.
    pub document: Payable,
    /// What speaks for it, the weightiest first; at least one thing.
    pub because: Vec<Likeness>,
}

/// The most candidates that one payment has.
pub const MOST_CANDIDATES: usize = 3;

/// The candidates in the order in which they are offered: by what speaks for them, the weightiest first, then by what is due first.
#[must_use]
pub fn ranked(mut candidates: Vec<Candidate>) -> Vec<Candidate> {
    let weight = |candidate: &Candidate| {
        let of = |likeness: &Likeness| match likeness {
            Likeness::Symbol => 8,
            Likeness::Amount => 4,
            Likeness::Account => 3,
            Likeness::Ico => 2,
        };
        candidate.because.iter().map(of).sum::<u32>()
    };
    candidates.sort_by(|one, other| {
        weight(other).cmp(&weight(one)).then_with(|| {
            (one.document.due_on, &one.document.number).cmp(&(other.document.due_on, &other.document.number))
        })
    });
    candidates.truncate(MOST_CANDIDATES);
    candidates
}

/// A document that asks for a payment, as staff see it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Payable {
    /// Its number, which is the variable symbol of a document of ours.
    pub number: String,
    /// What it is; none for an invoice from before Linka.
    pub kind: Option<DocumentKind>,
    /// The name of the customer to whom it was issued.
    pub customer: String,
    /// The purchase that it is about.
    pub purchase: Option<PurchaseNumber>,
    /// Until when it is to be paid.
    pub due_on: Option<NaiveDate>,
    /// What it asks for, including VAT.
    pub total: Money,
    /// What came in for it so far.
    pub paid: Money,
}

impl Payable {
    /// What is yet to be paid.
    #[must_use]
    pub fn left(&self) -> Money {
        (self.total - self.paid).max(Money::ZERO)
    }
}

/// A statement that was imported, and what came of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportedStatement {
    /// The row under which it is kept.
    pub id: BankStatementId,
    /// What the file was called.
    pub file_name: String,
    /// What kind of file it was.
    pub format: StatementFormat,
    /// When the file was taken in.
    pub imported_at: DateTime<Utc>,
    /// From where it came.
    pub source: StatementSource,
    /// Who uploaded it; nobody where it came by itself.
    pub by: Option<String>,
    /// Everything that was booked in it.
    pub lines: u32,
    /// What came in and no other statement had.
    pub incoming: u32,
    /// How many of those pay a document.
    pub matched: u32,
    /// How many of those wait for a decision.
    pub unmatched: u32,
    /// Its rows that could not be read, the first [`MOST_UNREAD`] of them; no [`lines`](Self::lines).
    pub unread: Vec<StatementRefused>,
    /// How many there are.
    pub unread_count: u32,
    /// By how much the account changed, as the statement says it; none where it does not.
    pub told: Option<Money>,
    /// The same, as its rows add up.
    pub found: Option<Money>,
}

/// How many rows that cannot be read are named one by one.
pub const MOST_UNREAD: usize = 20;

impl ImportedStatement {
    /// The sums of the file, where it has some.
    #[must_use]
    pub fn controls(&self) -> Option<Controls> {
        self.told.zip(self.found).map(|(told, found)| Controls { told, found })
    }
}

/// A document that asks for a payment, as far as matching cares.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Receivable {
    /// What it asks for, including VAT.
    pub total: Money,
    /// What came in for it so far.
    pub paid: Money,
    /// The state of its purchase; none for a document that is about none.
    pub purchase: Option<PurchaseState>,
    /// The day on which it was issued.
    pub issued_on: NaiveDate,
}

/// What came in, as far as matching cares.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Incoming<'a> {
    /// How much.
    pub amount: Money,
    /// In which currency.
    pub currency: &'a str,
    /// On which day the bank booked it.
    pub booked_on: NaiveDate,
}

/// Whether a payment settles the document whose symbol it bears; else why a person has to look at it. Only an exact payment
/// of what is left matches by itself.
///
/// # Errors
/// Why not.
pub fn matches(payment: Incoming<'_>, receivable: Option<&Receivable>, today: NaiveDate) -> Result<(), Unmatched> {
    if payment.currency != "CZK" {
        return Err(Unmatched::ForeignCurrency);
    }
    let receivable = receivable.ok_or(Unmatched::UnknownSymbol)?;
    let left = receivable.total - receivable.paid;
    if left <= Money::ZERO {
        return Err(Unmatched::AlreadyPaid);
    }
    if matches!(receivable.purchase, Some(PurchaseState::Cancelled | PurchaseState::Expired)) {
        return Err(Unmatched::ClosedPurchase);
    }
    match payment.amount.cmp(&left) {
        std::cmp::Ordering::Less => return Err(Unmatched::Underpaid),
        std::cmp::Ordering::Equal => {}
        std::cmp::Ordering::Greater => return Err(Unmatched::Overpaid),
    }
    let days_away = (today - payment.booked_on).num_days().abs();
    if days_away > MOST_DAYS_AWAY || payment.booked_on < receivable.issued_on {
        return Err(Unmatched::OddDay);
    }
    Ok(())
}

/// Whether a payment may be assigned to a document by a person, who may do what [`matches`] leaves alone: take a part, take what
/// comes for a closed purchase, and take too much, even for a document that is paid: what is too much is the customer's balance.
/// Only foreign money pays nothing.
///
/// # Errors
/// Why not.
pub fn assignable(amount: Money, currency: &str, receivable: &Receivable) -> Result<Assigned, Unmatched> {
    if currency != "CZK" {
        return Err(Unmatched::ForeignCurrency);
    }
    let left = (receivable.total - receivable.paid).max(Money::ZERO);
    Ok(match amount.cmp(&left) {
        std::cmp::Ordering::Less => Assigned::Part,
        std::cmp::Ordering::Equal => Assigned::Whole,
        std::cmp::Ordering::Greater => Assigned::TooMuch { excess: amount - left },
    })
}

/// What a payment is to the document to which it is assigned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Assigned {
    /// More has to come.
    Part,
    /// All that was left.
    Whole,
    /// More than was left.
    TooMuch {
        /// By how much.
        excess: Money,
    },
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::fixtures::date;

    fn crowns(crowns: i64) -> Money {
        Money::from_haler(crowns * 100)
    }

    fn open() -> Receivable {
        Receivable {
            total: crowns(100),
            paid: Money::ZERO,
            purchase: Some(PurchaseState::AwaitingPayment),
            issued_on: date("2026-11-20"),
        }
    }

    fn verdict(amount: i64, currency: &str, booked_on: &str, receivable: Option<&Receivable>) -> Result<(), Unmatched> {
        let payment = Incoming { amount: crowns(amount), currency, booked_on: date(booked_on) };
        matches(payment, receivable, date("2026-11-24"))
    }

    #[test]
    fn only_an_exact_payment_of_what_is_left_matches_by_itself() {
        let open = open();
        let half = Receivable { paid: crowns(40), ..open };
        let paid = Receivable { paid: crowns(100), ..open };
        let closed = Receivable { purchase: Some(PurchaseState::Expired), ..open };
        let day = "2026-11-23";
        assert_eq!(verdict(100, "CZK", day, Some(&open)), Ok(()));
        assert_eq!(verdict(60, "CZK", day, Some(&half)), Ok(()));
        assert_eq!(verdict(100, "CZK", day, Some(&half)), Err(Unmatched::Overpaid));
        assert_eq!(verdict(99, "CZK", day, Some(&open)), Err(Unmatched::Underpaid));
        assert_eq!(verdict(100, "CZK", day, Some(&paid)), Err(Unmatched::AlreadyPaid));
        assert_eq!(verdict(100, "CZK", day, Some(&closed)), Err(Unmatched::ClosedPurchase));
        for foreign in ["EUR", "SEK", "XXX"] {
            assert_eq!(verdict(100, foreign, day, Some(&open)), Err(Unmatched::ForeignCurrency), "{foreign}");
        }
        assert_eq!(verdict(100, "CZK", day, None), Err(Unmatched::UnknownSymbol));
    }

    #[test]
    fn a_day_long_ago_far_ahead_or_before_the_document_waits_for_a_person() {
        let open = open();
        let old = Receivable { issued_on: date("2013-01-01"), ..open };
        for (day, receivable, expected) in [
            ("2026-11-20", &open, Ok(())),
            ("2026-11-19", &open, Err(Unmatched::OddDay)),
            ("2014-01-05", &open, Err(Unmatched::OddDay)),
            ("2014-01-05", &old, Err(Unmatched::OddDay)),
            ("2026-09-25", &old, Ok(())),
            ("2026-09-24", &old, Err(Unmatched::OddDay)),
            ("2027-01-23", &open, Ok(())),
            ("2027-01-24", &open, Err(Unmatched::OddDay)),
        ] {
            assert_eq!(verdict(100, "CZK", day, Some(receivable)), expected, "{day}");
        }
    }

    #[test]
    fn candidates_are_ranked_by_what_speaks_for_them() {
        let candidate = |number: &str, due_on: &str, because: &[Likeness]| Candidate {
            document: Payable {
                number: number.to_owned(),
                kind: Some(DocumentKind::Proforma),
                customer: "Škola".to_owned(),
                purchase: None,
                due_on: Some(date(due_on)),
                total: crowns(100),
                paid: Money::ZERO,
            },
            because: because.to_vec(),
        };
        let found = ranked(vec![
            candidate("5", "2026-11-01", &[Likeness::Ico]),
            candidate("4", "2026-11-03", &[Likeness::Amount]),
            candidate("3", "2026-11-02", &[Likeness::Amount]),
            candidate("2", "2026-11-09", &[Likeness::Amount, Likeness::Account]),
            candidate("1", "2026-11-09", &[Likeness::Symbol]),
        ]);
        let numbers: Vec<&str> = found.iter().map(|candidate| candidate.document.number.as_str()).collect();
        assert_eq!(numbers, ["1", "2", "3"]);
    }

    #[test]
    fn a_person_may_take_a_part_too_much_and_what_comes_late() {
        let half = Receivable { paid: crowns(40), purchase: Some(PurchaseState::Expired), ..open() };
        assert_eq!(assignable(crowns(10), "CZK", &half), Ok(Assigned::Part));
        assert_eq!(assignable(crowns(60), "CZK", &half), Ok(Assigned::Whole));
        assert_eq!(assignable(crowns(61), "CZK", &half), Ok(Assigned::TooMuch { excess: crowns(1) }));
        assert_eq!(assignable(crowns(60), "EUR", &half), Err(Unmatched::ForeignCurrency));
        let paid = Receivable { paid: crowns(100), ..half };
        let all_of_it = Assigned::TooMuch { excess: crowns(1) };
        assert_eq!(assignable(crowns(1), "CZK", &paid), Ok(all_of_it));
        let overpaid = Receivable { paid: crowns(120), ..half };
        assert_eq!(assignable(crowns(1), "CZK", &overpaid), Ok(all_of_it), "never more than came");
    }
}
