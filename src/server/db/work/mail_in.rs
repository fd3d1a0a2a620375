//! Mails that came to the line, and what became of them.

mod lists;
mod mailbox;
mod replies;
mod writers;

use chrono::{DateTime, Utc};
use uuid::Uuid;

pub use self::{
    lists::{Details, counts, details, of_request, of_state, row},
    mailbox::{forget_mailbox, leave_mailbox, mailbox_trouble, note_mailbox_fails, note_mailbox_works, take_mailbox},
    replies::{answered_by, is_reply_revoked, request_of, revoke_reply},
    writers::{Writer, callers, ours, writer, writers},
};
use crate::{
    model::{
        base::{
            ids::{CustomerId, InboundMailId, MailId, MemberId, RequestId, StaffId},
            numbers::RequestNumber,
        },
        work::mail_in::{InboundState, ReadMail, WaitReason},
    },
    server::db::{DbError, Tx, codec::Natural},
};

/// A mail as it is kept before anything else is done.
#[derive(Debug, Clone, Copy)]
pub struct NewMail<'a> {
    /// By which the same mail is known.
    pub sha256: &'a [u8],
    /// How long it is.
    pub bytes: u64,
    /// It, or its head.
    pub content: &'a [u8],
    /// Whether that is all of it.
    pub is_whole: bool,
    /// What its head says, as far as it is one: by that, mails are told apart and counted before anybody has looked into them.
    pub head: &'a ReadMail,
}

/// Keeps a mail; which it is, and whether it is news.
///
/// # Errors
/// When the database fails.
pub async fn keep(tx: &mut Tx, new: &NewMail<'_>, now: DateTime<Utc>) -> Result<(InboundMailId, bool), DbError> {
    let row = sqlx::query!(
        r#"insert into inbound_mail (came_at, sha256, bytes, content, is_whole, message_id, from_address, from_name, title)
           values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
           on conflict (sha256) do update set copies = inbound_mail.copies + 1
           returning id as "id: InboundMailId", copies = 1 as "is_new!""#,
        now,
        new.sha256,
        i64::try_from(new.bytes).unwrap_or(i64::MAX),
        new.content,
        new.is_whole,
        new.head.message_id,
        new.head.from_address,
        new.head.from_name,
        new.head.subject
    )
    .fetch_one(&mut **tx)
    .await?;
    Ok((row.id, row.is_new))
}

/// A mail as it came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CameMail {
    /// What is made of it has this key.
    pub key: Uuid,
    /// When it came.
    pub came_at: DateTime<Utc>,
    /// It, or its head; nothing once it has been settled for long.
    pub content: Option<Vec<u8>>,
    /// Whether that is all of it.
    pub is_whole: bool,
    /// What became of it.
    pub state: InboundState,
}

/// A mail as it came.
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn came(tx: &mut Tx, id: InboundMailId) -> Result<Option<CameMail>, DbError> {
    Ok(sqlx::query_as!(
        CameMail,
        r#"select key, came_at, content, is_whole, state as "state: InboundState" from inbound_mail where id = $1"#,
        id.0
    )
    .fetch_optional(&mut **tx)
    .await?)
}

/// Notes what a mail says.
///
/// # Errors
/// When the database fails.
pub async fn note_read(tx: &mut Tx, id: InboundMailId, mail: &ReadMail) -> Result<(), DbError> {
    sqlx::query!(
        "update inbound_mail set said = $2, has_audio = $3 where id = $1 and state = 'received'",
        id.0,
        mail.text,
        mail.audio().is_some()
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// What becomes of a mail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// What.
    pub state: InboundState,
    /// Why it waits.
    pub reason: Option<WaitReason>,
    /// Whose it is, and of whom.
    pub person: Option<(CustomerId, Option<MemberId>)>,
    /// The request that was made of it, or in whose conversation it stands.
    pub request: Option<RequestId>,
    /// The mail that was not delivered.
    pub bounced: Option<MailId>,
    /// The mail that came before and is the same.
    pub duplicate_of: Option<InboundMailId>,
    /// From which number somebody spoke.
    pub phone: String,
}

impl Outcome {
    /// What becomes of it, and nothing more.
    #[must_use]
    pub fn of(state: InboundState) -> Self {
        Self {
            state,
            reason: None,
            person: None,
            request: None,
            bounced: None,
            duplicate_of: None,
            phone: String::new(),
        }
    }

    /// That it waits for the desk.
    #[must_use]
    pub fn waits(reason: WaitReason) -> Self {
        Self { reason: Some(reason), ..Self::of(InboundState::Waiting) }
    }
}

/// Writes down what becomes of a mail that nobody has looked into yet; whether that was so.
///
/// # Errors
/// When the database fails.
pub async fn settle(tx: &mut Tx, id: InboundMailId, outcome: &Outcome, now: DateTime<Utc>) -> Result<bool, DbError> {
    let (customer, member) = outcome.person.unzip();
    let done = sqlx::query!(
        "update inbound_mail
         set state = $2, reason = $3, settled_at = case when $2 = 'waiting' then null else $4::timestamptz end, customer_id = $5,
             member_id = $6, request_id = $7, mail_id = $8, duplicate_of = $9, phone = $10,
             goes_to = coalesce(goes_to, $7)
         where id = $1 and state = 'received'",
        id.0,
        outcome.state.code(),
        outcome.reason.map(WaitReason::code),
        now,
        customer.map(|id| id.0),
        member.flatten().map(|id| id.0),
        outcome.request.map(|id| id.0),
        outcome.bounced.map(|id| id.0),
        outcome.duplicate_of.map(|id| id.0),
        outcome.phone
    )
    .execute(&mut **tx)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Locks a mail that came; what became of it until now.
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn lock(tx: &mut Tx, id: InboundMailId) -> Result<Option<InboundState>, DbError> {
    Ok(sqlx::query_scalar!(r#"select state as "state: InboundState" from inbound_mail where id = $1 for update"#, id.0)
        .fetch_optional(&mut **tx)
        .await?)
}

/// Writes down where a mail goes, in the transaction that makes something of it, with the names of those of its files that do not go along;
/// false where it goes elsewhere, or nothing is to be made of it any more.
///
/// * `key` – of what is made of it
///
/// # Errors
/// When the database fails.
pub async fn send_to(tx: &mut Tx, key: Uuid, request: RequestId, left_out: &[String]) -> Result<bool, DbError> {
    Ok(sqlx::query_scalar!(r#"select send_mail_to($1, $2, $3) as "goes!""#, key, request.0, left_out.join("\n"))
        .fetch_one(&mut **tx)
        .await?)
}

/// Where a mail goes of which something was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Begun {
    /// What is made of it has this key.
    pub key: Uuid,
    /// The request.
    pub request: RequestId,
    /// Its number.
    pub number: RequestNumber,
    /// Whose it is.
    pub customer: CustomerId,
    /// Who has written the mail.
    pub member: MemberId,
}

/// Where a mail goes of which something was made that is not written down as its end; none of which nothing was.
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn begun(tx: &mut Tx, id: InboundMailId) -> Result<Option<Begun>, DbError> {
    Ok(sqlx::query_as!(
        Begun,
        r#"select i.key, r.id as "request: RequestId", r.number as "number!: RequestNumber", r.customer_id as "customer: CustomerId",
                  coalesce(e.member_id, r.member_id) as "member!: MemberId"
           from inbound_mail i join service_request r on r.id = i.goes_to
           left join request_event e on e.request_id = r.id and e.key = i.key
           where i.id = $1 and i.request_id is null"#,
        id.0
    )
    .fetch_optional(&mut **tx)
    .await?)
}

/// Writes down what the desk has made of a mail, unless something else was.
///
/// # Errors
/// When the database fails.
pub async fn assign(
    tx: &mut Tx,
    id: InboundMailId,
    by: StaffId,
    (state, request): (InboundState, RequestId),
    (customer, member): (CustomerId, MemberId),
    now: DateTime<Utc>,
) -> Result<(), DbError> {
    sqlx::query!(
        "update inbound_mail set state = $2, settled_at = $3, decided_by = $4, request_id = $5, customer_id = $6, member_id = $7,
                                 goes_to = $5
         where id = $1 and state in ('waiting', 'auto_reply') and coalesce(goes_to, $5) = $5",
        id.0,
        state.code(),
        now,
        by.0,
        request.0,
        customer.0,
        member.0
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Puts a mail that waits aside; false where something is made of it.
///
/// # Errors
/// When the database fails.
pub async fn dismiss(
    tx: &mut Tx,
    id: InboundMailId,
    by: StaffId,
    reason: &str,
    now: DateTime<Utc>,
) -> Result<bool, DbError> {
    let done = sqlx::query!(
        "update inbound_mail set state = 'dismissed', settled_at = $2, decided_by = $3, dismissal = $4
         where id = $1 and state = 'waiting' and goes_to is null",
        id.0,
        now,
        by.0,
        reason
    )
    .execute(&mut **tx)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// The mail of the same sender that came before with the same identity.
///
/// # Errors
/// When the database fails.
pub async fn same_before(tx: &mut Tx, id: InboundMailId, mail: &ReadMail) -> Result<Option<InboundMailId>, DbError> {
    Ok(sqlx::query_scalar!(
        r#"select min(id) as "id: InboundMailId" from inbound_mail
           where message_id = $2 and message_id <> '' and from_address = $3 and id < $1 and state <> 'duplicate'"#,
        id.0,
        mail.message_id,
        mail.from_address
    )
    .fetch_one(&mut **tx)
    .await?)
}

/// How many mails of an address came after an instant and before one of them.
///
/// # Errors
/// When the database fails.
pub async fn came_lately(
    tx: &mut Tx,
    address: &str,
    since: DateTime<Utc>,
    before: InboundMailId,
) -> Result<u32, DbError> {
    Ok(sqlx::query_scalar!(
        r#"select count(*) as "count!: Natural" from inbound_mail where from_address = $1 and came_at > $2 and id < $3"#,
        address,
        since,
        before.0
    )
    .fetch_one(&mut **tx)
    .await?
    .into())
}

/// Mails that nobody has looked into for long, as their job was given up: the oldest first.
///
/// # Errors
/// When the database fails.
pub async fn forgotten(tx: &mut Tx, before: DateTime<Utc>, at_most: i64) -> Result<Vec<InboundMailId>, DbError> {
    Ok(sqlx::query_scalar!(
        r#"select id as "id: InboundMailId" from inbound_mail where state = 'received' and came_at < $1 order by id limit $2"#,
        before,
        at_most
    )
    .fetch_all(&mut **tx)
    .await?)
}

/// Forgets as they came mails that were settled before an instant: what was read of them stays.
///
/// # Errors
/// When the database fails.
pub async fn forget_content(tx: &mut Tx, before: DateTime<Utc>) -> Result<(), DbError> {
    sqlx::query!("update inbound_mail set content = null where content is not null and settled_at < $1", before)
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// How mails of the telephone exchange are known.
///
/// # Errors
/// When the database fails.
pub async fn voice_patterns(tx: &mut Tx) -> Result<String, DbError> {
    Ok(sqlx::query_scalar!("select patterns from voice_setting").fetch_one(&mut **tx).await?)
}

/// Says how they are known from now on.
///
/// # Errors
/// When the database fails.
pub async fn save_voice_patterns(tx: &mut Tx, patterns: &str) -> Result<(), DbError> {
    sqlx::query!("update voice_setting set patterns = $1", patterns).execute(&mut **tx).await?;
    Ok(())
}
