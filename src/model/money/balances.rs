//! What does not come out even between documents and transfers: small differences, which are written off or asked for, and
//! overpayments, which are a customer's balance until it is returned or used (design, Bank transfer).

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::bank::Payable;
use crate::model::base::{
    codes::coded_enum,
    ids::{BankPaymentId, CustomerId},
    money::Money,
    paging::Queue,
};

coded_enum! {
    /// What an entry of a customer's balance is.
    pub enum BalanceEntryKind {
        /// More came than was asked for.
        Kept = "kept",
        /// It pays a document.
        Used = "used",
        /// It was sent back.
        Returned = "returned",
    }
}

coded_enum! {
    /// What a manager decided about money that came or did not, and may take back.
    pub enum Decided {
        /// A transfer pays a document.
        Assigned = "assigned",
        /// A transfer pays nothing of ours.
        SetAside = "set_aside",
        /// A difference is asked for no more.
        WrittenOff = "written_off",
        /// A balance pays a document.
        Used = "used",
        /// A balance was sent back.
        Returned = "returned",
    }
}

/// What is owed to a customer because more came than was asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CustomerBalance {
    /// To whom it is owed.
    pub customer: CustomerId,
    /// What the customer is called.
    pub name: String,
    /// How much.
    pub amount: Money,
}

/// What was decided and can be taken back, as nothing rests on it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Undoable {
    /// What it was.
    pub decided: Decided,
    /// The row that it stands in; of a payment, which of the decisions about it, too.
    pub id: String,
    /// When it was decided.
    pub at: DateTime<Utc>,
    /// About how much.
    pub amount: Money,
    /// The document that it is about; empty without one.
    pub document: String,
    /// Who paid, or whose balance it is.
    pub whose: String,
    /// What was said about it.
    pub note: String,
    /// Who decided; nobody where it followed from the symbol.
    pub by: Option<String>,
}

/// A payment, and which of the decisions about it, as [`Undoable::id`] names them: a form that comes late takes back nothing that was
/// decided since.
#[must_use]
pub fn payment_decision(id: &str) -> Option<(BankPaymentId, i32)> {
    let (payment, decision) = id.split_once('.')?;
    Some((payment.parse().ok()?, decision.parse().ok()?))
}

/// What `/sales/balances` shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BalancesPage {
    /// What is owed to whom, the most first.
    pub balances: Queue<CustomerBalance>,
    /// Documents of which a part came, the smallest rest first.
    pub differences: Queue<Payable>,
    /// Up to how much is written off.
    pub limit: Money,
    /// What was decided lately.
    pub decisions: Queue<Undoable>,
}

/// Whether what is left of a document is a difference that may be written off: something came, and no more is missing than the limit.
#[must_use]
pub fn may_be_written_off(paid: Money, left: Money, limit: Money) -> bool {
    paid > Money::ZERO && left > Money::ZERO && left <= limit
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_decision_about_a_payment_is_named_by_both() {
        assert_eq!(payment_decision("12.3"), Some((BankPaymentId(12), 3)));
        for other in ["12", "12.", ".3", "12.x", "", "0192f0c1-5b1e-7c3a-9d54-0a6f5b1e7c3a"] {
            assert_eq!(payment_decision(other), None, "{other}");
        }
    }

    #[test]
    fn only_a_small_rest_of_what_was_paid_is_written_off() {
        let haler = Money::from_haler;
        for (paid, left, may) in [
            (120_960, 40, true),
            (120_000, 1_000, true),
            (119_999, 1_001, false),
            (121_000, 0, false),
            // Nothing came: that is no difference.
            (0, 500, false),
        ] {
            assert_eq!(may_be_written_off(haler(paid), haler(left), haler(1_000)), may, "{left} after {paid}");
        }
        assert!(!may_be_written_off(haler(120_960), haler(40), Money::ZERO), "the limit may forbid it");
    }
}
