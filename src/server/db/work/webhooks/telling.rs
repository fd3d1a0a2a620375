//! What an address is told next, and what came of it.

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::Value;

use crate::{
    model::{
        base::ids::{CustomerId, WebhookId, WebhookMessageId},
        work::webhooks::{WebhookState, WebhookTry},
    },
    server::db::{
        DbError, Tx,
        codec::{Natural, integer},
    },
};

/// Gives an address its next turn after a while, unless it has one before.
///
/// # Errors
/// When the database fails.
pub async fn wake(tx: &mut Tx, endpoint: WebhookId, wait: TimeDelta) -> Result<(), DbError> {
    sqlx::query!("select wake_webhooks($1, $2)", endpoint.0, wait as _).execute(&mut **tx).await?;
    Ok(())
}

/// The address that is told something.
///
/// # Errors
/// When the database fails.
pub async fn endpoint_of(tx: &mut Tx, message: WebhookMessageId) -> Result<Option<WebhookId>, DbError> {
    let found =
        sqlx::query_scalar!(r#"select endpoint_id as "id: WebhookId" from webhook_message where id = $1"#, message.0);
    Ok(found.fetch_optional(&mut **tx).await?)
}

/// Something that is due to be told.
#[derive(Debug, Clone, PartialEq)]
pub struct DueMessage {
    /// Which of all that is told.
    pub id: WebhookMessageId,
    /// To which address.
    pub endpoint: WebhookId,
    /// Whose that is; none for the vendor's.
    pub owner: Option<CustomerId>,
    /// Where it is.
    pub url: String,
    /// Whether it is told nothing: it is switched off, or its customer is none any more.
    pub is_off: bool,
    /// By what whoever gets it twice knows it again.
    pub message_id: String,
    /// What it is.
    pub kind: String,
    /// When it happened.
    pub at: DateTime<Utc>,
    /// What is said of it.
    pub data: Value,
    /// How often it was tried since it was begun with.
    pub tries: u32,
    /// Since when the address has taken nothing.
    pub failing_since: Option<DateTime<Utc>>,
}

struct DueRow {
    id: WebhookMessageId,
    endpoint: WebhookId,
    owner: Option<CustomerId>,
    url: String,
    is_off: bool,
    message_id: String,
    kind: String,
    at: DateTime<Utc>,
    data: Value,
    tries: Natural,
    failing_since: Option<DateTime<Utc>>,
}

/// What an address is told next, if anything is due.
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn next(tx: &mut Tx, endpoint: WebhookId, now: DateTime<Utc>) -> Result<Option<DueMessage>, DbError> {
    let found = sqlx::query_as!(
        DueRow,
        r#"select m.id as "id: WebhookMessageId", e.id as "endpoint: WebhookId", e.customer_id as "owner?: CustomerId", e.url,
                  (e.disabled_at is not null or not coalesce(c.active, true)) as "is_off!", 'msg_' || m.message_id as "message_id!", m.kind, m.at, m.data,
                  m.tries as "tries: Natural", f.since as "failing_since?"
           from webhook_message m join webhook_endpoint e on e.id = m.endpoint_id
           left join customer c on c.id = e.customer_id
           left join webhook_failing f on f.endpoint_id = e.id
           where m.endpoint_id = $1 and m.state = 'queued' and m.due_at <= $2 order by m.due_at, m.id limit 1"#,
        endpoint.0,
        now
    );
    Ok(found.fetch_optional(&mut **tx).await?.map(|row| DueMessage {
        id: row.id,
        endpoint: row.endpoint,
        owner: row.owner,
        url: row.url,
        is_off: row.is_off,
        message_id: row.message_id,
        kind: row.kind,
        at: row.at,
        data: row.data,
        tries: row.tries.into(),
        failing_since: row.failing_since,
    }))
}

/// When an address is told something next, if anything waits for it.
///
/// # Errors
/// When the database fails.
pub async fn next_due(tx: &mut Tx, endpoint: WebhookId) -> Result<Option<DateTime<Utc>>, DbError> {
    let found = sqlx::query_scalar!(
        "select min(due_at) from webhook_message where endpoint_id = $1 and state = 'queued'",
        endpoint.0
    );
    Ok(found.fetch_one(&mut **tx).await?)
}

/// Tells an address nothing of what waits there: it is told nothing at all. Somebody may send it again.
///
/// # Errors
/// When the database fails.
pub async fn give_up(tx: &mut Tx, endpoint: WebhookId) -> Result<(), DbError> {
    sqlx::query!("update webhook_message set state = 'failed' where endpoint_id = $1 and state = 'queued'", endpoint.0)
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// Locks something that was tried, if it still stands as it did before that try; else another try has written down what became of it.
///
/// # Errors
/// When the database fails.
pub async fn lock(tx: &mut Tx, id: WebhookMessageId, tries: u32) -> Result<bool, DbError> {
    let found = sqlx::query!(
        "select id from webhook_message where id = $1 and state = 'queued' and tries = $2 for update",
        id.0,
        integer(tries)?
    );
    Ok(found.fetch_optional(&mut **tx).await?.is_some())
}

/// Writes down a try.
///
/// # Errors
/// When the database fails.
pub async fn note_try(tx: &mut Tx, id: WebhookMessageId, came: &WebhookTry) -> Result<(), DbError> {
    sqlx::query!(
        "insert into webhook_try (message_id, ordinal, customer_id, at, status, answer, trouble)
         select m.id, coalesce((select max(ordinal) from webhook_try where message_id = m.id), 0) + 1, m.customer_id, $2, $3, $4, $5
         from webhook_message m where m.id = $1",
        id.0,
        came.at,
        came.status.map(i32::from),
        came.answer,
        came.trouble
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Writes down what became of something after a try.
///
/// # Errors
/// When the database fails.
pub async fn note(
    tx: &mut Tx,
    id: WebhookMessageId,
    (state, tries): (WebhookState, u32),
    due_at: DateTime<Utc>,
) -> Result<(), DbError> {
    sqlx::query!(
        "update webhook_message set state = $2, tries = $3, due_at = $4 where id = $1",
        id.0,
        state.code(),
        integer(tries)?,
        due_at
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Gives a turn to each address for which something is due, whatever became of its job.
///
/// # Errors
/// When the database fails.
pub async fn wake_all(tx: &mut Tx, now: DateTime<Utc>) -> Result<(), DbError> {
    sqlx::query!(
        "select wake_webhooks(m.endpoint_id, null)
         from (select distinct endpoint_id from webhook_message where state = 'queued' and due_at <= $1
               order by endpoint_id) m",
        now
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}
