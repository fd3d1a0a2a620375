//! Attempts to sign in: how many failed of late, from which browsers somebody has signed in rightly, and whose turn it is.

use chrono::{DateTime, TimeDelta, Utc};
use uuid::Uuid;

use crate::{
    model::base::ids::LoginId,
    server::{
        auth::tokens::TokenHash,
        db::{
            DbError, Tx,
            codec::Natural,
            locks::{self, Lock},
        },
    },
};

/// What attempts are counted by: SHA-256 of an account, a network, a device, or of several of them.
pub type Subject = [u8; 32];

/// How often signing in failed for a subject.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Failures {
    /// How often.
    pub count: i64,
    /// When it first did.
    pub first: Option<DateTime<Utc>>,
}

/// How often signing in failed for each of the subjects since `since`, in their order. Serialises the attempts on one subject,
/// so that many at once cannot each find room.
///
/// # Errors
/// When the database fails.
pub async fn failures(tx: &mut Tx, subjects: &[Subject], since: DateTime<Utc>) -> Result<Vec<Failures>, DbError> {
    for subject in subjects {
        locks::take(tx, Lock::SignInsOf(subject)).await?;
    }
    let subjects: Vec<Vec<u8>> = subjects.iter().map(|subject| subject.to_vec()).collect();
    Ok(sqlx::query_as!(
        Failures,
        r#"select count(f.at) as "count!", min(f.at) as first
           from unnest($1::bytea[]) with ordinality wanted (subject, place)
           left join sign_in_failure f on f.subject = wanted.subject and f.at > $2
           group by wanted.place order by wanted.place"#,
        &subjects[..],
        since
    )
    .fetch_all(&mut **tx)
    .await?)
}

/// Notes an attempt on an account as failed for each of the subjects.
///
/// # Errors
/// When the database fails.
pub async fn note_failure(
    tx: &mut Tx,
    attempt: Uuid,
    account: &Subject,
    subjects: &[Subject],
    now: DateTime<Utc>,
) -> Result<(), DbError> {
    let subjects: Vec<Vec<u8>> = subjects.iter().map(|subject| subject.to_vec()).collect();
    sqlx::query!(
        "insert into sign_in_failure (subject, at, attempt, account)
         select subject, $2, $3, $4 from unnest($1::bytea[]) subject",
        &subjects[..],
        now,
        attempt,
        &account[..]
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Takes back an attempt that was noted as failed: it was right. With it go all that failed for `subject`.
///
/// # Errors
/// When the database fails.
pub async fn take_back_failure(tx: &mut Tx, attempt: Uuid, subject: &Subject) -> Result<(), DbError> {
    sqlx::query!("delete from sign_in_failure where attempt = $1 or subject = $2", attempt, &subject[..])
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// Takes back an attempt that was noted as failed, and nothing else.
///
/// # Errors
/// When the database fails.
pub async fn withdraw(tx: &mut Tx, attempt: Uuid) -> Result<(), DbError> {
    sqlx::query!("delete from sign_in_failure where attempt = $1", attempt).execute(&mut **tx).await?;
    Ok(())
}

/// How many attempts on an account have failed since `since`, wherever they came from.
///
/// # Errors
/// When the database fails.
pub async fn failed_attempts(tx: &mut Tx, account: &Subject, since: DateTime<Utc>) -> Result<u32, DbError> {
    Ok(sqlx::query_scalar!(
        r#"select count(distinct attempt) as "count!: Natural" from sign_in_failure where account = $1 and at > $2"#,
        &account[..],
        since
    )
    .fetch_one(&mut **tx)
    .await?
    .into())
}

/// Forgets every failure on an account, wherever it was counted, and whose turn it is; tells how many attempts there were.
///
/// # Errors
/// When the database fails.
pub async fn forget(tx: &mut Tx, account: &Subject) -> Result<i64, DbError> {
    sqlx::query!("delete from sign_in_turn where account = $1", &account[..]).execute(&mut **tx).await?;
    Ok(sqlx::query_scalar!(
        r#"with forgotten as (delete from sign_in_failure where account = $1 returning attempt)
           select count(distinct attempt) as "count!" from forgotten"#,
        &account[..]
    )
    .fetch_one(&mut **tx)
    .await?)
}

/// Takes the next turn on an account, `apart` from the one before: when the attempt may be looked at. None when that is later
/// than `latest`.
///
/// # Errors
/// When the database fails.
pub async fn take_turn(
    tx: &mut Tx,
    account: &Subject,
    now: DateTime<Utc>,
    apart: TimeDelta,
    latest: DateTime<Utc>,
) -> Result<Option<DateTime<Utc>>, DbError> {
    let next = sqlx::query_scalar!(
        "insert into sign_in_turn (account, next_at) values ($1, $2::timestamptz + $3::interval)
         on conflict (account) do update set next_at = greatest(sign_in_turn.next_at, $2) + $3
         where sign_in_turn.next_at <= $4
         returning next_at",
        &account[..],
        now,
        apart as _,
        latest
    )
    .fetch_optional(&mut **tx)
    .await?;
    Ok(next.map(|next| next - apart))
}

/// Whether somebody has signed in from a browser since `since`: with this address, or with any if none is named.
///
/// # Errors
/// When the database fails.
pub async fn is_known_device(
    tx: &mut Tx,
    device: TokenHash,
    email: Option<&str>,
    since: DateTime<Utc>,
) -> Result<bool, DbError> {
    Ok(sqlx::query_scalar!(
        r#"select exists (select from known_device d join login l on l.id = d.login_id
                          where d.token_hash = $1 and d.last_used_at > $2 and ($3::text is null or l.email = lower($3)))
           as "is_known!""#,
        &device.0[..],
        since,
        email
    )
    .fetch_one(&mut **tx)
    .await?)
}

/// Remembers that somebody has signed in from a browser; of each person's at most so many, those used last.
///
/// # Errors
/// When the database fails.
pub async fn remember_device(
    tx: &mut Tx,
    device: TokenHash,
    login: LoginId,
    now: DateTime<Utc>,
    at_most: i64,
) -> Result<(), DbError> {
    sqlx::query!(
        "insert into known_device (login_id, token_hash, last_used_at) values ($1, $2, $3)
         on conflict (login_id, token_hash) do update set last_used_at = excluded.last_used_at",
        login.0,
        &device.0[..],
        now
    )
    .execute(&mut **tx)
    .await?;
    sqlx::query!(
        "delete from known_device where login_id = $1 and token_hash in (
             select token_hash from known_device where login_id = $1 order by last_used_at desc, token_hash offset $2)",
        login.0,
        at_most
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Sweeps what no longer counts, some at a time; two sweeps do not wait for each other.
///
/// # Errors
/// When the database fails.
pub async fn sweep(tx: &mut Tx, failures_before: DateTime<Utc>, devices_before: DateTime<Utc>) -> Result<(), DbError> {
    sqlx::query!(
        "delete from sign_in_failure where ctid in (
             select ctid from sign_in_failure where at < $1 for update skip locked limit 1000)",
        failures_before
    )
    .execute(&mut **tx)
    .await?;
    sqlx::query!(
        "delete from sign_in_turn where account in (
             select account from sign_in_turn where next_at < $1 for update skip locked limit 1000)",
        failures_before
    )
    .execute(&mut **tx)
    .await?;
    sqlx::query!(
        "delete from known_device where ctid in (
             select ctid from known_device where last_used_at < $1 for update skip locked limit 1000)",
        devices_before
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}
