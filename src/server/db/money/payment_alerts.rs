//! What a manager has to look at about payments: raised once per cause, resolved by a person.

use chrono::{DateTime, Utc};
use serde::de::DeserializeOwned;

use crate::model::{
    base::{
        ids::{PaymentAlertId, PurchaseId, RefundId, StaffId},
        money::Money,
        paging::Queue,
    },
    money::{
        bank::StatementSource,
        card::{PaymentAlert, PaymentAlertKind},
        purchases::PurchaseNumber,
    },
};
use crate::server::db::{DbError, Tx, codec::Natural, paging::queue};

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
pub async fn open(tx: &mut Tx, at_most: i64) -> Result<Queue<PaymentAlert>, DbError> {
    let found = sqlx::query!(
        r#"select a.id as "id: PaymentAlertId", a.kind as "kind: PaymentAlertKind", a.source, a.at, a.details,
                  p.number as "purchase?: PurchaseNumber", count(*) over () as "total!: Natural"
           from payment_alert a left join purchase p on p.id = a.purchase_id
           where a.resolved_at is null order by a.at, a.id limit $1"#,
        at_most
    )
    .fetch_all(&mut **tx)
    .await?;
    Ok(queue(
        found,
        |row| row.total,
        |row| PaymentAlert {
            id: row.id,
            kind: row.kind,
            amount: amount(&row.details),
            unread: said(row.kind, PaymentAlertKind::StatementRefused, &row.details),
            trouble: said(row.kind, PaymentAlertKind::StatementsFail, &row.details),
            references: references(row.kind, row.source, &row.details),
            purchase: row.purchase,
            at: row.at,
        },
    ))
}

/// How much an alert is about: a whole number of haléře as Stripe tells it, or crowns as they are written.
fn amount(details: &serde_json::Value) -> Option<Money> {
    match details.get("amount")? {
        serde_json::Value::Number(haler) => haler.as_i64().map(Money::from_haler),
        serde_json::Value::String(crowns) => Money::parse_crowns(crowns),
        _ => None,
    }
}

/// What an alert of one kind says, to be told in words; nothing of the others.
fn said<T: DeserializeOwned>(kind: PaymentAlertKind, of: PaymentAlertKind, details: &serde_json::Value) -> Option<T> {
    (kind == of).then(|| serde_json::from_value(details.clone()).ok())?
}

/// What an alert is called elsewhere, and whatever else was said that is not told in words.
fn references(kind: PaymentAlertKind, source: String, details: &serde_json::Value) -> Vec<String> {
    match kind {
        PaymentAlertKind::StatementRefused => {
            let file = details.get("file").and_then(|file| file.as_str());
            return vec![file.map_or(source, str::to_owned)];
        }
        PaymentAlertKind::StatementsFail => return Vec::new(),
        _ => {}
    }
    let others = details.as_object().into_iter().flatten().filter(|(name, _)| *name != "amount");
    let others = others.filter_map(|(_, value)| value.as_str()).filter(|value| *value != source.as_str());
    let mut references: Vec<String> = others.map(str::to_owned).collect();
    references.insert(0, source);
    references
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

/// Resolves what was raised because a source of statements failed: it works again.
///
/// # Errors
/// When the database fails.
pub async fn resolve_source(tx: &mut Tx, source: StatementSource, now: DateTime<Utc>) -> Result<(), DbError> {
    sqlx::query!(
        "update payment_alert set resolved_at = $2
         where kind = 'statements_fail' and details ->> 'source' = $1 and resolved_at is null",
        source.code(),
        now
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}
