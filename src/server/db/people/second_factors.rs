//! Second factors: the application that shows codes, and recovery codes.

use chrono::{DateTime, Utc};

use crate::{
    model::base::ids::LoginId,
    server::db::{DbError, Tx, codec::Natural},
};

/// The application of a sign-in.
pub struct StoredAuthenticator {
    /// What it and we share.
    pub secret: Vec<u8>,
    /// Since when its codes are asked for; none before the first was right.
    pub confirmed_at: Option<DateTime<Utc>>,
}

/// The application of a sign-in, which is locked: one code is looked at at a time.
///
/// # Errors
/// When the database fails.
pub async fn authenticator(tx: &mut Tx, login: LoginId) -> Result<Option<StoredAuthenticator>, DbError> {
    Ok(sqlx::query_as!(
        StoredAuthenticator,
        "select secret, confirmed_at from authenticator where login_id = $1 for update",
        login.0
    )
    .fetch_optional(&mut **tx)
    .await?)
}

/// Offers an application a secret, in the place of one that was offered; one whose codes are asked for stays.
///
/// # Errors
/// When the database fails.
pub async fn offer(tx: &mut Tx, login: LoginId, secret: &[u8], now: DateTime<Utc>) -> Result<(), DbError> {
    sqlx::query!(
        "insert into authenticator (login_id, secret, offered_at) values ($1, $2, $3)
         on conflict (login_id) do update set secret = excluded.secret, offered_at = excluded.offered_at
         where authenticator.confirmed_at is null",
        login.0,
        secret,
        now
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Uses the code of a step up; false when one of that step or a later one was used.
///
/// # Errors
/// When the database fails.
pub async fn use_step(tx: &mut Tx, login: LoginId, step: i64, now: DateTime<Utc>) -> Result<bool, DbError> {
    let done = sqlx::query!(
        "update authenticator set last_step = $2, confirmed_at = coalesce(confirmed_at, $3)
         where login_id = $1 and last_step < $2",
        login.0,
        step,
        now
    )
    .execute(&mut **tx)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Whether a second factor is asked of whoever signs in.
///
/// # Errors
/// When the database fails.
pub async fn is_on(tx: &mut Tx, login: LoginId) -> Result<bool, DbError> {
    Ok(sqlx::query_scalar!(r#"select has_second_factor($1) as "is_on!""#, login.0).fetch_one(&mut **tx).await?)
}

/// Puts recovery codes in the place of those of before.
///
/// # Errors
/// When the database fails.
pub async fn put_codes(tx: &mut Tx, login: LoginId, hashes: &[Vec<u8>]) -> Result<(), DbError> {
    sqlx::query!("delete from recovery_code where login_id = $1", login.0).execute(&mut **tx).await?;
    sqlx::query!(
        "insert into recovery_code (login_id, code_hash) select $1, hash from unnest($2::bytea[]) hash",
        login.0,
        hashes
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Uses a recovery code up; false when there is none such, or it was used.
///
/// # Errors
/// When the database fails.
pub async fn use_code(tx: &mut Tx, login: LoginId, hash: &[u8], now: DateTime<Utc>) -> Result<bool, DbError> {
    let done = sqlx::query!(
        "update recovery_code set used_at = $3 where login_id = $1 and code_hash = $2 and used_at is null",
        login.0,
        hash,
        now
    )
    .execute(&mut **tx)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Whether a recovery code is one, and was not used.
///
/// # Errors
/// When the database fails.
pub async fn is_unused(tx: &mut Tx, login: LoginId, hash: &[u8]) -> Result<bool, DbError> {
    Ok(sqlx::query_scalar!(
        r#"select exists (select from recovery_code where login_id = $1 and code_hash = $2 and used_at is null) as "is!""#,
        login.0,
        hash
    )
    .fetch_one(&mut **tx)
    .await?)
}

/// How many recovery codes are left.
///
/// # Errors
/// When the database fails.
pub async fn codes_left(tx: &mut Tx, login: LoginId) -> Result<u32, DbError> {
    let Natural(count) = sqlx::query_scalar!(
        r#"select count(*) as "count!: Natural" from recovery_code where login_id = $1 and used_at is null"#,
        login.0
    )
    .fetch_one(&mut **tx)
    .await?;
    Ok(count)
}

/// Forgets every second factor of a sign-in.
///
/// # Errors
/// When the database fails.
pub async fn forget(tx: &mut Tx, login: LoginId) -> Result<(), DbError> {
    sqlx::query!("delete from authenticator where login_id = $1", login.0).execute(&mut **tx).await?;
    sqlx::query!("delete from passkey where login_id = $1", login.0).execute(&mut **tx).await?;
    sqlx::query!("delete from recovery_code where login_id = $1", login.0).execute(&mut **tx).await?;
    Ok(())
}
