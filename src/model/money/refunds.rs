//! Money that goes back: how much for minutes that are given back, and where it is on its way.

use chrono::{DateTime, Utc};
use rust_decimal::{Decimal, RoundingStrategy, prelude::ToPrimitive};
use serde::{Deserialize, Serialize};

use super::purchases::{PaymentMethod, Purchase};
use crate::model::base::{codes::coded_enum, ids::RefundId, money::Money};

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

/// What `minutes` of a purchase cost when they are given back, including VAT: their share of what was paid, rounded half up once.
///
/// Refunds are shares of the whole, not of each other: the last one takes what the former left, so that giving back all
/// minutes gives back all money.
///
/// * `refunded` – minutes and money that were given back before
#[must_use]
pub fn refund_amount(purchase_minutes: u32, total: Money, refunded: (u32, Money), minutes: u32) -> Money {
    let (minutes_before, money_before) = refunded;
    let back = minutes_before.saturating_add(minutes).min(purchase_minutes);
    if purchase_minutes == 0 {
        return Money::ZERO;
    }
    let share = Decimal::from(total.haler()) * Decimal::from(back) / Decimal::from(purchase_minutes);
    let haler = share.round_dp_with_strategy(0, RoundingStrategy::MidpointAwayFromZero).to_i64().unwrap_or(0);
    (Money::from_haler(haler) - money_before).max(Money::ZERO)
}

/// A refund as staff see it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refund {
    /// The key of the form that asked for it.
    pub id: RefundId,
    /// Minutes taken back.
    pub minutes: u32,
    /// How much, including VAT.
    pub amount: Money,
    /// What is not owed any more of an invoice that was not paid, including VAT.
    pub waived: Money,
    /// Why the manager gave it, as the credit note says.
    pub reason: String,
    /// Who decided it; none when it was made at Stripe.
    pub by: Option<String>,
    /// When it was decided.
    pub requested_at: DateTime<Utc>,
    /// Where it is.
    pub state: RefundState,
    /// The number of its credit note; of each, where it was taken off several documents.
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

    /// Whether a person has noted that the customer's bank took the money.
    #[must_use]
    pub const fn was_taken_by_the_bank(&self) -> bool {
        self.minutes == 0 && self.by.is_some()
    }
}

/// What of a purchase can be given back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refundable {
    /// At most so many minutes: what is left.
    pub minutes: u32,
    /// Minutes that were given back before.
    pub minutes_before: u32,
    /// Money that was given back or waived before, including VAT.
    pub amount_before: Money,
}

impl Refundable {
    /// What `minutes` come to, including VAT; none when so many cannot be given back. Nothing for those whose money went back
    /// before, at Stripe and past us: they can still be taken.
    #[must_use]
    pub fn amount(&self, purchase: &Purchase, minutes: u32) -> Option<Money> {
        let before = (self.minutes_before, self.amount_before);
        let amount = refund_amount(purchase.minutes, purchase.total, before, minutes);
        (1..=self.minutes).contains(&minutes).then_some(amount)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::model::{
        base::ids::{BundleId, PurchaseId},
        fixtures::{local, vat},
        money::purchases::{Dispute, PurchaseState},
    };

    fn purchase(minutes: u32, total: i64) -> Purchase {
        Purchase {
            id: PurchaseId(uuid::Uuid::nil()),
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
            state: PurchaseState::Paid,
        }
    }

    #[test]
    fn no_more_is_given_back_than_is_left() {
        let refundable = Refundable { minutes: 40, minutes_before: 20, amount_before: Money::from_haler(2_000) };
        let purchase = purchase(100, 10_000);
        assert_eq!(refundable.amount(&purchase, 40), Some(Money::from_haler(4_000)));
        assert_eq!(refundable.amount(&purchase, 41), None);
        assert_eq!(refundable.amount(&purchase, 0), None);
        // All of the money went back at Stripe already.
        let nothing = Refundable { amount_before: Money::from_haler(10_000), ..refundable };
        assert_eq!(nothing.amount(&purchase, 40), Some(Money::ZERO));
    }

    proptest! {
    #[test]
    fn giving_minutes_back_piece_by_piece_gives_all_the_money_back(
        total in 1..10_000_000_i64,
        pieces in prop::collection::vec(1..500_u32, 1..8),
    ) {
        let total = Money::from_haler(total);
        let minutes = pieces.iter().sum();
        let (mut given, mut paid) = (0, Money::ZERO);
        for piece in pieces {
            let amount = refund_amount(minutes, total, (given, paid), piece);
            given += piece;
            paid = paid + amount;
            prop_assert!(paid <= total);
        }
        prop_assert_eq!(paid, total);
        prop_assert_eq!(refund_amount(minutes, total, (given, paid), 10), Money::ZERO, "there is no more");
    }

        #[test]
        fn parts_come_to_the_whole(parts in prop::collection::vec(1..50_u32, 1..10), total in 1_000_000..9_000_000_i64) {
            let purchase = purchase(parts.iter().sum(), total);
            let (mut minutes_before, mut amount_before) = (0, Money::ZERO);
            for part in parts {
                let refundable = Refundable { minutes: purchase.minutes - minutes_before, minutes_before, amount_before };
                amount_before = amount_before + refundable.amount(&purchase, part).unwrap();
                minutes_before += part;
            }
            prop_assert_eq!(amount_before, purchase.total);
        }
    }
}
