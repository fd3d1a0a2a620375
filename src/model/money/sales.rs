//! What is sold, as the owner and managers see it.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::{
    purchases::{PaymentMethod, PurchaseNumber, PurchaseState},
    refunds::RefundState,
    tax_documents::DocumentKind,
};
use crate::model::base::{ids::BankPaymentId, money::Money};

/// What the tax documents of a month come to, by the day of the tax.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct SalesMonth {
    /// Its first day.
    pub month: NaiveDate,
    /// How many there are: invoices, documents on payments, credit notes.
    pub documents: u32,
    /// Their sum without VAT; what was credited is taken off.
    pub net: Money,
    /// The VAT of it.
    pub vat: Money,
    /// What was credited of it, including VAT.
    pub credited: Money,
}

/// Money that is to go back and has not arrived.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WaitingRefund {
    /// Of which purchase.
    pub purchase: PurchaseNumber,
    /// The customer's name.
    pub customer: String,
    /// How much, including VAT.
    pub amount: Money,
    /// When it was decided.
    pub requested_at: DateTime<Utc>,
    /// Where it is.
    pub state: RefundState,
    /// How the purchase was paid.
    pub method: PaymentMethod,
}

/// What became of all minutes that were ever sold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Liability {
    /// Credited for a payment.
    pub sold: u32,
    /// Drawn by interventions.
    pub drawn: u32,
    /// Minutes that expired unused.
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
    /// Mails that wait to be sent.
    pub mails: u32,
    /// Other jobs.
    pub jobs: u32,
}

/// A purchase in the list, or in the table of what was sold.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SoldPurchase {
    /// Its number.
    pub number: PurchaseNumber,
    /// The customer's name.
    pub customer: String,
    /// The organisation's number.
    pub ico: String,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// When the money came.
    pub paid_at: Option<DateTime<Utc>>,
    /// The day of its tax: of the last of its tax documents, if there is one.
    pub taxed_on: Option<NaiveDate>,
    /// Minutes of all the bundles bought.
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
    /// The payment.
    pub payment: BankPaymentId,
    /// The day on which the bank booked it.
    pub booked_on: NaiveDate,
    /// How much.
    pub amount: Money,
    /// The payer.
    pub counter_name: String,
    /// What was said when it was assigned.
    pub note: String,
}
