//! What would pay for an intervention of a customer, and at which price.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::{
    contracts::{ContractTerms, Rates, due_allowance},
    ledger::{GrantBalance, in_drawing_order},
    pools::{PayerPool, PoolKind, sort_for_drawing},
};
use crate::model::{
    base::{calendar::last_day, money::VatRate},
    line::settings::LineSettings,
};

/// What pays for an intervention of this customer: all that [`estimate`](super::estimate::estimate) wants to know.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct BillingTerms {
    /// The customer's pools in drawing order.
    pub pools: Vec<PayerPool>,
    /// Fewest minutes billed for one intervention.
    pub minimum_minutes: u32,
    /// Price of a minute that no pool covers, excluding VAT.
    pub rates: Rates,
    /// Above how many minutes the contract wants the customer to be asked, unless the request says otherwise.
    pub ceiling_minutes: Option<u32>,
    /// VAT on it.
    pub vat: VatRate,
}

/// What would pay for an intervention that starts at `start`, which may lie ahead: the allowance of a period that has not
/// begun is counted though it is not credited yet.
///
/// * `contract` – what the contract that is valid then says, and until when its grants cover it
/// * `grants` – those that are credited now, with what is left of each
#[must_use]
pub fn billing_terms(
    contract: Option<(&ContractTerms, Option<DateTime<Utc>>)>,
    grants: &[GrantBalance],
    settings: &LineSettings,
    start: DateTime<Utc>,
) -> BillingTerms {
    let to_come = contract.and_then(|(terms, covered_until)| due_allowance(terms, covered_until, start)).map(|due| {
        PayerPool { kind: PoolKind::Contract, minutes_left: due.minutes, expires_on: Some(last_day(due.expires_at)) }
    });
    let credited = in_drawing_order(grants, start).into_iter().filter(|grant| grant.left > 0).map(|grant| PayerPool {
        kind: grant.kind,
        minutes_left: grant.left,
        expires_on: grant.expires_at.map(last_day),
    });
    let mut pools: Vec<PayerPool> = to_come.into_iter().chain(credited).collect();
    sort_for_drawing(&mut pools);

    let list = settings.list_rate_per_minute;
    let has_bundle = grants.iter().any(|grant| grant.kind == PoolKind::Bundle && grant.left > 0);
    let terms = contract.map(|(terms, _)| terms);
    BillingTerms {
        pools,
        minimum_minutes: terms.map_or(settings.minimum_minutes(has_bundle), |terms| terms.minimum_minutes),
        rates: terms.map_or(Rates { normal: list, urgent: list }, |terms| Rates {
            normal: terms.rate_per_minute,
            urgent: terms.urgent_rate_per_minute,
        }),
        ceiling_minutes: terms.and_then(|terms| terms.ceiling_minutes),
        vat: settings.vat,
    }
}
