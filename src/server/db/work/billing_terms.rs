//! What pays for a customer's interventions: contract and minutes credited.

use chrono::{DateTime, Utc};

use crate::model::{
    base::{
        calendar::{last_day, to_local},
        ids::{CustomerId, GrantId},
    },
    line::settings::LineSettings,
    minutes::{
        contracts::{Rates, period_at},
        estimate::{PayerPool, PoolKind},
        ledger::{GrantBalance, in_drawing_order},
    },
    ordering::drafts::PaymentTerms,
};
use crate::server::db::{
    DbError, Tx,
    line::catalogue::{natural, unknown},
    minutes::contracts,
};

/// What would pay for an intervention that starts at `start`, which may lie ahead: the allowance of a period that has not
/// begun is counted though it is not credited yet.
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn terms(
    tx: &mut Tx,
    customer: CustomerId,
    settings: &LineSettings,
    start: DateTime<Utc>,
) -> Result<PaymentTerms, DbError> {
    let contract = contracts::valid_at(tx, customer, to_local(start).date()).await?;
    let grants = balances(tx, customer, start).await?;
    let mut pools: Vec<PayerPool> = Vec::new();
    if let Some((id, terms)) = &contract
        && let Some(period) = period_at(terms, start)
        && terms.minutes_per_period > 0
        && contracts::covered_until(tx, *id).await?.is_none_or(|until| until <= start)
    {
        pools.push(PayerPool {
            kind: PoolKind::Contract,
            minutes_left: terms.minutes_per_period,
            expires_on: Some(last_day(period.expires_at)),
        });
    }
    pools.extend(in_drawing_order(&grants, start).into_iter().filter(|grant| grant.left > 0).map(|grant| PayerPool {
        kind: grant.kind,
        minutes_left: grant.left,
        expires_on: grant.expires_at.map(last_day),
    }));
    crate::model::minutes::estimate::sort_for_drawing(&mut pools);

    let list = settings.list_rate_per_minute;
    let has_bundle = grants.iter().any(|grant| grant.kind == PoolKind::Bundle && grant.left > 0);
    Ok(PaymentTerms {
        minimum_minutes: contract
            .as_ref()
            .map_or(settings.minimum_minutes(has_bundle), |(_, terms)| terms.minimum_minutes),
        rates: contract.as_ref().map_or(Rates { normal: list, urgent: list }, |(_, terms)| Rates {
            normal: terms.rate_per_minute,
            urgent: terms.urgent_rate_per_minute,
        }),
        ceiling_minutes: contract.and_then(|(_, terms)| terms.ceiling_minutes),
        vat: settings.vat,
        pools,
    })
}

/// The grants from which an intervention that starts at `start` may draw, with what is left of each; in no order.
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn balances(tx: &mut Tx, customer: CustomerId, start: DateTime<Utc>) -> Result<Vec<GrantBalance>, DbError> {
    sqlx::query!(
        r#"select id as "id!", kind as "kind!", granted as "granted!", left_minutes as "left_minutes!",
                  effective_at as "effective_at!", expires_at
           from grant_balance
           where customer_id = $1 and effective_at <= $2 and (expires_at is null or expires_at > $2)"#,
        customer.0,
        start
    )
    .fetch_all(&mut **tx)
    .await?
    .into_iter()
    .map(|row| {
        Ok(GrantBalance {
            id: GrantId(row.id),
            kind: pool_kind(row.kind)?,
            granted: natural("minute_grant.minutes", row.granted)?,
            left: natural("ledger_entry.grant_balance_after", row.left_minutes)?,
            effective_at: row.effective_at,
            expires_at: row.expires_at,
        })
    })
    .collect()
}

pub(crate) fn pool_kind(code: String) -> Result<PoolKind, DbError> {
    PoolKind::from_code(&code).ok_or_else(|| unknown("minute_grant.kind", code))
}
