//! Devices on which people of the vendor are notified, and the notifications for them.

use chrono::{DateTime, Utc};
use serde::Serialize;
use uuid::Uuid;

use crate::{
    model::{
        base::ids::{PushDeviceId, PushMessageId, StaffId},
        work::pushes::{MOST_DEVICES, Push, PushDevice},
    },
    server::db::{DbError, Tx},
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

/// A device to be added.
#[derive(Debug, Clone)]
pub struct NewDevice<'a> {
    /// Whose.
    pub staff: StaffId,
    /// What it is called.
    pub name: &'a str,
    /// Where it is written to.
    pub to: &'a Subscription,
    /// The session in which it is added.
    pub session: Uuid,
}

/// Adds a device, or takes over the one that has the same address, without what waits there for somebody else; of too many the
/// first goes.
///
/// # Errors
/// When the database fails.
pub async fn add_device(tx: &mut Tx, device: &NewDevice<'_>, now: DateTime<Utc>) -> Result<(), DbError> {
    sqlx::query!(
        "delete from push_message m using push_device d where d.id = m.device_id and d.endpoint = $1 and d.staff_id <> $2",
        device.to.endpoint,
        device.staff.0
    )
    .execute(&mut **tx)
    .await?;
    sqlx::query!(
        "insert into push_device (staff_id, name, endpoint, p256dh, auth, session_id, added_at)
         values ($1, $2, $3, $4, $5, $6, $7)
         on conflict on constraint endpoint_is_one_devices do update
             set staff_id = $1, name = $2, p256dh = $4, auth = $5, session_id = $6, added_at = $7",
        device.staff.0,
        device.name,
        device.to.endpoint,
        device.to.p256dh,
        device.to.auth,
        device.session,
        now
    )
    .execute(&mut **tx)
    .await?;
    sqlx::query!(
        "delete from push_device where staff_id = $1 and id not in (
             select id from push_device where staff_id = $1 order by added_at desc, id desc limit $2)",
        device.staff.0,
        MOST_DEVICES
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// The devices of a person, the latest first.
///
/// # Errors
/// When the database fails.
pub async fn devices(tx: &mut Tx, staff: StaffId) -> Result<Vec<PushDevice>, DbError> {
    Ok(sqlx::query_as!(
        PushDevice,
        r#"select id as "id: PushDeviceId", name, added_at from push_device where staff_id = $1
           order by added_at desc, id desc"#,
        staff.0
    )
    .fetch_all(&mut **tx)
    .await?)
}

/// Removes a device of a person; false when there is none such any more.
///
/// # Errors
/// When the database fails.
pub async fn remove_device(tx: &mut Tx, staff: StaffId, device: PushDeviceId) -> Result<bool, DbError> {
    let done = sqlx::query!("delete from push_device where id = $1 and staff_id = $2", device.0, staff.0)
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
pub async fn write(tx: &mut Tx, staff: StaffId, push: &Push, now: DateTime<Utc>, key: &str) -> Result<(), DbError> {
    sqlx::query!(
        "select write_push($1, $2, $3, $4, $5, $6)",
        staff.0,
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
    pub staff: StaffId,
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
        r#"select d.staff_id as "staff: StaffId", l.language, d.endpoint, d.p256dh, d.auth, m.topic, m.content, m.good_until
           from push_message m join push_device d on d.id = m.device_id join login l on l.staff_id = d.staff_id
           where m.id = $1 and m.state in ('queued', 'held')"#,
        id.0
    )
    .fetch_optional(&mut **tx)
    .await?;
    Ok(row.map(|row| WaitingPush {
        staff: row.staff,
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
    const fn code(self) -> &'static str {
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
pub async fn held(tx: &mut Tx) -> Result<Vec<(PushMessageId, StaffId)>, DbError> {
    let rows = sqlx::query!(
        r#"select m.id as "id: PushMessageId", d.staff_id as "staff: StaffId"
           from push_message m join push_device d on d.id = m.device_id where m.state = 'held' order by m.id"#
    )
    .fetch_all(&mut **tx)
    .await?;
    Ok(rows.into_iter().map(|row| (row.id, row.staff)).collect())
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
