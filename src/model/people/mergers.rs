//! Two customers that are one: what of the first goes on at the second.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::model::base::{bilingual::Bilingual, ids::CustomerId, numbers::RequestNumber};

/// What is to be done before a customer is merged into another one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MergeWaits {
    /// Work on this request: it is billed by the terms of whom it was begun for.
    Work(RequestNumber),
    /// A contract in force of this customer: who merges it is a manager.
    Contract(CustomerId),
}

/// A contract that is in force, or will be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MergedContract {
    /// Its number.
    pub number: String,
    /// The name of the response tier.
    pub tier: Bilingual,
    /// Its first day.
    pub from: NaiveDate,
    /// Its last day; none for an indefinite time.
    pub until: Option<NaiveDate>,
}

/// What one of the two has that goes on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MergedCustomer {
    /// Which customer it is.
    pub id: CustomerId,
    /// The name.
    pub name: String,
    /// The contracts that are in force or will be, the earliest first.
    pub contracts: Vec<MergedContract>,
    /// How many minutes are left of what can be drawn by now.
    pub left: u32,
    /// How many of them the agreed appointments will probably draw.
    pub reserved: u32,
    /// How many requests are open.
    pub requests: u32,
}

/// What of the one who is merged ends, as another organisation agreed to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct MergeEnds {
    /// A subscription.
    pub subscription: bool,
    /// Minutes that are bought by themselves.
    pub top_up: bool,
    /// The saved card, which Stripe lets go, too.
    pub card: bool,
}

/// What merging one customer into another means, before it is done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MergePage {
    /// Who is merged.
    pub from: MergedCustomer,
    /// Who stays.
    pub into: MergedCustomer,
    /// Whether both have a contract in force on the same day: then one of them is chosen to go on.
    pub collide: bool,
    /// The first day on which what is merged is in force at the one who stays.
    pub begins: NaiveDate,
    /// What of the one who is merged ends.
    pub ends: MergeEnds,
    /// What is to be done before.
    pub waits: Option<MergeWaits>,
}

impl MergePage {
    /// The contracts of the other that never begin if those of `chosen` go on: each that would begin only when the first of those is in
    /// force already.
    #[must_use]
    pub fn called_off(&self, chosen: CustomerId) -> Vec<&str> {
        let (chosen, other) = if chosen == self.from.id { (&self.from, &self.into) } else { (&self.into, &self.from) };
        let first = chosen.contracts.iter().map(|contract| contract.from.max(self.begins)).min();
        let begin_later = other.contracts.iter().filter(|contract| first.is_some_and(|first| first <= contract.from));
        begin_later.map(|contract| contract.number.as_str()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_would_begin_later_is_called_off_whatever_becomes_of_what_is_in_force() {
        let day = |text: &str| -> NaiveDate { text.parse().unwrap() };
        let customer = |id, contracts: &[(&str, &str)]| MergedCustomer {
            id: CustomerId(id),
            name: String::new(),
            contracts: contracts
                .iter()
                .map(|(number, from)| MergedContract {
                    number: (*number).to_owned(),
                    tier: Bilingual::default(),
                    from: day(from),
                    until: None,
                })
                .collect(),
            left: 0,
            reserved: 0,
            requests: 0,
        };
        let page = |from: &[(&str, &str)], into: &[(&str, &str)]| MergePage {
            from: customer(1, from),
            into: customer(2, into),
            collide: true,
            begins: day("2026-11-24"),
            ends: MergeEnds::default(),
            waits: None,
        };
        let now = page(&[("A", "2026-01-01"), ("B", "2027-01-01")], &[("C", "2026-01-01"), ("D", "2027-07-01")]);
        assert_eq!((now.called_off(CustomerId(1)), now.called_off(CustomerId(2))), (vec!["D"], vec!["B"]));
        // What is chosen begins later itself: until then the other one is in force.
        let later = page(&[("A", "2027-03-01")], &[("C", "2027-01-01"), ("D", "2027-07-01")]);
        assert_eq!((later.called_off(CustomerId(1)), later.called_off(CustomerId(2))), (vec!["D"], vec!["A"]));
    }
}
