//! Links by mail: that one was asked for, and those that sign in.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::{
    model::{base::ids::LoginId, people::links::LinkKind},
    server::{
        auth::tokens::TokenHash,
        db::{DbError, Tx},
    },
};

/// Notes that somebody asked for a link, and queues the job that sends it; without a sign-in it sends none.
///
/// # Errors
/// When the database fails.
pub async fn wish(
    tx: &mut Tx,
    id: Uuid,
    login: Option<LoginId>,
    kind: LinkKind,
    now: DateTime<Utc>,
) -> Result<(), DbError> {
    sqlx::query!(
        "insert into link_wish (id, login_id, kind, asked_at) values ($1, $2, $3, $4)",
        id,
        login.map(|login| login.0),
        kind.code(),
        now
    )
    .execute(&mut **tx)
    .await?;
    sqlx::query!("select queue_link_wish($1)", id).execute(&mut **tx).await?;
    Ok(())
}

/// Whose wish it is and for what, if it is to be fulfilled: it was not yet, and none of the same kind since `since`. Two wishes of
/// one person wait for each other.
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn take_wish(
    tx: &mut Tx,
    id: Uuid,
    now: DateTime<Utc>,
    since: DateTime<Utc>,
) -> Result<Option<(LoginId, LinkKind)>, DbError> {
    sqlx::query!("select from login where id = (select login_id from link_wish where id = $1) for update", id)
        .fetch_optional(&mut **tx)
        .await?;
    let taken = sqlx::query!(
        r#"update link_wish w set sent_at = $2 from login l
           left join staff f on f.id = l.staff_id and f.active
           left join (member m join customer c on c.id = m.customer_id and c.active) on m.id = l.member_id and m.active
           where w.id = $1 and l.id = w.login_id and w.sent_at is null and num_nonnulls(f.id, m.id) = 1
             and not exists (select from link_wish o
                             where o.login_id = w.login_id and o.kind = w.kind and o.sent_at > $3)
           returning w.login_id as "login!: LoginId", w.kind as "kind: LinkKind""#,
        id,
        now,
        since
    )
    .fetch_optional(&mut **tx)
    .await?;
    Ok(taken.map(|taken| (taken.login, taken.kind)))
}

/// Forgets wishes of before, some at a time; two sweeps do not wait for each other.
///
/// # Errors
/// When the database fails.
pub async fn sweep(tx: &mut Tx, before: DateTime<Utc>) -> Result<(), DbError> {
    sqlx::query!(
        "delete from link_wish where id in (
             select id from link_wish where asked_at < $1 for update skip locked limit 1000)",
        before
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Makes a link that signs in the only one of its sign-in.
///
/// # Errors
/// When the database fails.
pub async fn put_sign_in(
    tx: &mut Tx,
    login: LoginId,
    token: TokenHash,
    now: DateTime<Utc>,
    expires_at: DateTime<Utc>,
) -> Result<(), DbError> {
    sqlx::query!(
        "insert into sign_in_link (login_id, token_hash, made_at, expires_at) values ($1, $2, $3, $4)
         on conflict (login_id) do update set token_hash = $2, made_at = $3, expires_at = $4",
        login.0,
        &token.0[..],
        now,
        expires_at
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Uses a link up that signs in: with which address; none when it is not good.
///
/// # Errors
/// When the database fails.
pub async fn use_sign_in(tx: &mut Tx, token: TokenHash, now: DateTime<Utc>) -> Result<Option<String>, DbError> {
    Ok(sqlx::query_scalar!(
        "delete from sign_in_link k using login l
         where k.token_hash = $1 and k.expires_at > $2 and l.id = k.login_id returning l.email",
        &token.0[..],
        now
    )
    .fetch_optional(&mut **tx)
    .await?)
}

/// Whether a link that was mailed still opens something: a password, the portal, or another address.
///
/// # Errors
/// When the database fails.
pub async fn is_good(tx: &mut Tx, token: TokenHash, now: DateTime<Utc>) -> Result<bool, DbError> {
    Ok(sqlx::query_scalar!(
        r#"select exists (select from password_link where token_hash = $1 and expires_at > $2)
               or exists (select from sign_in_link where token_hash = $1 and expires_at > $2)
               or exists (select from address_change
                          where (former_token_hash = $1 or new_token_hash = $1) and expires_at > $2)
               or exists (select from registration
                          where token_hash = $1 and expires_at > $2 and num_nonnulls(founded, asks) = 0) as "is_good!""#,
        &token.0[..],
        now
    )
    .fetch_one(&mut **tx)
    .await?)
}

/// Whether a link still signs in.
///
/// # Errors
/// When the database fails.
pub async fn signs_in(tx: &mut Tx, token: TokenHash, now: DateTime<Utc>) -> Result<bool, DbError> {
    Ok(sqlx::query_scalar!(
        r#"select exists (select from sign_in_link where token_hash = $1 and expires_at > $2) as "is_good!""#,
        &token.0[..],
        now
    )
    .fetch_one(&mut **tx)
    .await?)
}

/// Forgets every link of a sign-in that was mailed or handed over.
///
/// # Errors
/// When the database fails.
pub async fn forget(tx: &mut Tx, login: LoginId) -> Result<(), DbError> {
    sqlx::query!("delete from password_link where login_id = $1", login.0).execute(&mut **tx).await?;
    sqlx::query!("delete from sign_in_link where login_id = $1", login.0).execute(&mut **tx).await?;
    sqlx::query!("delete from address_change where login_id = $1", login.0).execute(&mut **tx).await?;
    Ok(())
}
