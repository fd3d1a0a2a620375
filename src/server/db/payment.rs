//! What pays for a customer's interventions: contract and minutes credited.

use chrono::{DateTime, Utc};

use super::{
    DbError, Tx,
    catalogue::{natural, unknown},
};
use crate::model::{
    calendar::to_local,
    estimate::{PayerPool, PoolKind, sort_for_drawing},
    line::LineSettings,
    money::Money,
    orders::PaymentTerms,
};

/// What would pay for an intervention that starts at `now`.
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn terms(tx: &mut Tx, settings: &LineSettings, now: DateTime<Utc>) -> Result<PaymentTerms, DbError> {
    let contract = sqlx::query!(
        "select rate_per_minute from contract
         where customer_id = (select current_customer()) and valid @> $1::date",
        to_local(now).date()
    )
    .fetch_optional(&mut **tx)
    .await?;
    let grants = sqlx::query!(
        "select kind, minutes, expires_at from minute_grant
         where customer_id = (select current_customer())
           and effective_at <= $1 and (expires_at is null or expires_at > $1)
         order by effective_at, id",
        now
    )
    .fetch_all(&mut **tx)
    .await?;

    let mut pools = grants
        .into_iter()
        .map(|row| {
            Ok(PayerPool {
                kind: PoolKind::from_code(&row.kind).ok_or_else(|| unknown("minute_grant.kind", row.kind))?,
                minutes_left: natural("minute_grant.minutes", row.minutes)?,
                // The last local day on which its minutes can be drawn.
                expires_on: row.expires_at.map(|at| to_local(at - chrono::TimeDelta::seconds(1)).date()),
            })
        })
        .collect::<Result<Vec<_>, DbError>>()?;
    sort_for_drawing(&mut pools);

    Ok(PaymentTerms {
        minimum_minutes: settings.minimum_minutes(contract.is_some() || !pools.is_empty()),
        rate_per_minute: contract
            .map_or(settings.list_rate_per_minute, |contract| Money::from_haler(contract.rate_per_minute)),
        vat: settings.vat,
        pools,
    })
}
