//! Refunds of purchases: decided here or made at Stripe, and where they are.

use chrono::{DateTime, Utc};

use super::purchases::StoredPurchase;
use crate::model::{
    base::{
        ids::{DocumentId, PurchaseId, RefundId, StaffId},
        money::Money,
    },
    money::refunds::{Refund, RefundState},
};
use crate::server::db::{
    DbError, Tx,
    codec::{Natural, integer},
};

/// A refund as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredRefund {
    /// Which.
    pub id: RefundId,
    /// Of which purchase.
    pub purchase: PurchaseId,
    /// Minutes taken back.
    pub minutes: u32,
    /// How much, including VAT.
    pub amount: Money,
    /// Why.
    pub reason: String,
    /// When it was decided.
    pub requested_at: DateTime<Utc>,
    /// Where it is.
    pub state: RefundState,
    /// What it is called at Stripe.
    pub stripe_refund: Option<String>,
    /// Under the how manieth key Stripe is asked for it.
    pub send_try: u32,
}

/// A refund to be written down.
#[derive(Debug, Clone, Copy)]
pub struct NewRefund<'a> {
    /// Its identity: made with the form, or of its name at Stripe.
    pub id: RefundId,
    /// Minutes taken back.
    pub minutes: u32,
    /// How much, including VAT.
    pub amount: Money,
    /// What is not owed any more, including VAT.
    pub waived: Money,
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

/// Writes down a refund of a purchase, unless it is; tells whether it did now.
///
/// # Errors
/// When the database fails.
pub async fn insert(tx: &mut Tx, stored: &StoredPurchase, refund: &NewRefund<'_>) -> Result<bool, DbError> {
    let done = sqlx::query!(
        "insert into refund (id, customer_id, purchase_id, minutes, amount, reason, staff_id, requested_at, state, stripe_refund,
                             waived)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) on conflict do nothing",
        refund.id.0,
        stored.customer.0,
        stored.purchase.id.0,
        integer(refund.minutes)?,
        refund.amount.haler(),
        refund.reason,
        refund.by.map(|staff| staff.0),
        refund.at,
        refund.state.code(),
        refund.stripe_refund,
        refund.waived.haler()
    )
    .execute(&mut **tx)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// The purchase of a refund.
///
/// # Errors
/// When the database fails.
pub async fn purchase_of(tx: &mut Tx, id: RefundId) -> Result<Option<PurchaseId>, DbError> {
    Ok(sqlx::query_scalar!(r#"select purchase_id as "id: PurchaseId" from refund where id = $1"#, id.0)
        .fetch_optional(&mut **tx)
        .await?)
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

/// Notes that asking for a refund failed under a key: the next asking is under another.
///
/// # Errors
/// When the database fails.
pub async fn note_send_failed(tx: &mut Tx, id: RefundId, asked: u32) -> Result<(), DbError> {
    sqlx::query!("update refund set send_try = send_try + 1 where id = $1 and send_try = $2", id.0, integer(asked)?)
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// Notes the credit note of a refund.
///
/// # Errors
/// When the database fails.
pub async fn note_document(tx: &mut Tx, id: RefundId, document: DocumentId) -> Result<(), DbError> {
    sqlx::query!("update refund set document_id = $2 where id = $1", id.0, document.0).execute(&mut **tx).await?;
    Ok(())
}

/// Refunds of a purchase that were made at Stripe and stand on no credit note, with their amounts including VAT.
///
/// # Errors
/// When the database fails.
pub async fn uncredited(tx: &mut Tx, purchase: PurchaseId) -> Result<Vec<(RefundId, Money)>, DbError> {
    let rows = sqlx::query!(
        r#"select id as "id: RefundId", amount as "amount: Money" from refund
           where purchase_id = $1 and minutes = 0 and document_id is null and state <> 'failed'
           order by requested_at, id"#,
        purchase.0
    );
    Ok(rows.fetch_all(&mut **tx).await?.into_iter().map(|row| (row.id, row.amount)).collect())
}

/// Sums up what went back for a purchase, or was taken back with a payment that was another's, and did not come again; nothing went back
/// for what is not known to be paid yet.
///
/// # Errors
/// When the database fails.
pub async fn sum_up(tx: &mut Tx, purchase: PurchaseId) -> Result<(), DbError> {
    sqlx::query!(
        "update purchase p set refunded = least(p.total, (
             select coalesce(sum(r.amount), 0)::bigint from refund r
             where r.purchase_id = p.id and r.state in ('succeeded', 'paid_otherwise'))
             + (select coalesce(sum(u.lost), 0)::bigint from undone_match u where u.purchase_id = p.id)
             - (select coalesce(sum(w.amount), 0)::bigint from won_back w where w.purchase_id = p.id))
         where p.id = $1 and p.paid_at is not null",
        purchase.0
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// The refunds of a purchase as staff see them, the oldest first.
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn for_staff(tx: &mut Tx, purchase: PurchaseId) -> Result<Vec<Refund>, DbError> {
    Ok(sqlx::query_as!(
        Refund,
        r#"select r.id as "id: RefundId", r.minutes as "minutes: Natural", r.amount as "amount: Money",
                  r.waived as "waived: Money", r.reason, s.name as "by?", r.requested_at, r.state as "state: RefundState",
                  (select string_agg(n.number, ', ' order by n.id) from tax_document n
                   where n.purchase_id = r.purchase_id and (n.id = d.id or n.key like d.key || ':%')) as document
           from refund r left join staff s on s.id = r.staff_id left join tax_document d on d.id = r.document_id
           where r.purchase_id = $1 order by r.requested_at, r.id"#,
        purchase.0
    )
    .fetch_all(&mut **tx)
    .await?)
}

/// Refunds of a purchase, the oldest first.
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn of_purchase(tx: &mut Tx, purchase: PurchaseId) -> Result<Vec<StoredRefund>, DbError> {
    Ok(sqlx::query_as!(
        StoredRefund,
        r#"select id as "id: RefundId", purchase_id as "purchase: PurchaseId", minutes as "minutes: Natural",
                  amount as "amount: Money", reason, requested_at, state as "state: RefundState", stripe_refund,
                  send_try as "send_try: Natural"
           from refund where purchase_id = $1 order by requested_at, id"#,
        purchase.0
    )
    .fetch_all(&mut **tx)
    .await?)
}

/// One refund.
///
/// # Errors
/// As [`of_purchase`].
pub async fn find(tx: &mut Tx, id: RefundId) -> Result<Option<StoredRefund>, DbError> {
    let Some(purchase) = purchase_of(tx, id).await? else { return Ok(None) };
    Ok(of_purchase(tx, purchase).await?.into_iter().find(|refund| refund.id == id))
}

/// Payments by card with refunds that are on their way since before `since`.
///
/// # Errors
/// When the database fails.
pub async fn payments_with_open_refunds(
    tx: &mut Tx,
    since: DateTime<Utc>,
    at_most: i64,
) -> Result<Vec<String>, DbError> {
    Ok(sqlx::query_scalar!(
        r#"select distinct p.payment_intent as "intent!" from refund r join purchase p on p.id = r.purchase_id
           where r.state = 'pending' and r.requested_at < $1 and p.payment_intent is not null limit $2"#,
        since,
        at_most
    )
    .fetch_all(&mut **tx)
    .await?)
}

/// Refunds of payments by card that were decided before `since`, and of which Stripe was never told.
///
/// # Errors
/// When the database fails.
pub async fn unsent(tx: &mut Tx, since: DateTime<Utc>, at_most: i64) -> Result<Vec<RefundId>, DbError> {
    Ok(sqlx::query_scalar!(
        r#"select r.id as "id: RefundId" from refund r join purchase p on p.id = r.purchase_id
           where r.state = 'requested' and r.requested_at < $1 and p.payment_intent is not null
           order by r.requested_at limit $2"#,
        since,
        at_most
    )
    .fetch_all(&mut **tx)
    .await?)
}
