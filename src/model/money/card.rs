//! Payments by card: how they are taken, what Stripe tells, and what a manager has to look at.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::{bank::StatementRefused, purchases::PurchaseNumber, statements::SourceTrouble};
use crate::model::base::{codes::coded_enum, ids::PaymentAlertId, money::Money};

coded_enum! {
    /// How payments by card are taken.
    pub enum PaymentsMode {
        /// Not at all: bundles are paid by transfer.
        Off = "off",
        /// By the demo's own stand-in for Stripe: no money moves.
        Sandbox = "sandbox",
        /// By Stripe.
        Stripe = "stripe",
    }
}

impl PaymentsMode {
    /// Whether a card can be chosen.
    #[must_use]
    pub const fn is_on(self) -> bool {
        !matches!(self, Self::Off)
    }
}

coded_enum! {
    /// What became of an event that Stripe told.
    pub enum StripeEventState {
        /// It waits to be handled.
        Queued = "queued",
        /// What it tells is known now.
        Done = "done",
        /// It tells nothing that matters here.
        Ignored = "ignored",
        /// It could not be handled, however often it was tried.
        Failed = "failed",
    }
}

coded_enum! {
    /// Why a manager has to look at a payment.
    pub enum PaymentAlertKind {
        /// Another amount or currency was paid than ordered.
        AmountDiffers = "amount_differs",
        /// Stripe told something in a shape that is not known.
        UnreadableEvent = "unreadable_event",
        /// Money came that belongs to no purchase, or to one that was paid already.
        UnknownPayment = "unknown_payment",
        /// Money that was to go back did not.
        RefundFailed = "refund_failed",
        /// Money went back that nobody here decided about.
        ForeignRefund = "foreign_refund",
        /// The customer's bank asks for the money, or about it.
        Dispute = "dispute",
        /// Money came for a purchase that had been called off or had expired.
        PaidAfterClose = "paid_after_close",
        /// Stripe refuses to take a payment.
        CheckoutRefused = "checkout_refused",
        /// A transfer that had come in is gone again: the bank undid it, or somebody returned it.
        TransferReversed = "transfer_reversed",
        /// A statement that came by itself cannot be taken in, or not all of it.
        StatementRefused = "statement_refused",
        /// A source of statements fails.
        StatementsFail = "statements_fail",
        /// A payment that a plan had promised did not come.
        PlanMissed = "plan_missed",
        /// Somebody who owes too long has ordered urgent help.
        UrgentWhileOwing = "urgent_while_owing",
    }
}

/// Something about a payment that a manager has to look at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PaymentAlert {
    /// The row that a manager resolves.
    pub id: PaymentAlertId,
    /// What is wrong with the payment.
    pub kind: PaymentAlertKind,
    /// How much it is about, where that is known.
    pub amount: Option<Money>,
    /// The purchase that it is about.
    pub purchase: Option<PurchaseNumber>,
    /// When it was noticed.
    pub at: DateTime<Utc>,
    /// Where and why a statement cannot be read, of an alert about one.
    pub unread: Option<StatementRefused>,
    /// Which source of statements fails and why, of an alert about one.
    pub trouble: Option<SourceTrouble>,
    /// What it is about as Stripe or the bank calls it, to be looked up there.
    pub references: Vec<String>,
}

coded_enum! {
    /// How it is tried to take what is due by card when nobody is there to pay it.
    pub enum CardTryKind {
        /// From the saved card.
        Debit = "debit",
        /// By the customer, who comes back to pay it on a page of Stripe's.
        Page = "page",
    }
}

coded_enum! {
    /// What became of such a try.
    pub enum CardTryState {
        /// Nobody knows yet.
        Open = "open",
        /// It was paid.
        Paid = "paid",
        /// The bank said no.
        Declined = "declined",
        /// The bank wants the holder of the card to confirm it.
        AsksHolder = "asks_holder",
        /// It came to nothing: nothing was taken under its key, and nothing will be.
        Void = "void",
    }
}

coded_enum! {
    /// What a card is entered for.
    pub enum CardPurpose {
        /// The subscription is paid by it.
        Subscription = "subscription",
        /// Minutes are bought from it when few are free.
        TopUp = "top_up",
    }
}

/// A saved card, as its people see it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SavedCard {
    /// Its brand.
    pub brand: String,
    /// Its last four digits.
    pub last4: String,
    /// The last day on which it can be used.
    pub good_through: NaiveDate,
}

/// A saved card, as Stripe knows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptCard {
    /// Stripe's customer, to whom it belongs there.
    pub stripe_customer: String,
    /// What it is called there.
    pub payment_method: String,
    /// Its brand.
    pub brand: String,
    /// Its last four digits.
    pub last4: String,
    /// The last day on which it can be used.
    pub good_through: NaiveDate,
}

/// What `/bundles/card` shows: the saved card, and what depends on it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SavedCardPage {
    /// The card, if one is saved.
    pub card: Option<SavedCard>,
    /// Whether a subscription is paid by it.
    pub pays_subscription: bool,
    /// Whether minutes are bought from it when few are free.
    pub tops_up: bool,
    /// Whether something waits to be taken from it.
    pub is_owing: bool,
}
