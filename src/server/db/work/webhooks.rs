//! Addresses at which programs are told what happens, and what they were told.

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::Value;
use uuid::Uuid;

use crate::{
    model::{
        base::{
            ids::{CustomerId, StaffId, WebhookId, WebhookMessageId},
            paging::Page,
        },
        work::webhooks::{
            WEBHOOK_TEST, WebhookForm, WebhookKind, WebhookMessage, WebhookOff, WebhookRow, WebhookState, WebhookTry,
        },
    },
    server::db::{
        DbError, Tx,
        codec::{Natural, integer},
        paging::limit,
    },
};

/// How many messages a page shows.
const SHOWN: usize = 25;

struct EndpointRow {
    id: WebhookId,
    url: String,
    kinds: Vec<WebhookKind>,
    off: Option<WebhookOff>,
    failing_since: Option<DateTime<Utc>>,
}

impl From<EndpointRow> for WebhookRow {
    fn from(row: EndpointRow) -> Self {
        Self {
            id: row.id,
            form: WebhookForm { url: row.url, kinds: row.kinds.into_iter().collect() },
            off: row.off,
            failing_since: row.failing_since,
        }
    }
}

/// The addresses of a customer, or the vendor's; or one of them.
///
/// * `owner` – the customer; none for the vendor
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn endpoints(
    tx: &mut Tx,
    owner: Option<CustomerId>,
    one: Option<WebhookId>,
) -> Result<Vec<WebhookRow>, DbError> {
    let found = sqlx::query_as!(
        EndpointRow,
        r#"select e.id as "id: WebhookId", e.url, e.kinds as "kinds: Vec<WebhookKind>",
                  e.disabled_why as "off?: WebhookOff", f.since as "failing_since?"
           from webhook_endpoint e left join webhook_failing f on f.endpoint_id = e.id
           where e.customer_id is not distinct from $1 and ($2::uuid is null or e.id = $2)
           order by e.made_at, e.id"#,
        owner.map(|owner| owner.0),
        one.map(|one| one.0)
    );
    Ok(found.fetch_all(&mut **tx).await?.into_iter().map(Into::into).collect())
}

/// How an address is signed for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Secrets {
    /// The secret.
    pub now: Vec<u8>,
    /// The one before it, and until when it is good.
    pub former: Option<(Vec<u8>, DateTime<Utc>)>,
}

impl Secrets {
    /// Those that are good at an instant.
    #[must_use]
    pub fn good(&self, now: DateTime<Utc>) -> Vec<&[u8]> {
        let former = self.former.as_ref().filter(|(_, until)| *until > now).map(|(secret, _)| secret.as_slice());
        [self.now.as_slice()].into_iter().chain(former).collect()
    }
}

/// The secrets of an address.
///
/// # Errors
/// When the database fails.
pub async fn secrets(tx: &mut Tx, endpoint: WebhookId) -> Result<Option<Secrets>, DbError> {
    let found =
        sqlx::query!("select secret, former_secret, former_until from webhook_endpoint where id = $1", endpoint.0);
    let found = found.fetch_optional(&mut **tx).await?;
    Ok(found.map(|row| Secrets { now: row.secret, former: row.former_secret.zip(row.former_until) }))
}

/// Adds an address, unless there is one of the same form already.
///
/// # Errors
/// When the database fails.
pub async fn insert(
    tx: &mut Tx,
    owner: Option<CustomerId>,
    id: WebhookId,
    form: &WebhookForm,
    secret: &[u8],
    now: DateTime<Utc>,
) -> Result<(), DbError> {
    sqlx::query!(
        "insert into webhook_endpoint (id, customer_id, url, kinds, secret, made_at) values ($1, $2, $3, $4, $5, $6)
         on conflict (id) do nothing",
        id.0,
        owner.map(|owner| owner.0),
        form.url,
        &codes(form),
        secret,
        now
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Changes what is told where.
///
/// # Errors
/// When the database fails.
pub async fn update(tx: &mut Tx, id: WebhookId, form: &WebhookForm) -> Result<(), DbError> {
    sqlx::query!("update webhook_endpoint set url = $2, kinds = $3 where id = $1", id.0, form.url, &codes(form))
        .execute(&mut **tx)
        .await?;
    Ok(())
}

fn codes(form: &WebhookForm) -> Vec<String> {
    form.kinds.iter().map(|kind| kind.code().to_owned()).collect()
}

/// Signs by another secret; the one before it is good for a while. Once for each key.
///
/// # Errors
/// When the database fails.
pub async fn rotate(
    tx: &mut Tx,
    id: WebhookId,
    secret: &[u8],
    former_until: DateTime<Utc>,
    key: Uuid,
) -> Result<(), DbError> {
    sqlx::query!(
        "update webhook_endpoint set secret = $2, former_secret = secret, former_until = $3, secret_key = $4
         where id = $1 and secret_key is distinct from $4",
        id.0,
        secret,
        former_until,
        key
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Tells an address nothing, or everything again. Whether that is news.
///
/// * `off` – since when, and why
///
/// # Errors
/// When the database fails.
pub async fn switch(tx: &mut Tx, id: WebhookId, off: Option<(DateTime<Utc>, WebhookOff)>) -> Result<bool, DbError> {
    let done = sqlx::query!(
        "update webhook_endpoint set disabled_at = $2, disabled_why = $3
         where id = $1 and (disabled_at is null) = ($2::timestamptz is not null)",
        id.0,
        off.map(|(at, _)| at),
        off.map(|(_, why)| why.code())
    )
    .execute(&mut **tx)
    .await?;
    Ok(done.rows_affected() > 0)
}

/// Forgets an address, with all that it was told.
///
/// # Errors
/// When the database fails.
pub async fn remove(tx: &mut Tx, id: WebhookId) -> Result<(), DbError> {
    sqlx::query!("delete from webhook_endpoint where id = $1", id.0).execute(&mut **tx).await?;
    Ok(())
}

/// Writes down that an address has taken something, or since when it has taken nothing.
///
/// # Errors
/// When the database fails.
pub async fn note_health(tx: &mut Tx, id: WebhookId, failing_since: Option<DateTime<Utc>>) -> Result<(), DbError> {
    match failing_since {
        None => sqlx::query!("delete from webhook_failing where endpoint_id = $1", id.0).execute(&mut **tx).await?,
        Some(since) => {
            let insert = sqlx::query!(
                "insert into webhook_failing (endpoint_id, customer_id, since)
                 select id, customer_id, $2 from webhook_endpoint where id = $1 on conflict (endpoint_id) do nothing",
                id.0,
                since
            );
            insert.execute(&mut **tx).await?
        }
    };
    Ok(())
}

/// Tells an address something that only tries it out. Once for each key.
///
/// # Errors
/// When the database fails.
pub async fn write_test(
    tx: &mut Tx,
    owner: Option<CustomerId>,
    endpoint: WebhookId,
    key: Uuid,
    now: DateTime<Utc>,
) -> Result<(), DbError> {
    let written = sqlx::query_scalar!(
        r#"insert into webhook_message (customer_id, endpoint_id, kind, cause, at, data, due_at)
           values ($1, $2, $3, 'test ' || $4::uuid, $5, '{}', $5)
           on conflict on constraint told_once_per_endpoint do nothing returning id as "id: WebhookMessageId""#,
        owner.map(|owner| owner.0),
        endpoint.0,
        WEBHOOK_TEST,
        key,
        now
    )
    .fetch_optional(&mut **tx)
    .await?;
    match written {
        Some(message) => queue(tx, message, endpoint, TimeDelta::zero()).await,
        None => Ok(()),
    }
}

/// Queues the job that tells something, after a while.
///
/// # Errors
/// When the database fails.
pub async fn queue(
    tx: &mut Tx,
    message: WebhookMessageId,
    endpoint: WebhookId,
    wait: TimeDelta,
) -> Result<(), DbError> {
    sqlx::query!("select queue_webhook($1, $2, $3)", message.0, endpoint.0, wait as _).execute(&mut **tx).await?;
    Ok(())
}

struct MessageRow {
    id: WebhookMessageId,
    message_id: String,
    kind: String,
    at: DateTime<Utc>,
    state: WebhookState,
    tries: Natural,
    due_at: DateTime<Utc>,
    tried_at: Option<DateTime<Utc>>,
    status: Option<i32>,
    answer: Option<String>,
    trouble: Option<String>,
}

impl From<MessageRow> for WebhookMessage {
    fn from(row: MessageRow) -> Self {
        let last = row.tried_at.map(|at| WebhookTry {
            at,
            status: row.status.and_then(|status| status.try_into().ok()),
            answer: row.answer.unwrap_or_default(),
            trouble: row.trouble.unwrap_or_default(),
        });
        Self {
            id: row.id,
            message_id: row.message_id,
            kind: WebhookKind::from_code(&row.kind),
            at: row.at,
            state: row.state,
            tries: row.tries.into(),
            due_at: row.due_at,
            last,
        }
    }
}

/// What an address was told, the newest first.
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn messages(
    tx: &mut Tx,
    endpoint: WebhookId,
    before: Option<WebhookMessageId>,
) -> Result<Page<WebhookMessage, WebhookMessageId>, DbError> {
    let size = SHOWN;
    let found = sqlx::query_as!(
        MessageRow,
        r#"select m.id as "id: WebhookMessageId", 'msg_' || m.message_id as "message_id!", m.kind, m.at,
                  m.state as "state: WebhookState", coalesce(t.ordinal, 0) as "tries!: Natural", m.due_at,
                  t.at as "tried_at?", t.status as "status?", t.answer as "answer?", t.trouble as "trouble?"
           from webhook_message m left join lateral (
               select * from webhook_try t where t.message_id = m.id order by t.ordinal desc limit 1) t on true
           where m.endpoint_id = $1 and ($2::bigint is null or m.id < $2) order by m.id desc limit $3"#,
        endpoint.0,
        before.map(|before| before.0),
        limit(size)
    );
    let rows: Vec<WebhookMessage> = found.fetch_all(&mut **tx).await?.into_iter().map(Into::into).collect();
    Ok(Page::of(rows, size, |message| message.id))
}

/// Begins again to tell what was told or failed: one thing, or all since an instant. What is still tried goes on as it does.
///
/// # Errors
/// When the database fails.
pub async fn replay(
    tx: &mut Tx,
    endpoint: WebhookId,
    (one, since): (Option<WebhookMessageId>, Option<DateTime<Utc>>),
    now: DateTime<Utc>,
) -> Result<(), DbError> {
    sqlx::query!(
        "with again as (
             update webhook_message set state = 'queued', tries = 0, due_at = $4
             where endpoint_id = $1 and state <> 'queued' and (id = $2 or at >= $3) returning id)
         select queue_webhook(id, $1, null) from (select id from again order by id) again",
        endpoint.0,
        one.map(|one| one.0),
        since,
        now
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Something that is due to be told.
#[derive(Debug, Clone, PartialEq)]
pub struct DueMessage {
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

/// Something, if it is due.
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn due(tx: &mut Tx, id: WebhookMessageId, now: DateTime<Utc>) -> Result<Option<DueMessage>, DbError> {
    let found = sqlx::query_as!(
        DueRow,
        r#"select e.id as "endpoint: WebhookId", e.customer_id as "owner?: CustomerId", e.url,
                  (e.disabled_at is not null or not coalesce(c.active, true)) as "is_off!", 'msg_' || m.message_id as "message_id!", m.kind, m.at, m.data,
                  m.tries as "tries: Natural", f.since as "failing_since?"
           from webhook_message m join webhook_endpoint e on e.id = m.endpoint_id
           left join customer c on c.id = e.customer_id
           left join webhook_failing f on f.endpoint_id = e.id
           where m.id = $1 and m.state = 'queued' and m.due_at <= $2"#,
        id.0,
        now
    );
    Ok(found.fetch_optional(&mut **tx).await?.map(|row| DueMessage {
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

/// Queues what has been due for a while, whatever became of its job.
///
/// # Errors
/// When the database fails.
pub async fn queue_due(tx: &mut Tx, before: DateTime<Utc>) -> Result<(), DbError> {
    sqlx::query!(
        "select queue_webhook(m.id, m.endpoint_id, null)
         from (select id, endpoint_id from webhook_message where state = 'queued' and due_at <= $1 order by id) m",
        before
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Forgets what happened before an instant.
///
/// # Errors
/// When the database fails.
pub async fn sweep(tx: &mut Tx, before: DateTime<Utc>) -> Result<(), DbError> {
    sqlx::query!("delete from webhook_message where at < $1", before).execute(&mut **tx).await?;
    Ok(())
}

/// Who manages at the vendor's.
///
/// # Errors
/// When the database fails.
pub async fn managers(tx: &mut Tx) -> Result<Vec<StaffId>, DbError> {
    let found = sqlx::query_scalar!(
        r#"select id as "id: StaffId" from staff where active and 'manager' = any (roles) order by id"#
    );
    Ok(found.fetch_all(&mut **tx).await?)
}
