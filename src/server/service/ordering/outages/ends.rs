//! How an outage ends: shown first, by doing it and taking it back, and done to nothing that was not shown.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::{End, LockedOutage, Told, is_told, message, note_step, only_open, write};
use crate::{
    model::{
        base::{
            bilingual::Bilingual,
            ids::OutageId,
            numbers::RequestNumber,
            preview::MailPreview,
            seen::{Fields, Seen},
        },
        mails::MailContent,
        ordering::{
            outages::{
                OutageStep, check_message,
                ends::{ANSWER_TO_COME, MAILS_SHOWN, OutageEndPage, RequestAtEnd, shown_at_end},
                ends_with_outage, may_join,
            },
            requests::RequestEvent,
        },
        problem::{MovedOn, Problem},
    },
    server::{
        app::App,
        auth::Desk,
        db::{
            Tx,
            mails::{self, WrittenMail},
            ordering::{
                appointments,
                outages::{self, belonging},
                requests::{self, page::RequestRow},
            },
            retrying,
            work::{cases, segments},
        },
        service::work::{dispatch::tell_technician, missed},
    },
};

/// What the end of an outage means for each of its requests, before it is said.
///
/// # Errors
/// [`Problem::NotFound`].
pub async fn page(app: &App, desk: &Desk, id: OutageId) -> Result<OutageEndPage, Problem> {
    // What became of agreed times by themselves is written down before.
    missed::note_all(app).await?;
    retrying(|| async {
        let mut tx = app.db.staff().await?;
        let outage = outages::lock(&mut tx, id).await?.ok_or(Problem::NotFound)?;
        let requests = lock_open(&mut tx, id).await?;
        let mut mails = match outage.resolved_at {
            None => rehearse(app, &mut tx, desk, &outage, &requests).await?,
            Some(_) => Vec::new(),
        };
        tx.rollback().await?;
        let more_mails = u32::try_from(mails.len().saturating_sub(MAILS_SHOWN)).unwrap_or(u32::MAX);
        mails.truncate(MAILS_SHOWN);
        Ok(OutageEndPage {
            id,
            name: outage.words.name,
            resolved_at: outage.resolved_at,
            seen: Seen::of(&shown_at_end(&requests, &BTreeSet::new())),
            requests,
            mails,
            more_mails,
            key: app.random.uuid(),
        })
    })
    .await
}

/// The open requests of a locked outage, each under its lock.
async fn lock_open(tx: &mut Tx, id: OutageId) -> Result<Vec<RequestAtEnd>, Problem> {
    let numbers = belonging::numbers(tx, id).await?;
    for number in &numbers {
        requests::lock_for_staff(tx, *number).await?.ok_or(Problem::NotFound)?;
    }
    let mut requests = belonging::at_end(tx, &numbers).await?;
    requests.retain(|one| may_join(one.request.state));
    Ok(requests)
}

/// Ends it as if none of its requests needed work, and reads what was written: what calls an agreed time off first.
async fn rehearse(
    app: &App,
    tx: &mut Tx,
    desk: &Desk,
    outage: &LockedOutage,
    open: &[RequestAtEnd],
) -> Result<Vec<MailPreview>, Problem> {
    let now = app.clock.now();
    let latest = mails::newest(tx).await?;
    let text = Bilingual { cs: ANSWER_TO_COME.to_owned(), en: ANSWER_TO_COME.to_owned() };
    end_all(tx, desk, outage, (&text, app.random.uuid()), (open, &BTreeSet::new()), now).await?;
    let numbers: Vec<_> = open.iter().map(|one| one.request.number).collect();
    let calls_off = |content: &MailContent| match content {
        MailContent::Outage(mail) => mail.called_off.is_some(),
        _ => true,
    };
    let written = mails::about_all_since(tx, &numbers, latest).await?.into_iter().filter_map(WrittenMail::said);
    let mut previews: Vec<_> = written
        .map(|(to, content, phone)| (!calls_off(&content), app.mail.preview(to, &content, &phone, now)))
        .collect();
    previews.sort_by_key(|(only_answers, mail)| (*only_answers, !mail.is_customers));
    Ok(previews.into_iter().map(|(_, mail)| mail).collect())
}

/// Says that an outage is over. Its requests are answered and end, with their agreed times, but for those that need work: these wait
/// by themselves again, and what is being worked on ends with its work.
///
/// * `goes_on` – which need work
/// * `seen` – what the form has shown of all that
///
/// # Errors
/// [`Problem::Invalid`] without an answer in both languages; [`Problem::Conflict`] when a colleague has resolved it;
/// [`Problem::ChangedMeanwhile`] when something would end that was not shown, and [`Problem::MovedOn`] to where it is when nothing was.
pub async fn resolve(
    app: &App,
    desk: &Desk,
    id: OutageId,
    (typed_cs, typed_en): (&str, &str),
    (goes_on, seen): (&BTreeSet<RequestNumber>, &Seen),
    key: Uuid,
) -> Result<(), Problem> {
    if !seen.is_said() {
        return Err(Problem::MovedOn(MovedOn::EndOfOutage(id)));
    }
    let text = check_message("answer", typed_cs, typed_en).map_err(|fields| Problem::Invalid { fields })?;
    missed::note_all(app).await?;
    retrying(|| async {
        let now = app.clock.now();
        let mut tx = app.db.staff().await?;
        let outage = outages::lock(&mut tx, id).await?.ok_or(Problem::NotFound)?;
        if is_told(&mut tx, key, (id, true, &text)).await? {
            return Ok(());
        }
        only_open(&outage)?;
        let open = lock_open(&mut tx, id).await?;
        seen.admit(&shown_at_end(&open, goes_on), &Fields::default())?;
        end_all(&mut tx, desk, &outage, (&text, key), (&open, goes_on), now).await?;
        Ok(tx.commit().await?)
    })
    .await
}

/// Ends a locked outage, whether that is kept or not.
async fn end_all(
    tx: &mut Tx,
    desk: &Desk,
    outage: &LockedOutage,
    (text, key): (&Bilingual, Uuid),
    (open, goes_on): (&[RequestAtEnd], &BTreeSet<RequestNumber>),
    now: DateTime<Utc>,
) -> Result<(), Problem> {
    outages::add_message(tx, &message(outage, desk, text, (key, true), now)).await?;
    for RequestAtEnd { request, .. } in open {
        let row = requests::page::for_staff(tx, None, request.number, now).await?.ok_or(Problem::NotFound)?;
        let told = Told { outage, step: OutageStep::Over, text, message: Some(key), now };
        end_one(tx, desk, &row, &told, goes_on.contains(&request.number)).await?;
    }
    Ok(outages::resolve(tx, outage.id, now, desk.id()).await?)
}

/// What the end of an outage is for one of its open requests.
async fn end_one(tx: &mut Tx, desk: &Desk, row: &RequestRow, told: &Told<'_>, needs_work: bool) -> Result<(), Problem> {
    let state = row.summary.state;
    let goes_on = needs_work || !ends_with_outage(state);
    let mut called_off = None;
    if !goes_on {
        called_off = row.agreed.and(row.summary.slot);
        let technician = cases::technician(tx, row.id).await?;
        appointments::cancel_confirmed(tx, row.id).await?;
        requests::note_change(tx, row.id, state.after(RequestEvent::Resolve)?, 0).await?;
        segments::keep_preparation(tx, row.id, told.now).await?;
        if let (Some(technician), Some(slot)) = (technician, called_off) {
            let about = (row.summary.number, row.customer_name.as_str());
            let key = format!("outage:{}:{}", told.outage.id, row.id);
            tell_technician(tx, about, (technician.id, desk.id()), (slot, false), told.now, &key).await?;
        }
    }
    let end = End { goes_on, called_off };
    note_step(tx, desk, row, told, end).await?;
    // Each calendar event is called off by a mail of its own; all else is told to each person once.
    let (key, member) = (told.message.unwrap_or_default(), row.member);
    let key = match called_off {
        Some(_) => format!("outage:{key}:{member}:{}", row.id),
        None => format!("outage:{key}:{member}:{goes_on}"),
    };
    write(tx, row, told, end, &key).await
}
