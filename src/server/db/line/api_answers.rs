//! What programs were answered, by the keys under which they asked.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::{
    model::base::ids::{ApiTokenId, CustomerId},
    server::{
        auth::tokens::TokenHash,
        db::{DbError, Tx},
    },
};

/// What a program asks, and under which key.
#[derive(Debug, Clone, Copy)]
pub struct Asked {
    /// By which token.
    pub token: ApiTokenId,
    /// Whose that is.
    pub customer: CustomerId,
    /// The SHA-256 of the key.
    pub key: TokenHash,
    /// The SHA-256 of all that is asked.
    pub what: TokenHash,
}

/// What is known of a key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownAnswer {
    /// Whether the same was asked under it.
    pub is_same: bool,
    /// Until when whoever asked first may be at it.
    pub claimed_until: DateTime<Utc>,
    /// The status and the text that were answered.
    pub answer: Option<(i32, String)>,
}

/// Lets one who asks go on, until an instant: under a key that nobody has used since `fresh`, and where whoever asked the same before has
/// not come to an end. Tells the identity under which what is asked is done, the same whenever it is tried; none where somebody else is
/// at it, it is done, or something else was asked.
///
/// # Errors
/// When the database fails.
pub async fn claim(
    tx: &mut Tx,
    asked: &Asked,
    act: Uuid,
    (now, until, fresh): (DateTime<Utc>, DateTime<Utc>, DateTime<Utc>),
) -> Result<Option<Uuid>, DbError> {
    sqlx::query!(
        "delete from api_answer where token_id = $1 and key_hash = $2 and at <= $3",
        asked.token.0,
        asked.key.0.as_slice(),
        fresh
    )
    .execute(&mut **tx)
    .await?;
    Ok(sqlx::query_scalar!(
        "insert into api_answer as a (token_id, customer_id, key_hash, asked, act, at, claimed_until)
         values ($1, $2, $3, $4, $5, $6, $7)
         on conflict (token_id, key_hash) do update set claimed_until = excluded.claimed_until
             where a.status is null and a.claimed_until <= $6 and a.asked = excluded.asked
         returning act",
        asked.token.0,
        asked.customer.0,
        asked.key.0.as_slice(),
        asked.what.0.as_slice(),
        act,
        now,
        until
    )
    .fetch_optional(&mut **tx)
    .await?)
}

/// What is known of the key under which somebody asks.
///
/// # Errors
/// When the database fails.
pub async fn find(tx: &mut Tx, asked: &Asked) -> Result<Option<KnownAnswer>, DbError> {
    let row = sqlx::query!(
        r#"select asked = $3 as "is_same!", claimed_until, status, answer from api_answer
           where token_id = $1 and key_hash = $2"#,
        asked.token.0,
        asked.key.0.as_slice(),
        asked.what.0.as_slice()
    )
    .fetch_optional(&mut **tx)
    .await?;
    Ok(row.map(|row| KnownAnswer {
        is_same: row.is_same,
        claimed_until: row.claimed_until,
        answer: row.status.zip(row.answer),
    }))
}

/// Keeps what was answered; none lets whoever asks the same try again at once.
///
/// # Errors
/// When the database fails.
pub async fn keep(tx: &mut Tx, act: Uuid, answer: Option<(i32, &str)>, now: DateTime<Utc>) -> Result<(), DbError> {
    let (status, text) = answer.unzip();
    sqlx::query!(
        "update api_answer set status = $2, answer = $3, claimed_until = $4 where act = $1 and status is null",
        act,
        status,
        text,
        now
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Forgets what was asked before `before`.
///
/// # Errors
/// When the database fails.
pub async fn sweep(tx: &mut Tx, before: DateTime<Utc>) -> Result<(), DbError> {
    sqlx::query!("delete from api_answer where at <= $1", before).execute(&mut **tx).await?;
    Ok(())
}
