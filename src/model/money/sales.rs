//! What is sold, as the owner and managers see it.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::{
    purchases::{PaymentMethod, PurchaseNumber, PurchaseState},
    tax_documents::DocumentKind,
};
use crate::model::base::money::Money;

/// What was sold in a month.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct SalesMonth {
    /// Its first day.
    pub month: NaiveDate,
    /// How many purchases were paid.
    pub purchases: u32,
    /// How many minutes those credit.
    pub minutes: u32,
    /// Their price without VAT.
    pub net: Money,
    /// The VAT of it.
    pub vat: Money,
    /// What it was decided to return, including VAT.
    pub refunded: Money,
}

/// What became of all minutes that were ever sold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Liability {
    /// Credited for a payment.
    pub sold: u32,
    /// Drawn by interventions.
    pub drawn: u32,
    /// Expired.
    pub expired: u32,
    /// Given back for money.
    pub refunded: u32,
    /// Frozen, as their payment is or was disputed.
    pub frozen: u32,
    /// Left to be drawn: what is owed.
    pub left: u32,
}

/// What was tried again and again, and was given up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct GivenUp {
    /// Events of Stripe.
    pub events: u32,
    /// Mails.
    pub mails: u32,
    /// Other jobs.
    pub jobs: u32,
}

/// A purchase in the list, or in the table of what was sold.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SoldPurchase {
    /// Its number.
    pub number: PurchaseNumber,
    /// Whose.
    pub customer: String,
    /// The organisation's number.
    pub ico: String,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// When the money came.
    pub paid_at: Option<DateTime<Utc>>,
    /// Minutes.
    pub minutes: u32,
    /// The price without VAT.
    pub price: Money,
    /// The price including VAT.
    pub total: Money,
    /// What went back, including VAT.
    pub refunded: Money,
    /// How it is paid.
    pub method: PaymentMethod,
    /// Where it is in its life.
    pub state: PurchaseState,
}

/// A document of a purchase.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct IssuedDocument {
    /// Its number.
    pub number: String,
    /// What it is.
    pub kind: DocumentKind,
    /// When it was issued.
    pub issued_at: DateTime<Utc>,
    /// The sum, including VAT.
    pub total: Money,
}

/// A transfer that pays a purchase.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Transfer {
    /// The day on which the bank booked it.
    pub booked_on: NaiveDate,
    /// How much.
    pub amount: Money,
    /// The payer.
    pub counter_name: String,
    /// What was said when it was assigned.
    pub note: String,
}
