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
    }
}

coded_enum! {
    /// What kind of file a bank statement is.
    pub enum StatementFormat {
        /// Records of fixed columns, also called ABO.
        Gpc = "gpc",
        /// A table.
        Csv = "csv",
    }
}

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
    /// Who imported it.
    pub by: String,
    /// Everything that was booked in it.
    pub lines: u32,
    /// What came in and no other statement had.
    pub incoming: u32,
    /// How many of those pay a document.
    pub matched: u32,
    /// How many of those wait for a decision.
    pub unmatched: u32,
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
}

/// Whether a payment settles the document whose symbol it bears; else why a person has to look at it. Only an exact payment
/// of what is left matches by itself.
///
/// # Errors
/// Why not.
pub fn matches(amount: Money, currency: &str, receivable: Option<&Receivable>) -> Result<(), Unmatched> {
    if currency != "CZK" {
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
    match amount.cmp(&left) {
        std::cmp::Ordering::Less => Err(Unmatched::Underpaid),
        std::cmp::Ordering::Equal => Ok(()),
        std::cmp::Ordering::Greater => Err(Unmatched::Overpaid),
    }
}

/// Whether a payment may be assigned to a document by a person, who may do what [`matches`] leaves alone: take a part, take too
/// much with a word about the rest, take what comes for a closed purchase. Only a paid document and foreign money pay nothing.
///
/// # Errors
/// Why not.
pub fn assignable(amount: Money, currency: &str, receivable: &Receivable) -> Result<Assigned, Unmatched> {
    match matches(amount, currency, Some(receivable)) {
        Err(
            reason @ (Unmatched::ForeignCurrency
            | Unmatched::AlreadyPaid
            | Unmatched::UnknownSymbol
            | Unmatched::Repeated
            | Unmatched::Ambiguous),
        ) => Err(reason),
        Ok(()) | Err(Unmatched::Underpaid | Unmatched::Overpaid | Unmatched::ClosedPurchase) => {
            Ok(match amount.cmp(&(receivable.total - receivable.paid)) {
                std::cmp::Ordering::Less => Assigned::Part,
                std::cmp::Ordering::Equal => Assigned::Whole,
                std::cmp::Ordering::Greater => Assigned::TooMuch,
            })
        }
    }
}

/// What a payment is to the document to which it is assigned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Assigned {
    /// More has to come.
    Part,
    /// All that was left.
    Whole,
    /// More than was left.
    TooMuch,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_an_exact_payment_of_what_is_left_matches_by_itself() {
        let crowns = |crowns: i64| Money::from_haler(crowns * 100);
        let open = Receivable { total: crowns(100), paid: Money::ZERO, purchase: Some(PurchaseState::AwaitingPayment) };
        let half = Receivable { paid: crowns(40), ..open };
        let paid = Receivable { paid: crowns(100), ..open };
        let closed = Receivable { purchase: Some(PurchaseState::Expired), ..open };
        assert_eq!(matches(crowns(100), "CZK", Some(&open)), Ok(()));
        assert_eq!(matches(crowns(60), "CZK", Some(&half)), Ok(()));
        assert_eq!(matches(crowns(100), "CZK", Some(&half)), Err(Unmatched::Overpaid));
        assert_eq!(matches(crowns(99), "CZK", Some(&open)), Err(Unmatched::Underpaid));
        assert_eq!(matches(crowns(100), "CZK", Some(&paid)), Err(Unmatched::AlreadyPaid));
        assert_eq!(matches(crowns(100), "CZK", Some(&closed)), Err(Unmatched::ClosedPurchase));
        assert_eq!(matches(crowns(100), "EUR", Some(&open)), Err(Unmatched::ForeignCurrency));
        assert_eq!(matches(crowns(100), "CZK", None), Err(Unmatched::UnknownSymbol));
    }

    #[test]
    fn a_person_may_take_a_part_too_much_and_what_comes_late() {
        let crowns = |crowns: i64| Money::from_haler(crowns * 100);
        let half = Receivable { total: crowns(100), paid: crowns(40), purchase: Some(PurchaseState::Expired) };
        assert_eq!(assignable(crowns(10), "CZK", &half), Ok(Assigned::Part));
        assert_eq!(assignable(crowns(60), "CZK", &half), Ok(Assigned::Whole));
        assert_eq!(assignable(crowns(61), "CZK", &half), Ok(Assigned::TooMuch));
        assert_eq!(assignable(crowns(60), "EUR", &half), Err(Unmatched::ForeignCurrency));
        let paid = Receivable { paid: crowns(100), ..half };
        assert_eq!(assignable(crowns(1), "CZK", &paid), Err(Unmatched::AlreadyPaid));
    }
}
