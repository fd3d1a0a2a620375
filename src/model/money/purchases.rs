//! The purchase of a bundle: what is known of it, and the state that follows (design, Purchase).
//!
//! News of a payment arrives late, twice and in any order: from Stripe's events, the return page, reconciliation, the bank.
//! So an order keeps *facts*, and a fact once learnt stays. [`OrderFacts::learn`] joins a fact to what is known; joining is
//! commutative, associative and idempotent, hence every order of the same news ends in the same [`OrderState`]. The database
//! keeps the same facts and derives the same state (`migrations/0010`).

#[cfg(test)]
mod tests;

use std::{collections::BTreeMap, fmt, str::FromStr};

use chrono::{DateTime, NaiveDate, Utc};
use rust_decimal::{Decimal, RoundingStrategy, prelude::ToPrimitive};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::{
    bank::VariableSymbol,
    bundles::{Bundle, MOST_PIECES, Quote},
    tax_documents::DocumentKind,
};
use crate::model::base::{
    codes::coded_enum,
    fields::{FieldCode, FieldProblem, check_length},
    ids::{BundleId, BundleOrderId},
    money::{Money, VatRate},
    text,
};

/// The most characters of the customer's own reference.
pub const REFERENCE_MAX: usize = 60;

/// The number of an order as people say it: `B2026-000123`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OrderNumber {
    year: u16,
    serial: u32,
}

impl OrderNumber {
    /// The calendar year.
    #[must_use]
    pub const fn year(self) -> u16 {
        self.year
    }
}

impl fmt::Display for OrderNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "B{:04}-{:06}", self.year, self.serial)
    }
}

impl FromStr for OrderNumber {
    type Err = InvalidOrderNumber;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        // The same rules as a request's number, with a letter of its own.
        let number: crate::model::base::numbers::RequestNumber =
            text.strip_prefix('B').and_then(|rest| rest.parse().ok()).ok_or(InvalidOrderNumber)?;
        Ok(Self { year: number.year(), serial: number.serial() })
    }
}

impl Serialize for OrderNumber {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for OrderNumber {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

/// Not the number of an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
#[error("an order's number looks like B2026-000123")]
pub struct InvalidOrderNumber;

coded_enum! {
    /// How an order is paid.
    pub enum PaymentMethod {
        /// By card, at once.
        Card = "card",
        /// By bank transfer, on a proforma or, by a trusted customer, on an invoice.
        Transfer = "transfer",
    }
}

coded_enum! {
    /// Where an order is in its life.
    pub enum OrderState {
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
    /// How an order ended without a payment, in the order in which one overrides the other.
    pub enum Closing {
        /// Nobody paid in time.
        Expired = "expired",
        /// Somebody called it off.
        Cancelled = "cancelled",
    }
}

coded_enum! {
    /// A dispute over a payment, in the order in which it goes on.
    pub enum Dispute {
        /// There is none.
        None = "none",
        /// The bank looks into it; the money is gone for the time being.
        Open = "open",
        /// The money came back to us.
        Won = "won",
        /// The money went back to the customer.
        Lost = "lost",
    }
}

coded_enum! {
    /// Where a refund is, in the order in which it goes on. Stripe may tell of a success that the bank returns later.
    pub enum RefundState {
        /// Decided here; nobody was told yet.
        Requested = "requested",
        /// On its way.
        Pending = "pending",
        /// The customer has the money.
        Succeeded = "succeeded",
        /// It came back: the money has to be returned in another way.
        Failed = "failed",
        /// It was returned in another way.
        PaidOtherwise = "paid_otherwise",
    }
}

impl RefundState {
    /// Whether the customer has the money.
    #[must_use]
    pub const fn is_settled(self) -> bool {
        matches!(self, Self::Succeeded | Self::PaidOtherwise)
    }
}

/// One thing learnt about an order.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum OrderFact {
    /// The customer can pay: a checkout page or a proforma exists.
    PaymentStarted,
    /// The money is there.
    Paid,
    /// The order ended without a payment.
    Closed(Closing),
    /// Where a refund is.
    Refund {
        /// Which.
        id: String,
        /// How much, including VAT.
        amount: Money,
        /// Where it is.
        state: RefundState,
    },
    /// Where the dispute is.
    Dispute(Dispute),
}

/// What is known of an order.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub struct OrderFacts {
    /// Whether the customer could pay.
    pub payment_started: bool,
    /// Whether the money came.
    pub paid: bool,
    /// How it ended without a payment, as far as anybody said. A payment overrides it: money that came is never ignored.
    pub closed: Option<Closing>,
    /// Refunds by their identity.
    pub refunds: BTreeMap<String, (RefundState, Money)>,
    /// The dispute.
    pub dispute: Option<Dispute>,
}

impl OrderFacts {
    /// Joins a fact to what is known.
    pub fn learn(&mut self, fact: OrderFact) {
        match fact {
            OrderFact::PaymentStarted => self.payment_started = true,
            OrderFact::Paid => self.paid = true,
            OrderFact::Closed(closing) => self.closed = self.closed.max(Some(closing)),
            OrderFact::Refund { id, amount, state } => {
                let known = self.refunds.entry(id).or_insert((state, amount));
                *known = (*known).max((state, amount));
            }
            OrderFact::Dispute(dispute) => self.dispute = self.dispute.max(Some(dispute)),
        }
    }

    /// The money that went back, including VAT.
    #[must_use]
    pub fn refunded(&self) -> Money {
        self.refunds.values().filter(|(state, _)| state.is_settled()).map(|(_, amount)| *amount).sum()
    }

    /// The state that follows for an order of `total`, including VAT.
    #[must_use]
    pub fn state(&self, total: Money) -> OrderState {
        let refunded = self.refunded();
        match (self.paid, self.closed) {
            (false, Some(Closing::Cancelled)) => OrderState::Cancelled,
            (false, Some(Closing::Expired)) => OrderState::Expired,
            (false, None) if self.payment_started => OrderState::AwaitingPayment,
            (false, None) => OrderState::Created,
            (true, _) if matches!(self.dispute, Some(Dispute::Open | Dispute::Lost)) => OrderState::Disputed,
            (true, _) if refunded >= total => OrderState::Refunded,
            (true, _) if refunded > Money::ZERO => OrderState::PartlyRefunded,
            (true, _) => OrderState::Paid,
        }
    }
}

/// What `minutes` of an order cost when they are given back, including VAT: their share of what was paid, rounded half up once.
///
/// Refunds are shares of the whole, not of each other: the last one takes what the former left, so that giving back all
/// minutes gives back all money.
///
/// * `refunded` – minutes and money that were given back before
#[must_use]
pub fn refund_amount(order_minutes: u32, total: Money, refunded: (u32, Money), minutes: u32) -> Money {
    let (minutes_before, money_before) = refunded;
    let back = minutes_before.saturating_add(minutes).min(order_minutes);
    if order_minutes == 0 {
        return Money::ZERO;
    }
    let share = Decimal::from(total.haler()) * Decimal::from(back) / Decimal::from(order_minutes);
    let haler = share.round_dp_with_strategy(0, RoundingStrategy::MidpointAwayFromZero).to_i64().unwrap_or(0);
    (Money::from_haler(haler) - money_before).max(Money::ZERO)
}

coded_enum! {
    /// What happened to an order.
    pub enum OrderEventKind {
        /// It was placed.
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
        /// The customer's bank asks for the money.
        DisputeOpened = "dispute_opened",
        /// The money stays.
        DisputeWon = "dispute_won",
        /// The money is gone.
        DisputeLost = "dispute_lost",
    }
}

/// A line of an order's history.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrderEvent {
    /// When.
    pub at: DateTime<Utc>,
    /// What happened.
    pub kind: OrderEventKind,
    /// The name of the person who did it; none when it was Stripe, the bank or the system.
    pub by: Option<String>,
    /// What was said about it.
    pub note: String,
}

/// An order as it was placed, and what became of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BundleOrder {
    /// Which.
    pub id: BundleOrderId,
    /// Its number.
    pub number: OrderNumber,
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
    /// When it was placed.
    pub created_at: DateTime<Utc>,
    /// When the money came.
    pub paid_at: Option<DateTime<Utc>>,
    /// The money that went back, including VAT.
    pub refunded: Money,
    /// The dispute over its payment.
    pub dispute: Dispute,
    /// Where it is in its life.
    pub state: OrderState,
}

impl BundleOrder {
    /// Whether its money is still to come.
    #[must_use]
    pub const fn is_unpaid(&self) -> bool {
        matches!(self.state, OrderState::Created | OrderState::AwaitingPayment)
    }

    /// Whether the customer may call it off. Minutes that were credited at once are owed.
    #[must_use]
    pub const fn may_be_cancelled(&self) -> bool {
        self.is_unpaid() && !self.at_once
    }
}

/// An order as it was typed into the form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TypedOrder {
    /// How many pieces.
    pub quantity: String,
    /// The customer's own reference.
    pub reference: String,
    /// How it is to be paid, if anything was chosen.
    pub method: Option<PaymentMethod>,
    /// What the form said that it comes to, including VAT.
    pub shown: Money,
}

/// An order that can be placed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckedOrder {
    /// How many pieces.
    pub quantity: u32,
    /// The customer's own reference.
    pub reference: String,
    /// How it is to be paid.
    pub method: PaymentMethod,
    /// What the form said that it comes to, including VAT.
    pub shown: Money,
}

impl TypedOrder {
    /// The order, or every field that is not right.
    ///
    /// * `card` – whether payments by card are taken
    ///
    /// # Errors
    /// What is wrong, in the order of the form.
    pub fn check(&self, card: bool) -> Result<CheckedOrder, Vec<FieldProblem>> {
        let quantity = check_quantity(&self.quantity);
        let reference = text::one_line(&self.reference);
        let too_long = check_length(&reference, 0, REFERENCE_MAX);
        let method = match self.method {
            None => Err(FieldCode::Missing),
            Some(PaymentMethod::Card) if !card => Err(FieldCode::Unknown),
            Some(method) => Ok(method),
        };
        match (quantity, too_long, method) {
            (Ok(quantity), None, Ok(method)) => Ok(CheckedOrder { quantity, reference, method, shown: self.shown }),
            (quantity, too_long, method) => {
                Err([("quantity", quantity.err()), ("reference", too_long), ("method", method.err())]
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

/// `/bundles/{bundle}/order`: an order that is about to be placed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrderForm {
    /// The order to be: a fresh identity, the idempotency key of all that follows.
    pub id: BundleOrderId,
    /// What is bought.
    pub bundle: Bundle,
    /// What it comes to.
    pub quote: Quote,
    /// The last day of minutes that are credited today.
    pub last_day: NaiveDate,
    /// Whether payments by card are taken.
    pub card: bool,
    /// Whether a transfer has the minutes credited at once, against an invoice.
    pub at_once: bool,
    /// How many days there are to pay a transfer.
    pub due_in_days: u32,
}

/// `/bundles/orders/{number}`: an order and what became of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrderPage {
    /// The order.
    pub order: BundleOrder,
    /// Its minutes, once they are credited.
    pub credited: Option<CreditedMinutes>,
    /// How to pay it by transfer, while that is to be done.
    pub payment: Option<TransferBox>,
    /// Its documents, the oldest first.
    pub documents: Vec<OrderDocument>,
    /// What happened, the oldest first.
    pub history: Vec<OrderEvent>,
    /// Whether the viewer may pay it or call it off.
    pub may_buy: bool,
    /// Whether it may be called off now.
    pub may_cancel: bool,
}

/// The minutes that an order credited.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct CreditedMinutes {
    /// What is left of them.
    pub left: u32,
    /// The last day on which they can be drawn.
    pub last_day: NaiveDate,
}

/// How to pay by transfer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TransferBox {
    /// What is still to be paid, including VAT.
    pub amount: Money,
    /// What came so far.
    pub received: Money,
    /// Who gets it.
    pub recipient: String,
    /// The account as Czechs write it.
    pub account: String,
    /// The account as an IBAN, without spaces.
    pub iban: String,
    /// Under which symbol.
    pub variable_symbol: VariableSymbol,
    /// Until when.
    pub due_on: NaiveDate,
    /// All of it as QR Platba encodes it.
    pub spayd: String,
}

/// A document of an order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrderDocument {
    /// Its number.
    pub number: String,
    /// What it is.
    pub kind: DocumentKind,
    /// When it was issued.
    pub issued_on: NaiveDate,
    /// What it says, including VAT.
    pub total: Money,
}
