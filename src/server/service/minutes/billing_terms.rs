//! What would pay for an intervention, with the facts from the database.

use chrono::{DateTime, Utc};

use crate::{
    model::{
        base::{calendar::to_local, ids::CustomerId},
        line::settings::LineSettings,
        minutes::billing_terms::{BillingTerms, billing_terms},
    },
    server::db::{
        DbError, Tx,
        minutes::{contracts, ledger},
    },
};

/// What would pay for an intervention of a customer that starts at `start`.
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn terms(
    tx: &mut Tx,
    customer: CustomerId,
    settings: &LineSettings,
    start: DateTime<Utc>,
) -> Result<BillingTerms, DbError> {
    let grants = ledger::balances(tx, customer, start).await?;
    let contract = match contracts::valid_at(tx, customer, to_local(start).date()).await? {
        Some((id, terms)) => Some((terms, contracts::covered_until(tx, id).await?)),
        None => None,
    };
    let contract = contract.as_ref().map(|(terms, covered_until)| (terms, *covered_until));
    Ok(billing_terms(contract, &grants, settings, start))
}
