//! Another address to sign in with, to which both mailboxes agree.

use chrono::{DateTime, Utc};

use crate::{
    model::{
        base::ids::LoginId,
        people::addresses::{AskedAddress, WantedAddress},
    },
    server::{
        auth::tokens::TokenHash,
        db::{DbError, Tx},
    },
};

/// Asks both mailboxes of a sign-in, in the place of what was asked before; false where that was after `since`.
///
/// # Errors
/// When the database fails.
pub async fn put(
    tx: &mut Tx,
    login: LoginId,
    email: &str,
    (former, new): (TokenHash, TokenHash),
    (now, since): (DateTime<Utc>, DateTime<Utc>),
    expires_at: DateTime<Utc>,
) -> Result<bool, DbError> {
    let done = sqlx::query!(
        "insert into address_change (login_id, email, former_token_hash, new_token_hash, made_at, expires_at)
         values ($1, $2, $3, $4, $5, $6)
         on conflict (login_id) do update set email = excluded.email, former_token_hash = excluded.former_token_hash,
             new_token_hash = excluded.new_token_hash, former_agreed_at = null, new_agreed_at = null,
             made_at = excluded.made_at, expires_at = excluded.expires_at
         where address_change.made_at <= $7",
        login.0,
        email,
        &former.0[..],
        &new.0[..],
        now,
        expires_at,
        since
    )
    .execute(&mut **tx)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// The address that a person has asked for, if both may still agree.
///
/// # Errors
/// When the database fails.
pub async fn wanted(tx: &mut Tx, login: LoginId, now: DateTime<Utc>) -> Result<Option<WantedAddress>, DbError> {
    Ok(sqlx::query_as!(
        WantedAddress,
        r#"select email, former_agreed_at is not null as "former_agreed!", new_agreed_at is not null as "new_agreed!",
                  expires_at as until
           from address_change where login_id = $1 and expires_at > $2"#,
        login.0,
        now
    )
    .fetch_optional(&mut **tx)
    .await?)
}

/// What the mailbox is asked that has a link; none when it is not good.
///
/// # Errors
/// When the database fails.
pub async fn asked(tx: &mut Tx, token: TokenHash, now: DateTime<Utc>) -> Result<Option<AskedAddress>, DbError> {
    Ok(sqlx::query_as!(
        AskedAddress,
        r#"select case when new_token_hash = $1 then email end as email,
                  (case when new_token_hash = $1 then new_agreed_at else former_agreed_at end) is not null as "has_agreed!"
           from address_change where (former_token_hash = $1 or new_token_hash = $1) and expires_at > $2"#,
        &token.0[..],
        now
    )
    .fetch_optional(&mut **tx)
    .await?)
}

/// Notes that the mailbox agrees that has a link: whose sign-in it is, and the address to be once both have; none when the link is
/// not good.
///
/// # Errors
/// When the database fails.
pub async fn agree(
    tx: &mut Tx,
    token: TokenHash,
    now: DateTime<Utc>,
) -> Result<Option<(LoginId, Option<String>)>, DbError> {
    let agreed = sqlx::query!(
        r#"update address_change
           set former_agreed_at = case when former_token_hash = $1 then coalesce(former_agreed_at, $2) else former_agreed_at end,
               new_agreed_at = case when new_token_hash = $1 then coalesce(new_agreed_at, $2) else new_agreed_at end
           where (former_token_hash = $1 or new_token_hash = $1) and expires_at > $2
           returning login_id as "login: LoginId",
                     case when num_nonnulls(former_agreed_at, new_agreed_at) = 2 then email end as email"#,
        &token.0[..],
        now
    )
    .fetch_optional(&mut **tx)
    .await?;
    Ok(agreed.map(|agreed| (agreed.login, agreed.email)))
}
