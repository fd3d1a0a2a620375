//! Requests that were sent: list, page, move, cancel.

use chrono::{DateTime, TimeDelta, Utc};
use uuid::Uuid;

use super::availability::Availability;
use crate::{
    model::{
        appointments::{AgreedTime, Change, change_deadline, may_change},
        billing::bill,
        calendar::BusinessCalendar,
        catalogue::WorkType,
        fields::FieldCode,
        line::LineSettings,
        mails::{AppointmentMail, MailContent},
        members::Capability,
        offers::{Slot, find_offer, free_technicians, offers},
        problem::Problem,
        requests::{RequestEvent, RequestNumber, RequestState},
        timeline::{ChangeOptions, MoveChoice, RequestList, RequestPage, TimelineKind, WorkProgress},
        work::CeilingView,
    },
    server::{
        app::App,
        auth::{Member, Orderer},
        db::{
            DbError, Tx, appointments, catalogue, interventions, mails, receipts,
            requests::{self, NewEvent, PAGE, Part, RequestRow},
            retrying,
        },
    },
};

/// The longest reason for cancelling that is kept, in characters.
const LONGEST_REASON: usize = 500;

/// The member's requests, or all of the customer's for a member with `see_all`.
///
/// # Errors
/// [`Problem::Unavailable`] when the database does not answer.
pub async fn list(app: &App, member: &Member, before: Option<RequestNumber>) -> Result<RequestList, Problem> {
    let now = app.clock.now();
    let mut tx = app.db.member(member.customer()).await?;
    let mut earlier = requests::list(&mut tx, member, now, Part::Earlier(before)).await?;
    let page = usize::try_from(PAGE).unwrap_or(usize::MAX);
    let more = (earlier.len() > page).then(|| {
        earlier.truncate(page);
        earlier.last().map(|last| last.number)
    });
    Ok(RequestList {
        upcoming: requests::list(&mut tx, member, now, Part::Upcoming).await?,
        waiting: requests::list(&mut tx, member, now, Part::Waiting).await?,
        earlier,
        more: more.flatten(),
    })
}

/// One request. A foreign one does not exist.
///
/// # Errors
/// [`Problem::NotFound`].
pub async fn page(app: &App, member: &Member, number: RequestNumber) -> Result<RequestPage, Problem> {
    let mut tx = app.db.member(member.customer()).await?;
    let row = find(&mut tx, member, number).await?;
    let (settings, calendar) = rules(&mut tx).await?;
    to_page(&mut tx, member, row, app.clock.now(), &settings, &calendar).await
}

/// The calendar event of a request (RFC 5545), as far as the rules know it.
pub struct CalendarEvent {
    /// The same for the request's whole life.
    pub uid: String,
    /// Rises with each change.
    pub sequence: u32,
    /// The agreed time; of a cancelled one the last it had.
    pub slot: Slot,
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
    let row = find(&mut tx, member, number).await?;
    let slot = row.summary.slot.ok_or(Problem::NotFound)?;
    let (settings, calendar) = rules(&mut tx).await?;
    let (uid, sequence) = (row.id.calendar_uid(), row.sequence);
    let page = to_page(&mut tx, member, row, now, &settings, &calendar).await?;
    Ok(CalendarEvent { uid, sequence, slot, page, now })
}

/// The times to which it can be moved.
///
/// # Errors
/// [`Problem::NotFound`], [`Problem::Change`] when it may not be moved any more.
pub async fn move_choice(app: &App, orderer: &Orderer, number: RequestNumber) -> Result<MoveChoice, Problem> {
    let now = app.clock.now();
    let mut tx = app.db.member(orderer.customer()).await?;
    let row = find(&mut tx, orderer, number).await?;
    let availability = Availability::load(&mut tx, now, row.id).await?;
    let agreed = agreed(&row)?;
    may_change(&availability.calendar, &availability.settings, now, &agreed, Change::Move)?;
    let work_type = work_type(&mut tx, &row).await?;
    let offers = offers(&availability.query(&work_type, agreed.urgency))
        .into_iter()
        .filter(|offer| offer.slot.start != agreed.start)
        .collect();
    let page = to_page(&mut tx, orderer, row, now, &availability.settings, &availability.calendar).await?;
    Ok(MoveChoice { page, offers, settings: availability.settings })
}

/// Moves the appointment: the new time is taken before the old one is given up, in one transaction.
///
/// # Errors
/// [`Problem::Change`], [`Problem::SlotTaken`], [`Problem::SlotRefused`]; the agreed time stays in each case.
pub async fn move_appointment(
    app: &App,
    orderer: &Orderer,
    number: RequestNumber,
    start: Option<DateTime<Utc>>,
    key: Uuid,
) -> Result<(), Problem> {
    let start = start.ok_or_else(|| Problem::field("start", FieldCode::Missing))?;
    retrying(|| async {
        let now = app.clock.now();
        appointments::clear_expired_holds(&app.db, now).await?;
        let mut tx = app.db.member(orderer.customer()).await?;
        let (row, state) = lock(&mut tx, orderer, number).await?;
        if requests::is_done(&mut tx, row.id, key).await? {
            return Ok(());
        }
        let state = state.after(RequestEvent::Move)?;
        let availability = Availability::load(&mut tx, now, row.id).await?;
        let agreed = agreed(&row)?;
        may_change(&availability.calendar, &availability.settings, now, &agreed, Change::Move)?;
        if start == agreed.start {
            return Err(Problem::field("start", FieldCode::AlreadyUsed));
        }
        let work_type = work_type(&mut tx, &row).await?;
        let query = availability.query(&work_type, agreed.urgency);
        let offer = find_offer(&query, start)?;
        let technicians = free_technicians(&query, start);
        // Held for the length of this transaction only; the expiry has to lie ahead for the confirmation below.
        let expires_at = now + TimeDelta::minutes(1);
        appointments::take_slot(&mut tx, now, row.id, &technicians, offer.slot, agreed.urgency, expires_at)
            .await?
            .ok_or(Problem::SlotTaken)?;
        appointments::cancel_confirmed(&mut tx, row.id).await?;
        let slot = appointments::confirm_hold(&mut tx, row.id, now).await?.ok_or(Problem::SlotTaken)?;
        requests::note_change(&mut tx, row.id, state, 1).await?;
        let event = NewEvent {
            request: row.id,
            at: now,
            kind: TimelineKind::Moved,
            slot: Some(slot),
            note: "",
            key: Some(key),
        };
        add_event(&mut tx, orderer, &event).await?;
        let deadline = change_deadline(&availability.calendar, &availability.settings, slot.start, agreed.urgency);
        let content = MailContent::Moved(changed(&row, slot, Some(deadline), ""));
        let mail_key = format!("moved:{}:{}", row.id, row.sequence + 1);
        mails::to_member(&mut tx, row.member, &content, now, &mail_key).await?;
        tx.commit().await?;
        Ok(())
    })
    .await
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
    let reason = reason.trim();
    if reason.chars().count() > LONGEST_REASON {
        return Err(Problem::field("reason", FieldCode::TooLong));
    }
    retrying(|| async {
        let now = app.clock.now();
        let mut tx = app.db.member(orderer.customer()).await?;
        let (row, state) = lock(&mut tx, orderer, number).await?;
        if requests::is_done(&mut tx, row.id, key).await? {
            return Ok(());
        }
        let state = state.after(RequestEvent::Cancel)?;
        // A request that waits for dispatch has no time yet, hence no cut-off.
        if let Some(agreed) = &row.agreed {
            let (settings, calendar) = rules(&mut tx).await?;
            may_change(&calendar, &settings, now, agreed, Change::Cancel)?;
            appointments::cancel_confirmed(&mut tx, row.id).await?;
        }
        requests::note_change(&mut tx, row.id, state, 0).await?;
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
fn changed(row: &RequestRow, slot: Slot, change_deadline: Option<DateTime<Utc>>, reason: &str) -> AppointmentMail {
    AppointmentMail {
        number: row.summary.number,
        uid: row.id.calendar_uid(),
        sequence: row.sequence + 1,
        slot,
        program: row.summary.program.clone(),
        work_type: row.summary.work_type.clone(),
        contact_name: row.contact_name.clone(),
        contact_phone: row.contact_phone.clone(),
        change_deadline,
        reason: reason.to_owned(),
    }
}

async fn find(tx: &mut Tx, member: &Member, number: RequestNumber) -> Result<RequestRow, Problem> {
    requests::by_number(tx, member, number).await?.ok_or(Problem::NotFound)
}

/// The request with its row locked; read after the lock was had, so that it is what the lock protects.
async fn lock(
    tx: &mut Tx,
    orderer: &Orderer,
    number: RequestNumber,
) -> Result<(RequestRow, crate::model::requests::RequestState), Problem> {
    let id = find(tx, orderer, number).await?.id;
    let locked = requests::lock(tx, orderer, id).await?.ok_or(Problem::NotFound)?;
    Ok((find(tx, orderer, number).await?, locked.state))
}

async fn rules(tx: &mut Tx) -> Result<(LineSettings, BusinessCalendar), Problem> {
    let settings = catalogue::settings(tx).await?;
    let calendar = settings.calendar(catalogue::closures(tx).await?);
    Ok((settings, calendar))
}

fn agreed(row: &RequestRow) -> Result<AgreedTime, Problem> {
    row.agreed.ok_or(Problem::Conflict)
}

async fn work_type(tx: &mut Tx, row: &RequestRow) -> Result<WorkType, Problem> {
    catalogue::work_type(tx, row.work_type).await?.ok_or(Problem::Conflict)
}

/// A key that was used for another request is not this form's.
async fn add_event(tx: &mut Tx, orderer: &Orderer, event: &NewEvent<'_>) -> Result<(), Problem> {
    requests::add_event(tx, orderer, event).await.map_err(|error| match error.constraint() {
        Some("request_event_customer_id_key_key") => Problem::Conflict,
        _ => DbError::into(error),
    })
}

async fn to_page(
    tx: &mut Tx,
    member: &Member,
    row: RequestRow,
    now: DateTime<Utc>,
    settings: &LineSettings,
    calendar: &BusinessCalendar,
) -> Result<RequestPage, Problem> {
    let change = row.agreed.as_ref().map(|agreed| ChangeOptions {
        deadline: change_deadline(calendar, settings, agreed.start, agreed.urgency),
        moves_left: settings.max_moves.saturating_sub(agreed.moves),
        may_move: may_change(calendar, settings, now, agreed, Change::Move),
        may_cancel: may_change(calendar, settings, now, agreed, Change::Cancel),
    });
    Ok(RequestPage {
        timeline: requests::timeline(tx, row.id).await?,
        receipts: receipts::of_request(tx, row.id).await?,
        progress: progress(tx, &row, now).await?,
        summary: row.summary,
        what_happened: row.what_happened,
        claim: row.claim,
        contact_name: row.contact_name,
        contact_phone: row.contact_phone,
        ceiling_minutes: row.ceiling_minutes,
        estimate: row.estimate,
        change,
        may_order: member.may(Capability::Order),
        may_buy: member.may(Capability::Buy),
    })
}

/// Work that is under way, as the customer sees it.
async fn progress(tx: &mut Tx, row: &RequestRow, now: DateTime<Utc>) -> Result<Option<WorkProgress>, Problem> {
    if row.summary.state != RequestState::InProgress {
        return Ok(None);
    }
    let Some(intervention) = interventions::latest(tx, row.id).await? else {
        return Ok(None);
    };
    let segments = interventions::segments(tx, intervention.id).await?;
    Ok(Some(WorkProgress {
        started_at: intervention.started_at,
        running: segments.iter().find(|segment| segment.ended_at.is_none()).map(|segment| segment.kind),
        // What runs above the ceiling is paused at once, though it may be written down a moment later.
        minutes: bill(&segments, 0, now).effective_minutes.min(intervention.ceiling_minutes.unwrap_or(u32::MAX)),
        ceiling: CeilingView {
            minutes: intervention.ceiling_minutes,
            consent: interventions::consent(tx, intervention.id).await?,
        },
    }))
}
