//! Telling those who buy when minutes run low.

use chrono::{DateTime, Utc};

use super::billing_terms;
use crate::{
    model::{
        base::ids::{CustomerId, RequestId},
        mails::MailContent,
        minutes::alerts::{Alert, Level, crossed},
        problem::Problem,
    },
    server::db::{
        Tx, mails,
        minutes::{alerts, ledger},
    },
};

/// How full an account is now.
pub(crate) async fn level(tx: &mut Tx, customer: CustomerId, now: DateTime<Utc>) -> Result<Level, Problem> {
    let grants = ledger::balances(tx, customer, now).await?;
    Ok(Level {
        granted: grants.iter().map(|grant| grant.granted).sum(),
        left: grants.iter().map(|grant| grant.left).sum(),
    })
}

/// Tells the members who buy when a share of used minutes was crossed since `before`: once per crossing, in the transaction
/// that crosses it.
///
/// * `settled` – the request that has just drawn what was reserved for it
pub(crate) async fn raise_alert(
    tx: &mut Tx,
    customer: CustomerId,
    before: Level,
    settled: Option<RequestId>,
    now: DateTime<Utc>,
) -> Result<(), Problem> {
    let after = level(tx, customer, now).await?;
    let Some(kind) = crossed(before, after) else {
        return Ok(());
    };
    let source = ledger::last_seq(tx, customer).await?.to_string();
    if alerts::raise(tx, customer, kind, &source, now).await? {
        let reserved = billing_terms::outlook(tx, customer, settled, now).await?.free_at(now).reserved;
        let alert = Alert { kind, left: after.left, granted: after.granted, reserved, expires_at: None };
        mails::to_buyers(tx, customer, &MailContent::Alert(alert), now, &format!("alert:{customer}:{kind}:{source}"))
            .await?;
    }
    Ok(())
}
