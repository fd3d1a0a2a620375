//! Refunds, and the minutes of disputed orders.

use chrono::{DateTime, Utc};

use super::purchases::{StoredOrder, StoredRefund, grant_source};
use crate::model::{
    base::{
        ids::{BundleOrderId, CustomerId, DocumentId, GrantId, RefundId, StaffId},
        money::Money,
    },
    money::{
        purchases::{Dispute, RefundState},
        sales::Refund,
    },
};
use crate::server::db::{
    DbError, Tx,
    line::catalogue::{natural, unknown},
};

/// A refund to be written down.
#[derive(Debug, Clone, Copy)]
pub struct NewRefund<'a> {
    /// Its identity: made with the form, or of its name at Stripe.
    pub id: RefundId,
    /// Minutes taken back.
    pub minutes: u32,
    /// How much, including VAT.
    pub amount: Money,
    /// Why.
    pub reason: &'a str,
    /// Who decided it; none when it was made at Stripe.
    pub by: Option<StaffId>,
    /// When.
    pub at: DateTime<Utc>,
    /// Where it is.
    pub state: RefundState,
    /// What it is called at Stripe.
    pub stripe_refund: Option<&'a str>,
}

/// Writes down a refund of an order, unless it is; tells whether it did now.
///
/// # Errors
/// When the database fails.
pub async fn insert(tx: &mut Tx, order: &StoredOrder, refund: &NewRefund<'_>) -> Result<bool, DbError> {
    let minutes = i32::try_from(refund.minutes).map_err(|_| unknown("refund.minutes", refund.minutes))?;
    let done = sqlx::query!(
        "insert into refund (id, customer_id, order_id, minutes, amount, reason, staff_id, requested_at, state, stripe_refund)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) on conflict do nothing",
        refund.id.0,
        order.customer.0,
        order.order.id.0,
        minutes,
        refund.amount.haler(),
        refund.reason,
        refund.by.map(|staff| staff.0),
        refund.at,
        refund.state.code(),
        refund.stripe_refund
    )
    .execute(&mut **tx)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// The order of a refund.
///
/// # Errors
/// When the database fails.
pub async fn order_of(tx: &mut Tx, id: RefundId) -> Result<Option<BundleOrderId>, DbError> {
    let order =
        sqlx::query_scalar!("select order_id from refund where id = $1", id.0).fetch_optional(&mut **tx).await?;
    Ok(order.map(BundleOrderId))
}

/// Notes where a refund is, and what it is called at Stripe: both only forward; tells whether any of it was news.
///
/// # Errors
/// When the database fails.
pub async fn note_state(
    tx: &mut Tx,
    refund: &StoredRefund,
    state: RefundState,
    stripe_refund: Option<&str>,
) -> Result<bool, DbError> {
    let (state, name) = (state.max(refund.state), refund.stripe_refund.as_deref().or(stripe_refund));
    if state == refund.state && name == refund.stripe_refund.as_deref() {
        return Ok(false);
    }
    sqlx::query!("update refund set state = $2, stripe_refund = $3 where id = $1", refund.id.0, state.code(), name)
        .execute(&mut **tx)
        .await?;
    Ok(true)
}

/// Notes the credit note of a refund.
///
/// # Errors
/// When the database fails.
pub async fn note_document(tx: &mut Tx, id: RefundId, document: DocumentId) -> Result<(), DbError> {
    sqlx::query!("update refund set document_id = $2 where id = $1", id.0, document.0).execute(&mut **tx).await?;
    Ok(())
}

/// Refunds of an order that were made at Stripe and stand on no credit note, with their amounts including VAT.
///
/// # Errors
/// When the database fails.
pub async fn uncredited(tx: &mut Tx, order: BundleOrderId) -> Result<Vec<(RefundId, Money)>, DbError> {
    let rows = sqlx::query!(
        "select id, amount from refund
         where order_id = $1 and minutes = 0 and document_id is null and state <> 'failed' order by requested_at, id",
        order.0
    );
    let rows = rows.fetch_all(&mut **tx).await?;
    Ok(rows.into_iter().map(|row| (RefundId(row.id), Money::from_haler(row.amount))).collect())
}

/// Sums up what went back for an order; nothing went back for what is not known to be paid yet.
///
/// # Errors
/// When the database fails.
pub async fn sum_up(tx: &mut Tx, order: BundleOrderId) -> Result<(), DbError> {
    sqlx::query!(
        "update bundle_order o set refunded = least(o.total, (
             select coalesce(sum(r.amount), 0)::bigint from refund r
             where r.order_id = o.id and r.state in ('succeeded', 'paid_otherwise')))
         where o.id = $1 and o.paid_at is not null",
        order.0
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// The grant of an order, with what is left of it and when it expires.
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn grant_of(
    tx: &mut Tx,
    order: BundleOrderId,
) -> Result<Option<(GrantId, u32, Option<DateTime<Utc>>)>, DbError> {
    sqlx::query!(
        r#"select b.id as "id!", b.left_minutes as "left!", b.expires_at
           from minute_grant g join grant_balance b on b.id = g.id where g.kind = 'bundle' and g.source = $1"#,
        grant_source(order)
    )
    .fetch_optional(&mut **tx)
    .await?
    .map(|row| Ok((GrantId(row.id), natural("ledger_entry.grant_balance_after", row.left)?, row.expires_at)))
    .transpose()
}

/// How many minutes of a grant are frozen.
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn frozen(tx: &mut Tx, grant: GrantId) -> Result<u32, DbError> {
    let frozen = sqlx::query_scalar!(
        r#"select (-coalesce(sum(minutes), 0))::int as "frozen!" from ledger_entry
           where grant_id = $1 and kind in ('freeze', 'thaw')"#,
        grant.0
    )
    .fetch_one(&mut **tx)
    .await?;
    natural("ledger_entry.minutes", frozen)
}

/// Which of some grants are of orders whose payment is disputed or was lost.
///
/// # Errors
/// When the database fails.
pub async fn disputed(tx: &mut Tx, customer: CustomerId, grants: &[GrantId]) -> Result<Vec<GrantId>, DbError> {
    let grants: Vec<i64> = grants.iter().map(|grant| grant.0).collect();
    let disputed = sqlx::query_scalar!(
        "select g.id from minute_grant g join bundle_order o on g.source = 'order:' || o.id
         where g.customer_id = $1 and g.id = any($2) and g.kind = 'bundle' and o.dispute in ('open', 'lost')",
        customer.0,
        &grants
    )
    .fetch_all(&mut **tx)
    .await?;
    Ok(disputed.into_iter().map(GrantId).collect())
}

/// Where the dispute of an order is now.
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn dispute_of(tx: &mut Tx, order: BundleOrderId) -> Result<Dispute, DbError> {
    let dispute =
        sqlx::query_scalar!("select dispute from bundle_order where id = $1", order.0).fetch_one(&mut **tx).await?;
    Dispute::from_code(&dispute).ok_or_else(|| unknown("bundle_order.dispute", dispute))
}

/// Notes that what a manager had to look at is done.
///
/// # Errors
/// When the database fails.
pub async fn resolve_alert(tx: &mut Tx, refund: RefundId, staff: StaffId, now: DateTime<Utc>) -> Result<(), DbError> {
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

/// The refunds of an order as staff see them, the oldest first.
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn of_order(tx: &mut Tx, order: BundleOrderId) -> Result<Vec<Refund>, DbError> {
    sqlx::query!(
        r#"select r.id, r.minutes, r.amount, r.reason, s.name as "by?", r.requested_at, r.state, d.number as "document?"
           from refund r left join staff s on s.id = r.staff_id left join tax_document d on d.id = r.document_id
           where r.order_id = $1 order by r.requested_at, r.id"#,
        order.0
    )
    .fetch_all(&mut **tx)
    .await?
    .into_iter()
    .map(|row| {
        Ok(Refund {
            id: RefundId(row.id),
            minutes: natural("refund.minutes", row.minutes)?,
            amount: Money::from_haler(row.amount),
            reason: row.reason,
            by: row.by,
            requested_at: row.requested_at,
            state: RefundState::from_code(&row.state).ok_or_else(|| unknown("refund.state", row.state))?,
            document: row.document,
        })
    })
    .collect()
}
