//! What pages show of several domains, money among them.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::bundles::{Advice, Bundle};
use crate::model::{
    base::calendar::LineStatus,
    line::{
        settings::{DayOff, LineSettings, Region},
        tiers::ResponseTier,
    },
    minutes::{
        alerts::Alert,
        contracts::Rates,
        pages::{UsageBar, UsageList},
        pools::Pool,
        usage::BurnDown,
    },
};

/// `/usage`: what is left and where it went.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct UsagePage {
    /// Pools that can be drawn now, in drawing order, with what is reserved.
    pub pools: Vec<Pool>,
    /// Pools that begin later, the earliest first.
    pub upcoming: Vec<Pool>,
    /// What agreed appointments will probably take beyond the pools.
    pub reserved_over: u32,
    /// How they go down; none without pools.
    pub burn_down: Option<BurnDown>,
    /// The alert that stands, if any.
    pub alert: Option<Alert>,
    /// Of the last twelve months, the earliest first; months without use included.
    pub by_month: Vec<UsageBar>,
    /// Of the same twelve months, the most used first.
    pub by_program: Vec<UsageBar>,
    /// As `by_program`.
    pub by_work_type: Vec<UsageBar>,
    /// As `by_program`.
    pub by_member: Vec<UsageBar>,
    /// The latest interventions.
    pub latest: UsageList,
    /// What a minute beyond the pools costs, excluding VAT.
    pub rates: Rates,
    /// What another way to pay would have cost.
    pub advice: Option<Advice>,
    /// Whether the customer has a contract today.
    pub has_contract: bool,
    /// Whether the viewer may buy.
    pub may_buy: bool,
    /// Today.
    pub today: NaiveDate,
}

/// All that the public page says.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LinePage {
    /// Open or closed right now, and until when.
    pub status: LineStatus,
    /// The nearest public holidays and closures on which nobody answers.
    pub days_off: Vec<DayOff>,
    /// Numbers by region.
    pub regions: Vec<Region>,
    /// Hours, minimums and prices in force.
    pub settings: LineSettings,
    /// Response tiers, the slowest first.
    pub tiers: Vec<ResponseTier>,
    /// Bundles on sale, the smallest first.
    pub bundles: Vec<Bundle>,
}
