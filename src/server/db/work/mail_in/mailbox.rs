//! The mailbox from which mails are fetched: whose turn it is, and since when it cannot be read.

use chrono::{DateTime, Utc};

use crate::{
    model::work::mail_in::{MailboxFailure, MailboxTrouble},
    server::db::{DbError, Tx},
};

/// Takes the turn of looking into it, until an instant at the latest; false where it is somebody else's, or not yet.
///
/// # Errors
/// When the database fails.
pub async fn take_mailbox(tx: &mut Tx, now: DateTime<Utc>, until: DateTime<Utc>) -> Result<bool, DbError> {
    let done = sqlx::query!("update mailbox_turn set not_before = $2 where not_before <= $1", now, until);
    Ok(done.execute(&mut **tx).await?.rows_affected() == 1)
}

/// Lets others look into it from an instant on.
///
/// # Errors
/// When the database fails.
pub async fn leave_mailbox(tx: &mut Tx, until: DateTime<Utc>) -> Result<(), DbError> {
    sqlx::query!("update mailbox_turn set not_before = $1", until).execute(&mut **tx).await?;
    Ok(())
}

/// Notes that it cannot be read.
///
/// # Errors
/// When the database fails.
pub async fn note_mailbox_fails(tx: &mut Tx, failure: MailboxFailure, now: DateTime<Utc>) -> Result<(), DbError> {
    sqlx::query!(
        "insert into mailbox_trouble as t (since, failure) values ($1, $2)
         on conflict (only_row) do update set failure = $2 where t.failure <> $2",
        now,
        failure.code()
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Notes that it can be read.
///
/// # Errors
/// When the database fails.
pub async fn note_mailbox_works(tx: &mut Tx) -> Result<(), DbError> {
    sqlx::query!("delete from mailbox_trouble").execute(&mut **tx).await?;
    Ok(())
}

/// Forgets that it could not be read, if nobody has looked into it since an instant: who fails looks again soon.
///
/// # Errors
/// When the database fails.
pub async fn forget_mailbox(tx: &mut Tx, since: DateTime<Utc>) -> Result<(), DbError> {
    sqlx::query!("delete from mailbox_trouble where (select not_before from mailbox_turn) < $1", since)
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// Since when it cannot be read, and why; nothing as long as it can.
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn mailbox_trouble(tx: &mut Tx) -> Result<Option<MailboxTrouble>, DbError> {
    Ok(sqlx::query_as!(MailboxTrouble, r#"select since, failure as "failure: MailboxFailure" from mailbox_trouble"#)
        .fetch_optional(&mut **tx)
        .await?)
}
