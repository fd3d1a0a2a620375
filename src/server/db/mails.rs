//! Mails: written through the database's own functions, which look up the address and queue the job in the same
//! transaction; read and noted by the job.

pub mod planned_visits;
pub mod reminders;

use chrono::{DateTime, Utc};
use serde::Serialize;
use uuid::Uuid;

use super::{DbError, Tx, codec::Natural, paging::limit};
use crate::model::{
    base::{
        ids::{CustomerId, LoginId, MailId, MemberId, RequestId, StaffId},
        numbers::RequestNumber,
        paging::Page,
    },
    mails::{AppointmentMail, MailContent, MailPlace, MailState},
    people::members::{Capability, ContactRole},
    work::pushes::Push,
};

/// Writes a mail to a member, if that person is active and has an address: that of the sign-in, else the one that was given. Of two mails with the same key only the first is
/// written.
///
/// # Errors
/// When the database fails, and in a member's transaction for a member of another customer.
pub async fn to_member(
    tx: &mut Tx,
    member: MemberId,
    content: &MailContent,
    now: DateTime<Utc>,
    key: &str,
) -> Result<(), DbError> {
    sqlx::query!("select write_mail_to_member($1, $2, $3, $4)", member.0, json(content)?, now, key)
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// Writes a mail to every active member of a customer who may buy and has an address. Each of them gets it once by its key.
///
/// # Errors
/// When the database fails, and in a member's transaction for another customer.
pub async fn to_buyers(
    tx: &mut Tx,
    customer: CustomerId,
    content: &MailContent,
    now: DateTime<Utc>,
    key: &str,
) -> Result<(), DbError> {
    sqlx::query!("select write_mail_to_buyers($1, $2, $3, $4)", customer.0, json(content)?, now, key)
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// Writes a mail to every active person of a customer who has a capability, or a contact role, and an address. Each of them gets
/// it once by its key.
///
/// # Errors
/// When the database fails, and in a member's transaction for another customer.
pub async fn to_people(
    tx: &mut Tx,
    customer: CustomerId,
    (capability, role): (Capability, Option<ContactRole>),
    content: &MailContent,
    now: DateTime<Utc>,
    key: &str,
) -> Result<(), DbError> {
    sqlx::query!(
        "select write_mail_to_people($1, $2, $3, $4, $5, $6)",
        customer.0,
        capability.code(),
        role.map(ContactRole::code),
        json(content)?,
        now,
        key
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Tells a person of the vendor, by mail, and what has a notification on their devices as they choose. What has the same key is
/// told once.
///
/// # Errors
/// When the database fails; members may not.
pub async fn to_staff(
    tx: &mut Tx,
    staff: StaffId,
    content: &MailContent,
    now: DateTime<Utc>,
    key: &str,
) -> Result<(), DbError> {
    let push = content.push();
    sqlx::query!(
        "select tell_staff($1, $2, $3, $4, $5, $6, $7)",
        staff.0,
        json(content)?,
        push.as_ref().map(json).transpose()?,
        push.as_ref().map(Push::topic),
        push.as_ref().map(|push| push.good_until(now)),
        now,
        key
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Whose number of the line a mail is signed with that is no customer's.
#[derive(Debug, Clone, Copy)]
pub enum Signed<'a> {
    /// That of a customer.
    Customer(CustomerId),
    /// That of a region that was chosen, else of a postal code's.
    Place(Option<&'a str>, &'a str),
}

/// Writes a mail to somebody of whom nothing is known but what was typed.
///
/// # Errors
/// When the database fails; only the system may.
pub async fn to_nobody_yet(
    tx: &mut Tx,
    ((address, name, language), signed): ((&str, &str, &str), Signed<'_>),
    content: &MailContent,
    now: DateTime<Utc>,
    key: &str,
) -> Result<(), DbError> {
    sqlx::query!("select insert_mail(null, $1, $2, $3, $4, $5, $6)", address, name, language, json(content)?, now, key)
        .execute(&mut **tx)
        .await?;
    let (customer, (region, postal_code)) = match signed {
        Signed::Customer(customer) => (Some(customer.0), (None, "")),
        Signed::Place(region, postal_code) => (None, (region, postal_code)),
    };
    sqlx::query!(
        "update mail set region = coalesce(customer_region($2), region_of((select name from line_region where name = $3), 'CZ', $4))
         where key = $1",
        key,
        customer,
        region,
        postal_code
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Writes a mail to whoever signs in, about the sign-in itself.
///
/// * `address` – another one than that of the sign-in: the former, or the one to be
///
/// # Errors
/// When the database fails; only the system may.
pub async fn to_login(
    tx: &mut Tx,
    (login, address): (LoginId, Option<&str>),
    content: &MailContent,
    now: DateTime<Utc>,
    key: &str,
) -> Result<(), DbError> {
    sqlx::query!(
        "select insert_mail(m.customer_id, coalesce($2, l.email), coalesce(m.name, f.name), l.language, $3, $4, $5)
         from login l left join member m on m.id = l.member_id left join staff f on f.id = l.staff_id where l.id = $1",
        login.0,
        address,
        json(content)?,
        now,
        key
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Tells a technician, as [`to_staff`] does, about a request at whose appointments that person works or worked.
///
/// # Errors
/// When the database fails; in a member's transaction, for another customer's request.
pub async fn to_technician(
    tx: &mut Tx,
    technician: StaffId,
    request: RequestId,
    content: &MailContent,
    now: DateTime<Utc>,
    key: &str,
) -> Result<(), DbError> {
    let push = content.push();
    sqlx::query!(
        "select tell_technician($1, $2, $3, $4, $5, $6, $7, $8)",
        technician.0,
        request.0,
        json(content)?,
        push.as_ref().map(json).transpose()?,
        push.as_ref().map(Push::topic),
        push.as_ref().map(|push| push.good_until(now)),
        now,
        key
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// A mail as it was written, and what became of it.
#[derive(Debug, Clone, PartialEq)]
pub struct WrittenMail {
    /// Which.
    pub id: MailId,
    /// The address.
    pub to_address: String,
    /// The person.
    pub to_name: String,
    /// The code of the language in which that person is written to.
    pub language: String,
    /// The number of the line that its reader calls.
    pub line_phone: String,
    /// What it says; none if that was written in a shape that is no longer known.
    pub content: Option<MailContent>,
    /// The message's identity, the same for every try.
    pub message_id: Uuid,
    /// When it was written.
    pub created_at: DateTime<Utc>,
    /// What became of it.
    pub state: MailState,
    /// Whether a mail server has said later that it could not be delivered.
    pub is_returned: bool,
    /// How often it was tried.
    pub attempts: u32,
    /// What the mail server said last.
    pub last_error: String,
    /// When the mail server took it.
    pub sent_at: Option<DateTime<Utc>>,
}

struct MailRow {
    id: MailId,
    to_address: String,
    to_name: String,
    language: String,
    line_phone: String,
    content: serde_json::Value,
    message_id: Uuid,
    created_at: DateTime<Utc>,
    state: MailState,
    is_returned: bool,
    attempts: u32,
    last_error: String,
    sent_at: Option<DateTime<Utc>>,
}

impl WrittenMail {
    /// What it says, to whom: the name and the code of the language, the content, and the number of the line that its reader
    /// calls; none if it was written in a shape that is no longer known.
    #[must_use]
    pub fn said(self) -> Option<((String, String), MailContent, String)> {
        Some(((self.to_name, self.language), self.content?, self.line_phone))
    }
}

impl From<MailRow> for WrittenMail {
    fn from(row: MailRow) -> Self {
        Self {
            id: row.id,
            to_address: row.to_address,
            to_name: row.to_name,
            language: row.language,
            line_phone: row.line_phone,
            content: serde_json::from_value(row.content).ok(),
            message_id: row.message_id,
            created_at: row.created_at,
            state: row.state,
            is_returned: row.is_returned,
            attempts: row.attempts,
            last_error: row.last_error,
            sent_at: row.sent_at,
        }
    }
}

macro_rules! select_mails {
    ($which:literal, $($parameter:expr),*) => {
        sqlx::query_as!(
            MailRow,
            r#"select id as "id: MailId", to_address, to_name, language,
                      coalesce(region_phone(coalesce(region, customer_region(customer_id)), created_at), '') as "line_phone!", content, message_id, created_at,
                      state as "state: MailState", attempts as "attempts: Natural", last_error, sent_at,
                      exists (select from inbound_mail i where i.mail_id = mail.id) as "is_returned!"
               from mail "# + $which,
            $($parameter),*
        )
    };
}

/// One mail.
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn find(tx: &mut Tx, id: MailId) -> Result<Option<WrittenMail>, DbError> {
    let found = select_mails!("where id = $1", id.0).fetch_optional(&mut **tx).await?;
    Ok(found.map(Into::into))
}

/// Mails that wait and were written before one, to the same person about the same thing; the oldest first.
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn earlier(tx: &mut Tx, id: MailId) -> Result<Vec<WrittenMail>, DbError> {
    let found = select_mails!(
        "where id < $1 and state = 'queued'
           and (to_address, about) = (select m.to_address, m.about from mail m where m.id = $1)
         order by id",
        id.0
    );
    Ok(found.fetch_all(&mut **tx).await?.into_iter().map(Into::into).collect())
}

/// Whether the time that a mail tells about was changed or called off since.
///
/// # Errors
/// When the database fails.
pub async fn is_overtaken(tx: &mut Tx, told: &AppointmentMail) -> Result<bool, DbError> {
    Ok(sqlx::query_scalar!(
        r#"select exists (select 1 from service_request where number = $1 and sequence::bigint > $2) as "overtaken!""#,
        told.number.to_string(),
        i64::from(told.sequence)
    )
    .fetch_one(&mut **tx)
    .await?)
}

/// A page of the mails that failed for good, then those that wait, each the newest first.
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn not_sent(
    tx: &mut Tx,
    after: Option<MailPlace>,
    size: usize,
) -> Result<Page<WrittenMail, MailPlace>, DbError> {
    let found = select_mails!(
        "where state in ('queued', 'failed')
           and ($1::text is null or state > $1 or state = $1 and id < $2)
         order by state, id desc limit $3",
        after.map(|place| place.state.code()),
        after.map(|place| place.id.0),
        limit(size)
    )
    .fetch_all(&mut **tx)
    .await?;
    Ok(Page::of(found, size, |last| MailPlace { state: last.state, id: last.id }).map(Into::into))
}

/// How many mails failed for good, and how many were not sent in all.
///
/// # Errors
/// When the database fails.
pub async fn not_sent_count(tx: &mut Tx) -> Result<(u32, u32), DbError> {
    let row = sqlx::query!(
        r#"select count(*) filter (where state = 'failed') as "failed!: Natural", count(*) as "total!: Natural"
           from mail where state in ('queued', 'failed')"#
    )
    .fetch_one(&mut **tx)
    .await?;
    Ok((row.failed.into(), row.total.into()))
}

/// Mails about a request, the newest first.
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn about(tx: &mut Tx, number: RequestNumber) -> Result<Vec<WrittenMail>, DbError> {
    let found = select_mails!("where about = $1 order by id desc", number.to_string());
    Ok(found.fetch_all(&mut **tx).await?.into_iter().map(Into::into).collect())
}

/// Mails about a request that were written after one, or all of them; the oldest first.
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn about_since(
    tx: &mut Tx,
    number: RequestNumber,
    after: Option<MailId>,
) -> Result<Vec<WrittenMail>, DbError> {
    let mut written = about(tx, number).await?;
    written.retain(|mail| after.is_none_or(|after| after < mail.id));
    written.reverse();
    Ok(written)
}

/// The latest mail of all.
///
/// # Errors
/// When the database fails.
pub async fn newest(tx: &mut Tx) -> Result<Option<MailId>, DbError> {
    Ok(sqlx::query_scalar!(r#"select max(id) as "id: MailId" from mail"#).fetch_one(&mut **tx).await?)
}

/// Mails about any of some requests that were written after one; the oldest first.
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn about_all_since(
    tx: &mut Tx,
    numbers: &[RequestNumber],
    after: Option<MailId>,
) -> Result<Vec<WrittenMail>, DbError> {
    let numbers: Vec<String> = numbers.iter().map(ToString::to_string).collect();
    let found =
        select_mails!("where about = any ($1) and id > $2 order by id", &numbers, after.map_or(0, |after| after.0));
    Ok(found.fetch_all(&mut **tx).await?.into_iter().map(Into::into).collect())
}

/// All mails, the newest first.
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn latest(tx: &mut Tx, at_most: i64) -> Result<Vec<WrittenMail>, DbError> {
    let found = select_mails!("order by id desc limit $1", at_most).fetch_all(&mut **tx).await?;
    Ok(found.into_iter().map(Into::into).collect())
}

/// Notes that the mail server took a mail.
///
/// # Errors
/// When the database fails.
pub async fn note_sent(tx: &mut Tx, id: MailId, now: DateTime<Utc>) -> Result<(), DbError> {
    sqlx::query!(
        "update mail set state = 'sent', sent_at = $2, attempts = attempts + 1, last_error = ''
         where id = $1 and state = 'queued'",
        id.0,
        now
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Notes why a mail was not sent: it waits for another try, has failed for good or is withdrawn.
///
/// # Errors
/// When the database fails.
pub async fn note_unsent(tx: &mut Tx, id: MailId, state: MailState, error: &str) -> Result<(), DbError> {
    sqlx::query!(
        "update mail set state = $2, attempts = attempts + ($2 <> 'withdrawn')::int, last_error = $3
         where id = $1 and state in ('queued', 'gathered')",
        id.0,
        state.code(),
        error
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Marks mails as failed that wait although the queue will not try them any more: whoever tried them last died before
/// noting what became of them. Says which.
///
/// # Errors
/// When the database fails.
pub async fn fail_forgotten(tx: &mut Tx) -> Result<Vec<MailId>, DbError> {
    Ok(sqlx::query_scalar!(
        r#"update mail set state = 'failed' where state = 'queued' and not is_mail_queued(id) returning id as "id: MailId""#
    )
    .fetch_all(&mut **tx)
    .await?)
}

/// People who are still there and for whom mails were gathered before an instant, who has waited longest first.
///
/// * `at_most` – how many: who is left is told next
///
/// # Errors
/// When the database fails.
pub async fn with_gathered(tx: &mut Tx, before: DateTime<Utc>, at_most: i64) -> Result<Vec<MemberId>, DbError> {
    Ok(sqlx::query_scalar!(
        r#"select l.member_id as "member!: MemberId"
           from mail m join login l on l.id = m.gathered_for join member b on b.id = l.member_id and b.active
           where m.state = 'gathered' and m.created_at < $1 group by l.member_id order by min(m.id) limit $2"#,
        before,
        at_most
    )
    .fetch_all(&mut **tx)
    .await?)
}

/// Mails that were gathered for somebody before an instant, each with what it says, the oldest first.
///
/// * `after` – only those behind this one
/// * `at_most` – how many: the others are read next
///
/// # Errors
/// When the database fails.
pub async fn gathered(
    tx: &mut Tx,
    member: MemberId,
    before: DateTime<Utc>,
    after: MailId,
    at_most: i64,
) -> Result<Vec<(MailId, Option<MailContent>)>, DbError> {
    let rows = sqlx::query!(
        r#"select m.id as "id: MailId", m.content
           from mail m join login l on l.id = m.gathered_for
           where l.member_id = $1 and m.state = 'gathered' and m.created_at < $2 and m.id > $3 order by m.id limit $4"#,
        member.0,
        before,
        after.0,
        at_most
    )
    .fetch_all(&mut **tx)
    .await?;
    Ok(rows.into_iter().map(|row| (row.id, serde_json::from_value(row.content).ok())).collect())
}

/// Withdraws what was gathered before an instant for people who are there no more.
///
/// # Errors
/// When the database fails.
pub async fn withdraw_gathered(tx: &mut Tx, before: DateTime<Utc>) -> Result<(), DbError> {
    sqlx::query!(
        "update mail m set state = 'withdrawn', last_error = 'nobody is to be told'
         where m.state = 'gathered' and m.created_at < $1
           and not exists (select from login l join member b on b.id = l.member_id and b.active where l.id = m.gathered_for)",
        before
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Notes that gathered mails are told in a digest; those that somebody else tells at this moment are not among what it returns.
///
/// # Errors
/// When the database fails.
pub async fn note_digested(tx: &mut Tx, ids: &[MailId]) -> Result<Vec<MailId>, DbError> {
    let ids: Vec<i64> = ids.iter().map(|id| id.0).collect();
    Ok(sqlx::query_scalar!(
        r#"update mail set state = 'digested' where state = 'gathered' and id = any ($1) returning id as "id: MailId""#,
        &ids
    )
    .fetch_all(&mut **tx)
    .await?)
}

/// Queues a mail once more that failed for good or was forgotten; whether there was one.
///
/// # Errors
/// When the database fails.
pub async fn resend(tx: &mut Tx, id: MailId) -> Result<bool, DbError> {
    Ok(sqlx::query_scalar!(r#"select resend_mail($1) as "queued!""#, id.0).fetch_one(&mut **tx).await?)
}

fn json(content: &impl Serialize) -> Result<serde_json::Value, DbError> {
    Ok(serde_json::to_value(content).map_err(|error| sqlx::Error::Encode(error.into()))?)
}
