//! Short messages to the telephones of customers' people.

use chrono::{DateTime, Utc};

use super::pushes::{Fate, LostPush};
use crate::{
    model::{
        base::ids::{LoginId, SmsMessageId},
        work::pushes::Push,
    },
    server::db::{DbError, Tx, codec::Natural},
};

/// A short message that waits to be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WaitingSms {
    /// To whom.
    pub login: LoginId,
    /// The code of the language in which that person is written to.
    pub language: String,
    /// What it says; none if that was written in a shape that is no longer known.
    pub content: Option<Push>,
    /// Until when it is worth being sent.
    pub good_until: DateTime<Utc>,
}

/// A short message that is to be sent; none when it was sent or withdrawn, or its person is there no more.
///
/// # Errors
/// When the database fails.
pub async fn waiting(tx: &mut Tx, id: SmsMessageId) -> Result<Option<WaitingSms>, DbError> {
    let row = sqlx::query!(
        r#"select x.login_id as "login: LoginId", l.language, x.content, x.good_until
           from sms_message x join login l on l.id = x.login_id
           where x.id = $1 and x.state in ('queued', 'held')"#,
        id.0
    )
    .fetch_optional(&mut **tx)
    .await?;
    Ok(row.map(|row| WaitingSms {
        login: row.login,
        language: row.language,
        content: serde_json::from_value(row.content).ok(),
        good_until: row.good_until,
    }))
}

/// Writes down what became of a short message that was waiting, and why.
///
/// * `is_tried` – whether the gateway was asked
///
/// # Errors
/// When the database fails.
pub async fn note(tx: &mut Tx, id: SmsMessageId, fate: Fate, why: &str, is_tried: bool) -> Result<(), DbError> {
    sqlx::query!(
        "update sms_message set state = $2, last_error = $3, attempts = attempts + $4
         where id = $1 and state in ('queued', 'held')",
        id.0,
        fate.code(),
        why,
        i32::from(is_tried)
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Short messages that quiet hours hold, the oldest first, and whose they are.
///
/// # Errors
/// When the database fails.
pub async fn held(tx: &mut Tx) -> Result<Vec<(SmsMessageId, LoginId)>, DbError> {
    let rows = sqlx::query!(
        r#"select id as "id: SmsMessageId", login_id as "login: LoginId" from sms_message where state = 'held' order by id"#
    )
    .fetch_all(&mut **tx)
    .await?;
    Ok(rows.into_iter().map(|row| (row.id, row.login)).collect())
}

/// Queues a short message anew that was held.
///
/// # Errors
/// When the database fails.
pub async fn release(tx: &mut Tx, id: SmsMessageId) -> Result<(), DbError> {
    sqlx::query!(
        "with released as (update sms_message set state = 'queued' where id = $1 and state = 'held' returning id)
         select add_sms_job(id) from released",
        id.0
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Short messages that failed for good, the newest first.
///
/// * `at_most` – how many: a page shows what went wrong of late
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn failed(tx: &mut Tx, at_most: i64) -> Result<Vec<LostPush>, DbError> {
    let rows = sqlx::query!(
        r#"select b.name, l.language, x.content, x.written_at, x.attempts as "attempts: Natural", x.last_error
           from sms_message x join login l on l.id = x.login_id join member b on b.id = l.member_id
           where x.state = 'failed' order by x.id desc limit $1"#,
        at_most
    )
    .fetch_all(&mut **tx)
    .await?;
    let lost = rows.into_iter().map(|row| LostPush {
        name: row.name,
        language: row.language,
        content: serde_json::from_value(row.content).ok(),
        written_at: row.written_at,
        attempts: row.attempts.into(),
        last_error: row.last_error,
    });
    Ok(lost.collect())
}

/// Forgets short messages that were written before an instant.
///
/// # Errors
/// When the database fails.
pub async fn forget(tx: &mut Tx, before: DateTime<Utc>) -> Result<(), DbError> {
    sqlx::query!("delete from sms_message where written_at < $1", before).execute(&mut **tx).await?;
    Ok(())
}
