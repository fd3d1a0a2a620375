//! What a manager has to look at about payments: raised once per cause, resolved by a person.

use chrono::{DateTime, Utc};

use super::purchases::number;
use crate::model::{
    base::ids::{PaymentAlertId, PurchaseId, RefundId, StaffId},
    money::card::{PaymentAlert, PaymentAlertKind},
};
use crate::server::db::{DbError, Tx, line::catalogue::unknown};

/// Raises an alert, unless its cause has raised it before; tells whether it was news.
///
/// * `source` – what it is about, as Stripe or the bank calls it; with the kind, the natural key
///
/// # Errors
/// When the database fails.
pub async fn raise(
    tx: &mut Tx,
    kind: PaymentAlertKind,
    source: &str,
    purchase: Option<PurchaseId>,
    details: &serde_json::Value,
    now: DateTime<Utc>,
) -> Result<bool, DbError> {
    let raised = sqlx::query!(
        "insert into payment_alert (kind, source, purchase_id, at, details) values ($1, $2, $3, $4, $5)
         on conflict do nothing",
        kind.code(),
        source,
        purchase.map(|purchase| purchase.0),
        now,
        details
    )
    .execute(&mut **tx)
    .await?;
    Ok(raised.rows_affected() == 1)
}

/// Alerts that nobody has resolved, the oldest first.
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn open(tx: &mut Tx, at_most: i64) -> Result<Vec<PaymentAlert>, DbError> {
    sqlx::query!(
        r#"select a.id, a.kind, a.source, a.at, a.details, p.number as "number?"
           from payment_alert a left join purchase p on p.id = a.purchase_id
           where a.resolved_at is null order by a.at, a.id limit $1"#,
        at_most
    )
    .fetch_all(&mut **tx)
    .await?
    .into_iter()
    .map(|row| {
        Ok(PaymentAlert {
            id: PaymentAlertId(row.id),
            kind: PaymentAlertKind::from_code(&row.kind).ok_or_else(|| unknown("payment_alert.kind", row.kind))?,
            source: row.source,
            purchase: row.number.as_deref().map(number).transpose()?,
            at: row.at,
            details: details(&row.details),
        })
    })
    .collect()
}

/// What an alert knows, as `name: value`.
fn details(json: &serde_json::Value) -> Vec<String> {
    let text = |value: &serde_json::Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    json.as_object().into_iter().flatten().map(|(name, value)| format!("{name}: {}", text(value))).collect()
}

/// Notes that a person has dealt with an alert; tells whether it was open.
///
/// # Errors
/// When the database fails.
pub async fn resolve(tx: &mut Tx, id: PaymentAlertId, staff: StaffId, now: DateTime<Utc>) -> Result<bool, DbError> {
    let resolved = sqlx::query!(
        "update payment_alert set resolved_at = $2, staff_id = $3 where id = $1 and resolved_at is null",
        id.0,
        now,
        staff.0
    )
    .execute(&mut **tx)
    .await?;
    Ok(resolved.rows_affected() == 1)
}

/// Resolves what was raised when the money of a refund did not go back.
///
/// # Errors
/// When the database fails.
pub async fn resolve_failed_refund(
    tx: &mut Tx,
    refund: RefundId,
    staff: StaffId,
    now: DateTime<Utc>,
) -> Result<(), DbError> {
    sqlx::query!(
        "update payment_alert set resolved_at = $3, staff_id = $2
         where kind = 'refund_failed' and source = $1 and resolved_at is null",
        refund.to_string(),
        staff.0,
        now
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}
