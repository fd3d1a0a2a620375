//! Mails that came to the line, and what became of them.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::{
    model::{
        base::{
            ids::{CustomerId, InboundMailId, MailId, MemberId, RequestId, StaffId},
            numbers::RequestNumber,
            paging::Page,
        },
        people::members::{Capabilities, Capability},
        work::mail_in::{InboundRow, InboundState, ReadMail, WaitReason},
    },
    server::db::{DbError, Tx, codec::Natural, paging::limit},
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
    /// Files that could not be taken over.
    pub left_out: Vec<String>,
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
            left_out: Vec::new(),
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
             member_id = $6, request_id = $7, mail_id = $8, duplicate_of = $9, phone = $10, left_out = $11
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
        outcome.phone,
        outcome.left_out.join("\n")
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

/// Writes down what the desk has made of a mail that waits.
///
/// # Errors
/// When the database fails.
pub async fn assign(
    tx: &mut Tx,
    id: InboundMailId,
    by: StaffId,
    (state, request): (InboundState, RequestId),
    (customer, member): (CustomerId, MemberId),
    left_out: &[String],
    now: DateTime<Utc>,
) -> Result<(), DbError> {
    sqlx::query!(
        "update inbound_mail set state = $2, settled_at = $3, decided_by = $4, request_id = $5, customer_id = $6, member_id = $7,
                                 left_out = $8
         where id = $1 and state = 'waiting'",
        id.0,
        state.code(),
        now,
        by.0,
        request.0,
        customer.0,
        member.0,
        left_out.join("\n")
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Puts a mail that waits aside.
///
/// # Errors
/// When the database fails.
pub async fn dismiss(
    tx: &mut Tx,
    id: InboundMailId,
    by: StaffId,
    reason: &str,
    now: DateTime<Utc>,
) -> Result<(), DbError> {
    sqlx::query!(
        "update inbound_mail set state = 'dismissed', settled_at = $2, decided_by = $3, dismissal = $4
         where id = $1 and state = 'waiting'",
        id.0,
        now,
        by.0,
        reason
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Somebody who writes from an address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Writer {
    /// Which person.
    pub member: MemberId,
    /// Of which customer.
    pub customer: CustomerId,
    /// What the person is called.
    pub name: String,
    /// Where to call that person, or the customer.
    pub phone: String,
    /// What that person may do.
    pub capabilities: Capabilities,
}

struct WriterRow {
    member: MemberId,
    customer: CustomerId,
    name: String,
    phone: String,
    capabilities: Vec<Capability>,
}

impl From<WriterRow> for Writer {
    fn from(row: WriterRow) -> Self {
        Self {
            member: row.member,
            customer: row.customer,
            name: row.name,
            phone: row.phone,
            capabilities: row.capabilities.into_iter().collect(),
        }
    }
}

macro_rules! select_writers {
    ($which:literal, $($parameter:expr),*) => {
        sqlx::query_as!(
            WriterRow,
            r#"select m.id as "member: MemberId", m.customer_id as "customer: CustomerId", m.name,
                      coalesce(nullif(m.phone, ''),
                               (select k.value from customer_contact k
                                where k.customer_id = m.customer_id and k.kind = 'phone' order by k.position limit 1), '') as "phone!",
                      m.capabilities as "capabilities: Vec<Capability>"
               from member m join customer c on c.id = m.customer_id and c.active
               where m.active "# + $which,
            $($parameter),*
        )
    };
}

/// Everybody who is written to at an address.
///
/// # Errors
/// When the database fails; staff may not.
pub async fn writers(tx: &mut Tx, address: &str) -> Result<Vec<Writer>, DbError> {
    let found = select_writers!(
        "and (m.id in (select member_id from login where email = $1)
              or m.email = $1 and not exists (select from login l where l.member_id = m.id))
         order by m.id",
        address
    );
    Ok(found.fetch_all(&mut **tx).await?.into_iter().map(Into::into).collect())
}

/// Somebody of a customer.
///
/// # Errors
/// When the database fails.
pub async fn writer(tx: &mut Tx, customer: CustomerId, member: MemberId) -> Result<Option<Writer>, DbError> {
    let found = select_writers!("and m.customer_id = $1 and m.id = $2", customer.0, member.0);
    Ok(found.fetch_optional(&mut **tx).await?.map(Into::into))
}

/// Customers with a telephone number, each with the person whose it is, if it is somebody's.
///
/// # Errors
/// When the database fails.
pub async fn callers(tx: &mut Tx, phone: &str) -> Result<Vec<(CustomerId, Option<MemberId>)>, DbError> {
    let found = sqlx::query!(
        r#"select f.customer_id as "customer!: CustomerId", min(f.member_id) as "member: MemberId"
           from (select customer_id, id as member_id from member where active and is_same_phone(phone, $1)
                 union all
                 select customer_id, null from customer_contact where kind = 'phone' and value = $1) f
           group by f.customer_id order by f.customer_id"#,
        phone
    )
    .fetch_all(&mut **tx)
    .await?;
    Ok(found.into_iter().map(|row| (row.customer, row.member)).collect())
}

/// The mail of ours that has one of these identities, and whose it was, as far as it went to somebody of a customer.
///
/// # Errors
/// When the database fails.
pub async fn ours(
    tx: &mut Tx,
    message_ids: &[Uuid],
    id: Option<MailId>,
) -> Result<Option<(MailId, Option<(CustomerId, Option<MemberId>)>)>, DbError> {
    let found = sqlx::query!(
        r#"select w.id as "id: MailId", w.customer_id as "customer: CustomerId",
                  (select min(m.id) from member m left join login l on l.member_id = m.id
                   where m.customer_id = w.customer_id and coalesce(l.email, m.email) = w.to_address) as "member: MemberId"
           from mail w where w.message_id = any ($1) or w.id = $2 order by w.id limit 1"#,
        message_ids,
        id.map(|id| id.0)
    )
    .fetch_optional(&mut **tx)
    .await?;
    Ok(found.map(|row| (row.id, row.customer.map(|customer| (customer, row.member)))))
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

/// How many mails there are of each state that any has.
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn counts(tx: &mut Tx) -> Result<Vec<(InboundState, u32)>, DbError> {
    let rows = sqlx::query!(
        r#"select state as "state: InboundState", count(*) as "count!: Natural" from inbound_mail group by state"#
    )
    .fetch_all(&mut **tx)
    .await?;
    let mut counts: Vec<_> = rows.into_iter().map(|row| (row.state, row.count.into())).collect();
    counts.sort_by_key(|(state, _)| *state);
    Ok(counts)
}

struct Row {
    id: InboundMailId,
    came_at: DateTime<Utc>,
    from_address: String,
    from_name: String,
    subject: String,
    state: InboundState,
    reason: Option<WaitReason>,
    request: Option<RequestNumber>,
    customer_name: String,
    phone: String,
    has_audio: bool,
    copies: Natural,
}

impl From<Row> for InboundRow {
    fn from(row: Row) -> Self {
        Self {
            id: row.id,
            came_at: row.came_at,
            from_address: row.from_address,
            from_name: row.from_name,
            subject: row.subject,
            state: row.state,
            // Why it waited once is no news.
            reason: row.reason.filter(|_| row.state == InboundState::Waiting),
            request: row.request,
            customer_name: row.customer_name,
            phone: row.phone,
            has_audio: row.has_audio,
            copies: row.copies.into(),
        }
    }
}

macro_rules! select_rows {
    ($which:literal, $($parameter:expr),*) => {
        sqlx::query_as!(
            Row,
            r#"select i.id as "id: InboundMailId", i.came_at, i.from_address, i.from_name, i.title as subject,
                      i.state as "state: InboundState", i.reason as "reason: WaitReason", r.number as "request?: RequestNumber",
                      coalesce(c.name, '') as "customer_name!", i.phone, i.has_audio, i.copies as "copies: Natural"
               from inbound_mail i left join customer c on c.id = i.customer_id
               left join service_request r on r.id = i.request_id "# + $which,
            $($parameter),*
        )
    };
}

/// A page of the mails of a state, the newest first.
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn of_state(
    tx: &mut Tx,
    state: InboundState,
    after: Option<InboundMailId>,
    size: usize,
) -> Result<Page<InboundRow, InboundMailId>, DbError> {
    let found = select_rows!(
        "where i.state = $1 and ($2::bigint is null or i.id < $2) order by i.id desc limit $3",
        state.code(),
        after.map(|id| id.0),
        limit(size)
    );
    let found = found.fetch_all(&mut **tx).await?;
    Ok(Page::of(found, size, |last| last.id).map(Into::into))
}

/// The mails of a request, or of which it was made, the newest first.
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn of_request(tx: &mut Tx, request: RequestId) -> Result<Vec<InboundRow>, DbError> {
    let found = select_rows!("where i.request_id = $1 order by i.id desc", request.0);
    Ok(found.fetch_all(&mut **tx).await?.into_iter().map(Into::into).collect())
}

/// The line of one mail.
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn row(tx: &mut Tx, id: InboundMailId) -> Result<Option<InboundRow>, DbError> {
    Ok(select_rows!("where i.id = $1", id.0).fetch_optional(&mut **tx).await?.map(Into::into))
}

/// What else is known of a mail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Details {
    /// What it says.
    pub said: String,
    /// Files that could not be taken over, a name each line.
    pub left_out: String,
    /// Whether it is still kept as it came.
    pub is_kept: bool,
    /// Whose it is.
    pub customer: Option<CustomerId>,
    /// Of whom.
    pub member: Option<MemberId>,
    /// The request.
    pub request: Option<RequestId>,
    /// The mail that was not delivered.
    pub bounced: Option<MailId>,
    /// About which request that was.
    pub bounced_about: Option<String>,
    /// Who of the desk has decided.
    pub decided_by: Option<String>,
    /// Why it was put aside.
    pub dismissal: String,
}

/// What else is known of a mail.
///
/// # Errors
/// When the database fails.
pub async fn details(tx: &mut Tx, id: InboundMailId) -> Result<Option<Details>, DbError> {
    Ok(sqlx::query_as!(
        Details,
        r#"select i.said, i.left_out, i.content is not null as "is_kept!", i.customer_id as "customer: CustomerId",
                  i.member_id as "member: MemberId", i.request_id as "request: RequestId", i.mail_id as "bounced: MailId",
                  w.about as "bounced_about?", s.name as "decided_by?", i.dismissal
           from inbound_mail i left join mail w on w.id = i.mail_id left join staff s on s.id = i.decided_by
           where i.id = $1"#,
        id.0
    )
    .fetch_optional(&mut **tx)
    .await?)
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

/// Takes no further answers by the address that a person of a customer has for a request.
///
/// # Errors
/// When the database fails.
pub async fn revoke_reply(
    tx: &mut Tx,
    (customer, request, member): (CustomerId, RequestId, MemberId),
    by: StaffId,
    now: DateTime<Utc>,
) -> Result<(), DbError> {
    sqlx::query!(
        "insert into revoked_reply (customer_id, request_id, member_id, staff_id, at) values ($1, $2, $3, $4, $5)
         on conflict (request_id, member_id) do nothing",
        customer.0,
        request.0,
        member.0,
        by.0,
        now
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Whether answers by the address that a person has for a request are no longer taken.
///
/// # Errors
/// When the database fails.
pub async fn is_reply_revoked(tx: &mut Tx, request: RequestId, member: MemberId) -> Result<bool, DbError> {
    Ok(sqlx::query_scalar!(
        r#"select exists (select from revoked_reply where request_id = $1 and member_id = $2) as "is_revoked!""#,
        request.0,
        member.0
    )
    .fetch_one(&mut **tx)
    .await?)
}

/// Of which customer a request is.
///
/// # Errors
/// When the database fails.
pub async fn request_of(tx: &mut Tx, number: RequestNumber) -> Result<Option<(RequestId, CustomerId)>, DbError> {
    let found = sqlx::query!(
        r#"select id as "id: RequestId", customer_id as "customer: CustomerId" from service_request where number = $1"#,
        number.to_string()
    )
    .fetch_optional(&mut **tx)
    .await?;
    Ok(found.map(|row| (row.id, row.customer)))
}

/// About which request a mail of ours is, and to whom of its customer it goes; none that nobody answers.
///
/// # Errors
/// When the database fails.
pub async fn answered_by(tx: &mut Tx, mail: MailId) -> Result<Option<(RequestNumber, MemberId)>, DbError> {
    let found = sqlx::query!(
        r#"select r.number as "number!: RequestNumber", m.id as "member: MemberId"
           from mail w join service_request r on r.number = w.about and r.customer_id = w.customer_id
           join member m on m.customer_id = w.customer_id and m.active
           left join login l on l.member_id = m.id
           where w.id = $1 and coalesce(l.email, m.email) = w.to_address order by m.id limit 1"#,
        mail.0
    )
    .fetch_optional(&mut **tx)
    .await?;
    Ok(found.map(|row| (row.number, row.member)))
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
