//! Payments by bank transfer: how a document asks for one, and what a payment that came in pays.

use std::{fmt, str::FromStr};

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::{
    purchases::{OrderNumber, OrderState},
    tax_documents::DocumentKind,
};
use crate::model::base::{
    codes::coded_enum,
    ids::{BankPaymentId, BankStatementId},
    money::Money,
    text::without_accents,
};

/// A variable symbol: one to ten digits; leading zeros do not count (Czech National Bank, Decree 169/2011 Coll.).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct VariableSymbol(u64);

impl fmt::Display for VariableSymbol {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl FromStr for VariableSymbol {
    type Err = InvalidVariableSymbol;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if text.is_empty() || text.len() > 10 || !text.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(InvalidVariableSymbol);
        }
        match text.parse() {
            Ok(0) | Err(_) => Err(InvalidVariableSymbol),
            Ok(number) => Ok(Self(number)),
        }
    }
}

impl Serialize for VariableSymbol {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for VariableSymbol {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

/// Not a variable symbol.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
#[error("a variable symbol has one to ten digits and is not zero")]
pub struct InvalidVariableSymbol;

/// A request for a payment as QR Platba encodes it (Short Payment Descriptor 1.0, qr-platba.cz).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaymentRequest<'a> {
    /// The account, without spaces.
    pub iban: &'a str,
    /// The bank.
    pub bic: &'a str,
    /// How much.
    pub amount: Money,
    /// Under which symbol.
    pub variable_symbol: VariableSymbol,
    /// Until when.
    pub due_on: Option<NaiveDate>,
    /// What the payer's statement says, at most 60 characters of it.
    pub message: &'a str,
    /// Who gets it, at most 35 characters of it.
    pub recipient: &'a str,
}

impl PaymentRequest<'_> {
    /// The text that the code encodes: `SPD*1.0*ACC:…*AM:…*CC:CZK*…`.
    #[must_use]
    pub fn spayd(&self) -> String {
        let mut text = format!("SPD*1.0*ACC:{}+{}*AM:{:.2}*CC:CZK", self.iban, self.bic, self.amount.to_crowns());
        if let Some(due_on) = self.due_on {
            text += &format!("*DT:{}", due_on.format("%Y%m%d"));
        }
        text += &format!("*X-VS:{}", self.variable_symbol);
        for (key, value, most) in [("MSG", self.message, 60), ("RN", self.recipient, 35)] {
            let value = spayd_text(value, most);
            if !value.is_empty() {
                text += &format!("*{key}:{value}");
            }
        }
        text
    }
}

/// Text as it may stand in a descriptor: plain capital letters, so that the code stays small and every bank reads it; no
/// asterisk, which ends a field.
fn spayd_text(text: &str, most: usize) -> String {
    let plain = without_accents(text);
    let plain = plain.chars().filter(|c| c.is_ascii_alphanumeric() || " $+-./:".contains(*c));
    plain.take(most).collect::<String>().trim().to_uppercase()
}

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
        /// The order was called off or has expired.
        ClosedOrder = "closed_order",
        /// Another statement has brought one that looks like it.
        Repeated = "repeated",
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
    /// Which.
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
    /// Its number, which is the variable symbol.
    pub number: String,
    /// What it is.
    pub kind: DocumentKind,
    /// Whose.
    pub customer: String,
    /// The order that it is about.
    pub order: Option<OrderNumber>,
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
    /// Which.
    pub id: BankStatementId,
    /// What the file was called.
    pub file_name: String,
    /// What kind of file it was.
    pub format: StatementFormat,
    /// When.
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

/// The manager's page of bank transfers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BankPage {
    /// The latest statements, the newest first.
    pub statements: Vec<ImportedStatement>,
    /// What waits for a decision, the oldest first.
    pub unmatched: Vec<BankPayment>,
}

/// A document that asks for a payment, as far as matching cares.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Receivable {
    /// What it asks for, including VAT.
    pub total: Money,
    /// What came in for it so far.
    pub paid: Money,
    /// The state of its order; none for a document that is about none.
    pub order: Option<OrderState>,
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
    if matches!(receivable.order, Some(OrderState::Cancelled | OrderState::Expired)) {
        return Err(Unmatched::ClosedOrder);
    }
    match amount.cmp(&left) {
        std::cmp::Ordering::Less => Err(Unmatched::Underpaid),
        std::cmp::Ordering::Equal => Ok(()),
        std::cmp::Ordering::Greater => Err(Unmatched::Overpaid),
    }
}

/// Whether a payment may be assigned to a document by a person, who may do what [`matches`] leaves alone: take a part, take too
/// much with a word about the rest, take what comes for a closed order. Only a paid document and foreign money pay nothing.
///
/// # Errors
/// Why not.
pub fn assignable(amount: Money, currency: &str, receivable: &Receivable) -> Result<Assigned, Unmatched> {
    match matches(amount, currency, Some(receivable)) {
        Err(
            reason @ (Unmatched::ForeignCurrency
            | Unmatched::AlreadyPaid
            | Unmatched::UnknownSymbol
            | Unmatched::Repeated),
        ) => Err(reason),
        Ok(()) | Err(Unmatched::Underpaid | Unmatched::Overpaid | Unmatched::ClosedOrder) => {
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

/// The account as an IBAN (Decree 169/2011 Coll.: `CZ`, check digits, bank, prefix, number; ISO 13616).
///
/// * `account` – as Czechs write it, `19-2000145399/0800`
#[must_use]
pub fn iban(account: &str) -> Option<String> {
    let (number, bank) = account.split_once('/')?;
    let (prefix, number) = number.split_once('-').unwrap_or(("", number));
    let digits = |text: &str, most: usize| text.len() <= most && text.bytes().all(|byte| byte.is_ascii_digit());
    if bank.len() != 4 || number.len() < 2 || !digits(bank, 4) || !digits(prefix, 6) || !digits(number, 10) {
        return None;
    }
    let bban = format!("{bank}{prefix:0>6}{number:0>10}");
    // C = 12, Z = 35; the check digits are what makes the whole 1 modulo 97.
    let remainder = format!("{bban}123500").bytes().fold(0, |rest, digit| (rest * 10 + u32::from(digit - b'0')) % 97);
    Some(format!("CZ{:02}{bban}", 98 - remainder))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::fixtures::date;

    #[test]
    fn a_variable_symbol_is_a_number() {
        for (text, shown) in [
            ("1", "1"),
            ("0002026100001", ""),
            ("2026100001", "2026100001"),
            ("007", "7"),
            ("0", ""),
            ("", ""),
            ("12a", ""),
            ("+1", ""),
        ] {
            assert_eq!(
                text.parse().map(|symbol: VariableSymbol| symbol.to_string()).unwrap_or_default(),
                shown,
                "{text}"
            );
        }
    }

    #[test]
    fn a_payment_request_reads_as_its_standard_says() {
        let request = PaymentRequest {
            iban: "CZ6508000000192000145399",
            bic: "GIBACZPX",
            amount: Money::from_haler(319_440),
            variable_symbol: "2026100001".parse().unwrap(),
            due_on: Some(date("2026-12-07")),
            message: "Předplatné 120 min *2026*",
            recipient: "Linka software s.r.o.",
        };
        assert_eq!(
            request.spayd(),
            "SPD*1.0*ACC:CZ6508000000192000145399+GIBACZPX*AM:3194.40*CC:CZK*DT:20261207*X-VS:2026100001\
             *MSG:PREDPLATNE 120 MIN 2026*RN:LINKA SOFTWARE S.R.O."
        );
    }

    #[test]
    fn an_account_has_its_iban() {
        assert_eq!(iban("19-2000145399/0800").as_deref(), Some("CZ6508000000192000145399"));
        assert_eq!(iban("2000145399/0800").map(|iban| iban.len()), Some(24));
        for none in ["", "1/0800", "19-2000145399", "19-2000145399/08000", "1234567-2000145399/0800", "a-12/0800"] {
            assert_eq!(iban(none), None, "{none}");
        }
    }

    #[test]
    fn only_an_exact_payment_of_what_is_left_matches_by_itself() {
        let crowns = |crowns: i64| Money::from_haler(crowns * 100);
        let open = Receivable { total: crowns(100), paid: Money::ZERO, order: Some(OrderState::AwaitingPayment) };
        let half = Receivable { paid: crowns(40), ..open };
        let paid = Receivable { paid: crowns(100), ..open };
        let closed = Receivable { order: Some(OrderState::Expired), ..open };
        assert_eq!(matches(crowns(100), "CZK", Some(&open)), Ok(()));
        assert_eq!(matches(crowns(60), "CZK", Some(&half)), Ok(()));
        assert_eq!(matches(crowns(100), "CZK", Some(&half)), Err(Unmatched::Overpaid));
        assert_eq!(matches(crowns(99), "CZK", Some(&open)), Err(Unmatched::Underpaid));
        assert_eq!(matches(crowns(100), "CZK", Some(&paid)), Err(Unmatched::AlreadyPaid));
        assert_eq!(matches(crowns(100), "CZK", Some(&closed)), Err(Unmatched::ClosedOrder));
        assert_eq!(matches(crowns(100), "EUR", Some(&open)), Err(Unmatched::ForeignCurrency));
        assert_eq!(matches(crowns(100), "CZK", None), Err(Unmatched::UnknownSymbol));
    }

    #[test]
    fn a_person_may_take_a_part_too_much_and_what_comes_late() {
        let crowns = |crowns: i64| Money::from_haler(crowns * 100);
        let half = Receivable { total: crowns(100), paid: crowns(40), order: Some(OrderState::Expired) };
        assert_eq!(assignable(crowns(10), "CZK", &half), Ok(Assigned::Part));
        assert_eq!(assignable(crowns(60), "CZK", &half), Ok(Assigned::Whole));
        assert_eq!(assignable(crowns(61), "CZK", &half), Ok(Assigned::TooMuch));
        assert_eq!(assignable(crowns(60), "EUR", &half), Err(Unmatched::ForeignCurrency));
        let paid = Receivable { paid: crowns(100), ..half };
        assert_eq!(assignable(crowns(1), "CZK", &paid), Err(Unmatched::AlreadyPaid));
    }
}
