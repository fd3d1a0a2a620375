//! The purchase of a bundle: its number, where it is in its life, what happened to it (design, Purchase).
//!
//! News of a payment arrives late, twice and in any order: from Stripe's events, the return page, reconciliation, the bank.
//! So a purchase keeps *facts*, and a fact once learnt stays: the columns of the table `purchase`, from which the database
//! derives the [`PurchaseState`] (`migrations/0010`). However the same news is ordered, it ends in the same state; the tests
//! hold it against a reference that says so in other words.

#[cfg(test)]
mod tests;

use std::{fmt, str::FromStr};

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use super::bundles::MOST_PIECES;
use crate::model::base::{
    codes::coded_enum,
    fields::{FieldCode, FieldProblem, keep_line},
    ids::{BundleId, PurchaseId},
    money::{Money, VatRate},
    numbers::YearSerial,
    text::spelled_in_json,
};

/// How long a purchase can be paid by card. It lapses then, and nothing is owed.
pub const CARD_PAYABLE: TimeDelta = TimeDelta::hours(1);

/// The most characters of the customer's own reference.
pub const REFERENCE_MAX: usize = 60;

/// The number of a purchase as people say it: `B2026-000123`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PurchaseNumber(YearSerial);

impl PurchaseNumber {
    /// The calendar year.
    #[must_use]
    pub const fn year(self) -> u16 {
        self.0.year()
    }
}

impl fmt::Display for PurchaseNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "B{}", self.0)
    }
}

impl FromStr for PurchaseNumber {
    type Err = InvalidPurchaseNumber;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        text.strip_prefix('B').and_then(|rest| rest.parse().ok()).map(Self).ok_or(InvalidPurchaseNumber)
    }
}

spelled_in_json!(PurchaseNumber);

/// Not the number of a purchase.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
#[error("a purchase's number looks like B2026-000123")]
pub struct InvalidPurchaseNumber;

coded_enum! {
    /// How a purchase is paid.
    pub enum PaymentMethod {
        /// By card, at once.
        Card = "card",
        /// By bank transfer, on a proforma or, by a trusted customer, on an invoice.
        Transfer = "transfer",
    }
}

coded_enum! {
    /// Where a purchase is in its life.
    pub enum PurchaseState {
        /// Placed; the way to pay is being prepared.
        Created = "created",
        /// The customer can pay.
        AwaitingPayment = "awaiting_payment",
        /// The money is there.
        Paid = "paid",
        /// A part of the money went back.
        PartlyRefunded = "partly_refunded",
        /// All of the money went back.
        Refunded = "refunded",
        /// The customer's bank asks for the money back, or took it back. What was left of the minutes is frozen.
        Disputed = "disputed",
        /// The customer gave up before paying.
        Cancelled = "cancelled",
        /// Nobody paid in time.
        Expired = "expired",
    }
}

coded_enum! {
    /// How a purchase ended without a payment, in the order in which one overrides the other.
    pub enum Closing {
        /// Nobody paid in time.
        Expired = "expired",
        /// Somebody called it off.
        Cancelled = "cancelled",
    }
}

coded_enum! {
    /// A dispute over a payment, in the order in which it goes on: what was lost may be won after all.
    pub enum Dispute {
        /// There is none, or the bank only asks.
        None = "none",
        /// The bank looks into it; the money is gone for the time being.
        Open = "open",
        /// The money went back to the customer.
        Lost = "lost",
        /// The money came back to us.
        Won = "won",
    }
}

coded_enum! {
    /// What happened to a purchase.
    pub enum PurchaseEventKind {
        /// It was made.
        Created = "created",
        /// The customer could pay.
        PaymentStarted = "payment_started",
        /// A try to pay failed.
        PaymentFailed = "payment_failed",
        /// The money came.
        Paid = "paid",
        /// The minutes were credited.
        Credited = "credited",
        /// It was called off.
        Cancelled = "cancelled",
        /// Nobody paid in time.
        Expired = "expired",
        /// Money is to be returned.
        RefundRequested = "refund_requested",
        /// Money was returned.
        Refunded = "refunded",
        /// Money that was returned came back.
        RefundFailed = "refund_failed",
        /// What is not owed any more, or went back past us, was credited.
        CreditNoteIssued = "credit_note_issued",
        /// A payment turned out to be another's, and was taken back.
        PaymentUndone = "payment_undone",
        /// The customer's bank asks for the money.
        DisputeOpened = "dispute_opened",
        /// The money stays.
        DisputeWon = "dispute_won",
        /// The money is gone.
        DisputeLost = "dispute_lost",
    }
}

/// A line of a purchase's history.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PurchaseEvent {
    /// When it happened.
    pub at: DateTime<Utc>,
    /// What happened.
    pub kind: PurchaseEventKind,
    /// The name of the person who did it; none when it was Stripe, the bank or the system.
    pub by: Option<String>,
    /// What was said about it.
    pub note: String,
}

/// A purchase as it was made, and what became of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Purchase {
    /// The key of the form that made it; links within the program use it.
    pub id: PurchaseId,
    /// Its number.
    pub number: PurchaseNumber,
    /// Of which bundle.
    pub bundle: BundleId,
    /// How many pieces.
    pub quantity: u32,
    /// The minutes of all of them.
    pub minutes: u32,
    /// The price of all of them, without VAT.
    pub price: Money,
    /// The rate of VAT.
    pub vat: VatRate,
    /// The price of all of them, including VAT.
    pub total: Money,
    /// How long they can be drawn, in months.
    pub validity_months: u32,
    /// The customer's own reference.
    pub reference: String,
    /// How it is paid.
    pub method: PaymentMethod,
    /// Whether its minutes are credited before the payment.
    pub at_once: bool,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// When the money came.
    pub paid_at: Option<DateTime<Utc>>,
    /// The money that went back, including VAT.
    pub refunded: Money,
    /// The dispute over its payment.
    pub dispute: Dispute,
    /// Where it is in its life.
    pub state: PurchaseState,
}

impl Purchase {
    /// The most that Stripe takes by card in crowns, including VAT.
    pub const CARD_MAX: Money = Money::from_haler(99_999_999);

    /// Whether its money is still to come.
    #[must_use]
    pub const fn is_unpaid(&self) -> bool {
        matches!(self.state, PurchaseState::Created | PurchaseState::AwaitingPayment)
    }

    /// Whether its minutes were credited on an invoice that is yet to be paid.
    #[must_use]
    pub const fn is_owed(&self) -> bool {
        self.is_unpaid() && self.at_once
    }

    /// Whether the customer may call it off. Minutes that were credited at once are owed.
    #[must_use]
    pub const fn may_be_cancelled(&self) -> bool {
        self.is_unpaid() && !self.at_once
    }
}

/// A purchase as it was typed into the form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TypedPurchase {
    /// How many pieces.
    pub quantity: String,
    /// The customer's own reference.
    pub reference: String,
    /// How it is to be paid, if anything was chosen.
    pub method: Option<PaymentMethod>,
    /// What the form said that it comes to, including VAT.
    pub shown: Money,
}

/// A purchase that can be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckedPurchase {
    /// How many pieces.
    pub quantity: u32,
    /// The customer's own reference.
    pub reference: String,
    /// How it is to be paid.
    pub method: PaymentMethod,
    /// What the form said that it comes to, including VAT.
    pub shown: Money,
}

impl TypedPurchase {
    /// The purchase, or every field that is not right.
    ///
    /// * `card` – whether payments by card are taken
    ///
    /// # Errors
    /// What is wrong, in the order of the form.
    pub fn check(&self, card: bool) -> Result<CheckedPurchase, Vec<FieldProblem>> {
        let quantity = check_quantity(&self.quantity);
        let reference = keep_line(&self.reference, 0..=REFERENCE_MAX);
        let method = match self.method {
            None => Err(FieldCode::Missing),
            Some(PaymentMethod::Card) if !card => Err(FieldCode::Unknown),
            Some(method) => Ok(method),
        };
        match (quantity, reference, method) {
            (Ok(quantity), Ok(reference), Ok(method)) => {
                Ok(CheckedPurchase { quantity, reference, method, shown: self.shown })
            }
            (quantity, reference, method) => {
                Err([("quantity", quantity.err()), ("reference", reference.err()), ("method", method.err())]
                    .into_iter()
                    .filter_map(|(field, code)| code.map(|code| FieldProblem::new(field, code)))
                    .collect())
            }
        }
    }
}

/// How many pieces were typed.
///
/// # Errors
/// Why it is no quantity that can be ordered.
pub fn check_quantity(typed: &str) -> Result<u32, FieldCode> {
    match typed.trim() {
        "" => Err(FieldCode::Missing),
        typed => match typed.parse() {
            Ok(quantity) if (1..=MOST_PIECES).contains(&quantity) => Ok(quantity),
            Ok(_) => Err(FieldCode::OutOfRange),
            Err(_) => Err(FieldCode::NotANumber),
        },
    }
}

/// The minutes that a purchase credited.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct CreditedMinutes {
    /// What is left of them.
    pub left: u32,
    /// The last day on which they can be drawn.
    pub last_day: NaiveDate,
}
