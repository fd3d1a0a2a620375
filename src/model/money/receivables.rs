//! Receivables: what is owed on invoices past their due day, by customer and age.

use serde::{Deserialize, Serialize};

use crate::model::base::{codes::coded_enum, ids::CustomerId, money::Money, paging::Queue};

coded_enum! {
    /// How long ago something was due.
    pub enum Age {
        /// Up to 14 days.
        To14 = "to_14",
        /// From 15 days to 30.
        To30 = "to_30",
        /// From 31 days to 60.
        To60 = "to_60",
        /// From 61 days on.
        More = "more",
    }
}

impl Age {
    /// How many days past the due day it ends; the last one never does.
    #[must_use]
    pub const fn last_day(self) -> Option<i32> {
        match self {
            Self::To14 => Some(14),
            Self::To30 => Some(30),
            Self::To60 => Some(60),
            Self::More => None,
        }
    }
}

/// What one customer owes past the due day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Receivable {
    /// Who owes it.
    pub customer: CustomerId,
    /// The customer's name.
    pub name: String,
    /// What is overdue, by [`Age`] in the order of [`Age::ALL`].
    pub ages: [Money; 4],
    /// All that is owed on invoices, due or not.
    pub owed: Money,
}

impl Receivable {
    /// What is overdue in all.
    #[must_use]
    pub fn overdue(&self) -> Money {
        self.ages.iter().copied().sum()
    }
}

/// What `/sales/receivables` shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReceivablesPage {
    /// Who owes, the longest overdue first.
    pub rows: Queue<Receivable>,
    /// What all of them owe, those not shown too, by age.
    pub ages: [Money; 4],
    /// All that they owe, due or not.
    pub owed: Money,
}

impl ReceivablesPage {
    /// What is overdue in all.
    #[must_use]
    pub fn overdue(&self) -> Money {
        self.ages.iter().copied().sum()
    }
}
