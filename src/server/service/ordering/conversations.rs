//! What customers and the vendor write to one another about a request (design, Conversation).

use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::{
    model::{
        base::{
            ids::{AttachmentId, MessageId, RequestId},
            numbers::RequestNumber,
        },
        mails::MailContent,
        ordering::{
            conversations::{BenchConversation, VendorConversation, check_message},
            timeline::TimelineKind,
        },
        problem::Problem,
    },
    server::{
        app::App,
        auth::{Member, Staff},
        db::{
            OnConstraint, Tx, act_for, mails,
            ordering::{
                attachments::Author,
                conversations,
                requests::{self, page::RequestRow},
                timeline::{self, NewEvent},
            },
            retrying,
            work::mail_in,
        },
        service::{line::limits, ordering::attachments},
    },
};

/// The field of a message.
const MESSAGE_FIELD: &str = "message";

/// Lets a member write about a request that they may see, whatever became of it. Who is to come is told; the desk has it in its queue.
///
/// # Errors
/// [`Problem::Invalid`] for a message that says nothing, or too much; [`Problem::Limit`] after too many within an hour;
/// [`Problem::NotFound`].
pub async fn write(
    app: &App,
    member: &Member,
    number: RequestNumber,
    message: &str,
    files: &[AttachmentId],
    key: Uuid,
) -> Result<(), Problem> {
    write_from(app, member, number, message, files, (key, None)).await
}

/// The same of what a member has written by mail, which goes there and nowhere else.
///
/// * `key` – of what is made of the mail
/// * `left_out` – its files that do not go along
///
/// # Errors
/// As [`write`]; [`Problem::Conflict`] when something else was made of the mail.
pub async fn write_mailed(
    app: &App,
    member: &Member,
    number: RequestNumber,
    message: &str,
    (files, left_out): (&[AttachmentId], &[String]),
    key: Uuid,
) -> Result<(), Problem> {
    write_from(app, member, number, message, files, (key, Some(left_out))).await
}

async fn write_from(
    app: &App,
    member: &Member,
    number: RequestNumber,
    message: &str,
    files: &[AttachmentId],
    (key, mailed): (Uuid, Option<&[String]>),
) -> Result<(), Problem> {
    let message = &check_message(message).map_err(|code| Problem::field(MESSAGE_FIELD, code))?;
    retrying(|| async {
        let now = app.clock.now();
        let mut tx = app.db.member(member.customer()).await?;
        let row = requests::page::by_number(&mut tx, member, number, now).await?.ok_or(Problem::NotFound)?;
        requests::lock_number(&mut tx, member.customer(), number).await?.ok_or(Problem::NotFound)?;
        if timeline::is_done(&mut tx, row.id, key).await? {
            return Ok(());
        }
        if let Some(left_out) = mailed
            && !mail_in::send_to(&mut tx, key, row.id, left_out).await?
        {
            return Err(Problem::Conflict);
        }
        limits::admit_message(&mut tx, member.id(), now).await?;
        let kind = TimelineKind::CustomerWrote;
        let event = NewEvent { request: row.id, at: now, kind, slot: None, note: message, key: Some(key) };
        timeline::add_event(&mut tx, member, &event).await.on_constraint("one_event_of_a_form", Problem::Conflict)?;
        let message = conversations::last(&mut tx, row.id).await?.ok_or(Problem::Conflict)?;
        attachments::attach(&mut tx, files, (row.id, message), Author::Member(member.id())).await?;
        if let Some(technician) = conversations::technician(&mut tx, row.id).await? {
            let mail = MailContent::CustomerWrote { number, customer: row.customer_name.clone(), message };
            let key = format!("customer_wrote:{message}");
            mails::to_technician(&mut tx, technician, row.id, &mail, now, &key).await?;
        }
        Ok(tx.commit().await?)
    })
    .await
}

/// Notes that a member has read what the vendor has written.
///
/// * `shown` – how many of these messages: what has come since was not shown, and is still told
///
/// # Errors
/// [`Problem::NotFound`].
pub async fn mark_read(app: &App, member: &Member, number: RequestNumber, shown: usize) -> Result<(), Problem> {
    let now = app.clock.now();
    let mut tx = app.db.member(member.customer()).await?;
    let row = requests::page::by_number(&mut tx, member, number, now).await?.ok_or(Problem::NotFound)?;
    conversations::mark_read(&mut tx, member, row.id, shown, now).await?;
    Ok(tx.commit().await?)
}

/// Writes to the customer: everybody of it who takes part is told by mail. A technician writes about what that person works or worked at.
///
/// * `seen` – the last message that the writer saw: what came later is not answered by it
/// * `files` – what goes with it
///
/// # Errors
/// [`Problem::Invalid`] for a message that says nothing, or too much; [`Problem::NotFound`].
pub async fn reply(
    app: &App,
    staff: &Staff,
    number: RequestNumber,
    message: &str,
    (seen, files): (Option<MessageId>, &[AttachmentId]),
    key: Uuid,
) -> Result<(), Problem> {
    let text = &check_message(message).map_err(|code| Problem::field(MESSAGE_FIELD, code))?;
    retrying(|| async {
        let now = app.clock.now();
        let (mut tx, row) = lock(app, staff, number, now).await?;
        if timeline::is_done(&mut tx, row.id, key).await? {
            return Ok(());
        }
        timeline::add_staff_event(&mut tx, row.id, staff.id(), TimelineKind::VendorWrote, now, text, Some(key))
            .await
            .on_constraint("one_event_of_a_form", Problem::Conflict)?;
        if let Some(seen) = seen {
            conversations::answered(&mut tx, row.id, seen).await?;
        }
        let message = conversations::last(&mut tx, row.id).await?.ok_or(Problem::Conflict)?;
        attachments::attach(&mut tx, files, (row.id, message), Author::Staff(staff.id())).await?;
        for reader in conversations::members(&mut tx, row.id).await? {
            let mail = MailContent::VendorWrote {
                number,
                program: row.summary.program.clone(),
                work_type: row.summary.work_type.clone(),
                text: text.clone(),
                message,
                reader,
            };
            mails::to_member(&mut tx, reader, &mail, now, &format!("vendor_wrote:{message}:{reader}")).await?;
        }
        Ok(tx.commit().await?)
    })
    .await
}

/// Notes that what the customer wrote needs no answer.
///
/// * `seen` – the last message that was shown
///
/// # Errors
/// [`Problem::NotFound`].
pub async fn need_no_answer(
    app: &App,
    staff: &Staff,
    number: RequestNumber,
    seen: Option<MessageId>,
) -> Result<(), Problem> {
    let (mut tx, row) = lock(app, staff, number, app.clock.now()).await?;
    if let Some(seen) = seen {
        conversations::answered(&mut tx, row.id, seen).await?;
    }
    Ok(tx.commit().await?)
}

/// A transaction with the request's row locked.
async fn lock(
    app: &App,
    staff: &Staff,
    number: RequestNumber,
    now: DateTime<Utc>,
) -> Result<(Tx, RequestRow), Problem> {
    let only = (!staff.roles().is_desk()).then(|| staff.id());
    let mut tx = app.db.staff().await?;
    requests::lock_for_staff(&mut tx, number).await?.ok_or(Problem::NotFound)?;
    let row = requests::page::for_staff(&mut tx, only, number, now).await?.ok_or(Problem::NotFound)?;
    act_for(&mut tx, row.customer).await?;
    Ok((tx, row))
}

/// How it stands for somebody of the vendor.
pub(crate) async fn standing(tx: &mut Tx, request: RequestId, may_write: bool) -> Result<VendorConversation, Problem> {
    let standing = conversations::standing(tx, request).await?;
    let is_told = conversations::is_told(tx, request).await?;
    Ok(VendorConversation { is_told, may_write, ..standing })
}

/// The conversation as the workbench shows it.
pub(crate) async fn at_bench(tx: &mut Tx, request: RequestId, may_write: bool) -> Result<BenchConversation, Problem> {
    let mut messages = timeline::for_staff(tx, request).await?;
    messages.retain(|entry| entry.kind.is_message());
    Ok(BenchConversation { messages, standing: standing(tx, request, may_write).await? })
}
