//! What customers and the vendor write to one another about a request: who takes part, what is read, what is answered.

use chrono::{DateTime, TimeDelta, Utc};

use crate::{
    model::{
        base::ids::{MemberId, MessageId, RequestId, StaffId},
        ordering::conversations::VendorConversation,
    },
    server::{
        auth::Member,
        db::{DbError, Tx, codec::Natural},
    },
};

/// Of how many requests with unread messages is told at once; the others come up as those are read.
pub(super) const UNREAD: i64 = 10;
/// For how long a message that nobody opened is news in the list of requests.
const NEWS: TimeDelta = TimeDelta::days(90);

/// The last message about a request.
///
/// # Errors
/// When the database fails.
pub async fn last(tx: &mut Tx, request: RequestId) -> Result<Option<MessageId>, DbError> {
    Ok(sqlx::query_scalar!(
        r#"select max(id) as "last: MessageId" from request_event
           where request_id = $1 and kind in ('customer_wrote', 'vendor_wrote')"#,
        request.0
    )
    .fetch_one(&mut **tx)
    .await?)
}

/// Who of the customer takes part: who ordered it, and whoever has written and may see it still.
///
/// # Errors
/// When the database fails.
pub async fn members(tx: &mut Tx, request: RequestId) -> Result<Vec<MemberId>, DbError> {
    Ok(sqlx::query_scalar!(
        r#"select member as "member!: MemberId" from who_takes_part($1) member order by member"#,
        request.0
    )
    .fetch_all(&mut **tx)
    .await?)
}

/// Whether anybody who takes part gets mail.
///
/// # Errors
/// When the database fails.
pub async fn is_told(tx: &mut Tx, request: RequestId) -> Result<bool, DbError> {
    Ok(sqlx::query_scalar!(
        r#"select coalesce(bool_or(is_written_to(member)), false) as "is_told!" from who_takes_part($1) member"#,
        request.0
    )
    .fetch_one(&mut **tx)
    .await?)
}

/// With whom the time of a request is agreed.
///
/// # Errors
/// When the database fails.
pub async fn technician(tx: &mut Tx, request: RequestId) -> Result<Option<StaffId>, DbError> {
    Ok(sqlx::query_scalar!(
        r#"select technician_id as "technician: StaffId" from appointment
           where request_id = $1 and state in ('confirmed', 'running')"#,
        request.0
    )
    .fetch_optional(&mut **tx)
    .await?)
}

/// How many of the vendor's messages about a request a member has not read.
///
/// # Errors
/// When the database fails.
pub async fn unread(tx: &mut Tx, member: MemberId, request: RequestId) -> Result<u32, DbError> {
    Ok(sqlx::query_scalar!(
        r#"select count(*) as "unread!: Natural" from request_event e
           where e.request_id = $1 and e.kind = 'vendor_wrote'
             and e.id > coalesce((select d.read_to from conversation_reader d
                                  where d.request_id = $1 and d.member_id = $2), 0)"#,
        request.0,
        member.0
    )
    .fetch_one(&mut **tx)
    .await?
    .into())
}

/// Since when a message that nobody opened is news.
pub(super) fn news_since(now: DateTime<Utc>) -> DateTime<Utc> {
    now - NEWS
}

/// Notes that a member has read the first so many of what the vendor has written about a request.
///
/// # Errors
/// When the database fails.
pub async fn mark_read(
    tx: &mut Tx,
    member: &Member,
    request: RequestId,
    shown: usize,
    now: DateTime<Utc>,
) -> Result<(), DbError> {
    sqlx::query!(
        "insert into conversation_reader as d (request_id, customer_id, member_id, read_to, read_at)
         select $1, $2, $3, e.id, $4
         from (select id, row_number() over (order by id) as nth from request_event
               where request_id = $1 and kind = 'vendor_wrote') e
         where e.nth = $5
         on conflict (request_id, member_id) do update set read_to = excluded.read_to, read_at = excluded.read_at
             where d.read_to < excluded.read_to",
        request.0,
        member.customer().0,
        member.id().0,
        now,
        i64::try_from(shown).unwrap_or(i64::MAX)
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// How it stands for the vendor; who is told and who may write is said by whoever asks.
///
/// # Errors
/// When the database fails.
pub async fn standing(tx: &mut Tx, request: RequestId) -> Result<VendorConversation, DbError> {
    let row = sqlx::query!(
        r#"select (select max(id) from request_event
                   where request_id = $1 and kind in ('customer_wrote', 'vendor_wrote')) as "last: MessageId",
                  (select waits_since from conversation where request_id = $1) as waits_since,
                  (select min(d.read_at) from conversation_reader d
                   where d.request_id = $1 and d.read_to >= (select max(id) from request_event
                       where request_id = $1 and kind = 'vendor_wrote')) as read_at"#,
        request.0
    )
    .fetch_one(&mut **tx)
    .await?;
    let (last, waits_since, read_at) = (row.last, row.waits_since, row.read_at);
    Ok(VendorConversation { last, waits_since, read_at, is_told: false, may_write: false })
}

/// Notes up to which message the vendor has answered; what came after it waits on. The request's lock is held.
///
/// # Errors
/// When the database fails.
pub async fn answered(tx: &mut Tx, request: RequestId, to: MessageId) -> Result<(), DbError> {
    sqlx::query!(
        "update conversation c set answered_to = greatest(c.answered_to, $2),
             waits_since = (select min(e.at) from request_event e
                            where e.request_id = $1 and e.kind = 'customer_wrote' and e.id > greatest(c.answered_to, $2))
         where c.request_id = $1",
        request.0,
        to.0
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Whether a member has read a message by now; for the system.
///
/// # Errors
/// When the database fails.
pub async fn is_read(tx: &mut Tx, member: MemberId, message: MessageId) -> Result<bool, DbError> {
    Ok(sqlx::query_scalar!(
        r#"select exists (select from request_event e
                          join conversation_reader d on d.request_id = e.request_id and d.member_id = $1
                          where e.id = $2 and d.read_to >= $2) as "is_read!""#,
        member.0,
        message.0
    )
    .fetch_one(&mut **tx)
    .await?)
}

/// Whether the vendor has answered a message by now; for the system.
///
/// # Errors
/// When the database fails.
pub async fn is_answered(tx: &mut Tx, message: MessageId) -> Result<bool, DbError> {
    Ok(sqlx::query_scalar!(
        r#"select exists (select from request_event e join conversation c on c.request_id = e.request_id
                          where e.id = $1 and c.answered_to >= $1) as "is_answered!""#,
        message.0
    )
    .fetch_one(&mut **tx)
    .await?)
}
