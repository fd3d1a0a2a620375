//! The limits in force, and how much there is of what they limit.
//!
//! What decides is counted under a lock that whoever adds to it takes first: of many at once no more pass than may.

use chrono::{DateTime, TimeDelta, Utc};

use crate::{
    model::{
        base::ids::{CustomerId, OutageId, ProgramId},
        line::limits::{Limit, Limits},
    },
    server::db::{
        Db, DbError, Tx,
        codec::{Natural, integer},
        locks::{self, Lock},
    },
};

/// The limits in force.
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn in_force(tx: &mut Tx) -> Result<Limits, DbError> {
    Ok(sqlx::query_as!(
        Limits,
        r#"select future_appointments as "future_appointments: Natural", waiting_requests as "waiting_requests: Natural",
                  unpaid_purchases as "unpaid_purchases: Natural", purchases_per_day as "purchases_per_day: Natural",
                  downloads as "downloads: Natural", drafts as "drafts: Natural", devices as "devices: Natural",
                  holds as "holds: Natural", holds_per_hour as "holds_per_hour: Natural",
                  sms_per_day as "sms_per_day: Natural",
                  messages_per_hour as "messages_per_hour: Natural", writes_per_minute as "writes_per_minute: Natural",
                  open_outages as "open_outages: Natural", outage_messages as "outage_messages: Natural",
                  attachment_megabytes as "attachment_megabytes: Natural"
           from line_limit"#
    )
    .fetch_one(&mut **tx)
    .await?)
}

/// Writes all limits.
///
/// # Errors
/// When the database fails.
pub async fn save(tx: &mut Tx, limits: &Limits) -> Result<(), DbError> {
    sqlx::query!(
        "update line_limit set future_appointments = $1, waiting_requests = $2, unpaid_purchases = $3, purchases_per_day = $4,
             downloads = $5, drafts = $6, holds = $7, holds_per_hour = $8, writes_per_minute = $9,
             devices = $10, messages_per_hour = $11, open_outages = $12, outage_messages = $13,
             attachment_megabytes = $14, sms_per_day = $15",
        integer(limits.future_appointments)?,
        integer(limits.waiting_requests)?,
        integer(limits.unpaid_purchases)?,
        integer(limits.purchases_per_day)?,
        integer(limits.downloads)?,
        integer(limits.drafts)?,
        integer(limits.holds)?,
        integer(limits.holds_per_hour)?,
        integer(limits.writes_per_minute)?,
        integer(limits.devices)?,
        integer(limits.messages_per_hour)?,
        integer(limits.open_outages)?,
        integer(limits.outage_messages)?,
        integer(limits.attachment_megabytes)?,
        integer(limits.sms_per_day)?
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// How many agreed appointments of a customer are not over yet; none is agreed beside them until the transaction ends.
///
/// # Errors
/// When the database fails.
pub async fn appointments_ahead(tx: &mut Tx, customer: CustomerId, now: DateTime<Utc>) -> Result<u32, DbError> {
    locks::take(tx, Lock::PromisesTo(customer)).await?;
    let count = sqlx::query_scalar!(
        r#"select count(*) as "count!: Natural" from service_request r join appointment a on a.request_id = r.id
           where r.customer_id = $1 and r.state = 'scheduled' and a.state = 'confirmed' and upper(a.during) > $2"#,
        customer.0,
        now
    );
    Ok(count.fetch_one(&mut **tx).await?.into())
}

/// How many requests of a customer wait for a time; none is sent beside them until the transaction ends.
///
/// # Errors
/// When the database fails.
pub async fn requests_waiting(tx: &mut Tx, customer: CustomerId) -> Result<u32, DbError> {
    locks::take(tx, Lock::PromisesTo(customer)).await?;
    let count = sqlx::query_scalar!(
        r#"select count(*) as "count!: Natural" from service_request where customer_id = $1 and state = 'waiting'"#,
        customer.0
    );
    Ok(count.fetch_one(&mut **tx).await?.into())
}

/// How many purchases of a customer are neither paid nor closed; none is placed beside them until the transaction ends.
///
/// # Errors
/// When the database fails.
pub async fn purchases_unpaid(tx: &mut Tx, customer: CustomerId) -> Result<u32, DbError> {
    locks::take(tx, Lock::PurchasesOf(customer)).await?;
    let count = sqlx::query_scalar!(
        r#"select count(*) as "count!: Natural" from purchase
           where customer_id = $1 and paid_at is null and closed_as is null"#,
        customer.0
    );
    Ok(count.fetch_one(&mut **tx).await?.into())
}

/// How many outages of a program are not over; none is written down beside them until the transaction ends.
///
/// # Errors
/// When the database fails.
pub async fn outages_open(tx: &mut Tx, program: ProgramId) -> Result<u32, DbError> {
    locks::take(tx, Lock::OutagesOf(program)).await?;
    let count = sqlx::query_scalar!(
        r#"select count(*) as "count!: Natural" from outage where program_id = $1 and resolved_at is null"#,
        program.0
    );
    Ok(count.fetch_one(&mut **tx).await?.into())
}

/// How many messages all who belong to a locked outage were told.
///
/// # Errors
/// When the database fails.
pub async fn outage_messages(tx: &mut Tx, outage: OutageId) -> Result<u32, DbError> {
    let count = sqlx::query_scalar!(
        r#"select count(*) as "count!: Natural" from outage_message where outage_id = $1 and not is_over"#,
        outage.0
    );
    Ok(count.fetch_one(&mut **tx).await?.into())
}

/// Counts one more use of `subject` within a window of time, unless there were `most`: then in how many seconds there is room.
/// What is rolled back is not counted.
///
/// # Errors
/// When the database fails.
pub async fn count_use(
    tx: &mut Tx,
    (limit, most): (Limit, u32),
    subject: &str,
    window: TimeDelta,
    now: DateTime<Utc>,
) -> Result<Option<u32>, DbError> {
    let wait = sqlx::query_scalar!(
        r#"select count_use($1, $2, $3, $4, $5) as "wait: Natural""#,
        limit.code(),
        subject,
        now,
        window as _,
        integer(most)?
    );
    Ok(wait.fetch_one(&mut **tx).await?.map(Into::into))
}

/// A use that was not counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NoRoom {
    /// How many there may be in a window.
    pub most: u32,
    /// In how many seconds there is room.
    pub wait_s: u32,
}

/// Counts a form that `subject` sends, whatever becomes of it: for good.
///
/// # Errors
/// When the database fails.
pub async fn count_write(
    db: &Db,
    subject: &str,
    window: TimeDelta,
    now: DateTime<Utc>,
) -> Result<Option<NoRoom>, DbError> {
    // Begun, as all that is prepared: a pooler lends another connection for what stands alone.
    let mut tx = db.system().await?;
    let counted = sqlx::query!(
        r#"select count_use($1, $2, $3, $4, writes_per_minute) as "wait: Natural",
                  writes_per_minute as "most: Natural" from line_limit"#,
        Limit::WritesPerMinute.code(),
        subject,
        now,
        window as _
    )
    .fetch_one(&mut *tx)
    .await?;
    tx.commit().await?;
    let most = counted.most.into();
    Ok(counted.wait.map(|wait| NoRoom { most, wait_s: wait.into() }))
}

/// Forgets windows that began before `before`.
///
/// # Errors
/// When the database fails.
pub async fn sweep(tx: &mut Tx, before: DateTime<Utc>) -> Result<(), DbError> {
    sqlx::query!(
        "delete from rate_window w using (
             select kind, subject from rate_window where began_at < $1 for update skip locked) old
         where w.kind = old.kind and w.subject = old.subject",
        before
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}
