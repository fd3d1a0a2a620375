//! Mails: written in the transaction of what they tell about, sent by a job.

use chrono::{DateTime, Utc};

use super::{
    money::{payment_reminders, tax_documents},
    work::mail_in::addresses,
};
use crate::{
    model::{
        base::{
            calendar::to_local,
            ids::{MailId, MemberId},
            numbers::RequestNumber,
            paging::CountedPage,
        },
        mails::{
            AppointmentMail, MOST_LISTED, MOST_TOLD, MailContent, MailList, MailPlace, MailRow, MailState, PlannedVisit,
        },
        money::tax_documents::FileFormat,
        problem::Problem,
    },
    server::{
        app::App,
        auth::{Desk, Staff, tokens::Token},
        db::{
            installation,
            line::catalogue,
            mails::{self, WrittenMail, reminders},
            money::purchases,
            ordering::{conversations, earlier, requests, slot_offers},
            people::links,
            work::missed,
        },
        documents::file_name,
        mail::{Attachment, LaidOut, Locale, Mail, SendError},
    },
};

/// How many mails a page of the list shows.
const PAGE: usize = 100;
/// How many mails of the demo are shown: the latest.
const LISTED: i64 = 200;

/// Mails that failed for good, the newest first, and what waits.
///
/// # Errors
/// [`Problem::Unavailable`] when the database does not answer.
pub async fn troubled(app: &App, _: &Desk, after: Option<MailPlace>) -> Result<MailList, Problem> {
    let mut tx = app.db.staff().await?;
    let page = mails::not_sent(&mut tx, after, PAGE).await?.map(|mail| row(app, mail));
    let (failed, total) = mails::not_sent_count(&mut tx).await?;
    Ok(MailList { mails: CountedPage { page, total }, failed })
}

/// Mails about a request, the newest first, each with what became of it; for a technician, of a request at which that person
/// works or worked.
///
/// # Errors
/// [`Problem::NotFound`].
pub async fn about(app: &App, staff: &Staff, number: RequestNumber) -> Result<Vec<MailRow>, Problem> {
    let only = (!staff.roles().is_desk()).then(|| staff.id());
    let mut tx = app.db.staff().await?;
    requests::page::for_staff(&mut tx, only, number, app.clock.now()).await?.ok_or(Problem::NotFound)?;
    Ok(mails::about(&mut tx, number).await?.into_iter().map(|mail| row(app, mail)).collect())
}

/// Tries a mail that failed for good again. Repeating it changes nothing while the mail waits.
///
/// # Errors
/// [`Problem::NotFound`] when there is no such mail, [`Problem::Conflict`] when it was sent or withdrawn.
pub async fn resend(app: &App, _: &Desk, mail: MailId) -> Result<(), Problem> {
    let mut tx = app.db.staff().await?;
    if !mails::resend(&mut tx, mail).await? {
        return match mails::find(&mut tx, mail).await?.ok_or(Problem::NotFound)?.state {
            MailState::Queued => Ok(()),
            _ => Err(Problem::Conflict),
        };
    }
    tx.commit().await?;
    Ok(())
}

/// The latest mails of the demo, whoever they are for.
///
/// # Errors
/// [`Problem::NotFound`] outside of the demo.
pub async fn of_demo(app: &App) -> Result<Vec<MailRow>, Problem> {
    only_in_demo(app)?;
    let mut tx = app.db.system().await?;
    Ok(mails::latest(&mut tx, LISTED).await?.into_iter().map(|mail| row(app, mail)).collect())
}

/// One mail of the demo, as it was sent or would be sent now.
///
/// # Errors
/// [`Problem::NotFound`] outside of the demo.
pub async fn page_of_demo(app: &App, id: MailId) -> Result<LaidOut, Problem> {
    only_in_demo(app)?;
    let mut tx = app.db.system().await?;
    let written = mails::find(&mut tx, id).await?.ok_or(Problem::NotFound)?;
    let at = written.sent_at.unwrap_or_else(|| app.clock.now());
    let mut mail = to_send(written).ok_or(Problem::NotFound)?;
    tell_secret(app, &mut mail.content).await?;
    mail.attachment = attachment(app, &mail).await?;
    (mail.reply_to, mail.return_path) = addresses::of_mail(app, id).await?;
    app.mail.lay_out(&mail, at).map_err(|_| Problem::NotFound)
}

/// Fails mails for good whose last try ended without a note of what became of them, so that staff see them.
///
/// # Errors
/// [`Problem::Unavailable`] when the database does not answer.
pub async fn fail_forgotten(app: &App) -> Result<(), Problem> {
    let mut tx = app.db.system().await?;
    let failed = mails::fail_forgotten(&mut tx).await?;
    tx.commit().await?;
    for mail in failed {
        tracing::error!(%mail, "nobody knows whether a mail was sent");
    }
    Ok(())
}

/// Sends a mail that waits, after those before it that tell the same person about the same thing, and notes what became of them.
/// A mail that was sent already is not sent again. The queue does one job of a customer at a time, so nobody else sends them now.
///
/// Between the mail server's yes and our note of it lies a moment in which this process may die: then the mail is sent once
/// more, as the same message.
///
/// # Errors
/// What went wrong, when it is worth trying again; with `is_last_try` only when that could not be noted: then the mail is
/// [forgotten](fail_forgotten).
pub async fn deliver(app: &App, id: MailId, is_last_try: bool) -> Result<(), String> {
    let unavailable = |problem: Problem| format!("the database is unavailable: {problem}");
    let written = find(app, id).await.map_err(unavailable)?;
    let Some(written) = written.filter(|written| written.state == MailState::Queued) else {
        return Ok(());
    };
    let is_told_otherwise = match written.content {
        Some(MailContent::VisitPlanned { .. }) => tell_plan(app, id).await.map_err(unavailable)?,
        _ => false,
    };
    if is_told_otherwise {
        return Ok(());
    }
    for earlier in earlier(app, id).await.map_err(unavailable)? {
        match deliver_now(app, earlier, false).await {
            // The other way round they would tell something else. With the last try it is that or nothing.
            Err(error) if !is_last_try => return Err(error),
            _ => {}
        }
    }
    deliver_now(app, written, is_last_try).await
}

/// Tells a technician in one mail all that waits to be told of their plan, the mail of an identity among it; whether it was more than
/// that one.
async fn tell_plan(app: &App, id: MailId) -> Result<bool, Problem> {
    let now = app.clock.now();
    let mut tx = app.db.system().await?;
    let Some((technician, told)) = mails::planned_visits::take(&mut tx, id, now).await? else { return Ok(false) };
    let visits = told.into_iter().filter_map(|content| match content {
        MailContent::VisitPlanned { number, customer, slot, is_theirs } => {
            Some(PlannedVisit { number, customer, slot, is_theirs })
        }
        _ => None,
    });
    let mut visits: Vec<_> = visits.collect();
    if visits.len() < 2 {
        return Ok(false);
    }
    let more = u32::try_from(visits.len().saturating_sub(MOST_TOLD)).unwrap_or(u32::MAX);
    visits.truncate(MOST_TOLD);
    let content = MailContent::PlanChanged { visits, more };
    mails::to_staff(&mut tx, technician, &content, now, &format!("plan_changed:{id}")).await?;
    tx.commit().await?;
    Ok(true)
}

async fn earlier(app: &App, id: MailId) -> Result<Vec<WrittenMail>, Problem> {
    Ok(mails::earlier(&mut app.db.system().await?, id).await?)
}

/// Sends a mail, or withdraws it, and notes that.
async fn deliver_now(app: &App, written: WrittenMail, is_last_try: bool) -> Result<(), String> {
    let unavailable = |problem: Problem| format!("the database is unavailable: {problem}");
    let (id, now) = (written.id, app.clock.now());
    if let Some(why) = pointless(app, written.content.as_ref(), now).await.map_err(unavailable)? {
        return note_unsent(app, id, MailState::Withdrawn, why).await.map_err(unavailable);
    }
    let outcome = match to_send(written) {
        None => Err(SendError::Refused("written in a shape that is no longer known".to_owned())),
        Some(mail) => send(app, mail, now).await,
    };
    let (state, error) = match outcome {
        Ok(()) => return note_sent(app, id).await.map_err(unavailable),
        Err(SendError::Trouble(error)) if !is_last_try => (MailState::Queued, error),
        Err(SendError::Trouble(error) | SendError::Refused(error)) => (MailState::Failed, error),
    };
    note_unsent(app, id, state, &error).await.map_err(unavailable)?;
    if state == MailState::Queued {
        return Err(error);
    }
    tracing::error!(mail = %id, error, "a mail failed for good");
    Ok(())
}

async fn send(app: &App, mut mail: Mail, now: DateTime<Utc>) -> Result<(), SendError> {
    tell_secret(app, &mut mail.content)
        .await
        .map_err(|problem| SendError::Trouble(format!("the secret of its link: {problem}")))?;
    if let MailContent::PaymentReminder(letter) = &mut mail.content {
        payment_reminders::still_owed(app, letter)
            .await
            .map_err(|problem| SendError::Trouble(format!("what is owed: {problem}")))?;
    }
    mail.attachment = attachment(app, &mail)
        .await
        .map_err(|problem| SendError::Trouble(format!("the document that goes with it: {problem}")))?;
    (mail.reply_to, mail.return_path) = addresses::of_mail(app, mail.id)
        .await
        .map_err(|problem| SendError::Trouble(format!("where it is answered: {problem}")))?;
    app.mail.send(&mail, now).await
}

/// Gives the link of a mail its secret, if it has one.
async fn tell_secret(app: &App, content: &mut MailContent) -> Result<(), Problem> {
    if let Some(link) = content.link_mut() {
        let key = installation::key(&mut app.db.system().await?).await?;
        link.secret = Token::of_link(&key, link.id).to_hex();
    }
    Ok(())
}

/// The document that a mail is about, as it was first printed.
async fn attachment(app: &App, mail: &Mail) -> Result<Option<Attachment>, Problem> {
    let Some(document) = mail.content.document() else {
        return Ok(None);
    };
    let name = file_name(mail.locale, document.kind, &document.number, FileFormat::Pdf);
    let content = tax_documents::printed(app, document.id, FileFormat::Pdf).await?;
    Ok(Some(Attachment { name, content_type: "application/pdf", content }))
}

async fn find(app: &App, id: MailId) -> Result<Option<WrittenMail>, Problem> {
    Ok(mails::find(&mut app.db.system().await?, id).await?)
}

async fn note_sent(app: &App, id: MailId) -> Result<(), Problem> {
    let mut tx = app.db.system().await?;
    mails::note_sent(&mut tx, id, app.clock.now()).await?;
    Ok(tx.commit().await?)
}

async fn note_unsent(app: &App, id: MailId, state: MailState, error: &str) -> Result<(), Problem> {
    let mut tx = app.db.system().await?;
    mails::note_unsent(&mut tx, id, state, error).await?;
    Ok(tx.commit().await?)
}

/// Why what a mail tells is not told any more by any way, if so. One that is there no more is too old for it.
///
/// # Errors
/// [`Problem::Unavailable`] when the database does not answer.
pub async fn overtaken(app: &App, id: MailId) -> Result<Option<&'static str>, Problem> {
    match find(app, id).await? {
        Some(written) => pointless(app, written.content.as_ref(), app.clock.now()).await,
        None => Ok(Some("it is too late for it")),
    }
}

/// To how many people one chore tells their digests; who is left is told by the next.
const PEOPLE_AT_ONCE: i64 = 100;
/// How many gathered mails are looked through at a time.
const GATHERED_AT_ONCE: i64 = 500;

/// Tells whoever wishes it so, in one mail at the line's opening, what was gathered until then. What was overtaken meanwhile is not told.
///
/// # Errors
/// [`Problem::Unavailable`] when the database does not answer.
pub async fn tell_digests(app: &App) -> Result<(), Problem> {
    let now = app.clock.now();
    let (opening, people) = {
        let mut tx = app.db.system().await?;
        let calendar = catalogue::calendar(&mut tx).await?;
        let Some(hours) = calendar.hours(to_local(now).date()).filter(|hours| hours.start() <= now) else {
            return Ok(());
        };
        mails::withdraw_gathered(&mut tx, hours.start()).await?;
        let people = mails::with_gathered(&mut tx, hours.start(), PEOPLE_AT_ONCE).await?;
        tx.commit().await?;
        (hours.start(), people)
    };
    for member in people {
        tell_digest(app, member, opening, now).await?;
    }
    Ok(())
}

/// Tells somebody in one mail what was gathered before an instant, however much that is: the first of it is listed, the rest counted.
async fn tell_digest(app: &App, member: MemberId, before: DateTime<Utc>, now: DateTime<Utc>) -> Result<(), Problem> {
    let (mut ids, mut listed, mut after) = (Vec::new(), Vec::new(), MailId(0));
    loop {
        let some = mails::gathered(&mut app.db.system().await?, member, before, after, GATHERED_AT_ONCE).await?;
        let Some((last, _)) = some.last() else { break };
        after = *last;
        for (mail, content) in some {
            if let Some(why) = pointless(app, content.as_ref(), now).await? {
                note_unsent(app, mail, MailState::Withdrawn, why).await?;
                continue;
            }
            ids.push(mail);
            if listed.len() < MOST_LISTED {
                listed.extend(content.map(|content| (mail, content)));
            }
        }
    }
    let mut tx = app.db.system().await?;
    // Another process may be telling them at this moment.
    let ours = mails::note_digested(&mut tx, &ids).await?;
    listed.retain(|(mail, _)| ours.contains(mail));
    if let Some(first) = ours.iter().min().filter(|_| !listed.is_empty()) {
        let more = u32::try_from(ours.len().saturating_sub(listed.len())).unwrap_or(u32::MAX);
        let content = MailContent::Digest { mails: listed.into_iter().map(|(_, content)| content).collect(), more };
        mails::to_member(&mut tx, member, &content, now, &format!("digest:{first}")).await?;
    }
    Ok(tx.commit().await?)
}

/// Why a mail must not be sent any more, if so: what was overtaken meanwhile is worse than nothing. That is a time that has begun
/// or was changed, the wish for a payment that has come or is not wanted any more, an apology for a technician who is at work
/// by now, a message that was read or answered, and a link that opens nothing.
async fn pointless(
    app: &App,
    content: Option<&MailContent>,
    now: DateTime<Utc>,
) -> Result<Option<&'static str>, Problem> {
    // Of its own link is known that it is good for as long as its time is agreed.
    let own_link = content.filter(|content| !matches!(content, MailContent::Soon { .. }));
    if let Some(link) = own_link.and_then(MailContent::link) {
        let mut tx = app.db.system().await?;
        let token = Token::of_link(&installation::key(&mut tx).await?, link.id);
        let is_good = links::is_good(&mut tx, token.hash(), now).await?;
        return Ok((!is_good).then_some("its link was used or replaced, or its time is over"));
    }
    match content {
        Some(MailContent::Reminder(appointment) | MailContent::Soon { appointment, .. })
            if appointment.slot.start <= now =>
        {
            Ok(Some("the time that it tells about has come"))
        }
        Some(MailContent::Reminder(appointment) | MailContent::Soon { appointment, .. }) => {
            let is_agreed = reminders::is_still_agreed(&mut app.db.system().await?, appointment).await?;
            Ok((!is_agreed).then_some("the time that it tells about is no longer agreed"))
        }
        Some(
            MailContent::Confirmed(appointment)
            | MailContent::Moved(appointment)
            | MailContent::MovedByUs { appointment, .. }
            | MailContent::NoShow(appointment),
        ) => {
            let is_overtaken = mails::is_overtaken(&mut app.db.system().await?, appointment).await?;
            Ok(is_overtaken.then_some("the time that it tells about was changed"))
        }
        Some(
            MailContent::MissedByUs { appointment: AppointmentMail { number, sequence, .. }, .. }
            | MailContent::CalledOffByUs { appointment: AppointmentMail { number, sequence, .. }, .. }
            | MailContent::VisitMissed { number, sequence, .. },
        ) => {
            let is_missed = missed::is_still_missed(&mut app.db.system().await?, *number, *sequence).await?;
            Ok((!is_missed).then_some("somebody came late, or another time is agreed"))
        }
        Some(MailContent::TimesOffered { number, .. }) => {
            let is_open = slot_offers::is_open(&mut app.db.system().await?, *number, now).await?;
            Ok((!is_open).then_some("the times are on offer no more"))
        }
        Some(MailContent::EarlierOffered { offer, .. }) => {
            let is_open = earlier::is_open(&mut app.db.system().await?, *offer, now).await?;
            Ok((!is_open).then_some("the time is held no more"))
        }
        Some(MailContent::VendorWrote { message, reader, .. }) => {
            let is_read = conversations::is_read(&mut app.db.system().await?, *reader, *message).await?;
            Ok(is_read.then_some("it was read on the page"))
        }
        Some(MailContent::CustomerWrote { message, .. }) => {
            let is_answered = conversations::is_answered(&mut app.db.system().await?, *message).await?;
            Ok(is_answered.then_some("somebody has answered"))
        }
        Some(MailContent::PaymentReminder(letter)) => payment_reminders::pointless(app, letter).await,
        // An invoice is a tax document, whatever became of its payment.
        Some(MailContent::PaymentAsked { document, credited_until: None, .. }) => match document.purchase {
            Some(number) => {
                let purchase = purchases::by_number(&mut app.db.system().await?, number).await?;
                let is_wanted = purchase.is_none_or(|stored| stored.purchase.is_unpaid());
                Ok((!is_wanted).then_some("the payment that it asks for is not wanted any more"))
            }
            None => Ok(None),
        },
        _ => Ok(None),
    }
}

fn to_send(written: WrittenMail) -> Option<Mail> {
    Some(Mail {
        id: written.id,
        to_address: written.to_address,
        to_name: written.to_name,
        locale: Locale::from_code(&written.language).unwrap_or_default(),
        content: written.content?,
        line_phone: written.line_phone,
        message_id: written.message_id,
        attachment: None,
        reply_to: None,
        return_path: None,
    })
}

fn row(app: &App, mail: WrittenMail) -> MailRow {
    let locale = Locale::from_code(&mail.language).unwrap_or_default();
    let subject =
        mail.content.as_ref().map(|content| app.mail.subject(locale, content, &mail.line_phone, mail.created_at));
    MailRow {
        id: mail.id,
        to: mail.to_address,
        subject: subject.unwrap_or_default(),
        created_at: mail.created_at,
        state: mail.state,
        is_returned: mail.is_returned,
        attempts: mail.attempts,
        last_error: mail.last_error,
    }
}

fn only_in_demo(app: &App) -> Result<(), Problem> {
    if app.settings.demo { Ok(()) } else { Err(Problem::NotFound) }
}
