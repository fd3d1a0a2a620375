//! Passkeys, and the ceremonies that make and use them.

use chrono::{DateTime, Utc};
use serde_json::Value;
use uuid::Uuid;

use crate::{
    model::{
        base::ids::{LoginId, PasskeyId},
        people::passkeys::Passkey,
    },
    server::db::{DbError, Tx},
};

/// Keeps with what a ceremony has begun; none is named where anybody may sign in.
///
/// # Errors
/// When the database fails.
pub async fn begin(
    tx: &mut Tx,
    id: Uuid,
    login: Option<LoginId>,
    state: &Value,
    expires_at: DateTime<Utc>,
) -> Result<(), DbError> {
    sqlx::query!(
        "insert into passkey_ceremony (id, login_id, state, expires_at) values ($1, $2, $3, $4)",
        id,
        login.map(|login| login.0),
        state,
        expires_at
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Ends a ceremony: with what it had begun, if it was this one's and is not over.
///
/// # Errors
/// When the database fails.
pub async fn end(tx: &mut Tx, id: Uuid, login: Option<LoginId>, now: DateTime<Utc>) -> Result<Option<Value>, DbError> {
    Ok(sqlx::query_scalar!(
        "delete from passkey_ceremony where id = $1 and login_id is not distinct from $2 and expires_at > $3 returning state",
        id,
        login.map(|login| login.0),
        now
    )
    .fetch_optional(&mut **tx)
    .await?)
}

/// Forgets ceremonies that nobody ended, some at a time; two sweeps do not wait for each other.
///
/// # Errors
/// When the database fails.
pub async fn sweep(tx: &mut Tx, now: DateTime<Utc>) -> Result<(), DbError> {
    sqlx::query!(
        "delete from passkey_ceremony where id in (
             select id from passkey_ceremony where expires_at <= $1 for update skip locked limit 1000)",
        now
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Adds a key.
///
/// # Errors
/// When the database fails, or the key is somebody's already (`passkey_is_one_persons`).
pub async fn insert(
    tx: &mut Tx,
    login: LoginId,
    (credential_id, credential): (&[u8], &Value),
    name: &str,
    now: DateTime<Utc>,
) -> Result<(), DbError> {
    sqlx::query!(
        "insert into passkey (login_id, credential_id, credential, name, made_at) values ($1, $2, $3, $4, $5)",
        login.0,
        credential_id,
        credential,
        name,
        now
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// A sign-in's keys, the oldest first.
///
/// # Errors
/// When the database fails.
pub async fn list(tx: &mut Tx, login: LoginId) -> Result<Vec<Passkey>, DbError> {
    Ok(sqlx::query_as!(
        Passkey,
        r#"select id as "id: PasskeyId", name, made_at, used_at from passkey where login_id = $1 order by id"#,
        login.0
    )
    .fetch_all(&mut **tx)
    .await?)
}

/// What the keys of a sign-in are known by.
///
/// # Errors
/// When the database fails.
pub async fn credential_ids(tx: &mut Tx, login: LoginId) -> Result<Vec<Vec<u8>>, DbError> {
    Ok(sqlx::query_scalar!("select credential_id from passkey where login_id = $1", login.0)
        .fetch_all(&mut **tx)
        .await?)
}

/// A key as it is looked up by what it is known by.
pub struct StoredPasskey {
    /// Which.
    pub id: PasskeyId,
    /// With which address it signs in.
    pub email: String,
    /// Its public half.
    pub credential: Value,
}

/// The key that is known by something, which is locked: its counter goes up one use at a time.
///
/// # Errors
/// When the database fails.
pub async fn find(tx: &mut Tx, credential_id: &[u8]) -> Result<Option<StoredPasskey>, DbError> {
    Ok(sqlx::query_as!(
        StoredPasskey,
        r#"select k.id as "id: PasskeyId", l.email, k.credential
           from passkey k join login l on l.id = k.login_id where k.credential_id = $1 for update of k"#,
        credential_id
    )
    .fetch_optional(&mut **tx)
    .await?)
}

/// Notes that a key has signed in, and its counter.
///
/// # Errors
/// When the database fails.
pub async fn note_used(tx: &mut Tx, id: PasskeyId, credential: &Value, now: DateTime<Utc>) -> Result<(), DbError> {
    sqlx::query!("update passkey set credential = $2, used_at = $3 where id = $1", id.0, credential, now)
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// Removes a key; false when it is not this sign-in's.
///
/// # Errors
/// When the database fails.
pub async fn delete(tx: &mut Tx, login: LoginId, id: PasskeyId) -> Result<bool, DbError> {
    let done =
        sqlx::query!("delete from passkey where login_id = $1 and id = $2", login.0, id.0).execute(&mut **tx).await?;
    Ok(done.rows_affected() == 1)
}
