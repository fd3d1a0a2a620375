//! What would pay for an intervention of a customer, and at which price.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::{
    contracts::{ContractTerms, Rates},
    outlook::Outlook,
    pools::PayerPool,
};
use crate::model::{
    base::{calendar::to_local, money::VatRate},
    line::settings::LineSettings,
};

/// What pays for an intervention of this customer: all that [`estimate`](super::estimate::estimate) wants to know.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct BillingTerms {
    /// The customer's free minutes by pool, in drawing order.
    pub pools: Vec<PayerPool>,
    /// Minutes beside them that agreed appointments will probably draw.
    pub reserved: u32,
    /// Fewest minutes billed for one intervention.
    pub minimum_minutes: u32,
    /// Price of a minute that no pool covers, excluding VAT.
    pub rates: Rates,
    /// Whether these are the rates of a contract, not of the list.
    pub has_contract: bool,
    /// Above how many minutes the contract wants the customer to be asked, unless the request says otherwise.
    pub ceiling_minutes: Option<u32>,
    /// VAT on it.
    pub vat: VatRate,
}

impl BillingTerms {
    /// Minutes that nothing agreed needs.
    #[must_use]
    pub fn free(&self) -> u32 {
        self.pools.iter().map(|pool| pool.minutes_left).sum()
    }
}

/// What would pay for an intervention that starts at `start`, which may lie ahead: the free minutes of that moment, the
/// minimum and the prices of the contract that is valid then.
#[must_use]
pub fn billing_terms(outlook: &Outlook, settings: &LineSettings, start: DateTime<Utc>) -> BillingTerms {
    let minutes = outlook.free_at(start);
    let contract = outlook.contract_on(to_local(start).date());
    let list = settings.list_rate_per_minute;
    BillingTerms {
        reserved: minutes.reserved,
        minimum_minutes: contract.map_or(settings.minimum_minutes(minutes.has_bundle), |terms| terms.minimum_minutes),
        rates: contract.map_or(Rates { normal: list, urgent: list }, ContractTerms::rates),
        has_contract: contract.is_some(),
        ceiling_minutes: contract.and_then(|terms| terms.ceiling_minutes),
        vat: settings.vat.of(to_local(start).date()),
        pools: minutes.pools,
    }
}
