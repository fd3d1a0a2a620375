//! What Stripe told us, kept as it was said until what it means is known.

use chrono::{DateTime, Utc};

use crate::model::money::card::StripeEventState;
use crate::server::db::{DbError, Tx};

/// An event as it came.
#[derive(Debug, Clone, Copy)]
pub struct NewEvent<'a> {
    /// Its identity at Stripe.
    pub id: &'a str,
    /// What it is about, such as `checkout.session.completed`.
    pub kind: &'a str,
    /// All of it.
    pub payload: &'a serde_json::Value,
    /// Whether the client library could read it.
    pub readable: bool,
}

/// An event as it is kept.
#[derive(Debug, Clone, PartialEq)]
pub struct StoredEvent {
    /// What it is about.
    pub kind: String,
    /// All of it.
    pub payload: serde_json::Value,
    /// What became of it.
    pub state: StripeEventState,
}

/// Keeps an event, unless it came before; tells whether it was news.
///
/// # Errors
/// When the database fails.
pub async fn keep(tx: &mut Tx, event: &NewEvent<'_>, now: DateTime<Utc>) -> Result<bool, DbError> {
    let kept = sqlx::query!(
        "insert into stripe_event (id, kind, payload, received_at, readable) values ($1, $2, $3, $4, $5)
         on conflict do nothing",
        event.id,
        event.kind,
        event.payload,
        now,
        event.readable
    )
    .execute(&mut **tx)
    .await?;
    Ok(kept.rows_affected() == 1)
}

/// One event.
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn find(tx: &mut Tx, id: &str) -> Result<Option<StoredEvent>, DbError> {
    Ok(sqlx::query_as!(
        StoredEvent,
        r#"select kind, payload, state as "state: StripeEventState" from stripe_event where id = $1"#,
        id
    )
    .fetch_optional(&mut **tx)
    .await?)
}

/// Notes that what an event tells is known now, or does not matter.
///
/// # Errors
/// When the database fails.
pub async fn note_handled(tx: &mut Tx, id: &str, state: StripeEventState, now: DateTime<Utc>) -> Result<(), DbError> {
    sqlx::query!(
        "update stripe_event set state = $2, attempts = attempts + 1, last_error = '', done_at = $3
         where id = $1 and state in ('queued', 'failed')",
        id,
        state.code(),
        now
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Notes why an event could not be handled: it waits for another try or has failed for good.
///
/// # Errors
/// When the database fails.
pub async fn note_trouble(tx: &mut Tx, id: &str, state: StripeEventState, error: &str) -> Result<(), DbError> {
    sqlx::query!(
        "update stripe_event set state = $2, attempts = attempts + 1, last_error = $3
         where id = $1 and state in ('queued', 'failed')",
        id,
        state.code(),
        error
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}
