//! Devices on which people of the vendor are notified, and the notifications for them.

use chrono::{DateTime, Utc};
use serde::Serialize;

use crate::{
    model::{
        base::ids::{LoginId, PushDeviceId, PushMessageId},
        work::pushes::{Push, PushDevice},
    },
    server::{
        auth::{Session, tokens::TokenHash},
        db::{DbError, Tx, codec::Natural},
    },
};

/// The private key of this installation; none when none was made yet.
///
/// # Errors
/// When the database fails.
pub async fn key(tx: &mut Tx) -> Result<Option<Vec<u8>>, DbError> {
    Ok(sqlx::query_scalar!("select private_key from push_key").fetch_optional(&mut **tx).await?)
}

/// Keeps the installation's key pair, unless another process was faster.
///
/// # Errors
/// When the database fails.
pub async fn keep_key(tx: &mut Tx, private: &[u8], public: &[u8], now: DateTime<Utc>) -> Result<(), DbError> {
    sqlx::query!(
        "insert into push_key (private_key, public_key, made_at) values ($1, $2, $3) on conflict (only_one) do nothing",
        private,
        public,
        now
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Where a device is written to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subscription {
    /// The address at its push service.
    pub endpoint: String,
    /// Its public key.
    pub p256dh: Vec<u8>,
    /// The secret that it shares with whoever may write to it.
    pub auth: Vec<u8>,
}

/// Adds the browser of a session as a device, or renews the one that it is already. What waits there for somebody else is not shown to
/// whoever has it now; of too many of one person the first goes. False where the session is there no more.
///
/// # Errors
/// When the database fails.
pub async fn add_device(
    tx: &mut Tx,
    session: &Session,
    (name, to): (&str, &Subscription),
    now: DateTime<Utc>,
) -> Result<bool, DbError> {
    // One at a time for each person: the same may be said twice at once.
    sqlx::query!("select id from login where id = $1 for no key update", session.login.0)
        .fetch_optional(&mut **tx)
        .await?;
    sqlx::query!(
        "delete from push_device d using session s
         where s.id = $2 and (d.endpoint = $1 or d.browser = s.browser)
           and (d.login_id <> s.login_id or d.id <> (select max(o.id) from push_device o
                where o.login_id = s.login_id and (o.endpoint = $1 or o.browser = s.browser)))",
        to.endpoint,
        session.id
    )
    .execute(&mut **tx)
    .await?;
    let is_renewed = sqlx::query!(
        "update push_device d set browser = s.browser, name = $3, endpoint = $1, p256dh = $4, auth = $5, added_at = $6
         from session s where s.id = $2 and (d.endpoint = $1 or d.browser = s.browser)",
        to.endpoint,
        session.id,
        name,
        to.p256dh,
        to.auth,
        now
    )
    .execute(&mut **tx)
    .await?;
    if is_renewed.rows_affected() > 0 {
        return Ok(true);
    }
    let added = sqlx::query!(
        "insert into push_device (login_id, browser, name, endpoint, p256dh, auth, added_at)
         select s.login_id, s.browser, $3, $1, $4, $5, $6 from session s where s.id = $2",
        to.endpoint,
        session.id,
        name,
        to.p256dh,
        to.auth,
        now
    )
    .execute(&mut **tx)
    .await?;
    sqlx::query!(
        "delete from push_device where login_id = $1 and id not in (
             select id from push_device where login_id = $1 order by added_at desc, id desc
             limit (select devices from line_limit))",
        session.login.0
    )
    .execute(&mut **tx)
    .await?;
    Ok(added.rows_affected() == 1)
}

/// Writes down where a browser is written to from now on, which its push service has changed; false where nobody is notified in it.
///
/// # Errors
/// When the database fails.
pub async fn renew_device(tx: &mut Tx, browser: TokenHash, to: &Subscription) -> Result<bool, DbError> {
    sqlx::query!(
        "delete from push_device d using push_device mine
         where mine.browser = $1 and d.endpoint = $2 and d.id <> mine.id",
        &browser.0[..],
        to.endpoint
    )
    .execute(&mut **tx)
    .await?;
    let done = sqlx::query!(
        "update push_device set endpoint = $2, p256dh = $3, auth = $4 where browser = $1",
        &browser.0[..],
        to.endpoint,
        to.p256dh,
        to.auth
    )
    .execute(&mut **tx)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// The devices of a person, the latest first.
///
/// # Errors
/// When the database fails.
pub async fn devices(tx: &mut Tx, login: LoginId) -> Result<Vec<PushDevice>, DbError> {
    Ok(sqlx::query_as!(
        PushDevice,
        r#"select id as "id: PushDeviceId", name, added_at from push_device where login_id = $1
           order by added_at desc, id desc"#,
        login.0
    )
    .fetch_all(&mut **tx)
    .await?)
}

/// Removes a device of a person; false when there is none such any more.
///
/// # Errors
/// When the database fails.
pub async fn remove_device(tx: &mut Tx, login: LoginId, device: PushDeviceId) -> Result<bool, DbError> {
    let done = sqlx::query!("delete from push_device where id = $1 and login_id = $2", device.0, login.0)
        .execute(&mut **tx)
        .await?;
    Ok(done.rows_affected() == 1)
}

/// Removes a device that its push service knows no more.
///
/// # Errors
/// When the database fails.
pub async fn forget_endpoint(tx: &mut Tx, endpoint: &str) -> Result<(), DbError> {
    sqlx::query!("delete from push_device where endpoint = $1", endpoint).execute(&mut **tx).await?;
    Ok(())
}

/// Writes a notification for every device of a person, and queues the jobs that send it. What has the same key is written once.
///
/// # Errors
/// When the database fails; only the system may.
pub async fn write(tx: &mut Tx, login: LoginId, push: &Push, now: DateTime<Utc>, key: &str) -> Result<(), DbError> {
    sqlx::query!(
        "select write_push($1, $2, $3, $4, $5, $6)",
        login.0,
        json(push)?,
        push.topic(),
        push.good_until(now),
        now,
        key
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// A notification that waits to be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WaitingPush {
    /// Whose device it is for.
    pub login: LoginId,
    /// The code of the language in which that person is written to.
    pub language: String,
    /// Where to.
    pub to: Subscription,
    /// What is overtaken by the next one of the same.
    pub topic: String,
    /// What it says; none if that was written in a shape that is no longer known.
    pub content: Option<Push>,
    /// Until when it is worth being shown.
    pub good_until: DateTime<Utc>,
}

/// A notification that is to be sent; none when it was sent or withdrawn, or its device is there no more.
///
/// # Errors
/// When the database fails.
pub async fn waiting(tx: &mut Tx, id: PushMessageId) -> Result<Option<WaitingPush>, DbError> {
    let row = sqlx::query!(
        r#"select d.login_id as "login: LoginId", l.language, d.endpoint, d.p256dh, d.auth, m.topic, m.content, m.good_until
           from push_message m join push_device d on d.id = m.device_id join login l on l.id = d.login_id
           where m.id = $1 and m.state in ('queued', 'held')"#,
        id.0
    )
    .fetch_optional(&mut **tx)
    .await?;
    Ok(row.map(|row| WaitingPush {
        login: row.login,
        language: row.language,
        to: Subscription { endpoint: row.endpoint, p256dh: row.p256dh, auth: row.auth },
        topic: row.topic,
        content: serde_json::from_value(row.content).ok(),
        good_until: row.good_until,
    }))
}

/// What becomes of a notification.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// The push service did not take it, and is asked again.
    Queued,
    /// Quiet hours hold it.
    Held,
    /// The push service has taken it.
    Sent,
    /// It is not worth being shown any more.
    Withdrawn,
    /// The push service will never take it.
    Failed,
}

impl Fate {
    pub(super) const fn code(self) -> &'static str {
        match self {
            Self::Queued => "queued",
            Self::Held => "held",
            Self::Sent => "sent",
            Self::Withdrawn => "withdrawn",
            Self::Failed => "failed",
        }
    }
}

/// Writes down what became of a notification that was waiting, and why.
///
/// * `is_tried` – whether a push service was asked
///
/// # Errors
/// When the database fails.
pub async fn note(tx: &mut Tx, id: PushMessageId, fate: Fate, why: &str, is_tried: bool) -> Result<(), DbError> {
    sqlx::query!(
        "update push_message set state = $2, last_error = $3, attempts = attempts + $4
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

/// Notifications that quiet hours hold, the oldest first, and whose they are.
///
/// # Errors
/// When the database fails.
pub async fn held(tx: &mut Tx) -> Result<Vec<(PushMessageId, LoginId)>, DbError> {
    let rows = sqlx::query!(
        r#"select m.id as "id: PushMessageId", d.login_id as "login: LoginId"
           from push_message m join push_device d on d.id = m.device_id where m.state = 'held' order by m.id"#
    )
    .fetch_all(&mut **tx)
    .await?;
    Ok(rows.into_iter().map(|row| (row.id, row.login)).collect())
}

/// Queues a notification anew that was held.
///
/// # Errors
/// When the database fails.
pub async fn release(tx: &mut Tx, id: PushMessageId) -> Result<(), DbError> {
    sqlx::query!(
        "with released as (update push_message set state = 'queued' where id = $1 and state = 'held' returning id, device_id)
         select add_push_job(id, device_id) from released",
        id.0
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// A notification that will never arrive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LostPush {
    /// Whose it was.
    pub name: String,
    /// The code of the language in which that person is written to.
    pub language: String,
    /// What it says; none if that was written in a shape that is no longer known.
    pub content: Option<Push>,
    /// When it was written.
    pub written_at: DateTime<Utc>,
    /// How often it was tried.
    pub attempts: u32,
    /// What the push service said last.
    pub last_error: String,
}

/// Notifications that failed for good, the newest first.
///
/// * `at_most` – how many: a page shows what went wrong of late
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn failed(tx: &mut Tx, at_most: i64) -> Result<Vec<LostPush>, DbError> {
    let rows = sqlx::query!(
        r#"select coalesce(s.name, b.name) as "name!", l.language, m.content, m.written_at, m.attempts as "attempts: Natural",
                  m.last_error
           from push_message m join push_device d on d.id = m.device_id join login l on l.id = d.login_id
           left join staff s on s.id = l.staff_id left join member b on b.id = l.member_id
           where m.state = 'failed' order by m.id desc limit $1"#,
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

/// Forgets notifications that were written before an instant.
///
/// # Errors
/// When the database fails.
pub async fn forget(tx: &mut Tx, before: DateTime<Utc>) -> Result<(), DbError> {
    sqlx::query!("delete from push_message where written_at < $1", before).execute(&mut **tx).await?;
    Ok(())
}

fn json(push: &impl Serialize) -> Result<serde_json::Value, DbError> {
    Ok(serde_json::to_value(push).map_err(|error| sqlx::Error::Encode(error.into()))?)
}
