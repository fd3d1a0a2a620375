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
    /// What is to be done before.
    pub waits: Option<MergeWaits>,
}
