//! Addresses at which programs are told what happens, and what they were told.

pub mod telling;

use chrono::{DateTime, TimeDelta, Utc};
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
    server::db::{DbError, Tx, codec::Natural, paging::limit},
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
    sqlx::query!(
        "insert into webhook_message (customer_id, endpoint_id, kind, cause, at, data, due_at)
         values ($1, $2, $3, 'test ' || $4::uuid, $5, '{}', $5)
         on conflict on constraint told_once_per_endpoint do nothing",
        owner.map(|owner| owner.0),
        endpoint.0,
        WEBHOOK_TEST,
        key,
        now
    )
    .execute(&mut **tx)
    .await?;
    telling::wake(tx, endpoint, TimeDelta::zero()).await
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
        "update webhook_message set state = 'queued', tries = 0, due_at = $4
         where endpoint_id = $1 and state <> 'queued' and (id = $2 or at >= $3)",
        endpoint.0,
        one.map(|one| one.0),
        since,
        now
    )
    .execute(&mut **tx)
    .await?;
    telling::wake(tx, endpoint, TimeDelta::zero()).await
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
