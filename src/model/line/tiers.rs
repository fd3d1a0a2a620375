//! Response tiers: how fast a contract promises that somebody will be there.

use serde::{Deserialize, Serialize};

/// A response tier ("Rychlost"), one row of the price list (design, Offers): Základní 480/1530 for customers without a
/// contract, Standard 240/1020, Rychlá 120/510, Expresní 60/120.
///
/// Both lengths are *working* minutes of the [business calendar](crate::model::base::calendar::BusinessCalendar).
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct ResponseTier {
    /// Stable short name for contracts, SQL and URLs.
    pub code: String,
    /// What people read.
    pub name: String,
    /// An urgent request should be taken up within this many working minutes.
    pub urgent_target_minutes: u32,
    /// A normal request is offered times from this many working minutes on.
    pub normal_lead_minutes: u32,
}
