//! Requests that were sent: list, page, move, cancel.

mod moving;
mod page;

use chrono::{DateTime, Utc};
use uuid::Uuid;

use self::moving::pick_choice;
pub(super) use self::moving::{Picked, agree, wanted};
pub use self::moving::{move_appointment, move_choice};
pub(crate) use self::{
    moving::{Agreement, estimate_anew, note_agreed, take_with},
    page::to_page,
};
use crate::{
    model::{
        base::{fields::keep_lines, numbers::RequestNumber},
        line::catalogue::WorkType,
        mails::{AppointmentMail, MailContent},
        ordering::{
            appointments::{Change, may_change},
            offers::Slot,
            pages::{RequestList, RequestPlace},
            requests::{RequestEvent, RequestState},
            timeline::TimelineKind,
            undoing::SentOrder,
        },
        people::members::{Capabilities, Capability},
        problem::Problem,
        work::pages::RequestPage,
    },
    server::{
        app::App,
        auth::{Member, Orderer},
        db::{
            OnConstraint, Tx,
            line::catalogue,
            mails,
            ordering::{
                appointments, conversations,
                requests::{self, page::RequestRow},
                timeline::{self, NewEvent},
            },
            retrying,
            work::{interventions, segments},
        },
        service::{people::former, work::missed},
    },
};

/// The longest reason for cancelling that is kept, in characters.
const LONGEST_REASON: usize = 500;

/// How many requests a page of each part of the list shows.
pub(super) const PAGE: usize = 25;

/// The member's requests, or all of the customer's for a member with `see_all`: the beginning of each part of the list, or a
/// further page of the one in which `after` is.
///
/// # Errors
/// [`Problem::Unavailable`] when the database does not answer.
pub async fn list(app: &App, member: &Member, after: Option<RequestPlace>) -> Result<RequestList, Problem> {
    let mut tx = app.db.member(member.customer()).await?;
    Ok(requests::lists::list(&mut tx, member, app.clock.now(), after, PAGE).await?)
}

/// One request. A foreign one does not exist.
///
/// # Errors
/// [`Problem::NotFound`].
pub async fn page(app: &App, member: &Member, number: RequestNumber) -> Result<RequestPage, Problem> {
    let now = app.clock.now();
    let mut tx = app.db.member(member.customer()).await?;
    let Some(row) = requests::page::by_number(&mut tx, member, number, now).await? else {
        drop(tx);
        return former_page(app, member, number).await;
    };
    let unread_messages = conversations::unread(&mut tx, member.id(), row.id).await?;
    let page = if row.summary.awaits_pick() {
        pick_choice(&mut tx, member, row, now).await?.page
    } else {
        let calendar = catalogue::calendar(&mut tx).await?;
        to_page(&mut tx, may(member), row, now, &calendar).await?
    };
    Ok(RequestPage { unread_messages, ..page })
}

/// The page of what a customer had asked for that was merged into the member's own, to be read only.
async fn former_page(app: &App, member: &Member, number: RequestNumber) -> Result<RequestPage, Problem> {
    let now = app.clock.now();
    let reader = former::reader(app, member, &number.to_string()).await?;
    let mut tx = app.db.member(reader.customer()).await?;
    let row = find(&mut tx, &reader, number, now).await?;
    let calendar = catalogue::calendar(&mut tx).await?;
    to_page(&mut tx, Capabilities::NONE, row, now, &calendar).await
}

/// The calendar event of a request (RFC 5545), as far as the rules know it.
pub struct CalendarEvent {
    /// The same for the request's whole life.
    pub uid: String,
    /// Rises with each change.
    pub sequence: u32,
    /// The agreed time; of a cancelled one the last it had.
    pub slot: Slot,
    /// Whether it will not take place.
    pub is_called_off: bool,
    /// The page that it belongs to.
    pub page: RequestPage,
    /// When the event was rendered.
    pub now: DateTime<Utc>,
}

/// What the calendar of the customer shall hold for a request.
///
/// # Errors
/// [`Problem::NotFound`], also when no time was ever agreed.
pub async fn calendar_event(app: &App, member: &Member, number: RequestNumber) -> Result<CalendarEvent, Problem> {
    let now = app.clock.now();
    let mut tx = app.db.member(member.customer()).await?;
    let row = find(&mut tx, member, number, now).await?;
    let slot = row.summary.slot.ok_or(Problem::NotFound)?;
    let calendar = catalogue::calendar(&mut tx).await?;
    let (uid, sequence, is_called_off) = (row.id.calendar_uid(), row.sequence, row.is_called_off);
    let page = to_page(&mut tx, may(member), row, now, &calendar).await?;
    Ok(CalendarEvent { uid, sequence, slot, is_called_off, page, now })
}

/// Cancels the request and its appointment.
///
/// # Errors
/// [`Problem::Change`] after the cut-off.
pub async fn cancel(
    app: &App,
    orderer: &Orderer,
    number: RequestNumber,
    reason: &str,
    key: Uuid,
) -> Result<(), Problem> {
    let reason = &keep_lines(reason, 0..=LONGEST_REASON).map_err(|code| Problem::field("reason", code))?;
    retrying(|| async {
        let now = app.clock.now();
        let (mut tx, row, state) = lock(app, orderer, number, now).await?;
        if timeline::is_done(&mut tx, row.id, key).await? {
            return Ok(());
        }
        let state = state.after(RequestEvent::Cancel)?;
        // A request that waits has no agreed time, hence no cut-off.
        if let Some(agreed) = &row.agreed {
            let settings = catalogue::settings(&mut tx, agreed.agreed_at).await?;
            may_change(&catalogue::calendar(&mut tx).await?, &settings, now, agreed, Change::Cancel)?;
            appointments::cancel_confirmed(&mut tx, row.id).await?;
        }
        // A program may hold a time for what waits, and we an earlier one for what has its time.
        appointments::release_hold(&mut tx, row.id).await?;
        requests::note_change(&mut tx, row.id, state, 0).await?;
        segments::keep_preparation(&mut tx, row.id, now).await?;
        let event = NewEvent {
            request: row.id,
            at: now,
            kind: TimelineKind::Cancelled,
            slot: None,
            note: reason,
            key: Some(key),
        };
        add_event(&mut tx, orderer, &event).await?;
        if let Some(slot) = row.agreed.and(row.summary.slot) {
            let content = MailContent::Cancelled(changed(&row, slot, None, reason));
            let mail_key = format!("cancelled:{}:{}", row.id, row.sequence + 1);
            mails::to_member(&mut tx, row.member, &content, now, &mail_key).await?;
        }
        tx.commit().await?;
        Ok(())
    })
    .await
}

/// What a mail tells about a request whose time has just changed.
pub(crate) fn changed(row: &RequestRow, slot: Slot, cut_off: Option<DateTime<Utc>>, reason: &str) -> AppointmentMail {
    AppointmentMail {
        number: row.summary.number,
        uid: row.id.calendar_uid(),
        sequence: row.sequence + 1,
        slot,
        program: row.summary.program.clone(),
        work_type: row.summary.work_type.clone(),
        contact_name: row.contact_name.clone(),
        contact_phone: row.contact_phone.clone(),
        cut_off,
        estimate: row.estimate.clone(),
        reason: reason.to_owned(),
    }
}

/// A request that a member may see, as it stands at `now`.
pub(crate) async fn find(
    tx: &mut Tx,
    member: &Member,
    number: RequestNumber,
    now: DateTime<Utc>,
) -> Result<RequestRow, Problem> {
    requests::page::by_number(tx, member, number, now).await?.ok_or(Problem::NotFound)
}

/// Until when whoever ordered it can undo that (design, Undo).
pub(super) async fn undo_until(tx: &mut Tx, row: &RequestRow) -> Result<Option<DateTime<Utc>>, Problem> {
    let is_begun = row.outage.is_some() || interventions::latest(tx, row.id).await?.is_some();
    let sent = SentOrder {
        state: row.summary.state,
        source: row.source,
        sent_at: row.summary.submitted_at,
        start: row.agreed.map(|agreed| agreed.start),
        is_begun,
    };
    Ok(sent.undo_until())
}

/// A transaction with the request's row locked; read after the lock was had, so that it is what the lock protects. What
/// became of its time by itself is written down before.
pub(crate) async fn lock(
    app: &App,
    orderer: &Orderer,
    number: RequestNumber,
    now: DateTime<Utc>,
) -> Result<(Tx, RequestRow, RequestState), Problem> {
    let mut tx = app.db.member(orderer.customer()).await?;
    let mut found = find(&mut tx, orderer, number, now).await?;
    let mut locked = requests::lock(&mut tx, orderer, found.id).await?.ok_or(Problem::NotFound)?;
    found = find(&mut tx, orderer, number, now).await?;
    if found.summary.missed_by_us && locked.state != RequestState::Waiting {
        tx.rollback().await?;
        missed::note(app, number).await?;
        tx = app.db.member(orderer.customer()).await?;
        locked = requests::lock(&mut tx, orderer, found.id).await?.ok_or(Problem::NotFound)?;
        found = find(&mut tx, orderer, number, now).await?;
    }
    Ok((tx, found, locked.state))
}

/// The kind of work as it was ordered.
pub(crate) async fn work_type(tx: &mut Tx, row: &RequestRow, now: DateTime<Utc>) -> Result<WorkType, Problem> {
    catalogue::ordered_work(tx, row.id, now).await?.ok_or(Problem::Conflict)
}

/// A key that was used for another request is not this form's.
pub(super) async fn add_event(tx: &mut Tx, orderer: &Orderer, event: &NewEvent<'_>) -> Result<(), Problem> {
    timeline::add_event(tx, orderer, event).await.on_constraint("one_event_of_a_form", Problem::Conflict)
}

/// What a member may do with a request.
fn may(member: &Member) -> Capabilities {
    Capability::ALL.iter().copied().filter(|capability| member.may(*capability)).collect()
}
