//! Cards that are saved no longer, until Stripe has taken them from their customers.

use chrono::{DateTime, Utc};

use crate::{
    model::base::ids::{CardTryId, CustomerId},
    server::db::{DbError, Tx},
};

/// Removes the saved card of a customer; the database lets go of it.
///
/// # Errors
/// When the database fails.
pub async fn remove(tx: &mut Tx, customer: CustomerId) -> Result<(), DbError> {
    sqlx::query!("delete from saved_card where customer_id = $1", customer.0).execute(&mut **tx).await?;
    Ok(())
}

/// Lets go of a card that came to a customer at Stripe, unless it is the saved one; tells whether that was news.
///
/// # Errors
/// When the database fails.
pub async fn let_go(tx: &mut Tx, customer: CustomerId, payment_method: &str) -> Result<bool, DbError> {
    let query = sqlx::query_scalar!(r#"select let_card_go($1, $2) as "is_news!""#, customer.0, payment_method);
    Ok(query.fetch_one(&mut **tx).await?)
}

/// Cards that Stripe has not taken from their customers yet.
///
/// # Errors
/// When the database fails.
pub async fn attached(tx: &mut Tx, at_most: i64) -> Result<Vec<String>, DbError> {
    let query = sqlx::query_scalar!(
        "select payment_method from former_card where detached_at is null order by payment_method limit $1",
        at_most
    );
    Ok(query.fetch_all(&mut **tx).await?)
}

/// Whether this is such a card.
///
/// # Errors
/// When the database fails.
pub async fn is_attached(tx: &mut Tx, payment_method: &str) -> Result<bool, DbError> {
    let query = sqlx::query_scalar!(
        r#"select exists (select from former_card where payment_method = $1 and detached_at is null) as "is_one!""#,
        payment_method
    );
    Ok(query.fetch_one(&mut **tx).await?)
}

/// A try to take something from a card of which nobody knows yet what becomes of it.
///
/// # Errors
/// When the database fails.
pub async fn open_try_from(tx: &mut Tx, payment_method: &str) -> Result<Option<CardTryId>, DbError> {
    let query = sqlx::query_scalar!(
        r#"select id as "id: CardTryId" from card_try where payment_method = $1 and state = 'open' order by id limit 1"#,
        payment_method
    );
    Ok(query.fetch_optional(&mut **tx).await?)
}

/// Notes that Stripe has taken a card from its customer.
///
/// # Errors
/// When the database fails.
pub async fn note_detached(tx: &mut Tx, payment_method: &str, now: DateTime<Utc>) -> Result<(), DbError> {
    sqlx::query!(
        "update former_card set detached_at = $2 where payment_method = $1 and detached_at is null",
        payment_method,
        now
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}
