//! A payment that turns out to be another's is taken back from what it had paid: what follows from that (design, Bank transfer).

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{purchases::PurchaseNumber, refunds::refund_amount, tax_documents::DocumentKind};
use crate::model::base::{
    codes::coded_enum,
    ids::{BankPaymentId, CustomerId},
    money::Money,
};

coded_enum! {
    /// Why a payment cannot be taken back from what it had paid.
    pub enum UnmatchRefusal {
        /// Money or minutes of the purchase went back already.
        Refunded = "refunded",
        /// The payment is disputed, or gone again.
        Disputed = "disputed",
        /// What was too much of it was used or returned.
        BalanceGone = "balance_gone",
        /// The minutes went on to another customer.
        HandedOver = "handed_over",
    }
}

/// What of a purchase was taken back, in money and minutes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Undone {
    /// What of its price nobody has paid any more, including VAT.
    pub lost: Money,
    /// Minutes that were left, and were taken back.
    pub minutes: u32,
    /// Minutes that had been used, and are invoiced.
    pub claimed: u32,
}

/// A purchase whose minutes were credited for its payment, as it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PaidMinutes {
    /// The minutes of all of it.
    pub minutes: u32,
    /// Its price, including VAT.
    pub total: Money,
    /// Minutes that were drawn and not given back.
    pub used: u32,
    /// Minutes that can still be drawn.
    pub left: u32,
}

impl PaidMinutes {
    /// What follows when `lost` more of the price is paid no more: the minutes for what is still paid stay, and are those that were
    /// used first. Others that were used are claimed, others that are left are taken back; what has expired was for the customer to use.
    #[must_use]
    pub fn undo(self, before: Undone, lost: Money) -> Undone {
        let paid = (self.total - before.lost - lost).max(Money::ZERO);
        let stay = i128::from(self.minutes) * i128::from(paid.haler()) / i128::from(self.total.haler().max(1));
        let stay = u32::try_from(stay).unwrap_or(u32::MAX).min(self.minutes);
        let claimed = self.used.saturating_sub(stay).saturating_sub(before.claimed);
        let gone = before.minutes + before.claimed + claimed;
        let minutes = self.left.min((self.minutes - stay).saturating_sub(gone));
        Undone { lost, minutes, claimed }
    }

    /// What minutes that are claimed cost, including VAT: their share of the price, rounded once for all of them.
    #[must_use]
    pub fn claim(self, before: Undone, claimed: u32) -> Money {
        let share = |before, minutes| refund_amount(self.minutes, self.total, before, minutes);
        share((before.claimed, share((0, Money::ZERO), before.claimed)), claimed)
    }
}

/// What is credited of a tax document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CreditToBe {
    /// The number of the document.
    pub corrects: String,
    /// How much, including VAT.
    pub amount: Money,
    /// The day of the tax.
    pub day: NaiveDate,
}

/// What happens when a payment is taken back.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Consequences {
    /// Which of the decisions about the payment is taken back: one that was made since is another.
    pub decision: i32,
    /// The credit note that is issued.
    pub credit: Option<CreditToBe>,
    /// What is lost of the purchase; nothing of one that was not paid, or is on an invoice.
    pub undone: Undone,
    /// What the minutes cost that were used, including VAT: it is invoiced.
    pub claim: Money,
    /// What is owed again on an invoice, including VAT.
    pub owed_again: Money,
    /// What was kept of the payment as too much, and is no more.
    pub balance: Money,
    /// What had been written off beside it, and is asked for again.
    pub asked_again: Money,
}

impl Consequences {
    /// What was shown, such that what is done is what was shown: of the same decision, on the same day of the tax.
    #[must_use]
    pub fn shown(&self) -> String {
        let credited = self.credit.as_ref().map_or(Money::ZERO, |credit| credit.amount);
        let day = self.credit.as_ref().map(|credit| credit.day.to_string()).unwrap_or_default();
        let money = [credited, self.undone.lost, self.claim, self.owed_again, self.balance, self.asked_again];
        let money: Vec<String> = money.iter().map(|money| money.haler().to_string()).collect();
        format!("{}:{day}:{}-{}-{}", self.decision, self.undone.minutes, self.undone.claimed, money.join("-"))
    }
}

/// What `/sales/unmatch` shows: a payment that pays something.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unmatching {
    /// The payment.
    pub payment: BankPaymentId,
    /// The day on which the bank booked it.
    pub booked_on: NaiveDate,
    /// How much.
    pub amount: Money,
    /// The payer's name.
    pub counter_name: String,
    /// The variable symbol; empty without one.
    pub variable_symbol: String,
    /// The number of what it pays.
    pub number: String,
    /// What that is; none for an invoice from before.
    pub kind: Option<DocumentKind>,
    /// Whose it is.
    pub customer: CustomerId,
    /// What the customer is called.
    pub customer_name: String,
    /// The purchase that it is about.
    pub purchase: Option<PurchaseNumber>,
    /// Whether the minutes of that were credited at once, on an invoice.
    pub at_once: bool,
    /// What happens when it is taken back, or why it cannot be.
    pub outcome: Result<Consequences, UnmatchRefusal>,
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn haler(haler: i64) -> Money {
        Money::from_haler(haler)
    }

    #[test]
    fn what_is_left_is_taken_back_and_what_was_used_is_claimed() {
        let paid = |used, left| PaidMinutes { minutes: 60, total: haler(60_000), used, left };
        let undone = |lost, minutes, claimed| Undone { lost: haler(lost), minutes, claimed };
        let none = Undone::default();
        for (paid, before, lost, expected, claim) in [
            (paid(0, 60), none, 60_000, undone(60_000, 60, 0), 0),
            (paid(20, 40), none, 60_000, undone(60_000, 40, 20), 20_000),
            (paid(60, 0), none, 60_000, undone(60_000, 0, 60), 60_000),
            // Half of it stays paid: of what was used, that half is.
            (paid(20, 40), none, 30_000, undone(30_000, 30, 0), 0),
            (paid(40, 20), none, 30_000, undone(30_000, 20, 10), 10_000),
            // And then the other half.
            (paid(40, 0), undone(30_000, 20, 10), 30_000, undone(30_000, 0, 30), 30_000),
            // What has expired is neither left nor used.
            (paid(10, 0), none, 60_000, undone(60_000, 0, 10), 10_000),
        ] {
            let found = paid.undo(before, haler(lost));
            assert_eq!((found, paid.claim(before, found.claimed).haler()), (expected, claim), "{paid:?} {lost}");
        }
    }

    proptest! {
        #[test]
        fn nothing_stays_that_nobody_pays(
            minutes in 1u32..2_000,
            total in 1i64..10_000_000,
            used in 0u32..2_000,
            parts in proptest::collection::vec(0i64..10_000_000, 1..4),
        ) {
            let used = used.min(minutes);
            let mut paid = PaidMinutes { minutes, total: haler(total), used, left: minutes - used };
            let (mut before, mut claims) = (Undone::default(), Money::ZERO);
            for part in parts {
                let lost = haler(part.min(total - before.lost.haler()));
                let undone = paid.undo(before, lost);
                claims = claims + paid.claim(before, undone.claimed);
                paid.left -= undone.minutes;
                before = Undone {
                    lost: before.lost + lost,
                    minutes: before.minutes + undone.minutes,
                    claimed: before.claimed + undone.claimed,
                };
                // The minutes that are used or left, and not claimed, are no more than what is still paid buys.
                let held = i128::from(used + paid.left - before.claimed) * i128::from(total);
                prop_assert!(held <= i128::from(minutes) * i128::from(total - before.lost.haler()));
                prop_assert!(before.minutes + before.claimed <= minutes);
            }
            prop_assert_eq!(claims, refund_amount(minutes, haler(total), (0, Money::ZERO), before.claimed));
        }
    }
}
