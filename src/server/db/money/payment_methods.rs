//! Another way to pay than was chosen: what of it is kept of a purchase.

use chrono::{DateTime, Utc};

use crate::model::base::ids::PurchaseId;
use crate::server::db::{DbError, Tx};

/// Notes that a purchase is to be paid by transfer once its page at Stripe is ended. The purchase is locked and unpaid.
///
/// # Errors
/// When the database fails.
pub async fn note_transfer_wanted(tx: &mut Tx, id: PurchaseId, now: DateTime<Utc>) -> Result<(), DbError> {
    sqlx::query!("update purchase set transfer_wanted_at = $2 where id = $1 and transfer_wanted_at is null", id.0, now)
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// Lets a purchase be paid by transfer instead of by card; its page at Stripe is remembered. The purchase is locked and unpaid.
///
/// # Errors
/// When the database fails.
pub async fn leave_card(tx: &mut Tx, id: PurchaseId) -> Result<(), DbError> {
    sqlx::query!("select leave_card($1)", id.0).execute(&mut **tx).await?;
    Ok(())
}

/// Lets a purchase be paid by card, from now on. The purchase is locked and unpaid.
///
/// # Errors
/// When the database fails.
pub async fn take_card(tx: &mut Tx, id: PurchaseId, now: DateTime<Utc>) -> Result<(), DbError> {
    sqlx::query!(
        "update purchase set method = 'card', card_since = $2, transfer_wanted_at = null where id = $1",
        id.0,
        now
    )
    .execute(&mut **tx)
    .await?;
    sqlx::query!(
        "insert into checkout_email (purchase_id, customer_id, member_id, email)
         select p.id, p.customer_id, p.member_id, l.email from purchase p join login l on l.member_id = p.member_id
         where p.id = $1
         on conflict do nothing",
        id.0
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Notes that a card paid after all what was to be paid by transfer.
///
/// # Errors
/// When the database fails.
pub async fn note_paid_by_card(tx: &mut Tx, id: PurchaseId) -> Result<(), DbError> {
    sqlx::query!("update purchase set method = 'card' where id = $1 and method <> 'card' and paid_at is null", id.0)
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// Remembers a page that was made for a purchase which is paid otherwise by now.
///
/// # Errors
/// When the database fails.
pub async fn remember_page(tx: &mut Tx, id: PurchaseId, session: &str) -> Result<(), DbError> {
    sqlx::query!(
        "insert into former_checkout (session, customer_id, purchase_id) select $2, customer_id, id from purchase where id = $1
         on conflict do nothing",
        id.0,
        session
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// The pages at Stripe that were left.
///
/// # Errors
/// When the database fails.
pub async fn former_pages(tx: &mut Tx, id: PurchaseId) -> Result<Vec<String>, DbError> {
    let pages =
        sqlx::query_scalar!("select session from former_checkout where purchase_id = $1 order by session", id.0);
    Ok(pages.fetch_all(&mut **tx).await?)
}
