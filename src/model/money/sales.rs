//! What is sold, as the owner and managers see it.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::{
    bank::Payable,
    card::PaymentAlert,
    purchases::{BundleOrder, OrderEvent, OrderNumber, OrderState, PaymentMethod, RefundState, refund_amount},
    tax_documents::DocumentKind,
};
use crate::model::base::{
    ids::{CustomerId, RefundId},
    money::Money,
};

/// What was sold in a month.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct SalesMonth {
    /// Its first day.
    pub month: NaiveDate,
    /// How many orders were paid.
    pub orders: u32,
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

/// The owner's view.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SalesPage {
    /// The last twelve months, the latest first.
    pub months: Vec<SalesMonth>,
    /// Minutes that are owed.
    pub liability: Liability,
    /// Documents that ask for a payment which has not come, the longest due first.
    pub unpaid: Vec<Payable>,
    /// Payments that wait for a decision.
    pub unmatched: u32,
    /// What a manager has to look at, the oldest first.
    pub alerts: Vec<PaymentAlert>,
    /// What was given up.
    pub given_up: GivenUp,
}

/// An order in the list, or in the table of what was sold.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SoldOrder {
    /// Its number.
    pub number: OrderNumber,
    /// Whose.
    pub customer: String,
    /// The organisation's number.
    pub ico: String,
    /// When it was placed.
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
    pub state: OrderState,
}

/// A page of the list of orders.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SoldOrders {
    /// The newest first.
    pub orders: Vec<SoldOrder>,
    /// Where the next page begins, if there is one.
    pub next_before: Option<OrderNumber>,
}

/// A document of an order.
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

/// A transfer that pays an order.
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

/// A refund as staff see it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refund {
    /// Which.
    pub id: RefundId,
    /// Minutes taken back.
    pub minutes: u32,
    /// How much, including VAT.
    pub amount: Money,
    /// Why.
    pub reason: String,
    /// Who decided it; none when it was made at Stripe.
    pub by: Option<String>,
    /// When.
    pub requested_at: DateTime<Utc>,
    /// Where it is.
    pub state: RefundState,
    /// The number of its credit note.
    pub document: Option<String>,
}

impl Refund {
    /// Whether a person has to return the money, as nothing else does.
    #[must_use]
    pub const fn waits_for_a_person(&self, method: PaymentMethod) -> bool {
        match method {
            PaymentMethod::Card => matches!(self.state, RefundState::Failed) && self.minutes > 0,
            PaymentMethod::Transfer => matches!(self.state, RefundState::Requested),
        }
    }
}

/// What of an order can be given back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refundable {
    /// At most so many minutes: what is left.
    pub minutes: u32,
    /// Minutes that were given back before.
    pub minutes_before: u32,
    /// Money that was given back before, including VAT.
    pub amount_before: Money,
}

impl Refundable {
    /// What `minutes` come to, including VAT; none when so many cannot be given back. Nothing for those whose money went back
    /// before, at Stripe and past us: they can still be taken.
    #[must_use]
    pub fn amount(&self, order: &BundleOrder, minutes: u32) -> Option<Money> {
        let before = (self.minutes_before, self.amount_before);
        let amount = refund_amount(order.minutes, order.total, before, minutes);
        (1..=self.minutes).contains(&minutes).then_some(amount)
    }
}

/// An order with all that is known of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrderCase {
    /// The order.
    pub order: BundleOrder,
    /// Whose.
    pub customer: CustomerId,
    /// The customer's name.
    pub customer_name: String,
    /// Who placed it.
    pub ordered_by: String,
    /// What the payment by card is called at Stripe.
    pub payment_intent: Option<String>,
    /// What came by transfer.
    pub transfers: Vec<Transfer>,
    /// Its documents, in the order in which they were issued.
    pub documents: Vec<IssuedDocument>,
    /// Its refunds, the oldest first.
    pub refunds: Vec<Refund>,
    /// What can be given back; none when nothing can.
    pub refundable: Option<Refundable>,
    /// What happened, in order of time, with the names of staff.
    pub history: Vec<OrderEvent>,
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::model::{
        base::ids::{BundleId, BundleOrderId},
        fixtures::{local, vat},
        money::purchases::Dispute,
    };

    fn order(minutes: u32, total: i64) -> BundleOrder {
        BundleOrder {
            id: BundleOrderId(uuid::Uuid::nil()),
            number: "B2026-000001".parse().unwrap(),
            bundle: BundleId(1),
            quantity: 1,
            minutes,
            price: Money::from_haler(total),
            vat: vat(0),
            total: Money::from_haler(total),
            validity_months: 12,
            reference: String::new(),
            method: PaymentMethod::Card,
            at_once: false,
            created_at: local("2026-11-23 08:00"),
            paid_at: None,
            refunded: Money::ZERO,
            dispute: Dispute::None,
            state: OrderState::Paid,
        }
    }

    #[test]
    fn no_more_is_given_back_than_is_left() {
        let refundable = Refundable { minutes: 40, minutes_before: 20, amount_before: Money::from_haler(2_000) };
        let order = order(100, 10_000);
        assert_eq!(refundable.amount(&order, 40), Some(Money::from_haler(4_000)));
        assert_eq!(refundable.amount(&order, 41), None);
        assert_eq!(refundable.amount(&order, 0), None);
        // All of the money went back at Stripe already.
        let nothing = Refundable { amount_before: Money::from_haler(10_000), ..refundable };
        assert_eq!(nothing.amount(&order, 40), Some(Money::ZERO));
    }

    proptest! {
        #[test]
        fn parts_come_to_the_whole(parts in prop::collection::vec(1..50_u32, 1..10), total in 1_000_000..9_000_000_i64) {
            let order = order(parts.iter().sum(), total);
            let (mut minutes_before, mut amount_before) = (0, Money::ZERO);
            for part in parts {
                let refundable = Refundable { minutes: order.minutes - minutes_before, minutes_before, amount_before };
                amount_before = amount_before + refundable.amount(&order, part).unwrap();
                minutes_before += part;
            }
            prop_assert_eq!(amount_before, order.total);
        }
    }
}
